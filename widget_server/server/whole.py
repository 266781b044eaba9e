"""One answer's way out: its head waits for its body, and both leave in one write.

uvicorn writes them one after the other. The second write is a system call more, a packet more,
and wakes whoever waits for the answer twice.
"""

from asyncio import Transport


class Whole:
    """What uvicorn writes one answer to, and closes, in the place of its ``transport``.

    Without a body to come (``bodiless``) the head does not wait.
    """

    def __init__(self, transport: Transport, *, bodiless: bool) -> None:
        self._transport = transport
        self._waits = not bodiless
        self._head = b""

    def write(self, data: bytes) -> None:
        """Write, but for the head, which the next write takes along."""
        if self._waits:
            self._waits, self._head = False, data
        else:
            self._transport.write(self._taken() + data)

    def is_closing(self) -> bool:
        """Whether nobody reads any more."""
        return self._transport.is_closing()

    def close(self) -> None:
        """Write what waits, and hang up."""
        self._transport.write(self._taken())
        self._transport.close()

    def _taken(self) -> bytes:
        head, self._head = self._head, b""
        return head
