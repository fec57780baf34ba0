"""What happened when and who dates it, and in what order each outlet tells it."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.dates import date2num
from matplotlib.patheffects import withStroke

from ..measures.chronology import in_order
from .axis import BREAK, Axis
from .picture import (BLUE, BODY, GREEN, INK, LINE, MARGIN, ORANGE, PURPLE, QUIET, RULE, SKY, SMALL, VERMILION, WIDTH,
                      Picture, Sheet, count, every, listed, measure, names, nothing, plain, short, shorten, state_of_texts,
                      styled, wrap)

# Shape and colour each tell the outlet. The two lists have no common divisor, so 55 pairs differ; vermilion is kept for
# what disagrees, the circle for what is known.
COLOURS = (BLUE, ORANGE, GREEN, PURPLE, SKY)
SHAPES = ("s", "^", "D", "v", "p", "<", "*", ">", "h", "d", "8")
KNOWN = {"marker": "o", "s": 26, "color": INK}
AGAINST = {"marker": "x", "s": 34, "color": VERMILION, "linewidth": 1.8}

NAME = 2.4  # inches at most for an event's name
UNDATED = 1.3  # inches at most for the ids of those that tell an event undated
LANE = 0.125  # inches for each dating of an event
DATING = ["article_id", "earliest", "latest"]
CUT = 0.06  # inches of white where a bar crosses a break of the axis

ACROSS, DOWN = "as told →", "as it happened →"
STEP = 0.175  # inches from one event to the next in the order of the world
NUMBERS = 6  # articles; with more, three panels stand in a row, and most names give way to numbers


@styled
def timeline(timeline: pd.DataFrame, links: pd.DataFrame, articles: pd.DataFrame) -> Picture:
    """Draw what is known of when each event was, who dates it and how, and when each article appeared.

    Parameters
    ----------
    timeline : from `measures.chronology.timeline`.
    links : from `measures.chronology.datings`.
    articles : the table of that name.

    Returns
    -------
    Picture. The x-axis of `axes` is in days, and broken; marks are collections labelled "known day", "against what is
    known", and by the outlet.

    Examples
    --------
    >>> day = pd.to_datetime(["2021-10-18"])
    >>> articles = pd.DataFrame({"article_id": ["000"], "outlet": ["TASS"], "condition": ["complete"],
    ...                          "published_earliest": day, "published_latest": day})
    >>> events = pd.DataFrame({"event_id": ["E1"], "name": ["Bridge opened"], "earliest": day, "latest": day,
    ...                        "undated_in": [""]})
    >>> links = pd.DataFrame({"article_id": ["000"], "event_id": ["E1"], "time": ["Monday"], "event_earliest": day,
    ...                       "event_latest": day, "earliest": day, "latest": day, "agrees": [True]})
    >>> timeline(events, links, articles).title
    '1 event on 18 October 2021; none is dated against what is known'
    """
    label = {article_id: _with_id(article_id, name) for article_id, name in names(articles).items()}
    if timeline.empty:
        return nothing("No events to show", "The codebook has no events.")
    links = _in_days(links[links["article_id"].isin(label) & links["event_id"].isin(timeline["event_id"])])
    events = _in_days(timeline)
    published = _in_days(articles.rename(columns={"published_earliest": "earliest", "published_latest": "latest"}))

    left = MARGIN + 0.12 + min(NAME, max(measure(plain(name)) for name in [*timeline["name"], *label.values()]))
    right = min(UNDATED, max(measure(plain(ids)) for ids in [*timeline["undated_in"], "told undated in"])) + 0.3
    spans = [*_spans(events), *_spans(published)] + [
        (max(d.earliest, d.event_earliest), min(d.latest, d.event_latest)) if d.agrees else (d.earliest, d.latest)
        for d in links.itertuples()]
    axis = Axis.fit(spans, _spans(links), WIDTH - left - right - MARGIN)

    sheet = Sheet(_timeline_title(timeline, links))
    looks = {article_id: {"marker": SHAPES[n % len(SHAPES)], "color": COLOURS[n % len(COLOURS)], "s": 24, "linewidth": 0}
             for n, article_id in enumerate(label)}
    sheet.key([([KNOWN], "known day, or a bar: known bounds")]
              + [([looks[i]], shorten(f"dating by {label[i]}", 3.5)) for i in label]
              + ([([AGAINST], "dated against what is known")] if not links["agrees"].all() else []))
    rows, total = _rows(events, links, published, right - 0.3)
    axes = sheet.axes(left, sheet.take(total + 0.8) + 0.4, WIDTH - left - right - MARGIN, total, label="timeline")
    axes.set_xscale("function", functions=(axis.inches, axis.days))
    axes.set(xlim=(axis.windows[0][0], axis.windows[-1][1]), ylim=(total, 0))
    _draw_axis(axes, axis, total)
    _draw_events(axes, axis, events, rows, left, right)
    _draw_datings(axes, axis, links, rows, looks, label)
    _draw_published(axes, axis, published, rows, looks, label, left)
    caption = (
        "Each row is an event of the codebook, in order of time: in black the day, or the earliest and latest day, that is "
        "known; below it, for each article, the days that its words can mean. A cross: a dating that cannot be, tied to what "
        "is known. An arrow: the words reach beyond the panel. The axis is broken (//) where little happens, and each panel has "
        "its own scale. At the bottom, when the articles appeared, as far as that is known." + state_of_texts(articles))
    return sheet.picture(axes, caption, _timeline_alt(timeline, links, names(articles)))


def _with_id(article_id: str, name: str) -> str:
    """Put the id, by which the right margin names an article, beside its name."""
    return name if f"({article_id})" in name else f"{name} ({plain(article_id)})"


def _in_days(table: pd.DataFrame) -> pd.DataFrame:
    columns = [c for c in ("earliest", "latest", "event_earliest", "event_latest") if c in table]
    return table.assign(**{column: date2num(table[column].to_numpy()) for column in columns})


def _spans(table: pd.DataFrame) -> list[tuple[float, float]]:
    return list(table[["earliest", "latest"]].dropna().itertuples(index=False, name=None))


def _rows(events: pd.DataFrame, links: pd.DataFrame, published: pd.DataFrame, ids: float) -> tuple[dict, float]:
    """Return the height at which each event, each different dating of it, and each article stands, in inches."""
    rows, y = {}, 0.0
    dated = {event_id: sorted(set(found[DATING].itertuples(index=False, name=None)))
             for event_id, found in links.groupby("event_id")}
    for event in events.itertuples():
        rows[event.event_id] = y + 0.11
        for lane, dating in enumerate(dated.get(event.event_id, [])):
            rows[event.event_id, *dating] = y + 0.11 + LANE * (lane + 1)
        lines = wrap(event.undated_in, ids, lines=99).count("\n")
        y += 0.22 + max(LANE * len(dated.get(event.event_id, [])), SMALL * LINE * lines)
    rows["published"] = y + 0.2
    y += 0.32
    for article_id in published["article_id"]:
        rows["published", article_id] = y + 0.1
        y += 0.2
    return rows, y


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


def _draw_events(axes: Axes, axis: Axis, events: pd.DataFrame, rows: dict, left: float, right: float) -> None:
    def margin(x: float, y: float, words: str, **how) -> None:
        axes.annotate(words, (x, y), xycoords=axes.get_yaxis_transform(), size=SMALL, linespacing=1.3,
                      annotation_clip=False, **how)

    inside = WIDTH - left - right - MARGIN
    margin(1 + 0.2 / inside, -0.1, "told undated in", color=QUIET, va="bottom")
    for event in events.itertuples():
        y = rows[event.event_id]
        margin((MARGIN - left) / inside, y, shorten(event.name, left - MARGIN - 0.1), va="center_baseline")
        margin(1 + 0.2 / inside, y - 0.06, wrap(event.undated_in, right - 0.3, lines=99), color=QUIET, va="top")
        axes.axhline(y - 0.11, color=RULE, linewidth=0.5, zorder=0.7)
        if event.earliest < event.latest:
            sliver = axis.inches(event.latest) - axis.inches(event.earliest) < CUT  # to be seen, it is drawn wider
            axes.plot([event.earliest, event.latest], [y, y], color=INK, linewidth=4, label="known bounds",
                      solid_capstyle="projecting" if sliver else "butt")
    known = events[events["earliest"].eq(events["latest"])]
    axes.scatter(known["earliest"], known["event_id"].map(rows), label="known day", zorder=3, clip_on=False, **KNOWN)


def _draw_datings(axes: Axes, axis: Axis, links: pd.DataFrame, rows: dict, looks: dict, label: dict[str, str]) -> None:
    marks = {}
    for dating in links.drop_duplicates(["event_id", *DATING]).itertuples():
        y = rows[dating.event_id, dating.article_id, dating.earliest, dating.latest]
        middle = _draw_span(axes, axis, dating, y, looks[dating.article_id]["color"] if dating.agrees else VERMILION)
        marks.setdefault((dating.article_id, dating.agrees), []).append((middle, y))
        if not dating.agrees:
            end = dating.event_latest if dating.event_latest < dating.earliest else dating.event_earliest
            axes.plot([end, middle], [rows[dating.event_id], y], color=VERMILION, linewidth=0.8)
    for (article_id, agrees), places in marks.items():
        look, name = (looks[article_id], label[article_id]) if agrees else (AGAINST, "against what is known")
        axes.scatter(*zip(*places), label=name, zorder=3, clip_on=False, **look)


def _draw_span(axes: Axes, axis: Axis, span, y: float, color: str) -> float:
    """Draw a thin bar with an arrow at an end that is not shown; return the day in its middle."""
    first, last = axis.clip(span.earliest, span.latest)
    if first < last:
        axes.plot([first, last], [y, y], color=color, linewidth=1.6, solid_capstyle="butt")
    for end, whole, arrow in ((first, span.earliest, "<"), (last, span.latest, ">")):
        if end != whole:
            axes.plot([end], [y], marker=arrow, markersize=4.5, color=color, label="goes on", clip_on=False)
    return float(axis.days((axis.inches(first) + axis.inches(last)) / 2))


def _draw_published(axes: Axes, axis: Axis, published: pd.DataFrame, rows: dict, looks: dict, label: dict[str, str],
                    left: float) -> None:
    inside = axis.knots()[1][-1]
    where = {"xycoords": axes.get_yaxis_transform(), "size": SMALL, "annotation_clip": False, "va": "center_baseline"}
    axes.axhline(rows["published"] - 0.2, color=RULE, linewidth=0.5, zorder=0.7)
    axes.annotate("published", ((MARGIN - left) / inside, rows["published"]), weight="bold", **where)
    for article in published.itertuples():
        y = rows["published", article.article_id]
        axes.annotate(shorten(label[article.article_id], left - MARGIN - 0.1), ((MARGIN - left) / inside, y), **where)
        if pd.isna(article.earliest) or pd.isna(article.latest):
            axes.annotate("day unknown", (0, y), color=QUIET, **where)
            continue
        middle = _draw_span(axes, axis, article, y, looks[article.article_id]["color"])
        axes.scatter([middle], [y], label=f"published: {label[article.article_id]}", zorder=3, clip_on=False,
                     **looks[article.article_id])


def _timeline_title(timeline: pd.DataFrame, links: pd.DataFrame) -> str:
    first, last = timeline["earliest"].min(), timeline["latest"].max()
    if first == last:
        when = f"on {_day(first)}"
    elif (first.year, first.month) == (last.year, last.month):
        when = f"in {first:%B} {first.year}"
    elif last.year - first.year > 1:
        when = f"from {first.year} to {last:%B} {last.year}"
    else:
        when = f"from {first:%B} {first.year} to {last:%B} {last.year}"
    against = links.loc[~links["agrees"], "event_id"].nunique()
    dated = {0: "none is", 1: "one is"}.get(against, f"{against} are")
    told = f"{dated} dated against what is known" if len(links) else "no article dates them"
    return f"{count(len(timeline), 'event')} {when}; {told}"


def _day(day: pd.Timestamp) -> str:
    return f"{day.day} {day:%B} {day.year}"


def _timeline_alt(timeline: pd.DataFrame, links: pd.DataFrame, label: dict[str, str]) -> str:
    told = [f"Timeline of {count(len(timeline), 'event')}."]
    for event in timeline.itertuples():
        when = _day(event.earliest) + (f" to {_day(event.latest)}" if event.latest > event.earliest else "")
        own = links[links["event_id"].eq(event.event_id)].drop_duplicates(["article_id", "time"])
        by = [f"{label[d.article_id]} (“{plain(d.time)}”{'' if d.agrees else ', against what is known'})"
              for d in own.itertuples()]
        undated = [label.get(i, i) for i in event.undated_in.split()]
        told.append(f"{plain(event.name)}: {when}" + (f"; dated by {listed(by)}" if by else "; dated by none")
                    + (f"; undated in {listed(undated)}" if undated else "") + ".")
    return " ".join(told)


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
    per_row = min(len(label), 2 if len(label) <= NUMBERS else 3)
    column = (WIDTH - 2 * MARGIN) / per_row
    told = {i: order[order["article_id"].eq(i)].sort_values("told") for i in label}
    panels, unnamed = [], set()
    for start in range(0, len(label), per_row):
        ids = list(label)[start:start + per_row]
        top = sheet.take(STEP * max(len(told[i]) for i in ids) + 0.9) + 0.5
        for place, article_id in enumerate(ids):
            events = len(told[article_id])
            axes = sheet.axes(MARGIN + column * place + 0.3, top, column - 0.5, STEP * events, label=article_id)
            axes.set(xlim=(0.5, events + 0.5), ylim=(events + 0.5, 0.5))
            axes.set_xlabel(ACROSS, size=SMALL, color=QUIET, loc="left")
            if measure(DOWN) <= STEP * events:
                axes.annotate(DOWN, (0, 1), xycoords="axes fraction", xytext=(-12, 0), size=SMALL, color=QUIET,
                              textcoords="offset points", rotation=270, ha="center", va="top", annotation_clip=False)
            _draw_heading(axes, label[article_id], kept.loc[article_id], column - 0.5)
            unnamed |= _draw_telling(axes, told[article_id], (column - 0.5) / events)
            panels.append(axes)
    _draw_key(sheet, known, unnamed)
    caption = (
        "Each point is an event, from left to right as the article tells them, from top to bottom as they happened: the "
        "earliest is at the top. A telling in the order of the world runs down the grey diagonal; a rise goes back in time. "
        "Numbers count all events in order of time, so the same number is the same event. Events of the same days stand as "
        "they are told; a pair is counted only where one event is certainly earlier." + state_of_texts(articles))
    return sheet.picture(panels[0], caption, _order_alt(told, kept, label))


def _draw_heading(axes: Axes, name: str, kept: pd.Series, inches: float) -> None:
    pairs = "no pair to compare"
    if kept["pairs"]:
        pairs = f"{kept['in_order']} of {count(kept['pairs'], 'pair')} in the order of the world"
    for words, height, how in ((name, 0.22, {"size": BODY, "weight": "bold"}), (pairs, 0.08, {"size": SMALL, "color": QUIET})):
        axes.annotate(shorten(words, inches, size=how["size"], weight=how.get("weight", "normal")), (0, 1), xycoords="axes fraction",
                      xytext=(0, height * 72), textcoords="offset points", annotation_clip=False, **how)


def _draw_telling(axes: Axes, events: pd.DataFrame, pitch: float) -> set[int]:
    """Draw an article's events, and return the numbers of those whose names have no room."""
    last = len(events)
    axes.plot([1, last], [1, last], color=RULE, linewidth=1, zorder=0, label="order of the world")
    axes.plot(events["told"], events["happened"], color=SKY, linewidth=1, zorder=1, label="telling")
    axes.scatter(events["told"], events["happened"], color=BLUE, s=22, zorder=3, label="events", clip_on=False)
    unnamed = set()
    for event in events.itertuples():
        rooms = {"left": (event.told - 0.5) * pitch - 0.08, "right": (last + 0.5 - event.told) * pitch - 0.08}
        words = f"{event.number} {plain(event.name)}"
        sides = [side for side in ("right", "left") if measure(words) <= rooms[side]]
        if not sides:
            unnamed.add(event.number)
            words, sides = str(event.number), ["right", "left"]
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
        return f"{short(label[compared.index[0]])} {'tells its events' if straight else 'does not tell its events'} {end}"
    if not straight:
        return f"No article tells its events {end}"
    if straight == len(compared):
        return f"{every(straight).capitalize()} tell their events {end}"
    return f"{straight} of {count(len(compared), 'article')} {'tells its' if straight == 1 else 'tell their'} events {end}"


def _order_alt(told: dict[str, pd.DataFrame], kept: pd.DataFrame, label: dict[str, str]) -> str:
    said = ["The events of each article as it tells them, each with its place in the order of the world."]
    for article_id, events in told.items():
        listing = "; ".join(f"{plain(event.name)} ({event.happened})" for event in events.itertuples())
        pairs = kept.loc[article_id]
        said.append(f"{label[article_id]}, {pairs['in_order']} of {count(pairs['pairs'], 'pair')} in order: {listing}.")
    return " ".join(said)
