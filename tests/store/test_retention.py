"""Envelopes end 30 days after an acknowledged export and 90 days after the campaign's close."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import Connection, Table, insert, select, update

from tests.store.rows import recording, submission
from widget_server.errors import NotFoundError
from widget_server.model import Submission
from widget_server.settings import Settings
from widget_server.store import Store, exports, invalidations, retention, tasks
from widget_server.store.exports import Export
from widget_server.store.recount import differences
from widget_server.store.rules import Rule
from widget_server.store.schema import closures, content_keys, submissions

NOW = datetime(2026, 11, 22, 17, tzinfo=UTC)
DAYS = [date(2026, 11, day) for day in (19, 20, 21, 22)]
MONTH = timedelta(days=30)


@pytest.fixture(autouse=True)
def four_days(store: Store) -> None:
    """One sealed submission a day, each under a key of its own, and another campaign's."""
    for number, day in enumerate(DAYS):
        store.write(recording(sealed(f"v{number}", day))).result()
    store.write(recording(sealed("other", DAYS[0], "school-taps"))).result()


def sealed(visit: str, day: date, campaign: str = "hketo") -> Submission:
    return replace(
        submission(visit, visit, campaign=campaign, day=day),
        envelope=b"sealed",
        content_key=visit.encode().ljust(16),
        wrapped=b"wrapped",
    )


def exported(store: Store, at: datetime = NOW) -> Export:
    made = store.write(lambda rows: exports.record(rows, "hketo", at, 4, 0)).result()
    assert made
    return made


def acknowledged(store: Store, at: datetime = NOW) -> Export:
    made = exported(store, at)
    store.write(lambda rows: exports.acknowledge(rows, made, at)).result()
    return made


def close(at: datetime) -> Callable[[Connection], None]:
    def job(connection: Connection) -> None:
        connection.execute(insert(closures).values(campaign="hketo", at=at))

    return job


def kept(store: Store, table: Table = submissions, name: str = "envelope") -> set[str]:
    """The visits or keys that are still there with a value."""
    key = table.c.visit if "visit" in table.c else table.c.id
    with store.read() as connection:
        found = connection.execute(select(key).where(table.c[name].is_not(None))).scalars()
        return {each if isinstance(each, str) else each.decode().strip() for each in found}


def test_an_export_covers_the_days_that_were_over(store: Store) -> None:
    assert exported(store).through == DAYS[2]


def test_an_export_of_an_old_copy_covers_no_day_after_it(store: Store) -> None:
    assert exported(store, NOW + timedelta(days=9)).through == DAYS[2]


def test_an_export_just_after_midnight_does_not_cover_the_day_before(store: Store) -> None:
    assert exported(store, datetime(2026, 11, 22, 5, 1, tzinfo=UTC)).through == DAYS[1]


def test_an_export_of_nobody_is_none(store: Store) -> None:
    assert store.write(lambda rows: exports.record(rows, "hketo", NOW, 0, 0)).result() is None
    assert store.write(lambda rows: exports.record(rows, "nothing", NOW, 1, 0)).result() is None


def test_an_export_that_was_made_elsewhere_can_be_acknowledged(
    store: Store, tmp_path: Path
) -> None:
    copy = Settings(home=tmp_path / "copy", keys=tmp_path)
    with Store.open(copy, serving=False) as elsewhere:
        elsewhere.write(recording(sealed("v0", DAYS[3]))).result()
        made = exported(elsewhere)
    with store.read() as connection:
        assert exports.find(connection, "hketo", made.id, NOW) == made


@pytest.mark.parametrize("wrong", ["", "20261121-4-0-00000000", "20261121", "é", "-", "a-b"])
def test_an_id_that_was_never_given_is_refused(store: Store, wrong: str) -> None:
    with store.read() as connection, pytest.raises(NotFoundError):
        exports.find(connection, "hketo", wrong, NOW)


def test_an_id_of_another_campaign_or_day_is_refused(store: Store) -> None:
    id = exported(store).id
    with store.read() as connection:
        for campaign, text in (("school-taps", id), ("hketo", id.replace("1121", "1122", 1))):
            with pytest.raises(NotFoundError):
                exports.find(connection, campaign, text, NOW)


