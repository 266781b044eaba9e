"""Where every page of a partner is made: a signed-in request in, the page in their language out."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, ClassVar

from sqlalchemy import Connection
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from ...errors import AuthError
from ...model import Partner
from .. import desk
from ..desk import Area, Handler, language_of
from ..forms import Fields
from ..headers import path_of
from ..service import service_of
from .session import AREA, signed_in


@dataclass(frozen=True, slots=True)
class Desk(desk.Desk):
    """Who asks, for what, and in which language."""

    area: ClassVar[Area] = AREA

    partner: Partner

    @property
    def shared(self) -> dict[str, Any]:
        """What every template needs."""
        return {"link": self.link, "partner": self.partner}

    def html(self, template: str, status: int = 200, **context: Any) -> Response:
        """A whole page."""
        here = max(filter(path_of(self.request).startswith, AREA.pages.values()), key=len)
        query = dict(self.request.query_params)
        return self.whole(template, status, here=here, query=query, **context)

    async def settle(self, change: Callable[[Connection], None]) -> None:
        """Put a change on the disk and see it at once; other processes see it within a minute."""
        await self.service.commits.alone(change)
        self.service.take(await run_in_threadpool(self.service.read))

    def may_ask_outside(self) -> bool:
        """Whether this partner may have us ask another server once more; it counts as asked."""
        limits = self.service.settings.limits
        return not limits or self.service.asking_outside.allows(self.partner.slug)


def for_partners(show: Callable[[Desk], Awaitable[Response]]) -> Handler:
    """The page for whoever is signed in; a word about the link for everybody else."""

    @wraps(show)
    async def handle(request: Request) -> Response:
        service = service_of(request)
        try:
            partner = await signed_in(service, request)
        except AuthError as error:
            return AREA.sign_in_page(request, error)
        return await show(Desk(service, request, language_of(request), partner))

    return handle


def from_partners(act: Callable[[Desk, Fields], Awaitable[Response]]) -> Handler:
    """What a form asks for, if it comes from a page of the same session."""

    async def check(asked: Desk) -> Response:
        fields = await asked.own_form()
        if fields is None:
            return asked.html("desk/again.html", 403)
        return await act(asked, fields)

    return for_partners(wraps(act)(check))
