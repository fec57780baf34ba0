"""Paragraphs and sections of an article, found before it is parsed.

A sentence never runs over a paragraph's end, and lines that are not news (furniture) are set apart:
they stay in the text, so that offsets hold, but no annotator reads them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
from spacy.attrs import IS_PUNCT, IS_SPACE, ORTH, SENT_START, SPACY
from spacy.language import Language
from spacy.strings import StringStore
from spacy.tokens import Doc

from . import text_of

HEADLINE_PARTS = ("headline", "deck")
# Lines that end without a sentence's end: where most do, the file was wrapped at a fixed width
# and a single line break means nothing.
WRAPPED_SHARE = 0.5
WRAPPED_MIN_LINES = 5
# Only after one of these may a sentence begin inside a paragraph; the parser alone breaks headlines in two.
_CLOSING = (*".!?…:;–—-", *"'\"”’»)]")
_SENTENCE_END = re.compile(r"[.!?…:]['\"”’»)\]]*\s*$")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Tokens `start` to `end` of a Doc; `section` is None for furniture."""

    start: int
    end: int
    section: str | None


def lines(text: str) -> list[tuple[int, int]]:
    """Return the character spans of the text's lines, without their line breaks.

    Examples
    --------
    >>> lines("one\\n\\ntwo")
    [(0, 3), (4, 4), (5, 8)]
    """
    spans, start = [], 0
    for match in re.finditer(r"\r\n|\n|\r", text):
        spans.append((start, match.start()))
        start = match.end()
    return [*spans, (start, len(text))]


def paragraphs(text: str, special: dict[int, str] | None = None) -> list[tuple[int, int, str | None]]:
    """Split a text into paragraphs with their sections.

    Parameters
    ----------
    special : line number (from 1) → part, for lines that are not running news: headline and deck are
        the headline; every other part (navigation, caption, byline …) is furniture.

    Returns
    -------
    (start, end, section) in characters; section is headline, lede, body, or None for furniture.

    Examples
    --------
    >>> paragraphs("All news\\n\\nNATO regrets.\\n\\nIt said so.", {1: "navigation"})
    [(0, 8, None), (10, 23, 'lede'), (25, 36, 'body')]
    """
    special = special or {}
    spans = lines(text)
    joined = _is_wrapped(text, spans, special)
    blocks: list[list] = []
    open_block = False
    for number, (start, end) in enumerate(spans, 1):
        if not text[start:end].strip():
            open_block = False
        elif number in special:
            blocks.append([start, end, "headline" if special[number] in HEADLINE_PARTS else None])
            open_block = False
        elif open_block and joined:
            blocks[-1][1] = end
        else:
            blocks.append([start, end, "body"])
            open_block = True
    lede = next((block for block in blocks if block[2] == "body"), None)
    if lede:
        lede[2] = "lede"
    return [tuple(block) for block in blocks]


def _is_wrapped(text: str, spans: list, special: dict) -> bool:
    """Tell whether line breaks inside a paragraph mean nothing."""
    inner = [
        text[a:b] for number, ((a, b), (c, d)) in enumerate(zip(spans, spans[1:]), 1)
        if text[a:b].strip() and text[c:d].strip() and number not in special and number + 1 not in special
    ]
    open_ended = sum(not _SENTENCE_END.search(line) for line in inner)
    return len(inner) >= WRAPPED_MIN_LINES and open_ended > WRAPPED_SHARE * len(inner)


@Language.component("tellings_layout", assigns=["doc._.paragraphs"])
def layout(doc: Doc) -> Doc:
    """Record the paragraphs on the Doc, and set where sentences start and where they cannot.

    Runs before the parser, which keeps what it is given.
    """
    special = doc._.article.layout if doc._.article is not None else {}
    found = []
    firsts = []
    tokens = doc.to_array([ORTH, SPACY, IS_PUNCT, IS_SPACE])
    for start, end, section in paragraphs(text_of(doc), special):
        span = doc.char_span(start, end, alignment_mode="expand")
        first = span.start
        while first < span.end - 1 and tokens[first, 3]:
            first += 1
        firsts.append(first)
        found.append(Paragraph(first, span.end, section))
    doc.from_array([SENT_START], _sentence_starts(tokens, firsts, doc.vocab.strings))
    doc._.paragraphs = found
    return doc


def _sentence_starts(tokens: np.ndarray, firsts: list[int], strings: StringStore) -> np.ndarray:
    """Return for each token: 1 a sentence starts here, -1 none can, 0 the parser may decide."""
    orth, spaced, punctuation, space = tokens.T
    space = space.astype(bool)
    different, where = np.unique(orth, return_inverse=True)
    closing = np.array([strings[key].endswith(_CLOSING) for key in different], dtype=bool)[where.ravel()]
    # A word may open a sentence after a closing mark, whatever white space parts the two.
    last_word = np.maximum.accumulate(np.where(space, 0, np.arange(len(orth))))
    starts = np.zeros(len(orth), dtype="int64")
    starts[1:][~closing[last_word[:-1]]] = -1
    # A mark with nothing behind it closes what went before: the quotation mark at a paragraph's end.
    followed_by_nothing = np.append(spaced[:-1].astype(bool) | space[1:], True)
    starts[punctuation.astype(bool) & followed_by_nothing] = -1
    starts[space] = -1
    starts[firsts] = 1
    return starts.view("uint64")  # what spaCy expects; it reads -1 back
