"""Through whom words came: "told TASS", "in a statement to the FT", "Reuters reported", "With reporting by AP".

frames   what sentences say: to whom somebody said it, which medium passed it on
credits  lines that give credit, which may stand outside the running text
media    who is a medium: the codebook's, the lexicon media.csv, names built like one

A record is what the text says, never a guess.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

from .. import text_of, write
from .credits import credited
from .frames import TRIGGERS, Frames
from .media import Media


@dataclass(frozen=True, slots=True)
class Relay:
    """Words that say through whom something came.

    `medium_start` and `medium_end` are the words for whom it was told to or who passes it on, `kind` what that is
    (medium, unnamed press, audience), `name` a medium's one name; `own` says that it is the article's outlet.
    """

    start: int
    end: int
    relation: str
    medium_start: int
    medium_end: int
    kind: str
    name: str | None
    own: bool
    source_start: int | None = None
    source_end: int | None = None
    speaker: str | None = None
    quotation_id: str | None = None

    @property
    def label(self) -> str:
        return self.relation


@Language.factory("tellings_relays", default_config={"actors": []}, assigns=["doc._.relays"])
class Relays:
    """Write `doc._.relays`; without a parse, only credits and datelines.

    Parameters
    ----------
    actors : the codebook's; those of kind `medium` are known by their aliases, beside the lexicon.

    Examples
    --------
    >>> from analysis.pipeline import build
    >>> doc = build()("The bridge is safe, Anna Berg told Reuters on Monday.")
    >>> [(r.relation, r.speaker, r.name) for r in doc._.relays]
    [('told', 'Anna Berg', 'Reuters')]
    """

    def __init__(self, nlp: Language, name: str, actors: list[dict]):
        self.media = Media(actors)
        self.actors = {actor["actor_id"]: actor["name"] for actor in actors}
        self.triggers = np.array([nlp.vocab.strings[word] for word in TRIGGERS], dtype="uint64")

    def __call__(self, doc: Doc) -> Doc:
        outlet = self.media.outlet(doc._.article.outlet if doc._.article is not None else None)
        found = list(credited(text_of(doc), self.media))
        if doc.has_annotation("DEP"):
            found += Frames(doc, self.media, self.actors, outlet).read(self.triggers)
        relays = [Relay(**part, own=outlet is not None and part["name"] == outlet) for part in found]
        once = {relay.medium_start: relay for relay in reversed(relays)}  # "speaking on CNN" is read at both words
        return write(doc, "relays", sorted(once.values(), key=lambda r: (r.start, r.end, r.medium_start)))
