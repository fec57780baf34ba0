"""A story folder, loaded and checked.

    data/NAME/
      story.toml      title, what happened, the outlets
      articles.csv    one row an article: where it comes from and how that is known
      layout.csv      lines of the texts that are not running news
      texts/          ARTICLE_ID.txt, untouched
      codebook/       *.yaml: actors, events, facts, frames
      codings/        CODER.csv: what people decided, one file a coder
      gold/           *.csv: what was coded by reading
"""

from __future__ import annotations

import os
import tomllib
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd
from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from .articles import Article
from .codebook import Codebook, load_codebook
from .codings import Decision, read_codings
from .errors import InputError, did_you_mean
from .files import FILE_NAME, check_name, guarded, read_rows, read_text, unguarded

DATA = Path(__file__).resolve().parent.parent / "data"
ENGLISH = "en"
DEFAULT_STORY = "russia-nato-2021"
CHOSEN = DATA / ".chosen"  # the folder of the story that notebook 00 chose, for all notebooks
PENDING = ".added"  # what `tellings add` has decided but not yet put in its place; analysis/ingest/journal.py
ARTICLE_COLUMNS = [name for name in Article.model_fields if name not in ("text", "layout")]
ARTICLE_ID = FILE_NAME  # it is the name of a file in texts/
LAYOUT_COLUMNS = ["article_id", "line", "part", "text"]
LAYOUT_PARTS = ("headline", "deck", "kicker", "navigation", "byline", "dateline", "caption", "credit")


