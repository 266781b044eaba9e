"""What browsers make of a policy: each row is a policy, and whether script and frame get in."""

import pytest

from widget_server.verify.policy import Policies

PAGE = "https://harbor.example/act"
OURS = "https://act.example.org"
SCRIPT = f"{OURS}/embed.js"
HASH = "sha256-abc="


def read(*headers: str, page: str = PAGE) -> Policies:
    return Policies.read(headers, [], page)


@pytest.mark.parametrize(
    ("policy", "allowed"),
    [
        ("", True),
        ("img-src 'self'", True),
        ("default-src 'self'", False),
        ("script-src 'none'", False),
        ("script-src", False),
        (f"script-src {OURS}", True),
        (f"SCRIPT-SRC {OURS.upper()}", True),
        ("script-src act.example.org", True),
        ("script-src *.example.org", True),
        ("script-src *.act.example.org", False),
        ("script-src https:", True),
        ("script-src http:", True),
        ("script-src *", True),
        ("script-src data: blob:", False),
        ("script-src http://act.example.org", True),
        ("script-src https://act.example.org:8443", False),
        ("script-src https://act.example.org:*", True),
        ("script-src https://act.example.org/embed.js", True),
        ("script-src https://act.example.org/other/", False),
        ("script-src https://act.example.org.evil.example", False),
        ("script-src 'unsafe-inline'", False),
        (f"default-src 'none'; script-src {OURS}", True),
        (f"script-src 'none'; script-src-elem {OURS}", True),
        (f"script-src {OURS}; script-src-elem 'self'", False),
        (f"script-src {OURS} 'strict-dynamic'", False),
        (f"script-src 'self', script-src {OURS}", False),
        (f"sandbox allow-forms; script-src {OURS}", False),
        ("sandbox allow-scripts", True),
    ],
)
def test_a_script_gets_in_as_browsers_let_it(policy: str, allowed: bool) -> None:
    assert read(policy).allows_script(SCRIPT) is allowed


@pytest.mark.parametrize(
    "policy", ["script-src 'nonce-r4nd'", "script-src 'nonce-r4nd' 'strict-dynamic'"]
)
def test_a_nonce_lets_the_script_in_that_carries_it(policy: str) -> None:
    assert read(policy).allows_script(SCRIPT, nonce="r4nd")
    assert not read(policy).allows_script(SCRIPT, nonce="another")
    assert not read(policy).allows_script(SCRIPT)


def test_a_hash_lets_the_script_in_that_insists_on_it() -> None:
    policies = read(f"script-src '{HASH}' 'strict-dynamic'")
    assert policies.allows_script(SCRIPT, integrity=HASH)
    assert not policies.allows_script(SCRIPT, integrity=f"{HASH} sha384-other=")
    assert not policies.allows_script(SCRIPT)


@pytest.mark.parametrize(
    ("policy", "allowed"),
    [
        ("frame-src 'self'", False),
        (f"frame-src {OURS}", True),
        (f"child-src {OURS}; default-src 'none'", True),
        (f"frame-src 'none'; child-src {OURS}", False),
        (f"default-src {OURS}", True),
        ("default-src 'self'; script-src *", False),
    ],
)
def test_a_frame_falls_back_to_wider_directives(policy: str, allowed: bool) -> None:
    assert read(policy).allows_frame(f"{OURS}/w/TOKEN") is allowed


def test_every_policy_must_allow() -> None:
    assert not read(f"frame-src {OURS}", "frame-src 'self'").allows_frame(f"{OURS}/w/")


def test_a_source_without_a_scheme_takes_the_pages() -> None:
    plain = read("script-src act.example.org", page="http://harbor.example/")
    assert plain.allows_script("http://act.example.org/embed.js")
    assert not read("script-src act.example.org").allows_script("http://act.example.org/embed.js")
