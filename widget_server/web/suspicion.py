"""A submission that is about to be taken in; what speaks against it, and what follows, out.

    many        its address submits more than people do
    fast        it came sooner after its visit than anybody types
    trap        it fills in a field that no person sees
    disposable  its mailbox is one that anybody has for a minute
    elsewhere   it may be the form of another site, sent with its visitors' browsers

Being fast alone asks nothing of anybody, as a single button can be pressed fast: an address that
is fast again and again is *many*. Each of the others asks the visitor's browser for a proof of
work. Who has no scripts is thanked like everybody, and held until somebody has looked.
"""

from dataclasses import dataclass, replace

from ..errors import ProofError
from ..mailboxes import is_disposable
from ..model import Submission, Visit
from ..store.visits import visit_key
from ..submit import SubmitForm
from .guards import may_be_another_sites
from .replies import Reply
from .suspects import Row

QUICK_SECONDS = 3
#: The field that no person sees.
TRAP = "website"
#: What a browser sends as its proof that cannot make one.
UNABLE = "none"
_HARMLESS = frozenset({"fast"})


@dataclass(frozen=True, slots=True)
class Verdict:
    """What speaks against a submission, in codes; ``held`` keeps it out of the numbers."""

    signs: tuple[str, ...] = ()
    held: bool = False

    def on(self, submission: Submission) -> Submission:
        """The submission as it is to be stored."""
        if not self.signs:
            return submission
        marked = replace(submission, signs=",".join(self.signs))
        return replace(marked, status="held") if self.held else marked


NOTHING = Verdict()


def judge(reply: Reply, form: SubmitForm, visit: Visit) -> Verdict:
    """What to think of this form. Raises ProofError when its browser has to show that it is one."""
    limits = reply.service.limits
    if not limits.on:
        return NOTHING
    name = limits.name(reply.request)
    if limits.suspects.has_sent(name, _row(visit)):
        return NOTHING
    signs = _signs(reply, form, name)
    needs_proof = not _HARMLESS.issuperset(signs)
    return Verdict(signs, held=needs_proof and not _is_proven(reply, visit))


def remember(reply: Reply, visit: Visit, verdict: Verdict) -> None:
    """The submission is stored: whatever its address does next may cast a light on it."""
    limits = reply.service.limits
    if limits.on:
        name = limits.name(reply.request)
        limits.suspects.note_sent(name, _row(visit), marked="many" in verdict.signs)


def _signs(reply: Reply, form: SubmitForm, name: bytes) -> tuple[str, ...]:
    quick = _is_quick(reply)
    found = {
        "many": reply.service.limits.suspects_after(name, quick=quick),
        "fast": quick,
        "trap": bool(reply.fields.get(TRAP)),
        "disposable": bool(form.email) and is_disposable(form.email or ""),
        "elsewhere": may_be_another_sites(reply.request),
    }
    return tuple(sign for sign, is_there in found.items() if is_there)


def _is_quick(reply: Reply) -> bool:
    """Whether nobody could have filled this in since the visit was handed out."""
    if reply.service.settings.now:
        return False  # the clock stands still
    signed_at = reply.service.tokens.signed_at(reply.fields["visit"])
    return (reply.now - signed_at).total_seconds() < QUICK_SECONDS


def _is_proven(reply: Reply, visit: Visit) -> bool:
    """Whether the browser has done the work; False from one that cannot."""
    proof, proofs = reply.fields.get("proof", ""), reply.service.proofs
    if proof and proofs.shows(proof, visit.id):
        return True
    is_live = reply.showing.campaign.state(reply.now) == "live"
    if reply.shape == "page" or proof == UNABLE or not is_live:
        return False
    raise ProofError(proofs.challenge(visit.id))


def _row(visit: Visit) -> Row:
    return visit.campaign, visit_key("submissions", visit.campaign, visit.id)
