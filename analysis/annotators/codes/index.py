"""Where in a Doc the alternatives of a codebook stand: its phrases, numbers, dates and actors."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import NamedTuple

import numpy as np
from spacy.attrs import IS_SPACE, LEMMA, LENGTH, NORM, POS, SENT_START, SPACY
from spacy.language import Language
from spacy.symbols import ADJ, AUX, NOUN, PROPN, VERB
from spacy.tokens import Doc

from .. import text_of
from ...numbers import amounts
from .patterns import HYPHENS, Amount, Gap, Phrase, Sought
from .words import Forms, words_of

_PARTS = {"verb": (VERB, AUX), "noun": (NOUN, PROPN), "adjective": (ADJ,)}
_OF = "of"  # between a noun of a deed and what it is done to: the closure of the office
_DETERMINERS = ("the", "a", "an", "its", "his", "her", "their", "our", "any", "all")


class Spot(NamedTuple):
    """Where something stands, in tokens, and how an actor is known there."""

    start: int
    end: int
    basis: str | None = None


Places = dict[int, list[Spot]]  # by the numbers of what is sought


class _Begun(NamedTuple):
    """A phrase that a word may begin and its key, the word that must follow, if known, and the numbers it needs."""

    phrase: Phrase
    key: int
    second: int | None
    values: frozenset[float]
    is_whole: bool  # the word is the phrase, whatever its part of speech, as with most phrases


class Known(NamedTuple):
    """What a word may be: its forms, first words of what it may stand for, phrases that it may begin, sorts of cues."""

    forms: Forms
    firsts: frozenset[int]
    begun: tuple[_Begun, ...]
    cues: tuple[str, ...]


_NOTHING = Known(Forms(frozenset(), ()), frozenset(), (), ())  # where the text ends


class Index:
    """Finds in a Doc what the alternatives of a codebook name, and nothing else."""

    def __init__(self, nlp: Language, sought: dict[Sought, int], cues: dict[str, Iterable[str]]):
        self.words = words_of(nlp)
        strings = nlp.vocab.strings
        self.hyphens = [strings.add(hyphen) for hyphen in HYPHENS]
        self.of = strings.add(_OF)
        self.determiners = frozenset(map(strings.add, _DETERMINERS))
        self.first: dict[object, list[tuple[Phrase, int]]] = defaultdict(list)  # first word or number -> phrases
        self.others: dict[str, dict[object, int]] = {"number": {}, "actor": {}, "date": {}}
        self.values: set[float] = set()
        for (sort, what), key in sought.items():
            if sort == "phrase":
                self.first[what.words[0]].append((what, key))
                self.values |= {word.value for word in what.words if isinstance(word, Amount)}
            else:
                self.others[sort][what] = key
        self.values |= set(self.others["number"])
        self.cues = {sort: frozenset(map(strings.add, words)) for sort, words in cues.items()}
        self.known = _Lexicon(self._known)

    def read(self, doc: Doc) -> Page:
        """Return the page of a Doc, with the places where each alternative stands, in order."""
        page = Page(self, doc)
        present = {value for _, value in page.numbers.values()}
        following = [*page.known[1:], _NOTHING]
        for i, (_, _, begun, cues) in enumerate(page.known):
            for phrase, key, second, values, is_whole in begun:
                if is_whole:
                    page.put(key, i, i + 1)
                elif (second is None or second in following[i].firsts) and values <= present:
                    page.note(i, phrase, key)
            for sort in cues:
                page.cues[sort].append(page.tokens[i])
        for i, (end, value) in sorted(page.numbers.items()):
            if value in self.others["number"]:
                page.put(self.others["number"][value], i, end)
            for phrase, key in self.first.get(Amount(value), ()):
                page.note(i, phrase, key)
        for start, end, mention in page.mentions:
            if mention.actor_id in self.others["actor"]:
                page.places[self.others["actor"][mention.actor_id]].append(Spot(start, end, mention.basis))
        for time in doc._.times:
            bounds = time.earliest, time.latest
            for (first, last), key in self.others["date"].items():
                if None not in bounds and first <= bounds[0] and bounds[1] <= last:
                    page.places[key].append(Spot(*page.tokens_of(time.start, time.end)))
        return page

    def _known(self, word: tuple[int, int]) -> Known:
        forms = self.words.forms(*word)
        return Known(forms, forms.firsts, self._begun_by(forms), self._sorts(word))

    def _begun_by(self, forms: Forms) -> tuple[_Begun, ...]:
        begun = {key: (phrase, _second(phrase))
                 for base in sorted(forms.plain) for phrase, key in self.first.get(base, ())}
        for deed in forms.deeds:
            for phrase, key in self.first.get(deed[0], ()):
                if phrase.part is None and phrase.words[: len(deed)] == deed:
                    begun.setdefault(key, (phrase, None))  # "of" may stand before what follows
        return tuple(_Begun(phrase, key, second,
                            frozenset(word.value for word in phrase.words if isinstance(word, Amount)),
                            len(phrase.words) == 1 and phrase.part is None)
                     for key, (phrase, second) in begun.items())

    def _sorts(self, word: tuple[int, int]) -> tuple[str, ...]:
        return tuple(sort for sort, words in self.cues.items() if not words.isdisjoint(word))


def _second(phrase: Phrase) -> int | None:
    return phrase.words[1] if len(phrase.words) > 1 and isinstance(phrase.words[1], int) else None


class _Lexicon(dict):
    """The words met so far, each with what is known of it."""

    def __init__(self, look_up: Callable[[tuple[int, int]], Known]):
        super().__init__()
        self.look_up = look_up

    def __missing__(self, word: tuple[int, int]) -> Known:
        self[word] = known = self.look_up(word)
        return known


class Page:
    """A Doc's words, without white space and hyphens, its numbers, and the places of what the codebook names."""

    def __init__(self, index: Index, doc: Doc):
        self.index = index
        self.places: Places = defaultdict(list)
        self.cues: dict[str, list[int]] = defaultdict(list)
        array = doc.to_array([NORM, LEMMA, IS_SPACE, LENGTH, SPACY, POS, SENT_START])
        self.bounds = np.flatnonzero(array[:, 6] == 1).tolist()
        left_out = array[:, 2].astype(bool)
        for hyphen in index.hyphens:
            left_out |= array[:, 0] == hyphen
        words = np.flatnonzero(~left_out)
        self.tokens = words.tolist()
        self.norms = array[words, 0].tolist()
        self.known = [index.known[word] for word in zip(self.norms, array[words, 1].tolist())]
        self.parts = array[:, 5].tolist() if doc.has_annotation("POS") else None
        lengths, blanks = array[:, 3].astype(np.int64), array[:, 4].astype(np.int64)
        ends = np.cumsum(lengths + blanks) - blanks
        self.starts, self.ends = (ends - lengths).tolist(), ends.tolist()
        self.numbers = self._numbers(doc) if index.values else {}
        self.mentions = self._mentions(doc._.actors)

    def tokens_of(self, start: int, end: int) -> tuple[int, int]:
        """Return the tokens that some characters touch."""
        first = bisect_right(self.ends, start)
        return first, max(bisect_left(self.starts, end), first + 1)

    def _mentions(self, mentions: list) -> list[tuple]:
        """Return each mention of an actor with the tokens that it touches, as `tokens_of` does, but all at once."""
        first = np.searchsorted(self.ends, [mention.start for mention in mentions], "right")
        last = np.maximum(np.searchsorted(self.starts, [mention.end for mention in mentions]), first + 1)
        return list(zip(first.tolist(), last.tolist(), mentions))

    def stretch(self, start: int, end: int) -> tuple[int, int]:
        """Return the characters of some tokens."""
        return self.starts[start], self.ends[end - 1]

    def _numbers(self, doc: Doc) -> dict[int, tuple[int, float]]:
        """Return first word -> (word after, value) of the numbers that the codebook names."""
        text = text_of(doc)
        found = {}
        for start, end, value in amounts(text):
            if value in self.index.values:
                first, last = bisect_right(self.starts, start) - 1, bisect_left(self.ends, end)
                stop = self.ends[last] - (text[end : end + 1] == ".")  # spaCy leaves the full stop of "3m." where it is
                unit = text[end : end + 1].isalpha()  # as in "15pc"
                if self.starts[first] == start and (unit or end in (stop, self.ends[last])):
                    found[bisect_left(self.tokens, first)] = (bisect_left(self.tokens, last) + 1, value)
        return found

    def note(self, i: int, phrase: Phrase, key: int) -> None:
        """Put down a phrase that stands at a word."""
        single = len(phrase.words) == 1 and isinstance(phrase.words[0], int)  # it was found already
        end = i + 1 if single else self._end(i, phrase.words, phrase.part is None)
        if end is not None and self._is_part(phrase, i, end):
            self.put(key, i, end)

    def put(self, key: int, start: int, end: int) -> None:
        self.places[key].append(Spot(self.tokens[start], self.tokens[end - 1] + 1))

    def _is_part(self, phrase: Phrase, start: int, end: int) -> bool:
        """Tell whether a phrase is the part of speech it must be: a verb by its first word, others by their last."""
        if phrase.part is None or self.parts is None:
            return True
        deciding = start if phrase.part == "verb" else end - 1
        return self.parts[self.tokens[deciding]] in _PARTS[phrase.part]

    def _end(self, i: int, words: tuple, deeds: bool) -> int | None:
        """Return the word after a phrase that stands at word `i`; a verb is found in its noun too, if `deeds`."""
        for position, word in enumerate(words):
            if isinstance(word, Gap):
                return self._first_end(range(i, i + word.words + 1), words[position + 1 :], deeds)
            if isinstance(word, Amount):
                end, value = self.numbers.get(i, (i, None))
                if value != word.value:
                    return None
                i = end
                continue
            if i >= len(self.known):
                return None
            forms = self.known[i].forms
            i += 1
            if word not in forms.plain:
                rest = words[position:]
                named = next((deed for deed in forms.deeds if deeds and rest[: len(deed)] == deed), None)
                return self._first_end(self._after_deed(i), rest[len(named) :], deeds) if named else None
        return i

    def _first_end(self, starts: Iterable[int], words: tuple, deeds: bool) -> int | None:
        return next((end for i in starts if (end := self._end(i, words, deeds)) is not None), None)

    def _after_deed(self, i: int) -> list[int]:
        """Return where the object of a deed's noun may begin: at once, behind "of", behind "of the"."""
        starts = [i]
        if i < len(self.norms) and self.norms[i] == self.index.of:
            starts.append(i + 1)
            if i + 1 < len(self.norms) and self.norms[i + 1] in self.index.determiners:
                starts.append(i + 2)
        return starts
