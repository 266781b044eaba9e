"""The version after this one: a folder in, a checkout out whose tables have one more step."""

import re
import shutil
from pathlib import Path

from widget_server.store.migrations import FOLDER, newest

ROOT = Path(__file__).parents[2]
VERSION = "99.0"
REVISION = "9999"

#: It only adds, as every step does.
STEP = f"""
import sqlalchemy as sa
from alembic import op

revision = "{REVISION}"
down_revision = {{before!r}}


def upgrade() -> None:
    op.add_column("submissions", sa.Column("shade", sa.String(24), server_default=""))
    op.create_index("by_shade", "submissions", ["campaign", "shade"])
    op.create_table("tints", sa.Column("id", sa.Integer, primary_key=True))
"""


def next_version(folder: Path) -> Path:
    """A copy of this version, with another number and a step of its own."""
    for part in ("widget_server", "templates", "widget_js"):
        shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
    package = folder / "widget_server"
    number = package / "__init__.py"
    text, times = re.subn(
        r'__version__ = "[^"]+"', f'__version__ = "{VERSION}"', number.read_text()
    )
    assert times == 1
    number.write_text(text)
    steps = package / FOLDER.relative_to(ROOT / "widget_server") / "versions"
    (steps / f"{REVISION}_shades.py").write_text(STEP.format(before=newest()))
    return folder
