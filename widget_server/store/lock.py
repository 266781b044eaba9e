"""Who may write to a SQLite file: a lock file that the kernel releases with its process.

``serve.lock`` is held for as long as a service runs, ``write.lock`` for one batch of a service
or one write of a command. SQLite has locks of its own, but before 3.51.3 a WAL that is reset
while another connection commits can corrupt the file; so ours go around both.
"""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..errors import UnavailableError

#: How long a writer waits for another before it gives up its batch.
PATIENCE_SECONDS = 4.0
_PAUSE_SECONDS = 0.005


class FileLock:
    """An exclusive lock on a file, which is created when missing and never deleted."""

    def __init__(self, path: Path) -> None:
        self._descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)

    def acquire(self) -> bool:
        """Take the lock if it is free, and say whether it was."""
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def release(self) -> None:
        """Give the lock back."""
        fcntl.flock(self._descriptor, fcntl.LOCK_UN)

    def close(self) -> None:
        """Forget the file, and the lock with it."""
        os.close(self._descriptor)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the lock within the block; UnavailableError when it stays taken."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not self.acquire():
            if time.monotonic() > deadline:
                raise UnavailableError
            time.sleep(_PAUSE_SECONDS)
        try:
            yield
        finally:
            self.release()
