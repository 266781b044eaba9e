"""Submissions -> how many came from each district and each state, where a campaign keeps that.

The rows themselves are counted, so the time it takes grows with them.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping

from sqlalchemy import Connection, func, select

from ..store.schema import submissions

#: By campaign and district.
DistrictCounts = Mapping[str, Mapping[str, int]]


def read(connection: Connection, campaigns: Collection[str]) -> DistrictCounts:
    """The numbers of these campaigns, of submissions that count and whose district is known.

    Every campaign is counted: asked for some, SQLite follows its index from row to row, and
    takes several times as long as for reading the file from its beginning to its end.
    """
    columns = submissions.c
    grouped = (columns.district, columns.campaign)
    statement = (
        select(*grouped, func.count())
        .where(columns.district.is_not(None), columns.status == "counted")
        .group_by(*grouped)
    )
    found: dict[str, dict[str, int]] = {campaign: {} for campaign in campaigns}
    for district, campaign, number in connection.execute(statement):
        if campaign in found:
            found[campaign][district] = number
    return found


def together(counts: Iterable[Mapping[str, int]]) -> dict[str, int]:
    """Several campaigns' numbers as one, the largest first."""
    total: Counter[str] = Counter()
    for each in counts:
        total.update(each)
    return dict(sorted(total.items(), key=lambda item: (-item[1], item[0])))


def by_state(districts: Mapping[str, int]) -> dict[str, int]:
    """The districts' numbers added up, the largest first."""
    return together({district.partition("-")[0]: n} for district, n in districts.items())
