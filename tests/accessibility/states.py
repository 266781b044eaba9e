"""Everything that a visitor can come to see, and how to get there: for tests and the gallery.

A state is a page of a running demo and the few steps that lead to it, in any language. What
depends on the network outside is answered by a geocoder of our own.
"""

import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import httpx
import pytest
from playwright.sync_api import Frame, Page

from tests.geocoder_server import Connection, geocoder_server, matches, reply
from tests.serving import Served, free_port, serving
from tests.store.rows import recording, submission
from widget_server.campaigns import example_campaigns, shipped_campaigns
from widget_server.keys import Keyring, add_public_key
from widget_server.seal import generate_key_pair
from widget_server.settings import Settings
from widget_server.store import Store
from widget_server.web.desk import LANGUAGES

LONG = (pytest.mark.soak, pytest.mark.long)

THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")

#: After noon Eastern on 3 January 2027, when the packaged campaign has ended.
AFTER_THE_END = "2027-02-01T12:00:00Z"

#: The street that the geocoder does not know; for every other one it is out of order.
UNKNOWN_STREET = "99999 Nowhere"

HOST_PAGE = """<!doctype html>
<html lang="en">
<title>A partner's page</title>
<main>
<h1>A partner's page</h1>
<p><button>Before</button></p>
<three-steps token="{token}" lang="{language}" theme="light">
<a href="{origin}/c/hketo?t={token}">Take action</a></three-steps>
<p><button>After</button></p>
</main>
<script src="{origin}/embed.js"></script>
"""

Steps = Callable[[Frame], None]


@dataclass(frozen=True, slots=True)
class Sites:
    """Two demos: one in the middle of the campaign, one after its end."""

    running: Served
    ended: Served


@dataclass(frozen=True, slots=True)
class State:
    """One view. ``path`` may hold ``{token}``; ``steps`` start when the page has loaded."""

    name: str
    steps: Steps = lambda view: None
    path: str = "/w/{token}"
    ended: bool = False

    def address(self, sites: Sites, language: str, theme: str = "auto") -> str:
        """Where it begins."""
        served = sites.ended if self.ended else sites.running
        path = self.path.format(
            token=served.token,
            link=served.dashboard_url.split("=")[1],
            console=served.console_url.split("=")[1],
        )
        also = "&" if "?" in path else "?"
        return f"{served.origin}{path}{also}lang={language}&theme={theme}"

    def show(self, page: Page, sites: Sites, language: str, theme: str = "auto") -> None:
        """Go there, on a page of its own."""
        page.goto(self.address(sites, language, theme))
        self.steps(page.main_frame)

    def show_framed(self, page: Page, sites: Sites, language: str) -> None:
        """Go there, in the frame on a partner's page."""
        served = sites.ended if self.ended else sites.running
        page.goto(served.demo_url)
        page.set_content(
            HOST_PAGE.format(origin=served.origin, token=served.token, language=language)
        )
        page.locator("three-steps[data-state=ready]").wait_for()
        self.steps(page.frames[1])


@contextmanager
def demos(home: Path) -> Iterator[Sites]:
    """Both demos, with a geocoder that knows nothing or is out, as the street says."""
    with geocoder_server() as census:

        def answer(connection: Connection) -> None:
            known = b"Nowhere" in census.requests[-1]
            (reply(matches()) if known else reply(b"", "503 Unavailable"))(connection)

        census.behaviour = answer
        environment = {
            "THREESTEPS_GEOCODER_URL": census.origin,
            "THREESTEPS_LIMITS": "off",
            "THREESTEPS_CAMPAIGNS": str(campaigns(home / "campaigns")),
        }
        later = {**environment, "THREESTEPS_NOW": AFTER_THE_END}
        Keyring.open(home / "a" / "keys")
        add_public_key(home / "a" / "keys", "school-taps", generate_key_pair().public)
        with (
            serving("demo", port=free_port(), home=home / "a", environment=environment) as running,
            serving(
                "demo", "--empty", port=free_port(), home=home / "b", environment=later
            ) as ended,
        ):
            place_the_widget(running)
            set_some_aside(running)
            yield Sites(running, ended)


def campaigns(shelf: Path) -> Path:
    """A folder with a petition to a governor, and with a paused and a won campaign."""
    shutil.copytree(example_campaigns() / "school-taps", shelf / "school-taps")
    for state in ("paused", "won"):
        shutil.copytree(shipped_campaigns() / "hketo", shelf / state)
        file = shelf / state / "campaign.toml"
        text = file.read_text("utf-8").replace('state = "live"', f'state = "{state}"')
        file.write_text(text.replace('slug = "hketo"', f'slug = "{state}"'), "utf-8")
    return shelf


def place_the_widget(served: Served) -> None:
    """Let a labelled widget come into view, and a site ask that may not show it."""
    address = f"{served.origin}/w/{served.token}"
    framed = {"Sec-Fetch-Dest": "iframe", "Referer": "https://pages.example.org/"}
    httpx.get(address, headers=framed, trust_env=False)
    httpx.post(f"{address}/shown?source=footer", trust_env=False)


