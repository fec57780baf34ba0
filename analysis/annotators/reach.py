"""Which words a date is said of: the verb it hangs on, what is coordinated with that, and the deeds those bring about.

*On October 6, NATO announced the reduction of the mission and revoked the accreditation* dates three words:
`announced`, `reduction` (possibly) and `revoked`. It would not date what follows a second date, or another clause.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator
from itertools import islice
from typing import NamedTuple

from spacy.tokens import Doc, Span, Token

from . import kids_of

# How far from a verb its parts are sought, how far up the tree and along a coordination: keeps odd texts linear.
_NEAR = 40
_FARTHEST = 20
# "Before Monday" is no Monday; "reacted on Tuesday after the vote on Monday" says Monday of the vote alone.
_BOUNDING = frozenset("after ahead amid before by despite following prior since than till until within".split())
# Verbs that bring about the deed that is their object, or the subject of their passive.
_BRINGING = frozenset("begin carry complete conduct hold launch make stage start".split())
# Verbs whose subject is the deed: the vote took place on Monday.
_HAPPENING = frozenset("begin come end happen occur start take".split())
# Verbs that can do what they tell: it announced on Monday that it was closing the office.
_PERFORMING = frozenset("announce declare order proclaim".split())
_SUBJECTS = ("nsubj", "nsubjpass", "csubj", "expl")
# Clauses of their own, which a date beside them does not reach.
_OTHER_CLAUSES = ("advcl", "parataxis", "relcl")
_PERHAPS = frozenset("could may might should would".split())


class Reached(NamedTuple):
    """A word that a date is said of, characters `start` to `end`, and the clause it heads.

    `basis` is `clause` where the date hangs on the word or on the verb that brings it about, `coordination` where it
    hangs on a verb coordinated with that, `possible` where the sentence leaves it open: announced the vote on Monday.
    """

    start: int
    end: int
    basis: str
    clause_start: int
    clause_end: int


class Reach:
    """The words of a Doc that its dates are said of; without a parse there are none.

    Examples
    --------
    >>> from analysis.pipeline import load_model
    >>> doc = load_model()("On Friday the mayor opened the bridge and closed the old ferry, after she was elected.")
    >>> [(doc.text[word.start : word.end], word.basis) for word in Reach(doc).of(3, 9)]
    [('opened', 'clause'), ('closed', 'coordination')]
    """

    def __init__(self, doc: Doc):
        self.doc = doc
        self.parsed = doc.has_annotation("DEP")
        self.kids = kids_of(doc)

    def of(self, start: int, end: int, dated: Collection[int] = ()) -> list[Reached]:
        """Return the words that a date is said of, in the order of the text.

        Parameters
        ----------
        start, end : characters of the date.
        dated : first characters of the verbs that dates hang on, which no other date reaches.
        """
        if not self.parsed:
            return []
        span = self.doc.char_span(start, end, alignment_mode="expand")
        nouns, verb = self._climb(span)
        found = {noun.i: (noun, "possible" if _in_object(noun, span) else "clause") for noun in nouns}
        if verb is not None:
            subjects = [part.i for part in self._parts(verb) if part.dep_ in _SUBJECTS]
            fronted = span.start < min([verb.i, *subjects])
            verbs = [(verb, "clause"), *((other, "coordination") for other in self._coordinated(verb, fronted, dated))]
            for told, basis in verbs:
                found.setdefault(told.i, (told, basis))
                for deed, announced in self._brought_about(told):
                    found.setdefault(deed.i, (deed, "possible" if announced else basis))
        return [self._reached(word, basis, span) for _, (word, basis) in sorted(found.items())]

    def _climb(self, span: Span) -> tuple[list[Token], Token | None]:
        """Return the nouns that a date stands with, and the verb above, as far as the date is said of them."""
        nouns: list[Token] = []
        token = span.root
        for _ in range(_FARTHEST):
            if token.head.i == token.i:
                return nouns, None
            token = token.head
            if token.lower_ in _BOUNDING:
                return nouns, None
            if token.pos_ in ("VERB", "AUX"):
                if token.lower_ in ("starting", "beginning") and token.head.i != token.i:
                    continue  # as good as a preposition: starting on Monday
                parts = self._parts(token)
                if any(part.dep_ == "neg" or part.dep_ == "aux" and part.lower_ in _PERHAPS for part in parts):
                    return nouns, None
                return nouns, token
            if token.pos_ == "NOUN" and token not in span:
                nouns.append(token)
        return nouns, None

    def _parts(self, word: Token) -> list[Token]:
        """Return what hangs on a word, near it."""
        kids = self.kids[word.i]
        near = kids[bisect_left(kids, word.i - _NEAR) : bisect_left(kids, word.i + _NEAR)]
        return [self.doc[i] for i in near]

    def _coordinated(self, verb: Token, fronted: bool, dated: Collection[int]) -> Iterator[Token]:
        """Yield the verbs coordinated with one, up to one that has a date, a subject or an auxiliary of its own.

        A date in front of the sentence is said of every clause, so subjects do not matter there.
        """
        def apart(part: Token, *, subjects: bool) -> bool:
            return part.dep_ in ("aux", "auxpass", "neg") or subjects and part.dep_ in _SUBJECTS

        before = verb
        for _ in range(_FARTHEST):
            own = not _joined(before) or any(apart(part, subjects=True) for part in self._parts(before))
            before = before.head
            if own or before.pos_ not in ("VERB", "AUX") or before.idx in dated:
                break
            yield before
        after = verb
        for _ in range(_FARTHEST):
            joined = [part for part in self._parts(after) if _joined(part) and part.i > after.i]
            if not joined or joined[0].idx in dated:
                break
            if any(apart(part, subjects=not fronted) for part in self._parts(joined[0])):
                break
            after = joined[0]
            yield after

    def _brought_about(self, verb: Token) -> Iterator[tuple[Token, bool]]:
        """Yield the deeds that a verb brings about, lets happen or announces, and whether they are but announced."""
        for part in self._parts(verb):
            if part.dep_ in ("dobj", "nsubjpass") and verb.lemma_ in _BRINGING | _PERFORMING:
                yield part, verb.lemma_ in _PERFORMING
            elif part.dep_ == "nsubj" and verb.lemma_ in _HAPPENING and part.pos_ == "NOUN":
                yield part, False
            elif part.dep_ in ("ccomp", "xcomp") and verb.lemma_ in _PERFORMING and self._at_once(part):
                yield part, False

    def _at_once(self, verb: Token) -> bool:
        """Tell whether what is announced is done by that: announced that it was closing, not that it had or would."""
        modal = any(part.tag_ == "MD" for part in self._parts(verb))
        return verb.tag_ in ("VBG", "VBP", "VBZ") or verb.tag_ == "VB" and not modal

    def _reached(self, word: Token, basis: str, date: Span) -> Reached:
        """Cut a word's clause from its sentence: without the clauses joined to it, unless the date stands in one."""
        first, last = word.left_edge.i, word.right_edge.i
        for part in self._parts(word):
            joined = word.pos_ in ("VERB", "AUX") and (part.dep_ == "cc" or _joined(part))
            edges = part.left_edge.i, part.right_edge.i
            dated = basis == "clause" and edges[0] < date.end and date.start <= edges[1]
            if dated or not joined and part.dep_ not in _OTHER_CLAUSES:
                continue
            if part.i < word.i:
                first = max(first, edges[1] + 1)
            else:
                last = min(last, edges[0] - 1)
        while first < word.i and not word.doc[first].is_alpha and not word.doc[first].like_num:
            first += 1
        while last > word.i and (word.doc[last].is_punct or word.doc[last].is_space):
            last -= 1
        end = word.doc[last]
        return Reached(word.idx, word.idx + len(word), basis, word.doc[first].idx, end.idx + len(end))


def _in_object(noun: Token, date: Span) -> bool:
    """Tell whether a noun and its date stand behind a verb, which the date may be said of as well."""
    verb = next((token for token in islice(noun.ancestors, _FARTHEST) if token.pos_ in ("VERB", "AUX")), None)
    return verb is not None and verb.i < date.start


def _joined(part: Token) -> bool:
    return part.dep_ == "conj" and part.pos_ in ("VERB", "AUX")
