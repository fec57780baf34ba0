"""Reports in the grammar of a sentence: the cue, who says it, and what is said.

The patterns are those of Krestel, Bergler and Witte (2008), "Minding the Source", and of Pareti's PARC:
clauses that complement a reporting verb, "according to", and the objects of verbs and nouns of speech.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Doc, Span, Token

from .lexicon import (
    DOCUMENTS,
    NOUN_PREPOSITIONS,
    OCCASIONS,
    RESUMPTIVE,
    SPEECH_NOUNS,
    SUPPORT_VERBS,
    Verb,
    reporting_verbs,
)
from .sources import (
    MAX_CLIMB,
    SUBJECTS,
    Range,
    agent_of,
    own_subject,
    source_range,
    subject,
)

# Words before the participle of a comment: "in effect cutting", "thereby cutting".
_COMMENT_OPENING = 4
# An afterthought is looked for so many steps up from the last word.
_MAX_TAIL = 20
# How far "that" stands from its cue where an addressee, a place and a date come between.
_REACH = 25
_COMPLEMENTS = {"dobj", "oprd", "ccomp", "xcomp", "attr", "acomp"}
_OBJECT_PREPOSITIONS = {"of", "for", "as", "to", "with", "on", "over", "about", "in"}
_NOMINAL = ("NOUN", "PROPN", "PRON")
_FINITE = ("VBD", "VBZ", "VBP")
_CLAUSE_SUBJECTS = {"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"}
_ASKING = {"ask", "wonder", "question"}
_TAILS = {"ccomp", "xcomp", "advcl", "prep", "advmod", "npadvmod"}
# Words that stand for a subject or object named elsewhere: it was revealed that …; the plan which was announced.
_PLACEHOLDERS = {"it", "there", "who", "whom", "which", "that", "what"}
_PARENTHETICAL = {"parataxis", "ccomp", "advcl", "dep"}
_PAUSES = {",", "—", "–", "-", "--"}
_DIVIDERS = set(",;:.—–-…") | {"--", "..."}


@dataclass(slots=True)
class Report:
    """Token ranges of one report; `head` is the source's head word, which its speaker is found by."""

    cue: Range
    verb: Token
    source: Range | None = None
    head: Token | None = None
    contents: list[Range] = field(default_factory=list)


def reports(sentence: Span, quoted: bytearray) -> list[Report]:
    """Find the reports of one sentence, cues inside quotation marks aside.

    Parameters
    ----------
    quoted : a flag for each token of the Doc: it stands in quotation marks.

    Returns
    -------
    Reports in the order of their cues. One without contents may still be the cue of a quotation beside it.
    """
    verbs, found = reporting_verbs(), []
    for token in sentence:
        if quoted[token.i] or token.is_space:
            continue
        report = None
        if token.lower_ == "according":
            report = _according(token, sentence)
        elif token.tag_.startswith("VB"):
            if token.lemma_.lower() in verbs:
                report = _verb(token, verbs[token.lemma_.lower()], quoted)
        elif token.tag_.startswith("NN") and token.lemma_.lower() in SPEECH_NOUNS:
            report = _noun(token)
        if report is not None:
            found.append(report)
    return _outermost(found)


def _outermost(found: list[Report]) -> list[Report]:
    """Settle reports that stand in what another one reports.

    "He said he was ready and added that …" is two reports side by side, whatever the parser thinks; a final
    "according to" covers the sentence and is itself no part of it; of others the content stays with the outer one.
    """
    by_cue = {report.verb.i: report for report in found}
    for inner in found:
        verb = inner.verb
        for _ in range(MAX_CLIMB):
            verb = verb.head
            outer = by_cue.get(verb.i)
            if outer is None or outer is inner or not any(a <= inner.cue[0] < b for a, b in outer.contents):
                continue
            if inner.verb.lower_ == "according":
                _cut(outer, inner.cue[0])
            elif _is_coordinated(inner.verb, outer):
                inner.source, inner.head = outer.source, outer.head
                _cut(outer, inner.verb.left_edge.i)
            elif (comma := _comma_before(inner.verb)) is not None and outer.cue[1] <= comma:
                inner.source, inner.head = outer.source, outer.head
                _cut(outer, comma)
    return found


