"""What a partner sees: a sign-in link, a session or an API key in; their own numbers out.

Each page is a file; ``routes`` names them all, ``desk`` is what they have in common.
"""

from .routes import partner_routes
from .session import AREA

__all__ = ["AREA", "partner_routes"]
