"""The timeline and the order of telling: what is drawn is what the tables hold, however many outlets there are."""

import re
from itertools import combinations

import pandas as pd
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.dates import date2num

from analysis import figures
from analysis.figures.chronology.timeline import MOST_COLUMNS
from analysis.measures import chronology, labels

HOSTILE = ["<script>alert(1)</script>", "$x$ and $y^", "\u202eThe Daily\nNews\0", "جريدة الشرق الأوسط", "x" * 400,
           "The Very Long and Venerable Morning Intelligencer of Northern Cumberland and of Westmorland"]
# What is known of each event, and which days each article's words give it: article, first and last day, basis.
OCT_6, OCTOBER, WEEK = ("2021-10-06", "2021-10-06"), ("2021-10-01", "2021-10-31"), ("2021-10-11", "2021-10-17")
EVENTS = {"founded": ("1997-05-27", "1997-05-27"), "closing": OCT_6, "talks": ("2021-10-07", "2021-10-20")}


def articles(*outlets: str, day: str | None = "2021-10-18") -> pd.DataFrame:
    ids = pd.Series([f"{i:03}" for i in range(len(outlets))], dtype="string")
    return pd.DataFrame({"article_id": ids, "outlet": pd.Series(outlets, dtype="string"),
                         "condition": "complete", "published_earliest": pd.Timestamp(day), "published_latest": pd.Timestamp(day)})


def links(*rows: tuple) -> pd.DataFrame:
    """Links from (event, article, first and last day, basis); whether they agree follows from the days."""
    found = []
    for event_id, article_id, (first, last), basis in rows:
        known = EVENTS[event_id]
        found.append({"article_id": article_id, "event_id": event_id, "name": event_id.title(), "time": "then", "time_start": 5,
                      "time_end": 9, "basis": basis, "firm": basis == "clause", "sentence": "It was then.", "sentence_start": 0,
                      "sentence_end": 12, "agrees": first <= known[1] and last >= known[0], "earliest": pd.Timestamp(first),
                      "latest": pd.Timestamp(last), "event_earliest": pd.Timestamp(known[0]),
                      "event_latest": pd.Timestamp(known[1])})
    return pd.DataFrame(found)


def events(**undated: str) -> pd.DataFrame:
    return pd.DataFrame([{"event_id": name, "name": name.title(), "earliest": pd.Timestamp(first), "latest": pd.Timestamp(last),
                          "undated_in": undated.get(name, "")} for name, (first, last) in EVENTS.items()])


LINKS = links(("founded", "000", ("1997-01-01", "1997-12-31"), "clause"), ("closing", "000", OCT_6, "clause"),
              ("closing", "001", OCTOBER, "sentence"), ("closing", "002", WEEK, "clause"))


def who(picture):
    return next(axes for axes in picture.figure.axes if axes.get_label() == "who")


def marks(axes) -> dict[str, list[tuple[float, float]]]:
    """Return label → places of the marks, by column and height in hundredths of an inch."""
    found: dict[str, list] = {}
    for mark in axes.collections:
        found.setdefault(mark.get_label(), []).extend((round(x), round(100 * y)) for x, y in mark.get_offsets().tolist())
    return found


def assert_readable(picture):
    """No text lies upon another, none is cut by the sheet's edge."""
    renderer = FigureCanvasAgg(picture.figure).get_renderer()
    sheet = picture.figure.bbox
    boxes = [(text.get_text(), text.get_window_extent(renderer)) for axes in picture.figure.axes
             for text in [*axes.texts, *axes.get_xticklabels()] if text.get_text()]
    for words, box in boxes:
        assert sheet.x0 <= box.x0 and box.x1 <= sheet.x1 and sheet.y0 <= box.y0 and box.y1 <= sheet.y1, words
    for (one, box), (other, second) in combinations(boxes, 2):
        apart = box.x1 <= second.x0 + 1 or second.x1 <= box.x0 + 1 or box.y1 <= second.y0 + 1 or second.y1 <= box.y0 + 1
        assert apart, (one, other)


def test_each_article_has_its_mark_in_the_row_of_its_days():
    picture = figures.timeline(events(talks="000 002"), LINKS, articles("TASS", "The Echo", "Daily News"))
    drawn = marks(who(picture))
    places = {text.get_text(): round(100 * text.xy[1]) for text in picture.axes.texts if hasattr(text, "xy")}
    assert {state: [x for x, _ in found] for state, found in drawn.items()} == {
        "dated": [0, 0], "inferred": [1], "against": [2], "undated": [0, 2], "published": [0, 1, 2]}
    assert drawn["dated"][1][1] == places["Closing"] < drawn["inferred"][0][1] < drawn["against"][0][1] < places["Talks"]
    assert {y for _, y in drawn["undated"]} == {places["Talks"]}
    assert {y for _, y in drawn["published"]} == {places["published"]}


def test_a_dating_against_what_is_known_is_crossed_and_tied_to_it():
    picture = figures.timeline(events(), LINKS, articles("TASS", "The Echo", "Daily News"))
    [cross] = [mark for mark in picture.axes.collections if mark.get_label() == "against"]
    [(x, y)] = cross.get_offsets().tolist()
    assert date2num(pd.Timestamp(WEEK[0])) <= x <= date2num(pd.Timestamp(WEEK[1]))
    ties = [line.get_xydata().tolist() for line in picture.axes.lines if line.get_xydata()[-1].tolist() == [x, y]]
    assert [tie[0][0] for tie in ties] == [date2num(pd.Timestamp(OCT_6[0]))]


