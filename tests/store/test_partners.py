"""Partners: their names, their slugs, and what of theirs still counts."""

import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from sqlalchemy import Connection

from widget_server.errors import NotFoundError, PartnerError
from widget_server.model import Partner
from widget_server.store import Store, partners

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
SITES = ["https://example.org"]


def added(store: Store, name: str = "Harbor Voices", now: datetime = NOW) -> Partner:
    return store.write(lambda c: partners.add(c, name, SITES, now)).result()


def test_a_partner_is_found_as_it_was_added(store: Store) -> None:
    partner = added(store)
    assert partner == Partner("harbor-voices", "Harbor Voices", tuple(SITES), 1, 1, 1, 1, NOW)
    with store.read() as connection:
        assert partners.find(connection, "harbor-voices") == partner


def test_an_unknown_partner_is_none(store: Store) -> None:
    with store.read() as connection:
        assert partners.find(connection, "nobody") is None


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Société Générale", "societe-generale"),
        ("  Harbor \n Voices  ", "harbor-voices"),
        ("Voices & <b>Co</b>", "voices-b-co-b"),
        ("ＨＫ Watch", "hk-watch"),
        ("x" * 200, "x" * 40),
    ],
)
def test_a_slug_is_the_name_in_plain_words(store: Store, name: str, slug: str) -> None:
    assert added(store, name).slug == slug


@pytest.mark.parametrize("name", ["香港之聲", "🏳️", "Правозащита", "!!!"])
def test_a_name_without_latin_letters_gets_a_readable_slug(store: Store, name: str) -> None:
    partner = added(store, name)
    assert re.fullmatch(r"partner-([bdfgklmnprstv][aeiou]){4}", partner.slug)
    assert partner.name == name


def test_partners_of_one_name_have_slugs_of_their_own(store: Store) -> None:
    slugs = [added(store).slug for _ in range(3)]
    assert slugs == ["harbor-voices", "harbor-voices-2", "harbor-voices-3"]


@pytest.mark.parametrize("name", ["", "   ", "x" * 201, "a\0b", "a\x1bb", "a\ud800"])
def test_a_name_that_cannot_be_shown_is_refused(store: Store, name: str) -> None:
    with pytest.raises(PartnerError, match="name"):
        added(store, name)


def test_partners_are_listed_in_the_order_they_were_added(store: Store) -> None:
    for day, name in ((2, "B"), (1, "A"), (3, "C")):
        added(store, name, NOW.replace(day=day))
    with store.read() as connection:
        assert [partner.slug for partner in partners.list_all(connection)] == ["a", "b", "c"]


def test_sites_can_be_replaced(store: Store) -> None:
    slug = added(store).slug
    changed = store.write(lambda c: partners.set_sites(c, slug, ["news.example"])).result()
    assert changed.sites == ("https://news.example", "https://www.news.example")


def generations(partner: Partner) -> tuple[int, int]:
    """The newest, and the lowest that counts."""
    return partner.generation, partner.lowest_generation


def test_rotation_leaves_old_snippets_counting(store: Store) -> None:
    slug = added(store).slug
    assert generations(store.write(lambda c: partners.rotate(c, slug)).result()) == (2, 1)


def test_revoking_after_a_rotation_ends_the_old_ones_only(store: Store) -> None:
    slug = added(store).slug
    store.write(lambda c: partners.rotate(c, slug)).result()
    assert generations(store.write(lambda c: partners.revoke(c, slug)).result()) == (2, 2)


def test_revoking_without_a_rotation_ends_the_only_one(store: Store) -> None:
    slug = added(store).slug
    assert generations(store.write(lambda c: partners.revoke(c, slug)).result()) == (1, 2)


def test_revoking_everything_ends_the_newest_too(store: Store) -> None:
    slug = added(store).slug
    store.write(lambda c: partners.rotate(c, slug)).result()
    ended = store.write(lambda c: partners.revoke(c, slug, everything=True)).result()
    assert generations(ended) == (2, 3)


def test_rotation_gives_a_revoked_partner_a_snippet_that_counts(store: Store) -> None:
    slug = added(store).slug
    store.write(lambda c: partners.revoke(c, slug)).result()
    assert generations(store.write(lambda c: partners.rotate(c, slug)).result()) == (2, 2)


def test_sessions_and_api_keys_have_generations_of_their_own(store: Store) -> None:
    slug = added(store).slug
    store.write(lambda c: partners.end_sessions(c, slug)).result()
    partner = store.write(lambda c: partners.renew_api_key(c, slug)).result()
    assert (partner.session_generation, partner.api_generation) == (2, 2)
    assert generations(partner) == (1, 1)


@pytest.mark.parametrize(
    "change", [partners.rotate, partners.revoke, partners.end_sessions, partners.renew_api_key]
)
def test_changing_an_unknown_partner_is_refused_with_a_sentence(
    store: Store, change: Callable[[Connection, str], Partner]
) -> None:
    with pytest.raises(NotFoundError, match="nobody"):
        store.write(lambda c: change(c, "nobody")).result()
