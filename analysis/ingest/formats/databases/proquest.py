"""Exports of ProQuest: rulers of underscores, labels with a colon, the text after "Full text:"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from ...dates import Reading, read_date
from ...draft import Draft
from ..web import lines_of
from .fields import draft

LONGEST_LABELLED = 2_000  # characters of a line that begins with a label; a longer one is a paragraph
RULE = "_" * 60
_RULE = re.compile(r"^[ \t]*_{20,}[ \t]*$", re.MULTILINE)
_HEAD = re.compile(r"^\s*(?:Full text|Publication title):", re.MULTILINE)
_LABEL = re.compile(r"([A-Z][A-Za-z/\- ]{1,40}?):(?:[ \t]+(.*)|[ \t]*)$")
_AFTER = {  # the labels that may follow a text
    "Subject", "Business indexing term", "Location", "People", "Company / organization", "Classification", "Title",
    "Publication title", "Publication year", "Publication date", "First page", "Pages", "Publisher",
    "Publication info", "Place of publication", "Country of publication", "Publication subject", "ISSN",
    "Source type", "Language of publication", "Document type", "ProQuest document ID", "Document URL", "Copyright",
    "Last updated", "Database", "Full text availability", "Credit", "Identifier / keyword", "Section", "Dateline",
    "Links", "Volume", "Issue", "Column", "Edition",
}
_CAPTION = re.compile(r"(?:photo )?caption:", re.IGNORECASE)  # of a picture that is not there; it stands below the text
_EDITION = re.compile(r"\s*(?:;.*|\[.*|,\s*[\w ]+ [Ee]dition.*)$")
_PROXY = re.compile(r"https?://.*[?&]q?url=(?=https?://)")  # a library's


def is_export(sample: str) -> bool:
    """Tell an export of ProQuest."""
    return "_" * 20 in sample and bool(_RULE.search(sample) and _HEAD.search(sample))


def articles(text: str) -> Iterator[Draft]:
    """Read the articles of ProQuest."""
    for part in _RULE.split(text):
        lines = [line.strip() for line in part.split("\n")]
        fields, body, rest = _fields(lines)
        if "Publication title" not in fields and "Publication info" not in fields and body is None:
            continue  # the list of contents, the search
        before = [line for line in lines[:12] if line and not re.fullmatch(r"Document \d+ of \d+", line)]
        title = fields.get("Title") or (before[0] if before and not _LABEL.match(before[0]) else None)
        outlet = _EDITION.sub("", fields.get("Publication title") or fields.get("Publication info", "").split(";")[0])
        yield draft(body or "", title, outlet, fields.get("Author"), _published(fields),
                    where="field Publication title" if "Publication title" in fields else "field Publication info",
                    removed=rest, url=_PROXY.sub("", fields.get("Document URL", "")) or None)


def page_lines(tree: etree._Element) -> str | None:
    """Return a page of ProQuest's as the lines that its text files have; None for any other page."""
    if not tree.xpath("//a[starts-with(@name, 'DocID_')]") or not tree.xpath("//strong[contains(., 'Full text:')]"):
        return None
    for start in tree.xpath("//a[starts-with(@name, 'DocID_')]"):
        start.text = RULE
    return "\n".join(lines_of(tree))


def _published(fields: dict[str, str]) -> tuple[str | None, Reading | None]:
    """Return which field tells the day, or the year, and what it says."""
    dated = re.search(r"\](\d{1,2} [A-Z][a-z]{2} \d{4})", fields.get("Publication info", ""))
    stated = [(label, fields[label]) for label in ("Publication date", "Publication year") if label in fields]
    stated += [("Publication info", dated[1])] if dated else []
    return next(((f"field {label}", reading) for label, value in stated if (reading := _day(value))), (None, None))


def _day(value: str) -> Reading | None:
    return Reading(f"{value}-01-01/{value}-12-31") if re.fullmatch(r"(?:19|20)\d\d", value) else read_date(value)


def _fields(lines: list[str]) -> tuple[dict[str, str], str | None, list[str]]:
    """Return the labels and what they say, the text from "Full text:" to the next label, and all other lines."""
    fields: dict[str, str] = {}
    body: list[str] | None = None
    rest: list[str] = []
    inside, label = False, None
    for line in lines:
        match = _LABEL.fullmatch(line) if len(line) < LONGEST_LABELLED else None
        if line.startswith("Full text:"):
            body, inside = [line.removeprefix("Full text:").strip()], True
        elif inside and not (match and match[1] in _AFTER):
            (rest if _CAPTION.match(line) else body).append(line)
        else:
            rest.append(line)
            if match:
                inside, label = False, match[1]
                fields.setdefault(label, (match[2] or "").strip())
            elif label and line and not fields[label]:
                fields[label] = line
    text = None if body is None else "\n".join(body).strip()
    return fields, "" if text and re.fullmatch(r"not available\.?", text, re.IGNORECASE) else text, rest
