"""The running service: its collaborators in one place, and what they know kept fresh."""

import asyncio
import logging
from dataclasses import dataclass, field, replace
from datetime import datetime

from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from ..campaigns import Campaign, Campaigns
from ..find.roster import Roster
from ..keys import Keyring
from ..model import Embed, Partner
from ..settings import Settings
from ..store import closures, generations, partners, placements, submissions
from ..store.store import Store
from ..tokens import BadTokenError, Tokens
from .bodies import Sendable, Shelf
from .commits import Commits
from .crowd import Crowd
from .daily import DailySync
from .districts import Districts
from .geocoding import Geocoder
from .labels import Labels
from .limits import Limits
from .look import Look
from .nightly import NightlyRecount
from .outside import Outside
from .pace import Pace
from .pages import Pages
from .proofs import Proofs
from .retention import Retention
from .sightings import Sightings
from .watch import Watch
from .webhooks import Webhooks

LOG = logging.getLogger("threesteps")
REFRESH_SECONDS = 10
DOCUMENTS_KEPT = 256
FRAGMENTS_KEPT = 2048
CARDS_KEPT = 256
ANSWERS_KEPT = 4096
#: About half a second's work; more only wait longer for the same.
MOST_SUBMITTING = 1_000


@dataclass(frozen=True, slots=True)
class Showing:
    """What a token in the address shows, and for whom.

    ``partner`` is whose page this is (its sites may frame it), ``attributed`` whether what
    happens here counts for them. ``token`` is the one to post to: a broken token is replaced by
    the house token of the default campaign. ``known`` is False for broken and revoked tokens.
    """

    token: str
    campaign: Campaign
    partner: Partner | None
    generation: int
    known: bool

    @property
    def attributed(self) -> str | None:
        """The slug of the partner this counts for, or None."""
        return self.partner.slug if self.partner and self.known else None


@dataclass(frozen=True, slots=True)
class Fresh:
    """What may change while the service runs, as it was read at one moment.

    ``lost_indexes`` are campaigns whose people were indexed with a key that is gone.
    """

    partners: dict[str, Partner]
    keyring: Keyring
    campaigns: Campaigns
    roster: Roster
    lost_indexes: frozenset[str]
    labels: dict[str, frozenset[str]]
    organiser_generation: int


