"""The audit of what we install: it finds what is known, and says what it could not ask."""

import json

from packaging.version import Version

from tools import audit

OLD = {"jinja2": Version("3.1.5"), "starlette": Version("0.49.1"), "click": Version("8.0")}


def test_nothing_that_we_pin_is_known_to_be_bad() -> None:
    pinned = audit.pins(audit.CONSTRAINTS.read_text())
    assert list(audit.known_bad(pinned, audit.KNOWN.read_text())) == []


def test_every_advisory_is_about_a_package_of_ours() -> None:
    pinned = audit.pins(audit.CONSTRAINTS.read_text())
    below = dict.fromkeys(pinned, Version("0"))
    found = list(audit.known_bad(below, audit.KNOWN.read_text()))
    assert len(found) == audit.KNOWN.read_text().count("[[advisory]]")


def test_an_old_version_is_found_and_the_mended_one_is_not() -> None:
    found = list(audit.known_bad(OLD, audit.KNOWN.read_text()))
    assert found == ["jinja2 3.1.5: CVE-2025-27516, mended in 3.1.6"]


def test_names_are_compared_as_the_registry_does() -> None:
    assert audit.pins("# ours\nJinja2==3.1.6\nmypy_extensions==1.2.0\n") == {
        "jinja2": Version("3.1.6"),
        "mypy-extensions": Version("1.2.0"),
    }


def test_what_the_service_says_is_found_and_what_it_skips_was_not_asked() -> None:
    vulnerable = {"id": "PYSEC-1", "fix_versions": ["3.1.6"]}
    report = {
        "dependencies": [
            {"name": "Jinja2", "version": "3.1.5", "vulns": [vulnerable]},
            {"name": "click", "skip_reason": "not found"},
        ]
    }
    said = audit.answered(OLD, json.dumps(report))
    assert said.findings == ("jinja2 3.1.5: PYSEC-1, mended in 3.1.6",)
    assert said.unasked == ("starlette", "click")


def test_without_an_answer_nothing_was_asked() -> None:
    assert audit.answered(OLD, "") == audit.Audit((), tuple(OLD))


def test_what_was_not_asked_is_said_aloud() -> None:
    lines = list(audit.said(OLD, audit.Audit(("jinja2 3.1.5: x",), tuple(OLD))))
    assert lines[0] == "KNOWN TO BE BAD: jinja2 3.1.5: x"
    assert lines[1].startswith("NOT ASKED: the advisory service said nothing about 3 of 3")
    assert lines[2] == "3 packages audited, 1 known to be bad."
