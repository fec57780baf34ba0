"""Quotation marks and reports joined: which cue and source each quoted stretch belongs to.

A report found in the grammar claims the stretches in what it reports. A stretch that none claims looks for
a cue beside it, as the parser often fails at the edges of long quotations; and one without any cue goes on
from the quotation or sentence before it (continuation), as news writes a speech in several paragraphs.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from ..layout import Paragraph
from .clauses import Report
from .marks import Stretch, stretches
from .sources import Range, root, source_range, subject

# A cue stands beside its quotation: the subject with its apposition, an addressee and a date may come between.
_REACH = 40
# Between parts of one quotation stand a few words at most: he said “one” and “two”.
_MAX_JOINT = 4
# Fewer quoted words without a cue are a title, a name or a scare quote and nobody's speech.
_MIN_SPEECH_WORDS = 4
# A stretch that stands inside a sentence must be longer to be taken for speech without a cue.
_MIN_INNER_WORDS = 12
_MAX_TITLE = 6
_STOPS = {".", "!", "?", ";"}
_FINAL = tuple(".!?,…—–-")
_WORD = re.compile(r"\w+")
_LEAD = re.compile(r"(?:[\s,;:.…—–-]|\bthat\b)+", re.IGNORECASE)
_COMMENT = re.compile(r".?(?:,[\"”'’]+|[\"”'’],) \w+ing\b")


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
class _Quoted:
    """A stretch with its tokens `a` to `b`, its paragraph, and what claims it."""

    stretch: Stretch
    a: int
    b: int
    paragraph: int
    found: Found | None = None


class Page:
    """The quoted stretches of a Doc with their tokens and paragraphs: what joining looks things up in."""

    def __init__(self, doc: Doc):
        self.doc, self.text = doc, doc.text
        self.starts = [token.idx for token in doc]
        everything = [Paragraph(0, len(doc), "body")] if len(doc) else []
        self.paragraphs = [p for p in doc._.paragraphs or everything if p.section is not None and p.start < p.end]
        self.quoted = bytearray(len(doc))
        self.marks: list[_Quoted] = []
        for number, paragraph in enumerate(self.paragraphs):
            span = doc[paragraph.start : paragraph.end]
            for stretch in stretches(self.text, span.start_char, span.end_char):
                a, b = self.token_at(stretch.start), self.token_at(stretch.end - 1) + 1
                self.marks.append(_Quoted(stretch, a, b, number))
                self.quoted[a:b] = b"\1" * (b - a)
        self.mark_starts = [q.stretch.start for q in self.marks]

    def token_at(self, char: int) -> int:
        return max(0, bisect_right(self.starts, char) - 1)

    def overlapping(self, start: int, end: int) -> list[_Quoted]:
        """The stretches that share characters with `start` to `end`."""
        first = max(0, bisect_right(self.mark_starts, start) - 1)
        last = bisect_left(self.mark_starts, end)
        return [q for q in self.marks[first:last] if q.stretch.inner_end > start and q.stretch.inner_start < end]

    def chars(self, tokens: Range) -> Range:
        a, b = tokens
        return self.doc[a].idx, self.doc[b - 1].idx + len(self.doc[b - 1])


def join(page: Page, reports: list[Report]) -> list[Found]:
    """Make one `Found` of each report's contents and of each stretch that is somebody's speech."""
    found = _without_nested([f for report in _outer(reports) for f in _claimed(page, report)])
    by_cue = {report.cue[0]: report for report in reports}
    for position, quoted in enumerate(page.marks):
        if quoted.found is None:
            found += _beside(page, position, by_cue)
    by_end = sorted(found, key=lambda f: f.parts[-1][1])
    ends = [f.parts[-1][1] for f in by_end]
    for position, quoted in enumerate(page.marks):
        if quoted.found is None and _is_speech(page, quoted):
            before = bisect_right(ends, quoted.stretch.start)
            _continue(page, position, by_end[max(0, before - 1) : before], reports)
            found.append(quoted.found)
    return found


def _outer(reports: list[Report]) -> list[Report]:
    """Leave out what is reported inside something else reported: it is the outer speaker's word."""
    kept, outer = [], (0, 0)
    for report in sorted((r for r in reports if r.contents), key=lambda r: (r.contents[0][0], -r.contents[-1][1])):
        start, end = report.contents[0][0], report.contents[-1][1]
        if start < outer[0] or end > outer[1]:
            kept.append(report)
            outer = (start, end) if end > outer[1] else outer
    return kept


def _without_nested(found: list[Found]) -> list[Found]:
    """Do the same for contents that have grown to whole quotations."""
    kept, outer = [], (0, 0)
    for f in sorted(found, key=lambda f: (f.parts[0][0], -f.parts[-1][1])):
        if f.parts[-1][1] > outer[1] or f.parts[0][0] < outer[0]:
            kept.append(f)
            outer = (f.parts[0][0], f.parts[-1][1]) if f.parts[-1][1] > outer[1] else outer
    return kept


