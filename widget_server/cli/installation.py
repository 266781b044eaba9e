"""What a command works on: the environment in; settings, keys, campaigns and the store out."""

import os
from dataclasses import dataclass
from typing import Self

from ..campaigns import Campaign, Campaigns, campaign_parents
from ..errors import NotFoundError
from ..keys import Keyring
from ..settings import Settings
from ..store import Store
from ..tokens import Tokens


@dataclass(frozen=True, slots=True)
class Installation:
    """Everything a command may use. The campaigns are those without mistakes."""

    settings: Settings
    keyring: Keyring
    campaigns: Campaigns
    tokens: Tokens

    @classmethod
    def from_environment(cls) -> Self:
        """Read the environment and the folders it names; missing server keys are made."""
        return cls.of(Settings.from_env(os.environ))

    @classmethod
    def of(cls, settings: Settings) -> Self:
        """The installation that these settings describe."""
        keyring = Keyring.open(settings.keys)
        campaigns = Campaigns(campaign_parents(settings), {}).refreshed()
        return cls(settings, keyring, campaigns, Tokens(keyring.signing, settings.clock))

    def campaign(self, slug: str | None) -> Campaign:
        """The campaign of that slug, or the default one; raises NotFoundError."""
        wanted = slug or self.settings.default_campaign
        campaign = self.campaigns.get(wanted)
        if campaign is None:
            raise NotFoundError(
                f"There is no campaign {wanted!r}. `threesteps campaign list` names them.",
                field="campaign",
            )
        return campaign

    def store(self) -> Store:
        """The database, for one command; close it."""
        return Store.open(self.settings, serving=False)
