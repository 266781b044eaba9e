"""The rosters that tests ask: the packaged one, and one built from a small invented upstream."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.find.upstream import ASSIGNED, UPSTREAM
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
