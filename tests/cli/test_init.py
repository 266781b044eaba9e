"""``threesteps init``: four answers, and everything that the first visitor needs is there."""

import os
import pty
import subprocess
import sys
from pathlib import Path
from stat import S_IMODE

import httpx
import pytest

from tests.cli.conftest import Run
from tests.serving import serving
from widget_server.keys import Keyring
from widget_server.seal import load_private_key, new_content_key, unwrap

PROGRAM = (sys.executable, "-m", "widget_server")


@pytest.fixture
def key(tmp_path: Path) -> Path:
    return tmp_path / "campaign.key"


@pytest.fixture
def answers(home: Path, key: Path) -> list[object]:
    """Every question answered by an option."""
    return [
        *("--home", home, "--public-url", "https://act.example.org", "--key", key),
        *("--partner", "Harbor Voices", "--site", "harborvoices.example"),
    ]


def read_by_a_shell(file: Path, command: str) -> str:
    """What a command prints in a shell that has read the settings."""
    script = f"set -a; . '{file}'; set +a; {command}"
    environment = {"PATH": os.environ["PATH"]}
    root = Path(__file__).parents[2]
    return subprocess.run(
        ["/bin/sh", "-c", script],
        env=environment,
        cwd=root,
        capture_output=True,
        text=True,
        check=True,
    ).stdout


def typed(arguments: list[str], lines: list[str], environment: dict[str, str], cwd: Path) -> str:
    """Run the command in a terminal, type a line at each question, and read the screen."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [*PROGRAM, *arguments],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={**os.environ, **environment},
        cwd=cwd,
    ) as process:
        os.close(theirs)
        seen, waiting = "", list(lines)
        while chunk := _shown(ours):
            seen += chunk
            if waiting and seen.endswith(": "):
                os.write(ours, f"{waiting.pop(0)}\n".encode())
    os.close(ours)
    assert process.returncode == 0, seen
    return seen.replace("\r\n", "\n")


def _shown(terminal: int) -> str:
    """What came onto the screen; nothing once the command has ended."""
    try:
        return os.read(terminal, 65536).decode()
    except OSError:
        return ""


def test_options_answer_every_question(run: Run, answers: list[object]) -> None:
    result = run("init", *answers)
    assert result.exit_code == 0, result.output
    assert '<script async src="https://act.example.org/embed.js"></script>' in result.stdout
    assert "threesteps serve" in result.stdout


def test_what_is_not_said_is_asked_in_a_terminal(tmp_path: Path) -> None:
    lines = ["", "ftp://nonsense", "https://act.example.org", "", "Harbor Voices", "example.org"]
    screen = typed(["init"], lines, {"THREESTEPS_HOME": ""}, tmp_path)
    assert "'ftp://nonsense' is not an origin" in screen
    assert "<three-steps token=" in screen
    assert (tmp_path / "threesteps-data" / "environment").exists()
    assert (tmp_path / "campaign.key").exists()


def test_a_site_that_is_none_is_asked_again(run: Run, answers: list[object]) -> None:
    result = run("init", *answers[:-2], input="no site..\nexample.org http://localhost:3000\n")
    assert "'no' is not a site" in result.output
    assert "https://example.org, https://www.example.org, http://localhost:3000" in result.stdout


def test_the_settings_are_read_by_a_shell(run: Run, answers: list[object], home: Path) -> None:
    run("init", *answers)
    command = f"'{sys.executable}' -m widget_server partner list --json"
    assert '"harbor-voices"' in read_by_a_shell(home / "environment", command)


def test_behind_tls_the_proxy_on_this_machine_is_trusted(
    run: Run, answers: list[object], home: Path
) -> None:
    run("init", *answers)
    said = read_by_a_shell(home / "environment", 'echo "$THREESTEPS_TRUSTED_PROXIES"')
    assert said == "127.0.0.1, ::1\n"


def test_what_the_environment_says_goes_with_it(
    run: Run, answers: list[object], home: Path, tmp_path: Path
) -> None:
    keys = tmp_path / "the team's keys"
    run("init", *answers, keys=str(keys), now="2026-11-22")
    said = read_by_a_shell(home / "environment", 'echo "$THREESTEPS_KEYS$THREESTEPS_NOW"')
    assert said == f"{keys}\n"


def test_only_its_owner_can_read_what_it_writes(
    run: Run, answers: list[object], home: Path, key: Path
) -> None:
    run("init", *answers)
    assert {S_IMODE(path.stat().st_mode) for path in (home / "environment", key)} == {0o600}
    assert S_IMODE(home.stat().st_mode) == 0o700


def test_the_key_opens_what_is_sealed_from_then_on(
    run: Run, answers: list[object], home: Path, key: Path
) -> None:
    run("init", *answers)
    public = Keyring.open(home / "keys").public_key("hketo")
    assert public
    sealed = new_content_key("hketo", [public])
    assert unwrap(sealed.wrapped, "hketo", [load_private_key(key.read_bytes())]) == sealed


def test_a_second_time_overwrites_nothing(
    run: Run, answers: list[object], home: Path, key: Path
) -> None:
    run("init", *answers)
    before = {path: path.read_bytes() for path in (home / "environment", key)}
    result = run("init", *answers)
    assert result.exit_code == 1
    assert "environment exists already" in result.stderr
    assert {path: path.read_bytes() for path in before} == before


def test_a_key_file_is_never_overwritten(
    run: Run, answers: list[object], home: Path, key: Path
) -> None:
    key.write_text("precious")
    assert "exists already" in run("init", *answers).stderr
    assert key.read_text() == "precious"
    assert not home.exists()


def test_keys_that_are_in_use_are_left_alone(
    run: Run, answers: list[object], home: Path, tmp_path: Path
) -> None:
    run("campaign", "keys", "hketo", "--out", tmp_path / "first.key")
    before = Keyring.open(home / "keys").public_key("hketo")
    assert "has a key of hketo already" in run("init", *answers).stderr
    assert Keyring.open(home / "keys").public_key("hketo") == before


def test_the_key_may_not_lie_in_the_home(run: Run, answers: list[object], home: Path) -> None:
    result = run("init", *answers, "--key", home / "campaign.key")
    assert "must never be" in result.stderr
    assert not home.exists()


def test_after_a_mistake_it_can_be_typed_again(run: Run, answers: list[object]) -> None:
    assert run("init", *answers, "--partner", "\x07").exit_code == 1
    assert run("init", *answers).exit_code == 0


def test_the_snippet_shows_the_widget_of_a_service_with_these_settings(
    run: Run, answers: list[object], home: Path, free_port: int
) -> None:
    url = f"http://127.0.0.1:{free_port}"
    printed = run("init", *answers, "--public-url", url).stdout
    token = printed.split('<three-steps token="')[1].split('"')[0]
    with serving("serve", port=free_port, home=home):
        page = httpx.get(f"{url}/w/{token}", trust_env=False)
    assert "https://harborvoices.example" in page.headers["content-security-policy"]
