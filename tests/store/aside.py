"""Submissions set aside and brought back, as the commands do it, and the numbers of that."""

from collections import Counter
from datetime import UTC, datetime

from sqlalchemy import func, select

from tests.store.rows import recording, recounted, submission, tallied
from widget_server.model import Submission
from widget_server.store import Store, invalidations
from widget_server.store.recount import differences
from widget_server.store.rules import Rule
from widget_server.store.schema import invalidated
from widget_server.store.tallies import TallyKey

NOW = datetime(2026, 11, 24, tzinfo=UTC)
JUNK = Rule(signs="many")


def record(store: Store, *sent: Submission) -> None:
    """Take these in, one after the other."""
    for future in [store.write(recording(each)) for each in sent]:
        future.result()


def junk(visit: str, person: str | None, partner: str | None = "harbor") -> Submission:
    """What the rule ``JUNK`` is about."""
    return submission(visit, person, partner, signs="fast,many")


def set_aside(store: Store, rule: Rule = JUNK) -> str:
    """Invalidate what the rule finds; the id it is undone by."""
    number = store.write(
        lambda connection: invalidations.begin(connection, "hketo", rule, "command", NOW)
    ).result()
    after = ""
    while after := store.write(
        lambda connection, last=after: invalidations.set_aside(  # type: ignore[misc] # mypy cannot infer a lambda's default
            connection, "hketo", number, rule, "counted", last
        )
    ).result()[0]:
        pass
    return number


def bring_back(store: Store, number: str) -> None:
    """Undo it."""
    while store.write(
        lambda connection: invalidations.bring_back(connection, "hketo", number)
    ).result()[0]:
        pass


def accept(store: Store) -> None:
    """Count all that is held."""
    store.write(lambda connection: invalidations.accept(connection, "hketo", Rule(), "")).result()


def numbers(store: Store, *kinds: str) -> dict[tuple[str, str], int]:
    """What every partner has of each of these kinds."""
    found: Counter[tuple[str, str]] = Counter()
    with store.read() as connection:
        for key, number in tallied(connection, *kinds).items():
            found[key.partner, key.kind] += number
    return dict(+found)


def everything(store: Store) -> Counter[TallyKey]:
    """All that is tallied; it equals a recount."""
    with store.read() as connection:
        assert differences(connection) == ()
        assert +tallied(connection) == recounted(connection)
        return +tallied(connection)


def kept_claims(store: Store) -> int:
    """How many rows are something else than they claim."""
    with store.read() as connection:
        return connection.execute(select(func.count()).select_from(invalidated)).scalar_one()
