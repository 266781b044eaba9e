"""The image is built from the parts that it copies, and from nothing else that lies about."""

import re
import shutil
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

ROOT = Path(__file__).parents[2]


def copied() -> list[str]:
    """What the Containerfile takes out of the checkout."""
    text = (ROOT / "deploy" / "Containerfile").read_text()
    lines = re.findall(r"^COPY (?!--from)(.+) \S+$", text, re.MULTILINE)
    return [name for line in lines for name in line.split()]


def wheel(checkout: Path, folder: Path) -> dict[str, bytes]:
    """What is in the wheel of a checkout, by name, but the list of its hashes."""
    build = (sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder)
    subprocess.run(build, cwd=checkout, check=True, capture_output=True)
    (found,) = folder.glob("*.whl")
    with ZipFile(found) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_image_holds_what_the_wheel_holds(tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.mkdir()
    for name in copied():
        part = ROOT / name
        copy = shutil.copytree if part.is_dir() else shutil.copyfile
        copy(part, source / name)
    assert wheel(source, tmp_path / "its") == wheel(ROOT, tmp_path / "ours")


def test_a_checkout_with_secrets_gives_none_to_the_image() -> None:
    assert set(copied()) == {
        *("pyproject.toml", "constraints.txt", "README.md", "LICENSE"),
        *("widget_server", "templates", "widget_js"),
    }
