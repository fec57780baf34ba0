"""What `tellings add` costs: 10,000 text files, added to an empty story and then once more.

    python benchmarks/add.py
"""

from __future__ import annotations

import random
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from analysis import load_story
from analysis.ingest.add import add
from analysis.ingest.new import new_story

FILES, PARAGRAPHS = 10_000, 8
SEED = 1


def main() -> None:
    with TemporaryDirectory() as folder:
        texts = Path(folder, "texts")
        texts.mkdir()
        write(texts)
        story = new_story(str(Path(folder, "story")))
        for when in ("added", "added again"):
            start, cpu = time.perf_counter(), time.process_time()
            entries = add(story, [str(texts)]).entries
            kept = sum(entry.decision == "kept" for entry in entries)
            print(f"{time.perf_counter() - start:9.1f} s ({time.process_time() - cpu:.1f} of CPU) for {len(entries):,} text files {when}, {kept:,} of them kept")
        start = time.perf_counter()
        articles = load_story(story).articles
        print(f"{time.perf_counter() - start:9.1f} s for loading the story of {len(articles):,} articles")


def write(folder: Path) -> None:
    """Write files of sentences of the first story's articles, shuffled: all different, all English."""
    chance = random.Random(SEED)
    sentences = [line for article in load_story("russia-nato-2021").articles for line in article.text.split("\n") if len(line) > 80]
    for number in range(FILES):
        body = "\n\n".join(chance.sample(sentences, PARAGRAPHS))
        folder.joinpath(f"{number:05}.txt").write_text(f"Report {number}\n\n{body}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
