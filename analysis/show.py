"""Tables and texts → HTML for notebooks and the report. Everything that comes from an article is escaped.

Built with markupsafe, which escapes whatever is put into a piece of HTML unless it is HTML already.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd
from markupsafe import Markup, escape

from .articles import Article
from .measures import labels
from .measures.accounts import copies
from .measures.nearest import SIMILAR
from .measures.proposals import not_found
from .measures.voices import UNKNOWN
from .measures.words import differences
from .story import Story
from .tables import Tables

if TYPE_CHECKING:
    from .figures.picture import Picture

GLYPHS = {"stated": "●", "attributed": "◆", "disputed": "✖", "absent": "·"}  # as in figures.coverage_matrix
# Direction marks could show a passage in another order than it has, and control characters could command a terminal;
# they are shown as what they are.
_INVISIBLE = re.compile(r"[\u202a-\u202e\u2066-\u2069\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")

# What the condition of a text makes of "no passage found".
CAUTION = {"machine-altered": "a machine altered this text: the words of the fact may be gone, so this says less",
           "excerpt": "an excerpt: it may stand in the rest of the article",
           "unknown": "whether the text is whole is not known"}
LEFT_OUT = Markup('<span style="color:#6b7280">[…]</span>')
NO_FACTS = "The codebook has no facts: write them into codebook/facts.yaml."
NO_VERSIONS = "No utterance is quoted in two articles."
NO_PROPOSALS = "The texts tell nothing alike that the codebook does not have."


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
    return _INVISIBLE.sub(lambda c: f"[U+{ord(c[0]):04X}]", _plain(value))


def _plain(value) -> str:
    if pd.api.types.is_scalar(value) and pd.isna(value):
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.2f}"
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat()
    return str(value)


def heading(story: Story) -> Html:
    """Show a story's title, days and summary."""
    about = story.about
    known = dict.fromkeys(day for day in (about.earliest, about.latest) if day)
    days = " to ".join(f"{day.day} {day:%B %Y}" for day in known) + "." * bool(known)
    html = Markup("<h1>{}</h1><p><b>{}</b> {}</p>").format(safe(about.title), days, safe(about.summary.strip()))
    return Html(html, f"{about.title}\n{days} {about.summary}".rstrip())


def table(frame: pd.DataFrame, articles: pd.DataFrame | None = None, *, columns: dict[str, str] | list[str] | None = None,
          links: dict[str, str] | None = None, empty: str = "Nothing was found.") -> Html:
    """Show a table, its texts whole.

    Parameters
    ----------
    articles : the table `articles`; given, a column `outlet` names each row's article by its label.
    columns : the columns to show, in this order; a dict also gives each its heading.
    links : column of a text → column of its offset, for texts that link to their place in the `reading` view.
    empty : what to say of a table without rows.

    Examples
    --------
    >>> table(pd.DataFrame({"outlet": ["TASS"], "words": [311]}))
    outlet words
      TASS   311
    """
    if frame.index.name or isinstance(frame.index, pd.MultiIndex):
        frame = frame.reset_index()
    if articles is not None:
        names = labels(articles)
        frame = frame.assign(outlet=frame["article_id"].map(names))
        if "other_article" in frame:
            frame["other_article"] = frame["other_article"].map(names)
        columns = columns or ["outlet", *frame.columns.drop(["outlet", "article_id"])]
    headings = columns if isinstance(columns, dict) else {name: name for name in columns or frame.columns}
    shown = frame[list(headings)]
    if shown.empty:
        return Html(Markup("<p>{}</p>").format(safe(empty)), empty)
    numeric = {name: _is_numeric(shown[name]) for name in headings}
    head = Markup("").join(Markup('<th style="{}">{}</th>').format(_style(numeric[name]), safe(heading.replace("_", " ")))
                           for name, heading in headings.items())
    cells = {name: [_cell(value, numeric[name]) for value in shown[name]] for name in headings}
    for name, offset in (links or {}).items():
        cells[name] = [_cell(_cite(*place), False) for place in zip(frame["article_id"], frame[offset], frame[name])]
    body = Markup("").join(Markup("<tr>{}</tr>").format(Markup("").join(row)) for row in zip(*cells.values()))
    html = Markup('<table class="tellings"><thead><tr>{}</tr></thead><tbody>{}</tbody></table>').format(head, body)
    return Html(html, shown.map(_plain).rename(columns=headings).to_string(index=False))


def _is_numeric(column: pd.Series) -> bool:
    kinds = pd.api.types
    return kinds.is_datetime64_dtype(column) or kinds.is_numeric_dtype(column) and not kinds.is_bool_dtype(column)


