"""Who did what: a page of the audit, the newest first."""

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from ...store import audit
from ...store.audit import Entry
from .desk import Desk
from .lines import lines

LINES = 50
#: The number of a page that nobody reaches by turning pages; SQL takes no larger one.
LAST_PAGE = 10**6


async def show(desk: Desk) -> Response:
    """``GET /organiser/audit``; ``?page`` counts from 1."""
    number = _page(desk.request.query_params.get("page", ""))
    entries = await run_in_threadpool(_read, desk, number)
    older = str(number + 1) if len(entries) > LINES else ""
    newer = str(number - 1) if number > 1 else ""
    said = lines(desk, entries[:LINES])
    return desk.html("organiser/audit.html", lines=said, older=older, newer=newer)


def _read(desk: Desk, number: int) -> tuple[Entry, ...]:
    """The lines of a page, and one more if there is a next page."""
    with desk.service.store.read() as connection:
        return audit.latest(connection, LINES + 1, skip=LINES * (number - 1))


def _page(text: str) -> int:
    known = len(text) < 9 and text.isascii() and text.isdigit()
    return min(max(int(text), 1), LAST_PAGE) if known else 1
