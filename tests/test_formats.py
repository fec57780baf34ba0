"""Readers of files: each format's sample and the drafts it gives; dates that are none; what is refused, with its remedy."""

import io
import json
from datetime import datetime
from pathlib import Path

import docx
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import make_samples as made
from analysis.errors import InputError
from analysis.ingest.add.taking import FOREIGN
from analysis.ingest.condition import condition
from analysis.ingest.dates import date_line, day_comes_first, read_cell, read_date, zone
from analysis.ingest.draft import Draft, Offer
from analysis.ingest.formats import FORMATS, kind, read
from analysis.ingest.formats.tables import guess_columns
from analysis.ingest.formats.text import decode, tidy
from analysis.ingest.language import language
from analysis.ingest.spun import spun
from refused import refused

SAMPLES = Path(__file__).parent / "samples"
SEEDS = Path(__file__).parent.parent / "data/russia-nato-2021/texts"
TABLE = [["Headline", "Body", "Date"], ["=1+1", "The city closed it.", datetime(2021, 10, 18, 14, 5)], ["", "", ""],
         ["Two", "More text.", "19 Oct 2021"]]
NEWSPAPER = [["The Town Crier, page 1", "Old bridge shut to lorries", "The city closed the old bridge to lorries on Mon-",
              "day, after engineers found cracks in its pillars.", "1"],
             ["The Town Crier, page 2", "“We have no choice,” said the mayor.", "2"], ["The Town Crier, page 3", "Boats run.", "3"]]


def sample(name: str) -> bytes:
    return (SAMPLES / name).read_bytes()


def only(name: str, data: bytes | str, **more) -> Draft:
    [draft] = read(Offer(name, data if isinstance(data, bytes) else data.encode("utf-8"), **more))
    return draft


