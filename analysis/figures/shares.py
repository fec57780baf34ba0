"""Whose voice: framing devices of the outlet's own and of quoted voices, and whose words the articles are made of."""

from __future__ import annotations

from math import ceil

import pandas as pd
from matplotlib.axes import Axes

from ..measures.voices import UNKNOWN
from .picture import (BLUE, BODY, GREEN, INK, LINE, MARGIN, ORANGE, PURPLE, QUIET, RULE, SKY, SMALL, VERMILION, WIDTH, Heads,
                      Picture, Sheet, count, listed, measure, names, nothing, plain, short, shorten, state_of_texts,
                      styled, wrap)


def _look(colour: str, *, hatched: bool = False) -> dict:
    return {"facecolor": "white" if hatched else colour, "edgecolor": colour, "hatch": "//////" if hatched else None}


def _key(looks: dict[str, dict]) -> list[tuple[list[dict], str]]:
    return [([{"marker": "s", "s": 75, "linewidth": 0.8, **look}], told) for told, look in looks.items()]


# Side, filling and colour each tell the voice.
VOICES = {"own": _look(BLUE), "quoted": _look(VERMILION, hatched=True)}
COLUMNS = 6  # articles side by side; with more, a column is too narrow for bars and their numbers
FRAME = 2.3  # inches at most for a frame's name
TOTAL = 0.6  # inches for its devices in all
ROW = 0.22  # inches of height
GAP = 0.18  # inches between two columns
HEAD = 1.8  # inches that do for an outlet's name
DEVICE = 0.35  # inches at most for one device: few devices are not to look like many

SPEAKERS = (BLUE, VERMILION, GREEN, PURPLE, ORANGE, SKY)  # for the most quoted of all articles
NARRATION, OTHERS = "#dedede", "#8a8a8a"
OWN = "own voice"
SMALLEST = 0.04  # of an article's words: a narrower segment has no room for its hatching
MOST = 6  # speakers with a segment of their own; with more, their names have no room beneath the bar
NAME = 1.8  # inches at most for a speaker's name
BAR, LEADER = 0.24, 0.18  # inches of height


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
        return nothing("No framing to show", "There is no article, no frame to look for, or no framing device was found.")
    per_frame = counts.groupby("frame_id", sort=False).sum()
    totals = per_frame.sum(axis=1).sort_values(ascending=False, kind="stable")
    ordered, absent = list(totals.index[totals.gt(0)]), [name[i] for i in totals.index[totals.eq(0)]]

    sheet = Sheet(_framing_title(per_frame["own"].sum(), per_frame["quoted"].sum(), len(label)))
    sheet.key(_key({"left: the outlet's own voice": VOICES["own"], "right: quoted voices": VOICES["quoted"]}))
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
    caption = (
        "Each row is a frame of the codebook, each column an article, all on the same scale. Bars count framing devices, "
        "the words that carry a frame: filled and to the left where the outlet says them itself, hatched and to the right "
        "where it quotes somebody. A grey number is the frame's devices in all. Whom to quote is an outlet's choice too, "
        "and long articles have room for more devices." + state_of_texts(articles))
    return sheet.picture(drawn[0], caption, _framing_alt(counts, ordered, absent, name, label))


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
        rows.text(left - MARGIN - 0.25, y, str(totals[frame_id]), size=SMALL, color=QUIET, ha="right", va="center_baseline")
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
        where = [f"{label[i]} {own} own, {quoted} quoted" for i, own, quoted in devices.itertuples() if own + quoted]
        told.append(f"{name[frame_id]}: {devices['own'].sum()} own, {devices['quoted'].sum()} quoted ({'; '.join(where)}).")
    if absent:
        told.append(f"No device found: {listed(absent)}.")
    return " ".join(told)


