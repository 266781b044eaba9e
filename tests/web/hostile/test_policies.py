"""Every page of every route under the strictest policy that it can have."""

from collections.abc import AsyncIterator

import httpx
import pytest
from starlette.applications import Starlette

from tests.web.conftest import SITE, Widget
from tests.web.hostile.conftest import filled
from tests.web.hostile.pages import policy_faults, read
from widget_server.campaigns import Problem
from widget_server.web.demo import demo_routes
from widget_server.web.preview import preview_routes
from widget_server.web.routes import ROUTES

pytestmark = pytest.mark.anyio

#: The partner's page shows the widget as it will look.
ALLOWED = {"GET /partner/preview": "'self'"}
NAMES = {"hash": "x", "campaign": "hketo", "slug": "harbor-voices"}


def no_mistakes() -> list[Problem]:
    return []


async def pages(asking: httpx.AsyncClient, token: str) -> AsyncIterator[tuple[str, httpx.Response]]:
    """Every whole page that an empty request to any route is answered with."""
    for route in ROUTES:
        for method in sorted((route.methods or set()) - {"HEAD"}):
            path = filled(route.path, token=token, **NAMES)
            answer = await asking.request(method, path)
            if answer.text.startswith("<!doctype html>"):
                yield f"{method} {route.path}", answer


@pytest.mark.parametrize("who", ["client", "signed_in"])
async def test_every_page_allows_exactly_what_is_in_it(
    request: pytest.FixtureRequest, token: str, who: str
) -> None:
    asking: httpx.AsyncClient = request.getfixturevalue(who)
    seen = {
        where: policy_faults(page.text, page.headers) async for where, page in pages(asking, token)
    }
    assert {where: faults for where, faults in seen.items() if faults} == {}
    assert len(seen) > 20


@pytest.mark.parametrize("step", ["find", "submit"])
async def test_every_answer_to_a_form_allows_exactly_what_is_in_it(
    widget: Widget, step: str
) -> None:
    visit = (await widget.found())["visit"]
    fields = {"visit": visit, "zip": "94110", "email": "ana@example.org"}
    for sent in (fields, {"zip": "57638"}, {"visit": visit}, {"visit": visit, "email": "no"}):
        answer = await widget.post(step, accept="text/html", **sent)
        assert policy_faults(answer.text, answer.headers) == []


async def test_the_demo_and_a_preview_are_no_exceptions(
    app: Starlette, client: httpx.AsyncClient, token: str
) -> None:
    app.router.routes.extend(demo_routes(token, "http://127.0.0.1:8000"))
    app.router.routes.extend(preview_routes("hketo", token, no_mistakes))
    for path in ("/demo/", "/"):
        answer = await client.get(path)
        faults = policy_faults(answer.text, answer.headers)
        assert (answer.status_code, faults) == (200, [])


async def test_no_page_shares_its_window_or_has_powers(
    signed_in: httpx.AsyncClient, token: str
) -> None:
    async for where, page in pages(signed_in, token):
        assert page.headers["cross-origin-opener-policy"] == "same-origin", where
        denied = page.headers["permissions-policy"].split(",")
        assert all(each.endswith("=()") for each in denied)
        assert not {"clipboard-write=()", "web-share=()"} & set(denied)


async def test_nothing_but_the_widget_can_be_framed(
    signed_in: httpx.AsyncClient, token: str
) -> None:
    async for where, page in pages(signed_in, token):
        policy = page.headers["content-security-policy"]
        framed_by = policy.split("frame-ancestors ")[1]
        assert framed_by in ("'none'", ALLOWED.get(where, SITE if "/w/{token}" in where else "")), (
            where
        )


def test_the_reader_sees_what_it_is_there_for() -> None:
    html = "<p onclick=x style=y><a href=' javascript:z'></a><script>1</script><style>a{}</style>"
    found = read(html)
    assert (found.scripts, found.styles, len(found.faults)) == (["1"], ["a{}"], 3)
