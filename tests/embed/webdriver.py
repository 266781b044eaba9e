"""A WebKitGTK to drive: the few commands of W3C WebDriver that a journey needs.

https://www.w3.org/TR/webdriver2/ is JSON over HTTP, so the client we have anyway is enough.
"""

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from tests.serving import free_port
from tools import webkit

START_SECONDS = 20
WAIT_SECONDS = 10
#: The driver does not scroll the page around a frame: the window holds the whole widget.
WIDTH, HEIGHT = 900, 3000
#: How WebDriver names an element in JSON.
ELEMENT = "element-6066-11e4-a52e-4f735466cecf"


@dataclass(frozen=True)
class WebKit:
    """One open window."""

    client: httpx.Client

    def open(self, address: str) -> None:
        """Go to a page, and be outside all of its frames."""
        self._post("url", url=address)

    def run(self, script: str, *arguments: object) -> Any:
        """What a script returns in the present frame."""
        return self._post("execute/sync", script=script, args=arguments)

    def enter_frame(self, script: str) -> None:
        """Go into the frame element that a script returns."""
        self._post("frame", id=self.wait_for(script))

    def type(self, selector: str, text: str) -> None:
        """Press keys in a field of the present frame; only a click may focus it there."""
        self.click(selector)
        self._element_command(self._find(selector), "value", text=text)

    def click(self, selector: str) -> None:
        """Press something in the present frame."""
        self._element_command(self._find(selector), "click")

    def wait_for(self, script: str) -> Any:
        """What a script returns, as soon as that is not false; fails after ten seconds."""
        deadline = time.monotonic() + WAIT_SECONDS
        while not (result := self.run(script)):
            assert time.monotonic() < deadline, f"Still false: {script}"
            time.sleep(0.05)
        return result

    def _find(self, selector: str) -> str:
        found = self._post("element", using="css selector", value=selector)
        return str(found[ELEMENT])

    def _element_command(self, element: str, command: str, **body: object) -> None:
        self._post(f"element/{element}/{command}", **body)

    def _post(self, command: str, **body: object) -> Any:
        answer = self.client.post(command, json=body)
        value = answer.json()["value"]
        assert answer.is_success, value["message"]
        return value


@contextmanager
def browsing(driver: Path) -> Iterator[WebKit]:
    """Run the browser, on a screen in memory, until the block ends."""
    port = free_port()
    screen = f"-screen 0 {WIDTH}x{HEIGHT}x24"
    command = [webkit.SCREEN, "-a", "-s", screen, str(driver), f"--port={port}"]
    # The sandbox of its pages does not start for root.
    environment = {**os.environ, "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1"}
    process = subprocess.Popen(command, env=environment, start_new_session=True)
    try:
        with httpx.Client(trust_env=False, timeout=60) as client:
            session = _session(client, f"http://127.0.0.1:{port}/session", process)
            client.base_url = httpx.URL(session)
            client.post("window/rect", json={"x": 0, "y": 0, "width": WIDTH, "height": HEIGHT})
            yield WebKit(client)
            client.delete("")
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait()


def _session(client: httpx.Client, sessions: str, process: subprocess.Popen[bytes]) -> str:
    """Open a window as soon as the driver listens; the window's address."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            answer = client.post(sessions, json={"capabilities": {}})
        except httpx.ConnectError:
            time.sleep(0.05)
            continue
        assert answer.is_success, answer.text
        return f"{sessions}/{answer.json()['value']['sessionId']}"
    raise AssertionError("WebKitGTK did not start.")
