"""What is found: codes on passages, and the elements that show them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Element(NamedTuple):
    """A slot of a wording, the characters that fill it, and the alternative of the codebook that they match.

    `basis` tells how an actor is known: named, description or pronoun; None for other alternatives.
    """

    slot: str
    alternative: str
    start: int
    end: int
    spun: bool
    basis: str | None


@dataclass(frozen=True, slots=True)
class Code:
    """A code on a passage: from the first to the last character of its elements.

    `wording` is the number, from 1, of the entry's wording that matched; `hedge_start` and `hedge_end` are the word
    that makes the deed no more than likely.
    """

    start: int
    end: int
    kind: str
    code_id: str
    wording: int
    status: str
    speaker: str | None
    hedge_start: int | None
    hedge_end: int | None
    completeness: str
    elements: tuple[Element, ...]

    @property
    def label(self) -> str:
        return self.code_id
