"""``threesteps campaign close``: the end of a campaign, and of every guess at who supports it."""

import hmac
from base64 import urlsafe_b64decode
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.cli.conftest import Run
from tests.store.rows import recording, submission
from widget_server.campaigns import Campaigns, shipped_campaigns
from widget_server.errors import ClosedError
from widget_server.keys import Keyring
from widget_server.model import Visit
from widget_server.store import Store, audit
from widget_server.store.schema import closures, submissions
from widget_server.submit import SubmitForm, prepare

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
ADDRESS = "ada@example.org"


@pytest.fixture(autouse=True)
def submitted(home: Path, store: Store) -> None:
    """Somebody whose address the thief guesses."""
    campaign = Campaigns.load([shipped_campaigns()]).get("hketo")
    assert campaign
    visit, keyring = Visit("1", "hketo", None, 1), Keyring.open(home / "keys")
    sent = prepare(SubmitForm(ADDRESS), visit, campaign, keyring, "en", NOW)
    store.write(recording(sent)).result()


def guesses(home: Path) -> set[bytes]:
    """What the address would be in the database, with every key that can be found."""
    lines = [line for file in home.rglob("*.keys") for line in file.read_bytes().split()]
    text = f"hketo\0{ADDRESS}".encode()
    return {hmac.new(urlsafe_b64decode(line), text, sha256).digest()[:16] for line in lines}


def supporters(store: Store) -> set[bytes]:
    with store.read() as connection:
        return set(connection.execute(select(submissions.c.supporter)).scalars())


def test_after_it_nobody_can_test_a_guess(run: Run, home: Path, store: Store) -> None:
    assert guesses(home) & supporters(store)
    result = run("campaign", "close", "hketo", "--yes")
    assert result.exit_code == 0
    assert not guesses(home) & supporters(store)
    assert not list(home.rglob("index-hketo*"))


def test_the_name_is_asked_for(run: Run, home: Path) -> None:
    assert run("campaign", "close", "hketo", input="hketo\n").exit_code == 0
    assert not Keyring.open(home / "keys").has_index_key("hketo")


@pytest.mark.parametrize("typed", ["hketa\n", "yes\n", ""])
def test_another_name_closes_nothing(run: Run, home: Path, store: Store, typed: str) -> None:
    assert run("campaign", "close", "hketo", input=typed).exit_code == 1
    assert Keyring.open(home / "keys").has_index_key("hketo")
    with store.read() as connection:
        assert not connection.execute(select(closures)).all()


def test_nobody_is_counted_from_then_on(run: Run, store: Store) -> None:
    """Not by a process that has not heard of it either."""
    run("campaign", "close", "hketo", "--yes")
    with pytest.raises(ClosedError):
        store.write(recording(submission("later", "somebody"))).result()
    store.write(recording(submission("later", "somebody", campaign="other"))).result()


def test_the_audit_has_a_line_for_it_once(run: Run, store: Store) -> None:
    for _ in range(2):
        assert run("campaign", "close", "hketo", "--yes").exit_code == 0
    with store.read() as connection:
        lines = [entry.what for entry in audit.latest(connection, 9, "hketo")]
    assert lines == ["campaign closed"]


def test_the_doctor_does_not_miss_the_key(run: Run) -> None:
    run("campaign", "close", "hketo", "--yes")
    assert "blind index is gone" not in run("doctor").stdout


def test_an_unknown_campaign_is_refused_with_a_sentence(run: Run) -> None:
    assert "no campaign 'nothing'" in run("campaign", "close", "nothing", "--yes").stderr
