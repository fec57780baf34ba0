"""One article, as a record that is checked when it is made."""

from __future__ import annotations

import hashlib
import re
from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

MOST_CHARACTERS = 1_000_000  # spaCy's own limit: its parser takes about a gigabyte for so many
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d(?:$|[T ])")
_WORD = re.compile(r"\w+(?:['’.-]\w+)*")


def read_moment(text: str) -> datetime:
    """Read a day or a moment as ISO 8601 writes it with hyphens: 2021-10-18, 2021-10-18T09:30+02:00.

    Raises
    ------
    ValueError : it is neither; a bare run of digits may be anything.
    """
    if not _MOMENT.match(text):
        raise ValueError(f"{text!r} is no day")
    return datetime.fromisoformat(text)


def read_days(text: str) -> tuple[date, date]:
    """Read a day, a moment or an interval as its first and its last day; a moment is its day in its own zone.

    Raises
    ------
    ValueError : it is none of them.

    Examples
    --------
    >>> [str(day) for day in read_days("2021-10-18/2021-10-24")]
    ['2021-10-18', '2021-10-24']
    """
    days = [read_moment(part).date() for part in text.split("/")]
    earliest, latest = days if len(days) == 2 else (*days, *days)
    if earliest > latest:
        raise ValueError(f"{text!r} ends before it begins")
    return earliest, latest


def _iso_day(value: date | str | None) -> date | None:
    """Read a day as ISO writes it; a number would be taken for seconds since 1970."""
    try:
        return read_moment(value).date() if isinstance(value, str) else value
    except ValueError as error:
        raise ValueError(f"{value!r} is no day as ISO writes it, such as 2021-10-18") from error


Day = Annotated[date, BeforeValidator(_iso_day)]
Basis = Literal["stated", "inferred", "unknown"]


class Article(BaseModel):
    """An article: its text, untouched, and what is known of where it comes from.

    `layout` maps line numbers (from 1) of lines that are not running news to what they are.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    article_id: str = Field(min_length=1)
    text: str
    outlet: str | None = None
    outlet_basis: Basis = "unknown"
    outlet_evidence: str | None = None
    title: str | None = None
    published_earliest: Day | None = None
    published_latest: Day | None = None
    published_basis: Basis = "unknown"
    published_evidence: str | None = None
    url: str | None = None
    condition: Literal["complete", "excerpt", "machine-altered", "unknown"] = "unknown"
    layout: dict[int, str] = {}

    @model_validator(mode="after")
    def _consistent(self) -> Article:
        if not self.text.strip():
            raise ValueError("the text is empty")
        if len(self.text) > MOST_CHARACTERS:
            raise ValueError(f"the text has {len(self.text):,} characters; at most {MOST_CHARACTERS:,} are parsed at "
                             "once")
        if (self.outlet is None) != (self.outlet_basis == "unknown"):
            raise ValueError("outlet and outlet_basis contradict each other: an outlet that is given is "
                             "'stated' or 'inferred', an empty one is 'unknown'")
        days = (self.published_earliest, self.published_latest)
        if (days == (None, None)) != (self.published_basis == "unknown"):
            raise ValueError("the published dates and published_basis contradict each other: dates that are given "
                             "are 'stated' or 'inferred', empty ones are 'unknown'")
        if None not in days and days[0] > days[1]:
            raise ValueError("published_earliest is later than published_latest")
        for what in ("outlet", "published"):
            evidence = getattr(self, f"{what}_evidence")
            if getattr(self, f"{what}_basis") == "inferred" and not evidence:
                raise ValueError(f"{what}_basis is 'inferred' but {what}_evidence is empty")
            if evidence and evidence not in self.text:
                raise ValueError(f"{what}_evidence does not stand in the text: {evidence!r}")
        return self

    @property
    def sha256(self) -> str:
        """Checksum of the text's UTF-8 bytes (a lone surrogate counts as it would be written)."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()


def count_words(text: str) -> int:
    """Count words: runs of letters and digits, inner apostrophes, points and hyphens included.

    Examples
    --------
    >>> count_words("NATO’s two-decade-old council, no. 1")
    5
    """
    return len(_WORD.findall(text))
