"""What leaves a real browser when its form is sealed there, and what only the keys can open."""

import re
import sqlite3
from contextlib import closing

import pytest
from playwright.sync_api import Page, expect

from tests.browser.sealing.conftest import Posts
from tests.browser.sealing.supporter import Supporter, count_me_in, find, told
from tests.journeys.canaries import found_in_files, found_in_memory
from tests.serving import Served
from tools.browsers import selected
from widget_server.seal import KeyPair, load_private_key, unwrap

pytestmark = pytest.mark.parametrize(
    "browser", [name for name in selected() if name != "webkit"], indirect=True
)

SEALER = re.compile(r"/seal-\w+\.js$")


def test_the_organisers_key_opens_what_the_browser_sealed(
    form: Page, sealing: Served, supporter: Supporter, posts: Posts
) -> None:
    supporter.fill(form)
    count_me_in(form)
    (sent,) = posts()
    assert told(sent) == {"email", "updates", "sealed"}
    assert supporter.exported(sealing) == supporter.whole


def test_the_recovery_key_opens_it_too(
    form: Page, sealing: Served, supporter: Supporter, recovery: KeyPair
) -> None:
    supporter.fill(form)
    count_me_in(form)
    with closing(sqlite3.connect(sealing.home / "threesteps.db")) as connection:
        rows = connection.execute("SELECT wrapped FROM content_keys").fetchall()
    private = load_private_key(recovery.private)
    assert all(unwrap(wrapped, "hketo", [private]).secret for (wrapped,) in rows)


def test_it_is_sealed_in_a_partners_page_as_well(
    page: Page, sealing: Served, supporter: Supporter, posts: Posts
) -> None:
    page.goto(f"{sealing.demo_url}?lang=es")
    widget = page.frame_locator("three-steps iframe")
    find(widget)
    supporter.fill(widget)
    count_me_in(widget)
    (body,) = page.frames[-1].evaluate("posted")
    assert "&sealed=" in body
    assert "&name=" not in body
    assert supporter.exported(sealing)["name"] == supporter.name


def test_the_server_has_never_seen_the_name(
    form: Page, sealing: Served, supporter: Supporter
) -> None:
    supporter.fill(form)
    count_me_in(form)
    sent = {"name": f'"{supporter.word}"', "escaped": f"%22{supporter.word}%22"}
    for process in sealing.processes():
        assert found_in_memory(process, {**sent, "home": str(sealing.home)}).keys() == {"home"}
    assert found_in_files(sealing.home, sent) == {}


def test_the_script_that_seals_comes_when_the_form_is_touched(form: Page) -> None:
    asked: list[str] = []
    form.on("request", lambda request: asked.append(request.url))
    form.locator("[data-act^=tweet] [data-do=shuffle]").first.click()
    assert not any(map(SEALER.search, asked))
    with form.expect_response(SEALER) as answer:
        form.locator("#email").focus()
    assert answer.value.ok


def test_what_will_not_be_kept_does_not_leave_the_browser(
    form: Page, supporter: Supporter, posts: Posts
) -> None:
    supporter.fill(form, updates=False)
    count_me_in(form)
    (sent,) = posts()
    assert told(sent) == {"email"}


def test_who_is_counted_without_details_sends_none(
    form: Page, supporter: Supporter, posts: Posts
) -> None:
    supporter.fill(form)
    form.locator("[name=anonymous]").click()
    form.locator(".thanks").wait_for()
    (sent,) = posts()
    assert told(sent) == {"anonymous", "updates"}


def test_a_wrong_zip_is_complained_about_and_not_told(
    form: Page, supporter: Supporter, posts: Posts
) -> None:
    supporter.fill(form, zip_code="9411")
    form.locator(".count .go").click()
    expect(form.locator("#zip2-fault")).to_contain_text("94110")
    (sent,) = posts()
    assert sent["zip"] == "?"
    form.locator("#zip2").fill("９４１１０")
    count_me_in(form)
