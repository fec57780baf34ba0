"""What several readers need: small words as steps, ranks and parts of a day, and what unit was last told."""

from __future__ import annotations

import re
from dataclasses import replace

from ....numbers import ORDINALS
from ..readings import Context, Reading

# Which one: steps from the present one, or from the one last told.
WHICH = {"this": 0, "current": 0, "this past": -1, "this coming": 1, "last": -1, "past": -1,
         "previous": -1, "preceding": -1, "prior": -1, "before": -1, "earlier": -1, "after": 1, "later": 1,
         "same": 0, "that": 0, "that same": 0, "next": 1, "coming": 1, "upcoming": 1, "following": 1,
         "before last": -2, "after next": 2}
LAST = ("last", "latter", "final")
PARTS_OF_DAY = {"morning": "MO", "afternoon": "AF", "evening": "EV", "night": "NI"}
_TIMEX_UNITS = {r"\d{4}-\d\d-\d\d": "day", r"\d{4}-W\d\d": "week", r"\d{4}-\d\d": "month", r"\d{4}-Q\d": "quarter",
                r"\d{4}-H\d": "half", r"\d{4}": "year"}


def day_number(words: str) -> int:
    return int(re.match(r"\d+", words).group())


def ordinal(words: str) -> int:
    return ORDINALS.get(words) or day_number(words)


def with_part(reading: Reading, part: str | None) -> Reading:
    """Turn a day into a part of it: Friday night."""
    if part is None:
        return reading
    letters = next(letters for word, letters in PARTS_OF_DAY.items() if word in part)
    return replace(reading, type="TIME", value=f"{reading.value}T{letters}", open=f"{reading.open}T{letters}")


def unit_of(reading: Reading) -> str | None:
    return next((unit for shape, unit in _TIMEX_UNITS.items() if re.fullmatch(shape, reading.value)), None)


def tells(ctx: Context, *units: str) -> bool:
    """Tell whether the last date told is a whole unit of these."""
    return ctx.told is not None and unit_of(ctx.told) in units
