"""Which frames, in the outlet's own voice or a quoted one."""

from __future__ import annotations

from math import ceil

import pandas as pd
from matplotlib.axes import Axes

from .picture import (BLUE, INK, MARGIN, QUIET, RULE, VERMILION, WIDTH, Heads, Picture, Sheet, look, nothing, squares,
                      styled)
from .words import BODY, LINE, SMALL, count, listed, measure, names, plain, shorten, state_of_texts, wrap

# Side, filling and colour each tell the voice.
VOICES = {"own": look(BLUE), "quoted": look(VERMILION, hatched=True)}
COLUMNS = 6  # articles side by side; with more, a column is too narrow for bars and their numbers
FRAME = 2.3  # inches at most for a frame's name
TOTAL = 0.6  # inches for its devices in all
ROW = 0.22  # inches of height
GAP = 0.18  # inches between two columns
HEAD = 1.8  # inches that do for an outlet's name
DEVICE = 0.35  # inches at most for one device: few devices are not to look like many
CAPTION = (
    "Each row is a frame of the codebook, each column an article, all on the same scale. Bars count framing devices, "
    "the words that carry a frame: filled and to the left where the outlet says them itself, hatched and to the right"
    " where it quotes somebody. A grey number is the frame's devices in all. Whom to quote is an outlet's choice too,"
    " and long articles have room for more devices.")


@styled
def framing(by_voice: pd.DataFrame, frames: pd.DataFrame, articles: pd.DataFrame) -> Picture:
    """Draw each frame's devices (rows) in each article (columns): own voice to the left, quoted voices to the right.

    Parameters
    ----------
    by_voice : from `measures.framing.by_voice`.
    frames, articles : the tables of those names.

    Returns
    -------
    Picture. Each article has Axes of its own, labelled by its id, where x counts devices: own below zero, quoted above.

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": ["000"], "outlet": ["TASS"], "condition": ["complete"]})
    >>> frames = pd.DataFrame({"frame_id": ["blame"], "name": ["Blame"]})
    >>> pairs = pd.MultiIndex.from_tuples([("blame", "000")], names=["frame_id", "article_id"])
    >>> framing(pd.DataFrame({"own": [1], "quoted": [3]}, index=pairs), frames, articles).title
    'Most framing is done in quoted voices: 3 of 4 devices'
    """
    label, name = names(articles), dict(zip(frames["frame_id"], frames["name"].map(plain)))
    pairs = pd.MultiIndex.from_product([list(name), list(label)], names=["frame_id", "article_id"])
    counts = by_voice.reindex(pairs, fill_value=0)[["own", "quoted"]].astype(int)
    if not counts.to_numpy().sum():
        return nothing("No framing to show",
                       "There is no article, no frame to look for, or no framing device was found.")
    per_frame = counts.groupby("frame_id", sort=False).sum()
    totals = per_frame.sum(axis=1).sort_values(ascending=False, kind="stable")
    ordered, absent = list(totals.index[totals.gt(0)]), [name[i] for i in totals.index[totals.eq(0)]]

    sheet = Sheet(_framing_title(per_frame["own"].sum(), per_frame["quoted"].sum(), len(label)))
    sheet.key(squares({"left: the outlet's own voice": VOICES["own"], "right: quoted voices": VOICES["quoted"]}))
    bands = ceil(len(label) / COLUMNS)
    in_band = ceil(len(label) / bands)
    left = MARGIN + min(FRAME, max(measure(name[i], size=BODY) for i in ordered)) + TOTAL
    widest = (WIDTH - MARGIN - left) / in_band - GAP
    unit, middle, right = _scale(counts, widest)
    column = max(middle + right, min(widest, HEAD)) + GAP
    drawn = [_band(sheet, counts, ordered, {i: label[i] for i in list(label)[first: first + in_band]}, name, left=left,
                   column=column, middle=middle, unit=unit) for first in range(0, len(label), in_band)]
    if absent:
        words = wrap(f"No device found: {listed(absent)}.", WIDTH - 2 * MARGIN, lines=4)
        strip = sheet.strip((words.count("\n") + 1) * SMALL * LINE + 0.05)
        strip.text(0, 0, words, size=SMALL, color=QUIET, va="top")
    alt = _framing_alt(counts, ordered, absent, name, label)
    return sheet.picture(drawn[0], CAPTION + state_of_texts(articles), alt)


