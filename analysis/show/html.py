"""Pieces of HTML, and what they are as plain text.

Built with markupsafe, which escapes whatever is put into a piece of HTML unless it is HTML already.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd
from markupsafe import Markup, escape

# Direction marks could show a passage in another order than it has, and control characters could command a terminal;
# they are shown as what they are.
_INVISIBLE = re.compile(r"[\u202a-\u202e\u2066-\u2069\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


@dataclass(frozen=True)
class Html:
    """A piece of safe HTML that a notebook shows as such, with a plain text for where HTML is not shown."""

    html: Markup
    plain: str

    def _repr_html_(self) -> str:
        # JupyterLab sets what stands between $ and $ as a formula, except within this class.
        return f'<div class="mathjax_ignore">{self.html}</div>'

    def __repr__(self) -> str:
        return self.plain


def safe(value) -> Markup:
    """Escape a value for HTML; empty ones become nothing, invisible control characters become visible.

    Examples
    --------
    >>> str(safe("<b>NATO</b>"))
    '&lt;b&gt;NATO&lt;/b&gt;'
    """
    return escape(visible(value))


def visible(value) -> str:
    """Return a value as plain text in which invisible control characters are visible.

    Examples
    --------
    >>> visible("a\\x1b[31mb")
    'a[U+001B][31mb'
    """
    return _INVISIBLE.sub(lambda c: f"[U+{ord(c[0]):04X}]", plain(value))


def plain(value) -> str:
    """Return a value as plain text, as it is."""
    if pd.api.types.is_scalar(value) and pd.isna(value):
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.2f}"
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat()
    return str(value)


def joined(pieces: Iterable[Markup]) -> Markup:
    """Put pieces one after the other."""
    return Markup("").join(pieces)


def sentence(words: str) -> Html:
    """Show words alone."""
    return Html(Markup("<p>{}</p>").format(safe(words)), words)


def highlighted(words: str) -> Markup:
    """Mark words as with a pen."""
    return Markup('<mark style="background:#ffe9a8">{}</mark>').format(safe(words))


def anchor(article_id: str, start: int) -> str:
    """Return the id of a sentence in the reading view, which evidence links to."""
    name = re.sub(r"[^0-9A-Za-z-]", lambda c: f"_{ord(c[0]):x}_", article_id)  # different ids stay different
    return f"{name}-{start}"


def cite(article_id: str, start: int, words: str | Markup) -> Markup:
    """Link words to their place in the reading view; those with marks of their own keep their colour."""
    if pd.isna(start):
        return safe(words)
    style = Markup(' style="color:inherit"') if isinstance(words, Markup) else ""
    return Markup('<a href="#{}"{}>{}</a>').format(anchor(article_id, int(start)), style, _escaped(words))


def cell(value, *, numeric: bool = False) -> Markup:
    """Put a value into a cell of a table."""
    return Markup('<td style="{}">{}</td>').format(_style(numeric), _escaped(value))


def table_of(rows: Iterable[Markup], headings: Iterable[tuple[str, bool]] = ()) -> Markup:
    """Put rows below headings, of each of which is told whether its column is numeric."""
    head = joined(Markup('<th style="{}">{}</th>').format(_style(numeric), safe(words)) for words, numeric in headings)
    return Markup('<table class="tellings">{}<tbody>{}</tbody></table>').format(
        head and Markup("<thead><tr>{}</tr></thead>").format(head), joined(rows))


def _escaped(value) -> Markup:
    return value if isinstance(value, Markup) else safe(value)


def _style(numeric: bool) -> str:
    return "text-align:right;white-space:nowrap" if numeric else "text-align:left;white-space:normal"