BRIDGE, FERRIES = "The city closed the old bridge", "Lorries waited for four hours"
CRIER, GAZETTE = "The Town Crier", "Harbour Gazette"
# file: its bytes, its format, and of each draft title, outlet, author, published, where it was found, how the text begins and ends
SAMPLE_DRAFTS = {
    "bridge.txt": (sample("bridge.txt"), "plain text", [
        ("Old bridge shut to lorries from Monday", None, "Ada Lopez and Ben Okafor", "2021-10-18T14:05+00:00",
         "in the text, line 4, 'Published: 18 October 2021, 14:05 GMT'", "By Ada Lopez", "until March 2022.")]),
    "bridge.md": (sample("bridge.md"), "Markdown", [
        ("Old bridge shut: what it means", CRIER, "Ada Lopez", "2021-10-18T09:30:00+02:00", "front matter 'date'",
         BRIDGE + " on Monday.", "“We have no choice,” said the mayor.")]),
    "bridge.html": (sample("bridge.html"), "HTML", [
        ("Old bridge shut to lorries", CRIER, "Ada Lopez", "2021-10-18T14:05:00+02:00", "meta article:published_time",
         BRIDGE, "until the spring.")]),
    "paywall.html": (sample("paywall.html"), "HTML", [
        ("Ferry company in talks over sale", GAZETTE, "Ben Okafor", "2021-11-02T06:00:00+00:00", "JSON-LD datePublished",
         "The company that runs", "said on Tuesday.")]),
    "bridge.docx": (made.word(), "DOCX", [
        ("Old bridge shut to lorries", None, "Ada Lopez", "2021-10-18", "in the text, line 5, '18 October 2021'", "By Ada Lopez", "said the mayor.")]),
    "styled.docx": (made.word(title_style=True), "DOCX", [
        ("Old bridge shut to lorries", None, "Ada Lopez", "2021-10-18", "in the text, line 3, '18 October 2021'", "By Ada Lopez", "said the mayor.")]),
    "bridge.pdf": (made.pdf(NEWSPAPER), "PDF", [
        ("Old bridge shut to lorries", None, None, None, None, BRIDGE + " to lorries on Monday, after", "Boats run.")]),
    "table.csv": (sample("table.csv"), "CSV", [
        ("Old bridge shut", CRIER, "Ada Lopez", "2021-10-18", "column 'pub_date'", BRIDGE, "must take the ferry."),
        ('=HYPERLINK("http://evil.example","click")', GAZETTE, None, "2021-10-05", "column 'pub_date'", "=1+1 is", "it stays so.")]),
    "table.tsv": (sample("table.tsv"), "TSV", [
        ("Old bridge shut", None, None, "2021-10-18T14:05", "column 'date'", BRIDGE, "bridge."),
        ("Ferries fill up", None, None, "2021-10-19", "column 'date'", "The ferries are full", "wait.")]),
    "table.json": (sample("table.json"), "JSON", [
        ("Old bridge shut", CRIER, "Ada Lopez", "2021-10-18T14:05:00+00:00", "column 'publishedAt'", BRIDGE, "[+1234 chars]"),
        ("Ferries fill up", GAZETTE, None, "2021-10-19T06:00:00+00:00", "column 'publishedAt'", FERRIES, "on Tuesday.")]),
    "table.jsonl": (sample("table.jsonl"), "JSONL", [
        ("Old bridge shut", CRIER, None, "2021-10-18T14:05:00+00:00", "column 'timestamp'", BRIDGE, "bridge."),
        ("Ferries fill up", GAZETTE, None, "2021-10-19T14:05:00+00:00", "column 'timestamp'", FERRIES, "hours.")]),
    "table.xlsx": (made.excel(TABLE), "Excel", [
        ("=1+1", None, None, "2021-10-18T14:05:00", "column 'Date'", "The city closed it.", "it."),
        ("Two", None, None, "2021-10-19", "column 'Date'", "More text.", "text.")]),
    "sheets.xlsx": (made.excel(TABLE[:2], Post=[["Body"], ["The ferries are full."]], Notes=[["to do"], ["more"]]), "Excel", [
        ("=1+1", None, None, "2021-10-18T14:05:00", "column 'Date'", "The city closed it.", "it."),
        (None, None, None, None, None, "The ferries are full.", "full."),
        (None, None, None, None, None, "", "")]),
    "guardian.json": (json.dumps({"response": {"total": 1, "results": [{
        "id": "world/1", "webTitle": "Old bridge shut", "webPublicationDate": "2021-10-18T14:05:00Z", "webUrl": "https://g.example/1",
        "fields": {"headline": "Old bridge shut", "byline": "Ada Lopez", "bodyText": BRIDGE + ".", "publication": CRIER}}]}}).encode(), "JSON", [
            ("Old bridge shut", CRIER, "Ada Lopez", "2021-10-18T14:05:00+00:00", "column 'webPublicationDate'", BRIDGE, "bridge.")]),
    "printed.pdf": (made.pdf([["22/11/2026, 14:27 Old bridge shut", "Old bridge shut to lorries", BRIDGE + " to lorries on Monday.",
                               "https://crier.example/2021/10/18/bridge 1/1"]]), "PDF", [
        ("Old bridge shut to lorries", None, None, None, None, BRIDGE, "on Monday.")]),
    "table.parquet": (made.parquet([{"title": "One", "content": BRIDGE + ".", "published_at": pd.Timestamp("2021-10-18T14:05Z")}]), "Parquet", [
        ("One", None, None, "2021-10-18T14:05:00+00:00", "column 'published_at'", BRIDGE, "bridge.")]),
    "nexis.rtf": (sample("nexis.rtf"), "Nexis Uni (RTF)", [
        ("Old bridge shut to lorries", "The Town Crier (Rivertown)", "Ada Lopez", "2021-10-18T14:05+00:00",
         "line after the outlet, 'October 18, 2021 Monday 2:05 PM GMT'", BRIDGE, "said the mayor.")]),
    "nexis.docx": (made.word(made.NEXIS.split("\n")), "Nexis Uni (DOCX)", [
        ("Old bridge shut to lorries", CRIER, "Ada Lopez", "2021-10-18", "line after the outlet, 'October 18, 2021 Monday, Late Edition'",
         BRIDGE, "said the mayor."),
        ("Ferries fill up", GAZETTE, None, "2021-10-01/2021-10-31", "line after the outlet, 'October 2021'", FERRIES, "on Tuesday.")]),
    "factiva.html": (sample("factiva.html"), "Factiva (HTML)", [
        ("Old bridge shut to lorries", CRIER, "Ada Lopez", "2021-10-18T14:05", "field PD", BRIDGE, "said the mayor."),
        ("Ferries fill up", GAZETTE, "Ben Okafor", "2021-10-19", "line after the number of words", FERRIES, "until Friday.")]),
    "factiva.rtf": (sample("factiva.rtf"), "Factiva (RTF)", [
        ("Old bridge shut to lorries", CRIER, "Ada Lopez", "2021-10-18", "field PD", BRIDGE, "said the mayor.")]),
    "lexis.txt": (sample("lexis.txt"), "LexisNexis (plain text)", [
        ("Old bridge shut to lorries, and the ferries are full until the end of the week", "The Town Crier (Rivertown)", "Ada Lopez",
         "2021-10-18", "line after the outlet, 'October 18, 2021 Monday'", BRIDGE + " to lorries on Monday, after engineers found cracks",
         "SUBJECT to repairs, it opens in spring."),
        (None, GAZETTE, None, "2021-10-19", "line after the outlet, 'October 19, 2021, Tuesday, Final'", FERRIES, "on Tuesday.")]),
    "proquest.html": (sample("proquest.html"), "ProQuest (HTML)", [
        ("Old bridge shut to lorries", CRIER, "Lopez, Ada", "2021-10-18", "field Publication date", BRIDGE, "pillars have cracks.")]),
    "proquest.txt": (sample("proquest.txt"), "ProQuest (plain text)", [
        ("Old bridge shut to lorries", CRIER, "Lopez, Ada", "2021-10-18", "field Publication date", BRIDGE, "pillars have cracks."),
        ("Ferries fill up", GAZETTE, None, "2021-10-19", "field Publication date", "", "")]),
}


@pytest.mark.parametrize(("name", "expected"), SAMPLE_DRAFTS.items(), ids=SAMPLE_DRAFTS)
def test_samples_give_their_drafts(name, expected):
    data, format, rows = expected
    drafts = read(Offer(name, data))
    assert {draft.format for draft in drafts} == {format}
    assert [(d.title, d.outlet, d.author, d.published, d.published_found) for d in drafts] == [row[:5] for row in rows]
    for draft, (*_, start, end) in zip(drafts, rows, strict=True):
        assert draft.text.startswith(start) and draft.text.endswith(end)
        assert bool(draft.text) is (draft.problem is None)