def _scale(counts: pd.DataFrame, width: float) -> tuple[float, float, float]:
    """Return the width of one device and what is needed left and right of the middle line, in inches."""
    own, quoted = counts.max().clip(lower=1)
    number = measure(str(counts.to_numpy().max())) + 0.08
    left, right = measure("own") + 0.1, measure("quoted") + 0.1  # at least, for the headings
    room = width - number
    unit = min(DEVICE, (room - number) / (own + quoted), (room - left) / quoted, (room - right) / own)
    return unit, max(left, own * unit + number), max(right, quoted * unit + number)


def _band(sheet: Sheet, counts: pd.DataFrame, ordered: list[str], label: dict[str, str], name: dict[str, str], *,
          left: float, column: float, middle: float, unit: float) -> Axes:
    """Draw some articles side by side, with the names of the frames; return the first one's Axes."""
    heads = Heads.fit(list(label.values()), column)
    height = ROW * (len(ordered) + 2)
    top = sheet.take(heads.height + height + 0.14) + heads.height
    rows = sheet.axes(MARGIN, top, left - MARGIN + column * len(label), height, label="frames")
    rows.set(xlim=(0, left - MARGIN + column * len(label)), ylim=(height, 0))
    heads.draw(rows, [left - MARGIN + column * place + (column - GAP) / 2 for place in range(len(label))], -0.02)
    rows.text(0, 1.5 * ROW, "all frames", size=BODY, weight="bold", va="center_baseline")
    totals = counts.groupby("frame_id").sum().sum(axis=1)
    for number, frame_id in enumerate(ordered):
        y = ROW * (number + 2.5)
        rows.text(0, y, shorten(name[frame_id], FRAME, size=BODY), size=BODY, va="center_baseline")
        rows.text(left - MARGIN - 0.25, y, str(totals[frame_id]), size=SMALL, color=QUIET, ha="right",
                  va="center_baseline")
        rows.axhline(ROW * (number + 2), color=RULE, linewidth=0.5, zorder=0)
    found = [sheet.axes(left + column * place, top, column - GAP, height, label=article_id)
             for place, article_id in enumerate(label)]
    for axes in found:
        axes.set(xlim=(-middle / unit, (column - GAP - middle) / unit), ylim=(height, 0))
        _draw_article(axes, counts.xs(axes.get_label(), level="article_id").loc[ordered], 0.05 / unit)
    return found[0]


def _draw_article(axes: Axes, counts: pd.DataFrame, space: float) -> None:
    """Draw one article's bars; `space` is what parts a bar from its number."""
    axes.plot([0, 0], [ROW, ROW * (len(counts) + 2)], color=INK, linewidth=0.8, zorder=3)
    for voice, side, align in (("own", -1, "right"), ("quoted", 1, "left")):
        how = {"size": SMALL, "ha": align, "va": "center_baseline"}
        axes.text(side * space, 0.5 * ROW, voice, color=QUIET, **how)
        axes.text(side * space, 1.5 * ROW, str(counts[voice].sum()), weight="bold", **how)
        for number, devices in enumerate(counts[voice]):
            if devices:
                y = ROW * (number + 2.5)
                axes.barh(y, side * devices, height=0.14, linewidth=0.8, label=voice, **VOICES[voice])
                axes.text(side * (devices + space), y, str(devices), **how)


def _framing_title(own: int, quoted: int, outlets: int) -> str:
    whole = count(own + quoted, "device")
    if own == quoted:
        return f"Framing is half in own, half in quoted voices: {own} of {whole} each"
    own_voice = "the outlet's own voice" if outlets == 1 else "the outlets' own voice"
    voice = "quoted voices" if quoted > own else own_voice
    return f"{'Most' if min(own, quoted) else 'All'} framing is done in {voice}: {max(own, quoted)} of {whole}"


def _framing_alt(counts: pd.DataFrame, ordered: list[str], absent: list[str], name: dict[str, str],
                 label: dict[str, str]) -> str:
    told = [f"Framing devices of {count(len(ordered), 'frame')} in {count(len(label), 'article')}."]
    for article_id, devices in counts.groupby("article_id").sum().reindex(label).iterrows():
        told.append(f"{label[article_id]}: {devices['own']} own, {devices['quoted']} quoted.")
    for frame_id in ordered:
        devices = counts.loc[frame_id]
        where = "; ".join(f"{label[i]} {own} own, {quoted} quoted" for i, own, quoted in devices.itertuples()
                          if own + quoted)
        told.append(f"{name[frame_id]}: {devices['own'].sum()} own, {devices['quoted'].sum()} quoted ({where}).")
    if absent:
        told.append(f"No device found: {listed(absent)}.")
    return " ".join(told)
