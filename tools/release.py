"""What is released: ``make release`` builds the last commit twice, and compares.

In: the last commit alone, so that nothing else that lies in the folder gets out. Out, in
``dist/``: the wheel, the source, the versions they were tested with, the bill of materials and
``SHA256SUMS``. The hashes are printed, those of the scripts too, so that anybody can compare them
with what a service sends.
"""

import io
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZipFile

from widget_server import assets
from widget_server.web import sealing, widget

from .bill import bill
from .venv import ROOT

DIST = ROOT / "dist"
SCRIPTS = "widget_server/widget_js"
#: What runs in visitors' browsers: where it is sent, and the files that it is made of.
SENT = {
    "/embed.js": ("embed.js",),
    "/seal-HASH.js": sealing.SCRIPTS,
    "/proof-HASH.js": ("proof.js",),
    "inline in /w/TOKEN": widget.SCRIPTS,
}
#: What must not show in what is built: the second build differs in all of it.
SURROUNDINGS = (
    {"TZ": "UTC", "LC_ALL": "C", "PYTHONHASHSEED": "1"},
    {"TZ": "Asia/Hong_Kong", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "2"},
)
UMASKS = (0o022, 0o077)

Files = Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit: its short name, and when it was made, which is when all that is built was made."""

    name: str
    made_at: datetime


def last_commit() -> Commit:
    """The last commit of this folder."""
    name, seconds = _git("log", "-1", "--format=%h %ct").decode().split()
    return Commit(name, datetime.fromtimestamp(int(seconds), UTC))


def built(commit: Commit, surroundings: Mapping[str, str], umask: int) -> Files:
    """The wheel and the source of a commit, by the names of their files."""
    with TemporaryDirectory() as folder:
        source, out = Path(folder, "source"), Path(folder, "out")
        source.mkdir()
        subprocess.run(["tar", "-x"], input=_git("archive", commit.name), cwd=source, check=True)
        epoch = str(int(commit.made_at.timestamp()))
        subprocess.run(
            [sys.executable, "-m", "hatchling", "build", "-d", out],
            cwd=source,
            env=os.environ | surroundings | {"SOURCE_DATE_EPOCH": epoch},
            umask=umask,
            capture_output=True,
            check=True,
        )
        return {path.name: path.read_bytes() for path in sorted(out.iterdir())}


def differing(one: Files, other: Files) -> list[str]:
    """The names of the files that are not the same in both."""
    return [name for name in sorted({*one, *other}) if one.get(name) != other.get(name)]


def scripts(wheel: bytes) -> Iterator[tuple[str, str]]:
    """Where each script of a wheel is sent, and the hash of what is sent."""
    with ZipFile(io.BytesIO(wheel)) as files:
        for place, names in SENT.items():
            texts = ((name, files.read(f"{SCRIPTS}/{name}").decode()) for name in names)
            text = "".join(assets.stripped(name, text) for name, text in texts)
            yield place.replace("HASH", assets.encode(text).hash), assets.digest(text)


def sums(files: Files) -> str:
    """The SHA-256 of each file, a line each, as ``sha256sum --check`` reads them."""
    return "".join(f"{sha256(body).hexdigest()}  {name}\n" for name, body in files.items())


def main() -> int:
    """Build, compare, write and print; 1 when two builds differ."""
    commit = last_commit()
    first, second = map(built, (commit, commit), SURROUNDINGS, UMASKS)
    if different := differing(first, second):
        print(f"Two builds of {commit.name} differ: {', '.join(different)}.")
        return 1
    name = next(name for name in first if name.endswith(".whl"))
    version = name.split("-")[1]
    files = {
        **first,
        "constraints.txt": _git("show", f"{commit.name}:constraints.txt"),
        f"threesteps-{version}.cdx.json": bill(version, commit.made_at).encode(),
    }
    _write({**files, "SHA256SUMS": sums(files).encode()})
    print(f"threesteps {version}, commit {commit.name}: built twice, the same bytes.\n")
    print(sums(files))
    for place, digest in scripts(first[name]):
        print(f"{digest}  {place}")
    return 0


def _write(files: Files) -> None:
    DIST.mkdir(exist_ok=True)
    for name, body in files.items():
        (DIST / name).write_bytes(body)


def _git(*arguments: str) -> bytes:
    return subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, check=True).stdout


if __name__ == "__main__":
    sys.exit(main())
