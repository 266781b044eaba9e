"""Signed tokens: a purpose and its payload in, text out, and back again.

Each purpose has its own salt, payload and age limit, so a token made for one is refused for
every other. The newest key signs and all keys verify. Partner tokens are public: they attribute,
they authorise nothing.
"""

import hmac
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from json import JSONEncoder
from typing import Any

from itsdangerous import BadData, Signer, TimestampSigner, URLSafeSerializer
from itsdangerous.encoding import base64_decode, base64_encode, want_bytes
from itsdangerous.signer import SigningAlgorithm

from .model import Embed, Visit

VISIT_MAX_AGE_SECONDS = 24 * 3600
LINK_MAX_AGE_SECONDS = 7 * 24 * 3600
SESSION_MAX_AGE_SECONDS = 12 * 3600

Clock = Callable[[], datetime]


class BadTokenError(Exception):
    """The token was not made by us, for this purpose, in this form."""


class StaleTokenError(BadTokenError):
    """The token is ours but too old; ``payload`` is what it said."""

    def __init__(self, payload: Any) -> None:
        super().__init__("stale token")
        self.payload = payload


@dataclass(frozen=True, slots=True)
class Grant:
    """What a sign-in link, a session or an API key says: which partner, of which generation."""

    partner: str
    generation: int


class Tokens:
    """Makes and reads every token, with a list of keys in order of age, the newest last."""

    def __init__(self, keys: Sequence[bytes], clock: Clock) -> None:
        self._embed = _Purpose(keys, b"threesteps.embed")
        self._visit = _AgedPurpose(keys, b"threesteps.visit", clock, VISIT_MAX_AGE_SECONDS)
        self._link = _AgedPurpose(keys, b"threesteps.link", clock, LINK_MAX_AGE_SECONDS)
        self._session = _AgedPurpose(keys, b"threesteps.session", clock, SESSION_MAX_AGE_SECONDS)
        self._api_key = _Purpose(keys, b"threesteps.api-key")
        self._organiser_link = _AgedPurpose(
            keys, b"threesteps.organiser-link", clock, LINK_MAX_AGE_SECONDS
        )
        self._organiser_session = _AgedPurpose(
            keys, b"threesteps.organiser-session", clock, SESSION_MAX_AGE_SECONDS
        )
        self._form = _Purpose(keys, b"threesteps.form")

    def embed(self, embed: Embed) -> str:
        """The public token of a snippet."""
        return self._embed.dump([embed.campaign, embed.partner, embed.generation])

    def read_embed(self, token: str) -> Embed:
        """Raises BadTokenError."""
        return Embed(*self._embed.load(token))

    def visit(self, visit: Visit) -> str:
        """The token that a *find* answer carries, good for 24 hours.

        Only a labelled one is longer than those of before labels, which are read as well.
        """
        return self._visit.dump(
            [
                visit.id,
                visit.campaign,
                visit.partner,
                visit.generation,
                visit.state,
                visit.district,
                visit.congress,
                visit.counted,
                *([visit.source] if visit.source else []),
            ]
        )

    def read_visit(self, token: str) -> Visit:
        """Raises StaleTokenError with the Visit as its payload, or BadTokenError."""
        try:
            return Visit(*self._visit.load(token))
        except StaleTokenError as stale:
            raise StaleTokenError(Visit(*stale.payload)) from None

    def signed_at(self, token: str) -> datetime:
        """When a token with an age was made; it has been read before."""
        _, _, signed_at = token.rpartition(".")[0].rpartition(".")
        return datetime.fromtimestamp(int.from_bytes(base64_decode(signed_at), "big"), UTC)

    def link(self, grant: Grant) -> str:
        """A partner's sign-in link, good for 7 days."""
        return self._link.dump([grant.partner, grant.generation])

    def read_link(self, token: str) -> Grant:
        """Raises BadTokenError."""
        return Grant(*self._link.load(token))

    def session(self, grant: Grant) -> str:
        """A partner's session, good for 12 hours."""
        return self._session.dump([grant.partner, grant.generation])

    def read_session(self, token: str) -> Grant:
        """Raises BadTokenError."""
        return Grant(*self._session.load(token))

    def api_key(self, grant: Grant) -> str:
        """A partner's key to the JSON API, good until its generation is raised."""
        return self._api_key.dump([grant.partner, grant.generation])

    def read_api_key(self, token: str) -> Grant:
        """Raises BadTokenError."""
        return Grant(*self._api_key.load(token))

    def organiser_link(self, generation: int) -> str:
        """The organiser's sign-in link, good for 7 days."""
        return self._organiser_link.dump([generation])

    def read_organiser_link(self, token: str) -> int:
        """The generation it was made in. Raises BadTokenError."""
        return int(self._organiser_link.load(token)[0])

    def organiser_session(self, generation: int) -> str:
        """The organiser's session, good for 12 hours."""
        return self._organiser_session.dump([generation])

    def read_organiser_session(self, token: str) -> int:
        """The generation it was made in. Raises BadTokenError."""
        return int(self._organiser_session.load(token)[0])

    def form(self, session: str) -> str:
        """What a form carries that only a page of this session can know."""
        return self._form.dump([sha256(session.encode()).hexdigest()])

    def read_form(self, token: str, session: str) -> None:
        """Raises BadTokenError unless the form was made in this session."""
        if self._form.load(token) != [sha256(session.encode()).hexdigest()]:
            raise BadTokenError("another session's form")