def _style(numeric: bool) -> str:
    return "text-align:right;white-space:nowrap" if numeric else "text-align:left;white-space:normal"


def _cell(value, numeric: bool) -> Markup:
    return Markup('<td style="{}">{}</td>').format(_style(numeric), value if isinstance(value, Markup) else safe(value))


def anchor(article_id: str, start: int) -> str:
    """Return the id of a sentence in the reading view, which evidence links to."""
    name = re.sub(r"[^0-9A-Za-z-]", lambda c: f"_{ord(c[0]):x}_", article_id)  # different ids stay different
    return f"{name}-{start}"


def _cite(article_id: str, start: int, text: str) -> Markup:
    if pd.isna(start):
        return safe(text)
    return Markup('<a href="#{}">{}</a>').format(anchor(article_id, int(start)), safe(text))


def evidence(tables: Tables) -> Html:
    """Show every fact with each article's status and the sentence behind it, or the nearest one where none was found.

    Each sentence links to its place in the `reading` view.
    """
    if tables.facts.empty:
        return Html(Markup("<p>{}</p>").format(NO_FACTS), NO_FACTS)
    names, conditions = labels(tables.articles), tables.articles.set_index("article_id")["condition"]
    blocks, plain = [], []
    for fact in tables.facts.itertuples(index=False):
        cells = tables.coverage[tables.coverage["fact_id"].eq(fact.fact_id)]
        there = int(cells["status"].ne("absent").sum())
        rows = Markup("").join(_evidence_row(cell, names, conditions) for cell in cells.itertuples(index=False))
        glyphs = Markup("").join(
            Markup('<span class="glyph {}" title="{}: {}">{}</span> ').format(
                cell.status, safe(names[cell.article_id]), cell.status, GLYPHS[cell.status])
            for cell in cells.itertuples(index=False))
        blocks.append(Markup(
            '<details id="fact-{}"><summary><b>{}</b> <span class="statement">{}</span> <span class="glyphs">{}</span>'
            " <small>{} of {}, {}</small></summary><p>{} <i>{}</i></p><table>{}</table></details>"
        ).format(fact.fact_id, fact.fact_id, safe(fact.statement), glyphs, there, len(cells), fact.importance,
                 safe(fact.definition), safe(fact.coding_rule), rows))
        plain.append(f"{fact.fact_id} {''.join(GLYPHS[status] for status in cells['status'])} {fact.statement}")
    key = Markup('<p class="key">{}. In order: {}. The fact’s words are those of its statement and, by half, of its '
                 "definition, weighed by their rarity in the story.</p>").format(
        ", ".join(f"{glyph} {status}" for status, glyph in GLYPHS.items()), safe(", ".join(names)))
    return Html(key + Markup("").join(blocks), "\n".join(plain))


def _evidence_row(cell, names: pd.Series, conditions: pd.Series) -> Markup:
    if cell.status == "absent":
        words = Markup("<i>no passage found</i>")
        if pd.notna(cell.nearest):
            words += Markup("{}; the nearest has {:.0%} of the fact’s words: {}").format(
                "" if cell.similarity >= SIMILAR else ", and nothing similar", cell.similarity,
                _cite(cell.article_id, cell.nearest_start, cell.nearest))
        if conditions[cell.article_id] in CAUTION:
            words += Markup(" <small>({})</small>").format(CAUTION[conditions[cell.article_id]])
    else:
        words = _cite(cell.article_id, cell.start, cell.text)
        if cell.spun:
            words += Markup(" <small>(recovered through wordings marked <i>spun</i>)</small>")
    said = Markup(" by {}").format(safe(cell.speaker)) if pd.notna(cell.speaker) else ""
    partial = ", partial" if cell.completeness == "partial" else ""
    how = Markup("{} {}{}{}").format(GLYPHS[cell.status], cell.status, said, partial)
    contested = ", contested" if cell.contested else ""
    by = "" if cell.coder == "machine" else Markup(" <small>coded by {}{}</small>").format(safe(cell.coder), contested)
    return Markup("<tr><th>{}</th><td>{}{}</td><td>{}</td></tr>").format(safe(names[cell.article_id]), how, by, words)


