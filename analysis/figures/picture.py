"""What all figures share: the picture with its words, the sheet it is drawn on, the style, and names over columns.

Everything is laid out in inches, from the top down.
"""

from __future__ import annotations

import base64
import html
import io
from dataclasses import dataclass, field

import matplotlib.style
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from .words import BODY, FONT, LINE, SMALL, TITLE, measure, wrap

INK, QUIET, RULE = "#333333", "#6b6b6b", "#d9d9d9"
# The palette of Okabe and Ito (2008), told apart with every kind of colour vision; its yellow is too pale for white.
BLUE, VERMILION, GREEN, PURPLE, ORANGE, SKY = "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9"

WIDTH = 9.0  # inches: the measure of a notebook's column and of a printed page
MARGIN = 0.12  # inches

STYLE = {
    "font.family": FONT, "font.size": BODY, "text.color": INK, "text.parse_math": False, "axes.labelcolor": INK,
    "axes.edgecolor": RULE, "axes.linewidth": 0.8, "xtick.color": INK, "ytick.color": INK, "hatch.linewidth": 0.7,
    "svg.hashsalt": "tellings", "svg.fonttype": "path",  # the same table gives the same bytes
}
styled = matplotlib.style.context(["default", STYLE])  # as decorator: no setting comes in from outside, none stays


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