class _Purpose:
    """One salt; good for ever."""

    def __init__(self, keys: Sequence[bytes], salt: bytes) -> None:
        self._signer = _OneSpelling(_derived(keys, salt), **_SIGNING)

    def dump(self, payload: list[Any]) -> str:
        return self._signer.sign(_text(payload)).decode()

    def load(self, token: str) -> list[Any]:
        try:
            return list(_TEXT.load_payload(self._signer.unsign(token)))
        except (BadData, UnicodeError):
            raise BadTokenError("bad token") from None


class _AgedPurpose:
    """One salt and one age limit.

    A token from the future is ours too: another machine's clock was ahead when it was made.
    """

    def __init__(
        self, keys: Sequence[bytes], salt: bytes, clock: Clock, max_age_seconds: int
    ) -> None:
        self._signer = _signer_on(clock)(_derived(keys, salt), **_SIGNING)
        self._clock = clock
        self._max_age = timedelta(seconds=max_age_seconds)

    def dump(self, payload: list[Any]) -> str:
        return self._signer.sign(_text(payload)).decode()

    def load(self, token: str) -> list[Any]:
        try:
            text, signed_at = self._signer.unsign(token, return_timestamp=True)
            payload = list(_TEXT.load_payload(text))
        except (BadData, UnicodeError):
            raise BadTokenError("bad token") from None
        if self._clock() - signed_at > self._max_age:
            raise StaleTokenError(payload)
        return payload


class _Hmac(SigningAlgorithm):
    """HMAC-SHA256; itsdangerous itself would take SHA-1.

    Not ``hmac.digest``, which lets other threads run for the microsecond that it takes.
    """

    def get_signature(self, key: bytes, value: bytes) -> bytes:
        return hmac.new(key, value, sha256).digest()


class _OneSpelling(Signer):
    """Compares signatures as they are spelt.

    Base64 has spare bits, so that one signature could be spelt in several ways.
    """

    def verify_signature(self, value: str | bytes, sig: str | bytes) -> bool:
        signed, spelt = want_bytes(value), want_bytes(sig)
        made = (self.algorithm.get_signature(key, signed) for key in reversed(self.secret_keys))
        return any(hmac.compare_digest(base64_encode(each), spelt) for each in made)


#: The keys are derived already.
_SIGNING: dict[str, Any] = {"key_derivation": "none", "algorithm": _Hmac()}
#: As itsdangerous spells a payload; but it compresses those that get shorter by it, which takes
#: longer than all the rest. Such tokens are read as well.
_JSON = JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_TEXT = URLSafeSerializer(b"")


def _derived(keys: Sequence[bytes], salt: bytes) -> list[bytes]:
    """The keys of one purpose, derived once and not for each token."""
    return [hmac.digest(key, salt, "sha256") for key in keys]


def _text(payload: list[Any]) -> bytes:
    return base64_encode(_JSON.encode(payload))


def _signer_on(clock: Clock) -> type[TimestampSigner]:
    class AgedSigner(_OneSpelling, TimestampSigner):
        def get_timestamp(self) -> int:
            return int(clock().timestamp())

    return AgedSigner
