"""Files made to do harm: each is refused or read, in the end and in bounded memory, and nothing of it is executed."""

import io
import re
import tracemalloc
import zipfile

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pypdf import PdfReader, PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

import make_samples as made
from analysis.articles import MOST_CHARACTERS
from analysis.errors import InputError
from analysis.ingest.condition import condition
from analysis.ingest.dates import date_line
from analysis.ingest.draft import Offer
from analysis.ingest.formats import FORMATS, MOST_BYTES, read
from analysis.ingest.language import language
from analysis.ingest.spun import spun

NAMES = [f"a{suffix}" for suffix in (*FORMATS, ".doc", ".htm", ".xls", ".zip", "")]
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


def attempt(name: str, data: bytes):
    """Read what may be anything; return the drafts or the refusal, having checked what holds for both."""
    try:
        drafts = read(Offer(name, data))
    except InputError as error:
        drafts = error
        assert error.problem and error.remedy and "\n" not in str(error)
    for draft in drafts if isinstance(drafts, list) else ():
        assert bool(draft.text) is (draft.problem is None) and len(draft.text) <= MOST_CHARACTERS
        assert not CONTROL.search(draft.text + (draft.title or "") + draft.removed)
        draft.text.encode("utf-8")
        condition(draft), language(draft.text), spun(draft.text)
    return drafts


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300), st.sampled_from(NAMES), st.sampled_from([None, "text/html", "text/plain; charset=utf-7", "application/json"]))
@example(b"{\\rtf1\\u-10179?\\u-8704?\\u55357? x}", "a.rtf", None)
@example(b'{"text": "half \\ud83d, NUL \\u0000"}', "a.jsonl", None)
@example(b"\xef\xbb\xbf\xff", "a.txt", None)
@example(b"text\n" + b'"' * 299, "a.csv", None)
def test_any_bytes_under_any_name_are_drafts_or_a_refusal(data, name, content_type):
    try:
        assert all(draft.text or draft.problem for draft in read(Offer(name, data, content_type=content_type)))
    except InputError as error:
        assert error.problem and error.remedy


WORD, WORKBOOK, PAPER = made.word(), made.excel([["text"], ["It shut."]]), made.pdf([["It shut."]])
PARQUET = made.parquet([{"text": "It shut."}])


@settings(max_examples=120, deadline=None)
@given(st.sampled_from([("a.docx", WORD), ("a.xlsx", WORKBOOK), ("a.pdf", PAPER), ("a.parquet", PARQUET), ("a.rtf", rb"{\rtf1\ansi{\fonttbl{\f0 A;}}It shut.\par}")]),
       st.integers(0, 10**6), st.binary(min_size=1, max_size=8), st.booleans())
def test_damaged_files_are_drafts_or_a_refusal(file, at, damage, cut):
    name, data = file
    at %= len(data)
    attempt(name, data[:at] + damage + (b"" if cut else data[at + len(damage):]))


@pytest.mark.parametrize(("name", "data"), [
    ("a.b\nc", b"It shut."), ("a\n.txt", b"It shut."), ("a.csv", b'text,"a\nb\x1b[31m","a\nb\x1b[31m"\nIt shut.,1,2\n'),
    ("a.csv", b'"te\x1bxt","da\nte"\nIt shut.,"no\x07 date"\n'), ("a.txt", b"Title\n\nBy Ada\x1b[31m\n18 October 2021\x07\n\nIt shut."),
])
def test_what_is_told_of_a_file_is_one_clean_line(name, data):
    drafts = attempt(name, data)
    for draft in drafts if isinstance(drafts, list) else ():
        told = [*draft.notes, draft.published_found or "", draft.outlet_found or ""]
        assert not any("\n" in line or CONTROL.search(line) for line in told)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(["<p>", "</p>", "<table>", "<td>", "<div class=article>", "<script>", "</script>", "<!--", "-->", "It shut.", "<time datetime='x'>",
                                 "<meta name=date content='", "'>", "<![CDATA[", "&#0;", "&#xD800;", "&lt;", "\x00", "<title>", "<svg>", "<a href='javascript:1'>"])))
def test_any_page_is_a_draft_or_a_refusal(parts):
    attempt("a.html", "<html>".encode() + "".join(parts).encode())


