"""A proof is good for its visit, once it is solved, and for nothing else."""

import base64
import json
from typing import Any

import pytest
from altcha import Challenge, Payload, Solution, solve_challenge

from widget_server.web.proofs import Proofs

KEY = b"k" * 32


def solved(challenge: dict[str, Any]) -> str:
    """What a browser sends for a challenge."""
    parsed = Challenge.from_dict(challenge)
    solution = solve_challenge(parsed)
    assert solution
    return Payload(parsed, solution).to_base64()


@pytest.fixture
def proofs() -> Proofs:
    return Proofs([KEY], rounds=1)


def test_a_solved_challenge_shows_the_work(proofs: Proofs) -> None:
    assert proofs.shows(solved(proofs.challenge("visit")), "visit")


def test_it_is_bound_to_its_visit(proofs: Proofs) -> None:
    assert not proofs.shows(solved(proofs.challenge("visit")), "another")


def test_nobody_else_can_make_an_easier_one(proofs: Proofs) -> None:
    theirs = Proofs([b"t" * 32], rounds=1).challenge("visit")
    assert not proofs.shows(solved(theirs), "visit")


def test_a_guess_is_no_answer(proofs: Proofs) -> None:
    challenge = Challenge.from_dict(proofs.challenge("visit"))
    guess = Payload(challenge, Solution(100, "00" * 32)).to_base64()
    assert not proofs.shows(guess, "visit")


def test_an_older_key_is_still_good(proofs: Proofs) -> None:
    proof = solved(proofs.challenge("visit"))
    assert Proofs([KEY, b"n" * 32]).shows(proof, "visit")


@pytest.mark.parametrize(
    "nonsense",
    [None, 1, "x", [], {}, {"challenge": {}, "solution": {}}, {"challenge": 1, "solution": 2}],
)
def test_nonsense_is_no_proof(proofs: Proofs, nonsense: object) -> None:
    assert not proofs.shows(base64.b64encode(json.dumps(nonsense).encode()).decode(), "visit")
    assert not proofs.shows(str(nonsense), "visit")
