"""What a visitor downloads, in bytes on the wire from a real server."""

import httpx
import pytest

from tests.serving import Served
from widget_server.web.desk import LANGUAGES

LOADER = 1_200
FIRST_VIEW = 14_600
ANSWER = 6_000

BROTLI = {"Accept-Encoding": "br"}


def wire_bytes(answer: httpx.Response) -> int:
    assert answer.headers["content-encoding"] == "br"
    return int(answer.headers["content-length"])


def demo_token(served: Served) -> str:
    page = httpx.get(served.demo_url, trust_env=False).text
    return page.split('<three-steps token="')[1].split('"')[0]


def test_the_loader_and_the_first_document_fit_one_flight(served: Served) -> None:
    loader = wire_bytes(httpx.get(f"{served.origin}/embed.js", headers=BROTLI, trust_env=False))
    assert loader <= LOADER
    for language in LANGUAGES:
        address = f"{served.origin}/w/{demo_token(served)}?theme=light&lang={language}"
        document = wire_bytes(httpx.get(address, headers=BROTLI, trust_env=False))
        print(f"{language}: loader {loader} + document {document} = {loader + document} bytes")
        assert loader + document <= FIRST_VIEW


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_answer_to_find_is_small(served: Served, language: str) -> None:
    answer = httpx.post(
        f"{served.origin}/w/{demo_token(served)}/find?lang={language}",
        data={"zip": "94110"},
        headers={**BROTLI, "Threesteps-Fragment": "1"},
        trust_env=False,
    )
    print(f"{language}: {wire_bytes(answer)} bytes")
    assert wire_bytes(answer) <= ANSWER
