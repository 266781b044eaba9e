"""Everything that a geocoder has done wrong, or could: none of it is an answer."""

import gzip
import json
from functools import partial

from tests.geocoder_server import Behaviour, Connection, match, matches, reply, sample

FOUND = sample("found")
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
MEBIBYTE = 1024 * 1024


def _silent(connection: Connection) -> None:
    connection.wait()


def _reset_at_once(connection: Connection) -> None:
    connection.reset()


def _hang_up_at_once(connection: Connection) -> None:
    connection.send(b"")
    raise ConnectionAbortedError


def _reset_after(connection: Connection, sent: bytes) -> None:
    connection.send(sent)
    connection.wait(0.02)
    connection.reset()


def _hang_up_after(connection: Connection, sent: bytes) -> None:
    connection.send(sent)
    raise ConnectionAbortedError


def _silent_after(connection: Connection, sent: bytes) -> None:
    connection.send(sent)
    connection.wait()


def _drip(connection: Connection, head: bytes, body: bytes) -> None:
    connection.send(head)
    for byte in body:
        if connection.wait(0.05):
            return
        connection.send(bytes([byte]))


def _endless(connection: Connection, head: bytes, chunk: bytes) -> None:
    connection.send(head)
    while not connection.wait(0):
        connection.send(chunk)


def _sized(body: bytes, length: int) -> bytes:
    return HEAD + b"Content-Length: %d\r\n\r\n" % length + body


def _html(status: str) -> Behaviour:
    page = b"<!doctype html><title>Service unavailable</title><p>Street and house number</p>"
    return reply(page, status, headers={"Content-Type": "text/html"})


def _gzipped(body: bytes) -> Behaviour:
    return reply(body, headers={"Content-Encoding": "gzip"})


def _redirect(status: str, target: str) -> Behaviour:
    return reply(FOUND, status, headers={"Location": target})


def _json(value: object) -> Behaviour:
    return reply(json.dumps(value).encode())


CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
SIZED = _sized(b"", len(FOUND))
LAYER = "119th Congressional Districts"

