"""A campaign whose every word wants to run: its preview, its pages, what they let people share."""

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import httpx
import pytest

from tests.browser.injection.chamber import Chamber
from tests.browser.injection.words import say
from tests.campaigns.folders import HKETO, edit
from tests.serving import UNLIMITED, Served, free_port, serving
from tests.web.hostile.pages import read

TOKEN = re.compile(r'three-steps token="([\w.-]+)"')
VISIT = re.compile(r'name="visit" value="([^"]+)"')
#: Links that carry a text to somebody else; some have the campaign's address at its end.
SHARING = re.compile(r"https://(?:wa\.me|x\.com|bsky\.app|www\.threads\.com|t\.me)/|mailto:\?")
ADDRESS = re.compile(r" http://127\.0\.0\.1:\S+$")
#: Braces are placeholders, or a mistake; then the preview shows what it showed before.
REFUSED = "this is the last version without them"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A campaign of somebody else's."""
    return Path(shutil.copytree(HKETO, tmp_path / "shelf" / "words"))


@pytest.fixture
def preview(folder: Path, tmp_path: Path) -> Iterator[Served]:
    rewrite(folder, "Nothing yet")
    environment = {**UNLIMITED, "THREESTEPS_CAMPAIGNS": str(folder.parent)}
    arguments = ("campaign", "preview", "words")
    home, port = tmp_path / "home", free_port()
    with serving(*arguments, port=port, home=home, environment=environment) as running:
        yield running


def rewrite(folder: Path, text: str, state: str = "live") -> None:
    """A campaign in this state that says nothing but the text."""
    shutil.copytree(HKETO, folder, dirs_exist_ok=True)
    edit(folder / "campaign.toml", 'slug = "hketo"', 'slug = "words"')
    edit(folder / "campaign.toml", 'state = "live"', f'state = "{state}"')
    say(folder, text)


def pages(client: httpx.Client) -> Iterator[httpx.Response]:
    """The preview, and everything that a visitor sees."""
    preview = client.get("/")
    token = TOKEN.findall(preview.text)[0]
    yield preview
    yield client.get(f"/w/{token}", params={"lang": "es"})
    yield client.get(f"/c/words?t={token}")
    yield client.get("/c/words/privacy")
    found = client.post(f"/w/{token}/find", data={"zip": "82001"}, params={"lang": "zh-Hant"})
    yield found
    visit = VISIT.findall(found.text)[0]
    yield client.post(f"/w/{token}/submit", data={"visit": visit, "email": "a@example.org"})


@pytest.mark.soak
def test_nothing_that_a_campaign_says_runs(
    preview: Served,
    folder: Path,
    chamber: Chamber,
    payloads: tuple[str, ...],
    figure: Callable[[str], None],
) -> None:
    shown = refused = 0
    with httpx.Client(base_url=preview.origin, trust_env=False) as client:
        for payload in filter(str.strip, payloads):
            rewrite(folder, payload, "won")
            answers = [client.get("/"), client.get("/c/words")]
            rewrite(folder, payload)
            answers += pages(client)
            for answer in answers:
                chamber.assert_inert(answer, payload)
            shown += len(answers)
            if REFUSED in answers[0].text:
                refused += 1
            else:
                assert shared(answers[-1].text) == {payload.strip()}, payload
    figure(f"{len(payloads)} words of a campaign on {shown} pages: 0 ran, {refused} refused")


def shared(html: str) -> set[str]:
    """The texts that links to networks and mail programs carry to somebody else."""
    links = [urlsplit(link) for link in read(html).links if SHARING.match(link)]
    assert links
    asked = [dict(parse_qsl(link.query, strict_parsing=True)) for link in links]
    return {ADDRESS.sub("", each.get("text") or each["subject"]) for each in asked}
