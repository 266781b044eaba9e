"""``threesteps campaign keys``: the private half leaves, the public half stays."""

from pathlib import Path
from stat import S_IMODE

import pytest

from tests.cli.conftest import Run
from widget_server.keys import Keyring
from widget_server.seal import load_private_key, new_content_key, unwrap


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "hketo.key"


def test_what_is_sealed_to_the_public_key_opens_with_the_file(
    run: Run, home: Path, out: Path
) -> None:
    assert run("campaign", "keys", "hketo", "--out", out).exit_code == 0
    public = Keyring.open(home / "keys").public_key("hketo")
    assert public
    key = new_content_key("hketo", [public])
    assert unwrap(key.wrapped, "hketo", [load_private_key(out.read_bytes())]) == key


def test_only_its_owner_can_read_the_private_key(run: Run, out: Path) -> None:
    run("campaign", "keys", "hketo", "--out", out)
    assert S_IMODE(out.stat().st_mode) == 0o600


def test_the_private_key_is_not_in_the_home(run: Run, home: Path, out: Path) -> None:
    run("campaign", "keys", "hketo", "--out", out)
    private = out.read_bytes().splitlines()[1]
    assert all(private not in file.read_bytes() for file in home.rglob("*") if file.is_file())


def test_a_file_is_never_overwritten(run: Run, home: Path, out: Path) -> None:
    out.write_text("precious")
    result = run("campaign", "keys", "hketo", "--out", out)
    assert result.exit_code == 1
    assert "exists already" in result.stderr
    assert out.read_text() == "precious"
    assert Keyring.open(home / "keys").public_key("hketo") is None


def test_a_second_key_is_made_only_on_request(run: Run, home: Path, out: Path) -> None:
    run("campaign", "keys", "hketo", "--out", out)
    first = Keyring.open(home / "keys").public_key("hketo")
    second = out.with_name("second.key")
    assert "--rotate" in run("campaign", "keys", "hketo", "--out", second).stderr
    assert not second.exists()
    assert run("campaign", "keys", "hketo", "--out", second, "--rotate").exit_code == 0
    assert Keyring.open(home / "keys").public_key("hketo") != first


def test_a_place_that_cannot_be_written_is_refused_with_a_sentence(run: Run, out: Path) -> None:
    result = run("campaign", "keys", "hketo", "--out", out / "below")
    assert result.exit_code == 1
    assert "cannot be written" in result.stderr


def test_an_unknown_campaign_is_refused_with_a_sentence(run: Run, out: Path) -> None:
    assert "no campaign 'nothing'" in run("campaign", "keys", "nothing", "--out", out).stderr
