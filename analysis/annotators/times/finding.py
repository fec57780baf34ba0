"""Where the rules fit a text, which of overlapping fits is kept, and which stand together as one expression."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ...numbers import singular
from . import resolve
from .rules import GROUPS, Rule

_BETWEEN = re.compile(r",?\s{1,3}(?:on\s|at\s)?")  # 5 p.m. EST, Nov. 9; noon on Friday; Friday at noon
# Words as the cues of the rules have them. Each character stays one, so that offsets hold.
_PLAIN = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ123456789’‘", "abcdefghijklmnopqrstuvwxyz000000000''")
_WORDS = re.compile(r"[a-z]+|0/00(?!0)|'?0+(?::00)?(?:st|nd|rd|th|s|am|pm)?")
_VERBS_TOO = ("may", "march")
# Letters that `re` takes for i, k and s where case does not matter, but that are not.
_LOOKALIKES = str.maketrans("ıİſ\N{KELVIN SIGN}", "????")
_DAY_READERS = (resolve.full_date, resolve.month_day, resolve.named_day, resolve.weekday)
# Rules are tried only this near to their cues, in characters: the longest expressions take half of it.
_REACH = 40
_GROUPS_BY_CUE = {cue: [n for n, group in enumerate(GROUPS) if cue in group.cues]
                  for cue in frozenset().union(*(group.cues for group in GROUPS))}


@dataclass(frozen=True, slots=True)
class Match:
    start: int
    end: int
    rule: Rule
    groups: dict[str, str]

    @property
    def kind(self) -> str | None:
        """A whole day or a time of the clock: the two are one expression where they stand side by side."""
        if self.rule.read is resolve.clock:
            return "clock"
        whole = "partofday" not in self.groups and self.groups.get("named") != "tonight"
        return "day" if whole and self.rule.read in _DAY_READERS else None


Expression = tuple[Match, ...]  # of one match, or of a day and a time of the clock beside it


def expressions(text: str) -> Iterator[Expression]:
    """Yield the temporal expressions of a text in their order, none overlapping another.

    Examples
    --------
    >>> [[text[match.start : match.end] for match in found] for text in ["It met at 5 p.m. on Friday in May."]
    ...  for found in expressions(text)]
    [['5 p.m.', 'Friday'], ['May']]
    """
    return _join(_choose(find(text)), text)


def find(text: str) -> Iterator[Match]:
    """Yield every match of every rule that the words of a text allow; they may overlap."""
    text = text.translate(_LOOKALIKES)
    for number, windows in _windows(text).items():
        group = GROUPS[number]
        for start, end in windows:
            first = group.regex.search(text, start, end)
            for rule in group.rules if first is not None else ():
                for match in rule.regex.finditer(text, first.start(), end):
                    yield _as_match(rule, match)


def _windows(text: str) -> dict[int, list[list[int]]]:
    """Return for each group of rules the stretches of text around its cues."""
    found: dict[int, list[list[int]]] = {}
    for word in _WORDS.finditer(text.translate(_PLAIN)):
        numbers = _GROUPS_BY_CUE.get(word[0])
        if numbers is None or word[0] in _VERBS_TOO and text[word.start()].islower():
            continue
        start, end = max(word.start() - _REACH, 0), word.end() + _REACH
        for number in numbers:
            windows = found.setdefault(number, [])
            if windows and windows[-1][1] >= start:
                windows[-1][1] = end
            else:
                windows.append([start, end])
    return dict(sorted(found.items()))


def _as_match(rule: Rule, match: re.Match) -> Match:
    groups = {name: " ".join(words.lower().replace("½", " 1/2").split())
              for name, words in match.groupdict().items() if words is not None}
    if "unit" in groups:
        groups["unit"] = singular(groups["unit"])
    return Match(*match.span("span" if "span" in groups else 0), rule, groups)


def _choose(matches: Iterable[Match]) -> list[Match]:
    """Keep the longest of overlapping matches, then the one of the earlier rule."""
    taken: set[int] = set()
    chosen = []
    for match in sorted(matches, key=lambda m: m.start - m.end):
        if taken.isdisjoint(range(match.start, match.end)):
            taken.update(range(match.start, match.end))
            chosen.append(match)
    return sorted(chosen, key=lambda m: m.start)


def _join(matches: list[Match], text: str) -> Iterator[tuple[Match, ...]]:
    """Join a time of the clock with the day beside it: 5 p.m. on Friday."""
    joined = None
    for match, after in zip(matches, [*matches[1:], None]):
        if match is joined:
            continue
        if after is not None and {match.kind, after.kind} == {"clock", "day"} \
                and _BETWEEN.fullmatch(text, match.end, after.start):
            joined = after
            yield match, after
        else:
            yield (match,)
