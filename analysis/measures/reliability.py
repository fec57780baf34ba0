"""How far the machine can be trusted: its tables against codings made by reading."""

from __future__ import annotations

import pandas as pd

from ..tables import Tables

TOUCHING = 1e-9  # any overlap at all


def precision_recall(right_found: int, found: int, right_gold: int, gold: int) -> dict[str, float]:
    """Return precision, recall and F1 from counts.

    Examples
    --------
    >>> precision_recall(3, 4, 3, 6)
    {'precision': 0.75, 'recall': 0.5, 'f1': 0.6}
    """
    precision = right_found / found if found else float(not gold)
    recall = right_gold / gold if gold else 1.0
    total = precision + recall
    return {"precision": precision, "recall": recall, "f1": 2 * precision * recall / total if total else 0.0}


def of_coverage(cells: pd.DataFrame, gold: pd.DataFrame) -> pd.DataFrame:
    """Score presence, status and speaker of coverage cells.

    Parameters
    ----------
    cells : the table `coverage`.
    gold : article_id, fact_id, status, speaker, coded by reading.

    Returns
    -------
    One-row DataFrame: cells, precision, recall, f1 (of presence), status (share of all cells with the right status),
    speaker (share of the cells attributed by both with the right speaker).
    """
    both = cells.merge(gold, on=["article_id", "fact_id"], suffixes=("", "_gold"), how="inner")
    there, there_gold = both["status"].ne("absent"), both["status_gold"].ne("absent")
    hits = int((there & there_gold).sum())
    attributed = both[both["status"].eq("attributed") & both["status_gold"].eq("attributed")]
    return pd.DataFrame([{
        "cells": len(both), **precision_recall(hits, int(there.sum()), hits, int(there_gold.sum())),
        "status": both["status"].eq(both["status_gold"]).mean(),
        "speaker": attributed["speaker"].fillna("").eq(attributed["speaker_gold"].fillna("")).mean(),
    }])


def summary(tables: Tables, gold: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Score each annotator against what was coded by reading.

    Parameters
    ----------
    gold : from `analysis.story.load_gold`; what nobody has coded gets no row.

    Returns
    -------
    DataFrame indexed by `what`: found, gold (rows), precision, recall, f1, and also_right (share of the right ones
    whose status, speaker or voice is right too).

    The rows: a fact is there; a time has the same span and value; a quotation overlaps by 0.8 (Jaccard, characters);
    a framing device has the same frame and overlaps.
    """
    coded = {name: table for name, table in gold.items() if len(table)}
    rows = {}
    if "coverage" in coded:
        machine = tables.cells[tables.cells["coder"].eq("machine")]  # coverage may show a person's decision
        scored = of_coverage(machine, coded["coverage"])
        counts = {"found": machine["status"].ne("absent").sum(), "gold": coded["coverage"]["status"].ne("absent").sum()}
        scores = scored.iloc[0][["precision", "recall", "f1"]].to_dict()
        rows["facts (status)"] = counts | scores | {"also_right": scored["status"][0]}
    if "times" in coded:
        rows["times"] = of_passages(tables.times, coded["times"], overlap=1, also=["value"]).iloc[0].to_dict()
    if "quotations" in coded:
        scored = of_passages(tables.quotations, coded["quotations"], overlap=0.8, right="speaker")
        rows["quotations (speaker)"] = scored.rename(columns={"speaker": "also_right"}).iloc[0].to_dict()
    if "frames" in coded:
        devices = tables.codings[tables.codings["kind"].eq("frame")].rename(columns={"code_id": "frame_id"})
        scored = of_passages(devices, coded["frames"], overlap=TOUCHING, also=["frame_id"], right="speaker")
        rows["framing devices (voice)"] = scored.rename(columns={"speaker": "also_right"}).iloc[0].to_dict()
    columns = ["found", "gold", "precision", "recall", "f1", "also_right"]
    table = pd.DataFrame.from_dict(rows, orient="index", columns=columns).rename_axis("what")
    return table.astype({"found": int, "gold": int})


def differences(cells: pd.DataFrame, gold: pd.DataFrame) -> pd.DataFrame:
    """List the coverage cells in which reading and machine differ.

    Returns
    -------
    DataFrame: article_id, fact_id, status, status_gold, speaker, speaker_gold, text, text_gold.
    """
    both = cells.merge(gold, on=["article_id", "fact_id"], suffixes=("", "_gold"))
    columns = ["article_id", "fact_id", "status", "status_gold", "speaker", "speaker_gold", "text", "text_gold"]
    return both.loc[both["status"].ne(both["status_gold"]), columns].reset_index(drop=True)


def pair_passages(found: pd.DataFrame, gold: pd.DataFrame, *, overlap: float,
                  also: list[str] | None = None) -> pd.DataFrame:
    """Pair found passages with gold ones, best overlap first, each at most once.

    Parameters
    ----------
    overlap : least Jaccard overlap of their characters, 0 to 1.
    also : columns in which a pair must be equal (a frame's id, a time's value).

    Returns
    -------
    DataFrame: found, gold (index labels), jaccard.
    """
    keys = ["article_id", *(also or [])]
    left = found.reset_index(names="found")[["found", "start", "end", *keys]]
    right = gold.reset_index(names="gold")[["gold", "start", "end", *keys]]
    pairs = left.merge(right, on=keys, suffixes=("", "_gold"))
    inside = (pairs[["end", "end_gold"]].min(axis=1) - pairs[["start", "start_gold"]].max(axis=1)).clip(lower=0)
    around = pairs["end"] - pairs["start"] + pairs["end_gold"] - pairs["start_gold"] - inside
    pairs["jaccard"] = inside / around
    pairs = pairs[pairs["jaccard"].ge(overlap) & inside.gt(0)].sort_values("jaccard", ascending=False, kind="stable")
    while len(again := pairs[pairs["found"].duplicated() | pairs["gold"].duplicated()]):
        pairs = pairs.drop(again.index[:1])  # the best pair stays, and what it took is gone
    return pairs[["found", "gold", "jaccard"]]


def missed(found: pd.DataFrame, gold: pd.DataFrame, *, overlap: float, also: list[str] | None = None) -> pd.DataFrame:
    """Return the rows of `gold` that no row of `found` is paired with; exchange the two for what was found too much."""
    return gold.drop(index=pair_passages(found, gold, overlap=overlap, also=also)["gold"])


def of_passages(found: pd.DataFrame, gold: pd.DataFrame, *, overlap: float, also: list[str] | None = None,
                right: str | None = None) -> pd.DataFrame:
    """Score passages (times, quotations, frame devices) against gold.

    Parameters
    ----------
    right : a column whose agreement on the pairs is reported too (a speaker).

    Returns
    -------
    One-row DataFrame: found, gold, precision, recall, f1 and, with `right`, that column's share of right pairs.
    """
    pairs = pair_passages(found, gold, overlap=overlap, also=also)
    row = {"found": len(found), "gold": len(gold), **precision_recall(len(pairs), len(found), len(pairs), len(gold))}
    if right:
        ours = found.loc[pairs["found"], right].fillna("").to_numpy()
        theirs = gold.loc[pairs["gold"], right].fillna("").to_numpy()
        row[right] = (ours == theirs).mean() if len(pairs) else 0.0
    return pd.DataFrame([row])
