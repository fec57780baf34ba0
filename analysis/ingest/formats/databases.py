"""Exports of Nexis Uni, Factiva and ProQuest: many articles a file, each with labels before and after its text.

The layouts were taken from what open parsers of them expect (LexisNexisTools, tm.plugin.factiva, pq_parser). All three
come as lines here, whatever file they were in; what a layout does not promise is unknown.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from lxml import etree

from ..condition import STUB
from ..dates import Reading, read_date
from ..draft import Draft

NAME_WORDS = 4  # in a line that is only an author's name
SAMPLE = 20_000  # characters at the head, and as many at the end, that tell a database's export from another text
_NEXIS_END = re.compile(r"^[ \t]*End of Document[ \t]*$", re.MULTILINE)
_NEXIS_LABEL = re.compile(r"(Section|Length|Byline|Dateline|Highlight|Load-Date|Language|Publication-Type|Journal Code|"
                          r"Subject|Company|Organization|Industry|Person|Geographic|Correction|Correction-Date|Series|"
                          r"Cite|Edition|URL|Update)\s*:\s*(.*)", re.IGNORECASE)
_NEXIS_EDITION = re.compile(r"(?<=day)[, ].*$|(?<=\d{4}),? (?:[\w.]+ ){0,3}edition.*$", re.IGNORECASE)
_NEXIS_AFTER = re.compile(r"(?:Graphic|Classification|Notes|Load-Date:.*)\s*", re.IGNORECASE)
_FACTIVA_END = re.compile(r"^[ \t|]*(?:AN[ \t|]+)?Document[ \t]+[A-Z0-9]{4,12}(?:19|20)\d{6}[a-z0-9]{5,12}[ \t|]*$",
                          re.MULTILINE)
_FACTIVA_CODE = re.compile(r"[ \t|]*(HD|SE|BY|CR|WC|PD|ET|SN|SC|ED|PG|VOL|LA|CY|LP|TD|CT|RF|ART|CO|IN|NS|RE|IPC|IPD|PUB|AN|CLM|DLN|"
                           r"NGC|GC|CX|DE|IRN|RST)(?:([ \t|]+)(.*))?")
_FACTIVA_BODY = ("LP", "TD")
_PROQUEST_RULE = re.compile(r"^[ \t]*_{20,}[ \t]*$", re.MULTILINE)
_PROQUEST_LABEL = re.compile(r"([A-Z][A-Za-z/\- ]{1,40}?):(?:[ \t]+(.*)|[ \t]*)$")
_PROQUEST_AFTER = {
    "Subject", "Business indexing term", "Location", "People", "Company / organization", "Classification", "Title",
    "Publication title", "Publication year", "Publication date", "First page", "Pages", "Publisher",
    "Publication info", "Place of publication", "Country of publication", "Publication subject", "ISSN",
    "Source type", "Language of publication", "Document type", "ProQuest document ID", "Document URL", "Copyright",
    "Last updated", "Database", "Full text availability", "Credit", "Identifier / keyword", "Section", "Dateline",
    "Links", "Volume", "Issue", "Column", "Edition",
}
_WORDS = re.compile(r"([\d,]+) words", re.IGNORECASE)
_COPYRIGHT = re.compile(r"(?:©|\(c\)|copyright\b|all rights reserved)", re.IGNORECASE)
_EDITION = re.compile(r"\s*(?:;.*|\[.*|,\s*[\w ]+ [Ee]dition.*)$")


def database(text: str) -> str | None:
    """Name the database whose export a text is, or None.

    Examples
    --------
    >>> database("Old bridge shut\\nThe Town Crier\\nOctober 18, 2021 Monday\\nBody\\nIt shut.\\nEnd of Document\\n")
    'Nexis Uni'
    >>> database("The city closed the bridge.")
    """
    sample = text if len(text) <= 2 * SAMPLE else text[:SAMPLE] + "\n" + text[-SAMPLE:]
    if "End of Document" in sample and _NEXIS_END.search(sample) and re.search(r"^\s*Body\s*$", sample, re.MULTILINE):
        return "Nexis Uni"
    if "Document " in sample and _FACTIVA_END.search(sample):
        return "Factiva"
    if "_" * 20 in sample and _PROQUEST_RULE.search(sample) and re.search(r"^\s*(?:Full text|Publication title):",
                                                                          sample, re.MULTILINE):
        return "ProQuest"
    return None


def read(text: str) -> list[Draft]:
    """Read the articles of an export that `database` names; one whose text is not there is a draft with its problem.

    Examples
    --------
    >>> [draft] = read("Old bridge shut\\nThe Town Crier\\nOctober 18, 2021 Monday\\nByline: Ada Lopez\\nBody\\n\\n"
    ...                "It shut.\\n\\nLoad-Date: October 19, 2021\\n\\nEnd of Document\\n")
    >>> draft.title, draft.outlet, draft.author, draft.published, draft.text
    ('Old bridge shut', 'The Town Crier', 'Ada Lopez', '2021-10-18', 'It shut.')
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " ")
    readers: dict[str, Callable[[str], Iterator[Draft]]] = {"Nexis Uni": _nexis, "Factiva": _factiva,
                                                            "ProQuest": _proquest}
    return list(readers[database(text)](text))


