import subprocess
from pathlib import Path

import httpx
import pytest

from tests.serving import serving
from tests.wheel import install_wheel

ROOT = Path(__file__).parents[2]


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """The command of the wheel."""
    return install_wheel(tmp_path)


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
