"""A bill as it was and its new signers in; who came, who went and what is doubtful out."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from .bill import Bill, Signer


@dataclass(frozen=True, slots=True)
class Change:
    """Who signed on to a bill and who withdrew, by Bioguide id."""

    signed: tuple[str, ...]
    withdrew: tuple[str, ...]


def change(bill: Bill, fresh: Sequence[Signer]) -> Change:
    """The difference between the bill's signers and the new ones."""
    people = {signer.person for signer in fresh}
    return Change(
        signed=tuple(sorted(people - bill.signers.keys())),
        withdrew=tuple(sorted(bill.signers.keys() - people)),
    )


def doubts(bill: Bill, fresh: Sequence[Signer]) -> Iterator[str]:
    """Why an organiser should look before the new signers are taken, a sentence each."""
    before = _cosponsors(bill.signers.values())
    lost = len(before - _cosponsors(fresh))
    if lost * 2 > len(before):
        yield f"{bill.label} would lose {lost} of its {len(before)} cosponsors."
    days = [signer.as_of for signer in fresh]
    if bill.as_of and min(days) < bill.as_of:
        yield f"{bill.label} is known as of {bill.as_of}; these answers are older."


def _cosponsors(signers: Collection[Signer]) -> set[str]:
    return {signer.person for signer in signers if signer.stance == "cosponsor"}