def accounts(articles: pd.DataFrame) -> Html:
    """Say how many accounts the articles tell, and list those that are near-identical copies of another.

    Parameters
    ----------
    articles : the table of that name.
    """
    listed = copies(articles)
    counts = f"{len(articles)} articles, {len(articles) - len(listed)} accounts"
    if listed.empty:
        words = f"{counts}: no article is a near-identical copy of another."
        return Html(Markup("<p>{}</p>").format(words), words)
    words = f"{counts}. These are near-identical copies of another article:"
    shown = table(listed, columns={"copy": "copy", "account": "of", "similarity": "share of it that stands there",
                                   "words": "words", "account_words": "of words"})
    return Html(Markup("<p>{}</p>").format(words) + shown.html, f"{words}\n{shown.plain}")


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
    words = f"The same with the copies folded: {len(articles) - len(listed)} accounts instead of {len(articles)} articles."
    shown = folded if isinstance(folded, Html) else Html(Markup(folded.html()), f"{folded.title}\n\n{folded.alt}")
    return Html(Markup("<p>{}</p>{}").format(words, shown.html), f"{words}\n{shown.plain}")


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
    rows = [line.format(safe(names[place.article_id]), safe(place.left),
                        _cite(place.article_id, place.sentence_start, place.text), safe(place.right), safe(place.voice))
            for place in found.itertuples(index=False)]
    html = Markup('<table class="tellings"><tbody>{}</tbody></table>').format(Markup("").join(rows))
    return Html(html, found.assign(outlet=found["article_id"].map(names))[["outlet", "left", "text", "right", "voice"]]
                .map(_plain).to_string(index=False, header=False))


def versions(found: pd.DataFrame, articles: pd.DataFrame) -> Html:
    """Show each utterance with its versions one below the other, what differs from the fullest marked.

    Each version links to its place in the `reading` view.

    Parameters
    ----------
    found : from `measures.versions.versions`.
    """
    if found.empty:
        return Html(Markup("<p>{}</p>").format(NO_VERSIONS), NO_VERSIONS)
    names = labels(articles)
    rows, plain = [], []
    for utterance, own in found.groupby("utterance", sort=False):
        fullest = own.loc[own["relation"].eq("fullest"), "text"].iloc[0]
        for number, one in enumerate(own.itertuples(index=False)):
            speaker = one.speaker if pd.notna(one.speaker) else UNKNOWN
            cells = (names[one.article_id], speaker, f"{one.kind}, {one.relation}")
            words = Markup('<a href="#{}" style="color:inherit">{}</a>').format(
                anchor(one.article_id, one.start), _compared(one.text, fullest))
            rows.append(Markup('<tr style="{}">{}</tr>').format(
                "" if number else "border-top:2px solid #8a8a8a", Markup("").join(_cell(value, False) for value in [*cells, words])))
            plain.append(f"{utterance}  {'  '.join(cells)}  {_plain(one.text)}")
    head = Markup("").join(Markup('<th style="{}">{}</th>').format(_style(False), name)
                           for name in ("outlet", "speaker", "how", "words"))
    key = Markup('<p class="key">{} has words that the fullest version has not; at {} the fullest has more.</p>').format(
        _added("Marked"), LEFT_OUT)
    table = Markup('<table class="tellings"><thead><tr>{}</tr></thead><tbody>{}</tbody></table>').format(
        head, Markup("").join(rows))
    return Html(key + table, "\n".join(plain))


def proposals(found: pd.DataFrame, articles: pd.DataFrame) -> Html:
    """Show each proposed fact with its passages one below the other, what they share marked in its sentence.

    Numbers and days that the passages give differently stand apart.

    Each sentence links to its place in the `reading` view.

    Parameters
    ----------
    found : from `measures.proposals.proposals`.
    """
    if found.empty:
        return Html(Markup("<p>{}</p>").format(NO_PROPOSALS), NO_PROPOSALS)
    names, without = labels(articles), not_found(found, articles)
    row = Markup("<tr><th>{}</th><td>{}</td><td>{}</td></tr>")
    blocks, plain = [], []
    for number, (_, basis) in enumerate(found.groupby("fact_id", sort=False), 1):
        first = basis.iloc[0]
        apart = Markup("apart: <b>{}</b>")
        rows = [row.format(safe(names[one.article_id]), _highlighted(one), apart.format(safe(one.apart)) if one.apart else "")
                for one in basis.itertuples()]
        nowhere = Markup("<p><i>No passage found</i> in: {}.</p>").format(safe(without[first.fact_id]))
        blocks.append(Markup(
            '<details><summary><b>{}</b> <span class="statement">{}</span> <small>{} outlets, {}</small></summary>'
            "<p>Proposed as {}: {}.</p><table>{}</table>{}</details>"
        ).format(number, safe(first.statement), first.outlets, first.importance, first.importance, safe(first.reason),
                 Markup("").join(rows), nowhere if without[first.fact_id] else ""))
        plain.append(f"{number}. {_plain(first.statement)} ({first.importance}, {first.reason})")
        plain += [f"   {names[one.article_id]}: {_plain(one.text)}{f' [{_plain(one.apart)}]' if one.apart else ''}"
                  for one in basis.itertuples()]
        plain += [f"   no passage found: {without[first.fact_id]}"] if without[first.fact_id] else []
    return Html(Markup("").join(blocks), "\n".join(plain))


