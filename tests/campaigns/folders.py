"""The folders of campaigns that come with the product, and how a test alters a copy of one."""

from collections.abc import Sequence
from pathlib import Path

from widget_server.campaigns import Problem, example_campaigns, shipped_campaigns
from widget_server.campaigns.folder import read_folder

HKETO = shipped_campaigns() / "hketo"
TAPS = example_campaigns() / "school-taps"


def mistakes(folder: Path) -> Sequence[Problem]:
    """Everything that is wrong with the files of a campaign."""
    return read_folder(folder)[1]


def edit(file: Path, old: str, new: str) -> int:
    """Replace a text once; returns the number of the line where it stood."""
    text = file.read_text("utf-8")
    before, found, after = text.partition(old)
    assert found
    file.write_text(before + new + after, "utf-8")
    return before.count("\n") + 1
