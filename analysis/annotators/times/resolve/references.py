"""Words that always mean the same: now, the past, the future; and words that mean no time."""

from __future__ import annotations

from ..readings import Context, Groups, Reader, Reading


def fixed(kind: str, value: str) -> Reader:
    """Return a reader for words that always mean the same."""
    return lambda groups, ctx: Reading(kind, value)


PRESENT, PAST, FUTURE = (fixed("DATE", f"{when}_REF") for when in ("PRESENT", "PAST", "FUTURE"))


def soon(groups: Groups, ctx: Context) -> Reading | None:
    """Read "soon": ahead of the writer, but not beside a verb in the past (he soon left)."""
    return None if ctx.tense == "past" else FUTURE(groups, ctx)


def nothing(groups: Groups, ctx: Context) -> None:
    """Read a false friend: it takes its words away from the other rules."""
