"""Facts that the codebook does not have yet, proposed for it.

Sentences are cut into clauses, for one sentence often tells two or three facts. Two clauses of different articles are
alike if they share much of their terms, the rare ones counting more; or if they give the same number or day, and share
a term besides. Each clause gathers the clause of every other article that is most like it (a star, as in Aslam, Pelekhov
and Rus 2004, so that groups may overlap), and each group those further clauses that have most of what its own share.
Groups are proposed in the order of what they tell that neither the codebook nor an earlier proposal tells: a greedy
cover, which keeps the list from saying the same thing twenty times. Who is said to say it is left out of the comparison.
"""

from __future__ import annotations

import heapq
import json
import math
import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from . import labels
from .drafts import bare, codebook, comment, cover, entry_id, every_word, printable, short, whole_words
from .terms import Term, by_sentence, day, numbered, terms
from .words import EMPTY

ALIKE = 0.4  # Dice coefficient of two clauses, weighed: with less, most of what either tells is not in the other
BELONGS = 0.5  # of the weight of what a group shares that each of its clauses must have: half, or it tells something else
HAS_SHARED = 0.6  # of that weight, for a clause of a further article to belong, and of a fact's words for it to be known: most
NEW = 0.5  # of what a group shares, that neither the codebook nor an earlier proposal tells: at least half is news
SAME = 0.8  # Dice coefficient from which a clause gathers the same group as the one it is like
IN_LEDE = 0.5  # how much more a group counts if all tell it in the headline or the first paragraph
LEAST_TERMS = 3  # different terms of a clause: with fewer it says nothing by itself
LEAST_SHARED = 2  # terms that clauses share at least, one of them no actor: one is a coincidence
NEIGHBOURS = 20  # clauses before it with the same term that each is compared with: keeps large stories linear
MOST_GROUPS = 1000  # that are weighed against each other
LONGEST_STATEMENT = 160  # characters: what a person reads at a glance
MOST = 50  # proposals of each sort: what a person can read
DEFINITION = "Proposed by the machine. Write what the fact is, for a reader who does not know the story."
CODING_RULE = "Proposed by the machine. Write what counts as telling it, and correct statement, kind and wordings."

_CUT = re.compile(r"[,;:—–]\s+|(?<=[”\"])\s|\s+(?=(?:that|which|who|whose|after|before|because|while|although|but|and|as|saying|"
                  r"adding)\b)", re.IGNORECASE)
MILLION = 1_000_000
_VALUES = ("#", "=")
_COLUMNS = ("fact_id", "statement", "kind", "importance", "reason", "outlets", "article_id", "start", "end", "text", "shared",
            "apart", "slots", "altered", "sentence", "sentence_start", "sentence_end")


@dataclass(eq=False)
class _Part:
    """A clause, or two neighbouring ones: its sentence's row, its place in the article, and its terms."""

    row: int
    article_id: str
    start: int
    end: int
    places: list[Term]
    terms: frozenset[str] = frozenset()

    def __post_init__(self):
        self.terms = frozenset(place.term for place in self.places)


@dataclass(eq=False)
class _Group:
    """Clauses of different articles that share most of `shared`."""

    parts: list[_Part]
    shared: frozenset[str] = field(init=False)

    def __post_init__(self):
        there = Counter(term for part in self.parts for term in part.terms)
        self.shared = frozenset(term for term, number in there.items() if 2 * number > len(self.parts))


@dataclass
class _Story:
    """What is known of the texts: the tables, their sentences' terms, and how rare each term is."""

    sentences: list
    articles: pd.DataFrame
    outlets: dict[str, str]
    altered: dict[str, bool]
    terms: list[list[Term]]
    rarity: dict[str, int]  # in millionths: sums of whole numbers do not depend on the order

    def weigh(self, found: Iterable[str]) -> int:
        return sum(map(self.rarity.__getitem__, found))

    def outlets_of(self, parts: Iterable[_Part]) -> set[str]:
        return {self.outlets[part.article_id] for part in parts}


