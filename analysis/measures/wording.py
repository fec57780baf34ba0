"""The different words that outlets use for the same fact and for the same actor, and the words that each prefers."""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from fnmatch import fnmatchcase

import numpy as np
import pandas as pd

from ..errors import InputError
from . import sentence_of
from .words import GRAMMAR, WORD, stem

VOICES = ("own", "indirect", "quoted")
PRIOR = 500.0  # words that the prior of keyness weighs: a short article, as in Monroe, Colaresi and Quinn (2008)
WITHIN = 1.959964  # standard errors on each side that a 95 % interval has
FEWEST = 5  # uses to be expected on either side, below which a normal approximation misleads (Cochran 1954)

_PATTERN = re.compile(r"(?:[^\W\d_]|\*)+|\d+(?:[.,]\d+)*")  # as words.WORD, with stars


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
            rows.append((coding.article_id, coding.code_id, element["slot"], element["alternative"], words,
                         coding.status, coding.speaker, element["spun"], element["start"], element["end"]))
    columns = ["article_id", "fact_id", "slot", "wording", "words", "status", "speaker", "spun", "start", "end"]
    types = {"fact_id": "str", "slot": "str", "speaker": "str", "spun": "bool"}
    return pd.DataFrame(rows, columns=columns).astype(types)


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
    return grouped.agg(words=("words", _joined(" | ")), times=("words", "size"),
                       voices=("voice", _joined(", "))).reset_index()


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


def running_words(sentences: pd.DataFrame, quotations: pd.DataFrame) -> pd.DataFrame:
    """List the words of the running text one by one, in lower case, with the voice they stand in.

    Words are forms, not lemmas: *expel* and *expelled* are two. A part of an indirect quotation that stands in marks
    cannot be told from the rest of it in the tables, so all of a mixed quotation counts as quoted.

    Returns
    -------
    DataFrame: article_id, sentence (position), word, start, end, voice (`own`, `indirect`, or `quoted`: direct and
    mixed).

    Examples
    --------
    >>> from analysis import tables
    >>> said = {"article_id": "a", "start": 0, "end": 14, "text": "“No,” he said.", "position": 0, "paragraph": 0,
    ...         "section": "lede"}
    >>> quoted = {"article_id": "a", "start": 1, "end": 4, "text": "No,", "quotation_id": "q1", "kind": "direct",
    ...           "speaker_basis": "unknown"}
    >>> found = running_words(tables.frame("sentences", [said]), tables.frame("quotations", [quoted]))
    >>> found[["word", "voice"]].values.tolist()
    [['no', 'quoted'], ['he', 'own'], ['said', 'own']]
    """
    columns = (sentences[name] for name in ("article_id", "position", "start", "text"))
    rows = [(article_id, position, word[0].lower(), start + word.start(), start + word.end())
            for article_id, position, start, text in zip(*columns)
            for word in WORD.finditer(text)]
    found = pd.DataFrame(rows, columns=["article_id", "sentence", "word", "start", "end"]).astype(
        {"article_id": "str", "word": "str", "sentence": "int64", "start": "int64", "end": "int64"})
    return found.assign(voice=_voices(found, quotations))


def _voices(passages: pd.DataFrame, quotations: pd.DataFrame) -> pd.Series:
    """Tell in which voice each passage begins: what is quoted inside an indirect quotation is quoted."""
    level = np.zeros(len(passages), dtype="int8")
    contents = dict(list(quotations.groupby("article_id")))
    starts = passages["start"].to_numpy()
    for article_id, here in passages.groupby("article_id").indices.items():
        quoted = contents.get(article_id)
        if quoted is None:
            continue
        voice = np.zeros(max(starts[here].max(), quoted["end"].max()) + 1, dtype="int8")
        for which, kinds in ((1, ("indirect",)), (2, ("mixed", "direct"))):
            of_kind = quoted[quoted["kind"].isin(kinds)]
            for start, end in zip(of_kind["start"], of_kind["end"]):
                voice[start:end] = which
        level[here] = voice[starts[here]]
    return pd.Series(np.array(VOICES)[level], index=passages.index, dtype="str")


