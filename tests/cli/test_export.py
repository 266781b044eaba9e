"""``threesteps export``: people from envelopes, with the key and not without."""

import csv
import io
import json
from datetime import UTC, datetime
from pathlib import Path
from stat import S_IMODE

import pytest
from sqlalchemy import Connection, select, update

from tests.cli.conftest import Run
from tests.store.rows import recording
from widget_server.campaigns import Campaigns, shipped_campaigns
from widget_server.keys import Keyring
from widget_server.model import Visit
from widget_server.store import Store
from widget_server.store.schema import submissions
from widget_server.submit import SubmitForm, prepare

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
NAMES = ("Ada Lovelace", "=cmd()", '林 "鄭" <script>')


@pytest.fixture(autouse=True)
def submitted(key: Path, home: Path, store: Store) -> None:
    """Three people who agreed, one who did not, and one without a name."""
    campaign = Campaigns.load([shipped_campaigns()]).get("hketo")
    assert campaign
    keyring = Keyring.open(home / "keys")
    forms = [
        *(SubmitForm(f"p{n}@example.org", name, "94110", True) for n, name in enumerate(NAMES)),
        SubmitForm("silent@example.org", "Silent", "94110", updates=False),
        SubmitForm(None),
    ]
    for number, form in enumerate(forms):
        visit = Visit(f"visit-{number}", "hketo", "harbor", 1, "CA", "CA-11")
        store.write(recording(prepare(form, visit, campaign, keyring, "en", NOW))).result()


def rows(text: str) -> list[dict[str, str]]:
    return sorted(csv.DictReader(io.StringIO(text, newline="")), key=lambda row: row["email"])


def test_who_agreed_is_exported(run: Run, key: Path) -> None:
    result = run("export", "hketo", "--key", key)
    assert result.exit_code == 0
    found = rows(result.stdout)
    assert [row["email"] for row in found] == [f"p{n}@example.org" for n in range(3)]
    first = {**found[0], "reference": ""}
    assert first == {
        "reference": "",
        "day": "2026-11-22",
        "partner": "harbor",
        "source": "",
        "email": "p0@example.org",
        "name": "Ada Lovelace",
        "zip": "94110",
        "state": "CA",
        "district": "CA-11",
        "language": "en",
        "updates": "yes",
        "consent": "2026-11-22",
    }


def test_a_name_that_is_a_formula_is_exported_as_text(run: Run, key: Path) -> None:
    found = rows(run("export", "hketo", "--key", key).stdout)
    assert [row["name"] for row in found] == [NAMES[0], "'=cmd()", NAMES[2]]


def test_jsonl_has_a_person_a_line(run: Run, key: Path) -> None:
    result = run("export", "hketo", "--key", key, "--format", "jsonl")
    people = [json.loads(line)["person"] for line in result.stdout.splitlines()]
    assert {person["given_name"] for person in people} == set(NAMES)


def test_only_who_came_since_a_day_is_exported(run: Run, key: Path) -> None:
    assert len(rows(run("export", "hketo", "--key", key, "--since", "2026-11-22").stdout)) == 3
    result = run("export", "hketo", "--key", key, "--since", "2026-11-23")
    assert (result.exit_code, rows(result.stdout)) == (0, [])


def test_only_whom_one_partner_brought_is_exported(run: Run, key: Path) -> None:
    for name in ("Harbor", "Beacon"):
        run("partner", "add", name, "--site", f"{name}.example")
    assert len(rows(run("export", "hketo", "--key", key, "--partner", "harbor").stdout)) == 3
    assert rows(run("export", "hketo", "--key", key, "--partner", "beacon").stdout) == []


def test_an_unknown_partner_is_refused_with_a_sentence(run: Run, key: Path) -> None:
    result = run("export", "hketo", "--key", key, "--partner", "harbour")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "There is no partner 'harbour'" in result.stderr


def test_a_progress_bar_is_not_written_into_a_file(run: Run, key: Path) -> None:
    result = run("export", "hketo", "--key", key)
    assert result.stderr.startswith("3 exported, 0 could not be opened.\n")


def test_a_file_is_private_and_never_overwritten(run: Run, key: Path, tmp_path: Path) -> None:
    out = tmp_path / "people.csv"
    assert run("export", "hketo", "--key", key, "--out", out).exit_code == 0
    assert S_IMODE(out.stat().st_mode) == 0o600
    before = out.read_bytes()
    assert len(rows(before.decode())) == 3
    again = run("export", "hketo", "--key", key, "--out", out)
    assert again.exit_code == 1
    assert "never overwritten" in again.stderr
    assert out.read_bytes() == before


def test_a_place_that_cannot_be_written_is_refused_with_a_sentence(
    run: Run, key: Path, tmp_path: Path
) -> None:
    result = run("export", "hketo", "--key", key, "--out", tmp_path / "nowhere" / "people.csv")
    assert result.exit_code == 1
    assert "cannot be written" in result.stderr


def test_without_the_right_key_nobody_is_exported(run: Run, key: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.key"
    run("campaign", "keys", "hketo", "--out", other, "--rotate")
    result = run("export", "hketo", "--key", other)
    assert result.exit_code == 1
    assert rows(result.stdout) == []
    assert result.stderr.count("sealed to another key") == 3


def test_a_file_of_nobody_is_not_left_behind(run: Run, key: Path, tmp_path: Path) -> None:
    other, out = tmp_path / "other.key", tmp_path / "people.csv"
    run("campaign", "keys", "hketo", "--out", other, "--rotate")
    result = run("export", "hketo", "--key", other, "--out", out)
    assert result.exit_code == 1
    assert "nothing is exported" in result.stderr
    assert not list(tmp_path.glob("people.csv*"))


def swap_two(connection: Connection) -> list[str]:
    """Put two envelopes in each other's rows; returns the references of both."""
    sealed = select(submissions).where(submissions.c.envelope.is_not(None))
    one, two = connection.execute(sealed).all()[:2]
    for row, other in ((one, two), (two, one)):
        connection.execute(
            update(submissions)
            .where(submissions.c.visit == row.visit)
            .values(envelope=other.envelope)
        )
    return [one.reference, two.reference]


def test_swapped_envelopes_are_named_and_the_rest_is_exported(
    run: Run, key: Path, store: Store
) -> None:
    swapped = store.write(swap_two).result()
    result = run("export", "hketo", "--key", key)
    assert result.exit_code == 1
    assert len(rows(result.stdout)) == 1
    assert all(f"{reference}: " in result.stderr for reference in swapped)
    assert "1 exported, 2 could not be opened." in result.stderr


def test_a_file_that_is_no_key_is_refused_with_a_sentence(run: Run, tmp_path: Path) -> None:
    junk = tmp_path / "junk"
    junk.write_text("junk")
    result = run("export", "hketo", "--key", junk)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "not a campaign's private key" in result.stderr


def test_an_unknown_campaign_is_refused_with_a_sentence(run: Run, key: Path) -> None:
    result = run("export", "nothing", "--key", key)
    assert result.exit_code == 1
    assert "no campaign 'nothing'" in result.stderr
