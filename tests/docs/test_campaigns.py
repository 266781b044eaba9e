"""docs/campaigns.md: every command in it is run, every example works, every key is explained."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from tests.serving import free_port, serving
from widget_server.campaigns import example_campaigns, shipped_campaigns
from widget_server.campaigns.stances import COLUMNS
from widget_server.compose.check import check

ROOT = Path(__file__).parents[2]
DOCUMENT = (ROOT / "docs" / "campaigns.md").read_text("utf-8")
ANSWERS = ROOT / "tests" / "data" / "congress-gov" / "live"
COMMANDS = [
    line
    for block in re.findall(r"^```sh\n(.*?)^```$", DOCUMENT, re.M | re.S)
    for line in block.splitlines()
]


def block(language: str) -> str:
    """The document's only block of this language."""
    (found,) = re.findall(rf"^```{language}\n(.*?)^```$", DOCUMENT, re.M | re.S)
    return str(found)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """An empty folder where somebody follows the document."""
    return tmp_path


def environment(place: Path) -> dict[str, str]:
    """A shell in which ``threesteps`` is installed."""
    programs = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return {"PATH": programs, "THREESTEPS_HOME": str(place / "data"), "LANG": "C.UTF-8"}


def test_every_command_works_in_its_order(place: Path) -> None:
    """But for ``preview``, which does not end, and for whom ``refresh`` asks.

    A copy of the shipped campaign is refreshed: in a checkout it would be the file in git.
    """
    shutil.copytree(shipped_campaigns() / "hketo", place / "campaigns" / "hketo")
    recorded = f" --from {ANSWERS} --as-of 2026-06-01 --force"
    lines = [
        line + (recorded if " refresh " in line else "")
        for line in COMMANDS
        if " preview " not in line
    ]
    done = subprocess.run(
        ["sh", "-exc", "\n".join(lines)],
        cwd=place,
        env=environment(place),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "save-the-bay: no mistakes." in done.stdout
    assert (place / "save-the-bay.key").exists()
    assert f"Wrote {Path('campaigns', 'hketo', 'stances.csv')}" in done.stdout


@pytest.mark.parametrize("line", [line for line in COMMANDS if " preview " in line])
def test_a_preview_opens(place: Path, line: str) -> None:
    program, *arguments = line.split()
    assert program == "threesteps"
    shutil.copytree(shipped_campaigns() / "hketo", place / "campaigns" / "save-the-bay")
    file = place / "campaigns" / "save-the-bay" / "campaign.toml"
    file.write_text(file.read_text("utf-8").replace('"hketo"', '"save-the-bay"'), "utf-8")
    found = {"THREESTEPS_CAMPAIGNS": str(place / "campaigns")}
    with serving(*arguments, port=free_port(), home=place, environment=found) as preview:
        assert "No mistakes." in httpx.get(preview.origin, trust_env=False).text


def test_the_example_of_targets_is_a_campaign(place: Path) -> None:
    folder = place / "school-taps"
    shutil.copytree(example_campaigns() / "school-taps", folder)
    file = folder / "campaign.toml"
    text = file.read_text("utf-8").replace('"en", "zh-Hant", "es"', '"en", "es"')
    before, after = text.split("# Who lives here")[0], text.split("[afterwards]")[1]
    file.write_text(f"{before}{block('toml')}\n[afterwards]{after}", "utf-8")
    messages = (folder / "messages.toml").read_text("utf-8")
    (folder / "messages.toml").write_text(re.sub(r"(?m)^zh-Hant = .*\n", "", messages), "utf-8")
    assert check(folder) == []


def test_the_example_of_stances_is_read(place: Path) -> None:
    folder = Path(shutil.copytree(shipped_campaigns() / "hketo", place / "hketo"))
    (folder / "stances.csv").write_text(block("csv"), "utf-8")
    assert check(folder) == []
    assert block("csv").startswith(",".join(COLUMNS))


def keys(text: str) -> set[str]:
    """The keys and tables of TOML, those that are only a comment too."""
    named = re.findall(r"(?m)^(?:# )?([a-z_]+) = ", text)
    return {*named, *re.findall(r"(?m)^\[+([a-z_]+)\]+$", text)}


SKELETON = ROOT / "templates" / "skeleton"
EXAMPLE = example_campaigns() / "school-taps"


@pytest.mark.parametrize(
    "file",
    [
        *(SKELETON / name for name in ("campaign.toml", "en.md", "messages.toml")),
        *(EXAMPLE / name for name in ("campaign.toml", "en.md", "messages.toml")),
    ],
    ids=lambda file: f"{file.parent.name}/{file.name}",
)
def test_every_key_is_explained(file: Path) -> None:
    explained = set(re.findall(r"`\[*([a-z_]+)\]*`", DOCUMENT)) | keys(block("toml"))
    assert keys(file.read_text("utf-8")) - explained == set()
