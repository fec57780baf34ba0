"""Who is quoted, how much, and with which verbs."""

import pandas as pd
import pytest

from analysis import tables
from analysis.annotators.quotations.lexicon import stance
from analysis.measures import voices

ARTICLES = tables.frame("articles", [
    {"article_id": article_id, "outlet_basis": "unknown", "published_basis": "unknown", "condition": "complete",
     "words": words, "sha256": "0", "account": article_id, "account_similarity": 1.0}
    for article_id, words in (("a", 40), ("b", 10))])


def quotation(article_id: str, quotation_id: str, start: int, text: str, speaker: str | None, kind: str = "direct",
              cue: str | None = "said",
              basis: str = "named", stance: str | None = None) -> dict:
    return {"article_id": article_id, "start": start, "end": start + len(text), "text": text,
            "quotation_id": quotation_id, "kind": kind,
            "cue": cue, "stance": stance, "speaker": speaker, "speaker_basis": basis if speaker else "unknown"}


def table(*rows: dict) -> pd.DataFrame:
    return tables.frame("quotations", list(rows))


QUOTATIONS = table(
    quotation("a", "q1", 0, "We regret this,", "Lopez"),                          # 3 words, split:
    quotation("a", "q1", 30, "all of it.", "Lopez"),                              # and 3 more
    quotation("a", "q2", 50, "the bridge was closed on Monday", "Lopez", "indirect", "Said"),
    quotation("a", "q3", 100, "Ruiz told us “never again” twice", "Berg", "mixed", "added"),
    quotation("a", "q4", 113, "never again", "Ruiz", "direct", "told"),           # nested in q3
    quotation("a", "q5", 150, "Go home", None, cue=None),
    quotation("b", "q1", 0, "No.", "Ruiz", cue="insisted", basis="pronoun"),
)


def test_shares_count_quotations_and_words():
    found = voices.shares(QUOTATIONS, ARTICLES)
    assert found[["article_id", "speaker", "quotations", "words", "direct_words"]].values.tolist() == [
        ["a", "Lopez", 2, 12, 6], ["a", "Berg", 1, 6, 0], ["a", "unknown speaker", 1, 2, 2], ["b", "Ruiz", 1, 1, 1]]
    assert list(found["share_of_quoted"]) == [12 / 20, 6 / 20, 2 / 20, 1]
    assert list(found["share_of_article"]) == [12 / 40, 6 / 40, 2 / 40, 1 / 10]


@pytest.mark.parametrize(("rows", "expected"), [
    pytest.param([(0, "a b c d e", "Berg"), (2, "b c", "Ruiz")], {"Berg": 5}, id="nested"),
    pytest.param([(0, "a b c d e", "Berg"), (0, "a b", "Ruiz")], {"Berg": 5}, id="nested at the beginning"),
    pytest.param([(0, "a b c d e", "Berg"), (6, "d e", "Ruiz")], {"Berg": 5}, id="nested at the end"),
    pytest.param([(0, "a b c d e", "Berg"), (2, "b c d", "Ruiz"), (4, "c", "Lopez")], {"Berg": 5}, id="nested twice"),
    pytest.param([(0, "a b c d e", "Berg"), (2, "b", "Ruiz"), (10, "f", "Ruiz")], {"Berg": 5, "Ruiz": 1},
                 id="nested, then not"),
    pytest.param([(0, "a b c", "Berg"), (4, "c d e", "Ruiz")], {"Berg": 3, "Ruiz": 3}, id="overlapping is not nested"),
    pytest.param([(0, "a b c", "Berg"), (5, "d e", "Ruiz")], {"Berg": 3, "Ruiz": 2}, id="touching is not nested"),
])
def test_what_is_nested_counts_once(rows, expected):
    found = table(*(quotation("a", f"q{i}", start, text, speaker) for i, (start, text, speaker) in enumerate(rows)))
    for order in (found, found[::-1]):
        assert voices.shares(order, ARTICLES).set_index("speaker")["words"].to_dict() == expected


def test_nesting_ends_with_the_article():
    found = table(quotation("a", "q1", 0, "a b c d e", "Berg"), quotation("b", "q1", 2, "b c", "Ruiz"))
    assert voices.shares(found, ARTICLES)["words"].tolist() == [5, 2]


