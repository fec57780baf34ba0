"""What `tellings check` says of wordings: which match nothing or very much, and which facts never stand apart."""

import pytest

from analysis import analyse
from analysis.articles import Article
from analysis.codebook import Codebook
from analysis.measures.matching import always_together, by_wording

TEXTS = {
    "a": "The council shut the harbour on Monday. The ferry sank. Boats were lost at the harbour. Nobody was hurt.",
    "b": "The harbour was closed by the council. The ferry went down, and boats were lost. Rain fell. The harbour stayed empty.",
}
FACTS = {
    "shut": [{"did": ["shut", "close"], "what": "harbour"}, {"did": "seal", "what": "harbour"}],
    "ferry": ["the ferry"],
    "boats": [{"did": "lose", "what": "boat"}],
    "place": ["harbour"],
    "by-council": [{"who": "council", "did": ["shut", "close"]}],
    "storm": ["storm"],
}


@pytest.fixture(scope="module")
def book():
    told = {"statement": "s", "kind": "deed", "importance": "vital", "definition": "d", "coding_rule": "c"}
    return Codebook.model_validate({"facts": [{"fact_id": fact, "wordings": wordings, **told} for fact, wordings in FACTS.items()]})


@pytest.fixture(scope="module")
def articles():
    return [Article(article_id=article_id, text=text) for article_id, text in TEXTS.items()]


def test_each_wording_is_counted_on_its_own(book, articles):
    apart, origins = book.apart()
    found = analyse(articles, apart)
    matched = by_wording(found.codings, found.sentences, origins).set_index(["code_id", "wording"])
    assert matched["sentences"].to_dict() == {("shut", 1): 2, ("shut", 2): 0, ("ferry", 1): 2, ("boats", 1): 2, ("place", 1): 4,
                                              ("by-council", 1): 2, ("storm", 1): 0}
    assert matched["articles"].to_dict()["place", 1] == 2
    assert matched[matched["remark"].eq("nothing")].index.tolist() == [("shut", 2), ("storm", 1)]


def test_very_much_is_said_of_many_sentences_only(book, articles):
    apart, origins = book.apart()
    longer = [Article(article_id=f"{article.article_id}{i}", text=article.text) for article in articles for i in range(2)]
    found = analyse(longer, apart)
    matched = by_wording(found.codings, found.sentences, origins)
    assert matched.loc[matched["remark"].eq("very much"), "code_id"].tolist() == ["place"]  # 8 of 16 sentences


def test_facts_that_never_stand_apart(book, articles):
    apart, origins = book.apart()
    found = analyse(articles, apart)
    pairs = always_together(found.codings, found.sentences, origins)
    assert pairs.to_dict("records") == [{"one": "by-council", "other": "shut", "sentences": 2}]


def test_without_codes_there_is_nothing_to_say(articles):
    found = analyse(articles, Codebook())
    assert by_wording(found.codings, found.sentences, {}).empty and always_together(found.codings, found.sentences, {}).empty
