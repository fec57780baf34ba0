"""From files of many formats to the articles of a story, with a ledger of what became of each.

    add       offers → articles of a story, all of them or none; new: an empty story; lists: tables beside the texts
    sources   files, folders, URLs, archives → offers: a name and bytes, or why there are none
    formats   an offer → drafts of articles, one module a kind of file
    dates     what is written as a date → ISO 8601, and what is unsure about it
    language  the language of a text; condition: whether it is all there; spun: whether a machine has spun it
    ledger    one row for every offer and every article in it
    corpus    the plain door of `tellings analyse`: JSONL, CSV, Parquet or a folder of texts → articles
"""

from .corpus import read_articles

__all__ = ["read_articles"]
