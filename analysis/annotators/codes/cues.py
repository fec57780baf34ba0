"""Which sentences hold one of a list of words at all: few do, and only those are read by the parse."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable
from typing import TypeVar

import numpy as np
from spacy.attrs import LEMMA, NORM, SENT_START
from spacy.tokens import Doc, Span, Token

Found = TypeVar("Found")


class Cues:
    """Answers a question about a word from its parse, once, and only where the sentence holds one of some words."""

    def __init__(self, doc: Doc, words: Iterable[str], read: Callable[[Token], Found | None]):
        ids = [doc.vocab.strings[word] for word in words if word in doc.vocab.strings]
        self.doc = doc
        self.read = read
        self.places = np.flatnonzero(np.isin(doc.to_array([NORM, LEMMA]), ids).any(axis=1)) if ids else np.empty(0, int)
        self.bounds = np.flatnonzero(doc.to_array(SENT_START) == 1).tolist()
        self.holding = {bisect_right(self.bounds, place) for place in self.places.tolist()}
        self.known: dict[int, Found | None] = {}

    def of(self, i: int) -> Found | None:
        """Return what is read of a token, None where its sentence holds no cue."""
        if i not in self.known:
            self.known[i] = self.read(self.doc[i]) if bisect_right(self.bounds, i) in self.holding else None
        return self.known[i]

    def within(self, sentence: Span) -> list[int]:
        """Return the tokens of a sentence that are cues."""
        first, last = np.searchsorted(self.places, (sentence.start, sentence.end))
        return self.places[first:last].tolist()

