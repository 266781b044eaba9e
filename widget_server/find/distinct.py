"""Codes in, each of them once out, in the order in which they came."""

from collections.abc import Iterable


def distinct(codes: Iterable[str]) -> tuple[str, ...]:
    """The codes without repetitions."""
    return tuple(dict.fromkeys(codes))
