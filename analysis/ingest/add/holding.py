"""What a story folder holds while articles are added to it: opened, and written again."""

from __future__ import annotations

import csv
import hashlib
import io
import re
import tomllib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from ...articles import read_days
from ...copies import near_copies
from ...errors import InputError
from ...files import BYTE_ORDER_MARK, read_rows, read_text, rows_as_csv, unguarded
from ...story import ARTICLE_COLUMNS, LAYOUT_COLUMNS, read_about
from .. import journal
from ..draft import Draft
from ..ledger import DROPPED, FILE, KEPT, Entry, read_ledger

TAKEN_OUT = ("it was taken out of articles.csv by hand, and stays out; to have it again, "
             "take the rows of its file out of ledger.csv first")
OUTLETS = re.compile(r"^[ \t]*\[outlets\][ \t]*(?:#.*)?$", re.MULTILINE)
SECTION = re.compile(r"^[ \t]*\[", re.MULTILINE)


@dataclass
class Held:
    """What a story folder holds while articles are added to it."""

    folder: Path
    language: str  # that its model reads
    tables: dict[str, bytes | None]  # the files that people write too, as they were read
    ledger: dict[tuple[str, str], list[Entry]]  # source, checksum of its bytes → its rows, in the order of adding
    ids: set[str] = field(default_factory=set)
    bodies: dict[str, str] = field(default_factory=dict)
    rows: dict[str, dict[str, str]] = field(default_factory=dict)  # of articles.csv, by article
    filled: dict[str, dict[str, str]] = field(default_factory=dict)  # cells there that were empty, and are no longer
    # Of the articles, as they were found and as a person wrote them since; empty where unknown.
    outlets: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    published: dict[str, str] = field(default_factory=dict)
    by_text: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))  # checksum → article → title
    names: dict[str, int] = field(default_factory=lambda: defaultdict(int))  # how often an id was wanted
    # Of each list its folder, what it says of files, and its place in the ledger.
    lists: list[tuple[str, dict[str, Draft], tuple[str, str]]] = field(default_factory=list)
    articles: list[list[str]] = field(default_factory=list)  # new rows of articles.csv
    layout: list[list[str]] = field(default_factory=list)


def open_story(folder: Path) -> Held:
    """Read what a story folder holds.

    Raises
    ------
    InputError : a file of the story has a fault.
    """
    names = ("articles.csv", "layout.csv", FILE, "story.toml")
    tables = {name: (folder / name).read_bytes() if (folder / name).exists() else None for name in names}
    ledger = defaultdict(list)
    for entry in read_ledger(folder):
        ledger[entry.source, entry.sha256].append(entry)
    story = Held(folder, read_about(folder / "story.toml").language, tables, dict(ledger))
    layout = defaultdict(dict)
    for _, row in read_rows(folder / "layout.csv", LAYOUT_COLUMNS) if tables["layout.csv"] else ():
        layout[row["article_id"]][row["line"]] = row["part"]
    articles = read_rows(folder / "articles.csv", ARTICLE_COLUMNS, key="article_id") if tables["articles.csv"] else ()
    for _, row in articles:
        article_id, text = row["article_id"], read_text(folder / "texts" / f"{row['article_id']}.txt")
        lines = [(layout[article_id].get(str(number)), line) for number, line in enumerate(text.split("\n"), 1)]
        title = " ".join(line for part, line in lines if part == "headline")
        body = " ".join(line for part, line in lines if part != "headline")
        know(story, article_id, title, body, unguarded(row["outlet"]), row["published_earliest"])
        story.bodies[article_id] = "\n".join(line for part, line in lines if not part)
        story.rows[article_id] = row
    for entries in story.ledger.values():
        entries[:] = [_as_left(entry, story) for entry in entries]
    story.ids |= {file.stem.lower() for file in (folder / "texts").glob("*.txt")}
    return story


def _as_left(entry: Entry, story: Held) -> Entry:
    """Return a row of the ledger as a person left its article, who may have taken it out, or named its outlet anew."""
    if entry.decision != KEPT:
        return entry
    if entry.article_id not in story.bodies:
        return replace(entry, decision=DROPPED, article_id="", of="", similarity="", why=TAKEN_OUT)
    story.outlets[entry.article_id] |= {entry.outlet} - {""}
    return entry


def know(story: Held, article_id: str, title: str, body: str, outlet: str, published: str) -> None:
    """Note an article that the story has, or gets."""
    story.ids.add(article_id.lower())
    story.bodies[article_id], story.published[article_id] = body, published
    story.outlets[article_id].add(outlet)
    story.by_text[fingerprint(body)][article_id] = " ".join(title.split())


