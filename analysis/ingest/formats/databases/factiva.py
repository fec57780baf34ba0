"""Exports of Factiva: codes of two letters, or lines in a fixed order where the codes were left out.

"Document …" ends each article; the line before it may name the publisher.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from ...dates import read_date
from ...draft import Draft
from .fields import COPYRIGHT, WORDS, byline, draft

NAME_WORDS = 4  # in a line that is only an author's name
PUBLISHER_WORDS = 8  # "Guardian Newspapers Limited", "Dow Jones & Company, Inc."
_END = re.compile(r"^[ \t|]*(?:AN[ \t|]+)?Document[ \t]+[A-Z0-9]{4,12}(?:19|20)\d{6}[a-z0-9]{5,12}[ \t|]*$",
                  re.MULTILINE)
_CODE = re.compile(r"[ \t|]*(HD|SE|BY|CR|WC|PD|ET|SN|SC|ED|PG|VOL|LA|CY|LP|TD|CT|RF|ART|CO|IN|NS|RE|IPC|IPD|PUB|AN|CLM|"
                   r"DLN|NGC|GC|CX|DE|IRN|RST)(?:([ \t|]+)(.*))?")
_BODY = ("LP", "TD")
_NO_SENTENCE = re.compile(r".*(?:[^.!?…:”\"’'\])]|\b(?:Inc|Ltd|Co|Corp|S\.A|Pty|LLC|plc)\.)", re.IGNORECASE)


def is_export(sample: str) -> bool:
    """Tell an export of Factiva."""
    return "Document " in sample and bool(_END.search(sample))


def articles(text: str) -> Iterator[Draft]:
    """Read the articles of Factiva."""
    start = 0
    for end in _END.finditer(text):
        part = text[start:end.start()]
        start = end.end()
        lines = [line.strip(" \t|") for line in part.split("\n")]
        fields = _fields(lines)
        yield _coded(fields) if "HD" in fields and "PD" in fields else _plain(lines)


def page_lines(tree: etree._Element) -> str | None:
    """Return a page of Factiva's as the lines that its RTF has; None for any other page."""
    found = tree.xpath("//div[starts-with(@class, 'article ') and contains(@class, 'Article')]")
    return "\n".join(line for article in found for line in (*_article_lines(article), "")) if found else None


def _article_lines(article: etree._Element) -> list[str]:
    rows = article.xpath(".//table[1]/tr | .//table[1]/tbody/tr")
    return [line for row in rows for line in _row_lines(row)] if rows else _block_lines(article)


def _row_lines(row: etree._Element) -> list[str]:
    """Return a row of a code and its value: in one line, or a text's paragraphs under their code."""
    code, *values = [_words(cell) for cell in row.iter("td")]
    paragraphs = [_words(paragraph) for paragraph in row.xpath("./td[position() > 1]//p")]
    return [code, *paragraphs] if paragraphs else ["\t".join([code, *values])]


def _block_lines(article: etree._Element) -> list[str]:
    """Return the lines of an article without codes; what its markup tells gets its code all the same."""
    lines: list[str] = []
    inside = False
    for element in article.iter("div", "p"):
        content, names = _words(element), element.get("class", "").split()
        if element.get("id") == "hd":
            lines.append(f"HD\t{content}")
        elif "author" in names:
            lines.append(f"BY\t{content}")
        elif "articleParagraph" in names:
            lines += [content] if inside else ["LP", content]
            inside = True
        elif content and not any(child.tag in ("div", "p") for child in element.iterdescendants()):
            lines.append(f"PUB\t{content}" if inside and not content.startswith("Document ") else content)
    return lines


def _words(element: etree._Element) -> str:
    return " ".join(element.text_content().split())


def _fields(lines: list[str]) -> dict[str, list[str]]:
    """Return the lines under each code; each code counts once."""
    fields: dict[str, list[str]] = {}
    code = None
    for line in lines:
        match = _CODE.fullmatch(line)
        # A paragraph may begin "IN London": inside a text a code stands in a cell or on a line of its own.
        if match and match[1] not in fields and (code not in _BODY or not match[3] or match[2].strip(" ")):
            code = match[1]
            fields[code] = [match[3].strip(" \t|")] if match[3] else []
        elif code:
            fields[code].append(line)
    return fields


def _coded(fields: dict[str, list[str]]) -> Draft:
    said = {code: " ".join(filter(None, lines)) for code, lines in fields.items()}
    moment = f"{said.get('PD', '')} {said.get('ET', '')}".strip()
    body = "\n\n".join(line for code in _BODY for line in fields.get(code, []) if line)
    return draft(body, said.get("HD"), said.get("SN"), byline(said.get("BY")),
                 ("field PD", read_date(moment) or read_date(said.get("PD", ""))),
                 where="field SN", words=said.get("WC"),
                 removed=[f"{code} {value}" for code, value in said.items() if code not in _BODY])


def _plain(lines: list[str]) -> Draft:
    """Read title, byline, words, date, time, outlet, its code, language, copyright, and after them the text."""
    filled = [line for line in lines if line]
    counted = next((at for at, line in enumerate(filled[:12]) if WORDS.fullmatch(line)), None)
    if counted is None or counted + 3 >= len(filled):
        return draft("\n".join(lines[1:]), lines[0] or None, None, None, (None, None), where="", removed=[])
    title, author = _title(filled[:counted])
    day, *after = filled[counted + 1:counted + 4]
    timed = bool(re.fullmatch(r"\d{1,2}:\d\d", after[0]))
    first = _first_of_text(filled, counted, counted + 6 + timed)
    end = _end_of_text(filled, first)
    return draft("\n\n".join(filled[first:end]), title, after[timed], author,
                 ("line after the number of words", read_date(f"{day} {after[0]}" if timed else day)),
                 where="line after the date", words=filled[counted],
                 removed=[line for line in (*filled[:first], *filled[end:]) if line != "LP"])


def _first_of_text(filled: list[str], counted: int, usual: int) -> int:
    """Return the line after LP, or after the copyright, or where a text usually begins."""
    if "LP" in filled:
        return filled.index("LP") + 1
    right = next((at for at, line in enumerate(filled[counted:counted + 12], counted) if COPYRIGHT.search(line)), None)
    return min(usual, len(filled)) if right is None else right + 1


def _end_of_text(filled: list[str], first: int) -> int:
    """Return the line after the text's last: the publisher stands below it, and is no sentence."""
    end = next((at for at in range(first, len(filled)) if filled[at].startswith("PUB\t")), None)
    if end is not None:
        return end
    last = filled[-1]
    publisher = len(last.split()) <= PUBLISHER_WORDS and last[:1].isupper() and _NO_SENTENCE.fullmatch(last)
    return len(filled) - bool(publisher and len(filled) - first > 1)


def _title(before: list[str]) -> tuple[str | None, str | None]:
    """Return title and author from the lines before the number of words: section, title, byline, or some of these."""
    coded = {line[:2]: line[3:] for line in before if line.startswith(("HD\t", "BY\t"))}
    if "HD" in coded or not before:
        return coded.get("HD"), byline(coded.get("BY"))
    name = len(before) > 1 and (before[-1].lower().startswith("by ") or len(before[-1].split()) <= NAME_WORDS)
    return (before[-2], byline(before[-1])) if name else (before[-1], None)
