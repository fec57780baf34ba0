"""From articles to tables: what holds for any text, in any order, with any number of workers."""

import json
from datetime import date

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from analysis import pipeline
from analysis.articles import Article
from analysis.errors import InputError

PASSAGES = ("sentences", "mentions", "times", "quotations", "relays", "deeds", "codings")
MONDAY = {"published_earliest": date(2021, 10, 18), "published_latest": date(2021, 10, 24), "published_basis": "stated"}


@pytest.fixture(scope="module")
def models(story):
    """The whole pipeline, without a codebook and with the story's."""
    return {False: pipeline.build(), True: pipeline.build(story.codebook)}


def rows(model, *articles: Article) -> dict[str, list[dict]]:
    found = {name: [] for name in ("articles", *PASSAGES)}
    for doc in pipeline.annotate(articles, model):
        for name, more in pipeline.rows_of(doc).items():
            found[name] += more
    return found


def assert_rows_slice(found: dict[str, list[dict]] | dict[str, pd.DataFrame], texts: dict[str, str]) -> None:
    """Hold every row of every table, and every part of a row, to the text it points into."""
    for name in PASSAGES:
        for row in pd.DataFrame(found[name]).to_dict("records"):
            text = texts[row["article_id"]]
            assert 0 <= row["start"] < row["end"] <= len(text)
            assert row["text"] == text[row["start"] : row["end"]]
            for part in ("cue", "source", "medium", "governor", "agent", "patient", "modal"):
                if part in row and not pd.isna(row[f"{part}_start"]):
                    assert row[part] == text[int(row[f"{part}_start"]) : int(row[f"{part}_end"])] != ""
            for element in json.loads(row.get("elements", "[]")):
                assert row["start"] <= element["start"] < element["end"] <= row["end"]


def test_every_row_of_the_story_slices_to_its_text(story, tables):
    texts = {article.article_id: article.text for article in story.articles}
    assert_rows_slice({name: getattr(tables, name) for name in PASSAGES}, texts)
    assert all(len(getattr(tables, name)) for name in PASSAGES)
    for start, end, text in (("start", "end", "text"), ("nearest_start", "nearest_end", "nearest")):
        for cell in tables.coverage.dropna(subset=[start]).to_dict("records"):
            assert texts[cell["article_id"]][cell[start] : cell[end]] == cell[text]


def test_no_row_of_the_story_touches_furniture(story, tables):
    for article in story.articles:
        lines = article.text.split("\n")
        for number, part in article.layout.items():
            if part in ("headline", "deck"):
                continue
            start = sum(len(line) + 1 for line in lines[: number - 1])
            for name in PASSAGES:
                own = getattr(tables, name).query("article_id == @article.article_id")
                if name == "relays":  # lines that give credit are no news, but they tell where it came from
                    own = own[own["relation"].ne("credit")]
                end = start + len(lines[number - 1])
                assert own[(own["start"] < end) & (own["end"] > start)].empty, (name, lines[number - 1])


def test_nothing_depends_on_the_order_of_articles(story, tables):
    order = [3, 0, 4, 2, 1]
    found = pipeline.run([story.articles[i] for i in order], story.codebook)
    for name, table in found.items():
        expected = getattr(tables, name)
        ids = [story.articles[i].article_id for i in order]
        moved = pd.concat([expected[expected["article_id"].eq(article_id)] for article_id in ids], ignore_index=True)
        assert_frame_equal(table, moved)


def test_nothing_depends_on_the_other_articles(story, tables):
    alone = pipeline.run([story.articles[4]], story.codebook)
    for name, table in alone.items():
        expected = getattr(tables, name)
        assert_frame_equal(table, expected[expected["article_id"].eq("004")].reset_index(drop=True))


def test_two_workers_find_what_one_finds(story, tables, monkeypatch):
    monkeypatch.setattr(pipeline, "BATCH", 2)
    for name, table in pipeline.run(story.articles, story.codebook, workers=2).items():
        assert_frame_equal(table, getattr(tables, name))


def test_ids_stay_text(models):
    articles = [Article(article_id=name, text="Chile closed the port.")
                for name in ("000", "1e5", "NA", "None", "a/b c", "тасс")]
    found = rows(models[False], *articles)
    assert [row["article_id"] for row in found["articles"]] == [row["article_id"] for row in found["sentences"]] \
        == ["000", "1e5", "NA", "None", "a/b c", "тасс"]


