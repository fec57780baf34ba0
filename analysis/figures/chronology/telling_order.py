"""In what order each outlet tells the events, against the order in which they happened."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patheffects import withStroke

from ...measures.chronology import in_order
from ..picture import BLUE, INK, MARGIN, QUIET, RULE, SKY, WIDTH, Picture, Sheet, nothing, styled
from ..words import BODY, SMALL, count, every, measure, names, plain, short, shorten, state_of_texts

ACROSS, DOWN = "as told →", "as it happened →"
STEP, SHORT_STEP = 0.175, 0.13  # inches from one event to the next in the order of the world
NUMBERS = 6  # articles; with more, four panels stand in a row, and names give way to numbers
CAPTION = (
    "Each point is an event, from left to right as the article tells them, from top to bottom as they happened: the "
    "earliest is at the top. A telling in the order of the world runs down the grey diagonal; a rise goes back in "
    "time. Numbers count all events in order of time, so the same number is the same event. Events of the same days "
    "stand as they are told; a pair is counted only where one event is certainly earlier.")


@styled
def telling_order(order: pd.DataFrame, articles: pd.DataFrame) -> Picture:
    """Draw for each article the order in which it tells its events against the order in which they happened.

    Parameters
    ----------
    order : from `measures.chronology.telling_order`.
    articles : the table of that name.

    Returns
    -------
    Picture. The figure has an Axes for each article, labelled by its id; `axes` is the first.

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": ["000"], "outlet": ["TASS"], "condition": ["complete"]})
    >>> days = pd.to_datetime(["2021-10-18", "2021-10-06"])
    >>> order = pd.DataFrame({"article_id": ["000", "000"], "event_id": ["E1", "E2"], "name": ["Closed", "Opened"],
    ...                       "told": [1, 2], "happened": [2, 1], "event_earliest": days, "event_latest": days})
    >>> telling_order(order, articles).title
    'TASS does not tell its events in the order in which they happened'
    """
    label = names(articles)
    order = order[order["article_id"].isin(label)]
    if order.empty:
        return nothing("No order of telling to show", "No article tells an event of the codebook.")
    label = {article_id: name for article_id, name in label.items() if order["article_id"].eq(article_id).any()}
    known = order.drop_duplicates("event_id").sort_values(["event_earliest", "event_latest", "event_id"])
    order = order.assign(number=order["event_id"].map(dict(zip(known["event_id"], range(1, len(known) + 1)))))
    kept = in_order(order)[["pairs", "in_order"]]
    sheet = Sheet(_order_title(kept, label))
    per_row, step = (min(len(label), 2), STEP) if len(label) <= NUMBERS else (4, SHORT_STEP)
    column = (WIDTH - 2 * MARGIN) / per_row
    told = {i: order[order["article_id"].eq(i)].sort_values("told") for i in label}
    panels, unnamed = [], set()
    for start in range(0, len(label), per_row):
        ids = list(label)[start:start + per_row]
        top = sheet.take(step * max(len(told[i]) for i in ids) + 0.9) + 0.5
        for place, article_id in enumerate(ids):
            events = len(told[article_id])
            axes = sheet.axes(MARGIN + column * place + 0.3, top, column - 0.5, step * events, label=article_id)
            _draw_directions(axes, events, step * events)
            _draw_heading(axes, label[article_id], kept.loc[article_id], column - 0.5)
            unnamed |= _draw_telling(axes, told[article_id], (column - 0.5) / events, named=step == STEP)
            panels.append(axes)
    _draw_key(sheet, known, unnamed)
    return sheet.picture(panels[0], CAPTION + state_of_texts(articles), _order_alt(told, kept, label))


def _draw_directions(axes: Axes, events: int, inches: float) -> None:
    axes.set(xlim=(0.5, events + 0.5), ylim=(events + 0.5, 0.5))
    axes.set_xlabel(ACROSS, size=SMALL, color=QUIET, loc="left")
    if measure(DOWN) <= inches:
        axes.annotate(DOWN, (0, 1), xycoords="axes fraction", xytext=(-12, 0), size=SMALL, color=QUIET,
                      textcoords="offset points", rotation=270, ha="center", va="top", annotation_clip=False)


def _draw_heading(axes: Axes, name: str, kept: pd.Series, inches: float) -> None:
    pairs = "no pair to compare"
    if kept["pairs"]:
        pairs = f"{kept['in_order']} of {count(kept['pairs'], 'pair')} in order"
    for words, height, size, weight, colour in ((name, 0.22, BODY, "bold", INK), (pairs, 0.08, SMALL, "normal", QUIET)):
        axes.annotate(shorten(words, inches, size=size, weight=weight), (0, 1), xycoords="axes fraction",
                      xytext=(0, height * 72), textcoords="offset points", annotation_clip=False, size=size,
                      weight=weight, color=colour)


def _draw_telling(axes: Axes, events: pd.DataFrame, pitch: float, *, named: bool) -> set[int]:
    """Draw an article's events, and return the numbers of those whose names have no room."""
    last = len(events)
    axes.plot([1, last], [1, last], color=RULE, linewidth=1, zorder=0, label="order of the world")
    axes.plot(events["told"], events["happened"], color=SKY, linewidth=1, zorder=1, label="telling")
    axes.scatter(events["told"], events["happened"], color=BLUE, s=22, zorder=3, label="events", clip_on=False)
    unnamed = set()
    for event in events.itertuples():
        rooms = {"left": (event.told - 0.5) * pitch - 0.08, "right": (last + 0.5 - event.told) * pitch - 0.08}
        words = f"{event.number} {plain(event.name)}"
        sides = [side for side in ("right", "left") if named and measure(words) <= rooms[side]]
        if not sides:
            unnamed.add(event.number)
            words = str(event.number)
            sides = [side for side in ("right", "left") if measure(words) <= rooms[side]] or ["right"]
        side = min(sides, key=lambda side: _crossings(events, event, side, measure(words) / pitch))
        away = 5 if side == "right" else -5
        axes.annotate(words, (event.told, event.happened), xytext=(away, 0), textcoords="offset points", size=SMALL,
                      ha="left" if side == "right" else "right", va="center_baseline", zorder=2, annotation_clip=False,
                      path_effects=[withStroke(linewidth=2.5, foreground="white")])
    return unnamed


