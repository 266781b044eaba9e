"""Every language says everything, and nothing is said that no page asks for."""

import re
import tomllib
from datetime import date
from pathlib import Path

import pytest

from widget_server import assets, errors, model
from widget_server.web.desk import LANGUAGES
from widget_server.web.strings import Sentence, Strings, load_strings, match_language

FOLDER = assets.folder("templates") / "strings"


def sentences(language: str) -> dict[str, Sentence]:
    return tomllib.loads((FOLDER / f"{language}.toml").read_text(encoding="utf-8"))


def test_every_sentence_is_said_somewhere() -> None:
    package = Path(errors.__file__).parent
    files = [*assets.folder("templates").rglob("*.html"), *package.rglob("*.py")]
    said = "\n".join(path.read_text(encoding="utf-8") for path in files)
    for key in sentences("en"):
        whole = re.search(rf"""["']{re.escape(key)}["']""", said)
        built = re.match(r"(role|party|none|error|do|place|stance)_|(.*)_title$", key)
        assert whole or built, f"nobody says {key!r}"


@pytest.mark.parametrize("reason", model.Reason.__args__)  # type: ignore[attr-defined] # a Literal
def test_every_reason_for_nobody_has_its_sentence(reason: str) -> None:
    assert f"none_{reason}" in sentences("en")


def test_every_error_code_has_its_sentence() -> None:
    package = Path(errors.__file__).parent
    source = "\n".join(path.read_text() for path in package.rglob("*.py"))
    public = (errors.InputError, errors.FormError, errors.VisitError)
    codes = {cls.code for cls in public} - {"bad_input"}
    codes |= {errors.ClosedError(state).code for state in errors.ClosedError.sentences}
    codes |= set(re.findall(r'"(bad_[a-z]+|stale_visit|no_campaign_key)"', source))
    codes -= {"bad_address", "bad_input", "bad_api_key", "bad_partner", "bad_request"}  # elsewhere
    missing = {code for code in codes if f"error_{code}" not in sentences("en")}
    assert missing == set()


def test_the_plural_follows_the_number() -> None:
    t = load_strings(FOLDER)["en"]
    assert "1 of 1 legislator." in t("opened_of", opened=1, n=1)
    assert "1 of 3 legislators." in t("opened_of", opened=1, n=3)


@pytest.mark.parametrize(
    ("language", "written"),
    [("en", "Sep 2, 2026"), ("es", "2 sept 2026"), ("zh-Hant", "2026年9月2日")],
)
def test_a_day_is_written_as_the_language_does(language: str, written: str) -> None:
    assert load_strings(FOLDER)[language].date(date(2026, 9, 2)) == written


def test_values_are_escaped() -> None:
    t = Strings("en", {"by": "Run by {name} & co"})
    assert t("by", name="<b>") == "Run by &lt;b&gt; &amp; co"


@pytest.mark.parametrize(
    ("wanted", "tag"),
    [(None, "en"), ("", "en"), ("zh-HK", "zh-Hant"), ("ES", "es"), ("de-AT", "en")],
)
def test_a_language_is_matched_by_its_first_part(wanted: str | None, tag: str) -> None:
    assert match_language(wanted, LANGUAGES, "en") == tag


def test_a_place_is_named_in_each_language() -> None:
    strings = load_strings(FOLDER)
    assert strings["en"].seat("CA-11") == "California&#39;s 11th district"
    assert strings["zh-Hant"].seat("CA-11") == "California 第 11 選區"
    assert strings["es"].seat("WY-0") == "Wyoming, distrito único"
    assert strings["en"].seat("DC-0") == "District of Columbia"
    assert strings["en"].seat("SC-SEN") == "South Carolina, US Senate"
    assert strings["en"].seat("TX-HOUSE") == "Texas, US House"
