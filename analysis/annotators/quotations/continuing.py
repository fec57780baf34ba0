"""Quoted stretches without a cue: speech or not, and what they go on from."""

from __future__ import annotations

from spacy.tokens import Token

from .page import FINAL, REACH, STOPS, WORD, Found, Page, Quoted
from .sources import MAX_CLIMB, root, subject

# Fewer quoted words without a cue are a title, a name or a scare quote and nobody's speech.
_MIN_SPEECH_WORDS = 4
# Between a quotation and the word before it stand so many marks: …, she put it: “…”.
_MAX_MARKS = 3
# A stretch that stands inside a sentence must be longer to be taken for speech without a cue.
_MIN_INNER_WORDS = 12


def is_speech(page: Page, position: int) -> bool:
    """Tell speech from titles, names and scare quotes where there is no cue."""
    quoted = page.marks[position]
    inner = page.inner(quoted)
    words = WORD.findall(inner)
    if len(words) < _MIN_SPEECH_WORDS:
        return inner.endswith(tuple(".!?")) and page.opens_sentence(quoted) and _second_part(page, position)
    if page.opens_sentence(quoted) and inner.endswith(FINAL) or len(words) >= _MIN_INNER_WORDS:
        return True
    return inner.endswith(tuple(".!?")) and sum(w[0].islower() for w in words) > len(words) / 2


def continued(page: Page, position: int, before: list[Found]) -> None:
    """Let a stretch without a cue go on from what stands before it."""
    quoted = page.marks[position]
    previous = page.marks[position - 1] if position else None
    part = (quoted.stretch.inner_start, quoted.stretch.inner_end)
    quoted.found = Found("direct", [part])
    if not page.opens_sentence(quoted):
        quoted.found.continues = _subject_around(page, quoted)
        return
    opens_paragraph = quoted.a == page.paragraphs[quoted.paragraph].start
    if previous is not None and previous.found is not None and previous.found.kind == "direct":
        same = _second_part(page, position)
        unclosed = opens_paragraph and not previous.stretch.closed and previous.paragraph == quoted.paragraph - 1
        if same or unclosed:
            quoted.found.joined = previous.found.first
            return
    last = before[0] if before else None
    floor = page.paragraphs[max(0, quoted.paragraph - opens_paragraph)].start
    if last is not None and page.token_at(last.parts[-1][1] - 1) >= floor:
        quoted.found.continues = last
        return
    quoted.found.continues = _subject_before(page, quoted, floor)


def _second_part(page: Page, position: int) -> bool:
    """Tell the rest of a quotation that its cue interrupts: “A,” he said. “Never.”"""
    quoted, previous = page.marks[position], page.marks[position - 1] if position else None
    return previous is not None and previous.found is not None and previous.found.kind == "direct" \
        and previous.paragraph == quoted.paragraph and _one_sentence_between(page, previous, quoted)


def _one_sentence_between(page: Page, previous: Quoted, quoted: Quoted) -> bool:
    """At most the cue's own sentence stands between the parts: “A,” he said. “B”."""
    between = page.doc[previous.b : min(quoted.a, previous.b + REACH + 1)]
    return len(between) <= REACH and sum(t.text in STOPS for t in between) <= 1


def _subject_around(page: Page, quoted: Quoted) -> Token | None:
    """The subject of the clause that a stretch stands in: As *Ms Lee* put it, “…”."""
    mark = page.doc[quoted.a]
    before = (t for t in reversed(page.doc[max(quoted.a - _MAX_MARKS, 0) : quoted.a]) if not t.is_punct)
    for token in (mark, next(before, mark)):
        for _ in range(MAX_CLIMB):
            token = token.head
            head = None if page.quoted[token.i] or token.pos_ not in ("VERB", "AUX") else subject(token)
            if head is not None and not page.quoted[head.i]:
                return head
    return None


def _subject_before(page: Page, quoted: Quoted, floor: int) -> Token | None:
    """The subject of the sentence before the stretch, where it stands in the same paragraph or the one before."""
    i = quoted.a - 1
    while i >= floor and page.doc[i].is_space:
        i -= 1
    if i < floor or page.quoted[i]:
        return None
    return subject(root(page.doc[i]))
