"""Lines that give credit: "With reporting by Reuters", "(AP) —", "By Agence France-Presse", "Source: Xinhua"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .media import Media

_BLANK = r"[ \t\xa0]"  # also one that does not break
_LISTED = re.compile(
    rf"(?:^|(?<=[.!?”\"(\[—–]{_BLANK})|(?<=[(\[—–]))(?P<words>(?:(?:with|additional|further|original){_BLANK}){{0,2}}"
    rf"(?:reporting|material|inputs?|files|information){_BLANK}(?:by|from)\b|(?:sources?|credit|via){_BLANK}?:)"
    r"(?P<names>[^\n]{1,200})", re.IGNORECASE | re.MULTILINE)
_CONTRIBUTED = re.compile(
    r"^(?P<names>[^\n]{1,200}?)(?P<words> contributed (?:reporting )?to this (?:report|story|article))", re.MULTILINE)
_DATELINE = re.compile(
    r"^(?=[A-Z(/])[^\n(/]{0,80}(?P<words>[(/](?P<names>[^\n()/]{2,40})[)/])\.?\s{0,3}[-–—:.]", re.MULTILINE)
_ALONE = re.compile(rf"^{_BLANK}{{0,9}}(?P<words>(?:By{_BLANK}(?:the{_BLANK})?|©{_BLANK}?|[-–—(]{_BLANK}?)?)"
                    rf"(?P<names>\w[^\n]{{1,60}}?)[)]?{_BLANK}{{0,9}}$", re.MULTILINE)


def credited(text: str, media: Media) -> Iterator[dict]:
    """Yield a record's parts for each medium that a line gives credit to, in furniture too.

    In a dateline, and on a line of its own, a name must be all that stands there; without "By" it must be an agency's.

    Examples
    --------
    >>> text = "PARIS, May 2 (AFP) — It rained.\\n\\nWith reporting by Reuters and a cat"
    >>> [(text[found["start"]:found["end"]], found["name"]) for found in credited(text, Media([]))]
    [('With reporting by Reuters', 'Reuters'), ('(AFP)', 'Agence France-Presse')]
    """
    for pattern in (_LISTED, _CONTRIBUTED, _DATELINE, _ALONE):
        for match in pattern.finditer(text):
            names = media.within(text, *match.span("names"))
            whole = [name[:2] for name in names] == [match.span("names")]
            if pattern in (_DATELINE, _ALONE) and not whole:
                continue
            if pattern is _ALONE and names[0][2].kind != "agency" and not match["words"].startswith("By"):
                continue
            for start, end, named in names:
                yield {"start": min(match.start("words"), start), "end": max(match.end("words"), names[-1][1]),
                       "relation": "credit", "medium_start": start, "medium_end": end, "kind": "medium",
                       "name": named.name}
