"""Whether the words say that something is not so: not, never, no, without, failed to, no evidence that, far from.

A negation reaches what its clause tells, not what that takes for granted (the presuppositions of Strawson 1950): "the
closure was not announced" leaves the closure, "it did not name the owner of the dam" leaves the dam.
"""

from __future__ import annotations

from spacy.tokens import Token

from .climbing import clause_above, governors, subjects

_NOT = frozenset(("not", "n't", "n’t", "nt"))
_NEVER = frozenset("never neither nor hardly scarcely".split())
_NOBODY = frozenset("nobody none no-one neither nothing".split())
_NO = frozenset("no neither".split())
# "Not only" affirms; so does "not … until", of what then happens, and "no longer", of what was.
_AFFIRMING = frozenset("just longer merely necessarily only simply solely".split())
_UNTIL = frozenset("till until".split())
_ANYMORE = frozenset("anymore longer".split())
# What one fails or refuses to do is not done, nor what one avoids or is kept from.
_FAILING = frozenset("decline fail forget neglect refuse".split())
_AVOIDING = frozenset("avert avoid block cancel escape foil forestall prevent scrap scupper thwart".split())
_KEEPING = frozenset("ban bar block deter discourage keep prevent prohibit stop".split())
_UNABLE = frozenset("unable unwilling".split())
_FAILURE = frozenset("failure inability refusal".split())
_RATHER = frozenset((("instead", "of"), ("rather", "than")))
_FAR = frozenset((("far", "from"), ("anything", "but")))
# Negated verbs that leave undone what their object names; "did not discuss the closure" takes it for done.
_DOING = frozenset("announce be become begin carry cause come commit conduct constitute contain detect do find "
                   "get happen have impose launch make mean occur order pose present prove receive record "
                   "register represent see show start suffer undergo".split())
# … but these only where it is not known already: they found no flaw, a flaw; not "they did not find the flaw".
_NOTICING = frozenset("detect find prove receive record register represent see show".split())
_KNOWN = frozenset("her his its my our that the their these this those your".split())
# Negated verbs that leave undone what their subject names
_HAPPENING = frozenset("begin come exist happen materialise materialize occur start take".split())
_COPULAS = frozenset("appear be become feel get look remain seem stay".split())
# Behind these a noun is taken for granted: "they were not there after the breach".
_GRANTING = frozenset("about after amid because before by despite during following like since".split())
# Nouns for what need not be so: who has no sign of a thing, or no plan for it, has not the thing.
EVIDENCE = frozenset("basis chance evidence hint indication likelihood possibility proof prospect reason sign "
                     "suggestion trace".split())
_OPEN = EVIDENCE | frozenset("act case desire form hope instance intention kind matter need plan question sort talk "
                             "wish".split())
_LITTLE = frozenset("little scant zero".split())
# Verbs whose negation denies what they say: "I do not think that", "nothing suggests that".
THINKING = frozenset("believe conclude think".split())
_SHOWING = THINKING | frozenset("find imply indicate mean prove show suggest".split())
_TRUE = frozenset("case correct right true".split())
_UNTRUE = frozenset("false incorrect untrue wrong".split())

CUES = (_NOT | _NEVER | _NOBODY | _NO | _FAILING | _AVOIDING | _KEEPING | _UNABLE | _FAILURE | _UNTRUE | _LITTLE
        | frozenset("without instead rather far anything cannot one yet".split()))


def negator(told: Token) -> Token | None:
    """Return the word that says that something is not so.

    Parameters
    ----------
    told : a verb, or a word for a deed, a thing, a state: what there is said to be.
    """
    return _in_clause(told) or _of_content(told)


def finder(found: Token) -> Token | None:
    """Return the subject that finds or thinks something: whose finding it is, then, and not the outlet's."""
    verb = found.head if found.dep_ == "dobj" else found
    by = [noun for noun in subjects(verb) if noun.dep_ == "nsubj"] if verb.pos_ == "VERB" else []
    return next((noun for noun in by if noun.lower_ not in _NOBODY and _own(noun) is None), None)


def _in_clause(told: Token) -> Token | None:
    """Return what negates a word within its clause."""
    granted = False
    for word, below in governors(told):
        way = below.dep_ if word.i != below.i else None
        if way == "conj" and any(kid.dep_ == "cc" and kid.lower_ == "but" for kid in word.children):
            return None  # not spies but diplomats
        own = _own(word)
        if own is not None and (way is None or not granted and _carries(word, below, told)):
            return None if _finder_of_evidence(told) else own
        if way is None and (nothing := _of_nothing(word)) is not None:
            return nothing
        if _leaves_undone(word, below, way):
            return word
        if (far := _far(word)) is not None:
            return far
        granted |= way == "prep" and word.pos_ in ("NOUN", "PROPN") and word.lemma_.lower() not in _OPEN
    return None


def _finder_of_evidence(told: Token) -> Token | None:
    """Return who finds no evidence of what is told: police found no sign of a break-in."""
    noun = next((above for above, _ in governors(told) if above.lemma_.lower() in EVIDENCE), None)
    return finder(noun) if noun is not None and noun.i != told.i and noun.dep_ == "dobj" else None


def _of_content(told: Token) -> Token | None:
    """Return what negates what a clause is the content of: no evidence that, nothing to suggest that, not true that."""
    above, clause = clause_above(told) or (None, None)
    if above is None:
        return None
    lemma = above.lemma_.lower()
    if lemma in EVIDENCE:
        return None if finder(above) is not None and above.dep_ == "dobj" else _in_clause(above)
    if lemma in _SHOWING and clause.dep_ == "ccomp":
        if above.dep_ in ("relcl", "acl") and above.head.lower_ in ("nothing", *_OPEN):
            return above.head if above.head.lower_ == "nothing" else _in_clause(above.head)
        return None if lemma in THINKING and finder(above) is not None else _in_clause(above)
    if lemma == "be":
        said = {kid.lower_ for kid in above.children if kid.dep_ in ("acomp", "attr")}
        own = _own(above)
        if said & _TRUE or said & _UNTRUE and own is None:
            return own if said & _TRUE else next(kid for kid in above.children if kid.lower_ in _UNTRUE)
    return None


