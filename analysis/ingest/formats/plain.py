"""Plain text and Markdown: the encoding, the title, and the date and byline where they stand as lines at the head."""

from __future__ import annotations

import re

import yaml

from ...articles import count_words
from ..dates import date_line, read_date
from ..draft import Draft, Offer
from .text import decode

TITLE_WORDS = 30  # headlines of newspapers have some 8 words, those with a deck in one line fewer than this
KICKER_WORDS = 3  # "World", "All news", "Russia NATO": a line over the title
MOST_HEAD = 30  # lines of the head, empty ones too
HEAD_LINES = 8  # lines with something on them, within which byline and date stand
BYLINE_WORDS = 12
LONGEST_LINE = 300  # characters of a title, byline or date; longer lines need not be looked at
FRONT_MATTER = 20_000  # characters; no article's metadata is longer
_BYLINE = re.compile(r"(?:[Bb]y|BY)[:\s]\s*(?P<author>[A-Z][^\d|·•:]{1,80}?)(?:\s*[|·•—–].*|,?\s+\d.*)?")
_ENDS_SENTENCE = re.compile(r"[.,;:][\"'”’)\]]*$")
_FRONT = re.compile(r"---[ \t]*\n(?P<yaml>.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|$)", re.DOTALL)
_FRONT_LINE = re.compile(r"^([A-Za-z_]+):[ \t]+(\S.*)$", re.MULTILINE)
_HEADING = re.compile(r"#{1,2}[ \t]+(?P<title>[^\n]+?)[ \t]*#*", re.ASCII)
_HYPHEN = re.compile(r"(?<=[a-z])[-\xad\u2010]\n(?=[a-z])")
_UNDERLINE = re.compile(r"={3,}[ \t]*|-{3,}[ \t]*")
_MARKUP = (
    (re.compile(r"!\[[^\]\n]{0,500}\]\([^)\n]{0,2000}\)"), ""),  # a picture
    (re.compile(r"\[([^\[\]\n]{1,1000})\]\([^)\n]{0,2000}\)"), r"\1"),  # a link
    (re.compile(r"^[ \t]*(?:#{1,6}[ \t]+|>[ \t]?)", re.MULTILINE), ""),  # a heading, a quoted block
    (re.compile(r"^[ \t]*(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$", re.MULTILINE), ""),  # a rule
    (re.compile(r"(?<![\w*])(\*{1,3}|_{1,3})(?=[^\s*_])([^*_\n]{1,1000})(?<=\S)\1(?![\w*])"), r"\2"),  # emphasis
)
# What front matter calls things, by the name that a draft has for them.
FRONT_NAMES = {"title": ("title", "headline"),
               "outlet": ("outlet", "publication", "publisher", "source", "newspaper", "site"),
               "author": ("author", "authors", "byline"), "url": ("url", "link", "permalink", "canonical"),
               "published": ("published", "date", "publication_date", "pubdate", "published_at")}


def read_markdown(offer: Offer) -> list[Draft]:
    """Read Markdown: front matter in YAML where there is one, else as a plain text; markup is taken away.

    Examples
    --------
    >>> data = b"---\\ntitle: Old bridge shut\\ndate: 2021-10-18\\n---\\nThe **city** closed it."
    >>> [draft] = read_markdown(Offer("a.md", data))
    >>> draft.title, draft.published, draft.published_found, draft.text
    ('Old bridge shut', '2021-10-18', "front matter 'date'", 'The city closed it.')
    """
    text, encoding, notes = decode(offer.data, charset(offer.content_type))
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    front, body = _front_matter(text)
    lines = body.strip("\n").split("\n")
    heading = _HEADING.fullmatch(lines[0].strip()) if len(lines[0]) <= LONGEST_LINE else None
    underlined = len(lines) > 1 and lines[0].strip() and _UNDERLINE.fullmatch(lines[1])
    if heading or underlined:
        front.setdefault("title", ("heading", heading["title"] if heading else lines[0].strip()))
        body = "\n".join(lines[2 if underlined else 1:])
    plain = _without_markup(body)
    reading = read_date(front["published"][1]) if "published" in front else None
    draft = article(plain, encoding=encoding, url=offer.url, title=_value(front, "title"),
                    notes=(*notes, *(("markup was taken away",) if plain != body else ())))
    return [Draft(text=draft.text, title=draft.title, encoding=encoding, removed=draft.removed,
                  outlet=_value(front, "outlet"), outlet_found=_found(front, "outlet"),
                  author=_value(front, "author") or draft.author, url=_value(front, "url") or draft.url,
                  published=reading.value if reading else draft.published,
                  published_found=_found(front, "published") if reading else draft.published_found,
                  notes=(*draft.notes, *(filter(None, [reading.note]) if reading else ())))]


