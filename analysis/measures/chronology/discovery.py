"""Events that several outlets date and tell alike, proposed for the codebook.

A candidate is a clause with a resolved date. Two candidates are alike if they can mean the same day and their words are
alike (cosine of tf-idf within the story; Salton and Buckley 1988): the less exact the dates are, the more alike the
words must be. Candidates are put together by average linkage, only while one day is possible for all. So topic
detection joins reports (Allan et al. 1998), but by the day they tell, not by the day they appear. What one outlet alone
dates is no proposal.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

import pandas as pd

from .. import labels, sentence_of
from ..drafts import bare, codebook, comment, cover, entry_id, every_word, short, whole_words
from ..words import EMPTY, WORD, stem, stems

# Likeness, 0 to 1, that joins two clauses: with dates of a week or less, and with longer ones.
ALIKE, ALIKE_VAGUELY = 0.15, 0.25
WEEK = pd.Timedelta(days=7)
LEAST_SHARED = 2  # words that two clauses share at least, if the deed is not among them: one is a coincidence
NEIGHBOURS = 20  # clauses with the same word, in order of time, that each is compared with: keeps large stories linear
LONGEST_CLAUSE = 400  # characters that a name is looked for in
REPRESENTATIVE = 0.6  # of the most words that a clause shares with the others: with fewer it cannot name them all
DEFINITION = "Proposed by the machine. Write what happened."
CODING_RULE = "Proposed by the machine. Write what counts as telling it, and correct the days and the wordings."

_REPORTING = re.compile(r"^.{0,80}?\b(?:said|says|announced|confirmed|reported)\b(?: that)? (?=\S+ \S+ \S+)")
_PREPOSITION = r"(?:\b(?:on|in|at|by|from|during|between|sometime)\s+)*"


@dataclass(eq=False)
class _Candidate:
    article_id: str
    outlet: str
    altered: bool
    start: int
    end: int
    text: str
    deed: str
    time: str
    earliest: pd.Timestamp
    latest: pd.Timestamp
    sentence: str
    sentence_start: int
    sentence_end: int
    words: dict[str, float] = field(default_factory=dict)  # weighed, the vector's length 1


_BASIS = ("article_id", "start", "end", "text", "deed", "time", "altered", "sentence", "sentence_start", "sentence_end")


def proposals(times: pd.DataFrame, sentences: pd.DataFrame, articles: pd.DataFrame, codings: pd.DataFrame,
              events: pd.DataFrame) -> pd.DataFrame:
    """Propose events that at least two outlets date and tell alike.

    Parameters
    ----------
    codings, events : of the codebook, by which a proposal is known; both are empty without one.

    Returns
    -------
    DataFrame, a row a clause that a proposal rests on: event_id and name (proposed), earliest, latest (the days that
    all its datings allow), known (the event of the codebook that it is; empty where it is new), article_id, start, end,
    text (of the clause), deed (its verb), time (words of the date), altered (a machine changed the words of the text),
    sentence, sentence_start, sentence_end.
    """
    found = sorted(_candidates(times, sentences, articles), key=_in_time)
    likeness = _likeness(found, sentences)
    rows, taken = [], set(events["event_id"])
    clusters = [cluster for cluster in _cluster(found, likeness) if len({one.outlet for one in cluster}) > 1]
    for cluster in sorted(clusters, key=lambda cluster: (*_common_days(cluster), *_in_time(cluster[0]))):
        name = _name(cluster)
        event_id = _id(name, cluster, taken)
        taken.add(event_id)
        earliest, latest = _common_days(cluster)
        known = _known(cluster, codings)
        rows += [(event_id, name, earliest, latest, known, *(getattr(one, column) for column in _BASIS))
                 for one in sorted(cluster, key=lambda one: (one.article_id, one.start))]
    return pd.DataFrame(rows, columns=["event_id", "name", "earliest", "latest", "known", *_BASIS])


def _in_time(one: _Candidate) -> tuple:
    return one.earliest, one.latest, one.article_id, one.start


def _candidates(times: pd.DataFrame, sentences: pd.DataFrame, articles: pd.DataFrame) -> list[_Candidate]:
    """Return the clauses with a date, in the order of the table `times`."""
    dates = times.dropna(subset=["earliest", "latest"]).itertuples(index=False)
    told = pd.DataFrame(
        [(date.article_id, date.text, date.earliest, date.latest, *word) for date in dates for word in _clauses(date)],
        columns=["article_id", "time", "earliest", "latest", "start", "end", "clause_start", "clause_end"])
    if told.empty:
        return []
    told = told.join(sentence_of(told, sentences)[["sentence", "sentence_start", "sentence_end"]])
    about = articles.set_index("article_id")
    outlets = about["outlet"].fillna(about.index.to_series())
    found: list[_Candidate] = []
    for _, own in told.groupby(["article_id", "start"], sort=False):
        word = own.iloc[0]
        earliest, latest = _together(own)
        start, end = max(word.clause_start, word.sentence_start), min(word.clause_end, word.sentence_end)
        text = word.sentence[start - word.sentence_start : end - word.sentence_start]
        deed = word.sentence[word.start - word.sentence_start : word.end - word.sentence_start]
        found.append(_Candidate(word.article_id, outlets[word.article_id],
                                about["condition"][word.article_id] == "machine-altered", start, end, text, deed,
                                " … ".join(own["time"]), earliest, latest, word.sentence, word.sentence_start,
                                word.sentence_end))
    return found


def _clauses(date) -> list[tuple[int, int, int, int]]:
    """Return of what a date is said, deed and clause; where it is said of a verb, the nouns are that clause's own."""
    words = json.loads(date.reach)
    verb = None if pd.isna(date.governor_start) else date.governor_start
    verbal = [word for word in words if word["start"] == verb or word["basis"] == "coordination"]
    clauses = {(word["clause_start"], word["clause_end"]): word for word in verbal or words}
    return [(word["start"], word["end"], start, end) for (start, end), word in clauses.items()
            if not any((a, b) != (start, end) and a <= start and end <= b for a, b in clauses)]


