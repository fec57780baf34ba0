"""`tellings report`, `lab` and `analyse`: what comes out of a story or a corpus."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import Progress

from ..errors import InputError
from .screen import errors

# JupyterLab would ask two servers for news and for newer versions; nothing here uses the network unasked.
OFFLINE = ["--LabApp.news_url=None", "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate"]


def report(
    story: Annotated[str | None, typer.Argument(
        help="A story: a name in data/, or a folder. Default: the one chosen in notebook 00, else the first.")] = None,
) -> None:
    """Render a story's report to reports/STORY/index.html, one page that needs no network."""
    from ..report import write_report
    from ..story import load_story

    loaded = load_story(story)
    target = Path("reports") / loaded.name / "index.html"
    with Progress(console=errors) as bar:
        task = bar.add_task(f"Telling {loaded.name}", total=None)
        write_report(loaded, target, progress=lambda done, total: bar.update(task, completed=done, total=total))
    print(f"The report is {target}")


def lab() -> None:
    """Open the notebooks in JupyterLab."""
    from ..report import ROOT

    raise typer.Exit(subprocess.call([sys.executable, "-m", "jupyterlab", str(ROOT / "notebooks"), *OFFLINE]))


def analyse(
    articles: Annotated[Path | None, typer.Argument(
        help="JSONL, CSV or Parquet with article_id and text, or a folder of .txt files.")] = None,
    out: Annotated[Path, typer.Option(help="Folder to write the tables to, as Parquet.")] = ...,
    story: Annotated[str | None, typer.Option(help="A story whose codebook to use; alone, its own articles.")] = None,
    workers: Annotated[int, typer.Option(min=1, help="Processes.")] = 1,
) -> None:
    """Annotate articles and write the tables as Parquet."""
    from .. import analyse as run
    from ..ingest import read_articles
    from ..story import load_story

    if articles is None and story is None:
        raise InputError("there is nothing to analyse", "name a file or folder of articles, or --story NAME")
    for place in (out, *out.parents):
        if place.exists() and not place.is_dir():
            raise InputError("this is a file, not a folder", "name a folder for --out", file=place)
    loaded = load_story(story) if story else None
    source = read_articles(articles) if articles else loaded.articles
    coding = {"codebook": loaded.codebook, "model": loaded.about.model} if loaded else {}
    tables = run(source, **coding, workers=workers)
    tables.write(out)
    told = tables.articles["account"].nunique()
    print(f"{len(tables.articles)} articles, {told} accounts: the tables are in {out}")
