"""A ZIP as people write it in, the five digits the tables know out."""

import re
import unicodedata

_LONGEST = 40
_HYPHENS = str.maketrans(dict.fromkeys("\u2010\u2012\u2013\u2014\u2212", "-"))
_ZIP = re.compile(r"([0-9]{5})(?:-?[0-9]{4})?")


def normalize_zip(text: str) -> str | None:
    """The five digits of a ZIP or ZIP+4, or None when ``text`` is neither.

    Spaces around it, full-width digits, any hyphen and none are understood; four digits are
    not: a lost leading zero cannot be told from a lost last digit.
    """
    if len(text) == 5 and text.isascii() and text.isdigit():
        return text
    if len(text) > _LONGEST:
        return None
    plain = unicodedata.normalize("NFKC", text).strip().translate(_HYPHENS)
    match = _ZIP.fullmatch(plain)
    return match[1] if match else None
