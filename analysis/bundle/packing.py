"""Story and tables → bundle."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields
from pathlib import Path

import pandas as pd

from ..articles import Article
from ..errors import InputError
from ..files import guarded
from ..story import Story, load_gold
from ..tables import TABLES, Tables
from .form import ARTICLES, EVIDENCE, FORM, GOLD_WORDS, LARGEST, LAYOUT, MANIFEST, MEMBER, PLACES, Manifest, Shape

NAMES = ("speaker", "medium_name")  # columns of names as the text writes them, which no offsets point to
LONGEST = 4  # words of a name, or of a wording of the codebook, in the results: five in a row may be the publisher's
PERSONS = {"codebook": ("*.yaml", "*.yml"), "codings": ("*.csv",)}  # what people wrote themselves goes in as it is
TEXTS = {"": ("ledger.csv",), "texts": ("*.txt",), "removed": ("*.txt",)}
NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e[+-]?\d+)?")
MOMENT = (1980, 1, 1, 0, 0, 0)  # of every file in the archive: the same story gives the same bytes


def bundle(story: Story, tables: Tables, target: Path, *, texts: bool) -> Path:
    """Pack a story with its results into one file.

    Codebook, codings, gold, `story.toml`, titles and URLs go in as people wrote them. Of the articles' own words there
    are offsets, line numbers and checksums only, whether or not the texts themselves are packed beside.

    Parameters
    ----------
    tables : what `analyse` gives for the story.
    target : the ZIP file to write; it appears whole, or an older one stays as it was.
    texts : whether to pack the articles' texts, what was cut away from them, and the ledger of where they came from.

    Raises
    ------
    InputError : a file's name cannot be packed, or the story is too large.
    """
    members = dict(_members(story, tables, texts))
    for name, content in members.items():
        if len(content) > LARGEST:
            raise InputError(f"'{name}' has more than {LARGEST >> 20} MB", "make a bundle of fewer articles",
                             file=story.folder)
        if not MEMBER.fullmatch(name):
            raise InputError(f"the file '{name}' cannot be packed", "name it with letters, digits, '-', '_' and '.'",
                             file=story.folder)
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        with zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in sorted(members.items()):
                entry = zipfile.ZipInfo(name, MOMENT)
                entry.create_system, entry.external_attr = 3, 0o644 << 16
                entry.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(entry, content)
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
    return target


def _members(story: Story, tables: Tables, texts: bool) -> Iterator[tuple[str, bytes]]:
    """Yield the name and the content of each file of the bundle."""
    shapes = [Shape.of(article) for article in story.articles]
    manifest = Manifest(form=FORM, story=story.name, texts=texts, articles=shapes)
    yield MANIFEST, manifest.model_dump_json(indent=1).encode()
    yield "story.toml", (story.folder / "story.toml").read_bytes()
    yield from _files(story.folder, PERSONS | (TEXTS if texts else {}))
    words = tables.articles.set_index("article_id")["words"]
    yield "articles.csv", written([*ARTICLES, "words", "sha256"], (
        {**_known(article), "words": words[article.article_id]} for article in story.articles))
    yield "layout.csv", written(LAYOUT, (
        {"article_id": article.article_id, "line": line, "part": part}
        for article in story.articles for line, part in sorted(article.layout.items())))
    texts_by_id = {article.article_id: article.text for article in story.articles}
    for name, coded in load_gold(story).items():
        if len(coded):
            yield f"gold/{name}.csv", _gold(coded, texts_by_id)
    for name in [field.name for field in fields(tables) if "article_id" in TABLES[field.name].columns]:
        table = _without_words(name, getattr(tables, name))
        if name == "articles":
            places = pd.DataFrame(map(_known, story.articles)).set_index("article_id").filter(regex="_(start|end)$")
            table = table.join(places.astype("Int64"), on="article_id")
        yield f"results/{name}.csv", table.map(safe).to_csv(index=False, lineterminator="\n").encode("utf-8")


def _files(folder: Path, patterns: dict[str, tuple[str, ...]]) -> Iterator[tuple[str, bytes]]:
    for place, globs in patterns.items():
        for file in sorted(file for pattern in globs for file in (folder / place).glob(pattern)):
            if file.is_file() and not file.is_symlink() and not file.name.startswith("."):  # a link may lead anywhere
                yield file.relative_to(folder).as_posix(), file.read_bytes()


def safe(cell: object) -> object:
    """Guard a cell of words; a number is no formula.

    Examples
    --------
    >>> safe("=1+1"), safe("-3"), safe(None)
    ("'=1+1", '-3', None)
    """
    return guarded(cell) if isinstance(cell, str) and not NUMBER.fullmatch(cell) else cell


def as_it_is(cell: object) -> object:
    """Leave a cell of a table that people write themselves: codings and gold are read without a guard."""
    return cell


def written(columns: list[str], rows: Iterable[dict], *, guard: Callable[[object], object] = safe) -> bytes:
    """Write rows as CSV; what is missing stays empty, and no spreadsheet runs a cell that `guard` has guarded."""
    target = io.StringIO(newline="")
    writer = csv.DictWriter(target, columns, lineterminator="\n", extrasaction="ignore")
    writer.writeheader()
    writer.writerows({name: guard(cell) for name, cell in row.items()} for row in rows)
    return target.getvalue().encode("utf-8")


def _known(article: Article) -> dict:
    """Return an article's row of `articles.csv`, its evidence as offsets."""
    row = article.model_dump(exclude={"text", "layout", *EVIDENCE})
    for name in EVIDENCE:
        row |= _place(name, getattr(article, name) or "", article.text)
    return {**row, "sha256": article.sha256}


def _place(name: str, words: str, text: str) -> dict:
    """Return where words stand in a text, first: any place gives them back. What stands nowhere has no place."""
    start = text.find(words) if words else -1
    return dict.fromkeys([f"{name}_{place}" for place in PLACES]) if start < 0 else {
        f"{name}_start": start, f"{name}_end": start + len(words)}


def _gold(coded: pd.DataFrame, texts: dict[str, str]) -> bytes:
    """Return a table of gold with offsets for all words of an article; what a coder put in other words stays."""
    placed = [name for name in GOLD_WORDS if name in coded]
    rows = coded.astype(object).where(coded.notna(), None).to_dict("records")
    for row in rows:
        for name in placed:
            places = _place(name, row[name] or "", texts[row["article_id"]])
            row |= places | ({name: None} if places[f"{name}_start"] is not None else {})
    columns = [*coded.columns.drop("text"), *(f"{name}_{place}" for name in placed for place in PLACES)]
    return written(columns, rows, guard=as_it_is)


def _without_words(name: str, table: pd.DataFrame) -> pd.DataFrame:
    """Take the articles' words out of a table; offsets, ids, statuses and short names stay."""
    columns = TABLES[name].columns
    kept = table.drop(columns=[column for column in columns if columns[column].metadata.get("words")])
    for column in kept.columns.intersection(NAMES):
        kept[column] = kept[column].where(kept[column].str.count(r"\w+").le(LONGEST))
    if "elements" in kept:
        kept["elements"] = kept["elements"].map(_short_wordings).astype("str")
    return kept


def _short_wordings(elements: str) -> str:
    """Empty the long alternatives among the elements of a coding; the codebook has them."""
    found = json.loads(elements)
    for element in found:
        if len(re.findall(r"\w+", str(element["alternative"]))) > LONGEST:
            element["alternative"] = None
    return json.dumps(found, ensure_ascii=False)
