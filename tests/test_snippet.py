"""What partners paste is HTML whatever a campaign's call says."""

from widget_server.snippet import snippet


def test_a_snippet_is_exactly_as_the_design_has_it() -> None:
    assert snippet("https://act.example", "TOKEN", "hketo", "Ask them") == (
        '<three-steps token="TOKEN"><a href="https://act.example/c/hketo?t=TOKEN" '
        'target="_blank" rel="noopener">Take action: Ask them</a></three-steps>\n'
        '<script async src="https://act.example/embed.js"></script>'
    )


def test_a_call_cannot_break_out_of_the_link() -> None:
    text = snippet("https://act.example", "TOKEN", "hketo", "</a><script>alert(1)</script> & co")
    assert "&lt;/a&gt;&lt;script&gt;alert(1)&lt;/script&gt; &amp; co</a></three-steps>" in text
