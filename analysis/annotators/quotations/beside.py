"""The cue beside a quoted stretch, where the grammar does not join them."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from .clauses import Report
from .headlines import label_before
from .page import FINAL, REACH, STOPS, WORD, Found, Page, Quoted
from .sources import FINITE, MAX_CLIMB, NOMINAL, TIMES, Range, own_subject, source_range, subject

# Between a quotation and a verb that is no reporting verb stands the subject alone.
_MAX_NAME = 12
# What stands before the second part of a split quotation: “A,” he said, “b”; “A,” he said. “B”.
_DASHES = {"—", "–", "-", "--"}
_RESUMES = STOPS | _DASHES | {",", ":"}
# Quoted words that do not end their sentence must be so many to be speech where no reporting verb governs them.
_MIN_GOVERNED = 4
# How such words, or the mark before them, hang on that verb.
_GOVERNED = ("dobj", "ccomp", "punct")
_OPENING = ("PROPN", "PRON", "DET", "NOUN", "ADJ", "NUM")


def beside(page: Page, position: int, by_cue: dict[int, Report]) -> list[Found]:
    """Give a stretch the cue beside it; returns the quotation if it is not part of another one."""
    quoted = page.marks[position]
    previous = page.marks[position - 1] if position else None
    if previous is not None and previous.found is not None and previous.found.parts[-1][1] > quoted.stretch.start:
        quoted.found = previous.found
        return []
    report = _cue(page, quoted, by_cue)
    if report is None:
        return _governed(page, quoted)
    other = _other_part(page, position, report)
    if other is not None:
        _add(page, other, quoted)
        return []
    that = _that(page, report, quoted)
    if that is None:
        quoted.found = Found("direct", [(quoted.stretch.inner_start, quoted.stretch.inner_end)], report)
    else:
        quoted.found = Found("mixed", [(that.nbor().idx, quoted.stretch.end)], report)
    return [quoted.found]


def _cue(page: Page, quoted: Quoted, by_cue: dict[int, Report]) -> Report | None:
    """The nearer cue: after what ends with a comma, else before it; then any verb in a cue's place."""
    inner = page.inner(quoted)
    sides = (_right, _left) if inner.endswith(FINAL) and not inner.endswith(".") else (_left, _right)
    report = next((r for side in (*sides, _any_verb) if (r := side(page, quoted, inner, by_cue)) is not None), None)
    if report is not None and report.cue[0] >= quoted.b:
        name_source(page, quoted, report)
    return report


def _other_part(page: Page, position: int, report: Report) -> Found | None:
    """The other part of a quotation that its cue interrupts: “A,” he said, “b”."""
    for first in (position - 1, position):
        pair = page.marks[max(first, 0) : first + 2]
        found = next((q.found for q in pair if q.found is not None and q.found.report is report), None)
        if len(pair) == 2 and found is not None and found.kind == "direct" and page.doc[pair[1].a - 1].text in _RESUMES:
            return found
    return None


def name_source(page: Page, quoted: Quoted, report: Report) -> None:
    """Name the source of a cue after a stretch by its place, where the parser finds none: “…,” Ms Lee of Peru said."""
    head = report.head
    if head is not None and head.i >= quoted.b and not page.quoted[head.i] and head.ent_type_ not in TIMES:
        return
    doc, verb = page.doc, report.cue[0]
    between = doc[max(quoted.b, verb - REACH) : verb]
    before = [t for t in between if t.pos_ in NOMINAL and t.ent_type_ not in TIMES]
    if before:
        head = next((t for t in before if t.i + 1 == verb or t.nbor().pos_ not in NOMINAL), before[-1])
        left = before[0].left_edge.i
        report.source, report.head = (left if between.start <= left else before[0].i, head.i + 1), head
        return
    after = noun_after(doc, report.cue[1], page.paragraphs[quoted.paragraph].end)
    if after is not None:
        report.source, report.head = after, doc[after[1] - 1]


def noun_after(doc: Doc, start: int, stop: int) -> Range | None:
    """The noun phrase that begins at a token: said *a former aide* of his."""
    i, stop = start, min(stop, start + _MAX_NAME)
    while i < stop and doc[i].pos_ in (*NOMINAL, "DET", "ADJ", "NUM") and doc[i].ent_type_ not in TIMES:
        i += 1
    return (start, i) if i > start and doc[i - 1].pos_ in NOMINAL else None


def _governed(page: Page, quoted: Quoted) -> list[Found]:
    """A stretch within what any verb governs: She wants everyone “to come home.”; He hailed it as “a new dawn.”"""
    doc, words = page.doc, WORD.findall(page.inner(quoted))
    text = page.text[quoted.stretch.inner_start : quoted.stretch.inner_end]
    if not text[:1].islower() or not text.endswith(FINAL) and len(words) < _MIN_GOVERNED:
        return []
    child = doc[quoted.a]
    for _ in range(MAX_CLIMB):
        verb = child.head
        if verb == child or verb.i >= quoted.b:
            return []
        if verb.i < quoted.a and not page.quoted[verb.i] and verb.pos_ == "VERB" and child.dep_ in _GOVERNED:
            break
        child = verb
    else:
        return []
    head = subject(verb)
    if head is None or page.quoted[head.i]:
        return []
    first = next((c for c in verb.rights if c.dep_ in _GOVERNED and not c.is_punct), child)
    start = min(max(first.left_edge.i, verb.i + 1), quoted.a)
    start += page.doc[start].lower_ == "that"
    end = quoted.stretch.end
    if not text.endswith(FINAL):
        end = max(end, page.chars((start, max(child.right_edge.i, start) + 1))[1])
    report = Report((verb.i, verb.i + 1), verb, source_range(head), head)
    quoted.found = Found("mixed", [(doc[start].idx, end)], report)
    return [quoted.found]


