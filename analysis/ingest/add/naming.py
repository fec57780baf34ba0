"""The ids of articles: by their files, or by outlet, day and title."""

from __future__ import annotations

import re
import unicodedata

from ..draft import Offer
from ..ledger import Entry
from ..sources import INSIDE
from .holding import Held

LONGEST_ID = 60  # characters: it is the name of a file, and stands in every row of every table
TITLE_IN_ID = 5  # words of the title, where a file holds several articles
RESERVED = re.compile(r"con|prn|aux|nul|com\d|lpt\d")  # names that Windows keeps for devices


def identify(offer: Offer, about: Entry, title: str, alone: bool, story: Held) -> str:
    """Name an article: by its file, or by outlet, day and title where the file holds several or is a page."""
    own = place_of(offer)[1]
    stem = _slug(own.rpartition(".")[0] or own)
    words = _slug(title).split("-")[:TITLE_IN_ID]
    told = "-".join(filter(None, (_slug(about.outlet), _slug(about.published[:10]), *words)))
    page = alone and offer.url is not None
    base = stem if alone and not page else told if title else "-".join(filter(None, (stem, about.part)))
    base = (base or stem or "article")[:LONGEST_ID].strip("-") or "article"
    base = f"text-{base}" if RESERVED.fullmatch(base) else base
    while True:
        story.names[base] += 1
        name = base if story.names[base] == 1 else f"{base}-{story.names[base]}"
        if name not in story.ids:
            return name


def place_of(offer: Offer) -> tuple[str, str]:
    """Split the name of an offer into the folder or archive it is in, and its own."""
    own = re.split(f"/|{INSIDE}", offer.name)[-1]
    return offer.name.removesuffix(own), own


def _slug(text: str) -> str:
    """Return letters and digits of ASCII, joined by hyphens.

    Examples
    --------
    >>> _slug("Le Monde (Paris), 18 août"), _slug("Straßburg")
    ('le-monde-paris-18-aout', 'strassburg')
    """
    plain = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
    return "-".join(re.findall(r"[a-z0-9]+", plain))
