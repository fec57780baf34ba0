"""What a codebook holds: actors, events, facts and frames, and the wordings that show them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from difflib import get_close_matches
from typing import Annotated, Any, Literal

from pydantic import (BaseModel, BeforeValidator, ConfigDict, Discriminator, Field, StrictFloat, StrictInt, StrictStr,
                      Tag)

SLOTS = ("who", "did", "whom", "what", "where", "when", "why", "how")
REFERENCE = re.compile(r"<([\w-]+)>")
GAPS = ("…", "...")


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


def _listed(value: Any) -> Any:
    return value if isinstance(value, list) or value is None else [value]


Phrase = Annotated[StrictStr, Field(min_length=1, pattern=r"\S")]
Phrases = Annotated[list[Phrase], Field(min_length=1), BeforeValidator(_listed)]
Decimal = Annotated[StrictFloat, Field(allow_inf_nan=False)]


class Spun(_Strict):
    """Words that only a machine's spinning explains, kept apart so that a reader sees what recovered a fact."""

    spun: Phrases


class Part(_Strict):
    """Words that count as one part of speech only: `{verb: close}` finds "closed", but not "a close vote"."""

    verb: Phrases | None = None
    noun: Phrases | None = None
    adjective: Phrases | None = None

    def named(self) -> Iterator[tuple[str, str]]:
        """Yield (part of speech, phrase)."""
        for part in PARTS:
            for phrase in getattr(self, part) or ():
                yield part, phrase


PARTS = tuple(Part.model_fields)


class Change(_Strict):
    """A change by its values: `{from: 20, to: 10}` finds "from twenty to ten" and "halved"."""

    before: Annotated[StrictInt | Decimal, Field(alias="from")]
    after: Annotated[StrictInt | Decimal, Field(alias="to")]


# The keys of the alternatives that have any, each with its model's tag.
KEYS = {"spun": "spun", **dict.fromkeys(PARTS, "part"), "from": "change", "to": "change"}


def _sort(value: Any) -> str:
    """Tell which sort of alternative a value is meant to be; a misspelt key counts as the nearest one."""
    if isinstance(value, dict):
        near = (match for key in value for match in get_close_matches(str(key), KEYS, n=1))
        return KEYS[next(near, "spun")]
    models = {Spun: "spun", Part: "part", Change: "change", int: "number", float: "decimal"}
    return models.get(type(value), "phrase")


def _alternatives(value: Any) -> Any:
    """Write dates, which YAML reads as such, as ISO text again: text survives JSON, on the way to a worker."""
    if value is None:
        return None
    return [item.isoformat() if isinstance(item, date) else item for item in _listed(value)]


Alternative = Annotated[
    Annotated[StrictInt, Tag("number")] | Annotated[Decimal, Tag("decimal")] | Annotated[Phrase, Tag("phrase")]
    | Annotated[Spun, Tag("spun")] | Annotated[Part, Tag("part")] | Annotated[Change, Tag("change")],
    Discriminator(_sort)]
Alternatives = Annotated[list[Alternative], Field(min_length=1), BeforeValidator(_alternatives)]
Names = Annotated[list[Phrase | Spun], BeforeValidator(_listed)]


class Slots(_Strict):
    """The alternatives of a wording, by the part that they play in the sentence."""

    who: Alternatives | None = None
    did: Alternatives | None = None
    whom: Alternatives | None = None
    what: Alternatives | None = None
    where: Alternatives | None = None
    when: Alternatives | None = None
    why: Alternatives | None = None
    how: Alternatives | None = None

    def filled(self) -> dict[str, list]:
        """Return the slots that have alternatives, in the order of `SLOTS`."""
        return {slot: getattr(self, slot) for slot in SLOTS if getattr(self, slot) is not None}


class Wording(Slots):
    """One way to put a fact, an event or a frame into words."""

    optional: Slots = Slots()
    forbidden: Alternatives | None = Field(None, alias="not")
    within: int = Field(1, ge=1, le=5, description="how many neighbouring sentences the slots may spread over")

    def lists(self) -> Iterator[tuple[tuple, list]]:
        """Yield (path in the wording, alternatives) of everything that it lists."""
        yield from (((slot,), alternatives) for slot, alternatives in self.filled().items())
        yield from ((("optional", slot), alternatives) for slot, alternatives in self.optional.filled().items())
        if self.forbidden:
            yield ("not",), self.forbidden


def _wording(value: Any) -> Any:
    return {"what": [value]} if isinstance(value, str) else value


Wordings = Annotated[list[Annotated[Wording, BeforeValidator(_wording)]], Field(min_length=1)]
Id = Annotated[StrictStr, Field(pattern=r"^[\w-]+$")]


