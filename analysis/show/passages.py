"""Facts, versions and proposals, each with the passages behind it; these link to the `reading` view."""

from __future__ import annotations

import pandas as pd
from markupsafe import Markup

from ..measures import labels
from ..measures.nearest import SIMILAR
from ..measures.proposals import not_found
from ..measures.voices import UNKNOWN
from ..measures.words import differences
from ..tables import Tables
from .html import Html, cell, cite, highlighted, joined, plain, safe, sentence, table_of

GLYPHS = {"stated": "●", "attributed": "◆", "disputed": "✖", "absent": "·"}  # as in figures.coverage_matrix
# What the condition of a text makes of "no passage found".
CAUTION = {"machine-altered": "a machine altered this text: the words of the fact may be gone, so this says less",
           "excerpt": "an excerpt: it may stand in the rest of the article",
           "unknown": "whether the text is whole is not known"}
LEFT_OUT = Markup('<span style="color:#6b7280">[…]</span>')
NO_FACTS = "The codebook has no facts: write them into codebook/facts.yaml."
NO_VERSIONS = "No utterance is quoted in two articles."
NO_PROPOSALS = "The texts tell nothing alike that the codebook does not have."


def evidence(tables: Tables) -> Html:
    """Show every fact with each article's status and the sentence behind it, or the nearest one where none was found.

    Each sentence links to its place in the `reading` view.
    """
    if tables.facts.empty:
        return sentence(NO_FACTS)
    names, conditions = labels(tables.articles), tables.articles.set_index("article_id")["condition"]
    blocks, told = [], []
    for fact in tables.facts.itertuples(index=False):
        cells = tables.coverage[tables.coverage["fact_id"].eq(fact.fact_id)]
        blocks.append(_fact(fact, list(cells.itertuples(index=False)), names, conditions))
        told.append(f"{fact.fact_id} {''.join(GLYPHS[status] for status in cells['status'])} {fact.statement}")
    key = Markup('<p class="key">{}. In order: {}. The fact’s words are those of its statement and, by half, of its '
                 "definition, weighed by their rarity in the story.</p>").format(
        ", ".join(f"{glyph} {status}" for status, glyph in GLYPHS.items()), safe(", ".join(names)))
    return Html(key + joined(blocks), "\n".join(told))


def _fact(fact, cells: list, names: pd.Series, conditions: pd.Series) -> Markup:
    glyphs = joined(Markup('<span class="glyph {}" title="{}: {}">{}</span> ').format(
        one.status, safe(names[one.article_id]), one.status, GLYPHS[one.status]) for one in cells)
    return Markup(
        '<details id="fact-{}"><summary><b>{}</b> <span class="statement">{}</span> <span class="glyphs">{}</span>'
        " <small>{} of {}, {}</small></summary><p>{} <i>{}</i></p><table>{}</table></details>"
    ).format(fact.fact_id, fact.fact_id, safe(fact.statement), glyphs, sum(one.status != "absent" for one in cells),
             len(cells), fact.importance, safe(fact.definition), safe(fact.coding_rule),
             joined(_evidence_row(one, names, conditions) for one in cells))


def _evidence_row(one, names: pd.Series, conditions: pd.Series) -> Markup:
    """Show one cell of `coverage`."""
    if one.status == "absent":
        words = _nearest(one) + _caution(conditions[one.article_id])
    else:
        words = cite(one.article_id, one.start, one.text)
        if one.spun:
            words += Markup(" <small>(recovered through wordings marked <i>spun</i>)</small>")
    said = Markup(" by {}").format(safe(one.speaker)) if pd.notna(one.speaker) else ""
    partial = ", partial" if one.completeness == "partial" else ""
    how = Markup("{} {}{}{}").format(GLYPHS[one.status], one.status, said, partial)
    contested = ", contested" if one.contested else ""
    by = "" if one.coder == "machine" else Markup(" <small>coded by {}{}</small>").format(safe(one.coder), contested)
    return Markup("<tr><th>{}</th><td>{}{}</td><td>{}</td></tr>").format(safe(names[one.article_id]), how, by, words)


def _nearest(one) -> Markup:
    words = Markup("<i>no passage found</i>")
    if pd.isna(one.nearest):
        return words
    return words + Markup("{}; the nearest has {:.0%} of the fact’s words: {}").format(
        "" if one.similarity >= SIMILAR else ", and nothing similar", one.similarity,
        cite(one.article_id, one.nearest_start, one.nearest))


