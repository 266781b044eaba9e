"""What the named placeholders of a message become for one campaign and one legislator."""

from collections.abc import Mapping

from ..campaigns import Campaign, Message
from ..campaigns.placeholders import fill
from ..model import Legislator
from ..places import district_in_words, state_in_words

_TITLES: Mapping[str, tuple[str, str]] = {
    "senator": ("Senator", "Sen."),
    "representative": ("Representative", "Rep."),
    "delegate": ("Delegate", "Del."),
    "resident commissioner": ("Resident Commissioner", "Commissioner"),
}


def values(campaign: Campaign, legislator: Legislator) -> Mapping[str, str]:
    """Every placeholder's value.

    ``mention`` is the official account on X, or title and name where there is none.
    ``constituency`` is where the legislator's constituents live: ``"California's 11th district"``,
    ``"Wyoming"`` for an at-large seat, the whole state for a senator. For a target of the
    campaign's own it is the campaign's place, as ``state`` is.
    """
    subject = campaign.subject(legislator)
    title, short_title = titles(campaign, legislator)
    handle = legislator.accounts.get("x")
    place = campaign.fixed.place.name if campaign.fixed else None
    return {
        "title": title,
        "name": legislator.name,
        "last_name": legislator.last_name,
        "mention": f"@{handle}" if handle else f"{short_title} {legislator.name}",
        "bill": subject.label,
        "bill_url": subject.url,
        "constituency": place or _constituency(legislator),
        "state": place or state_in_words(legislator.state),
    }


def titles(campaign: Campaign, legislator: Legislator) -> tuple[str, str]:
    """How the person is addressed, in full and in short: ``("Senator", "Sen.")``."""
    if campaign.fixed:
        target = campaign.fixed.target(legislator.id)
        return target.title.name, target.short_title
    return _TITLES[legislator.role]


def gloss(message: Message, language: str, values: Mapping[str, str]) -> str | None:
    """What the message says in this language, or None when it is the messages' own."""
    text = message.glosses.get(language)
    return fill(text, values) if text else None


def _constituency(legislator: Legislator) -> str:
    district = legislator.district
    if district is None or district.endswith("-0"):
        return state_in_words(legislator.state)
    return f"{district_in_words(district)} district"
