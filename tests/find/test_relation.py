"""The Census Bureau's relation file, on an invented sample in its shape."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from widget_server.errors import RosterError
from widget_server.find.build.relation import RELATION, read_relation

SAMPLE = Path(__file__).parent.parent / "data" / "relation-119-sample.txt"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copyfile(SAMPLE, tmp_path / RELATION)
    return tmp_path


@pytest.mark.parametrize(
    ("code", "places"),
    [
        ("94110", "CA-11 CA-15?"),
        ("90245", "CA-36 CA-43"),
        ("82930", "WY-0 UT-1"),
        ("20001", "DC-0"),
        ("96910", "GU-0"),
        ("00601", "PR-0"),
        ("02663", "MA-2"),
    ],
)
def test_places_stand_by_rank_and_slivers_are_marked(folder: Path, code: str, places: str) -> None:
    assert read_relation(folder).zips[code] == places


def test_it_knows_whose_lines_it_describes(folder: Path) -> None:
    assert read_relation(folder).congress == 119


def test_what_is_in_no_zip_or_no_district_is_left_out(folder: Path) -> None:
    assert len(read_relation(folder).zips) == 7


def test_two_overlaps_of_the_same_two_are_one(folder: Path) -> None:
    path = folder / RELATION
    text = path.read_text(encoding="utf-8")
    row = next(line for line in text.splitlines() if "|0615|" in line)
    path.write_text(text + f"{row}\n", encoding="utf-8")
    assert read_relation(folder).zips["94110"] == "CA-11 CA-15"


def cut(text: str) -> str:
    return text[: len(text) - 40]


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (cut, "cut short"),
        (lambda text: text.replace("GEOID_CD119_20", "DISTRICT"), "not the columns"),
        (lambda text: text.replace("AREALAND_PART", "AREA"), "not the columns"),
        (lambda text: text.replace("|0615|", "|0415x|"), "line 3: '0415x' is no district"),
        (lambda text: text.replace("|0615|", "|9915|"), "line 3: '9915' is no district"),
        (lambda text: text.replace("|94110|", "|9411|"), "line 2: '9411' is no ZIP"),
        (lambda text: text.replace("|50000|0\n", "|many|0\n"), "line 3: 'many' is no area"),
        (lambda text: text.replace("|50000|0\n", "\n"), "line 3: None is no area"),
        (lambda text: text.replace("|94110|", f"|{'9' * 200_000}|"), "line 2: field larger"),
        (lambda text: "", "cut short"),
    ],
)
def test_a_damaged_file_is_refused_by_line(
    folder: Path, damage: Callable[[str], str], said: str
) -> None:
    path = folder / RELATION
    path.write_text(damage(path.read_text(encoding="utf-8")), encoding="utf-8")
    with pytest.raises(RosterError, match=said) as refused:
        read_relation(folder)
    assert RELATION in refused.value.sentence
