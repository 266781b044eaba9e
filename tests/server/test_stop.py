"""The end of a service: what is here is answered, what is not is left."""

import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server.impatient import Listening, listening
from tests.server.raw import Client, announced, connected, get
from tests.serving import serving


@pytest.fixture
def there() -> Iterator[Listening]:
    """A server that only this test stops."""
    with listening() as running:
        yield running


def test_a_request_that_is_being_answered_is_answered(there: Listening, client: Client) -> None:
    client.send(get("/held"))
    _until_asked(there)
    there.stop()
    time.sleep(0.3)
    there.app.go.set()
    answer = client.answer()
    assert (answer.status, answer.headers["Connection"]) == (200, "close")
    assert there.ends()


def test_a_request_that_is_still_arriving_may_end(there: Listening, client: Client) -> None:
    _begin(client, "/last")
    there.stop()
    client.send(b"zip=94110")
    assert client.answer().json == {"path": "/last", "length": 9}
    assert there.ends()


def test_a_request_that_does_not_end_does_not_hold_it_up(there: Listening, client: Client) -> None:
    _begin(client, "/half")
    there.stop()
    assert there.ends()
    assert there.app.asked == []


def test_who_is_impatient_ends_it_as_well(tmp_path: Path, free_port: int) -> None:
    with serving("demo", "--empty", port=free_port, home=tmp_path) as served:
        with connected(free_port) as client:
            _begin(client, f"/w/{served.token}/shown")
            for _ in range(3):
                served.process.send_signal(signal.SIGINT)
                time.sleep(0.1)
            client.send(b"zip=94110")
            assert client.answer().status == 204
        assert served.process.wait(10) == 0
        assert "Traceback" not in served.log.read_text()


def test_it_ends_as_well_however_often_it_is_told_to(tmp_path: Path, free_port: int) -> None:
    with serving("demo", "--empty", port=free_port, home=tmp_path) as served:
        while served.process.poll() is None:
            for each in (signal.SIGINT, signal.SIGTERM):
                served.process.send_signal(each)
            time.sleep(0.02)
        assert served.process.returncode == 0


def _begin(client: Client, path: str) -> None:
    """Send a head, and wait until the server waits for the body."""
    client.send(announced(path, 9, "Expect: 100-continue"))
    assert client.answer().status == 100


def _until_asked(there: Listening) -> None:
    while not there.app.asked:
        time.sleep(0.01)
