"""Commands run as an organiser would, in a home of their own."""

import json
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from widget_server.campaigns import shipped_campaigns
from widget_server.cli import main
from widget_server.private import make_folder
from widget_server.settings import Settings
from widget_server.store import Store

Run = Callable[..., Result]

#: A day on which the packaged facts are not old.
FRESH = "2026-10-01T12:00:00Z"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Where the installation of the test is kept."""
    return tmp_path / "home"


@pytest.fixture
def run(home: Path) -> Run:
    """Run a command; keyword arguments are environment variables without their prefix.

    ``input`` is what is typed.
    """
    return runner(home)


def runner(home: Path) -> Run:
    """What runs commands in this home."""

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
def key(tmp_path: Path, run: Run) -> Path:
    """The private key of the shipped campaign, whose public one is in the installation."""
    path = tmp_path / "hketo.key"
    run("campaign", "keys", "hketo", "--out", path)
    return path


@pytest.fixture
def store(home: Path) -> Iterator[Store]:
    """The database that the commands work on."""
    with Store.open(Settings(home=home, keys=home / "keys"), serving=True) as opened:
        yield opened


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where such an installation is, to be copied."""
    elsewhere = tmp_path_factory.mktemp("model")
    home = elsewhere / "home"
    run = runner(home)
    asked_on(FRESH[:10], home)
    for folder in shipped_campaigns().iterdir():
        key = elsewhere / f"{folder.name}.key"
        run("campaign", "keys", folder.name, "--out", key, "--recovery")
    run("partner", "add", "Harbor Voices", "--site", "harborvoices.example", now=FRESH)
    shutil.copytree(home / "keys", elsewhere / "keys")
    run("doctor", "--keys-backed-up", elsewhere / "keys", now=FRESH)
    return home


@pytest.fixture
def healthy(model: Path, home: Path) -> None:
    """The installation of the test has nothing to mend."""
    shutil.copytree(model, home)


def asked_on(day: str, home: Path) -> None:
    """Who stands behind the bills is known as of this day."""
    for shipped in shipped_campaigns().glob("*/stances.csv"):
        stances = re.sub(r"\d{4}-\d\d-\d\d$", day, shipped.read_text("utf-8"), flags=re.M)
        folder = home / "campaigns" / shipped.parent.name
        make_folder(folder)
        (folder / "stances.csv").write_text(stances, "utf-8")
