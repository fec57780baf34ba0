"""Media by name: the codebook's, those of the lexicon media.csv, and names that are built like a medium's."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FILE = Path(__file__).parent.parent / "media.csv"
# What newspapers and stations are called in English, after a name: the Kent Messenger, the Detroit Free Press.
_TITLES = ("Times|Post|Journal|Tribune|Herald|Guardian|Chronicle|Gazette|Courier|Globe|Telegraph|Observer|Examiner|"
           "Inquirer|Enquirer|Dispatch|Sentinel|Mail|Record|Register|Review|Sun|Press|Bee|Standard|Republic|Monitor|"
           "Mirror|Express|Echo|Advertiser|Bulletin|Messenger|Star|News|Daily|Weekly|Magazine|Radio|TV|Television|"
           "Newspapers")
_DAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
_JOINED = re.compile(" (?:and|of|of the) ")
_WORD = r"[A-Z][\w.&]{0,30}"
# A title before another name is none: "White House Press Secretary"; American stations have call letters.
_SHAPE = re.compile(rf"(?:[Tt]he )?(?!The )(?:{_WORD}[ -](?:(?:and|of|of the) )?){{1,4}}(?:{_TITLES})\b"
                    rf"(?![ -](?!{_DAY})[A-Z])"
                    r"|(?<![A-Z] )(?!WADA|WIPO|WWII|KPMG|KIEV|KYIV)[WK][A-Z]{3}(?:-(?:TV|FM|AM))?(?![\w-])")
_INTRODUCED = re.compile(
    rf"(?:newspaper|daily|weekly|tabloid|broadcaster|news agency) "
    rf"(?P<name>(?!{_DAY}){_WORD}(?: (?!{_DAY}){_WORD}){{0,3}})")
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
    >>> media.at("told AP", 5), media.at("a London Times poll", 2)[2].name
    ((5, 7, Named(name='Associated Press', kind='agency')), 'the Times (London)')
    >>> media.at("the Kent Messenger said", 0)
    (4, 18, Named(name='Kent Messenger', kind='medium'))
    """

    def __init__(self, actors: list[dict]):
        media = [actor for actor in actors if actor.get("kind") == "medium"]
        own = {_fold(alias): actor["name"] for actor in media for alias in (actor["name"], *actor["aliases"])}
        forms = [alias for actor in media for alias in actor["aliases"]]
        self.named = {alias: Named(name) for alias, name in own.items()}
        for row in lexicon():
            known = [row["name"], *filter(None, row["aliases"].split("|"))]
            name = next((own[_fold(alias)] for alias in known if _fold(alias) in own), row["name"])
            self.named |= {_fold(alias): Named(name, row["kind"]) for alias in known}
            forms += known
        written = {re.sub("^The ", "(?:The|the) ", re.escape(form).replace(r"\ ", " ")) for form in forms}
        written = sorted(written, key=lambda form: (-len(form), form))
        self.pattern = re.compile(f"(?:{'|'.join(written)})".replace(" ", r"\s{1,3}") + r"(?![\w-])")

    def at(self, text: str, start: int) -> tuple[int, int, Named] | None:
        """Return the name that starts here, without "the", and whose it is: the longest counts."""
        known, built = self.pattern.match(text, start), _SHAPE.match(text, start)
        if built and _JOINED.search(built[0]) and self.pattern.search(built[0]):
            built = None  # "CNN and The New York Times" are two
        begins = start + 4 * text.startswith("the ", start)
        if known and not (built and built.end() > known.end()):
            return begins, known.end(), self.named[_fold(known[0])]
        introduced = _INTRODUCED.match(text, start)
        if built or introduced:
            name = re.sub("^[Tt]he ", "", built[0] if built else introduced["name"])
            return begins, (built or introduced).end(), self.named.get(_fold(name), Named(name))
        short = _SHORT.match(text, start)
        return (begins, short.end(), Named(short[1], "short")) if short else None

    def within(self, text: str, start: int, end: int) -> list[tuple[int, int, Named]]:
        """Return the names between two places that begin with a word."""
        found, place = [], start
        for word in re.compile(r"(?<!\w)\w").finditer(text, start, end):
            hit = self.at(text, word.start()) if word.start() >= place else None
            if hit is not None and hit[1] <= end and hit[2].kind != "short":
                place = hit[1]
                found.append(hit)
        return found

    def outlet(self, outlet: str | None) -> str | None:
        """Return an outlet's one name, which it may be given by its address: nytimes.com."""
        return None if outlet is None else self.named.get(_fold(outlet), Named(outlet)).name


def _fold(name: str) -> str:
    return re.sub("^the ", "", " ".join(name.split()).casefold())