@styled
def share_of_voice(shares: pd.DataFrame, articles: pd.DataFrame) -> Picture:
    """Draw whose words each article is made of: its own, then each quoted speaker's, direct and indirect.

    Parameters
    ----------
    shares : from `measures.voices.shares`.
    articles : the table of that name.

    Returns
    -------
    Picture. Bars on `axes` are labelled by their speaker, with "(indirect)" where they are hatched; x is the share of
    the article's words, 0 to 1.

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": ["000"], "outlet": ["TASS"], "condition": ["complete"], "words": [90]})
    >>> shares = pd.DataFrame({"article_id": ["000"], "speaker": ["Ann Lee"], "words": [30], "direct_words": [10]})
    >>> share_of_voice(shares, articles).title
    'Ann Lee is heard most: 30 of 90 words'
    """
    label, words = names(articles), articles.set_index("article_id")["words"]
    shares = shares[shares["article_id"].isin(label) & shares["words"].gt(0)]
    shares = shares.assign(speaker=shares["speaker"].map(plain)).sort_values("words", ascending=False, kind="stable")
    if shares.empty:
        return nothing("No quoted voice to show", "There is no article, or nobody is quoted.")
    known = shares[shares["speaker"].ne(UNKNOWN)]
    heard = known.groupby("speaker")["words"].sum().sort_values(ascending=False, kind="stable")
    colour = dict(zip(heard.index, SPEAKERS))

    sheet = Sheet(_voice_title(known, heard, label, words))
    sheet.key(_key({"the outlet's own voice": _look(NARRATION), "a speaker's words, in quotation marks": _look(INK),
                    "a speaker's words, reported without them": _look(INK, hatched=True)}))
    rows = [_segments(shares[shares["article_id"].eq(i)], words[i]) for i in label]
    width = WIDTH - 2 * MARGIN
    fitted = [_labels(row, width) for row in rows]
    lines = [max(text.count("\n") + 1 for text, _ in of_row) for of_row in fitted]
    heights = [0.28 + BAR + LEADER + number * SMALL * LINE + 0.14 for number in lines]
    axes = sheet.axes(MARGIN, sheet.take(sum(heights)), width, sum(heights), label="voices")
    axes.set(xlim=(0, 1), ylim=(sum(heights), 0))
    for number, article_id in enumerate(label):
        top = sum(heights[:number])
        bold = {"size": BODY, "weight": "bold"}
        axes.text(0, top + 0.14, shorten(label[article_id], width - 1.5, **bold), va="center_baseline", **bold)
        axes.text(1, top + 0.14, count(words[article_id], "word"), size=SMALL, color=QUIET, ha="right",
                  va="center_baseline")
        _draw_bar(axes, rows[number], fitted[number], top + 0.28, colour, width)
    caption = (
        "Each bar is all words of an article: first the outlet's own, then those of everybody it quotes, the most quoted "
        "first. Filled: in quotation marks; hatched: reported without them. A colour is the same speaker throughout; grey "
        "are speakers less quoted. Whose words they are was told by a machine, which misses some, and where reported words "
        "end is open to dispute." + state_of_texts(articles))
    return sheet.picture(axes, caption, _voice_alt(shares, heard, label, words))


def _segments(shares: pd.DataFrame, words: int) -> list[tuple[str, float, float]]:
    """Part an article's words: each voice with its direct and its indirect share; small ones are put together."""
    whole = max(words, shares["words"].sum(), 1)
    small = shares["words"].lt(SMALLEST * whole) | (shares["words"].rank(method="first", ascending=False) > MOST)
    if small.sum() < 2:
        small[:] = False
    parts = list(shares.loc[~small, ["speaker", "direct_words", "words"]].itertuples(index=False, name=None))
    if small.any():
        parts.append((f"{small.sum()} others", *shares.loc[small, ["direct_words", "words"]].sum()))
    own = (OWN, (whole - shares["words"].sum()) / whole, 0.0)
    return [own, *((who, direct / whole, (told - direct) / whole) for who, direct, told in parts)]


