"""The codebook of a story: its actors, events, facts and frames, and the wordings that show them.

A codebook is one or more YAML files, checked when loaded: a mistake is told with file, line and remedy.
`data/codebook.schema.json` publishes the same rules for editors (make it anew: `python -m analysis.codebook`).

The wording language
--------------------
A *wording* has slots (`who`, `did`, `whom`, `what`, `where`, `when`, `why`, `how`); each holds alternatives, one of
which must be found. All slots must be found within one sentence (or `within: 2` neighbouring ones), in any order.

    - who: <nato>                                  # a mention of the actor `nato`, by any alias
      did: [expel, revoke … accreditation]         # a word in any inflection; … stands for up to six words
      whom: [8, <staff>, {spun: "quality officers"}]  # a number by value ("eight"); a list under `terms`; a spun wording
      when: 2021-10-06                             # a date by value ("October 6"), through the times annotator
      optional: {why: intelligence}                # slots that make a match full, but need not be there
      not: [deny]                                  # words that must not stand in the same window

A wording may also be written as a plain string, for one phrase in the slot `what`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StrictInt, StrictStr, ValidationError

from .errors import InputError, did_you_mean
from .files import read_text

SLOTS = ("who", "did", "whom", "what", "where", "when", "why", "how")
REFERENCE = re.compile(r"<([\w-]+)>")
PLAIN_INTEGER = re.compile(r"0|[1-9][0-9]*")
ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


def _listed(value: Any) -> Any:
    return value if isinstance(value, list) or value is None else [value]


Phrase = Annotated[StrictStr, Field(min_length=1, pattern=r"\S")]
Phrases = Annotated[list[Phrase], Field(min_length=1), BeforeValidator(_listed)]


class Spun(_Strict):
    """Words that only a machine's spinning explains, kept apart so that a reader sees what recovered a fact."""

    spun: Phrases


def _alternatives(value: Any) -> Any:
    """Write dates, which YAML reads as such, as ISO text again: text survives JSON, on the way to a worker."""
    return [item.isoformat() if isinstance(item, date) else item for item in _listed(value)] if value is not None else value


Alternatives = Annotated[list[StrictInt | Phrase | Spun], Field(min_length=1), BeforeValidator(_alternatives)]
Names = Annotated[list[Phrase | Spun], BeforeValidator(_listed)]


class Slots(_Strict):
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


def _wording(value: Any) -> Any:
    return {"what": [value]} if isinstance(value, str) else value


Wordings = Annotated[list[Annotated[Wording, BeforeValidator(_wording)]], Field(min_length=1)]
Id = Annotated[StrictStr, Field(pattern=r"^[\w-]+$")]


class _Entry(_Strict):
    definition: str = Field(min_length=1, description="what it is, for a reader who does not know the story")
    coding_rule: str = Field(min_length=1, description="how a coder decides, with the borderline cases")


class Actor(_Entry):
    actor_id: Id
    name: Phrase = Field(description="the one name used in tables and figures")
    kind: Literal["person", "body", "country", "medium"]
    camp: str | None = Field(None, description="the group of actors it belongs to, for shares of voice")
    pronoun: Literal["he", "she", "they", "it"]
    aliases: Names = Field(min_length=1, description="names that mean this actor wherever they stand")
    descriptions: Names = Field([], description="'the minister': counted once a name has been given")
    metonyms: Names = Field([], description="'Moscow': a place that stands for the actor, but not after 'in' or 'at'")

    def as_config(self) -> dict:
        """Return what the annotators need to know of the actor, as JSON."""
        kept = self.model_dump(include={"actor_id", "name", "kind", "pronoun"})
        return kept | {how: list(phrases(getattr(self, how))) for how in ("aliases", "descriptions", "metonyms")}


class Event(_Entry):
    event_id: Id
    name: Phrase
    earliest: date
    latest: date
    wordings: Wordings


class Fact(_Entry):
    fact_id: Id
    statement: Phrase
    kind: str
    importance: Literal["vital", "okay"]
    disputes: Id | None = Field(None, description="the fact that this one denies: where both stand, that one is disputed")
    wordings: Wordings


class Frame(_Entry):
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

    def rows(self) -> dict[str, list[dict]]:
        """Return the entries as rows of the tables actors, events, facts and frames."""
        return {section: [entry.model_dump() for entry in getattr(self, section)] for section in _ENTRIES}


_ENTRIES = {"actors": Actor, "events": Event, "facts": Fact, "frames": Frame}


