"""Dates that name themselves, with their year or without it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from ....numbers import NUMBERS, ORDINALS, month_number, year_number
from ..periods import Period, months, period, season, shift
from ..readings import BEFORE_CHRIST, Context, Groups, Reading, absolute, nearest, relative, yearless
from .words import LAST, WHICH, day_number, ordinal

# So near a day, its verb's tense is no guide to the year: what has been set for July 5 lies ahead.
_NEAR = timedelta(days=120)
_ATTACKS = date(2001, 9, 11)


def full_date(g: Groups, ctx: Context) -> Reading:
    month = int(g["monthno"]) if "monthno" in g else month_number(g["month"])
    return absolute(period(date(year_number(g["year"]), month, day_number(g["day"])), "day"))


def september_11(g: Groups, ctx: Context) -> Reading:
    """Read 9/11: the day of the attacks, once they had been."""
    if ctx.day >= _ATTACKS:
        return absolute(period(_ATTACKS, "day"))
    return month_day({"month": "september", "day": "11"}, ctx)


def numeric_date(g: Groups, ctx: Context) -> Reading:
    """Read 18/10/2021: day and month where one of them can only be the day, else both ways at once."""
    year = year_number("'" + g["year"] if len(g["year"]) == 2 else g["year"])
    days = set()
    for month, day in ((g["a"], g["b"]), (g["b"], g["a"])):
        if int(month) <= 12:
            days.add(date(year, int(month), int(day)))
    if len(days) == 1:
        return absolute(period(days.pop(), "day"))
    return Reading("DATE", f"{year:04}-XX-XX", min(days), max(days)) if days else None


def dated(g: Groups, ctx: Context) -> Reading:
    """Read October 5, with or without a year."""
    return (full_date if "year" in g else month_day)(g, ctx)


def month_day(g: Groups, ctx: Context) -> Reading:
    """Read October 5: the nearest, but where that is months away, the one on the side of the tense."""
    month, day = month_number(g["month"]), day_number(g["day"])

    def make(year: int) -> Period:
        return period(date(year, month, day), "day")

    if "ended" in g:
        return nearest(ctx, make, tense="past")
    return nearest_day(ctx, make, ctx.tense)


def nearest_day(ctx: Context, make: Callable[[int], Period], tense: str | None) -> Reading:
    """Choose the year that brings a day nearest, but where that is months away, the one on the side of the tense."""
    found = nearest(ctx, make)
    return found if abs(found.earliest - ctx.day) < _NEAR else nearest(ctx, make, tense=tense)


def month_year(g: Groups, ctx: Context) -> Reading:
    month = month_number(g["month"])
    if "year" in g or "short" in g:
        return absolute(period(date(year_number(g.get("year") or g["short"]), month, 1), "month"))
    return yearless(period(date(shift(ctx.day, WHICH[g["which"]], "year").year, month, 1), "month"))


def spoken_day(g: Groups, ctx: Context) -> Reading:
    """Read October the fifth: the ordinal in words, with or without a year."""
    tens, _, ones = g["day"].replace("-", " ").rpartition(" ")
    day = NUMBERS.get(tens, 0) + (30 if ones == "thirtieth" else ORDINALS[ones])
    named = {"month": g["month"], "day": str(day)}
    words = g.get("year") or g.get("year2")
    return full_date(named | {"year": words}, ctx) if words else month_day(named, ctx)


def month(g: Groups, ctx: Context) -> Reading:
    """Read a month: last May, next May, this May, or May alone."""
    number = month_number(g["month"])
    which = WHICH.get(g.get("which"))
    if which is None:
        tense = "past" if "past" in g else ("ahead" if "ahead" in g else ctx.tense)
        return nearest(ctx, lambda year: period(date(year, number, 1), "month"), tense=tense)
    passed = number < ctx.day.month
    years = {-1: 0 if passed else -1, 0: 0, 1: 1 if number <= ctx.day.month else 0}
    return yearless(period(date(ctx.day.year + years[which], number, 1), "month"))


def year(g: Groups, ctx: Context) -> Reading:
    return absolute(period(date(year_number(g["year"]), 1, 1), "year"))


def second_year(g: Groups, ctx: Context) -> Reading:
    """Read the "18" of "1914-18"; None where it does not come after the first year."""
    first, second = int(g["year"]), int(g["yy"])
    second += first // 100 * 100 if second < 100 else 0
    return absolute(period(date(second, 1, 1), "year")) if second > first else None


def before_christ(g: Groups, ctx: Context) -> Reading:
    """Read 480 BC, the spring of 480 BC, August 480 BC."""
    year = BEFORE_CHRIST + 1 - int(g["number"])
    if year < 1:  # further back than there are days to count
        return Reading("DATE", f"BC{int(g['number']):04}")
    if "season" in g:
        found = season(year, g["season"])
    elif "month" in g:
        found = period(date(year, month_number(g["month"]), 1), "month")
    else:
        found = period(date(year, 1, 1), "year")
    return replace(absolute(found), bc=True)


def fiscal_year(g: Groups, ctx: Context) -> Reading:
    """Read a fiscal year: it begins or ends within the calendar year of its name, so its days may lie in three."""
    if "year" in g:
        found = year(g, ctx)
    else:
        step = -1 if "past" in g else WHICH.get(g.get("which"), 0)
        found = relative(period(shift(ctx.day, step, "year"), "year"))
    return replace(found, earliest=shift(found.earliest, -1, "year"), latest=shift(found.latest, 1, "year"))


def decade(g: Groups, ctx: Context) -> Reading:
    """Read the 1990s, the '90s, the nineties; the 1500s are a century."""
    digits = re.sub(r"\D", "", g["decade"]) or str(NUMBERS[re.sub("ies$", "y", g["decade"])])
    start = int(digits) if len(digits) == 4 else (1900 if int(digits) >= 30 else 2000) + int(digits)
    if start % 100 == 0 and start < 2000:
        return absolute(period(date(start + 1, 1, 1), "century"))
    return absolute(period(date(start, 1, 1), "decade"))


