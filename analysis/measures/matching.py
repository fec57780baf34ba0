"""How the codebook's wordings match: nothing, very much, or always the same sentences as those of another fact."""

from __future__ import annotations

from itertools import combinations

import pandas as pd

from . import sentence_of

# Headline, lede and background: the main event may stand in each sixth sentence. What matches more often is a word of
# the story rather than of one fact.
VERY_MUCH = 0.2
LEAST_SENTENCES = 5
# One sentence that tells two facts is how news is written; two facts that never stand apart may be one.
LEAST_SHARED = 2

Origins = dict[str, tuple[str, str, int]]  # the id that a wording has by itself → kind, id and number of it


def by_wording(codings: pd.DataFrame, sentences: pd.DataFrame, origins: Origins) -> pd.DataFrame:
    """Count what each wording of a codebook matches.

    Parameters
    ----------
    codings : found with the codebook of `Codebook.apart()`, where each wording is an entry of its own.
    sentences : the table, of the same articles.
    origins : from `Codebook.apart()`.

    Returns
    -------
    DataFrame, a row for each wording in the order of the codebook: kind, code_id, wording (number, from 1), articles
    and sentences (that it matches in), share (of all sentences, 0 to 1), remark (`nothing`, `very much`, or empty).
    """
    places = codings[["article_id", "code_id"]].join(sentence_of(codings, sentences)["position"])
    counts = places.groupby("code_id").agg(articles=("article_id", "nunique"))
    counts["sentences"] = places.drop_duplicates().groupby("code_id").size()
    rows = pd.DataFrame([*origins.values()], index=[*origins], columns=["kind", "code_id", "wording"]).join(counts)
    rows = rows.fillna({"articles": 0, "sentences": 0}).astype({"articles": int, "sentences": int})
    rows["share"] = rows["sentences"] / max(1, len(sentences))
    much = rows["share"].gt(VERY_MUCH) & rows["sentences"].ge(LEAST_SENTENCES)
    rows["remark"] = ""
    rows.loc[rows["sentences"].eq(0), "remark"] = "nothing"
    rows.loc[much, "remark"] = "very much"
    return rows.reset_index(drop=True)


def always_together(codings: pd.DataFrame, sentences: pd.DataFrame, origins: Origins) -> pd.DataFrame:
    """List the pairs of facts that match exactly the same sentences, two at least.

    Parameters
    ----------
    codings, sentences, origins : as of `by_wording`.

    Returns
    -------
    DataFrame: one, other (ids of facts), sentences (that both match).
    """
    facts = codings[codings["kind"].eq("fact")]
    placed = facts[["article_id", "code_id"]].join(sentence_of(facts, sentences)["position"])
    fact_ids = placed["code_id"].map({wording: code_id for wording, (_, code_id, _) in origins.items()})
    standing = {fact: frozenset(zip(own["article_id"], own["position"])) for fact, own in placed.groupby(fact_ids)}
    pairs = [(one, other, len(standing[one])) for one, other in combinations(standing, 2)
             if standing[one] == standing[other] and len(standing[one]) >= LEAST_SHARED]
    return pd.DataFrame(pairs, columns=["one", "other", "sentences"])
