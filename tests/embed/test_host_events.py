"""A discreet campaign: the partner's page hears that the widget is there, and nothing of steps."""

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from tests.embed.hosts import Host, custom_element
from tests.embed.organiser import Organiser
from tests.embed.widgets import find, ready
from tests.serving import Served, free_port, serving
from widget_server.campaigns import shipped_campaigns

HEAR = "window.heard = []; addEventListener('message', event => heard.push(event.data.t));"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A service with the HKETO campaign, and with one like it that tells its hosts."""
    folder = tmp_path_factory.mktemp("campaigns")
    shutil.copytree(shipped_campaigns() / "hketo", folder / "loud")
    facts = folder / "loud" / "campaign.toml"
    text = facts.read_text("utf-8").replace('slug = "hketo"', 'slug = "loud"')
    facts.write_text(text.replace("host_events = false", "host_events = true"), "utf-8")
    home, told = tmp_path_factory.mktemp("home"), {"THREESTEPS_CAMPAIGNS": str(folder)}
    with serving("demo", "--empty", port=free_port(), home=home, environment=told) as running:
        yield running


@pytest.mark.parametrize(("campaign", "hears"), [("hketo", False), ("loud", True)])
def test_the_host_hears_of_steps_only_where_the_campaign_says_so(
    page: Page, host: Host, organiser: Organiser, campaign: str, hears: bool
) -> None:
    added = organiser.run("partner", "add", campaign, "--site", host.origin, "--campaign", campaign)
    page.add_init_script(HEAR)
    page.goto(host.put(custom_element(organiser.served.origin, added["token"])))
    find(ready(page))
    if hears:
        page.wait_for_function("heard.includes('step')")
    else:
        page.wait_for_timeout(300)
    heard = set(page.evaluate("heard"))
    assert "ready" in heard
    assert ("step" in heard) is hears
    assert heard <= {"ready", "height", "step"}
