"""Find the codebook's facts, frames and events by their wordings, and say in whose voice they stand.

The wording language is described in `analysis.codebook`. The method is slot filling within a window of
sentences, as in the nugget evaluation of TREC question answering (Voorhees 2003): a fact is present when
every slot of one of its wordings is filled.

patterns   the wordings, compiled
changes    the words for a change by its values
words      what a word of a text may stand for
index      where the alternatives stand in a Doc
pronouns   for which actor a pronoun stands
matching   places for every slot of a wording
direction  who does the deed to whom, by the parse
cues       the sentences in which it is worth looking
climbing   the words that govern how a deed is told
negation   not so, or not done
hedges     no more than likely
denials    said not to be so, here or later
voices     the outlet's voice or somebody's
settling   what the codes of one entry depend on in those of others
records    what is found
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc, Span

from ...codebook import Codebook
from .. import news, write
from . import denials, hedges, negation, pronouns
from .cues import Cues
from .denials import Denials
from .direction import Direction
from .hedges import hedge
from .index import Index, Page, Places, Spot
from .matching import Match, Matcher, Place, best
from .patterns import GAP_WORDS, Compiler
from .pronouns import Pronouns
from .records import Code, Element
from .settling import statuses
from .voices import Voices

_CUES = {"negation": negation.CUES, "hedge": hedges.CUES, "denial": denials.CUES, "pronoun": pronouns.CUES}

__all__ = ["GAP_WORDS", "Code", "CodeFinder", "Element"]


@Language.factory("tellings_codes", default_config={"codebook": {}}, assigns=["doc._.codes"])
class CodeFinder:
    """Write `doc._.codes`; needs the actors, times, quotations and deeds that earlier components wrote.

    Parameters
    ----------
    codebook : a `Codebook` as `model_dump(mode="json", by_alias=True)` gives it.
    """

    def __init__(self, nlp: Language, name: str, codebook: dict):
        book = Codebook.model_validate(codebook)
        compiler = Compiler(nlp, book)
        self.patterns = compiler.patterns()
        self.index = Index(nlp, compiler.sought, _CUES)
        self.pronouns = Pronouns(book.actors)
        self.names = {actor.actor_id: actor.name for actor in book.actors}
        self.camps = {actor.actor_id: actor.camp for actor in book.actors}
        self.disputes = {fact.fact_id: fact.disputes for fact in book.facts if fact.disputes}
        self.uses: dict[int, set[tuple[int, int]]] = defaultdict(set)  # key -> (pattern, bit of the slot that it fills)
        for number, pattern in enumerate(self.patterns):
            for position, (_, alternatives) in enumerate(pattern.slots):
                for alternative in alternatives:
                    self.uses[alternative.key].add((number, 1 << position))

    def __call__(self, doc: Doc) -> Doc:
        codes, denials = self.found(doc)
        settled = statuses(codes, denials, [sentence.start_char for sentence in news(doc)], self.disputes)
        return write(doc, "codes", [code if code.status == status else replace(code, status=status)
                                    for code, status in zip(codes, settled)])

    def found(self, doc: Doc, *, later: bool = True) -> tuple[list[Code], list[tuple[int, str]]]:
        """Return the codes, each as if its entry stood alone, and the denials that `settling` weighs, if `later`."""
        sentences = list(news(doc))
        page = self.index.read(doc)
        standing_for = self.pronouns.read(doc, page, sentences)
        self._add_pronouns(page.places, standing_for)
        voices = Voices(doc, page)
        matcher = Matcher(doc, page, voices, Direction(doc, page, self.camps, standing_for))
        matches = []
        for number, windows in self._candidates(sentences, page.places).items():
            pattern = self.patterns[number]
            for first in windows:
                window = sentences[first : first + pattern.within]
                matches += matcher.match(pattern, window[0].start, window[-1].end)
        teller = _Teller(doc, page, voices, Denials(doc, page, self.names, voices))
        return [teller.code(match) for match in best(matches)], teller.later_denials(sentences) if later else []

    def _add_pronouns(self, places: Places, standing_for: dict[int, list[str]]) -> None:
        for actor_id, key in self.index.others["actor"].items():
            spots = [Spot(i, i + 1, "pronoun") for i, actors in standing_for.items() if actor_id in actors]
            if spots:
                places[key] = sorted(places[key] + spots)

    def _candidates(self, sentences: list[Span], places: Places) -> dict[int, list[int]]:
        """Return, for each pattern that has every slot filled in some window, the windows' first sentences."""
        starts = [sentence.start for sentence in sentences]
        filled: list[dict[int, int]] = [defaultdict(int) for _ in sentences]  # by sentence: pattern -> its slots' bits
        for key, spots in places.items():
            uses = self.uses.get(key, ())
            for position in {bisect_right(starts, spot.start) - 1 for spot in spots} - {-1} if uses else ():
                for number, bit in uses:
                    filled[position][number] |= bit
        candidates: dict[int, list[int]] = defaultdict(list)
        for first, here in enumerate(filled):
            for number, bits in here.items():
                pattern = self.patterns[number]
                for other in filled[first + 1 : first + pattern.within]:
                    bits |= other.get(number, 0)
                if bits + 1 == 1 << len(pattern.slots):
                    candidates[number].append(first)
        return candidates


