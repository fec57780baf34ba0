"""The words that govern how a deed is told: its own, and those up the tree that it shares with them."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

_FARTHEST = 12  # up the tree; beyond it a deed is told by other verbs
_SUBJECTS = ("nsubj", "nsubjpass", "expl")
# Ways up on which a deed stays part of what the word above tells.
_UP = frozenset("acomp acl agent appos attr compound dobj nmod nsubj nsubjpass oprd pcomp pobj poss prep xcomp".split())


def governors(deed: Token) -> Iterator[tuple[Token, Token]]:
    """Yield (word, the word below it on the way) from a deed, first with itself, up to the verb of its clause."""
    below = word = deed
    for _ in range(_FARTHEST):
        yield word, below
        if word.head.i == word.i or not _shares(word):
            return
        below, word = word, word.head


def clause_above(deed: Token) -> tuple[Token, Token] | None:
    """Return the word whose content a deed's clause is ("denied that …", "claims that …") and the clause's verb."""
    top = deed
    for word, _ in governors(deed):
        top = word
    by_that = top.dep_ == "relcl" and any(kid.lower_ == "that" for kid in top.lefts)
    content = top.dep_ in ("ccomp", "acl", "csubj") or by_that
    return (top.head, top) if content and top.head.i != top.i else None


def subjects(verb: Token) -> list[Token]:
    """Return the subject of a verb, or that of the verb it is joined to."""
    for _ in range(_FARTHEST):
        found = [kid for kid in verb.lefts if kid.dep_ in _SUBJECTS]
        if found or verb.dep_ not in ("conj", "xcomp", "advcl") or verb.head.pos_ not in ("VERB", "AUX"):
            return found
        verb = verb.head
    return []


def _shares(word: Token) -> bool:
    """Tell whether what is said of the word above is said of a word too."""
    if word.dep_ == "conj":
        same = word.tag_ == word.head.tag_ or word.pos_ != "VERB"
        return same and not any(kid.dep_ in ("aux", "auxpass", *_SUBJECTS) for kid in word.children)
    if word.dep_ == "acl" and word.tag_ not in ("VB", "VBG", "VBN"):
        return False
    finite = word.pos_ in ("VERB", "AUX") and any(kid.dep_ in _SUBJECTS for kid in word.children)
    return word.dep_ in _UP and not finite
