"""Say in a person's words what is wrong with a value of the codebook."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pydantic import ValidationError

from ..errors import InputError, did_you_mean
from .models import ENTRIES, KEYS, Codebook, Slots, Wording
from .reading import Lines

_LISTS = ("wordings", "devices", "aliases")  # what an entry must have some of
_ALTERNATIVES = frozenset(KEYS.values())


def explain(failure: ValidationError, content: Any, lines: Lines) -> tuple[str, str, int | None]:
    """Return problem, remedy and line of the error that says most."""
    # A misspelt key is also a missing one; the first says more.
    error = min(failure.errors(), key=lambda e: e["type"] != "extra_forbidden")
    place = _known_prefix(error["loc"], lines)
    problem, remedy = _in_words(error, content, place)
    return f"{_entry_name(content, error['loc'])}{problem}", remedy, lines.get(place)


def refuse_blanks(content: Any, lines: Lines, file: Path) -> None:
    """Refuse a key with nothing behind it: it is forgotten, and YAML would take it for left out.

    Raises
    ------
    InputError : with the line of the first one.
    """
    ahead: list[tuple[tuple, Any]] = [((), content)]
    for path, value in ahead:
        if isinstance(value, dict):
            ahead += [((*path, key), inner) for key, inner in value.items()]
        elif isinstance(value, list):
            ahead += [((*path, position), inner) for position, inner in enumerate(value)]
        elif value is None:
            raise InputError(f"{_entry_name(content, path)}nothing stands after '{path[-1]}:'",
                             "write its value there, or take the key out", file=file, line=lines[path])


def _known_prefix(location: tuple, lines: Lines) -> tuple:
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


def _in_words(error: dict, content: Any, place: tuple) -> tuple[str, str]:
    location, key = error["loc"], str(error["loc"][-1]) if error["loc"] else ""
    if error["type"] == "extra_forbidden":
        return f"unknown key '{key}'", did_you_mean(key, _keys_at(location))
    if error["type"] == "missing" or (error["type"] == "too_short" and key in _LISTS):
        return f"'{key}' is missing or empty", f"add '{key}' with at least one value"
    if not isinstance(content, dict):
        return "the file has no sections", f"start it with one of: terms, {', '.join(ENTRIES)}"
    shown = next((step for step in reversed(place) if isinstance(step, str)), key)
    problem = f"'{shown}' has a wrong value ({error['input']!r:.60}): {error['msg']}"
    return problem, "correct the value, or put it in quotes"


def _keys_at(location: tuple) -> list[str]:
    """Return the keys that may stand where an unknown one does."""
    if _ALTERNATIVES.intersection(map(str, location)):
        return list(KEYS)
    model = Codebook if len(location) == 1 else ENTRIES.get(str(location[0]), Codebook)
    if "wordings" in location or "devices" in location:
        model = Slots if "optional" in location else Wording
    return [field.alias or name for name, field in model.model_fields.items()]
