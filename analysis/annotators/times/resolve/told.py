"""Dates that hang on the last date told: that day, the following month, a year earlier."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from ....numbers import month_number, number, year_number
from ..periods import CLOCK_UNITS, SEASONS, Period, length, period, season, shift
from ..readings import Context, Groups, Reading, absolute, blank, merge, relative
from .published import counted
from .references import PAST
from .words import WHICH, day_number, tells, unit_of, with_part


def then(g: Groups, ctx: Context) -> Reading:
    """Read the "then" of "since then": the last date told."""
    return replace(ctx.told, relative_to="told") if ctx.told is not None else PAST(g, ctx)


def told_day(g: Groups, ctx: Context) -> Reading:
    """Read "later in the day": the last day told, else the day of publication."""
    return replace(ctx.told, relative_to="told") if tells(ctx, "day") else relative(period(ctx.day, "day"))


def told_part_of_day(g: Groups, ctx: Context) -> Reading:
    """Read that morning, the next morning, the night before: of the last day told, else of an unknown one."""
    if not tells(ctx, "day"):
        return replace(with_part(Reading("DATE", "XXXX-XX-XX", None, None, "told"), g["partofday"]), open="")
    words = g["told"].removeprefix("the ")
    step = {"before": -1, "after": 1}.get(words) or WHICH.get(words, 0)
    return with_part(relative(period(ctx.told.earliest + timedelta(days=step), "day"), to="told"), g["partofday"])


def told_unit(g: Groups, ctx: Context) -> Reading:
    """Read that year, the same day, the following month: counted from the last date told."""
    unit, step = g["unit"], WHICH[g["which"]]
    open_value = blank(period(ctx.day, unit).value)
    if ctx.told is None and step < 0 and ctx.here is None:  # up from the previous month
        return relative(period(shift(ctx.day, step, unit), unit))
    if ctx.told is None:
        return Reading("DATE", open_value, None, None, "told")
    here = period(ctx.told.earliest, unit)
    if ctx.told.latest <= here.last:
        return relative(period(shift(here.first, step, unit), unit), to="told")
    if step:  # the day after "2019"
        return Reading("DATE", open_value, None, None, "told")
    return Reading("DATE", open_value, ctx.told.earliest, ctx.told.latest, "told")


def _told_year(g: Groups, ctx: Context) -> int | None:
    """Return the year of the last date told, or the one beside it."""
    return ctx.told.earliest.year + WHICH[g["told"]] if ctx.told else None


def told_month(g: Groups, ctx: Context) -> Reading:
    """Read "the previous April", "the following May": the one before or after the last date told."""
    number, step = month_number(g["month"]), WHICH[g["told"]]
    if ctx.told is None:
        return Reading("DATE", f"XXXX-{number:02}", None, None, "told")
    here = ctx.told.earliest.month
    years = step if step and (number - here) * step <= 0 else 0
    return relative(period(date(ctx.told.earliest.year + years, number, 1), "month"), to="told")


def month_of_told_year(g: Groups, ctx: Context) -> Reading:
    """Read "May of the following year"."""
    year, number = _told_year(g, ctx), month_number(g["month"])
    if year is None:
        return Reading("DATE", f"XXXX-{number:02}", None, None, "told")
    return relative(period(date(year, number, 1), "month"), to="told")


def day_of_told_month(g: Groups, ctx: Context) -> Reading:
    """Read "the 28th of that month"."""
    day = day_number(g["day"])
    if not tells(ctx, "day", "month"):
        return Reading("DATE", f"XXXX-XX-{day:02}", None, None, "told")
    return relative(period(ctx.told.earliest.replace(day=day), "day"), to="told")


def told_season(g: Groups, ctx: Context) -> Reading:
    """Read "that summer", "the spring of the following year": the year of the last date told, or the one beside it."""
    year = _told_year(g, ctx)
    if year is None:
        return Reading("DATE", f"XXXX-{SEASONS[g['season']][0]}", None, None, "told")
    return relative(season(year, g["season"]), to="told")


def latest_quarter(g: Groups, ctx: Context) -> Reading:
    """Read the latest quarter: the one just told, else the last that is over."""
    if tells(ctx, "quarter"):
        return replace(ctx.told, relative_to="told")
    return relative(period(shift(ctx.day, -1, "quarter"), "quarter"))


def _middle(told: Reading) -> date:
    """Return a day of the period that was told, though its bounds be wider (fiscal) or narrower (late) than that."""
    return told.earliest + (told.latest - told.earliest) // 2


def shifted(g: Groups, ctx: Context) -> Reading:
    """Read "a year earlier", "two days later": counted from the last date told, in its own unit if that is finer."""
    count = number(g.get("number", "a"))
    sign = -1 if g["direction"] in ("earlier", "before", "ago", "previously") else 1
    if count is None or g["unit"] in CLOCK_UNITS:
        # What came a few days later is past by now: only how much later is said.
        return Reading("DATE", "PAST_REF") if sign < 0 else Reading("DURATION", length(count, g["unit"]))
    if ctx.told is None and sign < 0:
        return counted(ctx.day, sign, count, g)
    if ctx.told is None:
        open_value = blank(period(ctx.day, g["unit"]).value)
        return Reading("DATE", open_value, None, None, "told", open_value)
    unit = unit_of(ctx.told)
    if g["unit"] == "year" and unit in ("day", "month", "quarter", "half") \
            and (unit != "day" or ctx.here is not None or ctx.told.relative_to != "publication"):
        found = relative(period(shift(_middle(ctx.told), sign * count, "year"), unit), to="told")
        bounds = [shift(day, sign * count, "year") for day in (ctx.told.earliest, ctx.told.latest)]
        return replace(found, earliest=bounds[0], latest=bounds[1]) if unit == "quarter" else found
    early, late = (counted(day, sign, count, g) for day in (ctx.told.earliest, ctx.told.latest))
    if early and late and early.value != late.value and sign < 0 and ctx.here is None:
        return counted(ctx.day, sign, count, g)  # "a month earlier" is not counted from a year
    return replace(merge(early, late), relative_to="told") if early and late else None


def compared_year(g: Groups, ctx: Context) -> Reading:
    """Read "a year earlier", "the year-ago results" where they are a yardstick for the news.

    What is compared is the month, quarter or half that the account is of, and else the present year; not
    a day of trading, nor last year, which was such a yardstick itself.
    """
    told = ctx.told
    if told is None or unit_of(told) == "day" and told.relative_to == "publication":
        return relative(period(shift(ctx.day, -1, "year"), "year"))
    if unit_of(told) == "year" and told.relative_to == "publication" and told.latest < ctx.day:
        return replace(told, relative_to="told")
    return shifted({"unit": "year", "direction": "earlier"}, ctx)


def shifted_vaguely(g: Groups, ctx: Context) -> Reading:
    """Read "years later"."""
    return shifted(g | {"number": "several"}, ctx)


def shifted_year(g: Groups, ctx: Context) -> Reading:
    """Read "the year-ago quarter", "the same month last year": the period told, a year before."""
    told = _under_report(g, ctx)
    if told is None:
        return relative(period(shift(ctx.day, -1, "year"), "year"))
    return _as(period(shift(_middle(told), -1, "year"), unit_of(told)), told, ctx)


def same_in_year(g: Groups, ctx: Context) -> Reading:
    """Read the same month of 2019, the 2019 quarter: the period told, in another year."""
    year, told = year_number(g["year"]), _under_report(g, ctx)
    if told is None:
        return absolute(period(date(year, 1, 1), "year"))
    return _as(period(_middle(told).replace(year=year, day=1), unit_of(told)), told, ctx)


def _as(found: Period, told: Reading, ctx: Context) -> Reading:
    """Make a reading that hangs on what another was counted from."""
    return relative(found, to="told" if told is ctx.told else "publication")


def _under_report(g: Groups, ctx: Context) -> Reading | None:
    """Return the period that "the same period" has in mind: the one told, or the last quarter that is over."""
    units = (g["unit"],) if g["unit"] in ("month", "quarter", "half") else ("month", "quarter", "half")
    if tells(ctx, *units):
        return ctx.told
    return relative(period(shift(ctx.day, -1, "quarter"), "quarter")) if g["unit"] == "quarter" else None
