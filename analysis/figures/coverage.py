"""Which article has which fact: the matrix, and the vital facts counted."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from .picture import (BLUE, INK, MARGIN, PURPLE, QUIET, RULE, VERMILION, WIDTH, Heads, Picture, Sheet, look, nothing,
                      styled)
from .words import BODY, SMALL, clean, count, every, listed, measure, names, plain, short, state_of_texts, wrap

# Shape and colour each tell the status.
MARKS = {
    "stated": {"marker": "o", "color": BLUE, "s": 38},
    "attributed": {"marker": "D", "color": VERMILION, "s": 28},
    "disputed": {"marker": "X", "color": PURPLE, "s": 48},
    "absent": {"marker": "o", "color": "#949494", "s": 5},
}
PERSON = {"marker": "s", "facecolor": "none", "edgecolor": INK, "s": 120, "linewidth": 0.8}
STATEMENT = 4.85  # inches at least for a fact and its id
WIDEST = 1.1  # inches at most for a column: marks stand near their statement, also in a single article
NARROWEST = 0.3  # inches for a column: room for a mark and its sign
SPUN = "≈"
MATRIX_CAPTION = (
    "Each row is a fact of the codebook, each column an article. A circle: the outlet says it itself; a diamond: "
    "only somebody it quotes says it; a cross: the article itself calls it into question; a dot: not found. A hollow "
    "mark: part of the fact is missing. Not found is not omitted: look at the nearest passage before you conclude.")
RECALL_CAPTION = (
    "Bars are the share of the codebook's facts that were found in an article: the vital ones filled, the okay ones "
    "hatched. Long articles have room for more facts, and a fact that was not found need not be missing.")


@styled
def coverage_matrix(cells: pd.DataFrame, facts: pd.DataFrame, articles: pd.DataFrame) -> Picture:
    """Draw the matrix of facts (rows, the vital ones first) and articles (columns).

    Parameters
    ----------
    cells : the table `coverage`.
    facts, articles : the tables of those names.

    Returns
    -------
    Picture. Each status is a collection of marks on `axes`, labelled by its name, with "(partial)" where it is.

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": ["000"], "outlet": ["TASS"], "condition": ["complete"]})
    >>> facts = pd.DataFrame({"fact_id": ["F1"], "statement": ["The bridge is open."], "importance": ["vital"]})
    >>> cells = pd.DataFrame({"article_id": ["000"], "fact_id": ["F1"], "status": ["stated"], "coder": ["machine"],
    ...                       "completeness": ["full"], "spun": [False]})
    >>> coverage_matrix(cells, facts, articles).title
    'TASS has 1 of 1 fact'
    """
    label = names(articles)
    cells = cells[cells["article_id"].isin(label) & cells["fact_id"].isin(facts["fact_id"])]
    if cells.empty:
        return nothing("No coverage to show", "There is no article, or no fact to look for.")
    ordered = pd.concat([facts[facts["importance"].eq("vital")], facts[~facts["importance"].eq("vital")]])
    present = cells[cells["status"].ne("absent")]
    width = max(WIDTH, 2 * MARGIN + STATEMENT + NARROWEST * len(label))
    column = min(WIDEST, (width - 2 * MARGIN - STATEMENT) / len(label))
    statement = width - 2 * MARGIN - column * len(label)
    heads = Heads.fit(list(label.values()), column)

    sheet = Sheet(_matrix_title(present, facts, label), width=width)
    sheet.key(_key(cells))
    rows, total = _rows(ordered, statement)
    axes = sheet.axes(MARGIN + statement, sheet.take(heads.height + total) + heads.height, column * len(label), total,
                      label="coverage")
    axes.set(xlim=(-0.5, len(label) - 0.5), ylim=(total, 0))
    heads.draw(axes, list(range(len(label))), -0.02)
    _draw_rows(axes, rows, ordered, present, label, column, statement)
    x = {article_id: place for place, article_id in enumerate(label)}
    _draw_cells(axes, cells.assign(x=cells["article_id"].map(x), y=cells["fact_id"].map(rows)), column)
    return sheet.picture(axes, MATRIX_CAPTION + state_of_texts(articles), _matrix_alt(cells, present, facts, label))


def _rows(facts: pd.DataFrame, inches: float) -> tuple[dict, float]:
    """Return the middle of each fact's row, of the counts and of the headings, and the height of all, in inches."""
    rows, y = {}, 0.0
    for name in ("facts", "vital"):
        rows["found", name] = y + 0.09
        y += 0.18
    for importance, group in facts.groupby("importance", sort=False):
        rows["heading", importance] = y + 0.2
        y += 0.3
        for fact_id, statement in group[["fact_id", "statement"]].itertuples(index=False):
            height = 0.21 + 0.12 * wrap(statement, inches - 0.65).count("\n")
            rows[fact_id] = y + height / 2
            y += height
    return rows, y


