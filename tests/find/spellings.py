"""One ZIP as people write it, and what is none; Python and the browser must read them alike."""

#: All of them 94110.
ZIPS = (
    "94110",
    " 94110 ",
    "94110-1234",
    " 94110-1234 ",
    "941101234",
    "９４１１０",
    "９４１１０－１２３４",
    "94110–1234",
    "94110\u20111234",
    "\u00a094110\t",
)

NO_ZIPS = (
    "2139",
    "021390",
    "94110-",
    "94110-12",
    "94110 1234",
    "9411O",
    "٩٤١١٠",
    "94110\x00",
    "-94110",
    "1 Dr Carlton B Goodlett Pl",
    "9" * 10_000,
)
