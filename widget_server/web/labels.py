"""A partner's labels for their placements: what an address says in; a label that is kept, or none.

Anybody can write anything into an address. Only so many labels of a partner are kept apart; the
rest counts as unlabelled, and is shown the unlabelled document.
"""

from collections.abc import Mapping

from ..store.placements import MOST_LABELS


class Labels:
    """The labels of each partner, and those that were met since they were read."""

    def __init__(self, known: Mapping[str, frozenset[str]]) -> None:
        self._known = {partner: set(labels) for partner, labels in known.items()}

    def kept(self, partner: str | None, label: str) -> str:
        """The label where the partner has it, or still has room for it; else ``""``."""
        if not partner or not label:
            return ""
        labels = self._known.setdefault(partner, set())
        if label not in labels:
            if len(labels) >= MOST_LABELS:
                return ""
            labels.add(label)
        return label
