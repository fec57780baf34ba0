"""What the README promises is there: its links, its commands, its code, the rooms of its tree."""

import re
from pathlib import Path

import pytest

from analysis.cli import app
from analysis.codings import COLUMNS
from analysis.story import ARTICLE_COLUMNS, LAYOUT_COLUMNS, About

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("page", ["README.md", "data/README.md", "data/russia-nato-2021/gold/README.md"])
def test_links_lead_somewhere(page):
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", (ROOT / page).read_text(encoding="utf-8"))
    assert [link for link in links if not (ROOT / page).parent.joinpath(link).exists()] == []


@pytest.mark.parametrize(("section", "names"), [
    ("story.toml", About.model_fields), ("articles.csv", ARTICLE_COLUMNS), ("layout.csv", LAYOUT_COLUMNS),
    ("codings/CODER.csv", COLUMNS)])
def test_every_column_of_a_story_is_described(section, names):
    page = (ROOT / "data" / "README.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (`.*?) \|", page.partition(f"\n## {section}\n")[2].partition("\n## ")[0], re.MULTILINE)
    assert [name for row in rows for name in re.findall(r"`(\w+)`", row)] == list(names)


def test_commands_exist():
    told = set(re.findall(r"`tellings (\w+)", README))
    assert told == {command.callback.__name__ for command in app.registered_commands}


def test_make_targets_exist():
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert set(re.findall(r"make (report|test|lab|bench|lock)\b", README)) <= targets


def test_python_example_runs():
    (example,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    names = {}
    exec(example, names)  # noqa: S102 (our own README)
    assert len(names["tables"].coverage) == 160


def test_tree_names_every_room():
    (tree,) = re.findall(r"```\n(notebooks/.*?)```", README, re.DOTALL)
    told = set(re.findall(r"^  ([\w.]+/?)", tree, re.MULTILINE))
    rooms = {path.name + "/" * path.is_dir() for path in (ROOT / "analysis").iterdir() if path.name != "__pycache__"}
    assert told == rooms
