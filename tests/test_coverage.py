"""Which outlet has which fact: how a cell is filled, and what is counted from the cells."""

import json

import pandas as pd
import pytest

from analysis import tables
from analysis.measures import coverage as measures

FACTS = tables.frame("facts", [
    {"fact_id": fact_id, "statement": statement, "kind": "action", "importance": importance, "definition": "d",
     "coding_rule": "r"}
    for fact_id, statement, importance in (
        ("F1", "The council closed the bridge.", "vital"), ("F2", "The bridge is old.", "vital"),
        ("F3", "A ferry runs.", "okay"))])
TEXTS = {"a": ["The council shut the bridge.", "Trains are late.", "A ferry sails."],
         "b": ["It rains.", "The bridge is very old."]}


def _sentences() -> pd.DataFrame:
    """Each sentence of TEXTS; its first one starts at 0, the next at 100, and so on."""
    return tables.frame("sentences", [
        {"article_id": article_id, "start": 100 * i, "end": 100 * i + len(text), "text": text, "position": i,
         "paragraph": i, "section": "body"}
        for article_id, texts in TEXTS.items() for i, text in enumerate(texts)])


SENTENCES = _sentences()


def coding(article_id: str, fact_id: str, sentence: int, status: str = "stated", speaker: str | None = None, *,
           completeness: str = "full", spun: bool = False, kind: str = "fact", offset: int = 4) -> dict:
    start = 100 * sentence + offset
    return {"article_id": article_id, "start": start, "end": start + 3, "text": "abc", "code_id": fact_id,
            "kind": kind, "coder": "machine",
            "status": status, "speaker": speaker, "completeness": completeness,
            "elements": json.dumps([{"slot": "did", "alternative": "x", "start": start, "end": start + 3,
                                     "spun": spun}])}


UNANNOTATED = (tables.frame("mentions", []), tables.frame("times", []))


def cells_of(*codings: dict) -> pd.DataFrame:
    return measures.coverage(tables.frame("codings", list(codings)), SENTENCES, FACTS, *UNANNOTATED)


def cell(*codings: dict, article_id: str = "a", fact_id: str = "F1") -> dict:
    found = cells_of(*codings).set_index(["article_id", "fact_id"])
    return found.loc[(article_id, fact_id)].to_dict()


def test_every_pair_of_article_and_fact_has_a_cell_in_order():
    found = cells_of(coding("b", "F2", 1))
    assert list(zip(found["article_id"], found["fact_id"])) == [(a, f) for a in "ab" for f in ("F1", "F2", "F3")]
    assert list(found["status"]) == ["absent", "absent", "absent", "absent", "stated", "absent"]


STATED, SAID = coding("a", "F1", 2), coding("a", "F1", 1, "attributed", "Lopez")
DENIED = coding("a", "F1", 0, "disputed", "Ruiz")


@pytest.mark.parametrize(("codings", "status", "speaker", "text"), [
    ([STATED], "stated", None, "A ferry sails."),
    ([SAID], "attributed", "Lopez", "Trains are late."),
    ([SAID, STATED], "stated", None, "A ferry sails."),
    ([STATED, SAID], "stated", None, "A ferry sails."),
    ([STATED, SAID, DENIED], "disputed", "Ruiz", "The council shut the bridge."),
    ([SAID, coding("a", "F1", 2, "disputed")], "disputed", None, "A ferry sails."),
    ([coding("a", "F1", 1, "attributed")], "attributed", None, "Trains are late."),
])
def test_disputed_outweighs_stated_outweighs_attributed(codings, status, speaker, text):
    found = cell(*codings)
    assert (found["status"], found["text"]) == (status, text)
    assert found["speaker"] == speaker or pd.isna(found["speaker"]) and speaker is None


def test_the_evidence_is_the_whole_sentence():
    found = cell(coding("a", "F1", 2))
    assert (found["start"], found["end"], found["text"]) == (200, 214, "A ferry sails.")


def test_full_evidence_comes_before_partial_and_plain_before_spun():
    assert cell(coding("a", "F1", 0, completeness="partial"), coding("a", "F1", 1))["text"] == "Trains are late."
    assert cell(coding("a", "F1", 0, spun=True), coding("a", "F1", 1))["text"] == "Trains are late."
    assert cell(coding("a", "F1", 2), coding("a", "F1", 1))["text"] == "Trains are late.", "then the first"


@pytest.mark.parametrize(("codings", "completeness", "spun"), [
    ([coding("a", "F1", 0)], "full", False),
    ([coding("a", "F1", 0, completeness="partial")], "partial", False),
    ([coding("a", "F1", 0, completeness="partial"), coding("a", "F1", 1)], "full", False),
    ([coding("a", "F1", 0, spun=True)], "full", True),
    ([coding("a", "F1", 0, spun=True), coding("a", "F1", 1)], "full", False),
])
def test_completeness_and_spun(codings, completeness, spun):
    found = cell(*codings)
    assert (found["completeness"], found["spun"]) == (completeness, spun)


SAID_THRICE = [coding("a", "F1", i, "attributed", speaker) for i, speaker in enumerate(("Lopez", "Ruiz", "Ruiz"))]


def test_the_speaker_is_whoever_says_it_most_often():
    assert cell(*SAID_THRICE)["speaker"] == "Ruiz"


def test_the_evidence_is_said_by_the_speaker_of_the_cell():
    assert cell(*SAID_THRICE)["text"] == "Trains are late."


