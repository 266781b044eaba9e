"""Copies of campaigns, to be altered."""

import shutil
from pathlib import Path

import pytest

from tests.campaigns.folders import HKETO, TAPS


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(HKETO, tmp_path / "hketo"))


@pytest.fixture
def taps(tmp_path: Path) -> Path:
    return Path(shutil.copytree(TAPS, tmp_path / "school-taps"))
