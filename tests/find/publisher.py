"""A real local server that publishes a folder of upstream files, and misbehaves when told to."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread


@dataclass
class Publisher:
    """``status`` answers every request with that status; ``cut`` sends half of each file."""

    folder: Path
    origin: str = ""
    status: int = 200
    cut: bool = False
    sent: list[tuple[str, int]] = field(default_factory=list)
    agents: set[str] = field(default_factory=set)


@contextmanager
def publishing(folder: Path) -> Iterator[Publisher]:
    """Serve ``folder`` until the block ends."""
    publisher = Publisher(folder)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            publisher.agents.add(self.headers["User-Agent"])
            path = publisher.folder / self.path.lstrip("/")
            if publisher.status != 200 or not path.is_file():
                return self._say(publisher.status if publisher.status != 200 else 404)
            content = path.read_bytes()
            tag = f'"{sha256(content).hexdigest()}"'
            if self.headers["If-None-Match"] == tag:
                return self._say(304)
            self._say(200, content, tag)

        def _say(self, status: int, content: bytes = b"", tag: str = "") -> None:
            publisher.sent.append((self.path.lstrip("/"), status))
            self.send_response(status)
            if status == 301:
                self.send_header("Location", "/elsewhere")
            if tag:
                self.send_header("ETag", tag)
                self.send_header("Last-Modified", "Sun, 22 Nov 2026 14:54:00 GMT")
            if status != 304:
                self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content[: len(content) // 2] if publisher.cut else content)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    publisher.origin = f"http://127.0.0.1:{server.server_port}"
    Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield publisher
    finally:
        server.shutdown()
        server.server_close()
