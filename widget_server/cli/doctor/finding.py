"""What ``threesteps doctor`` found."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to mend. ``unsafe`` puts people or counts at risk, ``missing`` only lacks.

    A ``note`` is good to know, and nothing is wrong. ``name`` is that of its row in
    ``docs/operate.md``.
    """

    name: str
    level: Literal["unsafe", "missing", "note"]
    sentence: str
    mend: str
