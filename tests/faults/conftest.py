"""Installations for services that are about to be hurt, one on each engine."""

from pathlib import Path

import pytest

from tests.faults.installation import Installation


@pytest.fixture
def installation(tmp_path: Path) -> Installation:
    """An installation whose data is in its home."""
    return Installation.make(tmp_path / "home")
