"""A Congress.gov of our own: recorded answers over real HTTP, in pages, and any misbehaviour."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import parse_qsl, urlsplit

SAMPLES = Path(__file__).parents[1] / "data" / "congress-gov"
HOUSE = "/v3/bill/119/hr/2661"
SENATE = "/v3/bill/119/s/3655"


@dataclass
class Congress:
    """A running service. ``answers`` has a status and a body for a path, which is then all it says.

    ``asked`` are the requests so far: path, query and headers. No page is longer than ``page``.
    """

    origin: str = ""
    page: int = 250
    cosponsors: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    answers: dict[str, tuple[int, bytes]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str], dict[str, str]]] = field(default_factory=list)

    def answer(self, path: str, query: dict[str, str]) -> tuple[int, bytes]:
        """What a request gets."""
        if path in self.answers:
            return self.answers[path]
        if query.get("format") != "json":
            return 200, b"<?xml version='1.0'?><api-root/>"
        if path not in self.cosponsors:
            return 200, recorded(path)
        people = self.cosponsors[path]
        start = int(query["offset"])
        end = start + min(self.page, int(query["limit"]))
        pagination: dict[str, Any] = {"count": len(people)}
        if end < len(people):
            pagination["next"] = f"{self.origin}{path}?offset={end}&format=json"
        answer = {"cosponsors": people[start:end], "pagination": pagination}
        return 200, json.dumps(answer).encode()


@contextmanager
def serving(congress: Congress) -> Iterator[Congress]:
    """Run the service until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            query = dict(parse_qsl(parts.query))
            congress.asked.append((parts.path, query, dict(self.headers)))
            status, body = congress.answer(parts.path, query)
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            if status in (301, 302):
                self.send_header("Location", f"{congress.origin}/elsewhere")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *arguments: object) -> None:
            """Say nothing on the terminal."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    congress.origin = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield congress
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def recorded(path: str) -> bytes:
    """The recorded live answer."""
    name = path.removeprefix("/v3/").replace("/", "-")
    return (SAMPLES / "live" / f"{name}.json").read_bytes()


def people(count: int) -> list[dict[str, Any]]:
    """So many cosponsors."""
    return [{"bioguideId": f"X{number:06}"} for number in range(count)]
