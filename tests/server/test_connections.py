"""Many requests on a connection, and many connections."""

from contextlib import ExitStack
from dataclasses import replace

from tests.server.impatient import IMPATIENT, Listening, listening
from tests.server.raw import Client, announced, connected, get, post


def test_requests_sent_at_once_are_answered_in_their_order(client: Client) -> None:
    client.send(get("/1") + post("/2", b"body") + get("/3") + post("/4", b""))
    answers = [client.answer().json for _ in range(4)]
    assert answers == [{"path": f"/{n}", "length": 4 if n == 2 else 0} for n in (1, 2, 3, 4)]


def test_an_answer_leaves_in_one_piece(client: Client) -> None:
    client.send(get("/1"))
    client.answer()
    assert client.segments() == 1


def test_the_head_of_what_has_no_body_waits_for_nothing(client: Client) -> None:
    client.send(b"HEAD / HTTP/1.1\r\nHost: localhost\r\n\r\n")
    assert client.head().status == 200


def test_a_body_may_come_while_the_request_before_is_answered(
    there: Listening, client: Client
) -> None:
    client.send(get("/held") + announced("/next", 9, "Expect: 100-continue"))
    there.app.go.set()
    assert client.answer().json["path"] == "/held"
    assert client.answer().status == 100
    client.send(b"zip=94110")
    assert client.answer().json == {"path": "/next", "length": 9}


def test_nothing_is_written_into_an_answer_that_is_on_its_way(client: Client) -> None:
    client.send(get("/held") + b"nonsense\r\n\r\n")
    assert client.rest() == b""


def test_too_many_requests_at_once_are_not_kept(there: Listening, client: Client) -> None:
    client.send(get("/held"), get("/more") * 1000)
    assert client.rest() == b""
    assert "/more" not in there.app.asked


def test_another_protocol_is_not_taken_up(client: Client) -> None:
    client.send(get("/", "Connection: Upgrade", "Upgrade: websocket"))
    assert client.answer().status == 200


def test_beyond_the_limit_newcomers_are_told_to_come_back() -> None:
    with listening(replace(IMPATIENT, connections=3)) as there, ExitStack() as stack:
        first, *_ = [stack.enter_context(connected(there.port)) for _ in range(3)]
        newcomer = stack.enter_context(connected(there.port))
        newcomer.send(get("/", "Accept: application/json"))
        answer = newcomer.answer()
        assert (answer.status, answer.json["error"]["code"]) == (503, "unavailable")
        assert answer.headers["Retry-After"] == "5"
        first.send(get("/inside"))
        assert first.answer().status == 200


def test_when_others_have_left_newcomers_are_served() -> None:
    with listening(replace(IMPATIENT, connections=1)) as there:
        with connected(there.port) as first:
            first.send(get("/first"))
            assert first.answer().status == 200
            assert first.rest() == b""
        with connected(there.port) as second:
            second.send(get("/second"))
            assert second.answer().json["path"] == "/second"


def test_far_beyond_the_limit_nobody_is_listened_to() -> None:
    with listening(replace(IMPATIENT, connections=1)) as there, ExitStack() as stack:
        *_, last = [stack.enter_context(connected(there.port)) for _ in range(3)]
        assert last.rest() == b""
