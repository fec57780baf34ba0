"""What an expression was found to mean, and how two such meanings are joined or narrowed."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from .periods import Period

# Word → (from, to): the share of a period that it leaves. Wide on purpose: nobody counts the days.
PARTS = {"early": (0, 1 / 2), "beginning": (0, 1 / 3), "start": (0, 1 / 3), "mid": (1 / 4, 3 / 4),
         "middle": (1 / 4, 3 / 4), "late": (1 / 2, 1), "end": (2 / 3, 1), "close": (2 / 3, 1)}


# This year stands for 1 BC, so that 480 BC is 4321. A multiple of 400 from the year 0: the calendar repeats.
BEFORE_CHRIST = 4800


@dataclass(frozen=True, slots=True)
class Reading:
    """A resolved expression; `relative_to` is None, publication, told (the last date told), or history (its own time).

    `open` is the value where what it is relative to is unknown: XXXX-10-18. Before Christ (`bc`) the years are
    counted from `BEFORE_CHRIST`, as `date` has no such years.
    """

    type: str
    value: str
    earliest: date | None = None
    latest: date | None = None
    relative_to: str | None = None
    open: str = ""
    bc: bool = False

    @property
    def timex(self) -> str:
        """The value as TIMEX3 writes it."""
        return re.sub(r"^\d{4}", _christian_year, self.value) if self.bc else self.value


@dataclass(frozen=True, slots=True)
class Context:
    """What a reader may look at beside the words: the day of publication, the last date told, the verb's tense.

    In a history, `here` is the date at which it stands, and `day` the first day of that.
    """

    day: date
    told: Reading | None = None
    tense: str | None = None
    here: Reading | None = None


Groups = dict[str, str]
Reader = Callable[[Groups, Context], Reading | None]


def _christian_year(digits: re.Match) -> str:
    year = int(digits[0]) - BEFORE_CHRIST
    return f"{year:04}" if year > 0 else f"BC{1 - year:04}"


def absolute(found: Period) -> Reading:
    return Reading("DATE", found.value, found.first, found.last)


def relative(found: Period, open_value: str = "", to: str = "publication") -> Reading:
    """Make a DATE that hangs on another day; unless given, its open value has an X for each digit."""
    return Reading("DATE", found.value, found.first, found.last, to, open_value or blank(found.value))


def blank(value: str) -> str:
    """Put X for the digits of a date; the clock and the numbers of quarters stand in the words themselves.

    Examples
    --------
    >>> blank("2021-W41"), blank("2021-10-17TNI"), blank("2021-10-17T17:00")
    ('XXXX-WXX', 'XXXX-XX-XXTNI', 'XXXX-XX-XXT17:00')
    """
    day, t, clock = value.partition("T")
    return re.sub(r"\d", "X", day) + t + clock


def yearless(found: Period) -> Reading:
    """Make a DATE whose words name all but the year."""
    return relative(found, "XXXX" + found.value[4:])


def nearest(ctx: Context, make: Callable[[int], Period], *, tense: str | None = None) -> Reading:
    """Choose the year that brings a yearless date nearest to publication, on the side of the tense if given."""
    found = []
    for year in (ctx.day.year - 1, ctx.day.year, ctx.day.year + 1):
        try:
            found.append(make(year))
        except ValueError:  # 29 February
            continue
    if ctx.here is not None:
        return yearless(min(found, key=lambda one: _leap(ctx.here, one)))
    if tense == "past":
        found = [one for one in found if one.first <= ctx.day]
    elif tense == "future":
        found = [one for one in found if one.last >= ctx.day]
    if not found:
        raise ValueError("no such day in these years")
    return yearless(min(found, key=lambda one: abs((one.first - ctx.day) + (one.last - ctx.day))))


def _leap(here: Reading, one: Period) -> float:
    """Weigh how far a history leaps from where it stands: in days, and half as heavy again if back."""
    if one.first > here.latest:
        return (one.first - here.latest).days
    return 1.5 * max((here.earliest - one.last).days, 0)


def narrow(reading: Reading, part: str) -> Reading:
    """Leave the early, middle or late part of a period's days; the value stays that of the period.

    Examples
    --------
    >>> from .periods import period
    >>> narrow(absolute(period(date(2021, 9, 1), "month")), "late").earliest
    datetime.date(2021, 9, 16)
    """
    low, high = next((share for word, share in PARTS.items() if word in part), (0, 1))
    if reading.earliest is None:
        return reading
    days = (reading.latest - reading.earliest).days + 1
    return replace(reading, earliest=reading.earliest + timedelta(days=int(low * days)),
                   latest=reading.earliest + timedelta(days=max(-(-high * days // 1) - 1, 0)))


def cut(reading: Reading, side: str, day: date) -> Reading:
    """Leave the days up to publication (earlier this month) or from it on (later this month)."""
    if reading.earliest is None or not reading.earliest <= day <= reading.latest:
        return reading
    return replace(reading, latest=day) if side == "earlier" else replace(reading, earliest=day)


def merge(early: Reading, late: Reading) -> Reading:
    """Join what an expression means at both ends of the interval of publication.

    Where the values differ, the first part that does and all after it become X, except what the
    words themselves say.

    Examples
    --------
    >>> from .periods import period
    >>> day = lambda d: relative(period(date(2021, 10, d), "day"))
    >>> merge(day(17), day(23)).value
    '2021-10-XX'
    """
    value = early.value
    if value != late.value:
        value = _common(early, late)
    if early.earliest is None or late.earliest is None:
        return replace(early, value=value, earliest=None, latest=None)
    return replace(early, value=value, earliest=min(early.earliest, late.earliest), latest=max(early.latest, late.latest))


def _common(early: Reading, late: Reading) -> str:
    """Return what two values share from the left; of the rest only what the words say (the 10-18 of October 18)."""
    mine, theirs, opened = (text.partition("T")[0].split("-") for text in (early.value, late.value, early.open))
    if not len(mine) == len(theirs) == len(opened):
        return early.open
    same = next((i for i, (a, b) in enumerate(zip(mine, theirs)) if a != b), len(mine))
    said = (a if i < same or a == b == c else blank(a) for i, (a, b, c) in enumerate(zip(mine, theirs, opened)))
    return "-".join(said) + "".join(early.value.partition("T")[1:])
