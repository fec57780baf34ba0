"""What the command prints: results, messages, and questions to a person."""

from __future__ import annotations

from rich.console import Console

errors = Console(stderr=True, soft_wrap=True, highlight=False)
MOST_ROWS = 100  # of a ledger that are printed; one of thousands is a file to open
screen = Console(markup=False, highlight=False, emoji=False)


def say(words: str, **style) -> None:
    """Print words that may come from an article: nothing in them is obeyed."""
    screen.print(visible(words), **style)


def visible(words: str) -> str:
    """Show control characters as what they are; see `analysis.show.visible`."""
    from ..show import visible as shown

    return shown(words)
