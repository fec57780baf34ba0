"""One model, one story and one analysis for all tests."""

import os
import shutil
import sys

import pytest

import analysis.story
from analysis import analyse, cli, load_story
from analysis.cli.screen import screen


@pytest.fixture(scope="session")
def nlp():
    """The bare model with the layout component, as the annotators' own tests need it."""
    from analysis.annotators import layout  # noqa: F401 (registers the component)
    from analysis.pipeline import load_model

    model = load_model()
    model.add_pipe("tellings_layout", first=True)
    return model


@pytest.fixture(scope="session")
def story():
    return load_story("russia-nato-2021")


@pytest.fixture(scope="session")
def tables(story):
    return analyse(story)


BRIDGE = {
    "story.toml": "title = 'A bridge'\nsummary = 'It closed.'\nearliest = 2021-10-01\nlatest = 2021-10-31\n",
    "articles.csv": "article_id,outlet,outlet_basis,outlet_evidence,title,published_earliest,published_latest,published_basis,"
                    "published_evidence,url,condition\na,,unknown,,,,,unknown,,,complete\nb,,unknown,,,,,unknown,,,complete\n"
                    "c,,unknown,,,,,unknown,,,complete\n",
    "layout.csv": "article_id,line,part,text\na,1,byline,By Ada Lopez\nc,1,caption,A ferry.\n",
    "texts/a.txt": "By Ada Lopez\n\nThe city closed the bridge. [red]It rains[/red] <script>1</script> here.\x1b[31m\n\n"
                   "Trains are late. Ms Ruiz said that the ferry is old. Buses run. Trams run too. Boats wait.\n",
    "texts/b.txt": "A ferry sails. The bridge is old.\n",
    "texts/c.txt": "A ferry.\n",
    "codebook/facts.yaml": """facts:
- {fact_id: F1, statement: The bridge closed., kind: action, importance: vital, definition: It is shut., coding_rule: Or closed.,
   wordings: [{did: close, what: bridge}]}
- {fact_id: F2, statement: The ferry is old., kind: state, importance: okay, definition: Its age., coding_rule: Any age.,
   wordings: [{what: ferry, how: old}]}
""",
}


@pytest.fixture
def bridge(tmp_path):
    """The folder of a small story that a test may code or spoil: two articles, one with furniture only, two facts."""
    folder = tmp_path / "bridge"
    for name, content in BRIDGE.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content.encode("utf-8"))
    return folder


@pytest.fixture(scope="session")
def browser() -> str:
    """The program of a real browser."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if found is None and os.environ.get("TELLINGS_NEEDS_BROWSER"):
        pytest.fail("TELLINGS_NEEDS_BROWSER is set, but there is no chromium, chromium-browser or google-chrome")
    if found is None:
        pytest.skip("no chromium, chromium-browser or google-chrome is installed")
    return found


def pytest_terminal_summary(terminalreporter):
    """Print the scores against gold, which a worker process cannot print itself."""
    for report in terminalreporter.getreports("passed") + terminalreporter.getreports("failed"):
        for name, score in report.user_properties if report.when == "call" else ():
            if name == "score":
                terminalreporter.section("the machine against what was coded by reading")
                terminalreporter.write_line(score)


@pytest.fixture
def run(monkeypatch, capsys, tmp_path):
    """Run the command in this process, in an empty folder: faster, and the same `main`."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("TELLINGS_STORY", raising=False)
    monkeypatch.setattr(analysis.story, "CHOSEN", tmp_path / ".chosen")  # whatever the user chose in notebook 00
    monkeypatch.setenv("COLUMNS", "120")
    monkeypatch.setattr(screen, "width", 120)  # which took another where xdist had set COLUMNS before it was made

    def call(*arguments) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["tellings", *map(str, arguments)])
        try:
            cli.main()
            status = 0
        except SystemExit as end:
            status = end.code or 0
        out, err = capsys.readouterr()
        return status, out, err

    return call
