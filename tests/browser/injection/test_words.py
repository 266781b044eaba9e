"""A campaign whose every word wants to run: its preview, its pages, what they let people share."""

import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import httpx
import pytest

from tests.browser.injection.chamber import Chamber
from tests.browser.injection.words import say
from tests.campaigns.folders import HKETO, TAPS, edit
from tests.serving import UNLIMITED, Served, free_port, serving
from tests.web.hostile.pages import read

TOKEN = re.compile(r'three-steps token="([\w.-]+)"')
VISIT = re.compile(r'name="visit" value="([^"]+)"')
#: Links that carry a text to somebody else; some have the campaign's address at its end.
SHARING = re.compile(r"https://(?:wa\.me|x\.com|bsky\.app|www\.threads\.com|t\.me)/|mailto:\?")
ADDRESS = re.compile(r" http://127\.0\.0\.1:\S+$")
#: Braces are placeholders, or a mistake; then the preview shows what it showed before.
REFUSED = "this is the last version without them"


@dataclass(frozen=True)
class Written:
    """A campaign that is like another and says nothing but one text."""

    model: Path
    folder: Path

    def say(self, text: str, state: str = "live") -> None:
        """Write its files anew."""
        shutil.copytree(self.model, self.folder, dirs_exist_ok=True)
        facts = self.folder / "campaign.toml"
        edit(facts, f'slug = "{self.model.name}"', f'slug = "{self.folder.name}"')
        edit(facts, 'state = "live"', f'state = "{state}"')
        say(self.folder, text)


@pytest.fixture(params=[HKETO, TAPS], ids=["congress", "targets"])
def written(request: pytest.FixtureRequest, tmp_path: Path) -> Written:
    """Those whom a campaign names as its targets are named so, too."""
    return Written(request.param, tmp_path / "shelf" / "words")


@pytest.fixture
def preview(written: Written, tmp_path: Path) -> Iterator[Served]:
    written.say("Nothing yet")
    environment = {**UNLIMITED, "THREESTEPS_CAMPAIGNS": str(written.folder.parent)}
    arguments = ("campaign", "preview", "words")
    home, port = tmp_path / "home", free_port()
    with serving(*arguments, port=port, home=home, environment=environment) as running:
        yield running


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
    written: Written,
    chamber: Chamber,
    payloads: tuple[str, ...],
    figure: Callable[[str], None],
) -> None:
    shown = refused = 0
    with httpx.Client(base_url=preview.origin, trust_env=False) as client:
        for payload in filter(str.strip, payloads):
            written.say(payload, "won")
            answers = [client.get("/"), client.get("/c/words")]
            written.say(payload)
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