def test_every_format_has_a_sample():
    assert {kind(Offer(name, data)) for name, (data, *_) in SAMPLE_DRAFTS.items()} | {".mhtml"} == set(FORMATS)


def test_the_address_that_a_browser_prints_is_the_pages():
    data, *_ = SAMPLE_DRAFTS["printed.pdf"]
    assert only("printed.pdf", data).url == "https://crier.example/2021/10/18/bridge"


@pytest.mark.parametrize(("xml", "text"), [
    ("<w:p><w:r><w:t>It shut</w:t></w:r><w:ins w:author='a'><w:r><w:t xml:space='preserve'> on Monday</w:t></w:r></w:ins></w:p>", "It shut on Monday"),
    ("<w:p><w:del><w:r><w:t>not </w:t></w:r></w:del><w:r><w:t>shut</w:t></w:r></w:p>", "shut"),
    ("<w:sdt><w:sdtContent><w:p><w:r><w:t>In a field.</w:t></w:r></w:p></w:sdtContent></w:sdt>", "In a field."),
    ("<w:tbl><w:tr><w:tc><w:tbl><w:tr><w:tc><w:p><w:r><w:t>Deep in tables.</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:tc></w:tr></w:tbl>", "Deep in tables."),
    ("<w:p><w:pPr><w:tabs><w:tab w:val='left'/></w:tabs></w:pPr><w:r><w:t>One</w:t><w:tab/><w:t>two</w:t><w:br/><w:t>three</w:t></w:r></w:p>",
     "One\ttwo\nthree"),
])
def test_all_that_word_shows_is_text(xml, text):
    assert only("a.docx", made.word_with(xml)).text.endswith(text)


def test_what_stands_beside_a_document_is_kept_for_inspection():
    draft = only("a.docx", made.word_with("<w:p><w:r><w:t>It shut.</w:t></w:r></w:p>", {
        "footnotes": "<w:footnote><w:p><w:r><w:t>Seen from the ferry.</w:t></w:r></w:p></w:footnote>"}))
    assert draft.text == "It shut." and draft.removed == "Seen from the ferry."


# Plain text: encodings

QUOTED = "Old bridge shut\n\n“We have no choice,” said José Müller – the cost is £5."


@pytest.mark.parametrize(("encoding", "named"), [
    ("utf-8", "utf-8"), ("utf-8-sig", "utf-8"), ("utf-16", "utf-16"), ("utf-16-le", "utf-16-le"), ("utf-16-be", "utf-16-be"),
    ("utf-32", "utf-32"), ("cp1252", "windows-1252"),
])
def test_encodings_are_detected_and_told(encoding, named):
    draft = only("a.txt", QUOTED.encode(encoding))
    assert (draft.title, draft.text, draft.encoding) == ("Old bridge shut", QUOTED.partition("\n\n")[2], named)
    assert draft.notes == ()


def test_latin_1_is_read_as_the_windows_encoding_that_extends_it():
    assert decode("café".encode("latin-1")) == ("café", "windows-1252", ())


def test_an_encoding_that_a_server_declares_is_tried_first_and_its_error_told():
    cyrillic = "Мост закрыт для грузовиков"
    assert only("a.txt", cyrillic.encode("koi8-r"), content_type="text/plain; charset=koi8-r").text == cyrillic
    text, encoding, notes = decode("café".encode(), "ascii")
    assert (text, encoding) == ("café", "utf-8") and "'ascii'" in notes[0]
    assert decode(b"shut", "no such encoding")[0] == "shut"


def test_another_alphabet_without_a_mark_is_guessed_and_told():
    text, encoding, notes = decode(("Мост через реку закрыт для грузовиков с понедельника, сообщили в мэрии. " * 5).encode("cp1251"))
    assert text.startswith("Мост через реку") and encoding == "windows-1251" or encoding == "cp1251"
    assert "guessed" in notes[0]


def test_broken_bytes_are_counted_never_replaced_in_silence():
    whole = "“We have no choice,” she said – “none.” " * 4
    draft = only("a.txt", whole.encode() + b"\xff and more")
    assert draft.text.endswith("� and more") and "1 places were not UTF-8" in draft.notes[0]


@pytest.mark.parametrize("data", [b"\xff\xfea\x00\x00", bytes(range(128, 256)) * 4])
def test_bytes_that_are_no_text_are_refused(data):
    assert "save" in refused(read, Offer("a.txt", data)).remedy


def test_text_that_was_spoilt_before_is_told_and_kept():
    spoilt = "The mayorâ€™s choice, said JosÃ©."
    draft = only("a.txt", spoilt)
    assert draft.text == spoilt and "mojibake" in draft.notes[0] and "2 such in all" in draft.notes[0]


