"""The keys of this installation: a folder in; secrets for signing, indexing and sealing out.

Each file holds keys in base64, one a line, the newest last. They are created when they are
missing, under a lock, whole or not at all, readable by their owner only, and never overwritten:
a new key is added below the old ones.

    signing.keys            sign tokens
    index-CAMPAIGN.keys     key the blind index of email addresses; not in the database, so that
                            a copy of the database cannot be searched for an address
    sealing-CAMPAIGN.keys   public keys; the private ones are with the organiser, never here
"""

import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

from .errors import SetupError
from .private import locked, make_folder, replace

KEY_BYTES = 32


@dataclass(slots=True)
class Keyring:
    """The keys as they were when the folder was read; ``refreshed()`` reads it again.

    Two keyrings are equal when their keys are.
    """

    folder: Path
    _keys: dict[str, tuple[bytes, ...]] = field(repr=False)
    _lock: Lock = field(default_factory=Lock, init=False, repr=False, compare=False)

    @classmethod
    def open(cls, folder: Path) -> "Keyring":
        """Read the folder, and create it and the signing key when they are missing.

        Raises SetupError for a file that is not readable or not made of keys.
        """
        _make_folder(folder)
        _add(folder / "signing.keys", secrets.token_bytes(KEY_BYTES), only_first=True)
        files = sorted(folder.glob("*.keys"))
        return cls(folder, {file.stem: _read(file) for file in files})

    def refreshed(self) -> "Keyring":
        """The keys as they are on the disk now."""
        return Keyring.open(self.folder)

    @property
    def signing(self) -> tuple[bytes, ...]:
        """The keys that sign tokens, the newest last."""
        return self._keys["signing"]

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

    def public_key(self, campaign: str) -> bytes | None:
        """The key that the campaign's envelopes are sealed to, None when there is none yet."""
        keys = self._keys.get(f"sealing-{campaign}")
        return keys[-1] if keys else None


def add_public_key(folder: Path, campaign: str, key: bytes) -> None:
    """Seal the campaign's next envelopes to this key."""
    _make_folder(folder)
    _add(folder / f"sealing-{campaign}.keys", key)


def rotate_signing_key(folder: Path) -> None:
    """Sign with a new key from now on; tokens of the old ones stay good."""
    _make_folder(folder)
    _add(folder / "signing.keys", secrets.token_bytes(KEY_BYTES))


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
    if not keys or any(len(key) != KEY_BYTES for key in keys):
        raise SetupError(f"{path} does not hold keys. Restore it from your backup.")
    return keys


def _unusable(path: Path, error: OSError) -> SetupError:
    return SetupError(f"{path} cannot be used: {error.strerror}. Check THREESTEPS_KEYS.")
