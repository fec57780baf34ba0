"""What sentences say: to whom somebody said it ("told TASS"), or which medium passes it on ("Reuters reported").

A medium is known by its name alone. That a named entity is an organisation does not make it one: of those that are
told something, most are offices and parties.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile

import numpy as np
from spacy.attrs import IDX, LOWER
from spacy.tokens import Doc, Token

from .. import text_of
from ..quotations.sources import Range, agent_of, own_subject, source_range, subject
from .media import Media, Named

_TELL = set("told tells telling".split())
_CITE, _QUOTE = set("cited cites citing".split()), set("quoted quotes quoting".split())
_SPEAK = set("speaking spoke talking talked appearing appeared on".split())
_REPORT = set("reported reports reporting wrote writes said says".split())
# What is sent or given to somebody; the interview stands apart, for it is held with somebody.
_SENT = set("statement statements letter letters email e-mail emails message memo comments remarks note".split())
_INTERVIEW = {"interview", "interviews"}
TRIGGERS = sorted(_TELL | _SPEAK | _REPORT | _CITE | _QUOTE | _SENT | _INTERVIEW | {"according"})
# The press without a name; "the agency" alone may be any agency.
_PRESS = re.compile(
    r"(?i:\b(?:reporters?|journalists?|correspondents?|interviewers?|newspapers?|magazine|tabloid|broadcaster|"
    r"television|news (?:agency|agencies|conference|outlets?|organi[sz]ations?|website|channel|network)|"
    r"press conference)\b)|\b(?:press|media|paper)\b")
_CARRIERS = set("reporter reporters journalist journalists correspondent correspondents report reports story article "
                "account column interview editor host anchor".split())
_CONTENT = set("story stories tale tales truth lie lies joke jokes anecdote".split())  # told, but not to them
# What a medium finds out itself it does not relay.
_OWN_WORK = set("poll polls survey surveys estimate average tally data".split())
_GAP = 4  # tokens between a noun and its "to" or "with": "an interview here on Monday with"
_LONGEST = 12  # tokens of an addressee
_CLIMB = 6  # steps from a word to the cue it belongs to
_WITHIN = set("prep pobj pcomp advcl xcomp conj npadvmod acl dobj amod".split())  # steps that stay in the cue's clause
_INNER = ("DET", "ADJ", "NOUN", "PROPN", "NUM", "PART")


@dataclass(frozen=True, slots=True)
class _Addressee:
    start: int
    end: int
    kind: str
    name: Named | None = None


class Frames:
    """One Doc, read sentence by sentence; `outlet` is its outlet's one name."""

    def __init__(self, doc: Doc, media: Media, actors: dict[str, str], outlet: str | None):
        self.doc, self.text, self.media, self.actors, self.outlet = doc, text_of(doc), media, actors, outlet
        self.cued = sorted((q for q in doc._.quotations if q.cue_start is not None), key=lambda q: q.cue_start)
        self.cues = [q.cue_start for q in self.cued]
        self.mentions = sorted(doc._.actors, key=lambda m: m.start)
        self.mention_starts = [m.start for m in self.mentions]

    def read(self, triggers: np.ndarray) -> Iterator[dict]:
        """Yield a record's parts at each word that opens a frame, in news and outside quotation marks."""
        lower, places = self.doc.to_array([LOWER, IDX]).T
        reads = np.zeros(len(lower), dtype=bool)
        for paragraph in self.doc._.paragraphs:
            reads[paragraph.start : paragraph.end] = paragraph.section is not None
        for q in self.doc._.quotations:
            if q.kind == "direct":
                first, last = np.searchsorted(places, [q.start, q.end])
                reads[first:last] = False
        for i in np.flatnonzero(np.isin(lower, triggers) & reads).tolist():
            token = self.doc[i]
            read = next((read for words, read in _FRAMES.items() if token.lower_ in words), Frames._report)
            found = read(self, token)
            if found is not None:
                yield found

    def _tell(self, verb: Token) -> dict | None:
        if any(c.dep_ in ("neg", "nsubjpass", "auxpass") or c.lower_ == "never" for c in verb.lefts):
            return None
        to, quotation = self._whom(verb.i + 1), self._quotation(verb, climb=0)
        if to is None:
            return None
        if to.kind == "audience" and (quotation is None or _CONTENT & self._words(verb.i + 1)):
            return None
        return self._relay("told", verb, to, _subject(verb, quotation), quotation)

    def _speak(self, verb: Token) -> dict | None:
        """Read "speaking to CNN" and "said on CNN"; to speak to a crowd is no relay."""
        link, quotation = verb, self._quotation(verb, climb=_CLIMB)
        if verb.lower_ != "on":
            link = verb.nbor() if verb.i + 1 < len(self.doc) else verb
            if link.lower_ not in ("to", "with", "on"):
                return None
        if quotation is None and verb.lower_ in ("on", "appeared"):
            return None
        to = self._whom(link.i + 1, named=link.lower_ == "on")
        if to is None or to.kind == "audience":
            return None
        return self._relay("interview", verb, to, _subject(verb, quotation), quotation)

    def _noun(self, noun: Token) -> dict | None:
        """Read "in an interview with CNN", "in a CNN interview", "in a statement to CNN"."""
        preposition, held = noun.head, noun.lower_ in _INTERVIEW
        if preposition.lower_ not in ("in", "during", "from", "via", "through", "by"):
            return None
        to = self._whom(noun.left_edge.i, named=True, end=noun.i) if held else None
        for link in self.doc[noun.i + 1 : noun.i + 1 + _GAP]:
            if to is not None or link.is_punct:
                break
            if link.lower_ in (("with", "on", "by") if held else ("to",)):
                to = self._whom(link.i + 1, named=link.lower_ not in ("with", "to"))
                break
        quotation = self._quotation(preposition, climb=_CLIMB)
        planned = any(c.lower_ in ("will", "would", "to") for c in preposition.head.lefts)
        if to is None or quotation is None and (to.kind == "audience" or planned):
            return None
        head = _subject(preposition.head, quotation) if preposition.head.pos_ in ("VERB", "AUX") else None
        return self._relay("interview" if held else "statement", preposition, to, head, quotation, last=noun)

    def _according(self, token: Token) -> dict | None:
        to = self._whom(token.i + 2)
        if to is None or to.kind == "audience" or _OWN_WORK & self._words(token.i + 2):
            return None
        return self._relay("report", token, to, None, self._quotation(token, climb=0))

    def _report(self, verb: Token) -> dict | None:
        """Read "Reuters reported", "first reported by CNN", "CNN quoted him as saying", "citing Reuters"."""
        if not verb.tag_.startswith("VB"):
            return None
        to, told = self._medium_of(own_subject(verb) or agent_of(verb)), None
        if to is not None and verb.lower_ in ("said", "says") and to.name.kind != "agency":
            return None  # it may well speak for itself
        if verb.lower_ in _CITE | _QUOTE:
            told = next((c for c in verb.rights if c.dep_ == "dobj"), None)
            if to is None and verb.lower_ in _CITE:
                to, told = self._medium_of(told), None
        return self._relay("report", verb, to, told, self._quotation(verb, climb=0)) if to is not None else None

    def _medium_of(self, head: Token | None) -> _Addressee | None:
        words = source_range(head)
        if words is None or _OWN_WORK & {t.lower_ for t in self.doc[words[0] : words[1]]}:
            return None
        return self._whom(words[0], named=True, end=words[1])

    def _phrase(self, start: int, end: int | None = None) -> list[Token]:
        """The words of an addressee: a noun phrase with "of the", and after a reporter with "from the"."""
        words: list[Token] = []
        for token in self.doc[start : min(end or len(self.doc), start + _LONGEST)]:
            inner = token.pos_ in _INNER or token.dep_ in ("amod", "compound", "nmod") or token.tag_ in ("PRP$", "HYPH")
            link = words and (token.lower_ == "of" or token.pos_ == "ADP" and any(w.lower_ in _CARRIERS for w in words))
            late = words and token.ent_type_ in ("DATE", "TIME") and words[-1].pos_ != "DET"
            opens = token.is_quote and not any(w.pos_ in ("NOUN", "PROPN") for w in words)  # on “Fox News Sunday”
            if late or token.text == "to" or not (inner or link or opens or token.is_space or token.text == "/"):
                break
            words.append(token)
        while words and (words[-1].pos_ in ("ADP", "DET", "PART") or words[-1].is_space):
            words.pop()
        return words

    def _words(self, start: int) -> set[str]:
        return {token.lower_ for token in self._phrase(start)}

    def _whom(self, start: int, *, named: bool = False, end: int | None = None) -> _Addressee | None:
        """Tell to whom; with `named`, only media by their names."""
        words = self._phrase(start, end)
        for token in words:
            hit = self.media.at(self.text, token.idx)
            if hit is not None and not _is_in_a_person(token, hit[1]):
                name = hit[2]
                if name.kind == "short" and self.outlet and name.name in self.outlet.split():
                    name = Named(self.outlet)  # "told The Post", in the Washington Post
                return _Addressee(hit[0], hit[1], "medium", name)
        plain = takewhile(lambda t: t.pos_ != "ADP" or t.lower_ == "of", words)
        words = [t for t in plain if not t.is_quote and not t.is_space]
        if named or not any(t.pos_ in ("NOUN", "PROPN") for t in words):
            return None
        a, b = words[0].idx, words[-1].idx + len(words[-1])
        return _Addressee(a, b, "unnamed press" if _PRESS.search(self.text, a, b) else "audience")

    def _quotation(self, word: Token, *, climb: int):
        """The quotation whose cue has this word, or one above it in the clause; a word of what is quoted has none."""
        inside = word.idx
        for _ in range(climb + 1):
            place = bisect_right(self.cues, word.idx) - 1
            if place >= 0 and word.idx < self.cued[place].cue_end:
                parts = self.cued[bisect_left(self.cues, self.cues[place]) : place + 1]
                return None if any(q.start <= inside < q.end for q in parts) else parts[0]
            if word.dep_ not in _WITHIN or word.pos_ == "VERB" and word.dep_ not in ("advcl", "xcomp", "conj"):
                break
            word = word.head
        return None

    def _relay(self, relation: str, first: Token, to: _Addressee, head: Token | None, quotation,
               *, last: Token | None = None) -> dict:
        """Put together what was found; the quotation knows best whose words they are, save what a medium quotes."""
        last, name = last or first, to.name.name if to.name else None
        start, end = min(first.idx, to.start), max(last.idx + len(last), to.end)
        words, source, speaker = source_range(head), None, None
        quoted = quotation is not None and quotation.source_start is not None
        if quoted and not (relation == "report" and words):
            source, speaker = (quotation.source_start, quotation.source_end), quotation.speaker
        elif words is not None:
            source = (self.doc[words[0]].idx, self.doc[words[1] - 1].idx + len(self.doc[words[1] - 1]))
            speaker = self._who(words, *source)
        if source is None or source[0] < to.end and to.start < source[1]:  # the medium itself is quoted
            source, speaker = (None, None), None
        return {"start": start, "end": end, "relation": relation, "medium_start": to.start, "medium_end": to.end,
                "kind": to.kind, "name": name, "source_start": source[0], "source_end": source[1], "speaker": speaker,
                "quotation_id": quotation.quotation_id if quotation is not None else None}

    def _who(self, words: Range, start: int, end: int) -> str | None:
        """Name the actor or else the person whom the words of a source name."""
        for mention in self.mentions[bisect_left(self.mention_starts, start) : bisect_left(self.mention_starts, end)]:
            if mention.actor_id in self.actors:
                return self.actors[mention.actor_id]
        people = [t.text for t in self.doc[words[0] : words[1]] if t.ent_type_ == "PERSON" and t.pos_ == "PROPN"]
        return " ".join(people) or None


_FRAMES = {frozenset(_TELL): Frames._tell, frozenset(_SPEAK): Frames._speak,
           frozenset(_INTERVIEW | _SENT): Frames._noun, frozenset({"according"}): Frames._according}


def _subject(verb: Token, quotation) -> Token | None:
    """Who does what a verb says, looked for only where no quotation knows it: that costs most here."""
    return subject(verb) if quotation is None or quotation.source_start is None else None


def _is_in_a_person(token: Token, end: int) -> bool:
    """Tell "told Dawn Smith" from "told Dawn": the name goes on as a person's."""
    doc, i = token.doc, token.i
    while i < len(doc) and doc[i].idx < end:
        i += 1
    return i < len(doc) and doc[i].ent_type_ == "PERSON" and doc[i].ent_iob_ == "I"
