"""oEmbed: a campaign's address in, a frame or a link out."""

import re
from typing import Any
from urllib.parse import quote, urlsplit

import httpx
import pytest

from tests.web.conftest import ORIGIN
from widget_server.model import Embed, Partner
from widget_server.web.service import Service

pytestmark = pytest.mark.anyio


async def ask(client: httpx.AsyncClient, url: str, **options: str) -> httpx.Response:
    return await client.get("/oembed", params={"url": url, **options})


async def embed_of(client: httpx.AsyncClient, token: str, **options: str) -> Any:
    answer = await ask(client, f"{ORIGIN}/c/hketo?t={token}", **options)
    assert answer.status_code == 200, answer.text
    return answer.json()


def attribute(html: str, name: str) -> str:
    """An attribute of the frame."""
    found = re.search(rf'<iframe [^>]*\b{name}="([^"]*)"', html)
    assert found, html
    return found[1]


async def test_a_partners_address_answers_a_frame(client: httpx.AsyncClient, token: str) -> None:
    embed = await embed_of(client, token, format="json")
    html = embed.pop("html")
    assert embed == {
        "version": "1.0",
        "type": "rich",
        "title": "Reject China's Transnational Repression in 3 Steps",
        "provider_name": "Example Coalition for Hong Kong",
        "provider_url": ORIGIN,
        "cache_age": 3600,
        "width": 600,
        "height": 760,
    }
    assert attribute(html, "src") == f"{ORIGIN}/w/{token}?theme=light&amp;lang=en"
    assert attribute(html, "allow") == "clipboard-write; web-share"
    assert attribute(html, "loading") == "lazy"
    assert attribute(html, "title").startswith("Take action: Urge your legislators")
    assert not re.search(r"\d(vh|vmin|vmax)|script", html)


async def test_the_frame_opens_what_the_token_shows(client: httpx.AsyncClient, token: str) -> None:
    src = attribute((await embed_of(client, token))["html"], "src").replace("&amp;", "&")
    assert "shown by Harbor" in (await client.get(src)).text


async def test_a_smaller_place_gets_a_smaller_frame(client: httpx.AsyncClient, token: str) -> None:
    embed = await embed_of(client, token, maxwidth="360", maxheight="500")
    assert (embed["width"], embed["height"]) == (360, 500)
    assert (attribute(embed["html"], "width"), attribute(embed["html"], "height")) == ("360", "500")
    assert "max-width:360px" in attribute(embed["html"], "style")


@pytest.mark.parametrize("bound", ["", "0", "-5", "wide", "9999999999", "１００"])
async def test_a_bound_that_is_none_is_ignored(
    client: httpx.AsyncClient, token: str, bound: str
) -> None:
    embed = await embed_of(client, token, maxwidth=bound, maxheight=bound)
    assert (embed["width"], embed["height"]) == (600, 760)


async def test_the_address_says_the_language(client: httpx.AsyncClient, token: str) -> None:
    answer = await ask(client, f"{ORIGIN}/c/hketo?t={token}&lang=es-MX")
    assert "lang=es" in attribute(answer.json()["html"], "src")
    assert answer.json()["title"] != (await embed_of(client, token))["title"]


async def test_wordpress_keeps_the_link_for_its_sandbox(
    client: httpx.AsyncClient, token: str
) -> None:
    # The expression of wp_filter_oembed_result(): without group 1 it shows a frame without forms.
    found = re.search(
        r"(<blockquote>.*?</blockquote>)?.*(<iframe.*?></iframe>)",
        (await embed_of(client, token))["html"],
        re.M | re.S,
    )
    assert found
    assert f'href="{ORIGIN}/c/hketo?t={token}"' in found[1]
    assert found[2].startswith("<iframe ")


async def test_a_page_that_no_site_may_frame_is_a_link(client: httpx.AsyncClient) -> None:
    answer = (await ask(client, f"{ORIGIN}/c/hketo")).json()
    assert answer["type"] == "link"
    assert "html" not in answer


@pytest.mark.parametrize(
    "url",
    [
        "",
        "nonsense",
        "https://[",
        "https://elsewhere.example/c/hketo?t={token}",
        "http://act.example.org/c/hketo?t={token}",
        "https://act.example.org:444/c/hketo?t={token}",
        "https://me@act.example.org/c/hketo?t={token}",
        "https://act.example.org/c/unknown?t={token}",
        "https://act.example.org/c/hketo/privacy?t={token}",
        "https://act.example.org/partner",
        "https://act.example.org/c/hketo?t={token}x",
        "https://act.example.org/c/hketo?t=nonsense",
    ],
)
async def test_what_is_no_page_of_ours_is_404(
    client: httpx.AsyncClient, token: str, url: str
) -> None:
    answer = await ask(client, url.format(token=token))
    assert answer.status_code == 404
    assert answer.json()["error"]["code"] == "not_found"
    assert answer.headers["access-control-allow-origin"] == "*"


async def test_a_token_in_another_spelling_is_404(client: httpx.AsyncClient, token: str) -> None:
    # The last letter of a signature has spare bits: its neighbour decodes to the same bytes.
    spelt = token[:-1] + chr(ord(token[-1]) + 1)
    assert (await ask(client, f"{ORIGIN}/c/hketo?t={spelt}")).status_code == 404


async def test_a_token_of_no_partner_is_404(client: httpx.AsyncClient, service: Service) -> None:
    house = service.tokens.embed(Embed("hketo", None, 0))
    assert (await ask(client, f"{ORIGIN}/c/hketo?t={house}")).status_code == 404


async def test_a_request_without_an_address_is_404(client: httpx.AsyncClient) -> None:
    assert (await client.get("/oembed")).status_code == 404


async def test_xml_is_not_implemented(client: httpx.AsyncClient, token: str) -> None:
    answer = await ask(client, f"{ORIGIN}/c/hketo?t={token}", format="xml")
    assert answer.status_code == 501
    assert answer.json()["error"]["code"] == "bad_format"
    assert answer.json()["error"]["message"] == "This is available as JSON only."


async def test_any_site_may_ask(client: httpx.AsyncClient, token: str) -> None:
    answer = await ask(client, f"{ORIGIN}/c/hketo?t={token}")
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["cache-control"] == "public, max-age=3600"


@pytest.mark.parametrize("query", ["", "?t={token}"])
async def test_the_campaigns_page_leads_to_its_own_embed(
    client: httpx.AsyncClient, partner: Partner, token: str, query: str
) -> None:
    page = (await client.get("/c/hketo" + query.format(token=token))).text
    found = re.search(r'<link rel="alternate" type="application/json\+oembed" href="([^"]+)"', page)
    assert found
    url = f"{ORIGIN}/c/hketo" + query.format(token=token)
    assert found[1].replace("&amp;", "&").endswith(quote(url, safe="/"))
    answer = await client.get(found[1].removeprefix(ORIGIN))
    assert answer.json()["type"] == ("rich" if query else "link")
    assert urlsplit(found[1]).path == "/oembed"
