import json
from datetime import datetime

from widget_server.find.contract import answer_json
from widget_server.find.roster import Roster


def test_a_found_answer_has_the_contracts_shape(roster: Roster, now: datetime) -> None:
    body = answer_json(roster.lookup("94110", now), "94110")
    assert body | {"legislators": body["legislators"][:1]} == {
        "status": "found",
        "query": "94110",
        "congress": 119,
        "as_of": "2026-09-02",
        "state": "CA",
        "districts": ["CA-11"],
        "vacancies": [],
        "unsettled": [],
        "legislators": [
            {
                "id": "P000197",
                "role": "representative",
                "name": "Nancy Pelosi",
                "state": "CA",
                "district": "CA-11",
                "party": "Democrat",
                "phone": "202-225-4965",
                "website": "https://pelosi.house.gov",
                "contact_form": None,
                "x": "SpeakerPelosi",
            }
        ],
    }


def test_a_reason_is_there_only_when_nobody_was_found(roster: Roster, now: datetime) -> None:
    assert answer_json(roster.lookup("2139", now), "2139")["reason"] == "malformed"
    assert "reason" not in answer_json(roster.lookup("94110", now), "94110")


def test_a_chosen_district_says_that_it_was_chosen(roster: Roster, now: datetime) -> None:
    assert answer_json(roster.lookup("43215", now, "OH-3"), "43215")["chosen"] is True
    assert "chosen" not in answer_json(roster.lookup("43215", now), "43215")


def test_every_answer_is_json(roster: Roster, now: datetime) -> None:
    for query in ("94110", "57638", "00501", "96941", "x"):
        assert json.loads(json.dumps(answer_json(roster.lookup(query, now), query)))
