"""Key files and shares -> the private keys that an export opens with."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from ..errors import SealError, SetupError
from ..seal import PrivateKey, load_private_key, private_key
from . import recovery


@dataclass(frozen=True, slots=True)
class Means:
    """What the organiser has: key files, files of shares, or shares to be typed (``asks``)."""

    keys: Sequence[Path]
    shares: Sequence[Path]
    asks: bool

    def private_keys(self) -> list[PrivateKey]:
        """All that these open with; raises SetupError for none at all."""
        found = [load_private_key(file.read_bytes()) for file in self.keys]
        if self.shares or self.asks:
            found.append(private_key(recovery.combine(list(self._words()))))
        if not found:
            raise SetupError("Say what opens it: --key FILE, or --recovery with two shares.")
        return found

    def _words(self) -> Iterator[str]:
        """The shares of the files, and as many more by hand as are needed."""
        for file in self.shares:
            try:
                yield file.read_text()
            except UnicodeDecodeError:
                raise SealError(f"{file} does not hold a share.") from None
        for number in range(len(self.shares), recovery.NEEDED if self.asks else 0):
            yield click.prompt(f"Share {number + 1} of {recovery.NEEDED}", err=True)
