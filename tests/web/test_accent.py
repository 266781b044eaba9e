import pytest

from widget_server.web.accent import AA, PAPER, accent_css, contrast, parse_colour


@pytest.mark.parametrize(
    ("text", "colour"),
    [("#1d4fa8", (29, 79, 168)), ("1D4FA8", (29, 79, 168)), ("#fa0", (255, 170, 0))],
)
def test_a_colour_is_read_however_it_is_written(text: str, colour: tuple[int, int, int]) -> None:
    assert parse_colour(text) == colour


@pytest.mark.parametrize("text", [None, "", "red", "#12", "#1d4fa8;", "٣٣٣", "#12345g"])
def test_anything_else_is_no_colour(text: str | None) -> None:
    assert parse_colour(text) is None


def test_contrast_is_wcags() -> None:
    assert contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21)
    assert contrast((118, 118, 118), (255, 255, 255)) == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("text", ["#ffff00", "#000000", "#ffffff", "#1f4fb8", "#808080", "#f0f"])
def test_every_accent_can_be_read_on_its_paper_and_under_its_ink(text: str, theme: str) -> None:
    colour = parse_colour(text)
    assert colour
    css = accent_css(colour, theme)
    accent, ink = (parse_colour(part.split(":")[-1].rstrip("}")) for part in css.split(";"))
    assert accent
    assert ink
    assert contrast(accent, PAPER[theme]) >= AA
    assert contrast(accent, ink) >= AA