def _cut(report: Report, end: int) -> None:
    report.contents = [(a, min(b, end)) for a, b in report.contents if a < end]


def _comma_before(verb: Token) -> int | None:
    """The comma before a participle that goes on with a report: He said it was late, insisting that …"""
    if verb.tag_ != "VBG" or own_subject(verb) is not None or verb.lemma_ == "continue":
        return None
    i = verb.i - 1
    while i > 0 and (verb.doc[i].pos_ == "ADV" or verb.doc[i].lower_ in ("and", "but", "while", "even")):
        i -= 1
    return i if verb.doc[i].text in _PAUSES else None


def _is_coordinated(verb: Token, outer: Report) -> bool:
    """Tell "said he is ready and added" (one subject) from "said he met her and told her" (within what is said)."""
    first = verb.head
    if verb.lemma_ == "add" and verb.tag_ == "VBG":  # "adding" goes on with the report, wherever the parser hangs it
        return True
    if verb.dep_ != "conj" or verb.tag_ != outer.verb.tag_ or own_subject(verb) is not None or first == outer.verb:
        return False
    return True


def _tense(verb: Token) -> str:
    """The tag of a verb, or of its first auxiliary."""
    return next((c.tag_ for c in verb.lefts if c.dep_ in ("aux", "auxpass")), verb.tag_)


def _verb(verb: Token, entry: Verb, quoted: bytearray) -> Report | None:
    if verb.dep_ in ("amod", "compound", "nmod") or _is_idiom(verb) or _is_naming(verb) or _is_command(verb):
        return None
    particle = next((c for c in verb.rights if c.dep_ == "prt" and c.i == verb.i + 1), verb)
    report = Report((verb.i, particle.i + 1), verb)
    head = subject(verb)
    if head is not None and head.ent_type_ in ("DATE", "TIME"):  # Berg, who is ill, last week said …
        head = _before_commas(verb, quoted) or head
    report.head = head if head is None or not quoted[head.i] else _inverted(verb, quoted)
    if report.head is None and (verb.tag_ in _FINITE or verb.tag_ == "VBN" and verb.i > 0 and verb.nbor(-1).text == ","):
        report.head = _before_commas(verb, quoted)
    report.source = source_range(report.head, verb)
    report.contents = [_without_afterthought(verb, *part) for part in _complement(verb, entry)]
    if "object" in entry.takes:
        report.contents = _object_before(verb, report.contents) + report.contents
    return report


def _without_afterthought(verb: Token, start: int, end: int) -> Range:
    """Cut what the outlet adds to explain: said he would meet Ms Lee, who runs the port; …, a plan that few like."""
    doc = verb.doc
    for i in range(start + 2, end - 3):
        if doc[i].text in _PAUSES and doc[i + 1].lower_ in ("a", "an", "one") and _sums_up(doc, i + 2, end):
            end = i
            break
    last = end - 1
    while last > start and (doc[last].is_punct or doc[last].is_space):
        last -= 1
    token = doc[last]
    for _ in range(_MAX_TAIL):
        left = token.left_edge.i
        if left > start + 1 and token.i < end and _is_afterthought(token) and doc[left - 1].text in _DIVIDERS:
            end = left - 1
        elif left > start and token.dep_ == "prep" and token.lower_ in ("on", "in", "during") and token.head.i < left and not _is_clause(doc, start, left) and _is_occasion(token):
            end = left
        if token.head == token or token.head.i < start:
            break
        token = token.head
    return start, end


def _sums_up(doc: Doc, i: int, end: int) -> bool:
    """Tell a noun that sums up what was said, with a clause of its own: …, a bold claim that few believe."""
    while i < end - 1 and doc[i].pos_ in ("ADJ", "ADV", "NOUN", "PROPN", "PUNCT") and doc[i + 1].pos_ in ("NOUN", "ADJ"):
        i += 1
    return doc[i].lemma_.lower() in RESUMPTIVE and i + 1 < end and doc[i + 1].lower_ in ("that", "which", "he", "she", "they", "the")


def _is_clause(doc: Doc, start: int, end: int) -> bool:
    return any(t.dep_ in _CLAUSE_SUBJECTS for t in doc[start:end])


