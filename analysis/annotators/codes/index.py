"""Where in a Doc the alternatives of a codebook stand: its phrases, numbers, dates and actors."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from spacy.attrs import IS_SPACE, LEMMA, LENGTH, NORM, POS, SPACY
from spacy.language import Language
from spacy.symbols import ADJ, AUX, NOUN, PROPN, VERB
from spacy.tokens import Doc

from ..numbers import amounts
from .patterns import HYPHENS, Alternative, Amount, Gap, Phrase
from .words import Forms, Words

_PARTS = {"verb": (VERB, AUX), "noun": (NOUN, PROPN), "adjective": (ADJ,)}
_OF = "of"  # between a noun of a deed and what it is done to: the closure of the office
_DETERMINERS = ("the", "a", "an", "its", "his", "her", "their", "our", "any", "all")


class Spot(NamedTuple):
    """Where something stands, in tokens, and how an actor is known there."""

    start: int
    end: int
    basis: str | None = None


Places = dict[tuple[str, object], list[Spot]]


class Index:
    """Finds in a Doc what the alternatives of a codebook name, and nothing else."""

    def __init__(self, nlp: Language, alternatives: Iterable[Alternative]):
        self.words = Words(nlp)
        strings = nlp.vocab.strings
        self.hyphens = [strings.add(hyphen) for hyphen in HYPHENS]
        self.of = strings.add(_OF)
        self.determiners = frozenset(map(strings.add, _DETERMINERS))
        self.first: dict[object, list[Phrase]] = defaultdict(list)  # first word or number -> the phrases that begin so
        self.values: set[float] = set()
        for sort, what in {alternative.key for alternative in alternatives}:
            if sort == "phrase":
                self.first[what.words[0]].append(what)
                self.values |= {word.value for word in what.words if isinstance(word, Amount)}
            elif sort == "number":
                self.values.add(what)
        self.starting: dict[tuple[int, int], tuple[Phrase, ...]] = {}  # a word -> the phrases that it may begin

    def places(self, doc: Doc) -> Places:
        """Return where each alternative stands, in order."""
        page = _Page(self, doc)
        places: Places = defaultdict(list)
        for i, word in enumerate(page.keys):
            phrases = self.starting.get(word)
            if phrases is None:
                phrases = self.starting[word] = self._begun_by(word)
            for phrase in phrases:
                page.note(places, i, phrase)
        for i, (end, value) in sorted(page.numbers.items()):
            places["number", value].append(Spot(page.tokens[i], page.tokens[end - 1] + 1))
            for phrase in self.first.get(Amount(value), ()):
                page.note(places, i, phrase)
        for mention in doc._.actors:
            places["actor", mention.actor_id].append(Spot(*page.range(mention), mention.basis))
        for time in doc._.times:
            if time.earliest is not None and time.earliest == time.latest:
                places["date", time.earliest].append(Spot(*page.range(time)))
        return places

    def _begun_by(self, word: tuple[int, int]) -> tuple[Phrase, ...]:
        forms = self.words.forms(*word)
        begun = [phrase for base in sorted(forms.plain) for phrase in self.first.get(base, ())]
        begun += [phrase for deed in forms.deeds for phrase in self.first.get(deed[0], ())
                  if phrase.part is None and phrase.words[: len(deed)] == deed]
        return tuple(dict.fromkeys(begun))


class _Page:
    """A Doc's words, without white space and hyphens, and its numbers."""

    def __init__(self, index: Index, doc: Doc):
        self.index = index
        array = doc.to_array([NORM, LEMMA, IS_SPACE, LENGTH, SPACY, POS])
        left_out = array[:, 2].astype(bool) | np.isin(array[:, 0], index.hyphens)
        words = np.flatnonzero(~left_out)
        self.tokens = words.tolist()
        self.keys = list(map(tuple, array[words, :2].tolist()))
        self.parts = array[:, 5].tolist() if doc.has_annotation("POS") else None
        lengths = array[:, 3].astype(np.int64)
        self.starts = np.cumsum(lengths + array[:, 4].astype(np.int64)) - lengths - array[:, 4].astype(np.int64)
        self.ends = self.starts + lengths
        self.numbers = self._numbers(doc.text, words) if index.values else {}

    def range(self, record) -> tuple[int, int]:
        """Return the tokens that a record's characters touch."""
        start = int(np.searchsorted(self.ends, record.start, side="right"))
        return start, max(int(np.searchsorted(self.starts, record.end, side="left")), start + 1)

    def _numbers(self, text: str, words: np.ndarray) -> dict[int, tuple[int, float]]:
        """Return first word -> (word after, value) of the numbers that the codebook names."""
        found = {}
        for start, end, value in amounts(text):
            if value in self.index.values:
                first, last = int(np.searchsorted(self.starts, start)), int(np.searchsorted(self.ends, end))
                stop = self.ends[last] - (text[end : end + 1] == ".")  # spaCy leaves the full stop of "3m." where it is
                if first < len(self.starts) and self.starts[first] == start and end in (stop, self.ends[last]):
                    found[int(np.searchsorted(words, first))] = (int(np.searchsorted(words, last)) + 1, value)
        return found

    def note(self, places: Places, i: int, phrase: Phrase) -> None:
        """Put down a phrase that stands at a word."""
        single = len(phrase.words) == 1  # the word itself was found already, as most phrases are one
        end = i + 1 if single and not isinstance(phrase.words[0], Amount) else self._end(i, phrase.words, phrase.part is None)
        if end is not None and self._is_part(phrase, i, end):
            places["phrase", phrase].append(Spot(self.tokens[i], self.tokens[end - 1] + 1))

    def _is_part(self, phrase: Phrase, start: int, end: int) -> bool:
        """Tell whether a phrase is the part of speech that it must be: a verb by its first word, others by their last."""
        if phrase.part is None or self.parts is None:
            return True
        deciding = start if phrase.part == "verb" else end - 1
        return self.parts[self.tokens[deciding]] in _PARTS[phrase.part]

    def _forms(self, i: int) -> Forms:
        return self.index.words.forms(*self.keys[i])

    def _end(self, i: int, words: tuple, deeds: bool) -> int | None:
        """Return the word after a phrase that stands at word `i`; a verb is found in its noun too, if `deeds`."""
        for position, word in enumerate(words):
            rest = words[position + 1 :]
            if isinstance(word, Gap):
                return self._first_end(range(i, i + word.words + 1), rest, deeds)
            if isinstance(word, Amount):
                end, value = self.numbers.get(i, (i, None))
                if value != word.value:
                    return None
                i = end
                continue
            if i >= len(self.keys):
                return None
            forms = self._forms(i)
            i += 1
            if word not in forms.plain:
                named = next((deed for deed in forms.deeds if deeds and words[position : position + len(deed)] == deed), None)
                return self._first_end(self._after_deed(i), words[position + len(named) :], deeds) if named else None
        return i

    def _first_end(self, starts: Iterable[int], words: tuple, deeds: bool) -> int | None:
        return next((end for i in starts if (end := self._end(i, words, deeds)) is not None), None)

    def _after_deed(self, i: int) -> list[int]:
        """Return where the object of a deed's noun may begin: at once, behind "of", behind "of the"."""
        starts = [i]
        if i < len(self.keys) and self.keys[i][0] == self.index.of:
            starts.append(i + 1)
            if i + 1 < len(self.keys) and self.keys[i + 1][0] in self.index.determiners:
                starts.append(i + 2)
        return starts
