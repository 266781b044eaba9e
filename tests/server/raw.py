"""A client that sends exactly these bytes, as slowly as it likes, and reads what comes."""

import json
import socket
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from email.message import Message
from email.parser import BytesHeaderParser
from typing import Any

PATIENCE_SECONDS = 10
#: Where it stands.
DATA_SEGMENTS = 152


@dataclass(frozen=True)
class Answer:
    """One HTTP answer."""

    status: int
    headers: Message
    body: bytes

    @property
    def json(self) -> Any:
        """The body, parsed."""
        return json.loads(self.body)


class Client:
    """One connection to a server on this machine."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), PATIENCE_SECONDS)
        self._reader = self._socket.makefile("rb")

    def send(self, *parts: bytes) -> None:
        """Send the parts, one after another."""
        for part in parts:
            self._socket.sendall(part)

    def drip(self, part: bytes, seconds: float = PATIENCE_SECONDS) -> None:
        """Send the part ten times a second until the server has gone or so many have passed."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            try:
                self.send(part)
            except OSError:
                return
            time.sleep(0.1)

    def answer(self) -> Answer:
        """The next answer."""
        head = self.head()
        length = int(head.headers.get("content-length", "0"))
        return replace(head, body=self._reader.read(length))

    def head(self) -> Answer:
        """The next answer without its body."""
        status = int(self._reader.readline().split()[1])
        lines = iter(self._reader.readline, b"\r\n")
        return Answer(status, BytesHeaderParser().parsebytes(b"".join(lines)), b"")

    def segments(self) -> int:
        """How many packets with data have come (``tcpi_data_segs_in`` of linux/tcp.h)."""
        known = self._socket.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, DATA_SEGMENTS + 4)
        return int.from_bytes(known[DATA_SEGMENTS:], sys.byteorder)

    def rest(self) -> bytes:
        """Everything until the server closes; fails when it does not."""
        try:
            return self._reader.read()
        except ConnectionResetError:
            return b""

    def close(self) -> None:
        """Go away."""
        self._reader.close()
        self._socket.close()


@contextmanager
def connected(port: int) -> Iterator[Client]:
    """A client for the block."""
    client = Client(port)
    try:
        yield client
    finally:
        client.close()


def get(path: str, *headers: str) -> bytes:
    """A request without a body."""
    return _head("GET", path, headers)


def post(path: str, body: bytes, *headers: str) -> bytes:
    """A request with all of its body."""
    return announced(path, len(body), *headers) + body


def announced(path: str, length: int, *headers: str) -> bytes:
    """The head of a request with so much body."""
    return _head("POST", path, (*headers, f"Content-Length: {length}"))


def chunked(path: str) -> bytes:
    """The head of a request that does not say how much body it has."""
    return _head("POST", path, ("Transfer-Encoding: chunked", "Accept: application/json"))


def chunk(data: bytes) -> bytes:
    """One piece of such a body; an empty one ends it."""
    return b"%x\r\n%s\r\n" % (len(data), data)


def _head(method: str, path: str, headers: Sequence[str]) -> bytes:
    lines = [f"{method} {path} HTTP/1.1", "Host: localhost", *headers, "", ""]
    return "\r\n".join(lines).encode()
