"""A list beside the texts: a table without texts that says of each file, by its name, who published it and when."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePosixPath

from ..errors import InputError
from . import formats
from .draft import Draft, Offer
from .sources import TABLES

FILE_COLUMNS = ("file", "filename", "file_name", "article_id", "id")  # what a column that names files may be called
TAKEN = "a list without texts: what it says was taken for the files that it names"
UNUSED = "as a list of files it names none that is beside it"
_SAID = ("title", "outlet", "outlet_found", "author", "url", "published", "published_found")


def read_list(offer: Offer) -> dict[str, Draft]:
    """Read a table that names files; nothing where it is none.

    Returns
    -------
    dict: name of a file, with or without its suffix, in small letters → a draft without a text of its own.

    Examples
    --------
    >>> found = read_list(Offer("list.csv", b"file,outlet,published\\nshut.txt,Herald,2021-10-18\\nferry.txt,Post,\\n"))
    >>> found["shut.txt"].outlet, found["shut.txt"].published, found["shut.txt"].outlet_found
    ('Herald', '2021-10-18', "list.csv, column 'outlet'")
    """
    if not offer.name.lower().endswith(TABLES):
        return {}
    for column in FILE_COLUMNS:
        try:
            rows = formats.read(offer, columns={"text": column})
        except InputError:  # there is no such column, or nothing in it
            continue
        name = PurePosixPath(offer.name).name
        return {row.text.lower(): replace(row, outlet_found=row.outlet_found and f"{name}, {row.outlet_found}",
                                          published_found=row.published_found and f"{name}, {row.published_found}")
                for row in rows if not row.problem}
    return {}


def completed(draft: Draft, said: Draft) -> Draft:
    """Return a draft with what the list says, where the file itself says nothing.

    Examples
    --------
    >>> both = completed(Draft("It shut.", title="Shut"), Draft("", title="Bridge shut", outlet="Herald"))
    >>> both.title, both.outlet
    ('Shut', 'Herald')
    """
    return replace(draft, **{name: getattr(draft, name) or getattr(said, name) for name in _SAID})
