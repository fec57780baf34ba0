"""The verb that a temporal expression hangs on, and whether it speaks of the past or of the future."""

from __future__ import annotations

import itertools

from spacy.tokens import Doc, Token

# No verb further up the tree, and no auxiliary further before its verb, says when: keeps odd texts linear.
_FARTHEST_GOVERNOR = 20
_FARTHEST_HELPER = 10
_PRESENT = frozenset({"is", "are", "be", "being"})
_PAST = frozenset({"was", "were", "been", "had", "has", "have"})
_FUTURE_AUXILIARIES = frozenset({"will", "'ll", "’ll", "wo", "shall"})
# Verbs whose infinitive lies ahead even where they stand in the past: it planned to meet on Friday.
_PLANNING = frozenset(
    "agree aim ask be due expect hope intend order plan prepare promise propose schedule set want vow".split())


def governor(doc: Doc, start: int, end: int) -> Token | None:
    """Climb from a passage to the first verb above it."""
    span = doc.char_span(start, end, alignment_mode="expand")
    for token in itertools.islice(span.root.ancestors, _FARTHEST_GOVERNOR):
        if token.pos_ in ("VERB", "AUX"):
            return token
    return None


def tense(verb: Token | None) -> str | None:
    """Tell whether a verb speaks of the past or of the future, where its form says so."""
    for _ in range(_FARTHEST_GOVERNOR):  # an infinitive has the tense of the verb above it: he came to meet them
        if verb is None:
            return None
        helpers = _helpers(verb)
        planned = verb.lemma_ in _PLANNING and (helpers & _PRESENT or verb.tag_ == "VBN" and not helpers)
        if helpers & _FUTURE_AUXILIARIES or planned:  # a summit (that is) set for April
            return "future"
        if verb.tag_ != "VB" or "to" not in helpers or verb.head.i == verb.i:
            passive = helpers & _PRESENT and not helpers & _PAST  # a case that is heard in May may yet be
            return "past" if verb.tag_ in ("VBD", "VBN") and not passive else None
        if verb.head.lemma_ in _PLANNING and "had" not in _helpers(verb.head):
            return "future"
        verb = verb.head
    return None


def _helpers(verb: Token) -> set[str]:
    """Return the words right before a verb that its tense may depend on."""
    near = verb.doc[max(verb.i - _FARTHEST_HELPER, 0) : verb.i]
    return {token.lower_ for token in near if token.dep_ in ("aux", "auxpass") and token.head.i == verb.i}
