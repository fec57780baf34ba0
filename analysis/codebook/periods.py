"""Days, months, years and intervals as a codebook writes them in the slot `when`."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

FIRST_YEAR, LAST_YEAR = 1000, 2100  # what is written as a year; 300 is a number
ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_DATE = r"\d{4}(?:-\d{1,2}(?:-\d{1,2})?)?"
_PERIOD = re.compile(rf"({_DATE})(?:/({_DATE}))?")

Period = tuple[date, date]


def period(written: str | float, slot: str | None) -> Period | None:
    """Return first and last day of what an alternative of a slot writes as a date; None for other words and numbers.

    A day counts in any slot, months, years and intervals in `when`: elsewhere 2013 is a number, 2010-12 a phrase.

    Raises
    ------
    ValueError : for a date that there is not.

    Examples
    --------
    >>> [str(period(written, "when")[1]) for written in ("2017-02", 2013, "2017-05/2017-06-09")]
    ['2017-02-28', '2013-12-31', '2017-06-09']
    >>> period("2017-02", "what"), period(2013, "how"), period(20, "when"), period("July", "when")
    (None, None, None, None)
    """
    text = str(written)
    found = _PERIOD.fullmatch(text)
    if not found or not (slot == "when" or ISO_DAY.fullmatch(text)):
        return None
    if isinstance(written, int) and not FIRST_YEAR <= written <= LAST_YEAR:
        return None
    first, last = _bounds(found[1])[0], _bounds(found[2] or found[1])[1]
    if first > last:
        raise ValueError("the end is before the beginning")
    return first, last


def _bounds(text: str) -> Period:
    """Return first and last day of a day, a month or a year."""
    year, month, day = (*map(int, text.split("-")), None, None)[:3]
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"the year is not between {FIRST_YEAR} and {LAST_YEAR}")
    if any(len(part) != 2 for part in text.split("-")[1:]):
        raise ValueError("month and day have two digits")
    if month is None:
        return date(year, 1, 1), date(year, 12, 31)
    first = date(year, month, day or 1)
    return first, first if day is not None else first.replace(day=monthrange(year, month)[1])
