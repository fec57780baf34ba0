"""Articles → tables, in steps that are each kept: after an edit of the codebook only what it touches is done again.

step      what is kept                                depends on, beside the step before it
parse     spaCy's Doc and its paragraphs              text, layout, model, versions
words     all that the words may stand for            the same, this code
records   what the components found on the Doc        the same, what is known of the article, the actors
columns   what that gives to each table               the same
codes     the codings of each entry of the codebook   the same, that entry

All that a step depends on is in its key, the sources of the code included, so that nothing kept is ever out of date. Of
actors and entries only that counts which the article's words can show (`vocabulary`).
"""

from __future__ import annotations

import gc
import json
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, fields
from datetime import date
from functools import lru_cache
from itertools import chain, islice

import numpy as np
from pydantic import TypeAdapter
from spacy.tokens import Doc

from .. import tables
from ..annotators.actors import Mention
from ..annotators.codes import CodeFinder
from ..annotators.codes.settling import Told, statuses
from ..annotators.quotations import Quotation
from ..annotators.relays import Relay
from ..annotators.roles import Deed
from ..annotators.times import Time
from ..articles import Article
from ..codebook import Codebook
from .cache import Cache
from .model import actors_of, annotate, codes_config, readers
from .parse import conditions, digest, parser, read, sources, written
from .rows import coding_rows, reading_rows
from .vocabulary import Entries, Names, vocabulary

# All that a reading depends on, in analysis/.
READING = ("annotators", "pipeline", "articles.py", "codebook", "numbers.py", "tables.py")
KNOWN = 1024  # articles that are read again with an edited codebook, and need not be decoded again
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
    entries: dict[str, tuple[str, str]] = field(default_factory=dict)  # those that may be found, by a digest
    codes: dict[str, Columns] = field(default_factory=dict)  # the codings of each, by the same
    former: dict[str, Columns] = field(default_factory=dict)  # those of entries as they were before an edit
    denials: list[tuple[int, str]] | None = None  # what settles them

    @property
    def missing(self) -> set[str]:
        return self.entries.keys() - self.codes.keys()


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Look for no garbage meanwhile: a batch makes a hundred thousand objects, and nearly all live to its end."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


