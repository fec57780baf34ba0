"""The verb that a temporal expression hangs on, and whether it speaks of the past or of the future."""

from __future__ import annotations

import itertools

from spacy.tokens import Doc, Token

# No verb further up the tree, and no auxiliary further before its verb, says when: keeps odd texts linear.
_FARTHEST_GOVERNOR = 20
_FARTHEST_HELPER = 10
_PRESENT = frozenset({"is", "are", "be", "being"})
_PAST = frozenset({"was", "were", "been", "had", "has", "have", "did"})
_FUTURE_AUXILIARIES = frozenset({"will", "'ll", "’ll", "wo", "shall"})
_NOT = frozenset({"not", "n't", "n’t"})
_MODALS = frozenset({"can", "could", "may", "might", "must", "should", "would", "'d", "’d", "do", "does"})
# Verbs whose infinitive lies ahead even where they stand in the past: it planned to meet on Friday.
_PLANNING = frozenset("agree aim ask be due expect hope intend need order plan prepare promise propose schedule set "
                      "slate vow want".split())
# Verbs whose present tells what is lasting, or what was said: Friday's vote is a blow, the survey of June shows.
_LASTING = frozenset("be have appear remain seem rest say tell report write show suggest indicate reveal note claim "
                     "follow echo mark represent reflect".split())
_OF_PLANS = frozenset({"on", "in", "by", "until", "till", "through", "from", "this", "for"})
_BEGINNING = frozenset({"begin", "start"})


def governor(doc: Doc, start: int, end: int) -> Token | None:
    """Climb from a passage to the first verb above it."""
    span = doc.char_span(start, end, alignment_mode="expand")
    for token in itertools.islice(span.root.ancestors, _FARTHEST_GOVERNOR):
        if token.pos_ in ("VERB", "AUX"):
            return token
    return None


def outlook(doc: Doc, start: int, end: int, verb: Token | None) -> str | None:
    """Tell where a passage lies by the verb above it: past, future, plan or ahead; None where that does not say so.

    What hangs on the subject need not be where the verb is (the vote on Friday will have no effect): a future then
    only leans ahead. A plan is told in the present (they meet on Friday) or by what can or should be; that holds
    only for what hangs on the verb itself.
    """
    found = tense(verb)
    if verb is None or found not in ("future", "plan"):
        return found
    root = doc.char_span(start, end, alignment_mode="expand").root
    if found == "future" and root.i > verb.i:
        return found
    above = root.head
    if root.dep_ == "poss" and found == "future":  # Friday's vote will show it
        above = above.head
    if above.pos_ == "ADP" and above.lower_ in _OF_PLANS:
        above = above.head
    return found if above.i == verb.i or above.lemma_ in _BEGINNING else "ahead"


def tense(verb: Token | None) -> str | None:
    """Tell whether a verb speaks of the past, of the future or of a plan, where its form says so."""
    for _ in range(_FARTHEST_GOVERNOR):  # an infinitive has the tense of the verb above it: he came to meet them
        if verb is None:
            return None
        helpers = _helpers(verb)
        planned = verb.lemma_ in _PLANNING and (helpers & _PRESENT or verb.tag_ == "VBN" and not helpers)
        if helpers & _FUTURE_AUXILIARIES or planned:  # a summit (that is) set for April
            return "future"
        infinitive = verb.tag_ == "VB" and "to" in helpers
        begins = verb.tag_ == "VBG" and verb.lemma_ in _BEGINNING and not helpers  # it airs beginning on Friday
        if not infinitive and not begins:
            return _finite(verb, helpers)
        if verb.head.i == verb.i:  # NATO to meet on Friday
            return "future" if infinitive else None
        if infinitive and verb.head.pos_ == "ADJ":  # it is likely to pass, it was able to pass
            copula = verb.head.head
            return "past" if copula.tag_ in ("VBD", "VBN") else "plan"
        if verb.head.lemma_ in _PLANNING and "had" not in _helpers(verb.head):
            return "future"
        verb = verb.head
    return None


def _finite(verb: Token, helpers: set[str]) -> str | None:
    if "did" in helpers:
        return "past"
    if verb.tag_ in ("VBD", "VBN"):
        passive = helpers & _PRESENT and not helpers & _PAST  # a case that is heard in May may yet be
        return None if passive else "past"
    if verb.tag_ == "VB" and helpers & _MODALS and not helpers & {"have"}:
        return None if "could" in helpers and helpers & _NOT else "plan"  # it could not open on Friday
    return "plan" if verb.tag_ in ("VBZ", "VBP") and not helpers and verb.lemma_ not in _LASTING else None


def _helpers(verb: Token) -> set[str]:
    """Return the words right before a verb that its tense may depend on."""
    near = verb.doc[max(verb.i - _FARTHEST_HELPER, 0) : verb.i]
    return {token.lower_ for token in near if token.dep_ in ("aux", "auxpass", "neg") and token.head.i == verb.i}
