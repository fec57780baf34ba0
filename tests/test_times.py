"""Temporal expressions: what is found, what it means, what is left alone."""

import re
from datetime import date

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from analysis.annotators.layout import Paragraph
from analysis.annotators.times import read_times, times
from analysis.annotators.times.rules import GROUPS
from analysis.articles import Article

MONDAY = (date(2021, 10, 18), date(2021, 10, 18))
WEEK = (date(2021, 10, 18), date(2021, 10, 24))
RULES = [pytest.param(rule, id=f"{group.name}: {rule.example}") for group in GROUPS for rule in group.rules]
BLANK = spacy.blank("en")


def found(text, published=MONDAY, nlp=BLANK):
    return [(text[one.start : one.end], one.value) for one in read_times(nlp(text), published)]


def only(text, published=MONDAY, nlp=BLANK):
    [one] = read_times(nlp(text), published)
    return one


@pytest.mark.parametrize("rule", RULES)
def test_each_rule_reads_its_example(rule):
    text = re.sub(r"[\[\]]", "", rule.example)
    assert rule.regex.search(text), "the rule has no part in its example"
    assert found(text) == list(zip(re.findall(r"\[(.*?)\]", rule.example), (rule.value or "").split(), strict=True))


@pytest.mark.parametrize("text", [
    "They may leave.", "At the same time it denied everything.", "The second was a man, and a second man ran.",
    "Theresa May spoke to the March on Moscow.", "A fall in prices hit it.", "This fall in prices was sharp.",
    "A 43-year-old woman, her two-year-old son and a man aged 20 died.", "They won 3-2 and then 21-19.",
    "It cost $1,999 and then £2014.", "Version 2.0.2019 of the 2019-nCoV test works.", "Call 555-2014.",
    "For the first time it cut staff from 30 to 20.", "It had double-digit growth.",
    "It is a post-Cold War low since the cold war.",
    "Some 2,000 people and 1900 soldiers came.", "Three quarters of the members voted.", "It shrank by a quarter.",
    "The Sunday Times and the Daily Mail wrote it.", "He sat in the sun.", "Will Jan come?",
    "The last man left next to him.", "Prices may fall as troops march on.", "She is 18 years of age, he in his 40s.",
    "It broke Resolution 1441 on Flight 1549.", "Ring +44 20 7946 1998.", "He was on 60 Minutes, like in High Noon.",
    "The Six-Day War was lost.", "Her two-month-old son slept.", "It was so at the time of its founding.",
    "He wrote for the daily Granma.",
])
def test_false_friends_are_left_alone(text):
    assert found(text) == []


@pytest.mark.parametrize("text, value, earliest, latest", [
    ("It was signed on July 5, 2019.", "2019-07-05", "2019-07-05", "2019-07-05"),
    ("It happened in late September.", "2021-09", "2021-09-16", "2021-09-30"),
    ("Earlier this month it left.", "2021-10", "2021-10-01", "2021-10-18"),
    ("It closes later this month.", "2021-10", "2021-10-18", "2021-10-31"),
    ("They go before the end of this month.", "2021-10", "2021-10-21", "2021-10-31"),
    ("It proposed that over 18 months ago.", "2020-04", "2020-03-01", "2020-04-30"),
    ("It proposed that 18 months ago.", "2020-04", "2020-04-01", "2020-04-30"),
    ("It proposed that nearly two years ago.", "2019", "2019-01-01", "2020-12-31"),
    ("It was a decade ago.", "2011", "2006-01-01", "2016-12-31"),
    ("It came in the third quarter of 2020.", "2020-Q3", "2020-07-01", "2020-09-30"),
    ("It sold well in fiscal 2020.", "2020", "2019-01-01", "2021-12-31"),
    ("It began in the 20th century.", "19", "1901-01-01", "2000-12-31"),
    ("It fell on 05/06/2021.", "2021-XX-XX", "2021-05-06", "2021-06-05"),
    ("It ended at 5 p.m. on Friday.", "2021-10-15T17:00", "2021-10-15", "2021-10-15"),
])
def test_bounds(text, value, earliest, latest):
    one = only(text)
    assert (one.value, str(one.earliest), str(one.latest)) == (value, earliest, latest)


