"""What went wrong, in the shape that was asked for: JSON, or a page with the form kept."""

from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from ..errors import (
    ClosedError,
    InputError,
    LimitError,
    ProofError,
    ThreestepsError,
    UnavailableError,
    VisitError,
)
from . import steps
from .headers import path_of
from .look import Look
from .proving import solver_path
from .replies import shape_wanted
from .security import page_headers
from .service import service_of
from .strings import Strings
from .widget import NO_FAULTS

HTTP_CODES = {404: "not_found", 405: "bad_method"}
#: Addresses that only programs ask, from anywhere: always JSON.
FOR_PROGRAMS = ("/api/", "/oembed")
FORMS = ("/find", "/act", "/submit")
#: What the form itself is not to blame for, or can be mended in it.
KEEPING_THE_FORM = (InputError, VisitError, ClosedError)


async def on_error(request: Request, error: Exception) -> Response:
    """Answer any exception; what we did not expect tells the visitor nothing."""
    problem = _as_problem(error)
    service = service_of(request)
    showing = await service.showing(request.path_params.get("token", ""))
    look = Look.of(request, showing.campaign)
    t = service.pages.strings[look.language]
    headers = {"Cache-Control": "no-store"}
    if isinstance(error, HTTPException) and error.headers:
        headers |= error.headers
    if isinstance(problem, UnavailableError | LimitError):
        headers["Retry-After"] = str(problem.retry_after_seconds)
    for_programs = path_of(request).startswith(FOR_PROGRAMS)
    if shape_wanted(request) != "page" or for_programs:
        body: dict[str, Any] = {"error": describe(problem, t)}
        if isinstance(problem, VisitError):
            body["visit"] = service.tokens.visit(
                steps.renewed(showing, service.look(request, showing), problem)
            )
        if isinstance(problem, ProofError):
            body["challenge"] = {**problem.challenge, "src": solver_path()}
        if for_programs:
            headers["Access-Control-Allow-Origin"] = "*"
        return JSONResponse(body, problem.status, headers)
    keeps_form = isinstance(problem, KEEPING_THE_FORM) or problem.status >= 500
    if request.method == "POST" and path_of(request).endswith(FORMS) and keeps_form:
        faults = {name: t.error(code) for name, code in getattr(problem, "faults", {}).items()}
        placed = any(name in NO_FAULTS for name in faults)
        failure = showing.campaign.words_in(look.language).failure
        said = [failure] if path_of(request).endswith("/submit") else []
        oops = "" if placed else " ".join([*said, t.error(problem.code)])
        page = await steps.refused(request, problem, faults, oops)
        page.headers.update(headers)
        return page
    css = look.css
    context = {"css": css, "lang": look.language, "message": t.error(problem.code)}
    html = service.pages.render("error.html", **context)
    return HTMLResponse(html, problem.status, {**page_headers(styles=(css,)), **headers})


def describe(problem: ThreestepsError, t: Strings) -> dict[str, Any]:
    """The one shape of every error; ``fields`` names each wrong field when there are any."""
    shape: dict[str, Any] = {
        "code": problem.code,
        "message": t.error(problem.code),
        "field": problem.field,
    }
    if isinstance(problem, InputError):
        shape["fields"] = {name: t.error(code) for name, code in problem.faults.items()}
    return shape


def _as_problem(error: Exception) -> ThreestepsError:
    if isinstance(error, ThreestepsError):
        return error
    problem = ThreestepsError()
    if isinstance(error, HTTPException):
        problem.status = error.status_code
        problem.code = HTTP_CODES.get(error.status_code, "bad_form")
    return problem
