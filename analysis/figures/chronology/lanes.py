"""The lanes of a timeline: what is known of each event, each different dating of it, and when the articles appeared."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from matplotlib.dates import date2num

from ..axis import Axis

ROW, LANE = 0.2, 0.14  # inches for an event, and for each dating of it that is not just what is known
SEEN = 0.2  # inches of a bar that is seen behind the mark of a day


@dataclass
class Lane:
    """A row of the chart with a span of days, and what each article does with them."""

    kind: str  # known, said, against or published
    earliest: float
    latest: float
    name: str = ""
    of: Lane | None = None  # the event that a dating is of
    y: float = 0.0
    cells: dict[str, str] = field(default_factory=dict)


def lanes_of(events: pd.DataFrame, links: pd.DataFrame, articles: pd.DataFrame, label: dict[str, str]) -> list[Lane]:
    """Return the lanes from the top down: each event, then each different dating of it; when the articles appeared."""
    events, links = _in_days(events), _in_days(links)
    lanes = []
    for event in events.itertuples():
        own = Lane("known", event.earliest, event.latest, event.name)
        own.cells = {article_id: "undated" for article_id in event.undated_in.split() if article_id in label}
        said: dict[tuple, Lane] = {}
        for dating in links[links["event_id"].eq(event.event_id)].sort_values(["earliest", "latest"]).itertuples():
            lane = own
            if (dating.earliest, dating.latest) != (own.earliest, own.latest):
                kind = "said" if dating.agrees else "against"
                days = dating.earliest, dating.latest
                lane = said.setdefault((*days, kind), Lane(kind, *days, of=own))
            state = "against" if not dating.agrees else "inferred" if dating.basis == "sentence" else "dated"
            if lane.cells.get(dating.article_id) != "dated":
                lane.cells[dating.article_id] = state
        lanes += [own, *said.values()]
    for days, article_ids in _published(articles).items():
        name = "" if lanes[-1].kind == "published" else "published"
        lanes.append(Lane("published", *days, name, cells=dict.fromkeys(article_ids, "published")))
    return lanes


def _in_days(table: pd.DataFrame) -> pd.DataFrame:
    columns = [c for c in ("earliest", "latest", "event_earliest", "event_latest") if c in table]
    return table.assign(**{column: date2num(table[column].to_numpy()) for column in columns})


def _published(articles: pd.DataFrame) -> dict[tuple[float, float], list[str]]:
    """Return (first, last day) → the articles that appeared in it; NaN where that is unknown, at the end."""
    dates = _in_days(articles.rename(columns={"published_earliest": "earliest", "published_latest": "latest"}))
    found: dict[tuple[float, float], list[str]] = {}
    for article in dates.sort_values(["earliest", "latest"], kind="stable").itertuples():
        known = not np.isnan([article.earliest, article.latest]).any()
        days = (article.earliest, article.latest) if known else (np.nan, np.nan)
        found.setdefault(days, []).append(article.article_id)
    return found


def stack(lanes: list[Lane], axis: Axis, *, several: bool) -> float:
    """Give each lane its height, and return that of all, in inches.

    A dating shares the row of its event where the row is free, and the bar is seen behind the known day.
    """
    y = 0.0
    for before, lane in zip([None, *lanes], lanes):
        if lane.name:
            y += ROW + (0.08 if lane.kind == "published" else 0)
            lane.y = y - ROW / 2
        elif lane.kind == "published" and not several:
            lane.y = before.y
        elif lane.kind == "said" and before is lane.of and _seen_behind(lane, axis):
            lane.y = before.y
        else:
            lane.y = y + LANE * 0.4
            y += LANE
    return y + 0.06


def states_of(lanes: list[Lane]) -> set[str]:
    """Return what articles do in any of the lanes."""
    return {state for lane in lanes for state in lane.cells.values()}


def spans_to_show(lanes: list[Lane]) -> list[tuple[float, float]]:
    """Return the spans that the axis must show; of a dating only what it shares with what is known."""
    spans, known = [], (np.nan, np.nan)
    for lane in lanes:
        first, last = lane.earliest, lane.latest
        if lane.kind == "known":
            known = first, last
        elif lane.kind == "said" and max(first, known[0]) <= min(last, known[1]):
            first, last = max(first, known[0]), min(last, known[1])
        spans.append((first, last))
    return [span for span in spans if not np.isnan(span).any()]


def _seen_behind(lane: Lane, axis: Axis) -> bool:
    known, (first, last) = lane.of, axis.clip(lane.earliest, lane.latest)
    free = known.earliest == known.latest and not {"dated", "inferred"} & set(known.cells.values())
    return free and axis.inches(last) - axis.inches(first) >= SEEN
