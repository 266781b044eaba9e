"""Bytes that are rendered once and sent many times."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from ..assets import Encoded


@dataclass(frozen=True, slots=True)
class Sendable:
    """An encoded body with its headers; ``etag``, unquoted, is None where nothing may be kept."""

    encoded: Encoded
    headers: Mapping[str, str]
    etag: str | None = None

    def response(
        self, request: Request, *, status: int = 200, extra: Mapping[str, str] | None = None
    ) -> Response:
        """The body in the best encoding, or a 304 that repeats the headers."""
        headers = {**self.headers, "Vary": "Accept-Encoding", **(extra or {})}
        encoding, body = self.encoded.best(request.headers.get("accept-encoding", ""))
        if self.etag:
            # Strong: other bytes, another tag.
            headers["ETag"] = etag = f'"{self.etag}-{encoding or "plain"}"'
            if etag in request.headers.get("if-none-match", ""):
                return Response(status_code=304, headers=headers)
        if encoding:
            headers["Content-Encoding"] = encoding
        return Response(body, status, headers)


class Shelf:
    """The last ``size`` things made, by key."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._items: OrderedDict[Hashable, Sendable] = OrderedDict()

    def get(self, key: Hashable, make: Callable[[], Sendable]) -> Sendable:
        """What ``key`` names, made now if it is not there."""
        if key in self._items:
            self._items.move_to_end(key)
            return self._items[key]
        item = self._items[key] = make()
        if len(self._items) > self._size:
            self._items.popitem(last=False)
        return item
