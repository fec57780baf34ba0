"""Text that a machine has spun: its words replaced one by one with synonyms, so that a copy passes for another text.

A spinner replaces small words as if they were big ones: "at" is read as the symbol of astatine, "or" as Oregon, "in" as the
adjective that means "successful". What follows then gives the word away: nothing English goes "successful the". Names of
institutions are spun as well: the United States become "Joined together States". Cabanac, Labbé & Magazinov (2021,
arXiv:2107.06751) call such wordings tortured phrases, and find spun papers by a list of them.
"""

from __future__ import annotations

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
_LETTERS = re.compile(r"[a-z]+")

_DETERMINER = r"(?:the|an?|its|his|her|their|our|my|your|this|these|those|it|he|she|they|we)"
_OUT_OF_PLACE = [re.compile(pattern) for pattern in (
    # Abbreviations and symbols written out: at, as, he, or, me, in, hi, ok (only names in capitals are English).
    rf"\b(?:astatine|arsenic|helium) (?:an?|the|its|his|her|their|our|well|soon|long|much|many|part) \w+",
    r"\b(?:oregon|maine|hawaii|oklahoma|indiana|nebraska) [a-z]+",
    # in, on, over, about, after, out of
    rf"\bsuccessful (?:{_DETERMINER}|[A-Z]\w+)\b",
    r"\bconnected (?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:January|February|March|April|June|July|August|September|October"
    r"|November|December))\b",
    rf"\bimplicit {_DETERMINER}\b", rf"\bastir (?:{_DETERMINER}|apt|\d)", rf"\baft {_DETERMINER}\b", r"\bretired of\b",
    # be, have, may, will
    r"\b(?:to|not|could|would|should|can|must|might|volition|whitethorn) beryllium\b",
    r"\b(?:(?:we|they|you|I) person (?:to|not|no|nary|been|a|the|\w+ed)|person (?:been|already|agreed|taken|besides))\b",
    r"\bwhitethorn (?:not|person|beryllium|enactment|[a-z]+ (?:to|the|a|more|much))\b",
    r"(?<!own )(?<!free )(?<!of )(?<!by )(?<!’s )(?<!'s )\bvolition (?:not|beryllium|person|[a-z]+ (?:the|a|an|to|further|its|his|their))\b",
    # any, no, so, also, through, between, once, just, own, together
    r"\bimmoderate (?:request|benignant|clip|time|circumstantial|different|much|longer|[a-z]+ing|[a-z]+s)\b", r"\bbenignant of\b",
    r"\bnary (?!an?\b|one\b)[a-z]+", r"\btruthful (?:far|that|much|many|long)\b", r"\bbesides (?:been|has|have|had|was|were)\b",
    r"\bbetwixt (?!and between)(?:the|\w+ and|\w+ \w+ and)\b", r"\berstwhile (?:more|again)\b", r"\b(?<!un)conscionable (?:a|the|arsenic|to|for)\b",
    r"\b(?:his|her|its|their|our|my) ain\b", r"\bunneurotic\b", r"\barsenic (?:good|agelong|overmuch|galore) arsenic\b",
    # Names of institutions, word by word
    r"\b(?:Joined|Assembled|Bound) (?:[Tt]ogether )?(?:States|Kingdom|Nations|Countries|Realm)\b",
    r"\b(?:Unused (?:York|Delhi|Jersey|Zealand|Orleans|Mexico|Hampshire)|Modern (?:York|Zealand|Hampshire))\b", r"\bWhite Residence\b",
    r"\b(?:Incomparable|Preeminent) Court\b", r"\bPrime (?:Serve|Clergyman|Pastor|Priest)\b", r"\bRemote (?:Serve|Clergyman)\b",
    # From the list of Cabanac and others: artificial intelligence, big data, breast cancer, climate change, signal to noise
    r"\bcounterfeit (?:consciousness|neural)\b", r"\bcolossal information\b", r"\bbosom (?:peril|malignant growth|disease)\b",
    r"\b(?:flag|sign) to (?:commotion|clamor)\b", r"\ban unnatural weather change\b", r"\bhaze figuring\b", r"\bsun oriented (?:force|power)\b",
)]


def spun(text: str) -> list[str]:
    """Return the wordings that suggest that a machine has spun a text; none where it is not suspected.

    A suspicion, for a person to judge: three wordings out of place of at least two kinds, or one where the commonest small
    words hardly occur.

    Examples
    --------
    >>> spun("The mayor arrived successful the town connected Monday, arsenic a guest, and they person been there since.")
    ['successful the', 'connected Monday', 'arsenic a guest', 'they person been']
    >>> spun("Police found arsenic in the well. The successful bidder connected the town with Oregon.")
    []
    """
    if not any(letter.isupper() for letter in text):
        return []  # without capitals Oregon is no sign
    kinds: list[list[str]] = [[match[0] for match in pattern.finditer(text)] for pattern in _OUT_OF_PLACE]
    found = [wording for wordings in kinds for wording in wordings]
    enough = len(found) >= ENOUGH and sum(map(bool, kinds)) >= ENOUGH_KINDS
    if enough or (found and _function_words(text) < FEWEST_PER_THOUSAND):
        shown = Counter(found)
        return sorted(shown, key=lambda wording: (-shown[wording], text.index(wording)))[:MOST_SHOWN]
    return []


def _function_words(text: str) -> float:
    """Return how many of a thousand words are function words; of a short text, as many as in any."""
    words = Counter(_LETTERS.findall(text.lower()))
    if words.total() < FEWEST_WORDS:
        return 1000.0
    return 1000 * sum(words[word] for word in FUNCTION_WORDS) / words.total()
