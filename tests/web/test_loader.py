"""The hash on the page of the snippet is the hash of the bytes that are served."""

import html
import re
from base64 import b64encode
from hashlib import sha256

import httpx
import pytest

from tests.web.conftest import ORIGIN

pytestmark = pytest.mark.anyio


@pytest.fixture
async def partner_page(signed_in: httpx.AsyncClient) -> str:
    answer = await signed_in.get("/partner/snippet")
    return html.unescape(answer.text)


@pytest.mark.parametrize("encoding", ["br", "gzip", "identity"])
async def test_the_hash_on_the_partners_page_fits_the_bytes(
    client: httpx.AsyncClient, partner_page: str, encoding: str
) -> None:
    found = re.search(rf'src="{ORIGIN}(/embed-\w+\.js)" integrity="sha256-([^"]+)"', partner_page)
    assert found
    script = await client.get(found[1], headers={"Accept-Encoding": encoding})
    assert b64encode(sha256(script.content).digest()).decode() == found[2]
    assert script.headers["access-control-allow-origin"] == "*"
    assert "immutable" in script.headers["cache-control"]


@pytest.mark.parametrize(
    "form",
    [
        '<script async src="[^"]+" integrity="[^"]+" crossorigin="anonymous"></script>',
        '<div data-three-steps="{token}">',
        '</noscript>\n<script async src="[^"]+" data-token="{token}" onerror="[^"]+">',
        '<iframe src="[^"]+/w/{token}',
    ],
)
async def test_the_partners_page_has_every_form(partner_page: str, token: str, form: str) -> None:
    assert re.search(form.replace("{token}", re.escape(token)), partner_page)
