"""What was committed gets into the file, and the log does not grow for ever."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from functools import partial
from pathlib import Path

import pytest

from tests.patience import becomes
from tests.store.rows import adding, stored
from widget_server.settings import Settings
from widget_server.store import Store, checkpoints

PAGE = 4096


@pytest.fixture
def eager(in_a_file: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """A store that begins a checkpoint whenever it can."""
    monkeypatch.setattr(checkpoints, "PERIOD_SECONDS", 0.0)
    with Store.open(in_a_file, serving=True) as store:
        yield store


def gets_into_the_file(number: int, store: Store, settings: Settings, copy: Path) -> bool:
    """Whether the file itself, without its log, holds so many submissions after another turn.

    A checkpoint that is still running when a turn is over leaves what is new to the next.
    """
    store.write(lambda _: None).result()
    copy.write_bytes((settings.home / "threesteps.db").read_bytes())
    with closing(sqlite3.connect(copy)) as database, suppress(sqlite3.Error):
        (count,) = database.execute("SELECT count(*) FROM submissions").fetchone()
        return bool(count == number)
    return False


def length(settings: Settings) -> int:
    """Frames that the log has room for."""
    return (settings.home / "threesteps.db-wal").stat().st_size // PAGE


def test_what_was_committed_gets_into_the_file_while_the_service_runs(
    in_a_file: Settings, eager: Store, tmp_path: Path
) -> None:
    eager.write(adding("a")).result()
    assert becomes(partial(gets_into_the_file, 1, eager, in_a_file, tmp_path / "copy"))


def test_a_log_begins_anew_when_all_of_it_was_moved(
    in_a_file: Settings, eager: Store, tmp_path: Path
) -> None:
    lengths, copy = [], tmp_path / "copy"
    for number in range(60):
        eager.write(adding(f"{number}")).result()
        assert becomes(partial(gets_into_the_file, number + 1, eager, in_a_file, copy))
        lengths.append(length(in_a_file))
    assert lengths[-1] == lengths[10]


def test_a_long_log_is_cut_under_a_load_that_never_pauses(
    in_a_file: Settings, eager: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checkpoints, "MAX_FRAMES", 300)
    waiting = [eager.write(adding(f"{number}")) for number in range(20)]
    for number in range(20, 3000):
        waiting.append(eager.write(adding(f"{number}")))
        waiting.pop(0).result()
    for future in waiting:
        future.result()
    assert stored(eager) == 3000
    assert length(in_a_file) < 3000
