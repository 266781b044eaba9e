"""The widget's documents and the loader: the same bytes for everybody, framed by nobody else."""

import re

import httpx
import pytest

from tests.web.conftest import ORIGIN, SITE, token_of
from widget_server import assets
from widget_server.model import Partner
from widget_server.store import partners
from widget_server.web.desk import LANGUAGES
from widget_server.web.service import Service

pytestmark = pytest.mark.anyio


async def test_the_document_is_framed_by_the_partners_sites_only(
    client: httpx.AsyncClient, token: str
) -> None:
    headers = (await client.get(f"/w/{token}")).headers
    assert f"frame-ancestors {SITE}" in headers["content-security-policy"]
    assert headers["cross-origin-embedder-policy"] == "require-corp"
    assert headers["cross-origin-resource-policy"] == "cross-origin"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["x-robots-tag"] == "noindex"
    assert headers["cache-control"] == "public, max-age=60, stale-while-revalidate=600"


async def test_every_inline_style_and_script_is_allowed_by_its_hash(
    client: httpx.AsyncClient, token: str
) -> None:
    answer = await client.get(f"/w/{token}?accent=a33")
    policy = answer.headers["content-security-policy"]
    inline = re.findall(r"<(?:style|script)[^>]*>(.*?)</(?:style|script)>", answer.text, re.S)
    assert len(inline) == 2
    for text in inline:
        assert assets.digest(text) in policy


async def test_nothing_in_the_document_comes_from_elsewhere(
    client: httpx.AsyncClient, token: str
) -> None:
    text = (await client.get(f"/w/{token}")).text
    assert not re.search(r"<(img|link|iframe|object|video)|src=", text)


@pytest.mark.parametrize("encoding", ["br", "gzip", "identity"])
async def test_each_encoding_carries_the_same_document(
    client: httpx.AsyncClient, token: str, encoding: str
) -> None:
    plain = (await client.get(f"/w/{token}", headers={"Accept-Encoding": ""})).text
    answer = await client.get(f"/w/{token}", headers={"Accept-Encoding": encoding})
    assert answer.text == plain
    assert answer.headers.get("content-encoding", "identity") == encoding
    assert answer.headers["vary"] == "Accept-Encoding"


