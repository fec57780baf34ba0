"""Temporal expressions, found by rules and normalised as in TIMEX3, with the days they can mean.

rules     what expressions look like: data, by class, each with an example
resolve   what they mean on a given day of publication
readings  meanings: joined, narrowed, left open
periods   weeks, quarters, seasons: the calendar

The approach is HeidelTime's (Strötgen and Gertz 2010): patterns with normalisation, no training.
Where publication is known as an interval only, an expression is resolved against both its ends.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from spacy.language import Language
from spacy.tokens import Doc, Token

from .. import write
from . import resolve
from ..numbers import singular
from .readings import Context, Reading, cut, merge, narrow
from .rules import GROUPS, Rule

Published = tuple[date, date]
# Stands in where publication is unknown; the values then show X for all that depends on it.
_SOME_DAY = date(2000, 6, 15)
_BETWEEN = re.compile(r",?\s{1,3}(?:on\s|at\s)?")  # 5 p.m. EST, Nov. 9; noon on Friday; Friday at noon
# Words as the cues of the rules have them. Each character stays one, so that offsets hold.
_PLAIN = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ123456789’‘", "abcdefghijklmnopqrstuvwxyz000000000''")
_WORDS = re.compile(r"[a-z]+|'?0+(?::00)?(?:st|nd|rd|th|s|am|pm)?")
_VERBS_TOO = ("may", "march")
# Letters that `re` takes for i, k and s where case does not matter, but that are not.
_LOOKALIKES = str.maketrans("ıİſ\N{KELVIN SIGN}", "????")
# What names its date, and what hangs on the day of writing.
_NAMING = (resolve.full_date, resolve.numeric_date, resolve.month_year, resolve.year, resolve.before_christ)
_HANGING = (resolve.named_day, resolve.weekday, resolve.part_of_day, resolve.which_unit, resolve.which_weekend,
            resolve.weekend, resolve.ago)
_ALSO_OF_THE_ACCOUNT = (resolve.part_of_day, resolve.which_unit, resolve.weekend)  # the morning, the end of the year
_OF_A_DAY = (resolve.weekday, resolve.part_of_day, resolve.clock)  # cannot be counted from a month or a year
_QUOTED = re.compile("[“\"][^“”\"\n]{1,1000}[”\"]")
_LONG_PAST = 365  # days
_PAST_PER_HANGING = 5
_FINAL_LEAP = 5 * 365  # days
_DAY_READERS = (resolve.full_date, resolve.month_day, resolve.named_day, resolve.weekday)
# Rules are tried only this near to their cues, in characters: the longest expressions take half of it.
_REACH = 40
_GROUPS_BY_CUE = {cue: [n for n, group in enumerate(GROUPS) if cue in group.cues]
                  for cue in frozenset().union(*(group.cues for group in GROUPS))}
# No verb further up the tree, and no auxiliary further before its verb, says when: keeps odd texts linear.
_FARTHEST_GOVERNOR = 20
_FARTHEST_HELPER = 10
_PRESENT = frozenset({"is", "are", "be", "being"})
_PAST = frozenset({"was", "were", "been", "had", "has", "have"})
_FUTURE_AUXILIARIES = frozenset({"will", "'ll", "’ll", "wo", "shall"})
# Verbs whose infinitive lies ahead even where they stand in the past: it planned to meet on Friday.
_PLANNING = frozenset(
    "agree aim ask be due expect hope intend order plan prepare promise propose schedule set want vow".split())


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


@dataclass(frozen=True, slots=True)
class _Match:
    start: int
    end: int
    rule: Rule
    groups: dict[str, str]

    @property
    def kind(self) -> str | None:
        """A whole day or a time of the clock: the two are one expression where they stand side by side."""
        if self.rule.read is resolve.clock:
            return "clock"
        whole = "partofday" not in self.groups and self.groups.get("named") != "tonight"
        return "day" if whole and self.rule.read in _DAY_READERS else None


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
    text, parsed = doc.text, doc.has_annotation("DEP")
    found = [(start, match) for start, end in ([(0, len(text))] if spans is None else spans)
             for match in _join(_choose(find(text[start:end])), text[start:end])]
    if narrative is None:
        quoted = [quotation.span() for quotation in _QUOTED.finditer(text)]
        narrative = is_narrative(_outside(found, quoted), published)
    times = []
    named = deque(_dates_that_name_themselves(match for _, match in found)) if narrative else deque()
    told = named[0] if named else None
    for start, match in found:
        first, last = start + match[0].start, start + match[-1].end
        governor = _governor(doc, first, last) if parsed else None
        reading, anchor = _resolve(match, published, told, _tense(governor), narrative)
        if reading is None:
            continue
        bounds = (None, None) if reading.bc else (reading.earliest, reading.latest)
        times.append(Time(first, last, reading.type, reading.timex, *bounds, anchor,
                          governor.idx if governor else None, governor.idx + len(governor) if governor else None))
        if named and reading == named[0]:
            named.popleft()
            if not _is_aside(reading, told, named[0] if named else None):
                told = reading
        elif _moves_on(reading, told, match) and not (narrative and reading.relative_to == "publication"):
            told = reading
        elif match[0].rule.read is resolve.months_reported and not narrative:
            told = None  # the quarter told before is not what they are compared with
    return times


def is_narrative(found: Iterable[tuple[_Match, ...]], published: Published | None) -> bool:
    """Tell whether a text is a history by its dates: full ones, long past, and hardly a word that hangs on today.

    News names its days by today, yesterday, Monday, last week even where it recalls many years. A text
    is taken for a history where it has no such word and five dates long past, or five more for each such word.
    """
    today = published[0] if published else date.max
    past = hanging = 0
    for match in found:
        if match[0].rule.read in _HANGING and ("which" in match[0].groups or match[0].rule.read not in _ALSO_OF_THE_ACCOUNT):
            hanging += 1
        else:
            past += sum(reading.bc or (today - reading.latest).days > _LONG_PAST for reading in _dates_that_name_themselves([match]))
    return past >= _PAST_PER_HANGING * (1 + hanging)


def _outside(found: list[tuple[int, tuple[_Match, ...]]], quoted: list[tuple[int, int]]) -> Iterator[tuple[_Match, ...]]:
    """Yield the matches that do not stand in a quotation, whose "today" is its speaker's."""
    ends = [end for _, end in quoted]
    for start, match in found:
        place = bisect_right(ends, start + match[0].start)
        if place == len(quoted) or start + match[0].start < quoted[place][0]:
            yield match


