"""Who does what to whom: the deeds of the codebook's actors, with agent and patient, by the parse.

*NATO expelled eight members of the Russian mission*, *they were expelled by NATO*, *NATO's expulsion of Russians* and
*NATO's decision to expel them* have one agent and one verb. Pronouns stay what they are, for whom they stand for is
a guess; relative ones (*NATO, which expelled*) follow from the grammar. Whose words they stand in, the quotations tell.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, product

from spacy.attrs import DEP, POS
from spacy.language import Language
from spacy.symbols import NOUN, VERB
from spacy.tokens import Doc, Span, Token

from . import kids_of, news, write
from .deed_nouns import deed_nouns

# How far along coordinations and up the tree a subject is sought, and how many names joined by "and" are taken: what
# is longer is a list, and odd texts stay linear.
_FARTHEST = 20
_MOST_JOINED = 8
# Being and having are no deeds.
_STATES = frozenset("appear be become consist have include lack remain seem".split())
# Those told something are not done something to; what they are told is a quotation.
_TELLING = frozenset("assure brief inform notify remind tell".split())
# A body acts through its people: NATO officials, members of the council.
PEOPLE = frozenset(
    "agent ambassador analyst army boss chief delegate diplomat director employee engineer envoy executive expert "
    "force head leader leadership lawyer manager member minister negotiator officer official people personnel police "
    "president regulator representative researcher scientist soldier spokesman spokesperson spokeswoman spy staff "
    "staffer team troop worker".split())
# Nouns of deeds that tell with "of" whom or what the deed is done to, unlike "the arrival of", or with "on", "against".
_DEED_NOUNS = {noun: deed.verb for noun, deed in deed_nouns().items() if deed.of == "patient"}
_AGAINST = {noun: deed.verb for noun, deed in deed_nouns().items() if deed.of == "against"}
_UNSURE = frozenset("if unless whether".split())
_NOT_DONE = frozenset(
    "alleged attempted eventual expected failed feared future hypothetical planned possible potential suspected "
    "threatened".split())
_DOUBLING = re.compile(r"(?:^|[^aeiou])[aeiou][^aeiouwxy]$")  # one vowel, one consonant: plan, planned
_RELATIVE = ("WDT", "WP")
_SUBJECTS = ("nsubj", "nsubjpass")
# As good as prepositions: starting on Monday.
_LIKE_PREPOSITIONS = frozenset("according beginning concerning following including regarding starting".split())


@dataclass(frozen=True, slots=True)
class Party:
    """Who does a deed or has it done to them: an actor's mention, or the words for somebody else."""

    start: int | None = None
    end: int | None = None
    actor_id: str | None = None


@dataclass(frozen=True, slots=True)
class Deed:
    """A verb, or a noun for a deed, with its agent and patient, at least one of them an actor.

    `modal_start` and `modal_end` are the word that keeps it from being told as done: *may*, *if*, *to*, *planned*.
    """

    start: int
    end: int
    verb: str
    agent: Party
    patient: Party
    negated: bool
    modal_start: int | None
    modal_end: int | None
    quotation_id: str | None

    @property
    def label(self) -> str:
        return self.verb


@Language.factory("tellings_roles", assigns=["doc._.deeds"])
class RoleFinder:
    """Write `doc._.deeds`, in the order of the text; without mentions or without a parse there are none.

    What a verb only reports (*said that*) is in `doc._.quotations`.

    Examples
    --------
    >>> from analysis.pipeline import load_model
    >>> nlp = load_model()
    >>> actors = [{"actor_id": name.lower(), "aliases": [name], "descriptions": [], "metonyms": []}
    ...           for name in ("Chile", "Peru")]
    >>> for component, config in (("layout", {}), ("actors", {"actors": actors}), ("roles", {})):
    ...     _ = nlp.add_pipe(f"tellings_{component}", config=config)
    >>> [(deed.agent.actor_id, deed.verb, deed.patient.actor_id) for deed in nlp("Peru was attacked by Chile.")._.deeds]
    [('chile', 'attack', 'peru')]
    """

    def __init__(self, nlp: Language, name: str):
        known = nlp.get_pipe("lemmatizer").lookups.get_table("lemma_index", {}) if nlp.has_pipe("lemmatizer") else {}
        others = chain.from_iterable(known.get(kind, ()) for kind in ("noun", "adj", "adv"))
        self.verbs = frozenset(known.get("verb", ()))
        self.never = frozenset(others) - self.verbs

    def __call__(self, doc: Doc) -> Doc:
        mentions = doc.spans.get("actors", [])
        if not len(mentions) or not doc.has_annotation("DEP"):
            return write(doc, "deeds", [])
        return write(doc, "deeds", list(_Reader(doc, mentions, self.verbs, self.never).read()))


