"""Bytes → text whose encoding is known, and text → what an article may hold. Nothing is replaced without being told."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections import Counter
from dataclasses import replace
from urllib.parse import urlsplit

from charset_normalizer import from_bytes

from ...articles import MOST_CHARACTERS
from ...errors import InputError
from ...files import BYTE_ORDER_MARK
from ..draft import Draft

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
          (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
SAMPLE = 100_000  # bytes that tell an encoding; charset-normalizer takes seconds for more
# UTF-16 without a mark: every second byte of English is NUL, and hardly a text has any other NUL.
NUL_SHARE = 0.3
# A file in UTF-8 that was damaged in places still has many whole characters to each broken one.
WHOLE_TO_BROKEN = 10
# What English texts in Windows' Western encoding hold beside ASCII: typographic signs and the letters of Western names.
_WESTERN = re.compile("[\u2018-\u201e\u2013\u2014\u2020-\u2022\u2026\u2030\u20ac\u2122"
                      "\xa0\xa3\xa5\xa7\xa9\xab\xae\xb0\xb7\xbb\xbd"
                      "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜàáâãäåæçèéêëìíîïñòóôõöøùúûüßžŽšŠœŒ]")
_MOJIBAKE = re.compile("â€[\u2122\u0153\u009d\u02dc\u201c\u201d\xa6\xa2]|Ã[\xa0-\xbf]|Â[\xa0-\xbf]|ï»¿")
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_LINES = ("title", "outlet", "outlet_found", "author", "url", "published_found")  # what a draft holds in one line each
# Signs of print that are no letters of a word: soft hyphens and joins; and letters cast in one piece, as in PDFs.
_INVISIBLE = re.compile("[\xad\u200b\u2060\ufeff]")
_LIGATURES = {ord(sign): unicodedata.normalize("NFKC", sign) for sign in "ﬀﬁﬂﬃﬄﬅﬆ"}
_DIRECTIONS = re.compile("[\u202a-\u202e\u2066-\u2069]")


def decode(data: bytes, declared: str | None = None) -> tuple[str, str, tuple[str, ...]]:
    """Decode bytes by their byte order mark, what is declared of them, as UTF-8, or by what they look like.

    Returns
    -------
    The text, the encoding's name, and notes: what was told wrongly, what could not be decoded and how often, and
    whether the text had been spoilt before ("â€™" for "’").

    Raises
    ------
    InputError : the bytes are text in no encoding that is recognised.

    Examples
    --------
    >>> decode("“No,” said José.".encode("cp1252"))[:2]
    ('“No,” said José.', 'windows-1252')
    """
    text, encoding, notes = _decode(data, declared)
    spoilt = Counter(_MOJIBAKE.findall(text)) if any(sign in text for sign in "âÃÂï") else Counter()
    if spoilt:
        sign, times = spoilt.most_common(1)[0]
        notes += (f"spoilt before it came here (mojibake suspected): '{sign}' {times} ×, {spoilt.total()} such in all",)
    return text, encoding, notes


def _decode(data: bytes, declared: str | None) -> tuple[str, str, tuple[str, ...]]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strictly(data, encoding)
    half = _without_mark(data[:SAMPLE])
    if half:
        return _strictly(data, half)
    notes = ()
    for encoding in filter(None, (declared, "utf-8")):
        try:
            return data.decode(_codec(encoding)), _named(encoding), notes
        except (UnicodeError, LookupError, ValueError):
            notes += (f"the text is not in the encoding declared, '{encoding[:20]}'",) * (encoding is declared)
    text, encoding, more = _looks_like(data)
    return text, encoding, notes + more


def _codec(encoding: str) -> str:
    """Return Python's name; what calls itself Latin-1 is read as Windows-1252, as browsers do."""
    name = codecs.lookup(encoding).name
    return "cp1252" if name == "iso8859-1" else name


def _named(encoding: str) -> str:
    """Return the usual name.

    Examples
    --------
    >>> _named("latin-1"), _named("UTF8"), _named("utf-16")
    ('windows-1252', 'utf-8', 'utf-16')
    """
    name = _codec(encoding)
    return {"cp1252": "windows-1252", "utf-8-sig": "utf-8"}.get(name, name)


