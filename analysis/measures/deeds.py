"""Who does what to whom, as each outlet tells it."""

from __future__ import annotations

import pandas as pd

from . import labels, sentence_of
from .voices import UNKNOWN

NOBODY = "nobody named"  # a passive without "by": what is left unsaid is a choice, too
NOTHING = "nothing named"


def told(deeds: pd.DataFrame, actors: pd.DataFrame, quotations: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """Name the agent and the patient of every deed, and whose words it stands in, with its sentence.

    Parameters
    ----------
    deeds, actors, quotations, sentences : the tables of those names.

    Returns
    -------
    DataFrame, one row a row of `deeds`: article_id; agent, patient (the actor's name, else the words for somebody or
    something, else `nobody named` or `nothing named`); agent_id, patient_id (empty where no actor); deed (the verb's
    lemma with what keeps it from being told as done: *not close*, *may close*, *to close*); verb (its lemma alone);
    voice (`outlet`, the speaker, or `unknown speaker`); sentence, sentence_start; start, end, text (of the verb).
    """
    named = dict(zip(actors["actor_id"], actors["name"]))
    parties = {role: deeds[f"{role}_id"].map(named).astype("str").fillna(deeds[role]).fillna(missing)
               for role, missing in (("agent", NOBODY), ("patient", NOTHING))}
    keys = ["article_id", "quotation_id"]
    speakers = deeds[keys].merge(quotations.drop_duplicates(keys), on=keys, how="left")["speaker"].set_axis(deeds.index)
    modal = deeds["modal"].str.lower().fillna("")
    negation = pd.Series(" not ", index=deeds.index, dtype="str").where(deeds["negated"], " ")
    around = sentence_of(deeds, sentences)[["sentence", "sentence_start"]]
    found = deeds.assign(**parties, deed=(modal + negation + deeds["verb"]).str.strip(), **around,
                         voice=speakers.fillna(UNKNOWN).where(deeds["quoted"], "outlet"))
    return found[["article_id", "agent", "deed", "patient", "voice", "agent_id", "patient_id", "verb", "sentence",
                  "sentence_start", "start", "end", "text"]]


def counts(told: pd.DataFrame) -> pd.DataFrame:
    """Count who is told to do what to whom, by article, in the outlet's own voice and in others'.

    Parameters
    ----------
    told : from `told`.

    Returns
    -------
    DataFrame: article_id, agent, verb (lemma), patient, times, own (of these in the outlet's own voice), deeds (as
    told, joined by a comma), sentence_start and sentence of the first, the most frequent first.
    """
    keys = ["article_id", "agent", "verb", "patient"]
    grouped = told.assign(own=told["voice"].eq("outlet")).groupby(keys, sort=False)
    table = grouped.agg(
        times=("verb", "size"), own=("own", "sum"), deeds=("deed", lambda deeds: ", ".join(dict.fromkeys(deeds))),
        sentence_start=("sentence_start", "first"), sentence=("sentence", "first")).reset_index()
    return table.sort_values("times", ascending=False, kind="stable", ignore_index=True)


def roles(told: pd.DataFrame) -> pd.DataFrame:
    """Count how often each actor acts and is acted upon, by article.

    Parameters
    ----------
    told : from `told`.

    Returns
    -------
    DataFrame: article_id, actor (name), agent (deeds it does), patient (deeds done to it), unnamed (of these, without
    a word of who does them), by article, the most active first.
    """
    does = told[told["agent_id"].notna()].assign(actor=told["agent"], role="agent")
    suffers = told[told["patient_id"].notna()].assign(actor=told["patient"], role="patient")
    keys = ["article_id", "actor"]
    table = pd.concat([does, suffers]).groupby([*keys, "role"]).size().unstack(fill_value=0)
    table = table.reindex(columns=["agent", "patient"], fill_value=0).rename_axis(columns=None)
    unnamed = suffers[suffers["agent"].eq(NOBODY)].groupby(keys).size()
    table = table.assign(unnamed=unnamed.reindex(table.index, fill_value=0)).reset_index()
    order = ["article_id", "agent", "patient"]
    return table.sort_values(order, ascending=[True, False, False], kind="stable", ignore_index=True)


def between(told: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Set side by side the deeds that each article tells of one actor to another.

    Parameters
    ----------
    told : from `told`.
    articles : the table of that name.

    Returns
    -------
    DataFrame: agent, patient (actors' names), and a column an article, named by its label: its deeds, joined by a
    comma, each with its number where it is told more than once. Pairs that most articles have come first.
    """
    known = told.dropna(subset=["agent_id", "patient_id"])
    cells = known.groupby(["agent", "patient", "article_id"])["deed"].agg(_counted).unstack(fill_value="")
    cells = cells.reindex(columns=articles["article_id"], fill_value="").set_axis(list(labels(articles)), axis=1)
    order = cells.ne("").sum(axis=1).sort_values(ascending=False, kind="stable").index
    return cells.loc[order].reset_index()


def _counted(deeds: pd.Series) -> str:
    return ", ".join(f"{deed} ({times})" if times > 1 else deed for deed, times in deeds.value_counts().items())
