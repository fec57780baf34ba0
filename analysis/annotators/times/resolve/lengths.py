"""Durations and sets: three weeks, every Monday."""

from __future__ import annotations

from dataclasses import replace

from ....numbers import number, singular, weekday_number
from ..periods import length
from ..readings import Context, Groups, Reading
from .words import with_part


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
    return replace(with_part(Reading("SET", "XXXX-XX-XX"), g["partofday"]), type="SET")


def rhythm(g: Groups, ctx: Context) -> Reading:
    """Read daily, weekly: as "every day" is read."""
    unit = {"dai": "day", "annual": "year"}.get(stem := g["rhythm"].removesuffix("ly"), stem)
    return Reading("SET", "XXXX-XX-XXTNI" if unit == "night" else length(1, unit))


def weekdays(g: Groups, ctx: Context) -> Reading:
    reading = Reading("SET", f"XXXX-WXX-{weekday_number(g['weekday']) + 1}")
    return replace(with_part(reading, g.get("partofday")), type="SET")
