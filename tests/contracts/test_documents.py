import re
import tomllib
from itertools import chain
from pathlib import Path

ROOT = Path(__file__).parents[2]
OPERATE = (ROOT / "docs" / "operate.md").read_text()


def test_the_readme_can_be_read_in_three_minutes() -> None:
    assert len((ROOT / "README.md").read_text().split()) <= 600


def test_every_link_in_the_documents_leads_to_a_file() -> None:
    pages = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").glob("*.md"))]
    missing = [
        f"{page.relative_to(ROOT)}: {target}"
        for page in pages
        for target in re.findall(r"\]\((?!https?:|mailto:|#)([^)#]+)", page.read_text())
        if not (page.parent / target).exists()
    ]
    assert missing == []


def test_every_setting_is_documented() -> None:
    sources = [path.read_text() for path in (ROOT / "widget_server").rglob("*.py")]
    settings = set(re.findall(r"THREESTEPS_[A-Z_]*[A-Z]", "\n".join(sources)))
    assert {name for name in settings if f"| `{name}` |" not in OPERATE} == set()


def test_every_documented_setting_is_read() -> None:
    settings = (ROOT / "widget_server" / "settings.py").read_text()
    documented = re.findall(r"^\| `(THREESTEPS_[A-Z_]+)` \|", OPERATE, re.MULTILINE)
    assert [name for name in documented if f'"{name}"' not in settings] == []


def test_every_dependency_says_why_it_is_there() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    wanted = [*project["dependencies"], *chain(*project["optional-dependencies"].values())]
    names = [re.split(r"[^\w.-]", text)[0] for text in wanted]
    assert [name for name in names if f"| `{name}` |" not in OPERATE] == []
