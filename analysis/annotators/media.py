"""Media by name: the codebook's, those of the lexicon media.csv, and names that are built like a medium's."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FILE = Path(__file__).parent / "media.csv"
# What newspapers and stations are called in English, after a name: the Kent Messenger, the Detroit Free Press.
_TITLES = ("Times|Post|Journal|Tribune|Herald|Guardian|Chronicle|Gazette|Courier|Globe|Telegraph|Observer|Examiner|Inquirer|"
           "Enquirer|Dispatch|Sentinel|Mail|Record|Register|Review|Sun|Press|Bee|Standard|Republic|Monitor|Mirror|Express|"
           "Echo|Advertiser|Bulletin|Messenger|Star|News|Daily|Weekly|Magazine|Radio|TV|Television|Newspapers")
_DAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
_WORD = r"[A-Z][\w.&]{0,30}"
# A title before another name is none: "White House Press Secretary"; American stations have call letters.
_SHAPE = re.compile(rf"(?:[Tt]he )?(?:{_WORD}[ -](?:(?:and|of|of the) )?){{1,4}}(?:{_TITLES})\b(?![ -](?!{_DAY})[A-Z])"
                    r"|(?!WADA|WIPO|WWII|KPMG)[WK][A-Z]{3}(?:-(?:TV|FM|AM))?(?![\w-])")
_SHORT = re.compile(rf"[Tt]he ({_TITLES})\b(?! (?!{_DAY})[A-Z])")  # "told The Post": another line must say which


@dataclass(frozen=True, slots=True)
class Named:
    """A medium by its one name; `kind` is the lexicon's (agency, paper …), `short` for "The Post", else `medium`."""

    name: str
    kind: str = "medium"


@cache
def lexicon() -> tuple[dict[str, str], ...]:
    """Load the media that are known by name: name, kind, and other names and addresses with | between them."""
    with _FILE.open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


class Media:
    """Names of media.

    Parameters
    ----------
    actors : the codebook's as dicts; where one of kind `medium` is in the lexicon too, its name in the codebook counts.

    Examples
    --------
    >>> media = Media([{"name": "the Times (London)", "kind": "medium", "aliases": ["London Times"]}])
    >>> media.at("told AP", 5), media.at("the Kent Messenger said", 0), media.at("a London Times poll", 2)[1].name
    ((7, Named(name='Associated Press', kind='agency')), (18, Named(name='Kent Messenger', kind='medium')), 'the Times (London)')
    """

    def __init__(self, actors: list[dict]):
        own = {_fold(alias): a["name"] for a in actors if a.get("kind") == "medium" for alias in (a["name"], *a["aliases"])}
        forms = [alias for a in actors if a.get("kind") == "medium" for alias in a["aliases"]]
        self.named = {alias: Named(name) for alias, name in own.items()}
        for row in lexicon():
            known = [row["name"], *filter(None, row["aliases"].split("|"))]
            name = next((own[_fold(alias)] for alias in known if _fold(alias) in own), row["name"])
            self.named |= {_fold(alias): Named(name, row["kind"]) for alias in known}
            forms += known
        written = sorted({re.sub("^The ", "(?:The|the) ", re.escape(f).replace(r"\ ", " ")) for f in forms}, key=len, reverse=True)
        self.pattern = re.compile(f"(?:{'|'.join(written)})".replace(" ", r"\s{1,3}") + r"(?![\w-])")

    def at(self, text: str, start: int) -> tuple[int, Named] | None:
        """Return the end of the name that starts here, and whose it is: the longest counts."""
        known, built = self.pattern.match(text, start), _SHAPE.match(text, start)
        if known and not (built and built.end() > known.end()):
            return known.end(), self.named[_fold(known[0])]
        if built:
            name = re.sub("^[Tt]he ", "", built[0])
            return built.end(), self.named.get(_fold(name), Named(name))
        short = _SHORT.match(text, start)
        return (short.end(), Named(short[1], "short")) if short else None

    def within(self, text: str, start: int, end: int) -> list[tuple[int, int, Named]]:
        """Return the names between two places that begin with a word."""
        found, place = [], start
        for word in re.compile(r"(?<!\w)\w").finditer(text, start, end):
            if word.start() >= place and (hit := self.at(text, word.start())) and hit[0] <= end and hit[1].kind != "short":
                place = hit[0]
                found.append((word.start(), *hit))
        return found

    def outlet(self, outlet: str | None) -> str | None:
        """Return an outlet's one name, which it may be given by its address: nytimes.com."""
        return None if outlet is None else self.named.get(_fold(outlet), Named(outlet)).name


def _fold(name: str) -> str:
    return re.sub("^the ", "", " ".join(name.split()).casefold())