@pytest.mark.parametrize("suffix", ["txt", "md", "html", "csv", "tsv", "json", "jsonl", "rtf", "mhtml"])
def test_200_megabytes_are_refused_before_they_are_decoded(suffix):
    head = {"rtf": b"{\\rtf1 ", "html": b"<html>"}.get(suffix, b"")
    data = head + b"word " * 40_000_000
    tracemalloc.start()
    error = attempt(f"a.{suffix}", data)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert "bytes" in error.problem and peak < 10_000_000


def test_a_text_longer_than_an_article_may_be_is_refused():
    assert "characters" in attempt("a.txt", b"word " * (MOST_CHARACTERS // 5 + 1)).problem
    assert len(attempt("a.txt", b"word " * (MOST_CHARACTERS // 5 - 1))) == 1


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))


def test_billion_laughs_in_a_page_are_not_told():
    page = f'<!DOCTYPE html [<!ENTITY l0 "ha">{LAUGHS}]><html><body><article><p>The city closed it. &l11;</p></article></body></html>'
    drafts = attempt("a.html", page.encode())
    assert isinstance(drafts, InputError) or len(drafts[0].text) < 1_000


def package(base: bytes, member: str, content: str) -> bytes:
    """Copy an Office file with one of its parts replaced."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(base)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, content if name == member else old.read(name))
    return target.getvalue()


@pytest.mark.parametrize(("name", "base", "member"), [("a.docx", WORD, "word/document.xml"), ("a.xlsx", WORKBOOK, "xl/worksheets/sheet1.xml")])
def test_entities_and_bombs_in_office_files_are_refused(name, base, member):
    laughs = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "ha">{LAUGHS}]><x>&l11;</x>'
    assert "entities" in attempt(name, package(base, member, laughs)).problem
    assert "bytes" in attempt(name, package(base, member, " " * 100_000_000)).problem


def test_a_sheet_that_says_it_is_large_costs_nothing():
    sheet = ('<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:XFD1048576"/><sheetData>'
             '<row r="1"><c r="A1" t="inlineStr"><is><t>text</t></is></c></row>'
             '<row r="1048576"><c r="A1048576" t="inlineStr"><is><t>It shut.</t></is></c></row></sheetData></worksheet>')
    [draft] = attempt("a.xlsx", package(WORKBOOK, "xl/worksheets/sheet1.xml", sheet))
    assert draft.text == "It shut."
    wide = '<row r="1"><c r="A1" t="inlineStr"><is><t>text</t></is></c></row>' + "".join(f'<row r="{n}"><c r="XFD{n}"><v>1</v></c></row>' for n in range(2, 3_000))
    assert "cells" in attempt("a.xlsx", package(WORKBOOK, "xl/worksheets/sheet1.xml", re.sub("<row.*</row>", wide, sheet))).problem


def test_a_table_whose_texts_are_too_many_is_refused():
    rows = [{"text": "word " * 100_000}] * 300  # a Parquet file stores the one string once
    assert "more than" in attempt("a.parquet", made.parquet(rows)).problem
    assert "rows" in attempt("a.csv", b"text\n" + b"a\n" * 200_000).problem, "each takes memory, whatever it says"
    assert "field larger" in attempt("a.csv", b'text\n"' + b"word " * 2_000_000).problem


# Long inputs on which a pattern or a parser with a bad case would not come back
LONG = 300_000
SLOW = {
    "spaces": ("a.txt", " " * LONG + "x"), "blank lines": ("a.txt", "\n" * LONG + "x"), "spaces in lines": ("a.txt", ("x" + " " * 500 + "y\n") * 500),
    "dots": ("a.txt", "." * LONG), "brackets": ("a.md", "[" * LONG), "links": ("a.md", "[a](" * (LONG // 4)), "stars": ("a.md", "*" * LONG),
    "stars and letters": ("a.md", "*a " * (LONG // 3)), "heading": ("a.md", "# " + "a " * LONG), "rulers": ("a.md", "- " * LONG),
    "front matter": ("a.md", "---\n" + "a: &a [*a]\n" * 1_000 + "---\nx"), "underscores": ("a.txt", "_" * LONG),
    "labels": ("a.txt", "Full text: x\n" * 10_000 + "_" * 60), "dates": ("a.txt", "October 18, 2021 " * 10_000), "by": ("a.txt", "By " * LONG),
    "open tags": ("a.html", "<html>" + "<div>" * LONG), "open anchors": ("a.html", "<html>" + "<a>" * (LONG // 10)), "less than": ("a.html", "<html>" + "<" * LONG),
    "paragraphs": ("a.html", "<html><body><article>" + "<p>It shut.</p>" * 20_000), "attributes": ("a.html", "<html><body " + " ".join(f"a{n}=''" for n in range(200_000)) + "><p>It shut."),
    "comments": ("a.html", "<html>" + "<!--" * LONG), "doctype": ("a.html", "<!DOCTYPE html [" + "[" * LONG + "<p>x"), "data": ("a.html", "<html>" + "data:" * LONG),
    "metas": ("a.html", "<html><head>" + "<meta name=date content=x>" * 20_000 + "<body><p>It shut."), "meta charset": ("a.html", "<html>" + "<meta " * LONG),
    "times": ("a.html", "<html><body><article>" + "<time datetime=x>" * 150 + "x</time>" * 150 + "<p>It shut."),
    "JSON-LD": ("a.html", "<html><script type='application/ld+json'>" + '[{"@graph":' * 20_000 + "</script><p>It shut."),
    "quotes": ("a.csv", "text\n" + '"' * LONG), "delimiters": ("a.csv", "text" + "," * LONG), "deep JSON": ("a.json", "[" * LONG), "deep JSONL": ("a.jsonl", '{"a":' * LONG),
    "parts in parts": ("a.mhtml", "".join(f"Content-Type: multipart/related; boundary=b{n}\n\n--b{n}\n" for n in range(5_000))),
    "RTF groups": ("a.rtf", "{\\rtf1 " + "{" * LONG), "RTF words": ("a.rtf", "{\\rtf1 " + "\\par" * 50_000), "RTF links": ("a.rtf", "{\\rtf1 " + "{\\field{\\*\\fldinst{HYPERLINK " * 5_000),
    "RTF pictures": ("a.rtf", "{\\rtf1 " + "{\\pict " * 20_000),
}


@pytest.mark.parametrize(("name", "text"), SLOW.values(), ids=SLOW)
def test_long_inputs_come_back(name, text):
    attempt(name, text.encode())


def test_lines_without_end_cost_a_date_nothing():
    for text in (" " * LONG, "1" * LONG, "October " * LONG, "|" * LONG):
        assert date_line(text) is None


def drawing(content: bytes, forms: list[bytes]) -> bytes:
    """Return a PDF whose page draws `content`, and whose forms each can draw the next as /X."""
    target = PdfWriter(clone_from=PdfReader(io.BytesIO(PAPER)))
    page, below = target.pages[0], None
    for form in reversed(forms):
        stream = DecodedStreamObject()
        stream.set_data(form)
        stream |= {NameObject("/Type"): NameObject("/XObject"), NameObject("/Subtype"): NameObject("/Form"),
                   NameObject("/Resources"): resources(page, below)}
        below = target._add_object(stream)
    stream = DecodedStreamObject()
    stream.set_data(content)
    page[NameObject("/Resources")] = resources(page, below)
    page[NameObject("/Contents")] = target._add_object(stream.flate_encode())
    return made.saved(target.write)


def resources(page, below) -> DictionaryObject:
    fonts = {NameObject("/Font"): page["/Resources"]["/Font"]}
    return DictionaryObject(fonts | ({NameObject("/XObject"): DictionaryObject({NameObject("/X"): below})} if below else {}))


TEXT = b"BT /F1 11 Tf (It shut.) Tj ET "


@pytest.mark.parametrize(("content", "forms", "words"), [
    (TEXT * 2_000_000, [], "bytes"),  # some hundred kilobytes packed
    (b"/X Do " * 60, [b"q Q " * 10_000], "draws more"),
])
def test_a_pdf_that_unpacks_to_much_is_refused(content, forms, words):
    assert words in attempt("a.pdf", drawing(content, forms)).problem


def test_billion_laughs_in_a_pdf_are_not_told():
    drafts = attempt("a.pdf", drawing(b"/X Do", [b"/X Do " * 10] * 9 + [TEXT]))
    assert isinstance(drafts, InputError) or len(drafts[0].text) < MOST_CHARACTERS


def test_a_form_in_a_pdf_is_read():
    [draft] = attempt("a.pdf", drawing(b"/X Do", [TEXT]))
    assert draft.text == "It shut."


def test_a_formula_stays_text():
    [draft] = attempt("a.xlsx", made.excel([["title", "text"], ["=1+1", '=WEBSERVICE("http://evil.example")']]))
    assert (draft.title, draft.text) == ("=1+1", '=WEBSERVICE("http://evil.example")')


def test_every_format_has_its_limit():
    assert MOST_BYTES.keys() == FORMATS.keys() and max(MOST_BYTES.values()) <= 100_000_000
