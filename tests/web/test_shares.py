"""Links that hand a campaign on: each opens its network with the sentence and the address in it."""

from urllib.parse import parse_qsl, urlsplit

import pytest

from widget_server.web.shares import share_links

TEXT, URL = "Join 10 & more: 三步驟", "https://act.example.org/c/hketo?t=a.b"
LINKS = dict(share_links(TEXT, URL, "Correo"))


@pytest.mark.parametrize("network", LINKS)
def test_the_address_arrives_whole(network: str) -> None:
    values = dict(parse_qsl(urlsplit(LINKS[network]).query)).values()
    assert any(URL in value for value in values)


@pytest.mark.parametrize("network", [name for name in LINKS if name != "Facebook"])
def test_the_sentence_arrives_whole(network: str) -> None:
    values = dict(parse_qsl(urlsplit(LINKS[network]).query)).values()
    assert any(TEXT in value for value in values)


def test_email_is_named_in_the_visitors_language() -> None:
    assert LINKS["Correo"].startswith("mailto:?")
