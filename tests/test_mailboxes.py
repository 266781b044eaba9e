"""Spellings of one mailbox are one, and those of two are two."""

import pytest

from widget_server.mailboxes import canonical_email, is_disposable, typed_email


@pytest.mark.parametrize(
    "spelling",
    ["ada.lovelace@gmail.com", "A.D.A.Lovelace+hk@Gmail.com", "adalovelace@googlemail.com"],
)
def test_gmail_ignores_dots_and_tags(spelling: str) -> None:
    assert canonical_email(spelling) == "adalovelace@gmail.com"


@pytest.mark.parametrize(
    "spelling",
    [
        "ada@b\u00fccher.example",
        "Ada@B\u00dcCHER.example",
        "ada@bu\u0308cher.example",
        "ada@XN--bcher-kva.example",
        "ada@b\u00fccher\u3002example\u3002",
    ],
)
def test_a_domain_is_the_one_that_the_name_system_knows(spelling: str) -> None:
    assert canonical_email(spelling) == "ada@xn--bcher-kva.example"


@pytest.mark.parametrize("unseen", ["\u00ad", "\u200b", "\u2060", "\ufeff", "\u202e", "\u200e"])
def test_what_nobody_sees_is_no_part_of_an_address(unseen: str) -> None:
    assert typed_email(f"\ufeff ad{unseen}a@example.org{unseen}") == "ada@example.org"
    assert canonical_email(f"ad{unseen}a@example.org") == "ada@example.org"


def test_a_domain_that_cannot_be_one_stays_as_it_is() -> None:
    assert canonical_email("ada@\u00fc_-.Example") == "ada@\u00fc_-.example"


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
