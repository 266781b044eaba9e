"""What a partner points to is asked; nothing inside this machine or its network ever is."""

import asyncio
import contextlib
import gzip
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager

import pytest

from tests.web.canary import Canary, addresses, canary, hosts
from widget_server.web.internet import is_public
from widget_server.web.outside import Outside, OutsideError

pytestmark = pytest.mark.anyio

PUBLIC = "93.184.215.14"


def anywhere(address: str) -> bool:
    return True


def only_once() -> Callable[[str], bool]:
    """A rule by which the first address is public, and every later one is what it is."""
    left = [True]

    def judge(address: str) -> bool:
        return left.pop() if left else is_public(address)

    return judge


@pytest.fixture
def listening() -> Iterator[Canary]:
    with canary() as running:
        yield running


@pytest.fixture
def guarded() -> Outside:
    """As the service has it, but for the ports, and quicker where a name is looked for."""
    return Outside(ports=None, seconds=0.5)


@asynccontextmanager
async def answering(*answers: bytes) -> AsyncIterator[tuple[str, list[bytes]]]:
    """A server that gives these answers in turn, and what it was asked."""
    asked: list[bytes] = []
    left = list(answers)

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append(await reader.readuntil(b"\r\n\r\n"))
        writer.write(left.pop(0))
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", asked


def page(body: bytes, *headers: str) -> bytes:
    head = "\r\n".join(("HTTP/1.1 200 OK", "Connection: close", *headers, "", ""))
    return head.encode() + body


def to(address: str) -> bytes:
    head = f"HTTP/1.1 302 Found\r\nLocation: {address}\r\nContent-Length: 0\r\n\r\n"
    return head.encode()


async def refusal(outside: Outside, url: str) -> str:
    with pytest.raises(OutsideError) as caught:
        await outside.get(url)
    return caught.value.code


def test_there_are_two_hundred_spellings() -> None:
    assert len(hosts()) >= 200


async def test_no_spelling_of_a_private_address_reaches_the_canary(
    guarded: Outside, listening: Canary
) -> None:
    for url in addresses(listening.port):
        await refusal(guarded, url)
        with pytest.raises(OutsideError):
            await guarded.post(url, b"{}", {})
    assert listening.heard == []


async def test_a_guard_that_lets_everything_through_reaches_it(listening: Canary) -> None:
    await Outside(may_connect=anywhere, ports=None).get(f"http://127.1:{listening.port}/")
    assert len(listening.heard) == 1


async def test_no_redirect_to_a_private_address_is_followed(listening: Canary) -> None:
    for url in addresses(listening.port):
        async with answering(to(url.strip())) as (origin, _):
            with contextlib.suppress(OutsideError):
                await Outside(may_connect=only_once(), ports=None).get(origin)
    assert listening.heard == []


async def test_a_redirect_is_judged_like_the_first_address(listening: Canary) -> None:
    async with answering(to(f"http://127.0.0.1:{listening.port}/")) as (origin, asked):
        outside = Outside(may_connect=only_once(), ports=None)
        assert await refusal(outside, origin) == "private"
    assert len(asked) == 1


async def test_a_name_that_changes_its_meaning_is_asked_where_it_was_judged(
    listening: Canary,
) -> None:
    """Public when it is judged, private ever after: nobody resolves it a second time."""
    said: list[str] = []

    async def rebinding(host: str, port: int) -> Sequence[str]:
        said.append(PUBLIC if not said else "127.0.0.1")
        return said[-1:]

    outside = Outside(ports=None, resolve=rebinding, seconds=0.5)
    url = f"http://rebinding.example:{listening.port}/"
    assert await refusal(outside, url) in {"unreachable", "slow"}
    assert said == [PUBLIC]
    assert await refusal(outside, url) == "private"
    assert listening.heard == []


async def test_one_private_address_among_public_ones_is_enough() -> None:
    async def both(host: str, port: int) -> Sequence[str]:
        return [PUBLIC, "10.0.0.1"]

    assert await refusal(Outside(resolve=both), "http://mixed.example/") == "private"


