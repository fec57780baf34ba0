"""What people decide: how it is read, refused, saved, walked through, and how it wins over the machine's."""

import os
import re
import subprocess
import sys
from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import analyse, load_story, show, walk
from analysis.codings import COLUMNS, Decision, check_coder, record
from analysis.errors import InputError
from analysis.measures import agreement, coverage, reliability
from analysis.tables import STATUSES, frame
from refused import refused

HEADER = ",".join(COLUMNS) + "\n"
WHEN = "2026-03-01T14:05:00+01:00"
GOOD = f"a,F1,stated,,14,40,sure,{WHEN}\n"


def code(folder, coder: str, rows: str, header: str = HEADER):
    (folder / "codings").mkdir(exist_ok=True)
    file = folder / "codings" / f"{coder}.csv"
    file.write_text(header + rows, encoding="utf-8")
    return file


# Files


def test_a_row_becomes_a_decision(bridge):
    code(bridge, "ann", GOOD + f'b,F2,attributed,Ms Ruiz,0,14,"a, ""b""",{WHEN}\nb,F1,absent,,,,,{WHEN}\n')
    assert load_story(bridge).codings == (
        Decision("ann", "a", "F1", "stated", None, 14, 40, "sure", WHEN),
        Decision("ann", "b", "F2", "attributed", "Ms Ruiz", 0, 14, 'a, "b"', WHEN),
        Decision("ann", "b", "F1", "absent", decided=WHEN))


def test_a_story_needs_no_codings(bridge, story):
    assert load_story(bridge).codings == story.codings == ()


BAD = {
    "article unknown": (GOOD.replace("a,", "aa,", 1), 2, ["no article 'aa'", "write 'a'"]),
    "fact unknown": (GOOD.replace("F1", "F11"), 2, ["no fact 'F11'", "write 'F1'"]),
    "status misspelt": (GOOD.replace("stated", "state"), 2, ["no status 'state'", "write 'stated'"]),
    "cell twice": (GOOD + GOOD, 3, ["'a'", "'F1'", "coded twice", "line 2"]),
    "end beyond the text": (GOOD.replace("40", "9999"), 2, ["from 14 to 9999", "characters"]),
    "end before start": (GOOD.replace("40", "14"), 2, ["from 14 to 14"]),
    "start negative": (GOOD.replace("14,40", "-4,40"), 2, ["'-4'", "offsets"]),
    "offset a word": (GOOD.replace("14,40", "first,40"), 2, ["'first'"]),
    "offset not in ASCII": (GOOD.replace("14,40", "²,40"), 2, ["'²'"]),
    "evidence missing": (GOOD.replace("14,40", ","), 2, ["'' and ''", "offsets"]),
    "evidence of nothing": (GOOD.replace("stated", "absent"), 2, ["absent", "no evidence"]),
    "evidence that begins with a blank": (GOOD.replace("14,40", "13,40"), 2, ["blank, at 13"]),
    "evidence in furniture": (GOOD.replace("14,40", "0,12"), 2, ["byline", "line 1", "no news"]),
    "speaker of what the outlet states": (GOOD.replace("stated,", "stated,Ms Ruiz"), 2, ["stated", "no speaker", "attributed"]),
    "moment missing": (GOOD.replace(WHEN, ""), 2, ["'decided'", "zone"]),
    "moment without zone": (GOOD.replace("+01:00", ""), 2, ["'decided'", "zone"]),
    "moment a word": (GOOD.replace(WHEN, "today"), 2, ["'today'"]),
    "row short": ("a,F1,stated\n", 2, ["3 cells", "8"]),
}


@pytest.mark.parametrize(("rows", "line", "words"), BAD.values(), ids=BAD)
def test_a_bad_row_is_told_with_line_and_remedy(bridge, rows, line, words):
    file = code(bridge, "ann", rows)
    error = refused(load_story, bridge)
    assert (error.file, error.line) == (file, line)
    for word in words:
        assert word in str(error)


def test_a_misspelt_column_is_told(bridge):
    code(bridge, "ann", GOOD, HEADER.replace("status", "staus"))
    assert "write 'status'" in str(refused(load_story, bridge))