def set_some_aside(served: Served) -> None:
    """Invalidate what came through one label, and hold one more; both desks have to say so."""
    served.command("invalidate", "hketo", "--source", "newsletter", "--yes")
    held = submission("held", partner="harbor-voices", status="held", signs="trap")
    with Store.open(Settings(home=served.home), serving=False) as store:
        store.write(recording(held)).result()


def find(place: str) -> Steps:
    """Ask for a ZIP code."""

    def steps(view: Frame) -> None:
        view.locator(".ask [name=zip]").fill(place)
        view.locator(".ask .go").click()
        view.locator(".stage h2").wait_for()

    return steps


def unfold(kind: str) -> Steps:
    """Open the first legislator's tweet, email or call."""

    def steps(view: Frame) -> None:
        find("94110")(view)
        view.locator(f".card[open] [data-act^={kind}] > summary").click()

    return steps


def address(street: str, place: str = "43215") -> Steps:
    """Ask for a street in a ZIP code that spans two districts."""

    def steps(view: Frame) -> None:
        find(place)(view)
        before = view.locator(".stage h2").inner_text()
        view.locator("#street").fill(street)
        view.locator(".where button").click()
        view.locator(".stage h2").filter(has_not_text=before).wait_for()

    return steps


def leave_the_zip_out(view: Frame) -> None:
    """Press *Find* with nothing typed."""
    view.locator(".ask .go").click()
    view.locator("#zip-fault:not(:empty)").wait_for()


def mistype_the_email(view: Frame) -> None:
    """Ask to be counted with what is no address."""
    find("94110")(view)
    view.locator("#email").fill("ana at example")
    view.locator(".count .go").click()
    view.locator("#email-fault:not(:empty)").wait_for()


def lose_the_line(view: Frame) -> None:
    """Submit while nothing answers."""
    find("94110")(view)
    view.page.route("**/submit*", lambda route: route.abort())
    view.locator(".count .plain").click()
    view.locator(".count .oops:not(:empty)").wait_for()


def be_counted(view: Frame) -> None:
    """Find, open a post, submit."""
    find("94110")(view)
    with view.page.expect_popup() as popup:
        view.locator(".card[open] .post .go").click()
    popup.value.close()
    view.locator(".count .plain").click()
    view.locator(".thanks").wait_for()


def without_scripts(view: Frame) -> None:
    """The answer as a page of its own, as it is when no script runs."""
    view.locator(".ask [name=zip]").fill("94110")
    view.evaluate("document.querySelector('.ask').submit()")
    view.locator(".card").first.wait_for()
    view.evaluate("document.documentElement.classList.remove('js')")


def say_where_they_live(view: Frame) -> None:
    """Find the targets of a campaign that has its own."""
    view.locator(".ask .go").click()
    view.locator(".stage h2").wait_for()


def write_to_the_governor(view: Frame) -> None:
    """Open the letter to the only target."""
    say_where_they_live(view)
    view.locator("[data-act^=email] > summary").click()


def sign(view: Frame) -> None:
    """Find the targets, and sign the petition without details."""
    say_where_they_live(view)
    view.locator(".count .plain").click()
    view.locator(".thanks").wait_for()


def unfold_everything(view: Frame) -> None:
    """Open the explainer and the note for visitors abroad."""
    for summary in view.locator(".about > summary, footer summary").all():
        summary.click()


def unfold_the_table(view: Frame) -> None:
    """Open the table behind the chart, by months."""
    view.locator(".heading a[href*='by=month']").click()
    view.locator(".heading a[aria-current][href*='by=month']").wait_for()
    view.locator("summary").click()


def mistype_a_site(view: Frame) -> None:
    """Add what is no site."""
    view.locator("#site").fill("https://example.org/a/path")
    view.locator(".ask button").click()
    view.locator(".fault").wait_for()


def go_to(page: str) -> Steps:
    """Go to another of the partner's pages."""

    def steps(view: Frame) -> None:
        view.locator(f".bar a[href*='/partner/{page}']").click()
        view.locator(f".bar a[aria-current][href*='/partner/{page}']").wait_for()

    return steps


def check(place: str) -> Steps:
    """Have a page of the demo's own site checked."""

    def steps(view: Frame) -> None:
        go_to("verify")(view)
        origin: str = view.evaluate("location.origin.replace('127.0.0.1', 'localhost')")
        view.locator("#address").fill(f"{origin}{place}")
        view.locator(".ask button").click()
        view.locator(".findings, .fault").first.wait_for()

    return steps


def send_the_numbers(view: Frame) -> None:
    """Set a webhook that is not taken; the demo may have one already."""
    go_to("webhooks")(view)
    view.locator("#url").fill(view.evaluate("location.origin.replace('127.0.0.1', 'localhost')"))
    view.locator(".ask button").click()
    view.locator("#state").wait_for()
    view.locator("form.row button:first-of-type").click()
    view.locator(".fault").wait_for()


