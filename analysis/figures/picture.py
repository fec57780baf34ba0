"""What all figures share: the picture with its words, the sheet it is drawn on, the style, and text that fits.

Everything is laid out in inches, from the top down, and text is measured before it is placed: labels are as long
as the outlets' names happen to be, and must neither overlap nor be cut by the edge.
"""

from __future__ import annotations

import base64
import html
import io
import re
from dataclasses import dataclass, field
from functools import cache

import matplotlib.style
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.textpath import text_to_path

from ..measures import labels

INK, QUIET, RULE = "#333333", "#6b6b6b", "#d9d9d9"
# The palette of Okabe and Ito (2008), told apart with every kind of colour vision; its yellow is too pale for white.
BLUE, VERMILION, GREEN, PURPLE, ORANGE, SKY = "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9"

TITLE, BODY, SMALL = 12.0, 9.0, 8.0  # points; nothing is smaller than 8
LINE = 1.3 / 72  # inches of line height for each point of size
WIDTH = 9.0  # inches: the measure of a notebook's column and of a printed page
MARGIN = 0.12  # inches
LONGEST_NAME = 60  # characters of a name in a title; tables and text alternatives have it whole
FONT = "DejaVu Sans"  # comes with matplotlib, so figures are the same everywhere

STYLE = {
    "font.family": FONT, "font.size": BODY, "text.color": INK, "text.parse_math": False, "axes.labelcolor": INK,
    "axes.edgecolor": RULE, "axes.linewidth": 0.8, "xtick.color": INK, "ytick.color": INK, "hatch.linewidth": 0.7,
    "svg.hashsalt": "tellings", "svg.fonttype": "path",  # the same table gives the same bytes
}
styled = matplotlib.style.context(["default", STYLE])  # as decorator: no setting comes in from outside, none stays

# Characters that break XML, or that turn the direction of the words that follow them.
UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]+")


@dataclass(frozen=True)
class Picture:
    """A figure with its words.

    Attributes
    ----------
    axes : the main Axes; `figure` has them all.
    title : a claim, computed from the data.
    caption : how to read the figure, and the caveat that limits it.
    alt : the finding and its numbers, for a reader who does not see the figure.
    """

    axes: Axes = field(repr=False)
    title: str
    caption: str
    alt: str

    @property
    def figure(self) -> Figure:
        return self.axes.figure

    def svg(self) -> bytes:
        """Draw the figure as SVG; the same figure always gives the same bytes."""
        drawing = io.BytesIO()
        with matplotlib.style.context(["default", STYLE]):
            self.figure.savefig(drawing, format="svg", metadata={"Date": None})
        return drawing.getvalue()

    def html(self) -> str:
        """Return `<figure>`: the drawing with its text alternative, and the caption.

        The drawing is an image, not markup of the page, so nothing in it can run; the caption's words are no formula.
        """
        source = base64.b64encode(self.svg()).decode("ascii")
        alt = html.escape(f"{self.title}. {self.alt}")
        return (f'<figure class="mathjax_ignore" style="margin: 0">'
                f'<img src="data:image/svg+xml;base64,{source}" alt="{alt}" style="max-width: 100%">'
                f'<figcaption>{html.escape(self.caption)}</figcaption></figure>')

    def _repr_mimebundle_(self, include=None, exclude=None) -> dict[str, str]:
        return {"text/html": self.html(), "text/plain": f"{self.title}\n\n{self.caption}\n\n{self.alt}"}


