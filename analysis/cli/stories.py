"""`tellings new` and `add`: from files to a story."""

from __future__ import annotations

import re
from os.path import commonprefix
from typing import TYPE_CHECKING, Annotated

import typer
from rich.box import SIMPLE_HEAD
from rich.markup import escape
from rich.table import Table

from ..errors import InputError
from .screen import MOST_ROWS, errors, say, screen, visible

if TYPE_CHECKING:
    from ..ingest.ledger import Entry

DAY = 10  # characters of a day; the ledger's file has the time and its zone
COLUMN_OF = ("text", "title", "outlet", "author", "published", "url")  # what a column of a table may hold


def new(name: Annotated[str, typer.Argument(help="A name, for a folder in data/; or a path.")]) -> None:
    """Make a story folder with commented templates."""
    from ..ingest.new import new_story

    folder = new_story(name)
    facts = folder / "codebook" / "facts.yaml"
    say(f"The story is in {folder}. What to do next:\n"
         f"  tellings add {folder} FILES    your articles: files, folders, URLs\n"
         f"  {folder / 'story.toml'}    say what the story is about\n"
         f"  {facts}    the facts to compare: take away the # of the example, and write yours\n"
         f"  tellings check {folder}    says what is missing\n"
         f"  tellings report {folder}", soft_wrap=True)


def add(
    story: Annotated[str, typer.Argument(help="A story: a name in data/, or a folder.")],
    sources: Annotated[list[str] | None, typer.Argument(
        help="Files, folders and URLs; none, to finish what was interrupted.")] = None,
    columns: Annotated[list[str] | None, typer.Option(
        help="Which column of a table holds what, where it was guessed wrong: text=Body,outlet=Source.")] = None,
    allow_local: Annotated[bool, typer.Option(
        "--allow-local", help="Fetch from this computer and its network too.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would be added, and write nothing.")] = False,
) -> None:
    """Add articles to a story, with a ledger of what became of each file; adding the same again changes nothing."""
    from ..ingest.add import add as run
    from ..ingest.ledger import FILE, summary
    from ..story import find_story

    folder = find_story(story)
    with errors.status("Reading") as bar:
        added = run(folder, sources or [], columns=_columns(columns or []), allow_local=allow_local, dry_run=dry_run,
                    progress=lambda name: bar.update(f"Reading {escape(name)}"))
    _show_ledger(added.entries)
    known = f"; {added.known} of the files had been offered before" if added.known else ""
    where = "Nothing was written" if dry_run else f"All of it is in {folder / FILE}"
    say(f"{summary(added.entries)}{known}. {where}", soft_wrap=True)


def _columns(given: list[str]) -> dict[str, str]:
    """Read text=Body,outlet=Source; a column's own name may hold commas."""
    pairs = [pair.partition("=") for text in given for pair in re.split(rf",(?=(?:{'|'.join(COLUMN_OF)})=)", text)]
    for name, _, column in pairs:
        if name not in COLUMN_OF or not column:
            raise InputError(f"--columns is given '{name}{'=' * bool(column)}{column}'",
                             f"write one of {', '.join(COLUMN_OF)}, then = and the column's name")
    return {name: column for name, _, column in pairs}


def _show_ledger(entries: list[Entry]) -> None:
    """Print the ledger, and below it what to know of its rows; of many those first that a person should look at."""
    ordered = sorted(entries, key=lambda entry: not entry.wants_a_look) if len(entries) > MOST_ROWS else entries
    folder = re.sub(r"[^/]*$", "", commonprefix([entry.source for entry in entries])) if len(entries) > 1 else ""
    shown = Table(box=SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False)
    shown.add_column(visible(f"file in {folder}") if folder else "file", overflow="fold")
    for heading, width in (("", 9), ("article", None), ("outlet", None), ("published", DAY), ("words", 5)):
        shown.add_column(heading, overflow="fold", min_width=width)
    notes = []
    for entry in ordered[:MOST_ROWS]:
        file = entry.source.removeprefix(folder) + f" ({entry.part})" * (entry.part not in ("", "1"))
        found = (entry.outlet or "–", re.sub(r"T[^/]*", "", entry.published) or "–", entry.words)
        shown.add_row(*map(visible, (file, entry.decision, entry.article_id, *found)))
        notes += [f"- {file}: {entry.told}"] * bool(entry.told)
    if entries:
        screen.print(shown)
    for note in notes:
        say(note, soft_wrap=True)
    if len(entries) > MOST_ROWS:
        say(f"… and {len(entries) - MOST_ROWS} rows more")
