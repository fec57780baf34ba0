"""Dates and times of the clock that hang on the day of publication: today, last week, two years ago."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from ....numbers import number, weekday_number
from ..periods import CLOCK_UNITS, period, shift
from ..readings import Context, Groups, Reading, narrow, relative
from .named import dated
from .references import FUTURE, PAST
from .words import WHICH, day_number, tells, unit_of, with_part

_FRIDAY = 4
# How loosely people count: "over three months" is less than four, "nearly three" more than two.
_LOOSE = {"over": (1, 0), "more": (1, 0), "least": (1, 0), "under": (0, 1), "less": (0, 1), "fewer": (0, 1),
          "nearly": (0, 1), "almost": (0, 1), "up": (0, 1), "most": (0, 1), "barely": (0, 1), "about": (1, 1),
          "around": (1, 1), "roughly": (1, 1), "approximately": (1, 1), "some": (1, 1)}


def named_day(g: Groups, ctx: Context) -> Reading:
    days = {"day before yesterday": -2, "yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1,
            "day after tomorrow": 2}
    words = g["named"].removeprefix("the ")
    return with_part(relative(period(ctx.day + timedelta(days=days[words]), "day")),
                     "night" if words == "tonight" else g.get("partofday"))


def weekday(g: Groups, ctx: Context) -> Reading:
    """Read a weekday: the most recent, that day included; the next beside a verb in the future, and in a history."""
    number = weekday_number(g["weekday"])
    if "told" in g:
        return _told_weekday(number, WHICH[g["told"]], ctx.told)
    back = (ctx.day.weekday() - number) % 7
    open_value = f"XXXX-WXX-{number + 1}"
    if "first" in g:  # from Monday to Friday
        start = weekday({"weekday": g["first"]}, ctx)
        days = (number - start.earliest.weekday()) % 7
        return relative(period(start.earliest + timedelta(days=days), "day"), open_value)
    match g.get("which"), g.get("week"):
        case _, str(week):
            monday = period(shift(ctx.day, WHICH[week], "week"), "week").first
            day = monday + timedelta(days=number)
        case "last" | "this past", _:
            day = ctx.day - timedelta(days=back or 7)
        case "next" | "coming" | "upcoming" | "this coming", _:
            day = ctx.day + timedelta(days=7 - back)
        case "this", _:
            day = period(ctx.day, "week").first + timedelta(days=number)
        case _ if (ctx.tense in ("future", "plan") or "ahead" in g or ctx.here) and back:
            day = ctx.day + timedelta(days=7 - back)
        case _:
            day = ctx.day - timedelta(days=back)
    return with_part(relative(period(day, "day"), open_value), g.get("partofday"))


def _told_weekday(number: int, step: int, told: Reading | None) -> Reading:
    """Read the previous Friday: the one before or after the last day told."""
    if told is None or step and unit_of(told) != "day":
        return Reading("DATE", f"XXXX-WXX-{number + 1}", None, None, "told")
    back = (told.earliest.weekday() - number) % 7
    days = -(back or 7) if step < 0 else (7 - back if step > 0 else -back)
    return relative(period(told.earliest + timedelta(days=days), "day"), to="told")


def day_of_month(g: Groups, ctx: Context) -> Reading:
    """Read "the 18th": the nearest month's; and Friday the 13th, which need not be near."""
    day = day_number(g["day"])
    months_ = [period(shift(ctx.day, n, "month"), "month") for n in (range(-6, 7) if "weekday" in g else (-1, 0, 1))]
    found = [one.first.replace(day=day) for one in months_ if day <= one.last.day]
    if "weekday" in g:
        found = [one for one in found if one.weekday() == weekday_number(g["weekday"])]
    if not found:
        return Reading("DATE", f"XXXX-XX-{day:02}")
    return relative(period(min(found, key=lambda one: abs(one - ctx.day)), "day"), f"XXXX-XX-{day:02}")


def part_of_day(g: Groups, ctx: Context) -> Reading:
    """Read this morning, last night, overnight, and the morning of the last day told."""
    if "which" in g:
        day = ctx.day - timedelta(days=g["which"] in ("last", "over"))
    elif tells(ctx, "day"):
        return with_part(replace(ctx.told, relative_to="told", open="XXXX-XX-XX"), g["partofday"])
    else:
        day = ctx.day
    return with_part(relative(period(day, "day")), g["partofday"])


def part_of_date(g: Groups, ctx: Context) -> Reading:
    """Read the night of October 5."""
    return with_part(dated(g, ctx), g["partofday"])


def unit_of_date(g: Groups, ctx: Context) -> Reading:
    """Read the week of October 5: the week that the day lies in."""
    day = dated(g, ctx)
    return replace(relative(period(day.earliest, g["unit"])), relative_to=day.relative_to)


