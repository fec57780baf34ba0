"""The same utterance as several articles quote it, and how passages are told to be alike."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import tables
from analysis.measures.versions import versions
from analysis.measures.words import differences, tokens

ARTICLES = tables.frame("articles", [
    {"article_id": article_id, "outlet_basis": "unknown", "published_basis": "unknown", "condition": condition,
     "words": 100, "sha256": "0", "account": article_id, "account_similarity": 1.0}
    for article_id, condition in (("a", "complete"), ("b", "excerpt"), ("c", "complete"), ("spun", "machine-altered"))])


def story(*said):
    """Return quotations and sentences: one quotation for each (article, speaker, kind, sentences), an article after the other."""
    quotations, sentences, at = [], [], {}
    for number, (article_id, speaker, kind, *texts) in enumerate(said):
        start = at.get(article_id, 0)
        whole = " ".join(texts)
        quotations.append({"article_id": article_id, "start": start, "end": start + len(whole), "text": whole,
                           "quotation_id": f"q{number}", "kind": kind, "speaker": speaker,
                           "speaker_basis": "named" if speaker else "unknown"})
        for text in texts:
            sentences.append({"article_id": article_id, "start": start, "end": start + len(text), "text": text,
                              "position": sum(s["article_id"] == article_id for s in sentences), "paragraph": 0, "section": "body"})
            start += len(text) + 1
        at[article_id] = start
    return tables.frame("quotations", quotations), tables.frame("sentences", sentences)


def found(*said):
    table = versions(*story(*said), ARTICLES)
    return [(row.utterance, row.article_id, row.relation) for row in table.itertuples()]


LONG = "We deplore the closure of the harbour, and our ferries will sail from Monday all the same."
CUT = "We deplore the closure of the harbour."
OTHER = "We regret the closure of the harbour, and our ferries are going to sail from Monday nevertheless."
APART = "The mayor has never answered a single letter from the pilots."


@pytest.mark.parametrize("said, expected", [
    pytest.param([("a", "Lee", "direct", LONG), ("b", "Lee", "direct", LONG.upper())],
                 [("u1", "a", "fullest"), ("u1", "b", "verbatim")], id="case decides nothing"),
    pytest.param([("a", "Lee", "direct", CUT), ("b", "Lee", "direct", LONG)],
                 [("u1", "b", "fullest"), ("u1", "a", "cut")], id="the fullest stands first"),
    pytest.param([("a", "Lee", "direct", LONG), ("b", "Lee", "direct", OTHER)],
                 [("u1", "a", "fullest"), ("u1", "b", "reworded")], id="in other words"),
    pytest.param([("spun", "Lee", "direct", OTHER), ("a", "Lee", "direct", LONG)],
                 [("u1", "a", "fullest"), ("u1", "spun", "altered")], id="an altered text is never the fullest"),
    pytest.param([("a", "Lee", "direct", LONG), ("b", "Lee", "direct", APART)], [], id="another matter"),
    pytest.param([("a", "Lee", "direct", LONG, LONG)], [], id="one article alone"),
    pytest.param([("a", "Lee", "direct", LONG), ("b", "Ruiz", "direct", LONG)],
                 [("u1", "a", "fullest"), ("u1", "b", "verbatim")], id="another speaker, the same words"),
    pytest.param([("a", "Lee", "direct", LONG), ("b", "Lee", "direct", LONG), ("c", "Lee", "indirect", OTHER)],
                 [("u1", "a", "fullest"), ("u1", "b", "verbatim"), ("u1", "c", "reworded")],
                 id="what two have word for word is not put under another wording"),
    pytest.param([("a", "Lee", "direct", "We regret this."), ("b", "Lee", "direct", "We regret this.")],
                 [("u1", "a", "fullest"), ("u1", "b", "verbatim")], id="short, but word for word"),
    pytest.param([("a", "Lee", "direct", "We regret this."), ("b", "Lee", "direct", "We regret that.")], [],
                 id="short, and not the same"),
    pytest.param([("a", "Lee", "direct", APART, LONG), ("b", "Lee", "indirect", CUT), ("c", "Lee", "direct", APART)],
                 [("u1", "a", "fullest"), ("u1", "c", "verbatim"), ("u2", "a", "fullest"), ("u2", "b", "cut")],
                 id="sentence by sentence"),
])
def test_versions(said, expected):
    assert found(*said) == expected


def test_what_one_article_joins_another_may_part():
    joined = "As a result of the closure we have no conditions for trade, and in reply we suspend the work of our bank."
    parted = ["They leave us no conditions for any trade as a result.", "In reply we suspend the work of our bank."]
    filler = [("a", "Ruiz", "direct", APART, "Nothing else was known.", "The pilots went home early.")]
    assert found(("c", "Lee", "direct", joined), ("b", "Lee", "direct", *parted), *filler) == [
        ("u1", "c", "fullest"), ("u1", "b", "reworded"), ("u1", "b", "cut")]


WORDS = st.lists(st.sampled_from("we they regret closed harbour ferry Monday pilots sail the of and letter bank".split()),
                 min_size=1, max_size=12).map(" ".join)
SAID = st.lists(st.tuples(st.sampled_from(["a", "b", "c", "spun"]), st.sampled_from(["Lee", "Ruiz", None]),
                          st.sampled_from(["direct", "indirect", "mixed"]), WORDS), max_size=8)


@settings(max_examples=60, deadline=None)
@given(SAID)
def test_every_version_is_what_its_article_says_and_stands_once(said):
    quotations, sentences = story(*said)
    table = versions(quotations, sentences, ARTICLES)
    whole = {(q.article_id, q.quotation_id): q for q in quotations.itertuples()}
    for row in table.itertuples():
        quotation = whole[row.article_id, row.quotation_id]
        assert quotation.text[row.start - quotation.start : row.end - quotation.start] == row.text
    assert not table.duplicated(["article_id", "start", "end"]).any()
    for _, own in table.groupby("utterance"):
        assert own["relation"].eq("fullest").sum() == 1 and own["article_id"].nunique() > 1


@given(WORDS, WORDS)
def test_what_is_not_marked_stands_in_the_fuller_version_in_that_order(text, fullest):
    kept, at = "", 0
    for start, end, how in differences(text, fullest):
        assert at <= start <= end and (how == "added") == (start < end)
        kept, at = kept + text[at:start], end
    left = iter(tokens(fullest))
    assert all(word in left for word in tokens(kept + text[at:]))


def test_no_quotations():
    empty = tables.frame("quotations", [])
    assert versions(empty, tables.frame("sentences", []), ARTICLES).empty
    assert isinstance(versions(empty, tables.frame("sentences", []), ARTICLES), pd.DataFrame)
