"""Whether the parse agrees that what fills `who` does the deed `did`, and what fills `whom` has it done to it."""

from __future__ import annotations

from collections import defaultdict

from spacy.tokens import Doc, Token

from .index import Page

# How far up a noun phrase what fills a slot may stand from the word that the parse names: officials of the ministry.
_NEAR = 4
# How surely a place is what the parse names: its very words, or the same actor or noun phrase.
_SURE, _LIKELY = 2, 1
_SUBJECTS = ("nsubj", "nsubjpass")
_IN_PHRASE = frozenset("amod appos compound nmod nummod pobj poss prep".split())


class Direction:
    """Judges the places of `who` and `whom` by the deeds of a Doc; what the parse does not tell refuses nothing."""

    def __init__(self, doc: Doc, page: Page, camps: dict[str, str | None], pronouns: dict[int, list[str]]):
        self.doc = doc
        self.page = page
        self.camps = camps
        self.starting = {page.starts[i]: actors for i, actors in pronouns.items()}
        self.parties: dict[int, dict[str, list]] = defaultdict(lambda: {"agent": [], "patient": []})  # by start of deed
        for deed in doc._.deeds:
            for role, parties in self.parties[deed.start].items():
                party = getattr(deed, role)
                if party.start is not None and party not in parties:
                    parties.append(party)

    def agreement(self, at: dict[str, int], chosen: tuple) -> int | None:
        """Return how surely the parse confirms the places chosen for slots, 0 if not; None where it contradicts one.

        Parameters
        ----------
        at : where each slot stands in `chosen`.
        chosen : places, which know their tokens and their actor.
        """
        if "did" not in at or not ("who" in at or "whom" in at):
            return 0
        places = {slot: chosen[at[slot]] for slot in ("did", "who", "whom") if slot in at}
        deed = self._deed(places["did"])
        if deed is None:
            return self._by_subject(places) if any(place.basis == "pronoun" for place in places.values()) else 0
        confirmed = 0
        roles = ("patient", "agent") if self._is_written_passive(places["did"]) else ("agent", "patient")
        for slot, (role, other) in (("who", roles), ("whom", roles[::-1])):
            if slot in places:
                judged = self._judge(places[slot], deed[role], deed[other], slot == "who")
                if judged is None:
                    return None
                confirmed += judged
        return confirmed

    def _is_written_passive(self, place) -> bool:
        """Tell whether the codebook has the deed as "be dismissed": who is so, then, is `who`."""
        return place.end - place.start > 1 and self.doc[place.start].lemma_ in ("be", "get")

    def _by_subject(self, places: dict) -> int | None:
        """Judge pronouns by the verb whose subject they are: deeds without a name are none in `doc._.deeds`."""
        verb = self.doc[places["did"].start : places["did"].end].root
        confirmed, active = 0, not self._is_written_passive(places["did"])
        for slot, doing in (("who", active), ("whom", not active)):
            if slot in places and places[slot].basis == "pronoun":
                word = self.doc[places[slot].start]
                if word.dep_ in _SUBJECTS and word.head.i == verb.i:
                    if doing != (word.dep_ == "nsubj"):
                        return None
                    confirmed += _SURE
        return confirmed

    def _deed(self, place) -> dict[str, list] | None:
        starts = self.page.starts[place.start : place.end]
        return next((self.parties[start] for start in starts if start in self.parties), None)

    def _judge(self, place, parties: list, others: list, strict: bool) -> int | None:
        """Return how surely a place is one of the parties (0 to 2); None where one of the others, or an actor, is it.

        What fills `whom` may be part of what the parse names (eight of them, their accreditation), so that there only
        an actor is contradicted by another one.
        """
        if any(self._touches(place, party) for party in parties):
            return _SURE
        if any(self._is_actor(place, party) or self._is_in(place, party) for party in parties):
            return _LIKELY
        if any(self._touches(place, party) or self._is_actor(place, party) for party in others):
            return None
        known = [actor_id for party in parties for actor_id in self._actors(party)]
        actor = place.alternative.actor
        if known and (actor or strict) and not any(self._akin(actor, actor_id) for actor_id in known):
            return None
        return 0

    def _actors(self, party) -> list[str]:
        return [party.actor_id] if party.actor_id else self.starting.get(party.start, [])

    def _akin(self, one: str | None, other: str) -> bool:
        """Tell whether two actors belong together: a minister and the country, by the camp that the codebook gives."""
        return one is not None and self.camps.get(one) is not None and self.camps.get(one) == self.camps.get(other)

    def _touches(self, place, party) -> bool:
        start, end = self.page.stretch(place.start, place.end)
        return start < party.end and party.start < end

    def _is_actor(self, place, party) -> bool:
        return place.alternative.actor is not None and place.alternative.actor in self._actors(party)

    def _is_in(self, place, party) -> bool:
        """Tell whether a place stands in the noun phrase of a party, or the party in its."""
        one = self.doc[place.start : place.end].root
        other = self.doc.char_span(party.start, party.end, alignment_mode="expand").root
        return _hangs_on(one, other) or _hangs_on(other, one)


def _hangs_on(word: Token, other: Token) -> bool:
    for _ in range(_NEAR):
        if word.i == other.i:
            return True
        if word.dep_ not in _IN_PHRASE:
            return False
        word = word.head
    return False
