"""The different words for the same fact."""

import json

import pandas as pd

from analysis import tables
from analysis.measures import wording


def coding(article_id: str, fact_id: str, start: int, *elements: tuple[str, str, str, bool], status: str = "stated",
           speaker: str | None = None,
           kind: str = "fact") -> dict:
    """A coding whose text is its elements' words, parted by blanks; an element is (slot, wording, words, spun)."""
    text, found = "", []
    for slot, alternative, words, spun in elements:
        text += " " * bool(text)
        found.append({"slot": slot, "alternative": alternative, "start": start + len(text),
                      "end": start + len(text) + len(words), "spun": spun})
        text += words
    return {"article_id": article_id, "start": start, "end": start + len(text), "text": text, "code_id": fact_id,
            "kind": kind,
            "coder": "machine", "status": status, "speaker": speaker, "elements": json.dumps(found),
            "completeness": "full"}


CODINGS = tables.frame("codings", [
    coding("a", "F1", 100, ("who", "<council>", "The council", False), ("did", "close", "closed", False)),
    coding("a", "F1", 200, ("did", "close", "closing", False), status="attributed", speaker="Lopez"),
    coding("a", "F1", 300, ("did", "close", "closed", False), status="attributed"),
    coding("b", "F1", 50, ("did", "shut", "shut", False)),
    coding("b", "F1", 80, ("did", "adjacent", "adjacent", True)),
    coding("b", "F2", 10, ("did", "sail", "sails", False)),
    coding("c", "F3", 10, ("what", "ferry", "ferry", False)),
    coding("a", "calm", 10, ("did", "close", "closed", False), kind="frame"),
])


def test_words_used_are_cut_out_of_the_passage():
    found = wording.words_used(CODINGS)
    assert found[["article_id", "fact_id", "slot", "wording", "words", "spun", "start", "end"]].values.tolist() == [
        ["a", "F1", "who", "<council>", "The council", False, 100, 111],
        ["a", "F1", "did", "close", "closed", False, 112, 118],
        ["a", "F1", "did", "close", "closing", False, 200, 207], ["a", "F1", "did", "close", "closed", False, 300, 306],
        ["b", "F1", "did", "shut", "shut", False, 50, 54], ["b", "F1", "did", "adjacent", "adjacent", True, 80, 88],
        ["b", "F2", "did", "sail", "sails", False, 10, 15], ["c", "F3", "what", "ferry", "ferry", False, 10, 15]]
    assert list(found["status"])[:4] == ["stated", "stated", "attributed", "attributed"]
    assert found["speaker"][2] == "Lopez"


def test_contrast_sets_the_articles_side_by_side():
    assert wording.contrast(CODINGS, "F1").values.tolist() == [
        ["a", "close", "closed | closing", 3, "outlet, Lopez, unnamed"],
        ["b", "adjacent", "adjacent", 1, "outlet"], ["b", "shut", "shut", 1, "outlet"]]
    assert wording.contrast(CODINGS, "F1", slot="who").values.tolist() == [["a", "<council>", "The council", 1,
                                                                            "outlet"]]


def test_varied_ranks_facts_by_their_wordings():
    found = wording.varied(CODINGS)
    assert found.index.name == "fact_id"
    assert found.to_dict("index") == {"F1": {"articles": 2, "different": 3, "wordings": "close | shut | adjacent"},
                                      "F2": {"articles": 1, "different": 1, "wordings": "sail"}}
    assert list(found.index) == ["F1", "F2"]


def test_a_single_article():
    found = wording.varied(CODINGS[CODINGS["article_id"].eq("a")])
    assert found.to_dict("index") == {"F1": {"articles": 1, "different": 1, "wordings": "close"}}


def test_no_codings():
    for none in (CODINGS[:0], CODINGS[CODINGS["kind"].eq("frame")]):
        assert wording.words_used(none).empty and "spun" in wording.words_used(none)
        assert list(wording.contrast(none, "F1").columns) == ["article_id", "wording", "words", "times", "voices"]
        assert list(wording.varied(none).columns) == ["articles", "different", "wordings"]
        assert isinstance(wording.contrast(none, "F1"), pd.DataFrame) and wording.contrast(none, "F1").empty


def test_a_fact_or_slot_that_nobody_has():
    assert wording.contrast(CODINGS, "F9").empty
    assert wording.contrast(CODINGS, "F3").empty
    assert wording.varied(CODINGS, slot="why").empty
