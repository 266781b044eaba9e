"""What is released is what was committed, the same each time, and its hashes are true."""

import json
import re
import subprocess
import tarfile
from datetime import UTC, datetime
from hashlib import sha256
from io import BytesIO
from itertools import chain
from pathlib import Path
from zipfile import ZipFile

import pytest

from tools import release
from tools.audit import CONSTRAINTS, pins
from tools.bill import bill, unpinned
from tools.dependencies import Dependency, dependencies
from widget_server import __version__, assets
from widget_server.web.loader import pinned
from widget_server.web.proving import solver_path
from widget_server.web.sealing import script_path

ROOT = Path(__file__).parents[2]
THEN = datetime(2026, 11, 22, tzinfo=UTC)


@pytest.fixture(scope="module")
def commit() -> release.Commit:
    """The last one."""
    return release.last_commit()


@pytest.fixture(scope="module")
def builds(commit: release.Commit) -> list[release.Files]:
    """The commit, built in two surroundings."""
    return [
        release.built(commit, surroundings, umask)
        for surroundings, umask in zip(release.SURROUNDINGS, release.UMASKS, strict=True)
    ]


def test_two_builds_give_the_same_bytes(builds: list[release.Files]) -> None:
    assert [Path(name).suffix for name in builds[0]] == [".whl", ".gz"]
    assert release.differing(*builds) == []


def test_the_source_is_all_that_was_committed(
    commit: release.Commit, builds: list[release.Files]
) -> None:
    wanted = committed(commit)
    source = next(body for name, body in builds[0].items() if name.endswith(".tar.gz"))
    with tarfile.open(fileobj=BytesIO(source)) as files:
        found = {each.name.partition("/")[2]: bool(each.mode & 0o100) for each in files}
    assert found.keys() - wanted.keys() == {"PKG-INFO"}
    assert {name: found.get(name) for name in wanted} == wanted


def test_a_difference_is_named() -> None:
    assert release.differing({"a": b"1", "b": b"2"}, {"a": b"1", "b": b"3"}) == ["b"]
    assert release.differing({"a": b"1"}, {}) == ["a"]


def committed(commit: release.Commit) -> dict[str, bool]:
    """The files of a commit, and whether each may be run."""
    command = ["git", "ls-tree", "-r", "--format=%(objectmode) %(path)", commit.name]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    pairs = (line.split(" ", 1) for line in listed.splitlines())
    return {name: mode == "100755" for mode, name in pairs}


@pytest.fixture
def sent() -> dict[str, str]:
    """Where scripts are sent, with their hashes, of a wheel that has the scripts of now."""
    wheel = BytesIO()
    with ZipFile(wheel, "w") as files:
        for name in chain(*release.SENT.values()):
            files.write(assets.folder("widget_js") / name, f"{release.SCRIPTS}/{name}")
    return dict(release.scripts(wheel.getvalue()))


def test_the_hash_of_the_loader_is_the_one_that_partners_paste(sent: dict[str, str]) -> None:
    assert sent["/embed.js"] == pinned("https://act.example").integrity


def test_scripts_have_the_addresses_that_the_service_sends_them_from(
    sent: dict[str, str],
) -> None:
    assert {script_path(), solver_path()} <= sent.keys()


def test_every_script_is_in_the_wheel(builds: list[release.Files]) -> None:
    wheel = next(body for name, body in builds[0].items() if name.endswith(".whl"))
    assert len(dict(release.scripts(wheel))) == len(release.SENT)


def test_the_sums_are_as_sha256sum_reads_them() -> None:
    assert release.sums({"a": b"1"}) == f"{sha256(b'1').hexdigest()}  a\n"


def test_the_bill_names_everything_that_runs_as_it_is_pinned() -> None:
    made = json.loads(bill(__version__, THEN))
    wanted = pins(CONSTRAINTS.read_text())
    here = {each.name for each in dependencies()} - {"threesteps"}
    found = {each["name"]: each["version"] for each in made["components"]}
    assert {name: found[name] for name in here} == {name: str(wanted[name]) for name in here}
    assert found.keys() - here == {"@hpke/core", "@hpke/common"}


def test_the_bill_says_who_needs_whom() -> None:
    made = json.loads(bill(__version__, THEN))
    needs = {each["ref"]: each["dependsOn"] for each in made["dependencies"]}
    assert f"pkg:pypi/threesteps@{__version__}" in needs
    assert set(needs) >= {each for asked in needs.values() for each in asked}


def test_a_package_that_is_not_as_pinned_is_named() -> None:
    old = Dependency("starlette", "0.1", "BSD-3-Clause", ())
    assert next(unpinned([old])).startswith("starlette 0.1 is installed, ")


def test_the_changelog_tells_of_this_version() -> None:
    headings = re.findall(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert headings[0] == __version__
