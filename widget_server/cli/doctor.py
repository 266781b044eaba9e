"""``threesteps doctor``: what is missing or unsafe in this installation, each with the mend."""

import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from stat import S_IMODE
from urllib.parse import urlsplit

import click
from rich.console import Console

from ..find.roster import Roster
from ..settings import DEFAULT_PUBLIC_URL, Settings
from .database import database_findings
from .finding import Finding
from .installation import Installation

OLD_STANCES = timedelta(days=14)
_LOCAL_HOSTS = frozenset({"localhost", "127.0.0.1", "::1"})
_STYLES = {"unsafe": "bold red", "missing": "yellow", "note": "dim"}


@click.command()
def doctor() -> None:
    """Say what is missing or unsafe in this installation, and how to mend it.

    Ends with 1 when something is unsafe.
    """
    found = list(findings(Installation.from_environment()))
    wrong = [finding for finding in found if finding.level != "note"]
    for finding in found:
        _print(finding)
    if not wrong:
        Console().print("Nothing is missing, nothing is unsafe.", style="green")
    if any(finding.level == "unsafe" for finding in wrong):
        sys.exit(1)


def _print(finding: Finding) -> None:
    """A note goes beside what is wrong, not among it."""
    console = Console(stderr=finding.level == "note", markup=False, highlight=False, soft_wrap=True)
    console.print(f"{finding.level}: {finding.sentence}", style=_STYLES[finding.level])
    console.print(f"  mend: {finding.mend}")


def findings(installation: Installation) -> Iterator[Finding]:
    """Everything there is to say, the places and settings first."""
    settings = installation.settings
    yield from _public_url(settings)
    yield from _limits(settings)
    yield from _campaigns(installation)
    yield from _sealing_keys(installation)
    yield from _private_keys(settings)
    yield from _stances(installation)
    yield from database_findings(installation)
    yield from _privacy_of_files(settings)
    yield from _roster(settings)


def _public_url(settings: Settings) -> Iterator[Finding]:
    if settings.public_url == DEFAULT_PUBLIC_URL:
        yield Finding(
            "missing",
            f"Snippets and links say {settings.public_url}, which only this machine can reach.",
            "set THREESTEPS_PUBLIC_URL to the address that people see.",
        )
    parts = urlsplit(settings.public_url)
    if parts.scheme == "http" and parts.hostname not in _LOCAL_HOSTS:
        yield Finding(
            "unsafe",
            f"The public address {settings.public_url} is not encrypted.",
            "serve it over https, and set THREESTEPS_PUBLIC_URL to the https address.",
        )


def _limits(settings: Settings) -> Iterator[Finding]:
    if not settings.limits:
        yield Finding(
            "unsafe",
            "Abuse limits are off (THREESTEPS_LIMITS=off).",
            "unset THREESTEPS_LIMITS; it is for tests only.",
        )


def _campaigns(installation: Installation) -> Iterator[Finding]:
    for problem in installation.campaigns.problems:
        yield Finding("missing", str(problem), "mend the file; `threesteps campaign check` tells.")
    default = installation.settings.default_campaign
    if installation.campaigns.get(default) is None:
        yield Finding(
            "missing",
            f"There is no default campaign {default!r}.",
            "set THREESTEPS_DEFAULT_CAMPAIGN to one of `threesteps campaign list`.",
        )


def _sealing_keys(installation: Installation) -> Iterator[Finding]:
    keyring = installation.keyring
    for fault in keyring.faults:
        yield Finding("unsafe", f"{fault} Nothing is sealed to it.", "restore that file.")
    for slug in (campaign.slug for campaign in installation.campaigns.all()):
        if keyring.public_key(slug) is None:
            yield Finding(
                "missing",
                f"The campaign {slug!r} has no key, so its form takes no names or "
                "email addresses: there is nobody to seal them to.",
                f"threesteps campaign keys {slug} --out {slug}.key",
            )
        elif keyring.recovery_key(slug) is None:
            yield Finding(
                "missing",
                f"The campaign {slug!r} has no recovery key: whoever loses the private key loses "
                "every submission.",
                f"threesteps campaign keys {slug} --recovery",
            )


def _stances(installation: Installation) -> Iterator[Finding]:
    now = installation.settings.clock()
    running = (each for each in installation.campaigns.all() if not each.ended(now))
    for campaign in running:
        for bill in campaign.bills:
            if bill.as_of is None or campaign.day(now) - bill.as_of > OLD_STANCES:
                since = f"since {bill.as_of}" if bill.as_of else "yet"
                yield Finding(
                    "missing",
                    f"Nobody has asked {since} who stands behind {bill.label}; its newest "
                    "supporters are not thanked.",
                    f"threesteps campaign refresh {campaign.slug}",
                )


def _private_keys(settings: Settings) -> Iterator[Finding]:
    for path in settings.home.glob("demo-private-*.key"):
        yield Finding(
            "missing",
            f"{path} opens what was submitted, and lies beside it: it is the demo's.",
            "delete it, and make the campaign's own key with `threesteps campaign keys --rotate`.",
        )


def _privacy_of_files(settings: Settings) -> Iterator[Finding]:
    for path in _private_paths(settings):
        if S_IMODE(path.stat().st_mode) & 0o077:
            mode = "700" if path.is_dir() else "600"
            yield Finding(
                "unsafe",
                f"Other users of this machine can reach {path}.",
                f"chmod {mode} {path}",
            )


def _private_paths(settings: Settings) -> list[Path]:
    """The folders, and each file that holds a key or the data."""
    files = [*settings.keys.glob("*.keys"), *settings.home.glob("threesteps.db*")]
    return [path for path in (settings.home, settings.keys, *files) if path.exists()]


def _roster(settings: Settings) -> Iterator[Finding]:
    for sentence in Roster.newest(settings.home).warnings(settings.clock()):
        yield Finding(
            "missing",
            sentence,
            "threesteps roster sync, or THREESTEPS_ROSTER_SYNC=daily for the service.",
        )
