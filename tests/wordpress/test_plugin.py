"""The plugin in a real WordPress: uploaded, activated, placed by an editor, seen by a visitor.

The short form has PHP read the file; the long one, of ``make soak``, installs WordPress.
"""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.patience import becomes
from tests.serving import Served, free_port
from tools import wordpress
from widget_server import assets

pytestmark = pytest.mark.soak

PLUGIN = assets.folder("templates") / "wordpress" / "threesteps.php"

KNOWS_THE_BLOCK = "() => !!window.wp?.blocks?.getBlockType('threesteps/widget')"
PUBLISH = """async (content) => (await wp.apiFetch({
  path: '/wp/v2/pages', method: 'POST', data: {title: 'Act', content, status: 'publish'},
})).link"""
SHORTCODE = '<!-- wp:shortcode -->[threesteps source="short" lang="en"]<!-- /wp:shortcode -->'
BLOCK = (
    '<!-- wp:threesteps/widget {"source":"block","lang":"en",'
    '"label":"\\u0022\\u003e\\u003cb\\u003ex"} /-->'
)


def test_an_editor_places_the_plugin_and_visitors_count(
    served: Served,
    browser: Browser,
    open_page: Callable[..., Page],
    tmp_path: Path,
    soaking: bool,
    figure: Callable[[str], None],
) -> None:
    command = (wordpress.need_php(), "-l", str(PLUGIN))
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    if not soaking:
        figure("WordPress: PHP has read the plugin; make soak installs it in a real one")
        return
    with wordpress.wordpress(tmp_path, free_port()) as site:
        archive = download(open_page(), served, site, tmp_path)
        install(browser.new_page(), site, archive)
        addresses = publish(browser.new_page(), site)
        before = found(served)
        for address in addresses:
            visit(open_page(), address)
        assert becomes(lambda: found(served) == before + len(addresses))


def download(page: Page, served: Served, site: str, folder: Path) -> Path:
    """The plugin as the partner gets it, once the site is on their list."""
    page.goto(served.dashboard_url)
    page.get_by_label("Add a site").fill(site)
    page.get_by_role("button", name="Add", exact=True).click()
    page.goto(f"{served.origin}/partner/snippet")
    with page.expect_download() as begun:
        page.get_by_role("link", name="Download the plugin").click()
    archive = folder / "threesteps.zip"
    begun.value.save_as(archive)
    return archive


def sign_in(page: Page, site: str, who: str) -> None:
    page.goto(f"{site}/wp-login.php")
    page.locator("#user_login").fill(who)
    page.locator("#user_pass").fill(wordpress.PASSWORD)
    page.locator("#wp-submit").click()
    page.locator("#wpadminbar").wait_for()


def install(page: Page, site: str, archive: Path) -> None:
    """Upload and activate it, as an administrator does."""
    sign_in(page, site, wordpress.ADMINISTRATOR)
    page.goto(f"{site}/wp-admin/plugin-install.php?tab=upload")
    page.locator("#pluginzip").set_input_files(archive)
    page.locator("#install-plugin-submit").click()
    page.get_by_role("link", name="Activate Plugin").click()
    expect(page.get_by_text("Plugin activated.")).to_be_visible()


def publish(page: Page, site: str) -> list[str]:
    """A page with the shortcode and one with the block, by an editor; their addresses."""
    sign_in(page, site, wordpress.EDITOR)
    page.goto(f"{site}/wp-admin/post-new.php?post_type=page")
    page.wait_for_function(KNOWS_THE_BLOCK)
    return [str(page.evaluate(PUBLISH, content)) for content in (SHORTCODE, BLOCK)]


def visit(page: Page, address: str) -> None:
    """Find somebody in the widget on this page."""
    page.goto(address)
    page.locator("three-steps").scroll_into_view_if_needed()
    page.locator("three-steps[data-state=ready]").wait_for()
    assert page.locator("three-steps b").count() == 0
    widget = page.frames[1]
    widget.locator(".ask [name=zip]").fill("94110")
    widget.locator(".ask .go").click()
    widget.locator(".card").first.wait_for()


def found(served: Served) -> int:
    """How many visits of the partner got an answer."""
    number: int = served.counts("--partner", "harbor-voices")["totals"]["found"]
    return number
