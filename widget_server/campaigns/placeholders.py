"""Named placeholders in a campaign's texts: ``{bill}`` and its like, from a fixed list.

There are no expressions, formats or attributes: a name in braces, or a mistake.
"""

import re
from collections.abc import Iterator, Mapping

#: What a text to an office may name; ``compose.placeholders`` says what each becomes.
MESSAGE_NAMES = frozenset(
    {"title", "name", "last_name", "mention", "bill", "bill_url", "constituency", "state"}
)

#: What the words to visitors may name: the organiser's own particulars.
WORDS_NAMES = frozenset({"organiser", "address", "contact"})

_BRACED = re.compile(r"\{[^{}\n]*\}|[{}]")


def refused(text: str, allowed: frozenset[str]) -> Iterator[str]:
    """Each brace in the text that is not one of the allowed names, as it is written."""
    for match in _BRACED.finditer(text):
        if match.group()[1:-1] not in allowed:
            yield match.group()


def fill(text: str, values: Mapping[str, str]) -> str:
    """Put the values in, once: a brace inside a value stays a brace.

    Raises KeyError for a name without a value.
    """
    return _BRACED.sub(lambda match: values[match.group()[1:-1]], text)
