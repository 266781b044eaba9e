"""What a campaign knows of a bill: its nouns, and who stands behind it since when."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from ..model import Stance

Chamber = Literal["house", "senate"]
BillType = Literal["hr", "s", "hres", "sres", "hjres", "sjres", "hconres", "sconres"]


@dataclass(frozen=True, slots=True)
class Signer:
    """Who stands behind a bill: a row of the stances file.

    ``person`` is a Bioguide id, ``bill`` the bill's label. ``source`` is the page that said so
    on ``as_of``.
    """

    person: str
    bill: str
    stance: Stance
    source: str
    as_of: date


@dataclass(frozen=True, slots=True)
class StanceNote:
    """What a legislator has done for a bill, as known on ``as_of``; None when nobody has asked."""

    stance: Stance
    bill: str
    as_of: date | None


@dataclass(frozen=True, slots=True)
class Bill:
    """A bill of one Congress; ``signers`` are by Bioguide id."""

    congress: int
    type: BillType
    number: int
    label: str
    url: str
    signers: Mapping[str, Signer] = field(default_factory=dict, hash=False)

    @property
    def chamber(self) -> Chamber:
        """Where the bill was introduced."""
        return "senate" if self.type.startswith("s") else "house"

    @property
    def as_of(self) -> date | None:
        """The day up to which its signers are known, or None when nobody has asked yet."""
        return min((signer.as_of for signer in self.signers.values()), default=None)

    def stance(self, legislator: str) -> Stance:
        """What this Bioguide id has done for the bill."""
        signer = self.signers.get(legislator)
        return signer.stance if signer else "none"