def _is_afterthought(token: Token) -> bool:
    first = token.left_edge.lower_
    if token.dep_ == "relcl":
        return first == "who" and token.head.dep_ != "attr"  # it was she who left
    if token.dep_ == "appos":
        return first in ("a", "an", "one")
    return token.dep_ in ("advcl", "acl", "prep") and (first in ("also", "compared", "while", "though") or first == "as" and token.pos_ != "ADP")


def _object_before(verb: Token, contents: list[Range]) -> list[Range]:
    """The object that stands before its verb: the plan was criticised as vague; the plan that critics denounced."""
    passive = next((c for c in verb.lefts if c.dep_ == "nsubjpass"), None)
    named = contents or agent_of(verb) is not None
    if passive is not None and passive.lower_ not in _PLACEHOLDERS and named:
        return [source_range(passive)]
    own, noun = own_subject(verb), verb.head
    if verb.dep_ != "relcl" or contents or own is None or own.lower_ in _PLACEHOLDERS or noun.pos_ == "PRON":
        return []
    return [(noun.left_edge.i, verb.left_edge.i)]


def _before_commas(verb: Token, quoted: bytearray) -> Token | None:
    """The noun before a verb where the parser loses it over what stands between: Ms Lee, who …, said"""
    doc, start, last = verb.doc, verb.sent.start, verb.i - 1
    while last > start and (doc[last].pos_ in ("ADV", "AUX") or doc[last].ent_type_ in ("DATE", "TIME")):
        last -= 1
    if doc[last].text != ",":
        return doc[last] if doc[last].pos_ in _NOMINAL and last < verb.i and not quoted[last] else None
    commas = [i for i in range(max(start, last - _REACH), last) if doc[i].text == ","]
    while start < last and (doc[start].is_space or doc[start].pos_ in ("CCONJ", "DET", "ADJ")):
        start += 1
    end = start
    while end < last and doc[end].pos_ in _NOMINAL:
        end += 1
    if end > start and doc[end].text == ",":
        commas = [end]
    noun = doc[commas[-1] - 1] if commas and commas[-1] else None
    return noun if noun is not None and noun.pos_ in _NOMINAL and not quoted[noun.i] else None


def _is_idiom(verb: Token) -> bool:
    """All told, …; that said, …: phrases that open a sentence and report nothing."""
    return verb.tag_ == "VBN" and verb.i > 0 and verb.nbor(-1).lower_ in ("all", "that") \
        and verb.i + 1 < len(verb.doc) and verb.nbor().text == ","


def _inverted(verb: Token, quoted: bytearray) -> Token | None:
    """The noun after "said" where the parser takes a word of the quotation for the subject."""
    return next((c for c in verb.rights if c.pos_ in ("PROPN", "NOUN", "PRON") and not quoted[c.i]), None)


def _complement(verb: Token, entry: Verb) -> list[Range]:
    """What a verb reports: a clause before anything else, then an object, then a prepositional object."""
    children = sorted(verb.children, key=lambda c: (c.i < verb.i, c.i))
    for child in children:
        # "said that in case of need they could": a conjunction as object is a clause that the parser lost.
        lost = child.dep_ == "dobj" and child.pos_ == "SCONJ" and child.right_edge.i > child.i
        if (child.dep_ == "ccomp" or lost) and "clause" in entry.takes:
            return _around(child, verb)
        if child.dep_ == "xcomp" and child.tag_ == "VBG" and "clause" in entry.takes and child.i > verb.i and verb.lemma_ != "continue":
            return [(child.left_edge.i, child.right_edge.i + 1)]
        if child.dep_ == "advcl" and child.i > verb.i and verb.lemma_ in _ASKING and child.left_edge.lower_ in ("if", "whether"):
            return [(child.left_edge.i, child.right_edge.i + 1)]
        lost = child.dep_ == "advcl" and child.left_edge.lower_ == "to" and child.left_edge.i == verb.i + 1
        if (child.dep_ == "xcomp" or lost) and "infinitive" in entry.takes:
            told = child if verb.lemma_ == "tell" else next(
                (c for c in children if c.dep_ == "dobj" and verb.i < c.i < child.i), child)
            return [(told.left_edge.i, child.right_edge.i + 1)]
    after = [c for c in verb.rights if _is_complement(c)]
    if len(after) == 1 and after[0].lower_ == "as" and "object" in entry.takes and _has_object(verb):
        inner = _inner(after[0])
        return [(inner.left_edge.i, inner.right_edge.i + 1)] if inner is not None else []
    if "object" in entry.takes and not _is_visit(verb, after):
        if any(c.dep_ != "prep" for c in after) or after and _has_object(verb):
            return [(after[0].left_edge.i, max(c.right_edge.i for c in after) + 1)]
    for child in verb.rights:
        if child.dep_ == "prep" and child.lower_ in entry.takes:
            inner = _inner(child)
            if inner is not None:
                return [(inner.left_edge.i, max(c.right_edge.i for c in (child, *after)) + 1)]
    if "clause" in entry.takes and verb.dep_ in _PARENTHETICAL and own_subject(verb) is not None:
        return _host(verb)
    if "clause" in entry.takes and verb.lemma_ != "continue":
        return _that_clause(verb)
    return []


