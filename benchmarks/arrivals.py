"""People who arrive steadily at an open store: how soon each is on the disk.

They come at their own times whether or not those before them are done, as visitors do, so that
a store that stops for a moment makes everybody wait who arrives in it.
"""

import os
import random
import secrets
import time
from concurrent.futures import Future
from datetime import date

from widget_server.model import Receipt, Submission
from widget_server.store import Store
from widget_server.submit import record_all

from .stores import CAMPAIGN, ENVELOPE_BYTES, LAST_DAY, PARTNERS


def waits(store: Store, number: int, per_second: float) -> list[float]:
    """The seconds from arrival to the disk of so many people, in order of length."""
    people = [_person() for _ in range(number)]
    begin = time.perf_counter()
    arrived = [
        _arrive(store, person, begin + place / per_second) for place, person in enumerate(people)
    ]
    return sorted(future.result() for future in arrived)


def _arrive(store: Store, person: Submission, due: float) -> Future[float]:
    """Submit when it is time; the seconds from then until it is stored."""
    time.sleep(max(0, due - time.perf_counter()))
    waited: Future[float] = Future()

    def note(stored: Future[Receipt]) -> None:
        seconds = time.perf_counter() - due
        error = stored.exception()
        if error:
            waited.set_exception(error)
        else:
            waited.set_result(seconds)

    store.write_together(record_all, person).add_done_callback(note)
    return waited


def _person() -> Submission:
    """Somebody new, sealed or not as those in the store are."""
    agrees = random.random() < 0.6
    return Submission(
        campaign=CAMPAIGN,
        visit=secrets.token_urlsafe(18),
        partner=f"partner-{random.randrange(PARTNERS)}",
        supporter=os.urandom(16),
        district=None,
        language="",
        day=date.fromisoformat(LAST_DAY),
        consent="2026-11-22" if agrees else None,
        envelope=os.urandom(ENVELOPE_BYTES) if agrees else None,
        reference="ABCD-EFGH",
    )
