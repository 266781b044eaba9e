from pathlib import Path

from click.testing import CliRunner, Result

from tests.find.upstream import UPSTREAM
from widget_server.cli.roster import roster as command
from widget_server.errors import RosterError
from widget_server.find.tables import PACKAGED


def run(*arguments: str) -> Result:
    return CliRunner().invoke(command, arguments)


def test_building_from_upstream_gives_the_packaged_tables(full: Path, tmp_path: Path) -> None:
    into = tmp_path / "into"
    assert run("build", "--from", str(full), "--into", str(into)).exit_code == 0
    for name in ("seats.csv", "lines.csv", "zips.txt"):
        assert (into / name).read_bytes() == (PACKAGED / name).read_bytes()


def test_implausible_tables_are_not_written(tmp_path: Path) -> None:
    into = tmp_path / "into"
    result = run("build", "--from", str(UPSTREAM), "--into", str(into))
    assert isinstance(result.exception, RosterError)
    assert "seats of the role representative, not 435" in result.exception.sentence
    assert not into.exists()


def test_a_table_of_zips_cut_at_a_line_is_not_written(full: Path, tmp_path: Path) -> None:
    lines = (full / "zccd.csv").read_bytes().splitlines(keepends=True)
    (full / "zccd.csv").write_bytes(b"".join(lines[: len(lines) // 2]))
    result = run("build", "--from", str(full), "--into", str(tmp_path / "into"))
    assert isinstance(result.exception, RosterError)
    assert "ZIPs have a district" in result.exception.sentence


def test_check_says_what_the_tables_hold() -> None:
    result = run("check")
    assert result.exit_code == 0
    for fact in ("2026-09-02", "2 (FL-20, TX-23)", "435", "41,752", "Everything is plausible."):
        assert fact in result.output
