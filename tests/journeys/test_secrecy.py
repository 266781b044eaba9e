"""What a thief of everything on the server would learn of a supporter: nothing."""

import csv
import io
from pathlib import Path

import httpx

from tests.serving import Served

NAME = "Wilhelmina Canary"
EMAIL = "wilhelmina.canary@secret.example"


def submit(served: Served, **fields: str) -> None:
    page = httpx.get(served.demo_url, trust_env=False).text
    widget = f"{served.origin}/w/" + page.split('<three-steps token="')[1].split('"')[0]
    program = {"Accept": "application/json"}
    found = httpx.post(f"{widget}/find", data={"zip": "94110"}, headers=program, trust_env=False)
    sent = {"visit": found.json()["visit"], "email": EMAIL, "name": NAME, "zip": "94110", **fields}
    answer = httpx.post(f"{widget}/submit", data=sent, headers=program, trust_env=False)
    assert answer.status_code == 201


def files_with(folder: Path, text: str) -> list[str]:
    wanted = (text.encode(), text.encode("utf-16-le"), text.encode().hex().encode())
    return [
        str(path.relative_to(folder))
        for path in folder.rglob("*")
        if path.is_file() and any(form in path.read_bytes() for form in wanted)
    ]


def test_no_file_holds_a_name_or_an_address_until_the_key_opens_it(served: Served) -> None:
    submit(served, updates="yes")
    names = {path.name for path in served.home.rglob("*")}
    assert {"threesteps.db", "threesteps.db-wal", "service.log"} <= names
    for text in (NAME, EMAIL, "Wilhelmina", "canary@"):
        assert files_with(served.home, text) == []
    (key,) = served.home.glob("demo-private-*.key")
    (row,) = csv.DictReader(io.StringIO(served.command("export", "hketo", "--key", key)))
    assert (row["name"], row["email"], row["zip"]) == (NAME, EMAIL, "94110")


def test_without_consent_nothing_is_sealed_or_kept(served: Served) -> None:
    submit(served)
    (key,) = served.home.glob("demo-private-*.key")
    assert list(csv.DictReader(io.StringIO(served.command("export", "hketo", "--key", key)))) == []
    (partner,) = served.counts()
    assert partner["totals"]["supporters"] == 1