def _strictly(data: bytes, encoding: str) -> tuple[str, str, tuple[str, ...]]:
    try:
        return data.decode(encoding).removeprefix(BYTE_ORDER_MARK), _named(encoding), ()
    except UnicodeDecodeError as error:
        if encoding == "utf-8-sig":
            return _looks_like(data.removeprefix(codecs.BOM_UTF8))
        raise InputError(f"the file says that it is {encoding.upper()}, but byte {error.start:,} is not",
                         "save it anew as UTF-8") from error


def _without_mark(sample: bytes) -> str | None:
    share = {name: sample[start::2].count(0) / max(1, len(sample) // 2)
             for name, start in (("utf-16-be", 0), ("utf-16-le", 1))}
    name = max(share, key=share.get)
    return name if share[name] > NUL_SHARE and min(share.values()) < NUL_SHARE / 10 else None


def _looks_like(data: bytes) -> tuple[str, str, tuple[str, ...]]:
    damaged = data.decode("utf-8", "replace")
    broken = damaged.count("\ufffd") - data.count("\ufffd".encode())
    whole = sum(ord(sign) > 127 for sign in damaged) - damaged.count("\ufffd")
    if whole >= WHOLE_TO_BROKEN * broken:
        return damaged, "utf-8", (f"{broken} places were not UTF-8 and could not be decoded; each is shown as \ufffd",)
    try:
        western = data.decode("cp1252")
        odd = re.sub(_WESTERN, "", "".join(sign for sign in western if ord(sign) > 127))
        if not odd:
            return western, "windows-1252", ()
    except UnicodeDecodeError:
        pass
    best = from_bytes(data[:SAMPLE]).best()
    try:
        if best is not None and not _CONTROLS.search(text := data.decode(best.encoding)):
            return text, _named(best.encoding), ("the encoding was guessed from what the text looks like",)
    except UnicodeError:
        pass
    raise InputError("the bytes are text in no encoding that is recognised",
                     "save the file as UTF-8, or check that it is text")


def safe_address(url: str | None) -> str | None:
    """Keep an address only where a browser would fetch it: no javascript:, no data:, no file:.

    Examples
    --------
    >>> safe_address("https://crier.example/1"), safe_address("javascript:alert(1)")
    ('https://crier.example/1', None)
    """
    try:
        return url.strip() if url and urlsplit(url.strip()).scheme.lower() in ("http", "https") else None
    except ValueError:
        return None


def tidy(draft: Draft) -> Draft:
    """Make a draft's strings as an article may have them: `\\n` at line ends, no control characters; these are counted.

    Raises
    ------
    InputError : the text is empty or too long for one article.
    """
    text, notes = _clean(draft.text)
    if not text:
        raise InputError("there is no text",
                         "check that the file is the right one, or copy the article's text into a .txt file")
    if len(text) > MOST_CHARACTERS:
        raise InputError(f"the text has {len(text):,} characters; an article has at most {MOST_CHARACTERS:,}",
                         "split the file into its articles")
    lines = {name: _one_line(value) or None for name in _LINES if (value := getattr(draft, name)) is not None}
    if lines.get("url") and not safe_address(lines["url"]):
        notes += (f"'{lines['url'][:60]}' is no address of the web, and was left out",)
        lines["url"] = None
    notes = (*map(_one_line, draft.notes), *notes)
    return replace(draft, text=text, removed=_clean(draft.removed)[0], notes=notes, **lines)


def _one_line(text: str) -> str:
    return " ".join(_clean(text)[0].split())


def _clean(text: str) -> tuple[str, tuple[str, ...]]:
    text = _BREAKS.sub("\n", text.removeprefix(BYTE_ORDER_MARK))
    text, controls = _CONTROLS.subn("", text)
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(map(str.rstrip, text.split("\n")))).strip()
    text, invisible = _INVISIBLE.subn("", text)
    written = text.translate(_LIGATURES)
    ligatures, text = len(written) - len(text), written
    turned = len(_DIRECTIONS.findall(text))
    notes = (f"{controls} control characters (NUL …) or half characters were taken out",) * (controls > 0)
    notes += (f"{invisible} soft hyphens and characters without width were taken out",) * (invisible > 0)
    notes += ("letters cast in one piece (ﬁ) were written out",) * (ligatures > 0)
    notes += (f"{turned} characters turn the direction of writing; they were kept",) * (turned > 0)
    return text, notes