class About(BaseModel):
    """What `story.toml` says."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: str
    summary: str = ""
    earliest: date | None = None
    latest: date | None = None
    model: str | None = None
    outlets: dict[str, str] = {}

    @model_validator(mode="after")
    def _in_order(self) -> About:
        if self.earliest and self.latest and self.earliest > self.latest:
            raise ValueError(f"earliest ({self.earliest}) is later than latest ({self.latest})")
        return self

    @property
    def language(self) -> str:
        """The language that the story's spaCy model reads: the first part of the name of a package, or of a folder.

        Examples
        --------
        >>> About(title="Hafen", model="de_core_news_sm").language, About(title="Port").language
        ('de', 'en')
        """
        return Path(self.model).name.partition("_")[0] if self.model else ENGLISH


@dataclass(frozen=True)
class Story:
    """A story: its articles and its codebook, as `load_story` has checked them."""

    name: str
    folder: Path
    about: About
    articles: list[Article]
    codebook: Codebook
    codings: tuple[Decision, ...] = ()


def load_story(story: str | Path | None = None) -> Story:
    """Load and check a story folder.

    Parameters
    ----------
    story : a name in `data/`, or a folder; by default what the environment variable TELLINGS_STORY names, else what was
        chosen in notebook 00, else the first story, russia-nato-2021.

    Raises
    ------
    InputError : the first thing that is wrong, with file, line and remedy.

    Examples
    --------
    >>> story = load_story("russia-nato-2021")
    >>> [article.article_id for article in story.articles]
    ['000', '001', '002', '003', '004']
    """
    folder = find_story(story)
    if (folder / PENDING).exists():
        raise InputError("articles are being added to this story, or their adding was interrupted",
                         f"wait, or run `tellings add {folder}`, which finishes what was begun", file=folder)
    about = read_about(folder / "story.toml")
    articles = _read_articles(folder, about)
    codebook = load_codebook(folder / "codebook")
    return Story(folder.name, folder, about, articles, codebook, read_codings(folder / "codings", articles, codebook))


def find_story(story: str | Path | None = None) -> Path:
    """Return the folder of a story given by name or by path."""
    wanted = str(story or os.environ.get("TELLINGS_STORY") or _chosen() or DEFAULT_STORY)
    for folder in (Path(wanted), Path("data") / wanted, DATA / wanted):
        if (folder / "story.toml").is_file():
            return folder.resolve()
    raise InputError(f"there is no story '{wanted}'", f"{did_you_mean(wanted, stories())}, name a folder that holds a "
                                                      "story.toml, or make one with `tellings new`")


def choose(folder: Path) -> None:
    """Make a story the one that `load_story()` loads, in every notebook and command, until another is chosen."""
    draft = CHOSEN.with_suffix(".new")
    draft.write_text(str(folder), encoding="utf-8")
    draft.replace(CHOSEN)


def _chosen() -> str | None:
    """Return the folder that was chosen, if it still holds a story."""
    chosen = read_text(CHOSEN) if CHOSEN.exists() else ""
    return chosen if chosen and (Path(chosen) / "story.toml").is_file() else None


def stories() -> list[str]:
    """List the names of the stories in `data/`, where you are and where Tellings is.

    Examples
    --------
    >>> "russia-nato-2021" in stories()
    True
    """
    return sorted({file.parent.name for data in (Path("data"), DATA) for file in data.glob("*/story.toml")})


def read_about(file: Path) -> About:
    """Read what `story.toml` says; a mistake is told with its key."""
    try:
        return About.model_validate(tomllib.loads(read_text(file)))
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"this is not TOML: {error}", "check quotes and brackets there", file=file) from error
    except ValidationError as failure:
        # A misspelt key is also a missing one; the first says more.
        error = min(failure.errors(), key=lambda e: e["type"] != "extra_forbidden")
        key = ".".join(map(str, error["loc"]))
        if error["type"] == "extra_forbidden":
            raise InputError(f"unknown key '{key}'", did_you_mean(key, About.model_fields), file=file) from failure
        problem = f"'{key}': {error['msg'].lower()}" if key else error["msg"].removeprefix("Value error, ")
        raise InputError(problem, "correct or add it", file=file) from failure


def _read_articles(folder: Path, about: About) -> list[Article]:
    layout = _read_layout(folder / "layout.csv")
    file = folder / "articles.csv"
    articles = []
    for line, cells in read_rows(file, ARTICLE_COLUMNS, key="article_id"):
        row = {name: unguarded(cell) for name, cell in cells.items()}
        check_name("article_id", row["article_id"], file=file, line=line)
        if about.outlets and row["outlet"] and row["outlet"] not in about.outlets:
            raise InputError(f"the outlet '{row['outlet']}' is unknown: story.toml does not list it",
                             f"{did_you_mean(row['outlet'], about.outlets)}, or add it to [outlets]",
                             file=file, line=line)
        text_file = folder / "texts" / f"{row['article_id']}.txt"
        text = read_text(text_file)
        if not text.strip():
            raise InputError("the text is empty",
                             "put the article's text there, or take its row out of articles.csv", file=text_file)
        special = _check_layout(layout.pop(row["article_id"], []), text, folder / "layout.csv")
        articles.append(make_article({**row, "text": text, "layout": special}, file, line))
    if not articles:
        raise InputError("there are no articles yet", f"run `tellings add {folder}` with files, folders or URLs",
                         file=file)
    ids = {article.article_id for article in articles}
    if layout:
        name, rows = next(iter(layout.items()))
        raise InputError(f"article_id '{name}' is not in articles.csv",
                         f"{did_you_mean(name, ids)}, or take its rows out here too",
                         file=folder / "layout.csv", line=rows[0][0])
    for extra in sorted({path.stem for path in (folder / "texts").glob("*.txt")} - ids):
        raise InputError(f"texts/{extra}.txt has no row", f"add a row for '{extra}', or take the file away", file=file)
    return articles


GOLD_COLUMNS = {
    "coverage": ["article_id", "fact_id", "status", "completeness", "speaker", "start", "end", "text", "note"],
    "times": ["article_id", "start", "end", "text", "type", "value", "earliest", "latest"],
    "quotations": ["article_id", "quotation_id", "start", "end", "text", "kind", "cue", "source", "speaker", "note"],
    "frames": ["article_id", "frame_id", "start", "end", "text", "speaker", "status", "note"],
}


def load_gold(story: Story) -> dict[str, pd.DataFrame]:
    """Load what was coded by reading, from `gold/*.csv`.

    Returns
    -------
    dict of DataFrames coverage, times, quotations, frames, as `data/README.md` has them; empty cells are missing.
    What nobody has coded has no rows.

    Raises
    ------
    InputError : a row's text is not what its offsets cut out of the article.
    """
    texts = {article.article_id: article.text for article in story.articles}
    folder = story.folder / "gold"
    return {name: _read_gold(folder / f"{name}.csv", columns, texts) for name, columns in GOLD_COLUMNS.items()}


def _read_gold(file: Path, columns: list[str], texts: dict[str, str]) -> pd.DataFrame:
    rows = []
    for line, row in read_rows(file, columns) if file.exists() else ():
        if row["article_id"] not in texts:
            raise InputError(f"there is no article '{row['article_id']}'",
                             did_you_mean(row["article_id"], texts), file=file, line=line)
        offsets = [int(row[c]) if row[c].isdecimal() else None for c in ("start", "end")]
        if row["text"] and (None in offsets or texts[row["article_id"]][slice(*offsets)] != row["text"]):
            raise InputError("start and end do not cut this text out of the article",
                             "correct the offsets or the text", file=file, line=line)
        rows.append({**{name: value or None for name, value in row.items()}, "start": offsets[0], "end": offsets[1]})
    return pd.DataFrame(rows, columns=columns).astype({"start": "Int64", "end": "Int64"})


def make_article(row: dict, file: Path, line: int) -> Article:
    """Build an article from a row's cells, empty ones meaning unknown; a fault is told with its line."""
    try:
        return Article.model_validate({name: value for name, value in row.items() if value != ""})
    except ValidationError as failure:
        error = failure.errors()[0]
        place = f"'{error['loc'][0]}'" if error["loc"] else "the row"
        message = error["msg"].removeprefix("Value error, ")
        raise InputError(f"{place}: {message}",
                         "correct the row (data/README.md explains every column)", file=file, line=line) from failure


def _read_layout(file: Path) -> dict[str, list[tuple[int, dict]]]:
    by_article: dict[str, list[tuple[int, dict]]] = defaultdict(list)
    if file.exists():
        for line, row in read_rows(file, LAYOUT_COLUMNS):
            by_article[row["article_id"]].append((line, row))
    return by_article


def _check_layout(rows: list[tuple[int, dict]], text: str, file: Path) -> dict[int, str]:
    """Return line number → part; a row must name a line of the text and repeat it exactly."""
    special = {}
    lines = [line.rstrip("\r") for line in text.split("\n")]
    for line, row in rows:
        if row["part"] not in LAYOUT_PARTS:
            raise InputError(f"unknown part '{row['part']}'", did_you_mean(row["part"], LAYOUT_PARTS), file=file,
                             line=line)
        number = int(row["line"]) if row["line"].isdecimal() else 0
        if not 1 <= number <= len(lines) or row["text"] not in (lines[number - 1], guarded(lines[number - 1])):
            raise InputError(f"line {row['line']} of text {row['article_id']} is not {row['text']!r}",
                             "copy the line exactly, and count lines from 1", file=file, line=line)
        if number in special:
            raise InputError(f"line {number} of text {row['article_id']} stands twice",
                             "keep one of the rows", file=file, line=line)
        special[number] = row["part"]
    return special
