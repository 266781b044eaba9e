"""What the process lets go of is overwritten, where the C library can do that (glibc)."""

import ctypes
from contextlib import suppress

#: From glibc's malloc.h; the byte is any but 0.
_M_PERTURB = -6
_BYTE = 0xA5


def overwrite_what_is_freed() -> None:
    """From now on a freed block, such as a request's bytes, keeps nothing of what was in it.

    Small blocks are Python's own: others take their place sooner or later.
    """
    with suppress(AttributeError, OSError):
        ctypes.CDLL(None).mallopt(_M_PERTURB, _BYTE)
