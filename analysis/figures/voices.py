"""Whose words the articles are made of."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from ..measures.voices import UNKNOWN
from .picture import (BLUE, GREEN, INK, MARGIN, ORANGE, PURPLE, QUIET, SKY, VERMILION, WIDTH, Picture, Sheet, look,
                      nothing, squares, styled)
from .words import BODY, LINE, SMALL, count, listed, measure, names, plain, short, shorten, state_of_texts, wrap

SPEAKERS = (BLUE, VERMILION, GREEN, PURPLE, ORANGE, SKY)  # for the most quoted of all articles
NARRATION, OTHERS = "#dedede", "#8a8a8a"
OWN = "own voice"
SMALLEST = 0.04  # of an article's words: a narrower segment has no room for its hatching
MOST = 6  # speakers with a segment of their own; with more, their names have no room beneath the bar
NAME = 1.8  # inches at most for a speaker's name
BAR, LEADER = 0.24, 0.18  # inches of height
CAPTION = (
    "Each bar is all words of an article: first the outlet's own, then those of everybody it quotes, the most quoted "
    "first. Filled: in quotation marks; hatched: reported without them. A colour is the same speaker throughout; grey"
    " are speakers less quoted. Whose words they are was told by a machine, which misses some, and where reported "
    "words end is open to dispute.")


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
    sheet.key(squares({"the outlet's own voice": look(NARRATION), "a speaker's words, in quotation marks": look(INK),
                    "a speaker's words, reported without them": look(INK, hatched=True)}))
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
    return sheet.picture(axes, CAPTION + state_of_texts(articles), _voice_alt(shares, heard, label, words))


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
    """Fit the names of segments beneath their bar, each with the place of its middle in inches; none overlap."""
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
                          **look(shade, hatched=bool(of_kind)))
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
        voices += [f"{row.speaker} {_percent(row.words / whole)} ({count(row.words, 'word')}, {row.direct_words} in "
                   "quotation marks)" for row in of_article.itertuples()]
        told.append(f"{name}, {count(words[article_id], 'word')}: {', '.join(voices)}.")
    return " ".join(told)
