"""What is kept of a person who submits, and what is not."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.sealing import opened
from tests.store.rows import recording, tallied
from widget_server.campaigns import Campaign, Campaigns, State, shipped_campaigns
from widget_server.errors import ClosedError, UnavailableError
from widget_server.keys import Keyring, add_public_key
from widget_server.mailboxes import canonical_email
from widget_server.model import Receipt, Visit
from widget_server.seal import generate_key_pair
from widget_server.settings import Settings
from widget_server.store import Store
from widget_server.store.schema import metadata
from widget_server.submit import SubmitForm, blind_index, prepare, reference

NOW = datetime(2026, 11, 22, 3, tzinfo=UTC)
VISIT = Visit("visit-1", "hketo", "harbor", 1, "CA", "CA-11", counted=True)
PERSON = SubmitForm("Canary-Mail@Example.org", "Canary Name", "94110", updates=True)
PAIR = generate_key_pair()


def contents_of(folder: Path) -> bytes:
    """Every byte of every file below the folder."""
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def contents_of_tables(store: Store) -> bytes:
    """Every value of every row, as a thief of the database has it."""
    with store.read() as connection:
        rows = [
            row for table in metadata.sorted_tables for row in connection.execute(select(table))
        ]
    values = [value for row in rows for value in row]
    return b"".join(value if isinstance(value, bytes) else str(value).encode() for value in values)


@pytest.fixture(scope="module")
def campaign() -> Campaign:
    found = Campaigns.load([shipped_campaigns()]).get("hketo")
    assert found
    return found


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def keyring(home: Path) -> Keyring:
    add_public_key(home / "keys", "hketo", PAIR.public)
    return Keyring.open(home / "keys")


@pytest.fixture
def store(home: Path, database_url: str | None) -> Iterator[Store]:
    settings = Settings(home=home, keys=home / "keys", database_url=database_url)
    with Store.open(settings, serving=True) as opened:
        yield opened


def test_with_consent_the_person_is_sealed_to_the_organiser(
    campaign: Campaign, keyring: Keyring
) -> None:
    submission = prepare(PERSON, VISIT, campaign, keyring, "en", NOW)
    assert submission.consent == campaign.consent
    assert opened(submission, PAIR) == {
        "email": "Canary-Mail@Example.org",
        "name": "Canary Name",
        "zip": "94110",
        "updates": "yes",
        "state": "CA",
        "district": "CA-11",
        "language": "en",
    }


def test_without_consent_only_the_blind_index_is_kept(campaign: Campaign, keyring: Keyring) -> None:
    silent = replace(PERSON, updates=False)
    submission = prepare(silent, VISIT, campaign, keyring, "en", NOW)
    assert submission.envelope is None
    assert submission.consent is None
    assert submission.supporter == blind_index(PERSON.email or "", "hketo", keyring)


def test_where_signing_is_the_consent_a_signature_is_kept_without_asking_for_updates(
    campaign: Campaign, keyring: Keyring
) -> None:
    silent = replace(PERSON, updates=False)
    petition = replace(campaign, keep="signature")
    submission = prepare(silent, VISIT, petition, keyring, "en", NOW)
    assert submission.consent == campaign.consent
    assert opened(submission, PAIR)["updates"] == "no"


def test_nobody_signs_without_a_name_to_it(campaign: Campaign, keyring: Keyring) -> None:
    petition = replace(campaign, keep="signature")
    submission = prepare(SubmitForm(None), VISIT, petition, keyring, "en", NOW)
    assert (submission.supporter, submission.envelope, submission.consent) == (None, None, None)


@pytest.mark.parametrize("state", ["paused", "won", "ended"])
def test_unless_it_is_live_nothing_is_taken(
    campaign: Campaign, keyring: Keyring, state: State
) -> None:
    with pytest.raises(ClosedError) as refused:
        prepare(PERSON, VISIT, replace(campaign, declared=state), keyring, "en", NOW)
    assert (refused.value.status, refused.value.code) == (410, f"campaign_{state}")


def test_of_an_anonymous_person_nothing_is_kept(campaign: Campaign, keyring: Keyring) -> None:
    anonymous = SubmitForm(None, "Canary Name", "94110", updates=True)
    submission = prepare(anonymous, VISIT, campaign, keyring, "en", NOW)
    assert (submission.supporter, submission.envelope, submission.consent) == (None, None, None)


def test_a_campaign_may_keep_district_and_language(campaign: Campaign, keyring: Keyring) -> None:
    keeping = replace(campaign, keep_district=True)
    submission = prepare(PERSON, VISIT, keeping, keyring, "es", NOW)
    assert (submission.district, submission.language) == ("CA-11", "es")


def test_a_campaign_may_leave_district_and_language_to_the_envelope(
    campaign: Campaign, keyring: Keyring
) -> None:
    discreet = replace(campaign, keep_district=False)
    submission = prepare(PERSON, VISIT, discreet, keyring, "es", NOW)
    assert (submission.district, submission.language) == (None, "")


def test_without_a_key_no_details_are_taken(campaign: Campaign, tmp_path: Path) -> None:
    keyless = Keyring.open(tmp_path / "keyless")
    with pytest.raises(UnavailableError) as refused:
        prepare(PERSON, VISIT, campaign, keyless, "en", NOW)
    assert refused.value.code == "no_campaign_key"


def test_without_a_key_people_are_still_counted(campaign: Campaign, tmp_path: Path) -> None:
    keyless = Keyring.open(tmp_path / "keyless")
    assert prepare(SubmitForm(None), VISIT, campaign, keyless, "en", NOW).reference


def test_after_the_end_nothing_is_taken(campaign: Campaign, keyring: Keyring) -> None:
    with pytest.raises(ClosedError):
        prepare(PERSON, VISIT, campaign, keyring, "en", campaign.ends)


def test_the_day_is_the_campaigns_own(campaign: Campaign, keyring: Keyring) -> None:
    submission = prepare(PERSON, VISIT, campaign, keyring, "en", NOW)
    assert submission.day == date(2026, 11, 21)


def test_a_submission_is_named_by_no_visit_id(campaign: Campaign, keyring: Keyring) -> None:
    submission = prepare(PERSON, VISIT, campaign, keyring, "en", NOW)
    assert VISIT.id not in repr(submission)


@pytest.mark.parametrize(
    "spelling",
    ["ada@example.org", " Ada@Example.ORG ", "ＡＤＡ@example.org", "ada@example.org\u3000"],
)
def test_spellings_of_an_address_are_one_person(spelling: str, keyring: Keyring) -> None:
    assert canonical_email(spelling) == "ada@example.org"
    assert blind_index(spelling, "hketo", keyring) == blind_index(
        "ada@example.org", "hketo", keyring
    )


def test_addresses_that_differ_are_different_people() -> None:
    assert canonical_email("ada+hk@example.org") != canonical_email("ada@example.org")


def test_composed_and_decomposed_letters_are_one_person() -> None:
    assert canonical_email("e\u0301@example.org") == canonical_email("\u00e9@example.org")


def test_a_person_has_another_index_in_each_campaign_and_installation(
    keyring: Keyring, tmp_path: Path
) -> None:
    indexes = {
        blind_index("ada@example.org", "hketo", keyring),
        blind_index("ada@example.org", "other", keyring),
        blind_index("ada@example.org", "hketo", Keyring.open(tmp_path / "elsewhere")),
    }
    assert {len(index) for index in indexes} == {16}
    assert len(indexes) == 3


def test_a_reference_is_short_readable_and_the_visits_own() -> None:
    references = {reference("hketo", f"visit-{number}") for number in range(1000)}
    assert len(references) == 1000
    for found in references:
        first, second = found.split("-")
        assert len(first) == len(second) == 4
        assert not set(first + second) - set("0123456789ABCDEFGHJKMNPQRSTVWXYZ")
    assert reference("hketo", "visit-1") == reference("hketo", "visit-1")


def test_a_form_does_not_show_who_sent_it() -> None:
    assert "Canary" not in repr(PERSON)


def test_a_repeated_submission_is_answered_alike(
    campaign: Campaign, keyring: Keyring, store: Store
) -> None:
    first = store.write(recording(prepare(PERSON, VISIT, campaign, keyring, "en", NOW))).result()
    other = prepare(SubmitForm(None), VISIT, campaign, keyring, "es", NOW)
    again = store.write(recording(other)).result()
    assert again == Receipt(first.reference, repeated=True)
    with store.read() as connection:
        assert sum(tallied(connection).values()) == 2


def test_no_name_or_address_is_on_the_disk_or_in_the_log(
    campaign: Campaign,
    keyring: Keyring,
    store: Store,
    home: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(0)
    for number, updates in enumerate((True, False)):
        form = replace(PERSON, updates=updates)
        visit = replace(VISIT, id=f"canary-visit-{number}")
        store.write(recording(prepare(form, visit, campaign, keyring, "en", NOW))).result()
    store.pending.act("hketo", "harbor", "canary-visit-0", "tweet", "P000197", NOW.date())
    store.write(store.pending.take().write).result()
    contents = contents_of_tables(store) + contents_of(home)
    assert b"harbor" in contents
    store.close()
    contents += contents_of(home)
    for canary in (b"canary", b"94110", b"p000197"):
        assert canary not in contents.lower()
    assert "canary" not in caplog.text.lower()


def test_nothing_joins_a_submission_to_a_legislator(
    campaign: Campaign, keyring: Keyring, store: Store, home: Path
) -> None:
    store.write(recording(prepare(PERSON, VISIT, campaign, keyring, "en", NOW))).result()
    store.pending.act("hketo", "harbor", VISIT.id, "tweet", "P000197", NOW.date())
    store.write(store.pending.take().write).result()
    with store.read() as connection:
        joined = connection.exec_driver_sql(
            "SELECT count(*) FROM submissions JOIN actions USING (campaign, visit)"
        )
        assert joined.scalar_one() == 0
        assert connection.exec_driver_sql("SELECT count(*) FROM actions").scalar_one() == 1
