"""What a reporting verb reports: the clause, infinitive, object or prepositional object that complements it."""

from __future__ import annotations

from spacy.tokens import Doc, Span, Token

from .afterthoughts import is_occasion, without_afterthought
from .lexicon import DOCUMENTS, OCCASIONS, SPEECH_NOUNS, Verb
from .sources import CLAUSE_SUBJECTS, PAUSES, SUBJECTS, Range, agent_of, own_subject, source_range

# Words before the participle of a comment: "in effect cutting", "thereby cutting".
_COMMENT_OPENING = 4
# How far "that" stands from its cue where an addressee, a place and a date come between.
_REACH = 25
_COMPLEMENTS = {"dobj", "oprd", "ccomp", "xcomp"}
_OBJECT_PREPOSITIONS = {"of", "for", "as", "to", "with", "on", "in"}
_TAILS = {"ccomp", "advcl"}
_PARENTHETICAL = {"parataxis", "ccomp", "advcl", "dep"}
_DIVIDERS = PAUSES | set(";:.…") | {"..."}
# Where something is said, and what is done with a statement, an interview, a report.
_PLACES_OF_SAYING = DOCUMENTS | OCCASIONS | SPEECH_NOUNS
_GIVING = frozenset("circulate conduct deliver distribute file give hold issue make obtain post provide publish read "
                    "receive release see send share sign submit tweet write".split())
# Words that stand for a subject or object named elsewhere: it was revealed that …; the plan which was announced.
_PLACEHOLDERS = {"it", "there", "who", "whom", "which", "that", "what"}


def contents_of(verb: Token, entry: Verb, sentence: Range) -> list[Range]:
    """Find what a verb reports, without what the outlet adds to it.

    Parameters
    ----------
    sentence : its first token, and the one after its last word.
    """
    contents = [without_afterthought(verb.doc, *part) for part in _complement(verb, entry, sentence[1])]
    return _object_before(verb, contents) + contents if "object" in entry.takes else contents


def reports_nothing(verb: Token) -> bool:
    """Tell a verb that only looks like a report: all told, …; a group called Freedom; Call it luck; the said firm."""
    idiom = verb.tag_ == "VBN" and verb.i > 0 and verb.nbor(-1).lower_ in ("all", "that") \
        and verb.i + 1 < len(verb.doc) and verb.nbor().text == ","
    naming = verb.dep_ == "acl" and verb.tag_ == "VBN" and agent_of(verb) is None
    command = verb.tag_ == "VB" and verb.dep_ == "ROOT" \
        and not any(c.dep_ == "aux" or c.dep_ in CLAUSE_SUBJECTS for c in verb.lefts)
    return verb.dep_ in ("amod", "compound", "nmod") or idiom or naming or command


def _complement(verb: Token, entry: Verb, end: int) -> list[Range]:
    """A clause before anything else, then an object, then a prepositional object."""
    clause = "clause" in entry.takes
    for child in sorted(verb.children, key=lambda c: (c.i < verb.i, c.i)):
        if clause and _is_clause(child):
            return _around(child, verb)
        if clause and _is_lost_clause(child, verb):
            return [_whole(child)]
        if "infinitive" in entry.takes and child.dep_ == "xcomp":
            return [_with_addressee(child, verb)]
    after = [c for c in verb.rights if _is_complement(c)]
    if "object" in entry.takes and (contents := _object(verb, after)) is not None:
        return contents
    for child in verb.rights:
        inner = inner_of(child) if child.dep_ == "prep" and child.lower_ in entry.takes else None
        if inner is not None and not is_occasion(child):
            return [(inner.left_edge.i, max(c.right_edge.i for c in (child, *after)) + 1)]
    if clause and verb.dep_ in _PARENTHETICAL and own_subject(verb) is not None:
        return _host(verb)
    return _that_clause(verb, end) or _said_in_a_statement(verb) if clause else []


def _whole(token: Token) -> Range:
    return token.left_edge.i, token.right_edge.i + 1


def inner_of(preposition: Token) -> Token | None:
    return next((c for c in preposition.rights if c.dep_ in ("pobj", "pcomp", "amod", "acomp")), None)


# ------------------------------------------------------------------------------------------------------ clauses

def _is_clause(child: Token) -> bool:
    """Said it was late; said that in case of need they could (the parser takes "that" for an object)."""
    return child.dep_ == "ccomp" or child.dep_ == "dobj" and child.pos_ == "SCONJ" and child.right_edge.i > child.i


def _is_lost_clause(child: Token, verb: Token) -> bool:
    """Said closing it would be wrong."""
    return child.i > verb.i and child.dep_ == "xcomp" and child.tag_ == "VBG"


def _around(clause: Token, verb: Token) -> list[Range]:
    """The clause's range, cut where the cue and its subject stand inside it: The port, she said, is closed."""
    start, end = clause.left_edge.i, _tail(clause, verb)
    own = [c for c in verb.children if c != clause and c.dep_ in SUBJECTS]
    left = min([verb.i, *(c.left_edge.i for c in own)])
    if end <= left and left > 0 and verb.doc[left - 1].text == ",":  # all before the comma: It rains, in part, she said
        end = left - 1
    if not start <= verb.i < end:
        return [(start, end)]
    right = max([verb.i, *(c.right_edge.i for c in own)]) + 1
    return [(a, b) for a, b in ((start, left), (right, end)) if a < b]


def _tail(clause: Token, verb: Token) -> int:
    """Where a clause ends: what follows without a comma belongs to it, even if the parser hangs it on the cue."""
    end = clause.right_edge.i + 1
    if clause.i > verb.i:
        for sibling in verb.rights:
            if sibling.left_edge.i == end and sibling.dep_ in _TAILS:
                end = sibling.right_edge.i + 1
    return end


