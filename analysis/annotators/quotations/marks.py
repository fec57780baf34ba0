"""Stretches of a text that stand in quotation marks, found by the marks alone.

A stretch never runs over its paragraph's end: a mark that is not closed ends there, as it does where a
quotation goes on and the next paragraph opens with a mark again. Only outer stretches are found;
marks inside them are part of what is said.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

# Double marks: '' and `` are how older newswire writes them. Single marks are told from apostrophes below.
_MARK = re.compile(r"''|``|[\"“”„«»]|['‘’]")
_OPENING = {"“", "„", "«", "``"}
_CLOSING = {"”", "»"}
_SINGLE = {"'", "‘", "’"}
_BEFORE_OPENING = set("([{—–-/:…")
_BEFORE_CLOSING = set(",.!?")
# Words that begin with an apostrophe: the '90s, 'em, 'tis.
_ELISION = re.compile(r"(?:\d\ds?|em|til|tis|twas|cause|n)\b", re.IGNORECASE)
# Without an end mark, a stretch as short as this is a stray mark (inches, a typing slip) and not speech.
_MIN_UNCLOSED = 12


@dataclass(frozen=True, slots=True)
class Stretch:
    """Characters `start` to `end`, marks included; `inner_start` to `inner_end` are what they enclose."""

    start: int
    inner_start: int
    inner_end: int
    end: int
    closed: bool


def stretches(text: str, start: int = 0, end: int | None = None) -> list[Stretch]:
    """Return the outer quoted stretches of one paragraph, the characters `start` to `end` of a text.

    Examples
    --------
    >>> text = "“We regret ‘these’ steps,” she said. 'Nothing new,' he said."
    >>> [text[s.inner_start:s.inner_end] for s in stretches(text)]
    ['We regret ‘these’ steps,', 'Nothing new,']
    """
    end = len(text) if end is None else end
    marks = [m.span() for m in _MARK.finditer(text, start, end)]
    singles = [a for a, b in marks if text[a:b] in _SINGLE and _closes_single(text, a, end)]
    found, opened, free_from = [], None, start
    for a, b in marks:
        if a < free_from:
            continue
        mark = text[a:b]
        if mark in _SINGLE:
            close = None if opened else _single_end(text, a, start, end, singles)
            if close is not None:
                found.append(_stretch(text, a, b, close, close + 1))
                free_from = close + 1
        elif opened is None:
            if _opens(text, mark, a, b, start, end):
                opened = (a, b)
        elif _closes(text, mark, a, b, start, end):
            found.append(_stretch(text, *opened, a, b))
            opened = None
    if opened and end - opened[1] >= _MIN_UNCLOSED:
        found.append(_stretch(text, *opened, end, end))
    return [s for s in found if s.inner_start < s.inner_end]


def _stretch(text: str, start: int, inner_start: int, inner_end: int, end: int) -> Stretch:
    closed = inner_end < end
    inner = text[inner_start:inner_end]
    left = inner_start + len(inner) - len(inner.lstrip())
    right = inner_end - (len(inner) - len(inner.rstrip()))
    return Stretch(start, left, max(left, right), end if closed else max(left, right), closed)


def _opens(text: str, mark: str, a: int, b: int, start: int, end: int) -> bool:
    if mark in _OPENING:
        return True
    if mark in _CLOSING:
        return False
    before, after = _around(text, a, b, start, end)
    return (before.isspace() or before in _BEFORE_OPENING or before in _SINGLE) and not after.isspace()


def _closes(text: str, mark: str, a: int, b: int, start: int, end: int) -> bool:
    if mark in _CLOSING:
        return True
    before, after = _around(text, a, b, start, end)
    if mark in _OPENING:  # a slip of typing: “It is late,“ she said
        return before in _BEFORE_CLOSING and after.isspace()
    return not before.isspace() or after.isspace()


def _around(text: str, a: int, b: int, start: int, end: int) -> tuple[str, str]:
    return (text[a - 1] if a > start else " "), (text[b] if b < end else " ")


def _closes_single(text: str, a: int, end: int) -> bool:
    """A closing single mark follows a character and precedes none; so does the apostrophe of "officers'"."""
    before, after = _around(text, a, a + 1, 0, end)
    return text[a] != "‘" and not before.isspace() and not after.isalnum()


def _single_end(text: str, a: int, start: int, end: int, closing: list[int]) -> int | None:
    """Where the single-quoted stretch that opens at `a` closes, if one does open there."""
    before, after = _around(text, a, a + 1, start, end)
    if _ELISION.match(text, a + 1):
        return None
    opens = (before.isspace() or before in _BEFORE_OPENING) and (after.isalnum() or after in "[$")
    if text[a] == "’" or not opens:
        return None
    # The end mark of speech follows punctuation; of a few words, a letter. Of the next closing marks the
    # first is taken unless it looks like a plural's apostrophe ("the officers' mess") and another one follows.
    candidates = closing[bisect_left(closing, a + 2) :][:3]
    for position, close in enumerate(candidates):
        plural = text[close - 1] == "s" and text[close + 1 : close + 3].strip().isalpha()
        if not plural or position + 1 == len(candidates):
            return close
    return None
