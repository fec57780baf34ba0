"""What finding near-identical articles costs, and how many planted ones it finds: 25,000, 50,000 and 100,000 articles.

    python benchmarks/copies.py [--most 100000] [--words 500]

Of the articles, generated from words whose frequencies fall off as in English (Zipf), one in ten is a planted copy:
whole with every thirtieth word edited, or cut to between a fifth and the whole. One in ten more is no copy, though it
quotes a hundred words of another. Each article has another headline of ten words, and ends with the twenty-five words
with which every article of its outlet ends. Each size runs in a process of its own, whose peak of memory is shown.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import resource
import time

from analysis.copies import near_copies

SIZES = (25_000, 50_000, 100_000)
OUTLETS = 40
VOCABULARY = 30_000


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--most", type=int, default=SIZES[-1])
    options.add_argument("--words", type=int, default=500)
    given = options.parse_args()
    print("articles  seconds  CPU seconds  MiB for it  MiB of texts  recall  of cut to a third  precision")
    for size in SIZES:
        if size <= given.most:
            with multiprocessing.get_context("spawn").Pool(1) as pool:
                print(pool.apply(run, (size, given.words)))


def run(size: int, words: int) -> str:
    """Find the copies among articles made for it, and score them against those that were planted."""
    texts, planted = corpus(size, words)
    before, start, busy = _peak(), time.perf_counter(), time.process_time()
    found = {(copy.article_id, copy.of) for copy in near_copies(texts)}
    seconds, busy, memory = time.perf_counter() - start, time.process_time() - busy, _peak() - before
    right = {(copy, of) for copy, (of, _) in planted.items()} & found
    short = {copy for copy, (_, share) in planted.items() if share <= 1 / 3}
    recall, cut = len(right) / len(planted), sum(copy in short for copy, _ in right) / len(short)
    held = sum(len(text) for text in texts.values()) / 2**20
    return (f"{size:8,}  {seconds:7.1f}  {busy:11.1f}  {memory:10.0f}  {held:12.0f}  {recall:6.3f}  {cut:17.3f}  "
            f"{len(right) / max(len(found), 1):9.3f}")


def corpus(size: int, words: int) -> tuple[dict[str, str], dict[str, tuple[str, float]]]:
    """Return article_id → text, and copy → the account it was planted from and the share of it that was kept."""
    chance = random.Random(1997)
    vocabulary = [f"{chance.choice('bcdfglmnprst')}{chance.choice('aeiou')}{number:x}" for number in range(VOCABULARY)]
    reach = [0.0]
    for rank in range(1, VOCABULARY + 1):
        reach.append(reach[-1] + 1 / (rank + 2.7))

    def prose(length: int) -> list[str]:
        return chance.choices(vocabulary, cum_weights=reach[1:], k=length)

    endings = [prose(25) for _ in range(OUTLETS)]
    texts, planted, accounts, originals = {}, {}, {}, []
    for number in range(size):
        article_id, kind = f"{number:06}", number % 10 if number >= 10 else 0
        body = prose(words)
        if kind == 8:
            original = chance.choice(originals)
            share = chance.choice((1.0, chance.uniform(0.2, 1.0)))
            body = accounts[original][: int(share * words)]
            if share == 1.0:
                body = [word if chance.random() > 1 / 30 else chance.choice(vocabulary) for word in body]
            planted[article_id] = original, share
        elif kind == 9:
            quoted = accounts[chance.choice(originals)]
            body[200:300] = quoted[200:300]
        else:
            accounts[article_id] = body
            originals.append(article_id)
        texts[article_id] = " ".join((*prose(10), *body, *chance.choice(endings)))
    return texts, planted


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