def load_codebook(folder: Path) -> Codebook:
    """Load every `*.yaml` of a folder as one codebook.

    Raises
    ------
    InputError : with file, line and remedy, for broken YAML, unknown or doubled keys, wrong values,
        doubled ids and references to what is not there.

    Examples
    --------
    >>> book = load_codebook(Path("data/russia-nato-2021/codebook"))
    >>> book.facts[0].fact_id, book.facts[0].importance
    ('F01', 'vital')
    """
    merged: dict[str, Any] = {"terms": {}, **{name: [] for name in _ENTRIES}}
    places: dict[tuple[str, str], tuple[Path, int]] = {}
    files = sorted(file for file in Path(folder).glob("*") if file.suffix in (".yaml", ".yml"))
    if not files:
        raise InputError("there is no codebook: no .yaml file in this folder", "add one; data/README.md explains it", file=folder)
    for file in files:
        content, lines = _read_yaml(file)
        part = _validate(content, lines, file)
        for name, value in part.terms.items():
            _place(places, "terms", name, file, lines[("terms", name)])
            merged["terms"][name] = value
        for section in _ENTRIES:
            for position, entry in enumerate(getattr(part, section)):
                _place(places, section, _id(entry), file, lines[(section, position)])
                merged[section].append(entry)
    book = Codebook.model_construct(**merged)
    _check_references(book, places)
    return book


def _id(entry: _Entry) -> str:
    return next(iter(getattr(entry, key) for key in type(entry).model_fields if key.endswith("_id")))


def _place(places: dict, section: str, name: str, file: Path, line: int) -> None:
    """Note where an entry stands; an id may stand once in its section, and actors and terms share `<id>`."""
    shared = ("terms", "actors") if section in ("terms", "actors") else ("events", "facts", "frames")
    for other in shared:
        if (other, name) in places:
            first, first_line = places[other, name]
            raise InputError(f"the id '{name}' is used twice (first in {first}, line {first_line})",
                             "give each entry an id of its own", file=file, line=line)
    places[section, name] = (file, line)


def _check_references(book: Codebook, places: dict) -> None:
    """Refuse `<id>`, `disputes` and event bounds that lead nowhere."""
    def refuse(entry: tuple[str, str], problem: str, remedy: str) -> None:
        file, line = places[entry]
        raise InputError(problem, remedy, file=file, line=line)

    known = set(book.terms) | {actor.actor_id for actor in book.actors}
    uses = [(("terms", name), alternatives) for name, alternatives in book.terms.items()]
    for kind, code_id, wordings in book.codes():
        entry = (f"{kind}s", code_id)
        for w in wordings:
            lists = [*w.filled().values(), *w.optional.filled().values(), w.forbidden or []]
            uses += [(entry, alternatives) for alternatives in lists]
            if not w.filled():
                refuse(entry, f"a wording of '{code_id}' has no slot that must be found", f"give it one of: {', '.join(SLOTS)}")
    for entry, alternatives in uses:
        for text in phrases(alternatives):
            reference = REFERENCE.fullmatch(text)
            if "<" in text and not reference:
                refuse(entry, f"'{entry[1]}' has a <reference> inside the phrase {text!r}",
                       "let a reference stand alone as an alternative")
            if text.strip().startswith(("…", "...")) or text.strip().endswith(("…", "...")):
                refuse(entry, f"'{entry[1]}' has a gap at the edge of the phrase {text!r}", "let … stand between words")
            if reference and reference[1] not in known:
                refuse(entry, f"'{entry[1]}' refers to <{reference[1]}>, which is neither an actor nor a term",
                       did_you_mean(reference[1], known))
    for name in book.terms:
        if name in _reached(book, name):
            refuse(("terms", name), f"the term '{name}' refers to itself", "take the circle out")
    facts = {fact.fact_id for fact in book.facts}
    for fact in book.facts:
        entry = ("facts", fact.fact_id)
        if fact.disputes and fact.disputes not in facts:
            refuse(entry, f"'{fact.fact_id}' disputes '{fact.disputes}', which is no fact", did_you_mean(fact.disputes, facts))
        if fact.disputes == fact.fact_id:
            refuse(entry, f"'{fact.fact_id}' disputes itself", "name the fact that it denies")
    actors = {actor.actor_id for actor in book.actors}
    for frame in book.frames:
        if frame.target and frame.target not in actors:
            refuse(("frames", frame.frame_id), f"the frame '{frame.frame_id}' has the target '{frame.target}', which is no actor",
                   did_you_mean(frame.target, actors))
    for event in book.events:
        if event.earliest > event.latest:
            refuse(("events", event.event_id), f"the event '{event.event_id}' has earliest {event.earliest} after latest "
                   f"{event.latest}", "swap the two")


def _reached(book: Codebook, name: str) -> set[str]:
    """Return the terms that a term refers to, directly or through others."""
    reached: set[str] = set()
    ahead = [name]
    while ahead:
        for text in phrases(book.terms.get(ahead.pop(), [])):
            reference = REFERENCE.fullmatch(text)
            if reference and reference[1] not in reached:
                reached.add(reference[1])
                ahead.append(reference[1])
    return reached


def phrases(alternatives: list) -> Iterator[str]:
    """Yield the strings among alternatives, the spun ones too."""
    for alternative in alternatives:
        if isinstance(alternative, Spun):
            yield from alternative.spun
        elif isinstance(alternative, str):
            yield alternative


