"""What reading times costs: words a CPU second on tokens alone, and how the cost grows with the text.

    python benchmarks/times.py

Growth is the time for ten times the text over the time for the text itself: about 10 where it is linear.
"""

from __future__ import annotations

import time
from datetime import date

import spacy

from analysis import load_story
from analysis.annotators.times import read_times

DAY = (date(2021, 10, 18), date(2021, 10, 18))
ADVERSARIAL = ("1 ", "the last ", "two hundred ", "more than 3-", "in the early ", "May ", "\n")
ROUNDS = 3


def main() -> None:
    blank = spacy.blank("en")
    blank.max_length = 10**8
    news = "\n\n".join(article.text for article in load_story("russia-nato-2021").articles)
    words = len(news.split())
    print(f"{words * 20 / seconds(blank, news + chr(10), 20):9,.0f} words per CPU second on news, tokens alone")
    for unit in (news + "\n", *ADVERSARIAL):
        few = 2000 if unit in ADVERSARIAL else 4
        growth = seconds(blank, unit, 10 * few) / seconds(blank, unit, few)
        print(f"{growth:9.1f} times the cost for ten times {unit.strip()[:20] or 'line breaks'!r}")


def seconds(blank, unit: str, copies: int) -> float:
    """Return the best CPU time of a few rounds for reading the times of a repeated text."""
    doc = blank(unit * copies)
    best = float("inf")
    for _ in range(ROUNDS):
        start = time.process_time()
        read_times(doc, DAY)
        best = min(best, time.process_time() - start)
    return best


if __name__ == "__main__":
    main()
