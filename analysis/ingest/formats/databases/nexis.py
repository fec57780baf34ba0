"""Exports of Nexis Uni, and of the older LexisNexis Academic.

Nexis Uni: title, newspaper, date, labels, "Body", the text, "Load-Date:", "End of Document".
LexisNexis: "1 of 10 DOCUMENTS", newspaper, date, title, labels in capitals, the text wrapped at a fixed width, labels.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...dates import Reading, read_date
from ...draft import Draft
from .fields import COPYRIGHT, byline, draft

HEAD_BLOCKS = 6  # of LexisNexis, among which the date stands: copyright, newspaper, supplement, date
_END = re.compile(r"^[ \t]*End of Document[ \t]*$", re.MULTILINE)
_BODY = re.compile(r"^\s*Body\s*$", re.MULTILINE)
_LABEL = re.compile(r"(Section|Length|Byline|Dateline|Highlight|Load-Date|Language|Publication-Type|Journal Code|"
                    r"Subject|Company|Organization|Industry|Person|Geographic|Correction|Correction-Date|Series|"
                    r"Cite|Edition|URL|Update)\s*:\s*(.*)", re.IGNORECASE)
_EDITION = re.compile(r"(?<=day)[, ].*$|(?<=\d{4}),? (?:[\w.]+ ){0,3}edition.*$", re.IGNORECASE)
_AFTER = re.compile(r"(?:Graphic|Classification|Notes|Load-Date:.*)\s*", re.IGNORECASE)
_LEXIS_START = re.compile(r"^[ \t]*\d+ of \d+ DOCUMENTS?[ \t]*$", re.MULTILINE)
_LEXIS_BLANK = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
_LEXIS_LABEL = re.compile(r"([A-Z][A-Z/ -]{2,30}):\s*(.*)", re.DOTALL)
_LEXIS_AFTER = {"LOAD-DATE", "LANGUAGE", "GRAPHIC", "SUBJECT", "PUBLICATION-TYPE", "DOCUMENT-TYPE", "JOURNAL-CODE",
                "TYPE", "ORGANIZATION", "COMPANY", "PERSON", "INDUSTRY", "GEOGRAPHIC", "CITY", "STATE", "COUNTRY",
                "TICKER", "NOTES", "CORRECTION", "CORRECTION-DATE", "UPDATE", "DISTRIBUTION", "URL"}


def is_uni(sample: str) -> bool:
    """Tell an export of Nexis Uni."""
    return "End of Document" in sample and bool(_END.search(sample) and _BODY.search(sample))


def is_lexis(sample: str) -> bool:
    """Tell an export of LexisNexis Academic."""
    return " of " in sample and bool(_LEXIS_START.search(sample) and re.search(r"^LENGTH: ", sample, re.MULTILINE))


def uni(text: str) -> Iterator[Draft]:
    """Read the articles of Nexis Uni."""
    for part in _END.split(text)[:-1]:
        lines = [line.strip() for line in part.split("\n")]
        body = next((number for number, line in enumerate(lines) if line.lower() == "body"), len(lines))
        head = [line for line in lines[:body] if line]
        first_label = next((number for number, line in enumerate(head) if _LABEL.fullmatch(line)), len(head))
        day = next((number for number in range(first_label - 1, 1, -1) if _day(head[number])), None)
        labels = {match[1].lower(): match[2] for line in head if (match := _LABEL.fullmatch(line))}
        rest = lines[body + 1:]
        end = next((number for number, line in enumerate(rest) if _AFTER.fullmatch(line)), len(rest))
        title, outlet = (head[day - 2], head[day - 1]) if day is not None else (head[0] if head else None, None)
        yield draft("\n".join(rest[:end]), title, outlet, byline(labels.get("byline")),
                    (f"line after the outlet, '{head[day][:60]}'", _day(head[day])) if day is not None
                    else (None, None),
                    where="line after the title", removed=[*head, *rest[end:]], words=labels.get("length"))


def lexis(text: str) -> Iterator[Draft]:
    """Read the articles of LexisNexis Academic; the lines of a paragraph are joined."""
    for part in _LEXIS_START.split(text)[1:]:
        blocks = [[line.strip() for line in block.split("\n")] for block in _LEXIS_BLANK.split(part.strip())]
        paragraphs = [" ".join(block) for block in blocks]
        day = next((number for number, block in enumerate(blocks[:HEAD_BLOCKS]) if _day(block[0])), None)
        names = [line for block in blocks[:day or 0] for line in block if not COPYRIGHT.search(line)]
        head = 0 if day is None else day + 1
        first, end = _lexis_text(paragraphs, head)
        labels = dict(_LEXIS_LABEL.fullmatch(each).groups() for each in paragraphs[head:first] if _label(each))
        title = next((each for each in paragraphs[head:first][:1] if not _label(each)), labels.get("HEADLINE"))
        yield draft("\n\n".join(paragraphs[first:end]), title, " ".join(names), byline(labels.get("BYLINE")),
                    (f"line after the outlet, '{blocks[day][0][:60]}'", _day(blocks[day][0])) if day is not None
                    else (None, None),
                    where="line before the date", removed=[*paragraphs[:first], *paragraphs[end:]],
                    words=labels.get("LENGTH"))


def _lexis_text(paragraphs: list[str], head: int) -> tuple[int, int]:
    """Return the first paragraph of the text, below the labels after LENGTH, and the first below the text."""
    first = next((number for number in range(head, len(paragraphs)) if _label(paragraphs[number]) == "LENGTH"), head)
    while first < len(paragraphs) and _label(paragraphs[first]) not in (None, *_LEXIS_AFTER):
        first += 1
    end = next((number for number in range(first, len(paragraphs)) if _label(paragraphs[number]) in _LEXIS_AFTER
                or COPYRIGHT.match(paragraphs[number])), len(paragraphs))
    return first, end


def _label(paragraph: str) -> str | None:
    match = _LEXIS_LABEL.match(paragraph)
    return match[1] if match else None


def _day(line: str) -> Reading | None:
    """Read a line that is a date, perhaps with a weekday, a time and an edition.

    Examples
    --------
    >>> _day("October 18, 2021 Monday, Late Edition").value
    '2021-10-18'
    >>> _day("October 18, 2021 Monday 2:05 PM GMT").value
    '2021-10-18T14:05+00:00'
    >>> _day("May 2020 budget: what it means")
    """
    return read_date(line) or read_date(_EDITION.sub("", line))
