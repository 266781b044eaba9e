"""The licences of what we build on: every one is allowed, and what says nothing is not."""

import pytest

from tools.dependencies import EXTRAS, OURS, Dependency, dependencies, licence
from tools.licences import refused, said


def under(expression: str) -> Dependency:
    """A package with this licence."""
    return Dependency("example", "1.0", expression, ())


def test_everything_that_we_install_may_be_built_on() -> None:
    assert list(refused(dependencies(*EXTRAS))) == []


@pytest.mark.parametrize("allowed", ["MIT", "(MIT OR Apache-2.0) AND BSD-3-Clause"])
def test_a_licence_on_the_list_is_allowed(allowed: str) -> None:
    assert list(refused([under(allowed)])) == []


@pytest.mark.parametrize("strange", ["AGPL-3.0-only", "MIT AND Proprietary", "MIT OR GPL-2.0-only"])
def test_a_licence_that_is_not_on_the_list_is_refused(strange: str) -> None:
    assert list(refused([under(strange)])) == [f"example 1.0: {strange}"]


def test_a_package_without_a_licence_is_refused() -> None:
    assert list(refused([under("")])) == ["example 1.0: names no licence"]


def test_an_expression_is_believed_first() -> None:
    said = {"license_expression": "MIT AND PSF-2.0", "license": "MIT"}
    assert licence(said) == "MIT AND PSF-2.0"


def test_a_name_is_read_and_a_licences_whole_text_is_not() -> None:
    classifiers = ["Topic :: Internet", "License :: OSI Approved :: BSD License"]
    assert licence({"license": "Apache 2.0"}) == "Apache-2.0"
    assert licence({"license": "Permission is hereby granted" * 9}) == ""
    assert licence({"license": "x" * 99, "classifier": classifiers}) == "BSD-3-Clause"


def test_what_runs_does_not_need_what_tests() -> None:
    names = {each.name for each in dependencies()}
    assert {OURS, "starlette", "psycopg-binary", "mako"} <= names
    assert not {"pytest", "mypy"} & names


def test_what_is_not_installed_here_is_said() -> None:
    *_, absent = said([under("MIT")])
    assert absent.startswith("Not read, as they are not installed beside ours: alembic, ")
