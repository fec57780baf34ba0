"""What the codes of one entry of the codebook depend on in those of others, apart from what is found entry by entry."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from .denials import FARTHEST


class Told(NamedTuple):
    """What settling needs to know of a code."""

    start: int
    end: int
    kind: str
    code_id: str
    status: str
    speaker: str | None


def statuses(codes: Sequence, denials: Sequence[tuple[int, str]], sentences: Sequence[int],
             disputes: dict[str, str]) -> list[str]:
    """Return each code's status: disputed where somebody else denies it later, or another fact found denies it.

    Parameters
    ----------
    codes : of all entries, in the order of the text; as `Told`.
    denials : first character and denier of those that name no content of their own.
    sentences : first characters of the sentences of news.
    disputes : the fact that each denies, by the fact that denies it.
    """
    found = [code.status for code in codes]
    open_to_it = [i for i, code in enumerate(codes) if code.kind == "fact" and code.status == "attributed"]
    for start, denier in denials:
        here = bisect_right(sentences, start)
        earlier = [i for i in open_to_it if codes[i].end <= start and codes[i].speaker != denier
                   and here - bisect_right(sentences, codes[i].start) <= FARTHEST]
        if earlier:
            found[max(earlier, key=lambda i: codes[i].end)] = "disputed"
    denied = {disputes.get(code.code_id) for code in codes}
    return ["disputed" if code.code_id in denied else status for code, status in zip(codes, found)]
