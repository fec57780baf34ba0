"""What happened when: which date dates which event, who contradicts whom, the order of telling, and new events."""

import json
import shutil
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis import analyse, load_story, tables
from analysis.articles import Article
from analysis.codebook import Codebook, load_codebook
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


def told(*passages: tuple, kind: str = "event") -> pd.DataFrame:
    """Codings from (article, event, start, end), and where the deed is not the whole passage its start and end."""
    def elements(deed: tuple) -> str:
        return json.dumps([{"slot": "did", "start": deed[0], "end": deed[1]}] if deed else [])

    return tables.frame("codings", [
        {"article_id": article_id, "code_id": event_id, "start": start, "end": end, "text": "t" * (end - start),
         "kind": kind, "coder": "machine", "status": "stated", "elements": elements(deed), "completeness": "full"}
        for article_id, event_id, start, end, *deed in passages])


def dates(*found: tuple) -> pd.DataFrame:
    """Times from (article, start, first and last day, start of the verb it hangs on, basis of more words it reaches)."""
    rows = []
    for article_id, start, days, verb, *more in found:
        reached = ([] if verb is None else [(verb, "clause")]) + [pair for pairs in more for pair in pairs.items()]
        words = [{"start": at, "end": at + 4, "basis": basis, "clause_start": at, "clause_end": at + 10} for at, basis in reached]
        rows.append({
            "article_id": article_id, "start": start, "end": start + 5, "text": f"t{start}".ljust(5), "type": "DATE",
            "value": "X", "earliest": date.fromisoformat(days[0]) if days else None,
            "latest": date.fromisoformat(days[1]) if days else None, "governor": None if verb is None else "verb",
            "governor_start": verb, "governor_end": None if verb is None else verb + 4, "reach": json.dumps(words)})
    return tables.frame("times", rows)


def links(codings: pd.DataFrame, times: pd.DataFrame) -> pd.DataFrame:
    return chronology.datings(codings, times, EVENTS, SENTENCES)


def linked(codings: pd.DataFrame, times: pd.DataFrame) -> list[tuple[str, str, int, bool]]:
    found = links(codings, times)
    return list(found[["article_id", "event_id", "time_start", "basis", "agrees"]].itertuples(index=False, name=None))


def test_mentions_of_events_have_their_sentence_and_what_is_known():
    codings = pd.concat([told(("a", "closing", 210, 240, 220, 225)), told(("a", "closing", 10, 40), kind="fact")],
                        ignore_index=True)
    [row] = chronology.mentions_of_events(codings, EVENTS, SENTENCES).to_dict("records")
    assert row == {
        "article_id": "a", "event_id": "closing", "name": "Closing", "text": "t" * 30, "start": 210, "end": 240,
        "deed_start": 220, "deed_end": 225, "position": 2, "sentence": "a200", "sentence_start": 200, "sentence_end": 300,
        "event_earliest": pd.Timestamp("2021-10-06"), "event_latest": pd.Timestamp("2021-10-06")}


CLOSING, TALKS = ("a", "closing", 10, 30), ("a", "talks", 50, 70)
DAYS_BEFORE = ("2021-10-02", "2021-10-04")


