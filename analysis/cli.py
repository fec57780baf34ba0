"""The command `tellings`."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import Progress
from rich.table import Table

from .errors import InputError, ReportError

if TYPE_CHECKING:
    import pandas as pd

    from .ingest.ledger import Entry
    from .story import Story
    from .tables import Tables
    from .walk import Walk

app = typer.Typer(help="One event, many tellings: a workbook for media analysis.", no_args_is_help=True,
                  add_completion=False, pretty_exceptions_enable=False)
errors = Console(stderr=True, soft_wrap=True, highlight=False)
screen = Console(markup=False, highlight=False, emoji=False)
MOST_ROWS = 100  # that are printed; a ledger of thousands is a file to open
MOST_NAMED = 10  # articles that a sentence names
COLUMN_OF = ("text", "title", "outlet", "author", "published", "url")  # what a column of a table may hold
StoryArgument = Annotated[str | None, typer.Argument(help="A story: a name in data/, or a folder. Default: the first story.")]


@app.command()
def report(story: StoryArgument = None) -> None:
    """Render a story's report to reports/STORY/index.html, one page that needs no network."""
    from .report import write_report
    from .story import load_story

    loaded = load_story(story)
    target = Path("reports") / loaded.name / "index.html"
    with Progress(console=errors) as bar:
        task = bar.add_task(f"Telling {loaded.name}", total=None)
        write_report(loaded, target, progress=lambda done, total: bar.update(task, completed=done, total=total))
    print(f"The report is {target}")


@app.command()
def lab() -> None:
    """Open the notebooks in JupyterLab."""
    from .report import ROOT

    raise typer.Exit(subprocess.call([sys.executable, "-m", "jupyterlab", str(ROOT / "notebooks")]))


@app.command()
def new(name: Annotated[str, typer.Argument(help="A name, for a folder in data/; or a path.")]) -> None:
    """Make a story folder with commented templates."""
    from .ingest.new import new_story

    folder = new_story(name)
    _say(f"The story is in {folder}. What to do next:\n"
         f"  tellings add {folder} FILES    your articles: files, folders, URLs\n"
         f"  {folder / 'story.toml'}    say what the story is about\n"
         f"  {folder / 'codebook' / 'facts.yaml'}    the facts to compare: take away the # of the example, and write yours\n"
         f"  tellings check {folder}    says what is missing\n"
         f"  tellings report {folder}", soft_wrap=True)


@app.command()
def add(
    story: Annotated[str, typer.Argument(help="A story: a name in data/, or a folder.")],
    sources: Annotated[list[str] | None, typer.Argument(
        help="Files, folders and URLs; none, to finish what was interrupted.")] = None,
    columns: Annotated[list[str] | None, typer.Option(
        help="Which column of a table holds what, where it was guessed wrong: text=Body,outlet=Source.")] = None,
    allow_local: Annotated[bool, typer.Option("--allow-local", help="Fetch from this computer and its network too.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would be added, and write nothing.")] = False,
) -> None:
    """Add articles to a story, with a ledger of what became of each file; adding the same again changes nothing."""
    from .ingest.add import add as run
    from .ingest.ledger import FILE, summary
    from .story import find_story

    folder = find_story(story)
    with errors.status("Reading") as bar:
        added = run(folder, sources or [], columns=_columns(columns or []), allow_local=allow_local, dry_run=dry_run,
                    progress=lambda name: bar.update(f"Reading {escape(name)}"))
    _show_ledger(added.entries)
    known = f"; {added.known} of the files had been offered before" if added.known else ""
    where = "Nothing was written" if dry_run else f"All of it is in {folder / FILE}"
    _say(f"{summary(added.entries)}{known}. {where}", soft_wrap=True)


def _columns(given: list[str]) -> dict[str, str]:
    """Read text=Body,outlet=Source; a column's own name may hold commas."""
    pairs = [pair.partition("=") for text in given for pair in re.split(rf",(?=(?:{'|'.join(COLUMN_OF)})=)", text)]
    for name, _, column in pairs:
        if name not in COLUMN_OF or not column:
            raise InputError(f"--columns is given '{name}{'=' * bool(column)}{column}'",
                             f"write one of {', '.join(COLUMN_OF)}, then = and the column's name")
    return {name: column for name, _, column in pairs}


