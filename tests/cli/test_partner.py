"""``threesteps partner``: what a partner is sent, and how it is taken back."""

import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run
from widget_server.keys import Keyring
from widget_server.model import Embed
from widget_server.settings import Settings
from widget_server.store import Store, partners
from widget_server.tokens import Grant, Tokens

RunJson = Callable[..., Any]
ADD = ("partner", "add", "Harbor Voices", "--site", "example.org")


@pytest.fixture
def tokens(home: Path) -> Tokens:
    return Tokens(Keyring.open(home / "keys").signing, Settings().clock)


def test_what_a_partner_is_sent_is_printed_as_json(run_json: RunJson, tokens: Tokens) -> None:
    given = run_json(*ADD)
    assert list(given) == ["partner", "token", "snippet", "dashboard", "api_key"]
    assert given["partner"] == "harbor-voices"
    assert tokens.read_embed(given["token"]) == Embed("hketo", "harbor-voices", 1)
    assert tokens.read_api_key(given["api_key"]) == Grant("harbor-voices", 1)
    origin, link = given["dashboard"].split("/partner?link=")
    assert origin == "http://127.0.0.1:8000"
    assert tokens.read_link(link) == Grant("harbor-voices", 1)


class Elements(HTMLParser):
    """Each start tag with its attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: dict[str, dict[str, str | None]] = {}
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found[tag] = dict(attrs)


def test_the_snippet_is_an_element_around_a_link_and_the_loader(run_json: RunJson) -> None:
    given = run_json(*ADD, public_url="https://act.example.net")
    elements = Elements(given["snippet"]).found
    assert elements == {
        "three-steps": {"token": given["token"]},
        "a": {
            "href": f"https://act.example.net/c/hketo?t={given['token']}",
            "target": "_blank",
            "rel": "noopener",
        },
        "script": {"async": None, "src": "https://act.example.net/embed.js"},
    }
    assert re.search(
        r">Take action: Urge your legislators[^<]+</a></three-steps>\n", given["snippet"]
    )


def test_the_snippet_is_printed_on_one_line_for_people_too(run: Run, run_json: RunJson) -> None:
    run(*ADD)
    shown = run("partner", "show", "harbor-voices").stdout
    assert run_json("partner", "show", "harbor-voices")["snippet"] in shown


def test_sites_are_kept_as_origins(run: Run, store: Store) -> None:
    run(*ADD, "--site", "http://localhost:3000")
    with store.read() as connection:
        assert partners.get(connection, "harbor-voices").sites == (
            "https://example.org",
            "https://www.example.org",
            "http://localhost:3000",
        )


def test_a_bad_site_is_refused_with_a_sentence(run: Run, run_json: RunJson) -> None:
    result = run("partner", "add", "Harbor", "--site", "https://example.org/page")
    assert result.exit_code == 1
    assert "is not a site" in result.stderr
    assert run_json("partner", "list") == []


def test_an_unknown_campaign_is_refused_before_anything_is_written(
    run: Run, run_json: RunJson
) -> None:
    result = run(*ADD, "--campaign", "nothing")
    assert result.exit_code == 1
    assert "no campaign 'nothing'" in result.stderr
    assert run_json("partner", "list") == []


def test_partners_are_listed(run: Run, run_json: RunJson) -> None:
    run(*ADD)
    run("partner", "add", "香港[red]之聲", "--site", "https://hk.example", now="2099-01-01")
    listed = run_json("partner", "list")
    assert [partner["name"] for partner in listed] == ["Harbor Voices", "香港[red]之聲"]
    assert "香港[red]之聲" in run("partner", "list").stdout


def test_a_link_signs_the_partner_in(run: Run, run_json: RunJson, tokens: Tokens) -> None:
    run(*ADD)
    dashboard = run("partner", "link", "harbor-voices").stdout.strip()
    link = dashboard.split("link=")[1]
    assert tokens.read_link(link) == Grant("harbor-voices", 1)


def test_rotation_prints_a_snippet_of_the_next_generation(
    run: Run, run_json: RunJson, tokens: Tokens
) -> None:
    run(*ADD)
    given = run_json("partner", "rotate", "harbor-voices")
    assert tokens.read_embed(given["token"]).generation == 2


def test_revoking_says_that_a_new_snippet_is_needed(run: Run) -> None:
    run(*ADD)
    assert "This snippet is revoked" in run("partner", "revoke", "harbor-voices").stdout


def test_programs_are_told_whether_the_snippet_is_revoked(run: Run, run_json: RunJson) -> None:
    run(*ADD)
    show, list_all = ("partner", "show", "harbor-voices"), ("partner", "list")
    assert (run_json(*show)["revoked"], run_json(*list_all)[0]["revoked"]) == (False, False)
    run("partner", "revoke", "harbor-voices")
    assert (run_json(*show)["revoked"], run_json(*list_all)[0]["revoked"]) == (True, True)


def test_revoking_everything_and_sessions_ends_both(
    run: Run, run_json: RunJson, tokens: Tokens
) -> None:
    run(*ADD)
    run("partner", "rotate", "harbor-voices")
    run("partner", "revoke", "harbor-voices", "--all", "--sessions")
    given = run_json("partner", "show", "harbor-voices")
    assert given["revoked"]
    assert tokens.read_link(given["dashboard"].split("link=")[1]).generation == 2


def test_revoking_sessions_and_the_api_key_leaves_the_snippet(
    run: Run, run_json: RunJson, tokens: Tokens
) -> None:
    run(*ADD)
    given = run_json("partner", "revoke", "harbor-voices", "--sessions", "--api-key")
    assert tokens.read_api_key(given["api_key"]).generation == 2
    assert tokens.read_link(given["dashboard"].split("link=")[1]).generation == 2
    assert tokens.read_embed(given["token"]).generation == 1
    assert "revoked" not in run("partner", "show", "harbor-voices").stdout


def test_sites_can_be_replaced(run: Run, run_json: RunJson) -> None:
    run(*ADD)
    run("partner", "sites", "harbor-voices", "--site", "https://new.example")
    assert run_json("partner", "list")[0]["sites"] == ["https://new.example"]


@pytest.mark.parametrize("command", ["show", "link", "rotate", "revoke"])
def test_an_unknown_partner_is_refused_with_a_sentence(run: Run, command: str) -> None:
    result = run("partner", command, "nobody")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "There is no partner 'nobody'" in result.stderr


def test_a_partner_is_added_beside_a_running_service(run_json: RunJson, store: Store) -> None:
    run_json(*ADD)
    with store.read() as connection:
        assert partners.find(connection, "harbor-voices")
