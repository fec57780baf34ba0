"""Find the codebook's facts, frames and events by their wordings, and say in whose voice they stand.

The wording language is described in `analysis.codebook`. The method is slot filling within a window of
sentences, as in the nugget evaluation of TREC question answering (Voorhees 2003): a fact is present when
every slot of one of its wordings is filled.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import product

import numpy as np
from spacy.attrs import IS_SPACE, LEMMA, NORM
from spacy.language import Language
from spacy.lookups import Lookups
from spacy.tokens import Doc

from ..codebook import ISO_DAY, REFERENCE, Codebook, Spun, Wording
from . import news, write
from .numbers import NUMBERS, SCALES
from .numbers import number as read_number

GAP = "…"
GAP_WORDS = 6  # what a subordinate phrase between verb and object needs: "revoke [the diplomatic] accreditation"
# Of one slot's places in a window, this many are tried; beyond it the text is a list, not a sentence.
MOST_PLACES = 8
MOST_DIGITS = 15  # with its commas; what is longer is no number of anything
PERFORMATIVES = frozenset("announce declare order proclaim".split())


@dataclass(frozen=True, slots=True)
class Element:
    """A slot of a wording, the characters that fill it, and the alternative of the codebook that they match."""

    slot: str
    alternative: str
    start: int
    end: int
    spun: bool


@dataclass(frozen=True, slots=True)
class Code:
    """A code on a passage: from the first to the last character of its elements."""

    start: int
    end: int
    kind: str
    code_id: str
    status: str
    speaker: str | None
    completeness: str
    elements: tuple[Element, ...]

    @property
    def label(self) -> str:
        return self.code_id


@dataclass(frozen=True, slots=True)
class _Place:
    """Where an alternative stands in a Doc, in tokens."""

    start: int
    end: int
    alternative: str
    spun: bool


@dataclass(frozen=True, slots=True)
class _Pattern:
    """A wording, compiled: each slot is a list of keys into the index of what a Doc holds."""

    kind: str
    code_id: str
    slots: tuple[tuple[str, tuple], ...]
    optional: tuple[tuple[str, tuple], ...]
    forbidden: tuple
    within: int


@Language.factory("tellings_codes", default_config={"codebook": {}}, assigns=["doc._.codes"])
class CodeFinder:
    """Write `doc._.codes`; needs the actors, times and quotations that earlier components wrote.

    Parameters
    ----------
    codebook : a `Codebook` as `model_dump(mode="json", by_alias=True)` gives it.
    """

    def __init__(self, nlp: Language, name: str, codebook: dict):
        book = Codebook.model_validate(codebook)
        self.nlp = nlp
        self.terms = book.terms
        self.disputes = {fact.fact_id: fact.disputes for fact in book.facts if fact.disputes}
        self.strings = nlp.vocab.strings
        # Words are compared as spaCy's string ids, which costs less than comparing strings.
        self.phrases: dict[int, set[tuple[int, ...]]] = defaultdict(set)  # first word -> phrases that start with it
        self.lemmatizer = nlp.get_pipe("lemmatizer") if nlp.has_pipe("lemmatizer") else None
        self.known_forms: dict[tuple[int, int], tuple[int, ...]] = {}  # word and lemma -> all that it may stand for
        self.patterns = [self._compile(kind, code_id, w) for kind, code_id, ws in book.codes() for w in ws]
        self.uses: dict[tuple, set[tuple[int, str]]] = defaultdict(set)  # key -> the patterns' slots that it fills
        for number, pattern in enumerate(self.patterns):
            for slot, keys in pattern.slots:
                for key in keys:
                    self.uses[key[:2]].add((number, slot))

    def __call__(self, doc: Doc) -> Doc:
        sentences = list(news(doc))
        places = self._places(doc)
        voices = _Voices(doc)
        found = []
        for number, wanted in self._candidates(sentences, places).items():
            pattern = self.patterns[number]
            for first in wanted:
                window = sentences[first : first + pattern.within]
                found += _match(doc, pattern, places, window[0].start, window[-1].end)
        codes = [replace(code, **voices.of(code)) for code in _best(found)]
        disputed = {self.disputes.get(code.code_id) for code in codes}
        codes = [replace(code, status="disputed") if code.code_id in disputed else code for code in codes]
        return write(doc, "codes", codes)

    def _compile(self, kind: str, code_id: str, wording: Wording) -> _Pattern:
        def slots(filled: dict) -> tuple:
            return tuple((slot, tuple(self._keys(alternatives))) for slot, alternatives in filled.items())

        return _Pattern(kind, code_id, slots(wording.filled()), slots(wording.optional.filled()),
                        tuple(self._keys(wording.forbidden or [])), wording.within)

    def _keys(self, alternatives: list, spun: bool = False) -> Iterator[tuple]:
        """Yield (sort, what, as written, spun) for each alternative; a Doc is searched for the phrases noted here."""
        for alternative in alternatives:
            if isinstance(alternative, Spun):
                yield from self._keys(alternative.spun, spun=True)
            elif isinstance(alternative, int):
                yield "number", alternative, str(alternative), spun
            elif ISO_DAY.fullmatch(alternative):
                yield "date", date.fromisoformat(alternative), alternative, spun
            elif (name := REFERENCE.fullmatch(alternative)) and name[1] in self.terms:
                yield from self._keys(self.terms[name[1]], spun)
            elif name:
                yield "actor", name[1], alternative, spun
            else:
                words = tuple(GAP if t.text in (GAP, "...") else t.norm for t in self.nlp.make_doc(alternative))
                self.phrases[words[0]].add(words)
                yield "phrase", words, alternative, spun

    def _places(self, doc: Doc) -> dict[tuple, list[tuple[int, int]]]:
        """Return where each phrase, number, actor and date of the codebook stands, in tokens and in order."""
        places: dict[tuple, list[tuple[int, int]]] = defaultdict(list)
        tokens = doc.to_array([NORM, LEMMA, IS_SPACE])
        words = np.flatnonzero(tokens[:, 2] == 0).tolist()  # white space inside a phrase does not hide it
        forms = [self._forms(*ids) for ids in tokens[words, :2].tolist()]
        for i, bases in enumerate(forms):
            for base in bases:
                for phrase in self.phrases.get(base, ()):
                    if end := _phrase_end(forms, i, phrase):
                        places["phrase", phrase].append((words[i], words[end - 1] + 1))
        for start, end, value in numbers(doc):
            places["number", value].append((start, end))
        for mention in doc._.actors:
            places["actor", mention.actor_id].append(_tokens(doc, mention))
        for time in doc._.times:
            if time.earliest is not None and time.earliest == time.latest:
                places["date", time.earliest].append(_tokens(doc, time))
        return places

    def _forms(self, norm: int, lemma: int) -> tuple[int, ...]:
        """Return what a word may stand for: itself, and its base as a verb or noun, whatever the tagger took it for.

        The tagger errs where wordings matter, in headlines ("SUSPENDS TALKS") and in participles ("the closed office").
        """
        if (norm, lemma) not in self.known_forms:
            word = self.strings[norm]
            bases = {word, self.strings[lemma].lower()}
            if self.lemmatizer is not None:
                bases |= _bases(word, self.lemmatizer.lookups)
            self.known_forms[norm, lemma] = tuple(self.strings.add(base) for base in sorted(bases) if base)
        return self.known_forms[norm, lemma]

    def _candidates(self, sentences: list, places: dict) -> dict[int, list[int]]:
        """Return, for each pattern that has every slot filled in some window, the windows' first sentences."""
        filled: list[set[tuple[int, str]]] = [set() for _ in sentences]
        for key, spans in places.items():
            for position in {_sentence_of(sentences, start) for start, _ in spans} - {None}:
                filled[position] |= self.uses.get(key, set())
        candidates: dict[int, list[int]] = defaultdict(list)
        for first, here in enumerate(filled):
            for number, slots in Counter(number for number, _ in here).items():
                pattern = self.patterns[number]
                if pattern.within > 1:
                    window = set().union(*filled[first : first + pattern.within])
                    slots = sum(other == number for other, _ in window)
                if slots == len(pattern.slots):
                    candidates[number].append(first)
        return candidates


