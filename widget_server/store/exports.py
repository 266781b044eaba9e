"""Exports of everything: noted when they are made, and acknowledged once the file is safe.

An id says what the export held and checks itself: ``20261121-840-2-9f3c1a7e`` goes through that
day, has 840 people, and 2 envelopes did not open. So an export that was made where the key is,
from a copy of the database, can be acknowledged in the database itself.
"""

import secrets
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256

from sqlalchemy import Connection, func, select, update

from ..errors import NotFoundError
from .schema import exports, tallies
from .upsert import insert_or_skip

#: After so long a day is over in every time zone, and all of it is on the disk.
SETTLED = timedelta(hours=37)
#: So long before it begins in UTC a day begins in the first time zone.
EARLIEST = timedelta(hours=14)
_NONCE_BYTES = 2


@dataclass(frozen=True, slots=True)
class Export:
    """Everything of a campaign up to a day: ``n`` people, and ``unopened`` envelopes."""

    campaign: str
    id: str
    at: datetime
    through: date
    n: int
    unopened: int
    acknowledged_at: datetime | None = None


def record(
    connection: Connection, campaign: str, at: datetime, n: int, unopened: int
) -> Export | None:
    """Note an export of everything that is stored now; None when there was nothing in it."""
    last = _last_day(connection, campaign)
    if last is None or not n + unopened:
        return None
    # A copy of the database ends on a day that the database itself has gone on with.
    through = min(last - timedelta(days=1), (at - SETTLED).astimezone(UTC).date())
    text = f"{through:%Y%m%d}-{n}-{unopened}"
    nonce = secrets.token_hex(_NONCE_BYTES)
    made = Export(
        campaign, f"{text}-{nonce}{_check(campaign, text, nonce)}", at, through, n, unopened
    )
    insert_or_skip(connection, exports, [asdict(made)])
    return made


def find(connection: Connection, campaign: str, id: str, now: datetime) -> Export:
    """The export of this id; one that was made elsewhere is as old as its acknowledgement.

    Raises NotFoundError for an id that was never given for this campaign.
    """
    asked = select(exports).where(exports.c.campaign == campaign, exports.c.id == id)
    row = connection.execute(asked).first()
    return Export(*row) if row else _elsewhere(campaign, id, now)


def acknowledge(connection: Connection, export: Export, now: datetime) -> None:
    """Somebody says that the file is safe; saying it again changes nothing."""
    insert_or_skip(connection, exports, [asdict(export)])
    columns = exports.c
    unsaid = (columns.campaign == export.campaign, columns.id == export.id)
    connection.execute(
        update(exports)
        .where(*unsaid, columns.acknowledged_at.is_(None))
        .values(acknowledged_at=now)
    )


def reopen(connection: Connection, campaign: str, day: date) -> None:
    """Somebody of this day counts who did not: what was exported goes up to the day before."""
    columns = exports.c
    covered = (columns.campaign == campaign, columns.through >= day)
    before = day - timedelta(days=1)
    connection.execute(update(exports).where(*covered).values(through=before))


def covering(connection: Connection, campaign: str, day: date) -> tuple[Export, ...]:
    """The exports that may hold whoever submitted on this day, the oldest first.

    A day that was not over is in the file too, as far as it had come.
    """
    columns = exports.c
    begun = datetime.combine(day, time(), UTC) - EARLIEST
    asked = select(exports).where(columns.campaign == campaign, columns.at >= begun)
    return tuple(Export(*row) for row in connection.execute(asked.order_by(columns.at)))


def outstanding(connection: Connection) -> tuple[Export, ...]:
    """Exports that nobody has said to be safe, nor a later one, the oldest first."""
    later = exports.alias()
    safe = select(later).where(
        later.c.campaign == exports.c.campaign,
        later.c.through >= exports.c.through,
        later.c.acknowledged_at.is_not(None),
    )
    asked = select(exports).where(exports.c.acknowledged_at.is_(None), ~safe.exists())
    return tuple(Export(*row) for row in connection.execute(asked.order_by(exports.c.at)))


def _last_day(connection: Connection, campaign: str) -> date | None:
    """The newest day on which anything was counted."""
    asked = select(func.max(tallies.c.day)).where(tallies.c.campaign == campaign)
    day: date | None = connection.execute(asked).scalar_one()
    return day


def _elsewhere(campaign: str, id: str, now: datetime) -> Export:
    text, _, tail = id.rpartition("-")
    nonce, check = tail[: 2 * _NONCE_BYTES], tail[2 * _NONCE_BYTES :]
    if not secrets.compare_digest(check.encode(), _check(campaign, text, nonce).encode()):
        raise NotFoundError(
            f"There is no export {id!r} of the campaign {campaign!r}: `threesteps export` prints "
            "the id when it has exported everything."
        )
    through, n, unopened = text.split("-")
    return Export(campaign, id, now, date.fromisoformat(through), int(n), int(unopened))


def _check(campaign: str, text: str, nonce: str) -> str:
    digest = sha256(f"threesteps.export\0{campaign}\0{text}\0{nonce}".encode())
    return digest.hexdigest()[: 2 * _NONCE_BYTES]
