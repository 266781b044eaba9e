"""A log line says what happened and where, and never what somebody typed."""

import json
import logging
import subprocess
import sys
from textwrap import dedent
from typing import Any

import pytest

from widget_server.server.logs import Line

SECRET = "Wilhelmina"
#: Ways out of a program for an exception.
CRASHES = {
    "main": "fail()",
    "thread": "Thread(target=fail).start()",
    "finalizer": "type('Left', (), {'__del__': lambda self: fail()})()",
    "log": "logging.getLogger('threesteps').error('%d', SECRET)",
    "library": "logging.getLogger('somebody').error('of %s', SECRET)",
    "warning": "warnings.warn(SECRET)",
    "task": "asyncio.run(forgotten())",
}
LEVELS = {"library": "ERROR", "warning": "WARNING", "task": "ERROR"}
PROGRAM = dedent(
    """
    import asyncio, gc, logging, sys, warnings
    from threading import Thread
    from widget_server.server.logs import write_logs

    SECRET = sys.argv[1]

    def fail():
        raise ValueError(SECRET)

    async def failing():
        fail()

    async def forgotten():
        task = asyncio.create_task(failing(), name=SECRET)
        await asyncio.sleep(0.01)
        del task
        gc.collect()

    write_logs()
    """
)


def raised(error: Exception) -> logging.LogRecord:
    try:
        raise error from KeyError(SECRET)
    except type(error) as caught:
        found = (type(caught), caught, caught.__traceback__)
    return record("uvicorn.error", "Exception in ASGI application\n", found)


def record(name: str, words: str, error: object = None) -> logging.LogRecord:
    place = "/somewhere/library.py"
    return logging.LogRecord(name, logging.ERROR, place, 7, words, (), error)  # type: ignore[arg-type] # as logging gives it


def read(record: logging.LogRecord) -> Any:
    return json.loads(Line().format(record))


def test_a_line_has_its_fields_and_no_other() -> None:
    said = record("threesteps", "Nothing was refreshed: OSError")
    said.created = 1_795_366_800.25
    said.email = SECRET
    assert read(said) == {
        "time": "2026-11-22T17:00:00.250Z",
        "level": "ERROR",
        "logger": "threesteps",
        "message": "Nothing was refreshed: OSError",
    }


def test_an_exception_is_its_class_and_its_place() -> None:
    line = Line().format(raised(ValueError(SECRET)))
    found, cause = json.loads(line)["errors"]
    assert (found["class"], cause["class"]) == ("ValueError", "KeyError")
    assert found["at"][-1].startswith("test_logs.py:")
    assert found["at"][-1].endswith(" in raised")
    assert SECRET not in line


def test_the_words_of_a_library_are_not_written() -> None:
    said = read(record("httpx", f"GET https://example.org/?email={SECRET}"))
    assert said["message"] == "said at library.py:7"


def test_nobody_can_begin_a_line_of_their_own() -> None:
    words = 'one\n{"level": "ERROR"}\r\n\u2028two'
    line = Line().format(record("threesteps", words))
    assert len(line.splitlines()) == 1
    assert json.loads(line)["message"] == 'one {"level": "ERROR"} two'


@pytest.mark.parametrize("way", CRASHES)
def test_no_way_out_of_the_process_tells_more(way: str) -> None:
    program = f"{PROGRAM}{CRASHES[way]}\n"
    command = [sys.executable, "-c", program, SECRET]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert SECRET not in done.stdout + done.stderr
    levels = {json.loads(line)["level"] for line in done.stdout.splitlines()}
    assert levels == (set() if way == "log" else {LEVELS.get(way, "CRITICAL")})


def test_a_crash_leaves_no_picture_of_the_memory() -> None:
    program = f"{PROGRAM}import resource; print(resource.getrlimit(resource.RLIMIT_CORE)[0])"
    command = [sys.executable, "-c", program, SECRET]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == "0\n"