def _draw_rows(axes: Axes, rows: dict[str, float], facts: pd.DataFrame, present: pd.DataFrame, label: dict[str, str],
               column: float, inches: float) -> None:
    def left(x: float, y: float, words: str, **how) -> None:
        axes.text(-0.5 - (inches - x) / column, y, words, va="center", linespacing=1.15, **{"size": SMALL, **how})

    vital = set(facts.loc[facts["importance"].eq("vital"), "fact_id"])
    for name, wanted in (("facts", set(facts["fact_id"])), ("vital", vital)):
        axes.text(-0.5 - 0.12 / column, rows["found", name], f"{name} found, of {len(wanted)}", size=SMALL, color=QUIET,
                  ha="right", va="center")
        for x, article_id in enumerate(label):
            found = present["article_id"].eq(article_id) & present["fact_id"].isin(wanted)
            axes.text(x, rows["found", name], str(found.sum()), size=BODY, weight="bold", ha="center", va="center")
    told = {"vital": "Vital: a telling without it is incomplete", "okay": "Okay: worth having"}
    for importance, group in facts.groupby("importance", sort=False):
        left(0, rows["heading", importance], told[importance], weight="bold", size=BODY)
        for fact_id, statement in group[["fact_id", "statement"]].itertuples(index=False):
            left(0, rows[fact_id], wrap(fact_id, 0.4, lines=1), color=QUIET)
            left(0.42, rows[fact_id], wrap(statement, inches - 0.65))
            axes.axhline(rows[fact_id], color=RULE, linewidth=0.5, zorder=0)


def _draw_cells(axes: Axes, cells: pd.DataFrame, column: float) -> None:
    for status, mark in MARKS.items():
        of_status = cells[cells["status"].eq(status)]
        partial = of_status["completeness"].eq("partial")
        for group, name, face in ((of_status[~partial], status, mark["color"]),
                                  (of_status[partial], f"{status} (partial)", "white")):
            if len(group):
                axes.scatter(group["x"], group["y"], label=name, **_mark(mark, face))
    person = cells[cells["coder"].ne("machine")]
    if len(person):
        axes.scatter(person["x"], person["y"], label="coded by a person", **PERSON)
    for cell in cells[cells["spun"] & cells["status"].ne("absent")].itertuples():
        axes.text(cell.x + 0.085 / column, cell.y, SPUN, size=SMALL, va="center_baseline", gid="spun")


def _mark(mark: dict, face: str) -> dict:
    return {"marker": mark["marker"], "s": mark["s"], "facecolor": face, "edgecolor": mark["color"], "linewidth": 1.1}


def _key(cells: pd.DataFrame) -> list[tuple[list[dict], str]]:
    """Explain the marks; the rarer signs only where they occur."""
    told = {"stated": "stated by the outlet", "attributed": "attributed to somebody",
            "disputed": "disputed by the article", "absent": "not found"}
    entries = [([_mark(mark, mark["color"])], told[status]) for status, mark in MARKS.items()]
    partial = cells.loc[cells["completeness"].eq("partial"), "status"]
    if len(partial):
        entries.append(([_mark(MARKS[status], "white") for status in partial.unique()[:1]], "partial"))
    if (cells["spun"] & cells["status"].ne("absent")).any():
        entries.append(([], f"{SPUN} found by altered words"))
    if cells["coder"].ne("machine").any():
        entries.append(([PERSON], "coded by a person"))
    return entries


def _matrix_title(present: pd.DataFrame, facts: pd.DataFrame, label: dict[str, str]) -> str:
    of_all = count(len(facts), "fact")
    if len(label) == 1:
        return f"{short(next(iter(label.values())))} has {len(present)} of {of_all}"
    told_by = present.groupby("fact_id").size()
    alone = int(told_by.eq(1).sum())
    in_all = int(told_by.eq(len(label)).sum())
    shared = f"{in_all or 'None'} of {of_all} {'is' if in_all < 2 else 'are'} in {every(len(label))}"
    return f"{shared}, {alone or 'none'} in one alone"


def _matrix_alt(cells: pd.DataFrame, present: pd.DataFrame, facts: pd.DataFrame, label: dict[str, str]) -> str:
    vital = set(facts.loc[facts["importance"].eq("vital"), "fact_id"])
    statement = dict(zip(facts["fact_id"], facts["statement"].map(clean).str.rstrip(".")))
    told = [f"Matrix of {count(len(facts), 'fact')}, {len(vital)} of them vital, in {count(len(label), 'article')}."]
    for article_id, name in label.items():
        own = cells[cells["article_id"].eq(article_id)]
        there = own[own["status"].ne("absent")]
        number = own["status"].value_counts()
        told.append(
            f"{name}: {len(there)} facts, {there['fact_id'].isin(vital).sum()} of {len(vital)} vital; "
            + ", ".join(f"{number.get(status, 0)} {status}" for status in MARKS)
            + f"; {there['completeness'].eq('partial').sum()} partial, {there['spun'].sum()} found by altered words.")
    numbers = present["fact_id"].value_counts().reindex(facts["fact_id"], fill_value=0)
    groups = {f"In {every(len(label))}": numbers.eq(len(label)), "In none": numbers.eq(0)}
    for heading, wanted in groups.items():
        told.append(f"{heading}: {'; '.join(statement[i] for i in numbers.index[wanted]) or 'no fact'}.")
    if len(label) > 1:
        only = present.drop_duplicates("fact_id").set_index("fact_id")["article_id"]
        alone = [f"{statement[i]} ({label[only[i]]})" for i in numbers.index[numbers.eq(1)]]
        told.append(f"In one alone: {'; '.join(alone) or 'no fact'}.")
    coders = cells.loc[cells["coder"].ne("machine"), "coder"].value_counts()
    told += [f"{count(number, 'cell')} coded by {clean(coder)}." for coder, number in coders.items()]
    return " ".join(told)


