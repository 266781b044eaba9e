"""Every state of the widget in pictures: ``python -m tools.gallery`` writes one page of them.

Four widths, light and dark, three languages, side by side: how anyone reviews the look. States
can be named to take only those; the pictures of the others stay as they are.
"""

import re
import sys
from collections.abc import Iterator, Sequence
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

from jinja2 import Template
from playwright.sync_api import Page, sync_playwright
from rich.progress import track

from tests.accessibility.states import STATES, THEMES, Sites, State, demos
from tests.conftest import launch
from widget_server.web.desk import LANGUAGES

from . import browsers

FOLDER = Path(__file__).parent.parent / ".tools" / "gallery"
WIDTHS = (320, 480, 768, 1200)
HEIGHT = 700

PAGE = Template(
    """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Threesteps: gallery</title>
<style>
body { margin: 0 24px 96px; font: 17px/1.5 system-ui; background: #e7e9ee; color: #16181d; }
nav { position: sticky; top: 0; padding: 12px 0; background: #e7e9ee; }
nav a { margin-inline-end: 12px; white-space: nowrap; }
section { scroll-margin-top: 120px; }
div { display: flex; gap: 16px; align-items: start; overflow-x: auto; padding-bottom: 16px; }
figure { margin: 0; flex: none; }
img { display: block; }
</style>
<h1>Threesteps: every state</h1>
<nav>{% for state in states %}<a href="#{{ state }}">{{ state }}</a> {% endfor %}</nav>
{% for state in states %}<section id="{{ state }}"><h2>{{ state }}</h2>
{% for language in languages %}{% for theme in themes %}<div>
{% for width in widths %}<figure>
<figcaption>{{ language }}, {{ theme }}, {{ width }} px</figcaption>
<img src="{{ shot(state, language, theme, width) }}" width="{{ width }}" loading="lazy" alt="">
</figure>{% endfor %}
</div>{% endfor %}{% endfor %}
</section>{% endfor %}
""",
    autoescape=True,
)


def main(names: Sequence[str]) -> int:
    """Take the pictures of these states, or of all, and write the page."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for page, sites in _pages():
        views = [view for view in product(STATES, LANGUAGES) if view[0].name in names or not names]
        for state, language in track(views, "Taking pictures"):
            _take(page, sites, state, language)
    index = FOLDER / "index.html"
    index.write_text(
        PAGE.render(
            states=[state.name for state in STATES],
            languages=LANGUAGES,
            themes=THEMES,
            widths=WIDTHS,
            shot=_shot,
        ),
        encoding="utf-8",
    )
    print(f"Open {index.as_uri()}")
    return 0


def _pages() -> Iterator[tuple[Page, Sites]]:
    """One page that does not move, and the demos it visits, for as long as they are used."""
    with TemporaryDirectory() as home, demos(Path(home)) as sites, sync_playwright() as playwright:
        browser = launch(playwright, "chromium", browsers.need("chromium"))
        yield browser.new_page(reduced_motion="reduce"), sites
        browser.close()


def _take(page: Page, sites: Sites, state: State, language: str) -> None:
    page.set_viewport_size({"width": WIDTHS[0], "height": HEIGHT})
    state.show(page, sites, language)
    for theme, width in product(THEMES, WIDTHS):
        page.emulate_media(color_scheme=theme)
        page.set_viewport_size({"width": width, "height": HEIGHT})
        page.screenshot(path=FOLDER / _shot(state.name, language, theme, width), full_page=True)
    page.unroute_all()


def _shot(state: str, language: str, theme: str, width: int) -> str:
    name = re.sub(r"\W+", "-", state)
    return f"{name}-{language}-{theme}-{width}.png"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