def which_unit(g: Groups, ctx: Context) -> Reading:
    """Read this week, last month, next year; with "the" (the month) the current one."""
    unit, step = g["unit"], WHICH.get(g.get("which"), 0)
    if unit == "week" and g.get("which") == "this past" and ctx.day.weekday() >= _FRIDAY:
        step = 0  # the week that is ending
    return relative(period(shift(ctx.day, step, unit), unit))


def unit_end(g: Groups, ctx: Context) -> Reading:
    return narrow(relative(period(ctx.day, g["unit"])), "end")


def weekend(g: Groups, ctx: Context) -> Reading:
    """Read the weekend: the nearest, on the side of the tense."""
    here = period(ctx.day, "weekend")
    before = period(shift(ctx.day, -1, "week"), "weekend")
    ago, ahead = (ctx.day - before.last).days, (here.first - ctx.day).days
    past = "ahead" not in g and (ctx.tense == "past" or (ctx.tense in (None, "ahead") and ago < ahead))
    return relative(before if past and ahead > 0 else here)


def which_weekend(g: Groups, ctx: Context) -> Reading:
    return relative(period(shift(ctx.day, WHICH[g["which"]], "week"), "weekend"))


def ago(g: Groups, ctx: Context) -> Reading:
    """Read "18 months ago": as exact as the unit is, and looser where the words are (over, about)."""
    count = number(g["number"])
    sign = -1 if g.get("direction", "ago") == "ago" else 1
    vague = PAST(g, ctx) if sign < 0 else FUTURE(g, ctx)
    if count is None or g["unit"] in CLOCK_UNITS and count > 10**6:
        return vague
    if g["unit"] in CLOCK_UNITS:
        days = -(-count // {"hour": 24, "minute": 1440, "second": 86400}[g["unit"]])
        first, last = sorted((ctx.day, ctx.day + timedelta(days=int(sign * days))))
        return Reading("TIME", vague.value, first, last, "publication")
    return counted(ctx.day, sign, count, g) or vague


def counted_from_day(g: Groups, ctx: Context) -> Reading | None:
    """Read "a week from tomorrow", "a week ago Friday"."""
    start, count = (named_day if "named" in g else weekday)(g, ctx), number(g["number"])
    if count is None or g["unit"] in CLOCK_UNITS:
        return None
    sign = -1 if g["direction"] == "ago" else 1
    if sign > 0 and "weekday" in g and start.earliest < ctx.day:  # a week from Friday: from the next
        start = replace(start, earliest=start.earliest + timedelta(days=7))
    return relative(period(shift(start.earliest, sign * count, g["unit"]), "day"))


def half_ago(g: Groups, ctx: Context) -> Reading:
    """Read "half a year ago": in the next smaller unit."""
    count, unit = {"decade": (5, "year"), "century": (50, "year"), "year": (6, "month"), "month": (2, "week"),
                   "week": (3, "day"), "day": (12, "hour")}.get(g["unit"], (1, "hour"))
    return ago(g | {"number": str(count), "unit": unit}, ctx)


def quarter_century_ago(g: Groups, ctx: Context) -> Reading:
    return ago(g | {"number": "25", "unit": "year"}, ctx)


def counted(day: date, sign: int, count: float, g: Groups) -> Reading | None:
    unit = g["unit"]
    try:
        middle = shift(day, sign * count, unit)
        words = g.get("about", "")
        more, less = next((loose for word, loose in _LOOSE.items() if word in words), (0, 0))
        far, near = shift(day, sign * (count + more), unit), shift(day, sign * max(count - less, 0), unit)
        coarse = {"weekend": "week", "fortnight": "week", "night": "day", "decade": "year", "century": "year"}
        grain = coarse.get(unit, unit)
        bounds = [period(one, grain) for one in (middle, far, near)]
        if unit in ("decade", "century"):  # a round number: off by half the unit
            half = {"decade": 5, "century": 50}[unit]
            bounds += [period(shift(one.first, n, "year"), "year") for one in bounds[1:] for n in (-half, half)]
    except (ValueError, OverflowError):  # before the year 1
        return None
    found = relative(bounds[0])
    return replace(found, earliest=min(one.first for one in bounds), latest=max(one.last for one in bounds))


def clock(g: Groups, ctx: Context) -> Reading | None:
    """Read a time of the clock on the day of publication; a day beside it replaces that day."""
    name = g.get("clockname")
    hour = {"midnight": 24, "noon": 12, "midday": 12}[name] if name else int(number(g.get("hour") or g["hourname"]))
    minute = int(g.get("minute", 0))
    part = "tonight" if "tonight" in g else g.get("partofday", "")
    half = g.get("half") or ("a" if "morning" in part else "p" if part else "")
    if half.startswith("p") and hour < 12:
        hour += 12
    elif half.startswith("a") and hour == 12:
        hour = 0
    if hour > 24 or minute > 59:
        return None
    reading = relative(period(ctx.day, "day"))
    stamp = f"T{hour:02}:{minute:02}"
    return replace(reading, type="TIME", value=reading.value + stamp, open=reading.open + stamp)
