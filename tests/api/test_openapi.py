"""The OpenAPI document against the running service: both say the same."""

import re
from pathlib import Path

import httpx
import pytest

from tests.api.conftest import Program
from tools import schemathesis
from widget_server.web.openapi import document
from widget_server.web.routes import ROUTES

#: Left out are the checks that do not fit: a text that is no ZIP, and a field that nobody knows,
#: are answered and not refused; what makes an email address is more than a schema can say; and
#: GET of a step is the widget, for people.
CONFIGURATION = """
seed = 119
[parameters]
token = "{token}"
[checks]
positive_data_acceptance.enabled = false
negative_data_rejection.enabled = false
unsupported_method.enabled = false
"""


@pytest.mark.soak
def test_the_service_answers_as_the_document_says(
    program: Program, tmp_path: Path, soaking: bool
) -> None:
    config = tmp_path / "schemathesis.toml"
    config.write_text(CONFIGURATION.format(token=program.token))
    done = schemathesis.run(
        f"{program.origin}/api/v1/openapi.json",
        examples=200 if soaking else 10,
        headers=as_json(program),
        config=config,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.search(r"Tested: +6", done.stdout), done.stdout


def test_every_field_that_is_sent_is_described(program: Program) -> None:
    """Schemathesis lets fields pass that a schema rules out."""
    schemas = document("")["components"]["schemas"]
    with httpx.Client(base_url=program.origin, headers=as_json(program)) as client:
        answer = client.get("/api/v1/legislators?zip=20010").json()
        found = client.post(f"/w/{program.token}/find", data={"zip": "20010"}).json()
        counts = client.get("/api/v1/counts").json()
    sent = {
        "Answer": answer,
        "Legislator": answer["legislators"][0],
        "Found": found,
        "Target": found["legislators"][0],
        "Counts": counts,
    }
    described = {name: set(schemas[name]["properties"]) for name in sent}
    assert [name for name, fields in sent.items() if not set(fields) <= described[name]] == []


def test_the_document_can_be_read_from_any_site(program: Program) -> None:
    answer = httpx.get(f"{program.origin}/api/v1/openapi.json")
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.json() == document(program.origin)


def test_every_operation_is_a_route() -> None:
    described = {
        (method.upper(), path)
        for path, operations in document("")["paths"].items()
        for method in operations
        if method != "parameters"
    }
    routes = {(method, route.path) for route in ROUTES for method in route.methods or ()}
    assert described - routes == set()
    api = {path for method, path in routes if path.startswith("/api/") and method == "GET"}
    assert api - {path for _, path in described} == {"/api/v1/openapi.json"}


def test_every_reference_leads_somewhere() -> None:
    schemas = document("")["components"]["schemas"]
    named = set(re.findall(r"#/components/schemas/(\w+)", str(document(""))))
    assert named == set(schemas)


def as_json(program: Program) -> dict[str, str]:
    """What a program sends along."""
    return {"Accept": "application/json", "Authorization": f"Bearer {program.api_key}"}
