"""A browser tab that nobody but us looks into.

Playwright runs scripts of its own in every frame, which on a slow phone is most of the work. So
it only starts the browser; the tab is in a context that it does not know.
"""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any, TypeVar

from playwright.sync_api import Browser

Answer = TypeVar("Answer")

POLL_SECONDS = 0.02
DEADLINE_SECONDS = 30

#: The page itself, where ``Tab.evaluate`` runs an expression.
PAGE = 0


class Tab:
    """Commands of the DevTools protocol to one tab, and the events from it."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser.new_browser_cdp_session()
        self._context = self._browser.send("Target.createBrowserContext")["browserContextId"]
        about = {"url": "about:blank", "browserContextId": self._context}
        target = self._browser.send("Target.createTarget", about)["targetId"]
        attach = {"targetId": target, "flatten": False}
        self._session = self._browser.send("Target.attachToTarget", attach)["sessionId"]
        self._answers: dict[int, Any] = {}
        self._hear: dict[str, Callable[[Any], None]] = {}
        self._numbers = count(1)
        self._browser.on("Target.receivedMessageFromTarget", self._receive)

    def close(self) -> None:
        """Forget the tab with all that it kept."""
        self._browser.send("Target.disposeBrowserContext", {"browserContextId": self._context})
        self._browser.detach()

    def send(self, method: str, **parameters: Any) -> Any:
        """A command, and its answer; raises RuntimeError for one that the browser refuses."""
        number = next(self._numbers)
        message = json.dumps({"id": number, "method": method, "params": parameters})
        sent = {"sessionId": self._session, "message": message}
        self._browser.send("Target.sendMessageToTarget", sent)
        answer = self.wait(lambda: self._answers.pop(number, None))
        if "error" in answer:
            raise RuntimeError(f"{method}: {answer['error']['message']}")
        return answer["result"]

    def on(self, event: str, hear: Callable[[Any], None]) -> None:
        """Call ``hear`` with what every such event says."""
        self._hear[event] = hear

    def evaluate(self, expression: str, context: int = PAGE) -> Any:
        """The value of an expression in the page, or in another execution context."""
        where = {"contextId": context} if context else {}
        answer = self.send(
            "Runtime.evaluate",
            expression=expression,
            returnByValue=True,
            awaitPromise=True,
            **where,
        )
        if "exceptionDetails" in answer:
            raise RuntimeError(f"{expression}: {answer['result'].get('description')}")
        return answer["result"].get("value")

    def wait(self, ask: Callable[[], Answer | None]) -> Answer:
        """The first answer that is not empty; raises TimeoutError."""
        deadline = time.monotonic() + DEADLINE_SECONDS
        while time.monotonic() < deadline:
            if answer := ask():
                return answer
            self.rest(POLL_SECONDS)
        raise TimeoutError("The browser did not answer.")

    def rest(self, seconds: float) -> None:
        """Wait, and hear what happened meanwhile."""
        time.sleep(seconds)
        self._browser.send("Browser.getVersion")

    def _receive(self, event: Any) -> None:
        message = json.loads(event["message"])
        if "id" in message:
            self._answers[message["id"]] = message
        elif hear := self._hear.get(message["method"]):
            hear(message["params"])


@contextmanager
def opened(browser: Browser) -> Iterator[Tab]:
    """A new tab, until the block ends."""
    tab = Tab(browser)
    try:
        yield tab
    finally:
        tab.close()