def test_without_a_codebook_there_are_times_and_quotations_but_no_codes(models):
    found = rows(models[False], Article(article_id="a", text="“We closed it,” Ada Lopez said on 6 October 2021.",
                                        **MONDAY))
    assert [row["text"] for row in found["times"]] == ["6 October 2021"]
    assert [(row["text"], row["speaker"]) for row in found["quotations"]] == [("We closed it,", "Ada Lopez")]
    assert found["mentions"] == found["codings"] == []


def test_furniture_alone_gives_no_rows(models):
    text = "By NATO\nMonday, 18 October 2021"
    found = rows(models[True], Article(article_id="a", text=text, layout={1: "byline", 2: "dateline"}, **MONDAY))
    assert [row["words"] for row in found.pop("articles")] == [0]
    assert found == {name: [] for name in PASSAGES}


LONG = 200_000
ODD = {
    "one word": "NATO", "punctuation": "…!?“”.,;:—", "one quotation mark": "“", "only a number": "8",
    "lone break": "a\n",
    "emoji": "😀👩‍👩‍👧‍👦 NATO 🇷🇺 said 😀.",
    "right to left": "قال الوزير «نعم». NATO said “לא”.\u202e NATO said no.",
    "NUL": "NATO\x00 said\x00.\x00\n\x00", "byte order marks": "\ufeffNATO\ufeff said no.",
    "control characters": "".join(map(chr, range(1, 32))) + "NATO\x7f\x85\u2028",
    "combining marks": "NA\u0301\u0301\u0301TO said no.", "beyond the basic plane": "𝐍𝐀𝐓𝐎 said 𝟖.",
    "dates that are none": "On 30 February 2021 and on 99/99/9999, in the year 0, it was 25:61 o’clock.",
    "long: one word": "a" * LONG, "long: digits": "8" * LONG, "long: stops": "." * LONG,
    "long: separate marks": "“ " * (LONG // 20),
    "long: blanks": "a" + " " * LONG, "long: breaks": "\n" * LONG + "a",
    "long: one sentence": "NATO and " * (LONG // 100),
    "long: marks": "“" * 2_000,  # spaCy's own tokenizer takes the square of this
    "long: news": "NATO said on Monday that Russia “closed” its mission. " * (LONG // 200),  # parsing takes longest
}


@pytest.mark.parametrize("with_codebook", [False, True], ids=["without a codebook", "with one"])
@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
def test_odd_texts(models, text, with_codebook):
    found = rows(models[with_codebook], Article(article_id="a", text=text, **MONDAY))
    assert_rows_slice(found, {"a": text})
    assert [row["sha256"] for row in found["articles"]] == [Article(article_id="a", text=text).sha256]


PIECES = st.lists(st.sampled_from([
    "NATO", "Russia", "Lavrov", "the minister", "in Moscow", "said", "told", "according to", "that", "suspended",
    "mission to NATO", "eight", "10", "last week", "October 6", "Monday", "2014", "“", "”", '"', "‘", "’", ".", ",", ":", "?",
    "\n", "\n\n", "\r\n",
    "  ", "\x00", "😀", "\u202e", "شرق", "(", ")", "—", "he", "she", "added", "regret", "aggressive",
]), max_size=60).map(" ".join)
TEXTS = st.one_of(PIECES, st.text(max_size=120)).filter(str.strip)
LAYOUTS = st.dictionaries(st.integers(1, 6), st.sampled_from(["headline", "caption"]), max_size=2)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=TEXTS, layout=LAYOUTS, with_codebook=st.booleans(), day=st.sampled_from([MONDAY, {}]))
def test_any_text_gives_rows_that_slice(models, text, layout, with_codebook, day):
    found = rows(models[with_codebook], Article(article_id="a", text=text, layout=layout, **day))
    assert_rows_slice(found, {"a": text})
    for name, rows_found in found.items():
        pipeline.tables.frame(name, rows_found)  # raises where a value, a type or a key does not fit


def test_a_missing_model_is_told_with_its_remedy(monkeypatch):
    monkeypatch.setattr(pipeline.model, "find_spec", lambda name: None)
    with pytest.raises(InputError, match=r"language model is not installed.*pip install en-core-web-sm"):
        pipeline.load_model()


def test_the_official_model_is_preferred(monkeypatch):
    monkeypatch.setattr(pipeline.model, "find_spec", lambda name: object())
    assert pipeline.model.installed_model() == "en_core_web_sm"
