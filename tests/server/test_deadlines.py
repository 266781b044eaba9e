"""A client that takes its time is left; what it was answered before stays whole."""

import time

from tests.server.impatient import LARGE_BYTES, Listening
from tests.server.raw import Client, announced, get, post

JSON = "Accept: application/json"


def test_a_client_that_says_nothing_is_left_without_a_word(client: Client) -> None:
    assert client.rest() == b""


def test_a_head_that_never_ends_is_answered_408(client: Client) -> None:
    client.send(b"GET / HTTP/1.1\r\n")
    client.drip(b"X-More: of this\r\n", seconds=2)
    assert client.answer().status == 408


def test_a_body_that_drips_is_answered_408(there: Listening, client: Client) -> None:
    client.send(announced("/slow", 1000, JSON))
    client.drip(b"x", seconds=2)
    answer = client.answer()
    assert (answer.status, answer.json["error"]["code"]) == (408, "too_slow")
    assert client.rest() == b""
    assert there.app.asked == []


def test_empty_lines_do_not_keep_a_connection(client: Client) -> None:
    client.send(get("/first"))
    assert client.answer().status == 200
    client.drip(b"\r\n", seconds=3)
    assert b" 200 " not in client.rest()


def test_a_connection_that_has_been_answered_is_left_when_idle(client: Client) -> None:
    client.send(get("/first"))
    assert client.answer().json == {"path": "/first", "length": 0}
    assert client.rest() == b""


def test_each_request_of_a_connection_has_its_own_time(client: Client) -> None:
    for _ in range(8):
        client.send(announced("/slow", 3, JSON))
        for _ in range(3):
            client.send(b"x")
            time.sleep(0.1)
        assert client.answer().json == {"path": "/slow", "length": 3}


def test_who_does_not_read_the_answer_is_left(there: Listening, client: Client) -> None:
    client.send(get("/large"))
    assert there.is_left_alone()
    assert len(client.rest()) < LARGE_BYTES


def test_who_reads_a_large_answer_gets_all_of_it(client: Client) -> None:
    client.send(get("/large"))
    assert len(client.answer().body) == LARGE_BYTES


def test_what_breaks_off_is_never_handed_on(there: Listening, client: Client) -> None:
    client.send(announced("/broken", 1000), b"half of")
    client.close()
    other = Client(there.port)
    other.send(post("/whole", b"all of it"))
    assert other.answer().json == {"path": "/whole", "length": 9}
    other.close()
    assert there.app.asked == ["/whole"]