def show_a_new_secret(view: Frame) -> None:
    """Have another secret made, which is shown once."""
    send_the_numbers(view)
    view.locator("button[formaction*=renew]").click()
    view.locator(".once-only").wait_for()


def turn_to(page: str) -> Steps:
    """Go to another page of the console."""

    def steps(view: Frame) -> None:
        view.locator(f".bar a[href*='/organiser/{page}']").click()
        view.locator(f".bar a[aria-current][href*='/organiser/{page}']").wait_for()

    return steps


def unfold_the_states(view: Frame) -> None:
    """Open the tables behind the map, which is counted first."""
    view.locator(".map").wait_for()
    for summary in view.locator("summary").all():
        summary.click()


def add_a_bad_partner(view: Frame) -> None:
    """Add a partner whose site is none."""
    turn_to("partners")(view)
    view.locator("#name").fill("Somebody else")
    view.locator("#sites").fill("https://example.org/a/path")
    view.locator(".ask button").click()
    view.locator(".fault").wait_for()


def open_a_partner(view: Frame) -> None:
    """Go to the page of the first partner."""
    turn_to("partners")(view)
    view.locator("th[scope=row] a").first.click()
    view.locator("form[action*='/link']").wait_for()


def make_a_link(view: Frame) -> None:
    """Have a sign-in link made, which is shown once."""
    open_a_partner(view)
    view.locator("form[action*='/link'] button").click()
    view.locator(".given").wait_for()


def revoke_nothing(view: Frame) -> None:
    """Revoke without a choice of what."""
    open_a_partner(view)
    view.locator("a[href*='/revoke']").click()
    view.locator(".choices button").click()
    view.locator("#choice-fault").wait_for()


STATES = (
    State("ask"),
    State("ask, unfolded", unfold_everything),
    State("ask, field error", leave_the_zip_out),
    State("found", find("94110")),
    State("email", unfold("email")),
    State("call", unfold("call")),
    State("choose", find("43215")),
    State("choose, two states", find("57638")),
    State("partial", find("00501")),
    State("vacant seat", find("76932")),
    State("none: malformed", find("2139")),
    State("none: unknown", find("99999")),
    State("none: military", find("09001")),
    State("none: no seat", find("96939")),
    State("none: no match", address(UNKNOWN_STREET)),
    State("unavailable", address("1 Capitol Sq")),
    State("count, field error", mistype_the_email),
    State("count, no line", lose_the_line),
    State("thanks", be_counted),
    State("no scripts", without_scripts),
    State("ended", ended=True),
    State("paused", path="/c/paused"),
    State("won", path="/c/won"),
    State("petition", path="/c/school-taps"),
    State("petition, letter", write_to_the_governor, path="/c/school-taps"),
    State("petition, signed", sign, path="/c/school-taps"),
    State("privacy page", path="/c/hketo/privacy"),
    State("own page", path="/c/hketo"),
    State("error page", path="/c/nothing"),
    State("partner, signed out", path="/partner?link=nothing"),
    State("partner", path="/partner?link={link}"),
    State("partner, months as a table", unfold_the_table, path="/partner?link={link}"),
    State("partner, bad site", mistype_a_site, path="/partner?link={link}"),
    State("partner, snippet", go_to("snippet"), path="/partner?link={link}"),
    State("partner, check a page", go_to("verify"), path="/partner?link={link}"),
    State("partner, page is right", check("/demo/"), path="/partner?link={link}"),
    State("partner, page has no snippet", check("/c/hketo/privacy"), path="/partner?link={link}"),
    State("partner, page is not there", check("/nothing"), path="/partner?link={link}"),
    State("partner, no webhook", go_to("webhooks"), path="/partner?link={link}", ended=True),
    State("partner, webhook fails", send_the_numbers, path="/partner?link={link}"),
    State("partner, webhook's secret", show_a_new_secret, path="/partner?link={link}"),
    State("partner, for the board", go_to("board"), path="/partner?link={link}"),
    State("partner, first day", path="/partner?link={link}", ended=True),
    State("organiser, signed out", path="/organiser?link=nothing"),
    State("organiser", unfold_the_states, path="/organiser?link={console}"),
    State("organiser, first day", path="/organiser?link={console}", ended=True),
    State("organiser, bad site", add_a_bad_partner, path="/organiser?link={console}"),
    State("organiser, link made", make_a_link, path="/organiser?link={console}"),
    State("organiser, revoke nothing", revoke_nothing, path="/organiser?link={console}"),
    State("organiser, campaigns", turn_to("campaigns"), path="/organiser?link={console}"),
    State("organiser, audit", turn_to("audit"), path="/organiser?link={console}"),
    State("organiser, service", turn_to("service"), path="/organiser?link={console}"),
)


def in_turn(states: Sequence[State]) -> list[object]:
    """Each state in each language; one language each in the short form, in turn."""
    return [
        pytest.param(state, language, marks=() if at % len(LANGUAGES) == nth else LONG)
        for at, state in enumerate(states)
        for nth, language in enumerate(LANGUAGES)
    ]
