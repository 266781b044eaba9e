"""The three steps: a posted form in; an answer, a tick or a thank-you out.

Each handler is a checklist of guards, one piece of work, and a reply.
"""

import secrets
from dataclasses import dataclass, replace

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from .. import submit as submission
from ..campaigns import Campaign
from ..errors import ClosedError, InputError, ProofError, UnavailableError, VisitError
from ..find.congress import congress_at
from ..model import Answer, Receipt, Visit
from ..store import submissions
from ..store.visits import visit_key
from ..submit import SubmitForm
from . import forms, guards, suspicion
from .bodies import no_content
from .finding import targets_of, who_speaks_for
from .headers import path_of
from .limits import Limited
from .look import Look
from .replies import Reply, shape_wanted
from .service import Service, Showing, service_of
from .suspicion import Verdict

#: Where a request's form is found again when it cannot be taken.
FIELDS = "threesteps.fields"


@dataclass(frozen=True, slots=True)
class Step(Reply):
    """One posted form, and what is done with it before it is answered."""

    @classmethod
    async def of(cls, request: Request, step: Limited) -> "Step":
        """Read the form of the step. Raises CrossSiteError, LimitError and FormError."""
        guards.refuse_cross_site(request)
        service = service_of(request)
        service.limits.admit(request, step)
        showing = await service.showing(request.path_params["token"])
        fields = request.scope[FIELDS] = await forms.read_fields(request)
        look = service.look(request, showing)
        shape = shape_wanted(request)
        return cls(service, request, showing, look, fields, shape, service.clock())

    def visit(self) -> Visit:
        """The visit that the form carries; a place of an earlier Congress is forgotten.

        Raises VisitError.
        """
        visit = guards.read_visit(self.service, self.showing, self.fields.get("visit", ""))
        if visit.congress == congress_at(self.now):
            return visit
        return replace(visit, state=None, district=None)

    def answer_for(self, visit: Visit) -> Answer:
        """Who speaks for this visit; before it has a place, for the ZIP in the form.

        An address is nowhere by now, and it beats its ZIP: what the visit says is never widened.
        """
        roster, now = self.service.roster, self.now
        if fixed := self.showing.campaign.fixed:
            return targets_of(fixed, now)
        answer = roster.lookup(self.fields.get("zip", ""), now, visit.district)
        if visit.state is None or (answer.state, answer.district) == (visit.state, visit.district):
            return answer
        return roster.delegation(visit.state, visit.district, now)


async def find(request: Request) -> Response:
    """``POST /w/TOKEN/find``: who speaks for a ZIP or an address, and a visit to go on with."""
    step = await Step.of(request, "find")
    visit = step.visit() if step.fields.get("visit") else new_visit(step.showing, step.look)
    step.service.limits.admit_visit(visit.id, "find")
    answer = await who_speaks_for(step.service, step.showing.campaign, step.fields)
    counted = await count_found(step, answer, visit)
    return step.answer(answer, placed(visit, answer, counted=counted))


async def act(request: Request) -> Response:
    """``POST /w/TOKEN/act``: a tweet, email, call or share was opened."""
    step = await Step.of(request, "act")
    visit = step.visit()
    step.service.limits.admit_visit(visit.id, "act")
    kind = forms.act_kind(step.fields)
    legislator = "" if kind == "share" else step.fields.get("legislator", "")
    if kind != "share" and not represents(step, legislator, visit):
        raise InputError({"legislator": "bad_legislator"})
    partner = await guards.attributed(step.service, visit)
    day = campaign_of(step, visit).day(step.now)
    step.service.store.pending.act(
        visit.campaign, partner, visit.id, kind, legislator, day, source_of(visit, partner)
    )
    if step.shape != "page":
        return no_content()
    return step.answer(step.answer_for(visit), visit, done=f"{kind}:{legislator}")


async def submit(request: Request) -> Response:
    """``POST /w/TOKEN/submit``: be counted. Answered once it is on disk."""
    step = await Step.of(request, "submit")
    visit = step.visit()
    step.service.limits.admit_visit(visit.id, "submit")
    form = forms.submit_form(step.fields)
    if form.email and visit.campaign in step.service.lost_indexes:
        # With a new key everybody would be counted a second time.
        raise UnavailableError(code="no_campaign_key")
    receipt = await received(step, form, visit)
    if step.shape == "json":
        return step.receipt(receipt)
    return step.thanks(step.answer_for(visit), visit, receipt)


