"""What the words of a temporal expression mean, given the day on which they were published.

A reader takes the named groups of a rule's pattern (lower case, absent ones left out) and a
`Context`, and returns a `Reading`, or None where the words are no temporal expression. A date that
the calendar does not have (30 February, the year 0) raises ValueError or OverflowError; the caller
takes that for None.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from dateutil.easter import easter

from ..numbers import NUMBERS, ORDINALS, month_number, number, singular, weekday_number, year_number
from .periods import CLOCK_UNITS, SEASONS, Period, length, months, period, season, shift
from .readings import (BEFORE_CHRIST, Context, Groups, Reader, Reading, absolute, blank, merge, narrow, nearest,
                       relative, yearless)

WHICH = {"this": 0, "current": 0, "this past": -1, "this coming": 1, "last": -1, "past": -1,
         "previous": -1, "preceding": -1, "prior": -1, "before": -1, "earlier": -1, "after": 1, "later": 1,
         "same": 0, "that": 0, "that same": 0, "next": 1, "coming": 1, "upcoming": 1, "following": 1,
         "before last": -2, "after next": 2}
# So near a day, its verb's tense is no guide to the year: what has been set for July 5 lies ahead.
_NEAR = timedelta(days=120)
_ATTACKS = date(2001, 9, 11)
_FRIDAY = 4
_LAST = ("last", "latter", "final")
PARTS_OF_DAY = {"morning": "MO", "afternoon": "AF", "evening": "EV", "night": "NI"}
_TIMEX_UNITS = {r"\d{4}-\d\d-\d\d": "day", r"\d{4}-W\d\d": "week", r"\d{4}-\d\d": "month", r"\d{4}-Q\d": "quarter",
                r"\d{4}-H\d": "half", r"\d{4}": "year"}
# How loosely people count: "over three months" is less than four, "nearly three" more than two.
_LOOSE = {"over": (1, 0), "more": (1, 0), "least": (1, 0), "under": (0, 1), "less": (0, 1), "fewer": (0, 1),
          "nearly": (0, 1), "almost": (0, 1), "up": (0, 1), "most": (0, 1), "barely": (0, 1), "about": (1, 1),
          "around": (1, 1), "roughly": (1, 1), "approximately": (1, 1), "some": (1, 1)}


def fixed(kind: str, value: str) -> Reader:
    """Return a reader for words that always mean the same."""
    return lambda groups, ctx: Reading(kind, value)


PRESENT, PAST, FUTURE = (fixed("DATE", f"{when}_REF") for when in ("PRESENT", "PAST", "FUTURE"))


def soon(groups: Groups, ctx: Context) -> Reading | None:
    """Read "soon": ahead of the writer, but not beside a verb in the past (he soon left)."""
    return None if ctx.tense == "past" else FUTURE(groups, ctx)


def nothing(groups: Groups, ctx: Context) -> None:
    """Read a false friend: it takes its words away from the other rules."""


# -- dates that name themselves ----------------------------------------------------------------------------------


def full_date(g: Groups, ctx: Context) -> Reading:
    month = int(g["monthno"]) if "monthno" in g else month_number(g["month"])
    return absolute(period(date(year_number(g["year"]), month, _day_number(g["day"])), "day"))


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


def _day_number(words: str) -> int:
    return int(re.match(r"\d+", words).group())


def _ordinal(words: str) -> int:
    return ORDINALS.get(words) or _day_number(words)


def _dated(g: Groups, ctx: Context) -> Reading:
    """Read October 5, with or without a year."""
    return (full_date if "year" in g else month_day)(g, ctx)


def month_day(g: Groups, ctx: Context) -> Reading:
    """Read October 5: the nearest, but where that is months away, the one on the side of the tense."""
    month, day = month_number(g["month"]), _day_number(g["day"])

    def make(year: int) -> Period:
        return period(date(year, month, day), "day")

    if "ended" in g:
        return nearest(ctx, make, tense="past")
    found = nearest(ctx, make)
    return found if abs(found.earliest - ctx.day) < _NEAR else nearest(ctx, make, tense=ctx.tense)


def day_of_month(g: Groups, ctx: Context) -> Reading:
    """Read "the 18th": the nearest month's; and Friday the 13th, which need not be near."""
    day = _day_number(g["day"])
    months_ = [period(shift(ctx.day, n, "month"), "month") for n in (range(-6, 7) if "weekday" in g else (-1, 0, 1))]
    found = [one.first.replace(day=day) for one in months_ if day <= one.last.day]
    if "weekday" in g:
        found = [one for one in found if one.weekday() == weekday_number(g["weekday"])]
    if not found:
        return Reading("DATE", f"XXXX-XX-{day:02}")
    return relative(period(min(found, key=lambda one: abs(one - ctx.day)), "day"), f"XXXX-XX-{day:02}")


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
    count = _ordinal(words)
    if "era" in g:
        return Reading("DATE", f"BC{count - 1:02}")
    return absolute(period(date(100 * count, 1, 1), "century"))


