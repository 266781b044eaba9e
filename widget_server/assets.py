"""What browsers get: files on disk in, small hashed compressed bytes out.

There is no build step: a script or stylesheet is stripped of comments and white space with a
library, compressed and hashed when the service starts.
"""

import gzip
from base64 import b64encode
from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import sha256
from pathlib import Path

import brotli
from rcssmin import cssmin
from rjsmin import jsmin

PACKAGE = Path(__file__).parent


@cache
def folder(name: str) -> Path:
    """``templates`` or ``widget_js``: inside the package in a wheel, beside it in a checkout."""
    inside = PACKAGE / name
    return inside if inside.is_dir() else PACKAGE.parent / name


@cache
def interface_languages() -> tuple[str, ...]:
    """The languages that the widget itself speaks: those that have a file of strings."""
    return tuple(sorted(path.stem for path in (folder("templates") / "strings").glob("*.toml")))


@cache
def source(name: str) -> str:
    """The script or stylesheet ``name`` of ``widget_js/``, as it is sent."""
    return stripped(name, (folder("widget_js") / name).read_text(encoding="utf-8"))


def stripped(name: str, text: str) -> str:
    """The text of a script or stylesheet of this name, without comments and white space."""
    return str(cssmin(text) if name.endswith(".css") else jsmin(text))


def digest(text: str) -> str:
    """The SHA-256 of a text in base64, as Content-Security-Policy and ``integrity`` want it."""
    return "sha256-" + b64encode(sha256(text.encode()).digest()).decode()


@dataclass(frozen=True, slots=True)
class Encoded:
    """A body in every encoding that is sent: Content-Encoding -> bytes, "" for none."""

    bodies: dict[str, bytes]
    hash: str


@lru_cache(maxsize=64)
def best_encoding(accepted: str) -> str:
    """The smallest encoding that an Accept-Encoding header allows, "" for none."""
    offered = accepted.lower().replace(" ", "").split(",")
    allowed = (name for name in ("br", "gzip") if any(_allows(part, name) for part in offered))
    return next(allowed, "")


def _allows(part: str, encoding: str) -> bool:
    """Whether one part of an Accept-Encoding header names this encoding and does not refuse it."""
    name, _, weight = part.partition(";q=")
    return name == encoding and weight.strip("0.") != "" if weight else name == encoding


def encode(text: str, *, quick: bool = False) -> Encoded:
    """Compress a text once; ``quick`` where a stranger decides how often that happens."""
    body = text.encode()
    return Encoded(
        bodies={
            "": body,
            "br": brotli.compress(body, quality=5 if quick else 11),
            "gzip": gzip.compress(body, 5 if quick else 9, mtime=0),
        },
        hash=sha256(body).hexdigest()[:20],
    )
