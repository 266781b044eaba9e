"""A listener that nobody may reach, and every way to write its address."""

import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from ipaddress import IPv4Address
from itertools import product
from threading import Thread


@dataclass
class Canary:
    """Listens on every address of this machine; ``heard`` is who connected, by their port."""

    port: int
    heard: list[int] = field(default_factory=list)


@contextmanager
def canary() -> Iterator[Canary]:
    """Run one until the block ends. Whoever connects is noted, answered with 200 and closed."""
    with ExitStack() as stack:
        first = stack.enter_context(socket.create_server(("", 0)))
        listening = Canary(first.getsockname()[1])
        listeners = [first]
        if socket.has_dualstack_ipv6():
            address = ("::", listening.port)
            second = socket.create_server(address, family=socket.AF_INET6)
            listeners.append(stack.enter_context(second))
        for each in listeners:
            Thread(target=_listen, args=(each, listening), daemon=True).start()
        yield listening
        for each in listeners:
            each.shutdown(socket.SHUT_RDWR)


def _listen(listener: socket.socket, listening: Canary) -> None:
    while True:
        try:
            connection, address = listener.accept()
        except OSError:
            return
        listening.heard.append(address[1])
        with connection:
            connection.recv(4096)
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")


#: One of each kind that leads inside: this machine, its networks, a cloud's own addresses.
INSIDE = (
    "127.0.0.1",
    "127.255.255.254",
    "0.0.0.0",
    "10.0.0.1",
    "172.16.0.1",
    "192.168.0.1",
    "169.254.169.254",
    "100.100.100.200",
    "168.63.129.16",
    "192.0.0.192",
    "198.18.0.1",
    "224.0.0.1",
    "255.255.255.255",
)


def hosts() -> list[str]:
    """More than two hundred hosts that are none of the public internet, as they can be written."""
    written = [form for inside in INSIDE for form in _forms(IPv4Address(inside))]
    return list(dict.fromkeys([*written, *_IPV6, *_NAMES]))


def _forms(address: IPv4Address) -> Iterator[str]:
    """The same address: decimal, octal, hexadecimal, short, mixed, wrapped in IPv6, full-width."""
    a, b, c, d = address.packed
    number = int(address)
    yield from (f"{address}", f"{address}.", f"{number}", f"{number:#x}", f"{number:#o}")
    yield from (f"{number:#X}", f"{a}.{number & 0xFFFFFF}", f"{a}.{b}.{c * 256 + d}")
    yield ".".join(f"{part:#x}" for part in address.packed)
    yield ".".join(f"0{part:03o}" for part in address.packed)
    yield f"{a:#x}.0{b:o}.{c * 256 + d}"
    yield str(address).translate(_FULL_WIDTH)
    yield str(address).replace(".", "。")
    for prefix in ("::ffff:", "::", "64:ff9b::", "::ffff:0:"):
        yield f"[{prefix}{address}]"
    yield f"[2002:{a:02x}{b:02x}:{c:02x}{d:02x}::1]"
    yield f"[0:0:0:0:0:FFFF:{a:02X}{b:02X}:{c:02X}{d:02X}]"


_FULL_WIDTH = {ord("0") + digit: ord("０") + digit for digit in range(10)}
_IPV6 = tuple(
    f"[{text}]"
    for text in (
        "::1",
        "::",
        "0:0:0:0:0:0:0:1",
        "0000:0000:0000:0000:0000:0000:0000:0001",
        "fe80::1",
        "fe80::1%25lo",
        "fe80::1%lo",
        "FE80::1",
        "fc00::1",
        "fd00:ec2::254",
        "fec0::1",
        "ff02::1",
        "2001:db8::1",
        "2001::7f00:1",
        "3fff::1",
        "64:ff9b:1::7f00:1",
        "100::1",
        "5f00::1",
    )
)
_NAMES = (
    "localhost",
    "LOCALHOST",
    "LocalHost",
    "localhost.localdomain",
    "ip6-localhost",
    "ip6-loopback",
    "ｌocalhost",
    "127.0.0.1%00.example.org",
    "127%2e0%2e0%2e1",
    "%6cocalhost",
    "①②⑦.0.0.1",
    "xn--127-pma.0.0.1",
    "xn--localhost-9za",
    "",
)


def addresses(port: int) -> list[str]:
    """Whole addresses, with the tricks that hide a host."""
    plain = [f"http://{host}:{port}/" for host in hosts()]
    tricks = [
        f"http://example.org@127.0.0.1:{port}/",
        f"http://example.org:80@127.0.0.1:{port}/",
        f"http://127.0.0.1:{port}#@example.org/",
        f"http://127.0.0.1:{port}\\@example.org/",
        f"http://example.org\\@127.0.0.1:{port}/",
        f"http:127.0.0.1:{port}/",
        f"http:/127.0.0.1:{port}/",
        f"http:///127.0.0.1:{port}/",
        f"http:\\\\127.0.0.1:{port}\\",
        f"//127.0.0.1:{port}/",
        f"  http://127.0.0.1:{port}/  ",
        f"http://127.0.0.1\t:{port}/",
        f"http://127.0.0.1\r\n:{port}/",
        f"HTTP://LOCALHOST:{port}/",
        f"https://127.0.0.1:{port}/",
        f"ftp://127.0.0.1:{port}/",
        f"file://127.0.0.1:{port}/etc/passwd",
        f"gopher://127.0.0.1:{port}/_",
        f"unix://127.0.0.1:{port}/",
        f"ws://127.0.0.1:{port}/",
        f"data://127.0.0.1:{port}/",
    ]
    mixed = [
        f"{scheme}://{host}:{port}/"
        for scheme, host in product(("hTtP", "https"), ("127.1", "0x7F.1", "0177.1", "[::1]"))
    ]
    return [*plain, *tricks, *mixed]
