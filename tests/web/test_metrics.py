"""What Prometheus reads: names by its conventions, one series for each handler, nobody's data."""

import json
import re
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import Connection, insert

from tests.store.rows import DAY
from tests.web.conftest import NOW, Widget
from widget_server.store.schema import exports
from widget_server.store.tallies import TallyKey, add
from widget_server.web.metrics import registry
from widget_server.web.responses import BOUNDS, Responses
from widget_server.web.service import Service

pytestmark = pytest.mark.anyio

DASHBOARD = Path(__file__).parents[2] / "deploy" / "grafana.json"


async def samples(client: httpx.AsyncClient) -> dict[str, float]:
    """Every sample, by its name and labels as they are printed."""
    lines = (await client.get("/metrics")).text.splitlines()
    return {
        series: float(value)
        for series, _, value in (line.rpartition(" ") for line in lines if line[0] != "#")
    }


async def test_each_answer_is_in_one_bucket_of_its_handler(widget: Widget) -> None:
    await widget.found()
    await widget.found()
    found = await samples(widget.client)
    name = 'threesteps_http_response_duration_seconds_%s{handler="find"%s}'
    assert found[name % ("count", "")] == 2
    assert found[name % ("bucket", ',le="+Inf"')] == 2
    assert 0 < found[name % ("sum", "")] < 2 * max(BOUNDS)


def test_a_bucket_holds_what_took_no_longer() -> None:
    responses = Responses()
    for seconds in (0.001, 0.002, 60):
        responses.note("find", 200, seconds)
    _, durations = responses.collect()
    below = {each.labels.get("le"): each.value for each in durations.samples}
    assert (below["0.001"], below["0.0025"], below["10.0"], below["+Inf"]) == (1, 2, 2, 3)


async def test_batches_are_counted_by_their_size(widget: Widget, service: Service) -> None:
    before = await samples(widget.client)
    service.store.write(lambda rows: None).result()
    after = await samples(widget.client)
    name = "threesteps_commit_batch_jobs_count"
    assert after[name] == before[name] + 1
    assert after["threesteps_writer_queue_jobs"] == 0


async def test_what_waits_for_somebody_is_told_by_campaign(
    client: httpx.AsyncClient, service: Service
) -> None:
    def leave(rows: Connection) -> None:
        add(rows, {TallyKey("hketo", "", DAY, "held"): 3})
        made = {"campaign": "hketo", "at": NOW, "n": 1, "unopened": 0}
        old = {"id": "old", "through": DAY - timedelta(days=1), "acknowledged_at": None}
        safe = {"id": "safe", "through": DAY, "acknowledged_at": NOW}
        new = {"id": "new", "through": DAY + timedelta(days=1), "acknowledged_at": None}
        rows.execute(insert(exports), [{**made, **each} for each in (old, safe, new)])

    service.store.write(leave).result()
    found = await samples(client)
    assert found['threesteps_submissions_held{campaign="hketo"}'] == 3
    assert found['threesteps_exports_outstanding{campaign="hketo"}'] == 1


async def test_the_days_of_the_roster_are_counted_down(client: httpx.AsyncClient) -> None:
    assert (await samples(client))["threesteps_roster_days_left"] == pytest.approx(42)


async def test_without_a_database_the_rest_is_told(
    client: httpx.AsyncClient, service: Service
) -> None:
    service.store.database.reading.dispose()
    (service.settings.home / "threesteps.db").rename(service.settings.home / "gone")
    found = await samples(client)
    assert found["threesteps_database_up"] == 0
    assert found["threesteps_geocoder_out"] == 0
    assert not [series for series in found if series.startswith("threesteps_submissions_held")]


async def test_every_name_follows_the_conventions(client: httpx.AsyncClient) -> None:
    await client.get("/healthz")
    text = (await client.get("/metrics")).text
    for family in text_string_to_metric_families(text):
        assert re.fullmatch(r"(threesteps|process)_[a-z_]+[a-z]", family.name)
        assert family.documentation
        if family.type == "counter":
            assert {each.name for each in family.samples} == {f"{family.name}_total"}


def test_the_dashboard_asks_for_nothing_that_we_do_not_tell(service: Service) -> None:
    told = {
        name
        for family in registry(service, Responses()).collect()
        for name in (family.name, *(f"{family.name}_{end}" for end in _ends(family.type)))
    }
    asked = set(re.findall(r"\b(?:threesteps|process)_\w+", " ".join(queries())))
    assert asked <= told
    assert len(asked) > 10


def test_everything_we_tell_of_ourselves_is_on_the_dashboard(service: Service) -> None:
    asked = " ".join(queries())
    ours = (family.name for family in registry(service, Responses()).collect())
    assert [name for name in ours if name.startswith("threesteps_") and name not in asked] == []


def test_every_metric_is_documented_and_no_other(service: Service) -> None:
    page = (DASHBOARD.parents[1] / "docs" / "observe.md").read_text()
    documented = set(re.findall(r"^\| `(threesteps_\w+)` \|", page, re.M))
    families = registry(service, Responses()).collect()
    ours = {f"{each.name}_total" if each.type == "counter" else each.name for each in families}
    assert {name for name in ours if name.startswith("threesteps_")} == documented


def queries() -> list[str]:
    panels = json.loads(DASHBOARD.read_text())["panels"]
    return [target["expr"] for panel in panels for target in panel["targets"]]


def _ends(kind: str) -> tuple[str, ...]:
    return {"counter": ("total",), "histogram": ("bucket", "sum", "count")}.get(kind, ())
