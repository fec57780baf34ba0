"""Tellings: one event, many tellings.

    >>> from analysis import load_story, analyse
    >>> story = load_story("russia-nato-2021")
    >>> tables = analyse(story)
    >>> tables.coverage["status"].value_counts().sum()  # 5 articles × 32 facts
    np.int64(160)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .articles import Article
    from .codebook import Codebook
    from .story import Story
    from .tables import Tables

__all__ = ["analyse", "load_story"]


def load_story(story=None) -> Story:
    """Load and check a story by name or folder; see `analysis.story.load_story`."""
    from .story import load_story

    return load_story(story)


def analyse(source: Story | list[Article], codebook: Codebook | None = None, *, model: str | None = None,
            workers: int = 1) -> Tables:
    """Annotate a story, or any articles, and return all tables.

    Parameters
    ----------
    source : a `Story`, what people coded in it included, or a list of `Article`, by the machine alone.
    codebook : for a list of articles, the codebook to code them with; a story brings its own.
    model : for a list of articles in another language than English, a spaCy model of it; a story names its own.
    workers : processes.

    Returns
    -------
    `analysis.tables.Tables`; its columns are defined in `analysis.tables`.
    """
    from . import codings, pipeline, tables
    from .codebook import Codebook
    from .measures import accounts, coverage

    alone = isinstance(source, list)
    articles, book = (source, codebook) if alone else (source.articles, source.codebook)
    found = pipeline.run(articles, book, model=model if alone else source.about.model, workers=workers)
    found["articles"] = accounts.told(found["articles"], found["sentences"])
    entries = {name: tables.frame(name, rows) for name, rows in (book or Codebook()).rows().items()}
    people = tables.frame("cells", [] if alone else codings.rows(source.codings, articles))
    compared = (found["sentences"], entries["facts"], found["mentions"], found["times"])
    machine = coverage.coverage(found["codings"], *compared)
    cells = coverage.decided(machine, people, *compared)
    found["codings"] = coverage.corrected(found["codings"], people)
    return tables.Tables(**found, cells=coverage.of_every_coder(machine, people), coverage=cells, **entries)
