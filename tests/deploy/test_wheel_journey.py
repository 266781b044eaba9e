"""The whole main job once more, against the wheel in an empty environment and an empty folder."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.test_three_steps import (
    test_find_tweet_email_and_submit_count_one_of_each as test_every_step_counts,
)
from tests.journeys.test_three_steps import (
    test_the_same_journey_without_scripts as test_every_step_counts_without_scripts,
)
from tests.serving import Served, serving
from tests.wheel import install_wheel

pytestmark = pytest.mark.soak

__all__ = ["test_every_step_counts", "test_every_step_counts_without_scripts"]


@pytest.fixture(scope="module")
def threesteps(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel's command; in the long form pip downloads what it needs."""
    folder = tmp_path_factory.mktemp("wheel")
    return install_wheel(folder, downloading=bool(request.config.getoption("--soak")))


@pytest.fixture
def served(threesteps: Path, tmp_path: Path, free_port: int) -> Iterator[Served]:
    """The wheel's demo, in an empty folder."""
    home = tmp_path / "empty"
    with serving("demo", "--empty", port=free_port, home=home, program=[threesteps]) as running:
        yield running


def test_the_package_is_that_of_the_wheel(threesteps: Path, tmp_path: Path) -> None:
    where = "import widget_server as package; print(package.__file__)"
    python = threesteps.with_name("python")
    done = subprocess.run(
        [python, "-c", where], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert Path(done.stdout.strip()).is_relative_to(threesteps.parents[1])