def labels_of(mentions: pd.DataFrame, actors: pd.DataFrame, quotations: pd.DataFrame) -> pd.DataFrame:
    """List by which words each article names each actor, and how often in its own voice.

    Words that differ by capitals alone count as one label, written as it stands first.

    Returns
    -------
    DataFrame: article_id, actor_id, name, label (as written), times, own, indirect, quoted (times, by voice), start,
    end (of the first), by article and actor, the most frequent label first.
    """
    spoken = _voices(mentions, quotations)
    names = actors.set_index("actor_id")["name"]
    rows = mentions.assign(folded=mentions["text"].str.casefold(), name=mentions["actor_id"].map(names),
                           **{voice: spoken.eq(voice) for voice in VOICES})
    grouped = rows.groupby(["article_id", "actor_id", "name", "folded"], sort=False)
    table = grouped.agg(label=("text", "first"), times=("text", "size"), **{voice: (voice, "sum") for voice in VOICES},
                        start=("start", "first"), end=("end", "first")).reset_index()
    table = table.sort_values(["article_id", "actor_id", "times"], ascending=[True, True, False], kind="stable",
                              ignore_index=True)
    return table.drop(columns="folded")


def labels_across(named: pd.DataFrame) -> pd.DataFrame:
    """Set side by side the labels of each actor that several articles name.

    Parameters
    ----------
    named : from `labels_of`.

    Returns
    -------
    DataFrame: name, article_id, labels (each with its number, joined by a comma), by the number of different labels.
    """
    several = named[named.groupby("actor_id")["article_id"].transform("nunique").gt(1)]
    different = several["label"].str.casefold().groupby(several["actor_id"]).nunique()
    listed = (several["label"] + " (" + several["times"].astype("str") + ")").groupby(
        [several["actor_id"], several["name"], several["article_id"]]).agg(", ".join).rename("labels").reset_index()
    table = listed.assign(different=listed["actor_id"].map(different)).sort_values(
        ["different", "actor_id", "article_id"], ascending=[False, True, True], ignore_index=True)
    return table[["name", "article_id", "labels"]]


def keyness(words: pd.DataFrame, articles: pd.DataFrame, *, voices: Collection[str] = ("own",), grammar: bool = False,
            altered: bool = False) -> pd.DataFrame:
    """Compare how often each outlet uses each word with how often all others do.

    The log-odds ratio with an informative Dirichlet prior (Monroe, Colaresi and Quinn 2008, "Fightin' Words", Political
    Analysis 16): counts are smoothed by the word's share of all texts, so that rare words do not lead the list.

    Parameters
    ----------
    words : from `running_words`.
    articles : the table of that name; articles without an outlet are an outlet each.
    voices : of `own`, `indirect`, `quoted`: by default quoted and reported words are not the outlet's.
    grammar : keep words of grammar (`measures.words.GRAMMAR`) and single letters, such as the s of *Russia's*.
    altered : keep machine-altered texts; their words are not the outlet's.

    Returns
    -------
    DataFrame: outlet, word, count, others (its uses by all others), rate, rate_others (per 1,000 words), log_odds
    (natural logarithm; above 0 where the outlet prefers the word), low, high (95 % interval), z, warning, by outlet and
    z. `warning` is `few` where less than 5 uses were to be expected of the outlet or of the others, `one article` where
    the outlet has it in no more than one, which may speak of its subject alone; else empty. Of many words compared,
    one in twenty lies outside its interval by chance.

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": ["1", "2"], "outlet": ["A", "B"], "condition": "complete"})
    >>> words = pd.DataFrame({"article_id": ["1"] * 4 + ["2"] * 4, "voice": "own",
    ...                       "word": "spy spy spy mast mast mast mast spy".split()})
    >>> keyness(words, articles)[["outlet", "word", "count", "others", "warning"]].values.tolist()
    [['A', 'spy', 3, 1, 'few'], ['A', 'mast', 1, 3, 'few'], ['B', 'mast', 3, 1, 'few'], ['B', 'spy', 1, 3, 'few']]
    """
    kept = articles if altered else articles[articles["condition"].ne("machine-altered")]
    unnamed = "unnamed outlet (" + kept["article_id"] + ")"
    outlets = kept["outlet"].fillna(unnamed).set_axis(kept["article_id"])
    counted = words[words["voice"].isin(list(voices)) & words["article_id"].isin(outlets.index)]
    if not grammar:
        counted = counted[~counted["word"].isin(GRAMMAR) & counted["word"].str.len().gt(1)]
    counted = counted.assign(outlet=counted["article_id"].map(outlets))
    table = counted.groupby(["word", "outlet"]).size().unstack(fill_value=0).astype("int64")
    found_in = counted.drop_duplicates(["word", "article_id"]).groupby(["word", "outlet"]).size()
    return _log_odds(table).join(found_in.rename("articles"), on=["word", "outlet"]).pipe(_warned)


