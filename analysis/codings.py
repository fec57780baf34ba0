"""What people decided: one file a coder in a story's folder `codings`, one row a cell of the matrix article × fact."""

from __future__ import annotations

import csv
import os
import re
import tempfile
from dataclasses import astuple, dataclass, fields, replace
from datetime import datetime
from pathlib import Path

from .articles import Article, read_moment
from .codebook import Codebook
from .errors import InputError, did_you_mean
from .files import check_name, read_rows
from .tables import STATUSES

TAKEN = ("machine", "gold")  # they name what no file in codings/ says
SPEAKING = ("attributed", "disputed")  # the statuses in which somebody is said to say it
NEWS_PARTS = ("headline", "deck")  # every other part of layout.csv is furniture, which gets no codes


@dataclass(frozen=True)
class Decision:
    """A cell as one person coded it; `start` and `end` cut the evidence out of the article, where there is any."""

    coder: str
    article_id: str
    fact_id: str
    status: str
    speaker: str | None = None
    start: int | None = None
    end: int | None = None
    note: str | None = None
    decided: str = ""

    @property
    def cell(self) -> tuple[str, str]:
        return self.article_id, self.fact_id


COLUMNS = [field.name for field in fields(Decision)][1:]  # the coder is the file's name


def check_coder(name: str, file: Path | None = None) -> str:
    """Return a coder's id as it is.

    Raises
    ------
    InputError : it cannot name a file, or it means somebody else.

    Examples
    --------
    >>> check_coder("ann")
    'ann'
    """
    check_name("the coder", name, file=file)
    if name.lower() in TAKEN:
        raise InputError(f"'{name}' is no person's id", "take the coder's own name or initials", file=file)
    return name


def read_codings(folder: Path, articles: list[Article], codebook: Codebook) -> tuple[Decision, ...]:
    """Read and check `folder/*.csv`, in the order of their names.

    Raises
    ------
    InputError : the first thing that is wrong, with file, line and remedy.
    """
    files = sorted(file for file in folder.glob("*.csv") if not file.name.startswith("."))
    return tuple(decision for file in files for decision in read_coder(file, articles, codebook))


def read_coder(file: Path, articles: list[Article], codebook: Codebook) -> list[Decision]:
    """Read and check what one coder decided; a file that is not there yet holds nothing."""
    coder, seen, decisions = check_coder(file.stem, file), {}, []
    by_id = {article.article_id: article for article in articles}
    facts = [fact.fact_id for fact in codebook.facts]
    for line, row in read_rows(file, COLUMNS) if file.exists() else ():
        for name, wanted, known in (("article", row["article_id"], by_id), ("fact", row["fact_id"], facts),
                                    ("status", row["status"], STATUSES)):
            if wanted not in known:
                raise InputError(f"there is no {name} '{wanted}'", did_you_mean(wanted, known), file=file, line=line)
        problem = _contradiction(row) or _bad_evidence(row, by_id[row["article_id"]]) or _bad_moment(row["decided"])
        if problem:
            raise InputError(*problem, file=file, line=line)
        start, end = (int(row[name]) if row[name] else None for name in ("start", "end"))
        decision = Decision(coder, row["article_id"], row["fact_id"], row["status"], row["speaker"].strip() or None,
                            start, end, row["note"] or None, row["decided"])
        if decision.cell in seen:
            raise InputError(f"article '{decision.article_id}', fact '{decision.fact_id}' is coded twice "
                             f"(first in line {seen[decision.cell]})", "keep one of the rows", file=file, line=line)
        seen[decision.cell] = line
        decisions.append(decision)
    return decisions


def _contradiction(row: dict[str, str]) -> tuple[str, str] | None:
    if row["speaker"].strip() and row["status"] not in SPEAKING:
        return f"a fact that is {row['status']} has no speaker", f"empty the cell, or write {' or '.join(SPEAKING)}"
    if row["status"] == "absent" and (row["start"] or row["end"]):
        return "a fact that is absent has no evidence", "empty start and end, or write another status"
    return None


def _bad_evidence(row: dict[str, str], article: Article) -> tuple[str, str] | None:
    """Say what is wrong with the evidence: it must be words of the article's news."""
    if row["status"] == "absent":
        return None
    remedy = "give the offsets of the words that show the fact: Python characters, counted from 0"
    if not (row["start"].isdecimal() and row["end"].isdecimal()):
        return f"start and end of the evidence are '{row['start']}' and '{row['end']}'", remedy
    start, end = int(row["start"]), int(row["end"])
    if not start < end <= len(article.text):
        return f"there is no passage from {start} to {end} in a text of {len(article.text)} characters", remedy
    if article.text[start].isspace():
        return f"the evidence begins with a blank, at {start}", remedy
    line = len(re.findall(r"\r\n|\n|\r", article.text[:start])) + 1
    if article.layout.get(line, NEWS_PARTS[0]) not in NEWS_PARTS:
        return f"the evidence stands in a {article.layout[line]} (line {line} of the text), which is no news", remedy
    return None


def _bad_moment(text: str) -> tuple[str, str] | None:
    try:
        if read_moment(text).tzinfo:
            return None
    except ValueError:
        pass  # told like a moment without a zone
    return f"'decided' is {text!r}", "write a moment with its zone as ISO does, such as 2026-03-01T14:05:00+01:00"


def record(folder: Path, decision: Decision, articles: list[Article], codebook: Codebook) -> list[Decision]:
    """Save a decision beside the coder's earlier ones, at once and safely; return them all.

    The file is written anew under another name, forced to disk and renamed, so that at any moment, also after
    kill -9, it holds either all the decisions before this one or this one too.

    Parameters
    ----------
    folder : the story's folder `codings`; it is made where it is missing.
    decision : the moment is added where it has none; an earlier decision on its cell is replaced.
    """
    target = folder / f"{check_coder(decision.coder)}.csv"
    before = read_coder(target, articles, codebook)  # read anew: another window may have saved meanwhile
    decision = replace(decision, decided=decision.decided or datetime.now().astimezone().isoformat(timespec="seconds"))
    decisions = [*(one for one in before if one.cell != decision.cell), decision]
    folder.mkdir(exist_ok=True)
    descriptor, draft = tempfile.mkstemp(dir=folder, prefix=f".{target.name}.")
    try:
        with open(descriptor, "w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([COLUMNS, *(astuple(one)[1:] for one in decisions)])
            file.flush()
            os.fsync(file.fileno())
        Path(draft).chmod(0o644)  # mkstemp's drafts are for their owner's eyes only
        Path(draft).replace(target)
    finally:
        Path(draft).unlink(missing_ok=True)
    return decisions


def rows(decisions: tuple[Decision, ...], articles: list[Article]) -> list[dict]:
    """Return decisions as rows of the table `cells`, the evidence cut out of its article."""
    texts = {article.article_id: article.text for article in articles}
    return [{**vars(one), "text": None if one.start is None else texts[one.article_id][one.start : one.end]}
            for one in decisions]