def _own(word: Token) -> Token | None:
    """Return the negation among what hangs on a word."""
    for kid in word.children:
        if _negates(kid, word) and not _affirms(kid, word):
            return kid
        if kid.dep_ in ("nsubj", "nsubjpass", "agent") and (nobody := _nobody(kid)) is not None:
            return nobody
    return _yet(word) or _before(word)


def _nobody(party: Token) -> Token | None:
    """Return the negation in what takes part in a deed: nobody, no driver, neither bridge."""
    if party.lower_ in _NOBODY or party.lower_ == "one" and party.i and party.nbor(-1).lower_ == "no":
        return party
    first = party.left_edge
    if first.lower_ == "not" and first.i < party.i and first.nbor(1).lower_ in ("a", "one"):
        return first  # not one driver
    no = (kid for kid in party.children if kid.dep_ in ("det", "neg", "preconj") and kid.lower_ in _NO)
    return next((kid for kid in no if not _affirms(kid, party)), None)


def _of_nothing(verb: Token) -> Token | None:
    """Return the negation in the object of a deed, which is then not done: closed no bridge."""
    return next((no for kid in verb.children if kid.dep_ == "dobj" and (no := _nobody(kid)) is not None), None)


def _far(word: Token) -> Token | None:
    """Return the "far" of "far from safe", the "anything" of "anything but safe"."""
    first = word.left_edge
    return first.nbor(-2) if first.i > 1 and (first.nbor(-2).lower_, first.nbor(-1).lower_) in _FAR else None


def _negates(kid: Token, word: Token) -> bool:
    lower = kid.lower_
    if kid.dep_ == "neg" or lower in _NOT and kid.dep_ == "punct":  # as which "n’t" is parsed at times
        return kid.i < word.i or word.pos_ in ("VERB", "AUX")
    if kid.dep_ in ("det", "preconj"):
        return lower in _NO
    if lower in _LITTLE:
        return word.lemma_.lower() in EVIDENCE
    return kid.dep_ == "advmod" and lower in _NEVER


def _before(word: Token) -> Token | None:
    """Return the negation before a clause or phrase that is joined to one: nor was it; X, not Y."""
    if word.dep_ not in ("appos", "conj") or not word.left_edge.i:
        return None
    before = word.left_edge.nbor(-1)
    joined = before.lower_ == "nor" or before.lower_ == "not" and word.pos_ in ("NOUN", "PROPN")
    return before if joined and not _affirms(before, word) else None


def _affirms(negation: Token, word: Token) -> bool:
    following = negation.i + 1
    if following < len(negation.doc) and negation.doc[following].lower_ in _AFFIRMING:
        return True
    if negation.i > 1 and (negation.nbor(-2).lower_, negation.nbor(-1).lower_) == ("whether", "or"):
        return True
    if any(kid.lower_ in _ANYMORE and kid.dep_ == "advmod" for kid in word.children):
        return True
    until = (kid.lower_ in _UNTIL or any(mark.lower_ in _UNTIL for mark in kid.lefts if mark.dep_ == "mark")
             for kid in word.children if kid.dep_ in ("prep", "advcl"))
    return any(until)


def _yet(word: Token) -> Token | None:
    """Return the "yet" of "has yet to decide"."""
    to = next((kid for kid in word.lefts if kid.tag_ == "TO"), None)
    return to.nbor(-1) if to is not None and to.i and to.nbor(-1).lower_ == "yet" else None


def _carries(word: Token, below: Token, told: Token) -> bool:
    """Tell whether a negation of a word above denies what is told below it."""
    way, lemma = below.dep_, word.lemma_.lower()
    if any(kid.lower_ == "any" for kid in told.lefts):
        return True
    if way in ("dobj", "nsubjpass"):
        known = any(kid.lower_ in _KNOWN for kid in below.lefts)
        return lemma in _DOING and not (known and lemma in _NOTICING and below.i == told.i)
    if way == "nsubj":
        return lemma in _HAPPENING
    if way == "pobj" or way == "prep" and lemma in _OPEN:
        return True
    if way == "prep":
        near = below.i == told.i or lemma in _COPULAS and told.head.i == below.i
        return near and word.pos_ in ("VERB", "AUX") and below.lower_ not in _GRANTING
    return way in ("xcomp", "attr", "acomp", "conj", "acl", "oprd") or way == "pcomp" and told.pos_ == "VERB"


def _leaves_undone(word: Token, below: Token, way: str | None) -> bool:
    lemma = word.lemma_.lower()
    if way in ("xcomp", "acl"):
        undone = lemma in _FAILING | _UNABLE or lemma in _AVOIDING or word.lower_ in _FAILURE
        return undone and not _own(word)
    if way in ("dobj", "nsubjpass"):
        failed = word.dep_ in ("xcomp", "acl") and word.head.lemma_.lower() in _FAILING | _UNABLE | _FAILURE
        return lemma in _AVOIDING and not failed and not _own(word)
    if way in ("pcomp", "pobj"):
        kept = lemma == "from" and word.head.lemma_.lower() in _KEEPING
        return word.lower_ == "without" or kept or (word.nbor(-1).lower_ if word.i else "", word.lower_) in _RATHER
    return False
