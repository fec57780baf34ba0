"""Through whom words came to the outlets: a small graph of what the texts say."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from .picture import BLUE, MARGIN, QUIET, RULE, VERMILION, WIDTH, Picture, Sheet, nothing, styled
from .words import LINE, SMALL, clean, count, names, state_of_texts, wrap

INNER = WIDTH - 2 * MARGIN
COLUMNS = ((0.0, 2.3), (3.6, 5.2), (6.5, INNER))  # inches from the left: speakers, media, outlets
PORT = 0.14  # inches between two chains at a node
GAP = 0.16  # inches between two nodes
PAD = 0.1  # inches around a node's name
MOST = 40  # chains that are drawn: with more, no line can be followed
KINDS = {  # colour, dashes and mark of a chain
    "own": (BLUE, "-", "o", "told to the outlet itself"),
    "medium": (VERMILION, (0, (4, 2)), "s", "told to another medium, or passed on by it"),
    "unnamed press": (QUIET, (0, (1, 1.5)), "D", "told to the press, no medium named"),
}
CAPTION = (
    "Each line is what an article says of its own words: who told whom, or which medium passed them on; a line "
    "without a beginning is a credit, or a report that names no speaker. Nothing is concluded: an outlet that does "
    "not say where its words come from has no line, and where an outlet is unknown, the medium that was told may be "
    "itself. Found by a machine.")


@styled
def chains(chains: pd.DataFrame, articles: pd.DataFrame) -> Picture:
    """Draw from whom words came, through which medium, to which outlet, as the articles say it.

    Parameters
    ----------
    chains : from `measures.relays.chains`.
    articles : the table of that name.

    Returns
    -------
    Picture. Each chain is a line on `axes`, labelled "speaker → medium → outlet"; it leaves a medium at the height at
    which it came, so that it can be followed. X and y are inches.

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": ["000"], "outlet": ["The Echo"], "condition": ["complete"]})
    >>> found = pd.DataFrame({"article_id": ["000"], "speaker": ["Ann Berg"], "medium": ["AP"], "own": [False],
    ...                       "medium_kind": ["medium"], "text": ["told AP"], "places": [1]})
    >>> from analysis import figures
    >>> figures.chains(found, articles).title
    '1 of 1 article says that words came through another medium, none that the outlet itself was told'
    """
    label = names(articles)
    shown = _shown(chains, label)
    if shown.empty:
        return nothing("No chain to show", "No article says to whom, or through which medium, words came.")
    drawn = _in_order(shown.head(MOST))
    nodes = [_nodes(drawn, column, place) for place, column in enumerate(("speaker", "medium", "outlet"))]
    height = max(sum(node.height + GAP for node in column.values()) for column in nodes)

    sheet = Sheet(_title(shown, label))
    sheet.key([([{"marker": mark, "s": 28, "color": colour}], told) for kind, (colour, _, mark, told) in KINDS.items()
               if kind in set(drawn["kind"])])
    axes = sheet.axes(MARGIN, sheet.take(0.3 + height), INNER, 0.3 + height, label="chains")
    axes.set(xlim=(0, INNER), ylim=(0.3 + height, 0))
    for (left, right), head, side, column in zip(COLUMNS, ("who says it", "to or through whom", "outlet"),
                                                 ("right", "center", "left"), nodes):
        axes.text(_beside(left, right, side), 0.1, head, size=SMALL, color=QUIET, ha=side, va="center_baseline")
        top = 0.3 + (height - sum(node.height + GAP for node in column.values())) / 2
        for node in column.values():
            node.top, top = top, top + node.height + GAP
            _draw_node(axes, node, left, right, side)
    for row in drawn.itertuples():
        _draw_chain(axes, row, nodes)
    return sheet.picture(axes, CAPTION + _left_out(chains, shown, label) + state_of_texts(articles), _alt(shown, label))


@dataclass
class _Node:
    text: str
    ports: list[int] = field(default_factory=list)  # chains, from the top
    top: float = 0.0

    @property
    def height(self) -> float:
        return max((self.text.count("\n") + 1) * SMALL * LINE + PAD, len(self.ports) * PORT)

    def at(self, chain: int) -> float:
        return self.top + self.height / 2 + (self.ports.index(chain) - (len(self.ports) - 1) / 2) * PORT


def _shown(chains: pd.DataFrame, label: dict[str, str]) -> pd.DataFrame:
    """Leave out crowds, and outlets that only name themselves; name the kind and the outlet of each chain."""
    told = chains["medium_kind"].ne("audience") & ~(chains["own"] & chains["speaker"].isna())
    kept = chains[told & chains["article_id"].isin(label)].reset_index(drop=True)
    return kept.assign(kind=kept["medium_kind"].where(~kept["own"], "own"), outlet=kept["article_id"].map(label),
                       speaker=kept["speaker"].map(clean, na_action="ignore").astype("str"),
                       medium=kept["medium"].map(clean))


def _left_out(chains: pd.DataFrame, shown: pd.DataFrame, label: dict[str, str]) -> str:
    """Say how much is not drawn: told to people who are no medium, or beyond what has room."""
    crowds = chains.loc[chains["article_id"].isin(label) & chains["medium_kind"].eq("audience"), "places"].sum()
    more = len(shown) - MOST
    told = f" Not drawn: {count(int(crowds), 'place')} where an audience is told that is no medium." if crowds else ""
    return told + (f" Not drawn for want of room: {count(more, 'chain')}." if more > 0 else "")


def _in_order(drawn: pd.DataFrame) -> pd.DataFrame:
    """Sort chains so that lines cross little: by outlet, then those of a medium and of a speaker together."""
    first = {column: {name: place for place, name in enumerate(drawn[column].dropna().drop_duplicates())}
             for column in ("outlet", "medium", "speaker")}
    keys = pd.DataFrame({column: drawn[column].map(places).fillna(len(drawn)) for column, places in first.items()})
    return drawn.loc[keys.sort_values(["outlet", "medium", "speaker"], kind="stable").index].reset_index(drop=True)


def _nodes(drawn: pd.DataFrame, column: str, place: int) -> dict[str, _Node]:
    left, right = COLUMNS[place]
    nodes: dict[str, _Node] = {}
    for chain, name in drawn[column].dropna().items():
        nodes.setdefault(name, _Node(wrap(name, right - left - PAD))).ports.append(chain)
    return nodes


def _beside(left: float, right: float, side: str) -> float:
    return {"right": right - 0.06, "center": (left + right) / 2, "left": left + 0.06}[side]


def _draw_node(axes: Axes, node: _Node, left: float, right: float, side: str) -> None:
    if side != "center":  # what gathers the lines of one node
        edge = right if side == "right" else left
        ends = (node.at(node.ports[0]) - PORT / 3, node.at(node.ports[-1]) + PORT / 3)
        axes.plot([edge, edge], ends, color=QUIET, linewidth=1.2)
    else:
        ys = node.top + node.height * np.array([0, 0, 1, 1, 0])
        axes.plot([left, right, right, left, left], ys, color=RULE, linewidth=0.8)
    axes.text(_beside(left, right, side), node.top + node.height / 2, node.text, size=SMALL, ha=side, va="center",
              multialignment=side, linespacing=1.15)


def _draw_chain(axes: Axes, row, nodes: list[dict[str, _Node]]) -> None:
    """Draw one chain: a curve to the medium and one from it, with its mark where it leaves the medium."""
    colour, dashes, mark, _ = KINDS[row.kind]
    said = isinstance(row.speaker, str)
    known = zip((row.speaker, row.medium, row.outlet), nodes, COLUMNS)
    heights = [column[name].at(row.Index) if isinstance(name, str) else None for name, column, _ in known]
    ease = (1 - np.cos(np.linspace(0, np.pi, 24))) / 2
    xs, ys = [], []
    for place in (0, 1) if said else (1,):
        start, end = COLUMNS[place][1], COLUMNS[place + 1][0]
        xs += [*np.linspace(start, end, 24), np.nan]
        ys += [*(heights[place] + (heights[place + 1] - heights[place]) * ease), np.nan]
    label = " → ".join([*([row.speaker] if said else []), row.medium, row.outlet])
    axes.plot(xs, ys, color=colour, linestyle=dashes, linewidth=1.4, label=label, gid=row.kind)
    axes.scatter([COLUMNS[1][1]], [heights[1]], marker=mark, s=22, color=colour, zorder=3)


def _title(shown: pd.DataFrame, label: dict[str, str]) -> str:
    passed, told = (shown.loc[shown["kind"].eq(kind), "article_id"].nunique() for kind in ("medium", "own"))
    return (f"{passed or 'None'} of {count(len(label), 'article')} {'say' if passed > 1 else 'says'} that words came "
            f"through another medium, {told or 'none'} that the outlet itself was told")


def _alt(shown: pd.DataFrame, label: dict[str, str]) -> str:
    said = shown["speaker"].fillna("nobody named") + " → " + shown["medium"] + " (“" + shown["text"].map(clean) + "”)"
    told = [f"{count(len(shown), 'chain')} in {count(len(label), 'article')}: from whom, through whom, to what outlet."]
    for article_id, name in label.items():
        told.append(f"{name}: {'; '.join(said[shown['article_id'].eq(article_id)]) or 'says nothing of it'}.")
    return " ".join(told)
