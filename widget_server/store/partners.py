"""The sites that show the widget: add, find and change them.

Every function takes the caller's connection and leaves the transaction to the caller.
"""

import re
import secrets
import unicodedata
from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select, update

from ..errors import NotFoundError, PartnerError
from ..model import Partner
from .schema import partners
from .sites import parse_sites
from .upsert import insert_or_skip

MAX_NAME = 200
_MAX_SLUG = 40


def add(connection: Connection, name: str, sites: Iterable[str], now: datetime) -> Partner:
    """A new partner, with a slug of its own made from the name.

    Raises PartnerError, with a sentence, for a name or a site that cannot be used.
    """
    clean = _clean(name)
    partner = Partner(
        slug=_slug(clean),
        name=clean,
        sites=parse_sites(sites),
        generation=1,
        lowest_generation=1,
        session_generation=1,
        api_generation=1,
        created_at=now,
    )
    return _insert(connection, partner)


def find(connection: Connection, slug: str) -> Partner | None:
    """The partner of that slug."""
    row = connection.execute(select(partners).where(partners.c.slug == slug)).one_or_none()
    return _partner(row) if row else None


def get(connection: Connection, slug: str) -> Partner:
    """The partner of that slug; raises NotFoundError."""
    partner = find(connection, slug)
    if partner is None:
        raise NotFoundError(
            f"There is no partner {slug!r}. `threesteps partner list` names them.", field="partner"
        )
    return partner


def list_all(connection: Connection) -> tuple[Partner, ...]:
    """Every partner, in the order in which they were added."""
    rows = connection.execute(select(partners).order_by(partners.c.created_at, partners.c.slug))
    return tuple(_partner(row) for row in rows)


def set_sites(connection: Connection, slug: str, sites: Iterable[str]) -> Partner:
    """Replace the origins that may frame the partner's widget."""
    return _change(connection, slug, sites=list(parse_sites(sites)))


def rotate(connection: Connection, slug: str) -> Partner:
    """Begin a new generation of embed tokens; those before count until they are revoked."""
    partner = get(connection, slug)
    generation = max(partner.generation + 1, partner.lowest_generation)
    return _change(connection, slug, generation=generation)


def revoke(connection: Connection, slug: str, *, everything: bool = False) -> Partner:
    """End all generations of embed tokens but the newest.

    When there is only the newest, or with ``everything``, it ends too, and nothing counts for
    the partner until the next ``rotate``.
    """
    partner = get(connection, slug)
    alone = partner.lowest_generation >= partner.generation
    lowest = partner.generation + (1 if alone or everything else 0)
    return _change(connection, slug, lowest_generation=lowest)


def end_sessions(connection: Connection, slug: str) -> Partner:
    """Sign everybody out, and end the sign-in links that are about."""
    return _change(connection, slug, session_generation=partners.c.session_generation + 1)


def renew_api_key(connection: Connection, slug: str) -> Partner:
    """End the API key, so that a new one takes its place."""
    return _change(connection, slug, api_generation=partners.c.api_generation + 1)


def _change(connection: Connection, slug: str, **values: Any) -> Partner:
    connection.execute(update(partners).where(partners.c.slug == slug).values(values))
    return get(connection, slug)


def _insert(connection: Connection, partner: Partner) -> Partner:
    """Insert under the slug, or under the first of slug-2, slug-3, ... that is free."""
    base, number = partner.slug, 1
    while True:
        slug = base if number == 1 else f"{base}-{number}"
        row = {**asdict(partner), "slug": slug, "sites": list(partner.sites)}
        if insert_or_skip(connection, partners, [row]):
            return get(connection, slug)
        number += 1


def _partner(row: Any) -> Partner:
    return Partner(**{**row._mapping, "sites": tuple(row.sites)})


def _clean(name: str) -> str:
    """The name on one line, or PartnerError."""
    words = " ".join(name.split())
    clean = unicodedata.normalize("NFC", words[:MAX_NAME])
    if not clean or max(len(words), len(clean)) > MAX_NAME or any(map(_is_control, clean)):
        raise PartnerError(
            f"A partner's name has 1 to {MAX_NAME} characters and no control characters.",
            field="name",
        )
    return clean


def _is_control(character: str) -> bool:
    return unicodedata.category(character) in {"Cc", "Cs"}


def _slug(name: str) -> str:
    """The name in ASCII words; a readable random one when nothing of it is left."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", plain)
    return "-".join(words)[:_MAX_SLUG].strip("-") or _random_slug()


def _random_slug() -> str:
    syllables = (secrets.choice("bdfgklmnprstv") + secrets.choice("aeiou") for _ in range(4))
    return "partner-" + "".join(syllables)
