"""A few requests in, many like them out: parts of one with parts of another, and bytes astray.

Hypothesis thinks of the few, which takes it milliseconds for each; the many take microseconds.
"""

import random
from collections.abc import Iterator, Sequence

from tests.web.hostile.requests import Asked

#: What an address may be made of; a server refuses the rest before it asks the application.
PRINTABLE = range(0x21, 0x7F)
ANY_BYTE = range(0x100)
UNTOUCHED = 0.3
LONGEST_SLICE = 40


def variations(some: Sequence[Asked], number: int, chance: random.Random) -> Iterator[Asked]:
    """The requests themselves, and so many more."""
    yield from some
    for _ in range(number):
        yield _varied(some, chance)


def _varied(some: Sequence[Asked], chance: random.Random) -> Asked:
    """The address of one with the body of another and the headers of a third."""
    body = chance.choice(some)
    kind = {name: value for name, value in body.headers.items() if name == "Content-Type"}
    others = chance.choice(some).headers
    headers = {name: value for name, value in others.items() if chance.random() > UNTOUCHED}
    return Asked(
        chance.choice(some).method,
        _astray_in_path(chance.choice(some).path, chance),
        _astray(body.body, ANY_BYTE, chance),
        {**headers, **kind},
    )


def _astray_in_path(path: str, chance: random.Random) -> str:
    """What names the route stays, so that it is the route that is asked."""
    fixed = path.rpartition("/")[0] if chance.random() < UNTOUCHED else path.partition("?")[0]
    return fixed + _astray(path[len(fixed) :].encode(), PRINTABLE, chance).decode()


def _astray(text: bytes, alphabet: range, chance: random.Random) -> bytes:
    """The text as it is, or with a slice of it changed, taken out, repeated or cut off."""
    if chance.random() < UNTOUCHED:
        return text
    begin = chance.randrange(len(text) + 1)
    end = min(len(text), begin + chance.randrange(LONGEST_SLICE))
    other = bytes(chance.choice(alphabet) for _ in range(chance.randrange(4)))
    middle = chance.choice((other, b"", text[begin:end] * chance.randrange(2, 5)))
    return text[:begin] + middle + chance.choice((text[end:], b""))
