"""Readers of corpora: four formats, the same articles; what cannot be read is refused with its line."""

import csv
import json
from datetime import date, datetime, timezone
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import analyse
from analysis.articles import Article
from analysis.errors import InputError
from analysis.ingest import read_articles
from refused import refused

ROWS = [
    {"article_id": "000", "text": "The mission closes.\n\n“We regret it,” she said.", "outlet": "TASS", "title": "The mission closes",
     "published": "2021-10-18", "url": "news/1"},
    {"article_id": "b-7", "text": "A second telling, 😀 and no more."},
    {"article_id": "1e5", "text": " Leading space, \"quotes\", commas,\nand a last line.\n", "published": "2021-10-18/2021-10-24"},
]


def as_jsonl(rows: list[dict], path: Path) -> Path:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8", newline="")
    return path


def as_csv(rows: list[dict], path: Path) -> Path:
    columns = list(dict.fromkeys(name for row in rows for name in row))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        writer.writerows(rows)
    return path


def as_parquet(rows: list[dict], path: Path) -> Path:
    pd.DataFrame(rows).to_parquet(path)
    return path


def as_folder(rows: list[dict], path: Path) -> Path:
    path.mkdir()
    for row in rows:
        (path / f"{row['article_id']}.txt").write_bytes(row["text"].encode("utf-8"))
    return path


def refusal(path: Path) -> InputError:
    return refused(read_articles, path)


def file_of(tmp_path: Path, name: str, content: str | bytes) -> Path:
    file = tmp_path / name
    file.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return file


# The same articles, whatever the format


def test_jsonl_csv_and_parquet_give_the_same_articles(tmp_path):
    articles = read_articles(as_jsonl(ROWS, tmp_path / "a.jsonl"))
    assert [article.article_id for article in articles] == ["000", "b-7", "1e5"]
    assert [article.text for article in articles] == [row["text"] for row in ROWS]
    assert read_articles(as_csv(ROWS, tmp_path / "a.csv")) == articles
    assert read_articles(as_parquet(ROWS, tmp_path / "a.parquet")) == articles


def test_folder_of_texts_gives_the_same_articles_without_what_only_a_table_knows(tmp_path):
    bare = [{name: row[name] for name in ("article_id", "text")} for row in sorted(ROWS, key=lambda row: row["article_id"])]
    folder = as_folder(ROWS, tmp_path / "texts")
    (folder / "notes.md").write_text("passed over", encoding="utf-8")
    assert read_articles(folder) == read_articles(as_jsonl(bare, tmp_path / "a.jsonl"))


def test_what_is_known_of_an_article_says_how(tmp_path):
    first, second, third = read_articles(as_jsonl(ROWS, tmp_path / "a.jsonl"))
    assert (first.outlet, first.outlet_basis, first.title, first.url) == ("TASS", "stated", "The mission closes", "news/1")
    assert (second.outlet, second.outlet_basis, second.published_basis, second.condition) == (None, "unknown", "unknown", "unknown")
    assert (third.published_earliest, third.published_latest, third.published_basis) == (date(2021, 10, 18), date(2021, 10, 24), "stated")


@pytest.mark.parametrize("suffix", ["jsonl", "csv", "parquet"])
def test_a_name_may_be_in_capitals_and_empty_cells_mean_unknown(tmp_path, suffix):
    rows = [{"article_id": "a", "text": "One.", "outlet": "", "title": "", "published": "", "url": ""}]
    write = {"jsonl": as_jsonl, "csv": as_csv, "parquet": as_parquet}[suffix]
    assert read_articles(write(rows, tmp_path / f"A.{suffix.upper()}")) == [Article(article_id="a", text="One.")]


@pytest.mark.parametrize("write", [as_jsonl, as_csv, as_parquet])
def test_other_columns_are_passed_over(tmp_path, write):
    rows = [{**row, "language": "en", "condition": "complete", "layout": "x", "sha256": "0", "outlet_basis": "inferred"} for row in ROWS]
    suffix = write.__name__.removeprefix("as_")
    assert read_articles(write(rows, tmp_path / f"a.{suffix}")) == read_articles(as_jsonl(ROWS, tmp_path / "plain.jsonl"))


