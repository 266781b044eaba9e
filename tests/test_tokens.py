"""Every token: good for its own purpose, in one spelling, for as long as it says."""

import secrets
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest
from itsdangerous import URLSafeSerializer, URLSafeTimedSerializer

from widget_server.model import Embed, Visit
from widget_server.tokens import BadTokenError, Grant, StaleTokenError, Tokens

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
KEY = secrets.token_bytes(32)
EMBED = Embed("hketo", "harbor", 3)
VISIT = Visit("v" * 22, "hketo", "harbor", 3, "CA", "CA-11", counted=True)
GRANT = Grant("harbor", 2)
GENERATION = 4
SESSION = "the token of a session"

#: What each purpose says that says something else than GRANT.
SAID = {
    "embed": EMBED,
    "visit": VISIT,
    "organiser_link": GENERATION,
    "organiser_session": GENERATION,
    "form": SESSION,
}

#: A visit at NOW, signed with thirty-two times the letter k, as the first versions spelt it.
MADE_EARLIER = {
    "plain": "WyJ4eHh4eHh4eHh4eHh4eHh4IiwiaGtldG8iLCJoYXJib3Itdm9pY2VzIiwxLCJDQSIsIkNBLTExIiwxMTks"
    "dHJ1ZV0.awLZQA.hkl6iD6lK9lS61bte1MH4c0IKWRU41bGbMU0xOskyUg",
    "compressed": ".eJyLVqpAA0o6ShnZqSX5IDqxKCm_SLcsPzM5tVhJx1BHydlRCUToGhoCuYaWOiVFpamxAE5NFjM"
    ".awLZQA.BUzVPtbMJK7wkm_KslGEnVbvj55ZxGhaZu7kqzskdKs",
}

PURPOSES = (
    *("embed", "visit", "link", "session", "api_key"),
    *("organiser_link", "organiser_session", "form"),
)
AGED = {
    "visit": timedelta(hours=24),
    "link": timedelta(days=7),
    "session": timedelta(hours=12),
    "organiser_link": timedelta(days=7),
    "organiser_session": timedelta(hours=12),
}


def tokens_at(now: datetime = NOW, *keys: bytes) -> Tokens:
    return Tokens(keys or (KEY,), lambda: now)


def made(tokens: Tokens, purpose: str) -> str:
    make: dict[str, Callable[[], str]] = {
        "embed": lambda: tokens.embed(EMBED),
        "visit": lambda: tokens.visit(VISIT),
        "link": lambda: tokens.link(GRANT),
        "session": lambda: tokens.session(GRANT),
        "api_key": lambda: tokens.api_key(GRANT),
        "organiser_link": lambda: tokens.organiser_link(GENERATION),
        "organiser_session": lambda: tokens.organiser_session(GENERATION),
        "form": lambda: tokens.form(SESSION),
    }
    return make[purpose]()


def read(tokens: Tokens, purpose: str, token: str) -> object:
    if purpose == "form":
        tokens.read_form(token, SESSION)
        return SESSION
    return getattr(tokens, f"read_{purpose}")(token)


@pytest.mark.parametrize("purpose", PURPOSES)
def test_a_token_says_again_what_it_was_made_with(purpose: str) -> None:
    assert read(tokens_at(), purpose, made(tokens_at(), purpose)) == SAID.get(purpose, GRANT)


@pytest.mark.parametrize("purpose", PURPOSES)
def test_no_token_with_a_flipped_byte_is_accepted(purpose: str) -> None:
    token = made(tokens_at(), purpose).encode()
    for place in range(len(token)):
        for bit in range(8):
            flipped = bytearray(token)
            flipped[place] ^= 1 << bit
            with pytest.raises(BadTokenError):
                read(tokens_at(), purpose, flipped.decode("latin-1"))


@pytest.mark.parametrize("purpose", PURPOSES)
def test_no_other_spelling_of_a_signature_is_accepted(purpose: str) -> None:
    token = made(tokens_at(), purpose)
    for last in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_":
        if last != token[-1]:
            with pytest.raises(BadTokenError):
                read(tokens_at(), purpose, token[:-1] + last)


@pytest.mark.parametrize("purpose", PURPOSES)
@pytest.mark.parametrize("junk", ["", ".", "..", "a.b", "a.b.c", "\ud800.x", "é.é", "x" * 9000])
def test_junk_is_refused(purpose: str, junk: str) -> None:
    with pytest.raises(BadTokenError):
        read(tokens_at(), purpose, junk)


