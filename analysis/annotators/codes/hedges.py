"""The word that makes a deed no more than likely: may, reportedly, appears to, is believed to, suspected.

What is planned or conditional ("will", "if") is not hedged. Some hedges also say that somebody says so, and not who:
allegedly, is said to (Hyland 1998 calls them hearsay).
"""

from __future__ import annotations

from typing import NamedTuple

from spacy.tokens import Token

from .climbing import governors

_MODALS = frozenset("could may might".split())
_ADVERBS = frozenset("apparently conceivably likely maybe ostensibly perhaps possibly potentially presumably probably "
                     "seemingly supposedly".split())
_HEARSAY_ADVERBS = frozenset("allegedly purportedly reportedly".split())
_ADJECTIVES = frozenset("apparent likely possible potential presumed probable suspected".split())
_HEARSAY_ADJECTIVES = frozenset("alleged purported reported rumoured rumored supposed".split())
_SEEMING = frozenset("appear look seem".split())
_BELIEVED = frozenset("assume believe consider fear feel hold presume suspect think understand".split())
_SAID = frozenset("accuse allege charge claim report rumour rumor say".split())
CUES = (_MODALS | _ADVERBS | _HEARSAY_ADVERBS | _ADJECTIVES | _HEARSAY_ADJECTIVES | _SEEMING | _BELIEVED | _SAID)


class Hedge(NamedTuple):
    """The hedging word, and whether it says that others say so."""

    word: Token
    hearsay: bool


def hedge(deed: Token) -> Hedge | None:
    """Return the hedge that governs a deed, the nearest one."""
    for word, below in governors(deed):
        for kid in word.children:
            found = _own(kid)
            if found is not None and kid.i != below.i:
                return found
        if word.i != below.i and (found := _governing(word, below)) is not None:
            return found
    return _impersonal(word)


def _impersonal(verb: Token) -> Hedge | None:
    """Return the hedge above a clause: it appears that, it is believed that."""
    above, lemma = verb.head, verb.head.lemma_.lower()
    if verb.dep_ not in ("ccomp", "csubj") or not any(kid.lower_ == "it" for kid in above.lefts):
        return None
    passive = any(kid.dep_ == "auxpass" for kid in above.lefts)
    return Hedge(above, lemma in _SAID) if lemma in _SEEMING or passive and lemma in _BELIEVED | _SAID else None


def _own(kid: Token) -> Hedge | None:
    lower = kid.lower_
    if kid.dep_ == "aux" and lower in _MODALS or kid.dep_ == "advmod" and lower in _ADVERBS:
        return Hedge(kid, False)
    if kid.dep_ == "advmod" and lower in _HEARSAY_ADVERBS:
        return Hedge(kid, True)
    if kid.dep_ == "amod" and lower in _ADJECTIVES | _HEARSAY_ADJECTIVES:
        return Hedge(kid, lower in _HEARSAY_ADJECTIVES)
    return None


def _governing(word: Token, below: Token) -> Hedge | None:
    """Return the hedge that a word above a deed is: appears to, is believed to, is accused of."""
    lemma = word.lemma_.lower()
    if below.dep_ in ("xcomp", "oprd") and (lemma in _SEEMING or word.lower_ == "likely"):
        return Hedge(word, False)
    helped = any(kid.dep_ == "auxpass" for kid in word.children)
    passive = word.tag_ == "VBN" and (helped or word.dep_ in ("acl", "amod", "advcl"))
    if not passive or any(kid.dep_ == "agent" for kid in word.children):
        return None
    if below.dep_ in ("xcomp", "oprd", "ccomp") and lemma in _BELIEVED | _SAID:
        return Hedge(word, lemma in _SAID)
    if below.dep_ == "prep" and below.lower_ in ("of", "with") and lemma in ("suspect", "accuse", "charge"):
        return Hedge(word, lemma != "suspect")
    return None
