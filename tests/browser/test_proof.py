"""What a suspicious visitor's browser does, and that the visitor notices nothing of it."""

import json
import time
from collections.abc import Callable
from contextlib import closing
from sqlite3 import connect
from statistics import quantiles

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_bad_lines import SUCCESS, open_widget
from tests.serving import Served
from widget_server.web.proofs import Proofs

#: A slow phone beside this machine.
SLOWDOWN = 6

NO_WORK = "Object.defineProperty(crypto, 'subtle', { value: undefined })"


def be_suspicious(page: Page) -> None:
    """Fill in what no person sees."""
    page.locator("[name=website]").fill("https://spam.example", force=True)


def stored(served: Served) -> list[tuple[str, str]]:
    """The status and the signs of each row."""
    with closing(connect(served.home / "threesteps.db")) as rows:
        return list(rows.execute("SELECT status, signs FROM submissions"))


def test_the_work_is_done_and_the_visitor_thanked(served: Served, page: Page) -> None:
    open_widget(page, served)
    be_suspicious(page)
    page.get_by_role("button", name="Count me without my details").click()
    expect(page.locator(".thanks")).to_contain_text(SUCCESS)
    assert [(status, "trap" in signs) for status, signs in stored(served)] == [("counted", True)]


def test_a_browser_that_cannot_do_it_is_thanked_too(served: Served, page: Page) -> None:
    page.add_init_script(NO_WORK)
    open_widget(page, served)
    be_suspicious(page)
    page.get_by_role("button", name="Count me without my details").click()
    expect(page.locator(".thanks")).to_contain_text(SUCCESS)
    assert [(status, "trap" in signs) for status, signs in stored(served)] == [("held", True)]


def test_nobody_else_gets_the_script(served: Served, page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    open_widget(page, served)
    page.get_by_role("button", name="Count me without my details").click()
    expect(page.locator(".thanks")).to_contain_text(SUCCESS)
    assert not [url for url in asked if "/proof-" in url]


@pytest.mark.soak
def test_a_slow_phone_does_it_within_two_seconds(
    served: Served, page: Page, soaking: bool, figure: Callable[[str], None]
) -> None:
    open_widget(page, served)
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWDOWN})
    seconds = sorted(_seconds_of_work(page) for _ in range(60 if soaking else 10))
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 1})
    full = sorted(_seconds_of_work(page) for _ in range(60 if soaking else 10))
    slow, quick = (quantiles(each, n=20)[-1] for each in (seconds, full))
    figure(
        f"a proof of work takes {slow:.2f} s (p95) with the page {SLOWDOWN} times slower, "
        f"{quick:.2f} s without, so at most {SLOWDOWN * quick:.2f} s where all is that slow"
    )


def _seconds_of_work(page: Page) -> float:
    """How long the page needs for a new challenge of ours."""
    challenge = json.dumps({**Proofs([b"k" * 32]).challenge("visit"), "src": _script(page)})
    begun = time.monotonic()
    proof = page.evaluate(
        f"import({json.dumps(_script(page))}).then((work) => work.solve({challenge}))"
    )
    took = time.monotonic() - begun
    assert Proofs([b"k" * 32]).shows(proof, "visit")
    return took


def _script(page: Page) -> str:
    """Where the page's policy says that the script is."""
    answer = page.request.get(page.url)
    policy = answer.headers["content-security-policy"]
    return next(part for part in policy.replace(";", " ").split() if "/proof-" in part)
