"""An offer of bytes → drafts of articles; the kind of file is told from its bytes, its name and what a server says.

    text        bytes → text of a known encoding; what a draft may hold
    plain       plain text, Markdown
    web         pages
    office      DOCX, RTF, PDF
    tables      CSV, TSV, Excel, JSON, JSONL, Parquet
    databases   exports of Nexis Uni, LexisNexis, Factiva, ProQuest
"""

from __future__ import annotations

import logging
import re
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from io import BytesIO
from pathlib import PurePosixPath

from ...articles import MOST_CHARACTERS
from ...errors import InputError
from ..draft import Draft, Offer
from ..sources import INSIDE
from . import databases, office, plain, tables, web
from .text import decode, tidy

# What these libraries would log to the terminal is told in the ledger.
for _name in ("trafilatura", "htmldate", "pypdf", "charset_normalizer"):
    logging.getLogger(_name).setLevel(logging.CRITICAL)

FORMATS = {
    ".txt": "plain text; exports of LexisNexis and ProQuest",
    ".md": "Markdown, with front matter or without",
    ".html": "pages saved from a browser; exports of Factiva and ProQuest",
    ".mhtml": "pages saved from a browser as one file",
    ".docx": "Word; exports of Nexis Uni",
    ".rtf": "Rich Text Format; exports of Nexis Uni and Factiva",
    ".pdf": "PDF that has text",
    ".csv": "tables, one row an article; Media Cloud's lists have no text",
    ".tsv": "tables, their cells divided by tabs",
    ".xlsx": "Excel, one row an article",
    ".json": "a list of objects, each an article",
    ".jsonl": "one object a line, each an article",
    ".parquet": "tables, one row an article",
}
_SAME = {
    ".text": ".txt", ".markdown": ".md", ".htm": ".html", ".xhtml": ".html", ".mht": ".mhtml", ".tab": ".tsv",
    ".ndjson": ".jsonl", ".xlsm": ".xlsx", ".pq": ".parquet",
}
_CONTENT_TYPES = {"text/html": ".html", "application/xhtml+xml": ".html", "text/plain": ".txt", "text/markdown": ".md",
                  "application/pdf": ".pdf", "application/rtf": ".rtf", "text/rtf": ".rtf", "text/csv": ".csv",
                  "text/tab-separated-values": ".tsv", "application/json": ".json", "application/x-ndjson": ".jsonl",
                  "multipart/related": ".mhtml"}
_KINDS = {
    ".txt": "plain text", ".md": "Markdown", ".html": "HTML", ".mhtml": "MHTML", ".docx": "DOCX", ".rtf": "RTF",
    ".pdf": "PDF", ".csv": "CSV", ".tsv": "TSV", ".xlsx": "Excel", ".json": "JSON", ".jsonl": "JSONL",
    ".parquet": "Parquet",
}
# Bytes of a file; one of more is refused before it is decoded. A single text is bounded by what an article may have (at
# four bytes a character), files of many articles by memory: a text takes up to six times its bytes while it is read.
_MB = 1_000_000
MOST_BYTES = {
    ".txt": 4 * MOST_CHARACTERS, ".md": 4 * MOST_CHARACTERS, ".html": 20 * _MB, ".mhtml": 40 * _MB, ".docx": 100 * _MB,
    ".rtf": 20 * _MB, ".pdf": 100 * _MB, ".csv": 64 * _MB, ".tsv": 64 * _MB, ".xlsx": 64 * _MB, ".json": 32 * _MB,
    ".jsonl": 64 * _MB, ".parquet": 100 * _MB,
}
MOST_EXPORT = 50 * _MB  # bytes of a database's export as text
_HEAD = 2_048  # bytes that tell HTML from a text
_HTML = re.compile(rb"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,1000}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
                   re.IGNORECASE | re.DOTALL)
