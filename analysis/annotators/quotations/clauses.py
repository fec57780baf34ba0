"""Reports in the grammar of a sentence: the cue, who says it, and what is said.

The patterns are those of Krestel, Bergler and Witte (2008), "Minding the Source", and of Pareti's PARC:
clauses that complement a reporting verb, "according to", and the objects of verbs and nouns of speech.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.attrs import LEMMA, LOWER
from spacy.tokens import Doc, Span, Token

from .lexicon import NOUN_PREPOSITIONS, SPEECH_NOUNS, SUPPORT_VERBS, Verb, reporting_verbs
from .sources import MAX_CLIMB, PAUSES, Range, own_subject, source_range, speaker_of, subject
from .verbs import contents_of, inner_of, reports_nothing, with_words


@dataclass(slots=True)
class Report:
    """Token ranges of one report; `head` is the source's head word, which its speaker is found by."""

    cue: Range
    verb: Token
    source: Range | None = None
    head: Token | None = None
    contents: list[Range] = field(default_factory=list)


def possible_cues(doc: Doc) -> list[int]:
    """Return the tokens that are words of reporting, whatever they do where they stand."""
    lower, lemmas = doc.to_array([LOWER, LEMMA]).T.tolist()
    strings, verbs = doc.vocab.strings, reporting_verbs()
    according = strings["according"]
    reporting = {lemma for lemma in set(lemmas) if (word := strings[lemma].lower()) in verbs or word in SPEECH_NOUNS}
    return [i for i, lemma in enumerate(lemmas) if lemma in reporting or lower[i] == according]


def reports(sentence: Span, cues: list[int], quoted: bytearray) -> list[Report]:
    """Find the reports of one sentence, cues inside quotation marks aside.

    Parameters
    ----------
    cues : the tokens of the sentence that may be cues.
    quoted : a flag for each token of the Doc: it stands in quotation marks.

    Returns
    -------
    Reports in the order of their cues. One without contents may still be the cue of a quotation beside it.
    """
    if not cues:
        return []
    verbs, found = reporting_verbs(), []
    bounds = (sentence.start, _end_of_words(sentence))
    for token in (sentence.doc[i] for i in cues if not quoted[i]):
        report = None
        if token.lower_ == "according":
            report = _according(token, bounds)
        elif token.tag_.startswith("VB"):
            if token.lemma_.lower() in verbs:
                report = _verb(token, verbs[token.lemma_.lower()], quoted, bounds)
        elif token.tag_.startswith("NN") and token.lemma_.lower() in SPEECH_NOUNS:
            report = _noun(token)
        if report is not None:
            found.append(report)
    return _outermost(found)


def _end_of_words(sentence: Span) -> int:
    doc, end = sentence.doc, sentence.end
    while end > sentence.start and (doc[end - 1].is_space or doc[end - 1].is_punct):
        end -= 1
    return end


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
    while end > report.cue[1] and report.verb.doc[end - 1].dep_ == "cc":
        end -= 1
    report.contents = [(a, min(b, end)) for a, b in report.contents if a < end]


def _comma_before(verb: Token) -> int | None:
    """The comma before a participle that goes on with a report: He said it was late, insisting that …"""
    if verb.tag_ != "VBG" or own_subject(verb) is not None or verb.lemma_ == "continue":
        return None
    i = verb.i - 1
    while i > 0 and (verb.doc[i].pos_ == "ADV" or verb.doc[i].lower_ in ("and", "but", "while", "even")):
        i -= 1
    return i if verb.doc[i].text in PAUSES else None


def _is_coordinated(verb: Token, outer: Report) -> bool:
    """Tell a second report by one speaker, with the first one's tense and no subject: said it was late and added …"""
    if verb.lemma_ == "add" and verb.tag_ == "VBG":  # "adding" goes on with the report, wherever the parser hangs it
        return True
    return verb.dep_ == "conj" and verb.tag_ == outer.verb.tag_ and own_subject(verb) is None


def _verb(verb: Token, entry: Verb, quoted: bytearray, sentence: Range) -> Report | None:
    if reports_nothing(verb):
        return None
    particle = next((c for c in verb.rights if c.dep_ == "prt" and c.i == verb.i + 1), verb)
    head = speaker_of(verb, quoted, sentence[0])
    return Report((verb.i, particle.i + 1), verb, source_range(head, verb), head, contents_of(verb, entry, sentence))


def _according(token: Token, sentence: Range) -> Report | None:
    """According to Berg, the port is closed; The port is closed, according to Berg."""
    doc, (start, last) = token.doc, sentence
    to = next((c for c in token.rights if c.lower_ == "to"), None)
    if to is None:
        to = doc[token.i + 1] if token.i + 1 < len(doc) and doc[token.i + 1].lower_ == "to" else None
    head = to and next((c for c in (*to.rights, *token.rights) if c.dep_ in ("pobj", "pcomp") and c.i > to.i), None)
    if head is None:
        return None
    source, end = source_range(head), head.right_edge.i + 1
    if token.i - start <= 1 and end < last and doc[end].pos_ in ("VERB", "AUX"):
        # "According to Berg, the bridge is safe": the parser takes the subject for an apposition.
        end = next((t.i for t in doc[head.i : end] if t.text == ","), end)
        source = (source[0], max(min(source[1], end), head.i + 1))
    report = Report((token.i, to.i + 1), token, source, head)
    if end >= last and token.i > start and doc[token.i - 1].text == ",":
        report.contents = [(start, token.i)]
        return report
    host = token.head
    for _ in range(MAX_CLIMB):
        if host.pos_ in ("VERB", "AUX") or host.head == host:
            break
        host = host.head
    a, b = max(host.left_edge.i, start), max(last, token.i) if host.right_edge.i >= last else host.right_edge.i + 1
    report.contents = with_words(doc, (a, min(token.i, b)), (max(end, a), b))
    return report


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
    if (clause := _after_a_time(noun)) is not None:
        report.contents = [clause]
        return report
    if governor is None:
        return None
    for child in noun.rights:
        if child.dep_ == "prep" and child.lower_ in NOUN_PREPOSITIONS:
            inner = inner_of(child)
            if inner is not None:
                report.contents = [(inner.left_edge.i, inner.right_edge.i + 1)]
                return report
    return None


def _after_a_time(noun: Token) -> Range | None:
    """The clause that a time parts from its noun, and the parser hangs elsewhere: its claim last month *that …*"""
    time = next((c for c in noun.rights if c.dep_ == "npadvmod"), None)
    that = noun.doc[time.right_edge.i + 1] if time is not None and time.right_edge.i + 1 < len(noun.doc) else None
    if that is None or that.lower_ != "that" or that.dep_ != "mark":
        return None
    return that.i, that.head.right_edge.i + 1
