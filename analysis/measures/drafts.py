"""Codebook entries that the machine proposes, as YAML for a person to correct: words of the texts, never its own."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Collection, Iterable

import yaml

from .words import EMPTY, WORD, stem

LONGEST_NAME = 80  # characters: what a figure has room for, in two lines
LONGEST_ID = 4  # words

_LEADING = re.compile(r"^(?:(?:that|which|who|as|after|before|when|while|and|but|then)\b\W*)+", re.IGNORECASE)
_EMPTIED = re.compile(r"\(\W*\)|^\W+(?=\w)|\s+(?=[,.;:!?])|[^\w”’)]+$")
_ALONE = re.compile(r"(?<![\w'’-])[^\W\d_]{2,}(?![\w-])")  # a word that the tokenizer leaves whole


def printable(text: str) -> str:
    """Put a text on one line, without characters that do not print.

    Examples
    --------
    >>> printable("The bridge\\n is\\x1b closed.")
    'The bridge is closed.'
    """
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def bare(text: str) -> str:
    """Take from a clause what would lead or end it badly.

    Examples
    --------
    >>> bare("and that the bridge was closed, ")
    'the bridge was closed'
    """
    return " ".join(_EMPTIED.sub("", _LEADING.sub("", printable(text))).split())


def short(text: str, longest: int = LONGEST_NAME) -> str:
    """Cut a name that is too long at a whole word."""
    return text if len(text) <= longest else text[: longest - 1].rsplit(" ", 1)[0] + "…"


def entry_id(words: Iterable[str], taken: Collection[str], otherwise: str) -> str:
    """Make an id of the first words of different stems, one that is not taken.

    Examples
    --------
    >>> entry_id(["Bridge", "closed", "bridges"], {"bridge-closed"}, "event")
    'bridge-closed-2'
    """
    different: dict[str, str] = {}
    for word in words:
        different.setdefault(stem(word).removesuffix("e"), word.lower())
    joined = "-".join([*different.values()][:LONGEST_ID])
    base = "".join(c if c.isalpha() or c.isdecimal() else "-" for c in joined) or otherwise
    return next(name for name in (base, *(f"{base}-{n}" for n in range(2, len(taken) + 3))) if name not in taken)


def whole_words(text: str) -> list[str]:
    """Return the words of a text that a wording can name, in lower case."""
    return [word.lower() for word in _ALONE.findall(text)]


def cover(texts: Iterable[str], without: Collection[str] = ()) -> list[str]:
    """Choose few words of which each text has one, those first that most texts share, and long ones; or nothing.

    Parameters
    ----------
    without : stems that are not wanted.

    Examples
    --------
    >>> cover(["the council closed the bridge", "the bridge was shut", "they shut it"])
    ['bridge', 'shut']
    """
    forms = [set(whole_words(text)) for text in texts]
    left_out = set(without)
    holding = Counter(one for words in forms for one in {stem(word) for word in words if word not in EMPTY} - left_out)
    chosen: set[str] = set()
    for word, number in sorted(holding.items(), key=lambda item: (-item[1], -len(item[0]), item[0])):
        missing = [words for words in forms if not chosen & {stem(one) for one in words}]
        if number > 1 and missing:
            chosen.add(word)
    if not all(chosen & {stem(word) for word in words} for words in forms):
        return []
    return sorted({word for words in forms for word in words if stem(word) in chosen})


def every_word(texts: Iterable[str]) -> list[str]:
    """Return the words of all texts, as written: what is left to name where no few words do."""
    return sorted({word for text in texts for word in WORD.findall(text)})


def comment(row, name: str) -> str:
    """Return the comment that shows a sentence above the entry that rests on it."""
    altered = ", altered by a machine" if row.altered else ""
    place = f"{printable(name)}, {printable(row.article_id)} [{row.start}:{row.end}]"
    return f"# {place}{altered}: {printable(row.sentence)}\n"


def codebook(section: str, entries: list[tuple[str, dict]]) -> str:
    """Write entries, each below its comments, as a section of a codebook file."""
    blocks = [comments + yaml.safe_dump([entry], allow_unicode=True, sort_keys=False, width=math.inf)
              for comments, entry in entries]
    return f"{section}:\n" + "".join(blocks) if blocks else f"{section}: []\n"

