"""The words for a change by its values: from twenty to ten, down from 20, halved, by 50 percent."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from ...numbers import exact

GAP_WORDS = 3  # "from [a maximum of] 20 [members] to [no more than] 10"
# A change is still called halving where it is this near to it: from 145 to 72.
_NEARLY = 0.01
_TIMES = {0.5: ["halve"], 2: ["double", "twofold"], 3: ["triple", "treble", "threefold"], 4: ["quadruple", "fourfold"]}
_SHARES = {
    Fraction(1, 2): ["half", "a half", "one half"],
    Fraction(1, 3): ["a third", "one third"], Fraction(2, 3): ["two thirds"],
    Fraction(1, 4): ["a quarter", "one quarter"], Fraction(3, 4): ["three quarters"],
    Fraction(1, 5): ["a fifth", "one fifth"], Fraction(1, 10): ["a tenth", "one tenth"]}
_ABOUT = ("", "about ", "around ", "roughly ", "some ", "nearly ", "almost ")
_TOGETHER = (1000, 10**6, 10**9)  # "from 2 to 3 million" writes the scale once


def change_phrases(before: float, after: float) -> Iterator[tuple[str, int]]:
    """Yield the phrases that tell a change, with how many words their gaps may take.

    Examples
    --------
    >>> found = [phrase for phrase, _ in change_phrases(20, 10)]
    >>> found[:2], "halve" in found, "by half" in found, "by 50 percent" in found, "double" in found
    (['from … 20 … to … 10', 'to … 10 … from … 20'], True, True, True, False)
    """
    scaled = (exact(before / scale) for scale in _TOGETHER if after >= scale <= before)
    for start in (before, *(start for start in scaled if start < 1000)):
        yield f"from … {start} … to … {after}", GAP_WORDS
    yield f"to … {after} … from … {before}", GAP_WORDS
    for way in ("down", "up"):
        yield f"{after} … {way} from … {before}", GAP_WORDS
    if before > 0:
        yield from ((phrase, GAP_WORDS) for phrase in _by_ratio(after / before))


def _by_ratio(ratio: float) -> Iterator[str]:
    for times, words in _TIMES.items():
        if abs(ratio - times) <= _NEARLY * times:
            yield from words
    share = abs(ratio - 1)
    for part, words in _SHARES.items():
        if abs(share - part) <= _NEARLY:
            yield from (f"by {about}{word}" for word in words for about in _ABOUT)
    if abs(ratio - 0.5) <= _NEARLY:
        yield from ("in half", "to half")
    if percent := round(100 * share):
        yield from (f"by {about}{percent} {sign}" for sign in ("percent", "per cent", "%") for about in _ABOUT)
