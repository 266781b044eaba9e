"""A server in a thread, with little patience, before an application that says what it was asked."""

import asyncio
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event, Thread

import uvicorn
from starlette.types import Receive, Scope, Send

from tests.patience import becomes
from tests.serving import free_port
from widget_server.server.limits import Limits
from widget_server.server.listen import server

#: Deadlines that a test can wait for, several times over what a busy machine needs.
IMPATIENT = Limits(request_seconds=2.0, answer_seconds=1.5, idle_seconds=1, leaving_seconds=0.3)
#: More than any system keeps for a reader who does not read.
LARGE_BYTES = 64 * 1024 * 1024
WAIT_SECONDS = 10


@dataclass
class Application:
    """Answers with the path and the length of the body; ``asked`` has every path, in order.

    ``/held`` is answered once ``go`` is set, ``/large`` with ``LARGE_BYTES``.
    """

    asked: list[str] = field(default_factory=list)
    go: Event = field(default_factory=Event)

    def forget(self) -> None:
        """Begin anew, for the next test."""
        self.asked.clear()
        self.go.clear()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            return await _live(receive, send)
        message = await receive()
        assert not message["more_body"], "asked before all of the body was there"
        path = scope["path"]
        self.asked.append(path)
        if path == "/held":
            await asyncio.to_thread(self.go.wait, WAIT_SECONDS)
        said = {"path": path, "length": len(message["body"])}
        body = bytes(LARGE_BYTES) if path == "/large" else json.dumps(said).encode()
        headers = [(b"content-length", str(len(body)).encode())]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})


@dataclass
class Listening:
    """A running server, its port, and the application that it asks."""

    app: Application
    port: int
    server: uvicorn.Server
    thread: Thread

    def is_left_alone(self) -> bool:
        """Wait until it has had a connection and has none, and say whether that came."""
        return becomes(lambda: bool(self.app.asked) and not self._connections, WAIT_SECONDS)

    @property
    def _connections(self) -> int:
        return len(self.server.server_state.connections)

    def stop(self) -> None:
        """Ask it to end, as a signal does."""
        self.server.should_exit = True

    def ends(self) -> bool:
        """Wait for its end, and say whether it came."""
        self.thread.join(WAIT_SECONDS)
        return not self.thread.is_alive()


@contextmanager
def listening(limits: Limits = IMPATIENT) -> Iterator[Listening]:
    """Run a server with these limits until the block ends; it must end by itself then."""
    app, port = Application(), free_port()
    running = server(app, "127.0.0.1", port, limits)
    thread = Thread(target=running.run, daemon=True)
    thread.start()
    while not running.started:
        assert thread.is_alive(), "the server did not start"
        time.sleep(0.01)
    there = Listening(app, port, running, thread)
    try:
        yield there
    finally:
        app.go.set()
        there.stop()
        assert there.ends()


async def _live(receive: Receive, send: Send) -> None:
    """The life of an application that has nothing to open and nothing to close."""
    for event in ("startup", "shutdown"):
        await receive()
        await send({"type": f"lifespan.{event}.complete"})
