"""Sources → articles of a story folder, with a row in the ledger for each: what `tellings add` does.

    taking    one offer → articles and rows of the ledger
    holding   what the story folder holds meanwhile, how it is opened, and what is written to it
    naming    the ids of articles
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from .. import journal
from ..ledger import Entry, as_csv
from ..sources import offers
from .holding import name_copies, open_story, rows_of, stage
from .taking import take


@dataclass(frozen=True)
class Added:
    """What became of what was offered: the ledger's rows, and how many files were in the story already."""

    entries: list[Entry]
    known: int


def add(folder: Path, sources: Iterable[str], *, columns: Mapping[str, str] | None = None, allow_local: bool = False,
        dry_run: bool = False, progress: Callable[[str], None] = lambda name: None) -> Added:
    """Add articles to a story, all of them or, where it is interrupted, none until the next call.

    Parameters
    ----------
    folder : the story's folder.
    sources : files, folders and URLs; none, to finish what was interrupted.
    columns : of tables: what an article has (text, title, outlet, published, url) → the column that holds it.
    allow_local : whether URLs may lead to this computer and its network.
    dry_run : whether to tell only what would be added.
    progress : called with the name of each file that is read.

    Raises
    ------
    InputError : a source is not there, another process is adding, or a file of the story has a fault.
    """
    with journal.staging(folder) as staged:
        story = open_story(folder)
        before, known = as_csv(rows_of(story)), set(story.ledger)
        offered: dict[tuple[str, str], None] = {}  # in their order, each once
        for offer in offers(sources, story=folder, allow_local=allow_local):
            progress(offer.name)
            offered[take(offer, story, staged, columns)] = None
        for name, _ in offered:
            if (name, "") not in offered:  # it could not be read when it was offered before
                story.ledger.pop((name, ""), None)
        if story.articles:
            name_copies(story)
        ledger = as_csv(rows_of(story))
        if ledger != before and not dry_run:
            stage(story, staged, ledger)
            journal.commit(folder)
        return Added([entry for key in offered for entry in story.ledger[key]], sum(key in known for key in offered))
