"""A story of one's own: the README's commands, followed word by word, and every notebook on stories that lack something."""

import ast
import os
import re
import shlex
import subprocess
import sys
import textwrap
from pathlib import Path

import matplotlib.pyplot as plt
import nbformat
import pytest
import spacy
import yaml
from spacy.tokens import Doc
from spacy.training import Example

import analysis
from analysis import load_story
from analysis.articles import Article
from analysis.codebook import load_codebook
from analysis.ingest.add import add
from analysis.ingest.new import new_story
from refused import refused

ROOT = Path(__file__).parent.parent
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
TEXTS = {
    "herald.txt": "Old bridge shut\n\nThe mayor closed the old bridge on Monday, and traffic is sent round the town. Cracks were found in a pillar. "
                  "“It is the fruit of years of neglect,” Ada Lopez said.\n",
    "post.txt": "The town closed the crossing on March 4, 2024, after warnings had been ignored for years. Lopez told Reuters that a ferry would run "
                "until the summer.\n",
    "note.txt": "A ferry will carry passengers across the river until the summer.\n",
}
PARTS = ("actors", "events", "facts", "frames")


def write_texts(folder: Path, names=tuple(TEXTS)) -> Path:
    folder.mkdir()
    for name in names:
        (folder / name).write_text(TEXTS[name], encoding="utf-8")
    return folder


def uncomment(file: Path) -> None:
    """Take the comment sign away from the lines of the example, as the template says; explanations have two."""
    file.write_text(re.sub(r"(?m)^# (?!yaml-language-server)", "", file.read_text(encoding="utf-8")), encoding="utf-8")


