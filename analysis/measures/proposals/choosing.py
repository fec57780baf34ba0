"""Groups in the order of what they tell that is not told yet, and sentences that one outlet alone has."""

from __future__ import annotations

import heapq
import json
import math
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pandas as pd

from ..terms import Term, by_sentence
from . import groups as gathered
from .groups import Group, says_something
from .reading import LEAST_TERMS, MILLION, VALUES, Part, Story

NEW = 0.5  # of what a group shares, that neither the codebook nor an earlier proposal tells: at least half is news
IN_LEDE = 0.5  # how much more a group counts if all tell it in the headline or the first paragraph
MOST = 50  # proposals of each sort: what a person can read


@dataclass
class Told:
    """What is told already, by the row of each sentence: the terms, and those of each fact of the codebook."""

    words: dict[int, set[str]]
    of_facts: dict[int, dict[str, set[str]]]


def told_by(codings: pd.DataFrame, sentences: pd.DataFrame, found: list[list[Term]]) -> Told:
    """Return the terms that the wordings of facts have found in each sentence, and of which fact."""
    facts = codings[codings["kind"].eq("fact")]
    elements = [(coding.article_id, element["start"], element["end"], coding.code_id) for coding in facts.itertuples()
                for element in json.loads(coding.elements)]
    told = Told(defaultdict(set), defaultdict(lambda: defaultdict(set)))
    places = pd.DataFrame(elements, columns=["article_id", "start", "end", "fact_id"])
    for row, words in by_sentence(places, sentences).items():
        starts = [place.start for place in found[row]]
        for word in words:
            first = max(bisect_left(starts, word.start) - 1, 0)  # the one before may reach into it
            near = found[row][first : bisect_left(starts, word.end)]
            terms_there = {place.term for place in near if word.start < place.end}
            told.words[row] |= terms_there
            told.of_facts[row][word.fact_id] |= terms_there
    return told


def most_telling(groups: list[Group], told: Told, story: Story) -> Iterator[Group]:
    """Yield the groups that tell most that is not told yet, and take what they tell as told."""
    groups = [group for group in groups if says_something(group.shared) and not _known(group, told, story)]
    heap = [(-_worth(group, told, story), number) for number, group in enumerate(groups)]
    heapq.heapify(heap)
    for _ in range(MOST):
        while heap:  # what is left of a group's worth only falls: who is still first after a look is the first
            _, number = heapq.heappop(heap)
            worth = _worth(groups[number], told, story)
            if worth and (not heap or worth >= -heap[0][0]):
                break
            if worth:
                heapq.heappush(heap, (-worth, number))
        else:
            return
        for part in groups[number].parts:
            told.words[part.row] |= part.terms & groups[number].shared
        yield groups[number]


def _known(group: Group, told: Told, story: Story) -> bool:
    """Tell whether a fact of the codebook is found in most passages by words that the group shares."""
    facts = Counter(fact_id for part in group.parts for fact_id, words in told.of_facts.get(part.row, {}).items()
                    if words and story.weigh(words & group.shared) >= gathered.HAS_SHARED * story.weigh(words))
    return any(2 * number > len(group.parts) for number in facts.values())


def _worth(group: Group, told: Told, story: Story) -> float:
    """Weigh a group: its outlets, by how specific that is which it tells anew, more where it stands in front."""
    whole = sum(story.weigh(part.terms & group.shared) for part in group.parts)
    new = sum(story.weigh((part.terms & group.shared) - told.words[part.row]) for part in group.parts)
    if new < NEW * whole:
        return 0.0
    in_front = sum(story.sentences[part.row].section != "body" for part in group.parts) / len(group.parts)
    return len(story.outlets_of(group.parts)) * math.log1p(new / len(group.parts) / MILLION) * (1 + IN_LEDE * in_front)


def alone(story: Story, marked: set[int], told: Told, quoted: Callable[[str, int], bool]) -> Iterator[Group]:
    """Yield sentences that are like none of another outlet, those with most values and names of their own first."""
    outlets: dict[str, set[str]] = defaultdict(set)
    for sentence, places in zip(story.sentences, story.terms):
        for place in places:
            outlets[place.term].add(story.outlets[sentence.article_id])
    found = []
    for row, (sentence, places) in enumerate(zip(story.sentences, story.terms)):
        part = Part(row, sentence.article_id, sentence.start, sentence.end, places)
        new = story.weigh(part.terms - told.words[row])
        if row in marked or sentence.section == "headline" or len(part.terms) < LEAST_TERMS:
            continue
        if new < NEW * story.weigh(part.terms):
            continue
        telling = {place.term for place in places if _is_name(place, sentence) or place.term.startswith(("@", *VALUES))}
        marks = sum(len(outlets[term]) == 1 for term in telling) + quoted(sentence.article_id, part.middle)
        if marks:
            # A sentence of an altered text may stand in another, in the words that it had before.
            in_front = sentence.section != "body"
            found.append((story.altered[sentence.article_id], -marks * (1 + IN_LEDE * in_front), row, part))
    for *_, part in sorted(found, key=lambda one: one[:3])[:MOST]:
        yield Group([part])


def _is_name(place: Term, sentence) -> bool:
    """Tell whether a word is capitalised inside a sentence."""
    at = place.start - sentence.start
    return at > 0 and sentence.text[at].isupper() and sentence.text[:at].rstrip()[-1:] not in ('"', "“", "‘", ":", "")
