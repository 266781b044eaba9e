"""A request and the name of a header in, what it says out."""

from starlette.requests import Request


def header(request: Request, name: bytes, default: str = "") -> str:
    """The first header of this name, which is in lower case.

    Starlette's mapping is an object for each request, and several calls for each look-up.
    """
    for sent, value in request.scope["headers"]:
        if sent == name:
            return str(value, "latin-1")
    return default
