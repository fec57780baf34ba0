"""Temporal expressions, found by rules and normalised as in TIMEX3, with the days they can mean.

rules     what expressions look like: data, by class, each with an example
pieces    what their patterns are made of
finding   where the rules fit a text
resolve   what expressions mean on a given day
readings  meanings: joined, narrowed, left open
periods   weeks, quarters, seasons: the calendar
account   on which day: of publication, or in a history that of the last date told
verbs     past or future, by the verb beside

The approach is HeidelTime's (Strötgen and Gertz 2010): patterns with normalisation, no training.
Where publication is known as an interval only, an expression is resolved against both its ends.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from spacy.language import Language
from spacy.tokens import Doc

from .. import text_of, write
from .account import Account, Published, is_narrative
from .finding import expressions
from .verbs import governor, outlook


@dataclass(frozen=True, slots=True)
class Time:
    """A temporal expression: characters `start` to `end`, its TIMEX3 type and value, and the days it can mean.

    `anchor` is the ISO day or interval that a relative expression was resolved against. The governor is
    the verb that the expression hangs on; None without a parse.
    """

    start: int
    end: int
    type: str
    value: str
    earliest: date | None = None
    latest: date | None = None
    anchor: str | None = None
    governor_start: int | None = None
    governor_end: int | None = None

    @property
    def label(self) -> str:
        """The name under which displaCy shows it."""
        return self.type


def read_times(doc: Doc, published: Published | None, spans: Iterable[tuple[int, int]] | None = None,
               narrative: bool | None = None) -> list[Time]:
    """Find the temporal expressions of a text and resolve them.

    Parameters
    ----------
    doc : tokens are enough; with a parse, the verb's tense tells past from future.
    published : first and last day on which the text can have been published; None where unknown.
    spans : characters of the paragraphs to read; the whole text if left out.
    narrative : whether the text tells a history, in which a date without a year is near the last date told and not
        near publication; decided by `is_narrative` if left out.

    Returns
    -------
    Expressions in the order of the text, none overlapping another.

    Examples
    --------
    >>> import spacy
    >>> doc = spacy.blank("en")("NATO expelled eight Russians last week.")
    >>> [time] = read_times(doc, (date(2021, 10, 18), date(2021, 10, 24)))
    >>> time.value, str(time.earliest), str(time.latest), time.anchor
    ('2021-W41', '2021-10-11', '2021-10-17', '2021-10-18/2021-10-24')
    """
    text, parsed = text_of(doc), doc.has_annotation("DEP")
    found = [(start, expression) for start, end in ([(0, len(text))] if spans is None else spans)
             for expression in expressions(text[start:end])]
    if narrative is None:
        narrative = is_narrative(text, found, published)
    account = Account(published, (expression for _, expression in found), narrative)
    times = []
    for start, expression in found:
        first, last = start + expression[0].start, start + expression[-1].end
        verb = governor(doc, first, last) if parsed else None
        reading, anchor = account.resolve(expression, outlook(doc, first, last, verb))
        if reading is not None:
            bounds = (None, None) if reading.bc else (reading.earliest, reading.latest)
            times.append(Time(first, last, reading.type, reading.timex, *bounds, anchor,
                              verb.idx if verb else None, verb.idx + len(verb) if verb else None))
    return times


@Language.component("tellings_times", assigns=["doc._.times"])
def times(doc: Doc) -> Doc:
    """Write the temporal expressions of running news as `doc._.times`; furniture is not read."""
    article = doc._.article
    published = (article.published_earliest, article.published_latest) if article is not None else (None, None)
    news = [paragraph for paragraph in doc._.paragraphs if paragraph.section is not None]
    spans = [(doc[p.start : p.end].start_char, doc[p.start : p.end].end_char) for p in news]
    return write(doc, "times", read_times(doc, None if None in published else published,
                                          spans if doc._.paragraphs else None))
