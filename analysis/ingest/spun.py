"""Text that a machine has spun: its words replaced one by one with synonyms, so that a copy passes for another text.

A spinner replaces small words as if they were big ones: "at" is read as the symbol of astatine, "or" as Oregon, "in"
as the adjective that means "successful". What follows then gives the word away: nothing English goes "successful the".
Names of institutions are spun as well: the United States become "Joined together States". Cabanac, Labbé & Magazinov
(2021, arXiv:2107.06751) call such wordings tortured phrases, and find spun papers by a list of them.
"""

from __future__ import annotations

import calendar
import re
from collections import Counter

# Of a thousand words of English news 21 to 90 are of these (300 articles of 60 outlets: least 21, median 58); a spinner
# that replaces them leaves a few.
FUNCTION_WORDS = frozenset("in on at as or have any also through between there some no now will".split())
FEWEST_PER_THOUSAND = 15
FEWEST_WORDS = 100  # below, a rate says nothing: a list of names has none of them either
# Wordings out of place that make a text suspected: one may be a slip, a quotation of a poet, or a name.
ENOUGH = 3
ENOUGH_KINDS = 2
MOST_SHOWN = 8
_WORD = re.compile(r"[A-Za-z]+")

_DAY = "|".join((*calendar.day_name, *filter(None, calendar.month_name)))
_DETERMINER = r"(?:the|an?|its|his|her|their|our|my|your|this|these|those|it|he|she|they|we)"
# Each pattern with the words of which one must stand in the text: most texts have none, and need not be searched.
_OUT_OF_PLACE = [(frozenset(words.split()), re.compile(pattern)) for words, pattern in (
    # Abbreviations and symbols written out: at, as, he, or, me, in, hi, ok (only names in capitals are English).
    ("astatine arsenic helium",
     r"\b(?:astatine|arsenic|helium) (?:an?|the|its|his|her|their|our|well|soon|long|much|many|part) \w+"),
    ("arsenic", r"\barsenic (?:good|agelong|overmuch|galore) arsenic\b"),
    ("oregon maine hawaii oklahoma indiana", r"\b(?:oregon|maine|hawaii|oklahoma|indiana) [a-z]+"),
    # in, on, over, about, after, out of
    ("successful", rf"\bsuccessful (?:{_DETERMINER}|[A-Z]\w+)\b"),
    ("connected", rf"\bconnected (?:{_DAY})\b"),
    ("implicit", rf"\bimplicit {_DETERMINER}\b"),
    ("astir", rf"\bastir (?:{_DETERMINER}|apt|\d)"),
    ("aft", rf"\baft {_DETERMINER}\b"),
    ("retired", r"\bretired of\b"),
    # be, have, may, will
    ("beryllium", r"\b(?:to|not|could|would|should|can|must|might|volition|whitethorn) beryllium\b"),
    ("person", r"\b(?:(?:we|they|you|I) person (?:to|not|no|nary|been|a|the|\w+ed)"
     r"|person (?:been|already|agreed|taken|besides))\b"),
    ("whitethorn", r"\bwhitethorn (?:not|person|beryllium|[a-z]+ (?:to|the|a|more|much))\b"),
    ("volition", r"(?<!own )(?<!free )(?<!of )(?<!by )(?<!’s )(?<!'s )\b"
     r"volition (?:not|beryllium|person|[a-z]+ (?:the|a|an|to|further|its|his|their))\b"),
    # any, kind, no, so, also, between, once, just, own, together
    ("immoderate",
     r"\bimmoderate (?:request|benignant|clip|time|circumstantial|different|much|longer|[a-z]+ing|[a-z]+s)\b"),
    ("benignant", r"\bbenignant of\b"),
    ("nary", r"\bnary (?!an?\b|one\b)[a-z]+"),
    ("truthful", r"\btruthful (?:far|that|much|many|long)\b"),
    ("besides", r"\bbesides (?:been|has|have|had|was|were)\b"),
    ("betwixt", r"\bbetwixt (?!and between)(?:the|\w+ and|\w+ \w+ and)\b"),
    ("erstwhile", r"\berstwhile (?:more|again)\b"),
    ("conscionable", r"\bconscionable (?:a|the|arsenic|to|for)\b"),
    ("ain", r"\b(?:his|her|its|their|our|my) ain\b"),
    ("unneurotic", r"\bunneurotic\b"),
    # Names of institutions, word by word
    ("Joined Assembled Bound",
     r"\b(?:Joined|Assembled|Bound) (?:[Tt]ogether )?(?:States|Kingdom|Nations|Countries|Realm)\b"),
    ("Unused Modern",
     r"\b(?:Unused (?:York|Delhi|Jersey|Zealand|Orleans|Mexico|Hampshire)|Modern (?:York|Zealand|Hampshire))\b"),
    ("Residence", r"\bWhite Residence\b"),
    ("Incomparable Preeminent", r"\b(?:Incomparable|Preeminent) Court\b"),
    ("Prime Remote", r"\b(?:Prime (?:Serve|Clergyman|Pastor|Priest)|Remote (?:Serve|Clergyman))\b"),
    # From the list of Cabanac and others: artificial intelligence, big data, breast cancer, signal to noise, …
    ("counterfeit colossal", r"\b(?:counterfeit (?:consciousness|neural)|colossal information)\b"),
    ("bosom", r"\bbosom (?:peril|malignant growth|disease)\b"),
    ("commotion clamor", r"\b(?:flag|sign) to (?:commotion|clamor)\b"),
    ("unnatural", r"\ban unnatural weather change\b"),
    ("haze sun", r"\b(?:haze figuring|sun oriented (?:force|power))\b"),
)]


def spun(text: str) -> list[str]:
    """Return the wordings that suggest that a machine has spun a text; none where it is not suspected.

    A suspicion, for a person to judge: three wordings out of place of at least two kinds, or one where the commonest
    small words hardly occur.

    Examples
    --------
    >>> spun("The mayor came successful the town connected Monday, arsenic a guest, and they person been there since.")
    ['successful the', 'connected Monday', 'arsenic a guest', 'they person been']
    >>> spun("Police found arsenic in the well. The successful bidder connected the town with Oregon.")
    []
    """
    if not any(letter.isupper() for letter in text):
        return []  # without capitals Oregon is no sign
    words = set(_WORD.findall(text))
    kinds = [[match[0] for match in pattern.finditer(text)] for triggers,
             pattern in _OUT_OF_PLACE if not triggers.isdisjoint(words)]
    found = [wording for wordings in kinds for wording in wordings]
    enough = len(found) >= ENOUGH and sum(map(bool, kinds)) >= ENOUGH_KINDS
    if enough or (found and _function_words(text) < FEWEST_PER_THOUSAND):
        shown = Counter(found)
        return sorted(shown, key=lambda wording: (-shown[wording], text.index(wording)))[:MOST_SHOWN]
    return []


def _function_words(text: str) -> float:
    """Return how many of a thousand words are function words; of a short text, as many as in any."""
    words = Counter(map(str.lower, _WORD.findall(text)))
    if words.total() < FEWEST_WORDS:
        return 1000.0
    return 1000 * sum(words[word] for word in FUNCTION_WORDS) / words.total()
