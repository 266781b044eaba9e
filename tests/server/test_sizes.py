"""Too much is refused before it is kept; what fits is handed on whole."""

import pytest

from tests.server.impatient import Listening
from tests.server.raw import Client, announced, chunk, chunked, get, post
from widget_server.web.forms import MOST_BODY_BYTES

JSON = "Accept: application/json"


def test_the_largest_body_is_handed_on(client: Client) -> None:
    client.send(post("/form", bytes(MOST_BODY_BYTES)))
    assert client.answer().json == {"path": "/form", "length": MOST_BODY_BYTES}


def test_a_body_in_chunks_is_handed_on_as_one(client: Client) -> None:
    client.send(chunked("/form"), chunk(b"zip="), chunk(b"94110"), chunk(b""))
    assert client.answer().json == {"path": "/form", "length": 9}


def test_a_larger_body_is_refused_by_its_announcement(there: Listening, client: Client) -> None:
    client.send(announced("/form", MOST_BODY_BYTES + 1, JSON))
    answer = client.answer()
    assert (answer.status, answer.json["error"]["code"]) == (413, "too_large")
    assert answer.headers["Connection"] == "close"
    assert there.app.asked == []


def test_chunks_are_refused_once_they_are_too_many(there: Listening, client: Client) -> None:
    client.send(chunked("/form"), *[chunk(bytes(1024))] * 65)
    assert client.answer().status == 413
    assert there.app.asked == []


def test_a_body_in_the_smallest_chunks_is_handed_on(client: Client) -> None:
    client.send(chunked("/form"), chunk(b"x") * MOST_BODY_BYTES, chunk(b""))
    assert client.answer().json["length"] == MOST_BODY_BYTES


def test_what_comes_behind_the_chunks_has_an_end_too(there: Listening, client: Client) -> None:
    client.send(chunked("/form"), b"0\r\n", (b"X-Trailer: " + b"x" * 1000 + b"\r\n") * 1000)
    assert client.answer().status == 413
    assert there.app.asked == []


def test_who_is_refused_can_read_so_while_still_sending(client: Client) -> None:
    client.send(announced("/form", 10 * MOST_BODY_BYTES), bytes(5 * MOST_BODY_BYTES))
    assert client.answer().status == 413


def test_a_body_is_asked_for_when_its_sender_waits_for_that(client: Client) -> None:
    client.send(announced("/form", 9, "Expect: 100-continue"))
    assert client.answer().status == 100
    client.send(b"zip=94110")
    assert client.answer().json == {"path": "/form", "length": 9}


def test_a_body_that_is_too_large_is_not_asked_for(client: Client) -> None:
    client.send(announced("/form", MOST_BODY_BYTES + 1, "Expect: 100-continue"))
    assert client.answer().status == 413


@pytest.mark.parametrize("pieces", [1, 40], ids=["at once", "in pieces"])
def test_a_head_that_is_too_long_is_refused(client: Client, pieces: int) -> None:
    field = "X-Long: " + "x" * (32_000 // pieces)
    request = get("/", *[field] * pieces)
    client.send(*(request[start : start + 1024] for start in range(0, 20 * 1024, 1024)))
    assert b"431 Request Header Fields Too Large" in client.rest()


def test_a_long_head_does_not_count_the_body_behind_it(client: Client) -> None:
    client.send(post("/form", bytes(60_000), "X-Long: " + "x" * 10_000))
    assert client.answer().json["length"] == 60_000


def test_what_is_no_request_is_refused_in_a_sentence(client: Client) -> None:
    client.send(b"\x16\x03\x01 hello\r\n\r\n")
    answer = client.answer()
    assert answer.status == 400
    assert answer.body.endswith(b"<p>This request could not be read.</p>\n")