def _together(dates: pd.DataFrame) -> tuple[pd.Timestamp, pd.Timestamp]:
    """Return the days that the dates of one deed mean: those common to all; without any, from the first to the last."""
    earliest, latest = dates["earliest"].max(), dates["latest"].min()
    return (earliest, latest) if earliest <= latest else (dates["earliest"].min(), dates["latest"].max())


def _stems(text: str) -> set[str]:
    return stems(text, without=EMPTY)


def _likeness(found: list[_Candidate], sentences: pd.DataFrame) -> dict[tuple[int, int], float]:
    """Weigh the candidates' words, and return the likeness of each two that may tell the same, by their positions."""
    there = Counter(word for text in sentences["text"] for word in _stems(text))
    holding = defaultdict(list)
    for number, one in enumerate(found):
        words = _stems(one.text) - {word for time in one.time.split(" … ") for word in _stems(time)}
        weights = {word: math.log((len(sentences) + 1) / (there[word] + 1)) for word in words}
        length = math.hypot(*weights.values())
        one.words = {word: weight / length for word, weight in sorted(weights.items())} if length else {}
        for word in one.words:
            holding[word].append(number)
    pairs = {(a, b) for numbers in holding.values() for place, a in enumerate(numbers)
             for b in numbers[place + 1 : place + 1 + NEIGHBOURS]}
    likeness = {(a, b): _alike(found[a], found[b]) for a, b in sorted(pairs)}
    return {pair: alike for pair, alike in likeness.items() if alike}


def _alike(one: _Candidate, other: _Candidate) -> float:
    """Return how alike two clauses are, 0 where they cannot be the same event told by two outlets or twice by one."""
    if one.earliest > other.latest or other.earliest > one.latest:
        return 0.0
    shared = one.words.keys() & other.words.keys()
    deeds = {stem(one.deed), stem(other.deed)}
    if len(shared) < LEAST_SHARED and not shared & deeds:
        return 0.0
    alike = _product(one.words, other.words)
    return alike if alike >= _needed([one, other]) else 0.0


def _product(one: dict[str, float], other: dict[str, float]) -> float:
    return math.fsum(weight * other[word] for word, weight in one.items() if word in other)


def _needed(joined: list[_Candidate]) -> float:
    return ALIKE_VAGUELY if max(one.latest - one.earliest for one in joined) > WEEK else ALIKE


