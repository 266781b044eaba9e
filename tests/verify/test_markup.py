"""What is seen of a page: the widgets and scripts in it, however it writes them."""

import pytest

from widget_server.verify.markup import Markup

URL = "https://harbor.example/act"


def read(html: str) -> Markup:
    return Markup.read(html, URL)


@pytest.mark.parametrize(
    ("html", "variant"),
    [
        ('<three-steps token=" T "></three-steps>', "element"),
        ('<div data-three-steps="T"></div>', "div"),
        ('<script src="/embed.js" data-token="T"></script>', "script"),
        ('<iframe src="https://act.example.org/w/T?lang=es"></iframe>', "frame"),
        ('<a href="https://act.example.org/c/hketo?t=T">Act</a>', "link"),
    ],
)
def test_every_form_of_a_snippet_is_seen_with_its_token(html: str, variant: str) -> None:
    assert [(each.variant, each.token) for each in read(html).snippets] == [(variant, "T")]


@pytest.mark.parametrize(
    "html",
    [
        "<three-steps></three-steps>",
        '<iframe src="https://video.example/embed/w/1"></iframe>',
        '<a href="https://act.example.org/c/hketo">Act</a>',
        '<iframe src="https://[/w/T"></iframe>',
    ],
)
def test_what_only_looks_like_one_is_passed_over(html: str) -> None:
    assert read(html).snippets == []


def test_a_link_inside_an_element_is_no_second_widget() -> None:
    html = '<three-steps token="T"><a href="/c/hketo?t=T">Act</a></three-steps>'
    assert [each.variant for each in read(html).widgets] == ["element"]


def test_an_address_is_read_from_where_the_page_is() -> None:
    html = '<script src="/embed.js" crossorigin nonce="n"></script><script src="/app.js"></script>'
    (script,) = read(html).scripts
    assert (script.src, script.nonce, script.has_cors) == (
        "https://harbor.example/embed.js",
        "n",
        True,
    )


def test_of_an_attribute_written_twice_the_first_counts() -> None:
    (snippet,) = read('<three-steps token="first" token="second">').snippets
    assert snippet.token == "first"
