"""What it costs to ask again after an edit of the codebook: seconds from the articles to the matrix, and CPU seconds.

    python benchmarks/edit.py [--articles 1000] [--workers 1]

The articles are recombined from the sentences of the first story's five. The cache lies in a folder of its own, which is
empty to begin with and goes in the end. The five articles of the story are timed from `load_story`, its copy on disk edited.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SENTENCES = 25  # about what the five articles have, each
NEW_WORDING = {"who": ["<nato>"], "did": ["regret"]}
FRESH = """
import time; start = time.perf_counter()
from analysis import analyse, load_story
analyse(load_story({folder!r})).coverage
print(time.perf_counter() - start)
"""


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--articles", type=int, default=1000)
    options.add_argument("--workers", type=int, default=1)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["TELLINGS_CACHE"] = str(Path(folder, "cache"))
        five(Path(folder, "story"))
        many(given.articles, given.workers)
        kept = sum(file.stat().st_size for file in Path(folder, "cache").iterdir())
    print(f"cache             {kept / 2**20:7.1f} MiB")
    print(f"peak memory       {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:7.0f} MiB")


def five(folder: Path) -> None:
    """Time the first story, its files edited as a person does."""
    from analysis import analyse, load_story

    shutil.copytree(load_story("russia-nato-2021").folder, folder)

    clock = Clock("five articles")

    def ask() -> None:
        analyse(load_story(folder)).coverage

    def edit(name: str, file: str, old: str, new: str) -> None:
        path = Path(folder, "codebook", file)
        before = path.read_text(encoding="utf-8")
        path.write_text(before.replace(old, new, 1), encoding="utf-8")
        assert path.read_text(encoding="utf-8") != before, f"{file} holds no {old!r}"
        clock.time(name, ask)

    clock.time("first time", ask)
    clock.time("nothing edited", ask)
    edit("a wording", "facts.yaml", "did: [", "did: [overhaul, ")
    edit("a term", "facts.yaml", "terms:\n", "terms:\n  new-words: [overhaul]\n")
    edit("an actor", "actors.yaml", "aliases:\n", "aliases:\n  - An Entirely New Name\n")
    fresh = subprocess.run([sys.executable, "-c", FRESH.format(folder=str(folder))], capture_output=True, text=True, check=True)
    print(f"  fresh process   {float(fresh.stdout):7.2f}, model and imports included")


def many(number: int, workers: int) -> None:
    """Time recombined articles, with edits of the codebook in memory."""
    from analysis import analyse, load_story
    from analysis.codebook import Wording

    story = load_story("russia-nato-2021")
    articles, book = recombined(story, number), story.codebook
    fact, actor = book.facts[0], book.actors[0]
    worded = fact.model_copy(update={"wordings": [*fact.wordings, Wording.model_validate(NEW_WORDING)]})
    named = actor.model_copy(update={"aliases": [*actor.aliases, "An Entirely New Name"]})
    term, alternatives = next(iter(book.terms.items()))
    clock = Clock(f"{number} articles")
    for name, edited in {
        "first time": book,
        "nothing edited": book,
        "a wording": book.model_copy(update={"facts": [worded, *book.facts[1:]]}),
        "a term": book.model_copy(update={"terms": {**book.terms, term: [*alternatives, "an entirely new wording"]}}),
        "an actor": book.model_copy(update={"actors": [named, *book.actors[1:]]}),
    }.items():
        clock.time(name, lambda: analyse(articles, edited, workers=workers).coverage)


def recombined(story, number: int) -> list:
    """Return articles made of the story's sentences, drawn at random but the same every time."""
    from analysis import analyse

    draw = random.Random(number)
    sentences = analyse(story).sentences["text"].tolist()
    return [draw.choice(story.articles).model_copy(update={
        "article_id": f"{i:06}", "layout": {}, "text": "\n\n".join(draw.choices(sentences, k=SENTENCES))}) for i in range(number)]


class Clock:
    """Prints what each run takes, and what share that is of the first one."""

    def __init__(self, title: str):
        print(f"{title:17} seconds     CPU   of the first", flush=True)
        self.first: float | None = None

    def time(self, name: str, run) -> None:
        start, cpu = time.perf_counter(), time.process_time()
        run()
        seconds, cpu = time.perf_counter() - start, time.process_time() - cpu
        self.first = self.first or seconds
        print(f"  {name:15} {seconds:7.2f} {cpu:7.2f}   {seconds / self.first:8.1%}", flush=True)


if __name__ == "__main__":
    main()
