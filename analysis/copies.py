"""Near-identical articles: the same account in several outlets, as wire copy is.

A text is taken as the set of its word sequences (shingles). Min-hashes of the sets name the pairs that are worth a
look; the sets themselves then tell how much of the one stands in the other. Measured is containment rather than
resemblance: a story cut to a brief is as much a copy as one that is printed whole.

Broder, A. Z. (1997). On the resemblance and containment of documents. Compression and Complexity of Sequences 1997,
21-29. On copies of news agencies' texts in newspapers, and their measure: Welbers, K., van Atteveldt, W.,
Kleinnijenhuis, J., & Ruigrok, N. (2018). A gatekeeper among gatekeepers. Journalism Studies, 19(3), 315-333, and
their package RNewsflow.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from heapq import nlargest
from itertools import chain
from math import sqrt
from sys import maxunicode

import numpy as np
from datasketch import MinHash

SHINGLE = 5  # words: two accounts share so many in a row where they quote the same, and hardly ever by chance
COPY = 0.7  # share of the shorter text's shingles that the longer has; about every fifteenth word may be another
LEAST_SHINGLES = 25  # of a shorter text only an identical one is a copy: a slogan stands in many articles
PERMUTATIONS = 128  # an estimate of resemblance from so many errs by 0.04, one time in three
MARGIN = 3  # standard errors by which an estimate may fall short before a pair is passed over
CROWD = 50  # accounts: words that more of them share are furniture, and name no candidate
MOST_CANDIDATES = 20  # accounts that one text is compared with, the likeliest first, which keeps the cost linear
BATCH = 10_000  # shingles that are permuted at a time, in 5 MB, however long the text

# Odd multipliers for hashes modulo 2**64, their bits well mixed; the first has its inverse there.
_BASE, _STEP, _MIX = 0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0xBF58476D1CE4E5B9
_ALONE = np.iinfo(np.uint32).max  # in place of a bucket that holds one text only


@dataclass(frozen=True, slots=True)
class Copy:
    """An article that tells the account of another, and the share (0 to 1) of its shingles that stand there."""

    article_id: str
    of: str
    similarity: float


def near_copies(texts: Mapping[str, str], *, published: Mapping[str, date] | None = None) -> list[Copy]:
    """Find the articles that are near-identical copies of another one, whole or cut.

    An account is named by its fullest text, the one with the most shingles; of equally full ones by the one that was
    published first, then by the first id. A copy must be like that very text (`COPY`), so that no chain of small
    changes joins what is far apart; where it is like several, the likest counts. Case, punctuation, line breaks and a
    few words of furniture make no difference.

    Parameters
    ----------
    texts : article_id → text, best without headline and furniture. Their order does not matter.
    published : article_id → first day of publication, where it is known.

    Returns
    -------
    list of `Copy`, by `article_id`. `of` is never a copy itself. Who tells an account of their own are not listed.

    Examples
    --------
    >>> story = " ".join(f"In town {number} the council voted for {number} new trams." for number in range(9))
    >>> near_copies({"herald": story[:300] + " (Agencies)", "wire": story, "other": "In town the trams are new."})
    [Copy(article_id='herald', of='wire', similarity=0.96875)]
    """
    sketches, sizes = _sketches(texts.values())
    places = {article_id: place for place, article_id in enumerate(texts) if sizes[place]}
    published = published or {}
    ids = sorted(places, key=lambda i: (-sizes[places[i]], published.get(i, date.max), i))  # accounts come first
    buckets, sizes = _buckets(sketches[[places[i] for i in ids]]), [sizes[places[i]] for i in ids]
    accounts: dict[int, list[int]] = defaultdict(list)  # bucket → the accounts in it
    copies = []
    for number, article_id in enumerate(ids):
        shared = [accounts[bucket] for bucket in buckets[number][buckets[number] != _ALONE].tolist()]
        likest, of = _likest(texts[article_id], {i: texts[ids[i]] for i in _candidates(shared, number, sizes)})
        if likest:
            copies.append(Copy(article_id, ids[of], likest))
            continue
        for members in shared:
            if len(members) < CROWD:
                members.append(number)
    return sorted(copies, key=lambda copy: copy.article_id)


def shingles(text: str) -> np.ndarray:
    """Return the hashes of a text's sequences of `SHINGLE` words, each once, in ascending order.

    Words are runs of letters and digits. A text of fewer words is one sequence; one without words has none.

    Examples
    --------
    >>> len(shingles("The council – again – voted for trams.")), len(shingles("Trams!")), len(shingles("…"))
    (2, 1, 0)
    """
    words = _hashed_words(text)
    length = min(SHINGLE, len(words))
    found = np.zeros(max(len(words) - length + 1, 0) if length else 0, dtype=np.uint64)
    for place in range(length):
        found = found * np.uint64(_STEP) + words[place : place + len(found)]
    return np.unique(found)


def _hashed_words(text: str) -> np.ndarray:
    """Hash all words at once: each is a polynomial in its characters, cut out of the running sum over the text."""
    characters = np.frombuffer(text.casefold().encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    inside = np.concatenate([[False], _letters()[characters], [False]])
    starts, ends = np.flatnonzero(inside[1:] != inside[:-1]).reshape(-1, 2).T
    powers, inverses = _powers(1 << len(characters).bit_length())
    sums = np.concatenate([[np.uint64(0)], np.cumsum(characters * powers[: len(characters)], dtype=np.uint64)])
    words = (sums[ends] - sums[starts]) * inverses[starts]
    return (words ^ words >> np.uint64(32)) * np.uint64(_MIX)


@cache
def _letters() -> np.ndarray:
    """Tell for every code point whether it belongs to a word."""
    return np.fromiter((chr(code).isalnum() for code in range(maxunicode + 1)), dtype=bool, count=maxunicode + 1)


@cache
def _powers(length: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the powers of the base and of its inverse, modulo 2**64."""
    bases = (_BASE, pow(_BASE, -1, 2**64))
    powers, inverses = (np.cumprod(np.full(length, base, dtype=np.uint64)) for base in bases)
    return powers, inverses