@dataclass
class Service:
    """Everything a request handler may use."""

    settings: Settings
    store: Store
    roster: Roster
    campaigns: Campaigns
    keyring: Keyring
    pages: Pages
    geocoder: Geocoder
    documents: Shelf[Sendable] = field(default_factory=lambda: Shelf(DOCUMENTS_KEPT))
    fragments: Shelf[Sendable] = field(default_factory=lambda: Shelf(FRAGMENTS_KEPT))
    cards: Shelf[Markup] = field(default_factory=lambda: Shelf(CARDS_KEPT))
    answers: Shelf[Response] = field(default_factory=lambda: Shelf(ANSWERS_KEPT))
    submitting: Crowd = field(default_factory=lambda: Crowd(MOST_SUBMITTING))
    outside: Outside = field(default_factory=Outside)
    asking_outside: Pace = field(default_factory=Pace)
    partners: dict[str, Partner] = field(default_factory=dict)
    lost_indexes: frozenset[str] = frozenset()
    labels: Labels = field(default_factory=lambda: Labels({}))
    organiser_generation: int = 1
    stale_since: datetime | None = None
    _known: dict[str, Showing] = field(default_factory=dict)
    _fresh: Fresh | None = None

    def __post_init__(self) -> None:
        self.tokens = Tokens(self.keyring.signing, self.clock)
        self.proofs = Proofs(self.keyring.signing)
        self.commits = Commits(self.store)
        # Only where processes share a database do they call an address the same.
        shared = self.keyring.oldest_signing if self.settings.database_url else b""
        self.limits = Limits(self.settings, shared)
        self.watch = Watch(self.store, self.limits)
        self.sightings = Sightings(self.store.pending, self.settings.public_url)
        self.daily_sync = DailySync(self.settings)
        self.nightly = NightlyRecount(self.store, self.clock)
        self.retention = Retention(self.store, self.clock)
        self.webhooks = Webhooks(self.store, self.outside, self.clock, lambda: self.campaigns)
        self.districts = Districts(self.store)

    def clock(self) -> datetime:
        """The present, aware and in UTC, or the frozen instant."""
        return self.settings.clock()

    async def partner(self, slug: str | None) -> Partner | None:
        """The partner's row, from memory or, for one added a moment ago, from the database."""
        if slug is None:
            return None
        if slug not in self.partners:
            found = await run_in_threadpool(self._read_partner, slug)
            if found is None:
                return None
            self.partners[slug] = found
        return self.partners[slug]

    async def showing(self, token: str) -> Showing:
        """Resolve a token in an address. Never fails: nobody is turned away over a token."""
        remembered = self._known  # what is read meanwhile takes another's place
        if known := remembered.get(token):
            return known
        showing = await self._resolved(token)
        if showing.known:  # nobody can invent one, so there are only so many
            remembered[token] = showing
        return showing

    async def _resolved(self, token: str) -> Showing:
        try:
            embed = self.tokens.read_embed(token)
        except BadTokenError:
            embed = Embed("", None, 0)
        campaign = self.campaigns.get(embed.campaign)
        if campaign is None:
            return self.house(self.default_campaign, known=False)
        partner = await self.partner(embed.partner)
        known = embed.partner is None or bool(partner and partner.accepts(embed.generation))
        return Showing(token, campaign, partner, embed.generation, known)

    def look(self, request: Request, showing: Showing) -> Look:
        """How the page was asked to look; its label only if it is kept apart for the partner."""
        look = Look.of(request, showing.campaign)
        kept = self.labels.kept(showing.attributed, look.source) if look.source else ""
        return look if kept == look.source else replace(look, source=kept)

    def house(self, campaign: Campaign, *, known: bool = True) -> Showing:
        """A campaign on its own page, for no partner."""
        token = self.tokens.embed(Embed(campaign.slug, None, 0))
        return Showing(token, campaign, None, 0, known)

    @property
    def default_campaign(self) -> Campaign:
        """What a token that says nothing shows."""
        wanted = self.campaigns.get(self.settings.default_campaign)
        return wanted or self.campaigns.all()[0]

    def running(self, now: datetime) -> tuple[Campaign, ...]:
        """The campaigns that have not ended, the default one first."""
        running = (campaign for campaign in self.campaigns.all() if not campaign.ended(now))
        default = self.settings.default_campaign
        return tuple(sorted(running, key=lambda campaign: campaign.slug != default))

    async def keep_fresh(self) -> None:
        """See changed partners, keys, campaigns and facts, for as long as the service runs.

        What cannot be read now keeps its last good version, and is read again the next time.
        """
        while True:
            await asyncio.sleep(REFRESH_SECONDS)
            try:
                self.take(await run_in_threadpool(self.read))
            except Exception as error:  # whatever it is, tomorrow's partner must be seen
                self.stale_since = self.stale_since or self.clock()
                LOG.warning("Nothing was refreshed: %s", type(error).__name__)

    def refresh(self) -> None:
        """Read and take at once, where nobody is served yet."""
        self.take(self.read())

    def read(self) -> "Fresh":
        """Read what commands may have changed."""
        keyring, campaigns = self.keyring.refreshed(), self.campaigns.refreshed()
        with self.store.read() as connection:
            rows = {partner.slug: partner for partner in partners.list_all(connection)}
            labels = placements.labels(connection)
            organiser = generations.current(connection, generations.ORGANISER_SESSIONS)
            campaigns = campaigns.closing(closures.closed(connection))
            lost = frozenset(
                campaign.slug
                for campaign in campaigns.all()
                if campaign.slug not in campaigns.closed
                and not keyring.has_index_key(campaign.slug)
                and submissions.has_supporters(connection, campaign.slug)
            )
        keyring = keyring.without_index_keys(campaigns.closed)
        return Fresh(rows, keyring, campaigns, self.roster.refreshed(), lost, labels, organiser)

    def take(self, fresh: "Fresh") -> None:
        """Go on with what was read; what was rendered from anything older is dropped.

        Where requests are answered, never in a thread: nothing is rendered in between.
        """
        self.stale_since = None
        if fresh == self._fresh:
            return
        self._fresh = fresh
        self.partners, self._known = dict(fresh.partners), {}
        self.keyring, self.campaigns, self.roster = fresh.keyring, fresh.campaigns, fresh.roster
        self.lost_indexes = fresh.lost_indexes
        self.labels = Labels(fresh.labels)
        self.organiser_generation = fresh.organiser_generation
        self.sightings = Sightings(self.store.pending, self.settings.public_url)
        self.tokens = Tokens(self.keyring.signing, self.clock)
        self.proofs = Proofs(self.keyring.signing)
        self.documents, self.fragments = Shelf(DOCUMENTS_KEPT), Shelf(FRAGMENTS_KEPT)
        self.cards, self.answers = Shelf(CARDS_KEPT), Shelf(ANSWERS_KEPT)

    def _read_partner(self, slug: str) -> Partner | None:
        with self.store.read() as connection:
            return partners.find(connection, slug)


def service_of(request: Request) -> Service:
    """The service that answers this request."""
    service = request.app.state.service
    assert isinstance(service, Service)
    return service
