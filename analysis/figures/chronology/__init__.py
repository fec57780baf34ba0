"""What happened when and who dates it, and in what order each outlet tells it."""

from .telling_order import telling_order
from .timeline import timeline

__all__ = ["telling_order", "timeline"]
