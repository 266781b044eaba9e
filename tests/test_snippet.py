"""What partners paste is HTML whatever a campaign's call says."""

import re
from collections.abc import Callable

import pytest

from widget_server.snippet import Embedding, Loader, Options, snippet


def test_a_snippet_is_exactly_as_the_design_has_it() -> None:
    assert snippet("https://act.example", "TOKEN", "hketo", "Ask them") == (
        '<three-steps token="TOKEN"><a href="https://act.example/c/hketo?t=TOKEN" '
        'target="_blank" rel="noopener">Take action: Ask them</a></three-steps>\n'
        '<script async src="https://act.example/embed.js"></script>'
    )


def test_a_call_cannot_break_out_of_the_link() -> None:
    text = snippet("https://act.example", "TOKEN", "hketo", "</a><script>alert(1)</script> & co")
    assert "&lt;/a&gt;&lt;script&gt;alert(1)&lt;/script&gt; &amp; co</a></three-steps>" in text


EMBEDDING = Embedding("https://act.example", "TOKEN", "hketo", "Ask them")
LINK = (
    '<a href="https://act.example/c/hketo?t=TOKEN" target="_blank" rel="noopener">'
    "Take action: Ask them</a>"
)


def test_a_hash_comes_with_the_cors_that_it_needs() -> None:
    pinned = Loader("https://act.example/embed-1f.js", "sha256-abc=")
    assert EMBEDDING.element(pinned) == (
        f'<three-steps token="TOKEN">{LINK}</three-steps>\n'
        '<script async src="https://act.example/embed-1f.js" integrity="sha256-abc=" '
        'crossorigin="anonymous"></script>'
    )


def test_a_div_holds_the_link() -> None:
    assert EMBEDDING.div() == (
        f'<div data-three-steps="TOKEN">{LINK}</div>\n'
        '<script async src="https://act.example/embed.js"></script>'
    )


def test_one_tag_stands_behind_the_link_for_want_of_scripts() -> None:
    assert EMBEDDING.one_tag() == (
        f"<noscript>{LINK}</noscript>\n"
        '<script async src="https://act.example/embed.js" data-token="TOKEN" '
        'onerror="this.outerHTML=this.previousElementSibling.textContent"></script>'
    )


def test_a_plain_frame_has_the_link_below() -> None:
    assert EMBEDDING.plain() == f"{EMBEDDING.frame()}\n<p>{LINK}</p>"


def test_a_frame_needs_no_script() -> None:
    assert EMBEDDING.frame(width=600, height=500, language="es") == (
        '<iframe src="https://act.example/w/TOKEN?theme=light&amp;lang=es" '
        'title="Take action: Ask them" width="600" height="500" '
        'style="border:0;width:100%;max-width:600px" loading="lazy" '
        'allow="clipboard-write; web-share"></iframe>'
    )


@pytest.mark.parametrize("form", [Embedding.element, Embedding.div, Embedding.one_tag])
def test_nothing_breaks_out_of_any_form(form: Callable[[Embedding], str]) -> None:
    sly = Embedding("https://act.example", '"><b>', '"><i>', '</a></noscript><u title="">')
    text = form(sly)
    assert not re.search(r"<(b|i|u)\b", text)
    assert text.count("</a>") == 1


def test_nothing_breaks_out_of_the_frames_name() -> None:
    sly = Embedding("https://act.example", '"><b>', "hketo", '"><u>')
    assert not re.search(r"<(b|u)\b", sly.frame())


CHOSEN = Embedding(
    "https://act.example",
    "TOKEN",
    "hketo",
    "Pide",
    "Actúe: {}",
    Options(lang="es", theme="dark", accent="#7a1f5c", height="500", label="Tu voz", source="pie"),
)


def test_what_was_chosen_is_on_the_element_and_in_its_link() -> None:
    assert CHOSEN.element().startswith(
        '<three-steps token="TOKEN" lang="es" theme="dark" accent="#7a1f5c" height="500" '
        'label="Tu voz" source="pie"><a href="https://act.example/c/hketo?t=TOKEN&amp;lang=es'
        '&amp;source=pie" target="_blank" rel="noopener">Actúe: Pide</a></three-steps>'
    )


def test_on_tags_that_are_not_ours_it_is_data() -> None:
    data = 'data-lang="es" data-theme="dark" data-accent="#7a1f5c" data-height="500"'
    assert f'<div data-three-steps="TOKEN" {data}' in CHOSEN.div()
    assert f'data-token="TOKEN" {data}' in CHOSEN.one_tag()


def test_a_frame_is_told_in_its_address() -> None:
    frame = CHOSEN.frame()
    query = "theme=dark&amp;lang=es&amp;accent=%237a1f5c&amp;source=pie"
    assert f'src="https://act.example/w/TOKEN?{query}" title="Tu voz"' in frame
    assert 'height="500"' in frame


def test_nothing_that_was_chosen_breaks_out() -> None:
    sly = '"><b>'
    options = Options(sly, sly, sly, sly, sly, sly)
    embedding = Embedding("https://act.example", "TOKEN", "hketo", "Ask", "{}", options)
    forms = (embedding.element(), embedding.div(), embedding.one_tag(), embedding.frame())
    assert not any("<b>" in form for form in forms)
