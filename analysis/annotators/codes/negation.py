"""Whether the words say that a deed is not done: not, never, no, without, failed to, yet to, nobody."""

from __future__ import annotations

from spacy.tokens import Token

from .climbing import governors

_NEVER = frozenset("never neither nor hardly scarcely".split())
_NOBODY = frozenset("nobody none no-one neither nothing".split())
_NO = frozenset("no neither".split())
# "Not only" affirms; so does "not … until", of what then happens.
_AFFIRMING = frozenset("just merely necessarily only simply solely".split())
_UNTIL = frozenset("till until".split())
# What one fails or refuses to do is not done, nor what one avoids or is kept from.
_FAILING = frozenset("decline fail forget neglect refuse".split())
_AVOIDING = frozenset("avert avoid block cancel escape foil forestall prevent scrap scupper thwart".split())
_KEEPING = frozenset("ban bar block deter discourage keep prevent prohibit stop".split())
_UNABLE = frozenset("unable unwilling".split())
_RATHER = frozenset((("instead", "of"), ("rather", "than")))
# Negated verbs that leave undone what their object or subject names; "did not discuss the closure" takes it for done.
_DOING = frozenset("announce be begin carry cause come commit conduct do find get happen have impose launch make mean occur order "
                   "prove receive record register see show start suffer undergo".split())

CUES = (_NEVER | _NOBODY | _NO | _FAILING | _AVOIDING | _KEEPING | _UNABLE 
        | frozenset("without instead rather not n't n’t nt cannot one yet failure refusal inability".split()))


def negator(deed: Token) -> Token | None:
    """Return the word that says that a deed is not done.

    Parameters
    ----------
    deed : a verb, or a noun for a deed or for what there is said to be.
    """
    for word, below in governors(deed):
        way = below.dep_ if word.i != below.i else None
        own = _own(word)
        if own is not None and (way is None or _carries(word, way, deed)):
            return own
        if _leaves_undone(word, below, way):
            return word
    return None


def _own(word: Token) -> Token | None:
    """Return the negation among what hangs on a word."""
    for kid in word.children:
        lower = kid.lower_
        if (kid.dep_ == "neg" or lower in _NEVER and kid.dep_ == "advmod") and not _affirms(kid, word):
            return kid
        if kid.dep_ == "det" and lower in _NO and not _affirms(kid, word):
            return kid
        if kid.dep_ in ("nsubj", "nsubjpass", "agent"):
            if lower in _NOBODY or lower == "one" and kid.i and kid.nbor(-1).lower_ == "no":
                return kid
            no = next((det for det in kid.children if det.dep_ in ("det", "neg") and det.lower_ in _NO), None)
            if no is not None:
                return no
    return _yet(word)


def _affirms(negation: Token, word: Token) -> bool:
    following = negation.i + 1
    if following < len(negation.doc) and negation.doc[following].lower_ in _AFFIRMING:
        return True
    until = (kid.lower_ in _UNTIL or any(mark.lower_ in _UNTIL for mark in kid.lefts if mark.dep_ == "mark")
             for kid in word.children if kid.dep_ in ("prep", "advcl"))
    return any(until)


def _yet(word: Token) -> Token | None:
    """Return the "yet" of "has yet to decide"."""
    to = next((kid for kid in word.lefts if kid.tag_ == "TO"), None)
    return to.nbor(-1) if to is not None and to.i and to.nbor(-1).lower_ == "yet" else None


def _carries(word: Token, way: str, deed: Token) -> bool:
    """Tell whether a negation of a word above denies the deed below it."""
    if way in ("dobj", "nsubj", "nsubjpass"):
        return word.lemma_.lower() in _DOING
    return way in ("xcomp", "attr", "acomp", "conj", "acl", "oprd") or way == "pcomp" and deed.pos_ == "VERB"


def _leaves_undone(word: Token, below: Token, way: str | None) -> bool:
    lemma = word.lemma_.lower()
    if way in ("xcomp", "acl"):
        undone = lemma in _FAILING | _UNABLE or lemma in _AVOIDING or word.lower_ in ("failure", "refusal", "inability")
        return undone and not _own(word)
    if way in ("dobj", "nsubjpass"):
        return lemma in _AVOIDING and not _own(word)
    if way in ("pcomp", "pobj"):
        kept = lemma == "from" and word.head.lemma_.lower() in _KEEPING
        return word.lower_ == "without" or kept or (word.nbor(-1).lower_ if word.i else "", word.lower_) in _RATHER
    return False
