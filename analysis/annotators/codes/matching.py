"""Match the wordings of a codebook in a Doc: every slot filled, in one window of sentences, as the parse allows."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice, product
from typing import NamedTuple

from spacy.tokens import Doc, Token

from .cues import Cues
from .direction import Direction
from .index import Places, Spot
from .negation import CUES as NEGATIONS
from .negation import negator
from .patterns import Alternative, Pattern
from .voices import Voices

# Of one slot's places in a window, this many are tried, and of all combinations; beyond it the text is a list, no sentence.
MOST_PLACES = 8
_NEAREST = 4
_MOST_COMBINATIONS = 512
_DECIDING = ("did", "what")  # the slots that hold what is told to be so, the first that is there


class Place(NamedTuple):
    """Where an alternative stands, in tokens."""

    start: int
    end: int
    basis: str | None
    alternative: Alternative

    @property
    def actor(self) -> str | None:
        return self.alternative.what if self.alternative.sort == "actor" else None


Choice = list[tuple[str, Place]]


@dataclass(frozen=True, slots=True)
class Match:
    """A wording found: a place for each slot, and for those optional slots that are filled."""

    pattern: Pattern
    chosen: tuple[tuple[str, Place], ...]
    extras: tuple[tuple[str, Place], ...]
    denied_by: Token | None  # the word that negates the deed, where it is somebody's and not the outlet's

    @property
    def deciding(self) -> Place:
        return deciding(self.chosen)

    @property
    def places(self) -> list[tuple[str, Place]]:
        return sorted(self.chosen + self.extras, key=lambda item: item[1].start)

    @property
    def start(self) -> int:
        return min(place.start for _, place in self.chosen + self.extras)

    @property
    def end(self) -> int:
        return max(place.end for _, place in self.chosen + self.extras)

    @property
    def is_full(self) -> bool:
        return len(self.extras) == len(self.pattern.optional)


class Matcher:
    """Matches patterns in one Doc."""

    def __init__(self, doc: Doc, places: Places, voices: Voices, direction: Direction):
        self.doc = doc
        self.places = places
        self.voices = voices
        self.direction = direction
        self.negators = Cues(doc, NEGATIONS, negator) if doc.has_annotation("DEP") else None

    def match(self, pattern: Pattern, start: int, end: int) -> Iterator[Match]:
        """Yield the matches of a pattern in the window of tokens `start` to `end`."""
        def standing(alternatives: Iterable[Alternative]) -> list[Place]:
            return [Place(*spot, alternative) for alternative in alternatives
                    for spot in _between(self.places.get(alternative.key, []), start, end)]

        if any(place.basis != "pronoun" for place in standing(pattern.forbidden)):
            return
        filled = [(slot, standing(alternatives)) for slot, alternatives in pattern.slots]
        if len(filled) == 1:
            [(slot, places)] = filled
            choices = [[(slot, place)] for place in places if place.basis != "pronoun" and not self._is_undone([(slot, place)])]
        else:
            choices = [self._best_choice(filled)]
        extras = [(slot, standing(alternatives)) for slot, alternatives in pattern.optional]
        for chosen in filter(None, choices):
            middle = sum(place.start for _, place in chosen) / len(chosen)
            nearest = tuple((slot, min(found, key=lambda place: abs(place.start - middle))) for slot, found in extras if found)
            yield Match(pattern, tuple(chosen), nearest, self._negator(chosen))

    def _best_choice(self, filled: list[tuple[str, list[Place]]]) -> Choice | None:
        """Choose one place a slot: what the parse confirms, names before pronouns, over the shortest stretch of text."""
        best, best_rank = None, None
        for chosen in _choices(filled):
            ordered = sorted((place for _, place in chosen), key=lambda place: place.start)
            if any(_clash(a, b) for a, b in zip(ordered, ordered[1:])):
                continue
            confirmed = self.direction.agreement(chosen)
            if confirmed is None:
                continue
            rank = (-confirmed, sum(place.basis == "pronoun" for place in ordered), ordered[-1].end - ordered[0].start)
            if (best_rank is None or rank < best_rank) and not self._is_undone(chosen):
                best, best_rank = chosen, rank
        return best

    def _is_undone(self, chosen: Choice) -> bool:
        """Tell whether the outlet itself says that what is chosen is not so."""
        found = self._negator(chosen)
        return found is not None and self.voices.of([(found.idx, found.idx + len(found))]) is None

    def _negator(self, chosen: Choice) -> Token | None:
        """Return the word that negates what is chosen, unless the wording itself has it."""
        if self.negators is None:
            return None
        found = self.negators.of(head(self.doc, deciding(chosen)))
        own = found is not None and any(other.start <= found.i < other.end for _, other in chosen)
        return None if own else found


def deciding(chosen: Iterable[tuple[str, Place]]) -> Place:
    """Return the place that tells what is said to be so: that of the deed, else of the thing, else the first one."""
    places = dict(chosen)
    return next((places[slot] for slot in _DECIDING if slot in places), next(iter(places.values())))


def head(doc: Doc, place: Place) -> Token:
    """Return the word that the other words of a place hang on."""
    return doc[place.start] if place.end == place.start + 1 else doc[place.start : place.end].root


def stretch(doc: Doc, place: Place | Match) -> tuple[int, int]:
    """Return the characters of a place."""
    last = doc[place.end - 1]
    return doc[place.start].idx, last.idx + len(last)


def best(matches: Iterable[Match]) -> list[Match]:
    """Of overlapping matches of one code keep the best: no spun words, full, most slots, names, shortest."""
    def rank(match: Match) -> tuple:
        everything = match.chosen + match.extras
        return (any(place.alternative.spun for _, place in everything), not match.is_full, -len(everything),
                any(place.basis == "pronoun" for _, place in everything), match.end - match.start, match.start)

    kept: list[Match] = []
    taken: dict[tuple, list[tuple[int, int]]] = defaultdict(list)  # by code, in order, none overlapping another
    for match in sorted(matches, key=rank):
        start, end = match.start, match.end
        same = taken[match.pattern.kind, match.pattern.code_id]
        i = bisect_left(same, (start,))
        if (i == 0 or same[i - 1][1] <= start) and (i == len(same) or end <= same[i][0]):
            same.insert(i, (start, end))
            kept.append(match)
    return sorted(kept, key=lambda match: (match.start, match.end, match.pattern.code_id))


def _between(spots: list[Spot], start: int, end: int) -> Iterator[Spot]:
    """Yield the spots, in order of their starts, that lie between two tokens."""
    for i in range(bisect_left(spots, (start,)), len(spots)):
        if spots[i].start >= end:
            return
        if spots[i].end <= end:
            yield spots[i]


def _choices(filled: list[tuple[str, list[Place]]]) -> Iterator[Choice]:
    """Yield combinations of one place a slot, those near each other."""
    anchor_slot, anchors = min(filled, key=lambda item: len(item[1]))
    names = [slot for slot, _ in filled if slot != anchor_slot]
    for anchor in anchors[:MOST_PLACES]:
        near = [sorted(found, key=lambda place: abs(place.start - anchor.start))[:_NEAREST]
                for slot, found in filled if slot != anchor_slot]
        for others in islice(product(*near), _MOST_COMBINATIONS):
            yield [(anchor_slot, anchor), *zip(names, others)]


def _clash(one: Place, other: Place) -> bool:
    """Tell whether two places overlap; only a change may stand in the word of its deed: halved."""
    return one.end > other.start and one.alternative.is_change == other.alternative.is_change
