"""A time axis that is broken where nothing happens."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from matplotlib.dates import date2num, num2date

from .words import measure

MOST_PANELS = 5
LONG_GAP = 0.1  # of a panel's span: a longer stretch without any date is broken out
CROWDED = 0.25  # of all dates: a panel with fewer has room enough
NARROWEST = 0.55  # inches for a panel: room for the label of a year and a half
BREAK = 0.2  # inches between panels
SHORT_SPAN = 92  # days; over more than a season, months and years are better ticks than days


@dataclass(frozen=True)
class Axis:
    """A time axis that is broken where nothing happens.

    Attributes
    ----------
    windows : first and last day of each panel, in matplotlib's days.
    widths : inches of each panel.
    dates : all days that matter, as often as they do.
    """

    windows: list[tuple[float, float]]
    widths: list[float]
    dates: list[float]

    @classmethod
    def fit(cls, spans: list[tuple[float, float]], extents: list[tuple[float, float]], inches: float) -> Axis:
        """Break the axis for spans of time; those in `extents` are shown whole only where they cost little room."""
        parts = _parts(spans)
        room = inches - BREAK * (len(parts) - 1) - NARROWEST * len(parts)
        weights = [len(part) ** 2 for part in parts]  # squared, for what is dense needs more than its share
        windows = []
        for part in parts:
            first, last = part[0], part[-1]
            little = LONG_GAP * (last - first)
            starts = [a for a, b in extents if first - little <= a < first <= b]
            ends = [b for a, b in extents if a <= last < b <= last + little]
            first, last = min(starts, default=first), max(ends, default=last)
            padding = max(0.03 * (last - first), 1.0)
            windows.append((first - padding, last + padding))
        widths = [NARROWEST + room * weight / sum(weights) for weight in weights]
        return cls(windows, widths, [day for part in parts for day in part])

    def knots(self) -> tuple[list[float], list[float]]:
        """Return the edges of the panels in days, and in inches."""
        inches, x = [], 0.0
        for width in self.widths:
            inches += [x, x + width]
            x += width + BREAK
        return [day for window in self.windows for day in window], inches

    def inches(self, days: np.ndarray | float) -> np.ndarray:
        """Map days to inches from the left; it goes on beyond both ends, as a scale must."""
        days_at, inches_at = self.knots()
        return np.interp(days, [days_at[0] - 1e6, *days_at, days_at[-1] + 1e6],
                         [inches_at[0] - 1e3, *inches_at, inches_at[-1] + 1e3])

    def days(self, inches: np.ndarray | float) -> np.ndarray:
        """Map inches to days."""
        days_at, inches_at = self.knots()
        return np.interp(inches, [inches_at[0] - 1e3, *inches_at, inches_at[-1] + 1e3],
                         [days_at[0] - 1e6, *days_at, days_at[-1] + 1e6])

    def clip(self, first: float, last: float) -> tuple[float, float]:
        """Cut a span to the panels it begins and ends in."""
        ends = [b for a, b in self.windows if a <= last]
        starts = [a for a, b in self.windows if b >= first]
        return max(first, starts[0]), min(last, ends[-1])

    def ticks(self) -> dict[float, str]:
        """Return day → label, as many as stand side by side, the fullest panel first."""
        taken: list[tuple[float, float]] = []
        found: dict[float, str] = {}
        for window, _ in sorted(zip(self.windows, self.widths), key=lambda pair: -pair[1]):
            chosen = self._calendar(window, taken) or self._days(window, taken)
            found |= chosen
            taken += [self._extent(*tick) for tick in chosen.items()]
        return dict(sorted(found.items()))

    def _extent(self, day: float, label: str) -> tuple[float, float]:
        half = max(measure(line) for line in label.split("\n")) / 2 + 0.04
        return float(self.inches(day)) - half, float(self.inches(day)) + half

    def _calendar(self, window: tuple[float, float], taken: list[tuple[float, float]]) -> dict[float, str]:
        """Tick the finest of months, quarters, years and so on whose labels fit; nothing in a short window."""
        if window[1] - window[0] <= SHORT_SPAN:
            return {}
        first, last = (num2date(day) for day in window)
        for step in (1, 3, 6, 12, 24, 60, 120, 240, 600, 1200):
            # The first month begins before the window.
            months = range(first.year * 12 + first.month, last.year * 12 + last.month)
            dates = [datetime(month // 12, month % 12 + 1, 1) for month in months if month % step == 0]
            ticks = {float(date2num(d)): f"{d.year}" if step >= 12 else f"{d:%b}\n{d.year}" for d in dates}
            extents = [self._extent(*tick) for tick in ticks.items()]
            if ticks and _apart(sorted(extents + taken)):
                return ticks
        return {}

    def _days(self, window: tuple[float, float], taken: list[tuple[float, float]]) -> dict[float, str]:
        """Tick the days on which most happens."""
        ticks: dict[float, str] = {}
        there = Counter(day for day in self.dates if window[0] <= day <= window[1])
        for day, _ in sorted(there.items(), key=lambda item: (-item[1], item[0])):
            tried = ticks | {day: f"{num2date(day).day} {num2date(day):%b}\n{num2date(day).year}"}
            if _apart(sorted([self._extent(*tick) for tick in tried.items()] + taken)):
                ticks = tried
        return ticks


def _apart(extents: list[tuple[float, float]]) -> bool:
    return all(left[1] <= right[0] for left, right in zip(extents, extents[1:]))


def _parts(spans: list[tuple[float, float]]) -> list[list[float]]:
    """Part the ends of spans of time where nothing is for long, the most crowded part first.

    Examples
    --------
    >>> _parts([(0, 0), (900, 901), (902, 902)])
    [[0, 0], [900, 901, 902, 902]]
    """
    parts = [sorted(day for span in spans for day in span)]
    crowd = CROWDED * len(parts[0])
    while len(parts) < MOST_PANELS:
        breaks = {number: place for number, part in enumerate(parts)
                  if len(part) >= crowd and (place := _longest_gap(part, spans))}
        if not breaks:
            break
        number = max(breaks, key=lambda number: len(parts[number]))
        part, place = parts[number], breaks[number]
        parts[number:number + 1] = [part[:place], part[place:]]
    return parts


def _longest_gap(part: list[float], spans: list[tuple[float, float]]) -> int | None:
    """Return where the widest gap ends, if it is long, and not filled by something that is short itself.

    A gap counts for more the more lies on both its sides: a panel for two days alone is no help.
    """
    whole = part[-1] - part[0]
    filling = [(a, b) for a, b in spans if a < b <= a + whole / 2]
    gaps = [(part[i] - part[i - 1], i) for i in range(1, len(part)) if part[i] - part[i - 1] > max(LONG_GAP * whole, 1)]
    empty = [(length, i) for length, i in gaps if not any(a <= part[i - 1] and part[i] <= b for a, b in filling)]
    return max(empty, key=lambda gap: gap[0] * min(gap[1], len(part) - gap[1]))[1] if empty else None
