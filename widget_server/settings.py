"""The environment, read once: variables in, one frozen ``Settings`` out."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path

from . import __version__
from .errors import SettingsError

DEFAULT_PUBLIC_URL = "http://127.0.0.1:8000"
DEFAULT_GEOCODER_URL = "https://geocoding.geo.census.gov"

#: How we introduce ourselves to the services that we ask.
USER_AGENT = f"threesteps/{__version__}"

_HOST = r"[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\]"
_ORIGIN = re.compile(rf"https?://({_HOST})(?::([0-9]{{1,5}}))?")
_HIGHEST_PORT = 65535

Network = IPv4Network | IPv6Network


@dataclass(frozen=True, slots=True)
class Settings:
    """How this installation runs. Each field is documented in ``docs/operate.md``.

    ``public_url`` and ``geocoder_url`` are origins without a trailing slash. ``roster_from`` is
    a folder or an address, None for the publishers. ``hosts`` are names beside that of
    ``public_url``, ``security_contact`` is an address to write to about a weakness. ``now``
    freezes dates and token ages, never timers.
    """

    home: Path = Path("threesteps-data")
    keys: Path = Path("threesteps-data/keys")
    database_url: str | None = field(default=None, repr=False)
    public_url: str = DEFAULT_PUBLIC_URL
    campaigns: Path | None = None
    default_campaign: str = "hketo"
    geocoder_url: str = DEFAULT_GEOCODER_URL
    congress_api_key: str | None = field(default=None, repr=False)
    limits: bool = True
    trusted_proxies: tuple[Network, ...] = ()
    hosts: tuple[str, ...] = ()
    security_contact: str | None = None
    roster_from: str | None = None
    syncs_daily: bool = False
    now: datetime | None = None

    @classmethod
    def from_env(cls, environ: Mapping[str, str]) -> "Settings":
        """Read the ``THREESTEPS_`` variables.

        Raises SettingsError with every fault at once, a sentence each.
        """
        faults: list[str] = []
        home = Path(environ.get("THREESTEPS_HOME") or "threesteps-data")
        campaigns = environ.get("THREESTEPS_CAMPAIGNS")
        settings = cls(
            home=home,
            keys=Path(environ.get("THREESTEPS_KEYS") or home / "keys"),
            database_url=_database(environ, "THREESTEPS_DATABASE_URL", faults),
            public_url=_origin(environ, "THREESTEPS_PUBLIC_URL", DEFAULT_PUBLIC_URL, faults),
            campaigns=Path(campaigns) if campaigns else None,
            default_campaign=environ.get("THREESTEPS_DEFAULT_CAMPAIGN") or "hketo",
            geocoder_url=_origin(environ, "THREESTEPS_GEOCODER_URL", DEFAULT_GEOCODER_URL, faults),
            congress_api_key=_key(environ, "THREESTEPS_CONGRESS_API_KEY", faults),
            limits=_switch(environ, "THREESTEPS_LIMITS", faults),
            trusted_proxies=_networks(environ, "THREESTEPS_TRUSTED_PROXIES", faults),
            hosts=_hosts(environ, "THREESTEPS_HOSTS", faults),
            security_contact=_contact(environ, "THREESTEPS_SECURITY_CONTACT", faults),
            roster_from=environ.get("THREESTEPS_ROSTER_FROM") or None,
            syncs_daily=_daily(environ, "THREESTEPS_ROSTER_SYNC", faults),
            now=_instant(environ, "THREESTEPS_NOW", faults),
        )
        if campaigns and not Path(campaigns).is_dir():
            faults.append(f"THREESTEPS_CAMPAIGNS: {campaigns!r} is not a folder.")
        if faults:
            raise SettingsError("\n".join(faults))
        return settings

    @property
    def names(self) -> tuple[str, ...]:
        """Every host that a request may name, without its port."""
        match = _ORIGIN.fullmatch(self.public_url)
        return (*([match[1]] if match else []), *self.hosts)

    def clock(self) -> datetime:
        """The present, aware and in UTC, or the frozen instant."""
        return self.now or datetime.now(UTC)


def _origin(environ: Mapping[str, str], name: str, default: str, faults: list[str]) -> str:
    value = (environ.get(name) or default).rstrip("/")
    match = _ORIGIN.fullmatch(value)
    if match is None or int(match[2] or 0) > _HIGHEST_PORT:
        faults.append(f"{name}: {value!r} is not an origin such as https://act.example.org.")
    return value


def _hosts(environ: Mapping[str, str], name: str, faults: list[str]) -> tuple[str, ...]:
    value = environ.get(name) or ""
    hosts = tuple(host.strip() for host in value.split(",") if host.strip())
    for host in hosts:
        if not re.fullmatch(_HOST, host):
            faults.append(f"{name}: {host!r} is not a host such as act.example.org.")
    return hosts


def _contact(environ: Mapping[str, str], name: str, faults: list[str]) -> str | None:
    value = environ.get(name) or None
    if value and not re.fullmatch(r"(mailto:[^\s@]+@[^\s@]+|https://\S+)", value):
        faults.append(f"{name}: {value!r} begins neither with 'mailto:' nor with 'https://'.")
    return value


def _database(environ: Mapping[str, str], name: str, faults: list[str]) -> str | None:
    """An address for libpq; a fault does not repeat it, as it may hold a password."""
    value = environ.get(name) or None
    if value and not value.startswith(("postgresql://", "postgres://")):
        faults.append(f"{name}: this is not an address such as postgresql://user@host/database.")
    return value


def _key(environ: Mapping[str, str], name: str, faults: list[str]) -> str | None:
    """A secret that is fit for a header; a fault does not repeat it."""
    value = environ.get(name) or None
    if value and not re.fullmatch(r"[\w.~-]+", value, re.ASCII):
        faults.append(f"{name}: this is no key; it has letters and digits only.")
    return value


def _switch(environ: Mapping[str, str], name: str, faults: list[str]) -> bool:
    value = environ.get(name) or "on"
    if value not in {"on", "off"}:
        faults.append(f"{name}: {value!r} is neither 'on' nor 'off'.")
    return value != "off"


def _networks(environ: Mapping[str, str], name: str, faults: list[str]) -> tuple[Network, ...]:
    value = environ.get(name) or ""
    try:
        return tuple(ip_network(part.strip()) for part in value.split(",") if part.strip())
    except ValueError:
        faults.append(f"{name}: {value!r} is not a list such as 10.0.0.0/8, 192.0.2.7.")
        return ()


def _daily(environ: Mapping[str, str], name: str, faults: list[str]) -> bool:
    value = environ.get(name) or "off"
    if value not in {"daily", "off"}:
        faults.append(f"{name}: {value!r} is neither 'daily' nor 'off'.")
    return value == "daily"


def _instant(environ: Mapping[str, str], name: str, faults: list[str]) -> datetime | None:
    value = environ.get(name)
    if not value:
        return None
    try:
        instant = datetime.fromisoformat(value)
    except ValueError:
        faults.append(f"{name}: {value!r} is not an ISO instant such as 2026-11-22T12:00:00Z.")
        return None
    return (instant if instant.tzinfo else instant.replace(tzinfo=UTC)).astimezone(UTC)
