"""In whose voice a passage stands, by the quotations of a Doc."""

from __future__ import annotations

from bisect import bisect_left

from spacy.tokens import Doc, Token

from .index import Page

PERFORMATIVES = frozenset("announce declare order proclaim".split())
# Who says these of himself in the present does them by that: "I apologise", "we are sorry", "I hereby resign".
_DONE_BY_SAYING = PERFORMATIVES | frozenset(
    "apologise apologize appeal appoint condemn congratulate dedicate demand denounce forbid guarantee invite name "
    "nominate pledge promise protest recommend reject renounce request resign salute swear thank urge vow warn "
    "welcome".split())
_FEELING = frozenset("grateful sorry thankful".split())
_BEING = frozenset("am are 'm 're ’m ’re".split())


class Voices:
    """Tells in whose voice stretches of a Doc stand: the outlet's own, or a quotation's."""

    def __init__(self, doc: Doc, page: Page):
        self.doc = doc
        self.page = page
        self.parsed = doc.has_annotation("DEP")
        self.quotations = sorted(doc._.quotations, key=lambda q: q.start)
        self.starts = [q.start for q in self.quotations]
        self.longest = max((q.end - q.start for q in self.quotations), default=0)
        self.announced: dict[int, bool] = {}  # a quotation's start -> whether it is an act that announcing performs

    def of(self, stretches: list[tuple[int, int]]):
        """Return the innermost quotation that holds most of some stretches of characters; None: the outlet's own."""
        around = self._around(min(start for start, _ in stretches), max(end for _, end in stretches))
        length = sum(end - start for start, end in stretches) if around else 0
        for quotation in around:
            inside = sum(max(0, min(end, quotation.end) - max(start, quotation.start)) for start, end in stretches)
            if 2 * inside > length and not self._is_announced_act(quotation):
                return quotation
        return None

    def is_performed(self, word: Token) -> bool:
        """Tell whether somebody does a deed by the very words: "I apologise", "we are announcing" (Austin 1962)."""
        verb = word.head if word.lower_ in _FEELING and word.dep_ == "acomp" else word
        helpers = {kid.lower_ for kid in verb.children if kid.dep_ in ("aux", "auxpass")}
        by_self = any(kid.dep_ == "nsubj" and kid.lower_ in ("i", "we") for kid in verb.children)
        if not by_self or verb.i == word.i and word.lemma_.lower() not in _DONE_BY_SAYING:
            return False
        now = verb.tag_ in ("VB", "VBP") and helpers <= {"do"}
        return now or verb.tag_ == "VBG" and bool(helpers) and helpers <= _BEING

    def speaker(self, word: Token) -> str | None:
        """Return the speaker in whose words a word stands."""
        quotation = self.of([(word.idx, word.idx + len(word))])
        return quotation.speaker if quotation is not None else None

    def _around(self, start: int, end: int) -> list:
        """Return the quotations that reach into a passage, shortest first: the innermost voice counts."""
        first = bisect_left(self.starts, start - self.longest)
        last = bisect_left(self.starts, end)
        reaching = (q for q in self.quotations[first:last] if q.end > start)
        return sorted(reaching, key=lambda q: q.end - q.start)

    def _is_announced_act(self, quotation) -> bool:
        """Tell whether a content is an act that announcing performs: "announced the suspension of …".

        Such a noun phrase is no statement that could be doubted; who announces an act does it (Austin 1962).
        """
        if quotation.start not in self.announced:
            self.announced[quotation.start] = (
                quotation.kind == "indirect" and quotation.cue_start is not None
                and self._root(quotation.cue_start, quotation.cue_end).lemma_.lower() in PERFORMATIVES
                and self._root(quotation.start, quotation.end).pos_ in ("NOUN", "PROPN"))
        return self.announced[quotation.start]

    def _root(self, start: int, end: int) -> Token:
        first, last = self.page.tokens_of(start, end)
        return self.doc[first:last].root if self.parsed else self.doc[first]