class Sheet:
    """A white page that is filled from the top; its height follows from what is put on it."""

    def __init__(self, title: str, *, width: float = WIDTH):
        self.figure = Figure()
        self.title, self.width, self.height = title, width, MARGIN
        self.boxes: list[tuple[Axes, float, float, float, float]] = []
        lines = wrap(title, width - 2 * MARGIN, size=TITLE, weight="bold", lines=4)
        strip = self.strip((lines.count("\n") + 1) * TITLE * LINE + 0.1)
        strip.text(0, 0, lines, size=TITLE, weight="bold", va="top", linespacing=1.2)

    def axes(self, left: float, top: float, width: float, height: float, *, label: str = "") -> Axes:
        """Put Axes without frame and ticks at a place, in inches from the sheet's top left corner."""
        axes = self.figure.add_axes((0, 0, 1, 1), label=label or f"box {len(self.boxes)}")
        axes.patch.set_visible(False)
        axes.spines[:].set_visible(False)
        axes.set(xticks=[], yticks=[])
        axes.tick_params(length=0)
        self.boxes.append((axes, left, top, width, height))
        return axes

    def take(self, height: float) -> float:
        """Use up height, and return the top of the part that was taken."""
        self.height += height
        return self.height - height

    def strip(self, height: float) -> Axes:
        """Take a strip over the whole width, whose coordinates are inches from its top left corner."""
        inner = self.width - 2 * MARGIN
        axes = self.axes(MARGIN, self.take(height), inner, height)
        axes.set(xlim=(0, inner), ylim=(height, 0))
        return axes

    def key(self, entries: list[tuple[list[dict], str]]) -> None:
        """Take a strip that explains marks: for each entry the `scatter` options of its marks, and its words."""
        rows, x = [[]], 0.0
        for marks, words in entries:
            wide = (0.22 if marks else 0.02) + measure(words) + 0.25
            if rows[-1] and x + wide > self.width - 2 * MARGIN:
                rows.append([])
                x = 0.0
            rows[-1].append((x, marks, words))
            x += wide
        strip = self.strip(0.2 * len(rows) + 0.1)
        for number, row in enumerate(rows):
            y = 0.1 + 0.2 * number
            for x, marks, words in row:
                for mark in marks:
                    strip.scatter([x + 0.08], [y], clip_on=False, **mark)
                strip.text(x + (0.22 if marks else 0.02), y, words, size=SMALL, va="center_baseline")

    def picture(self, axes: Axes, caption: str, alt: str) -> Picture:
        """Give the sheet its size, put everything in its place, and return it with its words."""
        height = self.height + MARGIN
        self.figure.set_size_inches(self.width, height)
        for box, left, top, wide, high in self.boxes:
            box.set_position((left / self.width, 1 - (top + high) / height, wide / self.width, high / height))
        return Picture(axes, self.title, caption, alt)


def nothing(title: str, why: str) -> Picture:
    """Return the picture for an empty table: it says that there is nothing to show, and why."""
    sheet = Sheet(title)
    strip = sheet.strip(0.4)
    strip.text(0, 0.1, wrap(why, WIDTH - 2 * MARGIN, size=BODY, lines=2), size=BODY, color=QUIET, va="top")
    return sheet.picture(strip, why, why)


def names(articles: pd.DataFrame) -> dict[str, str]:
    """Return article_id → label on one line, in its own letters."""
    return {article_id: clean(label) for article_id, label in labels(articles).items()}


def state_of_texts(articles: pd.DataFrame) -> str:
    """Say in a sentence which texts are not what the outlet published; empty if all are complete.

    Examples
    --------
    >>> state_of_texts(pd.DataFrame({"article_id": ["000"], "outlet": ["TASS"], "condition": ["excerpt"]}))
    ' Only an excerpt is at hand of TASS.'
    """
    label = names(articles)
    of = {state: [label[i] for i in articles.loc[articles["condition"].eq(state), "article_id"]]
          for state in ("excerpt", "machine-altered", "unknown")}
    told = {
        "excerpt": "Only an excerpt is at hand of {}.",
        "machine-altered": "A machine altered the words of {}.",
        "unknown": "It is not known whether the text is complete of {}.",
    }
    return "".join(" " + told[state].format("all of them" if 3 < len(found) == len(label) else listed(found))
                   for state, found in of.items() if found)


def clean(text: str) -> str:
    """Put text on one line, without characters that cannot be printed.

    Examples
    --------
    >>> clean("The\\n Daily\\u202e\\0News "), clean("習 news")
    ('The Daily News', '習 news')
    """
    return " ".join(UNPRINTABLE.sub(" ", text).split())


def plain(text: str) -> str:
    """Make text fit to be drawn: `clean`, and a letter that the font has no drawing of becomes a box.

    Examples
    --------
    >>> plain("習 news")
    '□ news'
    """
    drawn = _drawn()
    return "".join(c if ord(c) in drawn else "□" for c in clean(text))


