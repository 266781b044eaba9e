import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]
LOCKS = ("package-lock.json", "npm-shrinkwrap.json", "yarn.lock", "pnpm-lock.yaml", "uv.lock")
DOWNLOAD = re.compile(r"https?://\S+\.(?:whl|tgz|tar\.gz|deb)\b")
MACHINE_PATH = re.compile(r"(?<![\w.])/(?:root|work|home/\w+|Users/\w+)/")


def committed() -> list[Path]:
    """Every file that git knows."""
    command = ["git", "-C", str(ROOT), "ls-files", "-z"]
    names = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    paths = (ROOT / name for name in names.split("\0") if name)
    return [path for path in paths if path.is_file()]


def containing(pattern: re.Pattern[str]) -> list[str]:
    """The committed files in whose text the pattern is found."""
    return [
        str(path.relative_to(ROOT))
        for path in committed()
        if pattern.search(path.read_text(encoding="utf-8", errors="replace"))
    ]


def test_no_lock_file_is_committed() -> None:
    assert [path for path in committed() if path.name in LOCKS] == []


def test_no_file_says_where_to_download_a_package() -> None:
    assert containing(DOWNLOAD) == []


def test_no_file_names_a_path_of_one_machine() -> None:
    assert containing(MACHINE_PATH) == []


def test_every_constraint_is_one_exact_version() -> None:
    lines = (ROOT / "constraints.txt").read_text().splitlines()
    pins = [line for line in lines if not line.startswith("#")]
    assert [pin for pin in pins if not re.fullmatch(r"[\w.-]+==[\w.]+", pin)] == []
