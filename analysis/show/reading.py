"""The articles whole, with what was found in them."""

from __future__ import annotations

import pandas as pd
from markupsafe import Markup

from ..articles import Article
from ..measures import labels
from ..measures.voices import UNKNOWN
from ..tables import Tables
from .html import Html, anchor, joined, safe


def reading(articles: list[Article], tables: Tables) -> Html:
    """Show each article whole, sentence by sentence: quotations and framing devices marked, facts noted.

    Sentences carry the ids that `evidence` links to; furniture is shown greyed.
    """
    names = labels(tables.articles)
    blocks = [_article(article, names[article.article_id], tables) for article in articles]
    return Html(joined(blocks), f"{len(articles)} articles")


def _article(article: Article, name: str, tables: Tables) -> Markup:
    def own(frame: pd.DataFrame) -> pd.DataFrame:
        return frame[frame["article_id"].eq(article.article_id)]

    codings = own(tables.codings)
    facts, frames = (codings[codings["kind"].eq(kind)] for kind in ("fact", "frame"))
    marks = [(q.start, q.end, "quoted", q.speaker if pd.notna(q.speaker) else UNKNOWN)
             for q in own(tables.quotations).itertuples(index=False)]
    marks += [(c.start, c.end, "framed", c.code_id) for c in frames.itertuples(index=False)]
    pieces, at = [], 0
    for sentence in own(tables.sentences).itertuples(index=False):
        pieces.append(_furniture(article.text[at : sentence.start]))
        told = facts[facts["start"].between(sentence.start, sentence.end - 1)]["code_id"].drop_duplicates()
        notes = joined(Markup(' <a class="note" href="#fact-{0}">{0}</a>').format(fact_id) for fact_id in told)
        words = _marked(article.article_id, article.text, sentence.start, sentence.end, marks)
        pieces.append(Markup('<span class="{}" id="{}">{}</span>{}').format(
            sentence.section, anchor(article.article_id, sentence.start), words, notes))
        at = sentence.end
    pieces.append(_furniture(article.text[at:]))
    return Markup('<details open><summary><b>{}</b></summary><div class="reading">{}</div></details>').format(
        safe(name), joined(pieces))


def _furniture(text: str) -> Markup:
    """Show what stands between sentences: line breaks, and furniture greyed."""
    if not text.strip():
        return Markup("<br><br>") if "\n" in text else safe(text)
    lines = Markup("<br>").join(safe(line) for line in text.splitlines())
    end = Markup("<br><br>" if text.endswith("\n") else "")
    return Markup('<span class="furniture">{}</span>{}').format(lines, end)


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
    return joined(pieces)
