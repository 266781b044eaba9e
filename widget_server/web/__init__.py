"""Requests in, responses out: the only async code."""
