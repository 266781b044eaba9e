"""The keys of this installation: a folder in; secrets for signing, indexing and sealing out.

Each file holds keys in base64, one a line, the newest last. They are created when they are
missing, under a lock, whole or not at all, readable by their owner only, and never overwritten:
a new key is added below the old ones.

    signing.keys            sign tokens
    signing-next.keys       the next of these, which signs nothing until everybody has read it
    index-CAMPAIGN.keys     key the blind index of email addresses; not in the database, so that
                            a copy of the database cannot be searched for an address
    sealing-CAMPAIGN.keys   public keys of the organiser; the private ones are never here
    recovery-CAMPAIGN.keys  public keys of those who hold shares, for when the organiser's is lost

A public key that is damaged is as good as none: the campaign goes on and takes no personal data.
"""

import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock

from .errors import SetupError
from .private import destroy, locked, make_folder, replace
from .seal import ContentKey, ContentKeys, is_public_key

KEY_BYTES = 32
_NEXT = "signing-next.keys"
_INDEX = "index-"
_PUBLIC = ("sealing-", "recovery-")


@dataclass(slots=True)
class Keyring:
    """The keys as they were when the folder was read; ``refreshed()`` reads it again.

    ``faults`` name the files of public keys that cannot be used. Two keyrings are equal when
    their keys are.
    """

    folder: Path
    _keys: dict[str, tuple[bytes, ...]] = field(repr=False)
    faults: tuple[str, ...] = ()
    _content_keys: ContentKeys = field(
        default_factory=ContentKeys, init=False, repr=False, compare=False
    )
    _lock: Lock = field(default_factory=Lock, init=False, repr=False, compare=False)

    @classmethod
    def open(cls, folder: Path) -> "Keyring":
        """Read the folder, and create it and the signing key when they are missing.

        Raises SetupError for a file that is not readable or not made of keys.
        """
        _make_folder(folder)
        _add(folder / "signing.keys", secrets.token_bytes(KEY_BYTES), only_first=True)
        keys, faults = {}, []
        for file in sorted(folder.glob("*.keys")):
            try:
                keys[file.stem] = _read(file)
            except SetupError as error:
                if not file.name.startswith(_PUBLIC):
                    raise
                faults.append(str(error))
        return cls(folder, keys, tuple(faults))

    def refreshed(self) -> "Keyring":
        """The keys as they are on the disk now; what closed envelopes until now is forgotten."""
        self._content_keys.forget()
        return Keyring.open(self.folder)

    @property
    def signing(self) -> tuple[bytes, ...]:
        """The keys that tokens are read with; the last one signs."""
        return (*self._keys.get("signing-next", ()), *self._keys["signing"])

    @property
    def oldest_signing(self) -> bytes:
        """The one that every process of the installation has."""
        return self._keys["signing"][0]

    def index_key(self, campaign: str) -> bytes:
        """The key of the campaign's blind index, made on first use.

        It never changes: a new one would count everybody a second time.
        """
        name = f"index-{campaign}"
        with self._lock:
            if name not in self._keys:
                self._keys[name] = _add(
                    self.folder / f"{name}.keys", secrets.token_bytes(KEY_BYTES), only_first=True
                )
            return self._keys[name][0]

    def has_index_key(self, campaign: str) -> bool:
        """Whether anybody of the campaign can have been indexed with these keys."""
        return f"index-{campaign}" in self._keys

    @property
    def indexed(self) -> frozenset[str]:
        """The campaigns that anybody can have been indexed in with these keys."""
        return frozenset(name[len(_INDEX) :] for name in self._keys if name.startswith(_INDEX))

    def without_index_keys(self, closed: Iterable[str]) -> "Keyring":
        """The same keys once those of closed campaigns are destroyed on this machine too."""
        found = [campaign for campaign in closed if self.has_index_key(campaign)]
        for campaign in found:
            destroy_index_key(self.folder, campaign)
        return self.refreshed() if found else self

    def public_key(self, campaign: str) -> bytes | None:
        """The organiser's key that the campaign's envelopes are sealed to, None without one."""
        return self._newest(f"sealing-{campaign}")

    def recovery_key(self, campaign: str) -> bytes | None:
        """The key of those who hold shares, None without one."""
        return self._newest(f"recovery-{campaign}")

    def recipients(self, campaign: str) -> tuple[bytes, ...]:
        """Whom the campaign's envelopes are sealed to; nobody without the organiser's key."""
        public, recovery = self.public_key(campaign), self.recovery_key(campaign)
        return tuple(key for key in (public, recovery) if key) if public else ()

    def content_key(self, campaign: str) -> ContentKey | None:
        """What to close one more envelope of the campaign with, None when nobody could open it."""
        publics = self.recipients(campaign)
        return self._content_keys.current(campaign, publics) if publics else None

    def _newest(self, name: str) -> bytes | None:
        keys = self._keys.get(name)
        return keys[-1] if keys else None


