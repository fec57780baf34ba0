"""Tables and texts → HTML for notebooks and the report. Everything that comes from an article is escaped.

html       pieces of HTML, escaped, and what they are as plain text
table      tables, and what is said above them
passages   facts, versions and proposals, with the passages behind them
reading    the articles whole, with what was found in them
"""

from .html import Html, anchor, safe, visible
from .passages import evidence, proposals, versions
from .reading import reading
from .table import accounts, concordance, heading, if_copied, table

__all__ = ["Html", "accounts", "anchor", "concordance", "evidence", "heading", "if_copied", "proposals", "reading",
           "safe", "table", "versions", "visible"]
