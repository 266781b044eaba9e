"""The script that does the work of a challenge; pages load it only when they are asked to."""

from functools import cache

from starlette.requests import Request
from starlette.responses import Response

from .. import assets
from ..errors import NotFoundError
from .bodies import Sendable
from .headers import path_of
from .scripts import own_script


async def solver(request: Request) -> Response:
    """``GET /proof-HASH.js``; its bytes never change."""
    if path_of(request) != solver_path():
        raise NotFoundError
    return _script().response(request)


def solver_path() -> str:
    """Where the script is, on our own origin."""
    return f"/proof-{_script().encoded.hash}.js"


@cache
def _script() -> Sendable:
    return own_script(assets.source("proof.js"))