def _highlighted(passage) -> Markup:
    """Return a passage's sentence as a link to it, the passage marked."""
    start, end = passage.start - passage.sentence_start, passage.end - passage.sentence_start
    words = safe(passage.sentence[:start]) + _added(passage.sentence[start:end]) + safe(passage.sentence[end:])
    return Markup('<a href="#{}" style="color:inherit">{}</a>').format(anchor(passage.article_id, passage.sentence_start), words)


def _added(words: str) -> Markup:
    return Markup('<mark style="background:#ffe9a8">{}</mark>').format(safe(words))


def _compared(text: str, fullest: str) -> Markup:
    pieces, at = [], 0
    for start, end, how in differences(text, fullest):
        pieces.append(safe(text[at:start]))
        pieces.append(_added(text[start:end]) if how == "added" else Markup(" {}" if at or start else "{} ").format(LEFT_OUT))
        at = end
    return Markup("").join([*pieces, safe(text[at:])])


def reading(articles: list[Article], tables: Tables) -> Html:
    """Show each article whole, sentence by sentence: quotations and framing devices marked, facts noted.

    Sentences carry the ids that `evidence` links to; furniture is shown greyed.
    """
    names = labels(tables.articles)
    blocks = [_article(article, names[article.article_id], tables) for article in articles]
    return Html(Markup("").join(blocks), f"{len(articles)} articles")


def _article(article: Article, name: str, tables: Tables) -> Markup:
    def own(frame: pd.DataFrame) -> pd.DataFrame:
        return frame[frame["article_id"].eq(article.article_id)]

    sentences, codings = own(tables.sentences), own(tables.codings)
    marks = [(q.start, q.end, "quoted", q.speaker if pd.notna(q.speaker) else UNKNOWN)
             for q in own(tables.quotations).itertuples(index=False)]
    marks += [(c.start, c.end, "framed", c.code_id) for c in codings[codings["kind"].eq("frame")].itertuples(index=False)]
    facts = codings[codings["kind"].eq("fact")]
    pieces, at = [], 0
    for sentence in sentences.itertuples(index=False):
        pieces.append(_furniture(article.text[at : sentence.start]))
        told = facts[facts["start"].between(sentence.start, sentence.end - 1)]["code_id"].drop_duplicates()
        notes = Markup("").join(Markup(' <a class="note" href="#fact-{0}">{0}</a>').format(fact_id) for fact_id in told)
        words = _marked(article.article_id, article.text, sentence.start, sentence.end, marks)
        pieces.append(Markup('<span class="{}" id="{}">{}</span>{}').format(
            sentence.section, anchor(article.article_id, sentence.start), words, notes))
        at = sentence.end
    pieces.append(_furniture(article.text[at:]))
    return Markup("<details open><summary><b>{}</b></summary><div class=\"reading\">{}</div></details>").format(
        safe(name), Markup("").join(pieces))


def _furniture(text: str) -> Markup:
    """Show what stands between sentences: line breaks, and furniture greyed."""
    if not text.strip():
        return Markup("<br><br>") if "\n" in text else safe(text)
    return Markup('<span class="furniture">{}</span>').format(
        Markup("<br>").join(safe(line) for line in text.splitlines())) + (Markup("<br><br>") if text.endswith("\n") else "")


def _marked(article_id: str, text: str, start: int, end: int, marks: list[tuple[int, int, str, str]]) -> Markup:
    """Cut a sentence where marks begin and end, and mark each piece with all that covers it."""
    inside = [m for m in marks if m[0] < end and m[1] > start]
    cuts = sorted({start, end, *(c for m in inside for c in m[:2] if start < c < end)})
    pieces = []
    for a, b in zip(cuts, cuts[1:]):
        over = [m for m in inside if m[0] <= a and m[1] >= b]
        kinds = " ".join(sorted({m[2] for m in over}))
        title = "; ".join(f"{m[2]}: {m[3]}" for m in over)
        words = safe(text[a:b])
        target = Markup(' id="{}"').format(anchor(article_id, a)) if a > start else ""
        mark = Markup('<mark class="{}" title="{}"{}>{}</mark>')
        pieces.append(mark.format(kinds, safe(title), target, words) if over else words)
    return Markup("").join(pieces)
