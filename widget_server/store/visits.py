"""How a visit is named in each table: so that its rows cannot be joined to each other.

Who wrote to which legislator is in ``actions``, who submitted is in ``submissions``. A visit's
id is random and is never stored; without it nobody can tell that two of these names are one
visit's.
"""

from base64 import urlsafe_b64encode
from hashlib import sha256

_KEY_BYTES = 18


def visit_key(table: str, campaign: str, visit: str) -> str:
    """The name of the visit in that table, 24 characters."""
    digest = sha256(f"threesteps.{table}\0{campaign}\0{visit}".encode()).digest()
    return urlsafe_b64encode(digest[:_KEY_BYTES]).decode()