@dataclass
class _Told:
    """What is told already, by the row of each sentence: the terms, and those of each fact of the codebook."""

    words: dict[int, set[str]]
    of_facts: dict[int, dict[str, set[str]]]


def proposals(sentences: pd.DataFrame, mentions: pd.DataFrame, times: pd.DataFrame, quotations: pd.DataFrame,
              deeds: pd.DataFrame, codings: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Propose facts that several outlets tell alike and no fact of the codebook tells; then those of one outlet alone.

    What several tell comes in the order of what it adds: many outlets, headlines and first paragraphs, and rare words come
    first. What one outlet alone tells is a sentence with a number, a day or a name that no other outlet has, or a
    quotation, and that is like no sentence of another outlet. At most `MOST` of each.

    Parameters
    ----------
    sentences, mentions, times, quotations, deeds, articles : the tables of those names.
    codings : of the codebook, whose facts are not proposed again; empty without one.

    Returns
    -------
    DataFrame, a row a passage: fact_id, statement, kind, importance (proposed: vital if most outlets tell it, or two in a
    prominent place), reason (for the importance), outlets (how many tell it), article_id, start, end, text (from the
    first to the last of the shared words, or a sentence that one outlet alone has), shared (the terms shared, joined by a
    comma), apart (numbers and days of this passage that another passage gives otherwise), slots (JSON: the words by
    slot, for a wording), altered (a machine changed the words of the text), sentence, sentence_start, sentence_end.
    """
    story = _read(sentences, mentions, times, quotations, articles)
    parts = list(_parts(story))
    links = _links(parts, story)
    told = _told(codings, sentences, story.terms)
    groups = [_group(group, story) for group in [*_stars(parts, links), *_by_value(parts, story)]]
    holding = _holding(parts)
    groups = [_filled(group, parts, holding, story) for group in groups if _says_something(group.shared)]
    chosen = list(_most_telling([group for group in groups if len(story.outlets_of(group.parts)) > 1], told, story))
    marked = {parts[number].row for number in links} | {part.row for group in chosen for part in group.parts}
    quoted = _inside(quotations)
    chosen += list(_alone(story, marked, told, quoted))
    said = by_sentence(deeds, sentences)
    rows: list[dict] = []
    taken = set(codings["code_id"])
    for group in chosen:
        rows += _rows(group, story, said, quoted, taken)
        taken.add(rows[-1]["fact_id"])
    return pd.DataFrame(rows, columns=list(_COLUMNS))


# --- reading: sentences → terms → clauses


def _read(sentences: pd.DataFrame, mentions: pd.DataFrame, times: pd.DataFrame, quotations: pd.DataFrame,
          articles: pd.DataFrame) -> _Story:
    named, dated, sources = (by_sentence(table, sentences) for table in (mentions, times, _attributions(quotations)))
    rows = list(sentences.itertuples(index=False))
    found = [_terms_of(sentence, named.get(row, []), dated.get(row, []), sources.get(row, [])) for row, sentence in enumerate(rows)]
    there = Counter(term for places in found for term in {place.term for place in places})
    about = articles.set_index("article_id")
    return _Story(rows, articles, about["outlet"].fillna(about.index.to_series()).to_dict(),
                  about["condition"].eq("machine-altered").to_dict(), found,
                  {term: round(MILLION * math.log(1 + len(rows) / number)) for term, number in there.items()})


def _attributions(quotations: pd.DataFrame) -> pd.DataFrame:
    """Return where quotations name who says it and that it is said."""
    both = [quotations[["article_id", f"{name}_start", f"{name}_end"]].set_axis(["article_id", "start", "end"], axis=1)
            for name in ("source", "cue")]
    return pd.concat(both).dropna().astype({"start": "int64", "end": "int64"})


def _terms_of(sentence, mentions: list, times: list, attributions: list) -> list[Term]:
    """Return a sentence's terms, with days and actors in the place of their words, without who is said to say it."""
    text, found = sentence.text, []
    hidden = [(one.start, one.end) for one in attributions]
    for one in attributions:
        text = _blanked(text, sentence.start, one)
    for one in times:
        if term := day(one.value):
            found.append(Term(term, one.start, min(one.end, sentence.end)))
            text = _blanked(text, sentence.start, one)
    for one in mentions:
        if not any(start < one.end and one.start < end for start, end in hidden):
            found.append(Term(f"@{one.actor_id}", one.start, min(one.end, sentence.end)))
            text = _blanked(text, sentence.start, one)
    words = (Term(word.term, sentence.start + word.start, sentence.start + word.end) for word in terms(text)
             if text[word.start : word.end].lower() not in EMPTY)
    return sorted([*found, *words], key=lambda place: (place.start, place.end, place.term))


def _blanked(text: str, offset: int, passage) -> str:
    start, end = max(passage.start - offset, 0), min(passage.end - offset, len(text))
    return text[:start] + " " * (end - start) + text[end:] if start < end else text


def _parts(story: _Story) -> Iterator[_Part]:
    """Cut each sentence into clauses, and yield each, and each with the next."""
    for row, (sentence, places) in enumerate(zip(story.sentences, story.terms)):
        clauses: list[tuple[int, int, list[Term]]] = []
        for start, end in _clauses(sentence):
            inside = [place for place in places if start <= place.start < end]
            if clauses and min(_different(inside), _different(clauses[-1][2])) < LEAST_TERMS:
                clauses[-1] = (clauses[-1][0], end, clauses[-1][2] + inside)
            else:
                clauses.append((start, end, inside))
        for size in (1, 2):
            for first, last in zip(clauses, clauses[size - 1 :]):
                inside = first[2] if size == 1 else first[2] + last[2]
                if _different(inside) >= LEAST_SHARED:
                    yield _Part(row, sentence.article_id, first[0], last[1], inside)


def _clauses(sentence) -> list[tuple[int, int]]:
    cuts = [sentence.start, *(sentence.start + cut.end() for cut in _CUT.finditer(sentence.text)), sentence.end]
    return [(start, end) for start, end in zip(cuts, cuts[1:]) if start < end]


def _different(places: list[Term]) -> int:
    return len({place.term for place in places})


# --- gathering: clauses → groups


def _links(parts: list[_Part], story: _Story) -> dict[int, dict[int, float]]:
    """Return for each clause, by its number, those of other articles that are like it, and how much.

    Only clauses that share one of their rarer terms are compared: of the rest, the weight that `ALIKE` asks for could not
    come from the others (prefix filtering; Chaudhuri, Ganti and Kaushik 2006).
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
            if alike >= ALIKE and _says_something(shared):
                links[number][other] = links[other][number] = alike
        for term in rarer:
            recent[term].append(number)
    return dict(sorted(links.items()))


def _rarer(found: frozenset[str], story: _Story) -> list[str]:
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


def _says_something(shared: frozenset[str]) -> bool:
    """Tell whether terms say more than a name: two, one of which is no actor; or a number or day alone."""
    if len(shared) < LEAST_SHARED:
        return any(term.startswith(_VALUES) for term in shared)
    return not all(term.startswith("@") for term in shared)


def _stars(parts: list[_Part], links: dict[int, dict[int, float]]) -> list[list[_Part]]:
    """Return each clause with the clause of each other article that is most like it; one star for what is nearly the same."""
    stars = {}
    for number, alike in links.items():
        best: dict[str, int] = {}
        for other in sorted(alike, key=lambda other: (-alike[other], other)):
            best.setdefault(parts[other].article_id, other)
        stars[number] = list(best.values())
    order = sorted(stars, key=lambda number: (-math.fsum(links[number][other] for other in stars[number]), number))
    gathered: list[list[_Part]] = []
    seeds: set[int] = set()
    for number in order:
        if len(gathered) < MOST_GROUPS and not any(links[number][seed] >= SAME for seed in links[number].keys() & seeds):
            seeds.add(number)
            gathered.append([parts[number], *(parts[other] for other in stars[number])])
    return gathered


def _by_value(parts: list[_Part], story: _Story) -> list[list[_Part]]:
    """Gather by each number and day the clauses that give it, if they share a term besides."""
    holding = defaultdict(lambda: defaultdict(list))
    for part in parts:
        for term in part.terms:
            if term.startswith(_VALUES):
                holding[term][part.article_id].append(part)
    return [group for value, of_article in sorted(holding.items()) if len(of_article) > 1
            for group in [_about_value(value, of_article, story)] if len(group) > 1]


def _about_value(value: str, of_article: dict[str, list[_Part]], story: _Story) -> list[_Part]:
    """Return of each article the clause whose terms the other articles share most; none that share the value alone."""
    articles = Counter(term for own in of_article.values() for term in frozenset().union(*(part.terms for part in own)))

    def shared(part: _Part) -> float:
        weight = sum(story.rarity[term] * (articles[term] - 1) for term in part.terms)
        return weight / story.weigh(part.terms)

    best = [max(own, key=lambda part: (shared(part), -len(part.terms))) for own in of_article.values()]
    there = Counter(term for part in best for term in part.terms - {value})
    return [part for part in best if any(there[term] > 1 for term in part.terms - {value})]


def _holding(parts: list[_Part]) -> dict[str, np.ndarray]:
    holding: dict[str, list[int]] = defaultdict(list)
    for number, part in enumerate(parts):
        for term in part.terms:
            holding[term].append(number)
    return {term: np.array(numbers) for term, numbers in holding.items()}


def _filled(group: _Group, parts: list[_Part], holding: dict[str, np.ndarray], story: _Story) -> _Group:
    """Add the clauses of further articles that have most of what the group shares."""
    weights = np.zeros(len(parts), dtype=np.int64)
    for term in group.shared:
        weights[holding[term]] += story.rarity[term]
    have = {part.article_id for part in group.parts}
    more: dict[str, _Part] = {}
    enough = np.flatnonzero(weights >= HAS_SHARED * story.weigh(group.shared)).tolist()
    for number in sorted(enough, key=lambda number: (-weights[number], len(parts[number].terms), number)):
        part = parts[number]
        if part.article_id not in have and len(part.terms & group.shared) >= LEAST_SHARED and _says_something(part.terms & group.shared):
            more.setdefault(part.article_id, part)
    return _group([*group.parts, *more.values()], story) if more else group


def _group(parts: list[_Part], story: _Story) -> _Group:
    """Join clauses to a group, without those that have too little of what it shares: two facts told in one clause, say."""
    group = _Group(parts)
    while True:
        least = BELONGS * story.weigh(group.shared)
        kept = [part for part in group.parts if story.weigh(part.terms & group.shared) >= least]
        if len(kept) == len(group.parts):
            return group
        group = _Group(kept)


# --- choosing: groups → proposals


def _told(codings: pd.DataFrame, sentences: pd.DataFrame, found: list[list[Term]]) -> _Told:
    """Return for each sentence, by its row, the terms that the wordings of facts have found there, and of which fact."""
    facts = codings[codings["kind"].eq("fact")]
    elements = [(coding.article_id, element["start"], element["end"], coding.code_id) for coding in facts.itertuples()
                for element in json.loads(coding.elements)]
    told = _Told(defaultdict(set), defaultdict(lambda: defaultdict(set)))
    places = pd.DataFrame(elements, columns=["article_id", "start", "end", "fact_id"])
    for row, words in by_sentence(places, sentences).items():
        for word in words:
            terms_there = {place.term for place in found[row] if place.start < word.end and word.start < place.end}
            told.words[row] |= terms_there
            told.of_facts[row][word.fact_id] |= terms_there
    return told


def _most_telling(groups: list[_Group], told: _Told, story: _Story) -> Iterator[_Group]:
    """Yield the groups that tell most that is not told yet, and take what they tell as told."""
    groups = [group for group in groups if _says_something(group.shared) and not _known(group, told, story)]
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


def _known(group: _Group, told: _Told, story: _Story) -> bool:
    """Tell whether a fact of the codebook is found in most passages by words that the group shares."""
    facts = Counter(fact_id for part in group.parts for fact_id, words in told.of_facts.get(part.row, {}).items()
                    if words and story.weigh(words & group.shared) >= HAS_SHARED * story.weigh(words))
    return any(2 * number > len(group.parts) for number in facts.values())


def _worth(group: _Group, told: _Told, story: _Story) -> float:
    """Weigh a group: its outlets, by how specific that is which it tells anew, more where it stands in front."""
    whole = sum(story.weigh(part.terms & group.shared) for part in group.parts)
    new = sum(story.weigh((part.terms & group.shared) - told.words[part.row]) for part in group.parts)
    if new < NEW * whole:
        return 0.0
    in_front = sum(story.sentences[part.row].section != "body" for part in group.parts) / len(group.parts)
    return len(story.outlets_of(group.parts)) * math.log1p(new / len(group.parts) / MILLION) * (1 + IN_LEDE * in_front)


def _alone(story: _Story, marked: set[int], told: _Told, quoted: Callable[[str, int], bool]) -> Iterator[_Group]:
    """Yield sentences that are like none of another outlet, those with most values and names of their own first."""
    outlets: dict[str, set[str]] = defaultdict(set)
    for sentence, places in zip(story.sentences, story.terms):
        for place in places:
            outlets[place.term].add(story.outlets[sentence.article_id])
    found = []
    for row, (sentence, places) in enumerate(zip(story.sentences, story.terms)):
        part = _Part(row, sentence.article_id, sentence.start, sentence.end, places)
        new = story.weigh(part.terms - told.words[row])
        if row in marked or sentence.section == "headline" or len(part.terms) < LEAST_TERMS or new < NEW * story.weigh(part.terms):
            continue
        names = {place.term for place in places if _is_name(place, sentence)}
        own = sum(len(outlets[term]) == 1 for term in names | {term for term in part.terms if term.startswith(("#", "=", "@"))})
        middle = places[len(places) // 2].start
        marks = own + quoted(sentence.article_id, middle)
        if marks:
            # A sentence of an altered text may stand in another, in the words that it had before.
            found.append((story.altered[sentence.article_id], -marks * (1 + IN_LEDE * (sentence.section != "body")), row, part))
    for *_, part in sorted(found, key=lambda one: one[:3])[:MOST]:
        yield _Group([part])


def _is_name(place: Term, sentence) -> bool:
    """Tell whether a word is capitalised inside a sentence."""
    at = place.start - sentence.start
    return at > 0 and sentence.text[at].isupper() and sentence.text[:at].rstrip()[-1:] not in ('"', "“", "‘", ":", "")


def _inside(quotations: pd.DataFrame) -> Callable[[str, int], bool]:
    """Return a function that tells whether a place stands in the content of a quotation."""
    spans = {article_id: (sorted(own["start"]), sorted(own["end"])) for article_id, own in quotations.groupby("article_id")}

    def inside(article_id: str, at: int) -> bool:
        starts, ends = spans.get(article_id, ([], []))
        return bisect_right(starts, at) > bisect_right(ends, at)

    return inside


# --- writing: proposals → rows, rows → YAML


def _rows(group: _Group, story: _Story, said: dict[int, list], quoted: Callable[[str, int], bool], taken: set[str]) -> list[dict]:
    single = len(group.parts) == 1
    central = _central(group, story)
    words = [word for part in central for place in part.places if place.term in group.shared
             and not place.term.startswith(("@", *_VALUES)) for word in whole_words(_cut(story.sentences[part.row], *place[1:]))]
    outlets = story.outlets_of(group.parts)
    in_front = {story.outlets[part.article_id] for part in group.parts if story.sentences[part.row].section != "body"}
    of_all = len(set(story.outlets.values()))
    vital = not single and (2 * len(outlets) > of_all or len(in_front) > 1)
    reason = f"in {len(outlets)} of {of_all} outlets, {len(in_front)} of them in the headline or the first paragraph"
    slots = [_slots(part, group.shared, story, said.get(part.row, [])) for part in group.parts]
    proposal = {"fact_id": entry_id(words, taken, "fact"), "statement": _statement(central[0], story), "kind": _kind(group, slots, quoted),
                "importance": "vital" if vital else "okay", "reason": reason, "outlets": len(outlets),
                "shared": ", ".join(sorted(group.shared)) if not single else ""}
    rows, differing = [], _differing(group)
    for part, of_part in sorted(zip(group.parts, slots), key=lambda pair: (pair[0].article_id, pair[0].start)):
        sentence = story.sentences[part.row]
        places = [place for place in part.places if place.term in group.shared]
        start, end = (part.start, part.end) if single else (places[0].start, max(place.end for place in places))
        rows.append(proposal | {
            "article_id": part.article_id, "start": start, "end": end, "text": _cut(sentence, start, end),
            "apart": ", ".join(_apart(part, differing, story)), "slots": json.dumps(of_part, ensure_ascii=False),
            "altered": story.altered[part.article_id], "sentence": sentence.text, "sentence_start": sentence.start,
            "sentence_end": sentence.end})
    return rows


def _cut(sentence, start: int, end: int) -> str:
    return sentence.text[start - sentence.start : end - sentence.start]


def _central(group: _Group, story: _Story) -> list[_Part]:
    """Order a group's clauses by how much of them is shared, those that a machine has altered last."""
    def alike(part: _Part) -> float:
        return 2 * story.weigh(part.terms & group.shared) / (story.weigh(part.terms) + story.weigh(group.shared))

    return sorted(group.parts, key=lambda part: (story.altered[part.article_id], -alike(part), part.row, part.start))


def _statement(part: _Part, story: _Story) -> str:
    """Name a group by its central clause: words of a text, not the machine's."""
    return short(bare(_cut(story.sentences[part.row], part.start, part.end)), LONGEST_STATEMENT) or "?"


def _kind(group: _Group, slots: list[dict], quoted: Callable[[str, int], bool]) -> str:
    """Name the sort of fact: what most passages quote is a claim; else a day, a number or a deed tells it."""
    if 2 * sum(quoted(part.article_id, part.places[len(part.places) // 2].start) for part in group.parts) > len(group.parts):
        return "claim"
    for slot, kind in (("when", "date"), ("how", "number"), ("did", "action")):
        if all(slot in words for words in slots):
            return kind
    return "statement"


def _slots(part: _Part, shared: frozenset[str], story: _Story, deeds: list) -> dict[str, list]:
    """Sort the words that a passage shares into the slots of a wording."""
    sentence = story.sentences[part.row]
    here = [deed for deed in deeds if part.start <= deed.start < part.end]
    slots: dict[str, list] = defaultdict(list)
    for place in part.places:
        if place.term not in shared:
            continue
        word = _cut(sentence, place.start, place.end)
        if place.term.startswith("@"):
            passive = any(deed.patient_id == place.term[1:] for deed in here) and not any(deed.agent_id == place.term[1:] for deed in here)
            slots["whom" if passive else "who"].append(f"<{place.term[1:]}>")
        elif place.term.startswith("#"):
            if len(place.term) == len("#2021-10-18"):
                slots["when"].append(place.term[1:])
        elif place.term.startswith("="):
            slots["how"].append(int(place.term[1:]) if place.term[1:].isdecimal() and len(place.term) < 16 else printable(word))
        elif whole_words(word) == [word.lower()]:
            slots["did" if any(deed.start <= place.start < deed.end for deed in here) else "what"].append(word.lower())
    return {slot: sorted(set(words), key=str) for slot, words in slots.items()}


def _differing(group: _Group) -> set[tuple[frozenset[str], str]]:
    """Return with each set of values that a passage gives those instead of which another passage gives others."""
    found = set()
    for sort in _VALUES:
        given = {frozenset(term for term in part.terms if term.startswith(sort)) for part in group.parts}
        for ours in given:
            for theirs in given:
                if theirs - _agreed(theirs, ours):
                    found |= {(ours, value) for value in ours - _agreed(ours, theirs)}
    return found


def _apart(part: _Part, differing: set[tuple[frozenset[str], str]], story: _Story) -> list[str]:
    """Return the numbers and days of a passage, as written, where another passage gives others instead."""
    given = {sort: frozenset(term for term in part.terms if term.startswith(sort)) for sort in _VALUES}
    return [printable(_cut(story.sentences[part.row], *place[1:])) for place in part.places
            if (given.get(place.term[0]), place.term) in differing]


def _agreed(values: frozenset[str], others: frozenset[str]) -> set[str]:
    """Return the values that are among others; a day is in its month."""
    return {value for value in values for other in others
            if value == other or value[0] == "#" and (value.startswith(f"{other}-") or other.startswith(f"{value}-"))}


def not_found(proposed: pd.DataFrame, articles: pd.DataFrame) -> pd.Series:
    """Name for each proposal the articles in which no passage was found, which need not lack it.

    Returns
    -------
    Series indexed by `fact_id`: labels, joined by a comma; empty for what one outlet alone tells.
    """
    names = labels(articles)
    told = proposed[proposed["outlets"].gt(1)].groupby("fact_id", sort=False)["article_id"].agg(set)
    return told.map(lambda there: ", ".join(names[~names.index.isin(there)])).reindex(proposed["fact_id"].unique(), fill_value="")


def as_yaml(proposed: pd.DataFrame, articles: pd.DataFrame) -> str:
    """Write proposals as a codebook file, with the passages that each rests on as comments.

    Saved as a `.yaml` file in a story's folder `codebook`, or pasted below `facts:` there, it passes `tellings check`.

    Parameters
    ----------
    proposed : from `proposals`.
    articles : the table of that name.
    """
    names, without = labels(articles), not_found(proposed, articles)
    entries = []
    for fact_id, basis in proposed.groupby("fact_id", sort=False):
        first = basis.iloc[0]
        comments = "".join(comment(one, names[one.article_id]) for one in basis.itertuples())
        apart = "; ".join(f"{names[one.article_id]}: {one.apart}" for one in basis.itertuples() if one.apart)
        comments += f"# Numbers and days apart: {printable(apart)}\n" if apart else ""
        comments += f"# No passage found in: {printable(without[fact_id])}\n" if without[fact_id] else ""
        entries.append((f"{comments}# Proposed as {first.importance}: {first.reason}\n", {
            "fact_id": fact_id, "statement": first.statement, "kind": first.kind, "importance": first.importance,
            "definition": DEFINITION, "coding_rule": CODING_RULE, "wordings": [_wording(basis)]}))
    return codebook("facts", entries)


def _wording(basis: pd.DataFrame) -> dict[str, list]:
    """Return a wording that finds each passage again: the slots that all fill, and few words of which each has one."""
    found = [json.loads(slots) for slots in basis["slots"]]
    wording = {}
    for slot in ("who", "did", "whom", "when", "how"):
        if all(slot in slots for slots in found):
            wording[slot] = _alternatives([slots[slot] for slots in found], basis["altered"])
    words = [slots.get("what", []) for slots in found]
    for slot in [slot for slot in ("what", "how") if slot not in wording]:
        chosen = cover(map(" ".join, words)) if len(words) > 1 else sorted(words[0], key=len)[-1:]
        if chosen:
            wording[slot] = _alternatives([[word for word in own if word in chosen] for own in words], basis["altered"])
            words = [[word for word in own if word not in chosen] for own in words]
    return wording or {"what": every_word(basis["text"])}


def _alternatives(of_passages: list[list], altered: Iterable[bool]) -> list:
    """Join the words of passages; those that only an altered text has are marked as such."""
    both = list(zip(of_passages, altered))
    own = {word for words, spun in both for word in words if not spun}
    spun = {word for words, spun in both for word in words if spun and isinstance(word, str) and not word.startswith("<")} - own
    kept = own | {word for words, _ in both for word in words} - spun
    return [*sorted(kept, key=str), *([{"spun": sorted(spun)}] if spun else [])]
