"""``threesteps campaign refresh`` against a folder and against a real server."""

import json
import logging
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from tests.cli.conftest import Run
from tests.cli.congress import HOUSE, SAMPLES, SENATE, Congress, people, recorded, serving
from widget_server.campaigns import Bill, Campaigns, shipped_campaigns

NOW = "2026-11-22T12:00:00Z"
TODAY = date(2026, 11, 22)
KEY = "abcdef0123456789secret"
Refresh = Callable[..., Result]


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    """A folder of own campaigns with a copy of the shipped one."""
    shutil.copytree(shipped_campaigns() / "hketo", tmp_path / "shelf" / "hketo")
    return tmp_path / "shelf"


@pytest.fixture
def stances(shelf: Path) -> Path:
    return shelf / "hketo" / "stances.csv"


@pytest.fixture
def congress() -> Iterator[Congress]:
    with serving(Congress()) as running:
        yield running


@pytest.fixture
def refresh(run: Run, shelf: Path) -> Refresh:
    """Refresh the copy, from a folder or an address."""

    def run_one(source: object, *options: str, **environment: str) -> Result:
        environ = {"campaigns": str(shelf), "now": NOW, **environment}
        return run("campaign", "refresh", "hketo", "--from", source, *options, **environ)

    return run_one


def bills(shelf: Path) -> tuple[Bill, ...]:
    campaign = Campaigns.load([shelf]).get("hketo")
    assert campaign
    return campaign.bills


@pytest.mark.parametrize("shape", ["live", "converted"])
def test_both_shapes_of_the_answers_say_the_same(refresh: Refresh, shelf: Path, shape: str) -> None:
    assert refresh(SAMPLES / shape).exit_code == 0
    house, senate = bills(shelf)
    assert {each.person: each.stance for each in house.signers.values()} == {
        "S000522": "sponsor",
        "M000312": "cosponsor",
        "R000622": "cosponsor",
        "A000001": "cosponsor",
    }
    assert senate.stance("M001176") == "sponsor"
    assert len(senate.signers) == 6
    assert (house.as_of, senate.as_of) == (TODAY, TODAY)


def test_a_server_and_a_folder_give_the_same_file(
    refresh: Refresh, stances: Path, congress: Congress
) -> None:
    refresh(SAMPLES / "live")
    from_folder = stances.read_bytes()
    stances.unlink()
    assert refresh(congress.origin).exit_code == 0
    assert stances.read_bytes() == from_folder


def test_a_row_leads_to_the_page_that_says_so(refresh: Refresh, stances: Path) -> None:
    refresh(SAMPLES / "live")
    page = "https://www.congress.gov/bill/119th-congress/house-bill/2661"
    rows = stances.read_text("utf-8").splitlines()
    assert f"S000522,H.R. 2661,sponsor,{page},2026-11-22" in rows
    assert f"A000001,H.R. 2661,cosponsor,{page}/cosponsors,2026-11-22" in rows


def test_it_says_who_signed_on_and_who_withdrew(refresh: Refresh, stances: Path) -> None:
    result = refresh(SAMPLES / "live")
    assert result.stdout.splitlines() == [
        "H.R. 2661: 4 stand behind it as of 2026-11-22.",
        "  + A000001 signed on.",
        "  - John R. Moolenaar withdrew.",
        "S. 3655: 6 stand behind it as of 2026-11-22.",
        f"Wrote {stances}",
    ]


def test_recorded_answers_have_the_day_they_are_from(refresh: Refresh, shelf: Path) -> None:
    assert refresh(SAMPLES / "live", "--as-of", "2026-10-01").exit_code == 0
    assert {bill.as_of for bill in bills(shelf)} == {date(2026, 10, 1)}


def test_every_request_asks_for_json_in_the_longest_pages(
    refresh: Refresh, congress: Congress
) -> None:
    refresh(congress.origin)
    assert [path for path, _, _ in congress.asked] == [
        HOUSE,
        f"{HOUSE}/cosponsors",
        SENATE,
        f"{SENATE}/cosponsors",
    ]
    assert all(query["format"] == "json" for _, query, _ in congress.asked)
    assert all(query["limit"] == "250" for _, query, _ in congress.asked)


