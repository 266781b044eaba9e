"""How long a client may take, and how much it may send."""

from dataclasses import dataclass

from ..web.forms import MOST_BODY_BYTES


@dataclass(frozen=True, slots=True)
class Limits:
    """What one connection may ask of us; nothing a browser does comes near.

    ``request_seconds`` is from the first byte of a request, or from the connection, to its last
    byte. ``answer_seconds`` is for the work and for reading the answer. A refusal has
    ``leaving_seconds`` to be read, and a half-sent request as long when we shut down. Together
    the bodies that are still arriving hold at most ``connections`` × ``body_bytes``.
    """

    request_seconds: float = 10
    answer_seconds: float = 60
    idle_seconds: float = 5
    leaving_seconds: float = 2
    head_bytes: int = 16 * 1024
    body_bytes: int = MOST_BODY_BYTES
    connections: int = 4_096
    waiting_requests: int = 64

    @property
    def request_bytes(self) -> int:
        """The most bytes of one request; a body in chunks of one byte takes six times as many."""
        return self.head_bytes + 8 * self.body_bytes

    @property
    def look_seconds(self) -> float:
        """How often a connection is looked at: how late a deadline may be noticed."""
        return self.request_seconds / 10
