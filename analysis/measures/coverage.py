"""Which outlet has which fact: every cell with its evidence, or with the nearest passage where none was found."""

from __future__ import annotations

import json

import pandas as pd

from .. import tables
from . import nearest, sentence_of

CELL = ["article_id", "fact_id"]
# Which of an article's passages speaks for the cell: a contested fact is told as contested;
# what the outlet says itself outweighs what it lets others say.
PRECEDENCE = {"disputed": 0, "stated": 1, "attributed": 2}


def coverage(codings: pd.DataFrame, sentences: pd.DataFrame, facts: pd.DataFrame, mentions: pd.DataFrame,
             times: pd.DataFrame) -> pd.DataFrame:
    """Fill the matrix article × fact.

    A fact is present where the article has a passage coded with it. The cell's status is `disputed` where
    any passage is, else `stated` where the outlet says it anywhere in its own voice, else `attributed`; the
    speaker is then whoever says it most often. An absent cell shows the article's most similar sentence, so
    that a person can decide: not found is not omitted.

    Parameters
    ----------
    codings, sentences, facts, mentions, times : tables as `analysis.tables` has them; the last two tell which passage
        is most similar (`measures.nearest`).

    Returns
    -------
    The table `coverage`, a row for every article of `sentences` and every fact, in their order.
    """
    found = codings[codings["kind"].eq("fact")].rename(columns={"code_id": "fact_id"})
    if sentences.empty or facts.empty:
        return tables.frame("coverage", [])
    there = _present(found, sentences)
    matrix = pd.MultiIndex.from_product([sentences["article_id"].unique(), facts["fact_id"]], names=CELL)
    cells = matrix.to_frame(index=False).merge(there, on=CELL, how="left")
    absent = cells["status"].isna()
    cells.loc[absent, ["status", "coder", "spun"]] = ["absent", "machine", False]
    cells["contested"] = False
    return tables.frame("coverage", cells.join(_nearest(cells[absent], sentences, facts, mentions, times)))


