"""Asking members' sites for their contact page, politely, of a real local server."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx
import pytest

from widget_server.find.roster import Roster
from widget_server.find.sync.look import Looker, Manners, is_public
from widget_server.model import Legislator
from widget_server.settings import USER_AGENT

PAGE = (200, "text/html; charset=utf-8", "")
NOT_FOUND = (404, "text/html", "")


@dataclass
class Site:
    """``answers`` maps a path to status, type and where it leads."""

    origin: str = ""
    answers: dict[str, tuple[int, str, str]] = field(default_factory=dict)
    robots: str | None = None
    paths: list[str] = field(default_factory=list)
    agents: set[str] = field(default_factory=set)


@contextmanager
def running() -> Iterator[Site]:
    site = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.paths.append(self.path)
            site.agents.add(self.headers["User-Agent"])
            status, kind, leads_to = site.answers.get(self.path, NOT_FOUND)
            body = b"<p>Write to me.</p>"
            if self.path == "/robots.txt" and site.robots is not None:
                status, kind, body = 200, "text/plain", site.robots.encode()
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            if leads_to:
                self.send_header("Location", leads_to)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    site.origin = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture
def site() -> Iterator[Site]:
    with running() as one:
        yield one


@pytest.fixture
def looker() -> Iterator[Looker]:
    """The real rules, but for a server of this machine and with a short pause."""
    manners = Manners("http", ("127.0.0.1",), lambda host, port: True, pause_seconds=0.05)
    with httpx.Client(headers={"User-Agent": USER_AGENT}, trust_env=False) as client:
        yield Looker(client, manners)


@pytest.fixture
def person(site: Site, roster: Roster, now: datetime) -> Legislator:
    member = roster.delegation("WY", None, now).legislators[0]
    return replace(member, website=site.origin, contact_form=None)


def test_the_first_page_that_answers_is_kept(
    site: Site, looker: Looker, person: Legislator
) -> None:
    site.answers = {"/contact-me": PAGE, "/email-me": PAGE}
    assert looker.contact_page(person) == f"{site.origin}/contact-me"
    assert site.paths == ["/robots.txt", "/contact", "/contact/email-me", "/contact-me"]


def test_we_say_who_we_are(site: Site, looker: Looker, person: Legislator) -> None:
    looker.contact_page(person)
    assert site.agents == {USER_AGENT}


@pytest.mark.parametrize(
    "answer", [(200, "application/pdf", ""), (500, "text/html", ""), (403, "text/html", "")]
)
def test_only_a_page_counts(
    site: Site, looker: Looker, person: Legislator, answer: tuple[int, str, str]
) -> None:
    site.answers = {"/contact": answer}
    assert looker.contact_page(person) is None


def test_what_robots_may_not_see_is_not_asked_for(
    site: Site, looker: Looker, person: Legislator
) -> None:
    site.robots = "User-agent: *\nDisallow: /contact\n"
    site.answers = {"/contact": PAGE, "/email-me": PAGE}
    assert looker.contact_page(person) == f"{site.origin}/email-me"
    assert site.paths == ["/robots.txt", "/email-me"]


def test_a_site_whose_robots_txt_is_out_of_order_is_left_alone(
    site: Site, looker: Looker, person: Legislator
) -> None:
    site.answers = {"/robots.txt": (503, "text/plain", ""), "/contact": PAGE}
    assert looker.contact_page(person) is None
    assert site.paths == ["/robots.txt"]


def test_a_redirect_on_the_same_host_is_followed(
    site: Site, looker: Looker, person: Legislator
) -> None:
    site.answers = {"/contact": (301, "text/html", "/contact/"), "/contact/": PAGE}
    assert looker.contact_page(person) == f"{site.origin}/contact/"


def test_the_first_page_of_a_site_is_no_contact_page(
    site: Site, looker: Looker, person: Legislator
) -> None:
    site.answers = {"/contact": (302, "text/html", "/"), "/": PAGE, "/contact-me": PAGE}
    assert looker.contact_page(person) == f"{site.origin}/contact-me"


def test_a_redirect_to_another_host_is_not(site: Site, looker: Looker, person: Legislator) -> None:
    with running() as other:
        site.answers = {"/contact": (302, "text/html", f"{other.origin}/contact")}
        assert looker.contact_page(person) is None
        assert other.paths == []


def test_redirects_in_a_circle_end(site: Site, looker: Looker, person: Legislator) -> None:
    site.answers = {"/contact": (302, "text/html", "/contact")}
    assert looker.contact_page(person) is None


def test_a_host_is_asked_no_faster_than_the_pause(
    site: Site, looker: Looker, person: Legislator
) -> None:
    begin = time.monotonic()
    looker.contact_page(person)
    assert len(site.paths) == 6
    assert time.monotonic() - begin >= 5 * looker.manners.pause_seconds


@pytest.mark.parametrize(
    "website",
    [
        None,
        "http://pelosi.house.gov",
        "https://pelosi.house.gov.example.org",
        "https://127.0.0.1",
        "https://localhost",
        "https://house.gov.evil.example/.house.gov",
        "https://pelosi.house.gov:port",
    ],
)
def test_only_official_hosts_are_asked(person: Legislator, website: str | None) -> None:
    with httpx.Client(transport=httpx.MockTransport(_refuse)) as client:
        looker = Looker(client, Manners(may_connect=lambda host, port: True))
        assert looker.contact_page(replace(person, website=website)) is None


def _refuse(request: httpx.Request) -> httpx.Response:
    raise AssertionError(f"{request.url} was asked")


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "10.0.0.8", "169.254.169.254", "::1"])
def test_private_addresses_are_not_public(host: str) -> None:
    assert not is_public(host, 443)


def test_a_global_address_is_public() -> None:
    assert is_public("198.41.0.4", 443)
