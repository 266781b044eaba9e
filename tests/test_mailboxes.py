"""Spellings of one mailbox are one, and those of two are two."""

import pytest

from widget_server.mailboxes import canonical_email, is_disposable


@pytest.mark.parametrize(
    "spelling",
    ["ada.lovelace@gmail.com", "A.D.A.Lovelace+hk@Gmail.com", "adalovelace@googlemail.com"],
)
def test_gmail_ignores_dots_and_tags(spelling: str) -> None:
    assert canonical_email(spelling) == "adalovelace@gmail.com"


@pytest.mark.parametrize("domain", ["outlook.com", "proton.me", "fastmail.com", "icloud.com"])
def test_the_big_providers_ignore_tags_and_keep_dots(domain: str) -> None:
    assert canonical_email(f"ada.l+hk@{domain}") == f"ada.l@{domain}"


@pytest.mark.parametrize("address", ["ada+hk@example.org", "a.da@example.org", "+hk@gmail.com"])
def test_nothing_is_guessed_of_others_or_left_empty(address: str) -> None:
    assert canonical_email(address) == address


@pytest.mark.parametrize("domain", ["mailinator.com", "Mailinator.COM", "any.sharklasers.com"])
def test_mailboxes_of_a_minute_are_known_with_their_subdomains(domain: str) -> None:
    assert is_disposable(f"ada@{domain}")


@pytest.mark.parametrize("domain", ["example.org", "notmailinator.com", "mailinator.com.example"])
def test_nobody_else_is_taken_for_one(domain: str) -> None:
    assert not is_disposable(f"ada@{domain}")
