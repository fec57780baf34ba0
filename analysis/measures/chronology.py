"""What happened when, who dates it, where the datings disagree, and in what order each outlet tells it."""

from __future__ import annotations

from itertools import combinations

import pandas as pd

from . import sentence_of


def mentions_of_events(codings: pd.DataFrame, events: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """List every passage that tells an event, with its sentence and the event's known bounds.

    Returns
    -------
    DataFrame: article_id, event_id, name, text, start, end, position, sentence, sentence_start, sentence_end,
    event_earliest, event_latest.
    """
    found = codings[codings["kind"].eq("event")].rename(columns={"code_id": "event_id"}).reset_index(drop=True)
    found = found.join(sentence_of(found, sentences))
    known = events.rename(columns={"earliest": "event_earliest", "latest": "event_latest"})
    merged = found.merge(known[["event_id", "name", "event_earliest", "event_latest"]], on="event_id")
    return merged[["article_id", "event_id", "name", "text", "start", "end", "position", "sentence", "sentence_start",
                   "sentence_end", "event_earliest", "event_latest"]]


def datings(codings: pd.DataFrame, times: pd.DataFrame, events: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """Link the dates that articles give to the events they date.

    A date in an event's sentence dates the event if the two can be the same day. If it can be no event's day in
    that sentence, but hangs on a verb within the event's passage, it dates that event against what is known: a
    disagreement. A date that hangs on something else is left alone.

    Returns
    -------
    DataFrame, a row a link: article_id, event_id, name, event_earliest, event_latest, time (words), time_start,
    time_end, earliest, latest (what the words can mean), agrees (bool), sentence, sentence_start, sentence_end.
    """
    told = mentions_of_events(codings, events, sentences)
    dates = times[["article_id", "text", "start", "end", "earliest", "latest", "governor_start"]].dropna(
        subset=["earliest", "latest"]).reset_index(drop=True)
    dates = dates.join(sentence_of(dates, sentences)[["position"]])
    dates = dates.rename(columns={"text": "time", "start": "time_start", "end": "time_end"})
    pairs = told.merge(dates, on=["article_id", "position"])
    pairs["agrees"] = (pairs["earliest"] <= pairs["event_latest"]) & (pairs["latest"] >= pairs["event_earliest"])
    governed = (pairs["governor_start"] >= pairs["start"]) & (pairs["governor_start"] < pairs["end"])
    pairs["governed"] = governed.fillna(False).astype(bool)
    pairs["distance"] = (pairs["time_start"] - pairs["start"]).abs()
    of_time = pairs.groupby(["article_id", "time_start"])
    links = pairs[pairs["agrees"] | (pairs["governed"] & ~of_time["agrees"].transform("any"))]
    # A date dates one event: the one whose passage holds the verb it hangs on, else the nearest.
    links = links.sort_values(["governed", "distance"], ascending=[False, True])
    links = links.drop_duplicates(["article_id", "time_start"]).sort_values(["article_id", "time_start"])
    return links[["article_id", "event_id", "name", "event_earliest", "event_latest", "time", "time_start", "time_end",
                  "earliest", "latest", "agrees", "sentence", "sentence_start", "sentence_end"]].reset_index(drop=True)


def timeline(told: pd.DataFrame, links: pd.DataFrame, events: pd.DataFrame) -> pd.DataFrame:
    """Set out the events in order, with who dates each and who tells it without a date.

    Parameters
    ----------
    told : from `mentions_of_events`.
    links : from `datings`.

    Returns
    -------
    DataFrame in order of time: event_id, name, earliest, latest, days (length of the interval; 1 is a known day),
    dated_by, undated_in (article ids, joined by a blank), told_in (number of articles).
    """
    dated = links.groupby("event_id")["article_id"].agg(lambda ids: sorted(set(ids)))
    all_in = told.groupby("event_id")["article_id"].agg(lambda ids: sorted(set(ids)))
    rows = []
    for event in events.sort_values(["earliest", "latest"], kind="stable").itertuples(index=False):
        with_date = dated.get(event.event_id, [])
        everyone = all_in.get(event.event_id, [])
        rows.append({
            "event_id": event.event_id, "name": event.name, "earliest": event.earliest, "latest": event.latest,
            "days": (event.latest - event.earliest).days + 1,
            "dated_by": " ".join(with_date), "undated_in": " ".join(a for a in everyone if a not in with_date),
            "told_in": len(everyone),
        })
    columns = ["event_id", "name", "earliest", "latest", "days", "dated_by", "undated_in", "told_in"]
    return pd.DataFrame(rows, columns=columns)


def disagreements(links: pd.DataFrame) -> pd.DataFrame:
    """List the datings that contradict what is known of an event, each beside those that fit.

    Returns
    -------
    DataFrame: event_id, name, article_id, time, earliest, latest, sentence, sentence_start, sentence_end, and of the
    most precise fitting dating other_article, other_time, other_sentence (empty where no article gives one),
    event_earliest, event_latest.
    """
    against = links[~links["agrees"]]
    fitting = links[links["agrees"]].assign(width=lambda d: d["latest"] - d["earliest"]).sort_values("width", kind="stable")
    best = fitting.drop_duplicates("event_id")[["event_id", "article_id", "time", "sentence"]]
    best.columns = ["event_id", "other_article", "other_time", "other_sentence"]
    return against.merge(best, on="event_id", how="left")[[
        "event_id", "name", "article_id", "time", "earliest", "latest", "sentence", "sentence_start", "sentence_end",
        "other_article", "other_time", "other_sentence", "event_earliest", "event_latest"]]


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
