"""Stands in for the readers until they are merged: plain UTF-8 text, its first line the title."""

from __future__ import annotations

from ...errors import InputError
from ..draft import Draft, Offer


def read(offer: Offer) -> list[Draft]:
    """Read a text in UTF-8."""
    try:
        text = offer.data.decode("utf-8").replace("\r\n", "\n").replace("\0", "").strip()
    except UnicodeDecodeError as error:
        raise InputError("the bytes are text in no encoding that is recognised", "save the file as UTF-8") from error
    if not text:
        raise InputError("there is no text", "check the file")
    title, gap, body = text.partition("\n\n")
    if not gap or "\n" in title:
        title, body = None, text
    return [Draft(body.strip(), title=title, encoding="utf-8", url=offer.url)]
