"""What is left in the caches of a process once somebody was answered: nothing they sent."""

import asyncio
from urllib.parse import urlsplit

import pytest
from starlette.applications import Starlette

from tests.web.hostile.requests import FORM, Asked
from tests.web.hostile.sender import answered
from widget_server.web import look

#: Reads its address, its query and its form; refused or not.
ASKED = (
    ("GET", "/w/TOKEN"),
    ("GET", "/w/TOKEN/find"),
    ("POST", "/w/TOKEN/find"),
    ("POST", "/w/TOKEN/act"),
    ("POST", "/w/TOKEN/submit"),
    ("POST", "/w/TOKEN/shown"),
    ("GET", "/c/hketo"),
    ("GET", "/c/hketo/privacy"),
    ("GET", "/c/nothing"),
    ("GET", "/prove-nothing.js"),
    ("GET", "/partner"),
    ("GET", "/organiser"),
)


@pytest.mark.parametrize(("method", "path"), ASKED)
def test_no_cache_keeps_a_query(app: Starlette, token: str, method: str, path: str) -> None:
    def missed(word: str) -> tuple[int, int]:
        """How often the caches have met something new, once this was asked."""
        query = f"lang={word}&source={word}&q={word}&url=https://{word}.example"
        address = f"{path.replace('TOKEN', token)}?{query}"
        asyncio.run(
            answered(app, Asked(method, address, b"zip=" + word.encode(), {"Content-Type": FORM}))
        )
        addresses = urlsplit.cache_info()  # type: ignore[attr-defined] # it is an lru_cache
        return addresses.misses, look._remembered.cache_info().misses

    missed("first")
    assert missed("second") == missed("third")