def _host(verb: Token) -> list[Range]:
    """The clause that "Moscow argued" interrupts or follows."""
    host, own, doc = verb.head, own_subject(verb), verb.doc
    left, right = min(verb.i, own.left_edge.i), verb.right_edge.i
    if left == 0 or doc[left - 1].text not in _DIVIDERS and doc[left].text not in _DIVIDERS:
        return []
    start, end = _whole(host)
    if verb.left_edge.i < left:  # what opens the sentence hangs on the cue: In March, he said, it rained
        start = min(start, verb.left_edge.i)
    if host.i < verb.i and _is_comment(doc[right + 1 : end]):
        end = right + 1
    return with_words(doc, (start, left), (right + 1, end))


def _is_comment(tail: Span) -> bool:
    """Tell a participle after the cue (", in effect cutting ties"): the outlet comments on what was said."""
    opening = next((t for t in tail[:_COMMENT_OPENING] if t.pos_ in ("VERB", "AUX")), None)
    return opening is not None and opening.tag_ == "VBG"


def with_words(doc: Doc, *ranges: Range) -> list[Range]:
    """The ranges that hold more than punctuation."""
    return [(a, b) for a, b in ranges if any(not t.is_punct and not t.is_space for t in doc[a:b])]


def _that_clause(verb: Token, end: int) -> list[Range]:
    """The clause after "that" where the parser does not hang it on the cue: told a meeting in March that …"""
    for i in range(verb.i + 1, min(end, verb.i + _REACH)):
        token = verb.doc[i]
        if token.lower_ in ("that", "whether") and token.dep_ == "mark":
            return [(i, end)]
        if token.text in (":", ";") or token.pos_ == "VERB":
            break
    return []


def _said_in_a_statement(verb: Token) -> list[Range]:
    """The clause without "that" which the parser hangs on the place of saying: said in a statement *it was sorry*.

    "In a statement it released" has no object of its own: what is released is the statement.
    """
    for place in (inner_of(c) for c in verb.rights if c.dep_ == "prep" and c.lower_ in ("in", "on", "at")):
        clause = next((c for c in place.rights if c.dep_ == "relcl"), None) if place is not None else None
        if clause is None or place.lemma_.lower() not in _PLACES_OF_SAYING or clause.lemma_.lower() in _GIVING:
            continue
        if own_subject(clause) is not None and clause.left_edge.tag_ not in ("WDT", "WP", "WRB", "IN"):
            return [_whole(clause)]
    return []


# ----------------------------------------------------------------------------------------- infinitives and objects


def _with_addressee(infinitive: Token, verb: Token) -> Range:
    """Urged *them to wait*, but told them *to wait*."""
    told = None if verb.lemma_ == "tell" else next(
        (c for c in verb.children if c.dep_ == "dobj" and verb.i < c.i < infinitive.i), None)
    return (told or infinitive).left_edge.i, infinitive.right_edge.i + 1


def _object(verb: Token, after: list[Token]) -> list[Range] | None:
    """Called *the plan a disaster*; officials whom it described as *spies*."""
    if len(after) == 1 and after[0].lower_ == "as" and _has_object(verb):
        inner = inner_of(after[0])
        return [_whole(inner)] if inner is not None else []
    mutual = [c for c in after if c.dep_ == "dobj" and c.lower_ in ("other", "another")]
    if mutual and len(after) > 1 and after[1].dep_ == "prep" and (inner := inner_of(after[1])) is not None:
        return [_whole(inner)]  # blamed each other for *the delay*
    if _is_visit(verb, after) or not after or all(c.dep_ == "prep" for c in after) and not _has_object(verb):
        return None
    return [(after[0].left_edge.i, max(c.right_edge.i for c in after) + 1)]


def _is_complement(child: Token) -> bool:
    if child.dep_ == "prep":
        return child.lower_ in _OBJECT_PREPOSITIONS and not is_occasion(child)
    if child.dep_ == "advcl":
        return child.left_edge.lower_ == "to" or child.left_edge.lower_ == "as" and _has_object(child.head)
    return child.dep_ in _COMPLEMENTS


def _has_object(verb: Token) -> bool:
    return any(c.dep_ == "dobj" for c in verb.rights) or _has_object_before(verb)


def _has_object_before(verb: Token) -> bool:
    """Tell whether the object stands before the verb: "officials that it described as …", "he was accused of …"."""
    return any(c.dep_ in ("dobj", "nsubjpass") for c in verb.lefts) or verb.dep_ == "relcl"


def _is_visit(verb: Token, after: list[Token]) -> bool:
    """Tell whom one calls from what one calls it: she called her brother; she called it a day."""
    if verb.lemma_ != "call" or len(after) != 1 or after[0].dep_ != "dobj" or _has_object_before(verb):
        return False
    return not any(t.is_quote for t in after[0].subtree) and not any(c.dep_ == "prt" or c.is_quote for c in verb.rights)


def _object_before(verb: Token, contents: list[Range]) -> list[Range]:
    """The object that stands before its verb: *the plan* was criticised as vague; *the plan* that critics denounced."""
    passive = next((c for c in verb.lefts if c.dep_ == "nsubjpass"), None)
    if passive is not None and passive.lower_ not in _PLACEHOLDERS and (contents or agent_of(verb) is not None):
        return [source_range(passive)]
    own, noun = own_subject(verb), verb.head
    if verb.dep_ != "relcl" or contents or own is None or own.lower_ in _PLACEHOLDERS or noun.pos_ == "PRON":
        return []
    return [(noun.left_edge.i, verb.left_edge.i)]
