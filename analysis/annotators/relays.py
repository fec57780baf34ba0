"""Through whom words came: "told TASS", "in a statement to the FT", "Reuters reported", "With reporting by AP".

A record is what the text says, never a guess: to whom somebody said it, or which medium passed it on.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile

import numpy as np
from spacy.attrs import IDX, LOWER
from spacy.language import Language
from spacy.tokens import Doc, Token

from . import write
from .media import Media, Named
from .quotations.sources import Range, agent_of, own_subject, source_range, subject

_TELL, _CITE, _QUOTE = set("told tells telling".split()), set("cited cites citing".split()), set("quoted quotes quoting".split())
_SPEAK = set("speaking spoke talking talked appearing appeared on".split())
_REPORT = set("reported reports reporting wrote writes said says".split())
# What is sent or given to somebody; the interview stands apart, for it is held with somebody.
_SENT = set("statement statements letter letters email e-mail emails message memo comments remarks note".split())
_INTERVIEW = {"interview", "interviews"}
_TRIGGERS = sorted(_TELL | _SPEAK | _REPORT | _CITE | _QUOTE | _SENT | _INTERVIEW | {"according"})
# The press without a name; "the agency" alone may be any agency.
_PRESS = re.compile(r"(?i:\b(?:reporters?|journalists?|correspondents?|interviewers?|newspapers?|magazine|tabloid|broadcaster|television|"
                    r"news (?:agency|agencies|conference|outlets?|organi[sz]ations?|website|channel|network)|press conference)\b)"
                    r"|\b(?:press|media|paper)\b")
_ORGANS = set("newspaper daily weekly tabloid broadcaster magazine agency".split())
_PLACES = ("GPE", "NORP", "LOC", "PERSON", "DATE")  # "the Turkish newspaper", "the Houston station" are not named so
_CARRIERS = set("reporter reporters journalist journalists correspondent correspondents report reports story article account "
                "column interview editor host anchor".split())
_CONTENT = set("story stories tale tales truth lie lies joke jokes anecdote".split())  # told, but not to them
_OWN_WORK = set("poll polls survey surveys estimate average tally data".split())  # what a medium finds out, it does not relay
_GAP = 4  # tokens between a noun and its "to" or "with": "an interview here on Monday with"
_LONGEST = 12  # tokens of an addressee
_CLIMB = 6  # steps from a word to the cue it belongs to
_WITHIN = set("prep pobj pcomp advcl xcomp conj npadvmod acl dobj amod".split())  # steps that stay in the cue's own clause

_BLANK = r"[ \t\xa0]"  # a blank, also one that does not break
_CREDIT = re.compile(
    rf"(?:^|(?<=[.!?”\"(\[—–]{_BLANK})|(?<=[(\[—–]))(?P<words>(?:(?:with|additional|further|original){_BLANK}){{0,2}}"
    rf"(?:reporting|material|inputs?|files|information){_BLANK}(?:by|from)\b|(?:source|sources|credit|via){_BLANK}?:)(?P<names>[^\n]{{1,200}})",
    re.IGNORECASE | re.MULTILINE)
_CONTRIBUTED = re.compile(r"^(?P<names>[^\n]{1,200}?)(?P<words> contributed (?:reporting )?to this (?:report|story|article))", re.M)
_DATELINE = re.compile(r"^(?=[A-Z(/])[^\n(/]{0,80}(?P<words>[(/](?P<names>[^\n()/]{2,40})[)/])\.?\s{0,3}[-–—:.]", re.M)
_ALONE = re.compile(rf"^{_BLANK}{{0,9}}(?P<words>(?:By{_BLANK}(?:the{_BLANK})?|©{_BLANK}?|[-–—(]{_BLANK}?)?)(?P<names>\w[^\n]{{1,60}}?)[)]?{_BLANK}{{0,9}}$", re.M)


@dataclass(frozen=True, slots=True)
class Relay:
    """Words that say through whom something came; `kind` is medium, unnamed press or audience."""

    start: int
    end: int
    relation: str
    medium_start: int
    medium_end: int
    kind: str
    name: str | None
    own: bool
    source_start: int | None = None
    source_end: int | None = None
    speaker: str | None = None
    quotation_id: str | None = None

    @property
    def label(self) -> str:
        return self.relation


@dataclass(frozen=True, slots=True)
class _Addressee:
    start: int
    end: int
    kind: str
    name: Named | None = None


@Language.factory("tellings_relays", default_config={"actors": []}, assigns=["doc._.relays"])
class Relays:
    """Write `doc._.relays`; without a parse, only credits and datelines.

    Parameters
    ----------
    actors : the codebook's; those of kind `medium` are known by their aliases, beside the lexicon `media.csv`.

    Examples
    --------
    >>> from analysis.pipeline import build
    >>> doc = build()("The bridge is safe, Anna Berg told Reuters on Monday.")
    >>> [(r.relation, r.speaker, r.name) for r in doc._.relays]
    [('told', 'Anna Berg', 'Reuters')]
    """

    def __init__(self, nlp: Language, name: str, actors: list[dict]):
        self.media = Media(actors)
        self.actors = {actor["actor_id"]: actor["name"] for actor in actors}
        self.triggers = np.array([nlp.vocab.strings[word] for word in _TRIGGERS], dtype="uint64")

    def __call__(self, doc: Doc) -> Doc:
        page = _Page(doc, self.media, self.actors)
        found = list(page.credits())
        if doc.has_annotation("DEP"):
            found += page.told(self.triggers)
        once = {relay.medium_start: relay for relay in reversed(found)}  # "speaking on CNN" is read at both words
        return write(doc, "relays", sorted(once.values(), key=lambda r: (r.start, r.end, r.medium_start)))


class _Page:
    """One Doc, with its outlet and its quotations by their cues."""

    def __init__(self, doc: Doc, media: Media, actors: dict[str, str]):
        self.doc, self.text, self.media, self.actors = doc, doc.text, media, actors
        self.outlet = media.outlet(doc._.article.outlet if doc._.article is not None else None)
        self.cued = sorted((q for q in doc._.quotations if q.cue_start is not None), key=lambda q: q.cue_start)
        self.cues = [q.cue_start for q in self.cued]
        self.mentions = sorted(doc._.actors, key=lambda m: m.start)
        self.mention_starts = [m.start for m in self.mentions]

    def credits(self) -> Iterator[Relay]:
        """Read lines that give credit, furniture too: "With reporting by", a dateline, a byline that is an agency's."""
        for pattern in (_CREDIT, _CONTRIBUTED, _DATELINE, _ALONE):
            for match in pattern.finditer(self.text):
                a, b = match.span("names")
                names = self.media.within(self.text, a, b)
                whole = [n[:2] for n in names] == [(a, b)]
                byline = match["words"].startswith("By")
                if pattern is _DATELINE and not whole or pattern is _ALONE and not (whole and (byline or _is_agency(names[0][2]))):
                    continue
                for start, end, named in names:
                    yield Relay(min(match.start("words"), a if whole else start), max(match.end("words"), names[-1][1]), "credit",
                                start, end, "medium", named.name, named.name == self.outlet)

    def told(self, triggers: np.ndarray) -> Iterator[Relay]:
        """Read the words that can open a frame, in running news and outside quotation marks."""
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
            frames = ((_TELL, self._tell), (_SPEAK, self._speak), (_INTERVIEW | _SENT, self._noun), ({"according"}, self._according))
            read = next((read for words, read in frames if token.lower_ in words), self._report)
            relay = read(token)
            if relay is not None:
                yield relay

    def _tell(self, verb: Token) -> Relay | None:
        if any(c.dep_ in ("neg", "nsubjpass", "auxpass") or c.lower_ == "never" for c in verb.lefts):
            return None
        to, quotation = self._whom(verb.i + 1), self._quotation(verb, climb=0)
        if to is None or to.kind == "audience" and (quotation is None or _CONTENT & set(self._words(to).lower().split())):
            return None
        return self._relay("told", verb, to, subject(verb), quotation)

    def _speak(self, verb: Token) -> Relay | None:
        """Read "speaking to CNN" and "said on CNN"; to speak to a crowd is no relay."""
        link, quotation = verb, self._quotation(verb, climb=_CLIMB)
        if verb.lower_ != "on":
            link = verb.nbor() if verb.i + 1 < len(self.doc) else verb
            if link.lower_ not in ("to", "with", "on"):
                return None
        if quotation is None and verb.lower_ in ("on", "appeared"):
            return None
        to = self._whom(link.i + 1, named=link.lower_ == "on")
        return self._relay("interview", verb, to, subject(verb), quotation) if to is not None and to.kind != "audience" else None

    def _noun(self, noun: Token) -> Relay | None:
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
        head = subject(preposition.head) if preposition.head.pos_ in ("VERB", "AUX") else None
        return self._relay("interview" if held else "statement", preposition, to, head, quotation, last=noun)

    def _according(self, token: Token) -> Relay | None:
        to = self._whom(token.i + 2)
        if to is None or to.kind == "audience" or _OWN_WORK & {t.lower_ for t in self._phrase(token.i + 2)}:
            return None
        return self._relay("report", token, to, None, self._quotation(token, climb=0))

    def _report(self, verb: Token) -> Relay | None:
        """Read "Reuters reported", "first reported by CNN", "CNN quoted him as saying", "citing Reuters"."""
        if not verb.tag_.startswith("VB"):
            return None
        to, told = self._medium_of(own_subject(verb) or agent_of(verb)), None
        if to is not None and verb.lower_ in ("said", "says") and not _is_agency(to.name):
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
            inner = token.pos_ in ("DET", "ADJ", "NOUN", "PROPN", "NUM", "PART") or token.dep_ in ("amod", "compound", "nmod")
            link = words and (token.lower_ == "of" or token.pos_ == "ADP" and any(w.lower_ in _CARRIERS for w in words))
            late = words and token.ent_type_ in ("DATE", "TIME") and words[-1].pos_ != "DET"
            opens = token.is_quote and not any(w.pos_ in ("NOUN", "PROPN") for w in words)  # on “Fox News Sunday”
            if late or token.text == "to" or not (inner or link or opens or token.is_space or token.tag_ in ("PRP$", "HYPH") or token.text == "/"):
                break
            words.append(token)
        while words and (words[-1].pos_ in ("ADP", "DET", "PART") or words[-1].is_space):
            words.pop()
        return words

    def _whom(self, start: int, *, named: bool = False, end: int | None = None) -> _Addressee | None:
        """Tell to whom; with `named`, only media by their names."""
        words = self._phrase(start, end)
        for token in words:
            hit = self.media.at(self.text, token.idx)
            if hit is not None and not _is_in_a_person(token, hit[0]):
                name = hit[1]
                if name.kind == "short" and self.outlet and name.name in self.outlet.split():
                    name = Named(self.outlet)  # "told The Post", in the Washington Post
                return _Addressee(token.idx, hit[0], "medium", name)
        run = _beside_an_organ(words)
        if run:
            a, b = run[0].idx, run[-1].idx + len(run[-1])
            return _Addressee(a, b, "medium", Named(self.text[a:b]))
        if named or not any(t.pos_ in ("NOUN", "PROPN") for t in words):
            return None
        last = next((i for i, t in enumerate(words) if t.pos_ == "ADP" and t.lower_ != "of"), len(words)) - 1
        words = [t for t in words[: last + 1] if not t.is_quote]
        a, b = words[0].idx, words[-1].idx + len(words[-1])
        return _Addressee(a, b, "unnamed press" if _PRESS.search(self.text, a, b) else "audience")

    def _words(self, to: _Addressee) -> str:
        return self.text[to.start : to.end]

    def _quotation(self, word: Token, *, climb: int):
        """The quotation whose cue has this word, or one above it in the same clause; a word of what is quoted has none."""
        inside = word.idx
        for _ in range(climb + 1):
            place = bisect_right(self.cues, word.idx) - 1
            if place >= 0 and word.idx < self.cued[place].cue_end:
                same = takewhile(lambda q: q.cue_start == self.cues[place], reversed(self.cued[: place + 1]))
                return None if any(q.start <= inside < q.end for q in same) else self.cued[place]
            if word.dep_ not in _WITHIN or word.pos_ == "VERB" and word.dep_ not in ("advcl", "xcomp", "conj"):
                break
            word = word.head
        return None

    def _relay(self, relation: str, first: Token, to: _Addressee, head: Token | None, quotation, *, last: Token | None = None) -> Relay:
        """Put together what was found; the quotation knows best whose words they are, if not the medium's."""
        last, name = last or first, to.name.name if to.name else None
        start, end = min(first.idx, to.start), max(last.idx + len(last), to.end)
        words, source, speaker = source_range(head), (None, None), None
        if quotation is not None and quotation.source_start is not None:
            source, speaker = (quotation.source_start, quotation.source_end), quotation.speaker
        elif words is not None:
            source = (self.doc[words[0]].idx, self.doc[words[1] - 1].idx + len(self.doc[words[1] - 1]))
            speaker = self._who(words, *source)
        if source[0] is not None and source[0] < to.end and to.start < source[1]:
            source, speaker = (None, None), None
        return Relay(start, end, relation, to.start, to.end, to.kind, name, name is not None and name == self.outlet, *source,
                     speaker, quotation.quotation_id if quotation is not None else None)

    def _who(self, words: Range, start: int, end: int) -> str | None:
        """Name the actor or else the person whom the words of a source name."""
        for mention in self.mentions[bisect_left(self.mention_starts, start) : bisect_left(self.mention_starts, end)]:
            if mention.actor_id in self.actors:
                return self.actors[mention.actor_id]
        people = [t.text for t in self.doc[words[0] : words[1]] if t.ent_type_ == "PERSON" and t.pos_ == "PROPN"]
        return " ".join(people) or None


def _is_agency(name: Named) -> bool:
    return name.kind == "agency"


def _is_in_a_person(token: Token, end: int) -> bool:
    """Tell "told Dawn Smith" from "told Dawn": the name goes on as a person's."""
    doc, i = token.doc, token.i
    while i < len(doc) and doc[i].idx < end:
        i += 1
    return i < len(doc) and doc[i].ent_type_ == "PERSON" and doc[i].ent_iob_ == "I"


def _beside_an_organ(words: list[Token]) -> list[Token]:
    """The name in "the Ruritanian daily Abendblatt" and "the Abendblatt newspaper"; places are none."""
    for i, organ in enumerate(words):
        if organ.lower_ in _ORGANS and (organ.lower_ != "agency" or i and words[i - 1].lower_ == "news"):
            after = _names(words[i + 1 :])
            return after or _names(words[: i - (organ.lower_ == "agency")][::-1])[::-1]
    return []


def _names(words: list[Token]) -> list[Token]:
    run: list[Token] = []
    for token in words:
        if token.pos_ != "PROPN" or token.ent_type_ in _PLACES:
            break
        run.append(token)
    return run
