"""Words reduced to what they are about, for telling how alike two passages are."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable

from rapidfuzz.distance import LCSseq

STEM = 6  # letters: a cheap stemmer for English, after Kraaij and Pohlmann (1996)

WORD = re.compile(r"[^\W\d_]+|\d+(?:[.,]\d+)*")
_ENDING = re.compile(r"(?<=...)(?:ing|ers?|ed|es|s)$")
GRAMMAR = frozenset(
    "a about after all also an and any are as at be because been before being but by can could did do does during for "
    "from had has have he her his how i if in into is it its just may might more most no not of on one only or other "
    "our out over said say says she should so some such than that the their them then there these they this those to "
    "told two under up us was we were what when where which while who will with would you your".split())
# Words that tell of nothing that happened: those of grammar, and those with which news reports what was said.
EMPTY = GRAMMAR | frozenset(
    "add added announce announced announcement announcing confirm confirmed report reported reporting reports "
    "statement tell telling tells".split())


def stem(word: str) -> str:
    """Cut a word to what its inflections share.

    Examples
    --------
    >>> stem("announces"), stem("announced"), stem("hackers"), stem("hacked")
    ('announ', 'announ', 'hack', 'hack')
    """
    return _ENDING.sub("", word.lower())[:STEM]


def stems(text: str, without: frozenset[str] = GRAMMAR) -> set[str]:
    """Return the stems of a text's words, those of grammar left out.

    Examples
    --------
    >>> sorted(stems("The ministers announced the closing of an office."))
    ['announ', 'clos', 'minist', 'office']
    """
    return {stem(word) for word in WORD.findall(text) if len(word) > 1 and word.lower() not in without}


def tokens(text: str) -> list[str]:
    """Return a text's words in lower case, punctuation left out.

    Examples
    --------
    >>> tokens("“We regret these steps,” NATO’s spokesperson said.")
    ['we', 'regret', 'these', 'steps', 'nato', 's', 'spokesperson', 'said']
    """
    return [word.lower() for word in WORD.findall(text)]


def differences(text: str, fullest: str) -> list[tuple[int, int, str]]:
    """Compare the words of a text with those of a fuller one.

    Returns
    -------
    List of (start, end, how), in the order of the text, `how` being `added` for words that the fuller one does not have
    there, or `left out` (of no length) for a place where it has more, and nothing stands instead.

    Examples
    --------
    >>> differences("We deeply regret this.", "We regret this and the rest.")
    [(3, 9, 'added'), (21, 21, 'left out')]
    """
    places = [word.span() for word in WORD.finditer(text)]
    steps = list(LCSseq.opcodes(tokens(fullest), tokens(text)))
    added = [(step.dest_start, step.dest_end) for step in steps if step.tag == "insert"]
    instead = {place for start_end in added for place in start_end}
    left_out = [step.dest_start for step in steps if step.tag == "delete" and step.dest_start not in instead]
    found = [(places[first][0], places[last - 1][1], "added") for first, last in added]
    found += [(places[at - 1][1] if at else 0,) * 2 + ("left out",) for at in left_out]
    return sorted(found)


def rarity(texts: Iterable[str]) -> dict[str, float]:
    """Weigh each stem by how few of the texts have it: the logarithm of one and all over those (Spärck Jones 1972)."""
    of_texts = [stems(text) for text in texts]
    there = Counter(word for words in of_texts for word in words)
    return {word: math.log(1 + len(of_texts) / number) for word, number in there.items()}
