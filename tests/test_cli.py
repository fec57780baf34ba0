"""The command: what it writes, what it says, and how it refuses."""

import io
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from analysis import load_story, report
from analysis.errors import InputError, ReportError
from analysis.tables import TABLES, frame

STORY = Path(__file__).parent.parent / "data" / "russia-nato-2021"


def tellings(*arguments, cwd: Path) -> subprocess.CompletedProcess:
    """Run the command as a person would, in a process of its own."""
    return subprocess.run([sys.executable, "-c", "from analysis.cli import main; main()", *map(str, arguments)],
                          cwd=cwd, capture_output=True, text=True, encoding="utf-8", env={**os.environ, "COLUMNS": "100"}, timeout=120)


@pytest.fixture
def corpus(tmp_path):
    file = tmp_path / "articles.jsonl"
    rows = [{"article_id": f"{n:03}", "published": "2021-10-20",
             "text": f"NATO closes office {n} in Moscow.\n\n“We regret it,” Ms Orlova said on Monday."} for n in range(3)]
    file.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return file


def listing(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


def read(folder: Path) -> dict[str, pd.DataFrame]:
    return {file.stem: pd.read_parquet(file) for file in folder.glob("*.parquet")}


# Bad input: exit status 2, one message, nothing written

BAD = {
    "file that is not there": (["analyse", "nowhere.jsonl", "--out", "out"], {}, ["nowhere.jsonl", "no such file"]),
    "format unknown": (["analyse", "a.docx", "--out", "out"], {"a.docx": "PK"}, ["a.docx", "JSONL, CSV, Parquet"]),
    "JSON broken": (["analyse", "a.jsonl", "--out", "out"], {"a.jsonl": '{"article_id"\n'}, ["a.jsonl, line 1", "not JSON"]),
    "text missing": (["analyse", "a.jsonl", "--out", "out"], {"a.jsonl": '{"article_id": "a"}\n'}, ["a.jsonl, line 1", "'text' is missing"]),
    "id twice": (["analyse", "a.csv", "--out", "out"], {"a.csv": "article_id,text\na,One\na,Two\n"}, ["a.csv, line 3", "twice"]),
    "no Parquet": (["analyse", "a.parquet", "--out", "out"], {"a.parquet": "x"}, ["a.parquet", "not Parquet"]),
    "no UTF-8": (["analyse", "a.jsonl", "--out", "out"], {"a.jsonl": b"\n\xff"}, ["a.jsonl, line 2", "UTF-8"]),
    "empty folder": (["analyse", "texts", "--out", "out"], {"texts/": None}, ["texts", "no articles"]),
    "nothing to analyse": (["analyse", "--out", "out"], {}, ["nothing to analyse", "--story"]),
    "story unknown": (["analyse", "--story", "russia-nato-2012", "--out", "out"], {}, ["russia-nato-2012", "write 'russia-nato-2021'"]),
    "story unknown beside articles": (["analyse", "a.csv", "--story", "x", "--out", "out"], {"a.csv": "article_id,text\na,One\n"}, ["no story 'x'"]),
    "out is a file": (["analyse", "a.csv", "--out", "b"], {"a.csv": "article_id,text\na,One\n", "b": "mine"}, ["b:", "--out"]),
    "out lies in a file": (["analyse", "a.csv", "--out", "b/c"], {"a.csv": "article_id,text\na,One\n", "b": "mine"}, ["b", "--out"]),
    "check of no story": (["check", "nowhere"], {}, ["no story 'nowhere'"]),
    "check of a folder without story": (["check", "texts"], {"texts/": None}, ["no story 'texts'", "story.toml"]),
    "report of no story": (["report", "nowhere"], {}, ["no story 'nowhere'"]),
    "markup in a name": (["check", "[red]x[/red]"], {}, ["no story '[red]x[/red]'"]),
    "new takes no place that is taken": (["new", "texts/"], {"texts/": None}, ["texts", "there already"]),
    "new with an odd name": (["new", "a b"], {}, ["'a b'", "cannot name a story"]),
    "add to no story": (["add", "nowhere", "a.txt"], {"a.txt": "x"}, ["no story 'nowhere'", "tellings new"]),
    "option unknown": (["analyse", "--ot", "out"], {}, ["--ot"]),
    "out left out": (["analyse", "a.csv"], {}, ["--out"]),
    "workers zero": (["analyse", "a.csv", "--out", "out", "--workers", "0"], {}, ["--workers"]),
    "command unknown": (["analise"], {}, ["analise"]),
}


@pytest.mark.parametrize(("arguments", "files", "words"), BAD.values(), ids=BAD)
def test_bad_input_is_told_once_and_nothing_is_written(run, tmp_path, arguments, files, words):
    for name, content in files.items():
        path = tmp_path / name
        if content is None:
            path.mkdir()
        else:
            path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}, listing(tmp_path)
    status, out, err = run(*arguments)
    assert (status, out) == (2, "")
    assert "Traceback" not in err
    assert err.count("To mend it: ") == err.count("tellings: ") <= 1
    for word in words:
        assert word in err
    assert ({path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}, listing(tmp_path)) == before


