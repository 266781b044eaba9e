"""Who did what, the newest first; and what ended for everybody."""

from datetime import UTC, datetime, timedelta

from widget_server.store import Store, audit, generations
from widget_server.store.generations import ORGANISER_SESSIONS

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def note(store: Store, minutes: int, what: str, subject: str) -> None:
    at = NOW + timedelta(minutes=minutes)
    store.write(lambda c: audit.note(c, at, "organiser", what, subject, site="a.example")).result()


def test_the_last_lines_come_first(store: Store) -> None:
    for minutes, what in enumerate(("add", "rotate", "revoke")):
        note(store, minutes, what, "harbor")
    with store.read() as connection:
        entries = audit.latest(connection, 2)
    assert [entry.what for entry in entries] == ["revoke", "rotate"]
    assert entries[0].at == NOW + timedelta(minutes=2)
    assert entries[0].details == {"site": "a.example"}


def test_older_lines_come_on_the_next_page(store: Store) -> None:
    for minutes, what in enumerate(("add", "rotate", "revoke")):
        note(store, minutes, what, "harbor")
    with store.read() as connection:
        assert [entry.what for entry in audit.latest(connection, 2, skip=2)] == ["add"]


def test_the_lines_of_one_subject_can_be_asked_for(store: Store) -> None:
    for subject in ("harbor", "beacon"):
        note(store, 0, "add", subject)
    with store.read() as connection:
        assert [entry.subject for entry in audit.latest(connection, 9, "beacon")] == ["beacon"]


def test_a_generation_begins_at_one_and_ends_once_at_a_time(store: Store) -> None:
    with store.read() as connection:
        assert generations.current(connection, ORGANISER_SESSIONS) == 1
    for number in (2, 3):
        ended = store.write(lambda c: generations.end(c, ORGANISER_SESSIONS)).result()
        assert ended == number
