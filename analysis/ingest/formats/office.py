"""DOCX, RTF and PDF with text → text, with the properties that the file itself states.

A file's own date is when somebody saved it, and its author often who typed it: neither is taken for the article's.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from ...errors import InputError
from ..draft import Draft, Offer
from . import plain
from .text import decode

MOST_UNPACKED = 300_000_000  # bytes of a DOCX or XLSX unpacked; a thousand articles with pictures are smaller
MOST_XML = 40_000_000  # bytes of one part in XML; as a tree it takes some ten times as many
MOST_PAGES = 500  # of a PDF; a newspaper has a hundred, and a page takes up to a second
MOST_ON_A_PAGE = 2_000_000  # bytes that draw one page; text takes some ten thousand, and time grows with their square
MOST_DRAWN = 500_000  # strokes and words in a PDF, some 10,000 a page; those in a form count each time it is drawn
RUNNING_SHARE = 0.6  # of pages that begin or end with the same line: a running head, not text
RUNNING_PAGES = 3
# What the parsers of these formats raise for a damaged file, which none of them checks as a whole.
DAMAGE = (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, LookupError, TypeError, AttributeError,
          SyntaxError, ArithmeticError, RecursionError, NotImplementedError, AssertionError)
_HYPHEN = re.compile(r"(?<=[a-z])[-\xad\u2010]\n(?=[a-z])")
_PAGE_NUMBER = re.compile(r"(?:page\s+)?\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?", re.IGNORECASE)


def docx_lines(data: bytes) -> tuple[list[str], str | None, tuple[str, ...]]:
    """Return a Word document's paragraphs, an empty line between them, the title where one is styled as such, and notes."""
    import docx
    from docx.opc.exceptions import PackageNotFoundError

    check_package(data)
    try:
        document = docx.Document(io.BytesIO(data))
        paragraphs = [(text, paragraph) for paragraph in _paragraphs(document) if (text := paragraph.text.strip())]
        core = document.core_properties
        notes = _properties(core.title, core.author, core.created)
        styled = len(paragraphs) > 1 and _style(paragraphs[0][1]) in ("title", "heading 1")
    except (PackageNotFoundError, *DAMAGE) as error:
        raise InputError("this is no Word document (DOCX) that can be opened",
                         "open it in a word processor and save it anew as DOCX") from error
    title = paragraphs.pop(0)[0] if styled else None
    return [line for text, _ in paragraphs for line in (text, "")][:-1], title, notes


def _properties(title: object, author: object, created: object) -> tuple[str, ...]:
    """Note what a file says of itself, for a person to judge: its author may have typed it, its day be that of saving.

    Examples
    --------
    >>> _properties("Old bridge shut", "", None)
    ("the file's properties: title 'Old bridge shut'",)
    """
    said = ", ".join(f"{name} '{str(value)[:60]}'" for name, value in
                     (("title", title), ("author", author), ("created", created)) if value)
    return (f"the file's properties: {said}",) if said else ()


def _paragraphs(document) -> Iterator:
    for block in document.iter_inner_content():
        if hasattr(block, "rows"):
            seen = set()
            for cell in (cell for row in block.rows for cell in row.cells):
                if cell._tc not in seen:  # a cell that spans several is named once for each
                    seen.add(cell._tc)
                    yield from cell.paragraphs
        else:
            yield block


def _style(paragraph) -> str:
    style = paragraph.style
    return (style.name or "").lower() if style is not None else ""


