"""The same utterance as several articles quote it: verbatim, cut, reworded, or altered by a machine."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

import pandas as pd
from rapidfuzz.distance import LCSseq

from .words import rarity, stems, tokens

# Two passages are versions of one utterance if more than `ALIKE` of the rarer words of the shorter are in the other,
# and as many of all its words in the same order: more with two speakers; less for what the sentence beside leaves
# uncovered.
ALIKE, IN_ORDER, IN_ORDER_ACROSS = 0.5, 0.45, 0.6
ALIKE_BESIDE, IN_ORDER_BESIDE = 0.3, 0.35
LEAST_SHARED = 3  # stems: two may meet by chance
SHORTEST, SHORTEST_VERBATIM = 5, 3  # words of a version
CUT = 0.95  # share of a version's words that the fullest has in the same order, for it to be no more than cut
RELATIONS = ("fullest", "verbatim", "cut", "reworded", "altered")


@dataclass(eq=False)
class _Piece:
    article_id: str
    quotation_id: str
    start: int
    end: int
    text: str
    kind: str
    speaker: str | None
    altered: bool
    stems: dict[str, float]
    tokens: tuple[str, ...]


def versions(quotations: pd.DataFrame, sentences: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Align what different articles quote of one utterance, sentence by sentence.

    The longest version that no machine has altered stands first, as the fullest; the others are told by how they differ
    from it. Two passages are versions of one utterance if most of the rarer words of the shorter one stand in the
    other, the more of them if the articles name different speakers.

    Parameters
    ----------
    quotations, sentences, articles : the tables of those names.

    Returns
    -------
    DataFrame, a row a version, by utterance in the order of the first: utterance (u1, u2 …), article_id, quotation_id,
    start, end, text, kind, speaker, relation (`RELATIONS`; altered: reworded, in a text that a machine has altered),
    shared (share of its words that the fullest has in the same order, 0 to 1).

    Examples
    --------
    >>> said = ["We regret these steps, and our door stays open.", "We regret these steps; our door stays open."]
    >>> text = pd.DataFrame({"article_id": ["a", "b"], "start": [0, 0], "end": [47, 43], "text": said})
    >>> quoted = text.assign(quotation_id="q1", kind="direct", speaker="Ann Lee")
    >>> articles = pd.DataFrame({"article_id": ["a", "b"], "condition": ["complete", "complete"]})
    >>> versions(quoted, text, articles)[["utterance", "article_id", "relation", "shared"]].values.tolist()
    [['u1', 'a', 'fullest', 1.0], ['u1', 'b', 'cut', 1.0]]
    """
    pieces = _pieces(quotations, sentences, articles)
    rows = []
    for number, (fullest, others) in enumerate(_utterances(pieces), 1):
        for one in [fullest, *others]:
            relation, shared = _relation(one, fullest)
            rows.append({"utterance": f"u{number}", "article_id": one.article_id, "quotation_id": one.quotation_id,
                         "start": one.start, "end": one.end, "text": one.text, "kind": one.kind, "speaker": one.speaker,
                         "relation": relation, "shared": shared})
    return pd.DataFrame(rows, columns=["utterance", "article_id", "quotation_id", "start", "end", "text", "kind",
                                       "speaker", "relation", "shared"])


def _pieces(quotations: pd.DataFrame, sentences: pd.DataFrame, articles: pd.DataFrame) -> list[_Piece]:
    """Cut quotations at the ends of sentences."""
    weight = rarity(sentences["text"])
    altered = articles.set_index("article_id")["condition"].eq("machine-altered")
    starts = {article_id: sorted(own["start"]) for article_id, own in sentences.groupby("article_id")}
    found = []
    for one in quotations.itertuples(index=False):
        of_article = starts.get(one.article_id, [])
        inner = of_article[bisect_right(of_article, one.start) : bisect_right(of_article, one.end - 1)]
        for start, end in zip([one.start, *inner], [*inner, one.end]):
            text = one.text[start - one.start : end - one.start].strip()
            start += one.text[start - one.start : end - one.start].index(text)
            words = tuple(tokens(text))
            if len(words) >= SHORTEST_VERBATIM:
                found.append(_Piece(one.article_id, one.quotation_id, start, start + len(text), text, one.kind,
                                    one.speaker, altered[one.article_id],
                                    {word: weight.get(word, 0.0) for word in stems(text)}, words))
    return found


def _utterances(pieces: list[_Piece]) -> list[tuple[_Piece, list[_Piece]]]:
    """Return each fullest version with the versions of other articles that are like it, in the order of the fullest."""
    taken: set[_Piece] = set()
    found = []
    agreed = Counter(words for words, _ in {(one.tokens, one.article_id) for one in pieces})
    for fullest in sorted(pieces, key=lambda one: (one.altered, -len(one.tokens))):
        if fullest in taken:
            continue
        free = [one for one in pieces if one not in taken and one.article_id != fullest.article_id]
        # What two articles have word for word is an utterance of its own: only a closer likeness draws it elsewhere.
        least = IN_ORDER_ACROSS if agreed[fullest.tokens] > 1 else 0.0
        like = {one for one in free if _alike(one, fullest)
                and _in_order(one, fullest) >= (CUT if agreed[one.tokens] > 1 else least)}
        like |= {one for pair in pairwise(free) for one, beside in (pair, pair[::-1])
                 if beside in like and _parts_of_one(one, beside, fullest)}
        if like:
            taken.update([fullest, *like])
            found.append((fullest, [one for one in free if one in like]))
    place = {one: number for number, one in enumerate(pieces)}
    return sorted(found, key=lambda utterance: place[utterance[0]])


def _alike(one: _Piece, other: _Piece) -> bool:
    if one.tokens == other.tokens:
        return True
    if min(len(one.tokens), len(other.tokens)) < SHORTEST or len(one.stems.keys() & other.stems.keys()) < LEAST_SHARED:
        return False
    same = one.speaker == other.speaker or pd.isna(one.speaker) or pd.isna(other.speaker)
    return _covered(one, other) > ALIKE and _in_order(one, other) >= (IN_ORDER if same else IN_ORDER_ACROSS)


def _parts_of_one(one: _Piece, beside: _Piece, fullest: _Piece) -> bool:
    """Tell whether an article quotes in two sentences what another joins in one."""
    if one.article_id != beside.article_id or one.speaker != beside.speaker or not one.kind == beside.kind == "direct":
        return False
    left = one.stems.keys() & fullest.stems.keys() - beside.stems.keys()
    return (len(left) >= LEAST_SHARED and _covered(one, fullest) > ALIKE_BESIDE
            and _in_order(one, fullest) >= IN_ORDER_BESIDE)


def _covered(one: _Piece, other: _Piece) -> float:
    """Return how much of the shorter passage the other has, its words weighed by their rarity."""
    shared = sum(one.stems[word] for word in one.stems.keys() & other.stems.keys())
    smaller = min(sum(one.stems.values()), sum(other.stems.values()))
    return shared / smaller if smaller else 0.0


def _in_order(one: _Piece, other: _Piece) -> float:
    return LCSseq.similarity(one.tokens, other.tokens) / min(len(one.tokens), len(other.tokens))


def _relation(one: _Piece, fullest: _Piece) -> tuple[str, float]:
    shared = LCSseq.similarity(one.tokens, fullest.tokens) / len(one.tokens)
    if one is fullest:
        return "fullest", 1.0
    if one.tokens == fullest.tokens:
        return "verbatim", 1.0
    if shared >= CUT and len(one.tokens) < len(fullest.tokens):
        return "cut", shared
    return "altered" if one.altered else "reworded", shared