def _show_ledger(entries: list[Entry]) -> None:
    """Print the ledger; of many rows those first that a person should look at."""
    ordered = sorted(entries, key=lambda entry: not entry.wants_a_look) if len(entries) > MOST_ROWS else entries
    shown = Table()
    for heading in ("file", "", "article", "outlet", "published", "words", "why, and what to know"):
        shown.add_column(heading, overflow="fold")
    for entry in ordered[:MOST_ROWS]:
        file = f"{entry.source} ({entry.part})" if entry.part not in ("", "1") else entry.source
        found = (entry.outlet or "–", entry.published or "–", entry.words)
        shown.add_row(*map(_visible, (file, entry.decision, entry.article_id, *found, entry.told)))
    if entries:
        screen.print(shown)
    if len(entries) > MOST_ROWS:
        _say(f"… and {len(entries) - MOST_ROWS} rows more")


@app.command()
def check(story: Annotated[str, typer.Argument(help="A story: a name in data/, or a folder.")]) -> None:
    """Check a story's folder, and say what its texts and its codebook hold."""
    from .story import load_story

    loaded = load_story(story)
    overview = Table("article", "outlet", "published", "condition", title=loaded.about.title)
    for article in loaded.articles:
        days = " to ".join(dict.fromkeys(str(d) for d in (article.published_earliest, article.published_latest) if d))
        overview.add_row(article.article_id, f"{article.outlet or '–'} ({article.outlet_basis})",
                         f"{days or '–'} ({article.published_basis})", article.condition)
    console = Console(markup=False)
    console.print(overview)
    book = loaded.codebook
    counts = {"facts": book.facts, "frames": book.frames, "events": book.events, "actors": book.actors}
    print(", ".join(f"{len(entries)} {name}" for name, entries in counts.items()) + ": all in order.")
    if any(True for _ in book.codes()):
        _hint_unmatched(loaded)
    _say_ledger(loaded.folder)
    if missing := list(_missing(loaded)):
        _say("\n".join(["What would make it fuller:", *(f"- {what}" for what in missing)]), soft_wrap=True)


def _say_ledger(folder: Path) -> None:
    """Say what the ledger holds, and the rows that a person should look at."""
    from .ingest.ledger import read_ledger, summary

    entries = read_ledger(folder)
    if not entries:
        return
    _say(f"The ledger: {summary(entries)}.")
    looks = [entry for entry in entries if entry.wants_a_look]
    for entry in looks[:MOST_ROWS]:
        _say(f"- {entry.decision}: {entry.source}{f' ({entry.part})' if entry.part else ''}: {entry.told}", soft_wrap=True)
    if len(looks) > MOST_ROWS:
        _say(f"… and {len(looks) - MOST_ROWS} rows more in ledger.csv")


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
                          ("date", [a.article_id for a in articles if a.published_basis == "unknown"])):
        if unknown:
            more = f" and {len(unknown) - MOST_NAMED} more" if len(unknown) > MOST_NAMED else ""
            yield f"articles.csv: the {what} of {', '.join(unknown[:MOST_NAMED])}{more}, if you know it"
    for section, purpose in (("facts", "without them no matrix of who tells what"),
                             ("actors", "so that speakers and labels are joined"),
                             ("events", "for the chronology"), ("frames", "ways of presenting what happened")):
        if not getattr(book, section):
            yield f"codebook/{section}.yaml: {section}, {purpose}"


def _hint_unmatched(loaded) -> None:
    """Name the codes that no article shows: their wordings may want another look."""
    from . import analyse

    found = set(analyse(loaded.articles, loaded.codebook).codings["code_id"])  # the machine's: people need no wordings
    silent = [code_id for _, code_id, _ in loaded.codebook.codes() if code_id not in found]
    if silent:
        print(f"No article matches the wordings of: {', '.join(silent)}.")


