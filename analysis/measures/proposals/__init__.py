"""Facts that the codebook does not have yet, proposed for it.

Sentences are cut into clauses, for one sentence often tells two or three facts. Two clauses of different articles are
alike if they share much of their terms, the rare ones counting more; or if they give the same number or day, and share
a term besides. Each clause gathers the clause of every other article that is most like it (a star, as in Aslam,
Pelekhov and Rus 2004, so that groups may overlap), and each group those further clauses that have most of what its own
share. Groups are proposed in the order of what they tell that neither the codebook nor an earlier proposal tells: a
greedy cover, which keeps the list from saying the same thing twenty times. Who is said to say it is left out of the
comparison.
"""

from __future__ import annotations

import pandas as pd

from ..terms import by_sentence
from .choosing import alone, most_telling, told_by
from .groups import by_value, filled, holding_of, joined, links_of, says_something, stars
from .reading import inside_quotations, parts_of, read
from .writing import COLUMNS, as_yaml, not_found, rows_of

__all__ = ["as_yaml", "not_found", "proposals"]


def proposals(sentences: pd.DataFrame, mentions: pd.DataFrame, times: pd.DataFrame, quotations: pd.DataFrame,
              deeds: pd.DataFrame, codings: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Propose facts that several outlets tell alike and no fact of the codebook tells; then those of one outlet alone.

    What several tell comes in the order of what it adds: many outlets, headlines and first paragraphs, and rare words
    come first. What one outlet alone tells is a sentence with a number, a day or a name that no other outlet has, or a
    quotation, and that is like no sentence of another outlet. At most `MOST` of each.

    Parameters
    ----------
    sentences, mentions, times, quotations, deeds, articles : the tables of those names.
    codings : of the codebook, whose facts are not proposed again; empty without one.

    Returns
    -------
    DataFrame, a row a passage: fact_id, statement, kind, importance (proposed: vital if most outlets tell it, or two in
    a prominent place), reason (for the importance), outlets (how many tell it), article_id, start, end, text (from the
    first to the last of the shared words, or a sentence that one outlet alone has), shared (the terms shared, joined by
    a comma), apart (numbers and days of this passage that another passage gives otherwise), slots (JSON: the words by
    slot, for a wording), altered (a machine changed the words of the text), sentence, sentence_start, sentence_end.

    Examples
    --------
    >>> from analysis import analyse
    >>> from analysis.articles import Article
    >>> texts = {"a": "The council closed the old ferry.", "b": "The old ferry was closed by the council. It rains."}
    >>> found = analyse([Article(article_id=name, text=text) for name, text in texts.items()])
    >>> proposals(found.sentences, found.mentions, found.times, found.quotations, found.deeds, found.codings,
    ...           found.articles)[["article_id", "text"]].values.tolist()
    [['a', 'council closed the old ferry'], ['b', 'old ferry was closed by the council']]
    """
    story = read(sentences, mentions, times, quotations, articles)
    parts = list(parts_of(story))
    links = links_of(parts, story)
    told = told_by(codings, sentences, story.terms)
    groups = [joined(group, story) for group in [*stars(parts, links), *by_value(parts, story)]]
    holding = holding_of(parts)
    groups = [filled(group, parts, holding, story) for group in groups if says_something(group.shared)]
    chosen = list(most_telling([group for group in groups if len(story.outlets_of(group.parts)) > 1], told, story))
    marked = {parts[number].row for number in links} | {part.row for group in chosen for part in group.parts}
    quoted = inside_quotations(quotations)
    chosen += list(alone(story, marked, told, quoted))
    said = by_sentence(deeds, sentences)
    rows: list[dict] = []
    taken = set(codings["code_id"])
    for group in chosen:
        rows += rows_of(group, story, said, quoted, taken)
        taken.add(rows[-1]["fact_id"])
    return pd.DataFrame(rows, columns=list(COLUMNS))
