from tests.compose.people import EVERYBODY, REPRESENTATIVE, SPONSOR, hketo
from widget_server.compose.call import script

HKETO = hketo()


def test_a_script_asks_for_a_cosponsor() -> None:
    text = script(HKETO, REPRESENTATIVE, "en").text
    assert "I am a constituent in California's 11th district" in text
    assert "cosponsor H.R. 2661" in text


def test_a_script_thanks_who_signed() -> None:
    assert "to thank Representative Example" in script(HKETO, SPONSOR, "en").text


def test_a_script_has_a_gloss() -> None:
    assert script(HKETO, REPRESENTATIVE, "zh-Hant").gloss
    assert script(HKETO, REPRESENTATIVE, "en").gloss is None


def test_nothing_is_left_to_fill_in_for_anybody() -> None:
    for person in EVERYBODY:
        text = script(HKETO, person, "es").text
        assert not set("{}[]") & set(text)
