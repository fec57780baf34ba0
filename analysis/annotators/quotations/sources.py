"""The grammar of who says something: subjects, also where they are left out, and the words that name them."""

from __future__ import annotations

from spacy.tokens import Token

from .lexicon import DOCUMENTS, SPEECH_NOUNS

Range = tuple[int, int]

# An elided subject is looked for so many steps up the tree; real sentences need three or four.
MAX_CLIMB = 8
_MAX_DEPTH = 40
SUBJECTS = {"nsubj", "csubj"}
CLAUSE_SUBJECTS = SUBJECTS | {"nsubjpass", "csubjpass", "expl"}
NOMINAL = ("NOUN", "PROPN", "PRON")
FINITE = ("VBD", "VBZ", "VBP")
TIMES = ("DATE", "TIME")
PAUSES = {",", "—", "–", "-", "--"}
# A subject is looked for so many words before a verb where the parser has lost it.
_REACH = 25
# A relative pronoun stands so many words behind its noun at most where a reader still sees them as one.
_MAX_APART = 12
RELATIVES = {"who", "which", "that"}
# Subjects that say nothing: "It comes after …".
_IDLE = {"it", "this", "that", "which"}


def root(token: Token) -> Token:
    """The head of the clause that a token belongs to, as far up the tree as real sentences reach."""
    for _ in range(_MAX_DEPTH):
        if token.head == token:
            break
        token = token.head
    return token


def subject(verb: Token) -> Token | None:
    """The head word of who does what a verb says, also where its subject is left out.

    "He spoke, adding that …" and "He spoke but added that …" have the subject of "spoke".
    """
    passive = any(c.dep_ in ("nsubjpass", "auxpass") for c in verb.children)
    for _ in range(MAX_CLIMB):
        own = own_subject(verb)
        if own is not None:
            return _behind(own) if verb.tag_ == "VBG" and own.lemma_.lower() in DOCUMENTS | SPEECH_NOUNS else own
        agent = agent_of(verb)
        if agent is not None or passive:
            return agent
        head, relation = verb.head, verb.dep_
        if head == verb:
            return None
        perfect = verb.tag_ == "VBN" and any(c.dep_ == "aux" for c in verb.lefts)  # Having asked why, she laughed
        if relation == "advcl" and verb.tag_ == "VBN" and not perfect:  # Asked why, she laughed: somebody else asked
            return None
        if relation == "advcl" and (perfect or verb.tag_ == "VBG"):
            head = _actor_clause(head, verb)
            own = own_subject(head)
            if own is not None:
                return own
        if relation in ("acl", "relcl"):
            if verb.tag_ == "VBN":
                return None
            return _behind(head)
        if relation == "xcomp":
            controller = next((c for c in head.children if c.dep_ == "dobj"), None)
            if controller is not None and head.lemma_ not in ("use", "have"):
                return controller
        if head.pos_ in ("NOUN", "PROPN", "PRON"):
            return _behind(head) if relation == "advcl" else None
        verb = head
    return None


def _actor_clause(head: Token, verb: Token) -> Token:
    """The clause that "saying" belongs to: "It comes after NATO expelled eight, saying …" is said by NATO."""
    own = own_subject(head)
    if own is not None and own.lower_ in _IDLE:
        between = [c for c in head.rights if c.dep_ == "advcl" and c.i < verb.i and own_subject(c) is not None]
        return between[-1] if between else head
    return head


def _behind(noun: Token) -> Token:
    """Who speaks through a noun: "issued a statement saying …" is said by the one who issued it."""
    if noun.lemma_.lower() in SPEECH_NOUNS or noun.lemma_.lower() in DOCUMENTS:
        owner = next((c for c in noun.lefts if c.dep_ == "poss"), None)
        return owner or _giver(noun) or noun
    return noun


