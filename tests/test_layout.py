"""Paragraphs, sections and sentences: what is one, where it starts, and that furniture is none."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.annotators import news
from analysis.annotators.layout import lines, paragraphs
from analysis.articles import Article

WRAPPED = """The harbour was shut on
Monday after a storm that
tore the roof off the old
fish market and flooded
the road to the south.
No one was hurt."""
VERSES = """The harbour is shut.
The road is flooded.
The market has no roof.
The storm is over.
The ferry waits.
No one was hurt."""


def cut(text: str, special: dict[int, str] | None = None) -> list[tuple[str, str | None]]:
    return [(text[start:end], section) for start, end, section in paragraphs(text, special)]


def read(nlp, text: str, special: dict[int, str] | None = None) -> list[tuple[int, int]]:
    doc = nlp.make_doc(text)
    if text.strip():
        doc._.article = Article(article_id="a", text=text, layout=special or {})
    return [(sentence.start_char, sentence.end_char) for sentence in news(nlp(doc))]


def sentences(nlp, text: str, special: dict[int, str] | None = None) -> list[str]:
    return [text[start:end] for start, end in read(nlp, text, special)]


@pytest.mark.parametrize(("text", "special", "expected"), [
    pytest.param("One.\n\nTwo.\n\nThree.", {}, [("One.", "lede"), ("Two.", "body"), ("Three.", "body")],
                 id="blank lines"),
    pytest.param("One.\n \t \nTwo.", {}, [("One.", "lede"), ("Two.", "body")], id="lines of white space are blank"),
    pytest.param("One.\nTwo.", {}, [("One.", "lede"), ("Two.", "body")], id="single breaks"),
    pytest.param("One.\r\n\r\nTwo.\r\nThree.", {}, [("One.", "lede"), ("Two.", "body"), ("Three.", "body")], id="CRLF"),
    pytest.param("One.\rTwo.", {}, [("One.", "lede"), ("Two.", "body")], id="CR"),
    pytest.param("\n\nOne.\n\n", {}, [("One.", "lede")], id="outer blank lines"),
    pytest.param(WRAPPED, {}, [(WRAPPED, "lede")], id="hard-wrapped lines are one paragraph"),
    pytest.param(f"{WRAPPED}\n\nThe end.", {}, [(WRAPPED, "lede"), ("The end.", "body")],
                 id="wrapped paragraphs end at blank lines"),
    pytest.param(f"News\n{WRAPPED}", {1: "kicker"}, [("News", None), (WRAPPED, "lede")],
                 id="furniture does not join wrapped lines"),
    pytest.param(VERSES, {}, [(line, "body" if i else "lede") for i, line in enumerate(VERSES.split("\n"))],
                 id="lines that end with a sentence are not wrapped"),
    pytest.param("Ferry sinks\n\nAll aboard are safe\n\nThe ferry sank.\n\nIt was old.", {1: "headline", 3: "deck"},
                 [("Ferry sinks", "headline"), ("All aboard are safe", "headline"), ("The ferry sank.", "lede"),
                  ("It was old.", "body")],
                 id="headline, deck, lede"),
    pytest.param("Home\nFerry sinks\nThe ferry sank.\nA ferry\nIt was old.",
                 {1: "navigation", 2: "headline", 4: "caption"},
                 [("Home", None), ("Ferry sinks", "headline"), ("The ferry sank.", "lede"), ("A ferry", None),
                  ("It was old.", "body")],
                 id="furniture has no section"),
    pytest.param("Home\n\nMore", {1: "navigation", 3: "credit"}, [("Home", None), ("More", None)], id="only furniture"),
    pytest.param("", {}, [], id="nothing"),
    pytest.param(" \n\t\n", {}, [], id="only white space"),
])
def test_paragraphs(text, special, expected):
    assert cut(text, special) == expected


def test_lines_are_counted_as_editors_count_them():
    assert [("a\r\nb\n\nc"[start:end]) for start, end in lines("a\r\nb\n\nc")] == ["a", "b", "", "c"]


@pytest.mark.parametrize("headline", [
    "Peru Shuts Its Ferry Office In Chile, Calls Back Harbour Staff",
    "Storm tears roof off market Minister visits ruins",
    "Ferry sinks off Lima All aboard saved by fishermen",
    "Who Will Pay For The Bridge Nobody Wanted",
])
def test_a_headline_stays_one_sentence(nlp, headline):
    text = f"{headline}\n\nThe office was shut on Monday. Nobody said why."
    assert sentences(nlp, text, {1: "headline"}) == [headline, "The office was shut on Monday.", "Nobody said why."]


@pytest.mark.parametrize(("text", "expected"), [
    ("“We are safe.”\n\nThe ferry sank.", ["“We are safe.”", "The ferry sank."]),
    ('"We are safe. Nobody is hurt."\nThe ferry sank.', ['"We are safe.', 'Nobody is hurt."', "The ferry sank."]),
    ("He was calm. “We are safe!” Then he left.", ["He was calm.", "“We are safe!”", "Then he left."]),
    ("It was “old”.", ["It was “old”."]),
    ("“‘Go,’ he said. We went.’”\n\nIt sank.", ["“‘Go,’ he said.", "We went.’”", "It sank."]),
    ("(The ferry sank.)\n\nIt was old.", ["(The ferry sank.)", "It was old."]),
])
def test_a_closing_mark_is_no_sentence_of_its_own(nlp, text, expected):
    assert sentences(nlp, text) == expected


def test_sentences_end_with_their_paragraph(nlp):
    text = "Ferry sinks off Lima\nThe harbour\nis shut"
    assert sentences(nlp, text) == text.split("\n")


@pytest.mark.parametrize("blank", [" ", "  ", "\xa0", " \xa0", "\t"])
def test_any_white_space_may_part_sentences(nlp, blank):
    text = f"The bridge was closed on Monday.{blank}The city gave no reason for it."
    assert sentences(nlp, text) == ["The bridge was closed on Monday.", "The city gave no reason for it."]


def test_the_parser_reads_each_paragraph_by_itself(nlp):
    doc = nlp("Ferry sinks off Lima\nThe harbour is shut because\nof a storm.")
    assert [sentence.text.strip() for sentence in doc.sents] == [
        "Ferry sinks off Lima", "The harbour is shut because", "of a storm."]


def test_wrapped_lines_are_read_as_one(nlp):
    assert sentences(nlp, WRAPPED) == [WRAPPED.removesuffix("\nNo one was hurt."), "No one was hurt."]


def test_furniture_is_no_sentence(nlp):
    text = "More news here.\nThe ferry sank.\n(Photo: a ferry.)\nIt was old."
    assert sentences(nlp, text, {1: "navigation", 3: "caption"}) == ["The ferry sank.", "It was old."]


PIECES = st.sampled_from([
    "The ferry sank", "It was old", "said", ".", "?", "”", "“", '"', "’", ")", " ", "  ", "\n", "\n\n",
    "\r\n", "\r", "\t",
    "\u2028", "\x85", "\xa0", "\x00", "😀", "\u202e", "البحر", "Mr.", "U.S.", "…", "—",
])
TEXTS = st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=40).map("".join))
PARTS = st.dictionaries(st.integers(1, 8), st.sampled_from(["headline", "deck", "caption", "navigation"]), max_size=3)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=TEXTS, special=PARTS)
def test_any_text_falls_into_sentences(nlp, text, special):
    spans = read(nlp, text, special)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(end <= start for (_, end), (start, _) in zip(spans, spans[1:])), "in order, none over another"
    covered = {i for start, end in spans for i in range(start, end)}
    furniture = [span for number, span in enumerate(lines(text), 1) if special.get(number) in ("caption", "navigation")]
    ours = {i for start, end in furniture for i in range(start, end) if not text[i].isspace()}
    assert not covered & ours, "furniture is never read"
    printed = {i for i, character in enumerate(text) if not character.isspace()}
    assert covered | ours >= printed, "and nothing else is left out"


@settings(max_examples=100, deadline=None)
@given(text=TEXTS, special=PARTS)
def test_any_text_falls_into_paragraphs(text, special):
    found = paragraphs(text, special)
    assert all(text[start:end].strip() for start, end, _ in found)
    sections = [section for _, _, section in found if section in ("lede", "body")]
    assert sections == ["lede", *["body"] * (len(sections) - 1)][: len(sections)]
    assert {start for start, _ in lines(text)} >= {start for start, _, _ in found}
