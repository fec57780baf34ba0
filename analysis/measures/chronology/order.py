"""In what order each article tells its events, against the order in which they happened."""

from __future__ import annotations

from itertools import combinations

import pandas as pd


def telling_order(told: pd.DataFrame) -> pd.DataFrame:
    """Rank each article's events by where they are first told and by when they happened.

    Returns
    -------
    DataFrame: article_id, event_id, name, told (1 for the event told first), happened (1 for the earliest),
    sentence, start, event_earliest, event_latest.
    """
    first = told.sort_values(["article_id", "start", "end"]).drop_duplicates(["article_id", "event_id"])
    first = first.assign(told=first.groupby("article_id").cumcount() + 1)
    by_time = first.sort_values(["article_id", "event_earliest", "event_latest", "told"])
    first["happened"] = (by_time.groupby("article_id").cumcount() + 1).reindex(first.index)
    return first[["article_id", "event_id", "name", "told", "happened", "sentence", "start", "event_earliest",
                  "event_latest"]].reset_index(drop=True)


def in_order(order: pd.DataFrame) -> pd.DataFrame:
    """Measure how far each article tells its events in the order in which they happened.

    Counted over pairs of events of which one is certainly earlier than the other.

    Returns
    -------
    DataFrame indexed by `article_id`: events, pairs, in_order (pairs told in the order of the world),
    share (0 to 1; empty where there is no pair).
    """
    rows = []
    for article_id, events in order.groupby("article_id"):
        told = list(events.sort_values("told").itertuples(index=False))
        pairs = [(a, b) for a, b in combinations(told, 2)
                 if a.event_latest < b.event_earliest or b.event_latest < a.event_earliest]
        kept = sum(a.event_latest < b.event_earliest for a, b in pairs)
        rows.append({"article_id": article_id, "events": len(told), "pairs": len(pairs), "in_order": kept,
                     "share": kept / len(pairs) if pairs else None})
    return pd.DataFrame(rows, columns=["article_id", "events", "pairs", "in_order", "share"]).set_index("article_id")
