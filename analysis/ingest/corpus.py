"""Readers of corpora for `tellings analyse`: JSONL, CSV, Parquet, or a folder of texts → articles."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from ..articles import Article, read_days
from ..errors import InputError
from ..files import json_rows, read_rows, read_text
from ..story import make_article

REQUIRED = ("article_id", "text")
OPTIONAL = ("outlet", "title", "published", "url")


def read_articles(path: Path) -> list[Article]:
    """Read the articles of a corpus.

    Parameters
    ----------
    path : a `.jsonl`, `.csv` or `.parquet` file with at least `article_id` and `text` and, where known,
        `outlet`, `title`, `url` and `published` (ISO day, or interval `2021-10-18/2021-10-24`);
        or a folder of `.txt` files, whose names are the ids. Other columns are passed over.

    Returns
    -------
    list of `Article`, in the order given.

    Raises
    ------
    InputError : with file, line and remedy: a column is missing, an id stands twice, a text is empty.
    """
    path = Path(path)
    readers = {".jsonl": _jsonl, ".csv": _csv, ".parquet": _parquet}
    if path.is_dir():
        rows = _folder(path)
    elif not path.exists():
        raise InputError("there is no such file or folder", "check the name", file=path)
    elif path.suffix.lower() in readers:
        rows = readers[path.suffix.lower()](path)
    else:
        raise InputError(f"the format '{path.suffix}' is unknown",
                         "give JSONL, CSV, Parquet or a folder of .txt files", file=path)
    articles, seen = [], {}
    for line, row in rows:
        article = _article(row, path, line)
        if article.article_id in seen:
            first = seen[article.article_id]
            raise InputError(f"article_id '{article.article_id}' stands twice (first in line {first})",
                             "give each article an id of its own", file=path, line=line)
        seen[article.article_id] = line
        articles.append(article)
    if not articles:
        raise InputError("there are no articles", "check that this is the right file", file=path)
    return articles


def _article(row: dict[str, Any], path: Path, line: int) -> Article:
    for name in REQUIRED:
        if not isinstance(row.get(name), str):
            wrong = "missing" if row.get(name) is None else "not text"
            raise InputError(f"'{name}' is {wrong}",
                             f"give every row {' and '.join(REQUIRED)}, both as text", file=path, line=line)
    known = {name: str(row[name]) for name in (*REQUIRED, *OPTIONAL) if row.get(name) not in (None, "")}
    for name, value in known.items():
        try:
            value.encode("utf-8")
        except UnicodeEncodeError as error:
            raise InputError(f"'{name}' holds half a character (a lone surrogate, at {error.start})",
                             "save the file anew as UTF-8", file=path, line=line) from error
    published = known.pop("published", None)
    if "outlet" in known:
        known["outlet_basis"] = "stated"
    if published:
        earliest, latest = _days(published, path, line)
        known |= {"published_basis": "stated", "published_earliest": earliest, "published_latest": latest}
    return make_article(known, path, line)


def _days(published: str, path: Path, line: int) -> tuple[date, date]:
    try:
        return read_days(published)
    except ValueError as error:
        raise InputError(f"'published' is {published!r}, which is no day as ISO writes it",
                         "write 2021-10-18, or an interval 2021-10-18/2021-10-24", file=path, line=line) from error


def _jsonl(path: Path) -> Iterator[tuple[int, dict]]:
    return json_rows(read_text(path), file=path)


def _csv(path: Path) -> Iterator[tuple[int, dict]]:
    return read_rows(path, REQUIRED, others=True)


def _parquet(path: Path) -> Iterator[tuple[int, dict]]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        table = pq.read_table(path)
    except (pa.ArrowInvalid, OSError) as error:
        raise InputError(f"this is not Parquet: {error}", "check the file", file=path) from error
    for name in REQUIRED:
        if name not in table.column_names:
            raise InputError(f"the column '{name}' is missing", "add it, or rename the one that holds it", file=path)
    table = table.select([name for name in (*REQUIRED, *OPTIONAL) if name in table.column_names])
    yield from enumerate(table.to_pylist(), 1)


def _folder(path: Path) -> Iterator[tuple[int, dict]]:
    for number, file in enumerate(sorted(path.glob("*.txt")), 1):
        text = read_text(file)
        if not text.strip():
            raise InputError("the text is empty", "put the article's text there, or take the file away", file=file)
        yield number, {"article_id": file.stem, "text": text}
