"""The quoted stretches of a document with their tokens and paragraphs: what joining looks things up in."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from spacy.attrs import IDX
from spacy.tokens import Doc, Token

from .. import text_of
from ..layout import Paragraph
from .clauses import Report
from .marks import Stretch, stretches
from .sources import Range

STOPS = {".", "!", "?", ";"}
FINAL = tuple(".!?,…—–-")
WORD = re.compile(r"\w+")
# A cue stands beside its quotation: the subject with its apposition, an addressee and a date may come between.
REACH = 40
_MAX_TITLE = 6


@dataclass(slots=True)
class Found:
    """A quotation before its speaker is known: its parts, and the report or earlier quotation it hangs on."""

    kind: str
    parts: list[Range]
    report: Report | None = None
    continues: Found | Token | None = None
    joined: Found | None = None

    @property
    def first(self) -> Found:
        return self if self.joined is None else self.joined.first


@dataclass(slots=True)
class Quoted:
    """A stretch with its tokens `a` to `b`, its paragraph, and what claims it."""

    stretch: Stretch
    a: int
    b: int
    paragraph: int
    found: Found | None = None


class Page:
    """The quoted stretches of a Doc with their tokens and paragraphs: what joining looks things up in."""

    def __init__(self, doc: Doc):
        self.doc, self.text = doc, text_of(doc)
        self.starts = doc.to_array(IDX).tolist()
        everything = [Paragraph(0, len(doc), "body")] if len(doc) else []
        self.paragraphs = [p for p in doc._.paragraphs or everything if p.section is not None and p.start < p.end]
        self.quoted = bytearray(len(doc))
        self.marks: list[Quoted] = []
        for number, paragraph in enumerate(self.paragraphs):
            span = doc[paragraph.start : paragraph.end]
            for stretch in stretches(self.text, span.start_char, span.end_char):
                a, b = self.token_at(stretch.start), self.token_at(stretch.end - 1) + 1
                self.marks.append(Quoted(stretch, a, b, number))
                self.quoted[a:b] = b"\1" * (b - a)
        self.mark_starts = [q.stretch.start for q in self.marks]

    def token_at(self, char: int) -> int:
        return max(0, bisect_right(self.starts, char) - 1)

    def overlapping(self, start: int, end: int) -> list[Quoted]:
        """The stretches that share characters with `start` to `end`."""
        first = max(0, bisect_right(self.mark_starts, start) - 1)
        last = bisect_left(self.mark_starts, end)
        return [q for q in self.marks[first:last] if q.stretch.inner_end > start and q.stretch.inner_start < end]

    def chars(self, tokens: Range) -> Range:
        a, b = tokens
        return self.doc[a].idx, self.doc[b - 1].idx + len(self.doc[b - 1])

    def stripped(self, start: int, end: int) -> Range:
        """Characters without white space at either end."""
        words = self.text[start:end]
        start += len(words) - len(words.lstrip())
        return start, start + len(words.strip())

    def inner(self, quoted: Quoted) -> str:
        """What a stretch encloses, without the end marks of a quotation inside it."""
        return self.text[quoted.stretch.inner_start : quoted.stretch.inner_end].rstrip("’'\"” ")

    def opens_sentence(self, quoted: Quoted) -> bool:
        if quoted.a == self.paragraphs[quoted.paragraph].start:
            return True
        before = self.text[max(0, quoted.stretch.start - 40) : quoted.stretch.start].rstrip()
        return before.endswith((".", "!", "?", "”", '"', ":"))

    def is_title(self, quoted: Quoted) -> bool:
        """Tell a title inside a sentence, on CNN's “New Day,” from speech: its longer words are capitalised."""
        words = [w for w in WORD.findall(self.inner(quoted)) if len(w) > 3]
        return len(words) <= _MAX_TITLE and all(w[0].isupper() for w in words) and not self.opens_sentence(quoted)