@pytest.mark.parametrize("spelling", [" {}", "{} ", "{}=", "{}\n", "\t{}", "{}."])
def test_nothing_may_be_added_to_a_token(spelling: str) -> None:
    with pytest.raises(BadTokenError):
        tokens_at().read_embed(spelling.format(tokens_at().embed(EMBED)))


@pytest.mark.parametrize("purpose", PURPOSES)
def test_a_token_is_refused_for_every_other_purpose(purpose: str) -> None:
    token = made(tokens_at(), purpose)
    for other in set(PURPOSES) - {purpose}:
        with pytest.raises(BadTokenError):
            read(tokens_at(), other, token)


@pytest.mark.parametrize(("purpose", "limit"), AGED.items())
def test_a_token_is_good_until_its_age_limit(purpose: str, limit: timedelta) -> None:
    assert read(tokens_at(NOW + limit), purpose, made(tokens_at(), purpose))


@pytest.mark.parametrize(("purpose", "limit"), AGED.items())
def test_a_token_is_stale_beyond_its_age_limit(purpose: str, limit: timedelta) -> None:
    late = tokens_at(NOW + limit + timedelta(seconds=1))
    with pytest.raises(StaleTokenError):
        read(late, purpose, made(tokens_at(), purpose))


def test_a_stale_visit_still_says_whose_it_was() -> None:
    with pytest.raises(StaleTokenError) as stale:
        tokens_at(NOW + timedelta(days=2)).read_visit(tokens_at().visit(VISIT))
    assert stale.value.payload == VISIT


@pytest.mark.parametrize("purpose", AGED)
def test_a_machine_whose_clock_is_behind_accepts_the_others_tokens(purpose: str) -> None:
    token = made(tokens_at(NOW + timedelta(minutes=10)), purpose)
    assert read(tokens_at(), purpose, token)


@pytest.mark.parametrize("purpose", ["embed", "api_key", "form"])
def test_tokens_without_an_age_limit_are_always_spelt_the_same(purpose: str) -> None:
    later = tokens_at(NOW + timedelta(days=3000))
    assert made(later, purpose) == made(tokens_at(), purpose)


@pytest.mark.parametrize("purpose", PURPOSES)
def test_itsdangerous_reads_what_we_make_and_makes_what_we_read(purpose: str) -> None:
    kind = URLSafeTimedSerializer if purpose in AGED else URLSafeSerializer
    salt = f"threesteps.{purpose.replace('_', '-')}"
    theirs = kind(KEY, salt, signer_kwargs={"digest_method": sha256, "key_derivation": "hmac"})
    ours = tokens_at(datetime.now(UTC))
    payload = theirs.loads(made(ours, purpose))
    assert read(ours, purpose, theirs.dumps(payload)) == SAID.get(purpose, GRANT)


@pytest.mark.parametrize("spelling", ["plain", "compressed"])
def test_tokens_of_earlier_versions_are_read(spelling: str) -> None:
    visit = Visit("x" * 16, "hketo", "harbor-voices", 1, "CA", "CA-11", 119, counted=True)
    assert tokens_at(NOW, b"k" * 32).read_visit(MADE_EARLIER[spelling]) == visit


def test_a_visit_keeps_the_label_of_its_placement() -> None:
    labelled = replace(VISIT, source="footer")
    assert tokens_at().read_visit(tokens_at().visit(labelled)) == labelled


def test_a_form_belongs_to_one_session() -> None:
    tokens = tokens_at()
    tokens.read_form(tokens.form("mine"), "mine")
    with pytest.raises(BadTokenError):
        tokens.read_form(tokens.form("mine"), "another")


@pytest.mark.parametrize("purpose", PURPOSES)
def test_old_keys_verify_and_the_newest_signs(purpose: str) -> None:
    newer = secrets.token_bytes(32)
    both = tokens_at(NOW, KEY, newer)
    assert read(both, purpose, made(tokens_at(), purpose))
    assert read(tokens_at(NOW, newer), purpose, made(both, purpose))


@pytest.mark.parametrize("purpose", PURPOSES)
def test_a_token_under_a_foreign_key_is_refused(purpose: str) -> None:
    foreign = made(tokens_at(NOW, secrets.token_bytes(32)), purpose)
    with pytest.raises(BadTokenError):
        read(tokens_at(), purpose, foreign)
