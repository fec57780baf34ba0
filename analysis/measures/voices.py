"""Who is quoted, how much, and with which verbs."""

from __future__ import annotations

import pandas as pd

from ..articles import count_words
from ..tables import STANCES
from . import camp_of, sentence_of

UNKNOWN = "unknown speaker"


def shares(quotations: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Count quotations and quoted words by article and speaker.

    Parts of a split quotation count once as a quotation, and their words add up. Quotations nested in
    another's words are counted with it.

    Returns
    -------
    DataFrame: article_id, speaker, quotations, words (quoted), direct_words (in quotation marks),
    share_of_quoted (of the article's quoted words, 0 to 1), share_of_article (of all its words, 0 to 1).
    """
    outer = quotations[~_nested(quotations)]
    counted = outer.assign(
        speaker=outer["speaker"].fillna(UNKNOWN),
        words=outer["text"].map(count_words).astype("int64"),
    )
    counted["direct_words"] = counted["words"].where(counted["kind"].eq("direct"), 0)
    table = counted.groupby(["article_id", "speaker"]).agg(
        quotations=("quotation_id", "nunique"), words=("words", "sum"),
        direct_words=("direct_words", "sum")).reset_index()
    total = articles.set_index("article_id")["words"]
    table["share_of_quoted"] = table["words"] / table.groupby("article_id")["words"].transform("sum")
    table["share_of_article"] = table["words"] / table["article_id"].map(total).astype(float)
    return table.sort_values(["article_id", "words"], ascending=[True, False], ignore_index=True)


def _nested(quotations: pd.DataFrame) -> pd.Series:
    """Tell which contents lie inside an earlier, longer one of the same article."""
    ordered = quotations.sort_values(["article_id", "start", "end"], ascending=[True, True, False])
    reach = ordered.groupby("article_id")["end"].cummax()
    before = reach.groupby(ordered["article_id"]).shift(fill_value=-1)
    return (ordered["end"] <= before).reindex(quotations.index)


def by_camp(shares: pd.DataFrame, actors: pd.DataFrame) -> pd.DataFrame:
    """Add the shares of voice up by camp, the codebook's groups of actors.

    Parameters
    ----------
    shares : from `shares`.

    Returns
    -------
    DataFrame with the columns of `shares`, where `speaker` names a camp, `not in the codebook`, or `unknown speaker`.
    """
    named = shares.assign(speaker=camp_of(shares["speaker"], actors, kept=(UNKNOWN,)))
    numbers = ["quotations", "words", "direct_words", "share_of_quoted", "share_of_article"]
    table = named.groupby(["article_id", "speaker"])[numbers].sum().reset_index()
    return table.sort_values(["article_id", "words"], ascending=[True, False], ignore_index=True)


def entrances(quotations: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """Tell where in its article each speaker is first heard.

    Returns
    -------
    DataFrame, by article in the order of speaking: article_id, speaker, order (1 for the first speaker), section
    (headline, lede or body), sentence_number, of_sentences (sentences of the article), kind, text (of that quotation),
    start.
    """
    first = quotations.assign(speaker=quotations["speaker"].fillna(UNKNOWN)).sort_values(["article_id", "start", "end"])
    first = first.drop_duplicates(["article_id", "speaker"])
    first = first.join(sentence_of(first, sentences)[["position", "section"]])
    total = sentences.groupby("article_id")["position"].size()
    first = first.assign(order=first.groupby("article_id").cumcount() + 1, sentence_number=first["position"] + 1,
                         of_sentences=first["article_id"].map(total))
    return first[["article_id", "speaker", "order", "section", "sentence_number", "of_sentences", "kind", "text",
                  "start"]].reset_index(drop=True)


def stances(quotations: pd.DataFrame) -> pd.DataFrame:
    """Count what the reporting verbs make of each speaker's words: neutral (said), assertive, doubting (claimed) …

    Quotations without a cue, or with another than a reporting verb of the lexicon, are left out.

    Returns
    -------
    DataFrame: article_id, speaker, a column a stance (of `tables.STANCES`; number of quotations), verbs (the cues that
    are not neutral, as written, joined by a comma), by article, the most quoted speaker first.
    """
    cued = quotations.dropna(subset=["stance"]).drop_duplicates(["article_id", "quotation_id"])
    cued = cued.assign(speaker=cued["speaker"].fillna(UNKNOWN))
    keys = ["article_id", "speaker"]
    counts = cued.groupby([*keys, "stance"]).size().unstack(fill_value=0).reindex(columns=list(STANCES), fill_value=0)
    marked = cued[cued["stance"].ne("neutral")].groupby(keys)["cue"].agg(lambda cues: ", ".join(dict.fromkeys(cues)))
    table = counts.assign(verbs=marked, all=counts.sum(axis=1)).fillna({"verbs": ""}).reset_index()
    table = table.sort_values(["article_id", "all"], ascending=[True, False], kind="stable", ignore_index=True)
    return table.drop(columns="all").rename_axis(columns=None)


def bases(quotations: pd.DataFrame) -> pd.DataFrame:
    """Count how speakers are known, by article: named, by a pronoun, by a description, continued, or unknown.

    Returns
    -------
    DataFrame indexed by `article_id`, a column a basis, cells count rows of `quotations`.
    """
    return quotations.groupby(["article_id", "speaker_basis"]).size().unstack(fill_value=0).rename_axis(columns=None)
