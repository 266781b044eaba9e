"""People in the words of the Open Supporter Data Interface."""

import io
import json

from tests.web.hostile.payloads import PAYLOADS
from widget_server.report.export import FIELDS, Person
from widget_server.report.osdi import Signups, signup

ADA: Person = {
    "reference": "7KQ4-M2XD",
    "campaign": "hketo",
    "day": "2026-11-22",
    "partner": "harbor",
    "source": "banner",
    "email": "ada@example.org",
    "name": "Ada Lovelace",
    "zip": "94110",
    "state": "CA",
    "district": "CA-11",
    "language": "zh-Hant",
    "updates": "yes",
    "consent": "2026-11-22",
}


def test_a_person_is_what_the_signup_helper_takes() -> None:
    assert signup(ADA) == {
        "person": {
            "identifiers": ["threesteps:hketo-7KQ4-M2XD"],
            "origin_system": "threesteps",
            "given_name": "Ada Lovelace",
            "email_addresses": [
                {"primary": True, "address": "ada@example.org", "status": "subscribed"}
            ],
            "postal_addresses": [
                {"primary": True, "postal_code": "94110", "region": "CA", "country": "US"}
            ],
            "languages_spoken": ["zh"],
            "custom_fields": {
                "campaign": "hketo",
                "reference": "7KQ4-M2XD",
                "partner": "harbor",
                "source": "banner",
                "day": "2026-11-22",
                "district": "CA-11",
                "language": "zh-Hant",
                "consent": "2026-11-22",
            },
        }
    }


def test_who_asked_for_no_updates_is_not_subscribed() -> None:
    (address,) = signup({**ADA, "updates": "no"})["person"]["email_addresses"]
    assert address["status"] == "unsubscribed"


def test_what_is_not_known_is_left_out() -> None:
    nobody = {**dict.fromkeys(FIELDS, ""), "email": "a@example.org"}
    known = signup(nobody)["person"]
    assert sorted(known) == ["email_addresses", "identifiers", "origin_system"]


def test_a_name_is_kept_as_it_was_typed_and_stays_on_its_line() -> None:
    file = io.StringIO()
    signups = Signups(file)
    names = ["=cmd()", "a\nb", "\u202eadA", "a\u2028b", "林鄭", *PAYLOADS]
    for name in names:
        signups.write({**ADA, "name": name})
    lines = file.getvalue().splitlines()
    assert [json.loads(line)["person"]["given_name"] for line in lines] == names
