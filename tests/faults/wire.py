"""HTTP as a program writes it: forms in, whole answers out, on one connection after another.

Small, so that a thousand of them fit beside the service under test.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Self
from urllib.parse import urlencode, urlsplit


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back; the names of headers are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Wire:
    """A connection to a service, opened when it is needed and kept until either side has enough.

    It comes from the address ``source`` of this machine, if one is given.
    """

    def __init__(self, origin: str, source: str | None = None) -> None:
        address = urlsplit(origin)
        assert address.hostname
        assert address.port
        self._host, self._port = address.hostname, address.port
        self._local = (source, 0) if source else None
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def get(self, path: str) -> Answer:
        """Ask for a page. Raises OSError when no whole answer came."""
        return await self._exchange(f"GET {path} HTTP/1.1\r\nHost: {self._host}\r\n\r\n".encode())

    async def post(
        self, path: str, fields: Mapping[str, str], accept: str = "application/json"
    ) -> Answer:
        """Send a form. Raises OSError when no whole answer came."""
        body = urlencode(fields)
        head = (
            f"POST {path} HTTP/1.1\r\nHost: {self._host}\r\nAccept: {accept}\r\n"
            "Content-Type: application/x-www-form-urlencoded\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        )
        return await self._exchange((head + body).encode())

    def close(self) -> None:
        """Let go of the connection; the next request opens another."""
        if self._streams:
            self._streams[1].close()
            self._streams = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    async def _exchange(self, request: bytes) -> Answer:
        try:
            if self._streams is None:
                self._streams = await asyncio.open_connection(
                    self._host, self._port, local_addr=self._local
                )
            reader, writer = self._streams
            writer.write(request)
            answer = await _read(reader)
        except (OSError, EOFError) as error:
            self.close()
            raise ConnectionError(repr(error)) from error
        except BaseException:
            self.close()  # half an answer may be on its way
            raise
        if answer.headers.get("connection") == "close":
            self.close()
        return answer


async def _read(reader: asyncio.StreamReader) -> Answer:
    """One answer with a length, or without a body."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    status, *lines = head.strip().split("\r\n")
    pairs = (line.split(":", 1) for line in lines)
    headers = {name.lower(): value.strip() for name, value in pairs}
    body = await reader.readexactly(int(headers.get("content-length", 0)))
    return Answer(int(status.split()[1]), headers, body)
