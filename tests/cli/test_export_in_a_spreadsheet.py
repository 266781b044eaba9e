"""``threesteps export``, opened in LibreOffice: nothing that a visitor typed is calculated."""

import csv
import xml.etree.ElementTree as ElementTree
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.report.hostile import NAMES
from tests.store.rows import recording
from tools import office
from widget_server.campaigns import Campaigns, shipped_campaigns
from widget_server.keys import Keyring
from widget_server.model import Visit
from widget_server.store import Store
from widget_server.submit import SubmitForm, prepare

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
FORMULA = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}formula"

#: How LibreOffice is told to read CSV: separators, quotes, UTF-8 (76), from line 1, each column
#: as it comes; quoted cells are no text, special numbers are detected, formulas are evaluated.
#: https://help.libreoffice.org/latest/en-US/text/shared/guide/csv_params.html
READING = "CSV:{},{},76,1,,0,false,true,false,false,false,-1,true"
SETTINGS = {
    "comma": ("44", "34"),
    "semicolon": ("59", "34"),
    "tab": ("9", "34"),
    "comma, semicolon, tab and bar": ("44/59/9/124", "34"),
    "semicolon and apostrophes": ("59", "39"),
    "all of them without quotes": ("44/59/9/124", "0"),
}


@pytest.fixture
def exported(tmp_path: Path, home: Path, run: Run, store: Store) -> Path:
    """What the command writes of everybody whose name wants to be a formula."""
    key, out = tmp_path / "hketo.key", tmp_path / "exported.csv"
    run("campaign", "keys", "hketo", "--out", key)
    campaign = Campaigns.load([shipped_campaigns()]).get("hketo")
    assert campaign
    keyring = Keyring.open(home / "keys")
    for number, name in enumerate(NAMES):
        form = SubmitForm(f"p{number}@example.org", name, "94110", updates=True)
        visit = Visit(f"visit-{number}", "hketo", "harbor", 1, "CA", "CA-11")
        store.write(recording(prepare(form, visit, campaign, keyring, "en", NOW))).result()
    assert run("export", "hketo", "--key", key, "--out", out).exit_code == 0
    return out


@pytest.fixture
def careless(tmp_path: Path) -> Path:
    """The same names in a file that nobody made harmless."""
    path = tmp_path / "careless.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, quoting=csv.QUOTE_ALL).writerows(["x", name, "y"] for name in NAMES)
    return path


@pytest.mark.parametrize(("separators", "quotes"), SETTINGS.values(), ids=SETTINGS)
def test_no_name_is_a_formula(
    exported: Path, careless: Path, tmp_path: Path, separators: str, quotes: str
) -> None:
    office.convert([exported, careless], "fods", READING.format(separators, quotes), tmp_path)
    assert formulas(tmp_path / "careless.fods")
    assert formulas(tmp_path / "exported.fods") == []


def formulas(document: Path) -> list[str]:
    """What LibreOffice would calculate."""
    elements = ElementTree.parse(document).iter()
    return [element.attrib[FORMULA] for element in elements if FORMULA in element.attrib]