def _giver(noun: Token) -> Token | None:
    """The subject of the verb that an object belongs to: *he* sent a letter saying …; *she* spoke in a letter."""
    if noun.dep_ not in ("dobj", "pobj"):
        return None
    verb = noun.head.head if noun.dep_ == "pobj" else noun.head
    for _ in range(MAX_CLIMB):
        own = own_subject(verb)
        if own is not None or verb.dep_ not in ("conj", "xcomp", "advcl"):
            return own
        verb = verb.head
    return None


def speaker_of(verb: Token, quoted: bytearray, start: int) -> Token | None:
    """The head word of who speaks, also where the parser takes a date or a quoted word for the subject, or none.

    Parameters
    ----------
    quoted : a flag for each token of the Doc: it stands in quotation marks.
    start : the first token of the sentence.
    """
    head = subject(verb)
    if head is not None and head.ent_type_ in TIMES:  # Berg, who is ill, last week said …
        head = _before_commas(verb, quoted, start) or head
    if head is not None and quoted[head.i]:
        head = next((c for c in verb.rights if c.pos_ in NOMINAL and not quoted[c.i]), None)
    after_comma = verb.i > start and verb.nbor(-1).text == ","
    if head is None and (verb.tag_ in FINITE or verb.tag_ == "VBN" and after_comma):
        head = _before_commas(verb, quoted, start)
    return head


def _before_commas(verb: Token, quoted: bytearray, start: int) -> Token | None:
    """The noun before a verb where the parser loses it over what stands between: Ms Lee, who …, said"""
    doc, last = verb.doc, verb.i - 1
    while last > start and (doc[last].pos_ in ("ADV", "AUX") or doc[last].ent_type_ in TIMES):
        last -= 1
    if last < start:
        return None
    if doc[last].text != ",":
        noun = doc[last]
    else:
        comma = next((i for i in range(last - 1, max(start, last - _REACH), -1) if doc[i].text == ","), None)
        noun = doc[comma - 1] if comma is not None else None
    return noun if noun is not None and noun.pos_ in NOMINAL and not quoted[noun.i] else None


def own_subject(verb: Token) -> Token | None:
    """The subject beside a verb; what follows a participle is never its subject."""
    return next((c for c in verb.children if c.dep_ in SUBJECTS and (c.i < verb.i or verb.tag_ != "VBG")), None)


def agent_of(verb: Token) -> Token | None:
    by = next((c for c in verb.rights if c.dep_ == "agent"), None)
    return next((c for c in by.rights if c.dep_ == "pobj"), None) if by is not None else None


def antecedent(pronoun: Token) -> Token | None:
    """The noun that a relative pronoun stands for: *a film* that shows …; None of other words."""
    if pronoun.lower_ not in RELATIVES:
        return None
    clause = pronoun.head
    for _ in range(MAX_CLIMB):
        if clause.dep_ not in ("conj", "xcomp", "ccomp", "advcl"):
            break
        clause = clause.head
    return clause.head if clause.dep_ == "relcl" and clause.head != pronoun else None


def source_range(head: Token | None, cue: Token | None = None) -> Range | None:
    """The words that name who speaks: a noun phrase with its appositions, without a relative clause after a comma.

    Neither does a clause belong to it that holds the cue: *critics* saying … A relative pronoun is named by its noun:
    *critics who* say …
    """
    if head is None:
        return None
    start, end = head.left_edge.i, head.right_edge.i + 1
    noun = antecedent(head)
    if noun is not None and 0 < head.i - noun.i <= _MAX_APART:
        start = noun.left_edge.i
    for child in head.rights:
        holds_cue = cue is not None and child.left_edge.i <= cue.i <= child.right_edge.i
        comma = child.dep_ in ("relcl", "acl", "advcl") and head.doc[child.left_edge.i - 1].text == ","
        if holds_cue or comma:
            end = child.left_edge.i
            break
    doc = head.doc
    while end - 1 > head.i and (doc[end - 1].is_punct and doc[end - 1].text not in (")", "]") or doc[end - 1].is_space):
        end -= 1
    while start < head.i and (doc[start].is_punct or doc[start].is_space):
        start += 1
    return start, end
