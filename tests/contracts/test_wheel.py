import subprocess
import sys
import sysconfig
from pathlib import Path

import httpx
import pytest

from tests.serving import serving

ROOT = Path(__file__).parents[2]


def run_module(name: str, *arguments: str | Path) -> None:
    """Run a module of the test's own Python in the checkout."""
    subprocess.run([sys.executable, "-m", name, *arguments], cwd=ROOT, check=True)


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """The command of the wheel, in an environment that sees the dependencies, not the checkout."""
    dist, folder = tmp_path / "dist", tmp_path / "venv"
    run_module("hatchling", "build", "-t", "wheel", "-d", dist)
    run_module("venv", "--without-pip", folder)
    wheel, python = next(dist.glob("*.whl")), folder / "bin" / "python"
    run_module("pip", "--python", python, "install", "--quiet", "--no-deps", "--no-index", wheel)
    site = next(folder.glob("lib/python*/site-packages"))
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib"))
    return folder / "bin" / "threesteps"


def test_the_wheel_serves_the_demo_from_an_empty_folder(
    installed: Path, tmp_path: Path, free_port: int
) -> None:
    home = tmp_path / "empty"
    with serving("demo", "--empty", port=free_port, home=home, program=[installed]) as served:
        site = httpx.get(served.demo_url, trust_env=False)
        loader = httpx.get(f"{served.origin}/embed.js", trust_env=False)
        partner = httpx.get(served.dashboard_url, trust_env=False, follow_redirects=True)
    assert "<three-steps" in site.text
    assert loader.is_success
    assert "Harbor Voices" in partner.text


def test_the_wheel_keeps_new_stances_at_home(installed: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    answers = ROOT / "tests" / "data" / "congress-gov" / "live"
    done = subprocess.run(
        [installed, "campaign", "refresh", "hketo", "--from", answers],
        env={"THREESTEPS_HOME": str(home)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    file = home / "campaigns" / "hketo" / "stances.csv"
    assert f"Wrote {file}" in done.stdout
    assert "A000001,H.R. 2661,cosponsor," in file.read_text("utf-8")
