"""The public JSON of an answer: ``Answer`` in, the object of the contract out."""

from typing import Any

from ..model import Answer, Legislator


def answer_json(answer: Answer, query: str) -> dict[str, Any]:
    """What ``find`` says, without visit, tweets and emails; ``query`` as it was asked.

    ``reason`` is there only when nobody was found, ``chosen`` only when the visitor chose,
    ``unlikely`` only when there is an unlikely candidate, ``zip_status`` only in an outage.
    """
    body: dict[str, Any] = {
        "status": answer.status,
        "query": query,
        "congress": answer.congress,
        "as_of": answer.as_of.isoformat(),
        "state": answer.state,
        "districts": list(answer.districts),
        "vacancies": list(answer.vacancies),
        "unsettled": list(answer.unsettled),
        "legislators": [legislator_json(person) for person in answer.legislators],
    }
    if answer.reason:
        body["reason"] = answer.reason
    if answer.status == "unavailable":
        body["zip_status"] = answer.zip_status
    if answer.chosen:
        body["chosen"] = True
    if answer.unlikely:
        body["unlikely"] = list(answer.unlikely)
    return body


def legislator_json(person: Legislator) -> dict[str, Any]:
    """One person, as others may show them."""
    return {
        "id": person.id,
        "role": person.role,
        "name": person.name,
        "state": person.state,
        "district": person.district,
        "party": person.party,
        "phone": person.phone,
        "website": person.website,
        "contact_form": person.contact_form,
        "x": person.accounts.get("x"),
    }