def _log_odds(table: pd.DataFrame) -> pd.DataFrame:
    """Compare each column of a table word × outlet with the sum of the others."""
    if min(table.shape) < 2:  # there is nothing to compare
        return pd.DataFrame(columns=["outlet", "word", "count", "others", "rate", "rate_others", "log_odds", "low",
                                     "high", "z", "expected"])
    of_word, of_outlet = table.sum(axis=1), table.sum(axis=0)
    every = int(of_outlet.sum())
    prior = PRIOR * of_word / every
    parts = []
    for outlet, count in table.items():
        size, others = int(of_outlet[outlet]), of_word - count
        odds = [(n + prior) / (of_side + PRIOR - n - prior) for n, of_side in ((count, size), (others, every - size))]
        log_odds = np.log(odds[0]) - np.log(odds[1])
        error = np.sqrt(1 / (count + prior) + 1 / (others + prior))
        parts.append(pd.DataFrame({
            "outlet": outlet, "word": table.index, "count": count, "others": others,
            "rate": 1000 * count / max(size, 1), "rate_others": 1000 * others / max(every - size, 1),
            "log_odds": log_odds, "low": log_odds - WITHIN * error, "high": log_odds + WITHIN * error,
            "z": log_odds / error,
            "expected": of_word * min(size, every - size) / every}).reset_index(drop=True))
    return pd.concat(parts, ignore_index=True)


def _warned(compared: pd.DataFrame) -> pd.DataFrame:
    """Say of which comparisons there is too little to go by."""
    few, narrow = compared["expected"].lt(FEWEST), compared["articles"].fillna(0).le(1) & compared["log_odds"].gt(0)
    compared = compared.assign(warning=np.select([few, narrow], ["few", "one article"], ""))
    compared = compared.sort_values(["outlet", "z", "word"], ascending=[True, False, True], ignore_index=True)
    return compared.drop(columns=["expected", "articles"])


def concordance(words: pd.DataFrame, sentences: pd.DataFrame, term: str, *, width: int = 60,
                inflected: bool = False) -> pd.DataFrame:
    """Show a term in the sentences it stands in, keyword in context.

    Parameters
    ----------
    words : from `running_words`.
    term : a word or a phrase; `*` stands for any letters (`suspen*`), or by itself for a word (`Russia's * actions`).
        Case and punctuation do not matter.
    width : characters to show on each side.
    inflected : find other inflections too, by a cheap stem: expels and expelled for expel.

    Returns
    -------
    DataFrame in the order of the texts: article_id, left, text (the term as written), right, voice (as in
    `running_words`), start, end, sentence_start.
    """
    wanted = [part.lower() for part in _PATTERN.findall(term)]
    if not wanted:
        raise InputError(f"the term {term!r} has no word", "write a word or a phrase, with * for any letters")
    known = words["word"].unique()
    here = np.ones(len(words), dtype=bool)
    for place, pattern in enumerate(wanted):
        fits = words["word"].isin([word for word in known if _fits(word, pattern, inflected)])
        here &= fits.shift(-place, fill_value=False).to_numpy()
    last = words.shift(1 - len(wanted))
    for column in ("article_id", "sentence"):
        here &= words[column].eq(last[column]).to_numpy()
    found = words[here].assign(end=last.loc[here, "end"].astype("int64"))
    around = sentence_of(found, sentences)
    rows = [_in_context(text, start - at, end - at, width) for text, at, start, end in zip(
        around["sentence"], around["sentence_start"], found["start"], found["end"])]
    shown = pd.DataFrame(rows, columns=["left", "text", "right"], index=found.index, dtype="str")
    table = found[["article_id", "voice", "start", "end"]].join(shown).assign(sentence_start=around["sentence_start"])
    columns = ["article_id", "left", "text", "right", "voice", "start", "end", "sentence_start"]
    return table[columns].reset_index(drop=True)


def _fits(word: str, pattern: str, inflected: bool) -> bool:
    if "*" in pattern:
        return fnmatchcase(word, pattern)
    return word == pattern or inflected and stem(word).removesuffix("e") == stem(pattern).removesuffix("e")


def _in_context(text: str, start: int, end: int, width: int) -> tuple[str, str, str]:
    """Cut a sentence around a term, at whole words, with … where something is gone."""
    left, right = text[:start], text[end:]
    if len(left) > width:
        left = "…" + (left[-width - 1 :].partition(" ")[2] or left[-width:])
    if len(right) > width:
        right = (right[: width + 1].rpartition(" ")[0] or right[:width]) + "…"
    return left, text[start:end], right