class _Reader:
    """What is needed of one Doc to read its deeds, each part looked up once."""

    def __init__(self, doc: Doc, mentions: list[Span], verbs: frozenset[str], never: frozenset[str]):
        self.doc = doc
        self.verbs = verbs
        self.never = never  # words that the lexicon knows, but not as verbs: the tagger errs in captions and lists
        self.mentions = {_head(span): span for span in mentions}
        self.kids = kids_of(doc)
        self.parts, deps = doc.to_array([POS, DEP]).T.tolist()
        self.deps = list(map(doc.vocab.strings.__getitem__, deps))
        self.quotations = sorted(doc._.quotations, key=lambda q: (q.start, -q.end))
        self.starts = [quotation.start for quotation in self.quotations]
        self.cues = {quotation.cue_start for quotation in self.quotations}

    def read(self) -> Iterator[Deed]:
        places = sorted(self.mentions)
        for sentence in news(self.doc) if self.doc._.paragraphs else self.doc.sents:
            if bisect_right(places, sentence.end - 1) == bisect_right(places, sentence.start - 1):
                continue
            for word in [self.doc[i] for i in range(sentence.start, sentence.end) if self.parts[i] in (VERB, NOUN)]:
                if word.pos == VERB and self._is_deed(word):
                    yield from self._deeds(word, self._lemma(word), *self._of_verb(word))
                elif word.pos == NOUN and (word.lemma_ in _DEED_NOUNS or word.lemma_ in _AGAINST):
                    verb = _DEED_NOUNS.get(word.lemma_) or _AGAINST[word.lemma_]
                    yield from self._deeds(word, verb, *self._of_noun(word))

    def _of(self, word: Token, *deps: str) -> list[Token]:
        return [self.doc[i] for i in self.kids.get(word.i, ()) if self.deps[i] in deps]

    def _after(self, word: Token, *prepositions: str) -> list[Token]:
        """Return what stands behind a word's prepositions, "by" of a passive among them."""
        preps = [kid for kid in self._of(word, "prep", "agent") if kid.lower_ in prepositions]
        return [noun for prep in preps for noun in self._of(prep, "pobj") if noun.ent_type_ not in ("DATE", "TIME")]

    # Verbs

    def _lemma(self, verb: Token) -> str:
        """Return a verb's lemma; spaCy takes *fined* for a form of *fin*, which would double its last letter."""
        lemma, word = verb.lemma_.lower(), verb.lower_
        cut = word in (f"{lemma}ed", f"{lemma}ing") and _DOUBLING.search(lemma) and f"{lemma}e" in self.verbs
        return f"{lemma}e" if cut else lemma

    def _is_deed(self, verb: Token) -> bool:
        """Tell a deed from a state, and from a verb that only leads to one: *decided* to leave, *announced* that."""
        lemma = self._lemma(verb)
        if lemma in _STATES or lemma in self.never or verb.lower_ in _LIKE_PREPOSITIONS:
            return False
        return bool(self._of(verb, "dobj", "nsubjpass", "agent")) or not self._of(verb, "xcomp", "ccomp")

    def _of_verb(self, verb: Token) -> tuple[list[Token], list[Token]]:
        """Return the agents and the patients of a verb."""
        subject = self._subject(verb)
        if self._passive(verb):
            return self._after(verb, "by"), subject
        return subject, self._objects(verb)

    def _objects(self, verb: Token) -> list[Token]:
        found = [self._antecedent(noun, verb) for noun in self._of(verb, "dobj")] or self._after(verb, "against")
        if not found:
            for other in self._of(verb, "conj"):  # suspended and closed the office
                if 0 < other.i - verb.i <= 2 and not self._passive(other):
                    return self._of(other, "dobj")
        return [noun for noun in found if noun is not None]

    def _passive(self, verb: Token) -> bool:
        for _ in range(_FARTHEST):
            if self._of(verb, "nsubjpass", "auxpass", "agent"):
                return True
            if verb.tag_ != "VBN" or self._of(verb, "nsubj", "aux", "dobj"):
                return False
            if verb.dep_ == "acl":
                return True
            if verb.dep_ != "conj" or verb.head.pos_ != "VERB":
                return False
            verb = verb.head
        return False

    def _subject(self, verb: Token) -> list[Token]:
        """Return the subject of a verb, its own or that of the words it hangs on."""
        for _ in range(_FARTHEST):
            own = self._of(verb, *_SUBJECTS)
            if own:
                found = self._antecedent(own[0], verb)
                return [found] if found is not None else []
            head = self._joined_to(verb)
            if verb.dep_ == "acl":
                return self._of_noun_with_verb(verb, head)
            if verb.dep_ == "conj" and head.tag_ != "VB" and any(kid.tag_ == "TO" for kid in self._of(verb, "aux")):
                return []  # "to close" is not coordinated with a finite verb, whatever the parse has
            if verb.dep_ == "pcomp":  # accused them of closing it; went home after closing it
                prep, head = head, head.head
                controlled = prep.lower_ in ("of", "for", "from")
            else:
                controlled = verb.dep_ == "xcomp" and head.lemma_ != "promise"
            if verb.dep_ not in ("conj", "xcomp", "advcl", "pcomp") or head.pos_ not in ("VERB", "AUX"):
                return []
            if verb.dep_ == "advcl" and self._of(verb, "mark"):
                return []
            objects = self._of(head, "dobj") if controlled else []
            if objects:
                return objects[:1]
            verb = head
        return []

    def _joined_to(self, verb: Token) -> Token:
        """Return what a verb hangs on: not the infinitive or participle of another form that the parse joins it to.

        In *ordered them to leave and recalled its envoy*, what is joined to *recalled* is *ordered*.
        """
        head = verb.head
        if verb.dep_ == "conj" and verb.tag_ not in ("VB", "VBP") and not self._of(verb, "aux", "auxpass"):
            for _ in range(_FARTHEST):
                own = self._of(head, "aux", *_SUBJECTS)
                if head.tag_ == verb.tag_ or head.tag_ not in ("VB", "VBG") or any(kid.tag_ != "TO" for kid in own):
                    break
                head = head.head
        return head

    def _of_noun_with_verb(self, verb: Token, noun: Token) -> list[Token]:
        """Return the subject of a verb that hangs on a noun: steps taken by, their decision to, officers working."""
        if verb.tag_ in ("VBN", "VBG"):
            return [noun]
        return self._of(noun, "poss") or self._after(noun, "by") if verb.tag_ == "VB" else []

    def _antecedent(self, noun: Token, verb: Token) -> Token | None:
        """Return the noun that a relative pronoun stands for; any other word as it is."""
        if noun.tag_ not in _RELATIVE:
            return noun
        return verb.head if verb.dep_ == "relcl" and verb.head.pos_ in ("NOUN", "PROPN") else None

    # Nouns

    def _of_noun(self, noun: Token) -> tuple[list[Token], list[Token]]:
        """Return agents and patients of a noun; its possessor is the agent only where the patient is told."""
        patients = self._after(noun, "of") if noun.lemma_ in _DEED_NOUNS else self._after(noun, "on", "against")
        joined = self._of(noun, "conj")
        if not patients and joined and joined[0].lemma_ in _DEED_NOUNS and noun.lemma_ in _DEED_NOUNS:
            patients = self._after(joined[0], "of")  # their invasion and annexation of the island
        owner = noun.head if noun.dep_ == "conj" and not self._of(noun, "poss", "det") else noun
        agents = self._after(noun, "by") or (self._of(owner, "poss") if patients else [])
        return agents, patients

    # Both

    def _deeds(self, word: Token, verb: str, agents: list[Token], patients: list[Token]) -> Iterator[Deed]:
        """Yield a deed for each agent with each patient, where one of them is an actor."""
        doing, done_to = self._parties(agents), self._parties(patients)
        if word.idx in self.cues and (word.lemma_ in _TELLING or not any(party.actor_id for party in done_to)):
            return
        negated, modal = self._told_as(word)
        modal_place = (modal.idx, modal.idx + len(modal)) if modal else (None, None)
        for agent, patient in product(doing or [Party()], done_to or [Party()]):
            if agent.actor_id or patient.actor_id:
                yield Deed(word.idx, word.idx + len(word), verb, agent, patient, negated, *modal_place,
                           self._quotation(word))

    def _parties(self, nouns: list[Token]) -> list[Party]:
        """Return the actors that nouns and those joined to them name, else the words of the first noun."""
        joined = list(nouns)
        for noun in joined:
            joined += self._of(noun, "conj")[: max(_MOST_JOINED - len(joined), 0)]
        parties = list(dict.fromkeys(self._party(noun) for noun in joined))
        return [party for party in parties if party.actor_id] or parties[:1]

    def _party(self, noun: Token) -> Party:
        span = self.mentions.get(noun.i)
        if span is None and noun.lemma_.lower() in PEOPLE:
            of = [*self._of(noun, "compound", "poss"), *self._after(noun, "of", "from")]
            span = next((self.mentions[word.i] for word in of if word.i in self.mentions), None)
        if span is not None:
            return Party(span.start_char, span.end_char, span.label_)
        first = noun
        while first.i and self.deps[first.i - 1] == "compound" and self.doc[first.i - 1].head.i == noun.i:
            first = self.doc[first.i - 1]
        return Party(first.idx, noun.idx + len(noun))

    def _told_as(self, word: Token) -> tuple[bool, Token | None]:
        """Tell whether a deed is denied, and the word, if any, that keeps it from being told as done."""
        negated, modal = False, None
        for _ in range(_FARTHEST):
            own = [self.doc[i] for i in self.kids.get(word.i, ())]
            negated = negated or any(kid.dep_ == "neg" or kid.dep_ == "det" and kid.lower_ == "no" for kid in own)
            modal = modal or next((kid for kid in own if kid.tag_ in ("MD", "TO") and kid.dep_ == "aux"
                                   or kid.dep_ == "mark" and kid.lower_ in _UNSURE
                                   or kid.dep_ == "amod" and kid.lower_ in _NOT_DONE), None)
            apart = any(kid.dep_ in ("aux", "auxpass", *_SUBJECTS) for kid in own)
            if word.dep_ != "conj" or apart or word.pos_ != "VERB" or word.head.pos_ != "VERB":
                break
            word = self._joined_to(word)
        return negated, modal

    def _quotation(self, word: Token) -> str | None:
        """Return the innermost quotation that a word stands in."""
        last = bisect_right(self.starts, word.idx)
        for quotation in reversed(self.quotations[max(last - _FARTHEST, 0) : last]):
            if word.idx < quotation.end:
                return quotation.quotation_id
        return None


def _head(mention: Span) -> int:
    """Return the first noun of a name that hangs on something outside it, its root where there is none."""
    within = range(mention.start, mention.end)
    nouns = (word.i for word in mention if word.pos_ in ("NOUN", "PROPN") and word.head.i not in within)
    return next(nouns, mention.root.i)
