"""Who denies a deed: in its own sentence ("denied that …", "rejected claims that …"), or later ("Rome denied it")."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

from spacy.tokens import Doc, Span, Token

from .climbing import clause_above, governors, subjects
from .cues import Cues
from .index import Page
from .negation import EVIDENCE, THINKING, finder, negator
from .voices import Voices

# Of the reporting verbs that deny, those by which the content is said to be false; one protests what is true.
_DENYING = frozenset("contradict contest deny disavow dispute rebut refute repudiate".split())
_DISMISSING = frozenset("dismiss reject rubbish".split())  # with a claim for their object
_CALLING = frozenset("brand call deem denounce describe dismiss dub label slam term".split())
_FALSE = frozenset(
    "absurd baseless bogus fabricated fabrication fake false falsehood fiction groundless incorrect inaccurate "
    "invention lie ludicrous misleading nonsense preposterous ridiculous unfounded unproven unsubstantiated "
    "untrue wrong".split())
_CLAIMS = frozenset(
    "accusation account allegation assertion assessment charge claim conclusion finding insinuation narrative notion "
    "report rumor rumour speculation story suggestion suspicion version".split())
_OF_CLAIMS = ("acl", "relcl", "prep", "ccomp", "compound", "appos")  # what their content is to them
_WRONGDOING = frozenset("involvement responsibility wrongdoing guilt".split())
_THAT = frozenset("it that this them these those which".split())
# "Ruled out that …", "ruled out a flaw", "excluded the possibility of a flaw"
_EXCLUDING = frozenset(("rule", "exclude"))
CUES = _DENYING | _DISMISSING | _CALLING | _FALSE | _EXCLUDING | EVIDENCE | THINKING
_DEEPEST = 4  # "false" under its verb: called the charges completely baseless
FARTHEST = 3  # sentences back to what a later denial is of


class Denial(NamedTuple):
    """Where somebody denies what was said before, in characters, and who does."""

    start: int
    end: int
    denier: str


class Denials:
    """Reads the denials of a Doc, by its parse and quotations."""

    def __init__(self, doc: Doc, page: Page, names: dict[str, str], voices: Voices):
        self.doc = doc
        self.voices = voices
        self.names = names  # actor_id -> name
        self.speakers = {q.cue_start: q.speaker for q in doc._.quotations if q.cue_start is not None}
        self.mentions = sorted((m for m in doc._.actors if m.actor_id in names), key=lambda m: m.start)
        self.mention_starts = [m.start for m in self.mentions]
        self.cues = Cues(doc, page, "denial", self._denied)

    def of(self, deed: int) -> Token | None:
        """Return the verb by which somebody denies a deed, a token, in its own sentence."""
        return self.cues.of(deed)

    def _denied(self, deed: Token) -> Token | None:
        for word, below in governors(deed):
            if word.i != below.i and (verb := _denying(word, below)) is not None:
                return verb
        above = clause_above(deed)
        return _denying(*above) if above else None

    def denier(self, verb: Token) -> str | None:
        """Return who denies: the quotation's speaker, else the actor or name that is the subject, else who says so."""
        speaker = self.speakers.get(verb.idx)
        if speaker:
            return speaker
        agents = [prep for prep in verb.children if prep.dep_ == "agent"]
        passive = [noun for prep in agents for noun in prep.children if noun.dep_ == "pobj"]
        for noun in passive or subjects(verb):
            for mention in self.mentions[max(bisect_left(self.mention_starts, noun.idx) - 1, 0) :]:
                if mention.start > noun.idx:
                    break
                if mention.start <= noun.idx < mention.end:
                    return self.names[mention.actor_id]
            if noun.pos_ == "PROPN":
                return self.doc[noun.left_edge.i : noun.i + 1].text
        return self.voices.speaker(verb)

    def later(self, sentences: list[Span]) -> Iterator[Denial]:
        """Yield the denials that name no content of their own: of "the accusation", "it", "any wrongdoing"."""
        for sentence in sentences:
            verbs = dict.fromkeys(_verb(self.doc[i]) for i in self.cues.within(sentence))
            for verb in verbs:
                denier = self.denier(verb) if verb is not None and _is_affirmed(verb) and _takes_up(verb) else None
                if denier:
                    yield Denial(verb.idx, verb.idx + len(verb), denier)


def _verb(word: Token) -> Token | None:
    """Return a cue's verb: itself, or what "baseless" is said by."""
    for _ in range(_DEEPEST):
        if word.pos_ in ("VERB", "AUX"):
            return word
        word = word.head
    return None


def _denying(word: Token, below: Token) -> Token | None:
    """Return the verb by which the word above what is told denies it."""
    lemma = word.lemma_.lower()
    if lemma in _DENYING and below.dep_ in ("ccomp", "xcomp", "dobj", "nsubjpass", "pcomp"):
        return word if _is_affirmed(word) else None
    if lemma in _EXCLUDING and _excludes(word, below):
        return word if _is_affirmed(word) else None
    if lemma in EVIDENCE and below.dep_ in ("acl", "relcl", "prep", "ccomp", "appos") and word.dep_ == "dobj":
        return word.head if finder(word) is not None and negator(word) is not None else None
    if lemma in THINKING and below.dep_ == "ccomp" and finder(word) is not None:
        return word if negator(word) is not None else None
    if lemma in _CLAIMS and word.pos_ == "NOUN" and below.dep_ in _OF_CLAIMS:
        verb = word.head if word.dep_ in ("dobj", "nsubjpass", "nsubj") else None
        if verb is not None and _is_affirmed(verb):
            return verb if verb.lemma_.lower() in _DENYING | _DISMISSING or _calls_false(verb) else None
    return None


def _excludes(word: Token, below: Token) -> bool:
    """Tell whether a verb says that its content or object is not so: ruled out that, ruled out a flaw."""
    if word.lemma_.lower() == "rule" and not any(kid.dep_ == "prt" and kid.lower_ == "out" for kid in word.children):
        return False
    possible = word.lemma_.lower() == "rule" or below.lemma_.lower() in EVIDENCE
    return below.dep_ == "ccomp" or possible and below.dep_ in ("dobj", "nsubjpass")


def _is_affirmed(verb: Token) -> bool:
    return not any(kid.dep_ == "neg" for kid in verb.children)


def _takes_up(verb: Token) -> bool:
    """Tell whether a verb denies what was said before."""
    lemma = verb.lemma_.lower()
    objects = [kid for kid in verb.children
               if kid.dep_ in ("dobj", "nsubjpass") or kid.dep_ == "nsubj" and verb.lemma_ == "be"]
    objects += [kid for clause in verb.children if clause.dep_ == "ccomp" and lemma in _CALLING
                for kid in clause.children if kid.dep_ in ("nsubj", "nsubjpass")]
    for noun in objects:
        said = noun.lemma_.lower()
        told = any(kid.dep_ in ("acl", "relcl", "prep", "ccomp") and kid.i > noun.i for kid in noun.children)
        if said in _WRONGDOING and lemma in _DENYING:
            return True
        if told or said not in _CLAIMS and noun.lower_ not in _THAT:
            continue
        if lemma in _DENYING or lemma in _DISMISSING and noun.lower_ not in _THAT or _calls_false(verb):
            return True
    return False


def _calls_false(verb: Token) -> bool:
    """Tell whether a verb calls something false: called them baseless, are groundless."""
    if verb.lemma_.lower() not in _CALLING and verb.lemma_ != "be":
        return False
    return any(word.lemma_.lower() in _FALSE for word in verb.subtree if word.i > verb.i and word.i - verb.i < 12)
