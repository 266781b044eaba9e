"""A slug, a title and languages in; a folder with a campaign that works, to be rewritten, out."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from string import Template

from ..assets import folder, interface_languages
from ..errors import CampaignError
from ..places import ordinal
from .placeholders import refused
from .source import SLUG


@dataclass(frozen=True, slots=True)
class Start:
    """When the campaign begins and ends, and the Congress of its bill."""

    starts: datetime
    ends: datetime
    congress: int


def write_skeleton(
    parent: Path, slug: str, title: str, languages: Sequence[str], start: Start
) -> Path:
    """The new folder, complete in the languages. Raises CampaignError; nothing is overwritten."""
    _refuse(slug, title, languages)
    target = parent / slug
    values = _values(slug, title, languages, start)
    # campaign.toml makes it a campaign: it comes last, when the rest is there.
    names = [*(f"{language}.md" for language in languages), "messages.toml", "campaign.toml"]
    try:
        target.mkdir(parents=True)
        for name in names:
            (target / name).write_text(_filled(name, languages, values), "utf-8")
    except FileExistsError:
        raise CampaignError(f"{target} exists already, and is never overwritten.") from None
    except OSError as error:
        raise CampaignError(f"{target} cannot be written: {error.strerror}.") from error
    return target


def _refuse(slug: str, title: str, languages: Sequence[str]) -> None:
    form, what = SLUG
    if not re.fullmatch(form, slug):
        raise CampaignError(f"{slug!r} is not {what}.")
    if not title.isprintable() or not title.strip() or any(refused(title, frozenset())):
        raise CampaignError("A title is one line of text without braces.")
    known = interface_languages()
    if unknown := [language for language in languages if language not in known]:
        raise CampaignError(f"The widget speaks {', '.join(known)}, and no {unknown[0]!r}.")


def _values(slug: str, title: str, languages: Sequence[str], start: Start) -> dict[str, str]:
    """Everything that the files leave open, as TOML where they are TOML."""
    return {
        "slug": slug,
        "title": json.dumps(title, ensure_ascii=False),
        "languages": json.dumps(list(languages)),
        "files": ", ".join(f"{language}.md" for language in languages),
        "starts": start.starts.isoformat(timespec="seconds"),
        "ends": start.ends.isoformat(timespec="seconds"),
        "today": start.starts.date().isoformat(),
        "congress": str(start.congress),
        "nth": ordinal(start.congress),
    }


def _filled(name: str, languages: Sequence[str], values: dict[str, str]) -> str:
    """A file of the skeleton, with the glosses of these languages only."""
    text = (folder("templates") / "skeleton" / name).read_text("utf-8")
    if name != "messages.toml":
        return Template(text).substitute(values)
    for left_out in set(interface_languages()).difference(languages):
        text = re.sub(rf"^{left_out} = .*\n", "", text, flags=re.MULTILINE)
    return text
