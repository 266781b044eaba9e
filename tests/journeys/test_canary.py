"""Unique strings in every field and header, then a search of everything: nothing is found."""

import csv
import io
import signal
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from tests.geocoder_server import geocoder_server
from tests.journeys.canaries import (
    REQUESTS,
    Visitor,
    found_in,
    found_in_files,
    found_in_memory,
    take_part,
)
from tests.serving import Served, free_port, serving

#: Further requests of others, and seconds of rest, before the memory is searched.
SHORT, LONG = (240, 2), (1_000, 60)
#: Whom the visitor of ``take_part`` writes to.
PEOPLE = {"house": "P000197", "senior": "P000145", "junior": "S001150"}
VISITOR = Visitor()


@contextmanager
def demo(home: Path) -> Iterator[Served]:
    """The demo, which trusts this machine to say who asks."""
    with geocoder_server() as census:
        told = {
            "THREESTEPS_GEOCODER_URL": census.origin,
            "THREESTEPS_TRUSTED_PROXIES": "127.0.0.1/32",
        }
        with serving("demo", "--empty", port=free_port(), home=home, environment=told) as running:
            yield running


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A service with one supporter, who agreed to updates."""
    with demo(tmp_path_factory.mktemp("canary") / "home") as running:
        yield running


@pytest.fixture(scope="module")
def sent(served: Served) -> Mapping[str, str]:
    """Everything that the supporter sent, by its name."""
    return take_part(served, VISITOR, updates="yes")


def exported(served: Served) -> list[dict[str, str]]:
    (key,) = served.home.glob("demo-private-hketo.key")
    text = served.command("export", "hketo", "--key", key)
    return list(csv.DictReader(io.StringIO(text, newline="")))


def pages(served: Served) -> Iterator[bytes]:
    """What the service says of itself, and what partner and organiser see."""
    with httpx.Client(base_url=served.origin, trust_env=False, follow_redirects=True) as client:
        for address in ("/metrics", "/readyz", served.dashboard_url, served.console_url):
            yield client.get(address).raise_for_status().content


def test_no_file_holds_anything_that_was_sent(served: Served, sent: Mapping[str, str]) -> None:
    served.command("backup", served.home / "copy.backup")
    names = {path.name for path in served.home.iterdir()}
    assert {"threesteps.db", "threesteps.db-wal", "service.log", "copy.backup"} <= names
    assert found_in_files(served.home, sent) == {}


def test_no_metric_and_no_page_tells_it(served: Served, sent: Mapping[str, str]) -> None:
    assert [found_in(page, sent) for page in pages(served)] == [[]] * 4


def test_no_row_names_whom_they_wrote_to(served: Served, sent: Mapping[str, str]) -> None:
    files = [served.home / name for name in ("threesteps.db", "threesteps.db-wal")]
    assert sent["visit"]
    assert [found_in(path.read_bytes(), PEOPLE) for path in files] == [[], []]


def test_the_key_opens_it(served: Served, sent: Mapping[str, str]) -> None:
    [row] = exported(served)
    assert (row["name"], row["email"]) == (sent["name"], sent["mailbox"])


@pytest.mark.parametrize("spelled", [str.encode, lambda text: text.upper().encode("utf-16-le")])
def test_the_search_finds_what_is_there(
    tmp_path: Path, sent: Mapping[str, str], spelled: Callable[[str], bytes]
) -> None:
    (tmp_path / "a file").write_bytes(b"..." + spelled(sent["name"]) + b"...")
    assert found_in_files(tmp_path, sent) == {"a file": ["name"]}


@pytest.mark.soak
def test_the_memory_forgets_most_of_it(
    served: Served, sent: Mapping[str, str], soaking: bool, figure: Callable[[str], None]
) -> None:
    requests, seconds = LONG if soaking else SHORT
    own = {name: text for name, text in sent.items() if name != "zip"}  # the others' too
    before = found_in_memory(served.process.pid, own)
    for _ in range(requests // REQUESTS):
        take_part(served, Visitor(), updates="yes")
    time.sleep(seconds)
    found = found_in_memory(served.process.pid, own)
    told = ", ".join(f"{name} {count}" for name, count in found.items()) or "none"
    figure(f"copies in memory: {sum(before.values())} at first")
    figure(f"after {requests} requests of others and {seconds} s: {told}")
    assert sum(found.values()) < sum(before.values())
    assert max(found.get(name, 0) for name in ("name", "email")) <= (0 if soaking else 2)


def test_without_consent_nothing_is_kept_and_a_crash_leaves_nothing(tmp_path: Path) -> None:
    with demo(tmp_path / "home") as served:
        sent = take_part(served, VISITOR)
        assert exported(served) == []
        assert served.counts()[0]["totals"]["supporters"] == 1
        served.process.send_signal(signal.SIGABRT)
        assert served.process.wait() == -signal.SIGABRT
        assert found_in_files(served.home, sent) == {}