@pytest.mark.parametrize(("text", "title", "start"), [
    ("Old bridge shut\n\nThe city closed it.", "Old bridge shut", "The city"),
    ("Old bridge shut\r\n\r\nThe city closed it.", "Old bridge shut", "The city"),
    ("Old bridge shut?\n\nYes.", "Old bridge shut?", "Yes."),
    ("World news\n\nOld bridge shut to all lorries\n\nThe city closed it.", "Old bridge shut to all lorries", "The city"),
    ("Old bridge shut\nThe city closed it.", None, "Old bridge"),  # no empty line: one paragraph
    ("Old bridge shut\nBy Ada Lopez\nPublished: 18 October 2021\nThe city closed it.", "Old bridge shut", "By Ada"),
    ("The Town Crier\n18 October 2021\nOld bridge shut to lorries\nBy Ada Lopez\n\nThe city closed it.", None, "The Town"),  # an outlet
    ("The city closed it.\n\nThe ferry runs.", None, "The city"),  # a sentence
    ("18 October 2021\n\nThe city closed it.", None, "18 October"),  # a date
    ("By Ada Lopez\n\nThe city closed it.", None, "By Ada"),  # a byline
    ("Old bridge shut", None, "Old bridge"),  # nothing but itself
    ("word " * 40 + "\n\nThe city closed it.", None, "word"),  # too long
])
def test_a_title_is_the_first_short_line_before_an_empty_one(text, title, start):
    draft = only("a.txt", text)
    assert draft.title == title and draft.text.startswith(start)


def test_markdown_without_front_matter_takes_its_heading():
    draft = only("a.md", "# Old *bridge* shut\n\nSee [the map](http://x.example) and `x_y_z` and 2 * 3 * 4.\n\n---\n\n## Cracks\n\nTwo.")
    assert draft.title == "Old *bridge* shut" and draft.text == "See the map and `x_y_z` and 2 * 3 * 4.\n\nCracks\n\nTwo."
    assert only("a.md", "Old bridge shut\n===\n\nThe city closed it.").title == "Old bridge shut"


def test_front_matter_that_is_no_yaml_is_read_by_its_lines():
    draft = only("a.md", "---\ntitle: May: the [budget\ndate: 3 May 2021\n---\nThe city pays.")
    assert (draft.title, draft.published, draft.text) == ("May: the [budget", "2021-05-03", "The city pays.")


# Dates


@pytest.mark.parametrize(("written", "value"), [
    ("2021-10-18", "2021-10-18"), ("2021/10/18", "2021-10-18"), ("2021-10-18T14:05:00Z", "2021-10-18T14:05:00+00:00"),
    ("2021-10-18T14:05:00.000+0200", "2021-10-18T14:05:00+02:00"), ("2021-10-18 14:05:00 UTC", "2021-10-18T14:05:00+00:00"),
    ("Mon, 18 Oct 2021 14:05:00 -0500 (EST)", "2021-10-18T14:05:00-05:00"), ("18 Oct 2021 14:05 GMT", "2021-10-18T14:05+00:00"),
    ("October 18, 2021 Monday", "2021-10-18"), ("Monday, 18th of October, 2021", "2021-10-18"), ("Sept. 5, 2017", "2017-09-05"),
    ("18-Oct-2021", "2021-10-18"), ("14:05 GMT, 18 October 2021", "2021-10-18T14:05+00:00"), ("18.10.2021 14:05", "2021-10-18T14:05"),
    ("October 18, 2021 at 2:05 p.m. EDT", "2021-10-18T14:05-04:00"), ("18 October 2021 12.05am", "2021-10-18T00:05"),
    ("5 October 2021 10:00 am (GMT+3)", "2021-10-05T10:00+03:00"), ("Oct. 2021", "2021-10-01/2021-10-31"),
    ("18/10/2021", "2021-10-18"), ("10/18/2021 2:05 pm", "2021-10-18T14:05"), ("10/10/2021", "2021-10-10"), ("05.10.2021", "2021-10-05"),
    ("05/10/2021", "2021-05-10/2021-10-05"),
])
def test_dates_are_read(written, value):
    assert read_date(written).value == value


@pytest.mark.parametrize("written", [
    "", "1984", "May", "Monday", "Monday's papers", "May 2020 budget: what it means", "18 October", "BRUSSELS, October 18. /TASS/.",
    "1 year ago", "31/31/2021", "2021-02-30", "30 February 2021", "18/10/21", "20211018", "9/11", "24/7", "2021-10-18T25:00",
    "March 4 Justice 2021", "On 18 October 2021 it shut", "The class of 2021-22", "x" * 10_000, "2021-10-18 " * 9,
])
def test_what_is_not_wholly_a_date_is_none(written):
    assert read_date(written) is None and date_line(written) is None


def test_a_zone_of_several_meanings_is_not_guessed():
    reading = read_date("18 October 2021 14:05 BST")
    assert reading.value == "2021-10-18T14:05" and "'BST'" in reading.note and zone(reading.value) == "none"


@pytest.mark.parametrize(("value", "column", "read"), [
    (1634565900, "timestamp", "2021-10-18T14:05:00+00:00"), ("1634565900000", "created_utc", "2021-10-18T14:05:00+00:00"),
    (1634565900, "published", None), ("20211018", "date", "2021-10-18"), ("20211399", "date", None), (2021, "year", "2021-01-01/2021-12-31"),
    (2021.0, "year", "2021-01-01/2021-12-31"), (True, "date", None), (float("nan"), "date", None), (datetime(2021, 10, 18), "date", "2021-10-18"),
])
def test_digits_are_dates_only_as_the_column_says(value, column, read):
    reading = read_cell(value, column)
    assert (reading and reading.value) == read