def _that_clause(verb: Token) -> list[Range]:
    """The clause after "that" where the parser does not hang it on the cue: told a meeting in March that …"""
    doc, end = verb.doc, _sentence_end(verb)
    for i in range(verb.i + 1, min(end, verb.i + _REACH)):
        token = doc[i]
        if token.lower_ in ("that", "whether") and token.dep_ == "mark":
            return [(i, end)]
        if token.text in (":", ";") or token.pos_ == "VERB":
            break
    return []


def _sentence_end(token: Token) -> int:
    doc, end = token.doc, token.sent.end
    while end > token.i and (doc[end - 1].is_space or doc[end - 1].is_punct):
        end -= 1
    return end


def _is_complement(child: Token) -> bool:
    if child.dep_ == "prep":
        return child.lower_ in _OBJECT_PREPOSITIONS and not (child.lower_ in ("in", "on", "to") and _is_occasion(child))
    if child.dep_ == "advcl":
        return child.left_edge.lower_ == "to" or child.left_edge.lower_ == "as" and _has_object(child.head)
    return child.dep_ in _COMPLEMENTS


def _is_occasion(preposition: Token) -> bool:
    """Tell when and where something was said from what was said: criticised on Monday, in an interview; on its record."""
    return any(c.ent_type_ in ("DATE", "TIME") or c.lemma_.lower() in OCCASIONS | DOCUMENTS
               for c in preposition.rights if c.dep_ == "pobj")


def _inner(preposition: Token) -> Token | None:
    return next((c for c in preposition.rights if c.dep_ in ("pobj", "pcomp")), None)


def _has_object(verb: Token) -> bool:
    """Tell whether the object stands before the verb: "officials that it described as …", "he was accused of …"."""
    return any(c.dep_ == "dobj" for c in verb.rights) or _has_object_before(verb)


def _has_object_before(verb: Token) -> bool:
    return any(c.dep_ in ("dobj", "nsubjpass") for c in verb.lefts) or verb.dep_ == "relcl"


def _is_naming(verb: Token) -> bool:
    """Tell a name from a report: "a group called Freedom"."""
    return verb.dep_ == "acl" and verb.tag_ == "VBN" and agent_of(verb) is None


def _is_visit(verb: Token, after: list[Token]) -> bool:
    """Tell whom one calls from what one calls it: she called her brother; she called it a day."""
    if verb.lemma_ != "call" or len(after) != 1 or after[0].dep_ != "dobj" or _has_object_before(verb):
        return False
    return not any(t.is_quote for t in after[0].subtree) and not any(c.dep_ == "prt" or c.is_quote for c in verb.rights)


def _is_command(verb: Token) -> bool:
    """Tell what the outlet bids its readers: Call it luck."""
    return verb.tag_ == "VB" and verb.dep_ == "ROOT" and not any(c.dep_ in ("aux", *_CLAUSE_SUBJECTS) for c in verb.lefts)