def _dates_that_name_themselves(found: Iterable[tuple[_Match, ...]]) -> Iterator[Reading]:
    """Yield what expressions mean that hang on no other day: 5 July 2019, 1989."""
    for match in found:
        reading = _read(match, Context(_SOME_DAY)) if match[0].rule.read in _NAMING else None
        if reading is not None and reading.relative_to is None and reading.earliest is not None:
            yield reading


@Language.component("tellings_times", assigns=["doc._.times"])
def times(doc: Doc) -> Doc:
    """Write the temporal expressions of running news as `doc._.times`; furniture is not read."""
    article = doc._.article
    published = (article.published_earliest, article.published_latest) if article is not None else (None, None)
    news = [paragraph for paragraph in doc._.paragraphs if paragraph.section is not None]
    spans = [(doc[p.start : p.end].start_char, doc[p.start : p.end].end_char) for p in news]
    return write(doc, "times", read_times(doc, None if None in published else published,
                                          spans if doc._.paragraphs else None))


def find(text: str) -> Iterator[_Match]:
    """Yield every match of every rule that the words of a text allow; they may overlap."""
    text = text.translate(_LOOKALIKES)
    for number, windows in _windows(text).items():
        for rule in GROUPS[number].rules:
            for start, end in windows:
                for match in rule.regex.finditer(text, start, end):
                    yield _as_match(rule, match)


def _windows(text: str) -> dict[int, list[list[int]]]:
    """Return for each group of rules the stretches of text around its cues."""
    found: dict[int, list[list[int]]] = {}
    for word in _WORDS.finditer(text.translate(_PLAIN)):
        numbers = _GROUPS_BY_CUE.get(word[0])
        if numbers is None or word[0] in _VERBS_TOO and text[word.start()].islower():
            continue
        start, end = max(word.start() - _REACH, 0), word.end() + _REACH
        for number in numbers:
            windows = found.setdefault(number, [])
            if windows and windows[-1][1] >= start:
                windows[-1][1] = end
            else:
                windows.append([start, end])
    return dict(sorted(found.items()))


def _as_match(rule: Rule, match: re.Match) -> _Match:
    groups = {name: " ".join(words.lower().split()) for name, words in match.groupdict().items() if words is not None}
    if "unit" in groups:
        groups["unit"] = singular(groups["unit"])
    return _Match(*match.span("span" if "span" in groups else 0), rule, groups)


def _is_aside(reading: Reading, told: Reading, next_named: Reading | None) -> bool:
    """Tell whether an account leaves its time for this date only.

    It does if the next date named goes on from where it was, or is nearer to that; or if it ends with a leap of years.
    """
    if next_named is None:
        return abs((reading.earliest - told.earliest).days) > _FINAL_LEAP
    before, aside, after = told.earliest, reading.earliest, next_named.earliest
    return abs(after - before) < abs(after - aside)


def _moves_on(reading: Reading, told: Reading | None, matches: tuple[_Match, ...]) -> bool:
    """Tell whether later expressions count from this one.

    Going back from the last date told (a year earlier) is a comparison, and so is the end of a
    business year: the account goes on where it was.
    """
    if reading.type != "DATE" or reading.earliest is None or "ended" in matches[0].groups:
        return False
    return reading.relative_to != "told" or reading.earliest >= told.earliest