def test_bad_story_is_told_once_and_nothing_is_written(tmp_path):
    folder = Path(shutil.copytree(STORY, tmp_path / "mine"))
    facts = folder / "codebook" / "facts.yaml"
    facts.write_text(facts.read_text(encoding="utf-8").replace("<russia>", "<rusia>", 1), encoding="utf-8")
    before = listing(tmp_path)
    done = tellings("analyse", "--story", folder, "--out", tmp_path / "out", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    [message] = done.stderr.splitlines()
    assert message.startswith(f"tellings: {facts}, line ")
    assert "<rusia>" in message and "To mend it: write 'russia'." in message
    assert listing(tmp_path) == before


@pytest.mark.parametrize("length", [200, 5000])
def test_message_is_one_line_however_long(run, length):
    status, _, err = run("check", "x" * length)
    assert status == 2 and len(err.splitlines()) == 1


# What the command does


def test_analyse_writes_the_tables_of_a_story(tmp_path, tables):
    out = tmp_path / "new" / "out"
    done = tellings("analyse", "--story", "russia-nato-2021", "--out", out, "--workers", 2, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "5 articles, 5 accounts" in done.stdout and str(out) in done.stdout
    assert listing(out) == sorted(f"{name}.parquet" for name in TABLES) and len(TABLES) == 14
    for name, written in read(out).items():
        # Two processes here, one in the fixture: the tables are the same for any number of workers.
        pd.testing.assert_frame_equal(frame(name, written), getattr(tables, name))


def test_analyse_needs_no_story(run, corpus, tmp_path):
    status, out, _ = run("analyse", corpus, "--out", "out")
    assert status == 0 and "3 articles, 3 accounts" in out
    written = read(tmp_path / "out")
    assert set(written) == set(TABLES)
    assert list(written["articles"]["article_id"]) == ["000", "001", "002"]
    assert list(written["quotations"]["text"].str.contains("regret")) == [True] * 3
    for name in ("mentions", "codings", "cells", "coverage", "actors", "events", "facts", "frames"):
        assert len(written[name]) == 0 and list(written[name].columns) == list(TABLES[name].columns)


def test_analyse_codes_a_corpus_with_the_codebook_of_a_story(run, corpus, tmp_path):
    status, _, _ = run("analyse", corpus, "--story", "russia-nato-2021", "--out", "out")
    written = read(tmp_path / "out")
    assert status == 0
    assert len(written["coverage"]) == 3 * 32 and set(written["coverage"]["article_id"]) == {"000", "001", "002"}
    assert "nato" in set(written["mentions"]["actor_id"])


def test_analyse_reads_a_folder_of_texts(run, tmp_path):
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "007.txt").write_bytes("One 😀.\r\n\r\nTwo.".encode())
    status, _, _ = run("analyse", "texts", "--out", "out")
    assert status == 0
    assert list(read(tmp_path / "out")["articles"]["article_id"]) == ["007"]


def test_analyse_replaces_older_tables_and_leaves_other_files(run, corpus, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "articles.parquet").write_text("old")
    (tmp_path / "out" / "notes.txt").write_text("mine")
    assert run("analyse", corpus, "--out", "out")[0] == 0
    assert len(read(tmp_path / "out")["articles"]) == 3
    assert (tmp_path / "out" / "notes.txt").read_text() == "mine"
    assert listing(tmp_path / "out") == sorted(["notes.txt", *(f"{name}.parquet" for name in TABLES)])


def test_check_shows_what_a_story_holds(run):
    status, out, err = run("check", "russia-nato-2021")
    assert (status, err) == (0, "")
    for words in ("Russia suspends its mission to NATO", "article", "condition", "000", "Financial Times (inferred)", "TASS (stated)",
                  "2021-10-18 to 2021-10-24", "machine-altered", "32 facts, 16 frames", "all in order"):
        assert words in " ".join(out.split())


def test_check_names_codes_that_no_article_shows(run, tmp_path):
    folder = Path(shutil.copytree(STORY, tmp_path / "mine"))
    (folder / "codebook" / "more.yaml").write_text(
        "frames:\n- frame_id: unheard-of\n  name: Unheard of\n  definition: A frame.\n  coding_rule: None.\n  devices: [zyzzyva quux]\n",
        encoding="utf-8")
    status, out, _ = run("check", folder)
    assert status == 0 and "No article matches" in out and "unheard-of" in out


# A story of one's own

NEWS = "The city closed the old bridge on Monday after engineers had found cracks in one of its pillars."


def test_add_shows_the_ledger_and_obeys_no_word_of_a_file(run, tmp_path):
    run("new", "mine")
    (tmp_path / "a.txt").write_text(f"[red]Shut[/red] <b>\x1b[31m\u202e\n\n{NEWS}\n", encoding="utf-8")
    (tmp_path / "b.doc").write_bytes(b"\xd0\xcf\x11\xe0")
    status, out, err = run("add", "mine", "a.txt", "b.doc", "file:///etc/passwd", "http://127.0.0.1/")
    assert (status, err) == (0, "")
    for words in ("a.txt", "kept", "1 article kept, 0 merged as duplicates, 3 dropped", "old Word document", "only http", "its own network", "ledger.csv"):
        assert words in " ".join(out.replace("│", " ").split())
    assert "\x1b" not in out and "\u202e" not in out
    status, out, _ = run("check", "mine")
    assert status == 0 and "\x1b" not in out
    for words in ("0 facts", "3 dropped", "dropped: b.doc: this is an old Word document", "articles.csv: the outlet of a", "codebook/facts.yaml"):
        assert words in out
    assert "1 of the files had been offered before" not in out
    assert "4 of the files had been offered before" in run("add", "mine", "a.txt", "b.doc", "file:///etc/passwd", "http://127.0.0.1/")[1]


def test_a_story_that_somebody_else_made_commands_no_terminal(run, tmp_path):
    run("new", "mine")
    (tmp_path / "a.txt").write_text(NEWS)
    run("add", "mine", "a.txt")
    story = tmp_path / "data" / "mine"
    (story / "story.toml").write_text('title = "It \\u001b[31mshut"\n[outlets]\n"Her\\u001b[2Jald" = ""\n')
    table = (story / "articles.csv").read_text()
    for outlet, status, words in (("Her\x1b[2Jald", 0, "Her[U+001B][2Jald"), ("\x1b[2JPost", 2, "'[U+001B][2JPost' is unknown")):
        (story / "articles.csv").write_text(table.replace(",,unknown", f",{outlet},stated", 1))
        told = run("check", "mine")
        assert told[0] == status and words in told[1] + told[2] and "\x1b" not in told[1] + told[2]


def test_add_takes_columns_and_a_dry_run(run, tmp_path):
    run("new", "mine")
    (tmp_path / "a.csv").write_text(f'Words,"Paper, print","text"\n{NEWS},Herald,short\n', encoding="utf-8")
    _, out, _ = run("add", "mine", "a.csv", "--columns", "text=Words,outlet=Paper, print", "--dry-run")
    assert "Herald" in out and "Nothing was written" in out and not (tmp_path / "data/mine/ledger.csv").exists()
    assert run("add", "mine", "a.csv", "--columns", "text=Words", "--columns", "outlet=Paper, print")[0] == 0
    assert [(article.outlet, article.text) for article in load_story("data/mine").articles] == [("Herald", f"{NEWS}\n")]


@pytest.mark.parametrize("given", ["text", "text=", "body=Words", "=Words"])
def test_add_refuses_columns_that_say_nothing(run, given):
    run("new", "mine")
    status, out, err = run("add", "mine", "--columns", given)
    assert (status, out) == (2, "") and "text, title, outlet" in err and err.count("To mend it: ") == 1


def test_check_says_what_a_new_story_needs(run):
    run("new", "mine")
    status, out, err = run("check", "mine")
    assert (status, out) == (2, "") and "no articles yet" in err and "tellings add" in err


def test_help_names_every_command(run):
    status, out, _ = run("--help")
    assert status == 0
    for command in ("report", "lab", "check", "code", "analyse", "new", "add"):
        assert command in out


# Coding by hand


@pytest.fixture
def walk_through(run, bridge, monkeypatch):
    """Code the small story, the answers given; return exit status, what was shown, and the decisions saved."""
    def call(*answers: str, more: tuple = ()) -> tuple[int, str, list]:
        monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{answer}\n" for answer in answers)))
        status, out, _ = run("code", bridge, "--coder", "ann", *more)
        return status, out, [(one.cell, one.status, one.speaker, one.note) for one in load_story(bridge).codings]

    return call


def test_code_walks_saves_and_resumes(walk_through):
    status, out, saved = walk_through("s", "1", "n", "is it?", "a", "9", "3", "1", "q")
    assert (status, saved) == (0, [(("a", "F1"), "stated", None, None), (("a", "F2"), "attributed", "Ruiz", "is it?")])
    for words in ("The bridge closed.", "It is shut.", "How to decide: Or closed.", "The city closed the bridge.",
                  "cell 1 of 4, 4 left", "Give a number from 1 to 7", "2 of 4 cells are left", "ann.csv"):
        assert words in out
    status, out, saved = walk_through("x", "d", "t", "2", "the council")
    assert (status, saved[2:]) == (0, [(("b", "F1"), "absent", None, None), (("b", "F2"), "disputed", "the council", None)])
    assert "cell 3 of 4, 2 left" in out and "cell 1 of 4" not in out and "0 of 4 cells are left" in out
    assert "cell" not in walk_through()[1].partition("0 of 4")[0], "all is done"


def test_code_goes_back_skips_and_explains(walk_through):
    _, out, saved = walk_through("?", "x", "b", "k", "k", "b", "s", "2", "k", "k")
    assert saved == [(("a", "F1"), "absent", None, None), (("a", "F2"), "stated", None, None)]
    for words in ("You decided: absent", "attributed: only somebody it quotes says it", "2 of 4 cells are left"):
        assert words in out


def test_code_stops_where_the_input_ends(walk_through):
    for answers in ((), ("s",), ("a", "1"), ("n",)):
        status, out, saved = walk_through(*answers)
        assert (status, saved) == (0, []) and "4 of 4 cells are left" in out


def test_code_is_blind_unless_asked(walk_through):
    assert "The machine" not in walk_through("k", "k", "k", "k")[1]
    out = walk_through("k", "k", "k", "k", more=("--show-machine",))[1]
    assert [line.strip() for line in out.splitlines() if "The machine" in line] == [
        f"The machine: {words}" for words in ("stated", "attributed by Ruiz", "absent", "absent")]


def test_code_obeys_no_word_of_an_article(walk_through):
    out = walk_through("t", "q")[1]
    assert "\x1b" not in out and "[U+001B][31m" in out and "[red]It rains[/red]" in " ".join(out.split())


@pytest.mark.parametrize(("coder", "words"), [("machine", "no person's id"), ("../x", "cannot name a file"), ("", "cannot name a file")])
def test_code_refuses_a_coder_that_is_none(run, bridge, coder, words):
    before = listing(bridge)
    status, out, err = run("code", bridge, "--coder", coder)
    assert (status, out) == (2, "") and words in err and err.count("To mend it: ") == 1
    assert listing(bridge) == before


# The report that fails


@pytest.fixture
def failing_notebook(tmp_path, monkeypatch):
    path = tmp_path / "notebooks" / "report.ipynb"
    path.parent.mkdir()
    cells = [new_markdown_cell("# Report"), new_code_cell("good = 1"), new_code_cell("# the bad one\nbad = {}['kéy <b>']"), new_code_cell("never")]
    nbformat.write(new_notebook(cells=cells), path)
    monkeypatch.setattr(report, "NOTEBOOK", path)
    return path


@pytest.mark.filterwarnings("ignore::DeprecationWarning:zmq", "ignore:Proactor:RuntimeWarning")
def test_report_that_fails_names_the_cell_and_leaves_the_older_one(run, failing_notebook, tmp_path):
    old = tmp_path / "reports" / "russia-nato-2021" / "index.html"
    old.parent.mkdir(parents=True)
    old.write_bytes(b"<html>old\r\n\xff</html>")
    status, out, err = run("report", "russia-nato-2021")
    assert (status, out) == (1, "")
    message = next(line for line in err.splitlines() if "tellings: " in line)
    for words in ("report.ipynb", "cell 3", "KeyError", "kéy <b>", "was not written"):
        assert words in message
    assert "Traceback" not in err
    assert listing(tmp_path / "reports") == ["russia-nato-2021", "russia-nato-2021/index.html"]
    assert old.read_bytes() == b"<html>old\r\n\xff</html>"
    assert listing(failing_notebook.parent) == ["report.ipynb"]


def test_report_that_cannot_be_rendered_leaves_the_older_one(story, tmp_path, monkeypatch):
    monkeypatch.setattr(report, "execute", lambda *_: new_notebook())
    monkeypatch.setattr(report, "render", lambda *_: "half a page \ud83d")  # fails while it is written
    target = tmp_path / "index.html"
    target.write_text("old")
    with pytest.raises(UnicodeEncodeError):
        report.write_report(story, target)
    assert target.read_text() == "old" and listing(tmp_path) == ["index.html"]


def test_report_error_is_no_input_error():
    assert not issubclass(ReportError, InputError)