def add_public_key(folder: Path, campaign: str, key: bytes) -> None:
    """Seal the campaign's next envelopes to this key of the organiser's."""
    _make_folder(folder)
    _add(folder / f"sealing-{campaign}.keys", key)


def add_recovery_key(folder: Path, campaign: str, key: bytes) -> None:
    """Seal the campaign's next envelopes to this key as well."""
    _make_folder(folder)
    _add(folder / f"recovery-{campaign}.keys", key)


def destroy_index_key(folder: Path, campaign: str) -> None:
    """Overwrite and delete the key of the campaign's blind index, if it is there."""
    path = folder / f"index-{campaign}.keys"
    try:
        with locked(folder / ".lock"):
            if path.exists():
                destroy(path)
    except OSError as error:
        raise _unusable(path, error) from None


def prepare_signing_key(folder: Path) -> None:
    """Make the next key, unless there is one: tokens of it are good, and none is made."""
    _make_folder(folder)
    _add(folder / _NEXT, secrets.token_bytes(KEY_BYTES), only_first=True)


def signing_key_prepared_at(folder: Path) -> datetime | None:
    """Since when there is a next key."""
    path = folder / _NEXT
    return datetime.fromtimestamp(path.stat().st_mtime, UTC) if path.exists() else None


def rotate_signing_key(folder: Path) -> None:
    """Sign with the next key from now on; tokens of the old ones stay good."""
    path = folder / _NEXT
    _add(folder / "signing.keys", _read(path)[-1])
    path.unlink(missing_ok=True)


def _make_folder(folder: Path) -> None:
    try:
        make_folder(folder)
    except OSError as error:
        raise _unusable(folder, error) from None


def _add(path: Path, key: bytes, *, only_first: bool = False) -> tuple[bytes, ...]:
    """The file's keys with this one last; with ``only_first`` a file that exists is left alone."""
    if only_first and path.exists():
        return _read(path)
    try:
        with locked(path.parent / ".lock"):
            keys = _read(path) if path.exists() else ()
            if keys and only_first:
                return keys
            keys = (*keys, key)
            replace(path, b"".join(urlsafe_b64encode(key) + b"\n" for key in keys))
            return keys
    except OSError as error:
        raise _unusable(path, error) from None


def _read(path: Path) -> tuple[bytes, ...]:
    try:
        lines = path.read_bytes().split()
        keys = tuple(urlsafe_b64decode(line) for line in lines)
    except OSError as error:
        raise _unusable(path, error) from None
    except ValueError:
        keys = ()
    fits = is_public_key if path.name.startswith(_PUBLIC) else _is_secret
    if not keys or not all(map(fits, keys)):
        raise SetupError(f"{path} does not hold keys. Restore it from your backup.")
    return keys


def _is_secret(key: bytes) -> bool:
    return len(key) == KEY_BYTES


def _unusable(path: Path, error: OSError) -> SetupError:
    return SetupError(f"{path} cannot be used: {error.strerror}. Check THREESTEPS_KEYS.")
