"""Log records in; lines of a few known fields out, and of a crash where it was.

A line has a time, a level, a logger and its words; of an exception its class and the places in
the code. What an exception says may quote what somebody typed, and so may a library's words: of
neither anything is written.
"""

import logging
import resource
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from traceback import walk_tb
from types import TracebackType

#: Whose words are about the service, and never about who uses it.
KNOWN = frozenset({"threesteps", "widget_server", "uvicorn"})
_PLACES = 12
_CAUSES = 4

LOG = logging.getLogger("threesteps")


class Line(logging.Formatter):
    """A record as one line, whatever is in it."""

    def format(self, record: logging.LogRecord) -> str:
        """``2026-11-22T17:00:00Z ERROR threesteps: words; ValueError at steps.py:88 in find``."""
        at = datetime.fromtimestamp(record.created, UTC)
        said = [_words(record), *_faults(record.exc_info[1] if record.exc_info else None)]
        line = f"{at:%Y-%m-%dT%H:%M:%SZ} {record.levelname} {record.name}: {'; '.join(said)}"
        return " ".join(line.split())


def write_logs() -> None:
    """From now on everything that this process says about itself is such a line.

    A crash leaves no picture of the memory behind.
    """
    handler = logging.StreamHandler()
    handler.setFormatter(Line())
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    logging.captureWarnings(capture=True)
    logging.raiseExceptions = False  # what could not be logged would be printed as it came
    sys.excepthook = _log_crash
    sys.unraisablehook = lambda left: _log(left.exc_value)
    threading.excepthook = lambda ended: _log(ended.exc_value)
    _, most = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (0, most))


def _log_crash(
    kind: type[BaseException], error: BaseException, traceback: TracebackType | None
) -> None:
    _log(error)


def _log(error: BaseException | None) -> None:
    LOG.critical("An exception that nobody took", exc_info=error)


def _words(record: logging.LogRecord) -> str:
    if record.name.partition(".")[0] in KNOWN:
        return record.getMessage()
    return f"said at {Path(record.pathname).name}:{record.lineno}"


def _faults(error: BaseException | None) -> Iterator[str]:
    """The exception and what led to it, the last one first."""
    for _ in range(_CAUSES):
        if error is None:
            return
        yield f"{type(error).__name__} at {', '.join(_places(error))}"
        error = error.__cause__ or error.__context__


def _places(error: BaseException) -> list[str]:
    """Where it passed, the innermost last."""
    places = [
        f"{Path(frame.f_code.co_filename).name}:{line} in {frame.f_code.co_name}"
        for frame, line in walk_tb(error.__traceback__)
    ]
    return places[-_PLACES:]
