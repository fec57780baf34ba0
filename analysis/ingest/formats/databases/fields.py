"""What the labels of a database say of an article → its draft."""

from __future__ import annotations

import re

from ...condition import STUB
from ...dates import Reading
from ...draft import Draft

WORDS = re.compile(r"([\d,]+) words", re.IGNORECASE)
COPYRIGHT = re.compile(r"(?:©|\(c\)|copyright\b|all rights reserved)", re.IGNORECASE)


def draft(text: str, title: str | None, outlet: str | None, author: str | None,
          when: tuple[str | None, Reading | None], *,
          where: str, removed: list[str], words: str | None = None, url: str | None = None) -> Draft:
    """Make a draft; where the database states the number of words, a text of half as many is told."""
    label, reading = when
    notes = (reading.note,) if reading and reading.note else ()
    stated = WORDS.search(words or "")
    short = stated and (number := int(stated[1].replace(",", "") or 0)) > 2 * len(text.split())
    if short:
        notes += (f"{STUB} the database states {number} words, the text has {len(text.split())}",)
    return Draft(text=text.strip("\n"), title=title or None, outlet=outlet or None,
                 outlet_found=where if outlet else None,
                 author=author or None, url=url, published=reading.value if reading else None,
                 published_found=label if reading else None, removed="\n".join(filter(None, removed)),
                 stub=bool(short), notes=notes,
                 problem=None if text.strip() else "the export holds no text of this article")


def byline(line: str | None) -> str | None:
    """Return who wrote it, without "By".

    Examples
    --------
    >>> byline("By Ada Lopez"), byline(None)
    ('Ada Lopez', None)
    """
    return re.sub(r"^by\s+", "", line, flags=re.IGNORECASE) if line else None