def quarter(g: Groups, ctx: Context) -> Reading:
    """Read the third quarter, Q3, the second half: of a year that is named, relative, or else the nearest."""
    words = g["ordinal"]
    size = 6 if g.get("half") else 3
    count = 12 // size if words in _LAST else _ordinal(words)
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


def latest_quarter(g: Groups, ctx: Context) -> Reading:
    """Read the latest quarter: the one just told, else the last that is over."""
    if _tells(ctx, "quarter"):
        return replace(ctx.told, relative_to="told")
    return relative(period(shift(ctx.day, -1, "quarter"), "quarter"))


def quarter_ended(g: Groups, ctx: Context) -> Reading:
    """Read the quarter ended July 31: the one that most of these three months lie in."""
    last = nearest(ctx, lambda year: period(date(year, month_number(g["month"]), 1), "month"), tense="past")
    return relative(period(shift(last.earliest, -1, "month"), "quarter"))


def unit_end(g: Groups, ctx: Context) -> Reading:
    return narrow(relative(period(ctx.day, g["unit"])), "end")


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


def _weekday_of(year: int, month: int, weekday: int, which: int) -> date:
    """Return the first, second ... or (-1) the last Monday, Tuesday ... of a month."""
    whole = period(date(year, month, 1), "month")
    if which < 0:
        return whole.last - timedelta(days=(whole.last.weekday() - weekday) % 7)
    return whole.first + timedelta(days=(weekday - whole.first.weekday()) % 7 + 7 * (which - 1))


def holiday(g: Groups, ctx: Context) -> Reading:
    """Read a feast with a date that all keep; a named year, else the nearest."""
    name = re.sub(r"['’]", "'", g["holiday"])

    def make(year: int) -> Period:
        if name.startswith("election"):  # the Tuesday after the first Monday
            return period(_weekday_of(year, 11, 0, 1) + timedelta(days=1), "day")
        if name in _AROUND_EASTER:
            return period(easter(year) + timedelta(days=_AROUND_EASTER[name]), "day")
        if name in _AFTER_THANKSGIVING:
            thursday = _weekday_of(year, *_MOVING["thanksgiving"])
            return period(thursday + timedelta(days=_AFTER_THANKSGIVING[name]), "day")
        moving = next((when for word, when in _MOVING.items() if name.startswith(word)), None)
        if moving:
            return period(_weekday_of(year, *moving), "day")
        month_, day_ = next(when for words, when in HOLIDAYS.items() if re.fullmatch(words, name))
        return period(date(year, month_, day_), "day")

    if "year" in g:
        return absolute(make(year_number(g["year"])))
    if "which" in g:
        n = WHICH[g["which"]]
        found = [make(ctx.day.year + k) for k in (-1, 0, 1)]
        kept = [one for one in found if (one.first < ctx.day if n < 0 else one.first > ctx.day if n else
                                         one.first.year == ctx.day.year)]
        return yearless(min(kept, key=lambda one: abs(one.first - ctx.day)))
    found = nearest(ctx, make)
    if abs(found.earliest - ctx.day) < _NEAR:
        return found
    return nearest(ctx, make, tense=ctx.tense or ("ahead" if name == "election day" else None))


