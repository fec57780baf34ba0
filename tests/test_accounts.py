"""Copies of one account: told in the table of articles, listed, and folded away from every table when asked."""

from dataclasses import fields

import pandas as pd
import pytest

from analysis import analyse, figures, show
from analysis.articles import Article
from analysis.codebook import Codebook
from analysis.measures import accounts, coverage, framing, voices

BODY = """The city closed the old bridge on Monday after an engineer had found cracks in two of its pillars.

Ms Ruiz said that the ferry would carry the workers of the harbour until a new bridge was built. The council called the \
closure reckless and asked who would pay for the boats. Nobody had told the shops on the island, which fear for their trade.
"""
OTHER = """Boats are full again on the river this week, and the passengers blame the mayor for it.

A baker who crosses every morning said that he had waited an hour in the rain. The harbour promised a second ferry.
"""
BOOK = Codebook.model_validate({
    "actors": [{"actor_id": "ruiz", "name": "Ada Ruiz", "kind": "person", "pronoun": "she", "aliases": ["Ruiz"],
                "definition": "She.", "coding_rule": "Named."}],
    "facts": [{"fact_id": "F1", "statement": "The bridge closed.", "kind": "action", "importance": "vital",
               "definition": "Shut.", "coding_rule": "Or closed.", "wordings": [{"did": "close", "what": "bridge"}]}],
    "frames": [{"frame_id": "danger", "name": "Danger", "definition": "Risk.", "coding_rule": "Words of risk.",
                "devices": ["reckless"]}],
})


def article(article_id: str, title: str, body: str, outlet: str, day: str = "2021-10-18") -> Article:
    return Article(article_id=article_id, text=f"{title}\n\n{body}", layout={1: "headline"}, outlet=outlet,
                   outlet_basis="stated", title=title, published_earliest=day, published_latest=day, published_basis="stated", condition="complete")


@pytest.fixture(scope="module")
def raw():
    cut = BODY[: BODY.index(" Nobody")]
    return analyse([article("cut", "Bridge shut", cut, "Echo"), article("late", "Closed", BODY, "Star", "2021-10-19"),
                    article("wire", "Old bridge closed", BODY, "Wire"), article("own", "Rain", OTHER, "Herald")], BOOK)


def test_articles_name_the_account_they_tell_whatever_their_headlines(raw):
    known = raw.articles.set_index("article_id")
    assert known["account"].to_dict() == {"cut": "wire", "late": "wire", "wire": "wire", "own": "own"}
    assert known["account_similarity"].tolist() == [1.0] * 4


def test_copies_are_listed_by_their_labels(raw):
    assert accounts.copies(raw.articles)[["copy", "account"]].to_numpy().tolist() == [["Echo", "Wire"], ["Star", "Wire"]]
    shown = show.accounts(raw.articles)
    assert repr(shown).startswith("4 articles, 2 accounts. ") and "Echo" in str(shown.html)
    none = show.accounts(accounts.folded(raw).articles)
    assert repr(none) == "2 articles, 2 accounts: no article is a near-identical copy of another."


def test_folded_tables_have_one_article_an_account_and_lose_nothing_else(raw):
    once = accounts.folded(raw)
    for field in fields(raw):
        before, after = getattr(raw, field.name), getattr(once, field.name)
        if "article_id" in before:
            before = before[before["article_id"].isin(["wire", "own"])].reset_index(drop=True)
        pd.testing.assert_frame_equal(after, before)
    assert len(raw.articles) == 4, "the tables given stay as they are"


def test_every_measure_counts_raw_and_folded(raw):
    once = accounts.folded(raw)
    told_by = [coverage.left_out(t.coverage, t.facts, told_by=1)["told_by"].tolist() for t in (raw, once)]
    assert told_by == [[3], [1]]
    quoting = [voices.shares(t.quotations, t.articles).groupby("speaker").size().get("Ada Ruiz") for t in (raw, once)]
    assert quoting == [3, 1]
    devices = [framing.by_voice(t.codings, t.frames).sum().sum() for t in (raw, once)]
    assert devices == [3, 1]


def test_folded_is_shown_only_where_there_are_copies(raw):
    once = accounts.folded(raw)
    picture = figures.vital_recall(coverage.recall(once.coverage, once.facts), once.articles)
    shown = show.if_copied(raw.articles, picture)
    assert "The same with the copies folded: 2 accounts instead of 4 articles." in repr(shown) and picture.title in repr(shown)
    assert "<figure" in shown.html and picture.title in str(shown.html)
    of_whom = show.if_copied(raw.articles, show.table(framing.of_whom(once.codings, once.frames, once.actors)))
    assert "2 accounts" in of_whom.html and "Nothing was found." in of_whom.html
    none = show.if_copied(once.articles, picture)
    assert (str(none.html), repr(none)) == ("", "")


def test_articles_of_the_first_story_are_accounts_of_their_own(tables):
    """The spun copy, too: its words were changed one by one, and its original is not in the story."""
    assert not accounts.is_copy(tables.articles).any() and (tables.articles["account_similarity"] == 1).all()


def test_articles_without_a_body_tell_their_own_account():
    told = analyse([article("a", "Bridge shut", "", "Echo"), article("b", "Bridge shut", "", "Star")]).articles
    assert told["account"].tolist() == ["a", "b"]