def test_frames_and_events_fill_no_cell():
    assert cell(coding("a", "F1", 0, kind="frame"), coding("a", "F1", 1, kind="event"))["status"] == "absent"


def test_an_absent_cell_shows_the_nearest_sentence():
    found = cells_of(coding("a", "F1", 0)).set_index(["article_id", "fact_id"])
    nearest = found[["nearest", "nearest_start", "nearest_end"]].apply(tuple, axis=1)
    assert nearest["a", "F3"] == ("A ferry sails.", 200, 214)
    assert nearest["b", "F2"] == ("The bridge is very old.", 100, 123)
    assert found.loc[("b", "F2"), "similarity"] == 1.0, "all words of the statement stand in it"
    assert 0 < found.loc[("b", "F1"), "similarity"] < 1
    assert found.loc[("a", "F1"), ["nearest", "nearest_start", "nearest_end", "similarity"]].isna().all()


CELLS = cells_of(coding("a", "F1", 0), coding("a", "F3", 2, "attributed", "Lopez"), coding("b", "F1", 0),
                 coding("b", "F2", 1, "disputed"))


def test_present():
    assert list(measures.present(CELLS)) == [True, False, True, True, True, False]


def test_recall():
    found = measures.recall(CELLS, FACTS)
    assert found.to_dict("index") == {"a": {"vital": 1, "okay": 1, "vital_recall": 0.5, "okay_recall": 1.0},
                                      "b": {"vital": 2, "okay": 0, "vital_recall": 1.0, "okay_recall": 0.0}}
    assert found.index.name == "article_id"


def test_recall_where_no_fact_is_merely_okay():
    found = measures.recall(CELLS[CELLS["fact_id"].ne("F3")], FACTS[FACTS["fact_id"].ne("F3")])
    assert list(found["vital_recall"]) == [0.5, 1.0]
    assert list(found["okay"]) == [0, 0] and found["okay_recall"].isna().all()


def test_only_in_one():
    found = measures.only_in_one(CELLS, FACTS)
    assert found[["article_id", "fact_id", "importance", "status", "text"]].values.tolist() == [
        ["a", "F3", "okay", "attributed", "A ferry sails."],
        ["b", "F2", "vital", "disputed", "The bridge is very old."]]
    assert list(found["statement"]) == ["A ferry runs.", "The bridge is old."]


@pytest.mark.parametrize(("told_by", "expected"), [(1, [("a", "F2", 1), ("b", "F3", 1)]), (2, [])])
def test_left_out(told_by, expected):
    found = measures.left_out(CELLS, FACTS, told_by=told_by)
    assert list(found[["article_id", "fact_id", "told_by"]].itertuples(index=False, name=None)) == expected


def test_what_nobody_tells_is_not_left_out():
    assert measures.left_out(cells_of(coding("a", "F1", 0)), FACTS, told_by=1)["fact_id"].tolist() == ["F1"]


def test_left_out_shows_the_nearest_sentence():
    found = measures.left_out(CELLS, FACTS, told_by=1)
    assert list(found["nearest"]) == [CELLS["nearest"][1], CELLS["nearest"][5]]


def test_what_was_recovered_from_an_altered_text_and_what_was_not():
    cells = cells_of(coding("a", "F1", 0, spun=True), coding("b", "F1", 0), coding("b", "F2", 1))
    articles = pd.DataFrame({"article_id": ["a", "b"], "condition": ["machine-altered", "complete"]})
    found = measures.in_altered(cells, FACTS, articles, told_by=1)
    assert found[["article_id", "fact_id", "how", "told_by", "passage"]].values.tolist() == [
        ["a", "F1", "recovered", 1, "The council shut the bridge."],
        ["a", "F2", "not recovered", 1, "The council shut the bridge."]], "nobody tells F3"
    assert measures.in_altered(cells, FACTS, articles)["how"].tolist() == ["recovered"], "what one other tells is not listed as lost"
    assert measures.in_altered(cells, FACTS, articles.assign(condition="complete")).empty


def test_a_single_article():
    alone = measures.coverage(tables.frame("codings", [coding("a", "F1", 0)]),
                              SENTENCES[SENTENCES["article_id"].eq("a")], FACTS, *UNANNOTATED)
    assert list(alone["status"]) == ["stated", "absent", "absent"]
    assert measures.recall(alone, FACTS).to_dict("index") == {
        "a": {"vital": 1, "okay": 0, "vital_recall": 0.5, "okay_recall": 0.0}}
    assert list(measures.only_in_one(alone, FACTS)["fact_id"]) == ["F1"]
    assert measures.left_out(alone, FACTS).empty


@pytest.mark.parametrize(("sentences", "facts"), [(SENTENCES[:0], FACTS), (SENTENCES, FACTS[:0]),
                                                  (SENTENCES[:0], FACTS[:0])],
                         ids=["no articles", "no facts", "neither"])
def test_nothing_gives_nothing(sentences, facts):
    empty = measures.coverage(tables.frame("codings", []), sentences, facts, *UNANNOTATED)
    assert empty.empty and list(empty.columns) == list(tables.TABLES["coverage"].columns)
    assert measures.recall(empty, facts).empty
    assert list(measures.recall(empty, facts).columns) == ["vital", "okay", "vital_recall", "okay_recall"]
    assert measures.only_in_one(empty, facts).empty
    assert measures.left_out(empty, facts).empty


def test_no_codings_at_all():
    found = cells_of()
    assert set(found["status"]) == {"absent"} and found["nearest"].notna().all()
