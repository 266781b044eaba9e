"""A page of the partner's own, checked: an address they type in; what to mend there out."""

from dataclasses import dataclass

from markupsafe import Markup
from starlette.responses import Response

from ...verify.verdict import Finding, Ours, Page, judge
from .. import loader
from ..forms import Fields
from ..outside import OutsideError, Reply
from .desk import Desk

_PAGES = ("text/html", "application/xhtml+xml")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A finding as it is said."""

    kind: str
    text: Markup


async def show(desk: Desk) -> Response:
    """``GET /partner/verify``: the empty form."""
    return _page(desk, 200)


async def check(desk: Desk, fields: Fields) -> Response:
    """``POST /partner/verify``: fetch the page and judge it."""
    typed = fields.get("address", "").strip()
    if not desk.may_ask_outside():
        return _page(desk, 429, typed=typed, fault=desk.t("verify_often"))
    try:
        reply = await desk.service.outside.get(_with_scheme(typed))
    except OutsideError as error:
        return _page(desk, 422, typed=typed, fault=desk.t(f"outside_{error.code}"))
    if reply.status != 200:
        fault = desk.t("outside_status", status=reply.status)
        return _page(desk, 422, typed=typed, fault=fault)
    findings = judge(_page_of(reply), _ours(desk))
    said = [Sentence(each.kind, _said(desk, each)) for each in findings]
    return _page(desk, 200, typed=typed, found=reply.url, findings=said)


def _page(
    desk: Desk,
    status: int,
    *,
    typed: str = "",
    fault: str = "",
    found: str = "",
    findings: list[Sentence] | None = None,
) -> Response:
    return desk.html(
        "partner/verify.html",
        status,
        typed=typed,
        fault=fault,
        found=found,
        findings=findings or [],
    )


def _with_scheme(typed: str) -> str:
    """What people type is without a scheme."""
    return typed if "://" in typed else f"https://{typed}"


def _page_of(reply: Reply) -> Page:
    """The page as text; what is none is an empty page, without a snippet."""
    kind = reply.headers.get("content-type", "text/html").split(";")[0].strip().lower()
    html = reply.body.decode("utf-8", "replace") if kind in _PAGES else ""
    return Page(reply.url, html, reply.headers.get_list("content-security-policy"))


def _ours(desk: Desk) -> Ours:
    service = desk.service
    public_url = service.settings.public_url
    return Ours(
        public_url=public_url,
        pinned=loader.pinned(public_url),
        partner=desk.partner,
        campaigns=service.campaigns,
        read_token=service.tokens.read_embed,
        language=desk.language,
        now=service.clock(),
    )


def _said(desk: Desk, finding: Finding) -> Markup:
    return desk.t(f"finding_{finding.key}", **finding.values)
