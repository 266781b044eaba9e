"""The environment, read once; every fault is named at once."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from widget_server.errors import SettingsError
from widget_server.settings import Settings


def test_an_empty_environment_has_defaults() -> None:
    assert Settings.from_env({}) == Settings()


def test_keys_are_below_the_home_unless_they_are_elsewhere() -> None:
    home = {"THREESTEPS_HOME": "elsewhere"}
    assert Settings.from_env(home).keys == Path("elsewhere/keys")
    assert Settings.from_env({**home, "THREESTEPS_KEYS": "safe"}).keys == Path("safe")


def test_every_fault_is_named_at_once() -> None:
    wrong = {
        "THREESTEPS_PUBLIC_URL": "example.org",
        "THREESTEPS_GEOCODER_URL": "https://geo.example/path",
        "THREESTEPS_LIMITS": "maybe",
        "THREESTEPS_ROSTER_SYNC": "hourly",
        "THREESTEPS_NOW": "tomorrow",
        "THREESTEPS_CAMPAIGNS": "/nowhere/at/all",
        "THREESTEPS_CONGRESS_API_KEY": "two words",
        "THREESTEPS_DATABASE_URL": "mysql://me:secret@db.example",
    }
    with pytest.raises(SettingsError) as fault:
        Settings.from_env(wrong)
    sentences = fault.value.sentence.splitlines()
    assert {sentence.split(":")[0] for sentence in sentences} == set(wrong)
    assert "secret" not in fault.value.sentence


@pytest.mark.parametrize(
    "address",
    [
        "ftp://example.org",
        "https://",
        "https://example.org/path",
        "https://example.org?x=1",
        "https://example.org#here",
        "https://user:secret@example.org",
        "https://example.org:port",
        "http://localhost:99999",
        "https://exa mple.org",
        'https://example.org"><script>',
    ],
)
def test_a_public_url_that_is_no_origin_is_refused(address: str) -> None:
    with pytest.raises(SettingsError, match="THREESTEPS_PUBLIC_URL"):
        Settings.from_env({"THREESTEPS_PUBLIC_URL": address})


def test_a_slash_after_an_origin_is_dropped() -> None:
    settings = Settings.from_env({"THREESTEPS_PUBLIC_URL": "https://act.example.org/"})
    assert settings.public_url == "https://act.example.org"


def test_limits_can_be_switched_off() -> None:
    assert not Settings.from_env({"THREESTEPS_LIMITS": "off"}).limits


def test_trusted_proxies_are_networks_or_single_addresses() -> None:
    given = {"THREESTEPS_TRUSTED_PROXIES": "10.0.0.0/8, 192.0.2.7,2001:db8::/32"}
    found = Settings.from_env(given).trusted_proxies
    assert [str(network) for network in found] == ["10.0.0.0/8", "192.0.2.7/32", "2001:db8::/32"]
    assert Settings.from_env({}).trusted_proxies == ()


@pytest.mark.parametrize("proxies", ["proxy.example.org", "10.0.0.1/8", "10.0.0.0/8;192.0.2.7"])
def test_a_proxy_that_is_no_network_is_named(proxies: str) -> None:
    with pytest.raises(SettingsError, match="TRUSTED_PROXIES"):
        Settings.from_env({"THREESTEPS_TRUSTED_PROXIES": proxies})


@pytest.mark.parametrize(
    "instant", ["2026-11-22T12:00:00Z", "2026-11-22T12:00:00", "2026-11-22T07:00:00-05:00"]
)
def test_a_frozen_clock_stands_still(instant: str) -> None:
    settings = Settings.from_env({"THREESTEPS_NOW": instant})
    assert settings.clock() == datetime(2026, 11, 22, 12, tzinfo=UTC)


def test_a_running_clock_is_aware_and_in_utc() -> None:
    assert Settings().clock().tzinfo is UTC


def test_the_key_for_congress_does_not_show_itself() -> None:
    settings = Settings.from_env({"THREESTEPS_CONGRESS_API_KEY": "abc123secret"})
    assert settings.congress_api_key == "abc123secret"
    assert "secret" not in repr(settings)


def test_a_wrong_key_is_not_repeated() -> None:
    with pytest.raises(SettingsError, match="CONGRESS_API_KEY") as fault:
        Settings.from_env({"THREESTEPS_CONGRESS_API_KEY": "secret\nkey"})
    assert "secret" not in fault.value.sentence


def test_the_database_address_does_not_show_itself() -> None:
    settings = Settings.from_env({"THREESTEPS_DATABASE_URL": "postgresql://u:secret@db/x"})
    assert "secret" not in repr(settings)


def test_an_instant_elsewhere_is_the_same_instant_in_utc() -> None:
    settings = Settings.from_env({"THREESTEPS_NOW": "2026-11-22T20:00:00-05:00"})
    assert settings.clock() == datetime(2026, 11, 23, 1, tzinfo=UTC)
    assert settings.clock().tzinfo is UTC
