"""A new version takes over in the middle of a campaign, and nobody notices."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx

from tests.deploy.proxy import proxied
from tests.deploy.versions import REVISION, VERSION, next_version
from tests.faults.installation import Installation
from tests.faults.promises import judge
from tests.faults.visitors import Visitors
from tests.postgres import postgres
from tests.serving import Served, free_port, serving
from widget_server.store.migrations import revision

#: So many before, between and after the two restarts; with ``--soak`` the most.
SUBMISSIONS = {False: 150, True: 7_000}


@contextmanager
def process(
    installation: Installation, port: int, folder: Path, version: Mapping[str, str] | None = None
) -> Iterator[Served]:
    """One process of a version, this one unless the environment says where another lies."""
    environment = {**installation.environment, **(version or {})}
    with serving("serve", port=port, home=folder, environment=environment) as served:
        yield served


def version_of(served: Served) -> str:
    description = httpx.get(f"{served.origin}/api/v1/openapi.json", trust_env=False).json()
    return str(description["info"]["version"])


def test_an_upgrade_under_traffic_fails_no_submission(
    tmp_path: Path, soaking: bool, figure: Callable[[str], None]
) -> None:
    more, ports = SUBMISSIONS[soaking], (free_port(), free_port())
    new = {"PYTHONPATH": str(next_version(tmp_path / "next"))}
    with postgres() as server, ExitStack() as stack:
        installation = Installation.make(tmp_path / "home", server.url)
        old = {port: stack.enter_context(ExitStack()) for port in ports}
        for port, each in old.items():
            each.enter_context(process(installation, port, tmp_path / f"old-{port}"))
        proxy = stack.enter_context(proxied(tmp_path / "proxy", *ports))
        visitors = Visitors(installation, [proxy.plain], seed=1)
        with visitors.submitting() as promises:
            promises.wait_for(201, more, seconds=120)
            for port, each in old.items():
                each.close()
                upgraded = process(installation, port, tmp_path / f"new-{port}", new)
                assert version_of(stack.enter_context(upgraded)) == VERSION
                promises.wait_for(201, more, seconds=120)
        verdict = judge(installation, promises)
        with installation.reading() as connection:
            assert revision(connection) == REVISION
    figure(f"rolling upgrade: {verdict}, {promises.statuses}, {promises.unanswered} unanswered")
    assert verdict.good
    assert promises.faults == []
    assert promises.unanswered == 0
    assert set(promises.statuses) <= {200, 201}
