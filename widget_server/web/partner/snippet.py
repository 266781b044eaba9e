"""What the partner pastes into their page: a campaign and options in, every form of it out."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from starlette.datastructures import QueryParams
from starlette.responses import Response

from ...campaigns import Campaign
from ...given import Given
from ...snippet import Embedding, Loader, Options
from .. import loader
from ..accent import parse_colour
from ..look import SOURCE
from ..strings import match_language
from .desk import Desk

THEMES = ("auto", "light", "dark")
WIDTHS = (320, 480, 760)
_HEIGHT = re.compile(r"[1-9][0-9]{2,3}")
_LONGEST_LABEL = 120


@dataclass(frozen=True, slots=True)
class Choice:
    """What was chosen of what there is; ``campaign`` is the one whose snippet is shown."""

    campaign: Campaign
    campaigns: tuple[Campaign, ...]
    options: Options

    @classmethod
    def of(cls, desk: Desk) -> "Choice | None":
        """Read it from the address; what cannot be used there is left out. None: no campaign."""
        asked = desk.request.query_params
        running = desk.service.running(desk.service.clock())
        if not running:
            return None
        wanted = (each for each in running if each.slug == asked.get("campaign"))
        campaign = next(wanted, running[0])
        return cls(campaign, running, _options(asked, campaign))

    def of_campaign(self, campaign: Campaign) -> "Choice":
        """Another campaign, with nothing chosen for it."""
        return Choice(campaign, self.campaigns, Options())

    @property
    def language(self) -> str:
        """The language of the widget, as far as that is known here."""
        return self.options.lang or self.campaign.default_language


async def show(desk: Desk) -> Response:
    """``GET /partner/snippet``."""
    choice = Choice.of(desk)
    embedding = embedding_of(desk, choice) if choice else None
    if choice is None or embedding is None:
        return desk.html("partner/snippet.html", embedding=None)
    script = loader.pinned(embedding.public_url)
    return desk.html(
        "partner/snippet.html",
        frames=True,
        choice=choice,
        embedding=embedding,
        forms=_forms(embedding, script),
        themes=THEMES,
        widths=WIDTHS,
        spoken=[(tag, choice.campaign.words_in(tag).name) for tag in choice.campaign.languages],
        preview=desk.link("/partner/preview", campaign=choice.campaign.slug, **_looks(choice)),
        origin=embedding.public_url,
    )


def embedding_of(desk: Desk, choice: Choice) -> Embedding | None:
    """The partner's own; None while they have no valid token."""
    service, partner = desk.service, desk.partner
    if partner.is_revoked:
        return None
    campaign, language = choice.campaign, choice.language
    spoken = service.pages.strings
    t = spoken[match_language(language, tuple(spoken), "en")]
    return Embedding(
        service.settings.public_url,
        Given(service, partner).token(campaign.slug),
        campaign.slug,
        campaign.words_in(language).call,
        str(t("take_action", call="{}")),
        choice.options,
    )


def _forms(embedding: Embedding, script: Loader) -> dict[str, str]:
    """The forms that few sites need, by the key of what they are for."""
    return {
        "form_hash": embedding.element(script),
        "form_div": embedding.div(),
        "form_script": embedding.one_tag(),
        "form_frame": embedding.plain(),
    }


def _options(asked: QueryParams, campaign: Campaign) -> Options:
    """What was asked for, as far as it is one of ours."""
    accent, height = asked.get("accent", "").strip(), asked.get("height", "").strip()
    label, source = " ".join(asked.get("label", "").split()), asked.get("source", "").strip()
    theme, language = asked.get("theme", ""), asked.get("language", "")
    return Options(
        lang=language if language in campaign.languages else "",
        theme=theme if theme in THEMES else "",
        accent=f"#{accent.lstrip('#').lower()}" if parse_colour(accent) else "",
        height=height if _HEIGHT.fullmatch(height) else "",
        label=label[:_LONGEST_LABEL],
        source=source if SOURCE.fullmatch(source) else "",
    )


def _looks(choice: Choice) -> Mapping[str, str]:
    """What the preview is told."""
    options = choice.options
    return {"language": options.lang, "theme": options.theme, "accent": options.accent}
