"""A crowd of sockets that waste a server's time, in four kinds."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

POST = b"POST /healthz HTTP/1.1\r\nHost: localhost\r\nContent-Length: 60000\r\n\r\n"
GET = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"


@dataclass(frozen=True)
class Kind:
    """What such a socket sends at first, and from then on each time."""

    first: bytes
    more: bytes


#: Silent; a head without end; a body by the byte; one request, and then never another.
KINDS = (Kind(b"", b""), Kind(GET[:-2], b"X: x\r\n"), Kind(POST, b"x"), Kind(GET, b""))


class Crowd:
    """Sockets of every kind, each as long as the server has it."""

    def __init__(self, port: int, size: int) -> None:
        self._sockets = [(_connect(port), KINDS[number % len(KINDS)]) for number in range(size)]
        for each, kind in self._sockets:
            each.sendall(kind.first)

    @property
    def size(self) -> int:
        """How many the server has not closed yet."""
        return len(self._sockets)

    def drip(self) -> None:
        """Send a little more on each, and count out those that are closed."""
        self._sockets = [(each, kind) for each, kind in self._sockets if _goes_on(each, kind.more)]

    def close(self) -> None:
        """Go home."""
        for each, _ in self._sockets:
            each.close()


@contextmanager
def crowd(port: int, size: int) -> Iterator[Crowd]:
    """So many slow sockets at a port of this machine, until the block ends."""
    gathered = Crowd(port, size)
    try:
        yield gathered
    finally:
        gathered.close()


def _connect(port: int) -> socket.socket:
    return socket.create_connection(("127.0.0.1", port), timeout=10)


def _goes_on(each: socket.socket, more: bytes) -> bool:
    """Send more, read what there is, and say whether the server still listens."""
    each.setblocking(False)
    try:
        each.send(more)
        ended = each.recv(4096) == b""
    except BlockingIOError:
        return True
    except OSError:
        ended = True
    if ended:
        each.close()
    return not ended
