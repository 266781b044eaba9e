"""The service itself, its own deadlines, and five hundred who send slowly or not at all."""

import time
from pathlib import Path

import httpx

from tests.crowd import crowd
from tests.serving import serving

SLOW = 500
#: Ten seconds for a request, two to read the refusal, and what a busy machine adds.
LEFT_SECONDS = 15 + 10


def test_slow_sockets_are_left_while_others_are_answered(tmp_path: Path, free_port: int) -> None:
    with (
        serving("demo", "--empty", port=free_port, home=tmp_path) as served,
        crowd(free_port, SLOW) as slow,
        httpx.Client(base_url=f"{served.origin}/w/{served.token}", trust_env=False) as visitor,
    ):
        end = time.monotonic() + LEFT_SECONDS
        while slow.size and time.monotonic() < end:
            slow.drip()
            assert visitor.get("").status_code == 200
            assert visitor.post("/find", data={"zip": "94110"}).status_code == 200
            time.sleep(0.2)
        assert slow.size == 0
    assert served.process.returncode == 0
    assert "ERROR" not in served.log.read_text()