@pytest.mark.parametrize("name", ["machine", "Machine", "gold", "a b", "-x"])
def test_a_coder_has_a_name_that_means_a_person(bridge, name):
    code(bridge, name, GOOD)
    assert refused(load_story, bridge).file == bridge / "codings" / f"{name}.csv"


@pytest.mark.parametrize("name", ["", ".", "../ann", "a/b", ".ann", "ann\n", "machine"])
def test_a_coder_cannot_leave_the_folder(name):
    with pytest.raises(InputError):
        check_coder(name)


# Saving


def test_a_decision_is_saved_and_replaces_the_one_before(bridge):
    story, folder = load_story(bridge), bridge / "codings"
    first, second = Decision("ann", "a", "F1", "absent"), Decision("ann", "b", "F2", "disputed", "Ms\nRuiz", 0, 14, '",;"\r\n')
    record(folder, first, story.articles, story.codebook)
    record(folder, second, story.articles, story.codebook)
    record(folder, replace(first, status="stated", start=14, end=40), story.articles, story.codebook)
    read = load_story(bridge).codings
    assert [replace(one, decided="") for one in read] == [second, replace(first, status="stated", start=14, end=40)]
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d", one.decided) for one in read)
    assert [path.name for path in folder.iterdir()] == ["ann.csv"]


def test_a_save_that_fails_leaves_the_older_file_and_no_draft(bridge, monkeypatch):
    story = load_story(bridge)
    file = code(bridge, "ann", GOOD)
    monkeypatch.setattr(os, "fsync", lambda _: (_ for _ in ()).throw(OSError("no space left on device")))
    with pytest.raises(OSError, match="no space left"):
        record(bridge / "codings", Decision("ann", "b", "F1", "absent"), story.articles, story.codebook)
    assert file.read_text(encoding="utf-8") == HEADER + GOOD
    assert [path.name for path in file.parent.iterdir()] == ["ann.csv"]


KILLER = """
import os, signal, sys, time
from itertools import count
from pathlib import Path
from analysis.codings import Decision, record
from analysis.story import load_story

folder = Path(sys.argv[1])
story = load_story(folder)


def save_without_end(told):
    for number in count():
        for article_id, fact_id in (("a", "F1"), ("a", "F2"), ("b", "F1"), ("b", "F2")):
            record(folder / "codings", Decision("ann", article_id, fact_id, "absent", note=f"{number} " * 2000),
                   story.articles, story.codebook)
        os.write(told, f"{number}\\n".encode())


for kill in range(20):
    read, told = os.pipe()
    saver = os.fork()
    if not saver:
        save_without_end(told)
    os.close(told)
    with os.fdopen(read) as heard:
        last = int(heard.readline())
        time.sleep(kill * 0.0007)
        os.kill(saver, signal.SIGKILL)
        os.waitpid(saver, 0)
        last = max([last, *map(int, heard)])
    saved = load_story(folder).codings
    assert len(saved) == 4, saved
    assert all(one.note == f"{one.note.split()[0]} " * 2000 and last <= int(one.note.split()[0]) <= last + 1 for one in saved)
    print(kill)
"""


@pytest.mark.skipif(os.name != "posix", reason="kill -9 is of POSIX")
def test_kill_9_loses_no_decision_that_was_saved(bridge):
    """A process that saves without end is killed at twenty moments: each time the file has all that was saved, whole."""
    done = subprocess.run([sys.executable, "-c", KILLER, str(bridge)], capture_output=True, text=True, timeout=120)
    assert (done.stdout.split(), done.stderr) == ([str(kill) for kill in range(20)], "")


# What people decide, in the tables


def test_a_decision_replaces_the_machines_cell_and_passages(bridge):
    before = analyse(load_story(bridge))
    assert list(before.coverage["status"]) == ["stated", "attributed", "absent", "absent"]
    code(bridge, "ann", f"a,F1,absent,,,,,{WHEN}\na,F2,stated,,133,141,,{WHEN}\nb,F1,disputed,,19,25,,{WHEN}\n")
    after = analyse(load_story(bridge))
    cells = after.coverage
    assert list(cells["status"]) == ["absent", "stated", "disputed", "absent"]
    assert list(cells["coder"]) == ["ann", "ann", "ann", "machine"] and not cells["contested"].any()
    assert cells["text"].tolist()[2] == "The bridge is old." and cells["start"].tolist()[2] == 15, "the sentence around"
    assert cells["nearest"].notna().tolist() == [True, False, False, True]
    machine = after.cells[after.cells["coder"].eq("machine")]
    pd.testing.assert_frame_equal(machine, before.cells)
    assert after.cells["coder"].value_counts().to_dict() == {"machine": 4, "ann": 3}
    assert after.cells["text"].dropna().tolist()[-1] == "bridge", "the person's own words stay"
    told = after.codings[["article_id", "code_id", "coder", "status"]].values.tolist()
    assert told == [["a", "F2", "ann", "stated"], ["b", "F1", "ann", "disputed"]]