def _present(found: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """Return a row for each fact that an article has: its best passage speaks for it."""
    spun = found["elements"].map(lambda elements: any(e["spun"] for e in json.loads(elements))).astype(bool)
    found = found.drop(columns=["start", "end", "text"]).join(sentence_of(found, sentences)).assign(
        spun=spun, precedence=found["status"].map(PRECEDENCE))
    groups = found.groupby(CELL)
    same = found[found["precedence"].eq(groups["precedence"].transform("min"))]
    said = same.groupby([*CELL, "speaker"]).size().rename("times").reset_index()
    said = said.sort_values("times", ascending=False, kind="stable").drop_duplicates(CELL)[[*CELL, "speaker"]]
    # The evidence is the words of the speaker whom the cell names; "full" sorts before "partial".
    found = found.merge(said.rename(columns={"speaker": "said_by"}), on=CELL, how="left")
    found["other_speaker"] = found["speaker"].fillna("").ne(found["said_by"].fillna(""))
    found = found.sort_values([*CELL, "precedence", "other_speaker", "completeness", "spun", "sentence_start"])
    summed = groups.agg(completeness=("completeness", "min"), spun=("spun", "all")).reset_index()
    best = found.drop_duplicates(CELL)[[*CELL, "status", "coder", "sentence_start", "sentence_end", "sentence"]]
    best = best.rename(columns={"sentence_start": "start", "sentence_end": "end", "sentence": "text"})
    return best.merge(summed, on=CELL).merge(said, on=CELL, how="left")


def _nearest(cells: pd.DataFrame, sentences: pd.DataFrame, facts: pd.DataFrame, mentions: pd.DataFrame,
             times: pd.DataFrame) -> pd.DataFrame:
    """Return for each absent cell its article's most similar sentence."""
    article_of, articles = pd.factorize(sentences["article_id"])
    missing = dict(list(cells.groupby("fact_id")["article_id"]))
    best, similar, cells_of = [], [], []
    for fact_id, scores in nearest.similarities(facts[facts["fact_id"].isin(missing)], sentences, mentions, times):
        rows = nearest.best(scores, article_of)[articles.get_indexer(missing[fact_id])]
        best += rows.tolist()
        similar += scores[rows].tolist()
        cells_of += missing[fact_id].index.tolist()
    place = sentences[["text", "start", "end"]].iloc[best].set_axis(["nearest", "nearest_start", "nearest_end"], axis=1)
    return place.set_axis(cells_of).assign(similarity=similar)


def decided(machine: pd.DataFrame, people: pd.DataFrame, sentences: pd.DataFrame, facts: pd.DataFrame,
            mentions: pd.DataFrame, times: pd.DataFrame) -> pd.DataFrame:
    """Let what people decided replace the machine's cells.

    Of several people's decisions on a cell the most frequent status stands, of equally frequent ones that of the first
    coder by name; speaker and evidence are then the first by name who chose that status. Where they differ on the
    status the cell is `contested`. The evidence shown is the sentence it begins in, as for the machine's.

    Parameters
    ----------
    machine : the table `coverage`, by the machine alone.
    people : rows of the table `cells`.
    sentences, facts, mentions, times : as for `coverage`.

    Returns
    -------
    The table `coverage`, in the order of `machine`.
    """
    people = people[people["article_id"].isin(sentences["article_id"])]
    if people.empty:
        return machine
    chosen = _chosen(people)
    evidence = sentence_of(chosen[present(chosen)].astype({"start": "int64"}), sentences)
    evidence = evidence[["sentence_start", "sentence_end", "sentence"]].set_axis(["start", "end", "text"], axis=1)
    cells = chosen.drop(columns=["start", "end", "text"]).join(evidence).assign(spun=False)
    absent = cells[~present(cells)]
    cells = cells.join(_nearest(absent, sentences, facts, mentions, times))
    order = {cell: place for place, cell in enumerate(zip(machine["article_id"], machine["fact_id"]))}
    decided_by_people = pd.MultiIndex.from_frame(cells[CELL])
    kept = machine[~pd.MultiIndex.from_frame(machine[CELL]).isin(decided_by_people)]
    both = pd.concat([kept, tables.frame("coverage", cells)])
    places = pd.Series([order[cell] for cell in zip(both["article_id"], both["fact_id"])], index=both.index)
    return tables.frame("coverage", both.iloc[places.argsort(kind="stable")])


def _chosen(people: pd.DataFrame) -> pd.DataFrame:
    """Return for each cell the row of the person whose decision stands, and whether it is contested."""
    votes = people.groupby([*CELL, "status"]).agg(votes=("coder", "size"), coder=("coder", "min")).reset_index()
    votes = votes.sort_values(["votes", "coder"], ascending=[False, True]).drop_duplicates(CELL)
    statuses = people.groupby(CELL)["status"].nunique().gt(1).rename("contested")
    return people.merge(votes[[*CELL, "coder"]], on=[*CELL, "coder"]).join(statuses, on=CELL)


def of_every_coder(machine: pd.DataFrame, people: pd.DataFrame) -> pd.DataFrame:
    """Return the table `cells`: the machine's, whatever people decided, and theirs."""
    columns = [name for name in machine if name in people]
    return tables.frame("cells", pd.concat([machine[columns], people]))


def corrected(codings: pd.DataFrame, people: pd.DataFrame) -> pd.DataFrame:
    """Let what people decided replace the machine's passages too.

    Where a person decided a cell, the machine's passages that overlap the person's evidence become the person's, in
    status, speaker and coder; of the others those go whose status would outweigh the person's, and all where the fact
    is absent. Evidence in which the machine had found nothing comes as a passage of its own.

    Parameters
    ----------
    people : rows of the table `cells`.

    Returns
    -------
    The table `codings`.
    """
    if people.empty:
        return codings
    chosen = _chosen(people).rename(columns={"fact_id": "code_id"}).assign(kind="fact")
    key = ["article_id", "code_id", "kind"]
    person = codings[key].merge(chosen, on=key, how="left").set_index(codings.index)
    shared = (codings["start"].lt(person["end"]) & codings["end"].gt(person["start"])).fillna(False).astype(bool)
    least = person["status"].map({**PRECEDENCE, "absent": len(PRECEDENCE)})
    contradicts = codings["status"].map(PRECEDENCE).lt(least) & ~shared
    taken = ["status", "speaker", "coder"]
    theirs = codings.assign(**{name: codings[name].where(~shared, person[name]) for name in taken})[~contradicts]
    known = pd.MultiIndex.from_frame(codings.loc[shared, key])
    new = chosen[present(chosen) & ~pd.MultiIndex.from_frame(chosen[key]).isin(known)].assign(elements="[]")
    return tables.frame("codings", pd.concat([theirs, tables.frame("codings", new)]))


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


def in_altered(cells: pd.DataFrame, facts: pd.DataFrame, articles: pd.DataFrame, *, told_by: int = 2) -> pd.DataFrame:
    """List what was recovered from machine-altered texts, and what could not be though others tell it.

    A machine that alters a text takes its words away, so that "no passage found" says less of it than of another.

    Parameters
    ----------
    told_by : in how many other articles, at least, what could not be recovered must be.

    Returns
    -------
    DataFrame: article_id, fact_id, statement, importance, status, speaker, how (`recovered`: only through words that
    the codebook marks as spun; `not recovered`: no passage was found), told_by (other articles that have the fact),
    passage (the evidence, or the nearest sentence), passage_start, similarity (of the nearest sentence).
    """
    altered = articles.loc[articles["condition"].eq("machine-altered"), "article_id"]
    there = present(cells)
    counts = cells[there].groupby("fact_id").size()
    own = cells[cells["article_id"].isin(altered) & (~there | cells["spun"])]
    own = own.assign(told_by=own["fact_id"].map(counts).fillna(0).astype("int64") - present(own),
                     how=own["spun"].map({True: "recovered", False: "not recovered"}),
                     passage=own["text"].fillna(own["nearest"]),
                     passage_start=own["start"].fillna(own["nearest_start"]))
    listed = own[own["spun"] | own["told_by"].ge(told_by)]
    listed = listed.sort_values(["article_id", "how"], ascending=[True, False], kind="stable")
    return _with_facts(listed, facts, ["how", "told_by", "passage", "passage_start", "similarity"])


def _with_facts(cells: pd.DataFrame, facts: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    merged = cells.merge(facts[["fact_id", "statement", "importance"]], on="fact_id", how="left")
    return merged[["article_id", "fact_id", "statement", "importance", "status", "speaker", *columns]]
