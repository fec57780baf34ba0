"""Quotation marks and reports joined: which cue and source each quoted stretch belongs to.

A report found in the grammar claims the stretches in what it reports. A stretch that none claims looks for
a cue beside it, as the parser often fails at the edges of long quotations; and one without any cue goes on
from the quotation or sentence before it (continuation), as news writes a speech in several paragraphs.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from .beside import beside, name_source
from .clauses import Report
from .continuing import continued, is_speech
from .headlines import headlines
from .page import WORD, Found, Page, Quoted
from .sources import FINITE, Range

_LEAD = re.compile(r"[\s,;:.…—–-]*(?:\bthat\b[\s,;:.…—–-]*)?", re.IGNORECASE)
_COMMENT = re.compile(r".?(?:,[\"”'’]+|[\"”'’],) \w+ing\b")


def join(page: Page, reports: list[Report]) -> list[Found]:
    """Make one `Found` of each report's contents and of each stretch that is somebody's speech."""
    found = [f for report in _outer(reports) for f in _claimed(page, report)]
    found += headlines(page)
    by_cue = {report.cue[0]: report for report in reports}
    for position, quoted in enumerate(page.marks):
        if quoted.found is None:
            found += beside(page, position, by_cue)
    by_end = sorted(found, key=lambda f: f.parts[-1][1])
    ends = [f.parts[-1][1] for f in by_end]
    for position, quoted in enumerate(page.marks):
        if quoted.found is None and is_speech(page, position):
            before = bisect_right(ends, quoted.stretch.start)
            continued(page, position, by_end[max(0, before - 1) : before])
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


def _claimed(page: Page, report: Report) -> list[Found]:
    """The report's contents, grown to whole quoted stretches."""
    parts, marks = [], []
    for tokens in report.contents:
        tokens = _speech_before(page, report, *tokens)
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
    if marks and marks[-1].b <= report.cue[0]:
        name_source(page, marks[-1], report)
    for q in marks:
        if found.kind == "direct" or q.found is None and any(a <= q.stretch.start < b for a, b in found.parts):
            q.found = found
    return [found] if found.parts else []


def _speech_before(page: Page, report: Report, a: int, b: int) -> Range:
    """Cut what is no part of a quotation before its cue: “Yes,” *Anna Berg* told us; *He was sure:* “Yes,” he said."""
    if b > report.cue[0] or report.verb.lower_ == "according":
        return a, b
    start, end = page.chars((a, b))
    inside = page.overlapping(start, end)
    if not inside:
        return a, b
    last = inside[-1]
    if not page.inner(last).endswith((",", "?", "!", "—", "–")) or page.is_title(last):
        return a, b
    named = report.head is None or last.a <= report.head.i < b
    if named and a < last.b < b and not any(t.tag_ in (*FINITE, "MD") or t.dep_ == "cc" for t in page.doc[last.b : b]):
        b = last.b
    if last.a > a and page.doc[last.a - 1].text == ":":
        a = last.a
    return a, b


def _words_outside(page: Page, part: Range, marks: list[Quoted]) -> bool:
    """Tell whether words of the part stand outside quotation marks, "that" and "as" aside."""
    at = part[0]
    for q in sorted(marks, key=lambda q: q.stretch.start):
        if q.stretch.start >= part[1]:
            break
        if not {w.lower() for w in WORD.findall(page.text[at : q.stretch.start])} <= {"that", "as", "and"}:
            return True
        at = max(at, q.stretch.end)
    return bool(WORD.search(page.text[at : part[1]]))


def _says_something(page: Page, part: Range) -> bool:
    """Tell a content from a lone pronoun or adverb: "attacked him", "said so"."""
    tokens = page.doc[page.token_at(part[0]) : page.token_at(part[1] - 1) + 1]
    return len(tokens) > 1 or tokens[0].pos_ in ("NOUN", "PROPN", "VERB")


def _until_comment(text: str, start: int, end: int, marks: list[Quoted]) -> Range:
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
