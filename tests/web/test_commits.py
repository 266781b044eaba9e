"""What the writer's thread settles reaches everybody who waits on the event loop."""

import asyncio
from concurrent.futures import Future
from threading import Thread

import pytest

from widget_server.errors import UnavailableError
from widget_server.web.commits import Commits

pytestmark = pytest.mark.anyio


async def test_everybody_is_told_what_became_of_theirs() -> None:
    commits = Commits()
    futures: list[Future[int]] = [Future() for _ in range(200)]
    waiting = asyncio.gather(*map(commits.settled, futures))
    await asyncio.sleep(0)

    def settle() -> None:
        for number, future in enumerate(futures):
            future.set_result(number)

    writer = Thread(target=settle)
    writer.start()
    assert await waiting == list(range(200))
    writer.join()


async def test_what_is_settled_already_is_told_too() -> None:
    future: Future[str] = Future()
    future.set_result("done")
    assert await Commits().settled(future) == "done"


async def test_what_failed_is_raised() -> None:
    future: Future[None] = Future()
    future.set_exception(UnavailableError())
    with pytest.raises(UnavailableError):
        await Commits().settled(future)


async def test_nobody_waits_for_ever_and_what_waits_is_not_tried_any_more() -> None:
    future: Future[None] = Future()
    with pytest.raises(UnavailableError):
        await Commits(patience_seconds=0.01).settled(future)
    assert future.cancelled()


async def test_an_answer_that_nobody_waits_for_any_more_is_let_go() -> None:
    commits = Commits(patience_seconds=0.01)
    late: Future[str] = Future()
    late.set_running_or_notify_cancel()
    with pytest.raises(UnavailableError):
        await commits.settled(late)
    late.set_result("too late")
    soon: Future[str] = Future()
    soon.set_result("in time")
    assert await commits.settled(soon) == "in time"
