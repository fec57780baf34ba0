"""What passes between the parts of this room: an offer of bytes, and a draft of an article found in it."""

from __future__ import annotations

from dataclasses import dataclass


GUESSED = "columns taken: "  # begins the note of a table's first row: a guess that a person should look at


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that may hold articles: a file, a member of an archive, a page fetched.

    `name` is how it is shown, `folder/a.zip › b.html`; where `data` is missing, `problem` says why.
    """

    name: str
    data: bytes | None = None
    problem: str | None = None
    url: str | None = None
    content_type: str | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """An article as a reader found it, with how it knows.

    `text` is the body without the title; `published` is a day, a moment with its zone if it has one, or an interval
    (ISO 8601), `published_found` the place that told it: "column 'date'", "meta article:published_time".
    `removed` is what the reader cut away as boilerplate, for inspection; `notes` are for the ledger, `format` is the
    kind of file, "Nexis Uni (DOCX)". Where one article of several in a file cannot be used, `problem` says why.
    """

    text: str
    title: str | None = None
    outlet: str | None = None
    outlet_found: str | None = None
    author: str | None = None
    url: str | None = None
    published: str | None = None
    published_found: str | None = None
    encoding: str | None = None
    removed: str = ""
    stub: bool = False
    notes: tuple[str, ...] = ()
    format: str | None = None
    problem: str | None = None
