"""What an address has sent is found again once the address has tripped."""

from widget_server.web.suspects import HOUR_SECONDS, Suspects

EARLY, LATE = ("hketo", "early"), ("hketo", "late")


def test_what_was_sent_before_is_to_be_marked() -> None:
    suspects = Suspects()
    suspects.note_sent(b"a", EARLY, marked=False)
    suspects.note_sent(b"b", LATE, marked=False)
    suspects.trip(b"a")
    assert suspects.take_unmarked() == {EARLY}


def test_what_was_on_its_way_to_the_disk_then_is_too() -> None:
    suspects = Suspects()
    suspects.trip(b"a")
    suspects.note_sent(b"a", EARLY, marked=False)
    suspects.note_sent(b"a", LATE, marked=True)
    assert suspects.take_unmarked() == {EARLY}
    assert suspects.take_unmarked() == set()


def test_a_visit_is_known_by_the_address_that_sent_it() -> None:
    suspects = Suspects()
    suspects.note_sent(b"a", EARLY, marked=False)
    assert suspects.has_sent(b"a", EARLY)
    assert not suspects.has_sent(b"b", EARLY)


def test_a_quiet_address_is_forgotten_after_two_hours() -> None:
    now = [0.0]
    suspects = Suspects(clock=lambda: now[0])
    suspects.trip(b"a")
    suspects.note_sent(b"a", EARLY, marked=True)
    for hour in (1, 2):
        assert suspects.has_tripped(b"a")
        now[0] = hour * HOUR_SECONDS
    assert not suspects.has_tripped(b"a")
    assert not suspects.has_sent(b"a", EARLY)


def test_a_busy_address_keeps_nothing_for_longer() -> None:
    now = [0.0]
    suspects = Suspects(clock=lambda: now[0])
    suspects.trip(b"a")
    for hour in range(3):
        now[0] = hour * HOUR_SECONDS
        suspects.note_sent(b"a", ("hketo", str(hour)), marked=True)
    assert not suspects.has_tripped(b"a")
    assert [suspects.has_sent(b"a", ("hketo", str(hour))) for hour in range(3)] == [
        False,
        True,
        True,
    ]


def test_what_it_sent_the_hour_before_is_marked_too() -> None:
    now = [0.0]
    suspects = Suspects(clock=lambda: now[0])
    suspects.note_sent(b"a", EARLY, marked=False)
    now[0] = HOUR_SECONDS
    suspects.note_sent(b"a", LATE, marked=False)
    suspects.trip(b"a")
    assert suspects.take_unmarked() == {EARLY, LATE}


def test_addresses_that_tripped_and_sent_nothing_have_an_end_too() -> None:
    suspects = Suspects(most=2)
    for number in range(6):
        suspects.trip(b"a%d" % number)
    assert not suspects.has_tripped(b"a0")
    assert suspects.has_tripped(b"a5")


def test_memory_has_an_end() -> None:
    suspects = Suspects(most=2)
    for number in range(6):
        suspects.note_sent(b"a%d" % number, ("hketo", str(number)), marked=False)
    assert not suspects.has_sent(b"a0", ("hketo", "0"))
    assert suspects.has_sent(b"a5", ("hketo", "5"))