class Reading:
    """Reads articles with a codebook, or without one.

    Parameters
    ----------
    cache : where the steps are kept; an open one.
    model : a spaCy model, an installed package or a folder; by default the English one.
    """

    def __init__(self, codebook: Codebook | None, cache: Cache, model: str | None = None):
        self.codebook = codebook or Codebook()
        self.cache = cache
        self.model = model
        self.nlp = parser(model)
        self.people = json.dumps(actors_of(codebook))
        self.names = Names(self.nlp, actors_of(codebook))
        self.entries = Entries(self.nlp, self.codebook)
        self.wanted: set[tuple[str, str]] = set()  # the entries that an article so far has not been searched for
        self.finders: dict[frozenset, CodeFinder] = {}  # for these
        self.disputes = {fact.fact_id: fact.disputes for fact in self.codebook.facts if fact.disputes}

    @_undisturbed()
    def tables(self, articles: list[Article]) -> list[dict[str, Columns]]:
        """Return what each article gives to each table, column by column, in order."""
        fresh: dict[bytes, bytes] = {}
        pages = self._pages(articles, fresh)
        unfinished = [page for page in pages if page.columns is None or page.missing]
        self._parse(unfinished, fresh)
        self._annotate(unfinished, fresh)
        self.wanted.update(page.entries[entry] for page in unfinished for entry in page.missing)
        for page in unfinished:
            if page.columns is None:
                page.columns = {name: columns_of(rows) for name, rows in reading_rows(page.doc).items()}
                if self.cache.keeps:
                    fresh[page.keys["columns"]] = json.dumps(page.columns, default=_plain).encode()
        for page in unfinished:
            if page.missing:
                self._find(page)
                if self.cache.keeps:
                    former = islice(page.former.items(), len(page.codes))  # edits are often taken back
                    fresh[page.keys["codes"]] = json.dumps([{**page.codes, **dict(former)}, page.denials]).encode()
        self.cache.put(fresh)
        return [{**page.columns, "codings": self._settled(page)} for page in pages]

    def _pages(self, articles: list[Article], fresh: dict[bytes, bytes]) -> list[_Page]:
        """Return a page for each article, with the columns and codes that were kept of it."""
        pages = [_Page(article, {"parse": digest(conditions(self.model), article.text, article.layout)})
                 for article in articles]
        for page, words in zip(pages, self._words(pages, fresh)):
            people = self.names.within(words)
            page.entries = self.entries.within(words)
            records = digest(page.keys["words"], page.article.model_dump(exclude={"text", "layout"}), people)
            page.keys |= {"records": records, "columns": digest(records, "columns"),
                          "codes": digest(records, "codes", self.entries.shared)}
        kept = self.cache.get([page.keys[step] for page in pages for step in ("columns", "codes")])
        for page in pages:
            if (columns := kept.get(page.keys["columns"])) is not None:
                page.columns = _columns(columns)
            known, page.denials = _codes(kept.get(page.keys["codes"], b"[{}, null]"))
            for entry, codes in known.items():
                (page.codes if entry in page.entries else page.former)[entry] = codes
        return pages

    def _words(self, pages: list[_Page], fresh: dict[bytes, bytes]) -> Iterator[np.ndarray]:
        """Yield for each page what its words may stand for."""
        for page in pages:
            page.keys["words"] = digest(page.keys["parse"], sources(READING), "words")
        kept = self.cache.get([page.keys["words"] for page in pages])
        new = [page for page in pages if page.keys["words"] not in kept]
        self._parse(new, fresh)
        for page in new:
            kept[page.keys["words"]] = fresh[page.keys["words"]] = vocabulary(page.doc, self.nlp)
        return (np.frombuffer(kept[page.keys["words"]], dtype="uint32") for page in pages)

    def _parse(self, pages: list[_Page], fresh: dict[bytes, bytes]) -> None:
        """Give each page its Doc, parsed and with paragraphs."""
        pages = [page for page in pages if page.doc is None]
        kept = self.cache.get([page.keys["parse"] for page in pages])
        new = [page for page in pages if page.keys["parse"] not in kept]
        for page in pages:
            if page.keys["parse"] in kept:
                page.doc = read(kept[page.keys["parse"]], page.article, self.nlp)
        if new:
            for page, doc in zip(new, annotate((page.article for page in new), self.nlp)):
                page.doc = doc
                if self.cache.keeps:
                    fresh[page.keys["parse"]] = written(doc)

    def _annotate(self, pages: list[_Page], fresh: dict[bytes, bytes]) -> None:
        """Put on each Doc what the components find."""
        kept = self.cache.get([page.keys["records"] for page in pages])
        new = [page for page in pages if page.keys["records"] not in kept]
        for page in pages:
            if page.keys["records"] in kept:
                for name, found in vars(RECORDS.validate_json(kept[page.keys["records"]])).items():
                    setattr(page.doc._, name, found)  # what finds codes reads no span groups
        for component in _components(self.people, self.model) if new else ():
            for page in new:  # one component at a time is a fifth faster, for its words stay in the processor's cache
                component(page.doc)
        for page in new if self.cache.keeps else ():
            found = Records(*(list(getattr(page.doc._, field.name)) for field in fields(Records)))
            fresh[page.keys["records"]] = RECORDS.dump_json(found)

    def _find(self, page: _Page) -> None:
        """Find the codings that a page lacks, of each entry as if it were the only one, and the denials."""
        wanted = frozenset(self.wanted)
        if wanted not in self.finders:
            self.finders = {wanted: _finder(json.dumps(codes_config(_part(self.codebook, wanted))), self.model)}
        codes, denials = self.finders[wanted].found(page.doc, later=page.denials is None)
        by_code = defaultdict(list)
        for row in coding_rows(page.article, codes):
            by_code[row["kind"], row["code_id"]].append(row)
        page.codes |= {entry: columns_of(by_code[page.entries[entry]]) for entry in page.missing}
        if page.denials is None:
            page.denials = denials

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


def _part(codebook: Codebook, wanted: set[tuple[str, str]]) -> Codebook:
    """Return the codebook with these entries only, and without what they say of each other."""
    return codebook.model_copy(update={
        "facts": [fact.model_copy(update={"disputes": None})
                  for fact in codebook.facts if ("fact", fact.fact_id) in wanted],
        "frames": [frame for frame in codebook.frames if ("frame", frame.frame_id) in wanted],
        "events": [event for event in codebook.events if ("event", event.event_id) in wanted],
    })


@lru_cache(maxsize=2)  # a story before and after an edit
def _components(people: str, model: str | None) -> list:
    nlp = parser(model)
    return [nlp.create_pipe(name, config=config) for name, config in readers(json.loads(people), nlp.lang)]


@lru_cache(maxsize=8)  # the whole codebook, and the entries edited last
def _finder(config: str, model: str | None):
    return parser(model).create_pipe("tellings_codes", config=json.loads(config))


def _plain(value):
    """Write for JSON what it does not know: a day; a number of numpy's."""
    return value.isoformat() if isinstance(value, date) else value.item()


def columns_of(rows: list[dict]) -> Columns:
    """Return rows that have the same keys, in one order, column by column; nothing where there are none."""
    return dict(zip(rows[0], map(list, zip(*(row.values() for row in rows))))) if rows else {}


@lru_cache(KNOWN)
def _codes(kept: bytes) -> list:
    return json.loads(kept)


@lru_cache(KNOWN)
def _columns(kept: bytes) -> dict[str, Columns]:
    """Read what was kept; days are those cells that JSON keeps as text."""
    tables_of_article = json.loads(kept)
    for name, days in DAYS.items():
        columns = tables_of_article.get(name, {})
        columns.update({day: [cell and date.fromisoformat(cell) for cell in columns[day]]
                        for day in days if day in columns})
    return tables_of_article