def _around(clause: Token, verb: Token) -> list[Range]:
    """The clause's range, cut where the cue and its subject stand inside it."""
    start, end = clause.left_edge.i, _tail(clause, verb)
    if start <= verb.i < end:
        own = [c for c in verb.children if c != clause and c.dep_ in SUBJECTS]
        left = min([verb.i, *(c.left_edge.i for c in own)])
        right = max([verb.i, *(c.right_edge.i for c in own)]) + 1
        return [(a, b) for a, b in ((start, left), (right, end)) if a < b]
    return [(start, end)]


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
    start, end = host.left_edge.i, host.right_edge.i + 1
    if verb.left_edge.i < left:  # what opens the sentence hangs on the cue: In March, he said, it rained
        start = min(start, verb.left_edge.i)
    if host.i < verb.i and _is_comment(doc[right + 1 : end]):
        end = right + 1
    return _with_words(doc, (start, left), (right + 1, end))


def _is_comment(tail: Span) -> bool:
    """Tell a participle after the cue (", in effect cutting ties"): the outlet comments on what was said."""
    opening = next((t for t in tail[:_COMMENT_OPENING] if t.pos_ in ("VERB", "AUX")), None)
    return opening is not None and opening.tag_ == "VBG"


def _according(token: Token, sentence: Span) -> Report | None:
    """According to Berg, …; …, according to Berg."""
    doc = token.doc
    to = next((c for c in token.rights if c.lower_ == "to"), None)
    if to is None:
        to = doc[token.i + 1] if token.i + 1 < len(doc) and doc[token.i + 1].lower_ == "to" else None
    head = to and next((c for c in (*to.rights, *token.rights) if c.dep_ in ("pobj", "pcomp") and c.i > to.i), None)
    if head is None:
        return None
    source, last = source_range(head), _sentence_end(token)
    end = head.right_edge.i + 1
    if token.i - sentence.start <= 1 and end < last and doc[end].pos_ in ("VERB", "AUX"):
        # "According to Berg, the bridge is safe": the parser takes the subject for an apposition.
        end = next((t.i for t in doc[head.i : end] if t.text == ","), end)
        source = (source[0], max(min(source[1], end), head.i + 1))
    report = Report((token.i, to.i + 1), token, source, head)
    if end >= last and token.i > sentence.start and doc[token.i - 1].text == ",":
        report.contents = [(sentence.start, token.i)]
        return report
    host = token.head
    for _ in range(MAX_CLIMB):
        if host.pos_ in ("VERB", "AUX") or host.head == host:
            break
        host = host.head
    a, b = max(host.left_edge.i, sentence.start), min(host.right_edge.i + 1, sentence.end)
    report.contents = _with_words(doc, (a, min(token.i, b)), (max(end, a), b))
    return report


def _with_words(doc: Doc, *ranges: Range) -> list[Range]:
    """The ranges that hold more than punctuation."""
    return [(a, b) for a, b in ranges if any(not t.is_punct and not t.is_space for t in doc[a:b])]


def _noun(noun: Token) -> Report | None:
    """A noun of speech with what is said, and with somebody to say it: "his claim that", "voiced concerns over"."""
    governor = noun.head if noun.dep_ == "dobj" and noun.head.lemma_ in SUPPORT_VERBS else None
    owner = next((c for c in noun.lefts if c.dep_ == "poss"), None)
    head = subject(governor) if governor is not None else owner
    if head is None:
        return None
    report = Report((noun.i, noun.i + 1), noun, source_range(head), head)
    if governor is not None and governor.i < noun.i:
        report.cue = (governor.i, noun.i + 1)
    for child in noun.rights:
        clause = child.dep_ in ("acl", "ccomp", "relcl")
        that = clause and any(c.dep_ == "mark" and c.lower_ == "that" for c in child.lefts)
        if that or child.dep_ == "acl" and child.left_edge.lower_ == "to":
            report.contents = [(child.left_edge.i, child.right_edge.i + 1)]
            return report
    if governor is None:
        return None
    for child in noun.rights:
        if child.dep_ == "prep" and child.lower_ in NOUN_PREPOSITIONS:
            inner = _inner(child)
            if inner is not None:
                report.contents = [(inner.left_edge.i, inner.right_edge.i + 1)]
                return report
    return None
