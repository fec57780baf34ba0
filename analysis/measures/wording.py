"""The different words that outlets use for the same fact."""

from __future__ import annotations

import json

import pandas as pd


def words_used(codings: pd.DataFrame) -> pd.DataFrame:
    """List the words that fill each slot of each fact, article by article.

    Returns
    -------
    DataFrame: article_id, fact_id, slot, wording (the codebook's alternative, whatever the inflection), words (as
    written), status, speaker, spun (bool: a wording that only machine-spinning explains), start, end (of the words).
    """
    rows = []
    for coding in codings[codings["kind"].eq("fact")].itertuples(index=False):
        for element in json.loads(coding.elements):
            words = coding.text[element["start"] - coding.start : element["end"] - coding.start]
            rows.append({"article_id": coding.article_id, "fact_id": coding.code_id, "slot": element["slot"],
                         "wording": element["alternative"], "words": words, "status": coding.status,
                         "speaker": coding.speaker, "spun": element["spun"], "start": element["start"], "end": element["end"]})
    columns = ["article_id", "fact_id", "slot", "wording", "words", "status", "speaker", "spun", "start", "end"]
    return pd.DataFrame(rows, columns=columns)


def contrast(codings: pd.DataFrame, fact_id: str, *, slot: str = "did") -> pd.DataFrame:
    """Set side by side the wordings each article uses in one slot of one fact.

    Returns
    -------
    DataFrame: article_id, wording, words (as written, joined by ` | `), times (how often), voices (who uses them:
    `outlet`, or speakers).
    """
    used = words_used(codings)
    used = used[used["fact_id"].eq(fact_id) & used["slot"].eq(slot)]
    voice = used["speaker"].fillna("unnamed").where(used["status"].ne("stated"), "outlet")
    grouped = used.assign(voice=voice).groupby(["article_id", "wording"])
    return grouped.agg(words=("words", _joined(" | ")), times=("words", "size"), voices=("voice", _joined(", "))).reset_index()


def varied(codings: pd.DataFrame, *, slot: str = "did") -> pd.DataFrame:
    """Rank facts by how many different wordings the articles have for one slot.

    Returns
    -------
    DataFrame indexed by `fact_id`: articles (that have the fact), different (wordings), wordings (joined by ` | `).
    """
    used = words_used(codings)
    grouped = used[used["slot"].eq(slot)].groupby("fact_id")
    table = grouped.agg(articles=("article_id", "nunique"), different=("wording", "nunique"),
                        wordings=("wording", _joined(" | ")))
    return table.sort_values(["different", "articles"], ascending=False, kind="stable")


def _joined(by: str):
    """Return a function that joins different values in the order of their first appearance."""
    return lambda values: by.join(dict.fromkeys(values))
