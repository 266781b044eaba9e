"""The rosters that tests ask: the packaged one, and one built from a small invented upstream."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.find.publisher import Publisher, publishing
from tests.find.upstream import ASSIGNED, UPSTREAM, write_upstream
from widget_server.find.build.gather import gather
from widget_server.find.roster import Roster
from widget_server.find.tables import PACKAGED, Tables, read_tables


@pytest.fixture
def now() -> datetime:
    return datetime(2026, 11, 22, 15, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def roster() -> Roster:
    return Roster.load()


@pytest.fixture(scope="session")
def packaged() -> Tables:
    return read_tables(PACKAGED)


@pytest.fixture
def upstream(tmp_path: Path) -> Path:
    """A copy of the invented upstream files, to break."""
    return shutil.copytree(UPSTREAM, tmp_path / "upstream")


@pytest.fixture
def sample() -> Tables:
    return gather(UPSTREAM, ASSIGNED)


@pytest.fixture
def sample_roster(sample: Tables) -> Roster:
    return Roster(sample)


@pytest.fixture(scope="session")
def pristine(tmp_path_factory: pytest.TempPathFactory, packaged: Tables) -> Path:
    folder = tmp_path_factory.mktemp("pristine")
    write_upstream(packaged, folder)
    return folder


@pytest.fixture
def full(pristine: Path, tmp_path: Path) -> Path:
    """Upstream files that say what the packaged tables say, to change."""
    return shutil.copytree(pristine, tmp_path / "full")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """The home folder of an installation that was never synced."""
    return tmp_path / "home"


@pytest.fixture
def publisher(full: Path) -> Iterator[Publisher]:
    """Serves ``full``."""
    with publishing(full) as running:
        yield running