async def received(step: Step, form: SubmitForm, visit: Visit) -> Receipt:
    """Take it in, unless a proof is asked for; who was taken in before is told so again."""
    try:
        verdict = suspicion.judge(step, form, visit)
    except ProofError:
        if await run_in_threadpool(is_stored, step.service, visit):
            return Receipt(submission.reference(visit.campaign, visit.id), repeated=True)
        raise
    with step.service.submitting.joined():
        receipt = await recorded(step, form, visit, verdict)
    suspicion.remember(step, visit, verdict)
    return receipt


def is_stored(service: Service, visit: Visit) -> bool:
    """Whether the visit was submitted before, through whichever process."""
    key = visit_key("submissions", visit.campaign, visit.id)
    with service.store.read() as connection:
        return submissions.is_stored(connection, visit.campaign, key)


async def recorded(step: Step, form: SubmitForm, visit: Visit, verdict: Verdict) -> Receipt:
    """Seal what the visitor gave, and put it on the disk."""
    service, campaign = step.service, campaign_of(step, visit)
    counted = replace(visit, partner=await guards.attributed(service, visit))
    language, now = step.look.language, step.now
    return await service.commits.together(
        submission.record_all,
        lambda: verdict.on(
            submission.prepare(form, counted, campaign, service.keyring, language, now)
        ),
    )


async def shown(request: Request) -> Response:
    """``POST /w/TOKEN/shown``: a widget came into view."""
    guards.refuse_cross_site(request)
    service = service_of(request)
    showing = await service.showing(request.path_params["token"])
    day = showing.campaign.day(service.clock())
    source = service.look(request, showing).source
    service.store.pending.shown(showing.campaign.slug, showing.attributed, day, source)
    return no_content()


async def refused(
    request: Request, error: Exception, faults: dict[str, str], oops: str
) -> Response:
    """The page of a form that could not be taken, with everything that was typed still in it."""
    service = service_of(request)
    showing = await service.showing(request.path_params["token"])
    fields = request.scope.get(FIELDS, {})
    look = service.look(request, showing)
    shape = shape_wanted(request)
    step = Step(service, request, showing, look, fields, shape, service.clock())
    visit = renewed(showing, step.look, error) if isinstance(error, VisitError) else _carried(step)
    answer = step.answer_for(visit)
    status = getattr(error, "status", 500)
    asks = path_of(request).endswith("/find") and "district" not in fields
    if asks or answer.status == "none":
        return step.question(status, faults, oops)
    visit = placed(visit, answer, counted=visit.counted)
    return step.answer(answer, visit, status=status, faults=faults, oops=oops)


def campaign_of(step: Step, visit: Visit) -> Campaign:
    """The campaign that the visit belongs to. Raises ClosedError when it is no longer there."""
    campaign = step.service.campaigns.get(visit.campaign)
    if campaign is None:
        raise ClosedError
    return campaign


def placed(visit: Visit, answer: Answer, *, counted: bool) -> Visit:
    """The visit with its place, and the Congress whose lines that place is drawn by."""
    return replace(
        visit,
        state=answer.state,
        district=answer.district,
        congress=answer.congress,
        counted=counted,
    )


def new_visit(showing: Showing, look: Look) -> Visit:
    """A visit of this page, at its beginning."""
    partner = showing.attributed
    return Visit(
        id=secrets.token_urlsafe(12),
        campaign=showing.campaign.slug,
        partner=partner,
        generation=showing.generation if partner else 0,
        source=look.source,
    )


def renewed(showing: Showing, look: Look, error: VisitError) -> Visit:
    """The visit to go on with after a refused one: the same if it was ours, else a new one."""
    stale = error.visit
    fits = stale and (stale.partner, stale.campaign) == (showing.attributed, showing.campaign.slug)
    return stale if stale and fits else new_visit(showing, look)


def source_of(visit: Visit, partner: str | None) -> str:
    """The label that counts with the partner's visit; without the partner there is none."""
    return visit.source if partner else ""


async def count_found(step: Step, answer: Answer, visit: Visit) -> bool:
    """Count the visit as found, once, when somebody was named; whether it is counted by now."""
    if visit.counted or not answer.legislators:
        return visit.counted
    partner = await guards.attributed(step.service, visit)
    day = campaign_of(step, visit).day(step.now)
    step.service.store.pending.found(visit.campaign, partner, day, source_of(visit, partner))
    return True


def represents(step: Step, legislator: str, visit: Visit) -> bool:
    """Whether this id speaks for the place that the visit found, or is a target of everybody."""
    if fixed := step.showing.campaign.fixed:
        return any(person.id == legislator for person in fixed.people)
    if visit.state is None:
        return False
    answer = step.service.roster.delegation(visit.state, visit.district, step.now)
    return any(person.id == legislator for person in answer.legislators)


def _carried(step: Step) -> Visit:
    try:
        return step.visit()
    except VisitError as error:
        return renewed(step.showing, step.look, error)