def factiva_lines(tree: etree._Element) -> str | None:
    """Return a page of Factiva's as the lines that its RTF has; None for any other page."""
    articles = tree.xpath("//div[starts-with(@class, 'article ') and contains(@class, 'Article')]")
    if not articles:
        return None
    lines: list[str] = []
    for article in articles:
        for element in article.iter("div", "p", "td"):
            inner = any(child.tag in ("div", "p", "td") for child in element.iterdescendants())
            content = " ".join(element.text_content().split())
            code = "HD" if element.get("id") == "hd" else "BY" if element.get("class") == "author" else None
            if content and code:
                lines.append(f"{code}\t{content}")
            elif content and not inner:
                row = element.getparent() if element.tag == "td" else None
                value = row is not None and len(lines) and element.getprevious() is not None
                lines += [f"{lines.pop()}\t{content}"] if value and _FACTIVA_CODE.fullmatch(lines[-1]) else [content]
        lines.append("")
    return "\n".join(lines)


def _draft(text: str, title: str | None, outlet: str | None, author: str | None,
           when: tuple[str | None, Reading | None], *,
           where: str, removed: list[str], words: str | None = None, url: str | None = None) -> Draft:
    """Make a draft; where the database states the number of words, a text of half as many is told."""
    label, reading = when
    notes = (reading.note,) if reading and reading.note else ()
    stated = _WORDS.search(words or "")
    short = stated and (number := int(stated[1].replace(",", "") or 0)) > 2 * len(text.split())
    if short:
        notes += (f"{STUB} the database states {number} words, the text has {len(text.split())}",)
    return Draft(text=text.strip("\n"), title=title or None, outlet=outlet or None,
                 outlet_found=where if outlet else None,
                 author=author or None, url=url, published=reading.value if reading else None,
                 published_found=label if reading else None, removed="\n".join(filter(None, removed)),
                 stub=bool(short), notes=notes,
                 problem=None if text.strip() else "the export holds no text of this article")


# Nexis Uni: title, newspaper, date, labels, "Body", the text, "Load-Date:", "End of Document"


def _nexis(text: str) -> Iterator[Draft]:
    for part in _NEXIS_END.split(text)[:-1]:
        lines = [line.strip() for line in part.split("\n")]
        body = next((number for number, line in enumerate(lines) if line.lower() == "body"), len(lines))
        head = [line for line in lines[:body] if line]
        first_label = next((number for number, line in enumerate(head) if _NEXIS_LABEL.fullmatch(line)), len(head))
        day = next((number for number in range(first_label - 1, 1, -1) if _nexis_day(head[number])), None)
        labels = {match[1].lower(): match[2] for line in head if (match := _NEXIS_LABEL.fullmatch(line))}
        rest = lines[body + 1:]
        end = next((number for number, line in enumerate(rest) if _NEXIS_AFTER.fullmatch(line)), len(rest))
        title, outlet = (head[day - 2], head[day - 1]) if day is not None else (head[0] if head else None, None)
        yield _draft("\n".join(rest[:end]), title, outlet, labels.get("byline"),
                     (f"line after the outlet, '{head[day][:60]}'", _nexis_day(head[day])) if day is not None
                     else (None, None),
                     where="line after the title", removed=[*head, *rest[end:]], words=labels.get("length"))


def _nexis_day(line: str) -> Reading | None:
    """Read a line that is a date, perhaps with a weekday, a time and an edition.

    Examples
    --------
    >>> _nexis_day("October 18, 2021 Monday, Late Edition").value
    '2021-10-18'
    >>> _nexis_day("October 18, 2021 Monday 2:05 PM GMT").value
    '2021-10-18T14:05+00:00'
    >>> _nexis_day("May 2020 budget: what it means")
    """
    return read_date(line) or read_date(_NEXIS_EDITION.sub("", line))


# Factiva: codes of two letters, or lines in a fixed order where the codes were left out; "Document …" ends each article


def _factiva(text: str) -> Iterator[Draft]:
    start = 0
    for end in _FACTIVA_END.finditer(text):
        part = text[start:end.start()]
        start = end.end()
        lines = [line.strip(" \t|") for line in part.split("\n")]
        fields = _factiva_fields(lines)
        yield _factiva_coded(fields) if "HD" in fields and "PD" in fields else _factiva_plain(lines)


def _factiva_fields(lines: list[str]) -> dict[str, list[str]]:
    """Return the lines under each code; each code counts once."""
    fields: dict[str, list[str]] = {}
    code = None
    for line in lines:
        match = _FACTIVA_CODE.fullmatch(line)
        # A paragraph may begin "IN London": inside a text a code stands in a cell or on a line of its own.
        if match and match[1] not in fields and (code not in _FACTIVA_BODY or not match[3] or match[2].strip(" ")):
            code = match[1]
            fields[code] = [match[3].strip(" \t|")] if match[3] else []
        elif code:
            fields[code].append(line)
    return fields