def _caution(condition: str) -> Markup:
    return Markup(" <small>({})</small>").format(CAUTION[condition]) if condition in CAUTION else Markup("")


def versions(found: pd.DataFrame, articles: pd.DataFrame) -> Html:
    """Show each utterance with its versions one below the other, what differs from the fullest marked.

    Each version links to its place in the `reading` view.

    Parameters
    ----------
    found : from `measures.versions.versions`.
    """
    if found.empty:
        return sentence(NO_VERSIONS)
    names = labels(articles)
    rows, told = [], []
    for utterance, own in found.groupby("utterance", sort=False):
        fullest = own.loc[own["relation"].eq("fullest"), "text"].iloc[0]
        for number, one in enumerate(own.itertuples(index=False)):
            speaker = one.speaker if pd.notna(one.speaker) else UNKNOWN
            how = (names[one.article_id], speaker, f"{one.kind}, {one.relation}")
            words = cite(one.article_id, one.start, _compared(one.text, fullest))
            rows.append(Markup('<tr style="{}">{}</tr>').format(
                "" if number else "border-top:2px solid #8a8a8a", joined(map(cell, [*how, words]))))
            told.append(f"{utterance}  {'  '.join(how)}  {plain(one.text)}")
    key = Markup('<p class="key">{} has words that the fullest version has not; at {} the fullest has more.</p>')
    key = key.format(highlighted("Marked"), LEFT_OUT)
    headings = [(name, False) for name in ("outlet", "speaker", "how", "words")]
    return Html(key + table_of(rows, headings), "\n".join(told))


def _compared(text: str, fullest: str) -> Markup:
    """Mark what a version has more than the fullest one, and where it has less."""
    pieces, at = [], 0
    for start, end, how in differences(text, fullest):
        gap = Markup(" {}" if at or start else "{} ").format(LEFT_OUT)
        pieces += [safe(text[at:start]), highlighted(text[start:end]) if how == "added" else gap]
        at = end
    return joined([*pieces, safe(text[at:])])


def proposals(found: pd.DataFrame, articles: pd.DataFrame) -> Html:
    """Show each proposed fact with its passages one below the other, what they share marked in its sentence.

    Numbers and days that the passages give differently stand apart. Each sentence links to its place in the `reading`
    view.

    Parameters
    ----------
    found : from `measures.proposals.proposals`.
    """
    if found.empty:
        return sentence(NO_PROPOSALS)
    names, without = labels(articles), not_found(found, articles)
    blocks, told = [], []
    for number, (fact_id, basis) in enumerate(found.groupby("fact_id", sort=False), 1):
        first, passages = basis.iloc[0], list(basis.itertuples())
        blocks.append(_proposal(number, first, passages, names, without[fact_id]))
        told.append(f"{number}. {plain(first.statement)} ({first.importance}, {first.reason})")
        told += [f"   {names[one.article_id]}: {plain(one.text)}{f' [{plain(one.apart)}]' if one.apart else ''}"
                 for one in passages]
        told += [f"   no passage found: {without[fact_id]}"] if without[fact_id] else []
    return Html(joined(blocks), "\n".join(told))


def _proposal(number: int, first: pd.Series, passages: list, names: pd.Series, without: str) -> Markup:
    row, apart = Markup("<tr><th>{}</th><td>{}</td><td>{}</td></tr>"), Markup("apart: <b>{}</b>")
    rows = joined(row.format(safe(names[one.article_id]), _in_sentence(one),
                             apart.format(safe(one.apart)) if one.apart else "") for one in passages)
    nowhere = Markup("<p><i>No passage found</i> in: {}.</p>").format(safe(without)) if without else ""
    return Markup(
        '<details><summary><b>{}</b> <span class="statement">{}</span> <small>{} outlets, {}</small></summary>'
        "<p>Proposed as {}: {}.</p><table>{}</table>{}</details>"
    ).format(number, safe(first.statement), first.outlets, first.importance, first.importance, safe(first.reason), rows,
             nowhere)


def _in_sentence(passage) -> Markup:
    """Return a passage's sentence as a link to it, the passage marked."""
    start, end = passage.start - passage.sentence_start, passage.end - passage.sentence_start
    words = safe(passage.sentence[:start]) + highlighted(passage.sentence[start:end]) + safe(passage.sentence[end:])
    return cite(passage.article_id, passage.sentence_start, words)
