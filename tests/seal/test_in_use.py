"""How long a content key is used."""

from widget_server.seal import ContentKeys, generate_key_pair
from widget_server.seal.in_use import USES

PUBLICS = (generate_key_pair().public,)


class Clock:
    """Seconds that pass when they are told to."""

    seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def test_submissions_of_one_moment_share_a_key() -> None:
    keys = ContentKeys(Clock())
    assert keys.current("hketo", PUBLICS) is keys.current("hketo", PUBLICS)


def test_after_a_second_there_is_another() -> None:
    clock = Clock()
    keys = ContentKeys(clock)
    first = keys.current("hketo", PUBLICS)
    clock.seconds = 1.0
    assert keys.current("hketo", PUBLICS).secret != first.secret


def test_after_so_many_envelopes_there_is_another() -> None:
    keys = ContentKeys(Clock())
    used = [keys.current("hketo", PUBLICS).id for _ in range(2 * USES)]
    assert [used.count(name) for name in dict.fromkeys(used)] == [USES, USES]


def test_campaigns_share_no_key() -> None:
    keys = ContentKeys(Clock())
    assert keys.current("hketo", PUBLICS).secret != keys.current("other", PUBLICS).secret


def test_a_new_recipient_is_wrapped_for_at_once() -> None:
    keys = ContentKeys(Clock())
    first = keys.current("hketo", PUBLICS)
    both = (*PUBLICS, generate_key_pair().public)
    assert keys.current("hketo", both).secret != first.secret


def test_a_key_that_was_forgotten_is_not_used_again() -> None:
    keys = ContentKeys(Clock())
    first = keys.current("hketo", PUBLICS)
    keys.forget()
    assert keys.current("hketo", PUBLICS).secret != first.secret
