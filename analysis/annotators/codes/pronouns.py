"""For which actor a pronoun stands, where that is clear: precision before recall.

The antecedent is the subject that governs the pronoun's clause ("NATO said that it …"), else the subject of the
sentence before (the centre of attention, Grosz, Joshi and Weinstein 1995); nothing is found where that subject agrees
but is no actor, or where another actor that agrees stands between. "We" in direct speech is the speaker, and the body
or country whose name the speaker's camp bears.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator

from spacy.tokens import Doc, Span, Token

from ...codebook import Actor
from ..roles import PEOPLE
from .index import Page

_THIRD = {word: lemma for lemma, words in (
    ("he", "he him his himself"), ("she", "she her hers herself"), ("it", "it its itself"),
    ("they", "they them their theirs themselves")) for word in words.split()}
_SINGULAR = frozenset("i me my mine myself".split())
_PLURAL = frozenset("we us our ours ourselves".split())
CUES = (*_THIRD, *_SINGULAR, *_PLURAL)
_HUMAN = PEOPLE | frozenset("boy brother daughter father girl husband king lady man mother prince princess queen "
                            "sister son wife woman".split())
_SUBJECTS = ("nsubj", "nsubjpass")
_FARTHEST = 20  # up the tree: what is deeper is no sentence of news
# Verbs whose "it" stands for nothing where a clause follows: it is clear that, it seems that.
_EMPTY = frozenset("appear be become happen seem take".split())


class Pronouns:
    """Resolves the pronouns of Docs to the actors of a codebook."""

    def __init__(self, actors: Iterable[Actor]):
        self.actors = {actor.actor_id: actor for actor in actors}
        self.by_name = {actor.name: actor for actor in self.actors.values()}
        self.of_camp: dict[str, list[str]] = defaultdict(list)  # camp -> bodies and countries that it is named after
        for actor in self.actors.values():
            names = actor.as_config()["aliases"] + [actor.name]
            if actor.kind in ("body", "country") and actor.camp in names:
                self.of_camp[actor.camp].append(actor.actor_id)

    def read(self, doc: Doc, page: Page, sentences: list[Span]) -> dict[int, list[str]]:
        """Return the actors that pronouns stand for, by token."""
        if not self.actors or not doc.has_annotation("DEP"):
            return {}
        reader = _Reader(doc, page, self)
        pronouns = page.cues["pronoun"]
        before = None
        for sentence in sentences:
            for i in pronouns[bisect_left(pronouns, sentence.start) : bisect_left(pronouns, sentence.end)]:
                token = doc[i]
                if token.norm_ in _THIRD:
                    reader.third_person(token, _THIRD[token.norm_], before)
                elif token.text != "US":
                    reader.first_person(token, token.norm_ in _PLURAL)
            before = sentence
        return reader.found


class _Reader:
    """What is known of one Doc: who is mentioned where, and in whose direct speech."""

    def __init__(self, doc: Doc, page: Page, known: Pronouns):
        self.doc = doc
        self.known = known
        self.mentions: dict[int, str] = {}  # head of a mention -> its actor
        self.mentioned: set[int] = set()  # all words of mentions
        for start, end, mention in page.mentions:
            if mention.actor_id in known.actors:
                self.mentions[start if end == start + 1 else doc[start:end].root.i] = mention.actor_id
                self.mentioned.update(range(start, end))
        self.places = sorted(self.mentions)
        self.direct = sorted((q for q in doc._.quotations if q.kind != "indirect"), key=lambda q: q.start)
        self.starts = [q.start for q in self.direct]
        self.found: dict[int, list[str]] = {}

    def first_person(self, token: Token, plural: bool) -> None:
        zone = self._zone(token)
        speaker = self.known.by_name.get(zone.speaker) if zone else None
        if speaker is not None:
            bodies = self.known.of_camp.get(speaker.camp, []) if plural else []
            self.found[token.i] = list(dict.fromkeys([speaker.actor_id, *bodies]))

    def third_person(self, token: Token, pronoun: str, before: Span | None) -> None:
        if token.dep_ == "expl" or pronoun == "it" and _is_empty(token):
            return
        antecedent = next((word for word in self._subjects(token, before) if self._agrees(word, pronoun)), None)
        actor_id = self._actor(antecedent) if antecedent is not None else None
        if actor_id is None or self._zone(antecedent) is not self._zone(token):
            return
        between = self.places[bisect_right(self.places, antecedent.i) : bisect_left(self.places, token.i)]
        clear = all(self.mentions[i] == actor_id or not self._fits(self.mentions[i], pronoun) for i in between)
        if clear and not (pronoun in ("he", "she") and self._others(antecedent.i + 1, token.i)):
            self.found[token.i] = [actor_id]

    def _others(self, start: int, end: int) -> bool:
        """Tell whether a person who is no actor is named between two tokens."""
        return any(_is_human(self.doc[i]) and i not in self.mentioned for i in range(start, end))

    def _subjects(self, token: Token, before: Span | None) -> Iterator[Token]:
        """Yield the subjects that a pronoun may stand for, the likeliest first."""
        word, own = token, token.dep_ not in ("poss", *_SUBJECTS)  # an object is not its own verb's subject
        for _ in range(_FARTHEST):
            if word.head.i == word.i:
                break
            word = word.head
            if word.pos_ in ("VERB", "AUX"):
                subjects = [kid for kid in word.lefts if kid.dep_ in _SUBJECTS and kid.i < token.i]
                if subjects and not own:
                    yield subjects[0]
                own = own and not subjects
        if before is not None:
            yield from (kid for kid in before.root.lefts if kid.dep_ in _SUBJECTS)

    def _actor(self, word: Token) -> str | None:
        """Return the actor that a subject names, or that a pronoun was found to stand for."""
        if word.i in self.mentions:
            return self.mentions[word.i]
        [actor_id] = self.found.get(word.i, [None])[:1]
        return actor_id

    def _agrees(self, word: Token, pronoun: str) -> bool:
        actor_id = self._actor(word)
        if actor_id is not None:
            return self._fits(actor_id, pronoun)
        if word.pos_ == "PRON":
            return _THIRD.get(word.lower_) == pronoun
        if word.tag_ in ("NNS", "NNPS") or any(kid.dep_ == "conj" for kid in word.children):
            return pronoun == "they"
        return pronoun in ("he", "she") if _is_human(word) else pronoun == "it"

    def _fits(self, actor_id: str, pronoun: str) -> bool:
        actor = self.known.actors[actor_id]
        return actor.pronoun == pronoun or pronoun == "they" and actor.kind == "body"

    def _zone(self, token: Token):
        """Return the direct speech that a token stands in."""
        position = bisect_right(self.starts, token.idx) - 1
        return self.direct[position] if position >= 0 and token.idx < self.direct[position].end else None


def _is_human(word: Token) -> bool:
    return word.ent_type_ == "PERSON" or word.lemma_.lower() in _HUMAN


def _is_empty(token: Token) -> bool:
    """Tell the "it" that announces a clause: it is clear that, it took days to."""
    verb = token.head
    return token.dep_ in _SUBJECTS and verb.lemma_ in _EMPTY and any(
        kid.dep_ in ("ccomp", "xcomp", "csubj", "advcl", "attr", "acomp") and kid.i > verb.i for kid in verb.children)
