"""Refuse what leads nowhere in a codebook: `<id>`, `disputes`, targets, circles of terms, gaps at an edge."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

from ..errors import InputError, did_you_mean
from .models import GAPS, REFERENCE, SLOTS, Codebook, Wording, phrases
from .periods import period
from .reading import Lines

_Entry = tuple[str, str]  # section and id


class Places:
    """Where each entry of a codebook stands, and each of its parts: file and line."""

    def __init__(self):
        self.entries: dict[_Entry, tuple[Path, Lines, tuple]] = {}

    def __contains__(self, entry: _Entry) -> bool:
        return entry in self.entries

    def add(self, entry: _Entry, file: Path, lines: Lines, path: tuple) -> None:
        self.entries[entry] = file, lines, path

    def of(self, section: str, name: str, *inside: str | int) -> tuple[Path, int]:
        """Return file and line of an entry, or of the innermost part of it that has a line."""
        file, lines, path = self.entries[section, name]
        while inside and (*path, *inside) not in lines:
            inside = inside[:-1]
        return file, lines[(*path, *inside)]


def check_references(book: Codebook, places: Places) -> None:
    """Check everything in a codebook that names something else in it.

    Raises
    ------
    InputError : with file, line and the nearest correct spelling.
    """
    check = _Checker(book, places)
    check.alternatives()
    check.circles()
    check.links()


class _Checker:
    def __init__(self, book: Codebook, places: Places):
        self.book = book
        self.places = places
        self.actors = {actor.actor_id for actor in book.actors}
        self.known = self.actors | set(book.terms)

    def refuse(self, entry: _Entry, problem: str, remedy: str, *inside: str | int) -> NoReturn:
        file, line = self.places.of(*entry, *inside)
        raise InputError(problem, remedy, file=file, line=line)

    def alternatives(self) -> None:
        for name, alternatives in self.book.terms.items():
            self._phrases(("terms", name), (), alternatives)
        for entry, path, wording in self._wordings():
            for inside, alternatives in wording.lists():
                self._phrases(entry, (*path, *inside), alternatives)
            if not wording.filled():
                self.refuse(entry, f"a wording of '{entry[1]}' has no slot that must be found",
                            f"give it one of: {', '.join(SLOTS)}", *path)

    def _wordings(self) -> Iterator[tuple[_Entry, tuple, Wording]]:
        for kind, code_id, wordings in self.book.codes():
            for position, wording in enumerate(wordings):
                yield (f"{kind}s", code_id), ("devices" if kind == "frame" else "wordings", position), wording

    def _phrases(self, entry: _Entry, path: tuple, alternatives: list) -> None:
        for text, place in phrases(alternatives):
            reference = REFERENCE.fullmatch(text)
            if ("<" in text or ">" in text) and not reference:
                self.refuse(entry, f"'{entry[1]}' has a <reference> inside the phrase {text!r}",
                            "let a reference stand alone as an alternative", *path, place)
            if text.strip().startswith(GAPS) or text.strip().endswith(GAPS):
                self.refuse(entry, f"'{entry[1]}' has a gap at the edge of the phrase {text!r}",
                            "let … stand between words", *path, place)
            slot = path[-1] if path else None
            self._date(entry, slot, text, *path, place)
            if reference and slot == "when":
                self._dates_of_term(reference[1])
            if reference and reference[1] not in self.known:
                self.refuse(entry, f"'{entry[1]}' refers to <{reference[1]}>, which is neither an actor nor a term",
                            did_you_mean(reference[1], self.known), *path, place)

    def _dates_of_term(self, name: str) -> None:
        """Check the dates of a term that stands in the slot `when`, and of those that it refers to."""
        for term in {name, *self._reached(name)} & self.book.terms.keys():
            for text, place in phrases(self.book.terms[term]):
                self._date(("terms", term), "when", text, place)

    def _date(self, entry: _Entry, slot: str | None, text: str, *inside: str | int) -> None:
        """Refuse what is written as a date, and is none."""
        try:
            period(text, slot)
        except ValueError as error:
            self.refuse(entry, f"'{entry[1]}' has '{text}', which is no date: {error}",
                        "write a day as 2017-07-29, a month as 2017-07, a year as 2017, an interval as 2017-05/2017-07",
                        *inside)

    def circles(self) -> None:
        for name in self.book.terms:
            if name in self._reached(name):
                self.refuse(("terms", name), f"the term '{name}' refers to itself", "take the circle out")

    def _reached(self, name: str) -> set[str]:
        """Return the terms that a term refers to, directly or through others."""
        reached: set[str] = set()
        ahead = [name]
        while ahead:
            for text, _ in phrases(self.book.terms.get(ahead.pop(), [])):
                reference = REFERENCE.fullmatch(text)
                if reference and reference[1] not in reached:
                    reached.add(reference[1])
                    ahead.append(reference[1])
        return reached

    def links(self) -> None:
        """Check `disputes`, `target` and the bounds of events."""
        facts = {fact.fact_id for fact in self.book.facts}
        for fact in self.book.facts:
            entry = ("facts", fact.fact_id)
            if fact.disputes and fact.disputes not in facts:
                self.refuse(entry, f"'{fact.fact_id}' disputes '{fact.disputes}', which is no fact",
                            did_you_mean(fact.disputes, facts), "disputes")
            if fact.disputes == fact.fact_id:
                self.refuse(entry, f"'{fact.fact_id}' disputes itself", "name the fact that it denies", "disputes")
        for frame in self.book.frames:
            if frame.target and frame.target not in self.actors:
                self.refuse(("frames", frame.frame_id), f"the frame '{frame.frame_id}' has the target "
                            f"'{frame.target}', which is no actor", did_you_mean(frame.target, self.actors), "target")
        for event in self.book.events:
            if event.earliest > event.latest:
                self.refuse(("events", event.event_id), f"the event '{event.event_id}' has earliest {event.earliest} "
                            f"after latest {event.latest}", "swap the two", "earliest")
