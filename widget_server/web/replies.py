"""One answer in three shapes: JSON for programs, a fragment for our script, a page for the rest."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from zlib import crc32

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from ..assets import encode
from ..campaigns import Campaign, State
from ..model import ACT_KINDS, Answer, Legislator, Receipt, Visit
from . import answers
from .bodies import Sendable, json_response
from .finding import query_of
from .forms import Fields, done_acts
from .headers import header
from .look import Look
from .sealing import plan
from .security import RawHeader
from .service import Service, Showing
from .strings import Strings
from .widget import NO_FAULTS, NO_FIELDS, NO_STORE, first_stage, page_context, sharing, widget_page

#: How many ways the messages are ordered; a visit always gets the same one.
ROTATIONS = 6

#: In cards that are kept, the place of what each form hands on. No text of a campaign has it.
CARRIED = Markup("\0")

NOT_KEPT: list[RawHeader] = [(b"cache-control", b"no-store")]

Shape = Literal["json", "fragment", "page"]


def shape_wanted(request: Request) -> Shape:
    """JSON to those who ask for it, a fragment to our script, a page to everybody else."""
    accepted = header(request, b"accept").lower()
    if "application/json" in accepted and any(map(_is_json, accepted.split(","))):
        return "json"
    return "fragment" if header(request, b"threesteps-fragment") else "page"


def _is_json(part: str) -> bool:
    """Whether one part of an Accept header names JSON and does not refuse it."""
    return part.split(";")[0].strip() == "application/json" and "q=0" not in part


@dataclass(frozen=True, slots=True)
class Reply:
    """Everything that an answer to one posted form depends on."""

    service: Service
    request: Request
    showing: Showing
    look: Look
    fields: Fields
    shape: Shape
    now: datetime

    def answer(
        self,
        answer: Answer,
        visit: Visit,
        *,
        done: str = "",
        status: int = 200,
        faults: dict[str, str] | None = None,
        oops: str = "",
    ) -> Response:
        """Who speaks for the visitor, with what to say to them. ``done`` was just opened."""
        token = self.service.tokens.visit(visit)
        rotation = _rotation(visit)
        state = self._state()
        if self.shape == "json":
            shape = answers.as_json(
                answer,
                query_of(self.fields),
                self.showing.campaign if state == "live" else None,
                self.look.language,
                rotation,
            )
            closed = {} if state == "live" else {"campaign_state": state}
            return json_response({**shape, **closed, "visit": token}, status, NOT_KEPT)
        if self.shape == "fragment":
            fragment = self._fragment(answer, rotation, state)
            return fragment.response(self.request, (b"threesteps-visit", token.encode()))
        acts = done_acts(self.fields) | ({done} if done else frozenset())
        return self._page(
            "widget/answer.html",
            status,
            acts,
            visit=token,
            faults={**NO_FAULTS, **(faults or {})},
            oops=oops,
            settled=answer.known == "found",
            **self._answer_context(answer, token, rotation, acts),
        )

    def question(self, status: int, faults: dict[str, str], oops: str) -> Response:
        """The first question again, with what was wrong about it."""
        stage = first_stage(self.showing.campaign, self._state())
        return self._page(stage, status, frozenset(), faults={**NO_FAULTS, **faults}, oops=oops)

    def receipt(self, receipt: Receipt) -> Response:
        """The true thank-you, to a program."""
        body = {"status": "received", "reference": receipt.reference}
        return json_response(body, 200 if receipt.repeated else 201, NOT_KEPT)

    def thanks(self, answer: Answer, visit: Visit, receipt: Receipt) -> Response:
        """The true thank-you, with what is left to do."""
        status = 200 if receipt.repeated else 201
        acts = done_acts(self.fields)
        token = self.service.tokens.visit(visit)
        people = {act.partition(":")[2] for act in acts}
        context = {
            "opened_span": Markup("<span data-opened>{}</span>").format(len(people)),
            "total": len(answers.sure_people(answer)),
            "reference": receipt.reference,
        }
        if self.shape == "fragment":
            shared = sharing(self.service, self.showing, self.look)
            html = self._render("widget/thanks.html", **shared, **context)
            return HTMLResponse(html, status, {**NO_STORE, "Threesteps-Visit": token})
        return self._page(
            "widget/thanked.html",
            status,
            acts,
            visit=token,
            settled=answer.known == "found",
            **{**self._answer_context(answer, token, _rotation(visit), acts), "thanked": True},
            **context,
        )

    def _state(self) -> State:
        return self.showing.campaign.state(self.now)

    def _fragment(self, answer: Answer, rotation: int, state: State) -> Sendable:
        campaign = self.showing.campaign
        takes_details = self.service.keyring.public_key(campaign.slug) is not None
        key = (campaign.slug, self.look.language, answer, rotation, state, takes_details)
        return self.service.fragments.get(key, lambda: self._render_fragment(answer, rotation))

    def _render_fragment(self, answer: Answer, rotation: int) -> Sendable:
        html = self._render(
            "widget/answer.html",
            **self._answer_context(answer, "", rotation, frozenset()),
            page=False,
            fields=NO_FIELDS,
            faults=NO_FAULTS,
            oops="",
            query="",
        )
        headers = {"Content-Type": "text/html; charset=utf-8", **NO_STORE}
        return Sendable(encode(html, quick=True), headers)

    def _render(self, template: str, **context: Any) -> str:
        shared = page_context(self.service, self.showing.campaign, self.look)
        return self.service.pages.render(template, **{**shared, **context})

    def _answer_context(
        self, answer: Answer, token: str, rotation: int, acts: frozenset[str]
    ) -> dict[str, Any]:
        campaign = self.showing.campaign
        t = self.service.pages.strings[self.look.language]
        people = answers.sure_people(answer) if self._state() == "live" else ()
        return {
            "answer": answer,
            "thanked": False,
            "cards": self._cards(people, token, rotation, acts) if people else "",
            "candidates": answers.candidates(answer, t),
            "place": _place(campaign, answer, t),
            "vacancies": [t.seat(seat) for seat in answer.vacancies],
            "unsettled": [t.seat(seat) for seat in answer.unsettled],
            "takes_details": self.service.keyring.public_key(campaign.slug) is not None,
            "sealing": plan(campaign, self.service.keyring),
            "partner_span": Markup("<span data-partner>{}</span>").format(
                self.showing.partner.name
                if self.shape == "page" and self.showing.partner
                else t("this_site")
            ),
        }

    def _cards(
        self, people: tuple[Legislator, ...], token: str, rotation: int, acts: frozenset[str]
    ) -> Markup:
        """The legislators with what to say to them, and what the forms of a page hand on."""
        possible = {f"{kind}:{each.id}" for each in people for kind in ACT_KINDS}
        shown = acts & possible
        if self.shape != "page":  # it is kept whole
            return self._render_cards(people, rotation, shown)
        key = (self.showing.campaign.slug, self.look.language, people, rotation, shown)
        cards = self.service.cards.get(key, lambda: self._render_cards(people, rotation, shown))
        fields, done = {**NO_FIELDS, **self.fields}, " ".join(sorted(acts))
        carried = self._render("widget/done.html", page=True, visit=token, done=done, fields=fields)
        return cards.replace(CARRIED, Markup(carried))  # noqa: S704 # of a template

    def _render_cards(
        self, people: tuple[Legislator, ...], rotation: int, acts: frozenset[str]
    ) -> Markup:
        campaign, t = self.showing.campaign, self.service.pages.strings[self.look.language]
        cards = [answers.card(campaign, person, t, rotation, acts) for person in people]
        page = self.shape == "page"
        html = self._render("widget/cards.html", people=cards, page=page, carried=CARRIED)
        return Markup(html)  # noqa: S704 # of a template

    def _page(self, stage: str, status: int, acts: frozenset[str], **context: Any) -> Response:
        fields = {**NO_FIELDS, **self.fields}
        html, headers = widget_page(
            self.service,
            self.showing,
            self.look,
            stage=stage,
            acts=acts,
            **{
                "visit": "",
                "oops": "",
                **context,
                "fields": fields,
                "done": " ".join(sorted(acts)),
            },
        )
        return HTMLResponse(html, status, {**headers, **NO_STORE})


def _place(campaign: Campaign, answer: Answer, t: Strings) -> str:
    """Where the visitor lives, once that is settled."""
    if campaign.fixed:
        return campaign.fixed.place.in_language(t.language)
    return t.seat(answer.district) if answer.district else ""


def _rotation(visit: Visit) -> int:
    return crc32(visit.id.encode()) % ROTATIONS