def test_a_column_tells_whether_the_day_comes_first():
    table = "text,date\nOne.,05/10/2021\nTwo.,{}\n"
    for other, first in [("18/10/2021", "2021-10-05"), ("10/18/2021", "2021-05-10"), ("06/10/2021", "2021-05-10/2021-10-05")]:
        assert read(Offer("a.csv", table.format(other).encode()))[0].published == first
    assert day_comes_first(["x", None, 7]) is None


def test_only_dates_of_publication_count():
    assert date_line("Updated: 19 October 2021") is None
    assert date_line("Published 18 October 2021 | Updated 19 October 2021").value == "2021-10-18"


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60) | st.from_regex(r"[A-Za-z]{3,9}\.? ?[0-9]{1,4}[,/. -]{1,2}[0-9]{1,4}( [0-9:.]{1,8} ?[A-Z+0-9]{0,5})?", fullmatch=True))
def test_any_string_is_a_valid_date_or_none(text):
    for reading in (read_date(text), date_line(text), read_cell(text, "timestamp")):
        for part in reading.value.split("/") if reading else ():
            datetime.fromisoformat(part)


# Pages: the classic fault of importers is to read a headline as a date

PARAGRAPHS = "<p>The council voted to spend less on roads and more on ferries, the mayor said after a long debate in the town hall.</p>" * 4


def page(title: str, *, head: str = "", under: str = "", foot: str = "") -> str:
    return (f"<!doctype html><html><head><meta charset='utf-8'><title>{title}</title>{head}</head><body><article><h1>{title}</h1>{under}"
            f"{PARAGRAPHS}</article><footer>{foot}</footer></body></html>")


@pytest.mark.parametrize("title", ["May 2020 budget: what it means for ferries", "1984", "Monday’s papers: 3 May 2021 and the ferries", "October 18, 2021",
                                   "2021-10-18", "9/11/2001", "March 2021", "20 years on: 11 September 2001"])
def test_a_headline_is_never_read_as_a_date(title):
    draft = only("a.html", page(title, foot="© 2024 The Town Crier, last revised 3 March 2023"))
    assert (draft.published, draft.published_found) == (None, None)
    stated = only("a.html", page(title, head="<meta property='article:published_time' content='2022-02-03'>"))
    assert (stated.published, stated.published_found) == ("2022-02-03", "meta article:published_time")
    plain = only("a.txt", f"{title}\n\nThe council voted to spend less on roads.")
    assert plain.published is None or plain.title is None  # a whole date over a text without a title is its date


def test_dates_of_a_page_are_trusted_in_order():
    ld = '<script type="application/ld+json">{"@graph": [{"@type": ["NewsArticle"], "datePublished": "2021-10-01"}]}</script>'
    broken = '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2020-</script>'
    meta = "<meta name='pubdate' content='2021-10-02'>"
    time = "<time datetime='2021-10-03T10:00'>3 October</time>"
    url = "https://crier.example/2021/oct/04/budget"
    line = "<p>Published: 5 October 2021</p>"
    for head, under, url_, found in [
            (ld + meta, time, url, "2021-10-01"), (broken + meta, time, url, "2021-10-02"), (broken, time + line, url, "2021-10-03T10:00"),
            ("", line, url, "2021-10-04"), ("", line, None, "2021-10-05"),
            ("<meta property='article:modified_time' content='2021-10-09'>", "<p>Updated: 6 October 2021</p>", None, None)]:
        assert only("a.html", page("Budget", head=head, under=under), url=url_).published == found


def test_dates_of_other_articles_on_a_page_are_not_taken():
    other = {"@type": "NewsArticle", "headline": "Ferries fill up", "datePublished": "2019-01-01"}
    own = {"@type": "NewsArticle", "headline": "Budget", "datePublished": "2021-10-18"}
    masthead = "<header><time datetime='2024-02-02'>Today</time></header>"
    teaser = "<article><h3>Ferries</h3><time datetime='2019-01-01'>1 January</time></article>"
    for said, day in [([other, own], "2021-10-18"), ([other, {**other, "headline": "Boats"}], None)]:
        draft = only("a.html", page("Budget", head=f'<script type="application/ld+json">{json.dumps(said)}</script>'))
        assert draft.published == day
    assert only("a.html", page("Budget").replace("<body>", "<body>" + masthead + teaser)).published is None


def test_a_day_in_an_address_is_a_part_of_its_own():
    for path, day in [("2021/10/18/budget", "2021-10-18"), ("news/2021-10-18", "2021-10-18"), ("2021/oct/18/budget", "2021-10-18"),
                      ("1984-06-04-remembered", None), ("2021/10/budget", None), ("2021/13/45/budget", None)]:
        assert only("a.html", page("Budget"), url=f"https://crier.example/{path}").published == day


def test_nothing_of_a_page_that_is_no_text_comes_into_a_draft():
    draft = only("bridge.html", sample("bridge.html"))
    everything = draft.text + draft.removed + str(draft.title)
    for never in ("never", "javascript", "secret", "comment", "<"):
        assert never not in everything
    for cut in ("Home", "Sport pages", "Ferry prices rise", "Terms and conditions"):
        assert cut in draft.removed and cut not in draft.text


