"""Which articles tell the same account: near-identical texts, such as wire copy, and every count with them folded.

Nothing is dropped unasked. All measures and figures take the tables as they are, raw, or `folded`.
"""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

import pandas as pd

from ..tables import Tables, frame
from . import labels

if TYPE_CHECKING:
    from ..copies import Copy


def told(articles: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """Tell for every article whose account it tells: its own, or that of the article that it is nearly identical with.

    Lede and body are compared. Headlines, which each outlet writes itself, and furniture are left out. See
    `analysis.copies.near_copies` for what a copy is, and which of the articles names the account.

    Returns
    -------
    The table `articles` with `account` and `account_similarity`.
    """
    body = sentences[sentences["section"].ne("headline")]
    texts = body.groupby("article_id", sort=False)["text"].agg("\n".join).to_dict()
    days = articles.set_index("article_id")["published_earliest"].dropna().dt.date.to_dict()
    found = {copy.article_id: copy for copy in _copies(tuple(texts.items()), tuple(days.items()))}
    ids = articles["article_id"]
    return frame("articles", articles.assign(
        account=[found[i].of if i in found else i for i in ids],
        account_similarity=[found[i].similarity if i in found else 1.0 for i in ids]))


@lru_cache(maxsize=1)  # the articles stay the same while their codebook is edited
def _copies(texts: tuple[tuple[str, str], ...], days: tuple[tuple[str, date], ...]) -> list[Copy]:
    from ..copies import near_copies  # brings scipy, for which nobody waits who only counts

    return near_copies(dict(texts), published=dict(days))


def copies(articles: pd.DataFrame) -> pd.DataFrame:
    """List the articles that are copies, each with the article that tells its account.

    Returns
    -------
    DataFrame: article_id, copy, account (both named by their labels), similarity (share of the copy's sequences of five
    words that stand in the account, 0 to 1), words, account_words, by account.

    Examples
    --------
    >>> known = pd.DataFrame({"article_id": ["a", "b"], "outlet": ["Herald", "Wire"], "condition": "complete",
    ...                       "words": [80, 300], "account": "b", "account_similarity": [0.98, 1.0]})
    >>> copies(known)
      article_id    copy account  similarity  words  account_words
    0          a  Herald    Wire        0.98     80            300
    """
    names, words = labels(articles), articles.set_index("article_id")["words"]
    listed = articles[is_copy(articles)].sort_values(["account", "article_id"], ignore_index=True)
    return pd.DataFrame({
        "article_id": listed["article_id"], "copy": listed["article_id"].map(names),
        "account": listed["account"].map(names), "similarity": listed["account_similarity"],
        "words": listed["words"], "account_words": listed["account"].map(words)})


def is_copy(articles: pd.DataFrame) -> pd.Series:
    """Tell for every article whether it tells the account of another one."""
    return articles["account"].ne(articles["article_id"])


def folded(tables: Tables) -> Tables:
    """Leave one article an account: the one that names it, the fullest. Its copies' rows go from every table.

    What people decided of a copy goes too; a decision on the account is one on the article that stays.
    """
    kept = tables.articles.loc[~is_copy(tables.articles), "article_id"]
    by_article = [field.name for field in fields(tables) if "article_id" in getattr(tables, field.name)]
    return replace(tables, **{
        name: table[table["article_id"].isin(kept)].reset_index(drop=True)
        for name in by_article for table in [getattr(tables, name)]})
