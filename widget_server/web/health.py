"""Is it alive, and can it do its work? A service in; sentences about each part of it, out."""

from collections.abc import Mapping
from itertools import chain

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from ..errors import UnavailableError
from .service import Service, service_of


async def healthz(request: Request) -> Response:
    """``GET /healthz``: the process answers."""
    return PlainTextResponse("ok\n")


async def readyz(request: Request) -> Response:
    """``GET /readyz``: 503 only when nothing can be committed or nobody can be looked up."""
    service = service_of(request)
    found, said = await run_in_threadpool(faults, service), warnings(service)
    body = {
        "ready": not any(found.values()),
        "parts": {part: _words(found.get(part, []), said[part]) for part in said},
        "faults": list(chain(*found.values())),
        "warnings": list(chain(*said.values())),
        "tasks": last_runs(service),
    }
    return JSONResponse(body, 200 if body["ready"] else 503, {"Cache-Control": "no-store"})


def faults(service: Service) -> Mapping[str, list[str]]:
    """What keeps it from its work, by part; it tries a commit, so not where requests are served."""
    return {"database": _commit_faults(service), "roster": _roster_faults(service)}


def warnings(service: Service) -> Mapping[str, list[str]]:
    """What the organiser must know of each part, in sentences."""
    return {
        "database": _stale_warnings(service),
        "campaigns": _campaign_warnings(service),
        "roster": _roster_warnings(service),
        "geocoder": _geocoder_warnings(service),
        "counts": _count_warnings(service),
        "keys": _key_warnings(service),
        "retention": _retention_warnings(service),
        "limits": _limit_warnings(service),
    }


def last_runs(service: Service) -> Mapping[str, str]:
    """What is done by itself: when it last was, and what came of it."""
    last = service.retention.last
    return {"retention": f"{last.at:%Y-%m-%d %H:%M} UTC: {last.result}"} if last else {}


def _words(faults: list[str], warnings: list[str]) -> str:
    """How one part is: ``ready``, ``ready, but: ...`` or ``not ready: ...``."""
    if faults:
        return f"not ready: {' '.join([*faults, *warnings])}"
    return f"ready, but: {' '.join(warnings)}" if warnings else "ready"


def _commit_faults(service: Service) -> list[str]:
    try:
        service.store.write(lambda connection: None).result(timeout=5)
    except (UnavailableError, TimeoutError):
        return ["The database takes no commits."]
    return []


def _roster_faults(service: Service) -> list[str]:
    if service.roster.people(service.clock()):
        return []
    return ["There are no facts about legislators: run `threesteps roster sync`."]


def _stale_warnings(service: Service) -> list[str]:
    if service.stale_since is None:
        return []
    since = service.stale_since.strftime("%Y-%m-%d %H:%M UTC")
    return [f"Changed partners, keys, campaigns and facts have not been seen since {since}."]


def _campaign_warnings(service: Service) -> list[str]:
    """Without the path above the campaign's folder, which is nobody's business on the web."""
    return [
        f"{problem.file.parent.name}/{problem.file.name}:{problem.line}: {problem.sentence} "
        "The last good version stays in use."
        for problem in service.campaigns.problems
    ]


def _roster_warnings(service: Service) -> list[str]:
    facts, daily = service.roster.warnings(service.clock()), service.daily_sync
    said = (f"The last daily sync: {note}" for note in daily.notes if note not in facts)
    return [*facts, *([daily.fault] if daily.fault else []), *said]


def _geocoder_warnings(service: Service) -> list[str]:
    if not service.geocoder.is_out:
        return []
    return ["The geocoder does not answer, so addresses get the answer of their ZIP alone."]


def _count_warnings(service: Service) -> list[str]:
    if not service.nightly.drift:
        return []
    return [f"{service.nightly.finding} `threesteps recount` mends that."]


def _retention_warnings(service: Service) -> list[str]:
    if not service.retention.is_late:
        return []
    return ["Envelopes that had their time are not deleted: the database did not take that."]


def _limit_warnings(service: Service) -> list[str]:
    if not service.limits.met_unknown_proxy:
        return []
    return [
        "Requests come through a proxy that THREESTEPS_TRUSTED_PROXIES does not name, so that to "
        "limits all visitors are one."
    ]


def _key_warnings(service: Service) -> list[str]:
    lost = [
        f"The key of {slug}'s blind index is gone, so nobody with an email address is counted: "
        f"restore index-{slug}.keys from your backup."
        for slug in sorted(service.lost_indexes)
    ]
    missing = [
        f"The campaign {campaign.slug} has no key, so it takes no personal details: "
        f"run `threesteps campaign keys {campaign.slug} --out FILE`."
        for campaign in service.campaigns.all()
        if service.keyring.public_key(campaign.slug) is None
    ]
    return lost + missing