@pytest.mark.parametrize(("codings", "times", "expected"), [
    pytest.param([CLOSING], [("a", 40, OCT_6, 15)], [("a", "closing", 40, "clause", True)], id="said of a word of the passage"),
    pytest.param([CLOSING], [("a", 40, OCT_6, 10)], [("a", "closing", 40, "clause", True)], id="which may be its first"),
    pytest.param([CLOSING, TALKS], [("a", 0, ("2021-10-06", "2021-10-08"), 15, {55: "coordination"})],
                 [("a", "closing", 0, "clause", True), ("a", "talks", 0, "coordination", True)],
                 id="one date reaches coordinated verbs"),
    pytest.param([TALKS], [("a", 0, OCT_9, 40, {52: "possible"})], [("a", "talks", 0, "possible", True)],
                 id="a deed that is announced"),
    pytest.param([TALKS], [("a", 40, ("2021-10-20", "2021-10-26"), 55)], [("a", "talks", 40, "clause", True)],
                 id="an interval that touches the event's own"),
    pytest.param([CLOSING], [("a", 40, OCT_6, 80)], [("a", "closing", 40, "sentence", True)],
                 id="elsewhere in the sentence: an inference"),
    pytest.param([CLOSING], [("a", 40, OCTOBER, None)], [("a", "closing", 40, "sentence", True)],
                 id="from words that hold its days"),
    pytest.param([TALKS], [("a", 40, OCT_9, 80)], [], id="but not from one of its many possible days"),
    pytest.param([CLOSING], [("a", 40, OCT_6, 15), ("a", 60, OCTOBER, 80)], [("a", "closing", 40, "clause", True)],
                 id="nor where it has a date of its own"),
    pytest.param([CLOSING], [("a", 40, OCT_9, 15), ("a", 60, OCTOBER, 80)], [("a", "closing", 40, "clause", False)],
                 id="though that date be against it"),
    pytest.param([CLOSING], [("a", 40, OCT_9, 15)], [("a", "closing", 40, "clause", False)], id="a contradiction of the deed"),
    pytest.param([(*CLOSING, 20, 30)], [("a", 40, OCT_9, 25)], [("a", "closing", 40, "clause", False)],
                 id="which is a part of the passage"),
    pytest.param([(*CLOSING, 20, 30)], [("a", 40, OCT_9, 12)], [], id="the date of another word of it contradicts nothing"),
    pytest.param([CLOSING], [("a", 40, OCT_9, 30)], [], id="nor that of a verb after the passage"),
    pytest.param([CLOSING], [("a", 40, OCT_9, None)], [], id="nor that of no verb"),
    pytest.param([CLOSING], [("a", 0, OCT_9, 40, {12: "possible"})], [], id="nor that of an announcement"),
    pytest.param([CLOSING], [("a", 0, OCT_9, 5, {12: "coordination"})], [("a", "closing", 0, "coordination", False)],
                 id="a date in front is said of what is coordinated"),
    pytest.param([CLOSING], [("a", 60, OCT_9, 50, {12: "coordination"})], [], id="one behind may be said of the other"),
    pytest.param([CLOSING, TALKS], [("a", 40, OCT_9, 15, {55: "coordination"})], [("a", "talks", 40, "coordination", True)],
                 id="a date that fits an event contradicts no other"),
    pytest.param([CLOSING], [("a", 35, DAYS_BEFORE, 15), ("a", 45, OCT_9, 15)],
                 [("a", "closing", 35, "clause", True), ("a", "closing", 45, "clause", True)],
                 id="two dates of a verb that no day fits are a range"),
    pytest.param([CLOSING, ("a", "closing", 12, 28)], [("a", 40, OCT_6, 15)], [("a", "closing", 40, "clause", True)],
                 id="a passage within another is no second dating"),
    pytest.param([CLOSING], [("a", 140, OCT_6, None)], [], id="another sentence"),
    pytest.param([CLOSING], [("b", 40, OCT_6, 15)], [], id="another article"),
    pytest.param([CLOSING], [("a", 40, None, 15)], [], id="a duration is no date"),
    pytest.param([("b", "closing", 10, 30), ("a", "storm", 310, 330)],
                 [("b", 0, OCT_6, None), ("a", 300, OCTOBER, None)],
                 [("a", "storm", 300, "sentence", True), ("b", "closing", 0, "sentence", True)],
                 id="in the order of the articles"),
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
              ("b", 240, ("2021-11-01", "2021-11-01"), 215))
TOLD = chronology.mentions_of_events(CODINGS, EVENTS, SENTENCES)


def test_timeline():
    found = chronology.timeline(TOLD, links(CODINGS, TIMES), EVENTS)
    assert found[["event_id", "days", "dated_by", "inferred_in", "undated_in", "told_in"]].values.tolist() == [
        ["storm", 1, "", "", "b", 1], ["closing", 1, "a", "b", "", 2], ["talks", 14, "", "", "", 0],
        ["opening", 1, "b", "", "a", 2]]
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


# The first and last day that an article's words can mean, said of the deed itself; the codebook knows but the year.
SPANS = st.tuples(st.integers(0, 20), st.integers(0, 20)).map(sorted).map(
    lambda span: tuple(f"2021-10-{day + 1:02}" for day in span))
WHOLE_YEAR = EVENTS.assign(earliest=pd.Timestamp("2021-01-01").as_unit("ms"), latest=pd.Timestamp("2021-12-31").as_unit("ms"))
DAY_UNKNOWN = EVENTS.assign(earliest=pd.NaT, latest=pd.NaT).astype(EVENTS.dtypes)


def each_other(*spans: tuple[str, str], events: pd.DataFrame, order: int = 1) -> list[tuple]:
    """Give each article one dating of one event, and return the disagreements."""
    ids = [f"{i:03}" for i in range(len(spans))][::order]
    sentences = pd.concat([SENTENCES[SENTENCES["article_id"].eq("a")].assign(article_id=i) for i in ids])
    codings = told(*((i, "closing", 10, 30) for i in ids))
    times = dates(*((i, 40, span, 15) for i, span in zip(ids, spans[::order])))
    found = chronology.disagreements(chronology.datings(codings, times, events, sentences))
    return sorted(found[["against", "article_id", "other_article", "earliest", "other_earliest", "sentence",
                         "other_sentence"]].itertuples(index=False, name=None))


@pytest.mark.parametrize("events", [WHOLE_YEAR, DAY_UNKNOWN], ids=["a year", "unknown"])
@given(spans=st.lists(SPANS, min_size=2, max_size=4))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_two_articles_disagree_where_no_day_fits_both(events, spans):
    """Whatever the order of the articles; a less exact dating that holds the other is no disagreement."""
    found = each_other(*spans, events=events)
    pairs = {(int(one), int(other)) for _, one, other, *_ in found}
    assert pairs == {(i, j) for i in range(len(spans)) for j in range(i + 1, len(spans))
                     if spans[i][1] < spans[j][0] or spans[j][1] < spans[i][0]}
    assert {against for against, *_ in found} <= {"article"}
    assert found == each_other(*spans, events=events, order=-1)


def test_only_dates_of_the_deed_itself_disagree_with_each_other():
    codings = told(("a", "closing", 10, 30, 20, 30), ("b", "closing", 10, 30, 20, 30))
    for verb, number in ((25, 1), (12, 0)):
        times = dates(("a", 40, OCT_6, verb), ("b", 40, OCT_9, 25))
        found = chronology.disagreements(chronology.datings(codings, times, WHOLE_YEAR, SENTENCES))
        assert len(found) == number


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
    assert list(line.columns) == ["event_id", "name", "earliest", "latest", "days", "dated_by", "inferred_in",
                                  "undated_in", "told_in"]
    assert list(line["told_in"]) == [mentions.loc[mentions["event_id"].eq(e), "article_id"].nunique()
                                     for e in line["event_id"]]
    order = chronology.telling_order(mentions)
    assert len(order) == len(mentions.drop_duplicates(["article_id", "event_id"]))
    assert list(chronology.in_order(order).index) == sorted(set(mentions["article_id"]))


# --- with the model: sentences of an invented story, told on 18 October 2021

BOOK = Codebook.model_validate({"events": [
    {"event_id": name, "name": name, "earliest": first, "latest": last, "definition": "d", "coding_rule": "r",
     "wordings": [{"did": did, "what": what}]}
    for name, did, what, first, last in (
        ("opening", ["open", "opening"], "bridge", date(2021, 10, 6), date(2021, 10, 6)),
        ("closing", ["close", "closing"], "ferry", date(2021, 1, 1), date(2021, 12, 31)))]})


def article(text: str, article_id: str = "000", day: int = 18, condition: str = "complete", outlet: str = "TASS") -> Article:
    published = date(2021, 10, day)
    return Article(article_id=article_id, text=text, outlet=outlet, outlet_basis="stated", published_earliest=published,
                   published_latest=published, published_basis="stated", condition=condition)


DATED = [
    ("The mayor opened the bridge on Wednesday, October 6, and closed the ferry.",
     [("opening", "clause", True), ("closing", "coordination", True)]),
    ("On October 6 the mayor opened the bridge and the council closed the ferry.",
     [("opening", "clause", True), ("closing", "coordination", True)]),
    ("The mayor opened the bridge on October 6 and closed the ferry on October 7.",
     [("opening", "clause", True), ("closing", "clause", True)]),
    ("The mayor opened the bridge on October 6, and the council closed the ferry.", [("opening", "clause", True)]),
    ("On October 6 the mayor announced the opening of the bridge.", [("opening", "possible", True)]),
    ("The mayor said on October 6 that she was opening the bridge.", [("opening", "sentence", True)]),
    ("The mayor opened the bridge earlier this month.", [("opening", "clause", True)]),
    ("The mayor opened the bridge two weeks ago.", [("opening", "clause", True)]),
    ("The mayor opened the bridge between October 5 and October 8.", [("opening", "clause", True)] * 2),
    # Disagreements.
    ("The mayor opened the bridge on October 9.", [("opening", "clause", False)]),
    ("The bridge was opened last week.", [("opening", "clause", False)]),
    ("On October 9 the mayor hired a band and opened the bridge.", [("opening", "coordination", False)]),
    ("On October 9 the mayor announced that she was opening the bridge.", [("opening", "clause", False)]),
    ("The opening of the bridge took place on October 9.", [("opening", "clause", False)]),
    ("The opening of the bridge on October 9 drew crowds.", [("opening", "clause", False)]),
    ("The mayor opened the bridge on October 9, the council said on Monday.", [("opening", "clause", False)]),
    # The dates of other things.
    ("The mayor said on Monday that the bridge had opened.", []),
    ("The mayor announced on Monday that she had opened the bridge.", []),
    ("The mayor announced on October 1 that she would open the bridge.", []),
    ("The opening of the bridge was announced on October 1.", []),
    ("The council met on Monday after the mayor opened the bridge.", []),
    ("Residents protested on Monday against the opening of the bridge.", []),
    ("Residents condemned the opening of the bridge on Monday.", []),
    ("The mayor, who resigned on Monday, opened the bridge.", []),
    ("The mayor opened the bridge and resigned on Monday.", []),
    ("The mayor opened the bridge before Monday.", []),
    ("The mayor did not open the bridge on Monday.", []),
    ("The mayor may open the bridge on Monday.", []),
]


@pytest.fixture(scope="module")
def dated() -> dict[str, list]:
    found = analyse([article(text, f"{i:03}") for i, (text, _) in enumerate(DATED)], BOOK)
    linked = chronology.datings(found.codings, found.times, found.events, found.sentences)
    return {f"{i:03}": linked[linked["article_id"].eq(f"{i:03}")][["event_id", "basis", "agrees"]].values.tolist()
            for i in range(len(DATED))}


@pytest.mark.parametrize("number", range(len(DATED)), ids=[text for text, _ in DATED])
def test_which_event_a_sentence_dates(dated, number):
    assert dated[f"{number:03}"] == [list(link) for link in DATED[number][1]]


def test_datings_of_the_story_slice_and_stay_in_their_article(story, tables):
    texts = {article.article_id: article.text for article in story.articles}
    found = chronology.datings(tables.codings, tables.times, tables.events, tables.sentences)
    for row in found.itertuples():
        assert texts[row.article_id][row.time_start : row.time_end] == row.time
        assert row.sentence_start <= row.time_start < row.time_end <= row.sentence_end
        assert texts[row.article_id][row.sentence_start : row.sentence_end] == row.sentence
    assert not found.duplicated(["article_id", "time_start", "event_id"]).any()


def test_a_date_in_front_reaches_both_deeds_of_002(tables):
    """On October 6, NATO announced the reduction of the mission and revoked the accreditation."""
    found = chronology.datings(tables.codings, tables.times, tables.events, tables.sentences)
    on_6 = found[found["article_id"].eq("002") & found["time"].eq("October 6")]
    assert list(on_6["event_id"]) == ["expulsion", "mission-halved"] and on_6["agrees"].all()


# --- events that the codebook does not have

TOLD_ALIKE = [
    article("The council closed the old ferry across the river on October 6. The mayor said on Monday that the bridge had "
            "cost 3 million. It rained on Tuesday.", "echo", outlet="The Echo"),
    article("On October 6, the old ferry was closed. The bridge cost 3 million, the mayor said on Monday. A market was held "
            "on Sunday.", "news", day=19, outlet="Daily News"),
    article("Council closed aged ferry crossing river on October 6.", "herald", condition="machine-altered", outlet="Herald"),
    article("A market opened on Friday. The old ferry was closed on October 6 by the council. The bridge was painted red on "
            "October 7 by children.", "echo-2", day=20, outlet="The Echo"),
    article("The bridge was painted red on October 7 by twenty children.", "echo-3", day=20, outlet="The Echo"),
]


@pytest.fixture(scope="module")
def discovered() -> tuple:
    found = analyse(TOLD_ALIKE)
    return found, chronology.proposals(found.times, found.sentences, found.articles, found.codings, found.events)


def test_what_several_outlets_date_and_tell_alike_is_proposed(discovered):
    _, proposed = discovered
    assert {name: list(basis["article_id"]) for name, basis in proposed.groupby("name", sort=False)} == {
        "The old ferry was closed by the council": ["echo", "echo-2", "herald", "news"],
        "The bridge cost 3 million, the mayor said": ["echo", "news"]}
    assert list(proposed.drop_duplicates("event_id")["event_id"]) == ["old-ferry-closed-council", "bridge-cost-million-mayor"]
    assert set(proposed["earliest"]) == set(proposed["latest"]) == {pd.Timestamp("2021-10-06"), pd.Timestamp("2021-10-18")}
    assert list(proposed[proposed["altered"]]["article_id"]) == ["herald"]


def test_what_one_outlet_alone_dates_is_not_proposed(discovered):
    """The Echo painted the bridge twice; nobody else did."""
    _, proposed = discovered
    assert not proposed["text"].str.contains("painted|market|rained").any()


def test_every_clause_of_a_proposal_is_cut_out_of_its_article(discovered, story, tables):
    _, proposed = discovered
    of_story = chronology.proposals(tables.times, tables.sentences, tables.articles, tables.codings, tables.events)
    texts = {one.article_id: one.text for one in [*TOLD_ALIKE, *story.articles]}
    for row in pd.concat([proposed, of_story]).itertuples():
        assert texts[row.article_id][row.start : row.end] == row.text
        assert row.text in row.sentence and row.deed in row.text


def test_nothing_depends_on_the_order_of_the_rows(discovered):
    found, proposed = discovered
    again = chronology.proposals(found.times[::-1], found.sentences[::-1], found.articles[::-1], found.codings, found.events)
    ours, theirs = (frame.groupby("name")["article_id"].agg(sorted).to_dict() for frame in (proposed, again))
    assert ours == theirs


def test_what_the_codebook_has_is_known(tables):
    """The codebook of the story has all that several of its articles date; without it, the same is new."""
    found = chronology.proposals(tables.times, tables.sentences, tables.articles, tables.codings, tables.events)
    assert set(found["known"]) == {"expulsion", "suspension-announced", "measures-in-force"}
    assert chronology.as_yaml(found, tables.articles) == "events: []\n"
    new = chronology.proposals(tables.times, tables.sentences, tables.articles, tables.codings[:0], tables.events[:0])
    assert new["known"].isna().all() and new["event_id"].nunique() == found["event_id"].nunique()


def test_proposals_pasted_into_a_story_pass_its_check(discovered, tables, tmp_path):
    """They stand in a file of their own, or below `events:` among the others."""
    found = chronology.proposals(tables.times, tables.sentences, tables.articles, tables.codings, tables.events)
    new = chronology.as_yaml(found.assign(known=None), tables.articles)
    story = shutil.copytree(Path(__file__).parent.parent / "data" / "russia-nato-2021", tmp_path / "story")
    before = load_story(story).codebook.events
    events = story / "codebook" / "events.yaml"
    events.write_text(events.read_text(encoding="utf-8") + "\n" + new.removeprefix("events:\n"), encoding="utf-8")
    assert len(load_story(story).codebook.events) == len(before) + found["event_id"].nunique()
    _, proposed = discovered
    (story / "codebook" / "proposed.yaml").write_text(chronology.as_yaml(proposed, discovered[0].articles), encoding="utf-8")
    known = {event.event_id: event for event in load_story(story).codebook.events}
    closed = known["old-ferry-closed-council"]
    assert closed.name == "The old ferry was closed by the council"
    assert closed.earliest == closed.latest == date(2021, 10, 6)


def test_a_proposal_finds_its_sentences_again(discovered, tmp_path):
    found, proposed = discovered
    (tmp_path / "events.yaml").write_text(chronology.as_yaml(proposed, found.articles), encoding="utf-8")
    coded = analyse(TOLD_ALIKE, load_codebook(tmp_path)).codings
    for row in proposed.itertuples():
        own = coded[coded["article_id"].eq(row.article_id) & coded["code_id"].eq(row.event_id)]
        assert (own["start"].ge(row.start) & own["end"].le(row.end)).any(), row.text


@given(words=st.lists(st.text(min_size=1, max_size=12), min_size=3, max_size=3), name=st.text(min_size=1, max_size=90))
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_words_give_a_codebook_that_loads(discovered, tmp_path, words, name):
    found, proposed = discovered
    deed, text, sentence = words
    hostile = proposed.assign(deed=deed, text=f"{text} ferry", sentence=sentence)
    articles = found.articles.assign(outlet=name)
    (tmp_path / "events.yaml").write_text(chronology.as_yaml(hostile, articles), encoding="utf-8")
    assert len(load_codebook(tmp_path).events) == 2


@pytest.mark.parametrize("table", ["times", "sentences", "articles"])
def test_nothing_is_proposed_where_there_is_nothing(discovered, table):
    found, proposed = discovered
    given = {name: getattr(found, name) for name in ("times", "sentences", "articles")}
    if table == "times":
        given["times"] = found.times[:0]
    else:
        given = {name: frame[:0] for name, frame in given.items()}
    empty = chronology.proposals(**given, codings=found.codings, events=found.events)
    assert empty.empty and list(empty.columns) == list(proposed.columns)
    assert chronology.as_yaml(empty, found.articles) == "events: []\n"
