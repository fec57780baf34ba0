"""Match the wordings of a codebook in a Doc: every slot filled, in one window of sentences, as the parse allows."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice, product
from operator import attrgetter, itemgetter
from typing import NamedTuple

from spacy.tokens import Doc, Token

from .cues import Cues
from .direction import Direction
from .index import Page, Spot
from .negation import negator
from .patterns import Alternative, Pattern
from .voices import Voices

# Of one slot's places in a window, this many are tried, and of all combinations; beyond it the text is a list.
MOST_PLACES = 8
_NEAREST = 4
_MOST_COMBINATIONS = 512


class Place(NamedTuple):
    """Where an alternative stands, in tokens."""

    start: int
    end: int
    basis: str | None
    alternative: Alternative


Choice = tuple[Place, ...]  # one place a slot of the pattern, in its order


class Match(NamedTuple):
    """A wording found: a place for each slot, and for those optional slots that are filled."""

    pattern: Pattern
    chosen: Choice
    extras: tuple[tuple[str, Place], ...]
    head: int  # the token that is told to be so
    denied_by: Token | None  # the word that negates it, where that is somebody's and not the outlet's

    @property
    def places(self) -> list[tuple[str, Place]]:
        named = zip((slot for slot, _ in self.pattern.slots), self.chosen)
        return sorted((*named, *self.extras), key=lambda item: item[1].start)

    @property
    def is_full(self) -> bool:
        return len(self.extras) == len(self.pattern.optional)


class Matcher:
    """Matches patterns in one Doc."""

    def __init__(self, doc: Doc, page: Page, voices: Voices, direction: Direction):
        self.doc = doc
        self.page = page
        self.voices = voices
        self.direction = direction
        self.negators = Cues(doc, page, "negation", negator) if doc.has_annotation("DEP") else None
        self.heads: dict[tuple[int, int], int] = {}

    def match(self, pattern: Pattern, start: int, end: int) -> Iterator[Match]:
        """Yield the matches of a pattern in the window of tokens `start` to `end`."""
        def standing(alternatives: Iterable[Alternative]) -> list[Place]:
            return [Place(*spot, alternative) for alternative in alternatives if alternative.key in self.page.places
                    for spot in _between(self.page.places[alternative.key], start, end)]

        if pattern.forbidden and any(place.basis != "pronoun" for place in standing(pattern.forbidden)):
            return
        filled = [standing(alternatives) for _, alternatives in pattern.slots]
        if len(filled) == 1:
            alone = ((place,) for place in filled[0] if place.basis != "pronoun")
            choices = [chosen for chosen in alone if not self._is_undone(pattern, chosen)]
        else:
            choices = [self._best_choice(pattern, filled)]
        extras = [(slot, standing(alternatives)) for slot, alternatives in pattern.optional]
        for chosen in filter(None, choices):
            middle = sum(place.start for place in chosen) / len(chosen)
            nearest = tuple((slot, min(found, key=lambda place: abs(place.start - middle)))
                            for slot, found in extras if found)
            yield Match(pattern, chosen, nearest, self._head(chosen[pattern.deciding]), self._negator(pattern, chosen))

    def _best_choice(self, pattern: Pattern, filled: list[list[Place]]) -> Choice | None:
        """Choose one place a slot: what the parse confirms, names before pronouns, over the shortest stretch."""
        best, best_rank = None, None
        for chosen in _choices(filled):
            ordered = sorted(chosen, key=_by_start)
            if any(_clash(a, b) for a, b in zip(ordered, ordered[1:])):
                continue
            confirmed = self.direction.agreement(pattern.at, chosen)
            if confirmed is None:
                continue
            rank = (-confirmed, sum(place.basis == "pronoun" for place in ordered), ordered[-1].end - ordered[0].start)
            if (best_rank is None or rank < best_rank) and not self._is_undone(pattern, chosen):
                best, best_rank = chosen, rank
        return best

    def _is_undone(self, pattern: Pattern, chosen: Choice) -> bool:
        """Tell whether the outlet itself says that what is chosen is not so."""
        found = self._negator(pattern, chosen)
        return found is not None and self.voices.of([(found.idx, found.idx + len(found))]) is None

    def _negator(self, pattern: Pattern, chosen: Choice) -> Token | None:
        """Return the word that negates the deed chosen or what else is, unless the wording itself has it."""
        if self.negators is None:
            return None
        for place in (chosen[pattern.deciding], *chosen):
            found = self.negators.of(self._head(place))
            if found is not None and not any(other.start <= found.i < other.end for other in chosen):
                return found
        return None

    def _head(self, place: Place) -> int:
        """Return the word that the other words of a place hang on."""
        if place.end == place.start + 1 or self.negators is None:
            return place.start
        words = place.start, place.end
        if words not in self.heads:
            self.heads[words] = self.doc[place.start : place.end].root.i
        return self.heads[words]


def best(matches: Iterable[Match]) -> list[Match]:
    """Of overlapping matches of one code keep the best: no spun words, full, most slots, names, shortest."""
    ranked = []
    for match in matches:
        places = (*match.chosen, *(place for _, place in match.extras))
        start, end = min(place.start for place in places), max(place.end for place in places)
        rank = (any(place.alternative.spun for place in places), not match.is_full, -len(places),
                any(place.basis == "pronoun" for place in places), end - start, start)
        ranked.append((rank, len(ranked), end, match))
    kept = []
    taken: dict[tuple, list[tuple[int, int]]] = defaultdict(list)  # by code, in order, none overlapping another
    for rank, _, end, match in sorted(ranked, key=_by_rank):
        start, same = rank[-1], taken[match.pattern.kind, match.pattern.code_id]
        i = bisect_left(same, (start,))
        if (i == 0 or same[i - 1][1] <= start) and (i == len(same) or end <= same[i][0]):
            same.insert(i, (start, end))
            kept.append((start, end, match.pattern.code_id, match.pattern.kind, match))
    return [match for *_, match in sorted(kept, key=_by_passage)]


_by_start = attrgetter("start")
_by_rank = itemgetter(0, 1)
_by_passage = itemgetter(0, 1, 2, 3)


def _between(spots: list[Spot], start: int, end: int) -> Iterator[Spot]:
    """Yield the spots, in order of their starts, that lie between two tokens."""
    for i in range(bisect_left(spots, (start,)), len(spots)):
        if spots[i].start >= end:
            return
        if spots[i].end <= end:
            yield spots[i]


def _choices(filled: list[list[Place]]) -> Iterator[Choice]:
    """Yield combinations of one place a slot, those near each other."""
    if all(len(found) == 1 for found in filled):
        yield tuple(found[0] for found in filled)
        return
    fewest = min(range(len(filled)), key=lambda slot: len(filled[slot]))
    for anchor in filled[fewest][:MOST_PLACES]:
        near = [[anchor] if slot == fewest
                else sorted(found, key=lambda place: abs(place.start - anchor.start))[:_NEAREST]
                for slot, found in enumerate(filled)]
        yield from islice(product(*near), _MOST_COMBINATIONS)


def _clash(one: Place, other: Place) -> bool:
    """Tell whether two places overlap; only a change may stand in the word of its deed: halved."""
    return one.end > other.start and one.alternative.is_change == other.alternative.is_change
