"""Who speaks: the actor that a source's words resolve to.

Names first, then descriptions the codebook knows, then pronouns by the last subject or speaker that fits.
Where nothing fits, the speaker stays unknown.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from spacy.attrs import DEP
from spacy.symbols import nsubj, nsubjpass
from spacy.tokens import Doc, Token

from .lexicon import DOCUMENTS, SPEECH_NOUNS
from .sources import RELATIVES, antecedent

PRONOUNS = {"he": "he", "him": "he", "his": "he", "she": "she", "her": "she", "they": "they", "them": "they",
            "their": "they", "it": "it", "its": "it"}
_TITLES = {"mr": "he", "mrs": "she", "ms": "she", "miss": "she"}
_HONOURS = set(
    "dr sir lord lady dame prof president vice premier chancellor minister prime foreign secretary senator sen rep "
    "representative gov governor judge justice general gen col colonel capt captain lt sgt king queen prince princess "
    "pope chairman chief mayor ambassador attorney congressman congresswoman spokesman spokeswoman spokesperson".split()
)
_NO_NAME = _HONOURS | _TITLES.keys() | {"the"}
# A pronoun reaches back over so many subjects and speakers: a paragraph or two.
_MEMORY = 12


@dataclass(frozen=True, slots=True)
class Speaker:
    name: str
    pronoun: str | None
    person: bool


@dataclass(frozen=True, slots=True)
class Resolved:
    speaker: Speaker | None
    basis: str


UNKNOWN = Resolved(None, "unknown")


class Speakers:
    """What an article says about who is who, for resolving its sources."""

    def __init__(self, doc: Doc, actors: list[dict], quoted: bytearray):
        self.doc = doc
        self.quoted = quoted
        self.actors = {a["actor_id"]: Speaker(a["name"], a.get("pronoun"), a.get("kind") == "person") for a in actors}
        known = [m for m in doc._.actors if m.actor_id in self.actors]
        self.mentions = sorted(known, key=lambda m: (m.start, -m.end))
        self.mention_starts = [m.start for m in self.mentions]
        self.full: dict[str, str] = {}
        self.gender: dict[str, str] = {}
        for ent in doc.ents:
            if ent.label_ == "PERSON":
                self._learn(ent)

    @cached_property
    def history(self) -> tuple[list[int], list[Speaker]]:
        """The subjects that name somebody, as tokens, and whom: what a pronoun may stand for."""
        subjects = np.flatnonzero(np.isin(self.doc.to_array(DEP), (nsubj, nsubjpass))).tolist()
        named = ((i, self._named(self.doc[i]).speaker) for i in subjects if not self.quoted[i])
        told = [(i, speaker) for i, speaker in named if speaker is not None]
        return [i for i, _ in told], [speaker for _, speaker in told]

    def _learn(self, ent) -> None:
        words = [t.text for t in _bare(list(ent))]
        if len(words) > 1:
            self.full[words[-1]] = " ".join(words)
        title = self.doc[ent.start - 1] if ent.start else None
        for token in (title, ent[0]):
            gender = token is not None and _TITLES.get(token.lower_.rstrip("."))
            if gender and words:
                self.gender[words[-1]] = gender

    def resolve(self, head: Token | None) -> Resolved:
        """Tell who the source with this head word is."""
        if head is None:
            return UNKNOWN
        if head.lower_ in RELATIVES:
            noun = antecedent(head)
            return self._named(noun) if noun is not None else UNKNOWN
        if head.lower_ in PRONOUNS:
            return self._pronoun(head)
        return self._named(head)

    def _named(self, head: Token) -> Resolved:
        head = _of_two_offices(head)
        mentions = self._covering(head)
        document = head.lemma_ in SPEECH_NOUNS or head.lemma_ in DOCUMENTS
        for word in head.children:
            if word.dep_ in ("appos", "compound", "poss") and (document or word.dep_ != "poss"):
                mentions += [m for m in self._covering(word) if document or self.actors[m.actor_id].person]
        if mentions:
            best = max(mentions, key=lambda m: (self.actors[m.actor_id].person, m.basis == "named", m.end - m.start))
            return Resolved(self.actors[best.actor_id], best.basis)
        if head.pos_ != "PROPN":
            head = next((c for c in head.children if c.dep_ == "appos" and c.pos_ == "PROPN"), head)
        if head.pos_ != "PROPN":
            return UNKNOWN
        return self._as_written(head)

    def _covering(self, token: Token) -> list:
        position = bisect_right(self.mention_starts, token.idx)
        near = self.mentions[max(0, position - 4) : position]
        return [m for m in near if m.start <= token.idx < m.end]

    def _as_written(self, head: Token) -> Resolved:
        """The proper name in the text, without titles; a surname alone becomes the full name given elsewhere."""
        doc, a, b = self.doc, head.i, head.i + 1
        person = head.ent_type_ == "PERSON"
        while a > 0 and head.i - a < 6 and doc[a - 1].pos_ == "PROPN" and doc[a - 1].ent_type_ == head.ent_type_:
            a -= 1
        while b < len(doc) and b - head.i < 6 and doc[b].pos_ == "PROPN" and doc[b].ent_type_ == head.ent_type_:
            b += 1
        words = [t.text for t in _bare(list(doc[a:b]))]
        if not words:
            return UNKNOWN
        name = " ".join(words)
        if len(words) == 1:
            name = self.full.get(name, name)
        person = person or name in self.full.values()
        return Resolved(Speaker(name, self.gender.get(words[-1]), person), "named")

    def _pronoun(self, head: Token) -> Resolved:
        wanted = PRONOUNS[head.lower_]
        places, speakers = self.history
        position = bisect_left(places, head.i)
        for speaker in reversed(speakers[max(0, position - _MEMORY) : position]):
            if _fits(speaker, wanted):
                return Resolved(speaker, "pronoun")
        return UNKNOWN


def _of_two_offices(head: Token) -> Token:
    """The name after two offices of a person: director and spokeswoman *Anna Berg*; not: the director and Anna Berg."""
    if head.pos_ != "NOUN" or any(c.dep_ == "det" for c in head.lefts):
        return head
    return next((c for c in head.rights if c.dep_ == "conj" and c.pos_ == "PROPN"
                 and any(word.dep_ == "compound" and word.pos_ == "NOUN" for word in c.lefts)), head)


def _fits(speaker: Speaker, wanted: str) -> bool:
    if speaker.pronoun is not None:
        return speaker.pronoun == wanted or wanted == "they" and not speaker.person
    return speaker.person == (wanted in ("he", "she")) and wanted != "they"


def _bare(tokens: list[Token]) -> list[Token]:
    """A name's words without titles before it and a possessive after it."""
    while tokens and tokens[-1].lower_ in ("'s", "’s", "'", "’"):
        tokens.pop()
    start = 0
    while start < len(tokens) - 1 and tokens[start].lower_.rstrip(".") in _NO_NAME:
        start += 1
    return tokens[start:]