@app.command()
def analyse(
    articles: Annotated[Path | None, typer.Argument(
        help="JSONL, CSV or Parquet with article_id and text, or a folder of .txt files.")] = None,
    out: Annotated[Path, typer.Option(help="Folder to write the tables to, as Parquet.")] = ...,
    story: Annotated[str | None, typer.Option(help="A story whose codebook to use; alone, its own articles.")] = None,
    workers: Annotated[int, typer.Option(min=1, help="Processes.")] = 1,
) -> None:
    """Annotate articles and write the tables as Parquet."""
    from . import analyse as run
    from .ingest import read_articles
    from .story import load_story

    loaded = load_story(story) if story else None
    if articles is None and loaded is None:
        raise InputError("there is nothing to analyse", "name a file or folder of articles, or --story NAME")
    for place in (out, *out.parents):
        if place.exists() and not place.is_dir():
            raise InputError("this is a file, not a folder", "name a folder for --out", file=place)
    source = read_articles(articles) if articles else loaded.articles
    tables = run(source, loaded.codebook if loaded else None, workers=workers)
    tables.write(out)
    told = tables.articles["account"].nunique()
    print(f"{len(tables.articles)} articles, {told} accounts: the tables are in {out}")


@app.command()
def bundle(
    story: Annotated[str, typer.Argument(help="A story: a name in data/, or a folder.")],
    without_texts: Annotated[bool, typer.Option("--without-texts", help="Leave the articles' words out.")] = False,
    out: Annotated[Path | None, typer.Option(
        help="The file to write. Default: STORY.zip, or STORY-without-texts.zip.")] = None,
) -> None:
    """Pack a story and its results into one file, with the articles' texts or without."""
    from . import analyse as run
    from .bundle import bundle as pack
    from .story import load_story

    loaded = load_story(story)
    target = out or Path(f"{loaded.name}{'-without-texts' if without_texts else ''}.zip")
    with errors.status("Reading the articles"):
        pack(loaded, run(loaded), target, texts=not without_texts)
    print(f"The bundle is {target}")
    print("It has no article's text: offsets, checksums, titles and URLs stand for them." if without_texts else
          "It holds the articles' texts: pass it on only to whom you may give them. --without-texts leaves them out.")


@app.command()
def unbundle(
    file: Annotated[Path, typer.Argument(help="A file that `tellings bundle` wrote.")],
    out: Annotated[Path, typer.Option(help="The story folder to make.")],
    texts: Annotated[Path | None, typer.Option(
        help="A folder with the articles' texts, where the bundle has none.")] = None,
) -> None:
    """Make a story folder of a bundle and the articles' texts, and say which texts match."""
    from .bundle import HOW
    from .bundle import unbundle as unpack
    from .show import visible

    matches, made = unpack(file, out, texts)
    shown = Table("article", "text", "file", "alike", "characters")
    for match in matches:
        alike = "" if match.similarity is None else f"about {match.similarity:.0%}"
        more = "" if match.more_characters is None else f"{match.more_characters:+}"
        shown.add_row(match.article_id, HOW[match.how], visible(match.file or ""), alike, more)
    Console(markup=False).print(shown)
    there = sum(match.how in ("identical", "restored") for match in matches)
    if not made:
        raise InputError(f"none of the texts of {len(matches)} articles is there, so no story was made",
                         "put them into a folder, and name it with --texts", file=file)
    print(f"The story is in {out}, with {there} of {len(matches)} articles.")
    if there < len(matches):
        print("The others are left out, with all that was coded in them; with their texts, unbundle again.")


@app.command()
def code(
    story: Annotated[str, typer.Argument(help="A story: a name in data/, or a folder.")],
    coder: Annotated[str, typer.Option(help="Your name or initials: the decisions are saved in codings/CODER.csv.")],
    show_machine: Annotated[bool, typer.Option("--show-machine", help="Show what the machine decided.")] = False,
) -> None:
    """Code the facts by hand, cell by cell; each decision is saved at once, and the next call goes on from there."""
    from . import analyse as run
    from . import walk
    from .codings import check_coder
    from .story import load_story

    check_coder(coder)
    loaded = load_story(story)
    with errors.status("Reading the articles"):
        tables = run(loaded)
    steps = walk.begin(loaded, tables, coder)
    try:
        while steps.cell:
            _show_cell(steps, tables, show_machine)
            steps = _step(steps, loaded, tables)
    except (EOFError, KeyboardInterrupt):
        print()
    file = loaded.folder / "codings" / f"{coder}.csv"
    print(f"{steps.left} of {len(steps.cells)} cells are left. Your decisions are in {file}")


