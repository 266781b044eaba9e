"""The upstream files from a real local server: conditional, bounded, refused by name."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest

from tests.find.publisher import Publisher
from widget_server.errors import RosterError
from widget_server.find.sync.fetch import PUBLICATIONS, fetch
from widget_server.find.sync.renew import renew
from widget_server.find.versions import Versions
from widget_server.settings import USER_AGENT

LEGISLATORS = "legislators-current.json"
FILES = [publication.file for publication in PUBLICATIONS]


@pytest.fixture
def into(tmp_path: Path) -> Path:
    folder = tmp_path / "into"
    folder.mkdir()
    return folder


def refusal(origin: str, into: Path) -> str:
    with pytest.raises(RosterError) as refused:
        fetch(origin, None, into)
    return refused.value.sentence


def test_every_file_comes_as_it_was_sent(publisher: Publisher, full: Path, into: Path) -> None:
    fetch(publisher.origin, None, into)
    for name in FILES:
        assert (into / name).read_bytes() == (full / name).read_bytes()


def test_we_say_who_we_are(publisher: Publisher, into: Path) -> None:
    fetch(publisher.origin, None, into)
    assert publisher.agents == {USER_AGENT}


def test_what_has_not_changed_is_not_sent_again(publisher: Publisher, into: Path) -> None:
    fetch(publisher.origin, None, into)
    again = into.parent / "again"
    again.mkdir()
    publisher.sent.clear()
    fetch(publisher.origin, into, again)
    assert publisher.sent == [(name, 304) for name in FILES]
    assert (again / LEGISLATORS).read_bytes() == (into / LEGISLATORS).read_bytes()


def test_a_copy_from_elsewhere_is_no_reason_not_to_ask(publisher: Publisher, into: Path) -> None:
    fetch(str(publisher.folder), None, into)
    again = into.parent / "again"
    again.mkdir()
    fetch(publisher.origin, into, again)
    assert {status for _, status in publisher.sent} == {200}


def test_the_day_of_a_mirror_is_not_the_day_of_the_list(publisher: Publisher, into: Path) -> None:
    assert fetch(publisher.origin, None, into) is None


def test_a_file_cut_on_the_way_is_named(publisher: Publisher, into: Path) -> None:
    publisher.cut = True
    assert LEGISLATORS in refusal(publisher.origin, into)


@pytest.mark.parametrize("status", [301, 304, 403, 404, 500])
def test_any_other_answer_is_named(publisher: Publisher, into: Path, status: int) -> None:
    publisher.status = status
    sentence = refusal(publisher.origin, into)
    assert LEGISLATORS in sentence
    assert str(status) in sentence


def test_nobody_at_the_address_is_named(into: Path, free_port: int) -> None:
    assert LEGISLATORS in refusal(f"http://127.0.0.1:{free_port}", into)


def test_an_address_that_is_none_is_named(into: Path) -> None:
    assert LEGISLATORS in refusal("http://127.0.0.1:port", into)


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_far_too_small_is_named(
    publisher: Publisher, full: Path, into: Path, name: str
) -> None:
    (full / name).write_bytes(b"[]\n")
    assert f"{name}: 3 bytes" in refusal(publisher.origin, into)


def test_a_missing_file_of_a_folder_is_named(full: Path, into: Path) -> None:
    (full / LEGISLATORS).unlink()
    assert LEGISLATORS in refusal(str(full), into)


def test_progress_is_shown_for_every_file(publisher: Publisher, into: Path) -> None:
    seen: dict[str, tuple[int, int | None]] = {}
    fetch(
        publisher.origin, None, into, lambda name, size, whole: seen.update({name: (size, whole)})
    )
    assert list(seen) == FILES
    assert all(size == whole for size, whole in seen.values())


def cut_in_two(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])


def cut_at_a_line(path: Path) -> None:
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[: len(lines) * 49 // 50]))


def as_a_page(path: Path) -> None:
    path.write_bytes(b"<!doctype html>" + b"<p>Sorry.</p>\n" * 10_000)


@pytest.mark.parametrize(
    ("name", "damage", "said"),
    [
        (LEGISLATORS, cut_in_two, LEGISLATORS),
        ("legislators-social-media.json", cut_in_two, "legislators-social-media.json"),
        ("zccd.csv", cut_in_two, "zccd.csv"),
        ("zccd.csv", cut_at_a_line, "ZIPs have lost their district"),
        (LEGISLATORS, as_a_page, LEGISLATORS),
        ("zccd.csv", as_a_page, "zccd.csv"),
    ],
)
def test_a_damaged_file_is_refused_by_name_and_changes_nothing(
    publisher: Publisher,
    home: Path,
    now: datetime,
    name: str,
    damage: Callable[[Path], None],
    said: str,
) -> None:
    damage(publisher.folder / name)
    with pytest.raises(RosterError, match=said):
        renew(home, now, publisher.origin)
    assert Versions.of(home).current() is None
    assert not list((home / "roster").glob("incoming-*"))


def test_a_second_sync_asks_conditionally_and_is_a_version_of_its_own(
    publisher: Publisher, home: Path, now: datetime
) -> None:
    renew(home, now, publisher.origin)
    first = Versions.of(home).current()
    publisher.sent.clear()
    tables = renew(home, now, publisher.origin).tables
    assert {status for _, status in publisher.sent} == {304}
    assert Versions.of(home).current() != first
    assert tables.as_of == date(2026, 9, 2)
