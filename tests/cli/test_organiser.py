"""``threesteps organiser``: the link to the console, and what ends it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run
from widget_server.keys import Keyring
from widget_server.settings import Settings
from widget_server.store import Store, audit
from widget_server.tokens import Tokens

RunJson = Callable[..., Any]


@pytest.fixture
def tokens(home: Path) -> Tokens:
    return Tokens(Keyring.open(home / "keys").signing, Settings().clock)


def lines(store: Store) -> list[tuple[str, str, str]]:
    """Who did what to whom, the oldest first."""
    with store.read() as connection:
        return [each[1:4] for each in reversed(audit.latest(connection, 99))]


def test_a_link_to_the_console_is_printed(run: Run, tokens: Tokens) -> None:
    origin, link = run("organiser", "link").stdout.strip().split("/organiser?link=")
    assert origin == "http://127.0.0.1:8000"
    assert tokens.read_organiser_link(link) == 1


def test_signing_out_ends_the_links_of_before(run: Run, run_json: RunJson, tokens: Tokens) -> None:
    assert run("organiser", "sign-out").exit_code == 0
    link = run_json("organiser", "link")["console"].split("link=")[1]
    assert tokens.read_organiser_link(link) == 2


def test_what_commands_do_is_in_the_audit(run: Run, store: Store) -> None:
    run("partner", "add", "Harbor", "--site", "example.org")
    run("partner", "link", "harbor")
    run("partner", "sites", "harbor", "--site", "example.net")
    run("partner", "rotate", "harbor")
    run("partner", "revoke", "harbor", "--all", "--sessions", "--api-key")
    run("organiser", "link")
    run("organiser", "sign-out")
    assert sorted(lines(store)) == sorted(
        ("command", what, subject)
        for what, subject in [
            ("partner added", "harbor"),
            ("link made", "harbor"),
            ("sites changed", "harbor"),
            ("snippet renewed", "harbor"),
            ("sessions ended", "harbor"),
            ("API key renewed", "harbor"),
            ("every snippet revoked", "harbor"),
            ("link made", "organiser"),
            ("sessions ended", "organiser"),
        ]
    )


def test_what_was_refused_is_not_in_the_audit(run: Run, store: Store) -> None:
    assert run("partner", "add", "Harbor", "--site", "nothing/at/all").exit_code == 1
    assert lines(store) == []