def _claimed(page: Page, report: Report) -> list[Found]:
    """The report's contents, grown to whole quoted stretches."""
    parts, marks = [], []
    for tokens in report.contents:
        start, end = page.chars(tokens)
        inside = page.overlapping(start, end)
        for q in inside:
            start, end = min(start, q.stretch.start), max(end, q.stretch.end)
        marks += [q for q in inside if not marks or q.a > marks[-1].a]
        parts.append((start, end))
    if marks and not any(_words_outside(page, part, marks) for part in parts):
        found = Found("direct", [(q.stretch.inner_start, q.stretch.inner_end) for q in marks], report)
    else:
        trimmed = [_trim(page.text, *_until_comment(page.text, *part, marks)) for part in parts]
        found = Found("mixed" if marks else "indirect", [p for p in trimmed if p[0] < p[1]], report)
        if not marks and len(found.parts) == 1 and not _says_something(page, found.parts[0]):
            return []
    for q in marks:
        if found.kind == "direct" or q.found is None and any(a <= q.stretch.start < b for a, b in found.parts):
            q.found = found
    return [found] if found.parts else []


def _words_outside(page: Page, part: Range, marks: list[_Quoted]) -> bool:
    """Tell whether words of the part stand outside quotation marks, "that" and "as" aside."""
    at = part[0]
    for q in sorted(marks, key=lambda q: q.stretch.start):
        if q.stretch.start >= part[1]:
            break
        if not {w.lower() for w in _WORD.findall(page.text[at : q.stretch.start])} <= {"that", "as", "and"}:
            return True
        at = max(at, q.stretch.end)
    return bool(_WORD.search(page.text[at : part[1]]))


def _says_something(page: Page, part: Range) -> bool:
    """Tell a content from a lone pronoun or adverb: "attacked him", "said so"."""
    tokens = page.doc[page.token_at(part[0]) : page.token_at(part[1] - 1) + 1]
    return len(tokens) > 1 or tokens[0].pos_ in ("NOUN", "PROPN", "VERB")


def _until_comment(text: str, start: int, end: int, marks: list[_Quoted]) -> Range:
    """Cut what the outlet goes on to tell after quoted words: described as “spies”, reducing the mission."""
    for q in marks:
        if start < q.stretch.end < end and _COMMENT.match(text, q.stretch.end - 2, end):
            return start, q.stretch.end
    return start, end


def _trim(text: str, start: int, end: int) -> Range:
    """Cut "that" and punctuation off the ends of what is reported indirectly; quotation marks stay."""
    lead = _LEAD.match(text, start, end)
    start = lead.end() if lead else start
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",;:.—–-"):
        end -= 1
    return start, end


# ------------------------------------------------------------------------------- a cue beside the stretch

def _beside(page: Page, position: int, by_cue: dict[int, Report]) -> list[Found]:
    """Give a stretch the cue beside it; returns the quotation if it is not part of an earlier one."""
    quoted = page.marks[position]
    previous = page.marks[position - 1] if position else None
    if previous is not None and previous.found is not None and _is_joint(page, previous, quoted):
        _add(page, previous.found, quoted)
        return []
    inner = page.text[quoted.stretch.inner_start : quoted.stretch.inner_end]
    sides = (_right, _left) if inner.endswith(_FINAL) and not inner.endswith(".") else (_left, _right)
    for side in sides:
        report = side(page, quoted, inner, by_cue)
        if report is not None:
            break
    else:
        return []
    if previous is not None and previous.found is not None and previous.found.report is report \
            and previous.found.kind == "direct":
        _add(page, previous.found, quoted)
        return []
    that = _that(page, report, quoted)
    if that is None:
        quoted.found = Found("direct", [(quoted.stretch.inner_start, quoted.stretch.inner_end)], report)
    else:
        quoted.found = Found("mixed", [(that.nbor().idx, quoted.stretch.end)], report)
    return [quoted.found]


def _is_joint(page: Page, previous: _Quoted, quoted: _Quoted) -> bool:
    between = page.doc[previous.b : quoted.a]
    return previous.paragraph == quoted.paragraph and 0 < len(between) <= _MAX_JOINT and \
        any(t.lower_ in ("and", "or", "but", "to") for t in between) and not any(t.text in _STOPS for t in between)


def _add(page: Page, found: Found, quoted: _Quoted) -> None:
    if found.kind == "direct":
        found.parts.append((quoted.stretch.inner_start, quoted.stretch.inner_end))
    else:
        start, end = found.parts[-1]
        found.parts[-1] = (min(start, quoted.stretch.start), max(end, quoted.stretch.end))
    quoted.found = found


def _right(page: Page, quoted: _Quoted, inner: str, by_cue: dict[int, Report]) -> Report | None:
    """The cue after a stretch: “…,” Lavrov said."""
    doc, stop = page.doc, page.paragraphs[quoted.paragraph].end
    following = next((doc[i] for i in range(quoted.b, min(quoted.b + 3, stop)) if not doc[i].is_space), None)
    if following is None or inner.endswith(".") and not following.text[:1].islower():
        return None
    if not inner.endswith(_FINAL) and following.text != "," or _is_title(page, quoted, inner):
        return None
    for i in range(quoted.b, min(quoted.b + _REACH, stop)):
        if page.quoted[i] or doc[i].text in _STOPS:
            return None
        if i in by_cue:
            return by_cue[i]
    return None


