"""How far coders agree: percent, Cohen's kappa, Krippendorff's alpha; and the machine against people, cell by cell.

Kappa: Cohen (1960), A coefficient of agreement for nominal scales. Alpha: Krippendorff (2011), Computing
Krippendorff's alpha-reliability. Both take the status of a cell, absent included, as a nominal value.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations

import krippendorff
import numpy as np
import pandas as pd

from ..tables import STATUSES, Tables
from . import labels
from .coverage import CELL
from .reliability import precision_recall

RESAMPLES = 1000  # as is usual for percentile intervals; their ends then vary by about a hundredth
SEED = 2021  # any fixed number: the same codings give the same interval
FEWEST = 10  # cells for an interval: of fewer, resamples are nearly all alike or nearly all undefined
COLUMNS = ["coders", "measure", "cells", "value", "low", "high"]
ORDER = ["all", "status", "outlet", "fact"]
SCORES = ["by", "of", "cells", "found", "coded", "precision", "recall", "f1", "right_status"]


def percent(codes: np.ndarray, times: np.ndarray) -> np.ndarray:
    """Return the share of cells on which two coders agree.

    Parameters
    ----------
    codes : a row a cell and a column a coder; statuses as numbers from 0, -1 where a coder has not coded the cell.
    times : a row a sample of as many cells, a column a cell: how often the sample has it. Ones take each cell once.

    Returns
    -------
    A value for each sample, here as in `kappa` and `alphas`.
    """
    return times @ (codes[:, 0] == codes[:, 1]) / len(codes)


def kappa(codes: np.ndarray, times: np.ndarray) -> np.ndarray:
    """Return Cohen's kappa of two coders; not a number where both gave all cells one and the same status.

    Examples
    --------
    >>> codes = np.array([[0, 0]] * 20 + [[0, 1]] * 5 + [[1, 0]] * 10 + [[1, 1]] * 15)  # 0.7 agree, by chance 0.5
    >>> kappa(codes, np.ones((1, 50))).round(6)
    array([0.4])
    """
    first, second = (times @ (column[:, np.newaxis] == np.arange(len(STATUSES))) / len(codes) for column in codes.T)
    chance = (first * second).sum(axis=1)
    return _ratio(percent(codes, times) - chance, 1 - chance)


def alpha(codes: np.ndarray) -> float:
    """Return Krippendorff's alpha; not a number where no status varies, or no cell has two coders.

    Examples
    --------
    >>> round(alpha(np.array([[0, 0], [0, 0], [0, 1], [1, 1], [1, -1]])), 3)
    0.533
    """
    votes = _votes(codes)
    if (votes.sum(axis=0) > 0).sum() < 2:
        return float("nan")
    return float(krippendorff.alpha(value_counts=votes, level_of_measurement="nominal"))


def alphas(codes: np.ndarray, times: np.ndarray) -> np.ndarray:
    """Return the alpha of each sample: the package's formula, which it computes for one at a time, over all at once."""
    votes, times = _votes(codes), times[:, (codes >= 0).sum(axis=1) > 1]
    values, alike = times @ votes, times @ ((votes * (votes - 1)).sum(axis=1) / (votes.sum(axis=1) - 1))
    number = values.sum(axis=1)
    return 1 - _ratio((number - 1) * (number - alike), number**2 - (values**2).sum(axis=1))


def _votes(codes: np.ndarray) -> np.ndarray:
    """Return how many coders gave each status, of the cells that have two coders."""
    votes = (codes[..., np.newaxis] == np.arange(codes.max(initial=0) + 1)).sum(axis=1)
    return votes[votes.sum(axis=1) > 1]