def _cluster(found: list[_Candidate], likeness: dict[tuple[int, int], float]) -> list[list[_Candidate]]:
    """Join what is alike, the most alike first, while the mean likeness holds and a day is left that fits all."""
    cluster_of = {number: ([one], dict(one.words)) for number, one in enumerate(found)}
    numbers = {id(one): number for number, one in enumerate(found)}
    for a, b in sorted(likeness, key=lambda pair: (-likeness[pair], pair)):
        if cluster_of[a] is cluster_of[b]:
            continue
        (ours, our_words), (theirs, their_words) = sorted((cluster_of[a], cluster_of[b]), key=lambda c: -len(c[0]))
        earliest, latest = _common_days([*ours, *theirs])
        # The product of the sums is the sum of all products: the mean likeness of ours and theirs.
        mean = _product(their_words, our_words) / (len(ours) * len(theirs))
        if earliest <= latest and mean >= _needed([*ours, *theirs]):
            for word, weight in their_words.items():
                our_words[word] = our_words.get(word, 0.0) + weight
            ours += theirs
            cluster_of.update((numbers[id(one)], cluster_of[numbers[id(ours[0])]]) for one in theirs)
    clusters = {id(cluster): cluster for cluster, _ in cluster_of.values()}
    return [sorted(cluster, key=lambda one: numbers[id(one)]) for cluster in clusters.values()]


def _common_days(cluster: Iterable[_Candidate]) -> tuple[pd.Timestamp, pd.Timestamp]:
    return max(one.earliest for one in cluster), min(one.latest for one in cluster)


def _name(cluster: list[_Candidate]) -> str:
    """Name a proposal by the shortest clause that shares most with the others: words of a text, not the machine's."""
    own = [one for one in cluster if not one.altered] or cluster
    shared = Counter(word for one in cluster for word in one.words)
    telling = [sum(shared[word] > 1 for word in one.words) for one in own]
    names = [_bare(one) for one, number in zip(own, telling) if number >= REPRESENTATIVE * max(telling)]
    # What begins a sentence has its subject.
    text = min(names, key=lambda name: (not name[0].isupper(), len(name), name))
    return short(text)


def _bare(one: _Candidate) -> str:
    """Take the date out of a clause, and what would lead or end it badly."""
    text = one.text[:LONGEST_CLAUSE]
    for time in one.time.split(" … "):
        text = re.sub(_PREPOSITION + re.escape(time), "", text, count=1, flags=re.IGNORECASE)
    text = bare(text)
    return (bare(_REPORTING.sub("", text)) if one.deed.lower() in EMPTY else text) or one.deed


def _id(name: str, cluster: list[_Candidate], taken: set[str]) -> str:
    shared = Counter(word for one in cluster for word in one.words)
    return entry_id((word for word in WORD.findall(name) if shared[stem(word)] > 1), taken, "event")


def _known(cluster: list[_Candidate], codings: pd.DataFrame) -> str | None:
    """Return the event of the codebook that is told in at least half of the clauses.

    Its days do not matter: that articles date it otherwise is a disagreement, and no other event.
    """
    coded = codings[codings["kind"].eq("event")]
    told: Counter[str] = Counter()
    for one in cluster:
        inside = coded["article_id"].eq(one.article_id) & coded["start"].lt(one.end) & coded["end"].gt(one.start)
        told.update(sorted(set(coded[inside]["code_id"])))
    return next((event_id for event_id, number in told.most_common(1) if 2 * number >= len(cluster)), None)


def as_yaml(proposed: pd.DataFrame, articles: pd.DataFrame) -> str:
    """Write the proposals that are new as a codebook file, with the sentences that each rests on as comments.

    Saved as a `.yaml` file in a story's folder `codebook`, or pasted below `events:` there, it passes `tellings check`.

    Parameters
    ----------
    proposed : from `proposals`.
    articles : the table of that name.
    """
    names = labels(articles)
    new = proposed[proposed["known"].isna()]
    entries = []
    for event_id, basis in new.groupby("event_id", sort=False):
        first = basis.iloc[0]
        comments = "".join(comment(one, names[one.article_id]) for one in basis.itertuples())
        entries.append((comments, {
            "event_id": event_id, "name": first["name"],
            "earliest": first.earliest.date(), "latest": first.latest.date(),
            "definition": DEFINITION, "coding_rule": CODING_RULE, "wordings": [_wording(basis)]}))
    return codebook("events", entries)


def _wording(basis: pd.DataFrame) -> dict[str, list[str]]:
    """Return a wording that finds each of the sentences again: their deeds, and words of which each shares one."""
    deeds = sorted({deed.lower() for deed in basis["deed"]})
    left_out = {stem(deed) for deed in deeds} | {word for time in basis["time"] for word in _stems(time)}
    slots = {"did": deeds if all(whole_words(deed) == [deed] for deed in deeds) else [],
             "what": cover(basis["text"], left_out)}
    return {slot: words for slot, words in slots.items() if words} or {"what": every_word(basis["text"])}
