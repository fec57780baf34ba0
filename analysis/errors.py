"""The exceptions that a person is told in one message: bad input, and a report that failed."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path


class InputError(Exception):
    """Something in the input is wrong; the message says where, what, and what to do.

    Parameters
    ----------
    problem : what is wrong, in one clause.
    remedy : what to do about it.
    file : the file at fault, where there is one.
    line : its line, counted from 1 (of a CSV file: the line of the row).

    Examples
    --------
    >>> print(InputError("the column 'outlet' is missing", "add it", file="articles.csv", line=1))
    articles.csv, line 1: the column 'outlet' is missing. To mend it: add it.
    """

    def __init__(self, problem: str, remedy: str, *, file: str | Path | None = None, line: int | None = None):
        self.problem, self.remedy, self.file, self.line = problem, remedy, file, line
        place = ", ".join([str(file)] * (file is not None) + [f"line {line}"] * (line is not None))
        super().__init__(f"{place}: {problem}. To mend it: {remedy}." if place else f"{problem}. To mend it: {remedy}.")


class ReportError(Exception):
    """A cell of the report's notebook failed; the message names notebook, cell and error."""


def did_you_mean(word: str, known) -> str:
    """Return the nearest correct spelling as advice, or the list of what is allowed.

    Examples
    --------
    >>> did_you_mean("alises", ["aliases", "name"])
    "write 'aliases'"
    >>> did_you_mean("zzz", ["aliases", "name"])
    'use one of: aliases, name'
    """
    known = sorted(str(k) for k in known)
    near = get_close_matches(word, known, n=1)
    return f"write '{near[0]}'" if near else f"use one of: {', '.join(known)}"
