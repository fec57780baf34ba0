"""Text and CSV files, read so that a fault is told with file and line."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from .errors import InputError, did_you_mean

FILE_NAME = re.compile(r"\w[\w.-]*")  # what can name a file on every system, and lead out of no folder
# A spreadsheet runs a cell that begins so as a formula (OWASP, "CSV Injection"); one that begins with ' it shows.
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
BYTE_ORDER_MARK = "\ufeff"  # spreadsheets put it before a table; before an article's text it stays, for offsets to hold
LONGEST_CELL = 4_000_000  # characters: four of the longest articles; a longer cell wants its quotation mark
_LINE = re.compile("[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")


def read_text(file: Path) -> str:
    """Read a text as UTF-8, line breaks untouched.

    Raises
    ------
    InputError : the file is missing, or has bytes that are not UTF-8, told with the line of the first one.
    """
    try:
        data = file.read_bytes()
    except FileNotFoundError as error:
        raise InputError("the file is missing", "add it, or take its row out", file=file) from error
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InputError(f"byte {data[error.start]:#04x} is not UTF-8", "save the file as UTF-8", file=file,
                         line=line) from error


def check_name(what: str, name: str, *, file: Path | None = None, line: int | None = None) -> None:
    """Refuse an id that cannot name a file.

    Raises
    ------
    InputError : with what it is the id of.
    """
    if not FILE_NAME.fullmatch(name):
        raise InputError(f"{what} {name!r} cannot name a file",
                         "use letters, digits, '-', '_' and '.', beginning with a letter or digit",
                         file=file, line=line)


def guarded(cell: str) -> str:
    """Return a cell as it is written for spreadsheets, which then show it instead of running it.

    Examples
    --------
    >>> guarded("=1+1"), guarded("'=1+1"), guarded("'twas")
    ("'=1+1", "''=1+1", "'twas")
    """
    return f"'{cell}" if _FORMULA.match(cell) else cell


def unguarded(cell: str) -> str:
    """Return the cell that was guarded.

    Examples
    --------
    >>> unguarded("'=1+1"), unguarded("=1+1"), unguarded("'twas")
    ('=1+1', '=1+1', "'twas")
    """
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def rows_as_csv(rows: Iterable[Iterable[str]]) -> str:
    """Return rows as CSV, their cells guarded."""
    written = io.StringIO(newline="")
    csv.writer(written, lineterminator="\n").writerows([guarded(cell) for cell in row] for row in rows)
    return written.getvalue()


def printable(name: str) -> str:
    """Return a name on one line: what would break it, command a terminal or turn its order is told by its code.

    Examples
    --------
    >>> printable("a\\nb.txt")
    'a[U+000A]b.txt'
    """
    return "".join(c if c.isprintable() else f"[U+{ord(c):04X}]" for c in name)


def read_rows(file: Path, columns: tuple[str, ...] | list[str], *, others: bool = False,
              key: str | None = None) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield (line, row) of a CSV file whose shape is checked.

    Parameters
    ----------
    columns : the columns that must be there.
    others : whether there may be further columns.
    key : a column whose values must not repeat.

    Yields
    ------
    The line on which a row ends, counted from 1 with the header, and its cells by column.

    Raises
    ------
    InputError : a column is missing, unknown or doubled, a row is too long or short, a key stands twice.
    """
    yield from rows_of(read_text(file).removeprefix(BYTE_ORDER_MARK), columns, others=others, key=key, file=file)


def rows_of(text: str, columns: tuple[str, ...] | list[str] = (), *, others: bool = True, key: str | None = None,
            delimiter: str = ",", file: Path | None = None) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield (line, row) of the text of a CSV file, as `read_rows` does.

    Examples
    --------
    >>> list(rows_of("id;text\\n1;One.\\n", delimiter=";"))
    [(2, {'id': '1', 'text': 'One.'})]
    """
    csv.field_size_limit(LONGEST_CELL)
    # A StringIO would hold the text once more, at four bytes a character.
    lines = (line[0] for line in _LINE.finditer(text))
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    seen: dict[str, int] = {}
    try:
        header = next(reader, [])
        _check_header(header, columns, others, file)
        for cells in reader:
            if not cells:
                continue
            line = reader.line_num
            if len(cells) != len(header):
                missing = f", none for '{header[len(cells)]}'" if len(cells) < len(header) else ""
                raise InputError(f"the row has {len(cells)} cells where the header has {len(header)}{missing}",
                                 "quote cells that hold commas, and give every column a cell", file=file, line=line)
            row = dict(zip(header, cells))
            if key and row[key] in seen:
                raise InputError(f"{key} '{row[key]}' stands twice (first in line {seen[row[key]]})",
                                 "give each row an id of its own", file=file, line=line)
            if key:
                seen[row[key]] = line
            yield line, row
    except csv.Error as error:
        raise InputError(f"this is not CSV: {error}", "check the quotation marks there",
                         file=file, line=reader.line_num) from error


def _check_header(header: list[str], columns: tuple[str, ...] | list[str], others: bool, file: Path) -> None:
    for name in header:
        if name not in columns and not others:
            raise InputError(f"unknown column {name!r}", did_you_mean(name, columns), file=file, line=1)
    twice = next((name for name, times in Counter(header).items() if name and times > 1), None)
    if twice:
        raise InputError(f"the column {twice!r} stands twice", "keep one of them", file=file, line=1)
    for name in columns:
        if name not in header:
            raise InputError(f"the column '{name}' is missing",
                             f"add it, or rename the one that holds it; there must be {', '.join(columns)}",
                             file=file, line=1)


def json_rows(text: str, *, file: Path | None = None) -> Iterator[tuple[int, dict]]:
    """Yield (line, object) of a text that has one JSON object a line; empty lines are passed over.

    Raises
    ------
    InputError : a line is no JSON object.

    Examples
    --------
    >>> list(json_rows('{"id": 1}\\n\\n{"id": 2}\\n'))
    [(1, {'id': 1}), (3, {'id': 2})]
    """
    for line, content in enumerate(text.removeprefix(BYTE_ORDER_MARK).split("\n"), 1):
        if not content.strip():
            continue
        row = parse_json(content, file=file, line=line)
        if not isinstance(row, dict):
            raise InputError("this is no JSON object", "write one JSON object a line", file=file, line=line)
        yield line, row


def parse_json(text: str, *, file: Path | None = None, line: int | None = None):
    """Parse JSON, or raise an InputError that says where it is none; `line` is that of a text which is one of many."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        said = "it is nested too deeply" if isinstance(error, RecursionError) else getattr(error, "msg", str(error))
        remedy = "check the file there" if line is None else "write one JSON object a line"
        raise InputError(f"this is not JSON: {said}", remedy, file=file,
                         line=getattr(error, "lineno", None) if line is None else line) from error