async def test_a_304_repeats_the_policy(client: httpx.AsyncClient, token: str) -> None:
    first = await client.get(f"/w/{token}")
    again = await client.get(f"/w/{token}", headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304
    policy = "content-security-policy"
    assert again.headers[policy] == first.headers[policy]


async def test_changed_sites_change_the_etag_and_the_policy(
    client: httpx.AsyncClient, service: Service, partner: Partner, token: str
) -> None:
    first = await client.get(f"/w/{token}")
    service.store.write(
        lambda rows: partners.set_sites(rows, partner.slug, ["https://new.example"])
    ).result()
    service.refresh()
    again = await client.get(f"/w/{token}", headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 200
    assert "frame-ancestors https://new.example" in again.headers["content-security-policy"]


async def test_a_broken_token_shows_the_campaign_to_nobodys_frame(
    client: httpx.AsyncClient, token: str
) -> None:
    answer = await client.get(f"/w/{token[:-1]}")
    assert answer.status_code == 200
    assert "Reject China" in answer.text
    assert "Harbor" not in answer.text
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]


async def test_a_revoked_token_keeps_its_sites(
    client: httpx.AsyncClient, service: Service, partner: Partner, token: str
) -> None:
    service.store.write(lambda rows: partners.revoke(rows, partner.slug, everything=True)).result()
    service.refresh()
    answer = await client.get(f"/w/{token}")
    assert f"frame-ancestors {SITE}" in answer.headers["content-security-policy"]


async def test_a_partner_added_while_serving_is_shown_at_once(
    client: httpx.AsyncClient, service: Service
) -> None:
    job = service.store.write(
        lambda rows: partners.add(rows, "New", ["https://new.example"], service.clock())
    )
    answer = await client.get(f"/w/{token_of(service, job.result())}")
    assert "frame-ancestors https://new.example" in answer.headers["content-security-policy"]


@pytest.mark.parametrize(
    ("asked", "language"),
    [("", "en"), ("zh-TW", "zh-Hant"), ("es-MX", "es"), ("tlh", "en"), ("zh-Hant", "zh-Hant")],
)
async def test_the_language_is_the_one_asked_for_or_the_campaigns(
    client: httpx.AsyncClient, token: str, asked: str, language: str
) -> None:
    headers = {"Accept-Language": "es"}
    answer = await client.get(f"/w/{token}", params={"lang": asked}, headers=headers)
    assert f'<html lang="{language}"' in answer.text


async def test_unknown_parameters_change_nothing(client: httpx.AsyncClient, token: str) -> None:
    plain = await client.get(f"/w/{token}")
    strange = await client.get(f"/w/{token}?utm=1&theme=pink&accent=red;}}body{{")
    assert strange.headers["etag"] == plain.headers["etag"]


async def test_the_partners_name_is_shown_as_text(client: httpx.AsyncClient, token: str) -> None:
    text = (await client.get(f"/w/{token}")).text
    assert "shown by Harbor &lt;Voices&gt;" in text
    assert "<Voices>" not in text


async def test_the_campaigns_own_page_attributes_its_token(
    client: httpx.AsyncClient, token: str
) -> None:
    page = await client.get(f"/c/hketo?t={token}")
    assert f'<base href="/w/{token}/">' in page.text
    assert "frame-ancestors 'none'" in page.headers["content-security-policy"]
    assert 'property="og:title"' in page.text
    assert "x-robots-tag" not in page.headers


async def test_the_campaigns_own_page_takes_no_broken_token(
    client: httpx.AsyncClient, token: str
) -> None:
    page = await client.get(f"/c/hketo?t={token}x")
    assert token not in page.text
    assert "shown by" not in page.text


@pytest.mark.parametrize("language", LANGUAGES)
async def test_what_happens_to_my_data_names_the_organiser(
    client: httpx.AsyncClient, language: str
) -> None:
    page = await client.get(f"/c/hketo/privacy?lang={language}")
    assert "Example Coalition for Hong Kong" in page.text
    assert "100 Example Street" in page.text


async def test_an_unknown_campaign_is_not_found(client: httpx.AsyncClient) -> None:
    assert (await client.get("/c/nothing")).status_code == 404


async def test_the_loader_may_be_used_from_anywhere(client: httpx.AsyncClient) -> None:
    loader = await client.get("/embed.js")
    assert loader.headers["access-control-allow-origin"] == "*"
    assert loader.headers["cross-origin-resource-policy"] == "cross-origin"
    assert loader.headers["content-type"] == "text/javascript; charset=utf-8"
    assert "stale-if-error=604800" in loader.headers["cache-control"]
    assert not loader.headers["etag"].startswith("W/")


async def test_the_hashed_loader_never_changes(client: httpx.AsyncClient) -> None:
    loader = await client.get("/embed.js")
    name = assets.encode(assets.source("embed.js")).hash
    fixed = await client.get(f"/embed-{name}.js")
    assert fixed.content == loader.content
    assert "immutable" in fixed.headers["cache-control"]
    assert (await client.get("/embed-0000.js")).status_code == 404


async def test_links_back_carry_the_public_address(client: httpx.AsyncClient) -> None:
    assert f'<link rel="canonical" href="{ORIGIN}/c/hketo">' in (await client.get("/c/hketo")).text


async def test_metrics_count_answers_and_name_nobody(client: httpx.AsyncClient, token: str) -> None:
    await client.get(f"/w/{token}")
    await client.get("/nothing-here")
    metrics = (await client.get("/metrics")).text
    assert 'threesteps_http_responses_total{handler="document",status="200"} 1.0' in metrics
    assert 'threesteps_http_responses_total{handler="none",status="404"} 1.0' in metrics
    assert token not in metrics
