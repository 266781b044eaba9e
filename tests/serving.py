"""A real service for a test: a command in its own process, a folder, a port."""

import json
import os
import re
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

READY_SECONDS = 60
STOP_SECONDS = 10
#: For a load that all comes from one address.
UNLIMITED = {"THREESTEPS_LIMITS": "off"}
#: Below those that systems give to whoever asks for any; browsers refuse none of them.
PORTS = range(20_000, 32_768)
THREESTEPS = (sys.executable, "-m", "widget_server")


@dataclass(frozen=True)
class Served:
    """A running service: ``origin`` serves the widget, ``home`` keeps what it stores."""

    port: int
    home: Path
    log: Path
    program: Sequence[str | Path]
    environment: Mapping[str, str] = field(repr=False)
    process: subprocess.Popen[bytes] = field(repr=False)

    @property
    def origin(self) -> str:
        """Where the widget comes from."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def demo_url(self) -> str:
        """The demo partner's page, on another origin than the widget."""
        return f"http://localhost:{self.port}/demo/"

    @property
    def token(self) -> str:
        """The embed token of the demo partner."""
        page = httpx.get(self.demo_url, trust_env=False, verify=False).text
        return page.split('<three-steps token="')[1].split('"')[0]

    @property
    def dashboard_url(self) -> str:
        """The sign-in link of the demo partner, as ``demo`` printed it."""
        return self._printed("partner")

    @property
    def console_url(self) -> str:
        """The sign-in link of the organiser, as ``demo`` printed it."""
        return self._printed("organiser")

    def _printed(self, whose: str) -> str:
        found = re.search(rf"http://\S+/{whose}\?link=\S+", self.log.read_text())
        assert found, self.log.read_text()
        return found[0]

    def command(self, *arguments: str | Path) -> str:
        """What a ``threesteps`` command prints on the same data; it must succeed."""
        command = [*self.program, *arguments]
        done = subprocess.run(
            command,
            env=self.environment,
            cwd=self.home,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def counts(self, *arguments: str) -> Any:
        """``threesteps counts --json``, parsed."""
        return json.loads(self.command("counts", "--json", *arguments))

    def processes(self) -> list[int]:
        """The numbers of all the processes it is made of."""
        every = (int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit())
        return [number for number in every if _group(number) == self.process.pid]

    def kill(self) -> None:
        """End it with everything it started, at once, as a crash would."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


@contextmanager
def serving(
    *arguments: str,
    port: int,
    home: Path,
    program: Sequence[str | Path] = THREESTEPS,
    environment: Mapping[str, str] | None = None,
) -> Iterator[Served]:
    """Run ``threesteps ARGUMENTS --port PORT`` in ``home`` until the block ends.

    ``environment`` adds variables. The service has answered on ``/healthz`` when this returns.
    """
    home.mkdir(parents=True, exist_ok=True)
    environment = {
        **_clean(os.environ),
        "THREESTEPS_HOME": str(home),
        "THREESTEPS_PUBLIC_URL": f"http://127.0.0.1:{port}",
        **(environment or {}),
    }
    path = home / "service.log"
    with path.open("w") as log:
        process = subprocess.Popen(
            [*program, *arguments, "--port", str(port)],
            env=environment,
            cwd=home,
            stdout=log,
            stderr=subprocess.STDOUT,
            process_group=0,
        )
    served = Served(port, home, path, program, environment, process)
    try:
        _wait_until_ready(served)
        yield served
    finally:
        _stop(process)


def free_port() -> int:
    """A port on which nobody listens, and which the system gives to nobody meanwhile.

    One that it had just given us, it could give to another test before the service takes it.
    """
    while True:
        port = secrets.choice(PORTS)
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


def _clean(environ: Mapping[str, str]) -> dict[str, str]:
    """The environment without what would reach into the service under test, or slow its start."""
    return {
        name: value
        for name, value in environ.items()
        if not name.startswith(("THREESTEPS_", "PYTHON"))
    }


def _group(process: int) -> int | None:
    try:
        return os.getpgid(process)
    except ProcessLookupError:
        return None


def _wait_until_ready(served: Served) -> None:
    deadline = time.monotonic() + READY_SECONDS
    with httpx.Client(trust_env=False, verify=False) as client:
        while time.monotonic() < deadline and served.process.poll() is None:
            try:
                if client.get(f"{served.origin}/healthz").is_success:
                    return
            except httpx.TransportError:
                time.sleep(0.05)
    raise AssertionError(f"The service did not start:\n{served.log.read_text()}")


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        raise
