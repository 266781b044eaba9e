"""The length that the browser shows is the length that the server computes."""

import json
from pathlib import Path

from playwright.sync_api import Page

from widget_server import assets
from widget_server.compose.tweet import weighted_length

CASES = json.loads((Path(__file__).parents[1] / "data" / "weighted-length.json").read_text())


def test_browser_and_server_agree_on_every_case(page: Page) -> None:
    script = assets.source("weight.js")
    measured = page.evaluate(
        "([script, texts]) => texts.map(Function(script + 'return weightedLength')())",
        [script, list(CASES)],
    )
    assert dict(zip(CASES, measured, strict=True)) == CASES
    assert {text: weighted_length(text) for text in CASES} == CASES
