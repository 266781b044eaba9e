"""Requests that nobody would send: a route in, what hypothesis may ask of it out."""

import json
from dataclasses import dataclass, field
from urllib.parse import quote, urlencode, urlsplit

from hypothesis import strategies as st

from tests.web.conftest import ORIGIN
from tests.web.hostile.payloads import PAYLOADS
from widget_server.web.loader import pinned
from widget_server.web.organiser.revoking import CHOICES
from widget_server.web.proving import solver_path
from widget_server.web.routes import ROUTES
from widget_server.web.sealing import script_path

#: Every route, and how it is asked.
EVERYTHING = sorted(
    {(method, route.path) for route in ROUTES for method in route.methods or () if method != "HEAD"}
)

#: What a form or a query of ours is made of, and what might pass for it.
NAMES = (
    *("visit", "zip", "street", "city", "state", "district", "email", "name", "updates"),
    *("anonymous", "kind", "legislator", "done", "sealed", "proof", "website", "form", "site"),
    *("sites", "url", "address", "period", "slug", "everything", "mine", "language", "lang"),
    *(
        "theme",
        "accent",
        "source",
        "label",
        "by",
        "t",
        "link",
        "campaign",
        "days",
        "from",
        "to",
        "format",
    ),
    *("maxwidth", "maxheight", "partner", "page"),
)
KNOWN = (
    *("94110", "57638", "00901", "2139", "CA-11", "SD-0", "yes", "tweet", "email", "share"),
    *("ana@example.org", "Ana", "P000197", "hketo", "harbor-voices", "en", "zh-Hant", "dark"),
    *("https://harborvoices.example", "hourly", "daily", "json", "footer", "a33", "1", "0", "-1"),
    *("9" * 400, "null", "TOKEN", "VISIT", "FORM"),
)
HEADERS = {
    "Accept": ("application/json", "text/html", "*/*", "application/json;q=0", ""),
    "Accept-Encoding": ("br", "gzip;q=0", "identity", "*"),
    "Authorization": ("Bearer KEY", "Bearer", "Basic x", "bearer  \t"),
    "If-None-Match": ("*", '"x"', "x" * 300),
    "Origin": ("null", "https://act.example.org", "https://evil.example", "://", "x"),
    "Referer": ("https://harborvoices.example/page", "http://[", "x", "https://"),
    "Sec-Fetch-Site": ("cross-site", "same-origin", "none", "x"),
    "Threesteps-Fragment": ("1", ""),
    "X-Forwarded-For": ("1.2.3.4", "x, y", "::1", ","),
}
FORM = "application/x-www-form-urlencoded"
#: What every form begins with, so that some get past the first check.
WHOLE = {
    **{"visit": "VISIT", "form": "FORM", "zip": "94110", "email": "ana@example.org"},
    **{"kind": "share", "name": "New", "site": "https://new.example", "updates": "yes"},
    **{"sites": "https://new.example", "url": "https://hook.example/x", "period": "daily"},
    **dict.fromkeys(CHOICES, "yes"),
}
#: And queries, so that some are answered.
ASKED_FOR = {
    "/api/v1/legislators": {"zip": "94110"},
    "/oembed": {"url": f"{ORIGIN}/c/hketo?t=TOKEN"},
}
#: Scripts whose address is a hash of their bytes.
PINNED = {
    "/embed-{hash}.js": urlsplit(pinned("").src).path,
    "/seal-{hash}.js": script_path(),
    "/proof-{hash}.js": solver_path(),
}

_text = st.one_of(
    st.sampled_from(KNOWN),
    st.sampled_from(PAYLOADS),
    st.text(max_size=40),
    st.text(alphabet="\x00\r\n\t\"'<>&%=;:/\\?#@ .-0aZ", max_size=30),
)
_fields = st.dictionaries(
    st.one_of(st.sampled_from(NAMES), st.sampled_from(NAMES), _text), _text, max_size=8
)
_headers = st.dictionaries(st.sampled_from(sorted(HEADERS)), st.integers(0, 4), max_size=4).map(
    lambda chosen: {
        name: HEADERS[name][place % len(HEADERS[name])] for name, place in chosen.items()
    }
)


@dataclass(frozen=True)
class Asked:
    """One request; TOKEN, VISIT, FORM and KEY in it stand for what is valid at that moment."""

    method: str
    path: str
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)


def asked(method: str, path: str) -> st.SearchStrategy[Asked]:
    """Requests for a route."""
    whole = ASKED_FOR.get(path, {})
    queries = st.one_of(_fields, _fields.map(lambda fields: {**whole, **fields}))
    return st.builds(_asked, st.just(method), _paths(path), queries, _bodies(method), _headers)


def _asked(
    method: str, path: str, query: dict[str, str], body: tuple[bytes, str], headers: dict[str, str]
) -> Asked:
    asking = f"{path}?{_spelt(query)}" if query else path
    kind = {"Content-Type": body[1]} if body[1] else {}
    return Asked(method, asking, body[0], {**headers, **kind})


def _paths(path: str) -> st.SearchStrategy[str]:
    """The route's path, its parameters as they should be, or as they should not."""
    parts = [
        st.one_of(st.just(valid(part)), st.just(valid(part)), _text.map(_quoted))
        if part.startswith("{")
        else st.just(part)
        for part in PINNED.get(path, path).split("/")
    ]
    return st.tuples(*parts).map("/".join)


def valid(parameter: str) -> str:
    """What a parameter of a path should be."""
    return {"{token}": "TOKEN", "{campaign}": "hketo"}.get(parameter, "harbor-voices")


def _bodies(method: str) -> st.SearchStrategy[tuple[bytes, str]]:
    if method != "POST":
        return st.just((b"", ""))
    forms = _fields.map(lambda fields: (_spelt({**WHOLE, **fields}).encode(), FORM))
    objects = st.dictionaries(st.sampled_from(NAMES), st.one_of(_text, st.integers(), st.none()))
    return st.one_of(
        forms,
        forms,
        objects.map(lambda value: (json.dumps(value).encode(), "application/json")),
        st.tuples(st.binary(max_size=200), st.sampled_from((FORM, "application/json", "text/xml"))),
    )


def _spelt(fields: dict[str, str]) -> str:
    return urlencode({_whole(name): _whole(value) for name, value in fields.items()})


def _quoted(text: str) -> str:
    return quote(_whole(text), safe="")


def _whole(text: str) -> str:
    """Without halves of characters, which no URL can carry."""
    return text.encode("utf-8", "replace").decode()
