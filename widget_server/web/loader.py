"""The script that partners embed."""

from functools import cache

from starlette.requests import Request
from starlette.responses import Response

from .. import assets
from ..errors import NotFoundError
from ..snippet import Loader
from .bodies import Sendable
from .scripts import FOREVER, script

CACHE = "public, max-age=3600, stale-while-revalidate=86400, stale-if-error=604800"
ANY_SITE = {"Cross-Origin-Resource-Policy": "cross-origin", "Access-Control-Allow-Origin": "*"}


async def embed(request: Request) -> Response:
    """``GET /embed.js``, and ``/embed-HASH.js`` whose bytes never change."""
    wanted = request.path_params.get("hash")
    if wanted is None:
        return _loader(CACHE).response(request)
    if wanted != _loader(FOREVER).encoded.hash:
        raise NotFoundError
    return _loader(FOREVER).response(request)


def pinned(public_url: str) -> Loader:
    """This version and no other, for pages that want a hash of every script."""
    address = f"{public_url}/embed-{_loader(FOREVER).encoded.hash}.js"
    return Loader(address, assets.digest(assets.source("embed.js")))


@cache
def _loader(cache_control: str) -> Sendable:
    return script(assets.source("embed.js"), cache_control, ANY_SITE)
