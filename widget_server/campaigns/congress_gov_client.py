"""Asks Congress.gov: an address and a key, or a folder of recorded answers, become an ``Ask``."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from ..errors import CampaignError
from .congress_gov import PAGE_SIZE, Ask, Question

API = "https://api.congress.gov"

_TIMEOUT_SECONDS = 20
_LOCAL_HOSTS = frozenset({"localhost", "127.0.0.1", "::1"})
_REASONS = {
    401: "The key is refused; see THREESTEPS_CONGRESS_API_KEY.",
    403: "The key is missing or refused; see THREESTEPS_CONGRESS_API_KEY.",
    404: "There is no such bill.",
    429: "There were too many requests with this key; try again in an hour.",
}


def folder_ask(folder: Path) -> Ask:
    """Answers recorded as ``bill-119-hr-2661.json`` and ``bill-119-hr-2661-cosponsors.json``.

    A second page has the number of its first item at the end: ``…-cosponsors-250.json``.
    """

    def ask(question: Question) -> str:
        name = question.path.removeprefix("/v3/").replace("/", "-")
        file = folder / (f"{name}-{question.offset}.json" if question.offset else f"{name}.json")
        try:
            return file.read_text("utf-8")
        except OSError as error:
            raise question.refusal(f"{file} cannot be read: {error.strerror}.") from error
        except UnicodeDecodeError as error:
            raise question.refusal(f"{file} is not UTF-8.") from error

    return ask


@contextmanager
def api_ask(origin: str, key: str | None) -> Iterator[Ask]:
    """The API at an origin, over one connection.

    The key travels in a header, so that it is in no address and no log, and only where nobody
    can read it on the way. Redirects are not followed: they could lead it elsewhere.
    """
    url = _url(origin)
    if origin == API and not key:
        raise CampaignError(
            "Congress.gov wants a key. Get one at https://api.congress.gov/sign-up/ and put it "
            "into THREESTEPS_CONGRESS_API_KEY."
        )
    if key and url.scheme == "http" and url.host not in _LOCAL_HOSTS:
        raise CampaignError(f"The key would travel to {origin} unencrypted; use https.")
    headers = {"X-Api-Key": key} if key else {}
    with httpx.Client(base_url=url, headers=headers, timeout=_TIMEOUT_SECONDS) as client:

        def ask(question: Question) -> str:
            return _get(client, question)

        yield ask


def _url(origin: str) -> httpx.URL:
    try:
        return httpx.URL(origin)
    except httpx.InvalidURL as error:
        raise CampaignError(f"{origin!r} is not the address of a service.") from error


def _get(client: httpx.Client, question: Question) -> str:
    query = f"format=json&limit={PAGE_SIZE}&offset={question.offset}"
    try:
        response = client.get(question.path, params=query)
    except httpx.TimeoutException as error:
        raise question.refusal("There was no answer in time.") from error
    except httpx.RequestError as error:
        raise question.refusal(f"There was no answer ({type(error).__name__}).") from error
    if response.status_code != httpx.codes.OK:
        status = response.status_code
        raise question.refusal(f"{_REASONS.get(status, 'It has no answer now.')} ({status})")
    return response.text
