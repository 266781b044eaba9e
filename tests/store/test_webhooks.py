"""Deliveries that are due, each claimed by one; and what becomes of those that fail."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from sqlalchemy import Connection

from widget_server.settings import Settings
from widget_server.store import Store, webhooks
from widget_server.store.webhooks import MOST_FAILURES, Webhook, retry_after

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
URL = "https://harbor.example/hook"

T = TypeVar("T")


def change(store: Store, job: Callable[[Connection], T]) -> T:
    return store.write(job).result()


def save(store: Store, partner: str = "harbor", url: str = URL) -> str | None:
    return change(store, lambda c: webhooks.save(c, partner, url, "hourly", NOW))


def found(store: Store, partner: str = "harbor") -> Webhook:
    with store.read() as connection:
        webhook = webhooks.find(connection, partner)
    assert webhook
    return webhook


def claim(store: Store, at: datetime = NOW) -> tuple[Webhook, ...]:
    return change(store, lambda c: webhooks.claim(c, at, 9))


def fail(store: Store, times: int) -> Webhook:
    for _ in range(times):
        webhook = found(store)
        change(store, lambda c, hook=webhook: webhooks.failed(c, hook, "slow", NOW))  # type: ignore[misc] # bound now
    return found(store)


def test_the_secret_is_given_out_once(store: Store) -> None:
    secret = save(store)
    assert secret == found(store).secret
    assert save(store, url="https://harbor.example/other") is None
    assert found(store).secret == secret


def test_a_renewed_secret_is_another_one(store: Store) -> None:
    first = save(store)
    renewed = change(store, lambda c: webhooks.renew_secret(c, "harbor"))
    assert found(store).secret == renewed != first


def test_what_is_due_is_claimed_once(store: Store) -> None:
    save(store)
    assert [each.partner for each in claim(store)] == ["harbor"]
    assert claim(store) == ()


def test_a_claim_runs_out(store: Store) -> None:
    save(store)
    claim(store)
    assert claim(store, NOW + webhooks.CLAIM) != ()


def test_nothing_is_claimed_before_its_time(store: Store) -> None:
    save(store)
    assert claim(store, NOW - timedelta(seconds=1)) == ()


def test_two_processes_claim_each_delivery_once(postgres_url: str, in_a_file: Settings) -> None:
    settings = Settings(home=in_a_file.home, keys=in_a_file.keys, database_url=postgres_url)
    with (
        Store.open(settings, serving=True) as one,
        Store.open(settings, serving=True) as other,
        ThreadPoolExecutor(2) as both,
    ):
        partners = [f"partner-{number}" for number in range(8)]
        for partner in partners:
            save(one, partner)
        claimed = [each.partner for batch in both.map(claim, (one, other)) for each in batch]
    assert sorted(claimed) == partners


def test_a_success_is_due_again_when_it_says(store: Store) -> None:
    save(store)
    fail(store, 3)
    webhook = found(store)
    change(store, lambda c: webhooks.succeeded(c, webhook, "200", NOW, NOW + HOUR))
    after = found(store)
    assert (after.failures, after.last_result, after.last_at) == (0, "200", NOW)
    assert after.next_at == NOW + HOUR


def test_a_failure_is_tried_again_in_a_minute(store: Store) -> None:
    save(store)
    after = fail(store, 1)
    assert (after.failures, after.last_result) == (1, "slow")
    assert after.next_at == NOW + timedelta(minutes=1)


def test_the_waits_double_up_to_six_hours() -> None:
    waits = [retry_after(failures) for failures in range(1, MOST_FAILURES + 1)]
    assert waits[:3] == [timedelta(minutes=1), timedelta(minutes=2), timedelta(minutes=4)]
    assert waits[-1] == timedelta(hours=6)


def test_after_ten_failures_nothing_is_sent(store: Store) -> None:
    save(store)
    assert fail(store, MOST_FAILURES).has_given_up
    assert claim(store, NOW + 99 * HOUR) == ()


def test_saving_it_again_begins_anew(store: Store) -> None:
    save(store)
    fail(store, MOST_FAILURES)
    save(store)
    assert claim(store) != ()


def test_a_result_of_another_address_is_not_noted(store: Store) -> None:
    save(store)
    webhook = found(store)
    save(store, url="https://harbor.example/other")
    change(store, lambda c: webhooks.failed(c, webhook, "slow", NOW))
    assert found(store).failures == 0


def test_what_was_only_tried_out_stays_due(store: Store) -> None:
    save(store)
    webhook = found(store)
    change(store, lambda c: webhooks.tried(c, webhook, "slow", NOW))
    after = found(store)
    assert (after.failures, after.last_result, after.next_at) == (0, "slow", NOW)


def test_a_removed_webhook_is_gone(store: Store) -> None:
    save(store)
    change(store, lambda c: webhooks.remove(c, "harbor"))
    with store.read() as connection:
        assert webhooks.find(connection, "harbor") is None
