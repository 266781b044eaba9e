"""Commands run as an organiser would, in a home of their own."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from widget_server.cli import main
from widget_server.settings import Settings
from widget_server.store import Store

Run = Callable[..., Result]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Where the installation of the test is kept."""
    return tmp_path / "home"


@pytest.fixture
def run(home: Path) -> Run:
    """Run a command; keyword arguments are environment variables without their prefix.

    ``input`` is what is typed.
    """

    def run_one(*arguments: object, input: str | None = None, **environment: str) -> Result:
        names = {f"THREESTEPS_{name.upper()}": value for name, value in environment.items()}
        environ = {"THREESTEPS_HOME": str(home), "COLUMNS": "80", **names}
        typed = [str(each) for each in arguments]
        return CliRunner().invoke(main, typed, env=environ, input=input)

    return run_one


@pytest.fixture
def run_json(run: Run) -> Callable[..., Any]:
    """Run a command with ``--json``, and read what it prints."""

    def run_one(*arguments: object, **environment: str) -> Any:
        result = run(*arguments, "--json", **environment)
        assert result.exit_code == 0, result.output
        return json.loads(result.stdout)

    return run_one


@pytest.fixture
def store(home: Path) -> Iterator[Store]:
    """The database that the commands work on."""
    with Store.open(Settings(home=home, keys=home / "keys"), serving=True) as opened:
        yield opened
