"""The database takes no commits for a while: it is said soon, nothing is promised, it heals."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from tests.faults import outages
from tests.faults.installation import Installation
from tests.faults.outages import Outage
from tests.faults.promises import judge
from tests.faults.visitors import Visitors
from tests.serving import Served
from widget_server.tokens import Grant

pytestmark = pytest.mark.soak

SAID_WITHIN_SECONDS = 5
HEALS_WITHIN_SECONDS = 10

Case = tuple[Installation, Outage]


@pytest.fixture
def locked_file(tmp_path: Path) -> Case:
    return Installation.make(tmp_path / "home"), outages.locked_file


@pytest.fixture
def locked_table(tmp_path: Path, postgres_url: str) -> Case:
    return Installation.make(tmp_path / "home", postgres_url), outages.locked_table


@pytest.fixture
def full_disk(tmp_path: Path, figure: Callable[[str], None]) -> Iterator[Case]:
    """A small disk that is full; where none can be mounted, files that may not grow."""
    with outages.small_disk(tmp_path / "home") as mounted:
        if not mounted:
            figure("only root can mount a small disk: files that may not grow stood for it")
        made = Installation.make(tmp_path / "home")
        yield made, outages.full_disk if mounted else outages.no_growth


@pytest.fixture
def no_growth(tmp_path: Path) -> Case:
    return Installation.make(tmp_path / "home"), outages.no_growth


@pytest.mark.parametrize("case", ["locked_file", "full_disk", "no_growth", "locked_table"])
def test_an_outage_is_said_within_five_seconds_and_heals_by_itself(
    case: str,
    request: pytest.FixtureRequest,
    soaking: bool,
    figure: Callable[[str], None],
) -> None:
    installation, outage = request.getfixturevalue(case)
    with installation.serving() as served:
        visitors = Visitors(installation, [served.origin], seed=2026)
        with visitors.submitting() as promises:
            promises.wait_for(201, 20, seconds=10)
            with outage(installation, served):
                promises.wait_for(503, seconds=2 * SAID_WITHIN_SECONDS)
                time.sleep(30 if soaking else 1)
                assert_reads_go_on(installation, served)
            healed_seconds = promises.wait_for(201, seconds=HEALS_WITHIN_SECONDS)
        verdict = judge(installation, promises)
    figure(
        f"{case}: {verdict}, the slowest answer after {promises.slowest_seconds:.1f} s, "
        f"healed {healed_seconds:.1f} s after its end, {promises.statuses}"
    )
    assert verdict.good
    assert promises.faults == []
    assert promises.slowest_seconds < SAID_WITHIN_SECONDS


def assert_reads_go_on(installation: Installation, served: Served) -> None:
    """The widget is shown, legislators are found, and the partner sees numbers."""
    partner = installation.partners[0]
    key = installation.tokens.api_key(Grant(partner.slug, partner.api_generation))
    with httpx.Client(base_url=served.origin, trust_env=False) as client:
        widget = f"/w/{installation.embed(partner)}"
        assert client.get(widget).is_success
        assert client.post(f"{widget}/find", data={"zip": "94110"}).is_success
        counts = client.get("/api/v1/counts", headers={"Authorization": f"Bearer {key}"})
        assert counts.is_success
        assert counts.json()