@pytest.mark.parametrize("text, value, earliest, latest, anchor", [
    ("He spoke on Monday.", "2021-10-18", "2021-10-18", "2021-10-18", "2021-10-18/2021-10-24"),
    ("He spoke on Tuesday.", "2021-10-XX", "2021-10-12", "2021-10-19", "2021-10-18/2021-10-24"),
    ("He left last week.", "2021-W41", "2021-10-11", "2021-10-17", "2021-10-18/2021-10-24"),
    ("He left yesterday.", "2021-10-XX", "2021-10-17", "2021-10-23", "2021-10-18/2021-10-24"),
    ("He left earlier this month.", "2021-10", "2021-10-01", "2021-10-24", "2021-10-18/2021-10-24"),
    ("He left on November 1.", "2021-11-01", "2021-11-01", "2021-11-01", "2021-10-18/2021-10-24"),
    ("He left in 2014.", "2014", "2014-01-01", "2014-12-31", None),
])
def test_an_interval_of_publication_widens_the_bounds(text, value, earliest, latest, anchor):
    one = only(text, WEEK)
    assert (one.value, str(one.earliest), str(one.latest), one.anchor) == (value, earliest, latest, anchor)


@pytest.mark.parametrize("text, kind, value", [
    ("He left yesterday.", "DATE", "XXXX-XX-XX"), ("He left last week.", "DATE", "XXXX-WXX"),
    ("He left on October 18.", "DATE", "XXXX-10-18"), ("He left on Monday.", "DATE", "XXXX-WXX-1"),
    ("He left in October.", "DATE", "XXXX-10"), ("He left last night.", "TIME", "XXXX-XX-XXTNI"),
    ("It fell in the third quarter.", "DATE", "XXXX-Q3"), ("He left two years ago.", "DATE", "XXXX"),
])
def test_unknown_publication_leaves_open_what_hangs_on_it(text, kind, value):
    one = only(text, None)
    assert (one.type, one.value, one.earliest, one.latest, one.anchor) == (kind, value, None, None, None)


@pytest.mark.parametrize("text, value", [
    ("They talked for three hours.", "PT3H"), ("They meet every Monday.", "XXXX-WXX-1"), ("They are now at odds.",
    "PRESENT_REF"),
    ("Ties were limited in recent years.", "PAST_REF"), ("He died in 44 BC, they say.", "BC0044"),
    ("It lived 70 million years ago.", "PAST_REF"), ("It lived 5,000 years ago.", "PAST_REF"),
])
def test_no_bounds_where_there_are_no_days(text, value):
    one = only(text)
    assert (one.value, one.earliest, one.latest) == (value, None, None)


@pytest.mark.parametrize("text, expected", [
    ("He said so on Monday (Oct. 18).", [("Monday", "2021-10-18"), ("Oct. 18", "2021-10-18")]),
    ("It began in 2019. Two years later it ended.", [("2019", "2019"), ("Two years later", "2021")]),
    ("It began in 2019. That day he left.", [("2019", "2019"), ("That day", "XXXX-XX-XX")]),
    ("It rose in May 2019; a year earlier it fell, and the following month too.",
     [("May 2019", "2019-05"), ("a year earlier", "2018-05"), ("the following month", "2019-06")]),
    ("Two days later he left.", [("Two days later", "XXXX-XX-XX")]),
    ("It was founded in 2002. Hours later he left, and days later too.",
     [("2002", "2002"), ("Hours later", "PTXH"), ("days later", "PXD")]),
    ("He met them on October 5, and again the next morning.",
     [("October 5", "2021-10-05"), ("the next morning", "2021-10-06TMO")]),
])
def test_later_expressions_count_from_the_last_date_told(text, expected):
    assert found(text) == expected


