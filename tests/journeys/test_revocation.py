"""What is revoked through one process ends in every other, within a minute."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.faults.installation import Installation
from tests.patience import becomes
from widget_server.model import Partner

EVERYWHERE_SECONDS = 60


@pytest.fixture
def installation(tmp_path: Path, postgres_url: str) -> Installation:
    return Installation.make(tmp_path / "home", postgres_url)


@pytest.fixture
def processes(installation: Installation) -> Iterator[tuple[httpx.Client, httpx.Client]]:
    """A browser at each of two services on one database."""
    with ExitStack() as stack:
        here, there = (
            stack.enter_context(
                httpx.Client(
                    base_url=stack.enter_context(installation.serving()).origin,
                    trust_env=False,
                    follow_redirects=True,
                )
            )
            for _ in range(2)
        )
        yield here, there


def brought_by(client: httpx.Client, installation: Installation, partner: Partner) -> str | None:
    """For whom a visit counts that begins now on the partner's site."""
    address = f"/w/{installation.embed(partner)}/find"
    json: dict[str, Any] = {"Accept": "application/json"}
    visit = client.post(address, data={"zip": "94110"}, headers=json).json()["visit"]
    return installation.tokens.read_visit(visit).partner


def test_what_the_organiser_revokes_ends_in_every_process_within_a_minute(
    installation: Installation,
    processes: tuple[httpx.Client, httpx.Client],
    figure: Callable[[str], None],
) -> None:
    here, there = processes
    partner, tokens = installation.partners[0], installation.tokens
    link = tokens.organiser_link(1)
    assert here.get("/organiser", params={"link": link}).is_success
    assert there.get("/organiser", params={"link": link}).is_success
    assert brought_by(there, installation, partner) == partner.slug

    form = tokens.form(here.cookies["threesteps_organiser"])
    fields = {"form": form, "all": "yes"}
    assert here.post(f"/organiser/partners/{partner.slug}/revoke", data=fields).is_success
    assert here.post("/organiser/sign-out-everywhere", data={"form": form}).status_code == 401
    began = time.monotonic()
    assert brought_by(here, installation, partner) is None

    def is_known_there() -> bool:
        unattributed = brought_by(there, installation, partner) is None
        return unattributed and there.get("/organiser").status_code == 401

    assert becomes(is_known_there, EVERYWHERE_SECONDS)
    figure(f"revoked in another process after {time.monotonic() - began:.1f} s")
