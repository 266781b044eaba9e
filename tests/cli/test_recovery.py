"""The recovery key: two shares of three open everything, one opens nothing."""

import re
from datetime import UTC, datetime
from itertools import permutations
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.store.rows import recording
from widget_server.campaigns import Campaigns, shipped_campaigns
from widget_server.cli.recovery import combine, split
from widget_server.errors import SealError
from widget_server.keys import Keyring
from widget_server.model import Visit
from widget_server.store import Store
from widget_server.submit import SubmitForm, prepare

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
SEED = bytes(range(32))
SHARES = split(SEED)


@pytest.mark.parametrize("two", list(permutations(SHARES, 2)))
def test_any_two_shares_give_the_seed_back(two: tuple[str, str]) -> None:
    assert combine(two) == SEED


def test_shares_are_read_however_they_were_typed() -> None:
    assert combine([SHARES[0].upper(), SHARES[2].replace(" ", "\n  ")]) == SEED


@pytest.mark.parametrize(
    "shares",
    [
        [],
        SHARES[:1],
        [SHARES[0], SHARES[0]],
        SHARES,
        [SHARES[0], split(SEED)[1]],
        [SHARES[0], SHARES[1].rsplit(" ", 1)[0] + " academic"],
        [SHARES[0], "no such words"],
    ],
    ids=["none", "one", "twice", "three", "of two keys", "a wrong word", "no words"],
)
def test_what_is_not_two_shares_of_one_key_is_refused(shares: list[str]) -> None:
    with pytest.raises(SealError, match="shares"):
        combine(shares)


@pytest.fixture
def shares(run: Run, tmp_path: Path, home: Path, store: Store) -> list[Path]:
    """Files of the three shares, and a person who was sealed to the recovery key as well."""
    run("campaign", "keys", "hketo", "--out", tmp_path / "hketo.key")
    printed = run("campaign", "keys", "hketo", "--recovery").stdout
    campaign = Campaigns.load([shipped_campaigns()]).get("hketo")
    assert campaign
    form, visit = SubmitForm("ada@example.org", "Ada", updates=True), Visit("1", "hketo", None, 1)
    keyring = Keyring.open(home / "keys")
    store.write(recording(prepare(form, visit, campaign, keyring, "en", NOW))).result()
    return [write_share(tmp_path, *found) for found in re.findall(r"Share (\d):\n(.+)", printed)]


def write_share(folder: Path, number: str, words: str) -> Path:
    path = folder / f"share-{number}"
    path.write_text(f"{words}\n")
    return path


def test_two_shares_open_what_came_in(run: Run, shares: list[Path]) -> None:
    result = run("export", "hketo", "--share", shares[0], "--share", shares[2])
    assert (result.exit_code, result.stdout.count("ada@example.org")) == (0, 1)


def test_shares_can_be_typed(run: Run, shares: list[Path]) -> None:
    typed = "".join(share.read_text() for share in shares[1:])
    result = run("export", "hketo", "--recovery", input=typed)
    assert result.exit_code == 0
    assert result.stdout.count("ada@example.org") == 1
    assert "Share 1 of 2" in result.stderr


def test_one_share_opens_nothing(run: Run, shares: list[Path]) -> None:
    result = run("export", "hketo", "--share", shares[0])
    assert (result.exit_code, result.stdout) == (1, "")
    assert "needs 2 different shares, not 1" in result.stderr


def test_the_organisers_key_opens_it_too(run: Run, shares: list[Path]) -> None:
    key = shares[0].with_name("hketo.key")
    assert "ada@example.org" in run("export", "hketo", "--key", key).stdout


def test_no_share_is_kept(home: Path, shares: list[Path]) -> None:
    contents = b"".join(path.read_bytes() for path in home.rglob("*") if path.is_file())
    words = [share.read_text().split() for share in shares]
    assert all(" ".join(some[4:8]).encode() not in contents for some in words)


def test_a_second_recovery_key_is_made_only_on_request(
    run: Run, home: Path, shares: list[Path]
) -> None:
    first = Keyring.open(home / "keys").recovery_key("hketo")
    assert "--rotate" in run("campaign", "keys", "hketo", "--recovery").stderr
    assert Keyring.open(home / "keys").recovery_key("hketo") == first
    assert run("campaign", "keys", "hketo", "--recovery", "--rotate").exit_code == 0
    assert Keyring.open(home / "keys").recovery_key("hketo") != first


def test_without_a_place_for_any_key_none_is_made(run: Run, home: Path) -> None:
    result = run("campaign", "keys", "hketo")
    assert result.exit_code == 1
    assert "--out FILE" in result.stderr
    assert Keyring.open(home / "keys").recipients("hketo") == ()


def test_nothing_opens_without_a_key_or_shares(run: Run, shares: list[Path]) -> None:
    result = run("export", "hketo")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "--key FILE, or --recovery" in result.stderr
