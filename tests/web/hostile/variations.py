"""A few requests in, many like them out: parts of one with parts of another, and bytes astray.

Hypothesis thinks of the few, which takes it milliseconds for each; the many take microseconds.
"""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from tests.web.hostile.requests import Asked

#: What an address and a header may be made of; a server refuses the rest before it asks anybody.
PRINTABLE = range(0x21, 0x7F)
ANY_BYTE = range(0x100)
LONGEST_SLICE = 40
#: How often a part is bent: a path that names another route asks nothing of this one.
OFTEN, SELDOM = 0.5, 0.04


def variations(
    some: Sequence[Asked], number: int, chance: random.Random, spelt: Callable[[Asked], Asked]
) -> Iterator[Asked]:
    """The requests themselves and others like them, ``number`` in all, as they are ``spelt``."""
    yield from map(spelt, some)
    for _ in range(number - len(some)):
        yield _bent(spelt(_mixed(some, chance)), chance)


def _mixed(some: Sequence[Asked], chance: random.Random) -> Asked:
    """The path of one, the query of another, the body of a third, some headers of a fourth."""
    path = chance.choice(some).path.partition("?")[0]
    query = "".join(chance.choice(some).path.partition("?")[1:])
    body = chance.choice(some)
    kind = {name: value for name, value in body.headers.items() if name == "Content-Type"}
    others = chance.choice(some).headers.items()
    headers = {name: value for name, value in others if chance.random() < OFTEN}
    headers.pop("Content-Type", None)
    return Asked(body.method, path + query, body.body, {**headers, **kind})


def _bent(request: Asked, chance: random.Random) -> Asked:
    """The request with bytes changed in its body, its query, and seldom elsewhere."""

    def bent(text: str, how_often: float) -> str:
        edited = text.encode()
        if chance.random() < how_often:
            edited = _edited(edited, PRINTABLE, chance)
        return edited.decode()

    path, _, query = request.path.partition("?")
    asked = bent(query, OFTEN)
    body = request.body
    if chance.random() < OFTEN:
        body = _edited(body, ANY_BYTE, chance)
    headers = {name: bent(value, SELDOM) for name, value in request.headers.items()}
    path = "/" + bent(path[1:], SELDOM) + ("?" + asked if asked else "")
    return replace(request, path=path, body=body, headers=headers)


def _edited(text: bytes, alphabet: range, chance: random.Random) -> bytes:
    """The text with a slice of it changed, taken out or repeated, or with its end cut off."""
    begin = chance.randrange(len(text) + 1)
    end = min(len(text), begin + chance.randrange(LONGEST_SLICE))
    other = bytes(chance.choices(alphabet, k=chance.randrange(1, 4)))
    edit = chance.choice(("flip", "insert", "delete", "repeat", "cut"))
    if edit == "cut":
        return text[:begin]
    if edit == "flip":
        end = begin + 1
    middle = {
        "insert": other + text[begin:end],
        "repeat": text[begin:end] * chance.randrange(2, 5),
        "flip": other[:1],
    }.get(edit, b"")
    return text[:begin] + middle + text[end:]