@pytest.mark.parametrize("text, expected", [
    # A date without a year is the nearest to where the history stands; it rather goes on than back.
    ("It began in May 1936. The city fell in September.", [("May 1936", "1936-05"), ("September", "1936-09")]),
    ("It began in October 1936. The city fell in February.", [("October 1936", "1936-10"), ("February", "1937-02")]),
    ("It fell on 8 June 1937. On 3 June he had died.", [("8 June 1937", "1937-06-08"), ("3 June", "1937-06-03")]),
    # The year of a range stands at its end.
    ("It was fought from July 1 to July 3, 1863.", [("July 1", "1863-07-01"), ("July 3, 1863", "1863-07-03")]),
    # An aside: the next date named is where the history was. What follows at once counts from the aside all the same.
    ("In May 1936 he left. A book of 1980 and one later that year deny it. In June 1936 he died, and in July so did she.",
     [("May 1936", "1936-05"), ("1980", "1980"), ("later that year", "1980"), ("June 1936", "1936-06"),
      ("July", "1936-07")]),
    ("He fell in 480 BC and rose in the following year.", [("480 BC", "BC0480"), ("the following year", "BC0479")]),
    # A weekday cannot be counted from a month; what hangs on the day of writing hangs on that.
    ("It began in May 1936. On Sunday it fell.", [("May 1936", "1936-05"), ("Sunday", "XXXX-WXX-7")]),
    ("It began on 5 May 1936, 85 years ago.", [("5 May 1936", "1936-05-05"), ("85 years ago", "1936")]),
    ("On 5 May 1936 it began at 5 a.m., and at dusk on Sunday it fell.",
     [("5 May 1936", "1936-05-05"), ("5 a.m.", "1936-05-05T05:00"), ("Sunday", "1936-05-10")]),
])
def test_a_history_counts_from_where_it_stands(text, expected):
    assert [(text[one.start : one.end], one.value) for one in read_times(BLANK(text), MONDAY, narrative=True)] == expected


def test_the_anchor_of_a_history_is_the_date_told():
    _, month = read_times(BLANK("It began on 5 May 1936. The city fell in September."), MONDAY, narrative=True)
    assert (month.anchor, str(month.earliest), str(month.latest)) == ("1936-05-05", "1936-09-01", "1936-09-30")


@pytest.mark.parametrize("text, history", [
    ("It began in 1936. In 1937 and 1938 it grew, in 1939 it ended. In 1940 he died. It was lost in June.", True),
    ('In 1936, 1937, 1938, 1939 and 1940 he said: "We fight today, and tomorrow we win." It was lost in June.', True),
    ("In 1936, 1937, 1938, 1939 and 1940 he won, the court said on Monday. It was lost in June.", False),
    ("It began in 2020, 2021 and 2022. It was lost in June.", False),
])
def test_a_history_is_known_by_its_dates(text, history):
    june = read_times(BLANK(text), MONDAY)[-1]
    assert (june.value != "2021-06") == history


@pytest.mark.parametrize("text, expected", [
    ("It made $5 million in the third quarter, up from $4 million a year earlier.",
     [("the third quarter", "2021-Q3"), ("a year earlier", "2020-Q3")]),
    ("In the third quarter it lost less. In the nine months it made $9 million, not $8 million, a year ago.",
     [("the third quarter", "2021-Q3"), ("the nine months", "P9M"), ("a year ago", "2020")]),
    ("It fell on Friday. Shares were worth $4 million a year ago.", [("Friday", "2021-10-15"), ("a year ago", "2020")]),
    ("Last year it lost $4 million. The year-earlier loss was restated.",
     [("Last year", "2020"), ("year-earlier", "2020")]),
    ("Sales in the quarter fell, and in the comparable quarter last year too.",
     [("the quarter", "2021-Q3"), ("the comparable quarter last year", "2020-Q3")]),
    ("Sales rose 3% from the previous month.", [("the previous month", "2021-09")]),
])
def test_yardsticks_are_a_year_before_the_period_under_report(text, expected):
    assert found(text) == expected


