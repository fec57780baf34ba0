"""spaCy components that read a Doc and write what they find on it, one task a module.

layout      paragraphs and sections, so that furniture is never read as news (runs before the parser)
actors      mentions of the codebook's actors
times       temporal expressions, normalised
quotations  who is quoted: content, cue, source, speaker
relays      through whom words came: "told Reuters", "With reporting by AP"
roles       who does what to whom: deeds with agent and patient
codes       facts, frames and events of the codebook

Each writes a list of records (small dataclasses with character offsets) as `doc._.<name>`, and the
same passages as the span group `doc.spans["<name>"]`, which displaCy can show. The article that a
Doc was made from is `doc._.article`.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

import numpy as np
from spacy.attrs import HEAD, IS_SPACE, SENT_START
from spacy.tokens import Doc, Span

Doc.set_extension("article", default=None, force=True)
for _name in ("actors", "times", "quotations", "relays", "deeds", "codes"):
    Doc.set_extension(_name, default=(), force=True)
Doc.set_extension("paragraphs", default=(), force=True)


def text_of(doc: Doc) -> str:
    """Return a Doc's text; `doc.text` would put it together again, word by word."""
    return doc.text if doc._.article is None else doc._.article.text


def write(doc: Doc, name: str, records: list) -> Doc:
    """Put an annotator's records on the Doc, and their passages as a span group.

    Parameters
    ----------
    name : actors, times, quotations, relays, deeds or codes.
    records : dataclasses with `start` and `end` (characters) and a `label` for displaCy.

    Returns
    -------
    The same Doc, as a spaCy component does.
    """
    setattr(doc._, name, records)
    spans = (doc.char_span(r.start, r.end, label=r.label, alignment_mode="expand") for r in records)
    doc.spans[name] = [span for span in spans if span is not None]
    return doc


def kids_of(doc: Doc) -> dict[int, list[int]]:
    """Return the words that hang on each word, in order; `token.children` looks for them in all that hangs on it."""
    kids: dict[int, list[int]] = defaultdict(list)
    heads = doc.to_array(HEAD).astype(np.int64) + np.arange(len(doc))
    for i, head in enumerate(heads.tolist()):
        if head != i:
            kids[head].append(i)
    return kids


def news(doc: Doc) -> Iterator[Span]:
    """Yield the sentences of running news in order, without furniture and outer white space."""
    opening, space = doc.to_array([SENT_START, IS_SPACE]).T.tolist()
    starts = [i for i, opens in enumerate(opening) if opens == 1]
    for paragraph in doc._.paragraphs:
        if paragraph.section is None:
            continue
        inner = starts[bisect_right(starts, paragraph.start) : bisect_left(starts, paragraph.end)]
        for start, end in pairwise([paragraph.start, *inner, paragraph.end]):
            while end - start > 1 and space[end - 1]:
                end -= 1
            yield Span(doc, start, end)