@pytest.mark.parametrize(("published", "earliest", "latest"), [
    ("2021-10-18", date(2021, 10, 18), date(2021, 10, 18)),
    ("2021-10-18/2021-10-24", date(2021, 10, 18), date(2021, 10, 24)),
    ("2021-10-18T23:30:00+03:00", date(2021, 10, 18), date(2021, 10, 18)),
    ("2021-10-18T23:30:00Z", date(2021, 10, 18), date(2021, 10, 18)),
    ("2021-10-18T00:30:00.000-11:00", date(2021, 10, 18), date(2021, 10, 18)),
    ("2021-10-18 09:15", date(2021, 10, 18), date(2021, 10, 18)),
    ("2021-10-18T09:00:00Z/2021-10-19T09:00:00Z", date(2021, 10, 18), date(2021, 10, 19)),
])
def test_published_may_be_a_day_a_moment_or_an_interval(tmp_path, published, earliest, latest):
    [article] = read_articles(as_jsonl([{"article_id": "a", "text": "One.", "published": published}], tmp_path / "a.jsonl"))
    assert (article.published_earliest, article.published_latest, article.published_basis) == (earliest, latest, "stated")


@pytest.mark.parametrize("day", [date(2021, 10, 18), datetime(2021, 10, 18, 23, 30), datetime(2021, 10, 18, 23, 30, tzinfo=timezone.utc)])
def test_published_may_be_a_date_in_parquet(tmp_path, day):
    [article] = read_articles(as_parquet([{"article_id": "a", "text": "One.", "published": day}], tmp_path / "a.parquet"))
    assert article.published_earliest == article.published_latest == date(2021, 10, 18)


@pytest.mark.parametrize("published", [
    "Monday", "18/10/2021", "2021-10-32", "2021-10-24/2021-10-18", "2021", "20211018", "/", "2021-10-18/", "/2021-10-18",
    "2021-10-18 or so", "2021-10-180", "2021-10-18/2021-10-19/2021-10-20", "1634515200",
])
def test_published_that_is_no_day_is_refused(tmp_path, published):
    error = refusal(as_jsonl([ROWS[0], {"article_id": "a", "text": "One.", "published": published}], tmp_path / "a.jsonl"))
    assert error.line == 2 and "published" in str(error)


# Texts stay untouched

ODD_TEXTS = {
    "CRLF": "One.\r\nTwo.\r\n",
    "lone CR": "One.\rTwo.",
    "other separators": "One.\u2028Two.\u2029Three.\x85Four.\x0bFive.\x0cSix.\x1cSeven.",
    "NUL": "One.\x00Two.",
    "BOM inside": "One.\ufeffTwo.",
    "BOM first": "\ufeffOne.",
    "spaces around": "  One. \n\n",
    "astral": "😀 One. 𝔘𝔫𝔦",
    "not normalised": "cafe\u0301 café ﬁn",
    "commas and quotes": 'a,"b",,\n"c"',
    "long": "word " * 40_000,
}


@pytest.mark.parametrize("text", ODD_TEXTS.values(), ids=ODD_TEXTS)
@pytest.mark.parametrize("write", [as_jsonl, as_csv, as_parquet, as_folder])
def test_text_stays_as_it_is(tmp_path, write, text):
    suffix = write.__name__.removeprefix("as_")
    path = write([{"article_id": "a", "text": text}, {"article_id": "b", "text": "B."}], tmp_path / f"a.{suffix}")
    assert [article.text for article in read_articles(path)] == [text, "B."]


written = st.text(st.characters(exclude_categories=["Cs"]), max_size=40).filter(str.strip)


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(written, st.tuples(written, written), min_size=1, max_size=4))
def test_articles_survive_jsonl(tmp_path_factory, texts):
    rows = [{"article_id": name, "text": text, "outlet": outlet} for name, (text, outlet) in texts.items()]
    articles = read_articles(as_jsonl(rows, tmp_path_factory.mktemp("trip") / "a.jsonl"))
    assert [{"article_id": a.article_id, "text": a.text, "outlet": a.outlet} for a in articles] == rows


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(written, written, min_size=1, max_size=4))
def test_articles_survive_csv(tmp_path_factory, texts):
    rows = [{"article_id": name, "text": text} for name, text in texts.items()]
    articles = read_articles(as_csv(rows, tmp_path_factory.mktemp("trip") / "a.csv"))
    assert [{"article_id": a.article_id, "text": a.text} for a in articles] == rows