class _Teller:
    """Says how the matches of a Doc are told: in whose voice, denied, hedged."""

    def __init__(self, doc: Doc, page: Page, voices: Voices, denials: Denials):
        self.doc = doc
        self.page = page
        self.voices = voices
        self.denials = denials
        self.parsed = doc.has_annotation("DEP")
        self.hedges = Cues(doc, page, "hedge", hedge)

    def code(self, match: Match) -> Code:
        elements = tuple(self._element(slot, place) for slot, place in match.places)
        status, speaker = self._voice(match, elements)
        hedged = self.hedges.of(match.head) if self.parsed else None
        if hedged is not None and hedged.hearsay and status == "stated":
            status = "attributed"
        at = (hedged.word.idx, hedged.word.idx + len(hedged.word)) if hedged is not None else (None, None)
        start, end = elements[0].start, max(element.end for element in elements)
        return Code(start, end, match.pattern.kind, match.pattern.code_id, match.pattern.number, status, speaker, *at,
                    "full" if match.is_full else "partial", elements)

    def _element(self, slot: str, place: Place) -> Element:
        written = place.alternative
        return Element(slot, written.written, *self.page.stretch(place.start, place.end), written.spun, place.basis)

    def _voice(self, match: Match, elements: tuple[Element, ...]) -> tuple[str, str | None]:
        """Return status and speaker: attributed where the deed is told in a quotation's content, disputed where denied.

        The voice of a statement is that of whoever tells its deed, the slot `did`; a wording without one goes by
        most of its words. So "Moscow rejects [the charge]" is the outlet's, who tells that Moscow rejects. 
        A deed done by saying it ("I apologise") is no claim that could be doubted, whoever's words it stands in.
        """
        denial = self.denials.of(match.head) if self.parsed else None
        if denial is not None:
            return "disputed", self.denials.denier(denial)
        if match.denied_by is not None:
            return "disputed", self.voices.speaker(match.denied_by)
        deeds = [element for element in elements if element.slot == "did"] or elements
        quotation = self.voices.of([(element.start, element.end) for element in deeds])
        if quotation is None or self.parsed and self.voices.is_performed(self.doc[match.head]):
            return "stated", None
        return "attributed", quotation.speaker

    def later_denials(self, sentences: Iterable[Span]) -> list[tuple[int, str]]:
        """Return first character and denier of the denials that name no content of their own."""
        return [(denial.start, denial.denier) for denial in self.denials.later(sentences)] if self.parsed else []