_OCR = "recognise its text first (OCR), or type the article into a .txt file"
_REFUSED = {suffix: said for said, suffixes in {
    ("this is an old Word document (.doc)", "open it in a word processor and save it as DOCX"): ".doc .dot",
    ("this is an old Excel workbook (.xls)", "open it and save it as XLSX or CSV"): ".xls",
    ("this is a book (EPUB)", "copy the article's text into a .txt file"): ".epub",
    ("this is an OpenDocument text", "save it as DOCX"): ".odt",
    ("this is an OpenDocument table", "save it as XLSX or CSV"): ".ods",
    ("this is a document of Apple's Pages or Numbers", "export it as DOCX, PDF or CSV"): ".pages .numbers",
    ("this is a document in Google Drive", "download it as DOCX, or as XLSX"): ".gdoc .gsheet",
    ("this is a web archive of Safari's", "save the page as HTML (page source)"): ".webarchive",
    ("this is XML, whose layout is not known", "export the articles as HTML, RTF or CSV"): ".xml",
    ("this is an e-mail", "copy the article's text into a .txt file, or add what is attached to it"): ".eml .msg .mbox",
    ("this is a link to a page", "add the address that it holds"): ".url .webloc",
    ("this is a picture", _OCR): ".jpg .jpeg .png .gif .webp .heic .tif .tiff .bmp",
    ("this is an archive that is not read", "unpack it and add the folder"): ".7z .rar .tar .gz .tgz .bz2 .xz",
}.items() for suffix in suffixes.split()}
_TABLES = {".csv": tables.read_csv, ".tsv": tables.read_csv, ".xlsx": tables.read_excel, ".json": tables.read_json,
           ".jsonl": tables.read_jsonl, ".parquet": tables.read_parquet}


def read(offer: Offer, *, columns: Mapping[str, str] | None = None) -> list[Draft]:
    """Read the articles of an offer.

    Parameters
    ----------
    offer : a name and bytes, with the address and content type where they came from the web.
    columns : of a table, which column holds what, where the guess is wrong: {"text": "Body"}.

    Returns
    -------
    At least one `Draft`, in the order of the file; its `format` names the kind. Where one of several cannot be used,
    its `problem` says why.

    Raises
    ------
    InputError : nothing can be read from it.

    Examples
    --------
    >>> page = b"<!doctype html><title>Bridge shut</title><p>The city closed the old bridge on Monday."
    >>> [draft] = read(Offer("page.txt", page))
    >>> draft.format, draft.text
    ('HTML', 'The city closed the old bridge on Monday.')
    """
    if offer.data is None:
        raise InputError(offer.problem or "there is nothing to read", "check that it is there")
    suffix = kind(offer)
    _check_size(offer, suffix)
    if not re.search(rb"[^\0\s]", offer.data):
        raise InputError("the file is empty", "check that it is the right one")
    drafts = [draft if draft.format else replace(draft, format=_KINDS[suffix])
              for draft in _drafts(offer, suffix, columns)]
    if len(drafts) == 1 and not drafts[0].problem:
        return [tidy(drafts[0])]
    drafts = [_usable(draft) for draft in drafts]
    if all(draft.problem for draft in drafts):
        raise InputError(drafts[0].problem if drafts else "the file has no articles", "check that it is the right file")
    return drafts


def kind(offer: Offer) -> str:
    """Tell the kind of a file, as a suffix of FORMATS.

    Raises
    ------
    InputError : it is of a kind that is not read here; the remedy says what to do.

    Examples
    --------
    >>> kind(Offer("a.doc", rb"{\\rtf1 It shut.}")), kind(Offer("story", b"It shut.", content_type="text/plain"))
    ('.rtf', '.txt')
    """
    data = offer.data or b""
    named = PurePosixPath(offer.name.rpartition(INSIDE)[2].strip()).suffix.lower()
    named = _SAME.get(named, named)
    served = _CONTENT_TYPES.get((offer.content_type or "").split(";")[0].strip().lower())
    sniffed = _sniffed(data)
    # A server's "text/plain" says little, and goes after a suffix that is known; its other types go before any suffix.
    suffix = sniffed or (named if served in (None, ".txt") and (named in FORMATS or not served) else served)
    if (suffix in (".txt", ".md") or suffix not in FORMATS) and _HTML.match(data[:_HEAD].removeprefix(b"\xef\xbb\xbf")):
        suffix = ".html"
    if suffix in (".docx", ".xlsx", ".pdf", ".parquet", ".rtf") and not sniffed:
        raise InputError(f"the file is named {suffix} but is none",
                         "open it in the program that made it, and save it anew")
    if suffix in _REFUSED:
        raise InputError(*_REFUSED[suffix])
    if suffix not in FORMATS:
        raise InputError(f"the format {suffix[:20]!r} is unknown" if suffix
                         else "the file's name has no suffix that tells its format",
                         f"give one of {', '.join(FORMATS)}, or a ZIP of these")
    return suffix