@styled
def vital_recall(recall: pd.DataFrame, articles: pd.DataFrame) -> Picture:
    """Draw how many of the vital and of the okay facts each article has.

    Parameters
    ----------
    recall : from `measures.coverage.recall`.
    articles : the table of that name.

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": ["000"], "outlet": ["TASS"], "condition": ["complete"]})
    >>> recall = pd.DataFrame({"vital": [3], "okay": [1], "vital_recall": [0.75], "okay_recall": [0.5]}, index=["000"])
    >>> vital_recall(recall, articles).title
    'TASS has 3 of 4 vital facts'
    """
    label = names(articles)
    recall = recall[recall.index.isin(label)].sort_values(["vital", "okay"], ascending=False, kind="stable")
    totals = {kind: total for kind in ("vital", "okay") if (total := _total(recall, kind)) is not None}
    if not totals:
        return nothing("No facts to count", "There is no article, or the codebook has no facts.")
    left = MARGIN + 0.12 + min(2.6, max(measure(plain(label[i]), size=BODY) for i in recall.index))
    sheet = Sheet(_recall_title(recall, totals, label))
    row = 0.22 * len(totals) + 0.16
    height = row * len(recall)
    axes = sheet.axes(left, sheet.take(height + 0.42), WIDTH - left - 1.15, height, label="recall")
    axes.set(xlim=(0, 1), ylim=(height, 0))
    for number, counts in enumerate(recall.to_dict("records")):
        _draw_shares(axes, counts, totals, row * number + 0.08)
    middles = [row * (number + 0.5) for number in range(len(recall))]
    axes.set_yticks(middles, [wrap(label[i], left - MARGIN - 0.1, size=BODY) for i in recall.index], fontsize=BODY)
    axes.set_xticks([0, 0.25, 0.5, 0.75, 1], ["0 %", "25 %", "50 %", "75 %", "100 %"], fontsize=SMALL, color=QUIET)
    axes.set_xlabel("of the codebook's facts", size=SMALL, color=QUIET)
    caption = RECALL_CAPTION + state_of_texts(articles)
    alt = " ".join(f"{label[i]}: " + ", ".join(
        _found(counts, kind, total) + (f" ({100 * counts[kind] / total:.0f} %)" if total else "")
        for kind, total in totals.items()) + "." for i, counts in recall.to_dict("index").items())
    return sheet.picture(axes, caption, f"Facts found, by article. {alt}")


def _draw_shares(axes: Axes, counts: dict, totals: dict[str, int], top: float) -> None:
    """Draw the bars of one article."""
    looks = {"vital": look(BLUE), "okay": look(BLUE, hatched=True)}
    for lane, (kind, total) in enumerate(totals.items()):
        y = top + 0.22 * lane + 0.11
        axes.barh(y, 1, height=0.16, color="#f0f0f0", zorder=0)
        axes.barh(y, counts[kind] / total if total else 0.0, height=0.16, label=kind, linewidth=0.8, **looks[kind])
        axes.text(1.015, y, _found(counts, kind, total), size=SMALL, va="center_baseline")


def _found(counts: dict, kind: str, total: int) -> str:
    return f"{counts[kind]:.0f} of {total} {kind}" if total else f"no {kind} fact"


def _total(recall: pd.DataFrame, kind: str) -> int | None:
    """Return how many facts of a kind the codebook has: None for none, 0 where nothing was found to tell it by."""
    shares = recall[f"{kind}_recall"].dropna()
    if shares.empty:
        return None
    found = recall.loc[shares.index, kind][shares.gt(0)]
    return round((found / shares[shares.gt(0)]).iloc[0]) if len(found) else 0


def _recall_title(recall: pd.DataFrame, totals: dict[str, int], label: dict[str, str]) -> str:
    kind = next(iter(totals))
    total = totals[kind]
    most, fewest = int(recall[kind].max()), int(recall[kind].min())
    if not total:
        return f"No {kind} fact was found"
    if most == fewest:
        who = short(label[recall.index[0]]) + " has" if len(recall) == 1 else f"{every(len(recall)).capitalize()} have"
        return f"{who} {most} of {total} {kind} facts"
    first = [short(label[i]) for i in recall.index[recall[kind].eq(most)]]
    last = [short(label[i]) for i in recall.index[recall[kind].eq(fewest)]]
    return f"Most {kind} facts: {_few(first)}, {most} of {total}; fewest: {_few(last)}, {fewest}"


def _few(found: list[str]) -> str:
    return listed(found) if len(found) <= 3 else f"{len(found)} articles"
