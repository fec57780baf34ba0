"""The ledger: what became of every file that was offered to a story, and of every article in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from pathlib import Path

from ..files import read_rows, rows_as_csv, unguarded
from .draft import GUESSED

FILE = "ledger.csv"
KEPT, DROPPED, DUPLICATE = "kept", "dropped", "duplicate"


def _cell(meaning: str):
    return field(default="", metadata={"meaning": meaning})


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the ledger; every cell is text, and empty where there is nothing to say."""

    source: str = _cell("the file, page or member of an archive, as it was offered: `folder/a.zip › b.html`")
    part: str = _cell("number of the article in the file, from 1; empty where the file as a whole was dropped")
    decision: str = _cell("`kept`, `dropped` or `duplicate`")
    why: str = _cell("why it was dropped, or merged")
    article_id: str = _cell("the article that it became")
    of: str = _cell("the article whose text it repeats; of what was kept: the article whose account it copies")
    similarity: str = _cell("how alike the two are, 0 to 1")
    sha256: str = _cell("checksum of the file's bytes; empty where it was not read")
    format: str = _cell("kind of file")
    encoding: str = _cell("encoding that the file was read from; the story's texts are UTF-8")
    language: str = _cell("language of the text (ISO 639-1); empty where it is too short to tell")
    words: str = _cell("words of the text")
    outlet: str = _cell("who publishes; empty where nothing says so")
    outlet_found: str = _cell("what says so")
    published: str = _cell("day, moment or interval of publication (ISO 8601), as found; empty where nothing says so")
    published_found: str = _cell("what says so")
    published_zone: str = _cell("zone of that moment (`+02:00`), or `none`")
    condition: str = _cell("state of the text, as in `articles.csv`")
    removed_characters: str = _cell("characters cut away as page furniture; they are kept in `removed/ARTICLE_ID.txt`")
    suspected: str = _cell("words that suggest that a machine altered the text")
    notes: str = _cell("what else a person should know")

    @property
    def wants_a_look(self) -> bool:
        """Whether it was not simply kept, or tells of a guess."""
        doubtful = self.condition == "excerpt" or GUESSED in self.notes
        return self.decision != KEPT or bool(self.of or self.suspected) or doubtful

    @property
    def told(self) -> str:
        """What a person should know of it, in one cell."""
        alike = f"like {self.of} ({self.similarity})" if self.decision == KEPT and self.of else ""
        state = self.condition if self.condition not in ("", "unknown", "complete") else ""
        spun = f"machine-altered? {self.suspected}" if self.suspected else ""
        return "; ".join(filter(None, (self.why, alike, state, spun, self.notes)))


COLUMNS = [column.name for column in fields(Entry)]


def read_ledger(folder: Path) -> list[Entry]:
    """Read a story's ledger; a story to which nothing was added has none.

    Raises
    ------
    InputError : the file has another shape, told with its line.
    """
    file = folder / FILE
    rows = read_rows(file, COLUMNS) if file.exists() else ()
    return [Entry(**{name: unguarded(cell) for name, cell in row.items()}) for _, row in rows]


def as_csv(entries: Iterable[Entry]) -> str:
    """Return the ledger as the text of its file."""
    return rows_as_csv([COLUMNS, *([getattr(entry, name) for name in COLUMNS] for entry in entries)])


def summary(entries: list[Entry]) -> str:
    """Say in a line what became of what was offered.

    Examples
    --------
    >>> summary([Entry("a.txt", decision="kept"), Entry("b.txt", decision="dropped")])
    '1 article kept, 0 merged as duplicates, 1 dropped; 1 without an outlet, 1 without a date'
    """
    kept = [entry for entry in entries if entry.decision == KEPT]
    count = Counter(entry.decision for entry in entries)
    told = (f"{len(kept)} article{'s' * (len(kept) != 1)} kept, {count[DUPLICATE]} merged as duplicates, "
            f"{count[DROPPED]} dropped")
    found = {
        "without an outlet": sum(not entry.outlet for entry in kept),
        "without a date": sum(not entry.published for entry in kept),
        "like another article": sum(bool(entry.of) for entry in kept),
        "excerpts": sum(entry.condition == "excerpt" for entry in kept),
        "suspected of machine-altered words": sum(bool(entry.suspected) for entry in kept)}
    more = ", ".join(f"{number} {what}" for what, number in found.items() if number)
    return f"{told}; {more}" if more else told


def describe() -> str:
    """Return the column table of `data/README.md`, which a test holds to this definition."""
    rows = [f"| `{column.name}` | {column.metadata['meaning']} |" for column in fields(Entry)]
    return "\n".join(["| column | meaning |", "|---|---|", *rows, ""])


if __name__ == "__main__":
    print(describe())