@pytest.mark.parametrize(("row", "passages"), [
    ("a,F2,attributed,Bo Ek,{here}", [("ann", "attributed", "Bo Ek", True)]),
    ("a,F2,stated,,{here}", [("ann", "stated", None, True)]),
    ("a,F2,disputed,,{elsewhere}", [("machine", "attributed", "Ruiz", True), ("ann", "disputed", None, False)]),
    ("a,F1,attributed,,{elsewhere}", [("ann", "attributed", None, False)]),
    ("a,F1,absent,,,", []),
], ids=["corrects the speaker", "corrects the status", "outweighs", "is outweighed: the machine's goes", "absent: the machine's goes"])
def test_passages_are_corrected_dropped_or_added(bridge, row, passages):
    text = load_story(bridge).articles[0].text
    here, elsewhere = (text.index(words) for words in ("ferry", "Trains"))
    code(bridge, "ann", row.format(here=f"{here},{here + 5}", elsewhere=f"{elsewhere},{elsewhere + 6}") + f",,{WHEN}\n")
    found = analyse(load_story(bridge)).codings
    found = found[found["code_id"].eq(row[2:4])]
    assert [(c.coder, c.status, None if pd.isna(c.speaker) else c.speaker, c.elements != "[]") for c in found.itertuples()] == passages


VOTES = {
    "one": ("s", "s", "p0", False), "both alike": ("ss", "s", "p0", False), "most": ("xss", "s", "p1", True),
    "first by name of two": ("xs", "x", "p0", True), "of three": ("asd", "a", "p0", True), "two of five": ("xaads", "a", "p1", True),
    "equally often": ("sxxs", "s", "p0", True),
}


@pytest.mark.parametrize(("votes", "status", "coder", "contested"), VOTES.values(), ids=VOTES)
@pytest.mark.parametrize("turned", [1, -1])
def test_the_most_frequent_status_stands_then_the_first_name(votes, status, coder, contested, turned):
    rows = [{"article_id": "a", "fact_id": "F1", "coder": f"p{i}", "status": walk.KEYS[vote],
             **({} if vote == "x" else {"start": 4, "end": 7, "text": "abc"})} for i, vote in enumerate(votes)]
    sentences = frame("sentences", [{"article_id": "a", "start": 0, "end": 20, "text": "Zwei abc und so fort", "position": 0,
                                     "paragraph": 0, "section": "lede"}])
    facts = frame("facts", [{"fact_id": "F1", "statement": "It is.", "kind": "k", "importance": "vital", "definition": "d",
                             "coding_rule": "r"}])
    compared = (sentences, facts, frame("mentions", []), frame("times", []))
    machine = coverage.coverage(frame("codings", []), *compared)
    [cell] = coverage.decided(machine, frame("cells", rows[::turned]), *compared).to_dict("records")
    assert (cell["status"], cell["coder"], cell["contested"]) == (walk.KEYS[status], coder, contested)


def test_a_persons_cell_is_marked_and_its_evidence_can_be_read(bridge):
    code(bridge, "ann", f"a,F1,absent,,,,,{WHEN}\nb,F1,stated,,19,25,,{WHEN}\n")
    code(bridge, "bob", f"b,F1,absent,,,,,{WHEN}\n")
    story = load_story(bridge)
    tables = analyse(story)
    evidence, reading = show.evidence(tables)._repr_html_(), show.reading(story.articles, tables)._repr_html_()
    assert "<small>coded by ann</small>" in evidence and "<small>coded by ann, contested</small>" in evidence
    links = re.findall(r'href="#([^"]+)"', evidence)
    assert "b-15" in links and all(f'id="{link}"' in reading for link in links)
    assert reading.count('href="#fact-F1"') == 1, "the passage that ann takes out is no longer noted"