def _phrase_end(forms: list, start: int, phrase: tuple) -> int | None:
    """Return the token after the phrase if it stands at `start`; a gap takes up to GAP_WORDS tokens."""
    i = start
    for position, word in enumerate(phrase):
        if word == GAP:
            rest = phrase[position + 1 :]
            return next((end for skip in range(GAP_WORDS + 1) if (end := _phrase_end(forms, i + skip, rest))), None)
        if i >= len(forms) or word not in forms[i]:
            return None
        i += 1
    return i


def _bases(word: str, lookups: Lookups) -> set[str]:
    """Return the dictionary forms of a word as a verb and as a noun, by the tables of spaCy's lemmatizer."""
    found: set[str] = set()
    for sort in ("verb", "noun"):
        index = lookups.get_table("lemma_index")[sort]
        found.update(lookups.get_table("lemma_exc")[sort].get(word, ()))
        found.update(base for old, new in lookups.get_table("lemma_rules")[sort]
                     if word.endswith(old) and (base := word[: len(word) - len(old)] + new) in index)
    return found


def numbers(doc: Doc) -> Iterator[tuple[int, int, int]]:
    """Yield (start, end, value) of each whole number, in tokens: 8, eight, twenty-one, 8 million.

    Examples
    --------
    >>> import spacy
    >>> list(numbers(spacy.blank("en")("Twenty-one of 8 million left")))
    [(0, 3, 21), (4, 6, 8000000)]
    """
    strings = doc.vocab.strings
    words = [strings[norm] for norm in doc.to_array(NORM).tolist()]
    words = [word if word == "-" or word in NUMBERS or word in SCALES or _is_digits(word) else "" for word in words]
    i = 0
    while i < len(words):
        end = i + 1
        if words[i] in NUMBERS or words[i][:1].isdigit():
            while end < len(words) and _goes_on(words, end):
                end += 1
            value = read_number("".join(words[i:end]) if "-" in words[i:end] else " ".join(words[i:end]))
            if value is not None:
                yield i, end, value
        i = end


