"""Files and folders that only their owner can reach."""

import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


def make_folder(path: Path) -> None:
    """Create the folder, and those above it, unless they exist."""
    for folder in (*reversed(path.parents), path):
        if not folder.exists():
            folder.mkdir(mode=0o700, exist_ok=True)


def make_file(path: Path) -> None:
    """Create an empty file unless there is one, which is not touched: it may be SQLite's.

    To close any descriptor of it would give back the locks that this process has on it.
    """
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))


def write_new(path: Path, content: bytes, mode: int = 0o600) -> None:
    """Write a file, durably. Raises FileExistsError: nothing is overwritten."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, mode)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def replace(path: Path, content: bytes, mode: int = 0o600) -> None:
    """Put new content in the file's place, durably.

    A reader sees the old or the new, never a part; after an OSError the old is still there.
    """
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        write_new(draft, content, mode)
        draft.replace(path)
    except OSError:
        with suppress(OSError):
            draft.unlink()
        raise
    flush(path.parent)


def destroy(path: Path) -> None:
    """Overwrite a file where it stands, and delete it, durably.

    What the disk or a snapshot keeps of it by itself is out of reach.
    """
    with path.open("r+b") as file:
        file.write(bytes(path.stat().st_size))
        file.flush()
        os.fsync(file.fileno())
    path.unlink()
    flush(path.parent)


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Wait until nobody else has the lock in the file, and hold it."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def flush(path: Path) -> None:
    """Bring a file, or the names in a folder, to the disk."""
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