def test_parts_of_a_split_quotation_are_one():
    split = table(*(quotation("a", "q1", start, text, "Berg") for start,
                    text in ((0, "one"), (10, "two three"), (30, "four"))))
    [row] = voices.shares(split, ARTICLES).to_dict("records")
    assert (row["quotations"], row["words"], row["share_of_quoted"], row["share_of_article"]) == (1, 4, 1.0, 0.1)


def test_bases():
    assert voices.bases(QUOTATIONS).to_dict("index") == {"a": {"named": 5, "pronoun": 0, "unknown": 1},
                                                         "b": {"named": 0, "pronoun": 1, "unknown": 0}}


def test_no_quotations():
    found = voices.shares(table(), ARTICLES)
    assert found.empty
    assert list(found.columns) == ["article_id", "speaker", "quotations", "words", "direct_words", "share_of_quoted",
                                   "share_of_article"]
    assert voices.bases(table()).empty


ACTORS = tables.frame("actors", [
    {"actor_id": name.lower(), "name": name, "kind": "person", "camp": camp, "definition": "d", "coding_rule": "r"}
    for name, camp in (("Lopez", "city"), ("Berg", "city"), ("Ruiz", None))])


def test_shares_add_up_by_camp():
    found = voices.by_camp(voices.shares(QUOTATIONS, ARTICLES), ACTORS)
    assert found[["article_id", "speaker", "quotations", "words"]].values.tolist() == [
        ["a", "city", 3, 18], ["a", "unknown speaker", 1, 2], ["b", "Ruiz", 1, 1]]
    assert found.groupby("article_id")["share_of_quoted"].sum().tolist() == pytest.approx([1, 1])


def test_who_is_no_actor_of_the_codebook_is_said_to_be_none():
    found = voices.by_camp(voices.shares(QUOTATIONS, ARTICLES), ACTORS[:1])
    assert set(found["speaker"]) == {"city", "not in the codebook", "unknown speaker"}


def test_entrances_tell_where_each_speaker_is_first_heard():
    sentences = tables.frame("sentences", [
        {"article_id": "a", "start": start, "end": start + 50, "text": "x" * 50, "position": n, "paragraph": n, "section": section}
        for n, (start, section) in enumerate([(0, "headline"), (50, "lede"), (100, "body"), (150, "body")])])
    found = voices.entrances(QUOTATIONS[QUOTATIONS["article_id"].eq("a")], sentences)
    assert found[["speaker", "order", "section", "sentence_number", "of_sentences"]].values.tolist() == [
        ["Lopez", 1, "headline", 1, 4], ["Berg", 2, "body", 3, 4], ["Ruiz", 3, "body", 3, 4],
        ["unknown speaker", 4, "body", 4, 4]]


def test_stances_count_quotations_and_name_the_verbs_that_are_not_neutral():
    found = voices.stances(table(
        quotation("a", "q1", 0, "We regret this,", "Lopez", stance="neutral"),
        quotation("a", "q1", 30, "all of it.", "Lopez", stance="neutral"),
        quotation("a", "q2", 50, "It was closed.", "Lopez", cue="claimed", stance="doubting"),
        quotation("a", "q3", 70, "It was open.", "Lopez", cue="insisted", stance="assertive"),
        quotation("a", "q4", 90, "Go home", None, cue="insisted", stance="assertive"),
        quotation("b", "q1", 0, "No.", "Ruiz", cue="in a letter")))
    assert found[["article_id", "speaker", "neutral", "assertive", "doubting", "denying", "verbs"]].values.tolist() == [
        ["a", "Lopez", 1, 1, 1, 0, "claimed, insisted"], ["a", "unknown speaker", 0, 1, 0, 0, "insisted"]]
    assert voices.stances(table()).empty


def test_the_stance_of_a_cue_is_its_verbs(nlp):
    doc = nlp("Officials claimed that the bridge was safe, according to Lopez, who insisted on it in a letter.")
    words = {text: stance(doc.char_span(doc.text.index(text), doc.text.index(text) + len(text)))
             for text in ("claimed", "according to", "insisted", "in a letter")}
    assert words == {"claimed": "doubting", "according to": "neutral", "insisted": "assertive", "in a letter": None}