#: By name. Each is to end as an outage, whatever else it says.
FAULTS: dict[str, Behaviour] = {
    # The connection
    "reset before the headers": _reset_at_once,
    "hung up before the headers": _hang_up_at_once,
    "reset in the headers": partial(_reset_after, sent=HEAD),
    "reset in the body": partial(_reset_after, sent=SIZED + FOUND[:200]),
    "hung up in the body": partial(_hang_up_after, sent=SIZED + FOUND[:200]),
    "silent": _silent,
    "silent after the headers": partial(_silent_after, sent=SIZED),
    "silent in the body": partial(_silent_after, sent=SIZED + FOUND[:200]),
    "dripping headers": partial(_drip, head=b"", body=SIZED + FOUND),
    "dripping body": partial(_drip, head=SIZED, body=FOUND),
    "dripping chunks": partial(_drip, head=CHUNKED, body=b"1\r\n{\r\n" * 1000),
    # HTTP
    "no HTTP": partial(_hang_up_after, sent=b"\x16\x03\x01 what?\r\n\r\n"),
    "endless headers": partial(_endless, head=HEAD, chunk=b"X: " + b"y" * 4000 + b"\r\n"),
    "endless early hints": partial(
        _endless, head=b"", chunk=b"HTTP/1.1 103 Early Hints\r\n\r\n" * 50
    ),
    "body longer than its length": reply(FOUND, headers={"Content-Length": "700"}),
    "body shorter than its length": partial(_hang_up_after, sent=_sized(FOUND, 9999)),
    "a length that is none": reply(FOUND, headers={"Content-Length": "-5"}),
    "garbage for chunks": partial(_hang_up_after, sent=CHUNKED + b"zzz\r\n" + FOUND),
    "chunks without an end": partial(_hang_up_after, sent=CHUNKED + b"fff\r\n" + FOUND),
    "gzip cut short": _gzipped(gzip.compress(FOUND)[:-20]),
    "gzip that is none": _gzipped(FOUND),
    "a gzip bomb": _gzipped(gzip.compress(b" " * 50 * MEBIBYTE)),
    "redirect elsewhere": _redirect("302 Found", "http://127.0.0.1:9/"),
    "permanent redirect to a file": _redirect("301 Moved Permanently", "file:///etc/passwd"),
    "redirect to itself": _redirect("307 Temporary Redirect", "/"),
    "204": reply(b"", "204 No Content"),
    "206": reply(FOUND[:400], "206 Partial Content"),
    "400 about the vintage": reply(sample("retired-vintage"), "400 Bad Request"),
    "400 of a proxy": _html("400 Bad Request"),
    "400 with an answer": reply(FOUND, "400 Bad Request"),
    "403": _html("403 Forbidden"),
    "404": _html("404 Not Found"),
    "429": reply(b"", "429 Too Many Requests", headers={"Retry-After": "3600"}),
    "500": reply(b'{"errors":["street"]}', "500 Internal Server Error"),
    "500 with an answer": reply(FOUND, "500 Internal Server Error"),
    "503": _html("503 Service Unavailable"),
    # Not JSON
    "HTML with 200": _html("200 OK"),
    "nothing": reply(b""),
    "JSON cut short": reply(FOUND[:-30]),
    "two answers": reply(FOUND + FOUND),
    "invalid UTF-8": reply(FOUND.replace(b"EXAMPLE", b"EX\xff\xfeMPLE")),
    "UTF-16": reply(FOUND.decode().encode("utf-16")),
    "UTF-8 with a byte order mark": reply(b"\xef\xbb\xbf" + FOUND),
    "NaN": reply(FOUND.replace(b"-97.7", b"NaN")),
    "an endless number": reply(FOUND.replace(b"-97.7", b"9" * 5000)),
    "ten megabytes": reply(FOUND[:-3] + b" " * 10 * MEBIBYTE + b"}}"),
    "ten megabytes in chunks": partial(
        _endless, head=CHUNKED, chunk=b"10000\r\n" + b" " * 65536 + b"\r\n"
    ),
    "deep lists": reply(b"[" * 100_000),
    "deep objects": reply(b'{"result":' * 50_000 + b"1" + b"}" * 50_000),
    # Another shape
    "null": _json(None),
    "a list": _json([json.loads(FOUND)]),
    "a number": _json(48),
    "a text": _json("TX-37"),
    "true": _json(True),
    "an empty object": _json({}),
    "errors with 200": reply(sample("no-street")),
    "no result": _json({"result": None}),
    "a list for a result": _json({"result": []}),
    "no matches": _json({"result": {}}),
    "matches that are null": _json({"result": {"addressMatches": None}}),
    "matches that are an object": _json({"result": {"addressMatches": {"0": match()}}}),
    "a match that is null": reply(matches(None)),
    "a match that is a text": reply(matches("TX-37")),
    "one good match and one bad": reply(matches(match(), {})),
    "no geographies": reply(matches({"addressComponents": {"state": "TX"}})),
    "geographies under the result": _json({"result": match()}),
    "no layer": reply(matches({"geographies": {"States": [{"GEOID": "48", "STATE": "48"}]}})),
    "an empty layer": reply(matches({"geographies": {LAYER: []}})),
    "a layer that is an object": reply(matches({"geographies": {LAYER: {"GEOID": "4837"}}})),
    "a layer of texts": reply(matches({"geographies": {LAYER: ["4837"]}})),
    "an error for a layer": reply(sample("layer-error")),
    # Another place or time
    "the next Congress": reply(sample("next-congress")),
    "the last Congress": reply(FOUND.replace(b"119", b"118")),
    "another Congress in this layer": reply(matches(match(CDSESSN="120"))),
    "a Congress that is a number": reply(matches(match(CDSESSN=119))),
    "a Congress that is null": reply(matches(match(CDSESSN=None))),
    "two numbers for one district": reply(matches(match(CD119="35"))),
    "another state than its GEOID": reply(matches(match(fips="06"))),
    "a state of no number": reply(matches(match("0337"))),
    "a state without a seat": reply(matches(match("6401", postal="FM"))),
    "a GEOID that is a number": reply(matches(match(GEOID=4837))),
    "a GEOID of a county": reply(matches(match("48453"))),
    "a GEOID cut short": reply(matches(match("48"))),
    "a delegate of Texas": reply(matches(match("4898"))),
    "a district in other digits": reply(matches(match("48³⁷"))),
}

#: Well-formed answers that name a seat the House does not have: an outage too.
NO_SUCH_SEAT: dict[str, Behaviour] = {
    "a district that does not exist": reply(matches(match("4899"))),
    "Texas at large": reply(matches(match("4800"))),
    "a numbered district of Wyoming": reply(matches(match("5601", postal="WY"))),
}