def _sniffed(data: bytes) -> str | None:
    """Tell a kind from bytes that no other has."""
    if data.startswith(b"%PDF-") or b"%PDF-" in data[:1024] and b"\0" in data[:_HEAD]:
        return ".pdf"
    if data.startswith(b"{\\rtf"):
        return ".rtf"
    if data.startswith(b"PAR1"):
        return ".parquet"
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise InputError("the document is encrypted with a password", "open it, and save it without one")
        return next((suffix for stream, suffix in (("Workbook", ".xls"), ("WordDocument", ".doc"))
                     if stream.encode("utf-16-le") in data), None)
    if data.startswith(b"bplist00"):
        return ".webarchive"
    return _package(data) if data.startswith(b"PK\x03\x04") else None


def _package(data: bytes) -> str | None:
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            names = set(package.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise InputError("the file is damaged", "open it in the program that made it, and save it anew") from error
    for member, suffix in (("word/document.xml", ".docx"), ("xl/workbook.xml", ".xlsx"),
                           ("META-INF/container.xml", ".epub"), ("content.xml", ".odt"),
                           ("Index/Document.iwa", ".pages")):
        if member in names:
            return suffix
    raise InputError("this is an archive, but no Word document or Excel workbook",
                     "give the files in it, or a .zip of them")


def _check_size(offer: Offer, suffix: str) -> None:
    most, size = MOST_BYTES[suffix], len(offer.data)
    if size > most and suffix in (".txt", ".md") and size <= MOST_EXPORT and _export_head(offer.data):
        return
    if size > most:
        raise InputError(f"the file has {size:,} bytes; one of this kind has at most {most:,}",
                         "split it into its articles")


def _export_head(data: bytes) -> bool:
    sample = (data[:databases.SAMPLE] + b"\n" + data[-databases.SAMPLE:]).decode("latin-1")
    return databases.database(sample) is not None


def _drafts(offer: Offer, suffix: str, columns: Mapping[str, str] | None) -> list[Draft]:
    if suffix in _TABLES:
        return _TABLES[suffix](offer, columns)
    if suffix == ".txt":
        text, encoding, notes = decode(offer.data, plain.charset(offer.content_type))
        if drafts := _exported(text, suffix, notes=notes, encoding=encoding):
            return drafts
        text, more = plain.joined(text)
        return [plain.article(text, encoding=encoding, notes=notes + more, url=offer.url)]
    if suffix == ".rtf":
        text, notes = office.rtf_text(offer.data)
        return _exported(text, suffix, notes=notes) or [plain.article(office.apart(text), url=offer.url, notes=notes)]
    if suffix == ".docx":
        lines, title, beside, notes = office.docx_lines(offer.data)
        text = "\n".join([*filter(None, [title]), *lines])
        return _exported(text, suffix) or \
            [plain.article("\n".join(lines), title=title, url=offer.url, notes=notes, removed=beside)]
    if suffix == ".html" and (b"article" in offer.data and b"Document " in offer.data or b"DocID_" in offer.data):
        text, encoding, notes = web.decoded(offer)
        lines = databases.page_lines(web.tree_of(text)) or ""
        return _exported(lines, suffix, notes=notes, encoding=encoding) or web.read(offer)
    return {".md": plain.read_markdown, ".html": web.read, ".mhtml": web.read_mhtml,
            ".pdf": office.read_pdf}[suffix](offer)


def _exported(text: str, suffix: str, *, notes: tuple[str, ...] = (), encoding: str | None = None) -> list[Draft]:
    name = databases.database(text)
    return [replace(draft, format=f"{name} ({_KINDS[suffix]})", encoding=encoding, notes=(*draft.notes, *notes))
            for draft in databases.read(text)] if name else []


def _usable(draft: Draft) -> Draft:
    if draft.problem:
        return draft
    try:
        return tidy(draft)
    except InputError as error:
        return replace(draft, text="", problem=error.problem)
