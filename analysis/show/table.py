"""Tables, and what is said above them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
from markupsafe import Markup

from ..measures import labels
from ..measures.accounts import copies
from ..story import Story
from .html import Html, cell, cite, plain, safe, sentence, table_of

if TYPE_CHECKING:
    from ..figures.picture import Picture

OTHER = "other_"  # before the names of columns that tell of a row's second article


def heading(story: Story) -> Html:
    """Show a story's title, days and summary."""
    about = story.about
    known = dict.fromkeys(day for day in (about.earliest, about.latest) if day)
    days = " to ".join(f"{day.day} {day:%B %Y}" for day in known) + "." * bool(known)
    html = Markup("<h1>{}</h1><p><b>{}</b> {}</p>").format(safe(about.title), days, safe(about.summary.strip()))
    return Html(html, f"{about.title}\n{days} {about.summary}".rstrip())


def table(frame: pd.DataFrame, articles: pd.DataFrame | None = None, *,
          columns: dict[str, str] | list[str] | None = None, links: dict[str, str] | None = None,
          empty: str = "Nothing was found.") -> Html:
    """Show a table, its texts whole.

    Parameters
    ----------
    articles : the table `articles`; given, a column `outlet` names each row's article by its label, and so does
        `other_article`, where there is a second one.
    columns : the columns to show, in this order; a dict also gives each its heading.
    links : column of a text → column of its offset, for texts that link to their place in the `reading` view: of the
        row's article, or of its `other_article` where the column's name begins with `other_`.
    empty : what to say of a table without rows.

    Examples
    --------
    >>> table(pd.DataFrame({"outlet": ["TASS"], "words": [311]}))
    outlet words
      TASS   311
    """
    if frame.index.name or isinstance(frame.index, pd.MultiIndex):
        frame = frame.reset_index()
    linked = {name: _linked(frame, name, offset) for name, offset in (links or {}).items()}
    if articles is not None:
        frame = _named(frame, labels(articles))
        columns = columns or ["outlet", *frame.columns.drop(["outlet", "article_id"])]
    headings = columns if isinstance(columns, dict) else {name: name for name in columns or frame.columns}
    shown = frame[list(headings)]
    if shown.empty:
        return sentence(empty)
    numeric = {name: _is_numeric(shown[name]) for name in headings}
    cells = [[cell(value, numeric=numeric[name]) for value in linked.get(name, shown[name])] for name in headings]
    rows = (Markup("<tr>{}</tr>").format(Markup("").join(row)) for row in zip(*cells))
    html = table_of(rows, [(words.replace("_", " "), numeric[name]) for name, words in headings.items()])
    return Html(html, shown.map(plain).rename(columns=headings).to_string(index=False))


def _linked(frame: pd.DataFrame, name: str, offset: str) -> list[Markup]:
    article_ids = frame[f"{OTHER}article" if name.startswith(OTHER) else "article_id"]
    return [cite(*place) for place in zip(article_ids, frame[offset], frame[name])]


def _named(frame: pd.DataFrame, names: pd.Series) -> pd.DataFrame:
    """Name the articles of each row by their labels."""
    frame = frame.assign(outlet=frame["article_id"].map(names))
    return frame.assign(other_article=frame["other_article"].map(names)) if "other_article" in frame else frame


def _is_numeric(column: pd.Series) -> bool:
    kinds = pd.api.types
    return kinds.is_datetime64_dtype(column) or kinds.is_numeric_dtype(column) and not kinds.is_bool_dtype(column)


def accounts(articles: pd.DataFrame) -> Html:
    """Say how many accounts the articles tell, and list those that are near-identical copies of another.

    Parameters
    ----------
    articles : the table of that name.
    """
    listed = copies(articles)
    counts = f"{len(articles)} articles, {len(articles) - len(listed)} accounts"
    if listed.empty:
        return sentence(f"{counts}: no article is a near-identical copy of another.")
    columns = {"copy": "copy", "account": "of", "similarity": "share of it that stands there", "words": "words",
               "account_words": "of words"}
    return _below(f"{counts}. These are near-identical copies of another article:", table(listed, columns=columns))


def if_copied(articles: pd.DataFrame, folded: Html | Picture) -> Html:
    """Show what was made of folded tables where there are copies; else nothing, for it would only repeat the raw one.

    Parameters
    ----------
    articles : the table of that name, not folded.
    folded : a figure or a table made of `measures.accounts.folded`.
    """
    listed = copies(articles)
    if listed.empty:
        return Html(Markup(""), "")
    words = (f"The same with the copies folded: {len(articles) - len(listed)} accounts instead of {len(articles)} "
             "articles.")
    if isinstance(folded, Html):
        return _below(words, folded)
    return _below(words, Html(Markup(folded.html()), f"{folded.title}\n\n{folded.alt}"))


def _below(words: str, shown: Html) -> Html:
    """Put words above what is shown."""
    above = sentence(words)
    return Html(above.html + shown.html, f"{above.plain}\n{shown.plain}")


def concordance(found: pd.DataFrame, articles: pd.DataFrame) -> Html:
    """Show a term in its contexts, one below the other; each place links to its sentence in the `reading` view.

    Parameters
    ----------
    found : from `measures.wording.concordance`.
    """
    if found.empty:
        return table(found)
    names = labels(articles)
    line = Markup('<tr><td>{}</td><td style="text-align:right">{}</td><td style="text-align:left"><b>{}</b>{}</td>'
                  '<td>{}</td></tr>')
    rows = (line.format(safe(names[place.article_id]), safe(place.left),
                        cite(place.article_id, place.sentence_start, place.text), safe(place.right), safe(place.voice))
            for place in found.itertuples(index=False))
    told = found.assign(outlet=found["article_id"].map(names))[["outlet", "left", "text", "right", "voice"]]
    return Html(table_of(rows), told.map(plain).to_string(index=False, header=False))