def _is_digits(word: str) -> bool:
    return len(word) <= MOST_DIGITS and word.replace(",", "").isdecimal()


def _goes_on(words: list[str], i: int) -> bool:
    """Tell whether a number goes on with a word: "million" after 8, "-one" after "twenty"."""
    ones = i + 1 < len(words) and 0 < NUMBERS.get(words[i + 1], 0) < 10
    return words[i] in SCALES or words[i] == "-" and words[i - 1].endswith("ty") and ones or words[i - 1] == "-"


def _tokens(doc: Doc, record) -> tuple[int, int]:
    span = doc.char_span(record.start, record.end, alignment_mode="expand")
    return span.start, span.end


def _sentence_of(sentences: list, token: int) -> int | None:
    """Return the position of the sentence that holds a token; None in furniture."""
    position = bisect_right(sentences, token, key=lambda sentence: sentence.start) - 1
    return position if position >= 0 and token < sentences[position].end else None


def _match(doc: Doc, pattern: _Pattern, places: dict, start: int, end: int) -> list[Code]:
    """Return the codes that a pattern gives in the window of tokens `start` to `end`."""
    def standing(keys: tuple) -> list[_Place]:
        return [_Place(a, b, written, spun) for sort, what, written, spun in keys
                for a, b in _between(places.get((sort, what), []), start, end)]

    if standing(pattern.forbidden):
        return []
    filled = [(slot, standing(keys)) for slot, keys in pattern.slots]
    if len(filled) == 1:
        slot, found = filled[0]
        combinations = [[(slot, place)] for place in found]
    else:
        combinations = [_tightest(filled)]
    extras = [(slot, standing(keys)) for slot, keys in pattern.optional]
    return [_code(doc, pattern, chosen, extras) for chosen in combinations if chosen]


