"""Compile the wordings of a codebook: each slot becomes a list of keys into the index of what a Doc holds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from spacy.language import Language

from ...codebook import GAPS, REFERENCE, Change, Codebook, Part, Spun, Wording, period
from ...numbers import amounts, exact
from .changes import change_phrases
from .words import PREFIX, undotted

GAP_WORDS = 6  # what a subordinate phrase between verb and object needs: "revoke [the diplomatic] accreditation"
DECIDING = ("did", "what")
_SIGNS = (" percent", " per cent", " %", "pc")
_PERCENT = re.compile(r"(?<=\d)\s*(?:%|pc\b|per\s?cent\b)|(?<=\w)\sper\s?cent\b", re.IGNORECASE)
HYPHENS = frozenset("-‐‑")  # left out of phrases and texts alike: anti-aircraft, anti aircraft


class Gap(NamedTuple):
    """Up to so many words between two words of a phrase."""

    words: int


class Amount(NamedTuple):
    """A number in a phrase, which counts by its value."""

    value: float


class Phrase(NamedTuple):
    """Words as spaCy's string ids, which cost less to compare than strings, and the part of speech they must be."""

    words: tuple[int | Gap | Amount, ...]
    part: str | None


Sought = tuple[str, object]  # a sort (phrase, number, date, actor), and which one


class Alternative(NamedTuple):
    """One alternative of a slot: the number of what is sought, how it is written, the actor that it is, if any."""

    key: int
    written: str
    spun: bool
    actor: str | None = None
    is_change: bool = False


@dataclass(frozen=True)
class Pattern:
    """A wording, compiled; `number` is its place among the wordings of its entry, from 1."""

    kind: str
    code_id: str
    number: int
    slots: tuple[tuple[str, tuple[Alternative, ...]], ...]
    optional: tuple[tuple[str, tuple[Alternative, ...]], ...]
    forbidden: tuple[Alternative, ...]
    within: int

    @cached_property
    def at(self) -> dict[str, int]:
        """Return where each slot stands among `slots`."""
        return {slot: position for position, (slot, _) in enumerate(self.slots)}

    @cached_property
    def deciding(self) -> int:
        """Return where the slot stands that holds what is told to be so: the deed, else the thing, else the first."""
        return next((self.at[slot] for slot in DECIDING if slot in self.at), 0)


def _spellings(text: str) -> list[str]:
    """Return a phrase with its first prefix joined, and with a hyphen; and with its percent sign in all ways.

    Examples
    --------
    >>> _spellings("re-enter"), _spellings("cooperate with"), _spellings("close")
    (['re-enter', 'reenter'], ['cooperate with', 'co-operate with'], ['close'])
    >>> _spellings("15 per cent")
    ['15 percent', '15 per cent', '15 %', '15pc']
    """
    if (percent := _PERCENT.search(text)) is not None:
        return [text[: percent.start()] + sign + text[percent.end() :] for sign in _SIGNS]
    found = PREFIX.match(text)  # "re-port" finds nothing more, and costs nothing
    if not found:
        return [text]
    return [text, found[1] + ("" if found[2] else "-") + text[found.end() :]]


class Compiler:
    """Makes patterns of a codebook's wordings, with the model's own tokenizer."""

    def __init__(self, nlp: Language, book: Codebook):
        self.nlp = nlp
        self.book = book
        self.sought: dict[Sought, int] = {}  # numbered, for numbers are looked up faster than phrases

    def patterns(self) -> list[Pattern]:
        return [self._pattern(kind, code_id, number, wording)
                for kind, code_id, wordings in self.book.codes() for number, wording in enumerate(wordings, 1)]

    def _pattern(self, kind: str, code_id: str, number: int, wording: Wording) -> Pattern:
        def slots(filled: dict) -> tuple:
            return tuple((slot, tuple(self._alternatives(listed, slot))) for slot, listed in filled.items())

        return Pattern(kind, code_id, number, slots(wording.filled()), slots(wording.optional.filled()),
                       tuple(self._alternatives(wording.forbidden or [])), wording.within)

    def _alternatives(self, listed: list, slot: str | None = None, spun: bool = False) -> Iterator[Alternative]:
        for item in listed:
            if isinstance(item, Spun):
                yield from self._alternatives(item.spun, slot, spun=True)
            elif isinstance(item, Part):
                for part, text in item.named():
                    yield Alternative(self._key("phrase", self._phrase(text, part)), text, spun)
            elif isinstance(item, Change):
                written = f"from {item.before} to {item.after}"
                for text, gap in change_phrases(item.before, item.after):
                    yield Alternative(self._key("phrase", self._phrase(text, gap=gap)), written, spun, is_change=True)
            elif (dates := period(item, slot)) is not None:
                yield Alternative(self._key("date", dates), str(item), spun)
            elif isinstance(item, int | float):
                yield Alternative(self._key("number", exact(item)), str(item), spun)
            else:
                yield from self._text(item, slot, spun)

    def _key(self, sort: str, what: object) -> int:
        return self.sought.setdefault((sort, what), len(self.sought))

    def _text(self, text: str, slot: str | None, spun: bool) -> Iterator[Alternative]:
        if (name := REFERENCE.fullmatch(text)) and name[1] in self.book.terms:
            yield from self._alternatives(self.book.terms[name[1]], slot, spun)
        elif name:
            yield Alternative(self._key("actor", name[1]), text, spun, name[1])
        else:
            for variant in _spellings(text):
                phrase = self._phrase(variant)
                [first, *others] = phrase.words
                is_number = isinstance(first, Amount) and not others
                key = self._key("number", first.value) if is_number else self._key("phrase", phrase)
                yield Alternative(key, text, spun)

    def _phrase(self, text: str, part: str | None = None, gap: int = GAP_WORDS) -> Phrase:
        doc = self.nlp.make_doc(text)
        numbers = {span.start: (span.end, value) for start, end, value in amounts(text)
                   if (span := doc.char_span(start, end)) is not None}
        words, i = [], 0
        while i < len(doc):
            end, value = numbers.get(i, (i + 1, None))
            if value is not None:
                words.append(Amount(value))
            elif doc[i].text in GAPS:
                words.append(Gap(gap))
            elif doc[i].norm_ not in HYPHENS and not doc[i].is_space:
                initials = undotted(doc[i].text)
                words.append(self.nlp.vocab.strings.add(initials) if initials else doc[i].norm)
            i = end
        return Phrase(tuple(words) or tuple(token.norm for token in doc), part)