# Those of the Gregorian calendar, and those of the United States that fall on a weekday of a month: (month, weekday,
# which one; -1 the last).
_MOVING = {"martin": (1, 0, 3), "presidents": (2, 0, 3), "memorial": (5, 0, -1), "labor": (9, 0, 1),
           "columbus": (10, 0, 2), "thanksgiving": (11, 3, 4), "mother": (5, 6, 2), "father": (6, 6, 3)}
_AROUND_EASTER = {"easter": 0, "easter sunday": 0, "easter monday": 1, "good friday": -2, "palm sunday": -7,
                  "ash wednesday": -46}
_AFTER_THANKSGIVING = {"black friday": 1, "cyber monday": 4}
HOLIDAYS = {
    "christmas eve": (12, 24), "christmas(?: day)?": (12, 25), "boxing day": (12, 26), "new year's eve": (12, 31),
    "new year's(?: day)?": (1, 1), "valentine'?s day": (2, 14), "halloween": (10, 31), "armistice day": (11, 11),
    "veterans day": (11, 11), "may day": (5, 1), "(?:the )?fourth of july": (7, 4), "bastille day": (7, 14),
    "st\\.? patrick's day": (3, 17), "inauguration day": (1, 20), "earth day": (4, 22), "april fools?'s? day": (4, 1),
    "international women's day": (3, 8), "world aids day": (12, 1), "remembrance day": (11, 11), "juneteenth": (6, 19),
    "canada day": (7, 1), "australia day": (1, 26), "groundhog day": (2, 2),
}


# -- dates that hang on publication --------------------------------------------------------------------------------


