"""Syncs, good and bad, beside a real service that answers all the while."""

import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.find.publisher import Publisher, publishing
from tests.find.upstream import edit_people, entry, without, write_upstream
from tests.patience import becomes
from tests.serving import THREESTEPS, Served, serving
from widget_server.find.tables import read_tables

SEES_WITHIN_SECONDS = 60


class Visitors:
    """Ask for legislators without a pause; every answer that is none is a failure."""

    def __init__(self, served: Served) -> None:
        self.served = served
        self.answered = 0
        self.failures: list[str] = []
        self.phones: set[str] = set()
        self.names: set[str] = set()
        self._stop = threading.Event()

    @contextmanager
    def asking(self) -> Iterator["Visitors"]:
        thread = threading.Thread(target=self._ask)
        thread.start()
        try:
            yield self
        finally:
            self._stop.set()
            thread.join()

    def has_seen(self, phone: str) -> bool:
        """Whether a visitor was told this number, within the time in which a sync is seen."""
        return becomes(lambda: phone in self.phones, SEES_WITHIN_SECONDS)

    def _ask(self) -> None:
        with httpx.Client(base_url=self.served.origin, trust_env=False, timeout=5) as client:
            while not self._stop.wait(0.01):
                self._ask_once(client)

    def _ask_once(self, client: httpx.Client) -> None:
        try:
            answer = client.get("/api/v1/legislators", params={"zip": "94110"})
            people = answer.raise_for_status().json()["legislators"]
        except (httpx.HTTPError, ValueError, KeyError) as error:
            self.failures.append(repr(error))
            return
        self.answered += 1
        self.names.add("; ".join(person["name"] for person in people))
        self.phones.update(person["phone"] for person in people)


@pytest.fixture
def publisher(tmp_path: Path) -> Iterator[Publisher]:
    folder = tmp_path / "full"
    folder.mkdir()
    write_upstream(read_tables(), folder)
    with publishing(folder) as running:
        yield running


def sync(served: Served, origin: str | Path) -> subprocess.CompletedProcess[str]:
    """Run the command as an organiser would, beside the service."""
    return subprocess.run(
        [*THREESTEPS, "roster", "sync", "--from", str(origin)],
        env=served.environment,
        cwd=served.home,
        capture_output=True,
        text=True,
        check=False,
    )


def give_phone(publisher: Publisher, phone: str) -> None:
    edit_people(
        publisher.folder,
        lambda people: entry(people, "P000197")["terms"][-1].update(phone=phone),
    )


Damage = Callable[[list[Any]], object]

DAMAGES: dict[str, Damage] = {
    "'D' is no party": lambda people: entry(people, "P000197")["terms"][-1].update(party="D"),
    "3 senators are missing": lambda people: without(people, "P000145", "S001150", "S000148"),
}


def refuse_damaged_files(served: Served, publisher: Publisher) -> None:
    """Each kind of bad data is refused by name; afterwards the files are good again."""
    path = publisher.folder / "legislators-current.json"
    good = path.read_bytes()
    for sentence, damage in DAMAGES.items():
        edit_people(publisher.folder, damage)
        assert sentence in sync(served, publisher.origin).stderr
        path.write_bytes(good)
    path.write_bytes(good[: len(good) // 2])
    assert "legislators-current.json" in sync(served, publisher.origin).stderr
    path.write_bytes(good)
    publisher.cut = True
    assert "legislators-current.json" in sync(served, publisher.origin).stderr
    publisher.cut = False


def test_no_lookup_fails_while_good_and_bad_data_come(
    publisher: Publisher, tmp_path: Path, free_port: int
) -> None:
    with (
        serving("serve", port=free_port, home=tmp_path / "home") as served,
        Visitors(served).asking() as visitors,
    ):
        give_phone(publisher, "202-555-0101")
        assert sync(served, publisher.folder).returncode == 0
        assert visitors.has_seen("202-555-0101")
        refuse_damaged_files(served, publisher)
        give_phone(publisher, "202-555-0102")
        assert sync(served, publisher.origin).returncode == 0
        assert sync(served, publisher.origin).returncode == 0
        assert visitors.has_seen("202-555-0102")
    assert publisher.sent[-1] == ("zccd.csv", 304)
    assert visitors.failures == []
    assert visitors.answered > 100
    assert len(visitors.names) == 1


def test_a_service_that_syncs_daily_begins_at_once(
    publisher: Publisher, tmp_path: Path, free_port: int
) -> None:
    give_phone(publisher, "202-555-0103")
    daily = {"THREESTEPS_ROSTER_SYNC": "daily", "THREESTEPS_ROSTER_FROM": publisher.origin}
    home = tmp_path / "home"
    with (
        serving("serve", port=free_port, home=home, environment=daily) as served,
        Visitors(served).asking() as visitors,
    ):
        assert visitors.has_seen("202-555-0103")
    assert visitors.failures == []
