"""Load every YAML file of a folder as one codebook."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from ..errors import InputError
from .models import ENTRIES, Codebook
from .reading import Lines, read_yaml
from .references import Places, check_references
from .refusals import explain, refuse_blanks

# A reference `<id>` may mean an actor or a term, and the codes of all other entries stand in one column.
_ONE_NAMESPACE = (("terms", "actors"), ("events", "facts", "frames"))


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
    files = sorted(file for file in Path(folder).glob("*") if file.suffix in (".yaml", ".yml"))
    if not files:
        raise InputError("there is no codebook: no .yaml file in this folder", "add one; data/README.md explains it",
                         file=folder)
    merged = _Merged()
    for file in files:
        content, lines = read_yaml(file)
        merged.add(_validate(content, lines, file), lines, file)
    book = Codebook.model_construct(**merged.sections)
    check_references(book, merged.places)
    return book


def _validate(content: Any, lines: Lines, file: Path) -> Codebook:
    try:
        book = Codebook.model_validate(content)
    except ValidationError as failure:
        problem, remedy, line = explain(failure, content, lines)
        raise InputError(problem, remedy, file=file, line=line) from failure
    refuse_blanks(content, lines, file)
    return book


@dataclass
class _Merged:
    """What the files hold together, and where each entry stands."""

    sections: dict[str, Any] = field(default_factory=lambda: {"terms": {}, **{name: [] for name in ENTRIES}})
    places: Places = field(default_factory=Places)

    def add(self, part: Codebook, lines: Lines, file: Path) -> None:
        for name, value in part.terms.items():
            self._place("terms", name, file, lines, name)
            self.sections["terms"][name] = value
        for section in ENTRIES:
            for position, entry in enumerate(getattr(part, section)):
                self._place(section, entry.id, file, lines, position)
                self.sections[section].append(entry)

    def _place(self, section: str, name: str, file: Path, lines: Lines, key: str | int) -> None:
        """Note where an entry stands; an id may stand once in its section and those it shares its names with."""
        for other in next(names for names in _ONE_NAMESPACE if section in names):
            if (other, name) in self.places:
                first, first_line = self.places.of(other, name)
                raise InputError(f"the id '{name}' is used twice (first in {first}, line {first_line})",
                                 "give each entry an id of its own", file=file, line=lines[section, key])
        self.places.add((section, name), file, lines, (section, key))