@cache
def _drawn() -> frozenset[int]:
    return frozenset(get_font(findfont(FontProperties(family=FONT))).get_charmap())


def short(name: str) -> str:
    """Cut a name for a title."""
    return name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1].rstrip() + "…"


def listed(words: list[str]) -> str:
    """Join words as a sentence does.

    Examples
    --------
    >>> listed(["a", "b", "c"])
    'a, b and c'
    """
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def count(number: int, noun: str) -> str:
    """Put a number before its noun.

    Examples
    --------
    >>> count(1, "fact"), count(3, "fact")
    ('1 fact', '3 facts')
    """
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def every(number: int, noun: str = "article") -> str:
    """Name all of a few things: `both articles`, `all 5 articles`."""
    return {1: f"the one {noun}", 2: f"both {noun}s"}.get(number, f"all {number} {noun}s")


def measure(text: str, *, size: float = SMALL, weight: str = "normal") -> float:
    """Return the width of one line of text in inches."""
    font = FontProperties(family=FONT, size=size, weight=weight)
    return text_to_path.get_text_width_height_descent(text, font, ismath=False)[0] / 72 if text else 0.0


def shorten(text: str, inches: float, *, size: float = SMALL, weight: str = "normal") -> str:
    """Cut text to a width, with … where something is gone."""
    text = plain(text)
    # No letter is narrower than a fifth of its size: what is beyond that need not be measured.
    kept = min(len(text), int(inches * 72 / size * 5) + 1)
    if kept == len(text) and measure(text, size=size, weight=weight) <= inches:
        return text
    low = 0
    while low < kept:
        middle = (low + kept + 1) // 2
        fits = measure(text[:middle].rstrip() + "…", size=size, weight=weight) <= inches
        low, kept = (middle, kept) if fits else (low, middle - 1)
    return text[:low].rstrip() + "…"


def wrap(text: str, inches: float, *, size: float = SMALL, weight: str = "normal", lines: int = 2) -> str:
    """Break text into lines of a width; what does not fit into the last one, or is one long word, is cut with …"""
    words, rows = plain(text).split(" "), []
    while words and len(rows) < lines - 1:
        taken = 1
        while taken < len(words) and measure(" ".join(words[: taken + 1]), size=size, weight=weight) <= inches:
            taken += 1
        rows.append(shorten(" ".join(words[:taken]), inches, size=size, weight=weight))
        words = words[taken:]
    if words:
        rows.append(shorten(" ".join(words), inches, size=size, weight=weight))
    return "\n".join(rows)


def look(colour: str, *, hatched: bool = False) -> dict:
    """Return the options of a filled, or a white and hatched, patch or mark."""
    return {"facecolor": "white" if hatched else colour, "edgecolor": colour, "hatch": "//////" if hatched else None}


def squares(looks: dict[str, dict]) -> list[tuple[list[dict], str]]:
    """Return the entries of a `Sheet.key` that explain looks: words → look."""
    return [([{"marker": "s", "s": 75, "linewidth": 0.8, **how}], told) for told, how in looks.items()]


@dataclass(frozen=True)
class Heads:
    """Names over columns: level where a column is wide enough for words, else upright."""

    texts: list[str]
    rotation: int
    height: float  # inches

    @classmethod
    def fit(cls, texts: list[str], column: float) -> Heads:
        """Fit names over columns of a width in inches."""
        if column >= 0.75:  # narrower, and a word as "unnamed" is cut
            fitted = [wrap(text, column - 0.08, lines=3) for text in texts]
            return cls(fitted, 0, (max(text.count("\n") for text in fitted) + 1) * SMALL * LINE + 0.06)
        # Upright, two lines need 0.3 inches; a third is never worth it.
        fitted = [wrap(text, 1.5, lines=2 if column >= 0.3 else 1) for text in texts]
        longest = max(measure(line) for text in fitted for line in text.split("\n"))
        return cls(fitted, 90, longest + 0.1)

    def draw(self, axes: Axes, xs: list[float], y: float) -> None:
        """Write the names over columns, standing on `y`."""
        for x, text in zip(xs, self.texts):
            axes.text(x, y, text, size=SMALL, rotation=self.rotation, ha="center", va="bottom", linespacing=1.15,
                      multialignment="center" if self.rotation == 0 else "left")
