"""Where the partner wants their numbers sent: a form in; the webhook, and how it fares, out."""

from collections.abc import Callable
from typing import TypeVar, cast, get_args

from markupsafe import Markup
from sqlalchemy import Connection
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from ...store import audit, webhooks
from ...store.webhooks import Period, Webhook
from ..forms import Fields
from ..outside import OutsideError
from ..webhooks import is_success, next_time
from .desk import Desk
from .session import PATH

T = TypeVar("T")


async def show(desk: Desk) -> Response:
    """``GET /partner/webhooks``."""
    return await _page(desk)


async def save(desk: Desk, fields: Fields) -> Response:
    """``POST /partner/webhooks``: send there from now on."""
    url, period = fields.get("url", "").strip(), _period(fields)
    if not desk.may_ask_outside():
        return await _page(desk, 429, typed=url, fault=desk.t("verify_often"))
    try:
        await desk.service.outside.judge(url)
    except OutsideError as error:
        return await _page(desk, 422, typed=url, fault=desk.t(f"outside_{error.code}"))
    slug, due = desk.partner.slug, next_time(period, desk.partner.slug, desk.service.clock())

    def change(rows: Connection) -> str | None:
        return webhooks.save(rows, slug, url, period, due)

    secret = await _change(desk, "webhook set", change, url=url, period=period)
    return await _page(desk, secret=secret) if secret else _back(desk)


async def renew(desk: Desk, fields: Fields) -> Response:
    """``POST /partner/webhooks/renew``: another secret, shown this once."""
    slug = desk.partner.slug
    if await run_in_threadpool(_find, desk) is None:
        return _back(desk)
    secret = await _change(
        desk, "webhook secret renewed", lambda rows: webhooks.renew_secret(rows, slug)
    )
    return await _page(desk, secret=secret)


async def test(desk: Desk, fields: Fields) -> Response:
    """``POST /partner/webhooks/test``: send the numbers of this moment."""
    if not desk.may_ask_outside():
        return await _page(desk, 429, too_often=True)
    if webhook := await run_in_threadpool(_find, desk):
        await desk.service.webhooks.test(webhook)
    return _back(desk)


async def remove(desk: Desk, fields: Fields) -> Response:
    """``POST /partner/webhooks/remove``: send nothing any more."""
    slug = desk.partner.slug
    await _change(desk, "webhook removed", lambda rows: webhooks.remove(rows, slug))
    return _back(desk)


def result_of(desk: Desk, result: str) -> Markup:
    """What came of a delivery that was not taken, in a sentence."""
    if not result.isdigit():
        return desk.t(f"outside_{result}")
    redirected = result.startswith("3")
    return desk.t("outside_redirect" if redirected else "outside_status", status=result)


async def _page(
    desk: Desk,
    status: int = 200,
    *,
    typed: str = "",
    fault: str = "",
    secret: str = "",
    too_often: bool = False,
) -> Response:
    webhook = await run_in_threadpool(_find, desk)
    result = webhook.last_result if webhook else ""
    return desk.html(
        "partner/webhooks.html",
        status,
        webhook=webhook,
        taken=is_success(result),
        trouble=result_of(desk, result) if result and not is_success(result) else "",
        typed=typed or (webhook.url if webhook else ""),
        fault=fault,
        secret=secret,
        too_often=too_often,
    )


async def _change(desk: Desk, what: str, change: Callable[[Connection], T], **details: str) -> T:
    """Change it, with a line in the audit."""
    slug, now = desk.partner.slug, desk.service.clock()

    def settle(rows: Connection) -> T:
        audit.note(rows, now, slug, what, slug, **details)
        return change(rows)

    return await desk.service.commits.alone(settle)


def _find(desk: Desk) -> Webhook | None:
    with desk.service.store.read() as connection:
        return webhooks.find(connection, desk.partner.slug)


def _period(fields: Fields) -> Period:
    asked = fields.get("period", "")
    return cast(Period, asked) if asked in get_args(Period) else "daily"


def _back(desk: Desk) -> Response:
    return desk.onward(f"{PATH}/webhooks")
