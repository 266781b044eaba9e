"""A request in; its path, or what a header of it says, out. Nothing of it is remembered."""

from starlette.requests import Request


def header(request: Request, name: bytes, default: str = "") -> str:
    """The first header of this name, which is in lower case.

    Starlette's mapping is an object for each request, and several calls for each look-up.
    """
    for sent, value in request.scope["headers"]:
        if sent == name:
            return str(value, "latin-1")
    return default


def path_of(request: Request) -> str:
    """The address that was asked for, without the host and the query.

    ``request.url`` would leave both in a cache of Python's, for as long as few others come.
    """
    return str(request.scope["path"])
