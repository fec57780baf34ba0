"""Whether an article breaks off: a guess from its own words, with the reason."""

from __future__ import annotations

import re

from ..articles import count_words
from .draft import Draft

STUB = "stub suspected:"  # begins the note that says why a draft is one
STUB_WORDS = 200  # of a page behind a paywall some paragraphs are shown; a whole article seldom has fewer words
LINE_SHOWN = 80  # characters of a line that the ledger repeats
WALL_LINES = 160  # characters within which a line asks to pay; a paragraph that speaks of subscriptions is longer
TAIL = 1_000  # characters at a text's end, where a wall stands
_WALL = re.compile(
    r"(?:subscribe|sign in|log in|register|sign up|create (?:a|your)(?: free)? account"
    r"|become a (?:member|subscriber)|start your(?: free)? trial)(?: now| today| here)?,?"
    r" (?:to|for) (?:continue|keep|read|finish|unlock|access|view|see|full access)\b"
    r"|to (?:continue|keep) reading(?: this)?\b|to read the (?:full|rest|whole|entire)\b|continue reading with a\b"
    r"|(?:this|the) (?:article|story|content|page) is (?:only |exclusively )?(?:available )?(?:for|to|reserved for)"
    r" (?:our |paying |registered )?(?:subscribers|members)|^\W*(?:subscriber|member)s?[- ]only\b"
    r"|already (?:a|have a) (?:subscriber|subscription|member)|unlock (?:this|the) (?:article|story)"
    r"|you(?:’|')?(?: ha)?ve (?:reached|used|read) (?:your|all|the) .{0,40}(?:free|complimentary)"
    r" (?:articles?|stor(?:y|ies))|(?:articles?|stor(?:y|ies)) (?:remaining|left) this month", re.IGNORECASE)
_DOTS = r"(?:…|\.{3})"
_CUT = re.compile(rf"(?:\[\s*{_DOTS}\s*\]|\[\+\d+ chars\]|{_DOTS}\s*(?:read|continue|more)[\w\s]{{0,20}}"
                  rf"|(?<=\w)\s?{_DOTS})\s*$", re.IGNORECASE)


def condition(draft: Draft) -> tuple[str, str]:
    """Guess the condition of a draft.

    Returns
    -------
    `excerpt` (which a stub behind a paywall is too) or `unknown`, and the reason in words: that a text is complete is
    for a person to say, who has seen the page.

    Examples
    --------
    >>> condition(Draft("The city closed the bridge. Trains are …"))
    ('excerpt', "the text breaks off: '…'")
    >>> condition(Draft("The city closed the bridge.\\nSubscribe to continue reading"))
    ('excerpt', "stub suspected: 'Subscribe to continue reading' beside 9 words of text")
    """
    words = count_words(draft.text)
    stub = next((note for note in draft.notes if note.startswith(STUB)), None) or paywall(draft.text[-TAIL:], words)
    if stub:
        return "excerpt", stub
    cut = _CUT.search(draft.text[-100:])
    if cut:
        return "excerpt", f"the text breaks off: '{cut[0].strip()}'"
    return "unknown", "nothing says whether it is all there"


def asks_to_pay(line: str) -> bool:
    """Tell whether a line is one that a paywall shows."""
    return len(line) <= WALL_LINES and _WALL.search(line) is not None


def paywall(lines: str, words: int, closed: bool = False) -> str | None:
    """Tell why a text of so many words may be the stub that a paywall shows; None where nothing says so.

    Parameters
    ----------
    lines : everything visible; a line counts where it is short.
    closed : whether the page says itself that it is not accessible for free.
    """
    if words >= STUB_WORDS:
        return None
    for line in lines.split("\n"):
        if asks_to_pay(line):
            return f"{STUB} '{line.strip()[:LINE_SHOWN]}' beside {words} words of text"
    return f"{STUB} the page says that it is not free, and has {words} words of text" if closed else None
