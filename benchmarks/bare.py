"""The least that Starlette can do, on our own server: what our routes are compared to.

``python -m benchmarks.bare FILE --port PORT`` serves a JSON hello, a POST that reads its body,
and what FILE says of a page: its body and headers, whole and as *not modified*.
"""

import base64
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import httpx
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.serving import free_port, serving
from widget_server.server.listen import listen

ROOT = Path(__file__).parents[1]
PROGRAM = (sys.executable, "-m", "benchmarks.bare")
#: What the server says by itself.
ADDED = {"date", "content-length"}


@contextmanager
def bare(url: str, headers: dict[str, str]) -> Iterator[str]:
    """The origin of a bare application, with a page of what ``url`` answers to these headers."""
    with TemporaryDirectory() as folder:
        page = Path(folder) / "page.json"
        page.write_text(json.dumps(_copied(url, headers)))
        environment = {"PYTHONPATH": str(ROOT)}
        with serving(
            str(page),
            port=free_port(),
            home=Path(folder),
            program=PROGRAM,
            environment=environment,
        ) as served:
            yield served.origin


def application(page: dict[str, Any]) -> Starlette:
    """The bare application itself."""
    body, headers = base64.b64decode(page["body"]), page["headers"]

    async def hello(request: Request) -> Response:
        return JSONResponse({"hello": "world"})

    async def post(request: Request) -> Response:
        await request.body()
        return JSONResponse({"hello": "world"})

    async def whole(request: Request) -> Response:
        return Response(body, headers=headers)

    async def unchanged(request: Request) -> Response:
        return Response(status_code=304, headers=headers)

    return Starlette(
        routes=[
            Route("/healthz", hello),
            Route("/hello", hello),
            Route("/post", post, methods=["POST"]),
            Route("/whole", whole),
            Route("/unchanged", unchanged),
        ]
    )


def _copied(url: str, headers: dict[str, str]) -> dict[str, Any]:
    """The body of a page as it is sent, and the headers that are the application's own."""
    with httpx.stream("GET", url, headers=headers, trust_env=False) as page:
        body = b"".join(page.iter_raw())
    own = {name: value for name, value in page.headers.items() if name not in ADDED}
    return {"body": base64.b64encode(body).decode(), "headers": own}


if __name__ == "__main__":
    _, file, _, port = sys.argv
    listen(application(json.loads(Path(file).read_text())), "127.0.0.1", int(port))
