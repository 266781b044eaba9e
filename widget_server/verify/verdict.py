"""A page as it came in; what is right with its snippet and what to mend, a finding each, out."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal
from urllib.parse import urlsplit

from ..campaigns import Campaigns
from ..model import Embed, Partner
from ..snippet import Loader
from ..store.sites import covers
from ..tokens import BadTokenError
from .markup import Markup, Script, Snippet
from .policy import Policies

Kind = Literal["right", "note", "mend"]

#: What a frame of ours needs where the page shuts it in.
SANDBOX = ("allow-scripts", "allow-same-origin", "allow-forms", "allow-popups")


@dataclass(frozen=True, slots=True)
class Finding:
    """One sentence about the page: ``key`` names it, ``values`` fill it."""

    kind: Kind
    key: str
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Page:
    """What was fetched; ``url`` is where it was in the end, ``policies`` its CSP headers."""

    url: str
    html: str
    policies: Sequence[str]

    @property
    def origin(self) -> str:
        """The site, as browsers spell it."""
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{parts.netloc}"


@dataclass(frozen=True, slots=True)
class Ours:
    """What a page is held against: who asks, and what the service serves today."""

    public_url: str
    pinned: Loader
    partner: Partner
    campaigns: Campaigns
    read_token: Callable[[str], Embed]
    language: str
    now: datetime

    @property
    def loader(self) -> str:
        """The script's address, the same for every version."""
        return f"{self.public_url}/embed.js"

    def is_here(self, url: str) -> bool:
        """Whether this is an address of ours."""
        return url.startswith(f"{self.public_url}/")


def judge(page: Page, ours: Ours) -> tuple[Finding, ...]:
    """Everything there is to say. A page without a snippet has one finding."""
    markup = Markup.read(page.html, page.url)
    if not markup.widgets:
        return (_absent(markup),)
    policies = Policies.read(page.policies, markup.policies, page.url)
    needs_script = any(each.variant != "frame" for each in markup.widgets)
    return (
        *_variants(markup.widgets),
        *_tokens(markup.widgets, ours),
        *(_loader(markup.scripts, ours) if needs_script else ()),
        *_frames(markup.widgets, ours),
        _site(page.origin, ours),
        *_policy(policies, markup, ours, needs_script=needs_script),
    )


def _absent(markup: Markup) -> Finding:
    """Nothing but a link is what is left where a system strips the rest."""
    return Finding("mend", "only_link" if markup.snippets else "no_snippet")


def _variants(widgets: Iterable[Snippet]) -> Iterator[Finding]:
    for variant in dict.fromkeys(each.variant for each in widgets):
        yield Finding("right", f"found_{variant}")


def _tokens(widgets: Iterable[Snippet], ours: Ours) -> Iterator[Finding]:
    for token in dict.fromkeys(each.token for each in widgets):
        try:
            embed = ours.read_token(token)
        except BadTokenError:
            yield Finding("mend", "token_broken")
        else:
            yield _whose(embed, ours)
            yield from _campaign(embed, ours)


def _whose(embed: Embed, ours: Ours) -> Finding:
    partner = ours.partner
    if embed.partner != partner.slug:
        return Finding("mend", "token_foreign" if embed.partner else "token_nobody")
    if not partner.accepts(embed.generation):
        return Finding("mend", "token_revoked")
    if embed.generation < partner.generation:
        return Finding("note", "token_old")
    return Finding("right", "token_yours")


def _campaign(embed: Embed, ours: Ours) -> Iterator[Finding]:
    campaign = ours.campaigns.get(embed.campaign)
    if campaign is None:
        yield Finding("mend", "campaign_gone")
        return
    state = campaign.state(ours.now)
    values = {"campaign": campaign.words_in(ours.language).title}
    yield Finding("right" if state == "live" else "note", f"campaign_{state}", values)


def _loader(scripts: Sequence[Script], ours: Ours) -> Iterator[Finding]:
    mine = [script for script in scripts if ours.is_here(script.src)]
    if not mine:
        key = "loader_elsewhere" if scripts else "loader_missing"
        yield Finding("mend", key, {"loader": ours.loader})
    for script in mine:
        yield _version(script, ours)


def _version(script: Script, ours: Ours) -> Finding:
    """Whether a browser will run it: at the right address, with the right hash."""
    hashes = script.integrity.split()
    if script.src not in {ours.loader, ours.pinned.src}:
        return Finding("mend", "loader_old")
    if hashes and ours.pinned.integrity not in hashes:
        return Finding("mend", "loader_hash")
    if hashes and not script.has_cors:
        return Finding("mend", "loader_cors")
    if hashes and script.src == ours.loader:
        return Finding("note", "loader_fragile")
    return Finding("right", "loader_pinned" if hashes else "loader_right")


def _frames(widgets: Iterable[Snippet], ours: Ours) -> Iterator[Finding]:
    for frame in (each.attributes for each in widgets if each.variant == "frame"):
        if not ours.is_here(frame["src"]):
            yield Finding("mend", "frame_elsewhere", {"origin": ours.public_url})
        if "sandbox" in frame and not set(SANDBOX) <= set(frame["sandbox"].lower().split()):
            yield Finding("mend", "frame_sandbox", {"needed": " ".join(SANDBOX)})


def _site(origin: str, ours: Ours) -> Finding:
    registered = covers(ours.partner.sites, origin)
    key = "site_registered" if registered else "site_missing"
    return Finding("right" if registered else "mend", key, {"site": origin})


def _policy(
    policies: Policies, markup: Markup, ours: Ours, *, needs_script: bool
) -> Iterator[Finding]:
    if not policies.each:
        yield Finding("right", "policy_none")
        return
    mine = [script for script in markup.scripts if ours.is_here(script.src)]
    runs = all(policies.allows_script(each.src, each.nonce, each.integrity) for each in mine)
    stopped = needs_script and not runs
    if stopped:
        yield Finding("mend", "policy_script", {"origin": ours.public_url})
    if not policies.allows_frame(f"{ours.public_url}/w/"):
        yield Finding("mend", "policy_frame", {"origin": ours.public_url})
    elif not stopped:
        yield Finding("right", "policy_right")
