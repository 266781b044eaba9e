"""Keys: made once, whole, private, and never overwritten."""

import subprocess
import sys
from base64 import urlsafe_b64encode
from pathlib import Path
from stat import S_IMODE
from threading import Thread

import pytest

from widget_server.errors import SetupError
from widget_server.keys import (
    Keyring,
    add_public_key,
    add_recovery_key,
    destroy_index_key,
    prepare_signing_key,
    rotate_signing_key,
    signing_key_prepared_at,
)
from widget_server.seal import generate_key_pair


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "home" / "keys"


def test_a_signing_key_is_made_when_there_is_none(folder: Path) -> None:
    assert [len(key) for key in Keyring.open(folder).signing] == [32]


def test_keys_stay_the_same_when_they_are_opened_again(folder: Path) -> None:
    first = Keyring.open(folder)
    index_key = first.index_key("hketo")
    again = Keyring.open(folder)
    assert again == first
    assert again.index_key("hketo") == index_key


def test_only_their_owner_can_read_the_keys(folder: Path) -> None:
    Keyring.open(folder).index_key("hketo")
    add_public_key(folder, "hketo", generate_key_pair().public)
    assert S_IMODE(folder.stat().st_mode) == 0o700
    assert S_IMODE(folder.parent.stat().st_mode) == 0o700
    assert {S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}


def test_each_campaign_has_an_index_key_of_its_own(folder: Path) -> None:
    keyring = Keyring.open(folder)
    assert keyring.index_key("hketo") != keyring.index_key("other")


def test_an_index_key_is_known_once_it_was_used(folder: Path) -> None:
    keyring = Keyring.open(folder)
    assert not keyring.has_index_key("hketo")
    keyring.index_key("hketo")
    assert keyring.has_index_key("hketo")


def test_a_campaign_has_no_public_key_until_it_is_given_one(folder: Path) -> None:
    keyring = Keyring.open(folder)
    assert keyring.public_key("hketo") is None
    public = generate_key_pair().public
    add_public_key(folder, "hketo", public)
    assert keyring.refreshed().public_key("hketo") == public


def test_the_newest_public_key_is_sealed_to(folder: Path) -> None:
    publics = [generate_key_pair().public for _ in range(2)]
    for public in publics:
        add_public_key(folder, "hketo", public)
    assert Keyring.open(folder).public_key("hketo") == publics[-1]


def test_envelopes_are_sealed_to_the_organiser_and_to_the_recovery_key(folder: Path) -> None:
    public, recovery = (generate_key_pair().public for _ in range(2))
    add_recovery_key(folder, "hketo", recovery)
    assert Keyring.open(folder).recipients("hketo") == ()
    add_public_key(folder, "hketo", public)
    assert Keyring.open(folder).recipients("hketo") == (public, recovery)


@pytest.mark.parametrize("content", ["", "junk", "AAAA", urlsafe_b64encode(bytes(32)).decode()])
def test_a_damaged_public_key_is_none_and_is_named(folder: Path, content: str) -> None:
    add_public_key(folder, "hketo", generate_key_pair().public)
    (folder / "sealing-hketo.keys").write_text(content)
    keyring = Keyring.open(folder)
    assert keyring.public_key("hketo") is None
    assert keyring.content_key("hketo") is None
    assert "sealing-hketo.keys does not hold keys" in keyring.faults[0]


def test_a_destroyed_index_key_is_gone(folder: Path) -> None:
    Keyring.open(folder).index_key("hketo")
    destroy_index_key(folder, "hketo")
    destroy_index_key(folder, "hketo")
    assert not Keyring.open(folder).has_index_key("hketo")


def test_the_next_signing_key_is_known_and_signs_nothing(folder: Path) -> None:
    old = Keyring.open(folder).signing
    prepare_signing_key(folder)
    prepare_signing_key(folder)
    known = Keyring.open(folder).signing
    assert len(known) == 2
    assert known[-1:] == old


def test_rotation_signs_with_the_next_key_and_keeps_the_old(folder: Path) -> None:
    (old,) = Keyring.open(folder).signing
    prepare_signing_key(folder)
    (prepared, _) = Keyring.open(folder).signing
    rotate_signing_key(folder)
    assert Keyring.open(folder).signing == (old, prepared)
    assert Keyring.open(folder).oldest_signing == old
    assert signing_key_prepared_at(folder) is None


def test_threads_that_race_for_a_key_get_the_same_one(folder: Path) -> None:
    found: list[bytes] = []

    def use() -> None:
        found.append(Keyring.open(folder).index_key("hketo"))

    threads = [Thread(target=use) for _ in range(30)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 30
    assert len(set(found)) == 1


def test_processes_that_race_for_a_key_get_the_same_one(folder: Path) -> None:
    code = (
        "import pathlib, sys\n"
        "from widget_server.keys import Keyring\n"
        "print(Keyring.open(pathlib.Path(sys.argv[1])).signing)\n"
    )
    arguments = [sys.executable, "-c", code, str(folder)]
    racing = [subprocess.Popen(arguments, stdout=subprocess.PIPE) for _ in range(4)]
    answers = {process.communicate()[0] for process in racing}
    assert len(answers) == 1


def test_keys_added_at_once_are_all_kept(folder: Path) -> None:
    publics = [generate_key_pair().public for _ in range(20)]
    threads = [Thread(target=add_public_key, args=(folder, "hketo", key)) for key in publics]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    lines = (folder / "sealing-hketo.keys").read_text().split()
    assert len(lines) == 20


@pytest.mark.parametrize("content", ["", "not a key", "AAAA", "é"])
def test_a_file_without_keys_is_refused_and_left_alone(folder: Path, content: str) -> None:
    Keyring.open(folder)
    path = folder / "signing.keys"
    path.write_text(content)
    with pytest.raises(SetupError, match=r"signing\.keys does not hold keys"):
        Keyring.open(folder)
    assert path.read_text() == content


def test_a_folder_that_cannot_be_made_is_refused_with_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(SetupError, match="THREESTEPS_KEYS"):
        Keyring.open(tmp_path / "file" / "keys")


def test_keys_do_not_show_themselves(folder: Path) -> None:
    keyring = Keyring.open(folder)
    assert repr(keyring.signing[0]) not in repr(keyring)


def test_what_closed_envelopes_is_forgotten_whenever_the_keys_are_read_again(folder: Path) -> None:
    add_public_key(folder, "hketo", generate_key_pair().public)
    keyring = Keyring.open(folder)
    first = keyring.content_key("hketo")
    keyring.refreshed()
    assert keyring.content_key("hketo") is not first