def fingerprint(text: str) -> str:
    """Return a checksum that is the same for texts that differ by white space alone."""
    return hashlib.sha256(" ".join(text.split()).encode("utf-8", "surrogatepass")).hexdigest()


def rows_of(story: Held) -> list[Entry]:
    """Return the rows of the ledger in their order."""
    return [entry for entries in story.ledger.values() for entry in entries]


def name_copies(story: Held) -> None:
    """Note of every article in the ledger whose account it copies; nothing is dropped for it."""
    days = {name: read_days(day)[0] for name, day in story.published.items() if day}
    copies = {copy.article_id: copy for copy in near_copies(story.bodies, published=days)}
    for entries in story.ledger.values():
        for place, entry in enumerate(entries):
            if entry.decision == KEPT:
                copy = copies.get(entry.article_id)
                of, similarity = (copy.of, f"{copy.similarity:.2f}") if copy else ("", "")
                entries[place] = replace(entry, of=of, similarity=similarity)


def stage(story: Held, staged: Path, ledger: str) -> None:
    """Stage the tables; rows are put below what people wrote, which stays as it is."""
    for name, columns, rows in (("articles.csv", ARTICLE_COLUMNS, story.articles),
                                ("layout.csv", LAYOUT_COLUMNS, story.layout)):
        before = story.tables[name]
        after = _filled(before, story.filled) if name == "articles.csv" and story.filled else before
        if rows or after != before:
            journal.replace(staged, name, before, _appended(after, columns, rows))
    found = {row[1] for row in story.articles} | {row.get("outlet", "") for row in story.filled.values()}
    new = sorted(found - {""})
    before = story.tables["story.toml"]
    if (after := _with_outlets(before.decode("utf-8"), new).encode("utf-8")) != before:
        journal.replace(staged, "story.toml", before, after)
    journal.replace(staged, FILE, story.tables[FILE], ledger.encode("utf-8"))


def _appended(before: bytes | None, columns: list[str], rows: list[list[str]]) -> bytes:
    if not before:
        return rows_as_csv([columns, *rows]).encode("utf-8")
    header = next(csv.reader(io.StringIO(before.decode("utf-8").removeprefix(BYTE_ORDER_MARK), newline="")))
    places = [columns.index(name) for name in header]  # a person may have put the columns in another order
    gap = b"" if before.endswith(b"\n") else b"\n"
    return before + gap + rows_as_csv([row[place] for place in places] for row in rows).encode("utf-8")


def _filled(before: bytes, filled: Mapping[str, Mapping[str, str]]) -> bytes:
    """Return a table of articles with cells filled."""
    header, *rows = csv.reader(io.StringIO(before.decode("utf-8").removeprefix(BYTE_ORDER_MARK), newline=""))
    rows = [dict(zip(header, map(unguarded, row))) for row in rows if row]
    rows = [{**row, **filled.get(row["article_id"], {})} for row in rows]
    return rows_as_csv([header, *(row.values() for row in rows)]).encode("utf-8")


def _with_outlets(toml: str, names: list[str]) -> str:
    """Write outlets that are new into the section [outlets], at its end, and leave all else as it is.

    Raises
    ------
    InputError : the section is written in another way, which only a person can add to.
    """
    before = tomllib.loads(toml)
    new = [name for name in names if name not in before.get("outlets", {})]
    if not new:
        return toml
    lines = "".join(f'{_quoted(name)} = ""  # say what a reader should know of it\n' for name in new)
    section = OUTLETS.search(toml)
    following = SECTION.search(toml, section.end()) if section else None
    at = following.start() if following else len(toml)
    head = toml[:at].rstrip() + "\n"
    after = (head if section else f"{head}\n[outlets]\n") + lines + ("\n" + toml[at:] if following else "")
    wanted = {**before, "outlets": {**before.get("outlets", {}), **dict.fromkeys(new, "")}}
    try:
        if tomllib.loads(after) == wanted:
            return after
    except tomllib.TOMLDecodeError:
        pass  # told like any other way of writing that is not understood
    raise InputError(f"the outlets {', '.join(new)} cannot be written into it",
                     "give it a section [outlets] with one line for each outlet", file="story.toml")


def _quoted(text: str) -> str:
    """Write a string as TOML does.

    Examples
    --------
    >>> print(_quoted("a\\nb"))
    "a\\u000Ab"
    """
    escaped = re.sub(r'["\\]', lambda c: f"\\{c[0]}", text)
    return '"' + re.sub(r"[\x00-\x1f\x7f]", lambda c: f"\\u{ord(c[0]):04X}", escaped) + '"'
