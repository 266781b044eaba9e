"""X's weighted length of a text, as configuration 3 of twitter-text counts it.

The algorithm, the same in the browser (shared cases: ``tests/data/weighted-length.json``):

1. Normalise to NFC.
2. From left to right, at each place take the first that fits:
   a link counts 23, however long it is;
   an emoji counts 2, with its skin tone, variation selector and joined emoji, a flag or a keycap;
   any other code point counts 1 in U+0000-10FF, U+2000-200D, U+2010-201F and U+2032-2037, else 2.

A link is a host with an optional port, path and query. After ``http://`` or ``https://`` its
labels may be in any script, and its last label is any of two letters or more, all ASCII or none.
Without a scheme, only ASCII hosts count that end in one of ``TOP_LEVEL_DOMAINS``. No link begins
inside a word or right after ``@``, ``#`` or ``$``; one without a scheme not after ``-``, ``_``,
``.`` or ``/`` either. Punctuation at its end is not part of it. A label of more than 63
characters in its ASCII form makes it no link.

Source: https://github.com/twitter/twitter-text (config/v3.json, js/src, conformance). Its list of
top-level domains has 1,500 names; ours has every country and the generic ones in common use.
"""

import re
from unicodedata import normalize

MAX_WEIGHTED_LENGTH = 280
LINK_LENGTH = 23

_GENERIC = (
    "com org net edu gov mil int info biz name pro mobi jobs travel museum aero coop asia cat post "
    "academy agency app art blog business center church city cloud club community company digital "
    "dev earth email energy events family foundation fund global group guide health help house "
    "institute international law legal life link live media network news ngo online page party "
    "photo press report school science shop site social solutions space store studio support team "
    "tech today tools top video vote website wiki work world xyz zone"
)
_COUNTRIES = (
    "ac ad ae af ag ai al am an ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bl bm bn bo "
    "bq br bs bt bv bw by bz ca cc cd cf cg ch ci ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm "
    "do dz ec ee eg eh er es et eu fi fj fk fm fo fr ga gb gd ge gf gg gh gi gl gm gn gp gq gr gs "
    "gt gu gw gy hk hm hn hr ht hu id ie il im in io iq ir is it je jm jo jp ke kg kh ki km kn kp "
    "kr kw ky kz la lb lc li lk lr ls lt lu lv ly ma mc md me mf mg mh mk ml mm mn mo mp mq mr ms "
    "mt mu mv mw mx my mz na nc ne nf ng ni nl no np nr nu nz om pa pe pf pg ph pk pl pm pn pr ps "
    "pt pw py qa re ro rs ru rw sa sb sc sd se sg sh si sj sk sl sm sn so sr ss st su sv sx sy sz "
    "tc td tf tg th tj tk tl tm tn to tp tr tt tv tw tz ua ug uk um us uy uz va vc ve vg vi vn vu "
    "wf ws ye yt za zm zw"
)
#: What a link without a scheme may end in.
TOP_LEVEL_DOMAINS = tuple(f"{_GENERIC} {_COUNTRIES}".split())

_FOREIGN = "\u00c0-\u1fff\u2070-\u2fff\u3040-\ufdff\U00010000-\U0010ffff"
_SCHEME_HOST = (
    rf"(?:[a-z0-9{_FOREIGN}](?:[a-z0-9{_FOREIGN}_-]*[a-z0-9{_FOREIGN}])?\.)+"
    rf"(?:xn--[a-z0-9-]+|[a-z]{{2,}}|[{_FOREIGN}]{{2,}})"
)
_BARE_HOST = rf"(?:[a-z0-9](?:[a-z0-9_-]*[a-z0-9])?\.)+(?:{'|'.join(TOP_LEVEL_DOMAINS)})"
_PATH_WORD = "a-z0-9_\u00c0-\u024f\u0400-\u04ff\u1e00-\u1eff"
_PATH = rf"[{_PATH_WORD}!*';:=+,.$/%#\[\]\-\u2013~@|&]"
_TAIL = (
    r"(?![a-z0-9@])(?::\d+)?"
    rf"(?:/(?:{_PATH}*(?:\({_PATH}+\)|[{_PATH_WORD}+\-=#/]))*)?"
    r"(?:\?[a-z0-9!?*'@();:&=+$/%#\[\]\-_.,~|]*[a-z0-9\-_&=#/])?"
)
_LINK = re.compile(
    rf"(?<![a-z0-9@＠$#＃])https?://(?P<host>{_SCHEME_HOST}){_TAIL}"
    rf"|(?<![a-z0-9@＠$#＃\-_./])(?P<bare>{_BARE_HOST}){_TAIL}",
    re.IGNORECASE,
)

_PICTURE = (
    "[\u203c\u2049\u2122\u2139\u2190-\u21ff\u2300-\u23ff\u24c2\u25a0-\u27bf\u2900-\u297f"
    "\u2b00-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff]"
    "\ufe0f?[\U0001f3fb-\U0001f3ff]?"
)
_EMOJI = re.compile(
    "[#*0-9]\ufe0f?\u20e3"
    "|[\u00a9\u00ae]\ufe0f"
    "|[\U0001f1e6-\U0001f1ff]{2}"
    "|\U0001f3f4[\U000e0020-\U000e007e]+\U000e007f"
    f"|{_PICTURE}(?:\u200d{_PICTURE})*"
)
_LIGHT = re.compile("[\u0000-\u10ff\u2000-\u200d\u2010-\u201f\u2032-\u2037]")


def weighted_length(text: str) -> int:
    """X's length of a text; at most 280 fit."""
    # No link and no emoji has a space in it, and no link is without a dot.
    words = normalize("NFC", text).split(" ")
    lengths = (_with_links(word) if "." in word else _weight(word) for word in words)
    return sum(lengths) + len(words) - 1


def _with_links(text: str) -> int:
    length = at = 0
    for link in _LINK.finditer(text):
        if _has_valid_labels(link):
            length += _weight(text[at : link.start()]) + LINK_LENGTH
            at = link.end()
    return length + _weight(text[at:])


def _weight(text: str) -> int:
    """The length of a text without links."""
    if text.isascii():
        return len(text)
    plain, emoji = _EMOJI.subn("", text)
    return 2 * (emoji + len(plain)) - len(_LIGHT.findall(plain))


def _has_valid_labels(link: re.Match[str]) -> bool:
    host = link["host"] or link["bare"]
    return all(_ascii_length(label) <= 63 for label in host.split("."))


def _ascii_length(label: str) -> int:
    """The length of a host's label as the name system spells it."""
    return len(label) if label.isascii() else len("xn--") + len(label.lower().encode("punycode"))
