"""The command `tellings`."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from .errors import InputError, ReportError

app = typer.Typer(help="One event, many tellings: a workbook for media analysis.", no_args_is_help=True,
                  add_completion=False, pretty_exceptions_enable=False)
errors = Console(stderr=True, soft_wrap=True, highlight=False)
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
    _hint_unmatched(loaded)


def _hint_unmatched(loaded) -> None:
    """Name the codes that no article shows: their wordings may want another look."""
    from . import analyse

    found = set(analyse(loaded).codings["code_id"])
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
    print(f"{len(tables.articles)} articles: the tables are in {out}")


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
