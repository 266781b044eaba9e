"""Whose request it is: what the connection says, and what only a known proxy may say."""

from ipaddress import ip_network

import pytest
from starlette.requests import Request

from widget_server.web.client import DAY_SECONDS, Names, client_address

PROXIES = [ip_network("10.0.0.0/8"), ip_network("2001:db8::/32")]


def request_from(address: str, *forwarded: str) -> Request:
    headers = [(b"x-forwarded-for", each.encode()) for each in forwarded]
    return Request({"type": "http", "client": (address, 1), "headers": headers})


def test_a_stranger_cannot_say_for_whom_it_asks() -> None:
    request = request_from("192.0.2.1", "198.51.100.7")
    assert client_address(request, PROXIES) == "192.0.2.1"
    assert client_address(request) == "192.0.2.1"


def test_a_trusted_proxy_can() -> None:
    assert client_address(request_from("10.0.0.1", "198.51.100.7"), PROXIES) == "198.51.100.7"


@pytest.mark.parametrize(
    ("forwarded", "address"),
    [("198.51.100.7:80", "198.51.100.7"), ("[::ffff:192.0.2.9]:80", "192.0.2.9")],
)
def test_a_proxy_may_name_the_port_too(forwarded: str, address: str) -> None:
    assert client_address(request_from("10.0.0.1", forwarded), PROXIES) == address


@pytest.mark.parametrize(
    "forwarded",
    [("203.0.113.9, 198.51.100.7, 10.2.3.4",), ("203.0.113.9", "198.51.100.7", "10.2.3.4")],
)
def test_what_is_left_of_the_last_stranger_is_anybodys_word(forwarded: tuple[str, ...]) -> None:
    assert client_address(request_from("10.0.0.1", *forwarded), PROXIES) == "198.51.100.7"


@pytest.mark.parametrize("forwarded", [(), ("",), ("unknown",), ("198.51.100:80",)])
def test_a_proxy_that_names_no_address_is_counted_itself(forwarded: tuple[str, ...]) -> None:
    assert client_address(request_from("10.0.0.1", *forwarded), PROXIES) == "10.0.0.1"


def test_a_network_of_ipv6_is_one_client() -> None:
    near = ["2001:db9:1:2::1", "2001:db9:1:2:ffff::9"]
    assert len({client_address(request_from(each)) for each in near}) == 1
    assert client_address(request_from("2001:db9:1:3::1")) not in near


def test_an_ipv4_address_in_ipv6_is_itself() -> None:
    assert client_address(request_from("::ffff:192.0.2.1")) == "192.0.2.1"


def test_a_name_is_the_same_all_day_and_another_on_the_next() -> None:
    now = [0.0]
    names = Names(now=lambda: now[0])
    today = names.of("192.0.2.1")
    now[0] = DAY_SECONDS - 1.0
    assert names.of("192.0.2.1") == today
    now[0] = DAY_SECONDS
    assert names.of("192.0.2.1") != today


def test_only_a_shared_secret_gives_the_same_names() -> None:
    at_once = [Names(b"secret"), Names(b"secret"), Names(), Names()]
    assert len({names.of("192.0.2.1") for names in at_once}) == 3
