"""``threesteps keys rotate``: a new key signs, and nobody is refused meanwhile."""

import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.cli.conftest import Run
from tests.patience import becomes
from tests.serving import Served
from widget_server.keys import Keyring
from widget_server.settings import Settings
from widget_server.store import Store, audit
from widget_server.tokens import BadTokenError, Tokens


@pytest.fixture
def tokens(home: Path) -> Callable[[], Tokens]:
    """The tokens of the keys as they are."""
    return lambda: Tokens(Keyring.open(home / "keys").signing, Settings().clock)


def rotated(run: Run) -> None:
    assert run("keys", "rotate").exit_code == 0
    later = datetime.now(UTC) + timedelta(minutes=2)
    assert run("keys", "rotate", now=later.isoformat()).exit_code == 0


def test_the_first_step_signs_with_the_old_key(run_json: Callable[..., Any], run: Run) -> None:
    before = run_json("partner", "add", "Harbor Voices", "--site", "example.org")
    assert "signs nothing yet" in run("keys", "rotate").stdout
    assert run_json("partner", "show", "harbor-voices")["token"] == before["token"]


def test_the_second_step_waits_until_everybody_knows_the_key(run: Run, home: Path) -> None:
    run("keys", "rotate")
    known = Keyring.open(home / "keys")
    result = run("keys", "rotate")
    assert result.exit_code == 1
    assert "again in a minute" in result.stderr
    assert Keyring.open(home / "keys") == known


def test_the_second_step_signs_with_the_new_key(run_json: Callable[..., Any], run: Run) -> None:
    before = run_json("partner", "add", "Harbor Voices", "--site", "example.org")
    rotated(run)
    assert run_json("partner", "show", "harbor-voices")["token"] != before["token"]


def test_what_the_old_key_signed_stays_good(
    run_json: Callable[..., Any], run: Run, tokens: Callable[[], Tokens]
) -> None:
    before = run_json("partner", "add", "Harbor Voices", "--site", "example.org")
    rotated(run)
    assert tokens().read_embed(before["token"]).partner == "harbor-voices"
    assert tokens().read_api_key(before["api_key"]).partner == "harbor-voices"


def test_without_its_file_a_stolen_key_makes_no_good_token(
    run_json: Callable[..., Any], home: Path, tokens: Callable[[], Tokens]
) -> None:
    before = run_json("partner", "add", "Harbor Voices", "--site", "example.org")
    (home / "keys" / "signing.keys").unlink()
    after = run_json("partner", "show", "harbor-voices")
    assert tokens().read_embed(after["token"]).partner == "harbor-voices"
    with pytest.raises(BadTokenError):
        tokens().read_embed(before["token"])


def test_both_steps_are_written_down(run: Run, store: Store) -> None:
    rotated(run)
    with store.read() as connection:
        noted = [entry.what for entry in audit.latest(connection, 5)]
    assert sorted(noted) == ["signing key prepared", "signing key renewed"]


def test_a_running_service_takes_the_new_key_and_keeps_the_old(served: Served) -> None:
    old = served.token
    served.command("keys", "rotate")
    made = served.home / "keys" / "signing-next.keys"
    os.utime(made, (0, 0))
    served.command("keys", "rotate")
    new = served.command("partner", "show", "harbor-voices", "--json").split('"token": "')[1]
    assert old not in new
    for token in (old, new.split('"')[0]):
        assert _framed_by_the_partner(served, token)


def _framed_by_the_partner(served: Served, token: str) -> bool:
    """Whether the service knows whose token it is; it reads its keys every ten seconds."""

    def is_known() -> bool:
        page = httpx.get(f"{served.origin}/w/{token}", trust_env=False)
        return "frame-ancestors http://localhost" in page.headers["content-security-policy"]

    return becomes(is_known)