def test_the_key_is_in_a_header_and_nowhere_else(
    refresh: Refresh, congress: Congress, home: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    result = refresh(congress.origin, congress_api_key=KEY)
    assert all(headers["X-Api-Key"] == KEY for _, _, headers in congress.asked)
    assert not [query for _, query, _ in congress.asked if KEY in str(query)]
    assert KEY not in result.output + caplog.text
    assert not [file for file in home.rglob("*") if file.is_file() and KEY in file.read_text()]


def test_a_redirect_does_not_take_the_key_elsewhere(refresh: Refresh, congress: Congress) -> None:
    congress.answers[HOUSE] = (302, b"")
    assert refresh(congress.origin, congress_api_key=KEY).exit_code == 1
    assert [path for path, _, _ in congress.asked] == [HOUSE]


def test_without_a_key_congress_is_not_asked(run: Run) -> None:
    result = run("campaign", "refresh", "hketo", now=NOW)
    assert result.exit_code == 1
    assert "https://api.congress.gov/sign-up/" in result.stderr


def test_the_key_is_not_sent_unencrypted(refresh: Refresh) -> None:
    result = refresh("http://congress.example", congress_api_key=KEY)
    assert result.exit_code == 1
    assert "unencrypted" in result.stderr
    assert KEY not in result.output


@pytest.mark.parametrize("page", [250, 100])
def test_all_pages_are_read(refresh: Refresh, shelf: Path, congress: Congress, page: int) -> None:
    congress.page = page
    congress.cosponsors[f"{HOUSE}/cosponsors"] = people(431)
    assert refresh(congress.origin, "--force").exit_code == 0
    assert len(bills(shelf)[0].signers) == 432


def test_full_pages_without_pagination_are_followed(
    refresh: Refresh, shelf: Path, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(SAMPLES / "converted", tmp_path / "answers"))
    for name, part in (("", people(300)[:250]), ("-250", people(300)[250:])):
        file = folder / f"bill-119-hr-2661-cosponsors{name}.json"
        file.write_text(json.dumps({"cosponsors": part}), "utf-8")
    assert refresh(folder, "--force").exit_code == 0
    assert len(bills(shelf)[0].signers) == 301


def test_a_bill_may_have_no_cosponsor_yet(
    refresh: Refresh, shelf: Path, stances: Path, congress: Congress
) -> None:
    stances.unlink()
    congress.cosponsors[f"{HOUSE}/cosponsors"] = []
    assert refresh(congress.origin).exit_code == 0
    assert [*bills(shelf)[0].signers] == ["S000522"]


GOOD = recorded(f"{SENATE}/cosponsors")


@pytest.mark.parametrize(
    ("status", "body", "sentence"),
    [
        (200, b"<?xml version='1.0'?><api-root/>", "XML or a web page"),
        (200, b"\n<!doctype html><title>Busy</title>", "XML or a web page"),
        (200, GOOD[: len(GOOD) // 2], "cut short"),
        (200, b"", "cut short"),
        (200, b"[" * 100_000, "cut short"),
        (200, b"null", "another shape"),
        (200, b"[]", "another shape"),
        (200, b"{}", "no list of people"),
        (200, b'{"cosponsors": "none"}', "no list of people"),
        (200, b'{"cosponsors": [[]]}', "no list of people"),
        (200, b'{"cosponsors": [{"fullName": "Rep. A"}]}', "without a Bioguide id"),
        (200, b'{"cosponsors": [], "pagination": {"count": "many"}}', "pagination"),
        (200, b'{"cosponsors": [], "pagination": {"count": 5}}', "Only 0 of 5"),
        (200, b'{"cosponsors": []}', "S. 3655 would lose 5 of its 5 cosponsors."),
        (301, b"", "(301)"),
        (403, b'{"error": {"code": "API_KEY_MISSING"}}', "THREESTEPS_CONGRESS_API_KEY. (403)"),
        (404, b"{}", "There is no such bill. (404)"),
        (429, b"{}", "try again in an hour. (429)"),
        (500, b"oops", "(500)"),
    ],
)
def test_a_bad_answer_changes_nothing(
    refresh: Refresh, stances: Path, congress: Congress, status: int, body: bytes, sentence: str
) -> None:
    before = stances.read_bytes()
    congress.answers[f"{SENATE}/cosponsors"] = (status, body)
    result = refresh(congress.origin)
    assert result.exit_code == 1
    assert sentence in result.stderr
    assert "Traceback" not in result.output
    assert stances.read_bytes() == before


def bill(**changes: Any) -> bytes:
    """The recorded answer about the House's bill, altered."""
    answer = json.loads(recorded(HOUSE))
    answer["bill"].update(changes)
    return json.dumps(answer).encode()


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (b"{}", "has no bill"),
        (bill(number="2662"), "about another bill: 119 hr 2662"),
        (bill(congress=118), "about another bill: 118 hr 2661"),
        (bill(sponsors=[]), "names no sponsor"),
        (bill(sponsors=None), "no list of people"),
    ],
)
def test_a_bad_answer_about_a_bill_changes_nothing(
    refresh: Refresh, stances: Path, congress: Congress, body: bytes, sentence: str
) -> None:
    before = stances.read_bytes()
    congress.answers[HOUSE] = (200, body)
    result = refresh(congress.origin)
    assert (result.exit_code, sentence in result.stderr) == (1, True)
    assert stances.read_bytes() == before


def test_pages_without_end_are_left(refresh: Refresh, congress: Congress) -> None:
    endless = {"cosponsors": people(250), "pagination": {"next": "more"}}
    congress.answers[f"{HOUSE}/cosponsors"] = (200, json.dumps(endless).encode())
    assert "The pages do not end." in refresh(congress.origin).stderr


def test_a_service_that_is_down_changes_nothing(
    refresh: Refresh, stances: Path, free_port: int
) -> None:
    before = stances.read_bytes()
    result = refresh(f"http://127.0.0.1:{free_port}")
    assert (result.exit_code, "There was no answer" in result.stderr) == (1, True)
    assert stances.read_bytes() == before


@pytest.mark.parametrize("source", ["nowhere", "http://a:b", "ftp://example.org"])
def test_a_source_that_is_neither_folder_nor_address_is_named(
    refresh: Refresh, source: str
) -> None:
    result = refresh(source)
    assert (result.exit_code, source in result.stderr) == (1, True)


def test_a_folder_without_the_bill_is_named(refresh: Refresh, tmp_path: Path) -> None:
    result = refresh(tmp_path)
    assert "bill-119-hr-2661.json cannot be read" in result.stderr


def test_losing_most_cosponsors_is_refused_unless_forced(
    refresh: Refresh, shelf: Path, congress: Congress
) -> None:
    congress.cosponsors[f"{SENATE}/cosponsors"] = [{"bioguideId": "K000384"}, *people(9)]
    refused = refresh(congress.origin)
    assert refused.exit_code == 1
    assert "S. 3655 would lose 4 of its 5 cosponsors." in refused.stderr
    assert len(bills(shelf)[1].signers) == 6
    assert refresh(congress.origin, "--force").exit_code == 0
    assert len(bills(shelf)[1].signers) == 11


def test_older_answers_are_refused(refresh: Refresh, stances: Path) -> None:
    before = stances.read_bytes()
    result = refresh(SAMPLES / "live", "--as-of", "2026-05-01")
    assert "H.R. 2661 is known as of 2026-06-01; these answers are older." in result.stderr
    assert stances.read_bytes() == before


def test_an_unknown_campaign_is_named(run: Run) -> None:
    result = run("campaign", "refresh", "nothing", "--from", SAMPLES / "live", now=NOW)
    assert (result.exit_code, "no campaign 'nothing'" in result.stderr) == (1, True)


def test_a_campaign_with_mistakes_is_mended_first(refresh: Refresh, stances: Path) -> None:
    stances.write_text("<html>", "utf-8")
    result = refresh(SAMPLES / "live")
    assert (result.exit_code, f"{stances}:1: The first line" in result.stderr) == (1, True)
    assert stances.read_text("utf-8") == "<html>"


def test_doctor_has_nothing_more_to_say_afterwards(refresh: Refresh, run: Run, shelf: Path) -> None:
    assert "stands behind H.R. 2661" in run("doctor", campaigns=str(shelf), now=NOW).stdout
    refresh(SAMPLES / "live")
    assert "stands behind H.R. 2661" not in run("doctor", campaigns=str(shelf), now=NOW).stdout
