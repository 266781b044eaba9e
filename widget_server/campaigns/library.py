"""All campaigns of an installation: folders in, campaigns by slug out, re-read when they change."""

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from .. import assets
from ..errors import CampaignError
from ..settings import Settings
from .campaign import Campaign
from .folder import read_folder
from .source import Problem
from .stances import STANCES

#: Names, times and sizes of a folder's files: equal as long as nothing was changed.
Fingerprint = tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True)
class _Entry:
    """A folder as it was last read; ``campaign`` is its last good version."""

    fingerprint: Fingerprint
    campaign: Campaign | None
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Campaigns:
    """The campaigns in folders of folders; a later folder replaces a campaign of the same slug.

    A folder of that name with only a stances file adds its stances to the campaign. Those that
    were ``closed`` have ended, whatever their files say.
    """

    folders: tuple[Path, ...]
    _entries: Mapping[Path, _Entry] = field(repr=False)
    closed: frozenset[str] = frozenset()

    @classmethod
    def load(cls, folders: Sequence[Path]) -> "Campaigns":
        """Read every campaign. Raises CampaignError with every mistake that keeps one from use.

        Newer stances that cannot be used do not: the campaign's own are used then.
        """
        campaigns = cls(tuple(folders), {}).refreshed()
        unusable = [entry for entry in campaigns._entries.values() if entry.campaign is None]
        if unusable:
            problems = (str(problem) for entry in unusable for problem in entry.problems)
            raise CampaignError("\n".join(problems))
        return campaigns

    def get(self, slug: str) -> Campaign | None:
        """The campaign, or None."""
        return self._by_slug.get(slug)

    def all(self) -> tuple[Campaign, ...]:
        """Every campaign, in order of slug."""
        return tuple(campaign for _, campaign in sorted(self._by_slug.items()))

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with the folders now; their last good versions stay in use."""
        return tuple(problem for entry in self._entries.values() for problem in entry.problems)

    def folder(self, slug: str) -> Path | None:
        """Where the campaign that ``get`` gives was read."""
        folders = [folder for folder, entry in self._entries.items() if entry.campaign]
        return next((folder for folder in reversed(folders) if folder.name == slug), None)

    def refreshed(self) -> "Campaigns":
        """These campaigns with the changed folders read again, or the same object."""
        entries = {
            folder: _read(
                folder, stances_elsewhere(self.folders, folder.name), self._entries.get(folder)
            )
            for parent in self.folders
            for folder in campaign_folders(parent)
        }
        return self if entries == self._entries else replace(self, _entries=entries)

    def closing(self, closed: frozenset[str]) -> "Campaigns":
        """These campaigns with those that were closed, or the same object."""
        return self if closed == self.closed else replace(self, closed=closed)

    @cached_property
    def _by_slug(self) -> dict[str, Campaign]:
        campaigns = (entry.campaign for entry in self._entries.values())
        return {found.slug: self._as_it_is(found) for found in campaigns if found}

    def _as_it_is(self, campaign: Campaign) -> Campaign:
        return replace(campaign, declared="ended") if campaign.slug in self.closed else campaign


def campaign_folders(parent: Path) -> tuple[Path, ...]:
    """The folders below this one that hold a campaign, in order of name."""
    return tuple(sorted(file.parent for file in parent.glob("*/campaign.toml")))


def stances_elsewhere(parents: Sequence[Path], slug: str) -> Path | None:
    """The stances file of a campaign in a folder that has no campaign of its own."""
    bare = [parent / slug for parent in parents if not _exists(parent / slug / "campaign.toml")]
    return next((folder / STANCES for folder in bare if _exists(folder / STANCES)), None)


def shipped_campaigns() -> Path:
    """The folder of the campaigns that come with the product, in a wheel or a checkout."""
    return assets.folder("templates") / "campaigns"


def example_campaigns() -> Path:
    """The folder of the campaigns that are there to be read and tried, not to be run."""
    return assets.folder("templates") / "examples"


def campaign_parents(settings: Settings) -> tuple[Path, ...]:
    """The folders in which this installation looks for campaigns, the last word last.

    Examples are among them only when the default campaign is one: no partner meets them by chance.
    """
    asked = _exists(example_campaigns() / settings.default_campaign / "campaign.toml")
    examples = (example_campaigns(),) if asked else ()
    own = (settings.campaigns,) if settings.campaigns else ()
    return (shipped_campaigns(), *examples, *own, settings.home / "campaigns")


def _read(folder: Path, other_stances: Path | None, last: _Entry | None) -> _Entry:
    fingerprint = _fingerprint(folder, other_stances)
    if last and last.fingerprint == fingerprint:
        return last
    campaign, problems = read_folder(folder, other_stances)
    if not problems:
        return _Entry(fingerprint, campaign, ())
    good = last.campaign if last else None
    return _Entry(fingerprint, good or (_alone(folder) if other_stances else None), problems)


def _alone(folder: Path) -> Campaign | None:
    """The campaign with its own stances, if that is a good one."""
    campaign, problems = read_folder(folder)
    return None if problems else campaign


def _exists(path: Path) -> bool:
    # Path.exists raises where a folder above is closed to us.
    return os.access(path, os.F_OK)


def _fingerprint(folder: Path, other_stances: Path | None) -> Fingerprint:
    """What is gone while we look, or leads nowhere, is not among the files."""
    files = [other_stances] if other_stances else []
    with suppress(OSError):
        files += folder.iterdir()
    return tuple(mark for file in sorted(files) if file.name[0] != "." for mark in _marks(file))


def _marks(file: Path) -> Iterator[tuple[str, int, int]]:
    with suppress(OSError):
        stat = file.stat()
        yield str(file), stat.st_mtime_ns, stat.st_size
