"""Through whom words came to an outlet, as its article says."""

from __future__ import annotations

import pandas as pd

from . import sentence_of

_CHAIN = ["article_id", "speaker", "medium", "medium_kind", "own"]


def chains(relays: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """Put together the places of an article that say the same: from whom, through which medium, to the outlet.

    Nothing is concluded: where the text names no speaker, or a medium without its name, the chain has none either.

    Parameters
    ----------
    relays, sentences : the tables of those names.

    Returns
    -------
    DataFrame, one row a chain in the order of the articles and then of the text: article_id; speaker (resolved, else
    the words of the source, empty where none are given); medium (its name, else the words for it); medium_kind; own
    (the medium is the outlet itself); relations (told, statement …); places (how often the text says so); start, end,
    text of the first place; sentence (that it stands in; a line of credit is its own).

    Examples
    --------
    >>> from analysis import tables
    >>> told = {"article_id": "a", "start": 9, "end": 16, "text": "told AP", "relation": "told", "speaker": "Ann Berg",
    ...         "medium": "AP", "medium_start": 14, "medium_end": 16, "medium_kind": "medium", "own": False}
    >>> said = {"article_id": "a", "start": 0, "end": 17, "text": "Ann Berg told AP.", "position": 0, "paragraph": 0,
    ...         "section": "lede"}
    >>> found = chains(tables.frame("relays", [told]), tables.frame("sentences", [said]))
    >>> found[["speaker", "medium", "relations", "places", "sentence"]].values.tolist()
    [['Ann Berg', 'AP', 'told', 1, 'Ann Berg told AP.']]
    """
    around = sentence_of(relays, sentences)
    inside = around["sentence_end"].ge(relays["end"])  # furniture has no sentence: the one before it is not meant
    written = relays["medium"].str.replace(r"^(?:the|an?) ", "", case=False, regex=True)
    rows = relays.assign(
        speaker=relays["speaker"].fillna(relays["source"]),
        medium=relays["medium_name"].fillna(written),
        sentence=around["sentence"].where(inside, relays["text"]),
    )
    grouped = rows.groupby(_CHAIN, sort=False, dropna=False)
    return grouped.agg(
        relations=("relation", lambda found: ", ".join(dict.fromkeys(found))), places=("relation", "size"),
        start=("start", "first"), end=("end", "first"), text=("text", "first"),
        sentence=("sentence", "first")).reset_index()
