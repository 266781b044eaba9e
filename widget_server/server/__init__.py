"""The web server: connections in, whole requests for an ASGI application out."""
