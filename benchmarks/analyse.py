"""What Tellings costs beside the bare parse: articles a second, memory, and the time to the first table.

    python benchmarks/analyse.py [--articles 500] [--rounds 3] [--workers 1]

Both sides run the same model on the same texts with the same number of processes, turn by turn in one run, the model
loaded before and nothing kept of an earlier round; the ratio of their best times is the figure to watch.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from analysis import analyse, load_story
from analysis.pipeline import BATCH, load_model

FIRST_TABLE = """
import time; start = time.perf_counter()
import analysis; imported = time.perf_counter()
tables = analysis.analyse(analysis.load_story("russia-nato-2021"))
print(f"{imported - start:.3f} {time.perf_counter() - start:.2f}")
"""


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--articles", type=int, default=500)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--workers", type=int, default=1)
    given = options.parse_args()
    os.environ["TELLINGS_CACHE"] = ""

    story = load_story("russia-nato-2021")
    seeds = story.articles
    articles = [seeds[i % len(seeds)].model_copy(update={"article_id": f"{i:06}"}) for i in range(given.articles)]
    texts = [article.text for article in articles]

    model = load_model()
    analyse(articles[:1], story.codebook)  # loads the model that it keeps

    def bare() -> None:
        for _ in model.pipe(texts, batch_size=BATCH, n_process=given.workers):
            pass

    def tellings() -> None:
        with tempfile.TemporaryDirectory() as folder:
            analyse(articles, story.codebook, workers=given.workers).write(Path(folder))

    times = {"bare nlp.pipe": [], "tellings analyse": []}
    for _ in range(given.rounds):
        times["bare nlp.pipe"].append(_timed(bare))
        times["tellings analyse"].append(_timed(tellings))
    best = {name: min(runs) for name, runs in times.items()}
    for name, seconds in best.items():
        print(f"{name:17} {given.articles / seconds:7.1f} articles/s  {seconds:6.2f} s for {given.articles}, best of {given.rounds}")
    print(f"ratio             {best['tellings analyse'] / best['bare nlp.pipe']:7.3f} (tellings analyse / bare nlp.pipe)")
    print(f"peak memory       {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:7.0f} MiB, both sides in one process")
    imported, first = subprocess.run([sys.executable, "-c", FIRST_TABLE], capture_output=True, text=True, check=True).stdout.split()
    print(f"import analysis   {imported} s; to the first table {first} s, model included")


def _timed(run) -> float:
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