def _crossings(events: pd.DataFrame, event, side: str, length: float) -> int:
    """Count how often the line of a telling crosses the place of a label."""
    low, high = (event.told, event.told + length) if side == "right" else (event.told - length, event.told)
    xs = np.linspace(low, high, 20)[1:-1]
    line = np.interp(xs, events["told"], events["happened"], left=-1, right=-1)
    return int((abs(line - event.happened) < 0.5).sum())


def _draw_key(sheet: Sheet, known: pd.DataFrame, unnamed: set[int]) -> None:
    """Name the numbers that stand alone, in two columns."""
    entries = [(number, name) for number, name in enumerate(known["name"], 1) if number in unnamed]
    half = (len(entries) + 1) // 2
    strip = sheet.strip(0.18 * half + 0.05)
    wide = (WIDTH - 2 * MARGIN) / 2
    for place, (number, name) in enumerate(entries):
        x, y = wide * (place // half), 0.1 + 0.18 * (place % half)
        strip.text(x + 0.25, y, str(number), size=SMALL, weight="bold", ha="right", va="center_baseline")
        strip.text(x + 0.32, y, shorten(name, wide - 0.5), size=SMALL, va="center_baseline")


def _order_title(kept: pd.DataFrame, label: dict[str, str]) -> str:
    compared = kept[kept["pairs"].gt(0)]
    straight = int(compared["in_order"].eq(compared["pairs"]).sum())
    end = "in the order in which they happened"
    if compared.empty:
        return "No article tells two events of which one is certainly earlier"
    if len(compared) == 1:
        return f"{short(label[compared.index[0]])} {'tells' if straight else 'does not tell'} its events {end}"
    if not straight:
        return f"No article tells its events {end}"
    if straight == len(compared):
        return f"{every(straight).capitalize()} tell their events {end}"
    tell = "tells its" if straight == 1 else "tell their"
    return f"{straight} of {count(len(compared), 'article')} {tell} events {end}"


def _order_alt(told: dict[str, pd.DataFrame], kept: pd.DataFrame, label: dict[str, str]) -> str:
    said = ["The events of each article as it tells them, each with its place in the order of the world."]
    for article_id, events in told.items():
        listing = "; ".join(f"{plain(event.name)} ({event.happened})" for event in events.itertuples())
        pairs = kept.loc[article_id]
        said.append(f"{label[article_id]}, {pairs['in_order']} of {count(pairs['pairs'], 'pair')} in order: {listing}.")
    return " ".join(said)
