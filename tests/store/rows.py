"""Rows for tests, and what the numbers should be by counting rows."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from threading import Event

from sqlalchemy import Connection, func, select

from widget_server.model import Receipt, Submission, SubmissionStatus
from widget_server.store import Store, submissions
from widget_server.store.schema import actions, tallies
from widget_server.store.schema import submissions as table
from widget_server.store.submissions import Standing
from widget_server.store.tallies import TallyKey
from widget_server.submit import record_all

DAY = date(2026, 11, 22)


def submission(
    visit: str,
    person: str | None = None,
    partner: str | None = "harbor",
    campaign: str = "hketo",
    day: date = DAY,
    status: SubmissionStatus = "counted",
    signs: str = "",
) -> Submission:
    """A submission of a person, who may be nobody in particular."""
    return Submission(
        campaign=campaign,
        visit=visit,
        partner=partner,
        supporter=person.encode().ljust(16) if person else None,
        district=None,
        language="en",
        day=day,
        consent=None,
        envelope=None,
        reference=f"REF-{visit}",
        status=status,
        signs=signs,
    )


def adding(visit: str) -> Callable[[Connection], bool]:
    """A job that inserts an anonymous row."""
    return lambda connection: submissions.add(connection, [submission(visit)], [Standing()]) == 1


def recording(sent: Submission) -> Callable[[Connection], Receipt]:
    """A job that records a submission with its tallies."""
    return lambda connection: record_all(connection, [sent])[0]


def tallied(connection: Connection, *kinds: str) -> Counter[TallyKey]:
    """What the tallies say, of these kinds or of all."""
    columns = tallies.c
    grouped = (columns.campaign, columns.partner, columns.day, columns.kind)
    rows = connection.execute(select(*grouped, func.sum(columns.n)).group_by(*grouped))
    found = Counter({TallyKey(*row[:4]): int(row[4]) for row in rows})
    return Counter({key: n for key, n in found.items() if not kinds or key.kind in kinds})


def recounted(connection: Connection) -> Counter[TallyKey]:
    """What the rows say."""
    found: Counter[TallyKey] = Counter()
    for row in connection.execute(select(table)):
        for kind, counts in (
            ("submitted", row.status != "held"),
            ("held", row.status == "held"),
            ("invalidated", row.status == "invalidated"),
            ("supporters", row.first),
            ("overlap", row.overlap),
        ):
            found[TallyKey(row.campaign, row.partner, row.day, kind)] += counts
    for row in connection.execute(select(actions)):
        found[TallyKey(row.campaign, row.partner, row.day, row.kind)] += 1
        found[TallyKey(row.campaign, row.partner, row.day, "acted")] += row.first
    return +found


def stored(store: Store) -> int:
    """How many submissions others can read."""
    with store.read() as connection:
        return connection.execute(select(func.count()).select_from(table)).scalar_one()


@contextmanager
def writer_waits(store: Store) -> Iterator[None]:
    """Keep the writer busy, so that what is written inside shares the next batch."""
    begun, go = Event(), Event()

    def wait(_: Connection) -> None:
        begun.set()
        go.wait()

    busy = store.write(wait)
    begun.wait()
    try:
        yield
    finally:
        go.set()
        busy.result()