def _add(page: Page, found: Found, quoted: Quoted) -> None:
    if found.kind == "direct":
        found.parts.append((quoted.stretch.inner_start, quoted.stretch.inner_end))
        found.parts.sort()
    else:
        start, end = found.parts[-1]
        found.parts[-1] = (min(start, quoted.stretch.start), max(end, quoted.stretch.end))
    quoted.found = found


def _right(page: Page, quoted: Quoted, inner: str, by_cue: dict[int, Report]) -> Report | None:
    """The cue after a stretch: “…,” Lavrov said."""
    doc, stop = page.doc, page.paragraphs[quoted.paragraph].end
    following = next((doc[i] for i in range(quoted.b, min(quoted.b + 3, stop)) if not doc[i].is_space), None)
    if following is None:
        return None
    if inner.endswith(".") and not following.text[:1].islower():
        return None
    if not inner.endswith(FINAL) and following.text != "," or page.is_title(quoted):
        return None
    for i in range(quoted.b, min(quoted.b + REACH, stop)):
        if page.quoted[i] or doc[i].text in STOPS:
            return None
        if i in by_cue:
            return by_cue[i]
    return None


def _any_verb(page: Page, quoted: Quoted, inner: str, by_cue: dict[int, Report]) -> Report | None:
    """Any verb that does what a reporting verb does, by its place: “What now?” the girl pressed."""
    doc, stop = page.doc, page.paragraphs[quoted.paragraph].end
    if not inner.endswith(FINAL) or inner.endswith(".") or page.is_title(quoted) or not page.opens_sentence(quoted):
        return None
    start = quoted.b
    while start < stop and doc[start].is_space:
        start += 1
    for i in range(start, min(start + _MAX_NAME, stop)):
        token = doc[i]
        if page.quoted[i] or token.text in STOPS or i == start and token.pos_ not in (*_OPENING, "VERB"):
            return None
        if token.tag_ in FINITE and token.pos_ == "VERB":
            if i == start and noun_after(doc, i + 1, stop) is None:
                return None
            head = subject(token)
            return Report((i, i + 1), token, source_range(head), head)
    return None


def _left(page: Page, quoted: Quoted, inner: str, by_cue: dict[int, Report]) -> Report | None:
    """The cue before a stretch: Lavrov said: “…”, also at the end of the paragraph before it."""
    doc, bottom = page.doc, page.paragraphs[quoted.paragraph].start
    before = next((doc[i] for i in range(quoted.a - 1, max(-1, quoted.a - 4), -1) if not doc[i].is_space), None)
    if before is None:
        return None
    if quoted.a == bottom:
        if before.text != ":" or quoted.paragraph == 0:
            return None
        bottom = page.paragraphs[quoted.paragraph - 1].start
    for i in range(quoted.a - 1, max(bottom, quoted.a - REACH) - 1, -1):
        if page.quoted[i] or doc[i].text in STOPS:
            break
        if i in by_cue:
            near = quoted.a - by_cue[i].cue[1] <= 1 or before.text in (",", ":") or before.lower_ in ("that", "as")
            return by_cue[i] if near or _that(page, by_cue[i], quoted) else None
    if before.text == ":":
        return _colon(page, before, quoted.paragraph - (quoted.a == page.paragraphs[quoted.paragraph].start))
    return None


def _that(page: Page, report: Report, quoted: Quoted) -> Token | None:
    """The "that" between a cue and a stretch that is only the end of what is said: said that they “lied”."""
    between = page.doc[report.cue[1] : max(report.cue[1], quoted.a - 1)]
    return next((t for t in between if t.lower_ == "that"), None)


def _colon(page: Page, colon: Token, paragraph: int) -> Report | None:
    """A colon as the cue: Lavrov was blunt: “…”; Lavrov: “…”."""
    doc, start = page.doc, colon.i
    bottom = max(page.paragraphs[paragraph].start, colon.i - REACH)
    while start > bottom and not page.quoted[start - 1] and not _divides(doc[start - 1]):
        start -= 1
    verbs = [t for t in doc[start : colon.i] if t.pos_ in ("VERB", "AUX") and t.dep_ not in ("relcl", "acl")]
    heads = [own_subject(v) for v in reversed(verbs)] or [label_before(page, start, colon.i)]
    head = next((h for h in heads if h is not None and h.i < colon.i and not page.quoted[h.i]), None)
    if head is None:
        return None
    named = source_range(head) if verbs else (start, head.i + 1)
    return Report((colon.i, colon.i + 1), colon, (named[0], min(named[1], colon.i)), head)


def _divides(token: Token) -> bool:
    return token.is_space or token.text in STOPS or token.text in _DASHES
