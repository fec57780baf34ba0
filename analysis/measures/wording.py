"""The different words that outlets use for the same fact."""

from __future__ import annotations

import json

import pandas as pd


def words_used(codings: pd.DataFrame) -> pd.DataFrame:
    """List the words that fill each slot of each fact, article by article.

    Returns
    -------
    DataFrame: article_id, fact_id, slot, words (as written), status, speaker, spun (bool: a word that only the
    codebook's `spun` alternatives explain), start, end (of the words).
    """
    rows = []
    for coding in codings[codings["kind"].eq("fact")].itertuples(index=False):
        for element in json.loads(coding.elements):
            words = coding.text[element["start"] - coding.start : element["end"] - coding.start]
            rows.append({"article_id": coding.article_id, "fact_id": coding.code_id, "slot": element["slot"], "words": words,
                         "status": coding.status, "speaker": coding.speaker, "spun": element["spun"],
                         "start": element["start"], "end": element["end"]})
    columns = ["article_id", "fact_id", "slot", "words", "status", "speaker", "spun", "start", "end"]
    return pd.DataFrame(rows, columns=columns)


def contrast(codings: pd.DataFrame, fact_id: str, slot: str = "did") -> pd.DataFrame:
    """Set side by side the words each article uses in one slot of one fact.

    Returns
    -------
    DataFrame: article_id, words (lower case), times (how often), voices (who uses them: `outlet` or speakers).
    """
    used = words_used(codings)
    used = used[used["fact_id"].eq(fact_id) & used["slot"].eq(slot)]
    voice = used["speaker"].fillna("unnamed").where(used["status"].ne("stated"), "outlet")
    used = used.assign(words=used["words"].str.lower(), voice=voice)
    grouped = used.groupby(["article_id", "words"])["voice"]
    return grouped.agg(times="size", voices=lambda v: ", ".join(sorted(set(v)))).reset_index()


def varied(codings: pd.DataFrame, slot: str = "did") -> pd.DataFrame:
    """Rank facts by how many different words the articles have for one slot.

    Returns
    -------
    DataFrame indexed by `fact_id`: articles (that have the fact), different (wordings), words (joined by ` | `).
    """
    used = words_used(codings)
    used = used[used["slot"].eq(slot)].assign(words=used["words"].str.lower())
    grouped = used.groupby("fact_id")
    table = pd.DataFrame({
        "articles": grouped["article_id"].nunique(),
        "different": grouped["words"].nunique(),
        "words": grouped["words"].agg(lambda w: " | ".join(dict.fromkeys(w))),
    })
    return table.sort_values(["different", "articles"], ascending=False)