def named_day(g: Groups, ctx: Context) -> Reading:
    days = {"day before yesterday": -2, "yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1,
            "day after tomorrow": 2}
    words = g["named"].removeprefix("the ")
    return _with_part(relative(period(ctx.day + timedelta(days=days[words]), "day")),
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
    return _with_part(relative(period(day, "day"), open_value), g.get("partofday"))


def weekday_of_month(g: Groups, ctx: Context) -> Reading:
    """Read the first Monday of May: in a named year, else the nearest on the side of the tense."""
    month_, day_, words = month_number(g["month"]), weekday_number(g["weekday"]), g["ordinal"]
    which = -1 if words in _LAST else _ordinal(words)

    def make(year: int) -> Period:
        return period(_weekday_of(year, month_, day_, which), "day")

    return absolute(make(year_number(g["year"]))) if "year" in g else relative(
        period(nearest(ctx, make, tense=ctx.tense).earliest, "day"), f"XXXX-{month_:02}-WXX-{day_ + 1}")


def _told_weekday(number: int, step: int, told: Reading | None) -> Reading:
    """Read the previous Friday: the one before or after the last day told."""
    if told is None or step and _unit_of(told) != "day":
        return Reading("DATE", f"XXXX-WXX-{number + 1}", None, None, "told")
    back = (told.earliest.weekday() - number) % 7
    days = -(back or 7) if step < 0 else (7 - back if step > 0 else -back)
    return relative(period(told.earliest + timedelta(days=days), "day"), to="told")


def _with_part(reading: Reading, part: str | None) -> Reading:
    """Turn a day into a part of it: Friday night."""
    if part is None:
        return reading
    letters = next(letters for word, letters in PARTS_OF_DAY.items() if word in part)
    return replace(reading, type="TIME", value=f"{reading.value}T{letters}", open=f"{reading.open}T{letters}")


def part_of_day(g: Groups, ctx: Context) -> Reading:
    """Read this morning, last night, overnight, and the morning of the last day told."""
    if "which" in g:
        day = ctx.day - timedelta(days=g["which"] in ("last", "over"))
    elif _tells(ctx, "day"):
        return _with_part(replace(ctx.told, relative_to="told", open="XXXX-XX-XX"), g["partofday"])
    else:
        day = ctx.day
    return _with_part(relative(period(day, "day")), g["partofday"])


def told_part_of_day(g: Groups, ctx: Context) -> Reading:
    """Read that morning, the next morning, the night before: of the last day told, else of an unknown one."""
    if not _tells(ctx, "day"):
        return replace(_with_part(Reading("DATE", "XXXX-XX-XX", None, None, "told"), g["partofday"]), open="")
    words = g["told"].removeprefix("the ")
    step = {"before": -1, "after": 1}.get(words) or WHICH.get(words, 0)
    return _with_part(relative(period(ctx.told.earliest + timedelta(days=step), "day"), to="told"), g["partofday"])


def part_of_date(g: Groups, ctx: Context) -> Reading:
    """Read the night of October 5."""
    return _with_part(_dated(g, ctx), g["partofday"])


def then(g: Groups, ctx: Context) -> Reading:
    """Read the "then" of "since then": the last date told."""
    return replace(ctx.told, relative_to="told") if ctx.told is not None else PAST(g, ctx)


def told_day(g: Groups, ctx: Context) -> Reading:
    """Read "later in the day": the last day told, else the day of publication."""
    return replace(ctx.told, relative_to="told") if _tells(ctx, "day") else relative(period(ctx.day, "day"))


def unit_of_date(g: Groups, ctx: Context) -> Reading:
    """Read the week of October 5: the week that the day lies in."""
    day = _dated(g, ctx)
    return replace(relative(period(day.earliest, g["unit"])), relative_to=day.relative_to)


def which_unit(g: Groups, ctx: Context) -> Reading:
    """Read this week, last month, next year; with "the" (the month) the current one."""
    unit, step = g["unit"], WHICH.get(g.get("which"), 0)
    if unit == "week" and g.get("which") == "this past" and ctx.day.weekday() >= _FRIDAY:
        step = 0  # the week that is ending
    return relative(period(shift(ctx.day, step, unit), unit))


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
    return _counted(ctx.day, sign, count, g) or vague


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


def _counted(day: date, sign: int, count: float, g: Groups) -> Reading | None:
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


# -- dates that hang on the last date told ---------------------------------------------------------------------------


def _unit_of(reading: Reading) -> str | None:
    return next((unit for shape, unit in _TIMEX_UNITS.items() if re.fullmatch(shape, reading.value)), None)


def _tells(ctx: Context, *units: str) -> bool:
    """Tell whether the last date told is a whole unit of these."""
    return ctx.told is not None and _unit_of(ctx.told) in units


def _middle(told: Reading) -> date:
    """Return a day of the period that was told, though its bounds be wider (fiscal) or narrower (late) than that."""
    return told.earliest + (told.latest - told.earliest) // 2


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
    day = _day_number(g["day"])
    if not _tells(ctx, "day", "month"):
        return Reading("DATE", f"XXXX-XX-{day:02}", None, None, "told")
    return relative(period(ctx.told.earliest.replace(day=day), "day"), to="told")


def told_season(g: Groups, ctx: Context) -> Reading:
    """Read "that summer", "the spring of the following year": the year of the last date told, or the one beside it."""
    year = _told_year(g, ctx)
    if year is None:
        return Reading("DATE", f"XXXX-{SEASONS[g['season']][0]}", None, None, "told")
    return relative(season(year, g["season"]), to="told")


def shifted(g: Groups, ctx: Context) -> Reading:
    """Read "a year earlier", "two days later": counted from the last date told, in its own unit if that is finer."""
    count = number(g.get("number", "a"))
    sign = -1 if g["direction"] in ("earlier", "before", "ago", "previously") else 1
    if count is None or g["unit"] in CLOCK_UNITS:
        # What came a few days later is past by now: only how much later is said.
        return Reading("DATE", "PAST_REF") if sign < 0 else Reading("DURATION", length(count, g["unit"]))
    if ctx.told is None and sign < 0:
        return _counted(ctx.day, sign, count, g)
    if ctx.told is None:
        open_value = blank(period(ctx.day, g["unit"]).value)
        return Reading("DATE", open_value, None, None, "told", open_value)
    unit = _unit_of(ctx.told)
    if g["unit"] == "year" and unit in ("day", "month", "quarter", "half") \
            and (unit != "day" or ctx.here is not None or ctx.told.relative_to != "publication"):
        found = relative(period(shift(_middle(ctx.told), sign * count, "year"), unit), to="told")
        bounds = [shift(day, sign * count, "year") for day in (ctx.told.earliest, ctx.told.latest)]
        return replace(found, earliest=bounds[0], latest=bounds[1]) if unit == "quarter" else found
    early, late = (_counted(day, sign, count, g) for day in (ctx.told.earliest, ctx.told.latest))
    if early and late and early.value != late.value and sign < 0 and ctx.here is None:
        return _counted(ctx.day, sign, count, g)  # "a month earlier" is not counted from a year
    return replace(merge(early, late), relative_to="told") if early and late else None


def compared_year(g: Groups, ctx: Context) -> Reading:
    """Read "a year earlier", "the year-ago results" where they are a yardstick for the news.

    What is compared is the month, quarter or half that the account is of, and else the present year; not
    a day of trading, nor last year, which was such a yardstick itself.
    """
    told = ctx.told
    if told is None or _unit_of(told) == "day" and told.relative_to == "publication":
        return relative(period(shift(ctx.day, -1, "year"), "year"))
    if _unit_of(told) == "year" and told.relative_to == "publication" and told.latest < ctx.day:
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
    return _as(period(shift(_middle(told), -1, "year"), _unit_of(told)), told, ctx)


def _as(found: Period, told: Reading, ctx: Context) -> Reading:
    """Make a reading that hangs on what another was counted from."""
    return relative(found, to="told" if told is ctx.told else "publication")


def _under_report(g: Groups, ctx: Context) -> Reading | None:
    """Return the period that "the same period" has in mind: the one told, or the last quarter that is over."""
    units = (g["unit"],) if g["unit"] in ("month", "quarter", "half") else ("month", "quarter", "half")
    if _tells(ctx, *units):
        return ctx.told
    return relative(period(shift(ctx.day, -1, "quarter"), "quarter")) if g["unit"] == "quarter" else None


def same_in_year(g: Groups, ctx: Context) -> Reading:
    """Read the same month of 2019, the 2019 quarter: the period told, in another year."""
    year, told = year_number(g["year"]), _under_report(g, ctx)
    if told is None:
        return absolute(period(date(year, 1, 1), "year"))
    return _as(period(_middle(told).replace(year=year, day=1), _unit_of(told)), told, ctx)


# -- times of the clock ----------------------------------------------------------------------------------------------


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


# -- durations and sets ----------------------------------------------------------------------------------------------


def duration(g: Groups, ctx: Context) -> Reading:
    return Reading("DURATION", length(number(g.get("number", "a")), g["unit"]))


def long(g: Groups, ctx: Context) -> Reading:
    """Read year-long, weeklong."""
    return Reading("DURATION", length(1, g.get("unit") or g["joined"]))


def months_reported(g: Groups, ctx: Context) -> Reading:
    """Read the nine months of a business report: as any duration, but what is compared with them is a year."""
    return duration(g, ctx)


def unit_and_half(g: Groups, ctx: Context) -> Reading | None:
    count = number(g.get("number", "a"))
    return Reading("DURATION", length(count + 0.5, g["unit"])) if count is not None else None


def compound(g: Groups, ctx: Context) -> Reading | None:
    """Read "an hour and 20 minutes"."""
    count, more = number(g["number"]), number(g["more"])
    if count is None or more is None:
        return None
    return Reading("DURATION", length(count, g["unit"]) + length(more, singular(g["finer"])).lstrip("PT"))


def vague_duration(g: Groups, ctx: Context) -> Reading:
    return Reading("DURATION", length(None, g["unit"]))


def every(g: Groups, ctx: Context) -> Reading:
    count = 2 if g.get("other") else number(g.get("number", "a"))
    return Reading("SET", length(count, g["unit"]))


def each_part_of_day(g: Groups, ctx: Context) -> Reading:
    return replace(_with_part(Reading("SET", "XXXX-XX-XX"), g["partofday"]), type="SET")


def rhythm(g: Groups, ctx: Context) -> Reading:
    """Read daily, weekly: as "every day" is read."""
    unit = {"dai": "day", "annual": "year"}.get(stem := g["rhythm"].removesuffix("ly"), stem)
    return Reading("SET", "XXXX-XX-XXTNI" if unit == "night" else length(1, unit))


def weekdays(g: Groups, ctx: Context) -> Reading:
    reading = Reading("SET", f"XXXX-WXX-{weekday_number(g['weekday']) + 1}")
    return replace(_with_part(reading, g.get("partofday")), type="SET")
