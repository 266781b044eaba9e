"""An email address in; the one spelling of its mailbox out, and whether it is one to throw away.

What providers say of themselves decides: Gmail ignores dots, and the services below deliver
``name+tag`` to ``name``. Of all others nobody knows, so their addresses stay as they are.
"""

import re
import unicodedata

import idna

#: What nobody sees and a copied address may bring along; joiners stay, which some names need.
_UNSEEN = re.compile(
    r"[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]"
)

_GOOGLE = frozenset({"gmail.com", "googlemail.com"})
#: Sources, as of 2026: support.google.com/mail/answer/7436150 (dots), and each service's help on
#: "plus addressing" or "subaddressing".
_IGNORING_TAGS = _GOOGLE | {
    "fastmail.com",
    "hey.com",
    "hotmail.com",
    "icloud.com",
    "live.com",
    "mac.com",
    "mailbox.org",
    "me.com",
    "msn.com",
    "outlook.com",
    "pm.me",
    "posteo.de",
    "posteo.net",
    "proton.me",
    "protonmail.com",
    "runbox.com",
    "zoho.com",
}

#: Services whose front page offers a mailbox to everybody, at once and without a password, as of
#: 2026. Our own short list: it catches the lazy, and it names no service for aliases such as
#: SimpleLogin or Firefox Relay, which people at risk have reason to use.
_DISPOSABLE = frozenset(
    {
        "10minutemail.com",
        "10minutemail.net",
        "dispostable.com",
        "dropmail.me",
        "emailondeck.com",
        "fakeinbox.com",
        "getairmail.com",
        "getnada.com",
        "grr.la",
        "guerrillamail.biz",
        "guerrillamail.com",
        "guerrillamail.de",
        "guerrillamail.info",
        "guerrillamail.net",
        "guerrillamail.org",
        "guerrillamailblock.com",
        "inboxkitten.com",
        "mailcatch.com",
        "maildrop.cc",
        "mailinator.com",
        "mailnesia.com",
        "mintemail.com",
        "minuteinbox.com",
        "moakt.com",
        "mohmal.com",
        "mytemp.email",
        "sharklasers.com",
        "spam4.me",
        "spambog.com",
        "spamgourmet.com",
        "temp-mail.io",
        "temp-mail.org",
        "tempail.com",
        "tempmail.com",
        "tempmailo.com",
        "tempr.email",
        "throwawaymail.com",
        "trashmail.com",
        "trashmail.de",
        "trashmail.net",
        "yopmail.com",
        "yopmail.fr",
        "yopmail.net",
    }
)


def canonical_email(email: str) -> str:
    """One spelling for what people type in several and their provider delivers to one mailbox."""
    name, at, domain = _plain(email).rpartition("@")
    if domain in _IGNORING_TAGS:
        name = name.partition("+")[0] or name
    if domain in _GOOGLE:
        name, domain = name.replace(".", "") or name, "gmail.com"
    return f"{name}{at}{domain}"


def is_disposable(email: str) -> bool:
    """Whether the mailbox is one that anybody has for a minute; subdomains are the same."""
    labels = _plain(email).rpartition("@")[2].split(".")
    return not _DISPOSABLE.isdisjoint(".".join(labels[n:]) for n in range(len(labels)))


def typed_email(text: str) -> str:
    """The address that somebody typed or pasted: NFKC, nothing unseen and no space around it."""
    return _UNSEEN.sub("", unicodedata.normalize("NFKC", text)).strip()


def _plain(email: str) -> str:
    """The address without case, and its domain as the name system has it."""
    name, at, domain = typed_email(email).rpartition("@")
    return f"{_folded(name)}{at}{_ascii(domain)}"


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text.casefold())


def _ascii(domain: str) -> str:
    if domain.isascii():
        return domain.lower()
    try:
        return idna.encode(domain, uts46=True).decode().rstrip(".")
    except idna.IDNAError:
        return _folded(domain)