def article(text: str, *, title: str | None = None, encoding: str | None = None, url: str | None = None,
            notes: tuple[str, ...] = (), removed: str = "") -> Draft:
    """Make a draft of a running text, at whose head stand date and byline, and the title where it is not known yet.

    The title is a first short line before an empty one, a byline or a date. Byline and date stay in the text; a title
    is never read as a date, nor a date as a title.

    Examples
    --------
    >>> draft = article("Old bridge shut\\n\\nBy Ada Lopez\\n18 October 2021\\n\\nThe city closed the bridge.")
    >>> draft.title, draft.author, draft.published, draft.published_found
    ('Old bridge shut', 'Ada Lopez', '2021-10-18', "in the text, line 4, '18 October 2021'")
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    kicker = ""
    if title is None:
        title, kicker, lines_before = _title(lines)
    else:
        lines_before = 0
    found = _head(lines, lines_before)
    if kicker:
        notes += (f"the line over the title was cut away: '{kicker}'",)
    return Draft(text="\n".join(lines[lines_before:]).strip("\n"), title=title, encoding=encoding, url=url,
                 removed="\n".join(filter(None, (kicker, removed))),
                 notes=(*notes, *found.pop("notes", ())), **found)


def joined(text: str) -> tuple[str, tuple[str, ...]]:
    """Join words divided at a line's end, as in a text with lines of a column's width, with a note of how many.

    Examples
    --------
    >>> joined("He closed the brid-\\nge on Monday-\\nTuesday.")
    ('He closed the bridge on Monday-\\nTuesday.', ("1 words divided at a line's end were joined",))
    """
    text, words = _HYPHEN.subn("", text)
    return text, (f"{words} words divided at a line's end were joined",) * (words > 0)


def _title(lines: list[str]) -> tuple[str | None, str, int]:
    """Return the title, a line over it, and how many lines they take: paragraphs of one short line at the very head."""
    stand_alone = []
    for number, line in enumerate(lines):
        if not line.strip():
            continue
        if not _is_title(line) or len(stand_alone) == 2 or not _stands_apart(lines[number + 1:number + 1 + MOST_HEAD]):
            break
        stand_alone.append((number, line.strip()))
    if not stand_alone or stand_alone[-1][0] >= _last(lines):
        return None, "", 0
    first, *others = stand_alone
    if others and count_words(first[1]) <= KICKER_WORDS < count_words(others[0][1]):
        return others[0][1], first[1], others[0][0] + 1
    return first[1], "", first[0] + 1


def _stands_apart(after: list[str]) -> bool:
    """Tell whether a line stands over an empty one, or over byline and date after which no other title comes."""
    below = [line.strip() for line in after]
    if not below or not below[0]:
        return True
    following = next((line for line in below if line and not _is_furniture(line)), "")
    return _is_furniture(below[0]) and not _is_title(following)


def _is_furniture(line: str) -> bool:
    return len(line) <= LONGEST_LINE and (_author(line) is not None or date_line(line) is not None)


def _is_title(line: str) -> bool:
    line = line.strip()
    return (len(line) <= LONGEST_LINE and 0 < count_words(line) <= TITLE_WORDS and not _ENDS_SENTENCE.search(line)
            and not _BYLINE.fullmatch(line) and not _is_day(line))


def _is_day(line: str) -> bool:
    """Tell whether a line is a date to the day; "May 2020" alone may well be a title."""
    reading = date_line(line)
    return reading is not None and "/" not in reading.value


def _last(lines: list[str]) -> int:
    return max((number for number, line in enumerate(lines) if line.strip()), default=0)


def furniture(text: str) -> list[tuple[int, str, str]]:
    """Find byline and date among the first lines of a text that are no sentences.

    Returns
    -------
    Number of the line from 1, its part as `layout.csv` names it, and the line.

    Examples
    --------
    >>> furniture("By Ada Lopez\\nPublished: 18 October 2021\\n\\nBy Monday the bridge had shut.")
    [(1, 'byline', 'By Ada Lopez'), (2, 'dateline', 'Published: 18 October 2021')]
    """
    found, seen, start = [], 0, 0
    for number in range(1, MOST_HEAD + 1):
        end = text.find("\n", start)
        line = text[start:end if end >= 0 else len(text)].strip()
        seen += bool(line)
        if line and len(line) <= LONGEST_LINE and seen <= HEAD_LINES:
            if _author(line):
                found.append((number, "byline", line))
            elif date_line(line):
                found.append((number, "dateline", line))
        if end < 0:
            break
        start = end + 1
    return found


def _author(line: str) -> str | None:
    byline = _BYLINE.fullmatch(line) if not line.endswith(".") and count_words(line) <= BYLINE_WORDS else None
    return byline["author"].strip(" ,") if byline else None


def _head(lines: list[str], start: int) -> dict:
    """Return what byline and date at the head of the body say."""
    found: dict = {}
    for number, part, line in furniture("\n".join(lines[start:])):
        reading = date_line(line)
        if part == "byline" and "author" not in found:
            found["author"] = _author(line)
        if reading and "published" not in found:
            found |= {"published": reading.value,
                      "published_found": f"in the text, line {start + number}, '{line[:60]}'",
                      "notes": (reading.note,) if reading.note else ()}
    return found


def _front_matter(text: str) -> tuple[dict[str, tuple[str, str]], str]:
    """Return what front matter says, as (its name there, value), and the text after it."""
    match = _FRONT.match(text[:FRONT_MATTER])
    try:
        said = yaml.load(match["yaml"], Loader=yaml.BaseLoader) if match else None
    except (yaml.YAMLError, RecursionError, ValueError):
        said = dict(_FRONT_LINE.findall(match["yaml"]))  # "title: May: the budget" is no YAML, but plain enough
    if not isinstance(said, dict):
        return {}, text
    names = {str(name).lower(): value for name, value in said.items()}
    front = {what: (name, _scalar(names[name])) for what, known in FRONT_NAMES.items()
             for name in reversed(known) if _scalar(names.get(name))}
    return front, text[match.end():]


def _scalar(value: object) -> str:
    if isinstance(value, list):
        value = ", ".join(part for part in value if isinstance(part, str))
    return value.strip() if isinstance(value, str) else ""


def _value(front: dict, what: str) -> str | None:
    return front[what][1] if what in front else None


def _found(front: dict, what: str) -> str | None:
    return f"front matter '{front[what][0]}'" if what in front else None


def _without_markup(text: str) -> str:
    for pattern, instead in _MARKUP:
        text = pattern.sub(instead, text)
    return text


def charset(content_type: str | None) -> str | None:
    """Return the charset that a header names: text/plain; charset=utf-8.

    Examples
    --------
    >>> charset('text/html; charset="UTF-8"')
    'UTF-8'
    """
    match = re.search(r"charset\s*=\s*[\"']?([\w.:-]+)", content_type or "", re.IGNORECASE)
    return match[1] if match else None