def test_precision_is_seen():
    """A known day is a mark, known bounds are a bar, and so are the days that words can mean."""
    picture = figures.timeline(events(), LINKS, articles("TASS", "The Echo", "Daily News"))
    bars = {(line.get_label(), *line.get_xdata()) for line in picture.axes.lines if line.get_label() in ("known", "said")}
    spans = {("known", *EVENTS["talks"]), ("said", *OCTOBER), ("said", "1997-01-01", "1997-12-31")}
    shown = {kind: [span for label, *span in bars if label == kind] for kind, _, _ in spans}
    assert [tuple(pd.to_datetime(span, unit="D").strftime("%Y-%m-%d")) for span in shown["known"]] == [EVENTS["talks"]]
    assert len(shown["said"]) == 2
    known = [len(mark.get_offsets()) for mark in picture.axes.collections if mark.get_label() == "known"]
    assert sum(known) == 2


def test_marks_of_the_story_are_the_tables(tables):
    told = chronology.mentions_of_events(tables.codings, tables.events, tables.sentences)
    found = chronology.datings(tables.codings, tables.times, tables.events, tables.sentences)
    line = chronology.timeline(told, found, tables.events)
    picture = figures.timeline(line, found, tables.articles)
    drawn = {state: len(places) for state, places in marks(who(picture)).items()}
    assert drawn["undated"] == line["undated_in"].str.split().str.len().sum()
    surest = found.sort_values("basis").drop_duplicates(["event_id", "article_id", "earliest", "latest"])
    agreeing = surest[surest["agrees"]]["basis"].ne("sentence").value_counts()
    assert (drawn["dated"], drawn["inferred"]) == (agreeing[True], agreeing[False])
    assert drawn["against"] == 1 and drawn["published"] == len(tables.articles)


@pytest.mark.parametrize("number", [1, 5, 12, MOST_COLUMNS, MOST_COLUMNS + 1, 60])
def test_many_outlets_make_no_tower(number):
    of = articles(*(HOSTILE * 10)[:number])
    rows = [("closing", i, (OCT_6, OCTOBER, WEEK)[place % 3], "clause") for place, i in enumerate(of["article_id"])]
    picture = figures.timeline(events(talks=" ".join(of["article_id"])), links(*rows), of)
    assert_readable(picture)
    assert picture.figure.get_figheight() < 5
    for label in labels(of):
        assert " ".join(re.sub("[\u202e\n\0]+", " ", label).split()) in picture.alt


def test_of_many_outlets_each_row_has_their_number():
    of = articles(*(f"Outlet {i}" for i in range(MOST_COLUMNS + 4)))
    rows = [("closing", i, WEEK if place < 3 else OCT_6, "clause") for place, i in enumerate(of["article_id"])]
    words = [text.get_text() for text in who(figures.timeline(events(talks="000 001"), links(*rows), of)).texts]
    assert sorted(words) == sorted(["dated", "undated", "against", "appeared", "17", "3", "2", "20"])


def test_articles_that_contradict_each_other_are_counted_in_the_title():
    rows = links(("talks", "000", ("2021-10-08", "2021-10-08"), "clause"),
                 ("talks", "001", ("2021-10-12", "2021-10-12"), "clause"))
    title = figures.timeline(events(), rows, articles("TASS", "The Echo")).title
    assert title.endswith("none is dated against what is known, one is dated by two articles in ways that cannot both be true")


def test_days_may_be_unknown():
    unknown = events().assign(earliest=pd.NaT, latest=pd.NaT)
    picture = figures.timeline(unknown, LINKS[:0], articles("TASS"))
    assert picture.title == "3 events on days that are not known; no article dates them"
    assert [text.get_text() for text in picture.axes.texts].count("day unknown") == 3
    assert "Closing: day unknown; dated by none." in picture.alt
    picture = figures.timeline(events(), LINKS, articles("TASS", "The Echo", "Daily News", day=None))
    assert [text.get_text() for text in picture.axes.texts].count("day unknown") == 1
    assert picture.alt.endswith("Published: TASS day unknown; The Echo day unknown; Daily News day unknown.")
    assert figures.timeline(unknown, LINKS[:0], articles("TASS", day=None)).title == "No days to show"


def test_the_timeline_is_told_in_words():
    alt = figures.timeline(events(talks="001"), LINKS, articles("TASS", "The Echo", "Daily News")).alt
    assert ("Closing: 6 October 2021; dated by TASS (“then”), The Echo (“then”, elsewhere in the sentence) and Daily News "
            "(“then”, against what is known).") in alt
    assert "Talks: 7 October 2021 to 20 October 2021; dated by none; undated in The Echo." in alt
    assert "Published: TASS 18 October 2021; The Echo 18 October 2021; Daily News 18 October 2021." in alt


def test_no_event_or_no_article_says_so():
    assert figures.timeline(events()[:0], LINKS[:0], articles("TASS")).title == "No events to show"
    assert figures.timeline(events(), LINKS[:0], articles()).title == "No events to show"


@pytest.mark.parametrize("number", [1, 6, 7, 12])
def test_orders_of_many_articles_can_be_read(number):
    of = articles(*(HOSTILE * 2)[:number])
    rows = [{"article_id": i, "event_id": f"E{event}", "name": f"The event number {event}", "told": place + 1, "happened": event,
             "event_earliest": pd.Timestamp(2021, 1, event), "event_latest": pd.Timestamp(2021, 1, event)}
            for i in of["article_id"] for place, event in enumerate((12, 3, 7, 1, 9, 4, 11, 2, 10, 5, 8, 6))]
    picture = figures.telling_order(pd.DataFrame(rows), of)
    assert_readable(picture)
    assert picture.figure.get_figheight() < 13
