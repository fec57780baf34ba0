"""Events of the codebook, the dates that articles give them, and where two datings cannot both be true."""

from __future__ import annotations

import json

import pandas as pd

from .. import sentence_of

# How a date comes to an event, the surest first: it hangs on the deed's verb; on a verb coordinated with that; possibly
# on the deed, or on what announces it; or it stands elsewhere in the sentence, but names the event's day.
BASES = ("clause", "coordination", "possible", "sentence")
_EVENT = ["event_id", "name", "event_earliest", "event_latest"]
_TIME = ["time", "time_start", "time_end", "earliest", "latest"]
_SENTENCE = ["sentence", "sentence_start", "sentence_end"]
LINK = ["article_id", *_EVENT, *_TIME, "basis", "firm", "agrees", *_SENTENCE]


def mentions_of_events(codings: pd.DataFrame, events: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """List every passage that tells an event, with its sentence and the event's known bounds.

    Returns
    -------
    DataFrame: article_id, event_id, name, text, start, end, deed_start, deed_end (the words in the slot `did`; the
    whole passage without one), position, sentence, sentence_start, sentence_end, event_earliest, event_latest.
    """
    found = codings[codings["kind"].eq("event")].rename(columns={"code_id": "event_id"}).reset_index(drop=True)
    found = found.join(sentence_of(found, sentences))
    deeds = [_deed(*coding) for coding in zip(found["elements"], found["start"], found["end"])]
    found[["deed_start", "deed_end"]] = pd.DataFrame(deeds, columns=["start", "end"], index=found.index, dtype="int64")
    known = events.rename(columns={"earliest": "event_earliest", "latest": "event_latest"})
    merged = found.merge(known[_EVENT], on="event_id")
    return merged[["article_id", "event_id", "name", "text", "start", "end", "deed_start", "deed_end", "position",
                   *_SENTENCE, "event_earliest", "event_latest"]]


def _deed(elements: str, start: int, end: int) -> tuple[int, int]:
    return next(((part["start"], part["end"]) for part in json.loads(elements) if part["slot"] == "did"), (start, end))


def datings(codings: pd.DataFrame, times: pd.DataFrame, events: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """Link the dates that articles give to the events they date.

    A date is linked to the events whose passage holds a word that it is said of (`reach` in the table times), if the
    two can be the same day. One that is said of no such word is linked to what its sentence tells only if the event's
    known days lie within those it can mean: an inference, and marked as such. A date that fits nothing told in its
    sentence, but is said of the very deed, dates it against what is known: a disagreement. Other dates are left alone.

    Returns
    -------
    DataFrame, a row a link: article_id, event_id, name, event_earliest, event_latest, time (words), time_start,
    time_end, earliest, latest (what the words can mean; for each end of a range the whole of it), basis (`BASES`),
    firm (said of the deed itself, in its own clause or in front of it), agrees (with what is known), sentence,
    sentence_start, sentence_end.
    """
    told = mentions_of_events(codings, events, sentences)
    dates = _dates(times)
    dates = dates.join(sentence_of(dates, sentences)[["position"]])
    dates = dates.rename(columns={"text": "time", "start": "time_start", "end": "time_end"})
    pairs = told.merge(dates, on=["article_id", "position"]).assign(pair=lambda d: range(len(d)))
    pairs = pairs.join(_said_of(pairs), on="pair")
    early, late = _loose(pairs)
    fits = ~(early > pairs["event_latest"]) & ~(late < pairs["event_earliest"])  # an unknown day contradicts nothing
    named = (pairs["earliest"] <= pairs["event_earliest"]) & (pairs["latest"] >= pairs["event_latest"])
    pairs["basis"] = pairs["basis"].where(pairs["basis"].notna() | ~named, "sentence")
    pairs["agrees"] = fits & pairs["basis"].notna()
    # A date that fits one event of its sentence contradicts no other; what has a date of its own needs no inference.
    fitting = pairs.groupby(["article_id", "time_start"])["agrees"].transform("any")
    pairs = pairs[pairs["agrees"] | pairs["firm"] & ~fits & ~fitting]
    pairs = pairs.assign(said=pairs["basis"].ne("sentence"), rank=pairs["basis"].map(BASES.index))
    own = pairs.groupby(["article_id", "event_id", "position"])["said"].transform("any")
    links = pairs[pairs["said"] | ~own].sort_values(["rank", "firm", "start"], ascending=[True, False, True])
    links = links.drop_duplicates(["article_id", "time_start", "event_id"])
    return links.sort_values(["article_id", "time_start", "start", "event_id"])[LINK].reset_index(drop=True)


def _dates(times: pd.DataFrame) -> pd.DataFrame:
    """Return the times that have days; two that one verb has and no day fits are a range: between May 3 and May 9."""
    dates = times.dropna(subset=["earliest", "latest"])[
        ["article_id", "text", "start", "end", "earliest", "latest", "governor_start", "reach"]].reset_index(drop=True)
    of_verb = dates[dates["reach"].ne("[]")].groupby(["article_id", "governor_start"])[["earliest", "latest"]]
    first, last = of_verb.transform("min"), of_verb.transform("max")
    apart = last["earliest"] > first["latest"]
    dates.loc[apart[apart].index, "earliest"] = first.loc[apart, "earliest"]
    dates.loc[apart[apart].index, "latest"] = last.loc[apart, "latest"]
    return dates


def _said_of(pairs: pd.DataFrame) -> pd.DataFrame:
    """Tell for each pair of passage and date how the date comes to a word of the passage, and whether that is the deed.

    Returns
    -------
    DataFrame indexed like the column `pair`: basis, firm.
    """
    rows = []
    for pair in pairs.itertuples(index=False):
        words = [word for word in json.loads(pair.reach) if pair.start <= word["start"] < pair.end]
        firm = any(pair.deed_start <= word["start"] < pair.deed_end
                   and (word["basis"] == "clause" or word["basis"] == "coordination" and pair.time_end <= word["start"])
                   for word in words)
        basis = min((word["basis"] for word in words), key=BASES.index, default=None)
        rows.append((basis, firm))
    return pd.DataFrame(rows, columns=["basis", "firm"], index=pairs["pair"]).astype({"basis": "str", "firm": bool})


def _loose(dates: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """Return the days that dates can mean, as loosely as they are said.

    Numbers before "ago" are round ones: what is called two weeks ago can be the week before or after.
    """
    slack = (dates["latest"] - dates["earliest"] + pd.Timedelta(days=1)).where(
        dates["time"].str.lower().str.endswith("ago"), pd.Timedelta(0))
    return dates["earliest"] - slack, dates["latest"] + slack


def timeline(told: pd.DataFrame, links: pd.DataFrame, events: pd.DataFrame) -> pd.DataFrame:
    """Set out the events in order, with who dates each and who tells it without a date.

    Parameters
    ----------
    told : from `mentions_of_events`.
    links : from `datings`.

    Returns
    -------
    DataFrame in order of time: event_id, name, earliest, latest, days (length of the interval; 1 is a known day),
    dated_by, inferred_in (only a date elsewhere in the sentence names the day), undated_in (article ids, joined by a
    blank), told_in (number of articles).
    """
    surely = links["basis"].ne("sentence")
    dated = links[surely].groupby("event_id")["article_id"].agg(set)
    inferred = links[~surely].groupby("event_id")["article_id"].agg(set)
    all_in = told.groupby("event_id")["article_id"].agg(set)
    rows = []
    for event in events.sort_values(["earliest", "latest"], kind="stable").itertuples(index=False):
        with_date, near = dated.get(event.event_id, set()), inferred.get(event.event_id, set())
        everyone = all_in.get(event.event_id, set())
        rows.append({
            "event_id": event.event_id, "name": event.name, "earliest": event.earliest, "latest": event.latest,
            "days": (event.latest - event.earliest).days + 1, "dated_by": _joined(with_date),
            "inferred_in": _joined(near - with_date), "undated_in": _joined(everyone - with_date - near),
            "told_in": len(everyone),
        })
    columns = ["event_id", "name", "earliest", "latest", "days", "dated_by", "inferred_in", "undated_in", "told_in"]
    return pd.DataFrame(rows, columns=columns)


def _joined(ids: set[str]) -> str:
    return " ".join(sorted(ids))


def disagreements(links: pd.DataFrame) -> pd.DataFrame:
    """List the datings that cannot be true together with what is known, or with each other, and both their sentences.

    A dating against the codebook's days stands beside the most precise one that fits them. Two articles that both fit,
    because the codebook's days are many or unknown, disagree where no day is possible for both; only dates said of the
    deed itself count. That one dating is less precise than another is no disagreement.

    Returns
    -------
    DataFrame: event_id, name, against (`codebook` or `article`), article_id, time, earliest, latest, sentence,
    sentence_start, sentence_end; the same of the other dating with `other_` (other_article …; empty where no article
    gives one); event_earliest, event_latest.
    """
    ours = ["article_id", "time", "earliest", "latest", *_SENTENCE]
    against = links[~links["agrees"]].assign(against="codebook")
    fitting = links[links["agrees"]].assign(
        width=lambda d: d["latest"] - d["earliest"], rank=lambda d: d["basis"].map(BASES.index))
    others = {name: f"other_{name}" for name in ours} | {"article_id": "other_article"}
    best = fitting.sort_values(["width", "rank"], kind="stable").drop_duplicates("event_id")
    beside = against.merge(best[["event_id", *ours]].rename(columns=others), on="event_id", how="left")
    mutual = _each_other(fitting[fitting["firm"]], ours, others).assign(against="article")
    found = pd.concat([beside, mutual], ignore_index=True) if len(mutual) else beside
    return found[["event_id", "name", "against", *ours, *others.values(), "event_earliest", "event_latest"]]


def _each_other(firm: pd.DataFrame, ours: list[str], others: dict[str, str]) -> pd.DataFrame:
    """Pair the datings of an event by two articles that leave no common day, one pair for two articles."""
    early, late = _loose(firm)
    firm = firm.assign(early=early, late=late)
    theirs = firm[["event_id", *ours, "early", "late"]].rename(
        columns=others | {"early": "other_early", "late": "other_late"})
    pairs = firm.merge(theirs, on="event_id")
    pairs = pairs[pairs["article_id"] < pairs["other_article"]]
    pairs = pairs[(pairs["late"] < pairs["other_early"]) | (pairs["other_late"] < pairs["early"])]
    return pairs.drop_duplicates(["event_id", "article_id", "other_article"])
