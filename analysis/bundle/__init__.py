"""A story in one file, with the articles' texts or without: codings may be passed on, other people's texts often not.

    form        what a bundle holds, and how a text is known again that is not in it
    packing     story and tables → bundle
    unpacking   bundle and the texts that somebody supplies → story folder
"""

from .packing import bundle
from .unpacking import FOUND, HOW, Match, unbundle

__all__ = ["FOUND", "HOW", "Match", "bundle", "unbundle"]
