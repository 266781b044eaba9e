"""Sites as organisers type them, origins as browsers spell them."""

import pytest

from widget_server.errors import PartnerError
from widget_server.store.sites import covers, parse_sites


@pytest.mark.parametrize(
    ("typed", "origins"),
    [
        ("example.org", ("https://example.org", "https://www.example.org")),
        ("www.example.org", ("https://example.org", "https://www.example.org")),
        (" Example.ORG ", ("https://example.org", "https://www.example.org")),
        ("bücher.example", ("https://xn--bcher-kva.example", "https://www.xn--bcher-kva.example")),
        ("https://news.example.org", ("https://news.example.org",)),
        ("https://news.example.org/", ("https://news.example.org",)),
        ("HTTPS://News.Example.org:443", ("https://news.example.org",)),
        ("https://example.org:8443", ("https://example.org:8443",)),
        ("http://localhost:3000", ("http://localhost:3000",)),
        ("http://127.0.0.1:8000", ("http://127.0.0.1:8000",)),
        ("http://example.org:80", ("http://example.org",)),
        ("https://*.example.org", ("https://*.example.org",)),
        ("https://*.example.org:8443", ("https://*.example.org:8443",)),
    ],
)
def test_a_site_is_understood(typed: str, origins: tuple[str, ...]) -> None:
    assert parse_sites([typed]) == origins


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "*",
        "example",
        "localhost:3000",
        "*.example.org",
        "https://*",
        "https://*.org",
        "https://*.10.0.0.1",
        "https://news.*.org",
        "https://*example.org",
        "https://example.org/page",
        "https://example.org?x=1",
        "https://example.org#x",
        "https://user@example.org",
        "https://example.org:0",
        "https://example.org:99999",
        "https://example.org:port",
        "https://[::1]:8000",
        "https://[broken",
        "https://",
        "ftp://example.org",
        "javascript://example.org",
        "data:text/html,x",
        "null",
        "'self'",
        "https://example.org; script-src *",
        "https://example.org https://evil.example",
        "https://example.org,evil.example",
        "exa mple.org",
        "example..org",
        "-example.org",
        "127.0.0.1",
        "x" * 300 + ".org",
        "a" * 64 + ".org",
    ],
)
def test_anything_else_is_refused_with_a_sentence(typed: str) -> None:
    with pytest.raises(PartnerError, match=r"example\.org"):
        parse_sites([typed])


def test_sites_are_kept_once_and_in_order() -> None:
    typed = ["https://b.example", "https://a.example", "https://b.example/"]
    assert parse_sites(typed) == ("https://b.example", "https://a.example")


def test_a_partner_without_a_site_is_refused() -> None:
    with pytest.raises(PartnerError, match="at least one site"):
        parse_sites([])


@pytest.mark.parametrize(
    ("site", "origin"),
    [
        ("https://example.org", "https://example.org"),
        ("https://*.example.org", "https://news.example.org"),
        ("https://*.example.org", "https://a.b.example.org"),
        ("https://*.example.org:8443", "https://news.example.org:8443"),
        ("http://example.org", "https://example.org"),
    ],
)
def test_a_site_covers_what_browsers_let_it_frame(site: str, origin: str) -> None:
    assert covers(["https://other.example", site], origin)


@pytest.mark.parametrize(
    ("site", "origin"),
    [
        ("https://example.org", "http://example.org"),
        ("https://example.org", "https://example.org:8443"),
        ("https://example.org", "https://www.example.org"),
        ("https://*.example.org", "https://example.org"),
        ("https://*.example.org", "https://badexample.org"),
        ("https://*.example.org", "http://news.example.org"),
        ("https://*.example.org", "https://news.example.org:8443"),
    ],
)
def test_a_site_covers_nothing_else(site: str, origin: str) -> None:
    assert not covers([site], origin)
