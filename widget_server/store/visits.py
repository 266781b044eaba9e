"""How a visit and its legislators are named in rows: so that no row says who wrote to whom.

A visit's id is random and is never stored. Without it nobody can tell that a name in ``actions``
and one in ``submissions`` are the same visit's, nor try the 541 legislators one after the other.
"""

from base64 import urlsafe_b64encode
from hashlib import sha256

_KEY_BYTES = 18


def visit_key(table: str, campaign: str, visit: str) -> str:
    """The name of the visit in that table, 24 characters."""
    return _digest(f"threesteps.{table}\0{campaign}\0{visit}")


def legislator_key(campaign: str, visit: str, legislator: str) -> str:
    """The name of a legislator in the acts of this visit alone; ``""`` stays nobody."""
    return legislator and _digest(f"threesteps.legislator\0{campaign}\0{visit}\0{legislator}")


def _digest(text: str) -> str:
    return urlsafe_b64encode(sha256(text.encode()).digest()[:_KEY_BYTES]).decode()
