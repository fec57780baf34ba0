"""Days that the calendar of a year fixes: feasts, and the first Monday of a month."""

from __future__ import annotations

import re
from datetime import date, timedelta

from dateutil.easter import easter

from ....numbers import month_number, weekday_number, year_number
from ..periods import Period, period
from ..readings import Context, Groups, Reading, absolute, nearest, relative, yearless
from .named import nearest_day
from .words import LAST, WHICH, ordinal

# Those of the United States that fall on a weekday of a month: (month, weekday, which one; -1 the last).
_MOVING = {"martin": (1, 0, 3), "presidents": (2, 0, 3), "memorial": (5, 0, -1), "labor": (9, 0, 1),
           "columbus": (10, 0, 2), "thanksgiving": (11, 3, 4), "mother": (5, 6, 2), "father": (6, 6, 3)}
# Those of the Gregorian calendar, in days from Easter.
_AROUND_EASTER = {"easter": 0, "easter sunday": 0, "easter monday": 1, "good friday": -2, "palm sunday": -7,
                  "ash wednesday": -46}
_AFTER_THANKSGIVING = {"black friday": 1, "cyber monday": 4}
_FIXED = {
    "christmas eve": (12, 24), "christmas(?: day)?": (12, 25), "boxing day": (12, 26), "new year's eve": (12, 31),
    "new year's(?: day)?": (1, 1), "valentine'?s day": (2, 14), "halloween": (10, 31), "armistice day": (11, 11),
    "veterans day": (11, 11), "may day": (5, 1), "(?:the )?fourth of july": (7, 4), "bastille day": (7, 14),
    "st\\.? patrick's day": (3, 17), "inauguration day": (1, 20), "earth day": (4, 22), "april fools?'s? day": (4, 1),
    "international women's day": (3, 8), "world aids day": (12, 1), "remembrance day": (11, 11), "juneteenth": (6, 19),
    "canada day": (7, 1), "australia day": (1, 26), "groundhog day": (2, 2),
}


def holiday(g: Groups, ctx: Context) -> Reading:
    """Read a feast with a date that all keep; a named year, else the nearest."""
    name = re.sub(r"['’]", "'", g["holiday"])
    if "year" in g:
        return absolute(_feast(name, year_number(g["year"])))
    if "which" in g:
        n = WHICH[g["which"]]
        found = [_feast(name, ctx.day.year + k) for k in (-1, 0, 1)]
        kept = [one for one in found if (one.first < ctx.day if n < 0 else one.first > ctx.day if n else
                                         one.first.year == ctx.day.year)]
        return yearless(min(kept, key=lambda one: abs(one.first - ctx.day)))
    return nearest_day(ctx, lambda year: _feast(name, year), ctx.tense or ("ahead" if name == "election day" else None))


def _feast(name: str, year: int) -> Period:
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
    month, day = next(when for words, when in _FIXED.items() if re.fullmatch(words, name))
    return period(date(year, month, day), "day")


def weekday_of_month(g: Groups, ctx: Context) -> Reading:
    """Read the first Monday of May: in a named year, else the nearest on the side of the tense."""
    month_, day_, words = month_number(g["month"]), weekday_number(g["weekday"]), g["ordinal"]
    which = -1 if words in LAST else ordinal(words)

    def make(year: int) -> Period:
        return period(_weekday_of(year, month_, day_, which), "day")

    return absolute(make(year_number(g["year"]))) if "year" in g else relative(
        period(nearest(ctx, make, tense=ctx.tense).earliest, "day"), f"XXXX-{month_:02}-WXX-{day_ + 1}")


def _weekday_of(year: int, month: int, weekday: int, which: int) -> date:
    """Return the first, second ... or (-1) the last Monday, Tuesday ... of a month."""
    whole = period(date(year, month, 1), "month")
    if which < 0:
        return whole.last - timedelta(days=(whole.last.weekday() - weekday) % 7)
    return whole.first + timedelta(days=(weekday - whole.first.weekday()) % 7 + 7 * (which - 1))
