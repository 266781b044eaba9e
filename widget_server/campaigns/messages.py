"""The messages file: the texts to offices and their glosses, as ``Messages``."""

from collections.abc import Sequence
from typing import cast

from .campaign import Audience, Message, Messages
from .placeholders import MESSAGE_NAMES
from .source import SourceFile, Table, refuse_twins

_AUDIENCES = ("ask", "thank", "both")
#: Who has to be written to: those who have not signed on to a bill, and those who have.
EVERYBODY: tuple[Audience, ...] = ("ask", "thank")
_LEAST = {"tweets": 3, "subjects": 3, "openings": 3, "reasons": 3, "asks": 3, "scripts": 1}


def read_messages(
    file: SourceFile, languages: Sequence[str], audiences: Sequence[Audience] = EVERYBODY
) -> Messages:
    """The messages; what is missing or wrong is noted in the file's problems.

    Every message needs a gloss in each of the campaign's languages but its own. ``audiences``
    are those for whom there have to be enough.
    """
    root = file.table()
    language = root.text("language")
    glossed = others(languages, language)

    def several(key: str) -> tuple[Message, ...]:
        return _several(root, key, glossed, audiences)

    messages = Messages(
        file=file.path,
        language=language,
        greeting=root.text("greeting", MESSAGE_NAMES),
        sign_off=root.text("sign_off", MESSAGE_NAMES),
        tweets=several("tweets"),
        subjects=several("subjects"),
        openings=several("openings"),
        reasons=several("reasons"),
        asks=several("asks"),
        scripts=several("scripts"),
    )
    root.close()
    return messages


def others(languages: Sequence[str], language: str) -> tuple[str, ...]:
    """The languages in which what is written in this one has to be explained."""
    return tuple(other for other in languages if other != language)


def _several(
    root: Table, key: str, glossed: Sequence[str], audiences: Sequence[Audience]
) -> tuple[Message, ...]:
    """The messages of one kind: enough of them for each audience, no id twice."""
    tables = root.many(key)
    messages = tuple(_message(table, glossed) for table in tables)
    for audience in audiences:
        suiting = [message for message in messages if message.audience in (audience, "both")]
        if len(suiting) < _LEAST[key]:
            root.note(key, f"There are fewer than {_LEAST[key]} {key!r} to {audience}.")
    refuse_twins([message.id for message in messages], tables)
    return messages


def _message(table: Table, glossed: Sequence[str]) -> Message:
    message = Message(
        id=table.matching("id", r"[a-z0-9-]+", "made of small letters, digits and hyphens"),
        audience=cast(Audience, table.choice("for", _AUDIENCES, "ask")),
        text=table.text("text", MESSAGE_NAMES),
        glosses={language: table.text(language, MESSAGE_NAMES) for language in glossed},
        line=table.line,
    )
    table.close()
    return message