def sketch(found: np.ndarray) -> np.ndarray:
    """Return the min-hashes of a text's shingles: the share in which two texts agree estimates how like they are."""
    minhash = _minhash()
    minhash.clear()
    for start in range(0, len(found), BATCH):
        minhash.update_batch((found[start : start + BATCH] >> np.uint64(32)).tolist())
    return minhash.hashvalues


@cache
def _minhash() -> MinHash:
    """Make one sketch, to be cleared and used again: its permutations are drawn once. Shingles are hashes already."""
    return MinHash(PERMUTATIONS, hashfunc=int)


def _sketches(texts: Iterable[str]) -> tuple[np.ndarray, list[int]]:
    """Return the sketch of each text, a row each, and the number of its shingles."""
    rows, sizes = [], []
    for text in texts:
        found = shingles(text)
        rows.append(sketch(found))
        sizes.append(len(found))
    return np.array(rows, dtype=np.uint32).reshape(-1, PERMUTATIONS), sizes


def _buckets(sketches: np.ndarray) -> np.ndarray:
    """Number the buckets, texts that agree in a min-hash; in place, so that a large corpus is held once.

    These are the bands of locality-sensitive hashing, of one row each, and counted: bands of several rows, which find
    texts that are alike as wholes, would miss the brief that was cut from a long story.
    """
    used = 0
    for column in sketches.T:
        _, numbers, counts = np.unique(column, return_inverse=True, return_counts=True)
        ranks = np.cumsum(counts > 1) + used - 1
        column[:] = np.where(counts > 1, ranks, _ALONE)[numbers]
        used += int((counts > 1).sum())
    return sketches


def _candidates(shared: list[list[int]], text: int, sizes: list[int]) -> list[int]:
    """Return the accounts that agree with a text in as many min-hashes as a copy would, the fullest first."""
    telling = [members for members in shared if len(members) < CROWD]
    of = PERMUTATIONS - len(shared) + len(telling)
    agreeing = Counter(chain.from_iterable(telling))
    likely = [account for account, times in agreeing.items() if times >= _least(of, sizes[text], sizes[account])]
    return sorted(nlargest(MOST_CANDIDATES, likely, key=lambda account: (agreeing[account], -account)))


def _least(of: int, size: int, account_size: int) -> float:
    """Return in how many of the min-hashes a copy agrees with its account, at the very least."""
    common = COPY * size
    resemblance = common / (size + account_size - common)
    return of * resemblance - MARGIN * sqrt(of * resemblance * (1 - resemblance))


def _likest(text: str, accounts: dict[int, str]) -> tuple[float, int | None]:
    """Return the account that has most of a text, the first of several, and how much; 0 where it is a copy of none."""
    if not accounts:
        return 0.0, None
    own = shingles(text)
    found = {account: _similarity(own, shingles(words)) for account, words in accounts.items()}
    likest = max(found, key=found.__getitem__)
    return found[likest], likest


def _similarity(own: np.ndarray, account: np.ndarray) -> float:
    """Return the share of a text's shingles that an account has, or 0 where that makes no copy of it."""
    share = len(np.intersect1d(own, account, assume_unique=True)) / len(own)
    alike = share >= COPY if len(own) >= LEAST_SHINGLES else np.array_equal(own, account)
    return share if alike else 0.0
