"""An installation for a service under load: a home in; keys, partners and visits out.

Visits are made here, with the installation's own signing key, so that the load is submissions
and nothing else. The date is frozen.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from sqlalchemy import Connection

from tests.serving import Served, free_port, serving
from widget_server.keys import Keyring, add_public_key
from widget_server.model import Embed, Partner, Visit
from widget_server.seal import generate_key_pair
from widget_server.settings import Settings
from widget_server.store import Store, partners
from widget_server.tokens import Tokens

NOW = datetime(2026, 11, 22, 17, tzinfo=UTC)
CAMPAIGN = "hketo"
PARTNERS = ("Harbor Voices", "Lion Rock")


@dataclass(frozen=True)
class Installation:
    """Everything that a service and its visitors need."""

    settings: Settings
    partners: tuple[Partner, ...]
    tokens: Tokens

    @classmethod
    def make(cls, home: Path, database_url: str | None = None) -> Self:
        """An installation in this folder, its data there too or in PostgreSQL."""
        settings = Settings(home=home, keys=home / "keys", database_url=database_url, now=NOW)
        keyring = Keyring.open(settings.keys)
        add_public_key(settings.keys, CAMPAIGN, generate_key_pair().public)
        with Store.open(settings, serving=False) as store:
            added = tuple(store.write(_adding(name)).result() for name in PARTNERS)
        return cls(settings, added, Tokens(keyring.signing, settings.clock))

    @property
    def environment(self) -> Mapping[str, str]:
        """What a service of this installation is told."""
        given = {
            "THREESTEPS_HOME": str(self.settings.home),
            "THREESTEPS_DATABASE_URL": self.settings.database_url or "",
            "THREESTEPS_NOW": NOW.isoformat(),
            "THREESTEPS_LIMITS": "off",  # all visitors have the same address
        }
        return {name: value for name, value in given.items() if value}

    @contextmanager
    def serving(self, port: int | None = None, **more: str) -> Iterator[Served]:
        """Run ``threesteps serve``, its log beside the home; ``more`` is said to it too."""
        port = port or free_port()
        folder = self.settings.home.with_name(f"logs-{port}")
        environment = {**self.environment, **more}
        with serving("serve", port=port, home=folder, environment=environment) as served:
            yield served

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Look into the database, beside a service or after it."""
        with Store.open(self.settings, serving=False) as store, store.read() as connection:
            yield connection

    def embed(self, partner: Partner) -> str:
        """The token in the partner's snippet."""
        return self.tokens.embed(Embed(CAMPAIGN, partner.slug, partner.generation))

    def visit(self, id: str, partner: Partner) -> str:
        """The token of a visit to the partner's site, which has found its legislators."""
        place = ("CA", "CA-11", 119)
        return self.tokens.visit(Visit(id, CAMPAIGN, partner.slug, partner.generation, *place))


def _adding(name: str) -> Callable[[Connection], Partner]:
    site = f"https://{name.lower().replace(' ', '')}.example"
    return lambda connection: partners.add(connection, name, [site], NOW)