def _choose(matches: Iterable[_Match]) -> list[_Match]:
    """Keep the longest of overlapping matches, then the one of the earlier rule."""
    taken: set[int] = set()
    chosen = []
    for match in sorted(matches, key=lambda m: m.start - m.end):
        if taken.isdisjoint(range(match.start, match.end)):
            taken.update(range(match.start, match.end))
            chosen.append(match)
    return sorted(chosen, key=lambda m: m.start)


def _join(matches: list[_Match], text: str) -> Iterator[tuple[_Match, ...]]:
    """Join a time of the clock with the day beside it: 5 p.m. on Friday."""
    joined = None
    for match, after in zip(matches, [*matches[1:], None]):
        if match is joined:
            continue
        if after is not None and {match.kind, after.kind} == {"clock", "day"} \
                and _BETWEEN.fullmatch(text, match.end, after.start):
            joined = after
            yield match, after
        else:
            yield (match,)


def _resolve(matches: tuple[_Match, ...], published: Published | None, told: Reading | None,
             tense: str | None, narrative: bool) -> tuple[Reading | None, str | None]:
    """Return what an expression means, and what it was resolved against."""
    if narrative and told is not None and matches[0].rule.read not in (resolve.ago, resolve.half_ago, resolve.named_day):
        reading = _read(matches, Context(told.earliest, told, tense, narrative=True))
        if reading is not None and reading.relative_to == "publication":
            if matches[0].rule.read in _OF_A_DAY and len(matches) == 1 and told.earliest < told.latest:
                return replace(reading, value=reading.open, earliest=None, latest=None), None
            reading = replace(reading, relative_to="told")
        hangs = reading is not None and reading.relative_to is not None
        return (replace(reading, bc=told.bc), _told(told)) if hangs else (reading, None)
    early, late = published or (_SOME_DAY, _SOME_DAY)
    readings = [_read(matches, Context(day, told, tense)) for day in (early, late)]
    if None in readings:
        return None, None
    # At the ends of the calendar an expression can be resolved against one end of the interval only.
    reading = next((one for one in readings if one.relative_to is None), readings[0])
    if reading.relative_to is None:
        return reading, None
    if reading.relative_to == "told":
        return (replace(reading, bc=told.bc), _told(told)) if told else (reading, None)
    if published is None:
        return replace(reading, value=reading.open or reading.value, earliest=None, latest=None), None
    return merge(*readings), _interval(early, late)


def _read(matches: tuple[_Match, ...], ctx: Context) -> Reading | None:
    readings = [_read_one(match, ctx) for match in matches]
    if len(readings) == 1 or None in readings:
        return readings[0]
    day, clock = sorted(readings, key=lambda one: one.type)
    stamp = clock.value[clock.value.index("T"):]
    return replace(day, type="TIME", value=day.value + stamp, open=day.open and day.open + stamp)


def _read_one(match: _Match, ctx: Context) -> Reading | None:
    try:
        reading = match.rule.read(match.groups, ctx)
        if reading is not None and "part" in match.groups:
            reading = narrow(reading, match.groups["part"])
        if reading is not None and "side" in match.groups:
            reading = cut(reading, match.groups["side"], ctx.day)
    except (ValueError, OverflowError):  # a day that the calendar does not have: 30 February, the year 0
        return None
    return reading


def _told(reading: Reading) -> str:
    return reading.timex if reading.bc else _interval(reading.earliest, reading.latest)


def _interval(first: date, last: date) -> str:
    return first.isoformat() if first == last else f"{first}/{last}"


def _governor(doc: Doc, start: int, end: int) -> Token | None:
    """Climb from a passage to the first verb above it."""
    span = doc.char_span(start, end, alignment_mode="expand")
    for token in itertools.islice(span.root.ancestors, _FARTHEST_GOVERNOR):
        if token.pos_ in ("VERB", "AUX"):
            return token
    return None


def _tense(verb: Token | None) -> str | None:
    """Tell whether a verb speaks of the past or of the future, where its form says so."""
    for _ in range(_FARTHEST_GOVERNOR):  # an infinitive has the tense of the verb above it: he came to meet them
        if verb is None:
            return None
        helpers = _helpers(verb)
        planned = verb.lemma_ in _PLANNING and (helpers & _PRESENT or verb.tag_ == "VBN" and not helpers)
        if helpers & _FUTURE_AUXILIARIES or planned:  # a summit (that is) set for April
            return "future"
        if verb.tag_ != "VB" or "to" not in helpers or verb.head.i == verb.i:
            passive = helpers & _PRESENT and not helpers & _PAST  # a case that is heard in May may yet be
            return "past" if verb.tag_ in ("VBD", "VBN") and not passive else None
        if verb.head.lemma_ in _PLANNING and "had" not in _helpers(verb.head):
            return "future"
        verb = verb.head
    return None


def _helpers(verb: Token) -> set[str]:
    """Return the words right before a verb that its tense may depend on."""
    near = verb.doc[max(verb.i - _FARTHEST_HELPER, 0) : verb.i]
    return {token.lower_ for token in near if token.dep_ in ("aux", "auxpass") and token.head.i == verb.i}