def test_an_address_that_is_no_address_is_left_out():
    for address in ("javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "http://[bad"):
        assert only("a.html", page("Budget", head=f"<link rel='canonical' href='{address}'>")).url is None
        draft = read(Offer("a.csv", f'text,where\nOne.,"{address}"\n'.encode()), columns={"url": "where"})[0]
        assert draft.url is None and "left out" in draft.notes[-1]


def test_what_a_page_is_called_is_what_it_is():
    for name, more in [("page.txt", {}), ("page", {"content_type": "text/html; charset=utf-8"}), ("story.php", {}), ("page.html", {})]:
        assert only(name, page("Budget"), **more).format == "HTML"


def test_links_in_rtf_leave_their_words():
    link = rb"{\rtf1\ansi The {\field{\*\fldinst{HYPERLINK \"http://x.example\"}}{\fldrslt{\ul old bridge}}} is shut, na\'efve \u8220?or\u-10179?\u-8704? not.\par}"
    assert only("a.rtf", link).text == "The old bridge is shut, naïve “or😀 not."


def test_a_page_saved_as_one_file():
    mhtml = ("From: <Saved by Blink>\r\nSnapshot-Content-Location: https://crier.example/budget\r\nMIME-Version: 1.0\r\n"
             'Content-Type: multipart/related; type="text/html"; boundary="xx"\r\n\r\n--xx\r\nContent-Type: text/html; charset=utf-8\r\n\r\n'
             + page("Budget") + "\r\n--xx--\r\n")
    draft = only("a.mhtml", mhtml)
    assert (draft.format, draft.title, draft.url) == ("MHTML", "Budget", "https://crier.example/budget")
    assert "no part in HTML" in str(refused(read, Offer("a.mhtml", b"Subject: x\n\ntext")))


@pytest.mark.parametrize(("declared", "encoding"), [("windows-1252", "cp1252"), ("utf-8", "utf-8"), ("iso-8859-1", "cp1252")])
def test_a_page_names_its_charset(declared, encoding):
    text = page("Budget “cut”").replace("charset='utf-8'", f"charset={declared}")
    assert only("a.html", text.encode(encoding)).title == "Budget “cut”"


def test_what_a_file_says_of_itself_is_told_and_taken_for_nothing():
    document = docx.Document(io.BytesIO(made.word(["The city closed the old bridge.", "It shut."])))
    document.core_properties.author, document.core_properties.created = "A. Typist", datetime(2023, 5, 6)
    draft = only("a.docx", made.saved(document.save))
    assert (draft.author, draft.published) == (None, None)
    assert "author 'A. Typist', created '2023-05-06 00:00:00" in draft.notes[0]


# Tables


@pytest.mark.parametrize(("names", "guess"), [
    (["article_id", "text", "outlet", "title", "published", "url"], {"text": "text", "title": "title", "published": "published", "outlet": "outlet", "url": "url"}),
    (["ID", "Full Text", "Publication Date", "Newspaper", "GUID", "Byline"],
     {"text": "Full Text", "published": "Publication Date", "outlet": "Newspaper", "url": "GUID", "author": "Byline"}),
    (["article", "headline", "source"], {"text": "article", "title": "headline", "outlet": "source"}),
    (["a", "b"], {}),
])
def test_columns_are_guessed_from_their_names(names, guess):
    assert guess_columns(names, []) == guess


def test_columns_are_guessed_from_their_cells_too():
    long = "The council voted to spend less on roads and more on ferries, the mayor said after a long debate in the hall. " * 2
    rows = [{"x": 1, "Text": "short", "inhalt": long, "content": long, "guid": "a-7"}]
    assert guess_columns(rows[0], rows) == {"text": "content"}
    assert guess_columns(["x", "inhalt"], rows) == {"text": "inhalt"}


def test_a_part_of_each_text_is_an_excerpt():
    story = "The council voted to spend less on roads and more on ferries, the mayor said after a long debate in the town hall."
    draft = only("nyt.json", json.dumps({"response": {"docs": [{"abstract": story, "headline": {"main": "Ferries"}, "byline": {"original": "By A. B."}}]}}))
    assert (draft.title, draft.author, draft.text) == ("Ferries", "By A. B.", story)
    assert condition(draft)[0] == "excerpt" and "'abstract' holds a part" in draft.notes[1]


def test_a_person_corrects_the_columns():
    data = b"text,Body,who\nA title,The city closed it.,Crier\n"
    [draft] = read(Offer("a.csv", data), columns={"text": "Body", "title": "text", "outlet": "who"})
    assert (draft.title, draft.text, draft.outlet, draft.outlet_found) == ("A title", "The city closed it.", "Crier", "column 'who'")
    assert draft.notes[0].startswith("columns taken: text = 'Body', title = 'text', outlet = 'who'")
    for wrong, words in [({"text": "Bodi"}, "write 'Body'"), ({"txt": "Body"}, "write 'text'")]:
        with pytest.raises(InputError, match=words):
            read(Offer("a.csv", data), columns=wrong)


def test_the_first_row_says_which_columns_are_taken_and_which_are_not():
    first, second = read(Offer("a.csv", b"text,Titre,score,empty\nOne.,A,1,\nTwo.,B,2,\n"))
    assert first.notes == ("columns taken: text = 'text'; delimiter ','; not used: 'Titre', 'score'",) and not second.notes


def test_a_row_that_cannot_be_used_does_not_cost_the_others():
    first, second = read(Offer("a.csv", b"title,text\nOne,The city closed it.\nTwo, \n"))
    assert (first.problem, second.title, second.problem) == (None, "Two", "there is no text")


def test_html_in_a_cell_is_no_text():
    draft = only("a.json", json.dumps({"title": "One", "text": "<p>The city <b>closed</b> it.</p><script>never()</script><p>Why &lt; 5?</p>"}))
    assert draft.text == "The city closed it.\n\nWhy < 5?" and "HTML" in draft.notes[1]
    assert only("a.csv", "text\nIt is 3 < 5 and 7 > 6.\n").text == "It is 3 < 5 and 7 > 6."


def test_a_date_that_is_none_is_told():
    draft = only("a.csv", "text,date\nIt shut.,last Monday\n")
    assert draft.published is None and "'last Monday' in column 'date' is no date" in draft.notes[1]


@pytest.mark.parametrize("data", ['{"title": "One", "text": "It shut."}', '[{"title": "One", "text": "It shut."}]',
                                  '{"response": {"docs": [{"title": {"rendered": "One"}, "text": ["It shut."]}]}}'])
def test_json_may_be_a_list_or_hold_one(data):
    assert (only("a.json", data).title, only("a.json", data).text) == ("One", "It shut.")


# What is refused says what to do

REFUSED = {
    "empty": ("a.txt", b"", "empty"),
    "blank": ("a.txt", b" \r\n\0", "empty"),
    "old Word": ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "as DOCX"),
    "old Excel": ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"), "XLSX or CSV"),
    "encrypted Office": ("a.docx", b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "without a password|without one"),
    "a book": ("a.epub", b"x", "EPUB"),
    "a picture": ("a.jpg", b"\xff\xd8\xff\xe0", "OCR"),
    "an e-mail": ("a.eml", b"Subject: x\n\nIt shut.", "e-mail"),
    "another archive": ("a.txt.gz", b"\x1f\x8b", "unpack it"),
    "a link": ("a.url", b"[InternetShortcut]", "address"),
    "Pages": ("a.pages", made.packed({"Index/Document.iwa": b"x"}), "Pages"),
    "old Word by another name": ("notes", b"\xd0\xcf\x11\xe0" + "WordDocument".encode("utf-16-le"), "as DOCX"),
    "none of Word's": ("slides.ppt", b"\xd0\xcf\x11\xe0" + bytes(600), "unknown"),
    "a list of addresses": ("a.json", b'{"articles": [{"url": "https://x.example/1", "title": "It shut", "seendate": "20211018T050000Z"}]}',
                            "column 'url'"),
    "a table of columns": ("a.csv", b",".join(b"c%d" % n for n in range(2_000)) + b"\n" + b"," * 1_999, "columns"),
    "no suffix": ("a", b"It shut.", "no suffix"),
    "no suffix in an archive": ("a.zip › b", b"It shut.", "no suffix"),
    "named Word": ("a.docx", b"It shut.", "is none"),
    "damaged Word": ("a.docx", made.word()[:-200], "damaged"),
    "damaged PDF": ("a.pdf", made.pdf([["x"]])[:60], "damaged"),
    "scan": ("a.pdf", made.pdf([[], []]), "OCR"),
    "locked PDF": ("a.pdf", made.pdf([["x"]], password="p"), "password"),
    "Media Cloud": ("mediacloud.csv", sample("mediacloud.csv"), "addresses and titles without texts"),
    "no text column": ("a.csv", b"a,b\n1,2\n", "as text=NAME"),
    "no rows": ("a.csv", b"text\n", "no rows"),
    "torn row": ("a.csv", b"text,title\nOne,1\nTwo\n", "line 3"),
    "torn quotes": ("a.csv", b'text,title\n"One,1\n', "quotation"),
    "no JSON": ("a.json", b"{", "not JSON"),
    "JSON of numbers": ("a.json", b"[1, 2]", "no object"),
    "no Parquet": ("a.parquet", b"PAR1xxxx", "Parquet"),
    "page without text": ("a.html", b"<html><body><script>1</script></body></html>", "no article"),
    "not fetched": ("http://x.example", None, "nothing to read"),
}


