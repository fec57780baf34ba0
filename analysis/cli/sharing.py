"""`tellings bundle` and `unbundle`: a story in one file, with its texts or without."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from ..errors import InputError
from .screen import errors, screen, visible


def bundle(
    story: Annotated[str, typer.Argument(help="A story: a name in data/, or a folder.")],
    without_texts: Annotated[bool, typer.Option("--without-texts", help="Leave the articles' words out.")] = False,
    out: Annotated[Path | None, typer.Option(
        help="The file to write. Default: STORY.zip, or STORY-without-texts.zip.")] = None,
) -> None:
    """Pack a story and its results into one file, with the articles' texts or without."""
    from .. import analyse as run
    from ..bundle import bundle as pack
    from ..story import load_story

    loaded = load_story(story)
    target = out or Path(f"{loaded.name}{'-without-texts' if without_texts else ''}.zip")
    with errors.status("Reading the articles"):
        pack(loaded, run(loaded), target, texts=not without_texts)
    print(f"The bundle is {target}")
    print("It has no article's text: offsets, checksums, titles and URLs stand for them." if without_texts else
          "It holds the articles' texts: pass it on only to whom you may give them. --without-texts leaves them out.")


def unbundle(
    file: Annotated[Path, typer.Argument(help="A file that `tellings bundle` wrote.")],
    out: Annotated[Path, typer.Option(help="The story folder to make.")],
    texts: Annotated[Path | None, typer.Option(
        help="A folder with the articles' texts, where the bundle has none.")] = None,
) -> None:
    """Make a story folder of a bundle and the articles' texts, and say which texts match."""
    from ..bundle import FOUND, HOW
    from ..bundle import unbundle as unpack

    matches, made = unpack(file, out, texts)
    shown = Table("article", "text", "file", "alike", "characters")
    for match in matches:
        alike = "" if match.similarity is None else f"about {match.similarity:.0%}"
        more = "" if match.more_characters is None else f"{match.more_characters:+}"
        shown.add_row(match.article_id, HOW[match.how], visible(match.file or ""), alike, more)
    screen.print(shown)
    there = sum(match.how in FOUND for match in matches)
    if not made:
        raise InputError(f"none of the texts of {len(matches)} articles is there, so no story was made",
                         "put them into a folder, and name it with --texts", file=file)
    print(f"The story is in {out}, with {there} of {len(matches)} articles.")
    if there < len(matches):
        print("The others are left out, with all that was coded in them; with their texts, unbundle again.")
