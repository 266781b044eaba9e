"""What ``threesteps doctor`` finds in the settings alone: addresses, limits, the clock."""

from collections.abc import Iterator
from ipaddress import ip_address
from urllib.parse import urlsplit

from ...settings import Settings
from .finding import Finding

_ENCRYPTED = frozenset({"require", "verify-ca", "verify-full"})


def settings_findings(settings: Settings) -> Iterator[Finding]:
    """Everything that needs no look at what is kept."""
    yield from _public_url(settings)
    yield from _limits(settings)
    yield from _trusted(settings)
    yield from _line_to_postgresql(settings)
    yield from _clock(settings)


def _public_url(settings: Settings) -> Iterator[Finding]:
    parts = urlsplit(settings.public_url)
    if _is_this_machine(parts.hostname or ""):
        yield Finding(
            "address-of-this-machine",
            "missing",
            f"Snippets and links say {settings.public_url}, which only this machine can reach.",
            "set THREESTEPS_PUBLIC_URL to the address that people see.",
        )
    elif parts.scheme == "http":
        yield Finding(
            "address-not-encrypted",
            "unsafe",
            f"The public address {settings.public_url} is not encrypted.",
            "serve it over https, and set THREESTEPS_PUBLIC_URL to the https address.",
        )


def _limits(settings: Settings) -> Iterator[Finding]:
    if not settings.limits:
        yield Finding(
            "limits-off",
            "unsafe",
            "Abuse limits are off (THREESTEPS_LIMITS=off).",
            "unset THREESTEPS_LIMITS; it is for tests only.",
        )


def _trusted(settings: Settings) -> Iterator[Finding]:
    everybody = [network for network in settings.trusted_proxies if network.prefixlen == 0]
    if everybody:
        yield Finding(
            "everybody-trusted",
            "unsafe",
            f"THREESTEPS_TRUSTED_PROXIES trusts everybody ({everybody[0]}), so that anybody can "
            "say whose request it is, and no limit holds.",
            "name your own proxies there, and nobody else.",
        )


def _line_to_postgresql(settings: Settings) -> Iterator[Finding]:
    if not settings.database_url:
        return
    from psycopg.conninfo import conninfo_to_dict  # slow to load, and seldom needed

    said = conninfo_to_dict(settings.database_url)
    hosts = str(said.get("hostaddr") or said.get("host") or "").split(",")
    away = [host for host in hosts if host and not _is_here(host)]
    if away and said.get("sslmode") not in _ENCRYPTED:
        yield Finding(
            "database-line-not-encrypted",
            "unsafe",
            f"The connection to the database on {away[0]} need not be encrypted.",
            "add sslmode=verify-full to THREESTEPS_DATABASE_URL.",
        )


def _clock(settings: Settings) -> Iterator[Finding]:
    if settings.now:
        yield Finding(
            "clock-stands-still",
            "note",
            f"For this command it is {settings.now:%Y-%m-%d %H:%M} UTC (THREESTEPS_NOW): a service "
            "with that would count every day as this one.",
            "unset THREESTEPS_NOW; it is for tests only.",
        )


def _is_here(host: str) -> bool:
    """A host of libpq's: a path is a socket of this machine."""
    return host.startswith(("/", "@")) or _is_this_machine(host)


def _is_this_machine(host: str) -> bool:
    try:
        address = ip_address(host)
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
    return address.is_loopback or address.is_unspecified
