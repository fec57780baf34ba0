"""What the outlet adds to what it reports, to explain or to say where it was said: no part of the quotation."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from .lexicon import DOCUMENTS, OCCASIONS
from .sources import CLAUSE_SUBJECTS, PAUSES, Range

# An afterthought is looked for so many steps up from the last word; a clause, so many words before it.
_MAX_STEPS, _MAX_WORDS = 20, 80
_BEFORE = PAUSES | {";", ":", ".", "…", "..."}
_ARTICLES = ("a", "an", "one")


def without_afterthought(doc: Doc, start: int, end: int) -> Range:
    """Cut afterthoughts off what is reported: said he would meet Ms Lee, *who runs the port*."""
    last = end - 1
    while last > start and (doc[last].is_punct or doc[last].is_space):
        last -= 1
    token = doc[last]
    for _ in range(_MAX_STEPS):
        left = token.left_edge.i
        if token.i < end and left > start:
            if left > start + 1 and doc[left - 1].text in _BEFORE and _is_afterthought(token):
                end = left - 1
            elif token.head.i < left and is_occasion(token) and not _is_clause(doc, start, left):
                end = left
        if token.head == token or token.head.i < start:
            break
        token = token.head
    return start, end


def _is_afterthought(token: Token) -> bool:
    """Tell by its first word: …, who runs the port; …, a town in Peru; …, as others do."""
    first = token.left_edge.lower_
    if token.dep_ == "relcl":
        return first == "who" and token.head.dep_ != "attr"  # it was she who left
    if token.dep_ == "appos":
        return first in _ARTICLES
    return token.dep_ in ("advcl", "acl", "prep") and first == "as" and token.pos_ != "ADP"


def is_occasion(token: Token) -> bool:
    """Tell when and where something was said: criticised it *on Monday*, *in an interview*; not *in its last form*."""
    return token.dep_ == "prep" and token.lower_ in ("in", "on", "during") and any(
        c.ent_type_ in ("DATE", "TIME") or c.lemma_.lower() in OCCASIONS | DOCUMENTS
        for c in token.rights if c.dep_ == "pobj")


def _is_clause(doc: Doc, start: int, end: int) -> bool:
    return any(t.dep_ in CLAUSE_SUBJECTS for t in doc[max(start, end - _MAX_WORDS) : end])
