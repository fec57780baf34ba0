"""The nouns that tell deeds: *expulsion* is expelling, *arrival* arriving.

`deed_nouns.csv` lists those of news English that do not look like their verb (*the attack*, *the closing* do) and mean
the deed more often than a thing, a body or a subject matter: *settlement* and *resolution* are left out. `of` tells
what "of" names: whom or what the deed is done to (patient), who does it (agent), or either; against: what "on" and
"against" name.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_suffix(".csv")


@dataclass(frozen=True, slots=True)
class DeedNoun:
    verb: str
    of: str


@cache
def deed_nouns() -> dict[str, DeedNoun]:
    """Load the nouns of deeds, by lemma.

    Examples
    --------
    >>> deed_nouns()["expulsion"], deed_nouns()["arrival"].of
    (DeedNoun(verb='expel', of='patient'), 'agent')
    """
    with _FILE.open(encoding="utf-8", newline="") as file:
        return {row["noun"]: DeedNoun(row["verb"], row["of"]) for row in csv.DictReader(file)}
