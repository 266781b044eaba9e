"""Where every page of the console is made: a signed-in request in, the page in its language out."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, ClassVar, TypeVar

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from ...errors import AuthError, UnavailableError
from ...store.changes import ORGANISER, Changes
from .. import desk
from ..desk import Area, Handler, language_of
from ..forms import Fields
from ..headers import path_of
from ..service import service_of
from . import parts
from .session import AREA, PATH, must_be_signed_in

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Desk(desk.Desk):
    """What is asked for, and in which language."""

    area: ClassVar[Area] = AREA

    def html(self, template: str, status: int = 200, *, here: str = "", **context: Any) -> Response:
        """A whole page; ``here`` is its address where only a form can bring one to this one."""
        query = {} if here else dict(self.request.query_params)
        return self.whole(
            template, status, here=here or path_of(self.request), query=query, **context
        )

    async def settle(self, change: Callable[[Changes], T]) -> T:
        """Put a change on the disk and see it at once; other processes see it within a minute."""
        service, now = self.service, self.service.clock()
        result = await service.commits.alone(lambda rows: change(Changes(rows, ORGANISER, now)))
        service.take(await run_in_threadpool(service.read))
        return result


Page = Callable[[Desk], Awaitable[Response]]


def for_organisers(show: Page) -> Handler:
    """The page for whoever is signed in; a word about the link for everybody else.

    While the database is out there is the one page that does not need it.
    """

    @wraps(show)
    async def handle(request: Request) -> Response:
        service = service_of(request)
        asked = Desk(service, request, language_of(request))
        try:
            await must_be_signed_in(service, request)
            return await show(asked)
        except AuthError as error:
            return AREA.sign_in_page(request, error)
        except UnavailableError as error:
            found = await parts.examine(service)
            return asked.html("organiser/service.html", error.status, parts=found, outage=True)

    return handle


def from_organisers(act: Callable[[Desk, Fields], Awaitable[Response]]) -> Handler:
    """What a form asks for, if it comes from a page of the same session."""

    async def check(asked: Desk) -> Response:
        fields = await asked.own_form()
        if fields is None:
            return asked.html("desk/again.html", 403, here=PATH)
        return await act(asked, fields)

    return for_organisers(wraps(act)(check))
