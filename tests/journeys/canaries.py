"""Strings that stand nowhere else, sent in every field and header; and where they are found."""

import base64
import json
import re
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from tests.serving import Served

PROGRAM = {"Accept": "application/json"}
#: How many requests a journey takes.
REQUESTS = 12


#: Of a ZIP+4 we need the ZIP only.
ZIP = "94110-7391"


def canary() -> str:
    """A word that nobody else has."""
    return "canary" + "".join(secrets.choice("bcdfghjkmnpqrstvwxz") for _ in range(14))


#: What nobody but the visitor knows, and what their browser or a proxy would add.
NAMES = (
    *("name", "email", "street", "city", "query", "path", "field", "refused"),
    *("agent", "referrer", "cookie", "authorization", "language", "forwarded", "network"),
)


def _words() -> Mapping[str, str]:
    return {name: canary() for name in NAMES}


def _address() -> str:
    """An address of a network that nobody has."""
    return f"2001:db8:{secrets.token_hex(2)}:{secrets.token_hex(2)}::7391"


@dataclass(frozen=True)
class Visitor:
    """Somebody with a canary in everything that can be sent; by its name."""

    words: Mapping[str, str] = field(default_factory=_words)
    address: str = field(default_factory=_address)

    @property
    def email(self) -> str:
        """Their address."""
        return f"{self.words['email']}@secret.example"

    @property
    def headers(self) -> Mapping[str, str]:
        """What their browser and everything in between would say."""
        words = self.words
        return {
            **PROGRAM,
            "User-Agent": f"Mozilla/5.0 {words['agent']}",
            "Referer": f"https://news.example/{words['referrer']}",
            "Cookie": f"session={words['cookie']}",
            "Authorization": f"Bearer {words['authorization']}",
            "Accept-Language": words["language"],
            "X-Forwarded-For": f"{words['network']}, {self.address}",
            "Forwarded": f"for={words['forwarded']}",
        }

    def sent(self, visit: str) -> dict[str, str]:
        """Everything that could lead to them, by its name."""
        return {
            **self.words,
            "mailbox": self.email,
            "zip": ZIP,
            "client": self.address,
            "visit": visit,
        }


def take_part(served: Served, visitor: Visitor, **agreed: str) -> dict[str, str]:
    """The whole journey with a mistake in each step; everything that was sent, by its name."""
    with httpx.Client(base_url=served.origin, headers=visitor.headers, trust_env=False) as client:
        words, widget = visitor.words, f"/w/{served.token}"
        more = {"extra": words["field"], words["field"]: "yes"}
        client.get(f"{widget}?lang={words['query']}&ref={words['query']}")
        client.get(f"/w/{words['path']}")
        client.get(f"/{words['path']}?q={words['query']}")
        place = {"street": words["street"], "city": words["city"], "state": "CA", "zip": "94110"}
        client.post(f"{widget}/find", data={**place, **more})
        found = client.post(f"{widget}/find", data={"zip": ZIP, **more}).json()
        visit = {"visit": found["visit"]}
        for person in found["legislators"]:
            act = {**visit, "kind": "tweet", "legislator": person["id"], **more}
            assert client.post(f"{widget}/act", data=act).status_code == 204
        client.post(f"{widget}/act", data={**visit, "kind": "call", "legislator": words["refused"]})
        form = {**visit, "email": visitor.email, "name": words["name"], "zip": ZIP, **more}
        client.post(f"{widget}/submit", data={**form, "email": f"{words['refused']}@"})
        client.post(f"{widget}/submit", content=words["refused"])
        answer = client.post(f"{widget}/submit", data={**form, **agreed})
        assert answer.status_code == 201, answer.text
    return visitor.sent(visit_id(found["visit"]))


def visit_id(token: str) -> str:
    """What a visit is called in its token, and nowhere else."""
    payload = token.partition(".")[0]
    parts: Any = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    return str(parts[0])


def spellings(text: str) -> Iterator[bytes]:
    """How a text may stand in a file: as it is, in capitals, wide, in hexadecimal, in base64."""
    for form in {text, text.lower(), text.upper()}:
        plain = form.encode()
        yield from (plain, form.encode("utf-16-le"), plain.hex().encode())
        for before in range(3):
            coded = base64.b64encode(b"\0" * before + plain)
            yield coded[4 if before else 0 : len(coded) // 4 * 4 - 4]


def found_in(data: bytes, sent: Mapping[str, str]) -> list[str]:
    """The names of what stands there."""
    return [name for name, text in sent.items() if any(form in data for form in spellings(text))]


def found_in_files(folder: Path, sent: Mapping[str, str]) -> dict[str, list[str]]:
    """The same for each file below the folder that has any."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    found = {str(path.relative_to(folder)): found_in(path.read_bytes(), sent) for path in files}
    return {name: names for name, names in found.items() if names}


def found_in_memory(process: int, sent: Mapping[str, str]) -> dict[str, int]:
    """How often each stands in the memory that the process may write to, which has any."""
    counts = dict.fromkeys(sent, 0)
    for part in _memory(process):
        for name, text in sent.items():
            counts[name] += part.count(text.encode())
    return {name: count for name, count in counts.items() if count}


def _memory(process: int) -> Iterator[bytes]:
    folder = Path(f"/proc/{process}")
    lines = (folder / "maps").read_text().splitlines()
    spans = [found for line in lines if (found := re.match(r"(\w+)-(\w+) rw", line))]
    with (folder / "mem").open("rb", buffering=0) as memory:
        for span in spans:
            begin, end = (int(text, 16) for text in span.groups())
            memory.seek(begin)
            try:
                yield memory.read(end - begin)
            except OSError:  # a page that is a device's
                continue
