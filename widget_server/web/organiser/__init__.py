"""The organiser's console: a sign-in link or a session in; the whole campaign, and its reins, out.

Each page is a file; ``routes`` names them all, ``desk`` is what they have in common.
"""

from .routes import organiser_routes
from .session import AREA

__all__ = ["AREA", "organiser_routes"]