def _factiva_coded(fields: dict[str, list[str]]) -> Draft:
    said = {code: " ".join(filter(None, lines)) for code, lines in fields.items()}
    moment = f"{said.get('PD', '')} {said.get('ET', '')}".strip()
    body = "\n\n".join(line for code in _FACTIVA_BODY for line in fields.get(code, []) if line)
    return _draft(body, said.get("HD"), said.get("SN"), _byline(said.get("BY")),
                  ("field PD", read_date(moment) or read_date(said.get("PD", ""))),
                  where="field SN", words=said.get("WC"),
                  removed=[f"{code} {value}" for code, value in said.items() if code not in _FACTIVA_BODY])


def _factiva_plain(lines: list[str]) -> Draft:
    """Read title, byline, words, date, time, outlet, its code, language, copyright, and after them the text."""
    filled = [(number, line) for number, line in enumerate(lines) if line]
    counted = next((at for at, (_, line) in enumerate(filled[:12]) if _WORDS.fullmatch(line)), None)
    if counted is None or counted + 3 >= len(filled):
        return _draft("\n".join(lines[1:]), lines[0] or None, None, None, (None, None), where="", removed=[])
    title, author = _factiva_title([line for _, line in filled[:counted]])
    day, *after = [line for _, line in filled[counted + 1:counted + 4]]
    timed = bool(re.fullmatch(r"\d{1,2}:\d\d", after[0]))
    right = next((at for at, (_, line) in enumerate(filled[counted:counted + 12], counted) if _COPYRIGHT.search(line)),
                 None)
    last = right if right is not None else min(counted + 5 + timed, len(filled) - 1)
    return _draft("\n\n".join(filter(None, lines[filled[last][0] + 1:])), title, after[timed], author,
                  ("line after the number of words", read_date(f"{day} {after[0]}" if timed else day)),
                  where="line after the date", words=filled[counted][1],
                  removed=[line for _, line in filled[:last + 1]])


def _factiva_title(before: list[str]) -> tuple[str | None, str | None]:
    """Return title and author from the lines before the number of words: section, title and byline, or some of these."""
    coded = {line[:2]: line[3:] for line in before if line.startswith(("HD\t", "BY\t"))}
    if "HD" in coded or not before:
        return coded.get("HD"), _byline(coded.get("BY"))
    name = len(before) > 1 and (before[-1].lower().startswith("by ") or len(before[-1].split()) <= NAME_WORDS)
    return (before[-2], _byline(before[-1])) if name else (before[-1], None)


def _byline(line: str | None) -> str | None:
    return re.sub(r"^by\s+", "", line, flags=re.IGNORECASE) if line else None


# ProQuest: rulers of underscores, labels with a colon, "Full text:" in between


def _proquest(text: str) -> Iterator[Draft]:
    for part in _PROQUEST_RULE.split(text):
        lines = [line.strip() for line in part.split("\n")]
        fields, body = _proquest_fields(lines)
        if "Publication title" not in fields and "Publication info" not in fields and body is None:
            continue  # the list of contents, the search
        before = [line for line in lines[:12] if line and not re.fullmatch(r"Document \d+ of \d+", line)]
        title = fields.get("Title") or (before[0] if before and not _PROQUEST_LABEL.match(before[0]) else None)
        info = fields.get("Publication info", "")
        stated = [(label, fields[label]) for label in ("Publication date", "Publication year") if label in fields]
        dated = re.search(r"\](\d{1,2} [A-Z][a-z]{2} \d{4})", info)
        stated += [("Publication info", dated[1])] if dated else []
        when = next(((f"field {label}", reading) for label, value in stated if (reading := _proquest_day(value))),
                    (None, None))
        outlet = _EDITION.sub("", fields.get("Publication title") or info.split(";")[0])
        yield _draft(body or "", title, outlet, fields.get("Author"), when,
                     where="field Publication title" if "Publication title" in fields else
                     "field Publication info", removed=[f"{label}: {value}" for label, value in fields.items()],
                     url=fields.get("Document URL"))


def _proquest_day(value: str) -> Reading | None:
    return Reading(f"{value}-01-01/{value}-12-31") if re.fullmatch(r"(?:19|20)\d\d", value) else read_date(value)


def _proquest_fields(lines: list[str]) -> tuple[dict[str, str], str | None]:
    """Return the labels and what they say, and the lines from "Full text:" to the first label that follows a text."""
    fields: dict[str, str] = {}
    body: list[str] | None = None
    inside, label = False, None
    for line in lines:
        match = _PROQUEST_LABEL.fullmatch(line) if len(line) < 2_000 else None
        if line.startswith("Full text:"):
            body, inside = [line.removeprefix("Full text:").strip()], True
        elif inside and not (match and match[1] in _PROQUEST_AFTER):
            body.append(line)
        elif match:
            inside, label = False, match[1]
            fields.setdefault(label, (match[2] or "").strip())
        elif label and line and not fields[label]:
            fields[label] = line
    text = None if body is None else "\n".join(body).strip()
    return fields, "" if text and re.fullmatch(r"not available\.?", text, re.IGNORECASE) else text
