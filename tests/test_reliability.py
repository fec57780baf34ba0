"""How far the machine can be trusted: what is compared with what, and how it is counted."""

from dataclasses import replace

import pandas as pd
import pytest

from analysis.measures import reliability


def passages(*rows: tuple, columns: tuple = ()) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["article_id", "start", "end", *columns])


def paired(found, gold, overlap: float, **more) -> list[tuple]:
    pairs = reliability.pair_passages(found, gold, overlap=overlap, **more)
    return sorted(pairs[["found", "gold"]].itertuples(index=False, name=None))


@pytest.mark.parametrize(("counts", "expected"), [
    ((3, 4, 3, 6), (0.75, 0.5, 0.6)),
    ((2, 2, 2, 2), (1, 1, 1)),
    ((0, 5, 0, 5), (0, 0, 0)),
    ((0, 0, 0, 5), (0, 0, 0)),
    ((0, 5, 0, 0), (0, 1, 0)),
    ((0, 0, 0, 0), (1, 1, 1)),
])
def test_precision_recall(counts, expected):
    assert tuple(reliability.precision_recall(*counts).values()) == pytest.approx(expected)


@pytest.mark.parametrize(("found", "gold", "overlap", "expected"), [
    pytest.param([("a", 0, 10)], [("a", 0, 10)], 1, [(0, 0)], id="the same"),
    pytest.param([("a", 0, 10)], [("a", 0, 8)], 0.8, [(0, 0)], id="8 of 10 characters"),
    pytest.param([("a", 0, 10)], [("a", 0, 8)], 0.81, [], id="too little"),
    pytest.param([("a", 0, 10)], [("a", 5, 15)], 1 / 3, [(0, 0)], id="5 of 15 characters"),
    pytest.param([("a", 0, 10)], [("a", 10, 20)], 0, [], id="touching is no overlap"),
    pytest.param([("a", 0, 10)], [("b", 0, 10)], 0, [], id="another article"),
    pytest.param([("a", 0, 10), ("a", 2, 10)], [("a", 0, 10)], 0.1, [(0, 0)], id="gold is found once"),
    pytest.param([("a", 0, 10)], [("a", 0, 4), ("a", 4, 10)], 0.1, [(0, 1)], id="the better one is paired"),
    pytest.param([("a", 0, 10), ("a", 8, 20)], [("a", 0, 9), ("a", 0, 10)], 0.01, [(0, 1), (1, 0)],
                 id="what the best pair leaves is paired again"),
    pytest.param([("a", 0, 10), ("a", 9, 20)], [("a", 2, 12), ("a", 0, 3)], 0.01, [(0, 0)],
                 id="best first, though two pairs were possible"),
    pytest.param([], [("a", 0, 10)], 0.1, [], id="nothing found"),
    pytest.param([("a", 0, 10)], [], 0.1, [], id="nothing to find"),
    pytest.param([], [], 0.1, [], id="nothing"),
])
def test_pairing_is_greedy_and_one_to_one(found, gold, overlap, expected):
    assert paired(passages(*found), passages(*gold), overlap) == expected


def test_pairs_are_named_by_the_labels_of_their_rows():
    found = passages(("a", 0, 10), ("a", 20, 30)).set_axis([7, 5])
    assert paired(found, passages(("a", 20, 30)).set_axis(["x"]), 1) == [(5, "x")]


def test_pairs_may_have_to_agree_in_a_column():
    found = passages(("a", 0, 10, "calm"), ("a", 0, 9, "blame"), columns=("frame_id",))
    gold = passages(("a", 0, 10, "blame"), columns=("frame_id",))
    assert paired(found, gold, 0.5) == [(0, 0)]
    assert paired(found, gold, 0.5, also=["frame_id"]) == [(1, 0)]


def test_missed():
    gold = passages(("a", 0, 10), ("a", 20, 30), ("b", 0, 10))
    found = passages(("a", 0, 10), ("b", 50, 60))
    assert list(reliability.missed(found, gold, overlap=0.5).index) == [1, 2]
    assert list(reliability.missed(gold, found, overlap=0.5).index) == [1], "exchanged: what was found too much"


