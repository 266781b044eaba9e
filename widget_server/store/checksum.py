"""A file's own checksum as its last line: appended once, compared later.

SQLite knows how many pages it has and never reads what follows them, so a database that carries
this line is a database still.
"""

import os
from hashlib import file_digest, sha256
from pathlib import Path
from typing import BinaryIO

_MARK = b"\nthreesteps sha256 "
_LINE_BYTES = len(_MARK) + 2 * sha256().digest_size + 1


def append(path: Path) -> None:
    """Add the line that says what the file holds now."""
    with path.open("rb+") as file:
        digest = file_digest(file, "sha256")
        file.seek(0, os.SEEK_END)
        file.write(_MARK + digest.hexdigest().encode() + b"\n")


def is_right(path: Path) -> bool | None:
    """Whether the file is what its last line says; None when it has no such line."""
    with path.open("rb") as file:
        size = file.seek(0, os.SEEK_END) - _LINE_BYTES
        file.seek(max(size, 0))
        line = file.read()
        if not line.startswith(_MARK):
            return None
        return line == _MARK + _digest(file, size).encode() + b"\n"


def _digest(file: BinaryIO, size: int) -> str:
    """The digest of the first bytes."""
    file.seek(0)
    digest = sha256()
    while size > 0 and (block := file.read(min(size, 1 << 20))):
        digest.update(block)
        size -= len(block)
    return digest.hexdigest()