@pytest.mark.parametrize("text, value", [
    ("It is closed on Labor Day.", "2021-09-06"), ("It is closed on Memorial Day.", "2021-05-31"),
    ("They vote on Election Day.", "2021-11-02"), ("They met on Thanksgiving 2020.", "2020-11-26"),
    ("They met on the Fourth of July.", "2021-07-04"), ("They met on October the twenty-third.", "2021-10-23"),
])
def test_days_with_names(text, value):
    assert only(text).value == value


@pytest.mark.parametrize("text, value, governor", [
    ("They will meet on Thursday.", "2021-10-21", "meet"), ("They met on Thursday.", "2021-10-14", "met"),
    ("They will meet in September.", "2022-09", "meet"), ("They met in September.", "2021-09", "met"),
    ("They left for a summit that is set for February.", "2022-02", "set"),
    ("He was last seen on May 3.", "2021-05-03", "seen"), ("They will meet on May 3.", "2022-05-03", "meet"),
])
def test_the_verb_tells_past_from_future(nlp, text, value, governor):
    one = only(text, nlp=nlp)
    assert (one.value, text[one.governor_start : one.governor_end]) == (value, governor)


def test_the_parse_of_an_odd_text_is_read(nlp):
    for text in ("Monday " * 500, "He wants to " * 300 + "leave on Monday.", "today"):
        assert read_times(nlp(text), MONDAY)


def test_furniture_is_not_read():
    doc = BLANK("1 year ago 207\n\nHe left yesterday.")
    doc._.article = Article(article_id="a", text=doc.text, published_earliest=MONDAY[0], published_latest=MONDAY[1],
                            published_basis="stated")
    doc._.paragraphs = [Paragraph(0, 4, None), Paragraph(5, 9, "lede")]
    assert [one.value for one in times(doc)._.times] == ["2021-10-17"]
    assert [(span.text, span.label_) for span in doc.spans["times"]] == [("yesterday", "DATE")]


def test_without_article_or_layout_the_whole_text_is_read():
    assert [one.value for one in times(BLANK("He left in 2014, last week."))._.times] == ["2014", "XXXX-WXX"]


WORDS = st.sampled_from(
    "the a last next 1989 0000 9999 2021 May March 31 30 0 1/2 two hundred million years ago later days Friday ' – - "
    ", . February century decade quarter half 29 BC 24:61 p.m. and to of early mid end first '90s 12/31/1999 ſecond "
    "mınute Week year-earlier following same day fiscal Christmas winter \n several every night overnight "
    "from now 1st long nine months the second Labor "
    "Election Day Years' War tonight morning previously then ended".split(" "))


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=200), st.lists(WORDS, max_size=40).map(" ".join)),
       st.sampled_from([None, MONDAY, WEEK, (date.min, date.min), (date.max, date.max), (date.min, date.max)]),
       st.sampled_from([None, True, False]))
def test_any_text_is_read(text, published, narrative):
    doc = Doc(BLANK.vocab, words=[]) if not text else BLANK(text)
    last = 0
    for one in read_times(doc, published, narrative=narrative):
        assert last <= one.start < one.end <= len(text)
        assert one.type in ("DATE", "TIME", "DURATION", "SET") and one.value
        assert (one.earliest is None) == (one.latest is None)
        assert one.earliest is None or one.earliest <= one.latest
        last = one.end


@pytest.mark.parametrize("unit", ["two hundred ", "a ", "the last ", "1 ", "more than 3-", "May ", "in the early ", "year-", "\n"])
def test_long_repetitions_are_read(unit):
    # That reading them takes linear time is for benchmarks/times.py to show.
    doc = BLANK(unit * 8000)
    assert all(doc.text[one.start : one.end] for one in read_times(doc, MONDAY))