def test_of_passages():
    found = passages(("a", 0, 10, "Lopez"), ("a", 20, 30, None), ("a", 40, 50, "Ruiz"), ("a", 60, 70, "Ruiz"),
                     columns=("speaker",))
    gold = passages(("a", 0, 10, "Lopez"), ("a", 20, 30, None), ("a", 40, 50, None), columns=("speaker",))
    [row] = reliability.of_passages(found, gold, overlap=0.8, right="speaker").to_dict("records")
    assert row == {"found": 4, "gold": 3, "precision": 0.75, "recall": 1.0, "f1": pytest.approx(6 / 7),
                   "speaker": pytest.approx(2 / 3)}
    assert "speaker" not in reliability.of_passages(found, gold, overlap=0.8)


CELLS = pd.DataFrame([
    ("a", "F1", "stated", None, "s1"), ("a", "F2", "attributed", "Lopez", "s2"),
    ("a", "F3", "attributed", "Ruiz", "s3"),
    ("a", "F4", "absent", None, None), ("b", "F1", "stated", None, "s4"), ("b", "F2", "absent", None, None),
], columns=["article_id", "fact_id", "status", "speaker", "text"])
GOLD = pd.DataFrame([
    ("b", "F2", "stated", None, "g6"), ("b", "F1", "absent", None, None), ("a", "F4", "absent", None, None),
    ("a", "F3", "attributed", "Lopez", "g3"), ("a", "F2", "attributed", "Lopez", "g2"),
    ("a", "F1", "attributed", "Ruiz", "g1"),
], columns=["article_id", "fact_id", "status", "speaker", "text"])


def test_of_coverage():
    [row] = reliability.of_coverage(CELLS, GOLD).to_dict("records")
    assert row == {"cells": 6, "precision": 0.75, "recall": 0.75, "f1": 0.75, "status": 0.5, "speaker": 0.5}


def test_differences():
    found = reliability.differences(CELLS, GOLD)
    shown = found[["article_id", "fact_id", "status", "status_gold", "text", "text_gold"]]
    assert shown.fillna("").values.tolist() == [
        ["a", "F1", "stated", "attributed", "s1", "g1"], ["b", "F1", "stated", "absent", "s4", ""],
        ["b", "F2", "absent", "stated", "", "g6"]]


def test_what_agrees_with_itself_is_perfect(tables):
    """The story's tables against themselves: every annotator is right."""
    frames = tables.codings[tables.codings["kind"].eq("frame")].rename(columns={"code_id": "frame_id"})
    gold = {"coverage": tables.coverage, "times": tables.times, "quotations": tables.quotations, "frames": frames}
    found = reliability.summary(tables, gold)
    assert list(found.index) == ["facts (status)", "times", "quotations (speaker)", "framing devices (voice)"]
    assert (found[["precision", "recall", "f1"]] == 1).all(axis=None)
    assert (found["also_right"].drop("times") == 1).all() and pd.isna(found.loc["times", "also_right"])
    assert list(found["found"]) == list(found["gold"]) == [
        tables.coverage["status"].ne("absent").sum(), len(tables.times), len(tables.quotations), len(frames)]


def test_a_summary_counts_what_is_missing_and_what_is_too_much(tables):
    half = tables.times.iloc[::2]
    found = reliability.summary(tables, {"times": half}).loc["times"]
    assert (found["found"], found["gold"], found["recall"]) == (len(tables.times), len(half), 1)
    assert found["precision"] == pytest.approx(len(half) / len(tables.times))
    other = reliability.summary(tables, {"times": tables.times.assign(value="2000")}).loc["times"]
    assert (other["precision"], other["recall"], other["f1"]) == (0, 0, 0), "a time needs the right value"
    moved = tables.quotations.assign(speaker="nobody")
    assert reliability.summary(tables, {"quotations": moved})["also_right"].tolist() == [0]


def test_a_summary_of_nothing(tables):
    assert list(reliability.summary(tables, {}).columns) == ["found", "gold", "precision", "recall", "f1", "also_right"]
    nothing = replace(tables, times=tables.times[:0], quotations=tables.quotations[:0])
    found = reliability.summary(nothing, {"times": tables.times, "quotations": tables.quotations})
    assert (found[["precision", "recall", "f1"]] == 0).all(axis=None)
