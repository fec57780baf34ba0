"""Numbers, months and years in words or digits, lower case."""

from __future__ import annotations

import re

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_ONES = ("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
         "seventeen eighteen nineteen").split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
NUMBERS = {word: n for n, word in enumerate(_ONES)} | {word: 10 * n for n, word in enumerate(_TENS, 2)}
SCALES = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "dozen": 12}
ORDINALS = {word: n for n, word in enumerate(
    ("first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
     "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth twenty-first").split(), 1)}


def number(words: str) -> float | None:
    """Read a number in words or digits; None for a vague one.

    Examples
    --------
    >>> number("twenty-four"), number("2 1/2"), number("a couple of"), number("several")
    (24, 2.5, 2, None)
    """
    words, half, _ = re.sub(r"[-‐‑–]", " ", words).partition(" and a half")
    if half:
        return number(words) + 0.5
    total, current, article = 0, 0, True
    for word in re.findall(r"\d+/\d+|\d[\d,.]*|[a-z]+", words):
        if word in ("a", "an", "and", "of"):
            continue
        article = False
        if "/" in word:
            top, bottom = map(int, word.split("/"))
            current += top / bottom
        elif word[0].isdigit():
            current += _plain(word.replace(",", "").rstrip("."))
        elif word in NUMBERS:
            current += NUMBERS[word]
        elif word in SCALES:
            total, current = (total + (current or 1) * SCALES[word], 0)
        elif word in ("couple", "half"):
            current = current + 2 if word == "couple" else current + 0.5
        else:
            return None
    return 1 if article else total + current


def _plain(digits: str) -> float:
    return float(digits) if "." in digits else int(digits)


def singular(unit: str) -> str:
    return "century" if unit == "centuries" else unit.removesuffix("s")


def month_number(name: str) -> int:
    return MONTHS.index(name[:3]) + 1


def weekday_number(name: str) -> int:
    return WEEKDAYS.index(name[:3])


def year_number(words: str) -> int:
    """Read a year: 2014, '89 (of 1930 to 2029), nineteen ninety-six.

    Examples
    --------
    >>> year_number("2014"), year_number("’89"), year_number("nineteen ninety-six"), year_number("two thousand")
    (2014, 1989, 1996, 2000)
    """
    digits = words.lstrip("'’‘")
    if digits.isdigit():
        return int(digits) if len(digits) > 2 else 1900 + int(digits) + 100 * (int(digits) < 30)
    if words.startswith("two"):
        return int(number(words))
    head, _, tail = words.partition(" ")
    return 100 * NUMBERS[head] + int(number(tail))
