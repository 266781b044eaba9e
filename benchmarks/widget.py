"""What visitors of one running widget ask it, as loads: a service in, each of its steps out.

The visits are made in advance with the installation's own keys, a fresh one for each submission.
"""

import secrets
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from urllib.parse import urlencode

import httpx

from tests.serving import Served
from widget_server.find.congress import congress_at
from widget_server.keys import Keyring
from widget_server.model import Embed, Visit
from widget_server.tokens import Tokens

from .wrk import Load

ZIP, STATE, DISTRICT, LEGISLATOR = "94110", "CA", "CA-11", "P000197"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
BROTLI = {"Accept-Encoding": "br"}
FRAGMENT = {**FORM, **BROTLI, "Threesteps-Fragment": "1"}
JSON = {**FORM, "Accept": "application/json"}


@dataclass(frozen=True)
class Widget:
    """The demo partner's widget in a running ``threesteps demo``."""

    origin: str
    token: str
    embed: Embed
    _tokens: Tokens = field(repr=False)

    @classmethod
    def of(cls, served: Served) -> "Widget":
        """The widget of this service, whose keys are in its folder."""
        tokens = Tokens(Keyring.open(served.home / "keys").signing, _now)
        return cls(served.origin, served.token, tokens.read_embed(served.token), tokens)

    def loader(self) -> Load:
        """The script that partners embed."""
        return Load(f"{self.origin}/embed.js", headers=BROTLI)

    @property
    def document(self) -> Load:
        """The widget's page."""
        return Load(f"{self.origin}/w/{self.token}", headers=BROTLI)

    def unchanged(self) -> Load:
        """The same by somebody who has it already."""
        page = httpx.get(self.document.url, headers=BROTLI, trust_env=False)
        return replace(self.document, headers={**BROTLI, "If-None-Match": page.headers["etag"]})

    def legislators(self) -> Load:
        """The public JSON about a ZIP."""
        return Load(f"{self.origin}/api/v1/legislators?zip={ZIP}")

    def find(self) -> Load:
        """The first step, asked for as the script does."""
        return self._post("find", FRAGMENT, urlencode({"zip": ZIP}))

    def act(self) -> Load:
        """A tweet was opened, by always the same visitor."""
        fields = {"visit": self.visit(), "kind": "tweet", "legislator": LEGISLATOR}
        return self._post("act", FRAGMENT, urlencode(fields))

    def submit(self, count: int) -> Load:
        """So many people, each once, who leave their details and want to hear more."""
        return replace(self._post("submit", JSON, *map(self._person, range(count))), once=True)

    def visit(self) -> str:
        """The token of a new visit that found its district."""
        embed = self.embed
        return self._tokens.visit(
            Visit(
                id=secrets.token_urlsafe(12),
                campaign=embed.campaign,
                partner=embed.partner,
                generation=embed.generation,
                state=STATE,
                district=DISTRICT,
                congress=congress_at(_now()),
                counted=True,
            )
        )

    def _person(self, number: int) -> str:
        email = f"person{number}.{secrets.token_hex(4)}@example.org"
        fields = {"visit": self.visit(), "email": email, "name": "Chan Tai Man", "zip": ZIP}
        return urlencode({**fields, "updates": "yes"})

    def _post(self, step: str, headers: dict[str, str], *bodies: str) -> Load:
        url = f"{self.origin}/w/{self.token}/{step}"
        return Load(url, method="POST", headers=headers, bodies=bodies)


def _now() -> datetime:
    return datetime.now(UTC)