def _labels(segments: list[tuple[str, float, float]], width: float) -> list[tuple[str, float]]:
    """Fit the names of segments beneath their bar, each with the place of its middle in inches, so that none overlap."""
    texts, middles, wide, start = [], [], [], 0.0
    for who, direct, indirect in segments:
        share = direct + indirect
        texts.append(f"{wrap(who, min(width / len(segments), NAME) - 0.14)}\n{_percent(share)}")
        wide.append(max(measure(line) for line in texts[-1].split("\n")) + 0.14)
        middles.append((start + share / 2) * width)
        start += share
    # Each as near to its segment as its neighbours let it: first pushed to the right, then back from the edge.
    edge = 0.0
    for place in range(len(wide)):
        middles[place] = max(middles[place], edge + wide[place] / 2)
        edge = middles[place] + wide[place] / 2
    edge = width
    for place in reversed(range(len(wide))):
        middles[place] = min(middles[place], edge - wide[place] / 2)
        edge = middles[place] - wide[place] / 2
    return list(zip(texts, middles))


def _draw_bar(axes: Axes, segments: list[tuple[str, float, float]], labels: list[tuple[str, float]], top: float,
              colour: dict[str, str], width: float) -> None:
    start, bottom = 0.0, top + BAR
    for (who, direct, indirect), (text, middle) in zip(segments, labels):
        shade = NARRATION if who == OWN else colour.get(who, OTHERS)
        for share, place, of_kind in ((direct, start, ""), (indirect, start + direct, " (indirect)")):
            if share:
                axes.barh(top + BAR / 2, share, left=place, height=BAR, label=who + of_kind, linewidth=0.8,
                          **_look(shade, hatched=bool(of_kind)))
        if start:
            axes.plot([start, start], [top - 0.02, bottom + 0.02], color="white", linewidth=2, zorder=3)
        half = start + (direct + indirect) / 2
        axes.plot([half, half, middle / width], [bottom + 0.01, bottom + 0.04, bottom + LEADER - 0.03], linewidth=0.9,
                  color=OTHERS if who == OWN else shade)
        axes.text(middle / width, bottom + LEADER, text, size=SMALL, ha="center", va="top", linespacing=1.15)
        start += direct + indirect


def _percent(share: float) -> str:
    return f"{share:.0%}".replace("%", " %") if share >= 0.005 or not share else "under 1 %"


def _voice_title(known: pd.DataFrame, heard: pd.Series, label: dict[str, str], words: pd.Series) -> str:
    if heard.empty:
        return "Nobody who is quoted is known by name"
    most = list(heard.index[heard.eq(heard.iloc[0])])
    if len(most) > 1:
        who = listed([short(speaker) for speaker in most]) if len(most) <= 3 else f"{len(most)} speakers"
        return f"{who} are heard most: {count(heard.iloc[0], 'word')} each"
    if len(label) == 1:
        return f"{short(most[0])} is heard most: {heard.iloc[0]} of {count(words.iloc[0], 'word')}"
    told_by = known.loc[known["speaker"].eq(most[0]), "article_id"].nunique()
    return f"{short(most[0])} is heard most: in {told_by} of {len(label)} articles, {count(heard.iloc[0], 'word')}"


def _voice_alt(shares: pd.DataFrame, heard: pd.Series, label: dict[str, str], words: pd.Series) -> str:
    told = [f"Shares of the words of {count(len(label), 'article')}, {count(len(heard), 'speaker')} known by name."]
    for article_id, name in label.items():
        of_article = shares[shares["article_id"].eq(article_id)]
        whole = max(words[article_id], of_article["words"].sum(), 1)
        voices = [f"{OWN} {_percent((whole - of_article['words'].sum()) / whole)}"]
        voices += [f"{row.speaker} {_percent(row.words / whole)} ({count(row.words, 'word')}, {row.direct_words} in quotation"
                   " marks)" for row in of_article.itertuples()]
        told.append(f"{name}, {count(words[article_id], 'word')}: {', '.join(voices)}.")
    return " ".join(told)
