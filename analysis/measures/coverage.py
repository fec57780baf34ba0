"""Which outlet has which fact: every cell with its evidence, or with the nearest passage where none was found."""

from __future__ import annotations

import json

import pandas as pd
from rapidfuzz import fuzz, process, utils

from .. import tables
from . import sentence_of

# Which of an article's passages speaks for the cell: a contested fact is told as contested;
# what the outlet says itself outweighs what it lets others say.
PRECEDENCE = {"disputed": 0, "stated": 1, "attributed": 2}


def coverage(codings: pd.DataFrame, sentences: pd.DataFrame, facts: pd.DataFrame) -> pd.DataFrame:
    """Fill the matrix article × fact.

    A fact is present where the article has a passage coded with it. The cell's status is `disputed` where
    any passage is, else `stated` where the outlet says it anywhere in its own voice, else `attributed`; the
    speaker is then whoever says it most often. An absent cell shows the article's most similar sentence, so
    that a person can decide: not found is not omitted.

    Parameters
    ----------
    codings, sentences, facts : tables as `analysis.tables` has them.

    Returns
    -------
    The table `coverage`, a row for every article of `sentences` and every fact, in their order.
    """
    found = codings[codings["kind"].eq("fact")].rename(columns={"code_id": "fact_id"})
    cells = {key: _present(group) for key, group in _with_sentences(found, sentences).groupby(["article_id", "fact_id"])}
    rows = []
    for article_id, own in sentences.groupby("article_id", sort=False):
        for fact_id, statement in facts[["fact_id", "statement"]].itertuples(index=False):
            cell = cells.get((article_id, fact_id)) or _absent(statement, own)
            rows.append({"article_id": article_id, "fact_id": fact_id, "coder": "machine", "spun": False, **cell})
    return tables.frame("coverage", rows)


def _with_sentences(found: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    order = found["status"].map(PRECEDENCE).rename("precedence")
    spun = found["elements"].map(lambda elements: any(e["spun"] for e in json.loads(elements))).astype(bool).rename("spun")
    return pd.concat([found, sentence_of(found, sentences), order, spun], axis=1)


def _present(passages: pd.DataFrame) -> dict:
    """Return the cell of a fact that is there: its best passage speaks for it."""
    passages = passages.sort_values(["precedence", "completeness", "spun", "start"])
    best = passages.iloc[0]
    same = passages[passages["status"].eq(best["status"])]
    said = same["speaker"].mode(dropna=True)
    return {
        "status": best["status"],
        "speaker": said.iloc[0] if len(said) else None,
        "completeness": passages["completeness"].min(),  # "full" sorts before "partial"
        "spun": bool(passages["spun"].all()),
        "start": int(best["sentence_start"]), "end": int(best["sentence_end"]), "text": best["sentence"],
    }


def _absent(statement: str, sentences: pd.DataFrame) -> dict:
    nearest = process.extractOne(statement, sentences["text"], scorer=fuzz.token_set_ratio, processor=utils.default_process)
    if nearest is None:
        return {"status": "absent"}
    text, score, index = nearest
    place = sentences.loc[index]
    return {"status": "absent", "nearest": text, "nearest_start": place["start"], "nearest_end": place["end"],
            "similarity": score / 100}


def present(cells: pd.DataFrame) -> pd.Series:
    """Tell for each cell of `coverage` whether the fact is there, in any status."""
    return cells["status"].ne("absent")


def recall(cells: pd.DataFrame, facts: pd.DataFrame) -> pd.DataFrame:
    """Count the facts each article has, vital and okay apart.

    Vital recall is the share of the codebook's vital facts that an article has, the measure of nugget
    evaluation (Voorhees 2003).

    Returns
    -------
    DataFrame indexed by `article_id`: vital, okay (facts found), vital_recall, okay_recall (0 to 1).
    """
    merged = cells.assign(present=present(cells)).merge(facts[["fact_id", "importance"]], on="fact_id")
    grouped = merged.groupby(["article_id", "importance"], sort=False)["present"]
    found = grouped.sum().unstack(fill_value=0).reindex(columns=["vital", "okay"], fill_value=0)
    share = grouped.mean().unstack().reindex(columns=["vital", "okay"]).add_suffix("_recall")
    return found.join(share).rename_axis(columns=None)


def only_in_one(cells: pd.DataFrame, facts: pd.DataFrame) -> pd.DataFrame:
    """List the facts that a single article has, with the evidence.

    Returns
    -------
    DataFrame: article_id, fact_id, statement, importance, status, speaker, text, start, end.
    """
    there = cells[present(cells)]
    alone = there[~there["fact_id"].duplicated(keep=False)]
    return _with_facts(alone, facts, ["text", "start", "end"])


def left_out(cells: pd.DataFrame, facts: pd.DataFrame, *, told_by: int = 2) -> pd.DataFrame:
    """List what each article leaves out though others tell it, with its nearest passage.

    Parameters
    ----------
    told_by : in how many other articles, at least, the fact must be.

    Returns
    -------
    DataFrame: article_id, fact_id, statement, importance, told_by (articles that have the fact), nearest,
    nearest_start, nearest_end, similarity. "Left out" means that no passage was found: a person decides.
    """
    counts = cells[present(cells)].groupby("fact_id").size().rename("told_by")
    missing = cells[~present(cells)].join(counts, on="fact_id")
    missing = missing[missing["told_by"] >= told_by].astype({"told_by": int})
    listed = _with_facts(missing, facts, ["told_by", "nearest", "nearest_start", "nearest_end", "similarity"])
    return listed.drop(columns=["status", "speaker"])


def _with_facts(cells: pd.DataFrame, facts: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    merged = cells.merge(facts[["fact_id", "statement", "importance"]], on="fact_id", how="left")
    return merged[["article_id", "fact_id", "statement", "importance", "status", "speaker", *columns]]
