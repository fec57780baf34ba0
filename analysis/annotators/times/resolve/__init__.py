"""What the words of a temporal expression mean, given the day on which they were published.

references  the past, now, the future; no time at all
named       dates that name themselves, with their year or without it
feasts      feasts, and the first Monday of a month
published   dates that hang on the day of publication, times of the clock
told        dates that hang on the last date told
lengths     durations and sets
words       what several of them need

A reader takes the named groups of a rule's pattern (lower case, absent ones left out) and a
`Context`, and returns a `Reading`, or None where the words are no temporal expression. A date that
the calendar does not have (30 February, the year 0) raises ValueError or OverflowError; the caller
takes that for None.
"""

from .feasts import holiday, weekday_of_month
from .lengths import (
    compound, duration, each_part_of_day, every, long, months_reported, rhythm, unit_and_half, vague_duration,
    weekdays)
from .named import (
    before_christ, century, decade, fiscal_year, full_date, month, month_day, month_year, numeric_date, quarter,
    quarter_ended, season_of, second_year, september_11, spoken_day, year)
from .published import (
    ago, clock, counted_from_day, day_of_month, half_ago, named_day, part_of_date, part_of_day, quarter_century_ago,
    unit_end, unit_of_date, weekday, weekend, which_unit, which_weekend)
from .references import FUTURE, PAST, PRESENT, fixed, nothing, soon
from .told import (
    compared_year, day_of_told_month, latest_quarter, month_of_told_year, same_in_year, shifted, shifted_vaguely,
    shifted_year, then, told_day, told_month, told_part_of_day, told_season, told_unit)