def check_package(data: bytes) -> list[str]:
    """Check an Office package (a ZIP of XML) before it is parsed, and return its members' names.

    Raises
    ------
    InputError : it is damaged or encrypted, unpacks to too much, or declares entities, which no Office program writes.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            members = package.infolist()
            if sum(member.file_size for member in members) > MOST_UNPACKED:
                raise InputError(f"the file unpacks to more than {MOST_UNPACKED:,} bytes",
                                 "split it, or save it without pictures")
            for member in members:
                if member.flag_bits & 1:
                    raise InputError("the file is encrypted", "open it, and save it without a password")
                if member.filename.lower().endswith((".xml", ".rels")):
                    _check_xml(package, member)
            return [member.filename for member in members]
    except DAMAGE as error:
        raise InputError("the file is damaged", "open it in the program that made it, and save it anew") from error


def _check_xml(package: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    if member.file_size > MOST_XML:
        raise InputError(f"the file holds more than {MOST_XML:,} bytes of text and markup in one part",
                         "split it into several")
    with package.open(member) as part:
        before = b""
        while chunk := part.read(1 << 20):
            if b"<!DOCTYPE" in (seen := (before + chunk).replace(b"\x00", b"")) or b"<!ENTITY" in seen:
                raise InputError("the file declares entities, which may blow it up (billion laughs)",
                                 "open it in the program that made it, and save it anew")
            before = chunk[-40:]


def rtf_text(data: bytes) -> tuple[str, tuple[str, ...]]:
    """Return the text of an RTF file, and notes on what could not be decoded.

    Raises
    ------
    InputError : it is damaged.

    Examples
    --------
    >>> rtf_text(rb"{\\rtf1\\ansi The caf\\'e9\\par shut.}")
    ('The café\\nshut.', ())
    """
    from striprtf.striprtf import rtf_to_text

    # Under another name the instruction of a link is passed over: striprtf would put its address into the sentence,
    # and its pattern for links takes quadratic time where one is torn.
    source = decode(data)[0].replace(r"\*\fldinst", r"\*\fldlink")
    notes = ()
    try:
        text = rtf_to_text(source)
    except UnicodeError:
        text = rtf_to_text(source, errors="replace")
        notes = (f"{text.count(chr(0xfffd))} characters could not be decoded; each is shown as \ufffd",)
    except DAMAGE as error:
        raise InputError("the RTF is damaged", "open it in a word processor and save it anew") from error
    # A character beyond 16 bits is written as two halves, which are joined here.
    text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text, notes


def apart(text: str) -> str:
    """Put an empty line between paragraphs where the file has none, as in most of them each is one long line."""
    return text if "\n\n" in text else text.replace("\n", "\n\n")


def read_pdf(offer: Offer) -> list[Draft]:
    """Read a PDF that has text: running heads and page numbers cut away, words divided at a line's end joined.

    Raises
    ------
    InputError : it is damaged, encrypted, too long, or a scan without text.
    """
    pages, title, properties = pdf_pages(offer.data)
    pages, removed = _without_running_lines(pages)
    if not any(line.strip() for page in pages for line in page):
        raise InputError("the PDF has no text: its pages are pictures, as a scanner makes them",
                         "recognise its text first (OCR), or type the article into a .txt file")
    text = "\n".join(line for page in pages for line in page)
    joined, hyphens = _HYPHEN.subn("", text)
    notes = (f"{hyphens} words divided at a line's end were joined",) * (hyphens > 0) + properties
    draft = plain.article(_paragraphed(joined), url=offer.url, notes=notes)
    return [replace(draft, removed="\n".join(filter(None, (draft.removed, *removed))),
                    title=draft.title or (title if title and draft.text.startswith(title) else None))]


def pdf_pages(data: bytes) -> tuple[list[list[str]], str | None, tuple[str, ...]]:
    """Return the lines of a PDF's pages, the title its properties state, and notes of these."""
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, PyPdfError

    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise InputError("the PDF is encrypted with a password", "open it, and print it to a PDF without one")
        if len(reader.pages) > MOST_PAGES:
            raise InputError(f"the PDF has {len(reader.pages)} pages, more than {MOST_PAGES}",
                             "split it into its articles")
        pages = list(_page_lines(reader))
        about = reader.metadata
        title = about.title if about else None
        notes = _properties(title, about.author, about.creation_date) if about else ()
    except DependencyError as error:
        raise InputError("the PDF is encrypted in a way that cannot be opened here",
                         "open it, and print it to a PDF") from error
    except (PyPdfError, *DAMAGE) as error:
        raise InputError("the PDF is damaged",
                         "open it, and print it to a PDF, or copy its text into a .txt file") from error
    return pages, title if isinstance(title, str) and title.strip() else None, notes


def _page_lines(reader) -> Iterator[list[str]]:
    """Yield the lines of each page, unless a page draws more than any page of news."""
    drawn = 0
    too_much = InputError(f"the PDF draws more than {MOST_DRAWN:,} things", "copy its text into a .txt file")

    def count(*_) -> None:
        nonlocal drawn
        drawn += 1
        if drawn > MOST_DRAWN:
            raise too_much

    for page in reader.pages:
        contents = page.get_contents()
        if contents is not None and len(contents.get_data()) > MOST_ON_A_PAGE:
            raise InputError(f"a page of the PDF takes more than {MOST_ON_A_PAGE:,} bytes",
                             "copy its text into a .txt file")
        text = page.extract_text(visitor_operand_before=count)
        if drawn > MOST_DRAWN:  # inside a form pypdf goes on after an error
            raise too_much
        yield text.split("\n")


def _without_running_lines(pages: list[list[str]]) -> tuple[list[list[str]], list[str]]:
    """Cut away first and last lines that most pages share, figures apart, and page numbers."""
    pages = [[line.strip() for line in page if line.strip()] for page in pages]
    edges = Counter(_figureless(line) for page in pages for line in {*page[:1], *page[-1:]})
    full = sum(bool(page) for page in pages)
    removed = []
    for page in pages:
        for at in (0, -1):
            shared = page and full >= RUNNING_PAGES and edges[_figureless(page[at])] >= RUNNING_SHARE * full
            if page and (shared or _PAGE_NUMBER.fullmatch(page[at]) and len(pages) > 1):
                removed.append(page.pop(at))
    return pages, removed


def _figureless(line: str) -> str:
    return re.sub(r"\d+", "0", line)


def _paragraphed(text: str) -> str:
    """Put an empty line after what ends a paragraph: a line shorter than most that closes a sentence, a short first."""
    lines = text.split("\n")
    usual = sorted(map(len, lines))[len(lines) * 3 // 4]
    out = []
    for number, line in enumerate(lines):
        out.append(line)
        ends = re.search(r"[.!?][\"'”’)]*$", line) and len(line) < 0.85 * usual
        if ends or (number == 0 and len(line) < 0.85 * usual):
            out.append("")
    return "\n".join(out)
