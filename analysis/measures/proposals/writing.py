"""Groups as rows with the passages they rest on, and as YAML to paste."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable

import pandas as pd

from ...numbers import MOST_DIGITS
from .. import labels
from ..drafts import bare, codebook, comment, cover, entry_id, every_word, printable, short, whole_words
from .groups import Group
from .reading import VALUES, Part, Story

LONGEST_STATEMENT = 160  # characters: what a person reads at a glance
DEFINITION = "Proposed by the machine. Write what the fact is, for a reader who does not know the story."
CODING_RULE = "Proposed by the machine. Write what counts as telling it, and correct statement, kind and wordings."

COLUMNS = ("fact_id", "statement", "kind", "importance", "reason", "outlets", "article_id", "start", "end", "text",
           "shared", "apart", "slots", "altered", "sentence", "sentence_start", "sentence_end")


def rows_of(group: Group, story: Story, said: dict[int, list], quoted: Callable[[str, int], bool],
            taken: set[str]) -> list[dict]:
    """Return a row for each passage of a group, with the columns `COLUMNS`."""
    single = len(group.parts) == 1
    central = _central(group, story)
    plain = {term for term in group.shared if not term.startswith(("@", *VALUES))}
    words = [word for part in central for place in part.places if place.term in plain
             for word in whole_words(_cut(story.sentences[part.row], *place[1:]))]
    outlets = story.outlets_of(group.parts)
    in_front = {story.outlets[part.article_id] for part in group.parts if story.sentences[part.row].section != "body"}
    of_all = len(set(story.outlets.values()))
    vital = not single and (2 * len(outlets) > of_all or len(in_front) > 1)
    reason = f"in {len(outlets)} of {of_all} outlets, {len(in_front)} of them in the headline or the first paragraph"
    slots = [_slots(part, group.shared, story, said.get(part.row, [])) for part in group.parts]
    proposal = {"fact_id": entry_id(words, taken, "fact"), "statement": _statement(central[0], story),
                "kind": _kind(group, slots, quoted), "importance": "vital" if vital else "okay", "reason": reason,
                "outlets": len(outlets), "shared": ", ".join(sorted(group.shared)) if not single else ""}
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


def _central(group: Group, story: Story) -> list[Part]:
    """Order a group's clauses by how much of them is shared, those that a machine has altered last."""
    def alike(part: Part) -> float:
        return 2 * story.weigh(part.terms & group.shared) / (story.weigh(part.terms) + story.weigh(group.shared))

    return sorted(group.parts, key=lambda part: (story.altered[part.article_id], -alike(part), part.row, part.start))


def _statement(part: Part, story: Story) -> str:
    """Name a group by its central clause: words of a text, not the machine's."""
    return short(bare(_cut(story.sentences[part.row], part.start, part.end)), LONGEST_STATEMENT) or "?"


def _kind(group: Group, slots: list[dict], quoted: Callable[[str, int], bool]) -> str:
    """Name the sort of fact: what most passages quote is a claim; else a day, a number or a deed tells it."""
    if 2 * sum(quoted(part.article_id, part.middle) for part in group.parts) > len(group.parts):
        return "claim"
    for slot, kind in (("when", "date"), ("how", "number"), ("did", "action")):
        if all(slot in words for words in slots):
            return kind
    return "statement"


def _slots(part: Part, shared: frozenset[str], story: Story, deeds: list) -> dict[str, list]:
    """Sort the words that a passage shares into the slots of a wording."""
    sentence = story.sentences[part.row]
    here = [deed for deed in deeds if part.start <= deed.start < part.end]
    slots: dict[str, list] = defaultdict(list)
    for place in part.places:
        if place.term not in shared:
            continue
        word = _cut(sentence, place.start, place.end)
        if place.term.startswith("@"):
            actor = place.term[1:]
            suffers = actor in {deed.patient_id for deed in here} - {deed.agent_id for deed in here}
            slots["whom" if suffers else "who"].append(f"<{actor}>")
        elif place.term.startswith("#"):
            if len(place.term) == len("#2021-10-18"):
                slots["when"].append(place.term[1:])
        elif place.term.startswith("="):
            value = place.term[1:]
            slots["how"].append(int(value) if value.isdecimal() and len(value) <= MOST_DIGITS else printable(word))
        elif whole_words(word) == [word.lower()]:
            slots["did" if any(deed.start <= place.start < deed.end for deed in here) else "what"].append(word.lower())
    return {slot: sorted(set(words), key=str) for slot, words in slots.items()}


def _differing(group: Group) -> set[tuple[frozenset[str], str]]:
    """Return with each set of values that a passage gives those instead of which another passage gives others."""
    found = set()
    for sort in VALUES:
        given = {frozenset(term for term in part.terms if term.startswith(sort)) for part in group.parts}
        for ours in given:
            for theirs in given:
                if theirs - _agreed(theirs, ours):
                    found |= {(ours, value) for value in ours - _agreed(ours, theirs)}
    return found


def _apart(part: Part, differing: set[tuple[frozenset[str], str]], story: Story) -> list[str]:
    """Return the numbers and days of a passage, as written, where another passage gives others instead."""
    given = {sort: frozenset(term for term in part.terms if term.startswith(sort)) for sort in VALUES}
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
    without = told.map(lambda there: ", ".join(names[~names.index.isin(there)]))
    return without.reindex(proposed["fact_id"].unique(), fill_value="")


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
    other = {word for words, _ in both for word in words} - own
    spun = {word for word in other if isinstance(word, str) and not word.startswith("<")}
    kept = own | (other - spun)
    return [*sorted(kept, key=str), *([{"spun": sorted(spun)}] if spun else [])]