def test_jsonl_written_in_ascii_reads_alike(tmp_path):
    ascii_only = file_of(tmp_path, "ascii.jsonl", "".join(json.dumps(row) + "\r\n" for row in ROWS))
    assert "😀" not in ascii_only.read_text(encoding="utf-8")
    assert read_articles(ascii_only) == read_articles(as_jsonl(ROWS, tmp_path / "plain.jsonl"))


def test_files_that_begin_with_a_byte_order_mark_read_alike(tmp_path):
    for write in (as_jsonl, as_csv):
        path = write(ROWS, tmp_path / f"a.{write.__name__.removeprefix('as_')}")
        plain = read_articles(path)
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
        assert read_articles(path) == plain


def test_offsets_count_characters_before_which_an_emoji_stands(tmp_path):
    text = "😀😀 The mission shuts. “It was not our choice to make,” Ms Orlova said on Monday.\r\n"
    path = as_jsonl([{"article_id": "a", "text": text, "published": "2021-10-20"}], tmp_path / "a.jsonl")
    tables = analyse(read_articles(path))
    [quotation] = tables.quotations.itertuples()
    assert text[quotation.start:quotation.end] == quotation.text
    assert "It was not our choice to make" in quotation.text
    assert quotation.start in (text.index("“"), text.index("It was"))
    [monday] = tables.times.itertuples()
    assert (monday.start, monday.end) == (text.index("Monday"), text.index("Monday") + 6)


# What cannot be read

BAD = {
    "not JSON": ("a.jsonl", '{"article_id": "a", "text": "One."}\n{"article_id": b}\n', 2, ["not JSON", "one JSON object a line"]),
    "JSON over several lines": ("a.jsonl", '{"article_id": "a",\n"text": "One."}\n', 1, ["not JSON", "one JSON object a line"]),
    "a JSON list": ("a.jsonl", '[{"article_id": "a", "text": "One."}]\n', 1, ["no JSON object"]),
    "JSON nested too deeply": ("a.jsonl", '{"article_id": ' + "[" * 100_000, 1, ["JSON"]),
    "line counted past blank ones": ("a.jsonl", '\n\n{"article_id": "a"}\n', 3, ["'text' is missing"]),
    "line counted past odd separators": ("a.jsonl", '{"article_id": "a", "text": "\u2028\u0085x"}\n{"text": "b"}\n', 2, ["'article_id' is missing"]),
    "id a number": ("a.jsonl", '{"article_id": 0, "text": "One."}\n', 1, ["'article_id' is not text"]),
    "id null": ("a.jsonl", '{"article_id": null, "text": "One."}\n', 1, ["'article_id' is missing"]),
    "id empty": ("a.jsonl", '{"article_id": "", "text": "One."}\n', 1, ["article_id"]),
    "text a list": ("a.jsonl", '{"article_id": "a", "text": ["One."]}\n', 1, ["'text' is not text"]),
    "text empty": ("a.jsonl", '{"article_id": "a", "text": ""}\n', 1, ["text"]),
    "text blank": ("a.jsonl", '{"article_id": "a", "text": " \\n\\t"}\n', 1, ["text is empty"]),
    "id twice": ("a.jsonl", '{"article_id": "a", "text": "One."}\n\n{"article_id": "a", "text": "Two."}\n', 3, ["'a'", "twice", "line 1"]),
    "lone surrogate": ("a.jsonl", '{"article_id": "a", "text": "One \\ud83d."}\n', 1, ["half a character", "at 4", "UTF-8"]),
    "lone surrogate in the id": ("a.jsonl", '{"article_id": "a\\udc00", "text": "One."}\n', 1, ["half a character", "UTF-8"]),
    "lone surrogate in the title": ("a.jsonl", '{"article_id": "a", "text": "One.", "title": "\\udc00"}\n', 1, ["half a character", "UTF-8"]),
    "JSONL not UTF-8": ("a.jsonl", '{"article_id": "a", "text": "One."}\n{"article_id": "b", "text": "café"}\n'.encode("latin-1"), 2, ["UTF-8"]),
    "JSONL empty": ("a.jsonl", "", None, ["no articles"]),
    "CSV without text": ("a.csv", "article_id,body\na,One.\n", 1, ["'text' is missing", "rename"]),
    "CSV with text twice": ("a.csv", "article_id,text,text\na,One.,Two.\n", 1, ["'text'", "twice"]),
    "CSV empty": ("a.csv", "", 1, ["'article_id' is missing"]),
    "CSV of a header": ("a.csv", "article_id,text\n", None, ["no articles"]),
    "CSV row too short": ("a.csv", "article_id,text\na,One.\nb\n", 3, ["text"]),
    "CSV row too long": ("a.csv", "article_id,text\na,One.\nb,Two, and more.\n", 3, ["cells"]),
    "CSV with a quote left open": ("a.csv", 'article_id,text\na,One.\nb,"Two.\n', None, ["not CSV", "quotation marks"]),
    "CSV with an id twice": ("a.csv", "article_id,text\na,One.\na,Two.\n", 3, ["twice", "line 2"]),
    "CSV line counted past line breaks in cells": ("a.csv", 'article_id,text\na,"One.\u2028\n\x0cTwo."\nb,\n', 4, ["text"]),
    "CSV not UTF-8": ("a.csv", "article_id,text\na,café\n".encode("latin-1"), 2, ["UTF-8"]),
    "Parquet that is none": ("a.parquet", "PAR1 or not", None, ["not Parquet"]),
    "Parquet empty": ("a.parquet", "", None, ["not Parquet"]),
    "format unknown": ("a.xlsx", "PK", None, ["'.xlsx'", "JSONL, CSV, Parquet"]),
    "no format": ("articles", "One.", None, ["JSONL, CSV, Parquet"]),
}


