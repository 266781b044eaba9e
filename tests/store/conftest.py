"""A real database in a folder of its own; the engine's name is in the test's id."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from widget_server.settings import Settings
from widget_server.store import Store


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """An installation that nobody else uses."""
    return Settings(home=tmp_path / "home", keys=tmp_path / "home" / "keys")


@pytest.fixture(params=["sqlite"])
def store(settings: Settings) -> Iterator[Store]:
    """The store of a running service."""
    with Store.open(settings, serving=True) as opened:
        yield opened
