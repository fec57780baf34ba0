"""Which sentences hold a cue at all, such as a negation: few do, and only those are read by the parse."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from typing import Generic, TypeVar

from spacy.tokens import Doc, Span, Token

from .index import Page

Found = TypeVar("Found")


class Cues(Generic[Found]):
    """Answers a question about a word from its parse, once, and only where the sentence holds a cue of a sort."""

    def __init__(self, doc: Doc, page: Page, sort: str, read: Callable[[Token], Found | None]):
        self.doc = doc
        self.read = read
        self.bounds = page.bounds
        self.places = page.cues.get(sort, [])
        self.holding = {bisect_right(self.bounds, place) for place in self.places}
        self.known: dict[int, Found | None] = {}

    def of(self, i: int) -> Found | None:
        """Return what is read of a token, None where its sentence holds no cue."""
        if i not in self.known:
            self.known[i] = self.read(self.doc[i]) if bisect_right(self.bounds, i) in self.holding else None
        return self.known[i]

    def within(self, sentence: Span) -> list[int]:
        """Return the tokens of a sentence that are cues."""
        return self.places[bisect_left(self.places, sentence.start) : bisect_left(self.places, sentence.end)]