def test_the_machine_is_measured_by_its_own_cells(bridge):
    gold = analyse(load_story(bridge)).coverage
    code(bridge, "ann", f"a,F1,absent,,,,,{WHEN}\n")
    tables = analyse(load_story(bridge))
    assert reliability.summary(tables, {"coverage": gold})[["f1", "also_right"]].values.tolist() == [[1, 1]]
    scored = agreement.of_machine(tables.cells, agreement.by_people(tables.coverage), tables.articles)
    assert scored[["cells", "found", "coded"]].values.tolist()[0] == [1, 1, 0]


# The walk


@pytest.fixture
def steps(bridge):
    story = load_story(bridge)
    tables = analyse(story)
    return story, tables, walk.begin(story, tables, "ann")


def test_a_walk_goes_through_every_cell_that_has_a_text(steps):
    assert steps[2].cells == (("a", "F1"), ("a", "F2"), ("b", "F1"), ("b", "F2"))
    assert (steps[2].cell, steps[2].left) == (("a", "F1"), 4)


def test_a_walk_is_saved_at_each_step_and_resumed(steps, bridge):
    story, tables, at = steps
    at = walk.decide(at, story, "attributed", passage=walk.text_of(at, tables).loc[4], speaker=" Ms Ruiz\udc80 ", note=" ")
    [saved] = load_story(bridge).codings
    assert (saved.cell, saved.speaker, saved.note) == (("a", "F1"), "Ms Ruiz?", None)
    assert story.articles[0].text[saved.start:saved.end] == "Ms Ruiz said that the ferry is old."
    at = walk.decide(walk.skip(at), story, "absent")
    assert (at.cell, at.left) == (("b", "F2"), 2)
    again = walk.begin(load_story(bridge), tables, "ann")
    assert (again.cell, again.left) == (("a", "F2"), 2), "what was skipped comes first"
    assert walk.begin(story, tables, "bob").left == 4
    again = walk.decide(walk.back(again), story, "absent")
    assert (again.decisions["a", "F1"].status, again.cell) == ("absent", ("a", "F2"))
    assert [one.status for one in load_story(bridge).codings] == ["absent", "absent"]


def test_two_windows_lose_nothing_of_each_other(steps):
    story, _, one = steps
    walk.decide(one, story, "absent")
    other = walk.decide(walk.skip(one), story, "absent")
    assert set(other.decisions) == {("a", "F1"), ("a", "F2")}


@pytest.mark.parametrize(("status", "given"), [("stated", False), ("absent", True)])
def test_evidence_goes_with_presence(steps, status, given):
    story, tables, at = steps
    with pytest.raises(ValueError, match="evidence"):
        walk.decide(at, story, status, passage=walk.text_of(at, tables).loc[1] if given else None)


def test_passages_tell_nothing_of_what_the_machine_found(story, tables):
    at = walk.begin(story, tables, "somebody")
    evidence = tables.coverage.set_index(["article_id", "fact_id"])
    while at.cell:
        found = walk.passages(at, tables)
        assert len(found) == walk.PASSAGES and found["position"].is_monotonic_increasing
        assert (found.index == found["position"] + 1).all()
        shown = evidence.loc[at.cell]
        assert (shown["nearest"] if shown["status"] == "absent" else shown["text"]) in set(found["text"])
        at = walk.skip(at)


@given(st.lists(st.sampled_from(["decide", "skip", "back"]), max_size=30))
def test_a_walk_never_leaves_its_cells(moves):
    cells = tuple(("a", f"F{i}") for i in range(5))
    at = walk.Walk("ann", cells, {})
    for move in moves:
        if move == "decide" and at.cell:
            at = walk.skip(replace(at, decisions=at.decisions | {at.cell: Decision("ann", *at.cell, "absent")}))
        elif move != "decide":
            at = getattr(walk, move)(at)
        assert 0 <= at.at <= len(cells) and at.left == len(cells) - len(at.decisions)
        assert set(walk.MEANING) == set(walk.KEYS.values()) == set(STATUSES)
