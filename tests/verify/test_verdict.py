"""Pages as partners have them, and what they are told about each."""

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from widget_server import assets
from widget_server.campaigns import Campaigns
from widget_server.model import Embed, Partner
from widget_server.snippet import Embedding, Loader
from widget_server.tokens import Tokens
from widget_server.verify.verdict import Ours, Page, judge

NOW = datetime(2026, 11, 22, 17, tzinfo=UTC)
HOST = "https://act.example.org"
URL = "https://harbor.example/act"
PINNED = Loader(f"{HOST}/embed-1f.js", "sha256-abc=")
TOKENS = Tokens([b"k" * 32], lambda: NOW)
PARTNER = Partner("harbor", "Harbor", ("https://harbor.example",), 3, 2, 1, 1, NOW)


@pytest.fixture(scope="module")
def ours() -> Ours:
    campaigns = Campaigns.load([assets.folder("templates") / "campaigns"])
    return Ours(HOST, PINNED, PARTNER, campaigns, TOKENS.read_embed, "en", NOW)


def token(partner: str | None = "harbor", generation: int = 3, campaign: str = "hketo") -> str:
    return TOKENS.embed(Embed(campaign, partner, generation))


def embedding(**whose: str | int | None) -> Embedding:
    return Embedding(HOST, token(**whose), "hketo", "Ask them")  # type: ignore[arg-type] # as typed


def keys(ours: Ours, html: str, *policies: str, url: str = URL) -> Sequence[str]:
    page = f"<!doctype html><title>A page</title><body>{html}"
    return [f"{found.kind} {found.key}" for found in judge(Page(url, page, policies), ours)]


ALL_RIGHT = [
    "right token_yours",
    "right campaign_live",
    "right loader_right",
    "right site_registered",
    "right policy_none",
]


@pytest.mark.parametrize(
    ("variant", "html"),
    [
        ("element", embedding().element()),
        ("div", embedding().div()),
        ("script", embedding().one_tag()),
    ],
)
def test_a_page_that_is_right_is_told_so(ours: Ours, variant: str, html: str) -> None:
    assert keys(ours, html) == [f"right found_{variant}", *ALL_RIGHT]


def test_a_frame_needs_no_script(ours: Ours) -> None:
    found = keys(ours, embedding().plain())
    assert found[0] == "right found_frame"
    assert not any("loader" in key for key in found)


def test_a_page_without_a_snippet_is_told_nothing_else(ours: Ours) -> None:
    assert keys(ours, "<p>Hello") == ["mend no_snippet"]


def test_a_snippet_in_a_comment_is_none(ours: Ours) -> None:
    assert keys(ours, f"<!-- {embedding().element()} -->") == ["mend no_snippet"]


def test_a_link_alone_is_what_a_system_left_of_it(ours: Ours) -> None:
    assert keys(ours, embedding().link) == ["mend only_link"]


@pytest.mark.parametrize(
    ("whose", "finding"),
    [
        ({"generation": 1}, "mend token_revoked"),
        ({"generation": 2}, "note token_old"),
        ({"partner": "beacon"}, "mend token_foreign"),
        ({"partner": None, "generation": 0}, "mend token_nobody"),
        ({"campaign": "gone"}, "mend campaign_gone"),
    ],
)
def test_a_token_is_judged_by_what_it_says(
    ours: Ours, whose: dict[str, str | int | None], finding: str
) -> None:
    assert finding in keys(ours, embedding(**whose).element())


@pytest.mark.parametrize("spoilt", ["TOKEN", "", token()[:-1], token() + "x"])
def test_a_token_that_is_not_whole_is_broken(ours: Ours, spoilt: str) -> None:
    html = Embedding(HOST, spoilt, "hketo", "Ask them").element()
    assert "mend token_broken" in keys(ours, html)


@pytest.mark.parametrize(
    ("script", "finding"),
    [
        ("", "mend loader_missing"),
        ('<script src="https://old.example/embed.js"></script>', "mend loader_elsewhere"),
        (Loader(f"{HOST}/embed-0a.js", "sha256-old=").tag, "mend loader_old"),
        (Loader(f"{HOST}/embed-1f.js", "sha256-old=").tag, "mend loader_hash"),
        (PINNED.tag, "right loader_pinned"),
        (PINNED.tag.replace(' crossorigin="anonymous"', ""), "mend loader_cors"),
        (Loader(f"{HOST}/embed.js", PINNED.integrity).tag, "note loader_fragile"),
    ],
)
def test_a_script_is_judged_by_address_and_hash(ours: Ours, script: str, finding: str) -> None:
    assert finding in keys(ours, f'<three-steps token="{token()}"></three-steps>{script}')


@pytest.mark.parametrize(
    "url", ["http://harbor.example/", "https://www.harbor.example/", "https://harbor.example:8443/"]
)
def test_a_site_is_judged_where_the_page_was_in_the_end(ours: Ours, url: str) -> None:
    assert "mend site_missing" in keys(ours, embedding().element(), url=url)


@pytest.mark.parametrize(
    ("policy", "findings"),
    [
        (f"script-src {HOST}; frame-src {HOST}", ["right policy_right"]),
        (f"script-src {HOST}; frame-src 'self'", ["mend policy_frame"]),
        (f"default-src 'self'; frame-src {HOST}", ["mend policy_script"]),
        ("default-src 'self'", ["mend policy_script", "mend policy_frame"]),
    ],
)
def test_a_policy_in_a_header_or_in_the_page_is_judged(
    ours: Ours, policy: str, findings: list[str]
) -> None:
    html = embedding().element()
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    assert keys(ours, html, policy)[5:] == findings
    assert keys(ours, meta + html)[5:] == findings


def test_a_frame_that_is_shut_in_is_told_what_it_needs(ours: Ours) -> None:
    html = embedding().frame().replace("<iframe", '<iframe sandbox="allow-scripts"')
    assert "mend frame_sandbox" in keys(ours, html)


def test_a_frame_of_another_service_is_not_ours(ours: Ours) -> None:
    html = embedding().frame().replace(HOST, "https://old.example")
    assert "mend frame_elsewhere" in keys(ours, html)
