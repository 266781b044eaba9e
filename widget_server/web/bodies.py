"""Bytes that are rendered once and sent many times."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Mapping
from json import JSONEncoder
from typing import Any, Generic, TypeVar

from starlette.requests import Request
from starlette.responses import Response

from ..assets import Encoded, best_encoding
from .headers import header
from .security import NO_PAGE, RawHeader, guarded

T = TypeVar("T")

#: As Starlette writes it, with an encoder that is made once.
_JSON = JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"))


class Ready(Response):
    """A response whose headers are bytes already; Starlette's own encode them each time."""

    def __init__(self, body: bytes, status: int, headers: list[RawHeader]) -> None:
        self.body, self.status_code, self.raw_headers = body, status, headers
        self.background = None


def json_response(content: Any, status: int, headers: Iterable[RawHeader]) -> Ready:
    """``content`` as JSON."""
    body = _JSON.encode(content).encode()
    length = (b"content-length", b"%d" % len(body))
    kind = (b"content-type", b"application/json")
    return Ready(body, status, [*NO_PAGE, *headers, length, kind])


def no_content() -> Ready:
    """It was noted, and there is nothing to say."""
    return Ready(b"", 204, [*NO_PAGE])


class Sendable:
    """An encoded body with its headers; ``etag``, unquoted, is None where nothing may be kept."""

    def __init__(
        self, encoded: Encoded, headers: Mapping[str, str], etag: str | None = None
    ) -> None:
        self.encoded = encoded
        self._variants = {
            encoding: _Variant(encoding, body, headers, etag)
            for encoding, body in encoded.bodies.items()
        }

    def response(self, request: Request, *extra: RawHeader) -> Response:
        """The body in the best encoding, or a 304 that repeats the headers."""
        variant = self._variants[best_encoding(header(request, b"accept-encoding"))]
        if variant.etag and variant.etag in header(request, b"if-none-match"):
            return Ready(b"", 304, [*variant.unchanged, *extra])
        return Ready(variant.body, 200, [*variant.whole, *extra])


class _Variant:
    """A body in one encoding, with the headers of a whole answer and of one *not modified*."""

    def __init__(
        self, encoding: str, body: bytes, headers: Mapping[str, str], etag: str | None
    ) -> None:
        # Strong: other bytes, another tag.
        self.etag = etag and f'"{etag}-{encoding or "plain"}"'
        self.body = body
        named = {**headers, "Vary": "Accept-Encoding", "ETag": self.etag or ""}
        whole = {**named, "Content-Encoding": encoding, "Content-Length": str(len(body))}
        self.unchanged, self.whole = guarded(_raw(named)), guarded(_raw(whole))


class Shelf(Generic[T]):
    """The last ``size`` things made, by key."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._items: OrderedDict[Hashable, T] = OrderedDict()

    def __len__(self) -> int:
        return len(self._items)

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """What ``key`` names, made now if it is not there."""
        item = self._items.get(key)
        if item is not None:
            self._items.move_to_end(key)
            return item
        item = self._items[key] = make()
        if len(self._items) > self._size:
            self._items.popitem(last=False)
        return item


def _raw(headers: Mapping[str, str]) -> list[RawHeader]:
    """The headers that say something, as they go over the wire."""
    return [
        (name.lower().encode("latin-1"), value.encode("latin-1"))
        for name, value in headers.items()
        if value
    ]
