"""Find mentions of the codebook's actors: by name, by description, by the place that stands for them."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from spacy.attrs import IS_SPACE, NORM
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from . import news, write

_SUREST = ("aliases", "metonyms", "descriptions")
# After these, a place name means the place: "NATO's office in Moscow", but "Moscow rejects".
LOCATIVES = frozenset("in at from near around outside inside into across throughout via".split())


@dataclass(frozen=True, slots=True)
class Mention:
    """A mention of an actor; `basis` is named, or description ("the minister")."""

    start: int
    end: int
    actor_id: str
    basis: str

    @property
    def label(self) -> str:
        return self.actor_id


@Language.factory("tellings_actors", default_config={"actors": []}, assigns=["doc._.actors"])
class ActorFinder:
    """Write `doc._.actors`: the longest alias wins, and furniture is left out.

    Parameters
    ----------
    actors : dicts as `Actor.as_config()` of the codebook gives.

    Examples
    --------
    >>> import spacy
    >>> nlp = spacy.blank("en")
    >>> _ = nlp.add_pipe("tellings_layout")
    >>> kremlin = {"actor_id": "russia", "aliases": ["Russia"], "descriptions": [], "metonyms": ["Moscow"]}
    >>> _ = nlp.add_pipe("tellings_actors", config={"actors": [kremlin]})
    >>> doc = nlp("Russia closed the office in Moscow. Moscow gave no reason.")
    >>> [doc.text[m.start:m.end] for m in doc._.actors], doc._.actors[1].start
    (['Russia', 'Moscow'], 36)
    """

    def __init__(self, nlp: Language, name: str, actors: list[dict]):
        # By their first words. NORM evens out case and the apostrophes of "Russia's" and "Russia’s".
        self.names: dict[int, list[tuple[list[int], str]]] = defaultdict(list)
        for actor in actors:
            for how in ("aliases", "descriptions", "metonyms"):
                for words in actor[how]:
                    norms = [token.norm for token in nlp.make_doc(words)]
                    self.names[norms[0]].append((norms, f"{how} {words[:1].isupper():d} {actor['actor_id']}"))

    def __call__(self, doc: Doc) -> Doc:
        spans = [span for span in self._matches(doc) if _is_written_so(span)]
        sharing: dict[tuple[int, int], list[str]] = defaultdict(list)
        for span in spans:
            sharing[span.start, span.end].append(span.label_)
        found: list[Mention] = []
        last: dict[str, int] = {}  # actor -> the number of its last mention so far
        for span in filter_spans(spans):
            how, actor_id = _reading(sharing[span.start, span.end], last)
            if how == "descriptions" and actor_id not in last:
                continue
            if how == "metonyms" and span.start and doc[span.start - 1].lower_ in LOCATIVES:
                continue
            last[actor_id] = len(found)
            basis = "description" if how == "descriptions" else "named"
            found.append(Mention(span.start_char, span.end_char, actor_id, basis))
        return write(doc, "actors", found)

    def _matches(self, doc: Doc) -> Iterator[Span]:
        """Yield the names in the sentences of news; line breaks and double blanks inside a name do not hide it."""
        norms, space = doc.to_array([NORM, IS_SPACE]).T
        words = np.flatnonzero(space == 0)
        norms, words = norms[words].tolist(), words.tolist()
        for sentence in news(doc):
            last = bisect_left(words, sentence.end)
            for place in range(bisect_left(words, sentence.start), last):
                for name, label in self.names.get(norms[place], ()):
                    end = place + len(name)
                    if end <= last and norms[place:end] == name:
                        yield Span(doc, words[place], words[end - 1] + 1, label=label)


def _reading(labels: list[str], last: dict[str, int]) -> tuple[str, str]:
    """Return how and whom words name that several actors share: a name first, then whoever was named last."""
    readings = [(how, actor_id) for how, _, actor_id in (label.split(" ", 2) for label in labels)]
    return min(readings, key=lambda reading: (_SUREST.index(reading[0]), -last.get(reading[1], -1)))


def _is_written_so(span: Span) -> bool:
    """Refuse "us" for the alias "US": a name that is given with a capital needs one in the text."""
    return span.label_.split(" ", 2)[1] == "0" or span.text[:1].isupper()