def _left(page: Page, quoted: _Quoted, inner: str, by_cue: dict[int, Report]) -> Report | None:
    """The cue before a stretch: Lavrov said: “…”, also at the end of the paragraph before it."""
    doc, bottom = page.doc, page.paragraphs[quoted.paragraph].start
    before = next((doc[i] for i in range(quoted.a - 1, max(-1, quoted.a - 4), -1) if not doc[i].is_space), None)
    if before is None:
        return None
    if quoted.a == bottom:
        if before.text != ":" or quoted.paragraph == 0:
            return None
        bottom = page.paragraphs[quoted.paragraph - 1].start
    for i in range(quoted.a - 1, max(bottom, quoted.a - _REACH) - 1, -1):
        if page.quoted[i] or doc[i].text in _STOPS:
            break
        if i in by_cue:
            near = quoted.a - by_cue[i].cue[1] <= 1 or before.text in (",", ":") or before.lower_ in ("that", "as")
            return by_cue[i] if near or _that(page, by_cue[i], quoted) else None
    if before.text == ":":
        return _colon(page, before)
    return None


def _that(page: Page, report: Report, quoted: _Quoted) -> Token | None:
    """The "that" between a cue and a stretch that is only the end of what is said: said that they “lied”."""
    between = page.doc[report.cue[1] : max(report.cue[1], quoted.a - 1)]
    return next((t for t in between if t.lower_ == "that"), None)


def _colon(page: Page, colon: Token) -> Report | None:
    """A colon as the cue: Lavrov was blunt: “…”; Lavrov: “…”."""
    top = root(colon)
    head = top if top.pos_ == "PROPN" else subject(top)
    if head is None or page.quoted[head.i] or head.i > colon.i:
        return None
    return Report((colon.i, colon.i + 1), colon, source_range(head), head)


# ------------------------------------------------------------------------------------------ continuation

def _is_speech(page: Page, quoted: _Quoted) -> bool:
    """Tell speech from titles, names and scare quotes where there is no cue."""
    stretch = quoted.stretch
    inner = page.text[stretch.inner_start : stretch.inner_end]
    words = _WORD.findall(inner)
    if len(words) < _MIN_SPEECH_WORDS:
        return False
    if _opens_sentence(page, quoted) and inner.endswith(_FINAL) or len(words) >= _MIN_INNER_WORDS:
        return True
    return inner.endswith(tuple(".!?")) and sum(w[0].islower() for w in words) > len(words) / 2


def _is_title(page: Page, quoted: _Quoted, inner: str) -> bool:
    """Tell a title inside a sentence, on CNN's “New Day,” from speech: its longer words are capitalised."""
    words = [w for w in _WORD.findall(inner) if len(w) > 3]
    return len(words) <= _MAX_TITLE and all(w[0].isupper() for w in words) and not _opens_sentence(page, quoted)


def _opens_sentence(page: Page, quoted: _Quoted) -> bool:
    if quoted.a == page.paragraphs[quoted.paragraph].start:
        return True
    before = page.text[max(0, quoted.stretch.start - 40) : quoted.stretch.start].rstrip()
    return before.endswith((".", "!", "?", "”", '"', ":"))


def _continue(page: Page, position: int, before: list[Found], reports: list[Report]) -> None:
    """Let a stretch without a cue go on from what stands before it."""
    quoted = page.marks[position]
    previous = page.marks[position - 1] if position else None
    part = (quoted.stretch.inner_start, quoted.stretch.inner_end)
    quoted.found = Found("direct", [part])
    if not _opens_sentence(page, quoted):
        return
    opens_paragraph = quoted.a == page.paragraphs[quoted.paragraph].start
    if previous is not None and previous.found is not None and previous.found.kind == "direct":
        same = previous.paragraph == quoted.paragraph and _one_sentence_between(page, previous, quoted)
        unclosed = opens_paragraph and not previous.stretch.closed and previous.paragraph == quoted.paragraph - 1
        if same or unclosed:
            quoted.found.joined = previous.found.first
            return
    last = before[0] if before else None
    floor = page.paragraphs[max(0, quoted.paragraph - opens_paragraph)].start
    if last is not None and page.token_at(last.parts[-1][1] - 1) >= floor:
        quoted.found.continues = last
        return
    quoted.found.continues = _subject_before(page, quoted, floor)


def _one_sentence_between(page: Page, previous: _Quoted, quoted: _Quoted) -> bool:
    """At most the cue's own sentence stands between the parts: “A,” he said. “B”."""
    between = page.doc[previous.b : min(quoted.a, previous.b + _REACH + 1)]
    return len(between) <= _REACH and sum(t.text in _STOPS for t in between) <= 1


def _subject_before(page: Page, quoted: _Quoted, floor: int) -> Token | None:
    """The subject of the sentence before the stretch, where it stands in the same paragraph or the one before."""
    i = quoted.a - 1
    while i >= floor and page.doc[i].is_space:
        i -= 1
    if i < floor or page.quoted[i]:
        return None
    return subject(root(page.doc[i]))
