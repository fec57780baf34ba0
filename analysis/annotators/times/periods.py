"""Spans of the calendar: which days a week, a quarter or a century has, and its TIMEX3 value."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

# Unit → its TIMEX3 letters, as in P3M; those of the clock stand behind a T.
LETTERS = {
    "second": "S", "minute": "M", "hour": "H", "day": "D", "night": "D", "weekend": "WE", "week": "W", "fortnight": "W",
    "month": "M", "quarter": "Q", "semester": "M", "year": "Y", "decade": "DE", "century": "CE",
}
CLOCK_UNITS = ("second", "minute", "hour")
_STEPS = {
    "day": {"days": 1}, "night": {"days": 1}, "week": {"days": 7}, "weekend": {"days": 7}, "fortnight": {"days": 14},
    "month": {"months": 1}, "quarter": {"months": 3}, "half": {"months": 6}, "semester": {"months": 6},
    "year": {"years": 1}, "decade": {"years": 10}, "century": {"years": 100},
}
# Season → (TIMEX3 letters, first month). By the weather, on the northern half of the earth.
SEASONS = {"spring": ("SP", 3), "summer": ("SU", 6), "autumn": ("FA", 9), "fall": ("FA", 9), "winter": ("WI", 12)}


@dataclass(frozen=True, slots=True)
class Period:
    """A unit of the calendar from its first to its last day."""

    value: str
    first: date
    last: date


def period(day: date, unit: str) -> Period:
    """Return the unit of the calendar that a day lies in; weeks are ISO weeks.

    Examples
    --------
    >>> period(date(2021, 10, 18), "quarter")
    Period(value='2021-Q4', first=datetime.date(2021, 10, 1), last=datetime.date(2021, 12, 31))
    """
    week = "{:04}-W{:02}".format(*day.isocalendar())
    monday = day - timedelta(days=day.weekday())
    match unit:
        case "day" | "night":
            return Period(day.isoformat(), day, day)
        case "week" | "fortnight":
            return Period(week, monday, monday + timedelta(days=6))
        case "weekend":
            return Period(f"{week}-WE", monday + timedelta(days=5), monday + timedelta(days=6))
        case "month":
            return months(day.year, day.month, 1, f"{day:%Y-%m}")
        case "quarter":
            number = (day.month + 2) // 3
            return months(day.year, 3 * number - 2, 3, f"{day:%Y}-Q{number}")
        case "half" | "semester":
            number = (day.month + 5) // 6
            return months(day.year, 6 * number - 5, 6, f"{day:%Y}-H{number}")
        case "year":
            return months(day.year, 1, 12, f"{day:%Y}")
        case "decade":
            return months(day.year // 10 * 10, 1, 120, f"{day.year // 10:03}")
        case "century":  # the 20th century began in 1901; TIMEX3 writes 19
            return months((day.year - 1) // 100 * 100 + 1, 1, 1200, f"{(day.year - 1) // 100:02}")
    raise KeyError(unit)


def months(year: int, month: int, count: int, value: str) -> Period:
    """Return the period of `count` whole months from the given one."""
    first = date(year, month, 1)
    return Period(value, first, first + relativedelta(months=count, days=-1))


def season(year: int, name: str) -> Period:
    """Return the season that begins in a year.

    Examples
    --------
    >>> season(2021, "winter").last
    datetime.date(2022, 2, 28)
    """
    letters, month = SEASONS[name]
    return months(year, month, 3, f"{year:04}-{letters}")


def shift(day: date, count: float, unit: str) -> date:
    """Move a day by a number of units; raises ValueError or OverflowError beyond the years 1 to 9999.

    Examples
    --------
    >>> shift(date(2021, 10, 18), -18, "month")
    datetime.date(2020, 4, 18)
    """
    (name, size), = _STEPS[unit].items()
    return day + relativedelta(**{name: round(count * size)})


def length(count: float | None, unit: str) -> str:
    """Write a duration in TIMEX3; an unknown number is X, and halves go down to the smaller unit.

    Examples
    --------
    >>> length(18, "month"), length(2.5, "year"), length(None, "week"), length(1.5, "minute")
    ('P18M', 'P2Y6M', 'PXW', 'PT1M30S')
    """
    lead = "PT" if unit in CLOCK_UNITS else "P"
    if count is None:
        return f"{lead}X{LETTERS[unit]}"
    if unit in ("fortnight", "semester"):
        count *= {"fortnight": 2, "semester": 6}[unit]
    if count % 1 and unit in ("decade", "century"):
        count, unit = count * {"decade": 10, "century": 100}[unit], "year"
    whole, rest = divmod(count, 1)
    finer = {"year": (12, "M"), "hour": (60, "M"), "minute": (60, "S"), "day": (24, "H")}
    if rest and unit in finer:
        size, letter = finer[unit]
        larger = f"{whole:.0f}{LETTERS[unit]}" if whole else ""
        smaller = f"{round(rest * size)}{letter}"
        return f"P{larger}T{smaller}" if unit == "day" else f"{lead}{larger}{smaller}"
    return f"{lead}{count:.12g}{LETTERS[unit]}"