def _ratio(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
    return np.divide(part, whole, out=np.full(len(whole), np.nan), where=whole != 0)


def agreement(cells: pd.DataFrame) -> pd.DataFrame:
    """Measure how far coders agree on the status of the cells that they share.

    Parameters
    ----------
    cells : rows of the table `cells`, of the coders to compare.

    Returns
    -------
    DataFrame: coders, measure (percent, kappa, alpha), cells (that at least two of them coded), value, low, high. A row
    for each measure and pair of coders with cells in common and, of three coders or more, the alpha of all. `low` and
    `high` are the 95 % interval of a bootstrap over cells, empty where there are fewer than `FEWEST`. It takes the
    cells as independent, which those of one article are not quite, so the truth is less certain than it says.

    Examples
    --------
    >>> cells = pd.DataFrame([("a", "F1", "ann", "stated"), ("a", "F2", "ann", "absent"), ("a", "F1", "bob", "stated"),
    ...                       ("a", "F2", "bob", "stated")], columns=["article_id", "fact_id", "coder", "status"])
    >>> agreement(cells)[["coders", "measure", "cells", "value"]].to_string(index=False, header=False)
    'ann, bob percent 2 0.5\\nann, bob   kappa 2 0.0\\nann, bob   alpha 2 0.0'
    """
    wide = cells.pivot(index=CELL, columns="coder", values="status").sort_index()
    numbers = {status: number for number, status in enumerate(STATUSES)}
    codes = wide.apply(lambda column: column.map(numbers)).astype(float).fillna(-1).to_numpy(int)
    rows = []
    for pair in combinations(range(len(wide.columns)), 2):
        common = codes[:, pair][(codes[:, pair] >= 0).all(axis=1)]
        if len(common):
            measures = {"percent": percent, "kappa": kappa, "alpha": alphas}
            rows += _measured(", ".join(wide.columns[list(pair)]), common, measures)
    if len(wide.columns) > 2 and rows:
        shared = codes[(codes >= 0).sum(axis=1) > 1]
        rows += _measured(f"all {len(wide.columns)}: {', '.join(wide.columns)}", shared, {"alpha": alphas})
    return pd.DataFrame(rows, columns=COLUMNS)


def _measured(coders: str, codes: np.ndarray, measures: dict[str, Callable]) -> list[tuple]:
    """Return a row for each measure: its value, and its interval over resampled cells."""
    times = _resampled(len(codes))
    rows = []
    for name, measure in measures.items():
        value = alpha(codes) if measure is alphas else measure(codes, np.ones((1, len(codes))))[0]
        resampled = measure(codes, times)
        known = resampled[~np.isnan(resampled)]  # where nothing varies there is no kappa and no alpha
        low, high = np.percentile(known, [2.5, 97.5]) if len(known) and not np.isnan(value) else (np.nan, np.nan)
        rows.append((coders, name, len(codes), value, low, high))
    return rows


def _resampled(cells: int) -> np.ndarray:
    """Return how often each cell is in each resample: a row a resample, none of too few cells."""
    resamples = RESAMPLES if cells >= FEWEST else 0
    draws = np.random.default_rng(SEED).integers(cells, size=(resamples, cells))
    drawn = draws + cells * np.arange(resamples)[:, np.newaxis]  # numbered through, to be counted all at once
    return np.bincount(drawn.ravel(), minlength=resamples * cells).reshape(resamples, cells)


def with_gold(tables: Tables, gold: pd.DataFrame) -> pd.DataFrame:
    """Return the cells of all coders and, as the coder `gold`, what was coded by reading.

    Parameters
    ----------
    gold : `coverage` of `analysis.story.load_gold`.
    """
    return pd.concat([tables.cells, gold[gold.columns.intersection(tables.cells.columns)].assign(coder="gold")])


def by_people(cells: pd.DataFrame) -> pd.DataFrame:
    """Return the cells of `coverage` that a person decided."""
    return cells[cells["coder"].ne("machine")]


def of_machine(cells: pd.DataFrame, reference: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Score the machine's cells against people's, or against what was coded by reading.

    Parameters
    ----------
    cells : the table `cells`; the machine's rows are scored.
    reference : article_id, fact_id, status: from `by_people`, or gold.
    articles : the table of that name.

    Returns
    -------
    DataFrame: by (all, status, outlet, fact), of (which status, outlet or fact), cells (that the reference has), found
    (present by the machine), coded (present by the reference), precision, recall, f1 (of presence), right_status (share
    of the cells with the reference's status). In the rows by status, found and coded count the cells with that very
    status, and right_status is empty. No row where the reference has no cell.
    """
    machine = cells.loc[cells["coder"].eq("machine"), [*CELL, "status"]]
    both = machine.merge(reference[[*CELL, "status"]], on=CELL, suffixes=("", "_coded"))
    rows = []
    for status in STATUSES if len(both) else ():
        rows.append(("status", status, *_scores(both["status"].eq(status), both["status_coded"].eq(status)), None))
    groups = {"all": pd.Series("all", index=both.index), "outlet": both["article_id"].map(labels(articles)),
              "fact": both["fact_id"]}
    for by, names in groups.items():
        for name, own in both.groupby(names, sort=False):
            scores = _scores(own["status"].ne("absent"), own["status_coded"].ne("absent"))
            rows.append((by, name, *scores, own["status"].eq(own["status_coded"]).mean()))
    table = pd.DataFrame(rows, columns=SCORES).astype({"right_status": float})
    return table.sort_values("by", key=lambda by: by.map(ORDER.index), kind="stable").reset_index(drop=True)


def _scores(found: pd.Series, coded: pd.Series) -> tuple[float, ...]:
    hits, all_found, all_coded = int((found & coded).sum()), int(found.sum()), int(coded.sum())
    return len(found), all_found, all_coded, *precision_recall(hits, all_found, hits, all_coded).values()