class Entry(_Strict):
    """What every entry of a codebook says of itself."""

    definition: str = Field(min_length=1, description="what it is, for a reader who does not know the story")
    coding_rule: str = Field(min_length=1, description="how a coder decides, with the borderline cases")

    @property
    def id(self) -> str:
        """Return what the entry is called: its actor_id, event_id, fact_id or frame_id."""
        return next(getattr(self, key) for key in type(self).model_fields if key.endswith("_id"))


class Actor(Entry):
    """Somebody or something that acts, speaks or is spoken of, with its names."""

    actor_id: Id
    name: Phrase = Field(description="the one name used in tables and figures")
    kind: Literal["person", "body", "country", "medium", "thing"]
    camp: str | None = Field(None, description="the group of actors it belongs to, for shares of voice")
    pronoun: Literal["he", "she", "they", "it"]
    aliases: Names = Field(min_length=1, description="names that mean this actor wherever they stand")
    descriptions: Names = Field([], description="'the minister': counted once a name has been given")
    metonyms: Names = Field([], description="'Moscow': a place that stands for the actor, but not after 'in' or 'at'")

    def as_config(self) -> dict:
        """Return what the annotators need to know of the actor, as JSON."""
        kept = self.model_dump(include={"actor_id", "name", "kind", "pronoun"})
        names = ("aliases", "descriptions", "metonyms")
        return kept | {how: [text for text, _ in phrases(getattr(self, how))] for how in names}


class Event(Entry):
    """Something that happened, with the first and the last day on which it can have."""

    event_id: Id
    name: Phrase
    earliest: date
    latest: date
    wordings: Wordings


class Fact(Entry):
    """One atomic statement, which an article tells or does not."""

    fact_id: Id
    statement: Phrase
    kind: str
    importance: Literal["vital", "okay"]
    disputes: Id | None = Field(
        None, description="the fact that this one denies: where both stand, that one is disputed")
    wordings: Wordings


class Frame(Entry):
    """A way of presenting what happened, with the devices that show it."""

    frame_id: Id
    name: Phrase
    target: Id | None = Field(None, description="the actor that the frame puts in this light, if it is one")
    devices: Wordings


class Codebook(_Strict):
    """All entries of a story's codebook. `terms` are lists of alternatives that several wordings share."""

    terms: dict[Id, Alternatives] = {}
    actors: list[Actor] = []
    events: list[Event] = []
    facts: list[Fact] = []
    frames: list[Frame] = []

    def codes(self) -> Iterator[tuple[str, str, list[Wording]]]:
        """Yield (kind, id, wordings) of every fact, frame and event."""
        for fact in self.facts:
            yield "fact", fact.fact_id, fact.wordings
        for frame in self.frames:
            yield "frame", frame.frame_id, frame.devices
        for event in self.events:
            yield "event", event.event_id, event.wordings

    def apart(self) -> tuple[Codebook, dict[str, tuple[str, str, int]]]:
        """Return a codebook in which each wording is an entry of its own, and (kind, id, number) of each by its new id.

        Within an entry the best of overlapping matches stands for all; apart, each wording shows what it matches.
        """
        origins: dict[str, tuple[str, str, int]] = {}

        def split(kind: str, entries: list, wordings: str) -> list:
            alone = []
            for entry in entries:
                for number, wording in enumerate(getattr(entry, wordings), 1):
                    new_id = f"wording-{len(origins) + 1}"
                    origins[new_id] = (kind, getattr(entry, f"{kind}_id"), number)
                    alone.append(entry.model_copy(update={f"{kind}_id": new_id, wordings: [wording]}))
            return alone

        facts = [fact.model_copy(update={"disputes": None}) for fact in self.facts]
        return self.model_copy(update={
            "facts": split("fact", facts, "wordings"), "frames": split("frame", self.frames, "devices"),
            "events": split("event", self.events, "wordings")}), origins

    def rows(self) -> dict[str, list[dict]]:
        """Return the entries as rows of the tables actors, events, facts and frames."""
        return {section: [entry.model_dump() for entry in getattr(self, section)] for section in ENTRIES}


ENTRIES = {"actors": Actor, "events": Event, "facts": Fact, "frames": Frame}


def phrases(alternatives: list) -> Iterator[tuple[str, int]]:
    """Yield the strings among alternatives, those inside `{spun: …}` too, each with its place in the list.

    Examples
    --------
    >>> list(phrases(["close", 8, Spun(spun=["fold", "furl"]), Part(verb=["lead"])]))
    [('close', 0), ('fold', 2), ('furl', 2), ('lead', 3)]
    """
    for place, alternative in enumerate(alternatives):
        if isinstance(alternative, Spun):
            yield from ((text, place) for text in alternative.spun)
        elif isinstance(alternative, Part):
            yield from ((text, place) for _, text in alternative.named())
        elif isinstance(alternative, str):
            yield alternative, place


def schema() -> str:
    """Return the JSON Schema of a codebook file, with which editors complete and check YAML."""
    return json.dumps(Codebook.model_json_schema(by_alias=True), indent=1, ensure_ascii=False) + "\n"