def test_the_guide_word_by_word_ends_in_a_report(tmp_path):
    (guide,) = [block for block in re.findall(r"```sh\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL) if "tellings new" in block]
    write_texts(tmp_path / "FILES")
    told = {}
    for line in guide.splitlines():
        command, *arguments = shlex.split(line, comments=True)
        assert command == "tellings"
        done = subprocess.run([sys.executable, "-c", "from analysis.cli import main; main()", *arguments], cwd=tmp_path, capture_output=True,
                              text=True, encoding="utf-8", timeout=300, env={**os.environ, "COLUMNS": "160", "PYTHONPATH": str(ROOT)})
        assert done.returncode == 0, done.stderr
        told[arguments[0]] = done.stdout
    assert list(told) == ["new", "add", "check", "report"]
    assert "tellings add data/my-story" in told["new"].replace(os.sep, "/")
    assert "3 articles kept, 0 merged as duplicates, 0 dropped; 3 without an outlet" in told["add"]
    for words in ("all in order", "3 articles kept", "facts.yaml: facts", "story.toml: a summary", "the outlet of herald, note, post"):
        assert words in told["check"]
    page = (tmp_path / "reports" / "my-story" / "index.html").read_text(encoding="utf-8")
    assert "<title>my story: one event, many tellings</title>" in page and "years of neglect" in page


def test_the_guide_shows_a_codebook_that_finds_what_it_says(tmp_path):
    guide = (ROOT / "README.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"   ```yaml\n(.*?)   ```", guide, re.DOTALL)
    (tmp_path / "facts.yaml").write_text(textwrap.dedent(example), encoding="utf-8")
    claimed = re.search(r"in any inflection: \*(.*?)\*, \*(.*?)\*\.", guide).groups()
    articles = [Article(article_id=str(number), text=f"It was news: {words}.") for number, words in enumerate(claimed)]
    assert set(analysis.analyse(articles, load_codebook(tmp_path)).coverage["status"]) == {"stated"}


def test_a_new_story_has_templates_whose_examples_count_once_uncommented(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    folder = new_story("my-story")
    assert folder == Path("data", "my-story")
    assert not any(load_codebook(folder / "codebook").rows().values())
    for part in PARTS:
        uncomment(folder / "codebook" / f"{part}.yaml")
        assert list(yaml.safe_load((folder / "codebook" / f"{part}.yaml").read_text(encoding="utf-8"))) == [part]
    assert all(load_codebook(folder / "codebook").rows().values())
    assert "tellings add" in refused(load_story, folder).remedy
    uncomment(folder / "story.toml")
    add(folder, [str(write_texts(tmp_path / "texts"))])
    assert str(load_story(folder).about.earliest) == "2024-03-04"


@pytest.mark.parametrize(("name", "words"), [("taken", "there already"), ("file", "there already"), ("data/bad name", "cannot name"),
                                             ("-x", "cannot name"), ("a\nb", "cannot name"), ("", "there already"), ("..", "there already")])
def test_a_new_story_takes_no_place_that_is_taken_and_no_odd_name(tmp_path, monkeypatch, name, words):
    monkeypatch.chdir(tmp_path)
    for made in ("data/taken", "data/deep"):
        Path(made).mkdir(parents=True)
    Path("data/file").write_text("mine")
    before = sorted(tmp_path.rglob("*"))
    assert words in refused(new_story, name).problem
    assert sorted(tmp_path.rglob("*")) == before


# Every notebook on stories that lack something


HALF_MADE = {
    "articles alone": (tuple(TEXTS), ()),
    "one article of one sentence": (("note.txt",), ()),
    "facts alone": (tuple(TEXTS), ("facts",)),
    "facts that no article has": (("note.txt",), ("facts", "frames", "events")),
    "actors alone, one article": (("herald.txt",), ("actors",)),
    "all of it, no outlets": (tuple(TEXTS), PARTS),
}


@pytest.mark.parametrize(("names", "parts"), HALF_MADE.values(), ids=HALF_MADE)
def test_every_notebook_runs_on_a_half_made_story(tmp_path, monkeypatch, names, parts):
    folder = new_story(str(tmp_path / "half"))
    add(folder, [str(write_texts(tmp_path / "texts", names))])
    for part in parts:
        uncomment(folder / "codebook" / f"{part}.yaml")
    monkeypatch.setenv("TELLINGS_STORY", str(folder))
    tables = analysis.analyse(load_story(folder))
    monkeypatch.setattr(analysis, "analyse", lambda story: tables)  # the same for every notebook
    for path in NOTEBOOKS:
        run(path)
        plt.close("all")


def run(path: Path) -> None:
    """Run a notebook's cells in this process, and show what each ends with; a warning is an error here."""
    known: dict = {}
    for number, cell in enumerate(nbformat.read(path, as_version=4).cells, 1):
        if cell.cell_type != "code":
            continue
        *body, last = ast.parse(cell.source).body
        name = f"{path.name}, cell {number}"
        if not isinstance(last, ast.Expr):
            body.append(last)
        exec(compile(ast.Module(body, []), name, "exec"), known)  # noqa: S102 (our own notebooks)
        if isinstance(last, ast.Expr):
            shown = eval(compile(ast.Expression(last.value), name, "eval"), known)  # noqa: S307
            repr(shown)
            getattr(shown, "_repr_html_", str)()


def german(*, lemmatizer: bool) -> spacy.Language:
    """A German model without a parser; its lemmatizer, as those of spaCy's German models, has no tables of words."""
    nlp = spacy.blank("de")
    if lemmatizer:
        nlp.add_pipe("trainable_lemmatizer", name="lemmatizer", config={"min_tree_freq": 1})
        words = {"words": ["Schiffe", "fuhren"], "lemmas": ["Schiff", "fahren"]}
        nlp.initialize(lambda: [Example.from_dict(Doc(nlp.vocab, words["words"]), words)])
    return nlp


@pytest.mark.parametrize("lemmatizer", [False, True])
def test_a_story_in_another_language_has_a_model_of_its_own(tmp_path, lemmatizer):
    """A model saved as a folder: facts by their words; nothing that is made for English only."""
    german(lemmatizer=lemmatizer).to_disk(tmp_path / "de_small")
    folder = new_story(str(tmp_path / "hafen"))
    about = folder / "story.toml"
    about.write_text(about.read_text(encoding="utf-8").replace('## model = "de_core_news_sm"', f"model = '{tmp_path / 'de_small'}'"),
                     encoding="utf-8")
    (folder / "codebook" / "facts.yaml").write_text(
        "facts:\n- {fact_id: F1, statement: Der Hafen ist zu., kind: Tat, importance: vital, definition: d, coding_rule: r,\n"
        "   wordings: [{what: Hafen, did: geschlossen}]}\n", encoding="utf-8")
    (tmp_path / "texte").mkdir()
    (tmp_path / "texte" / "post.txt").write_text("Der Rat hat den Hafen am Montag geschlossen. Die Fähren fahren seitdem nicht mehr, "
                                                 "und niemand weiß, wie lange das noch so bleiben wird.\n", encoding="utf-8")
    (tmp_path / "texte" / "herald.txt").write_text(TEXTS["herald.txt"], encoding="utf-8")
    kept, english = sorted(add(folder, [str(tmp_path / "texte")]).entries, key=lambda entry: entry.language)
    assert (kept.decision, english.decision) == ("kept", "dropped") and "('en')" in english.why and "model" in english.why
    tables = analysis.analyse(load_story(folder))
    assert tables.coverage["text"].tolist() == ["Der Rat hat den Hafen am Montag geschlossen."] and len(tables.sentences) == 2
    assert tables.times.empty and tables.quotations.empty and tables.deeds.empty
    about.write_text('title = "Hafen"\nmodel = "de_nowhere_sm"\n', encoding="utf-8")
    assert "de_nowhere_sm" in refused(analysis.analyse, load_story(folder)).problem
