import shutil
from pathlib import Path

import pytest

from widget_server.errors import RosterError
from widget_server.find.roster import Roster
from widget_server.find.tables import PACKAGED, Tables, read_tables, write_tables

FILES = ("about.toml", "seats.csv", "lines.csv", "zips.txt")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return shutil.copytree(PACKAGED, tmp_path / "tables")


def test_tables_come_back_as_they_were_written(sample: Tables, tmp_path: Path) -> None:
    write_tables(sample, tmp_path)
    assert read_tables(tmp_path) == sample


def test_the_packaged_tables_are_as_the_code_writes_them(packaged: Tables, tmp_path: Path) -> None:
    write_tables(packaged, tmp_path)
    for name in FILES:
        assert (tmp_path / name).read_bytes() == (PACKAGED / name).read_bytes()


def test_the_packaged_tables_are_small() -> None:
    assert sum((PACKAGED / name).stat().st_size for name in FILES) <= 600_000


@pytest.mark.parametrize("name", FILES)
def test_a_missing_table_is_named(folder: Path, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(RosterError, match=name):
        Roster.load(folder)


@pytest.mark.parametrize("name", ["seats.csv", "lines.csv", "zips.txt", "about.toml"])
def test_a_table_cut_short_is_named(folder: Path, name: str) -> None:
    content = (folder / name).read_bytes().rstrip()
    (folder / name).write_bytes(content[: content.rindex(b"\n") + 3])
    with pytest.raises(RosterError, match=name):
        Roster.load(folder)


@pytest.mark.parametrize(
    ("name", "content"), [("zips.txt", b"\x80"), ("seats.csv", b"x" * 200_000)]
)
def test_a_table_that_is_no_text_or_no_csv_is_refused(
    folder: Path, name: str, content: bytes
) -> None:
    (folder / name).write_bytes(content)
    with pytest.raises(RosterError, match=r"A table in .* cannot be read"):
        Roster.load(folder)


@pytest.mark.parametrize("line", ["94110", "94110 CA-11 ", "9411 CA-11", "94110 California"])
def test_a_line_that_is_no_zip_and_places_is_named(folder: Path, line: str) -> None:
    (folder / "zips.txt").write_text(f"00501 NY\n{line}\n")
    with pytest.raises(RosterError, match=r"zips\.txt, line 2"):
        Roster.load(folder)


def test_a_seat_with_an_unknown_role_is_named(folder: Path) -> None:
    path = folder / "seats.csv"
    path.write_text(path.read_text().replace("AK-0,,representative", "AK-0,,president"))
    with pytest.raises(RosterError, match=r"seats\.csv, line 2: 'president' is no role"):
        Roster.load(folder)


def test_a_table_with_other_columns_is_named(folder: Path) -> None:
    (folder / "lines.csv").write_text("state,from,to\n")
    with pytest.raises(RosterError, match=r"lines\.csv, line 1"):
        Roster.load(folder)
