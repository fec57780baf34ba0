"""What a passage is about, as terms that can be compared: stems, numbers by value, days, actors by id.

A term is a text: `expell` (a stem), `=8` (a number), `#2021-10-18` (a time), `@nato` (an actor).
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import pandas as pd

from ..numbers import MOST_DIGITS, NUMBERS, SCALES, exact, number
from .words import GRAMMAR, WORD, stem

KNOWN_WORDS = 1 << 16  # words whose terms are kept: more than a story has, and no more memory than a few megabytes
MOST_NUMERALS = 20  # words of a number: more are no count, and "hundred hundred …" would be too long to write out
KNOWN_TEXTS = 1 << 15  # the sentences of a thousand articles, which an edit of the codebook leaves as they are

_COUNT = re.compile(r"(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?")
_DAY = re.compile(r"\d{4}(?:-\d\d){0,2}")


class Term(NamedTuple):
    """A term and the characters it stands on."""

    term: str
    start: int
    end: int


@lru_cache(KNOWN_WORDS)
def _term(word: str) -> tuple[str, bool]:
    """Return the term of a word, nothing for one of grammar, and whether it may be part of a number."""
    low = word.lower()
    if low in NUMBERS or low in SCALES or low[0].isdecimal():
        return "", True
    return ("" if low in GRAMMAR or len(low) == 1 else stem(low).removesuffix("e")), False


def terms(text: str) -> list[Term]:
    """Return the terms of a text's words and numbers, words of grammar left out.

    Examples
    --------
    >>> [found.term for found in terms("It closed eight of 1,200 bridges; twenty-four cost two hundred thousand.")]
    ['clos', '=8', '=1200', 'bridg', '=24', 'cost', '=200000']
    """
    found: list[Term] = []
    numeral: tuple[int, int] | None = None
    for word in WORD.finditer(text):
        term, numeric = _term(word[0])
        # "twenty-four" and "3 million" are one number; "from 20-10" are two.
        if numeral and (not numeric or word[0][0].isdecimal() or text[numeral[1] : word.start()] not in (" ", "-")):
            found += _number(text, *numeral)
            numeral = None
        if numeric:
            numeral = (numeral[0] if numeral else word.start(), word.end())
        elif term:
            found.append(Term(term, word.start(), word.end()))
    return found + _number(text, *numeral) if numeral else found


@lru_cache(KNOWN_TEXTS)
def bag(text: str) -> frozenset[str]:
    """Return the terms of a text without their places, which is faster."""
    words = [_term(word) for word in WORD.findall(text)]
    if any(numeric for _, numeric in words):
        return frozenset(found.term for found in terms(text))
    return frozenset(term for term, _ in words if term)


def _number(text: str, start: int, end: int) -> list[Term]:
    """Read a number in words or digits; "one" and "two" count nothing more often than not."""
    words = text[start:end].lower()
    if words in GRAMMAR:
        return []
    numerals = WORD.findall(words)
    readable = words.isascii() and len(numerals) <= MOST_NUMERALS and (
        not numerals[0][0].isdecimal() or len(numerals[0]) <= MOST_DIGITS and _COUNT.fullmatch(numerals[0]))
    return [Term(f"={exact(number(words)) if readable else words}", start, end)]


def day(value: str) -> str | None:
    """Return the term of a TIMEX3 value that is a day, a month or a year."""
    return f"#{value}" if _DAY.fullmatch(value) else None


def numbered(passages: pd.DataFrame, sentences: pd.DataFrame) -> np.ndarray:
    """Find the number of the row of `sentences` that each passage begins in, -1 for none."""
    rows = np.full(len(passages), -1)
    within = passages.groupby("article_id").indices
    starts, ends = sentences["start"].to_numpy(), sentences["end"].to_numpy()
    for article_id, own in sentences.groupby("article_id").indices.items():
        here = within.get(article_id)
        if here is not None:
            own = own[np.argsort(starts[own], kind="stable")]
            at = passages["start"].to_numpy()[here]
            last = np.searchsorted(starts[own], at, side="right") - 1
            found = own[last]
            rows[here] = np.where((last >= 0) & (at < ends[found]), found, -1)
    return rows


def by_sentence(passages: pd.DataFrame, sentences: pd.DataFrame) -> dict[int, list]:
    """Group passages by the sentence they begin in: number of its row → their rows, as named tuples."""
    found = defaultdict(list)
    for row, passage in zip(numbered(passages, sentences), passages.itertuples(index=False)):
        if row >= 0:
            found[int(row)].append(passage)
    return found
