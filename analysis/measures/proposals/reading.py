"""Sentences as terms, cut into clauses: one sentence often tells two or three facts."""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import pandas as pd

from ..terms import Term, by_sentence, day, terms
from ..words import EMPTY

LEAST_TERMS = 3  # different terms of a clause: with fewer it says nothing by itself
LEAST_SHARED = 2  # terms that clauses share at least, one of them no actor: one is a coincidence
MILLION = 1_000_000
VALUES = ("#", "=")

_CUT = re.compile(r"[,;:—–]\s+|(?<=[”\"])\s|\s+(?=(?:that|which|who|whose|after|before|because|while|although|but"
                  r"|and|as|saying|adding)\b)", re.IGNORECASE)


@dataclass(eq=False)
class Part:
    """A clause, or two neighbouring ones: its sentence's row, its place in the article, and its terms."""

    row: int
    article_id: str
    start: int
    end: int
    places: list[Term]
    terms: frozenset[str] = frozenset()

    def __post_init__(self):
        self.terms = frozenset(place.term for place in self.places)

    @property
    def middle(self) -> int:
        """Where its middle term stands: what is quoted of it in the main is quoted there."""
        return self.places[len(self.places) // 2].start


@dataclass
class Story:
    """What is known of the texts: their sentences, the terms of each, and how rare each term is."""

    sentences: list
    outlets: dict[str, str]
    altered: dict[str, bool]
    terms: list[list[Term]]
    rarity: dict[str, int]  # in millionths: sums of whole numbers do not depend on the order

    def weigh(self, found: Iterable[str]) -> int:
        return sum(map(self.rarity.__getitem__, found))

    def outlets_of(self, parts: Iterable[Part]) -> set[str]:
        return {self.outlets[part.article_id] for part in parts}


def read(sentences: pd.DataFrame, mentions: pd.DataFrame, times: pd.DataFrame, quotations: pd.DataFrame,
         articles: pd.DataFrame) -> Story:
    """Read the tables as sentences with their terms."""
    named, dated, sources = (by_sentence(table, sentences) for table in (mentions, times, _attributions(quotations)))
    rows = list(sentences.itertuples(index=False))
    found = [_terms_of(sentence, *(table.get(row, []) for table in (named, dated, sources)))
             for row, sentence in enumerate(rows)]
    there = Counter(term for places in found for term in {place.term for place in places})
    about = articles.set_index("article_id")
    return Story(rows, about["outlet"].fillna(about.index.to_series()).to_dict(),
                 about["condition"].eq("machine-altered").to_dict(), found,
                 {term: round(MILLION * math.log(1 + len(rows) / number)) for term, number in there.items()})


def _attributions(quotations: pd.DataFrame) -> pd.DataFrame:
    """Return where quotations name who says it and that it is said."""
    both = [quotations[["article_id", f"{name}_start", f"{name}_end"]].set_axis(["article_id", "start", "end"], axis=1)
            for name in ("source", "cue")]
    return pd.concat(both).dropna().astype({"start": "int64", "end": "int64"})


def _terms_of(sentence, mentions: list, times: list, attributions: list) -> list[Term]:
    """Return a sentence's terms, with days and actors in the place of their words, without who is said to say it."""
    text, found = list(sentence.text), []
    for one in attributions:
        _blank(text, sentence.start, one)
    for one in times:
        if term := day(one.value):
            found.append(Term(term, one.start, min(one.end, sentence.end)))
            _blank(text, sentence.start, one)
    for one in mentions:
        at = one.start - sentence.start
        if text[at] == sentence.text[at]:  # else it is hidden
            found.append(Term(f"@{one.actor_id}", one.start, min(one.end, sentence.end)))
            _blank(text, sentence.start, one)
    left = "".join(text)
    words = (Term(word.term, sentence.start + word.start, sentence.start + word.end) for word in terms(left)
             if left[word.start : word.end].lower() not in EMPTY)
    return sorted([*found, *words], key=lambda place: (place.start, place.end, place.term))


def _blank(text: list[str], offset: int, passage) -> None:
    start, end = max(passage.start - offset, 0), min(passage.end - offset, len(text))
    text[start:end] = " " * max(end - start, 0)


def parts_of(story: Story) -> Iterator[Part]:
    """Cut each sentence into clauses, and yield each, and each with the next."""
    for row, (sentence, places) in enumerate(zip(story.sentences, story.terms)):
        clauses: list[tuple[int, int, list[Term]]] = []
        starts = [place.start for place in places]
        for start, end in _clauses(sentence):
            inside = places[bisect_left(starts, start) : bisect_left(starts, end)]
            if clauses and min(_different(inside), _different(clauses[-1][2])) < LEAST_TERMS:
                clauses[-1] = (clauses[-1][0], end, clauses[-1][2] + inside)
            else:
                clauses.append((start, end, inside))
        for size in (1, 2):
            for first, last in zip(clauses, clauses[size - 1 :]):
                inside = first[2] if size == 1 else first[2] + last[2]
                if _different(inside) >= LEAST_SHARED:
                    yield Part(row, sentence.article_id, first[0], last[1], inside)


def _clauses(sentence) -> list[tuple[int, int]]:
    cuts = [sentence.start, *(sentence.start + cut.end() for cut in _CUT.finditer(sentence.text)), sentence.end]
    return [(start, end) for start, end in zip(cuts, cuts[1:]) if start < end]


def _different(places: list[Term]) -> int:
    return len({place.term for place in places})


def inside_quotations(quotations: pd.DataFrame) -> Callable[[str, int], bool]:
    """Return a function that tells whether a place stands in the content of a quotation."""
    spans = {article_id: (sorted(own["start"]), sorted(own["end"]))
             for article_id, own in quotations.groupby("article_id")}

    def inside(article_id: str, at: int) -> bool:
        starts, ends = spans.get(article_id, ([], []))
        return bisect_right(starts, at) > bisect_right(ends, at)

    return inside
