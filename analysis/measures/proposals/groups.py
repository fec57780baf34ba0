"""Clauses of different articles gathered to groups that tell alike."""

from __future__ import annotations

import math
from collections import Counter, defaultdict, deque
from dataclasses import dataclass, field

import numpy as np

from .reading import LEAST_SHARED, VALUES, Part, Story

ALIKE = 0.4  # Dice coefficient of two clauses, weighed: with less, most of what either tells is not in the other
BELONGS = 0.5  # of the weight of what a group shares that each of its clauses must have: half, or it tells another fact
# Most of that weight, which a clause of a further article must have to belong; and of a fact's words, for a group that
# has them to be known.
HAS_SHARED = 0.6
SAME = 0.8  # Dice coefficient from which a clause gathers the same group as the one it is like
NEIGHBOURS = 20  # clauses before it with the same term that each is compared with: keeps large stories linear
MOST_GROUPS = 1000  # that are weighed against each other


@dataclass(eq=False)
class Group:
    """Clauses of different articles that share most of `shared`."""

    parts: list[Part]
    shared: frozenset[str] = field(init=False)

    def __post_init__(self):
        there = Counter(term for part in self.parts for term in part.terms)
        self.shared = frozenset(term for term, number in there.items() if 2 * number > len(self.parts))


def links_of(parts: list[Part], story: Story) -> dict[int, dict[int, float]]:
    """Return for each clause, by its number, those of other articles that are like it, and how much.

    Only clauses that share one of their rarer terms are compared: of the rest, the weight that `ALIKE` asks for could
    not come from the others (prefix filtering; Chaudhuri, Ganti and Kaushik 2006).
    """
    recent: dict[str, deque[int]] = defaultdict(lambda: deque(maxlen=NEIGHBOURS))
    weights = [story.weigh(part.terms) for part in parts]
    links: dict[int, dict[int, float]] = defaultdict(dict)
    for number, part in enumerate(parts):
        rarer, weight = _rarer(part.terms, story), weights[number]
        for other in {other for term in rarer for other in recent[term]}:
            both = weight + weights[other]
            if parts[other].article_id == part.article_id or 2 * min(weight, weights[other]) < ALIKE * both:
                continue
            shared = part.terms & parts[other].terms
            alike = 2 * story.weigh(shared) / both
            if alike >= ALIKE and says_something(shared):
                links[number][other] = links[other][number] = alike
        for term in rarer:
            recent[term].append(number)
    return dict(sorted(links.items()))


def _rarer(found: frozenset[str], story: Story) -> list[str]:
    """Return the rarest terms, up to where the others weigh too little to make two clauses alike."""
    ordered = sorted(found, key=lambda term: (-story.rarity[term], term))
    least = ALIKE / (2 - ALIKE) * story.weigh(found)
    rest, kept = story.weigh(found), []
    for term in ordered:
        if rest < least:
            break
        kept.append(term)
        rest -= story.rarity[term]
    return kept


def says_something(shared: frozenset[str]) -> bool:
    """Tell whether terms say more than a name: two, one of which is no actor; or a number or day alone."""
    if len(shared) < LEAST_SHARED:
        return any(term.startswith(VALUES) for term in shared)
    return not all(term.startswith("@") for term in shared)


def stars(parts: list[Part], links: dict[int, dict[int, float]]) -> list[list[Part]]:
    """Return each clause with that of each other article which is most like it, once for what is nearly the same."""
    stars = {}
    for number, alike in links.items():
        best: dict[str, int] = {}
        for other in sorted(alike, key=lambda other: (-alike[other], other)):
            best.setdefault(parts[other].article_id, other)
        stars[number] = list(best.values())
    order = sorted(stars, key=lambda number: (-math.fsum(links[number][other] for other in stars[number]), number))
    gathered: list[list[Part]] = []
    seeds: set[int] = set()
    for number in order:
        like = links[number]
        if len(gathered) < MOST_GROUPS and not any(like[seed] >= SAME for seed in like.keys() & seeds):
            seeds.add(number)
            gathered.append([parts[number], *(parts[other] for other in stars[number])])
    return gathered


def by_value(parts: list[Part], story: Story) -> list[list[Part]]:
    """Gather by each number and day the clauses that give it, if they share a term besides."""
    holding = defaultdict(lambda: defaultdict(list))
    for part in parts:
        for term in part.terms:
            if term.startswith(VALUES):
                holding[term][part.article_id].append(part)
    return [group for value, of_article in sorted(holding.items()) if len(of_article) > 1
            for group in [_about_value(value, of_article, story)] if len(group) > 1]


def _about_value(value: str, of_article: dict[str, list[Part]], story: Story) -> list[Part]:
    """Return of each article the clause whose terms the other articles share most; none that share the value alone."""
    articles = Counter(term for own in of_article.values() for term in frozenset().union(*(part.terms for part in own)))

    def shared(part: Part) -> float:
        weight = sum(story.rarity[term] * (articles[term] - 1) for term in part.terms)
        return weight / story.weigh(part.terms)

    best = [max(own, key=lambda part: (shared(part), -len(part.terms))) for own in of_article.values()]
    there = Counter(term for part in best for term in part.terms - {value})
    return [part for part in best if any(there[term] > 1 for term in part.terms - {value})]


def holding_of(parts: list[Part]) -> dict[str, np.ndarray]:
    """Return for each term the numbers of the clauses that have it."""
    holding: dict[str, list[int]] = defaultdict(list)
    for number, part in enumerate(parts):
        for term in part.terms:
            holding[term].append(number)
    return {term: np.array(numbers) for term, numbers in holding.items()}


def filled(group: Group, parts: list[Part], holding: dict[str, np.ndarray], story: Story) -> Group:
    """Add the clauses of further articles that have most of what the group shares."""
    weights = np.zeros(len(parts), dtype=np.int64)
    for term in group.shared:
        weights[holding[term]] += story.rarity[term]
    have = {part.article_id for part in group.parts}
    more: dict[str, Part] = {}
    enough = np.flatnonzero(weights >= HAS_SHARED * story.weigh(group.shared)).tolist()
    for number in sorted(enough, key=lambda number: (-weights[number], len(parts[number].terms), number)):
        part = parts[number]
        both = part.terms & group.shared
        if part.article_id not in have and len(both) >= LEAST_SHARED and says_something(both):
            more.setdefault(part.article_id, part)
    return joined([*group.parts, *more.values()], story) if more else group


def joined(parts: list[Part], story: Story) -> Group:
    """Join clauses to a group, without those that have too little of what it shares, as where one tells two facts."""
    group = Group(parts)
    while True:
        least = BELONGS * story.weigh(group.shared)
        kept = [part for part in group.parts if story.weigh(part.terms & group.shared) >= least]
        if len(kept) == len(group.parts):
            return group
        group = Group(kept)
