"""Table → matplotlib Axes, and its text alternative: one function a figure, each returns a `Picture`.

coverage_matrix, vital_recall   which article has which fact
timeline, telling_order         what happened when, and in what order each outlet tells it
framing                         which frames, in the outlet's own voice or a quoted one
share_of_voice                  whose words the articles are made of
chains                          through whom words came

A title is a claim computed from the table, a caption says how to read the figure and what limits it, and the
text alternative gives the finding and its numbers to a reader who does not see it. `pyplot` is never used, and
no setting of matplotlib outlives a call.
"""

from .chronology import telling_order, timeline
from .coverage import coverage_matrix, vital_recall
from .framing import framing
from .picture import Picture
from .relays import chains
from .voices import share_of_voice

__all__ = ["Picture", "chains", "coverage_matrix", "framing", "share_of_voice", "telling_order", "timeline",
           "vital_recall"]