def test_envelopes_are_deleted_30_days_after_their_export_was_acknowledged(store: Store) -> None:
    acknowledged(store)
    retention.sweep(store, NOW + MONTH - timedelta(seconds=1))
    assert kept(store) == {"v0", "v1", "v2", "v3", "other"}
    assert str(retention.sweep(store, NOW + MONTH)) == "3 envelopes and 3 keys deleted."
    assert kept(store) == {"v3", "other"}


@pytest.mark.parametrize("status", ["held", "invalidated"])
def test_who_is_in_no_export_is_kept_until_the_close(store: Store, status: str) -> None:
    theirs = update(submissions).where(submissions.c.visit == "v0").values(status=status)
    store.write(lambda rows: rows.execute(theirs)).result()
    acknowledged(store)
    retention.sweep(store, NOW + MONTH)
    assert "v0" in kept(store)


def test_who_counts_again_makes_an_acknowledged_export_incomplete(store: Store) -> None:
    rule = Rule(until=DAYS[0])
    decide = partial(invalidations.begin, campaign="hketo", rule=rule, who="command", now=NOW)
    number = store.write(decide).result()
    aside = partial(invalidations.set_aside, campaign="hketo", number=number, rule=rule)
    store.write(partial(aside, status="counted", after="")).result()
    acknowledged(store)
    store.write(partial(invalidations.bring_back, campaign="hketo", number=number)).result()
    retention.sweep(store, NOW + MONTH)
    assert kept(store) >= {"v0", "v1"}


def test_acknowledging_twice_does_not_begin_anew(store: Store) -> None:
    made = acknowledged(store)
    store.write(lambda rows: exports.acknowledge(rows, made, NOW + timedelta(days=9))).result()
    assert retention.sweep(store, NOW + MONTH).envelopes == 3


def test_an_export_that_nobody_acknowledged_deletes_nothing(store: Store) -> None:
    exported(store)
    assert retention.sweep(store, NOW + 12 * MONTH).envelopes == 0


def test_envelopes_are_deleted_90_days_after_the_close(store: Store) -> None:
    store.write(close(NOW)).result()
    assert retention.sweep(store, NOW + 3 * MONTH - timedelta(seconds=1)).envelopes == 0
    assert retention.sweep(store, NOW + 3 * MONTH).envelopes == 4
    assert kept(store) == {"other"}


def test_keys_of_envelopes_that_stay_are_kept(store: Store) -> None:
    acknowledged(store)
    retention.sweep(store, NOW + MONTH)
    assert kept(store, content_keys, "wrapped") == {"v3", "other"}


def test_a_key_that_may_be_on_its_way_into_a_row_is_kept(store: Store) -> None:
    key = {"campaign": "hketo", "id": b"new".ljust(16), "day": DAYS[3], "wrapped": b"wrapped"}
    store.write(lambda rows: rows.execute(insert(content_keys).values(key))).result()
    assert retention.sweep(store, NOW).keys == 0
    assert retention.sweep(store, NOW + timedelta(days=2)).keys == 1


def test_rows_and_numbers_stay(store: Store) -> None:
    store.write(close(NOW)).result()
    retention.sweep(store, NOW + 3 * MONTH)
    with store.read() as connection:
        assert differences(connection) == ()
        assert len(connection.execute(select(submissions.c.visit)).all()) == 5


def test_more_than_one_transaction_is_swept(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retention, "ROWS_AT_ONCE", 1)
    monkeypatch.setattr(retention, "KEYS_AT_ONCE", 2)
    store.write(close(NOW)).result()
    assert retention.sweep(store, NOW + 3 * MONTH) == retention.Swept(4, 4)


def test_what_is_overdue_is_told_until_it_is_swept(store: Store) -> None:
    acknowledged(store)
    for expected in (3, 0):
        with store.read() as connection:
            assert retention.overdue(connection, NOW + MONTH) == expected
        retention.sweep(store, NOW + MONTH)


def test_a_sweep_says_when_it_was_and_what_it_did(store: Store) -> None:
    for at in (NOW, NOW + MONTH):
        retention.sweep(store, at)
        with store.read() as connection:
            last = tasks.last(connection, tasks.RETENTION)
        assert last == tasks.Run(at, "0 envelopes and 0 keys deleted.")
