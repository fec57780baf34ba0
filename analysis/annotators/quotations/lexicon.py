"""The words that report speech: verbs from reporting_verbs.csv, and the nouns that stand for them."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from spacy.tokens import Span

_FILE = Path(__file__).parent.parent / "reporting_verbs.csv"

# Nouns for what is said: "his claim that …", "voiced concerns over …".
SPEECH_NOUNS = frozenset(
    """accusation admission allegation announcement answer apology appeal argument assertion assessment assurance
    call caution charge claim comment complaint conclusion concern confirmation contention criticism declaration
    demand denial explanation hint insistence message objection observation opposition pledge plea prediction
    promise proposal question regret rejection remark reply report request response statement suggestion support
    testimony threat tweet view vow warning""".split()
)
# What somebody speaks through: "sent a letter saying …" is said by the sender.
DOCUMENTS = frozenset(
    """ad advert advertisement article banner book brief column document email essay editorial interview leaflet letter
    memo memorandum note op-ed paper petition release sign speech text video website""".split()
)
# Where something is said.
OCCASIONS = frozenset(
    """air appearance briefing ceremony conference debate event facebook hearing media meeting rally show television
    tv twitter""".split()
)
# Verbs that turn such a noun into a report: "issued a warning that …".
SUPPORT_VERBS = frozenset(
    "air deliver express give issue level make offer post publish raise register release renew repeat reiterate send "
    "sound voice".split()
)
# What follows such a noun when it is not a clause.
NOUN_PREPOSITIONS = frozenset("about against at for of on over to with".split())


@dataclass(frozen=True, slots=True)
class Verb:
    """A reporting verb; `takes` holds clause, infinitive, object, quotation (quoted words only), and prepositions."""

    stance: str
    takes: frozenset[str]


@cache
def reporting_verbs() -> dict[str, Verb]:
    """Load the reporting verbs, by lemma.

    Examples
    --------
    >>> reporting_verbs()["claim"].stance
    'doubting'
    """
    with _FILE.open(encoding="utf-8", newline="") as file:
        return {row["verb"]: Verb(row["stance"], frozenset(row["takes"].split())) for row in csv.DictReader(file)}


def stance(cue: Span) -> str | None:
    """Tell the stance of a cue: that of its reporting verb; None for another cue."""
    if cue[0].lower_ == "according":
        return "neutral"
    return next((verbs[word.lemma_.lower()].stance for verbs in [reporting_verbs()] for word in cue
                 if word.lemma_.lower() in verbs), None)
