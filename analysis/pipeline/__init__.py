"""Articles → annotated Docs → tables.

model       the English model, with Tellings' components around its own
rows        what an annotated Doc gives to each table
reading     articles → tables, doing again only what is not kept of an earlier run
vocabulary  what of a codebook an article's words can show
parse       spaCy's parse of an article, as it is kept
cache       where all that is kept
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from itertools import chain, repeat

import pandas as pd

from .. import tables
from ..articles import Article
from ..codebook import Codebook
from .cache import Cache, cache_folder
from .model import BATCH, annotate, build, load_model
from .reading import Reading
from .rows import rows_of

__all__ = ["annotate", "build", "load_model", "rows_of", "run"]


def run(articles: list[Article], codebook: Codebook | None = None, *, model: str | None = None,
        workers: int = 1) -> dict[str, pd.DataFrame]:
    """Annotate articles and return the tables.

    What was read before is not read again; see `analysis.pipeline.reading`.

    Parameters
    ----------
    codebook : where there is one, mentions and codings are found too.
    model : a spaCy model, an installed package or a folder; by default the English one.
    workers : processes; the tables are the same for any number.

    Returns
    -------
    dict of DataFrames articles, sentences, mentions, times, quotations, relays, deeds, codings, as
    `analysis.tables` has them.
    """
    found: dict[str, dict[str, list]] = defaultdict(lambda: defaultdict(list))
    batches = [articles[i : i + BATCH] for i in range(0, len(articles), BATCH)]
    alone = workers == 1
    for of_article in _here(batches, codebook, model) if alone else _in_processes(batches, codebook, model, workers):
        for name, columns in of_article.items():
            for column, cells in columns.items():
                found[name][column] += cells
    names = ("articles", "sentences", "mentions", "times", "quotations", "relays", "deeds", "codings")
    return {name: tables.frame(name, pd.DataFrame(found[name])) for name in names}


def _here(batches: list[list[Article]], codebook: Codebook | None, model: str | None) -> Iterator[dict]:
    with Cache(cache_folder()) as cache:
        reading = Reading(codebook, cache, model)
        for batch in batches:
            yield from reading.tables(batch)


def _in_processes(batches: list[list[Article]], codebook: Codebook | None, model: str | None,
                  workers: int) -> Iterator[dict]:
    """Run in processes; only columns travel back, which is less than the Docs that nlp.pipe would send."""
    dumped = codebook.model_dump_json(by_alias=True, exclude_none=True) if codebook else None
    with ProcessPoolExecutor(workers) as pool:
        yield from chain.from_iterable(pool.map(_tables_of_batch, batches, repeat(dumped), repeat(model)))


def _tables_of_batch(batch: list[Article], dumped: str | None, model: str | None) -> list[dict]:
    return list(_here([batch], Codebook.model_validate_json(dumped) if dumped else None, model))