def _between(spans: list[tuple[int, int]], start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the spans, in order of their starts, that lie between two tokens."""
    for i in range(bisect_left(spans, (start,)), len(spans)):
        a, b = spans[i]
        if a >= end:
            return
        if b <= end:
            yield a, b


def _tightest(filled: list[tuple[str, list[_Place]]]) -> list[tuple[str, _Place]] | None:
    """Choose one place a slot, none overlapping another, over the shortest stretch of text."""
    anchor_slot, anchors = min(filled, key=lambda item: len(item[1]))
    best, best_width = None, None
    for anchor in anchors[:MOST_PLACES]:
        near = [sorted(found, key=lambda p: abs(p.start - anchor.start))[:3] for slot, found in filled if slot != anchor_slot]
        names = [slot for slot, _ in filled if slot != anchor_slot]
        for chosen in product(*near):
            all_places = sorted((anchor, *chosen), key=lambda p: p.start)
            if any(a.end > b.start for a, b in zip(all_places, all_places[1:])):
                continue
            width = all_places[-1].end - all_places[0].start
            if best_width is None or width < best_width:
                best, best_width = [(anchor_slot, anchor), *zip(names, chosen)], width
    return best


def _code(doc: Doc, pattern: _Pattern, chosen: list[tuple[str, _Place]], extras: list) -> Code:
    elements = [_element(doc, slot, place) for slot, place in chosen]
    middle = sum(place.start for _, place in chosen) / len(chosen)
    found_extras = [_element(doc, slot, min(found, key=lambda p: abs(p.start - middle))) for slot, found in extras if found]
    everything = sorted(elements + found_extras, key=lambda e: e.start)
    return Code(
        start=everything[0].start, end=max(e.end for e in everything),
        kind=pattern.kind, code_id=pattern.code_id, status="stated", speaker=None,
        completeness="full" if len(found_extras) == len(extras) else "partial",
        elements=tuple(everything),
    )


def _element(doc: Doc, slot: str, place: _Place) -> Element:
    span = doc[place.start : place.end]
    return Element(slot, place.alternative, span.start_char, span.end_char, place.spun)


def _best(codes: list[Code]) -> list[Code]:
    """Of overlapping matches of one code keep the best: no spun words, full, most slots, shortest."""
    def rank(code: Code) -> tuple:
        return (any(e.spun for e in code.elements), code.completeness != "full", -len(code.elements), code.end - code.start)

    kept: list[Code] = []
    taken: dict[tuple, list[tuple[int, int]]] = defaultdict(list)  # by code, in order, none overlapping another
    for code in sorted(codes, key=lambda c: (*rank(c), c.start)):
        same = taken[code.kind, code.code_id]
        i = bisect_left(same, (code.start,))
        if (i == 0 or same[i - 1][1] <= code.start) and (i == len(same) or code.end <= same[i][0]):
            same.insert(i, (code.start, code.end))
            kept.append(code)
    return sorted(kept, key=lambda c: (c.start, c.end, c.code_id))


class _Voices:
    """Tells in whose voice a passage stands, by the quotations of a Doc."""

    def __init__(self, doc: Doc):
        quotations = sorted(doc._.quotations, key=lambda q: q.start)
        self.quotations = [q for q in quotations if not _is_announced_act(doc, q)]
        self.starts = [q.start for q in self.quotations]
        self.longest = max((q.end - q.start for q in self.quotations), default=0)

    def of(self, code: Code) -> dict[str, str | None]:
        """Return status and speaker: attributed where the deed is told in a quotation's content.

        The voice of a statement is that of whoever tells its deed, the slot `did`; a wording without one goes by
        most of its words. So "Moscow rejects [the charge]" is the outlet's, who tells that Moscow rejects.
        """
        deciding = [e for e in code.elements if e.slot == "did"] or code.elements
        length = sum(e.end - e.start for e in deciding)
        for quotation in self._around(code):
            inside = sum(max(0, min(e.end, quotation.end) - max(e.start, quotation.start)) for e in deciding)
            if 2 * inside > length:
                return {"status": "attributed", "speaker": quotation.speaker}
        return {"status": "stated", "speaker": None}

    def _around(self, code: Code) -> list:
        """Return the quotations that reach into a passage, shortest first: the innermost voice counts."""
        first = bisect_left(self.starts, code.start - self.longest)
        last = bisect_left(self.starts, code.end)
        reaching = (q for q in self.quotations[first:last] if q.end > code.start)
        return sorted(reaching, key=lambda q: q.end - q.start)


def _is_announced_act(doc: Doc, quotation) -> bool:
    """Tell whether a content is an act that announcing performs: "announced the suspension of …".

    Such a noun phrase is no statement that could be doubted; who announces an act does it (Austin 1962).
    """
    if quotation.kind != "indirect" or quotation.cue_start is None or not doc.has_annotation("DEP"):
        return False
    cue = doc.char_span(quotation.cue_start, quotation.cue_end, alignment_mode="expand")
    content = doc.char_span(quotation.start, quotation.end, alignment_mode="expand")
    return cue.root.lemma_.lower() in PERFORMATIVES and content.root.pos_ in ("NOUN", "PROPN")
