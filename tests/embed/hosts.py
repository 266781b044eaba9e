"""The sites around the widget: real servers on origins of their own, and what partners paste."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

from widget_server.snippet import snippet

CALL = "Ask them to cosponsor"
HEADING = "Reject China's"


@dataclass
class Host:
    """A site on ``http://localhost:PORT``; what is put into it can be opened there."""

    port: int
    pages: dict[str, tuple[str, Mapping[str, str]]] = field(default_factory=dict)

    @property
    def origin(self) -> str:
        """Where the site's pages come from."""
        return f"http://localhost:{self.port}"

    def put(self, body: str, headers: Mapping[str, str] | None = None, head: str = "") -> str:
        """A new page of the site, and its address."""
        path = f"/{len(self.pages)}"
        html = f'<!doctype html><html lang="en"><title>A site</title>{head}<body>{body}'
        self.pages[path] = html, headers or {}
        return self.origin + path


@contextmanager
def hosting() -> Iterator[Host]:
    """Run a site until the block ends; what it does not have is 404."""

    class Answer(_Quiet):
        def do_GET(self) -> None:
            html, headers = host.pages.get(self.path, ("", {}))
            self.answer(200 if self.path in host.pages else 404, html, headers)

    with _listening(Answer) as port:
        host = Host(port)
        yield host


@contextmanager
def failing() -> Iterator[str]:
    """Run a server that answers 500 to everything; its origin."""

    class Answer(_Quiet):
        def do_GET(self) -> None:
            self.answer(500, "<h1>Internal Server Error</h1>", {})

    with _listening(Answer) as port:
        yield f"http://127.0.0.1:{port}"


class _Quiet(BaseHTTPRequestHandler):
    def answer(self, status: int, html: str, headers: Mapping[str, str]) -> None:
        body = html.encode()
        self.send_response(status)
        for name, value in {"Content-Type": "text/html; charset=utf-8", **headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: pytest shows what fails."""


@contextmanager
def _listening(answer: type[_Quiet]) -> Iterator[int]:
    with ThreadingHTTPServer(("127.0.0.1", 0), answer) as server:
        thread = Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield server.server_port
        finally:
            server.shutdown()
            thread.join()


def link(origin: str, token: str) -> str:
    """The link that every snippet has in it."""
    href = f"{origin}/c/hketo?t={token}"
    return f'<a href="{href}" target="_blank" rel="noopener">Take action: {CALL}</a>'


def custom_element(origin: str, token: str) -> str:
    """What ``partner add`` prints."""
    return snippet(origin, token, "hketo", CALL)


def one_tag(origin: str, token: str) -> str:
    """A script that makes the element, behind the link for those without scripts."""
    # Without `onerror` a server that is out leaves nothing: browsers hide <noscript>.
    rescue = "this.outerHTML = this.previousElementSibling.textContent"
    script = f'<script async src="{origin}/embed.js" data-token="{token}" onerror="{rescue}">'
    return f"<noscript>{link(origin, token)}</noscript>\n{script}</script>"


def div(origin: str, token: str) -> str:
    """For site builders that strip unknown elements."""
    inside = link(origin, token)
    script = f'<script async src="{origin}/embed.js"></script>'
    return f'<div data-three-steps="{token}">{inside}</div>\n{script}'


def plain_iframe(origin: str, token: str) -> str:
    """Without a script on the page; the link stands below, as no page can tell a failed frame."""
    attributes = 'width="100%" height="700" style="border:0" allow="clipboard-write; web-share"'
    frame = f'<iframe src="{origin}/w/{token}" title="Take action: {CALL}" {attributes}></iframe>'
    return f"{frame}\n<p>{link(origin, token)}</p>"


VARIANTS = {
    "element": custom_element,
    "one tag": one_tag,
    "div": div,
    "iframe": plain_iframe,
}
