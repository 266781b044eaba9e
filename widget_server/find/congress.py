"""The calendar of Congress: an instant in, the Congress that sits and when its terms end, out.

Terms, and the lines of the districts, change at noon in Washington on 3 January of odd years
(20th Amendment, sections 1 and 2); the First Congress began in 1789.
"""

from datetime import UTC, date, datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo

EASTERN = ZoneInfo("America/New_York")


@lru_cache(maxsize=1024)
def noon_eastern(day: date) -> datetime:
    """The instant of ``day`` at which one term ends and the next begins, in UTC."""
    return datetime.combine(day, time(12), EASTERN).astimezone(UTC)


def congress_at(now: datetime) -> int:
    """The number of the Congress that sits at ``now``."""
    year = now.astimezone(EASTERN).year
    if now < noon_eastern(date(year, 1, 3)):
        year -= 1
    return (year - 1789) // 2 + 1


def congress_term(number: int) -> tuple[date, date]:
    """The days on which a Congress begins and ends, each at noon Eastern."""
    first_year = 1789 + 2 * (number - 1)
    return date(first_year, 1, 3), date(first_year + 2, 1, 3)


def end_of_congress(day: date) -> date:
    """The day on which the Congress of ``day`` ends."""
    return congress_term(congress_at(noon_eastern(day)))[1]
