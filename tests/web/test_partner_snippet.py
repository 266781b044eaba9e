"""The snippet page: options, every form, a preview that counts nothing, the board's page."""

import html
import io
import re
import zipfile

import httpx
import pytest

from tests.web.conftest import ORIGIN
from widget_server.model import Partner
from widget_server.web.loader import pinned
from widget_server.web.service import Service

pytestmark = pytest.mark.anyio


async def texts(client: httpx.AsyncClient, query: str = "") -> list[str]:
    """What there is to copy."""
    page = (await client.get(f"/partner/snippet{query}")).text
    return [html.unescape(text) for text in re.findall(r"<code>(.*?)</code>", page, re.S)]


async def test_every_form_has_the_partners_token(
    signed_in: httpx.AsyncClient, service: Service, partner: Partner, token: str
) -> None:
    forms = (await texts(signed_in))[:5]
    assert all(token in form for form in forms)
    signs = ["<three-steps", "integrity=", "data-three-steps", "data-token", "<iframe"]
    assert [sign in form for sign, form in zip(signs, forms, strict=True)] == [True] * 5
    assert pinned(ORIGIN).integrity in forms[1]


async def test_the_policy_names_the_service(signed_in: httpx.AsyncClient) -> None:
    assert f"script-src {ORIGIN}; frame-src {ORIGIN}" in await texts(signed_in)


async def test_what_was_chosen_is_in_the_snippet(signed_in: httpx.AsyncClient) -> None:
    chosen = "language=es&theme=dark&accent=7A1F5C&height=500&label=Tu+voz&source=pie"
    snippet = (await texts(signed_in, f"?{chosen}"))[0]
    assert (
        'lang="es" theme="dark" accent="#7a1f5c" height="500" label="Tu voz" source="pie"'
        in snippet
    )
    assert "Actúe: " in snippet


@pytest.mark.parametrize(
    "chosen",
    ["language=xx", "theme=pink", "accent=red", "height=9", "height=-1", "source=A+B", "label=+"],
)
async def test_what_cannot_be_used_is_left_out(signed_in: httpx.AsyncClient, chosen: str) -> None:
    assert await texts(signed_in, f"?{chosen}") == await texts(signed_in)


async def test_a_name_stays_a_name(signed_in: httpx.AsyncClient) -> None:
    sly = '"><script>alert(1)</script>'
    page = (await signed_in.get("/partner/snippet", params={"label": sly})).text
    assert "<script>alert" not in page
    assert "<script>alert" not in (await texts(signed_in, f"?label={sly}"))[0]


async def test_the_preview_can_send_nothing_and_stands_on_our_pages_only(
    signed_in: httpx.AsyncClient,
) -> None:
    answer = await signed_in.get("/partner/preview?language=es&accent=7a1f5c")
    policy = answer.headers["content-security-policy"]
    assert "frame-ancestors 'self'" in policy
    assert "connect-src 'none'" in policy
    assert "form-action 'none'" in policy
    assert '<html lang="es"' in answer.text
    assert answer.headers["cache-control"] == "no-store"


async def test_the_preview_is_for_who_is_signed_in(client: httpx.AsyncClient) -> None:
    assert (await client.get("/partner/preview")).status_code == 401


async def test_only_the_snippet_page_frames_anything(signed_in: httpx.AsyncClient) -> None:
    framing = [
        path
        for path in ("snippet", "board", "verify", "webhooks")
        if "frame-src"
        in (await signed_in.get(f"/partner/{path}")).headers["content-security-policy"]
    ]
    assert framing == ["snippet"]


async def test_the_boards_page_says_who_runs_the_campaign(
    signed_in: httpx.AsyncClient, service: Service
) -> None:
    page = (await signed_in.get("/partner/board")).text
    assert service.default_campaign.organiser.name in page
    assert f"{ORIGIN}/c/hketo/privacy" in page
    assert "lobbying" in page


async def test_the_boards_page_tells_what_goes_over_the_wire(
    signed_in: httpx.AsyncClient, token: str
) -> None:
    page = (await signed_in.get("/partner/board")).text
    packed = {"Accept-Encoding": "br"}
    for path in ("/embed.js", f"/w/{token}?theme=light"):
        async with signed_in.stream("GET", path, headers=packed) as answer:
            size = sum([len(part) async for part in answer.aiter_raw()])
        assert f"{size / 1000:.1f} kB" in page


async def test_the_plugin_has_the_partners_token(signed_in: httpx.AsyncClient, token: str) -> None:
    answer = await signed_in.get("/partner/threesteps.zip")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        text = archive.read("threesteps/threesteps.php").decode()
    assert f"'{ORIGIN}'" in text
    assert f"'hketo' => array('token' => '{token}'" in text
    assert not re.search(r"HOST|'TOKEN'|WORDS", text)
