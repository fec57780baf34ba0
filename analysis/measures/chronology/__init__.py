"""What happened when, who dates it, where the datings disagree, and in what order each outlet tells it.

datings    events of the codebook, the dates that articles give them, and the disagreements
order      telling order against event order
discovery  events that the codebook does not have yet, proposed for it
"""

from .datings import datings, disagreements, mentions_of_events, timeline
from .discovery import as_yaml, proposals
from .order import in_order, telling_order

__all__ = ["as_yaml", "datings", "disagreements", "in_order", "mentions_of_events", "proposals", "telling_order",
           "timeline"]
