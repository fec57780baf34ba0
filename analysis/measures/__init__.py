"""Tables → tables: pure functions, one module a question.

accounts     which articles are copies of one account, and every count with them folded
coverage     which outlet has which fact
nearest      the passage that is most like a fact
proposals    facts that the codebook does not have
chronology   what happened when, and in what order each outlet tells it
framing      how the event is framed, and in whose voice
voices       who is quoted, how much, with which verbs
versions     the same utterance as several articles quote it
relays       through whom words came to an outlet
wording      the different words for the same fact and the same actor, and the words each outlet prefers
deeds        who does what to whom
reliability  how far the machine can be trusted
agreement    how far coders agree
matching     what each wording of the codebook matches

What several of them need: words (stems, tokens), terms (words, numbers, days and actors that can be compared), drafts
(codebook entries as YAML).
"""

from __future__ import annotations

import pandas as pd

OUTSIDE = "not in the codebook"


def labels(articles: pd.DataFrame) -> pd.Series:
    """Name each article for tables and figures: by its outlet, with the id where that is unknown or shared.

    Returns
    -------
    Series indexed by `article_id`; a machine-altered text is marked as such, for its words are not the outlet's.

    Examples
    --------
    >>> known = pd.DataFrame({"article_id": ["000", "001"], "outlet": [None, "TASS"], "condition": "complete"})
    >>> list(labels(known))
    ['unnamed outlet (000)', 'TASS']
    """
    shared = articles["outlet"].duplicated(keep=False)
    named = articles["outlet"].fillna("unnamed outlet")
    named = named.where(~shared & articles["outlet"].notna(), named + " (" + articles["article_id"] + ")")
    spun = articles["condition"].eq("machine-altered")
    return named.where(~spun, named + ", spun copy").set_axis(articles["article_id"])


def camp_of(speakers: pd.Series, actors: pd.DataFrame, kept: tuple[str, ...] = ()) -> pd.Series:
    """Name the camp of each speaker: the codebook's group of actors, or the actor's own name where it has none.

    Parameters
    ----------
    kept : values that stay as they are.

    Returns
    -------
    Series like `speakers`; who is no actor of the codebook is `not in the codebook`.

    Examples
    --------
    >>> actors = pd.DataFrame({"name": ["Ann Lee", "Bo Ek"], "camp": ["East", None]})
    >>> list(camp_of(pd.Series(["Ann Lee", "Bo Ek", "Cy"]), actors))
    ['East', 'Bo Ek', 'not in the codebook']
    """
    camps = dict(zip(actors["name"], actors["camp"].fillna(actors["name"])))
    return speakers.map(lambda speaker: speaker if speaker in kept else camps.get(speaker, OUTSIDE))


def sentence_of(passages: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """Find the sentence that each passage begins in.

    Parameters
    ----------
    passages : frame with `article_id` and `start`.

    Returns
    -------
    DataFrame indexed like `passages`: `position`, `section`, `sentence` (text), `sentence_start`, `sentence_end`.
    """
    named = sentences.rename(columns={"text": "sentence", "start": "sentence_start", "end": "sentence_end"})
    wanted = ["article_id", "position", "section", "sentence", "sentence_start", "sentence_end"]
    keys = passages[["article_id", "start"]].reset_index(names="row").sort_values("start", kind="stable")
    found = pd.merge_asof(keys, named[wanted].sort_values("sentence_start"), left_on="start", right_on="sentence_start",
                          by="article_id")
    return found.set_index("row").reindex(passages.index).drop(columns=["article_id", "start"])
