"""A campaign's folder and a text in; the folder with that text for each of its words out."""

import json
import re
from pathlib import Path

#: Keys of TOML whose values are shown to somebody, on one line or on several.
SAID = (
    *("name", "title", "address", "fact", "description", "headline", "call", "success"),
    *("failure", "explainer_title", "learn_more", "share", "mine_hint", "won", "ended"),
    *("afterwards", "privacy_title", "greeting", "sign_off", "text", "zh-Hant", "es"),
    *("last_name", "short_title"),
)
_VALUE = re.compile(rf'^({"|".join(SAID)}) = (?:""".*?"""|"[^"\n]*"$)', re.M | re.S)
_STEPS = re.compile(r"^steps = .*$", re.M)


def say(folder: Path, text: str) -> None:
    """Write the text in the place of every word of a copy of a campaign."""
    for file in folder.glob("*.toml"):
        file.write_text(_saying(file.read_text("utf-8"), text), "utf-8")
    for file in folder.glob("*.md"):
        front = _saying(file.read_text("utf-8").split("+++")[1], text)
        sections = f"# explainer\n\n{text}\n\n# privacy\n\n{text}\n"
        file.write_text(f"+++{front}+++\n\n{sections}", "utf-8")


def _saying(toml: str, text: str) -> str:
    quoted = json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
    toml = _VALUE.sub(lambda found: f"{found[1]} = {quoted}", toml)
    return _STEPS.sub(lambda found: f"steps = [{quoted}, {quoted}, {quoted}]", toml)
