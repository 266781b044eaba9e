"""Key pairs: grown from a seed, kept in a file, and told apart from everything else."""

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from widget_server.errors import SealError
from widget_server.seal import (
    PUBLIC_BYTES,
    generate_key_pair,
    is_public_key,
    key_id,
    load_private_key,
    pair_of_seed,
)

PAIR = generate_key_pair()


def test_a_public_key_has_a_classical_and_a_post_quantum_part() -> None:
    assert len(PAIR.public) == PUBLIC_BYTES == 32 + 1184


def test_the_file_of_a_private_key_leads_back_to_the_public_one() -> None:
    private = load_private_key(PAIR.private)
    assert (private.public, private.id) == (PAIR.public, key_id(PAIR.public))


def test_a_seed_grows_the_same_pair_on_every_machine() -> None:
    assert key_id(pair_of_seed(bytes(32)).public).hex() == "8e0c6621e1f9b556"


def test_every_pair_is_another() -> None:
    assert generate_key_pair().public != PAIR.public


def test_a_private_key_survives_other_line_ends() -> None:
    text = PAIR.private.replace(b"\n", b"\r\n")
    assert load_private_key(text).public == PAIR.public


def pem() -> bytes:
    return X25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


@pytest.mark.parametrize(
    "text",
    [b"", b"junk", PAIR.public, PAIR.private[:60], PAIR.private.replace(b"\n", b"\n\xe9", 1)],
    ids=["empty", "junk", "public", "cut", "damaged"],
)
def test_what_is_no_private_key_of_a_campaign_is_refused(text: bytes) -> None:
    with pytest.raises(SealError, match="not a campaign's private key"):
        load_private_key(text)


def test_a_key_of_another_kind_is_refused_with_what_to_do() -> None:
    with pytest.raises(SealError, match="Make new keys with `threesteps campaign keys`"):
        load_private_key(pem())


@pytest.mark.parametrize(
    "key", [b"", bytes(32), b"\xff" * PUBLIC_BYTES], ids=["empty", "short", "high"]
)
def test_what_nothing_can_be_sealed_to_is_no_public_key(key: bytes) -> None:
    assert not is_public_key(key)


def test_keys_do_not_show_their_private_half() -> None:
    shown = repr(PAIR) + repr(load_private_key(PAIR.private))
    assert "PRIVATE" not in shown
    assert PAIR.private.split()[4].decode() not in shown
