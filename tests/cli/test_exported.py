"""An export of everything has an id; acknowledging it is what lets envelopes be deleted."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from tests.cli.conftest import Run
from tests.store.rows import recording
from widget_server.campaigns import Campaigns, shipped_campaigns
from widget_server.keys import Keyring
from widget_server.model import Visit
from widget_server.store import Store, audit, retention
from widget_server.store.schema import exports, submissions
from widget_server.submit import SubmitForm, prepare

NOW = datetime(2026, 11, 22, 17, tzinfo=UTC)


@pytest.fixture(autouse=True)
def submitted(key: Path, home: Path, store: Store) -> None:
    """A person two days ago, another one today."""
    campaign = Campaigns.load([shipped_campaigns()]).get("hketo")
    assert campaign
    for days in (0, 2):
        form = SubmitForm(f"p{days}@example.org", updates=True)
        visit, at = Visit(f"v{days}", "hketo", None, 0), NOW - timedelta(days=days)
        sent = prepare(form, visit, campaign, Keyring.open(home / "keys"), "en", at)
        store.write(recording(sent)).result()


def export(run: Run, key: Path, *more: object) -> str:
    """The id that an export prints, "" for none."""
    said = run("export", "hketo", "--key", key, *more, now=NOW.isoformat()).stderr
    found = re.search(r"--acknowledge (\S+)", said)
    return found[1] if found else ""


def acknowledge(run: Run, id: str, *more: str) -> int:
    result = run("export", "hketo", "--acknowledge", id, *more, now=NOW.isoformat())
    return result.exit_code


def swept(store: Store) -> int:
    return retention.sweep(store, NOW + timedelta(days=30)).envelopes


def test_what_was_exported_is_deleted_after_it_was_acknowledged(
    run: Run, key: Path, store: Store
) -> None:
    id = export(run, key)
    assert swept(store) == 0
    assert acknowledge(run, id) == 0
    assert swept(store) == 1  # that of today may have come after it


@pytest.mark.parametrize("part", [("--since", "2026-11-01"), ("--partner", "harbor")])
def test_an_export_of_a_part_cannot_be_acknowledged(
    run: Run, key: Path, part: tuple[str, str]
) -> None:
    run("partner", "add", "Harbor", "--site", "harbor.example")
    assert export(run, key, *part) == ""


def test_an_export_that_failed_is_none(run: Run, tmp_path: Path, store: Store) -> None:
    other = tmp_path / "other.key"
    run("campaign", "keys", "hketo", "--out", other, "--rotate")
    assert export(run, other) == ""
    with store.read() as connection:
        assert connection.execute(select(exports)).all() == []


def test_what_could_not_be_opened_is_asked_about(run: Run, key: Path, store: Store) -> None:
    one = select(submissions.c.visit).limit(1).scalar_subquery()
    broken = update(submissions).where(submissions.c.visit == one).values(envelope=b"broken")
    store.write(lambda rows: rows.execute(broken)).result()
    id = export(run, key)
    assert id.split("-")[1:3] == ["1", "1"]
    assert acknowledge(run, id) == 1
    assert swept(store) == 0
    assert acknowledge(run, id, "--yes") == 0
    assert swept(store) == 1


def test_a_mistyped_id_is_refused_with_a_sentence(run: Run) -> None:
    result = run("export", "hketo", "--acknowledge", "20261120-2-0-deadbeef")
    assert result.exit_code == 1
    assert "There is no export" in result.stderr


def test_the_audit_tells_who_acknowledged(run: Run, key: Path, store: Store) -> None:
    id = export(run, key)
    acknowledge(run, id)
    with store.read() as connection:
        entry = audit.latest(connection, 1)[0]
    assert (entry.what, entry.details) == ("export acknowledged", {"id": id})