async def test_a_demo_may_ask_itself_and_nobody_else_here(listening: Canary) -> None:
    outside = Outside(own=f"localhost:{listening.port}")
    assert (await outside.get(f"http://localhost:{listening.port}/")).status == 200
    assert await refusal(outside, f"http://127.0.0.1:{listening.port}/") == "odd_port"
    assert await refusal(outside, "http://localhost:8080/") == "private"
    assert len(listening.heard) == 1


@pytest.mark.parametrize("port", [22, 25, 3306, 5432, 6379, 9200, 11211])
async def test_only_ports_of_web_servers_are_asked(port: int) -> None:
    assert await refusal(Outside(), f"http://{PUBLIC}:{port}/") == "odd_port"


@pytest.mark.parametrize("address", [PUBLIC, "8.8.8.8", "2606:4700::1111", "2a00:1450:4001::1"])
def test_an_address_of_the_internet_is_public(address: str) -> None:
    assert is_public(address)


async def test_the_host_is_named_though_its_address_is_asked() -> None:
    async with answering(page(b"hello")) as (origin, asked):
        port = origin.rpartition(":")[2]

        async def resolve(host: str, port: int) -> Sequence[str]:
            return ["127.0.0.1"]

        outside = Outside(may_connect=anywhere, ports=None, resolve=resolve)
        reply = await outside.get(f"http://partner.example:{port}/page#part")
    assert reply.body == b"hello"
    assert reply.url == f"http://partner.example:{port}/page#part"
    assert f"Host: partner.example:{port}\r\n".encode() in asked[0]
    assert asked[0].startswith(b"GET /page HTTP/1.1")


async def test_redirects_end_after_five() -> None:
    async with answering(*[to("/again")] * 9) as (origin, asked):
        outside = Outside(may_connect=anywhere, ports=None)
        assert await refusal(outside, origin) == "astray"
    assert len(asked) == 6


async def test_a_redirected_post_stays_where_it_was_sent() -> None:
    async with answering(to("/elsewhere")) as (origin, asked):
        outside = Outside(may_connect=anywhere, ports=None)
        assert (await outside.post(origin, b"{}", {})).status == 302
    assert len(asked) == 1


async def test_no_cookie_is_kept_and_no_proxy_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:1")
    hop = to("/next").replace(b"\r\n", b"\r\nSet-Cookie: a=b; Path=/\r\n", 1)
    async with answering(hop, page(b"")) as (origin, asked):
        await Outside(may_connect=anywhere, ports=None).get(origin)
    assert len(asked) == 2
    assert not any(b"cookie" in head.lower() for head in asked)


async def test_more_than_two_megabytes_are_not_read() -> None:
    async with answering(page(b"x" * 2_000_001)) as (origin, _):
        outside = Outside(may_connect=anywhere, ports=None)
        assert await refusal(outside, origin) == "too_long"


async def test_a_small_body_that_unpacks_to_a_large_one_is_not_unpacked() -> None:
    bomb = gzip.compress(b"\0" * 50_000_000)
    async with answering(page(bomb, "Content-Encoding: gzip")) as (origin, _):
        outside = Outside(may_connect=anywhere, ports=None)
        assert await refusal(outside, origin) == "too_long"


async def test_a_page_that_comes_compressed_is_read() -> None:
    packed = page(gzip.compress(b"hello"), "Content-Encoding: gzip")
    async with answering(packed) as (origin, _):
        reply = await Outside(may_connect=anywhere, ports=None).get(origin)
    assert reply.body == b"hello"


async def test_a_server_that_never_answers_is_left_in_time() -> None:
    async def wait(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()

    async with await asyncio.start_server(wait, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        outside = Outside(may_connect=anywhere, ports=None, seconds=0.2)
        assert await refusal(outside, f"http://127.0.0.1:{port}/") == "slow"
