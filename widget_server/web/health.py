"""Is it alive, and can it do its work?"""

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
    faults = await run_in_threadpool(_faults, service)
    body = {"ready": not faults, "faults": faults, "warnings": _warnings(service)}
    return JSONResponse(body, 503 if faults else 200, {"Cache-Control": "no-store"})


def _faults(service: Service) -> list[str]:
    faults = []
    try:
        service.store.write(lambda connection: None).result(timeout=5)
    except (UnavailableError, TimeoutError):
        faults.append("The database takes no commits.")
    if not service.roster.people(service.clock()):
        faults.append("There are no facts about legislators: run `threesteps roster sync`.")
    return faults


def _warnings(service: Service) -> list[str]:
    return [
        *_stale_warnings(service),
        *_campaign_warnings(service),
        *_roster_warnings(service),
        *_geocoder_warnings(service),
        *_count_warnings(service),
        *_key_warnings(service),
    ]


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
