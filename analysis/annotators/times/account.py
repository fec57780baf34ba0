"""What an expression is resolved against: publication in news, the last date told where a text tells a history."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from . import resolve
from .finding import Expression, Match
from .readings import Context, Reading, cut, merge, narrow

Published = tuple[date, date]
# Stands in where publication is unknown; the values then show X for all that depends on it.
_SOME_DAY = date(2000, 6, 15)
# What names its date, what hangs on the day of writing, and what cannot be counted from a month or a year.
_NAMING = (resolve.full_date, resolve.numeric_date, resolve.month_year, resolve.year, resolve.before_christ)
_OF_WRITING = (resolve.ago, resolve.half_ago, resolve.named_day)
_HANGING = (resolve.named_day, resolve.weekday, resolve.which_weekend, resolve.ago)
_HANGING_IF_SAID = (resolve.part_of_day, resolve.which_unit, resolve.weekend)  # last night; but not: the night
_OF_A_DAY = (resolve.weekday, resolve.part_of_day, resolve.clock)
_QUOTED = re.compile("[“\"][^“”\"\n]{1,1000}[”\"]")
# A history has so many dates longer past than this, and so many more for each word that hangs on the day of writing;
# an article of news may well recall five years.
_LONG_PAST = 365  # days
_PAST_OF_HISTORY = 7
_PAST_PER_HANGING = 5
_FINAL_LEAP = 5 * 365  # days


class Account:
    """What has been told so far, and what the next expression is resolved against.

    Parameters
    ----------
    published : first and last day on which the text can have been published; None where unknown.
    found : the expressions of the text, in its order.
    narrative : whether the text tells a history.
    """

    def __init__(self, published: Published | None, found: Iterable[Expression], narrative: bool) -> None:
        self.published = published
        self.told: Reading | None = None  # the last date told
        self._ahead = deque(_names(found)) if narrative else deque()  # dates still to come that name themselves
        self._here = self._ahead[0] if self._ahead else None  # when a history is, asides apart

    def resolve(self, expression: Expression, tense: str | None) -> tuple[Reading | None, str | None]:
        """Return what an expression means, and what it was resolved against."""
        of_writing = self._here is None or expression[0].rule.read in _OF_WRITING
        reading, anchor = (self._against_publication if of_writing else self._against_history)(expression, tense)
        if reading is None:
            return None, None
        if reading.relative_to == "told" and self.told is not None:
            reading, anchor = replace(reading, bc=self.told.bc), _days(self.told)
        self._go_on(expression, reading)
        return reading, anchor

    def _against_publication(self, expression: Expression, tense: str | None) -> tuple[Reading | None, str | None]:
        early, late = self.published or (_SOME_DAY, _SOME_DAY)
        readings = [_read(expression, Context(day, self.told, tense)) for day in dict.fromkeys((early, late))]
        if None in readings:
            return None, None
        # At the ends of the calendar an expression can be resolved against one end of the interval only.
        reading = next((one for one in readings if one.relative_to is None), readings[0])
        if reading.relative_to != "publication":
            return reading, None
        if self.published is None:
            return replace(reading, value=reading.open or reading.value, earliest=None, latest=None), None
        return merge(readings[0], readings[-1]), _interval(early, late)

    def _against_history(self, expression: Expression, tense: str | None) -> tuple[Reading | None, str | None]:
        here = self._here
        reading = _read(expression, Context(here.earliest, self.told or here, tense, here))
        if reading is None or reading.relative_to != "publication":
            return reading, None
        if expression[0].rule.read in _OF_A_DAY and len(expression) == 1 and here.earliest < here.latest:
            return replace(reading, value=reading.open, earliest=None, latest=None), None
        return replace(reading, relative_to="history", bc=here.bc), _days(here)

    def _go_on(self, expression: Expression, reading: Reading) -> None:
        """Take note of a date told.

        Going back from the last date told (a year earlier, the 1988 period) is a comparison, and so is the end of a
        business year: the account goes on where it was. In a history, so is a date after which the text returns there.
        """
        if self._ahead and reading == self._ahead[0]:
            self._ahead.popleft()
            self.told = reading
            if not self._is_aside(reading):
                self._here = reading
            return
        if expression[0].rule.read is resolve.months_reported and self._here is None:
            self.told = None  # what nine months are compared with is a year, not the quarter told before
        yardstick = "ended" in expression[0].groups or expression[0].rule.read is resolve.same_in_year
        if reading.type != "DATE" or reading.earliest is None or yardstick:
            return
        if self._here is not None and reading.relative_to == "publication":
            return
        if reading.relative_to != "told" or self.told is None or reading.earliest >= self.told.earliest:
            in_aside = reading.relative_to == "told" and self.told is not self._here
            self.told = reading
            if self._here is not None and not in_aside:
                self._here = reading

    def _is_aside(self, reading: Reading) -> bool:
        """Tell whether a history leaves its time for this date only.

        It does if the next date that names itself is nearer to where it was; or if it ends with a leap of years.
        """
        before, aside = self._here.earliest, reading.earliest
        if not self._ahead:
            return abs((aside - before).days) > _FINAL_LEAP
        after = self._ahead[0].earliest
        return abs(after - before) < abs(after - aside)


def is_narrative(text: str, found: list[tuple[int, Expression]], published: Published | None) -> bool:
    """Tell whether a text is a history by its dates: named in full, long past, and hardly one that hangs on today.

    News names its days by today, Monday or last week even where it recalls many years. A text is taken for a
    history if it has seven dates long past, and five more for each word of the former kind outside quotations.

    Parameters
    ----------
    found : the expressions of the text, each with the character that its offsets count from.
    """
    today = published[0] if published else date.max
    quoted = [quotation.span() for quotation in _QUOTED.finditer(text)]
    ends = [end for _, end in quoted]
    hanging = 0
    for start, expression in found:
        if _hangs(expression[0]):
            place = bisect_right(ends, start + expression[0].start)
            hanging += place == len(quoted) or start + expression[0].start < quoted[place][0]
    past = sum(one.bc or (today - one.latest).days > _LONG_PAST for one in _names(found for _, found in found))
    return past >= _PAST_OF_HISTORY + _PAST_PER_HANGING * hanging


def _hangs(match: Match) -> bool:
    """Tell whether an expression hangs on the day of writing."""
    return match.rule.read in _HANGING or match.rule.read in _HANGING_IF_SAID and "which" in match.groups


def _names(found: Iterable[Expression]) -> Iterator[Reading]:
    """Yield what expressions mean that hang on no other day: 5 July 2019, 1989."""
    for expression in found:
        reading = _read(expression, Context(_SOME_DAY)) if expression[0].rule.read in _NAMING else None
        if reading is not None and reading.relative_to is None and reading.earliest is not None:
            yield reading


def _read(expression: Expression, ctx: Context) -> Reading | None:
    readings = [_read_one(match, ctx) for match in expression]
    if len(readings) == 1 or None in readings:
        return readings[0]
    day, clock = sorted(readings, key=lambda one: one.type)
    stamp = clock.value[clock.value.index("T"):]
    return replace(day, type="TIME", value=day.value + stamp, open=day.open and day.open + stamp)


def _read_one(match: Match, ctx: Context) -> Reading | None:
    try:
        reading = match.rule.read(match.groups, ctx)
        if reading is not None and "part" in match.groups:
            reading = narrow(reading, match.groups["part"])
        if reading is not None and "side" in match.groups:
            reading = cut(reading, match.groups["side"], ctx.day)
    except (ValueError, OverflowError):  # a day that the calendar does not have: 30 February, the year 0
        return None
    return reading


def _days(reading: Reading) -> str:
    return reading.timex if reading.bc else _interval(reading.earliest, reading.latest)


def _interval(first: date, last: date) -> str:
    return first.isoformat() if first == last else f"{first}/{last}"
