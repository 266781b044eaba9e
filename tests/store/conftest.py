"""Real databases, each in a place of its own; the engine's name is in the test's id."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from widget_server.settings import Settings
from widget_server.store import Store


@pytest.fixture
def settings(tmp_path: Path, database_url: str | None) -> Settings:
    """An installation on each engine, which nobody else uses."""
    home = tmp_path / "home"
    return Settings(home=home, keys=home / "keys", database_url=database_url)


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    """The store of a running service, on each engine."""
    with Store.open(settings, serving=True) as opened:
        yield opened


@pytest.fixture
def in_a_file(tmp_path: Path) -> Settings:
    """An installation on SQLite."""
    return Settings(home=tmp_path / "home", keys=tmp_path / "home" / "keys")


@pytest.fixture
def sqlite(in_a_file: Settings) -> Iterator[Store]:
    """The store of a running service on SQLite."""
    with Store.open(in_a_file, serving=True) as opened:
        yield opened
