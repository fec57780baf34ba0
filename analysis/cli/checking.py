"""`tellings check`: what a story holds, how its codebook matches, and what is missing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from .screen import MOST_ROWS, say, screen, visible

if TYPE_CHECKING:
    from ..story import Story

MOST_NAMED = 10  # articles that a sentence names


def check(story: Annotated[str, typer.Argument(help="A story: a name in data/, or a folder.")]) -> None:
    """Check a story's folder, and say what its texts and its codebook hold."""
    from ..story import load_story

    loaded = load_story(story)
    overview = Table("article", "outlet", "published", "condition", title=visible(loaded.about.title))
    for article in loaded.articles:
        days = " to ".join(dict.fromkeys(str(d) for d in (article.published_earliest, article.published_latest) if d))
        overview.add_row(*map(visible, (article.article_id, f"{article.outlet or '–'} ({article.outlet_basis})",
                                        f"{days or '–'} ({article.published_basis})", article.condition)))
    screen.print(overview)
    book = loaded.codebook
    counts = {"facts": book.facts, "frames": book.frames, "events": book.events, "actors": book.actors}
    print(", ".join(f"{len(entries)} {name}" for name, entries in counts.items()) + ": all in order.")
    if any(True for _ in book.codes()):
        _say_matching(loaded)
    _say_ledger(loaded.folder)
    if missing := list(_missing(loaded)):
        say("\n".join(["What would make it fuller:", *(f"- {what}" for what in missing)]), soft_wrap=True)


def _say_ledger(folder: Path) -> None:
    """Say what the ledger holds, and the rows that a person should look at."""
    from ..ingest.ledger import read_ledger, summary

    entries = read_ledger(folder)
    if not entries:
        return
    say(f"The ledger: {summary(entries)}.")
    looks = [entry for entry in entries if entry.wants_a_look]
    for entry in looks[:MOST_ROWS]:
        part = f" ({entry.part})" if entry.part else ""
        say(f"- {entry.decision}: {entry.source}{part}: {entry.told}", soft_wrap=True)
    if len(looks) > MOST_ROWS:
        say(f"… and {len(looks) - MOST_ROWS} rows more in ledger.csv")


def _missing(loaded: Story) -> Iterator[str]:
    """Yield what a half-made story still lacks, and where to write it."""
    articles, about, book = loaded.articles, loaded.about, loaded.codebook
    if not about.summary.strip():
        yield "story.toml: a summary, in two sentences"
    if not (about.earliest and about.latest):
        yield "story.toml: earliest and latest, the first and the last day of what happened"
    if nameless := [name for name, words in about.outlets.items() if not words]:
        yield f"story.toml: what a reader should know of {', '.join(nameless)}"
    for what, unknown in (("outlet", [a.article_id for a in articles if a.outlet is None]),
                          ("date", [a.article_id for a in articles if a.published_basis == "unknown"]),
                          ("condition", [a.article_id for a in articles if a.condition == "unknown"])):
        if unknown:
            more = f" and {len(unknown) - MOST_NAMED} more" if len(unknown) > MOST_NAMED else ""
            yield f"articles.csv: the {what} of {', '.join(unknown[:MOST_NAMED])}{more}, if you know it"
    for section, purpose in (("facts", "without them no matrix of who tells what"),
                             ("actors", "so that speakers and labels are joined"),
                             ("events", "for the chronology"), ("frames", "ways of presenting what happened")):
        if not getattr(book, section):
            yield f"codebook/{section}.yaml: {section}, {purpose}"


def _say_matching(loaded: Story) -> None:
    """Name the wordings that match nothing or very much, and the facts that never stand apart: they want a look."""
    from .. import analyse
    from ..measures.matching import VERY_MUCH, always_together, by_wording

    apart, origins = loaded.codebook.apart()
    found = analyse(loaded.articles, apart, model=loaded.about.model)
    matched = by_wording(found.codings, found.sentences, origins)
    entries = matched.groupby(["kind", "code_id"], sort=False)
    silent = [code_id for (_, code_id), own in entries if own["remark"].eq("nothing").all()]
    if silent:
        say(f"No article matches the wordings of: {', '.join(silent)}.", soft_wrap=True)
    others = matched[matched["remark"].eq("nothing") & ~matched["code_id"].isin(silent)]
    if len(others):
        listed = (f"{code_id} ({', '.join(map(str, own['wording']))})"
                  for code_id, own in others.groupby("code_id", sort=False))
        say(f"Wordings that match nothing, beside others of their entry that do: {', '.join(listed)}.", soft_wrap=True)
    for much in matched[matched["remark"].eq("very much")].itertuples():
        say(f"Wording {much.wording} of {much.code_id} matches very much: {much.sentences} sentences of "
            f"{len(found.sentences)} (more than {VERY_MUCH:.0%}). Give it another slot, or words of its own.",
            soft_wrap=True)
    for pair in always_together(found.codings, found.sentences, origins).itertuples():
        say(f"{pair.one} and {pair.other} always match the same {pair.sentences} sentences: are they one fact?",
            soft_wrap=True)
