"""What happened when, who dates it and how, and when each article appeared."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from ...measures.chronology import disagreements
from ..axis import BREAK, Axis
from ..picture import BLUE, INK, MARGIN, QUIET, RULE, VERMILION, WIDTH, Heads, Picture, Sheet, nothing, styled
from ..words import SMALL, count, listed, measure, names, plain, shorten, state_of_texts
from .lanes import ROW, Lane, lanes_of, spans_to_show, stack, states_of

# What stands in the cell of a lane and an article; shape and filling tell them apart without colour.
CELLS = {
    "dated": ({"marker": "s", "s": 26, "color": BLUE, "linewidth": 1}, "dates it"),
    "inferred": ({"marker": "s", "s": 22, "facecolor": "white", "edgecolor": BLUE, "linewidth": 1.2},
                 "dates it elsewhere in the sentence"),
    "undated": ({"marker": "o", "s": 20, "facecolor": "white", "edgecolor": QUIET, "linewidth": 1}, "tells it undated"),
    "against": ({"marker": "x", "s": 30, "color": VERMILION, "linewidth": 1.8}, "dates it against what is known"),
    "published": ({"marker": "D", "s": 16, "color": INK, "linewidth": 0}, "appeared"),
}
KNOWN = {"marker": "o", "s": 26, "color": INK}
DAY_SAID = {"marker": "s", "s": 12, "color": BLUE, "linewidth": 0}
BAR_SAID = {"marker": "_", "s": 60, "color": BLUE, "linewidth": 2}

NAME = 2.4  # inches at most for an event's name
MOST_COLUMNS = 16  # articles that have a column each; of more, each lane has their number
COLUMN = (0.17, 0.3)  # inches: from the height of an upright name to what a mark needs
CUT = 0.06  # inches of white where a bar crosses a break of the axis
CAPTION = (
    "Each row is an event of the codebook, in order of time: in black the day, or the earliest and latest day, that "
    "is known; thin, behind or below it, the days that articles' words can mean. On the right, in the same row, who "
    "gives them and who tells the event undated. A cross cannot be, and is tied to what is known. An arrow: the days "
    "reach beyond the panel. The axis is broken (//) where little happens, and each panel has its own scale. At the "
    "bottom, when the articles appeared, as far as that is known.")


@styled
def timeline(timeline: pd.DataFrame, links: pd.DataFrame, articles: pd.DataFrame) -> Picture:
    """Draw what is known of when each event was, which days articles give it and which article, and when each appeared.

    Parameters
    ----------
    timeline : from `measures.chronology.timeline`.
    links : from `measures.chronology.datings`.
    articles : the table of that name.

    Returns
    -------
    Picture. The x-axis of `axes` is in days, and broken. Beside it stands the Axes "who": a column an article, or
    with many articles their number. Its marks are collections labelled as the keys of `CELLS`.

    Examples
    --------
    >>> day = pd.to_datetime(["2021-10-18"])
    >>> articles = pd.DataFrame({"article_id": ["000"], "outlet": ["TASS"], "condition": ["complete"],
    ...                          "published_earliest": day, "published_latest": day})
    >>> events = pd.DataFrame({"event_id": ["E1"], "name": ["Bridge opened"], "earliest": day, "latest": day,
    ...                        "undated_in": [""]})
    >>> links = pd.DataFrame({"article_id": ["000"], "event_id": ["E1"], "name": ["Bridge opened"], "time": ["Monday"],
    ...                       "event_earliest": day, "event_latest": day, "earliest": day, "latest": day,
    ...                       "basis": ["clause"], "firm": [True], "agrees": [True],
    ...                       "sentence": ["It opened on Monday."], "sentence_start": [0], "sentence_end": [20]})
    >>> timeline(events, links, articles).title
    '1 event on 18 October 2021; none is dated against what is known'
    """
    label = names(articles)
    if timeline.empty or not label:
        return nothing("No events to show", "There is no article, or the codebook has no events.")
    links = links[links["article_id"].isin(label) & links["event_id"].isin(timeline["event_id"])]
    lanes = lanes_of(timeline, links, articles, label)
    spans = spans_to_show(lanes)
    if not spans:
        return nothing("No days to show", "Neither the codebook nor any article has a day.")
    several = len(label) <= MOST_COLUMNS
    column = min(COLUMN[1], max(COLUMN[0], 2.7 / len(label))) if several else 0.5
    columns = _columns(lanes, label, several=several)
    heads = Heads.fit(list(columns.values()), column)
    left = MARGIN + 0.12 + min(NAME, max(measure(plain(lane.name)) for lane in lanes))
    inside = WIDTH - left - 0.25 - column * len(columns) - MARGIN
    said = [(lane.earliest, lane.latest) for lane in lanes if lane.kind == "said"]
    axis = Axis.fit(spans, said, inside)
    total = stack(lanes, axis, several=several)

    sheet = Sheet(_timeline_title(timeline, links))
    _draw_keys(sheet, lanes)
    top = sheet.take(heads.height + total + 0.5)
    axes = sheet.axes(left, top + heads.height, inside, total, label="timeline")
    axes.set_xscale("function", functions=(axis.inches, axis.days))
    axes.set(xlim=(axis.windows[0][0], axis.windows[-1][1]), ylim=(total, 0))
    who = sheet.axes(left + inside + 0.25, top + heads.height, column * len(columns), total, label="who")
    who.set(xlim=(-0.5, len(columns) - 0.5), ylim=(total, 0))
    _draw_axis(axes, axis, total)
    for lane in lanes:
        _draw_lane(axes, axis, lane, (MARGIN - left) / inside, left - MARGIN - 0.1)
    _draw_cells(who, lanes, columns, several=several)
    heads.draw(who, list(range(len(columns))), -0.04)
    return sheet.picture(axes, CAPTION + state_of_texts(articles), _timeline_alt(timeline, links, articles, label))


def _columns(lanes: list[Lane], label: dict[str, str], *, several: bool) -> dict[str, str]:
    """Return column → heading: the articles, or with many of them what they do."""
    if several:
        return label
    there = states_of(lanes)
    heading = {"inferred": "in its sentence", "published": "appeared"}
    return {state: heading.get(state, state) for state in CELLS if state in there}


def _draw_keys(sheet: Sheet, lanes: list[Lane]) -> None:
    sheet.key([([KNOWN], "known day, or a black bar: known bounds"), ([DAY_SAID], "day that an article gives"),
               ([BAR_SAID], "days that its words can mean")])
    there = states_of(lanes)
    sheet.key([([look], words) for state, (look, words) in CELLS.items() if state in there])


def _draw_axis(axes: Axes, axis: Axis, total: float) -> None:
    ticks = axis.ticks()
    axes.set_xticks(list(ticks), list(ticks.values()), fontsize=SMALL, color=QUIET, linespacing=1.1)
    axes.minorticks_off()
    axes.tick_params(labeltop=True)
    for day in ticks:
        axes.axvline(day, color=RULE, linewidth=0.6, zorder=0)
    for (_, before), (after, _) in zip(axis.windows, axis.windows[1:]):
        axes.axvspan(before, after, color="white", zorder=0.5, linewidth=0)
        middle = axis.inches(before) + BREAK / 2
        axes.axvspan(*axis.days(np.array([middle - CUT / 2, middle + CUT / 2])), color="white", zorder=2.5, linewidth=0)
        for y in (0, total):
            axes.text(float(axis.days(axis.inches(before) + BREAK / 2)), y, "//", size=SMALL, color=QUIET, ha="center",
                      va="center")
    for y in (0, total):
        for first, last in axis.windows:
            axes.plot([first, last], [y, y], color=QUIET, linewidth=0.8, clip_on=False)


def _draw_lane(axes: Axes, axis: Axis, lane: Lane, x: float, room: float) -> None:
    where = {"xycoords": axes.get_yaxis_transform(), "size": SMALL, "annotation_clip": False, "va": "center_baseline"}
    if lane.name:
        weight = "bold" if lane.kind == "published" else "normal"
        axes.annotate(shorten(lane.name, room), (x, lane.y), weight=weight, **where)
        axes.axhline(lane.y - ROW / 2, color=RULE, linewidth=0.5, zorder=0.7)
    if np.isnan(lane.earliest) or np.isnan(lane.latest):
        axes.annotate("day unknown", (0, lane.y), color=QUIET, **where)
        return
    color = {"known": INK, "said": BLUE, "against": VERMILION, "published": INK}[lane.kind]
    first, last = axis.clip(lane.earliest, lane.latest)
    long = axis.inches(last) - axis.inches(first) >= CUT
    if long:
        axes.plot([first, last], [lane.y] * 2, color=color, linewidth=4 if lane.kind == "known" else 1.8,
                  solid_capstyle="butt", label=lane.kind)
    for end, whole, arrow in ((first, lane.earliest, "<"), (last, lane.latest, ">")):
        if end != whole:
            axes.plot([end], [lane.y], marker=arrow, markersize=4.5, color=color, label="goes on", clip_on=False)
    middle = float(axis.days((axis.inches(first) + axis.inches(last)) / 2))
    look = {"known": KNOWN, "said": DAY_SAID}.get(lane.kind) or CELLS[lane.kind][0]
    if not long or lane.kind == "against":
        axes.scatter([middle], [lane.y], label=lane.kind, zorder=3, clip_on=False, **look)
    if lane.kind == "against":
        nearest = lane.of.latest if lane.of.latest < lane.earliest else lane.of.earliest
        axes.plot([nearest, middle], [lane.of.y, lane.y], color=VERMILION, linewidth=0.8)


def _draw_cells(who: Axes, lanes: list[Lane], columns: dict[str, str], *, several: bool) -> None:
    """Mark in each lane what each article does, or write how many do."""
    places: dict[str, list[tuple[float, float]]] = {}
    column = {name: x for x, name in enumerate(columns)}
    for x in column.values():
        who.axvline(x, color=RULE, linewidth=0.5, zorder=0)
    for lane in lanes:
        if lane.name:
            who.axhline(lane.y - ROW / 2, color=RULE, linewidth=0.5, zorder=0)
        if several:
            for article_id, state in lane.cells.items():
                places.setdefault(state, []).append((column[article_id], lane.y))
        elif lane.kind != "published":
            states = list(lane.cells.values())
            for state in sorted(set(states), key=list(CELLS).index):
                who.text(column[state], lane.y, str(states.count(state)), size=SMALL, ha="center", va="center_baseline")
    if not several:
        shown = sum(len(lane.cells) for lane in lanes if lane.kind == "published")
        who.text(column["published"], lanes[-1].y, str(shown), size=SMALL, ha="center", va="center_baseline")
    for state, found in places.items():
        who.scatter(*zip(*found), label=state, zorder=3, clip_on=False, **CELLS[state][0])


def _timeline_title(timeline: pd.DataFrame, links: pd.DataFrame) -> str:
    first, last = timeline["earliest"].min(), timeline["latest"].max()
    if pd.isna(first) or pd.isna(last):
        when = "on days that are not known"
    elif first == last:
        when = f"on {_day(first)}"
    elif (first.year, first.month) == (last.year, last.month):
        when = f"in {first:%B} {first.year}"
    elif last.year - first.year > 1:
        when = f"from {first.year} to {last:%B} {last.year}"
    else:
        when = f"from {first:%B} {first.year} to {last:%B} {last.year}"
    against = disagreements(links).groupby("against")["event_id"].nunique()
    told = f"{_are(against.get('codebook', 0))} dated against what is known" if len(links) else "no article dates them"
    if "article" in against:
        told += f", {_are(against['article'])} dated by two articles in ways that cannot both be true"
    return f"{count(len(timeline), 'event')} {when}; {told}"


def _are(number: int) -> str:
    return {0: "none is", 1: "one is"}.get(number, f"{number} are")


def _day(day: pd.Timestamp) -> str:
    return f"{day.day} {day:%B} {day.year}"


def _days(earliest: pd.Timestamp, latest: pd.Timestamp) -> str:
    if pd.isna(earliest) or pd.isna(latest):
        return "day unknown"
    return _day(earliest) + (f" to {_day(latest)}" if latest > earliest else "")


def _timeline_alt(timeline: pd.DataFrame, links: pd.DataFrame, articles: pd.DataFrame, label: dict[str, str]) -> str:
    told = [f"Timeline of {count(len(timeline), 'event')}."]
    how = {"sentence": ", elsewhere in the sentence"}
    for event in timeline.itertuples():
        own = links[links["event_id"].eq(event.event_id)].drop_duplicates(["article_id", "time"])
        by = [f"{label[one.article_id]} (“{plain(one.time)}”"
              f"{how.get(one.basis, '') if one.agrees else ', against what is known'})" for one in own.itertuples()]
        undated = [label.get(i, i) for i in event.undated_in.split()]
        told.append(f"{plain(event.name)}: {_days(event.earliest, event.latest)}"
                    + (f"; dated by {listed(by)}" if by else "; dated by none")
                    + (f"; undated in {listed(undated)}" if undated else "") + ".")
    appeared = [f"{label[article.article_id]} {_days(article.published_earliest, article.published_latest)}"
                for article in articles.itertuples()]
    return " ".join([*told, f"Published: {'; '.join(appeared)}."])