@pytest.mark.parametrize(("name", "content", "line", "words"), BAD.values(), ids=BAD)
def test_bad_corpus_is_told_with_line_and_remedy(tmp_path, name, content, line, words):
    path = file_of(tmp_path, name, content)
    error = refusal(path)
    assert error.file == path
    if line is not None:
        assert error.line == line
    for word in words:
        assert word in str(error)


@pytest.mark.parametrize(("rows", "words"), [
    ([{"text": "One."}], "'article_id' is missing"),
    ([{"article_id": 0, "text": "One."}], "'article_id' is not text"),
    ([{"article_id": "a", "text": None}], "'text' is missing"),
    ([{"article_id": "a", "text": "One."}, {"article_id": "a", "text": "Two."}], "twice"),
    ([{"article_id": "a", "text": ["One."]}], "'text' is not text"),
])
def test_bad_parquet_is_told(tmp_path, rows, words):
    error = refusal(as_parquet(rows, tmp_path / "a.parquet"))
    assert words in str(error)


def test_path_that_leads_nowhere_is_refused(tmp_path):
    assert "no such file" in str(refusal(tmp_path / "nowhere.jsonl"))


def test_folder_without_texts_is_refused(tmp_path):
    assert "no articles" in str(refusal(tmp_path))


@pytest.mark.parametrize(("content", "words"), [(b"", "empty"), (b" \r\n", "empty"), (b"One.\ncaf\xe9\n", "UTF-8")])
def test_bad_text_in_a_folder_is_named(tmp_path, content, words):
    as_folder(ROWS, tmp_path / "texts")
    bad = file_of(tmp_path / "texts", "bad.txt", content)
    error = refusal(tmp_path / "texts")
    assert error.file == bad and words in str(error)


@settings(max_examples=80, deadline=None)
@given(st.binary(max_size=60), st.sampled_from(["a.jsonl", "a.csv", "a.parquet", "b.txt"]))
def test_any_bytes_are_read_or_refused(tmp_path_factory, content, name):
    folder = tmp_path_factory.mktemp("any")
    file = file_of(folder, name, content)
    try:
        read_articles(folder if name == "b.txt" else file)
    except InputError as error:
        assert error.file in (file, folder)