def _read_yaml(file: Path) -> tuple[Any, dict[tuple, int]]:
    """Return the file's content and, for every path in it, the line it starts on."""
    loader_class = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    text = read_text(file)
    try:
        loader = loader_class(text)
        root = loader.get_single_node()
        lines: dict[tuple, int] = {}
        return _build(loader, root, (), lines, set(), file) if root is not None else {}, lines
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise InputError(f"this is not YAML: {error.problem}", "check indentation, quotes and brackets there",
                         file=file, line=mark.line + 1 if mark else None) from error
    except yaml.reader.ReaderError as error:
        code = error.character if isinstance(error.character, int) else ord(error.character)
        raise InputError(f"this is not YAML: the character U+{code:04X} may not stand there", "take it out",
                         file=file, line=text.count("\n", 0, error.position) + 1) from error
    except RecursionError as error:
        raise InputError("this is not YAML that can be read: it is nested too deeply", "write it flatter", file=file) from error


def _build(loader: Any, node: yaml.Node, path: tuple, lines: dict, seen: set[int], file: Path) -> Any:
    line = lines[path] = node.start_mark.line + 1
    if id(node) in seen:  # a few lines of aliases of aliases would unfold to gigabytes
        raise InputError("an alias (*name) stands here", "write it out, or make a list under `terms`", file=file)
    seen.add(id(node))
    if isinstance(node, yaml.MappingNode):
        built = {}
        for key_node, value_node in node.value:
            key, key_line = str(key_node.value), key_node.start_mark.line + 1
            if key in built:
                raise InputError(f"the key '{key}' stands twice", "keep one of them", file=file, line=key_line)
            built[key] = _build(loader, value_node, (*path, key), lines, seen, file)
            lines[(*path, key)] = key_line
        return built
    if isinstance(node, yaml.SequenceNode):
        return [_build(loader, child, (*path, i), lines, seen, file) for i, child in enumerate(node.value)]
    sort = node.tag.rpartition(":")[2]
    if sort == "bool" or (sort == "int" and not PLAIN_INTEGER.fullmatch(node.value)):
        return node.value  # YAML 1.1 reads on, no, 20:30 and 010 as true, false, 1230 and 8; here they are words
    try:
        return loader.construct_object(node)
    except ValueError as error:
        raise InputError(f"'{node.value}' is no value: {error}", "correct it, or put it in quotes",
                         file=file, line=line) from error


def _validate(content: Any, lines: dict, file: Path) -> Codebook:
    try:
        return Codebook.model_validate(content)
    except ValidationError as failure:
        # A misspelt key is also a missing one; the first says more.
        error = min(failure.errors(), key=lambda e: e["type"] != "extra_forbidden")
        place = _known_prefix(error["loc"], lines)
        entry = _entry_name(content, error["loc"])
        problem, remedy = _explain(error, content, place)
        raise InputError(f"{entry}{problem}", remedy, file=file, line=lines.get(place)) from failure


def _known_prefix(location: tuple, lines: dict) -> tuple:
    """Return the path in the file that a pydantic location means (it adds names of types on the way)."""
    path: tuple = ()
    for step in location:
        if (*path, step) in lines:
            path = (*path, step)
    return path


def _entry_name(content: Any, location: tuple) -> str:
    try:
        entry = content[location[0]][location[1]]
        return f"{next(value for key, value in entry.items() if key.endswith('_id'))}: "
    except (KeyError, IndexError, TypeError, AttributeError, StopIteration):
        return ""


def _explain(error: dict, content: Any, place: tuple) -> tuple[str, str]:
    """Put a pydantic error into a person's words."""
    location, key = error["loc"], str(error["loc"][-1]) if error["loc"] else ""
    if error["type"] == "extra_forbidden":
        model = Codebook if len(location) == 1 else _ENTRIES.get(str(location[0]), Codebook)
        if "wordings" in location or "devices" in location:
            model = Spun if "Spun" in location else Slots if "optional" in location else Wording
        names = [field.alias or name for name, field in model.model_fields.items()]
        return f"unknown key '{key}'", did_you_mean(key, names)
    if error["type"] == "missing" or (error["type"] == "too_short" and key in ("wordings", "devices", "aliases")):
        return f"'{key}' is missing or empty", f"add '{key}' with at least one value"
    if not isinstance(content, dict):
        return "the file has no sections", f"start it with one of: terms, {', '.join(_ENTRIES)}"
    shown = next((step for step in reversed(place) if isinstance(step, str)), key)
    return f"'{shown}' has a wrong value ({error['input']!r:.60}): {error['msg']}", "correct the value, or put it in quotes"


def schema() -> str:
    """Return the JSON Schema of a codebook file, for editors that complete and check YAML."""
    return json.dumps(Codebook.model_json_schema(by_alias=True), indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    Path(__file__).parent.parent.joinpath("data", "codebook.schema.json").write_text(schema(), encoding="utf-8")
