"""Articles → tables, in steps that are each kept: after an edit of the codebook only what it touches is done again.

step      what is kept                                depends on, beside the step before it
parse     spaCy's Doc and its paragraphs              text, layout, model, versions
records   what the components found on the Doc        what is known of the article, the actors, this code
columns   what that gives to each table               the same
codes     the codings of each entry of the codebook   that entry, the actors, the terms

All that a step depends on is in its key, the sources of the code included, so that nothing kept is ever out of date.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, fields
from datetime import date
from functools import lru_cache
from itertools import chain

from pydantic import TypeAdapter
from spacy.tokens import Doc

from .. import tables
from ..annotators.actors import Mention
from ..annotators.codes.settling import Told, statuses
from ..annotators.quotations import Quotation
from ..annotators.relays import Relay
from ..annotators.roles import Deed
from ..annotators.times import Time
from ..articles import Article
from ..codebook import Actor, Codebook
from .cache import Cache
from .model import actors_of, annotate, codes_config, readers
from .parse import conditions, digest, parser, read, sources, written
from .rows import coding_rows, reading_rows

READING = ("annotators", "pipeline", "articles.py", "codebook", "tables.py")  # all that a reading depends on, in analysis/
PROSE = {"definition", "coding_rule"}  # of an entry, for people: no component reads it
DAYS = {name: [column for column, definition in schema.columns.items() if definition.metadata["dtype"] == tables.DAY]
        for name, schema in tables.TABLES.items()}


@dataclass(frozen=True)
class Records:
    """What the components found on a Doc, by the name under which it stands there."""

    actors: list[Mention]
    times: list[Time]
    quotations: list[Quotation]
    relays: list[Relay]
    deeds: list[Deed]


RECORDS = TypeAdapter(Records)
Columns = dict[str, list]  # of a table, by name: less to keep and to read back than a dict a row


@dataclass
class _Page:
    """An article while it is read: the keys of its steps, and what is known of each so far."""

    article: Article
    keys: dict[str, bytes]
    doc: Doc | None = None
    columns: dict[str, Columns] | None = None
    codes: dict[str, Columns] | None = None  # the codings of each entry, by its digest
    denials: list[tuple[int, str]] | None = None  # what settles them


class Reading:
    """Reads articles with a codebook, or without one.

    Parameters
    ----------
    cache : where the steps are kept; an open one.
    """

    def __init__(self, codebook: Codebook | None, cache: Cache):
        self.codebook = codebook or Codebook()
        self.cache = cache
        self.people = json.dumps(actors_of(codebook))
        self.entries = _entries(self.codebook)
        self.disputes = {fact.fact_id: fact.disputes for fact in self.codebook.facts if fact.disputes}

    def tables(self, articles: list[Article]) -> list[dict[str, Columns]]:
        """Return what each article gives to each table, column by column, in order."""
        pages = self._pages(articles)
        fresh: dict[bytes, bytes] = {}
        unfinished = [page for page in pages if page.columns is None or self._missing(page)]
        self._parse(unfinished, fresh)
        self._annotate(unfinished, fresh)
        for page in unfinished:
            if page.columns is None:
                page.columns = {name: columns_of(rows) for name, rows in reading_rows(page.doc).items()}
                fresh[page.keys["columns"]] = json.dumps(page.columns, default=_plain).encode()
            if missing := self._missing(page):
                found, page.denials = self._find(missing, page.doc)
                page.codes |= found
                fresh[page.keys["codes"]] = json.dumps([page.codes, page.denials]).encode()
        self.cache.put(fresh)
        return [{**page.columns, "codings": self._settled(page)} for page in pages]

    def _pages(self, articles: list[Article]) -> list[_Page]:
        """Return a page for each article, with the columns and codes that were kept of it."""
        pages = [_Page(article, self._keys(article)) for article in articles]
        kept = self.cache.get([page.keys[step] for page in pages for step in ("columns", "codes")])
        for page in pages:
            if (columns := kept.get(page.keys["columns"])) is not None:
                page.columns = _dated(json.loads(columns))
            known, page.denials = json.loads(kept.get(page.keys["codes"], b"[{}, []]"))
            page.codes = {entry: codes for entry, codes in known.items() if entry in self.entries}
        return pages

    def _keys(self, article: Article) -> dict[str, bytes]:
        parse = digest(conditions(), article.text, article.layout)
        records = digest(parse, sources(READING), article.model_dump(exclude={"text", "layout"}), self.people)
        return {"parse": parse, "records": records, "columns": digest(records, "columns"), "codes": digest(records, "codes")}

    def _missing(self, page: _Page) -> frozenset[str]:
        return frozenset(self.entries) - page.codes.keys()

    def _parse(self, pages: list[_Page], fresh: dict[bytes, bytes]) -> None:
        """Give each page its Doc, parsed and with paragraphs."""
        kept = self.cache.get([page.keys["parse"] for page in pages])
        new = [page for page in pages if page.keys["parse"] not in kept]
        for page in pages:
            if page.keys["parse"] in kept:
                page.doc = read(kept[page.keys["parse"]], page.article)
        if new:
            for page, doc in zip(new, annotate((page.article for page in new), parser())):
                page.doc = doc
                fresh[page.keys["parse"]] = written(doc)

    def _annotate(self, pages: list[_Page], fresh: dict[bytes, bytes]) -> None:
        """Put on each Doc what the components find."""
        kept = self.cache.get([page.keys["records"] for page in pages])
        for page in pages:
            if (records := kept.get(page.keys["records"])) is not None:
                for name, found in vars(RECORDS.validate_json(records)).items():
                    setattr(page.doc._, name, found)  # what finds codes reads no span groups
            else:
                for component in _components(self.people):
                    component(page.doc)
                found = Records(*(list(getattr(page.doc._, field.name)) for field in fields(Records)))
                fresh[page.keys["records"]] = RECORDS.dump_json(found)

    def _find(self, entries: frozenset[str], doc: Doc) -> tuple[dict[str, Columns], list]:
        """Return the codings of these entries of the codebook, each as if it were the only one, and the denials."""
        finder = _finder(json.dumps(codes_config(_part(self.codebook, {self.entries[entry] for entry in entries}))))
        codes, denials = finder.found(doc)
        by_code = defaultdict(list)
        for row in coding_rows(doc._.article, codes):
            by_code[row["kind"], row["code_id"]].append(row)
        return {entry: columns_of(by_code[self.entries[entry]]) for entry in entries}, denials

    def _settled(self, page: _Page) -> Columns:
        """Return the codings of all entries in order, with what they make of each other."""
        parts = [columns for columns in page.codes.values() if columns]
        if not parts:
            return {}
        columns = {name: list(chain.from_iterable(part[name] for part in parts)) for name in parts[0]}
        places = list(zip(columns["start"], columns["end"], columns["code_id"]))
        order = sorted(range(len(places)), key=places.__getitem__)
        columns = {name: [cells[i] for i in order] for name, cells in columns.items()}
        told = [*map(Told._make, zip(*(columns[name] for name in Told._fields)))]
        columns["status"] = statuses(told, page.denials, page.columns["sentences"].get("start", []), self.disputes)
        return columns


def _entries(codebook: Codebook) -> dict[str, tuple[str, str]]:
    """Return kind and id of each entry by a digest of all that its codes depend on in the codebook."""
    shared = codebook.model_dump(mode="json", include={"terms": True, "actors": {"__all__": {*Actor.model_fields} - PROSE}})
    sections = {"fact": codebook.facts, "frame": codebook.frames, "event": codebook.events}
    common = digest(shared)
    entries = {}
    for kind, section in sections.items():
        for entry in section:
            own = entry.model_dump(mode="json", exclude=PROSE | {"disputes"})
            entries[digest(common, kind, own).hex()] = (kind, getattr(entry, f"{kind}_id"))
    return entries


def _part(codebook: Codebook, wanted: set[tuple[str, str]]) -> Codebook:
    """Return the codebook with these entries only, and without what they say of each other."""
    return codebook.model_copy(update={
        "facts": [fact.model_copy(update={"disputes": None}) for fact in codebook.facts if ("fact", fact.fact_id) in wanted],
        "frames": [frame for frame in codebook.frames if ("frame", frame.frame_id) in wanted],
        "events": [event for event in codebook.events if ("event", event.event_id) in wanted],
    })


@lru_cache(maxsize=2)  # a story before and after an edit
def _components(people: str) -> list:
    return [parser().create_pipe(name, config=config) for name, config in readers(json.loads(people))]


@lru_cache(maxsize=8)  # the whole codebook, and the entries edited last
def _finder(config: str):
    return parser().create_pipe("tellings_codes", config=json.loads(config))


def _plain(value):
    """Write for JSON what it does not know: a day; a number of numpy's."""
    return value.isoformat() if isinstance(value, date) else value.item()


def columns_of(rows: list[dict]) -> Columns:
    """Return rows that have the same keys column by column; nothing where there are none."""
    return {name: [row[name] for row in rows] for name in rows[0]} if rows else {}


def _dated(tables_of_article: dict[str, Columns]) -> dict[str, Columns]:
    """Make days of those cells that JSON keeps as text."""
    for name, days in DAYS.items():
        columns = tables_of_article.get(name, {})
        columns.update({day: [cell and date.fromisoformat(cell) for cell in columns[day]] for day in days if day in columns})
    return tables_of_article
