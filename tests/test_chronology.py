"""What happened when: which date dates which event, who contradicts whom, and the order of telling."""

from datetime import date

import pandas as pd
import pytest

from analysis import tables
from analysis.measures import chronology

# The first and last day on which each event can have happened.
DAYS = {"storm": ("2021-10-04", "2021-10-04"), "closing": ("2021-10-06", "2021-10-06"),
        "talks": ("2021-10-07", "2021-10-20"),
        "opening": ("2021-11-01", "2021-11-01")}
EVENTS = tables.frame("events", [
    {"event_id": name, "name": name.title(), "earliest": date.fromisoformat(first), "latest": date.fromisoformat(last),
     "definition": "d", "coding_rule": "r"} for name, (first, last) in DAYS.items()])
# Sentences of 100 characters in each article, so that offset 250 stands in the sentence at position 2.
SENTENCES = tables.frame("sentences", [
    {"article_id": article_id, "start": start, "end": start + 100, "text": f"{article_id}{start}",
     "position": start // 100, "paragraph": 0, "section": "body"}
    for article_id in "ab" for start in (0, 100, 200, 300)])
OCT_6, OCT_9 = ("2021-10-06", "2021-10-06"), ("2021-10-09", "2021-10-09")
OCTOBER = ("2021-10-01", "2021-10-31")


def told(*passages: tuple[str, str, int, int], kind: str = "event") -> pd.DataFrame:
    """Codings from (article, event, start, end)."""
    return tables.frame("codings", [
        {"article_id": article_id, "code_id": event_id, "start": start, "end": end, "text": "t" * (end - start),
         "kind": kind, "coder": "machine", "status": "stated", "elements": "[]", "completeness": "full"}
        for article_id, event_id, start, end in passages])


def dates(*found: tuple[str, int, tuple[str, str] | None, int | None]) -> pd.DataFrame:
    """Times from (article, start, first and last day, start of the verb it hangs on)."""
    return tables.frame("times", [
        {"article_id": article_id, "start": start, "end": start + 5, "text": f"t{start}".ljust(5), "type": "DATE",
         "value": "X", "earliest": date.fromisoformat(days[0]) if days else None,
         "latest": date.fromisoformat(days[1]) if days else None,
         "governor": None if verb is None else "verb", "governor_start": verb,
         "governor_end": None if verb is None else verb + 4}
        for article_id, start, days, verb in found])


def links(codings: pd.DataFrame, times: pd.DataFrame) -> pd.DataFrame:
    return chronology.datings(codings, times, EVENTS, SENTENCES)


def linked(codings: pd.DataFrame, times: pd.DataFrame) -> list[tuple[str, str, int, bool]]:
    found = links(codings, times)
    return list(found[["article_id", "event_id", "time_start", "agrees"]].itertuples(index=False, name=None))


def test_mentions_of_events_have_their_sentence_and_what_is_known():
    codings = pd.concat([told(("a", "closing", 210, 240)), told(("a", "closing", 10, 40), kind="fact")],
                        ignore_index=True)
    [row] = chronology.mentions_of_events(codings, EVENTS, SENTENCES).to_dict("records")
    assert row == {
        "article_id": "a", "event_id": "closing", "name": "Closing", "text": "t" * 30, "start": 210, "end": 240,
        "position": 2, "sentence": "a200", "sentence_start": 200, "sentence_end": 300,
        "event_earliest": pd.Timestamp("2021-10-06"), "event_latest": pd.Timestamp("2021-10-06")}


@pytest.mark.parametrize(("codings", "times", "expected"), [
    pytest.param([("a", "closing", 10, 30)], [("a", 40, OCT_6, None)], [("a", "closing", 40, True)],
                 id="the day itself"),
    pytest.param([("a", "closing", 10, 30)], [("a", 40, OCTOBER, None)], [("a", "closing", 40, True)],
                 id="an interval around it"),
    pytest.param([("a", "talks", 10, 30)], [("a", 40, ("2021-10-20", "2021-10-26"), None)], [("a", "talks", 40, True)],
                 id="an interval that touches the event's own"),
    pytest.param([("a", "closing", 10, 30)], [("a", 40, OCT_9, 15)], [("a", "closing", 40, False)],
                 id="a contradiction on the event's verb"),
    pytest.param([("a", "closing", 10, 30)], [("a", 40, OCT_9, 10)], [("a", "closing", 40, False)],
                 id="which is the passage's first word"),
    pytest.param([("a", "closing", 10, 30)], [("a", 40, OCT_9, 30)], [], id="a verb after the passage is another verb"),
    pytest.param([("a", "closing", 10, 30)], [("a", 40, OCT_9, 60)], [], id="a date on another verb is left alone"),
    pytest.param([("a", "closing", 10, 30)], [("a", 40, OCT_9, None)], [], id="a date on no verb is left alone"),
    pytest.param([("a", "closing", 10, 30)], [("a", 40, OCT_6, 60)], [("a", "closing", 40, True)],
                 id="one that fits need not hang on it"),
    pytest.param([("a", "closing", 10, 30)], [("a", 140, OCT_6, None)], [], id="another sentence"),
    pytest.param([("a", "closing", 10, 30)], [("b", 40, OCT_6, None)], [], id="another article"),
    pytest.param([("a", "closing", 10, 30)], [("a", 40, None, 15)], [], id="a duration is no date"),
    pytest.param([("a", "closing", 50, 60), ("a", "talks", 10, 20)], [("a", 25, ("2021-10-05", "2021-10-08"), None)],
                 [("a", "talks", 25, True)], id="one date dates one event, the nearest"),
    pytest.param([("a", "closing", 50, 60), ("a", "talks", 10, 20)], [("a", 25, ("2021-10-05", "2021-10-08"), 52)],
                 [("a", "closing", 25, True)], id="or the one whose verb it hangs on"),
    pytest.param([("a", "closing", 10, 30), ("a", "talks", 50, 70)], [("a", 40, OCT_9, 15)], [("a", "talks", 40, True)],
                 id="a date that fits an event contradicts no other"),
    pytest.param([("a", "closing", 10, 30)], [("a", 40, OCT_6, None), ("a", 60, OCTOBER, None)],
                 [("a", "closing", 40, True), ("a", "closing", 60, True)], id="two dates may date one event"),
    pytest.param([("b", "closing", 10, 30), ("a", "storm", 310, 330)],
                 [("b", 0, OCT_6, None), ("a", 300, OCTOBER, None)],
                 [("a", "storm", 300, True), ("b", "closing", 0, True)], id="in the order of the articles"),
])
def test_datings(codings, times, expected):
    assert linked(told(*codings), dates(*times)) == expected


def test_a_dating_has_its_words_and_its_sentence():
    [row] = links(told(("a", "closing", 110, 130)), dates(("a", 140, OCT_9, 115))).to_dict("records")
    assert (row["time"], row["time_start"], row["time_end"]) == ("t140 ", 140, 145)
    assert (row["earliest"], row["event_latest"]) == (pd.Timestamp("2021-10-09"), pd.Timestamp("2021-10-06"))
    assert (row["sentence"], row["sentence_start"], row["sentence_end"], row["name"]) == ("a100", 100, 200, "Closing")


CODINGS = told(("a", "opening", 10, 30), ("a", "closing", 110, 130), ("a", "closing", 310, 330),
               ("b", "closing", 10, 30),
               ("b", "storm", 110, 130), ("b", "opening", 210, 230))
TIMES = dates(("a", 140, OCT_9, 115), ("b", 40, OCT_6, None), ("b", 50, OCTOBER, None),
              ("b", 240, ("2021-11-01", "2021-11-01"), None))
TOLD = chronology.mentions_of_events(CODINGS, EVENTS, SENTENCES)


def test_timeline():
    found = chronology.timeline(TOLD, links(CODINGS, TIMES), EVENTS)
    assert found[["event_id", "days", "dated_by", "undated_in", "told_in"]].values.tolist() == [
        ["storm", 1, "", "b", 1], ["closing", 1, "a b", "", 2], ["talks", 14, "", "", 0], ["opening", 1, "b", "a", 2]]
    assert list(found["earliest"]) == list(EVENTS["earliest"]) and list(found["name"]) == list(EVENTS["name"])


def test_timeline_is_in_order_of_time_whatever_the_codebook_s():
    found = chronology.timeline(TOLD, links(CODINGS, TIMES), EVENTS[::-1])
    assert list(found["event_id"]) == ["storm", "closing", "talks", "opening"]


def test_disagreements_stand_beside_the_most_precise_dating_that_fits():
    [row] = chronology.disagreements(links(CODINGS, TIMES)).to_dict("records")
    assert (row["event_id"], row["article_id"], row["time"], row["sentence"]) == ("closing", "a", "t140 ", "a100")
    assert (row["other_article"], row["other_time"], row["other_sentence"]) == ("b", "t40  ", "b0")


def test_a_disagreement_without_another_dating():
    [row] = chronology.disagreements(links(CODINGS, TIMES[TIMES["article_id"].eq("a")])).to_dict("records")
    assert row["article_id"] == "a"
    assert pd.isna([row["other_article"], row["other_time"], row["other_sentence"]]).all()


def test_telling_order_ranks_first_tellings():
    found = chronology.telling_order(TOLD)
    assert found[["article_id", "event_id", "told", "happened", "start"]].values.tolist() == [
        ["a", "opening", 1, 2, 10], ["a", "closing", 2, 1, 110],
        ["b", "closing", 1, 2, 10], ["b", "storm", 2, 1, 110], ["b", "opening", 3, 3, 210]]
    assert list(found["sentence"]) == ["a0", "a100", "b0", "b100", "b200"]


def test_in_order_counts_pairs_told_as_they_happened():
    found = chronology.in_order(chronology.telling_order(TOLD))
    assert found.to_dict("index") == {"a": {"events": 2, "pairs": 1, "in_order": 0, "share": 0.0},
                                      "b": {"events": 3, "pairs": 3, "in_order": 2, "share": 2 / 3}}


def test_in_order_leaves_out_pairs_whose_order_is_not_known():
    events = EVENTS.assign(latest=pd.Timestamp("2021-12-31").as_unit("ms"))
    both = chronology.mentions_of_events(told(("a", "closing", 10, 30), ("a", "talks", 40, 60)), events, SENTENCES)
    [row] = chronology.in_order(chronology.telling_order(both)).to_dict("records")
    assert (row["events"], row["pairs"], row["in_order"]) == (2, 0, 0) and pd.isna(row["share"])


@pytest.mark.parametrize(("codings", "times", "events"), [
    pytest.param(told(), dates(), EVENTS, id="no passages and no dates"),
    pytest.param(CODINGS, dates(), EVENTS, id="no dates"),
    pytest.param(told(), TIMES, EVENTS, id="no passages"),
    pytest.param(CODINGS, TIMES, EVENTS[:0], id="no events"),
    pytest.param(told(), dates(), EVENTS[:0], id="nothing"),
])
def test_nothing_is_linked_where_something_is_missing(codings, times, events):
    mentions = chronology.mentions_of_events(codings, events, SENTENCES)
    found = chronology.datings(codings, times, events, SENTENCES)
    assert found.empty and "agrees" in found
    assert chronology.disagreements(found).empty
    line = chronology.timeline(mentions, found, events)
    assert list(line.columns) == ["event_id", "name", "earliest", "latest", "days", "dated_by", "undated_in", "told_in"]
    assert list(line["told_in"]) == [mentions.loc[mentions["event_id"].eq(e), "article_id"].nunique()
                                     for e in line["event_id"]]
    order = chronology.telling_order(mentions)
    assert len(order) == len(mentions.drop_duplicates(["article_id", "event_id"]))
    assert list(chronology.in_order(order).index) == sorted(set(mentions["article_id"]))
