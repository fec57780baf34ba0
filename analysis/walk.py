"""A walk through the cells that a person codes: the same for the terminal and for the notebook.

Blind by default: the passages to choose from are as many and in the same order whether or not the machine found
the fact, so that agreement with the machine means something.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from . import codings
from .codings import SPEAKING, Decision
from .measures import nearest, sentence_of
from .story import Story
from .tables import Tables

PASSAGES = 5  # that are offered for a cell: enough for what a fact is spread over, few enough to read each time
KEYS = {"s": "stated", "a": "attributed", "d": "disputed", "x": "absent"}
MEANING = {"stated": "the outlet says it itself", "attributed": "only somebody it quotes says it",
           "disputed": "the article itself reports that somebody denies it", "absent": "the article does not have it"}


@dataclass(frozen=True)
class Walk:
    """Where a coder stands: the cells in order, the decisions so far, and the place in the order.

    `at` is the length of `cells` where the walk is at its end.
    """

    coder: str
    cells: tuple[tuple[str, str], ...]
    decisions: dict[tuple[str, str], Decision]
    at: int = 0

    @property
    def cell(self) -> tuple[str, str] | None:
        """The article_id and fact_id to decide now; None at the end."""
        return self.cells[self.at] if self.at < len(self.cells) else None

    @property
    def left(self) -> int:
        """The number of cells that nobody with this name has decided."""
        return sum(cell not in self.decisions for cell in self.cells)


def begin(story: Story, tables: Tables, coder: str) -> Walk:
    """Return a walk article by article, at the first cell that the coder has not decided.

    An article without running news has no cells.

    Raises
    ------
    InputError : the coder's id is no good, or the file of earlier decisions has a mistake.
    """
    folder = story.folder / "codings"
    earlier = codings.read_coder(folder / f"{codings.check_coder(coder)}.csv", story.articles, story.codebook)
    cells = tables.cells[tables.cells["coder"].eq("machine")]
    order = tuple(zip(cells["article_id"], cells["fact_id"]))
    return skip(Walk(coder, order, {one.cell: one for one in earlier}, at=-1))


def skip(walk: Walk) -> Walk:
    """Go to the next cell that is not decided, or to the end.

    Examples
    --------
    >>> walk = Walk("ann", (("a", "F1"), ("a", "F2"), ("a", "F3")), {("a", "F2"): Decision("ann", "a", "F2", "absent")})
    >>> skip(walk).cell, skip(skip(walk)).cell, back(skip(walk)).cell
    (('a', 'F3'), None, ('a', 'F2'))
    """
    after = range(walk.at + 1, len(walk.cells))
    return replace(walk, at=next((i for i in after if walk.cells[i] not in walk.decisions), len(walk.cells)))


def back(walk: Walk) -> Walk:
    """Go to the cell before, decided or not; the first stays the first."""
    return replace(walk, at=max(walk.at - 1, 0))


def decide(walk: Walk, story: Story, status: str, *, passage: pd.Series | None = None, speaker: str = "",
           note: str = "") -> Walk:
    """Save a decision on the cell, and go to the next one.

    Parameters
    ----------
    passage : the row of `sentences` that shows the fact; none where it is absent.
    speaker : who says it where the status is attributed or disputed; may be empty.
    """
    if (passage is None) != (status == "absent"):
        raise ValueError("a fact has evidence where it is not absent, and only there")
    start, end = (None, None) if passage is None else (int(passage["start"]), int(passage["end"]))
    said_by = _typed(speaker) if status in SPEAKING else None
    decision = Decision(walk.coder, *walk.cell, status, said_by, start, end, _typed(note))
    saved = codings.record(story.folder / "codings", decision, story.articles, story.codebook)
    return skip(replace(walk, decisions={one.cell: one for one in saved}))


def _typed(words: str) -> str | None:
    """Return what was typed, fit for a file: half characters, which a terminal may send, become question marks."""
    return words.strip().encode("utf-8", "replace").decode("utf-8") or None


def text_of(walk: Walk, tables: Tables) -> pd.DataFrame:
    """Return the sentences of the cell's article, indexed by their numbers from 1."""
    own = tables.sentences[tables.sentences["article_id"].eq(walk.cell[0])]
    return own.set_axis(own["position"] + 1)


def passages(walk: Walk, tables: Tables) -> pd.DataFrame:
    """Return the sentences to choose the evidence from, in the order of the text, indexed by their numbers from 1.

    They are those in which the machine found the fact, filled up with the most similar ones; always `PASSAGES`
    of them where the article has as many.
    """
    article_id, fact_id = walk.cell
    own = text_of(walk, tables)
    found = pd.concat([_of_machine(table, code, walk.cell) for table, code in (
        (tables.cells, "fact_id"), (tables.codings, "code_id"))])[["article_id", "start"]]
    found = found.dropna(subset=["start"]).astype({"start": "int64"}).reset_index(drop=True)
    numbers = list(dict.fromkeys(sentence_of(found, tables.sentences)["position"] + 1))
    fact = tables.facts[tables.facts["fact_id"].eq(fact_id)]
    [(_, alike)] = nearest.similarities(fact, own, tables.mentions, tables.times)
    numbers += [number for number in own.index[np.argsort(-alike, kind="stable")] if number not in numbers]
    return own.loc[sorted(numbers[:PASSAGES])]


def _of_machine(table: pd.DataFrame, code: str, cell: tuple[str, str]) -> pd.DataFrame:
    of_cell = table["coder"].eq("machine") & table["article_id"].eq(cell[0]) & table[code].eq(cell[1])
    return table[of_cell]


def speakers(walk: Walk, tables: Tables) -> list[str]:
    """Return the names to choose a speaker from: whom the article quotes, then whom else it mentions, as they come."""
    def own(table: pd.DataFrame) -> pd.DataFrame:
        return table[table["article_id"].eq(walk.cell[0])].sort_values("start")

    mentioned = own(tables.mentions)["actor_id"].map(tables.actors.set_index("actor_id")["name"])
    return list(dict.fromkeys([*own(tables.quotations)["speaker"].dropna(), *mentioned]))


def of_machine(walk: Walk, tables: Tables) -> str:
    """Say what the machine has in the cell, for who does not code blind."""
    own = _of_machine(tables.cells, "fact_id", walk.cell).iloc[0]
    return own["status"] + (f" by {own['speaker']}" if pd.notna(own["speaker"]) else "")
