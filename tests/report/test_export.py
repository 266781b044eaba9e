"""Envelopes read from either database, and opened one after the other."""

import tracemalloc
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Connection

from tests import sealing
from tests.store.rows import submission
from widget_server.model import Submission
from widget_server.report.export import Broken, Wanted, people, sealed_count
from widget_server.seal import KeyPair, generate_key_pair, load_private_key
from widget_server.settings import Settings
from widget_server.store import Store, content_keys, submissions
from widget_server.store.submissions import Standing

PAIR = generate_key_pair()
PRIVATE = [load_private_key(PAIR.private)]
MANY = 4_000
BIG = 8 * 1024


@pytest.fixture
def store(tmp_path: Path, database_url: str | None) -> Iterator[Store]:
    """The store of an installation on each engine."""
    settings = Settings(home=tmp_path, keys=tmp_path / "keys", database_url=database_url)
    with Store.open(settings, serving=True) as opened:
        yield opened


def sealed(visit: str, name: str, pair: KeyPair = PAIR, **other: str | date) -> Submission:
    """A submission of somebody who agreed to be kept."""
    row = replace(submission(visit), **other, consent="1")  # type: ignore[arg-type] # by name
    fields = {"name": name, "email": f"{visit}@example.org", "state": "CA"}
    return sealing.sealed(row, fields, pair)


def adding(rows: Iterable[Submission]) -> Callable[[Connection], int]:
    """A job that inserts the rows as they are."""
    found = list(rows)

    def add(connection: Connection) -> int:
        content_keys.add(connection, found)
        return submissions.add(connection, found, [Standing()] * len(found))

    return add


def names(store: Store, wanted: Wanted) -> set[str]:
    """Of whom the export has the name, once their number was told."""
    with store.read() as connection:
        found = list(people(connection, wanted, PRIVATE))
        assert sealed_count(connection, wanted) == len(found)
    return {each["name"] for each in found if not isinstance(each, Broken)}


def test_who_agreed_is_opened(store: Store) -> None:
    store.write(adding([sealed("1", "Ada"), submission("2"), sealed("3", "Bob")])).result()
    assert names(store, Wanted("hketo")) == {"Ada", "Bob"}


def test_a_campaign_a_day_and_a_partner_narrow_it(store: Store) -> None:
    rows = [
        sealed("1", "Ada"),
        sealed("2", "of yesterday", day=date(2026, 11, 21)),
        sealed("3", "of a beacon", partner="beacon"),
        sealed("4", "of another campaign", campaign="other"),
    ]
    store.write(adding(rows)).result()
    wanted = Wanted("hketo", since=date(2026, 11, 22), partner="harbor")
    assert names(store, wanted) == {"Ada"}


def test_who_does_not_open_is_named_among_the_rest(store: Store) -> None:
    rows = [sealed("1", "Ada"), sealed("2", "Bob", generate_key_pair()), sealed("3", "Eve")]
    store.write(adding(rows)).result()
    assert names(store, Wanted("hketo")) == {"Ada", "Eve"}
    with store.read() as connection:
        found = people(connection, Wanted("hketo"), PRIVATE)
        (broken,) = [each for each in found if isinstance(each, Broken)]
    assert broken.reference == "REF-2"
    assert "sealed to another key" in broken.reason


def test_what_terminals_obey_is_left_out(store: Store) -> None:
    store.write(adding([sealed("1", "A\x1b[2Jd\x9ba\r\n")])).result()
    assert names(store, Wanted("hketo")) == {"A[2Jda"}


def test_rows_are_handed_over_a_few_at_a_time(store: Store) -> None:
    kept = replace(submission(""), envelope=bytes(BIG))
    rows = (replace(kept, visit=str(number)) for number in range(MANY))
    store.write(adding(rows)).result()
    with store.read() as connection:
        tracemalloc.start()
        count = sum(1 for _ in people(connection, Wanted("hketo"), PRIVATE))
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert count == MANY
    assert peak < MANY * BIG / 3


def test_postgresql_itself_keeps_what_is_not_asked_for_yet(postgres_url: str) -> None:
    settings = Settings(home=Path("nowhere"), keys=Path("nowhere"), database_url=postgres_url)
    with Store.open(settings, serving=True) as store:
        store.write(adding([sealed("1", "Ada")])).result()
        with store.read() as connection:
            found = people(connection, Wanted("hketo"), PRIVATE)
            next(found)
            cursors = connection.exec_driver_sql("SELECT count(*) FROM pg_cursors").scalar_one()
            list(found)
    assert cursors == 1
