"""uvicorn's connection, which trusts nobody's patience: bytes in, whole requests out.

uvicorn has no deadline for a request and starts the application at its head. Here the application
is asked once all of a request is there, so that a client that sends slowly, too much or not at
all costs a socket for some seconds and nothing else, and a body that breaks off is never seen.
"""

import asyncio
from typing import Any

import httptools
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from ..errors import (
    HeadError,
    RequestError,
    SlowError,
    ThreestepsError,
    TooLargeError,
    UnavailableError,
)
from .limits import Limits
from .refusal import refusal
from .whole import Whole


class Connection(HttpToolsProtocol):
    """One client, held to ``limits``. Requests of one connection are answered in their order."""

    limits = Limits()

    _busy = False
    _refused = False
    _answering = False
    _held: Any = None
    _begun_bytes = 0
    _new_bytes = 0
    _deadline = 0.0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as uvicorn has it
        """Somebody connected; those beyond the limit are told so as soon as they ask."""
        super().connection_made(transport)
        self._busy = len(self.connections) > self.limits.connections
        self._allow(self.limits.leaving_seconds if self._busy else self.limits.request_seconds)
        self._look()
        if len(self.connections) > 2 * self.limits.connections:
            transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        """Nobody is there any more. Half a request is let go of, not left to be collected."""
        self._timer.cancel()
        if self._held is not None:
            self.cycle.on_response = lambda: None
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Parse what came. Who was refused is read on, unheard, so that the refusal arrives."""
        if self._refused:
            return
        self._new_bytes = len(data)
        try:
            self.parser.feed_data(data)
            if self._new_bytes:
                self._judge_unfinished()
        except httptools.HttpParserUpgrade:
            pass  # to nothing of ours: it is answered in HTTP/1.1
        except httptools.HttpParserError as error:
            cause = error.__context__
            self._refuse(cause if isinstance(cause, ThreestepsError) else RequestError())
        except ThreestepsError as problem:
            self._refuse(problem)

    def on_headers_complete(self) -> None:
        """The head is there. Raises UnavailableError, RequestError and HeadError."""
        if self._busy:
            raise UnavailableError
        if len(self.pipeline) >= self.limits.waiting_requests:
            raise RequestError
        if self._begun_bytes + self._new_bytes > self.limits.head_bytes:
            self._judge_head()
        super().on_headers_complete()
        bodiless = self.scope["method"] == "HEAD"
        self.cycle.transport = Whole(self.transport, bodiless=bodiless)  # type: ignore[assignment] # all of it that an answer asks for

    def on_body(self, body: bytes) -> None:
        """Keep a part of the body. Raises TooLargeError."""
        if len(self.cycle.body) + len(body) > self.limits.body_bytes:
            raise TooLargeError
        super().on_body(body)

    def on_message_complete(self) -> None:
        """All of the request is there: now the application is asked."""
        super().on_message_complete()
        self._begun_bytes = self._new_bytes = 0
        if self._held is not None:
            app, self._held = self._held, None
            self._start_asgi_task(self.cycle, app)

    def on_response_complete(self) -> None:
        """The answer is written: on to the next request. As in uvicorn, without its timer."""
        self._answering = False
        self._allow(self.limits.idle_seconds)
        if self.transport.is_closing():
            return
        self.flow.resume_reading()
        if self.pipeline:
            self._start_asgi_task(*self.pipeline.pop())

    def shutdown(self) -> None:
        """Answer what is here and close; a request that is still arriving has a moment."""
        super().shutdown()
        if self._held is not None:
            soon = self.loop.time() + self.limits.leaving_seconds
            self._deadline = min(self._deadline, soon)

    def _start_asgi_task(self, cycle: Any, app: Any) -> None:
        """Ask the application, or hold the request until its body is there."""
        if not cycle.more_body:
            self._answering = True
            super()._start_asgi_task(cycle, app)
            return
        self._held = app
        if cycle.waiting_for_100_continue:
            self._judge_announced()
            cycle.waiting_for_100_continue = False
            self.transport.write(b"HTTP/1.1 100 Continue\r\n\r\n")

    def _judge_unfinished(self) -> None:
        """Judge a request without an end by what came of it, also what no body keeps: trailers.

        Its time begins with its first bytes. Raises HeadError and TooLargeError.
        """
        if not self._begun_bytes and not self._busy:
            self._allow(self.limits.request_seconds)
        self._begun_bytes += self._new_bytes
        if self._begun_bytes > self.limits.request_bytes:
            raise TooLargeError
        if self._held is not None:
            self._judge_announced()
        elif self._begun_bytes > self.limits.head_bytes:
            raise HeadError

    def _judge_announced(self) -> None:
        """Judge a body that is still to come. Raises TooLargeError."""
        for name, value in self.headers:
            if name == b"content-length" and int(value) > self.limits.body_bytes:
                raise TooLargeError

    def _judge_head(self) -> None:
        """Judge a head that came together with other bytes. Raises HeadError."""
        fields = sum(len(name) + len(value) + 4 for name, value in self.headers)
        if len(self.url) + fields > self.limits.head_bytes:
            raise HeadError

    def _allow(self, seconds: float) -> None:
        self._deadline = self.loop.time() + seconds

    def _look(self) -> None:
        """See whether time is up. A timer that looks often is cheaper than one for each request."""
        if self.loop.time() >= self._deadline:
            self._expire()
        self._timer = self.loop.call_later(self.limits.look_seconds, self._look)

    def _expire(self) -> None:
        """Time is up: say so to who was sending, and leave everybody else."""
        if self._is_being_answered():
            return
        if self._begun_bytes and not self._refused and not self.transport.is_closing():
            self._refuse(SlowError())
        else:
            self.transport.abort()

    def _is_being_answered(self) -> bool:
        """Whether there is an answer to be made or fetched, and still time for it."""
        if self._refused or not (self._answering or self.transport.get_write_buffer_size()):
            return False
        return self.loop.time() < self._deadline + self.limits.answer_seconds

    def _refuse(self, problem: ThreestepsError) -> None:
        """Answer in the application's place, and leave once that is read."""
        self._refused = True
        if self._answering:  # an earlier request of the same connection: nothing fits in between
            self.transport.abort()
            return
        always = self.server_state.default_headers
        self.transport.write(refusal(problem, self.headers or (), always))
        self.transport.write_eof()
        self._allow(self.limits.leaving_seconds)
