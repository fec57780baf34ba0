"""What happened when and who dates it, and in what order each outlet tells it: see `events`."""

from .events import telling_order, timeline

__all__ = ["telling_order", "timeline"]
