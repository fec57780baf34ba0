"""Terms, and the passage that is most like a fact."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import tables
from analysis.measures import nearest
from analysis.measures.terms import bag, day, numbered, terms
from analysis.measures.words import WORD


@pytest.mark.parametrize(("text", "expected"), [
    ("eight", ["=8"]), ("8", ["=8"]), ("twenty-four boats", ["=24", "boat"]), ("3 million", ["=3000000"]),
    ("three million", ["=3000000"]), ("1,200.5", ["=1200.5"]), ("from 20 to 10", ["=20", "=10"]), ("20-10", ["=20", "=10"]),
    ("one of the two", []), ("twenty-one", ["=21"]), ("1.2.3", ["=1.2.3"]),
    ("two hundred thousand", ["=200000"]), ("2 trillion", ["=2000000000000"]),
    ("closed, closing, closes, close", ["clos"] * 4),
])
def test_terms(text, expected):
    assert [word.term for word in terms(text)] == expected


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=60) | st.text(
    alphabet="8 ,.-½٣²onetw millidzx’", max_size=60))
def test_terms_stand_where_they_say_and_are_the_same_without_places(text):
    found = terms(text)
    assert {word.term for word in found} == bag(text)
    for word, following in zip(found, found[1:]):
        assert word.end <= following.start
    assert all(WORD.match(text, word.start) and word.end <= len(text) for word in found)


@pytest.mark.parametrize("text", ["9" * 5000, "hundred " * 5000 + "thousand", "1.5" + " dozen" * 5000])
def test_a_number_too_long_to_read_is_a_term_all_the_same(text):
    assert bag(text) == {f"={text}"}


@pytest.mark.parametrize(("value", "expected"), [
    ("2021-10-18", "#2021-10-18"), ("2021-10", "#2021-10"), ("2021", "#2021"), ("2021-W41", None), ("P18M", None), ("PAST_REF", None)])
def test_days(value, expected):
    assert day(value) == expected


SAID = {"a": ["The mayor closed eight bridges on Monday.", "Trains are late.", "A boat sank in 2019.", "Ms Ruiz regrets it."]}
SENTENCES = tables.frame("sentences", [
    {"article_id": article_id, "start": 100 * i, "end": 100 * i + len(text), "text": text, "position": i, "paragraph": 0,
     "section": "body"} for article_id, texts in SAID.items() for i, text in enumerate(texts)])
MENTIONS = tables.frame("mentions", [
    {"article_id": "a", "start": 0, "end": 9, "text": "The mayor", "actor_id": "ruiz"},
    {"article_id": "a", "start": 300, "end": 307, "text": "Ms Ruiz", "actor_id": "ruiz"}])
TIMES = tables.frame("times", [
    {"article_id": "a", "start": 33, "end": 39, "text": "Monday", "type": "DATE", "value": "2021-10-18", "reach": "[]"}])


def fact(statement: str, definition: str = "?") -> pd.DataFrame:
    return tables.frame("facts", [{"fact_id": "F", "statement": statement, "kind": "k", "importance": "vital",
                                   "definition": definition, "coding_rule": "r"}])


@pytest.mark.parametrize(("statement", "expected"), [
    ("8 bridges are shut.", 0),  # a number by its value
    ("It happened on 18 October 2021.", 0),  # a day by its date
    ("In 2019 a ferry was lost.", 2),
    ("Trains were late.", 1),
])
def test_the_nearest_passage_has_the_words_however_they_are_written(statement, expected):
    [(_, scores)] = nearest.similarities(fact(statement), SENTENCES, MENTIONS, TIMES)
    assert scores.argmax() == expected
    assert ((0 <= scores) & (scores <= 1)).all()


def test_an_actor_is_one_by_any_name():
    [(_, scores)] = nearest.similarities(fact("The mayor sings."), SENTENCES, MENTIONS, TIMES)
    assert scores[3] > scores[1] == 0, "Ms Ruiz is the mayor"


def test_the_similarity_is_the_share_of_the_weighted_words():
    [(_, scores)] = nearest.similarities(fact("Trains are late.", "A delay."), SENTENCES, MENTIONS, TIMES)
    assert scores.round(6).tolist() == [0, 0.8, 0, 0], "two rare words of the statement, one as rare of the definition by half"
    [(_, scores)] = nearest.similarities(fact("!"), SENTENCES, MENTIONS, TIMES)
    assert scores.tolist() == [0, 0, 0, 0]


def test_the_first_of_equals_is_the_best_of_its_article():
    assert nearest.best(np.array([0.5, 0.1, 0.5, 0.0, 0.7, 0.7]), np.array([0, 1, 0, 1, 1, 1])).tolist() == [0, 4]


def test_a_passage_outside_all_sentences_is_in_none():
    passages = pd.DataFrame({"article_id": ["a", "a", "b", "a"], "start": [0, 60, 0, 399]})
    assert numbered(passages, SENTENCES).tolist() == [0, -1, -1, -1]


@given(texts=st.lists(st.text(max_size=30), min_size=1, max_size=4), statement=st.text(min_size=1, max_size=40), value=st.text(max_size=10))
def test_any_words_have_a_similarity(texts, statement, value):
    sentences = pd.DataFrame({"article_id": "a", "start": range(0, 100 * len(texts), 100), "text": texts}).assign(end=lambda s: s["start"] + 99)
    mentions = pd.DataFrame({"article_id": ["a"], "start": [0], "text": [statement[:5]], "actor_id": ["x"]})
    times = pd.DataFrame({"article_id": ["a"], "start": [0], "value": [value]})
    [(_, scores)] = nearest.similarities(fact(statement, statement), sentences, mentions, times)
    assert ((0 <= scores) & (scores <= 1)).all()
