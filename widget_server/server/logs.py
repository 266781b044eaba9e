"""Log records in; one JSON object a line out, on stdout, of a few known fields.

    time     UTC, to the millisecond
    level    INFO, WARNING, ERROR or CRITICAL
    logger   who says it
    message  the words of who is known, of others only where in the code it was
    errors   of an exception and what led to it: its class and the places it passed

What an exception says may quote what somebody typed, and so may a library's words: of neither
anything is written. There is no field for an address, a token, a visit or a person.
"""

import json
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

Fault = dict[str, str | list[str]]


class Line(logging.Formatter):
    """A record as one line, whatever is in it."""

    def format(self, record: logging.LogRecord) -> str:
        """``{"time": "2026-11-22T17:00:00.000Z", "level": "WARNING", ...}``."""
        at = datetime.fromtimestamp(record.created, UTC)
        line = {
            "time": f"{at:%Y-%m-%dT%H:%M:%S}.{at.microsecond // 1000:03}Z",
            "level": record.levelname,
            "logger": record.name,
            "message": _words(record),
        }
        faults = list(_faults(record.exc_info[1] if record.exc_info else None))
        return json.dumps({**line, "errors": faults} if faults else line)


def write_logs() -> None:
    """From now on everything that this process says about itself is such a line.

    A crash leaves no picture of the memory behind.
    """
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(Line())
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    LOG.setLevel(logging.INFO)
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
        return " ".join(record.getMessage().split())
    return f"said at {Path(record.pathname).name}:{record.lineno}"


def _faults(error: BaseException | None) -> Iterator[Fault]:
    """The exception and what led to it, the last one first."""
    for _ in range(_CAUSES):
        if error is None:
            return
        yield {"class": type(error).__name__, "at": _places(error)}
        error = error.__cause__ or error.__context__


def _places(error: BaseException) -> list[str]:
    """Where it passed, the innermost last."""
    places = [
        f"{Path(frame.f_code.co_filename).name}:{line} in {frame.f_code.co_name}"
        for frame, line in walk_tb(error.__traceback__)
    ]
    return places[-_PLACES:]
