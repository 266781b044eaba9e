from dataclasses import replace

from widget_server.find.plausible import faults
from widget_server.find.seats import Seat
from widget_server.find.tables import Tables
from widget_server.model import Legislator


def without(tables: Tables, *codes: str) -> Tables:
    return replace(tables, seats=tuple(s for s in tables.seats if s.code not in codes))


def people(tables: Tables) -> list[tuple[Seat, Legislator]]:
    return [(seat, seat.holder) for seat in tables.seats if seat.holder]


def test_the_packaged_tables_are_plausible(packaged: Tables) -> None:
    assert faults(packaged) == []


def test_a_missing_seat_is_noticed(packaged: Tables) -> None:
    assert faults(without(packaged, "CA-11")) == [
        "There are 434 seats of the role representative, not 435.",
        "CA-11: ZIPs lie in it, but it has no seat.",
    ]


def test_a_state_with_one_senator_is_noticed(packaged: Tables) -> None:
    seats = list(packaged.seats)
    seats.remove(next(seat for seat in seats if seat.code == "WY-SEN"))
    assert "WY-SEN: 1 seats, not 2." in faults(replace(packaged, seats=tuple(seats)))


def test_many_vacancies_are_noticed(packaged: Tables) -> None:
    empty = tuple(replace(seat, holder=None) for seat in packaged.seats)
    assert "541 seats are vacant." in faults(replace(packaged, seats=empty))


def test_a_party_that_vanished_is_noticed(packaged: Tables) -> None:
    seats = tuple(
        replace(seat, holder=replace(person, party="Democrat")) for seat, person in people(packaged)
    )
    assert "The party Republican holds 0 seats." in faults(replace(packaged, seats=seats))


def test_one_person_in_two_seats_is_noticed(packaged: Tables) -> None:
    first, second, *others = people(packaged)
    seats = (first[0], replace(second[0], holder=first[1]), *(seat for seat, _ in others))
    assert f"{first[1].id} holds two seats at once." in faults(replace(packaged, seats=seats))


def test_a_term_that_ends_before_it_begins_is_noticed(packaged: Tables) -> None:
    (seat, person), *others = people(packaged)
    turned = replace(seat, holder=replace(person, end=person.start))
    seats = (turned, *(seat for seat, _ in others))
    assert f"{person.id}: the term ends before it begins." in faults(replace(packaged, seats=seats))


def test_half_a_table_of_zips_is_noticed(packaged: Tables) -> None:
    half = dict(list(packaged.zips.items())[:20_000])
    assert "There are 20000 ZIPs." in faults(replace(packaged, zips=half))


def test_a_district_without_a_zip_is_noticed(packaged: Tables) -> None:
    elsewhere = {
        code: places.replace("NY-12", "NY-10") for code, places in packaged.zips.items()
    } | {"00501": "NY-10", "00544": "NY-10"}
    only_districts = {code: places for code, places in elsewhere.items() if places != "NY"}
    assert "NY-12: no ZIP lies in it." in faults(replace(packaged, zips=only_districts))
