"""The words of figures: names, counts and lists, cut and broken so that they fit.

Text is measured before it is placed: labels are as long as the outlets' names happen to be, and must neither overlap
nor be cut by the edge.
"""

from __future__ import annotations

import re
from functools import cache

import pandas as pd
from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.textpath import text_to_path

from ..measures import labels

TITLE, BODY, SMALL = 12.0, 9.0, 8.0  # points; nothing is smaller than 8
LINE = 1.3 / 72  # inches of line height for each point of size
LONGEST_NAME = 60  # characters of a name in a title; tables and text alternatives have it whole
FONT = "DejaVu Sans"  # comes with matplotlib, so figures are the same everywhere

# Characters that break XML, or that turn the direction of the words that follow them.
UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]+")


def names(articles: pd.DataFrame) -> dict[str, str]:
    """Return article_id → label on one line, in its own letters."""
    return {article_id: clean(label) for article_id, label in labels(articles).items()}


def state_of_texts(articles: pd.DataFrame) -> str:
    """Say in a sentence which texts are not what the outlet published; empty if all are complete.

    Examples
    --------
    >>> state_of_texts(pd.DataFrame({"article_id": ["000"], "outlet": ["TASS"], "condition": ["excerpt"]}))
    ' Only an excerpt is at hand of TASS.'
    """
    label = names(articles)
    of = {state: [label[i] for i in articles.loc[articles["condition"].eq(state), "article_id"]]
          for state in ("excerpt", "machine-altered", "unknown")}
    told = {
        "excerpt": "Only an excerpt is at hand of {}.",
        "machine-altered": "A machine altered the words of {}.",
        "unknown": "It is not known whether the text is complete of {}.",
    }
    return "".join(" " + told[state].format("all of them" if 3 < len(found) == len(label) else listed(found))
                   for state, found in of.items() if found)


def clean(text: str) -> str:
    """Put text on one line, without characters that cannot be printed.

    Examples
    --------
    >>> clean("The\\n Daily\\u202e\\0News "), clean("習 news")
    ('The Daily News', '習 news')
    """
    return " ".join(UNPRINTABLE.sub(" ", text).split())


def plain(text: str) -> str:
    """Make text fit to be drawn: `clean`, and a letter that the font has no drawing of becomes a box.

    Examples
    --------
    >>> plain("習 news")
    '□ news'
    """
    drawn = _drawn()
    return "".join(c if ord(c) in drawn else "□" for c in clean(text))


@cache
def _drawn() -> frozenset[int]:
    return frozenset(get_font(findfont(FontProperties(family=FONT))).get_charmap())


def short(name: str) -> str:
    """Cut a name for a title."""
    return name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1].rstrip() + "…"


def listed(words: list[str]) -> str:
    """Join words as a sentence does.

    Examples
    --------
    >>> listed(["a", "b", "c"])
    'a, b and c'
    """
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def count(number: int, noun: str) -> str:
    """Put a number before its noun.

    Examples
    --------
    >>> count(1, "fact"), count(3, "fact")
    ('1 fact', '3 facts')
    """
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def every(number: int) -> str:
    """Name all articles.

    Examples
    --------
    >>> every(2), every(5)
    ('both articles', 'all 5 articles')
    """
    return {1: "the one article", 2: "both articles"}.get(number, f"all {number} articles")


def measure(text: str, *, size: float = SMALL, weight: str = "normal") -> float:
    """Return the width of one line of text in inches."""
    font = FontProperties(family=FONT, size=size, weight=weight)
    return text_to_path.get_text_width_height_descent(text, font, ismath=False)[0] / 72 if text else 0.0


def shorten(text: str, inches: float, *, size: float = SMALL, weight: str = "normal") -> str:
    """Cut text to a width, with … where something is gone."""
    text = plain(text)
    # No letter is narrower than a fifth of its size: what is beyond that need not be measured.
    kept = min(len(text), int(inches * 72 / size * 5) + 1)
    if kept == len(text) and measure(text, size=size, weight=weight) <= inches:
        return text
    low = 0
    while low < kept:
        middle = (low + kept + 1) // 2
        fits = measure(text[:middle].rstrip() + "…", size=size, weight=weight) <= inches
        low, kept = (middle, kept) if fits else (low, middle - 1)
    return text[:low].rstrip() + "…"


def wrap(text: str, inches: float, *, size: float = SMALL, weight: str = "normal", lines: int = 2) -> str:
    """Break text into lines of a width; what does not fit into the last one, or is one long word, is cut with …"""
    words, rows = plain(text).split(" "), []
    while words and len(rows) < lines - 1:
        taken = 1
        while taken < len(words) and measure(" ".join(words[: taken + 1]), size=size, weight=weight) <= inches:
            taken += 1
        rows.append(shorten(" ".join(words[:taken]), inches, size=size, weight=weight))
        words = words[taken:]
    if words:
        rows.append(shorten(" ".join(words), inches, size=size, weight=weight))
    return "\n".join(rows)