def _show_cell(steps: Walk, tables: Tables, show_machine: bool) -> None:
    """Print the fact, how to decide it, and the passages to choose from; no word of an article is obeyed."""
    from . import walk
    from .measures import labels

    article_id, fact_id = steps.cell
    fact = tables.facts.set_index("fact_id").loc[fact_id]
    screen.rule()
    _say(f"{labels(tables.articles)[article_id]}: cell {steps.at + 1} of {len(steps.cells)}, {steps.left} left")
    _say(f"{fact_id}  {fact['statement']}", style="bold")
    _say(f"{fact['definition']}\nHow to decide: {fact['coding_rule']}\n")
    _show_sentences(walk.passages(steps, tables))
    if show_machine:
        _say(f"The machine: {walk.of_machine(steps, tables)}")
    if steps.cell in steps.decisions:
        _say(f"You decided: {steps.decisions[steps.cell].status}")


def _say(words: str, **style) -> None:
    screen.print(_visible(words), **style)


def _visible(words: str) -> str:
    from .show import visible

    return visible(words)


def _show_sentences(sentences: pd.DataFrame) -> None:
    for number, sentence in sentences["text"].items():
        _say(f"{number:4}  {' '.join(sentence.split())}")


def _step(steps: Walk, story: Story, tables: Tables) -> Walk:
    """Ask until there is a decision, or another cell to go to.

    Raises
    ------
    EOFError : the person wants to stop.
    """
    from . import walk

    note = ""
    statuses = "  ".join(f"{key} {status}" for key, status in walk.KEYS.items())
    while True:
        key = _ask(f"{statuses}  |  t whole text  n note  k skip  b back  q quit")
        if key in walk.KEYS:
            status = walk.KEYS[key]
            passage = None if status == "absent" else _ask_passage(walk.text_of(steps, tables))
            speaker = _ask_speaker(walk.speakers(steps, tables)) if status in walk.SPEAKING else ""
            return walk.decide(steps, story, status, passage=passage, speaker=speaker, note=note)
        if key in ("k", "b"):
            return walk.skip(steps) if key == "k" else walk.back(steps)
        if key == "q":
            raise EOFError
        if key == "t":
            _show_sentences(walk.text_of(steps, tables))
        elif key == "n":
            note = _ask("Your note")
        else:
            _say("\n".join(f"{key}  {status}: {walk.MEANING[status]}" for key, status in walk.KEYS.items()))


def _ask(question: str) -> str:
    return screen.input(f"{question}: ", markup=False).strip()


def _ask_passage(sentences: pd.DataFrame) -> pd.Series:
    while True:
        number = _ask("Which passage shows it? Its number")
        if number.isdecimal() and int(number) in sentences.index:
            return sentences.loc[int(number)]
        if number == "t":
            _show_sentences(sentences)
        else:
            _say(f"Give a number from {sentences.index.min()} to {sentences.index.max()}; t shows the whole text.")


def _ask_speaker(names: list[str]) -> str:
    """Return a name chosen by its number, or typed; nothing where it is not known."""
    for number, name in enumerate(names, 1):
        _say(f"{number:4}  {name}")
    answer = _ask("Who says it? A number, a name, or nothing where the text does not tell")
    return names[int(answer) - 1] if answer.isdecimal() and 0 < int(answer) <= len(names) else answer


def main() -> None:
    """Run the command; what a person can mend is told in one message, with exit status 2."""
    try:
        app()
    except (InputError, OSError) as error:
        errors.print(f"tellings: {error}", markup=False)
        sys.exit(2)
    except ReportError as error:
        errors.print(f"tellings: {error}", markup=False)
        sys.exit(1)
