"""What a bundle holds, and how an article's text is known again, and restored, that is not in it."""

from __future__ import annotations

import base64
import hashlib
import re
from typing import Annotated, Literal

import numpy as np
from pydantic import AfterValidator, BaseModel, ConfigDict, PositiveInt

from ..articles import Article
from ..copies import shingles, sketch
from ..files import BYTE_ORDER_MARK
from ..story import ARTICLE_COLUMNS, ARTICLE_ID

FORM = 1  # of this description; a later form has another number
MANIFEST = "bundle.json"
LARGEST = 128 * 2**20  # bytes of a file in it: some ten thousand articles with their results
NAME = r"\w[\w .-]*"  # of a file: neither hidden nor a way out of its folder
MEMBER = re.compile(rf"bundle\.json|story\.toml|articles\.csv|layout\.csv|ledger\.csv|(texts|removed)/{NAME}\.txt"
                    rf"|codebook/{NAME}\.ya?ml|(codings|gold|results)/{NAME}\.csv")
EVIDENCE = ("outlet_evidence", "published_evidence")
PLACES = ("start", "end")
ARTICLES = [name for column in ARTICLE_COLUMNS
            for name in ([f"{column}_{place}" for place in PLACES] if column in EVIDENCE else [column])]
LAYOUT = ["article_id", "line", "part"]
GOLD_WORDS = ("cue", "source")  # of gold/*.csv, beside `text`
_BREAK = re.compile(r"\r\n|\r|\n")


def _names_a_file(article_id: str) -> str:
    if not ARTICLE_ID.fullmatch(article_id):
        raise ValueError("it cannot name a file")
    return article_id


class Shape(BaseModel):
    """All that is needed to know an article's text again, and to give it back its form; no word can be read from it.

    `plain_sha256` is the checksum without byte order mark, with plain line breaks and without white space at the end;
    `start`, `breaks` and `end` tell what stood there. `sketch` holds the min-hashes of its shingles (`analysis.copies`)
    in base64: a likeness is estimated from them where no checksum agrees.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    article_id: Annotated[str, AfterValidator(_names_a_file)]
    sha256: str
    plain_sha256: str
    start: str
    breaks: list[tuple[PositiveInt, Literal["\n", "\r\n", "\r"]]]
    end: str
    characters: int
    sketch: str

    @classmethod
    def of(cls, article: Article) -> Shape:
        text = article.text
        breaks: list[tuple[int, str]] = []
        for kind in _BREAK.findall(text.rstrip()):
            if breaks and breaks[-1][1] == kind:
                breaks[-1] = (breaks[-1][0] + 1, kind)
            else:
                breaks.append((1, kind))
        return cls(article_id=article.article_id, sha256=article.sha256, plain_sha256=sha256(plain(text)),
                   start=text[: len(text) - len(text.lstrip(BYTE_ORDER_MARK))], end=text[len(text.rstrip()) :],
                   breaks=breaks, characters=len(text), sketch=sketched(text))

    def restored(self, text: str) -> str | None:
        """Give a text of the same words the article's own line breaks, start and end; where it has others, nothing."""
        parts = plain(text).split("\n")
        if self.start.strip(BYTE_ORDER_MARK) or self.end.strip():
            return None  # a forged shape must put no word into a text
        if sum(times for times, _ in self.breaks) != len(parts) - 1:
            return None
        kinds = [kind for times, kind in self.breaks for _ in range(times)]
        own = self.start + "".join(part + kind for part, kind in zip(parts, [*kinds, self.end]))
        return own if sha256(own) == self.sha256 else None

    def likeness(self, sketch: str) -> float:
        """Estimate from a text's sketch how far (Jaccard, 0 to 1) its sequences of words are the article's."""
        own, other = _hashes(self.sketch), _hashes(sketch)
        return float((own == other).mean()) if len(own) == len(other) > 0 else 0.0


class Manifest(BaseModel):
    """What `bundle.json` says."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    form: Literal[1]
    story: str
    texts: bool
    articles: list[Shape]


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def plain(text: str) -> str:
    """Return a text without byte order mark, with plain line breaks, without white space at its end.

    Examples
    --------
    >>> plain("One.\\r\\n\\r\\nTwo.\\r\\n")
    'One.\\n\\nTwo.'
    """
    return _BREAK.sub("\n", text.lstrip(BYTE_ORDER_MARK).rstrip())


def sketched(text: str) -> str:
    return base64.b64encode(sketch(shingles(text)).astype("<u4").tobytes()).decode("ascii")


def _hashes(encoded: str) -> np.ndarray:
    """Read a sketch; one that is none is empty, and like nothing."""
    try:
        return np.frombuffer(base64.b64decode(encoded, validate=True), dtype="<u4")
    except ValueError:
        return np.array([], dtype="<u4")