@pytest.mark.parametrize(("name", "data", "words"), REFUSED.values(), ids=REFUSED)
def test_what_is_refused_says_why_and_what_to_do(name, data, words):
    error = refused(lambda offer: read(offer), Offer(name, data))
    assert any(word in str(error) for word in words.split("|"))


FACTIVA_PLAIN = """Ferries fill up
By Ben Okafor
15 words
19 October 2021
Harbour Gazette
HARGA
English
Copyright 2021 Harbour Gazette
Lorries waited for four hours.
{last}
{publisher}
Document HARGA00020211019ehaj0002q
"""


@pytest.mark.parametrize(("last", "publisher", "end"), [
    ("The ferries are full until Friday.", "Harbour Newspapers Limited", "until Friday."),
    ("The ferries are full until Friday.", "Harbour & Company, Inc.", "until Friday."),
    ("The ferries are full until Friday.", "", "until Friday."),
    ("The ferries are full until Friday.", "Bring food.", "Bring food."),  # a sentence, and so no publisher
])
def test_a_publisher_below_a_text_is_no_paragraph_of_it(last, publisher, end):
    [draft] = read(Offer("a.txt", FACTIVA_PLAIN.format(last=last, publisher=publisher).encode()))
    assert draft.text.endswith(end)
    assert publisher in draft.removed + draft.text, "nothing is lost"


