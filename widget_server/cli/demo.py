"""``threesteps demo``: the service with made-up partners and a month behind it."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import click
from sqlalchemy import Connection

from ..app import create_app
from ..demo.first_start import SECOND, Past, write_second_campaign
from ..demo.sites import SITES
from ..given import Given
from ..keys import Keyring, add_public_key
from ..model import Partner
from ..private import write_new
from ..seal import generate_key_pair
from ..server.listen import listen
from ..settings import Settings
from ..store import partners
from ..web.demo import demo_routes
from ..web.outside import Outside
from ..web.service import Service
from .installation import Installation
from .serve import host_option, port_option, public_at

DEMO_PARTNER = SITES[0].name
#: The partner's site and the widget are two hosts of one service.
LOCAL = ("localhost", "127.0.0.1")


@click.command()
@click.option("--empty", is_flag=True, help="Without the made-up month.")
@host_option
@port_option
def demo(empty: bool, host: str, port: int) -> None:
    """Run the service with a made-up partner's site that shows the widget, and a month's numbers.

    The numbers are written on the first start, into the demo's own home.
    """
    installation = Installation.from_environment()
    settings = public_at(installation.settings, f"http://127.0.0.1:{port}")
    settings = replace(settings, hosts=(*settings.hosts, *LOCAL))
    site = f"http://localhost:{port}"
    campaigns = [settings.default_campaign, *([] if empty else [SECOND])]
    if not empty:
        write_second_campaign(settings.home / "campaigns", settings.clock())
    keys = [_key(settings, installation.keyring, campaign) for campaign in campaigns]
    app = create_app(settings, outside=Outside(own=f"localhost:{port}"))
    service: Service = app.state.service
    service.refresh()
    partner = _first_partner(service, site, campaigns, empty=empty)
    token = Given(service, partner).token(settings.default_campaign)
    app.router.routes.extend(demo_routes(token, settings.public_url))
    for line in _greeting(service, partner, site, keys[0]):
        click.echo(line)  # click flushes: whoever reads this through a pipe is waiting for it.
    listen(app, host, port)


def _greeting(service: Service, partner: Partner, site: str, private_key: Path) -> Iterator[str]:
    """Where everything is."""
    settings = service.settings
    console = service.tokens.organiser_link(service.organiser_generation)
    yield f"Partner's site       {site}/demo/"
    yield f"Partner's dashboard  {Given(service, partner).sign_in_link}"
    yield f"Organiser's console  {settings.public_url}/organiser?link={console}"
    yield f"Data                 {settings.home.resolve()}"
    yield f"Private key          {private_key.resolve()} (a real one never stays on the server)"


def _key(settings: Settings, keyring: Keyring, campaign: str) -> Path:
    """The private key of a campaign of the demo, made on the first start."""
    path = settings.home / f"demo-private-{campaign}.key"
    if keyring.public_key(campaign) is None:
        pair = generate_key_pair()
        write_new(path, pair.private)
        add_public_key(settings.keys, campaign, pair.public)
    return path


def _first_partner(service: Service, site: str, campaigns: list[str], *, empty: bool) -> Partner:
    """The partner whose site is shown, which follows the port; on the first start with a past."""
    now = service.clock()
    past = Past(
        now,
        site,
        [found for slug in campaigns if (found := service.campaigns.get(slug))],
        service.roster.people(now),
        service.keyring,
    )

    def settle(connection: Connection) -> Partner:
        for partner in partners.list_all(connection):
            if partner.name == DEMO_PARTNER:
                return partners.set_sites(connection, partner.slug, [site])
        if empty:
            return partners.add(connection, DEMO_PARTNER, [site], now)
        return past.write(connection)

    return service.store.write(settle).result()
