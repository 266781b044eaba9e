"""A geocoder for tests: a real server on this machine that answers, or not, as it is told."""

import json
import socket
import struct
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

SAMPLES = Path(__file__).parent / "data" / "geocoder"

#: Longer than anybody waits; the server's end cuts it short.
SILENCE_SECONDS = 200


def sample(name: str) -> bytes:
    """The bytes of one of the invented answers."""
    return (SAMPLES / f"{name}.json").read_bytes()


def match(
    geoid: str = "4837", *, fips: str | None = None, postal: str = "TX", **area: Any
) -> dict[str, Any]:
    """One match in the district ``geoid``; ``area`` overrides what is said about it."""
    said = {"GEOID": geoid, "STATE": fips or geoid[:2], "CDSESSN": "119", **area}
    return {
        "geographies": {"119th Congressional Districts": [said]},
        "addressComponents": {"state": postal},
        "matchedAddress": "1 EXAMPLE AVE",
    }


def matches(*found: object) -> bytes:
    """A whole answer with these matches."""
    return json.dumps({"result": {"addressMatches": list(found)}}).encode()


class Connection:
    """The server's end of one connection, as a behaviour uses it."""

    def __init__(self, link: socket.socket, closing: threading.Event) -> None:
        self._link = link
        self._closing = closing

    def send(self, *parts: bytes) -> None:
        """Send bytes as they are."""
        self._link.sendall(b"".join(parts))

    def wait(self, seconds: float = SILENCE_SECONDS) -> bool:
        """Do nothing for a while; True when the server is ending."""
        return self._closing.wait(seconds)

    def reset(self) -> None:
        """Drop the connection with a RST."""
        self._link.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._link.close()

    def read_request(self) -> bytes:
        """The next request up to its empty line, or nothing when the client has gone."""
        request = b""
        while not request.endswith(b"\r\n\r\n"):
            chunk = self._link.recv(65536)
            if not chunk:
                return b""
            request += chunk
        return request


Behaviour = Callable[[Connection], None]


def reply(
    body: bytes, status: str = "200 OK", *, headers: Mapping[str, str] | None = None
) -> Behaviour:
    """A whole and honest HTTP answer."""
    fields = {"Content-Type": "application/json", "Content-Length": len(body), **(headers or {})}
    head = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    return lambda connection: connection.send(f"HTTP/1.1 {status}\r\n{head}\r\n".encode(), body)


@dataclass
class GeocoderServer:
    """Answers every request with ``behaviour``, and remembers what it was asked."""

    origin: str
    behaviour: Behaviour
    requests: list[bytes] = field(default_factory=list)
    connections: int = 0

    @property
    def asked(self) -> dict[str, str]:
        """The query of the last request."""
        target = self.requests[-1].split()[1].decode()
        return {name: values[0] for name, values in parse_qs(urlsplit(target).query).items()}

    def serve(self, link: socket.socket, closing: threading.Event) -> None:
        """Answer on one connection until either side leaves."""
        self.connections += 1
        connection = Connection(link, closing)
        with link, suppress(OSError):
            while request := connection.read_request():
                self.requests.append(request)
                self.behaviour(connection)


@contextmanager
def geocoder_server(behaviour: Behaviour | None = None) -> Iterator[GeocoderServer]:
    """A running server; it ends promptly, whatever it is in the middle of."""
    with socket.create_server(("127.0.0.1", 0), backlog=128) as listener:
        port = listener.getsockname()[1]
        server = GeocoderServer(f"http://127.0.0.1:{port}", behaviour or reply(sample("found")))
        closing = threading.Event()
        links: list[socket.socket] = []

        def accept() -> None:
            while not closing.is_set():
                try:
                    link, _ = listener.accept()
                except OSError:
                    return
                links.append(link)
                threading.Thread(target=server.serve, args=(link, closing), daemon=True).start()

        acceptor = threading.Thread(target=accept, daemon=True)
        acceptor.start()
        try:
            yield server
        finally:
            closing.set()
            with suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)
            for link in links:
                with suppress(OSError):
                    link.shutdown(socket.SHUT_RDWR)
            acceptor.join()
