"""The table of the code's shape: a small package in, its numbers out."""

from pathlib import Path

from tools import style

SPEAKER = '''"""A speaker."""

from .listener import hear


def say(word: str) -> str:
    """The word, heard."""
    return hear(word)


def mumble(word, *more: str) -> None:
    pass


class Voice:
    def _breathe(self) -> None:
        pass
'''


def measured(folder: Path, listener: str) -> style.Style:
    """A package of two modules, with two lines of tests."""
    package, tests = folder / "package", folder / "tests"
    for place, text in (
        (package / "speaker.py", SPEAKER),
        (package / "listener.py", listener),
        (tests / "test_speaker.py", "import package\npackage.say()\n"),
    ):
        place.parent.mkdir(exist_ok=True)
        place.write_text(text)
    return style.measure(package, tests)


def test_files_and_functions_are_counted_in_lines(tmp_path: Path) -> None:
    found = measured(tmp_path, "hear = str\n")
    assert (found.files, sorted(found.functions), found.tests) == ((1, 17), [2, 2, 3], 2)


def test_one_parameter_without_a_type_leaves_its_function_untyped(tmp_path: Path) -> None:
    assert measured(tmp_path, "").typed == 2 / 3


def test_only_public_functions_need_a_docstring(tmp_path: Path) -> None:
    assert measured(tmp_path, "").documented == 1 / 2


def test_modules_that_import_each_other_are_named_in_their_order(tmp_path: Path) -> None:
    ring = measured(tmp_path, "from . import speaker\n").cycle
    assert set(ring) == {"package.listener", "package.speaker"}
    assert ring[0] == ring[-1]


def test_the_table_has_our_numbers_below_those_of_the_models(tmp_path: Path) -> None:
    lines = list(style.table(measured(tmp_path, "hear = str\n")))
    assert " ".join(lines[-1].split()) == "threesteps 18 9 / 17 2 / 4 67 % 50 % 0.11"
    assert len(lines) == len(style.MODELS) + 2


def test_no_module_of_ours_is_part_of_a_ring() -> None:
    assert style.measure(style.PACKAGE, style.TESTS).cycle == ()
