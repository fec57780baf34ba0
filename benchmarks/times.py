"""What reading times costs: words a CPU second on tokens alone, and how the cost grows with the text.

    python benchmarks/times.py

Growth is the time for ten times the text over the time for the text itself: about 10 where it is linear. A text is
tokenized by spaCy before the clock runs.
"""

from __future__ import annotations

import time
from datetime import date

import spacy

from analysis import load_story
from analysis.annotators.times import read_times

DAY = (date(2021, 10, 18), date(2021, 10, 18))
ADVERSARIAL = ("1 ", "2014 ", "last week ", "1234567890", "the last ", "last last ", "two hundred ", "more than 3-", "in the early ", "May ", "\n")
MEGABYTE = 10**6


def main() -> None:
    blank = spacy.blank("en")
    blank.max_length = 10**8
    news = "\n\n".join(article.text for article in load_story("russia-nato-2021").articles)
    words = len(news.split())
    copies = MEGABYTE // len(news)
    small = seconds(blank, news + "\n", copies)
    print(f"{words * copies / small:9,.0f} words per CPU second on news, tokens alone")
    print(f"{seconds(blank, news + chr(10), 10 * copies) / small:9.1f} times the cost for 10 MB of news over 1 MB")
    for unit in ADVERSARIAL:
        copies = MEGABYTE // 20 // len(unit)
        growth = seconds(blank, unit, 10 * copies) / seconds(blank, unit, copies)
        print(f"{growth:9.1f} times the cost for 500 kB over 50 kB of {unit.strip() or 'line breaks'!r}")


def seconds(blank, unit: str, copies: int) -> float:
    """Return the CPU time for reading the times of a repeated text."""
    doc = blank(unit * copies)
    start = time.process_time()
    read_times(doc, DAY)
    return time.process_time() - start


if __name__ == "__main__":
    main()
