"""CSV, TSV, Excel, JSON, JSONL, Parquet: a row is an article; what a column holds is guessed, told and corrected."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from itertools import chain, islice

from ...errors import InputError, did_you_mean
from ...files import json_rows, parse_json, rows_of
from ..condition import STUB
from ..dates import day_comes_first, read_cell
from ..draft import GUESSED, Draft, Offer
from . import web
from .office import DAMAGE, check_package
from .plain import charset
from .text import decode

# What columns are called, by the name that a draft has for what they hold; the first that is there is taken.
NAMES = {
    "text": ("text", "body", "content", "fulltext", "articletext", "articlebody", "article", "bodytext", "story",
             "maintext", "contenttext",
             "bodyplain", "plaintext", "documenttext", "transcript"),
    "title": ("title", "headline", "articletitle", "webtitle", "heading", "head", "hd", "subject"),
    "published": ("published", "publishdate", "publicationdate", "pubdate", "datepublished", "publishedat",
                  "publisheddate", "publishedon", "webpublicationdate",
                  "date", "articledate", "datetime", "publicationtime", "timestamp", "publishtimestamp",
                  "publishedutc", "pubtime", "day", "year"),
    "outlet": ("outlet", "medianame", "newspaper", "publication", "publicationtitle", "source", "sourcename",
               "publisher", "sitename", "site",
               "media", "outletname", "newsoutlet", "sourcetitle", "journal", "domain"),
    "url": ("url", "link", "articleurl", "storyurl", "permalink", "webpage", "weburl", "href", "guid", "uri"),
    "author": ("author", "byline", "authors", "creator", "writer", "journalist"),
}
SHORTENED = ("abstract", "description", "excerpt", "leadparagraph", "snippet", "standfirst", "summary", "trailtext")
MOST_COLUMNS = 1_000  # of a table; exports of databases have a hundred
MOST_NAMED = 10  # columns that a note names as not used
LONGEST_NAME = 60  # characters of a column's name that a message repeats
SAMPLE_ROWS = 50  # rows that tell what a column holds and how its dates are written
SAMPLE_CHARACTERS = 20_000
TEXT_WORDS = 20  # words in the cells of a column that may hold articles, whatever it is called
MOST_TEXT = 100_000_000  # characters in one table; drafts of more take a gigabyte
ROW = 1_000  # characters for which a row counts beside its text: so much memory takes a draft of nothing
MOST_CELLS = 20_000_000  # of a sheet; empty ones before the last of a row count, which cost the writer nothing
BATCH_ROWS = 64  # of a Parquet file, read at a time
MOST_BATCH = 200_000_000  # bytes of a Parquet file unpacked at a time
_MARKED_UP = re.compile(r"</?(?:p|br|div|span|a|b|i|em|strong|script)\b[^<>]{0,500}>", re.IGNORECASE)
_DELIMITERS = ",;\t|"
_CUT_AT = 32_767  # Excel cuts a longer cell off, silently


def read_csv(offer: Offer, columns: Mapping[str, str] | None = None) -> list[Draft]:
    """Read a CSV or TSV file whose delimiter is guessed: the one that divides the first rows alike.

    Examples
    --------
    >>> data = ("Headline;Body;pub_date\\nBridge shut;The city closed it.;18/10/2021\\n"
    ...         "=1+1;Trains are late.;05/10/2021\\n")
    >>> drafts = read_csv(Offer("a.csv", data.encode()))
    >>> [(draft.title, draft.text, draft.published) for draft in drafts]
    [('Bridge shut', 'The city closed it.', '2021-10-18'), ('=1+1', 'Trains are late.', '2021-10-05')]
    >>> drafts[0].notes[0]
    "columns taken: text = 'Body', title = 'Headline', published = 'pub_date'; delimiter ';'"
    """
    text, encoding, notes = decode(offer.data, charset(offer.content_type))
    delimiter = _delimiter(text)
    drafts = _drafts((row for _, row in rows_of(text, delimiter=delimiter)), columns, f"; delimiter {delimiter!r}")
    return [replace(draft, encoding=encoding, notes=(*draft.notes, *notes)) for draft in drafts]


def read_json(offer: Offer, columns: Mapping[str, str] | None = None) -> list[Draft]:
    """Read JSON: a list of objects, an object that holds such a list, or one object that is an article."""
    text, encoding, notes = decode(offer.data)
    drafts = _drafts(iter(_flat(row) for row in _objects(parse_json(text))), columns)
    return [replace(draft, encoding=encoding, notes=(*draft.notes, *notes)) for draft in drafts]


def read_jsonl(offer: Offer, columns: Mapping[str, str] | None = None) -> list[Draft]:
    """Read JSONL: one object a line."""
    text, encoding, notes = decode(offer.data)
    drafts = _drafts((_flat(row) for _, row in json_rows(text)), columns)
    return [replace(draft, encoding=encoding, notes=(*draft.notes, *notes)) for draft in drafts]


def read_excel(offer: Offer, columns: Mapping[str, str] | None = None) -> list[Draft]:
    """Read the sheets of an Excel workbook. Formulas are taken as text, never evaluated.

    Raises
    ------
    InputError : it is damaged, encrypted or too large, or no sheet has a column of texts.
    """
    import openpyxl

    check_package(offer.data)
    drafts, refused, room = [], [], MOST_TEXT
    try:
        workbook = openpyxl.load_workbook(io.BytesIO(offer.data), read_only=True, data_only=False, keep_links=False)
        for sheet in workbook.worksheets:
            try:
                drafts += _sheet(sheet, columns, room - sum(map(_size, drafts)))
            except InputError as error:
                refused.append((sheet.title, error))
    except DAMAGE as error:
        raise InputError("this is no Excel workbook (XLSX) that can be opened",
                         "open it, and save it anew as XLSX or CSV") from error
    if refused and not drafts:
        raise refused[0][1]
    if not drafts:
        raise InputError("the workbook is empty", "check that it is the right file")
    return drafts + [Draft("", problem=f"sheet '{title}': {error.problem}") for title, error in refused]


def _sheet(sheet, columns: Mapping[str, str] | None, room: int) -> list[Draft]:
    filled = _filled(sheet)
    header = next(filled, None)
    if header is None:
        return []
    names = [str(cell).strip() if cell is not None else "" for cell in header]
    return _drafts((dict(zip(names, row)) for row in filled), columns, f"; sheet '{sheet.title}'", room)


def read_parquet(offer: Offer, columns: Mapping[str, str] | None = None) -> list[Draft]:
    """Read a Parquet file, in batches, so that a small file that unpacks to very much is noticed."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        file = pq.ParquetFile(io.BytesIO(offer.data))
        groups = [file.metadata.row_group(number) for number in range(file.num_row_groups)]
        largest = max((group.total_byte_size for group in groups), default=0)
        # A string of many megabytes that stands in every row is stored once; where there may be one, rows come singly.
        size = max(1, min(BATCH_ROWS, MOST_BATCH // max(1, largest)))
        rows = (row for batch in file.iter_batches(batch_size=size) for row in batch.to_pylist())
        return _drafts((_flat(row) for row in rows), columns)
    except (pa.ArrowException, OSError, ValueError, TypeError, OverflowError) as error:
        raise InputError("this is no Parquet file that can be opened",
                         "write it anew, or save the table as CSV") from error


def _filled(sheet) -> Iterator[tuple]:
    """Yield the rows of a sheet that hold something."""
    sheet.reset_dimensions()  # what a sheet says of its size may be a lie of a million rows
    room = MOST_CELLS
    for row in sheet.iter_rows(values_only=True):
        room -= len(row)
        if room < 0:
            raise InputError(f"the sheet has more than {MOST_CELLS:,} cells", "save the rows that matter as CSV")
        if any(cell not in (None, "") for cell in row):
            yield row


def guess_columns(names: Iterable[str], rows: list[dict]) -> dict[str, str]:
    """Guess which column holds what, from its name, and where none is called so the text from what the cells hold.

    Examples
    --------
    >>> guess_columns(["id", "Headline", "Full_Text", "media_name"], [])
    {'text': 'Full_Text', 'title': 'Headline', 'outlet': 'media_name'}
    """
    plain: dict[str, str] = {}
    for name in sorted(names, key=lambda name: name.count(".")):  # fields.body is called so where there is no body
        for called in (name, name.rpartition(".")[2]):
            plain.setdefault(_plain(called), name)
    guessed: dict[str, str] = {}
    for what, known in NAMES.items():
        found = [plain[name] for name in known if name in plain and plain[name] not in guessed.values()]
        if what == "text":  # of several that may be it, the one with most words
            found = found or [name for name in dict.fromkeys(plain.values()) if _words(rows, name) >= TEXT_WORDS]
            found = sorted(found, key=lambda name: -_words(rows, name))
        if what == "url":
            found = [name for name in found if 2 * sum(_is_address(row.get(name)) for row in rows) >= len(rows)]
        if found:
            guessed[what] = found[0]
    return guessed


def _plain(name: str) -> str:
    return re.sub(r"[^a-z]", "", name.lower())


def _words(rows: list[dict], name: str) -> int:
    """Return how many words a column's cells have, at the median."""
    counts = sorted(len(cell.split()) if isinstance(cell := row.get(name), str) else 0 for row in rows)
    return counts[len(counts) // 2] if counts else 0


def _is_address(cell: object) -> bool:
    return cell in (None, "") or isinstance(cell, str) and cell.strip().lower().startswith(("http://", "https://"))


def _drafts(rows: Iterator[dict], columns: Mapping[str, str] | None, more: str = "",
            room: int = MOST_TEXT) -> list[Draft]:
    sample = list(islice(rows, SAMPLE_ROWS))
    if not sample:
        raise InputError("the table has no rows", "check that it is the right file")
    names = list(dict.fromkeys(name for row in sample for name in row if name))
    if len(names) > MOST_COLUMNS:
        raise InputError(f"the table has more than {MOST_COLUMNS:,} columns",
                         "take away those that say nothing of an article")
    taken = _taken(names, sample, columns)
    day_first = day_comes_first(row.get(taken.get("published")) for row in sample)
    left = [name for name in names if name not in taken.values() and any(_says(row.get(name)) for row in sample)]
    guess = GUESSED + ", ".join(f"{what} = {_shown(name)}" for what, name in taken.items()) + more
    guess += f"; not used: {', '.join(map(_shown, left[:MOST_NAMED]))}{' …' * (len(left) > MOST_NAMED)}" * bool(left)
    notes = []
    if _plain(taken["text"].rpartition(".")[2]) in SHORTENED:
        notes.append(f"{STUB} the column {_shown(taken['text'])} holds a part of each text")
    drafts = []
    for row in chain(sample, rows):
        draft = _draft(row, taken, day_first, notes if drafts else [guess, *notes])
        room -= _size(draft)
        if room < 0:
            raise InputError(f"the table has more than {MOST_TEXT:,} characters or {MOST_TEXT // ROW:,} rows",
                             "split it into several files")
        drafts.append(draft)
    return drafts


def _says(cell: object) -> bool:
    return cell is not None and bool(str(cell).strip())


def _size(draft: Draft) -> int:
    return len(draft.text) + len(draft.title or "") + ROW


def _shown(name: str) -> str:
    return f"'{name[:LONGEST_NAME]}'"


def _taken(names: list[str], sample: list[dict], columns: Mapping[str, str] | None) -> dict[str, str]:
    """Return which column is taken for what: what a person says goes before what is guessed."""
    for what, name in (columns or {}).items():
        if what not in NAMES:
            raise InputError(f"'{what}' is nothing that a column may hold", did_you_mean(what, NAMES))
        if name not in names:
            raise InputError(f"the column {name!r} is missing", did_you_mean(name, names))
    said = dict(columns or {})
    guessed = guess_columns([name for name in names if name not in said.values()], sample)
    taken = {what: said.get(what) or guessed.get(what) for what in NAMES}
    taken = {what: name for what, name in taken.items() if name}
    if "text" in taken:
        return taken
    if "url" in taken:
        raise InputError("this is a list of addresses and titles without texts, as Media Cloud and GDELT give them",
                         f"add the addresses in its column {_shown(taken['url'])} themselves, which fetches the pages, "
                         "or files with the texts")
    raise InputError(f"no column is recognised as the article's text; there are {', '.join(map(_shown, names[:20]))}",
                     "say which column holds it, as text=NAME")


def _draft(row: dict, taken: dict[str, str], day_first: bool | None, about: list[str]) -> Draft:
    cells = {what: row.get(name) for what, name in taken.items()}
    text, title, outlet, url, author = (_string(cells.get(what))
                                        for what in ("text", "title", "outlet", "url", "author"))
    notes = [*about]
    if _MARKED_UP.search(text):
        text = "\n\n".join(web.lines_of(web.tree_of(text)))
        notes.append("the cell holds HTML; its markup was taken away")
    if len(text) == _CUT_AT:
        notes.append(f"the text has exactly {_CUT_AT:,} characters, where Excel cuts a cell off")
    when = cells.get("published")
    reading = read_cell(when, taken["published"], day_first=day_first) if when not in (None, "") else None
    if reading and reading.note:
        notes.append(reading.note)
    if when not in (None, "") and not reading:
        notes.append(f"'{_string(when)[:60]}' in column '{taken['published']}' is no date that can be read")
    return Draft(text=text, title=title or None, outlet=outlet or None,
                 outlet_found=f"column '{taken['outlet']}'" if outlet else None,
                 author=author or None, url=url or None, published=reading.value if reading else None,
                 published_found=f"column '{taken['published']}'" if reading else None, notes=tuple(notes))


def _string(cell: object) -> str:
    if isinstance(cell, (datetime, date)):
        return cell.isoformat()
    return "" if cell is None else str(cell).strip()


def _delimiter(text: str) -> str:
    """Return the delimiter that divides the header and the rows after it into the most cells, else the header alone.

    Examples
    --------
    >>> _delimiter("id;text\\n1;One, two, three.\\n2;Four, five.\\n")
    ';'
    """
    sample = text[:SAMPLE_CHARACTERS]

    def cells(delimiter: str) -> tuple[int, int]:
        try:
            rows = [row for row in csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter) if row][:20]
        except csv.Error:
            return 0, 0
        if len(sample) < len(text) and len(rows) > 1:
            rows.pop()  # it may be cut
        alike = rows and sum(len(row) == len(rows[0]) for row in rows) >= 0.8 * len(rows)
        columns = len(rows[0]) if rows else 0
        return (columns if alike and columns > 1 else 0), columns

    return max(_DELIMITERS, key=cells)


def _objects(said: object) -> list:
    """Return the list of objects in JSON: itself, the longest among an object's values, or the one object."""
    if isinstance(said, list):
        return said
    if isinstance(said, dict):
        lists = [value for value in said.values() if isinstance(value, list) and value and isinstance(value[0], dict)]
        nested = [found for value in said.values() if isinstance(value, dict)
                  for found in value.values() if isinstance(found, list) and found and isinstance(found[0], dict)]
        texts = any(isinstance(value, str) and len(value.split()) >= TEXT_WORDS for value in said.values())
        return [said] if texts or not (lists or nested) else max(lists or nested, key=len)
    raise InputError("this JSON holds no list of objects", "give a list of objects, each an article")


def _flat(row: object) -> dict:
    """Return an object's values; of an object in it its name or text and each value of its own, of a list its parts.

    Examples
    --------
    >>> _flat({"source": {"name": "Crier"}, "fields": {"body": "It shut."}, "tags": ["a", "b"]})
    {'source': 'Crier', 'source.name': 'Crier', 'fields': None, 'fields.body': 'It shut.', 'tags': 'a, b'}
    """
    if not isinstance(row, dict):
        raise InputError("a row is no object", "give each article an object of its own")
    flat = {}
    for name, value in row.items():
        inner = value if isinstance(value, dict) else {}
        if inner:
            value = next((inner[key] for key in ("name", "title", "main", "value", "text", "rendered", "original")
                          if isinstance(inner.get(key), str)), None)
        flat[str(name)] = _joined(value)
        flat |= {f"{name}.{key}": _joined(part) for key, part in inner.items() if not isinstance(part, dict)}
    return flat


def _joined(value: object) -> object:
    if not isinstance(value, list):
        return value
    parts = [part.get("name") if isinstance(part, dict) else part for part in value]
    between = "\n\n" if any(isinstance(part, str) and len(part) > 100 for part in parts) else ", "
    return between.join(part for part in parts if isinstance(part, str))