# Language, condition, spinning


@pytest.mark.parametrize(("text", "code"), [
    ("Le conseil municipal a décidé lundi de fermer le vieux pont aux camions, a déclaré la maire.", "fr"),
    ("El ayuntamiento decidió el lunes cerrar el viejo puente a los camiones, dijo la alcaldesa.", "es"),
    ("Власти города закрыли старый мост для грузовиков с понедельника, сообщила мэрия.", "ru"),
    ("The city closed the old bridge to lorries on Monday, the mayor said.", "en"),
    ("", None), ("12345 67890 " * 20, None),
])
def test_languages_are_told(text, code):
    assert language(text)[0] == code


@pytest.mark.parametrize(("text", "foreign"), [
    ("Schäuble, Müller-Wohlfahrt, Großkreutz and Weiß of FC Bayern München beat Borussia Mönchengladbach 3-1 in Düsseldorf.", False),
    ("Jens Stoltenberg, Sergei Lavrov, Heiko Maas, Annalena Baerbock and Emmanuel Macron met in Brussels on Monday.", False),
    ("MAYOR SHUTS OLD BRIDGE TO LORRIES AS CRACKS FOUND IN PILLARS; FERRIES FULL", False),
    ("“Nous sommes fatigués,” Mr Dupont said. “Il faut que cela cesse.” He spoke in Lyon on Monday about the closure of the bridge.", False),
    ("قرر مجلس المدينة يوم الاثنين إغلاق الجسر القديم أمام الشاحنات، حسبما قالت رئيسة البلدية في بيان.", True),
    ("市议会周一决定关闭老桥，禁止卡车通行。市长表示，工程师在桥墩中发现了裂缝，因此必须立即采取行动。", True),
    ("De gemeenteraad besloot maandag de oude brug te sluiten voor vrachtwagens, zei de burgemeester.", True),
])
def test_english_full_of_names_is_not_foreign(text, foreign):
    assert (language(text)[1] < FOREIGN) is foreign


FULL = "The council voted to spend less on roads and more on ferries, the mayor said after a long debate. " * 12


@pytest.mark.parametrize(("text", "state", "reason"), [
    (FULL, "unknown", "nothing"), (FULL + "\nTo continue reading this article, subscribe.", "unknown", "nothing"),
    (FULL[:300] + "\nTo continue reading this article, subscribe.", "excerpt", "stub suspected"),
    (FULL[:300] + "\nYou have read all your free articles.", "excerpt", "stub suspected"),
    (FULL[:300] + "\nThe members-only club meets again on Monday to discuss what it will pay.", "unknown", "nothing"),
    (FULL + "The mayor said that …", "excerpt", "breaks off"), (FULL + "[...]", "excerpt", "breaks off"),
    (FULL + "“We have no choice …” she said.", "unknown", "nothing"), ("It shut.", "unknown", "nothing"),
])
def test_condition_is_guessed_with_its_reason(text, state, reason):
    found, why = condition(Draft(text))
    assert found == state and reason in why


@pytest.mark.parametrize("text", [
    "She arrived successful the hall connected Monday and could beryllium the next mayor.",
    "He flew to Unused York. The Joined together States and the White Residence said nothing; the Prime Serve left.",
    "They person been ill. It was arsenic the mayor said: nary longer.",
])
def test_spun_wordings_are_suspected_and_shown(text):
    assert len(spun(text)) >= 3 and all(wording in text for wording in spun(text))


@pytest.mark.parametrize("text", [
    "Arsenic in the well made the river unsafe, and helium escaped. Astatine is rare.",
    "She connected the dots, was successful, and left of her own volition with nary a word betwixt and between.",
    "The person been and gone was one successful The Times reporter.",  # two wordings, hardly three
    "oregon ducks lose successful the game connected monday",  # without capitals
    "In Oregon and Maine a successful bidder spoke of modern Mexico and the modern Orleans.",
])
def test_english_that_looks_odd_is_not_suspected(text):
    assert spun(text) == []


def test_of_the_five_seeds_one_was_spun():
    assert [bool(spun(file.read_text(encoding="utf-8"))) for file in sorted(SEEDS.glob("*.txt"))] == [False] * 4 + [True]


@pytest.mark.parametrize(("written", "text"), [
    ("The \ufb01re at the of\ufb01ce.", "The fire at the office."), ("The may\xador\u200b said.", "The mayor said."),
    ("The brid-\nge is shut on Mon\xad\nday.", "The bridge is shut on Monday."), ("The Paris-\nLyon train.", "The Paris-\nLyon train."),
])
def test_words_that_print_divides_are_whole_again_and_it_is_told(written, text):
    draft = only("a.txt", f"Old bridge shut\n\n{written}")
    assert draft.text == text and bool(draft.notes) is (written != text)


def test_a_draft_holds_no_control_characters():
    draft = tidy(Draft("A\x00b\r\nc\x1b[31m\ud800d \u202eevil\u202c\u2028e  \n\n\n\nf\x9f", title="T\n\x07 x"))
    assert draft.text == "Ab\nc[31md \u202eevil\u202c\ne\n\nf" and draft.title == "T x"
    assert "4 control characters" in draft.notes[0] and "2 characters turn" in draft.notes[1]