def century(g: Groups, ctx: Context) -> Reading:
    words = re.sub(r"\s", "-", g["ordinal"])
    count = ordinal(words)
    if "era" in g:
        return Reading("DATE", f"BC{count - 1:02}")
    return absolute(period(date(100 * count, 1, 1), "century"))


def quarter(g: Groups, ctx: Context) -> Reading:
    """Read the third quarter, Q3, the second half: of a year that is named, relative, or else the nearest."""
    words = g["ordinal"]
    size = 6 if g.get("half") else 3
    count = 12 // size if words in LAST else ordinal(words)
    if count > 12 // size:
        return None

    def make(year: int) -> Period:
        return months(year, size * (count - 1) + 1, size, f"{year:04}-{'H' if size == 6 else 'Q'}{count}")

    if "year" in g:
        found = absolute(make(year_number(g["year"])))
    elif "which" in g:
        found = yearless(make(shift(ctx.day, WHICH[g["which"]], "year").year))
    else:
        found = nearest(ctx, make, tense="past" if ctx.tense != "future" else None)
    if "fiscal" in g:  # a firm's year may begin on any day of two calendar years
        return replace(found, earliest=shift(found.earliest, -1, "year"), latest=shift(found.latest, 1, "year"))
    return found


def quarter_ended(g: Groups, ctx: Context) -> Reading:
    """Read the quarter ended July 31: the one that most of these three months lie in."""
    last = nearest(ctx, lambda year: period(date(year, month_number(g["month"]), 1), "month"), tense="past")
    return relative(period(shift(last.earliest, -1, "month"), "quarter"))


def season_of(g: Groups, ctx: Context) -> Reading:
    name = g["season"]
    if "year" in g:
        return absolute(season(year_number(g["year"]), name))
    if "yearof" in g:
        return yearless(season(ctx.day.year + WHICH[g["yearof"]], name))
    which = WHICH.get(g.get("which"))
    if which == 0:  # this year's, or in January the winter that it is
        before = season(ctx.day.year - 1, name)
        return yearless(before if before.last >= ctx.day else season(ctx.day.year, name))
    starts = [season(ctx.day.year + n, name) for n in (-2, -1, 0, 1, 2)]
    if which == -1:
        return yearless(max((one for one in starts if one.last < ctx.day), key=lambda one: one.first))
    if which == 1:
        return yearless(min((one for one in starts if one.first > ctx.day), key=lambda one: one.first))
    tense = "past" if "past" in g else ctx.tense if which is None else None
    return nearest(ctx, lambda year: season(year, name), tense=tense)
