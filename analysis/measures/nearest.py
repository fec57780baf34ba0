"""The passage of an article that is most like a fact: what a person should read where no passage was found."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import lru_cache

import numpy as np
import pandas as pd

from .terms import bag, day, numbered

STATED, DEFINED = 1.0, 0.5  # weight of the words of a fact's statement, and of those that only its definition has
SIMILAR = 0.2  # with less than a fifth of a fact's words a passage has hardly more of it than any sentence of the story
_WORD = re.compile(r"\w+")
_MONTHS = "January February March April May June July August September October November December".split()


def similarities(facts: pd.DataFrame, sentences: pd.DataFrame, mentions: pd.DataFrame,
                 times: pd.DataFrame) -> Iterator[tuple[str, np.ndarray]]:
    """Compare each fact with every sentence.

    The similarity is the share of the fact's words that the sentence has, 0 to 1: those of the statement count full, those
    of the definition alone half, each the more the fewer sentences have it (Spärck Jones 1972). Words are the same by
    their stem, numbers by their value, days by their date ("Monday" for 18 October 2021), names by the actor they mean.
    It tells what stands in a sentence, not what it says: "nobody closed the bridge" has all words of "the bridge closed".

    Parameters
    ----------
    facts, sentences, mentions, times : the tables of those names.

    Yields
    ------
    fact_id, and an array with the similarity of each row of `sentences`.

    Examples
    --------
    >>> facts = pd.DataFrame({"fact_id": ["F1"], "statement": ["Eight boats sank."], "definition": ["A storm."]})
    >>> said = pd.DataFrame({"article_id": "a", "start": [0, 30], "end": [16, 40], "text": ["8 boats sank it.", "It rained."]})
    >>> nothing = pd.DataFrame({"article_id": [], "start": [], "text": [], "actor_id": [], "value": []})
    >>> [(fact_id, found.round(2).tolist()) for fact_id, found in similarities(facts, said, nothing, nothing)]
    [('F1', [0.86, 0.0])]
    """
    names = _names(mentions)
    wanted = {fact.fact_id: _wanted(fact, names) for fact in facts.itertuples(index=False)}
    holding = _holding({term for words in wanted.values() for term in words}, sentences, mentions, times)
    rarity = {term: math.log(1 + len(sentences) / max(len(rows), 1)) for term, rows in holding.items()}
    for fact_id, words in wanted.items():
        found = np.zeros(len(sentences))
        for term, weight in words.items():
            found[holding[term]] += weight * rarity[term]
        whole = math.fsum(weight * rarity[term] for term, weight in words.items())
        yield fact_id, np.minimum(found / whole, 1.0) if whole else found


def _names(mentions: pd.DataFrame) -> dict[tuple[str, ...], str]:
    """Return the actor that each name means most often in the story, by the name's words."""
    meant: dict[tuple[str, ...], Counter] = defaultdict(Counter)
    for name, actor_id in zip(mentions["text"].tolist(), mentions["actor_id"].tolist()):
        meant[_words(name)][actor_id] += 1
    return {name: min(actors, key=lambda actor: (-actors[actor], actor)) for name, actors in meant.items() if name}


def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(text.lower()))


def _wanted(fact, names: dict[tuple[str, ...], str]) -> dict[str, float]:
    """Return the terms of a fact with their weights."""
    weights = dict.fromkeys(sorted(_terms_of(fact.definition, names)), DEFINED)  # in one order, for sums to be the same
    return weights | dict.fromkeys(sorted(_terms_of(fact.statement, names)), STATED)


def _terms_of(text: str, names: dict[tuple[str, ...], str]) -> set[str]:
    """Return a text's terms, and the actors whose names stand in it: no annotator has read it."""
    found = set(bag(text))
    words = _words(text)
    longest = max(map(len, names), default=0)
    at = 0
    while at < len(words):
        size = next((n for n in range(min(longest, len(words) - at), 0, -1) if words[at : at + n] in names), 0)
        if size:
            found.add(f"@{names[words[at : at + size]]}")
        at += size or 1
    return found


def _holding(wanted: set[str], sentences: pd.DataFrame, mentions: pd.DataFrame,
             times: pd.DataFrame) -> dict[str, np.ndarray]:
    """Return for each term the numbers of the sentences that have it."""
    holding: dict[str, set[int]] = {term: set() for term in wanted}
    for row, text in enumerate(sentences["text"].tolist()):
        for term in bag(text) & wanted:
            holding[term].add(row)
    for row, actor_id in zip(numbered(mentions, sentences).tolist(), mentions["actor_id"].tolist()):
        if row >= 0 and f"@{actor_id}" in wanted:
            holding[f"@{actor_id}"].add(row)
    for row, value in zip(numbered(times, sentences).tolist(), times["value"].tolist()):
        if row >= 0:
            for term in _written_out(value) & wanted:
                holding[term].add(row)
    return {term: np.array(sorted(rows), dtype=int) for term, rows in holding.items()}


@lru_cache(1 << 12)
def _written_out(value: str) -> frozenset[str]:
    """Return the terms of a day as a statement would write it."""
    if not day(value):
        return frozenset()
    year, *rest = (int(part) for part in value.split("-"))
    month = [_MONTHS[rest[0] - 1]] if rest and 1 <= rest[0] <= len(_MONTHS) else []
    return bag(" ".join([str(year), *month, *map(str, rest[1:])]))


def best(scores: np.ndarray, articles: np.ndarray) -> np.ndarray:
    """Return the number of each article's best sentence, the first of equals, in the order of the articles' codes.

    Parameters
    ----------
    scores : of each sentence.
    articles : the code of each sentence's article, from 0 without a gap.
    """
    order = np.lexsort((-scores, articles))  # stable: the first of equals stays first
    return order[np.searchsorted(articles[order], np.arange(articles.max() + 1))]
