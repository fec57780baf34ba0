"""Headlines that say who says it by a colon alone: Ruiz: The port will stay open all year."""

from __future__ import annotations

from spacy.tokens import Token

from .clauses import Report
from .page import REACH, Found, Page
from .sources import FINITE

# A name with its title before the colon of a headline.
_MAX_LABEL = 8
_SPEAKERS = ("PERSON", "ORG", "NORP", "GPE")


def headlines(page: Page) -> list[Found]:
    """Make a `Found` of every line of one sentence that a name and a colon open; marks in it are claimed."""
    found, by_paragraph = [], {}
    for quoted in page.marks:
        by_paragraph.setdefault(quoted.paragraph, []).append(quoted)
    for number in range(len(page.paragraphs)):
        marks = by_paragraph.get(number, [])
        if all(q.found is None for q in marks) and (line := _headline(page, number, bool(marks))) is not None:
            for quoted in marks:
                quoted.found = line
            found.append(line)
    return found


def _headline(page: Page, number: int, quotes: bool) -> Found | None:
    doc, paragraph = page.doc, page.paragraphs[number]
    if paragraph.end - paragraph.start > REACH:
        return None
    label = range(paragraph.start, min(paragraph.start + _MAX_LABEL, paragraph.end))
    colon = next((i for i in label if doc[i].text == ":"), None)
    name = colon and label_before(page, paragraph.start, colon)
    if not name or any(t.tag_ in FINITE for t in doc[paragraph.start : colon]):
        return None
    start, end = colon + 1, paragraph.end
    while end > start and (doc[end - 1].is_space or doc[end - 1].is_punct and not page.quoted[end - 1]):
        end -= 1
    while start < end and doc[start].is_space:
        start += 1
    if start >= end or page.quoted[start] and page.quoted[end - 1]:
        return None
    if not quotes and not (name.ent_type_ in _SPEAKERS and any(t.tag_ in (*FINITE, "MD") for t in doc[start:end])):
        return None
    report = Report((colon, colon + 1), doc[colon], (paragraph.start, name.i + 1), name)
    return Found("mixed" if quotes else "indirect", [page.chars((start, end))], report)


def label_before(page: Page, start: int, end: int) -> Token | None:
    """The name that stands alone before a colon."""
    names = [t for t in page.doc[start:end] if t.pos_ in ("PROPN", "NOUN") and t.text[:1].isupper()]
    return names[-1] if names else None
