"""Numbers, months and years in words or digits, lower case."""

from __future__ import annotations

import re
from collections.abc import Iterator

MONTHS = "january february march april may june july august september october november december".split()
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_ONES = ("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
         "seventeen eighteen nineteen").split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
NUMBERS = {word: n for n, word in enumerate(_ONES)} | {word: 10 * n for n, word in enumerate(_TENS, 2)}
SCALES = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12, "dozen": 12}
ORDINALS = {word: n for n, word in enumerate(
    ("first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
     "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth twenty-first").split(), 1)}

_FEW = ("hundred", "dozen")  # these may themselves be counted in thousands
_ABBREVIATED = {"k": 1000, "m": 10**6, "mn": 10**6, "mln": 10**6, "b": 10**9, "bn": 10**9, "bln": 10**9,
                "tn": 10**12, "trn": 10**12}
# Units that are written at the number: 5ft, 15pc. "5m" is five million, "3pm" no number, "5G" neither.
_UNITS = "cm ft gb gw kg km kmh kph kw lb lbs mb mi ml mm mph mw oz p pc sq tb yd".split()
MOST_DIGITS = 15  # what is longer is no number of anything


def _any(words) -> str:
    return f"(?:{'|'.join(sorted(words, key=len, reverse=True))})"


_HYPHEN = "[-‐‑–]"
_SMALL = rf"(?:{_any(_TENS)}(?:{_HYPHEN}{_any(_ONES[1:10])})?|{_any(_ONES)})"
_HUNDREDS = rf"{_SMALL}(?:[\s-]hundred(?:\s(?:and\s)?{_SMALL})?)?"
_SCALED = rf"(?:[\s-]{{1,2}}{_any(SCALES)})"
_AMOUNT = re.compile(
    rf"(?<![\w.,])(?:(?P<digits>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d{{1,{MOST_DIGITS}}}(?:\.\d{{1,{MOST_DIGITS}}})?)"
    rf"(?:(?P<short>{_any(_ABBREVIATED)})|(?P<scales>[\s-]{{0,2}}{_any(SCALES)}{_SCALED}{{0,2}}))?"
    rf"|(?:(?P<half>half[\s-](?:an?[\s-])?)|an?[\s-])(?P<one>{_any(SCALES)}{_SCALED}?)"
    rf"|(?P<words>{_HUNDREDS}(?:{_SCALED}{{1,2}}(?:\s(?:and\s)?{_HUNDREDS})?)?))"
    rf"(?:(?={_any(_UNITS)}(?!\w))|(?!\w|[.,]\d))", re.IGNORECASE)


def amounts(text: str) -> Iterator[tuple[int, int, float]]:
    """Yield (start, end, value) of each number that a text writes, in words, digits or both; ranks and dates are none.

    Examples
    --------
    >>> [value for text in ("twenty-one men", "143 million", "$1.4bn", "half a million", "8.5 percent", "the 8th")
    ...  for _, _, value in amounts(text)]
    [21, 143000000, 1400000000, 500000, 8.5]
    >>> [text[a:b] for text in ("143million", "£3.5-million", "8.5-tonne", "5ft") for a, b, _ in amounts(text)]
    ['143million', '3.5-million', '8.5', '5']
    """
    for found in _AMOUNT.finditer(text):
        parts = found.groupdict()
        if parts["digits"]:
            value = _plain(parts["digits"].replace(",", ""))
            value *= _ABBREVIATED[parts["short"].lower()] if parts["short"] else 1
            for scale in re.findall("[a-z]+", (parts["scales"] or "").lower()):
                value *= SCALES[scale]
        else:
            value = number((parts["one"] or parts["words"]).lower()) * (0.5 if parts["half"] else 1)
        yield found.start(), found.end(), exact(value)


def exact(value: float) -> float:
    """Return a number so that equal ones compare equal: 1.4 billion is a whole number, whatever a float makes of it."""
    rounded = round(value, 6)
    return int(rounded) if rounded == int(rounded) else rounded


def number(words: str) -> float | None:
    """Read a number in words or digits; None for a vague one.

    Examples
    --------
    >>> number("twenty-four"), number("2 1/2"), number("a couple of"), number("several"), number("two hundred thousand")
    (24, 2.5, 2, None, 200000)
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
        elif word in _FEW:
            current = (current or 1) * SCALES[word]
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
    """Return a unit of time in the singular."""
    return "century" if unit == "centuries" else unit.removesuffix("s")


def month_number(name: str) -> int:
    """Read a month's name, whole or cut.

    Examples
    --------
    >>> month_number("sept.")
    9
    """
    return next(number for number, month in enumerate(MONTHS, 1) if month[:3] == name[:3])


def weekday_number(name: str) -> int:
    """Read a weekday's name, whole or cut; Monday is 0."""
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
