"""A partner's colour in, one that can be read out: contrast by WCAG 2.2's relative luminance."""

import re

PAPER = {"light": (255, 255, 255), "dark": (21, 23, 27)}
INK_ON_ACCENT = {True: "#fff", False: "#10131a"}
AA = 4.5

Colour = tuple[int, int, int]


def parse_colour(text: str | None) -> Colour | None:
    """``#1d4fa8``, ``1d4fa8`` or ``#15a`` as red, green, blue; None for anything else."""
    match = re.fullmatch(r"#?([0-9a-fA-F]{6}|[0-9a-fA-F]{3})", text or "", re.ASCII)
    if not match:
        return None
    digits = match[1] if len(match[1]) == 6 else "".join(digit * 2 for digit in match[1])
    return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)


def contrast(one: Colour, other: Colour) -> float:
    """The WCAG contrast ratio of two colours, 1 to 21."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def accent_css(colour: Colour, theme: str) -> str:
    """The custom properties for an accent on a theme, moved to AA contrast where it falls short."""
    return f":root{{{_properties(colour, theme)}}}"


def _properties(colour: Colour, theme: str) -> str:
    paper = PAPER[theme]
    towards = 0 if theme == "light" else 255
    red, green, blue = colour
    while contrast((red, green, blue), paper) < AA:
        red, green, blue = (_step(part, towards) for part in (red, green, blue))
    light_ink = contrast((red, green, blue), PAPER["light"]) >= AA
    return f"--accent:#{red:02x}{green:02x}{blue:02x};--on-accent:{INK_ON_ACCENT[light_ink]}"


def _step(part: int, towards: int) -> int:
    moved = part + round((towards - part) * 0.08)
    return moved if moved != part else towards


def _luminance(colour: Colour) -> float:
    red, green, blue = (_linear(part / 255) for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return float(part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4)
