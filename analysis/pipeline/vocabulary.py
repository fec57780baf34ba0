"""What of a codebook the words of an article can show at all: an edit of the rest leaves the article as it was read.

The words are string ids: the norms of a text, and all forms and deeds they may stand for (`annotators.codes.words`).
"""

from __future__ import annotations

from functools import lru_cache
from hashlib import sha256
from itertools import chain

import numpy as np
from spacy.attrs import LEMMA, NORM
from spacy.language import Language
from spacy.tokens import Doc

from ..annotators.codes.patterns import Compiler, Pattern
from ..annotators.codes.words import words_of
from ..codebook import Codebook

BITS = 0xFFFFFFFF  # of an id are kept: where two words share them, a passage is at worst looked for in vain
_ANY = 0  # in place of a word that is needed: none is
_NAMES = ("aliases", "descriptions", "metonyms")


def vocabulary(doc: Doc, nlp: Language) -> bytes:
    """Return the ids of all that the words of a Doc may stand for."""
    words = words_of(nlp)
    keys = {(norm, lemma) for norm, lemma in doc.to_array([NORM, LEMMA]).tolist()}
    forms = [words.forms(*key) for key in keys]
    norms = {norm for norm, _ in keys}
    held = norms.union(*(form.plain for form in forms), *chain.from_iterable(form.deeds for form in forms))
    return np.sort(np.array([word & BITS for word in held], dtype="uint32")).tobytes()


class Names:
    """The actors of a codebook, with the words of their names."""

    def __init__(self, nlp: Language, people: list[dict]):
        self.people = people
        self.words = {name: _name(nlp, name) for actor in people for how in _NAMES for name in actor[how]}

    def within(self, held: np.ndarray) -> list[dict]:
        """Return the actors with only those names whose words are all there; media are also known by parts of names."""
        there = set(held.tolist())
        return [actor if actor["kind"] == "medium" else
                {**actor, **{how: [name for name in actor[how] if self.words[name] <= there] for how in _NAMES}}
                for actor in self.people]


class Entries:
    """The entries of a codebook, with the words that each needs.

    An alternative counts where all its words are there, a wording where each of its slots has one that counts; numbers,
    dates and actors are taken to be there.
    """

    def __init__(self, nlp: Language, codebook: Codebook):
        compiler = Compiler(nlp, codebook)
        patterns = compiler.patterns()
        sought = {key: what for what, key in compiler.sought.items()}
        self.entries = [(kind, code_id) for kind, code_id, _ in codebook.codes()]
        numbers = {entry: number for number, entry in enumerate(self.entries)}
        self.shared = [(actor.actor_id, actor.camp, actor.camp in (*actor.as_config()["aliases"], actor.name))
                       for actor in codebook.actors]  # what finding codes needs of actors beyond `as_config`
        words, starts, digests, groups, required, begins, belongs = [], [], [], [], [], [], []
        for pattern in patterns:
            begins.append(len(groups))
            for slot, alternatives, is_required in _slots(pattern):
                groups.append(len(digests))
                required.append(is_required)
                slots = [*pattern.at], [name for name, _ in pattern.optional]
                head = pattern.kind, pattern.code_id, pattern.number, pattern.within, slots
                for alternative in alternatives:
                    starts.append(len(words))
                    words += _needed(*sought[alternative.key])
                    digests.append(_short((head, slot, sought[alternative.key], alternative[1:])))
                belongs += [(len(begins) - 1, numbers[pattern.kind, pattern.code_id])] * len(alternatives)
        self.words = np.array(words, dtype="uint32")
        self.starts = np.array(starts, dtype=int)  # where among them those of each alternative begin
        self.digests = np.array(digests, dtype="uint64")
        self.groups, self.begins = np.array(groups, dtype=int), np.array(begins, dtype=int)
        self.optional = ~np.array(required, dtype=bool)
        self.pattern, self.entry = np.array(belongs, dtype=int).reshape(-1, 2).T

    def within(self, held: np.ndarray) -> dict[str, tuple[str, str]]:
        """Return kind and id of the entries that some words may show, by a digest of what may be found of each."""
        if not self.entries:
            return {}
        there = np.logical_and.reduceat(np.isin(self.words, held) | (self.words == _ANY), self.starts)
        filled = np.logical_or.reduceat(there, self.groups) | self.optional
        possible = np.logical_and.reduceat(filled, self.begins)
        kept = np.flatnonzero(there & possible[self.pattern])
        digests, entry = self.digests[kept], self.entry[kept]
        bounds = np.searchsorted(entry, range(len(self.entries) + 1)).tolist()
        return {sha256(digests[start:end].tobytes()).hexdigest(): self.entries[number]
                for number, (start, end) in enumerate(zip(bounds, bounds[1:])) if end > start}


def _slots(pattern: Pattern) -> list[tuple[str, tuple, bool]]:
    """Return each list of alternatives of a wording that has any, and whether one of them must be found."""
    extras = [*pattern.optional, ("not", pattern.forbidden)]
    needed = [(slot, listed, True) for slot, listed in pattern.slots]
    return needed + [(slot, listed, False) for slot, listed in extras if listed]


def _needed(sort: str, what: object) -> list[int]:
    """Return the words without which something sought cannot be found; what is known by other means needs none."""
    return sort == "phrase" and [word & BITS for word in what.words if isinstance(word, int)] or [_ANY]


def _short(content: object) -> int:
    return int.from_bytes(sha256(repr(content).encode()).digest()[:8])


@lru_cache(maxsize=1 << 14)
def _name(nlp: Language, name: str) -> frozenset[int]:
    """Return the words that a name is found by."""
    return frozenset(token.norm & BITS for token in nlp.make_doc(name) if not token.is_space)
