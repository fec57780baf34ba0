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

from lxml import etree

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
EDGE = 3  # lines at the head and the foot of a page that may be running ones
# What the parsers of these formats raise for a damaged file, which none of them checks as a whole.
DAMAGE = (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, LookupError, TypeError, AttributeError,
          SyntaxError, ArithmeticError, RecursionError, NotImplementedError, AssertionError)
_WORD, _COMPATIBILITY = ("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}",
                         "{http://schemas.openxmlformats.org/markup-compatibility/2006}")
_PARAGRAPH = f"{_WORD}p"
_SAYS = {f"{_WORD}t": "", f"{_WORD}tab": "\t", f"{_WORD}br": "\n", f"{_WORD}cr": "\n", f"{_WORD}noBreakHyphen": "-"}
# A paragraph's properties, whose tabs are no signs; what was deleted or moved away; a box once more, for old programs.
_UNSAID = {f"{_WORD}pPr", f"{_WORD}del", f"{_WORD}moveFrom", f"{_COMPATIBILITY}Fallback"}
BESIDE = {"footnotes", "endnotes", "header", "footer", "comments"}  # parts of a Word document that are not its text
# What browsers print over and under a page: when it was printed, its title, its address, which page of how many.
_PRINTED = re.compile(r"(?:\d+ of \d+\s+)?\d{1,2}[./]\d{1,2}[./]\d{2,4},? \d{1,2}:\d\d(?:\s?[AP]M)?(?:\s.*)?"
                      r"|(?:(?P<address>https?://\S*[^\s…])|\w+:\S*)…?\s*\d{1,4}/\d{1,4}")
_PAGE_NUMBER = re.compile(r"(?:page\s+)?\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?", re.IGNORECASE)


def docx_lines(data: bytes) -> tuple[list[str], str | None, str, tuple[str, ...]]:
    """Return a Word document's paragraphs, an empty line between them, its title, what stands beside, and notes.

    A title is one that is styled so; beside the text stand the heads and feet of pages, footnotes and comments.
    """
    import docx
    from docx.opc.exceptions import PackageNotFoundError

    check_package(data)
    try:
        document = docx.Document(io.BytesIO(data))
        paragraphs = list(_paragraphs(document.element.body))
        core = document.core_properties
        notes = _properties(core.title, core.author, core.created)
        styled = len(paragraphs) > 1 and _style(paragraphs[0][1], document) in ("title", "heading 1")
        beside = [text for part in _beside(document) for text, _ in _paragraphs(part)]
    except (PackageNotFoundError, *DAMAGE) as error:
        raise InputError("this is no Word document (DOCX) that can be opened",
                         "open it in a word processor and save it anew as DOCX") from error
    title = paragraphs.pop(0)[0] if styled else None
    return [line for text, _ in paragraphs for line in (text, "")][:-1], title, "\n".join(beside), notes


def _beside(document) -> Iterator[etree._Element]:
    """Yield what a document holds beside its text."""
    from docx.oxml import parse_xml

    for relation in document.part.rels.values():
        if not relation.is_external and relation.reltype.rpartition("/")[2] in BESIDE:
            yield parse_xml(relation.target_part.blob)


def _paragraphs(root: etree._Element) -> Iterator[tuple[str, etree._Element]]:
    """Yield the paragraphs that say something, with their text: also those in tables, boxes, fields and insertions."""
    open_ones: list[list[str]] = []
    unsaid = 0
    for event, element in etree.iterwalk(root, events=("start", "end"), tag=(_PARAGRAPH, *_SAYS, *_UNSAID)):
        if element.tag in _UNSAID:
            unsaid += 1 if event == "start" else -1
        elif element.tag != _PARAGRAPH:
            if event == "start" and open_ones and not unsaid:
                open_ones[-1].append(_SAYS[element.tag] or element.text or "")
        elif event == "start":
            open_ones.append([])
        elif text := "".join(open_ones.pop()).strip():
            yield text, element


def _style(paragraph: etree._Element, document) -> str:
    from docx.text.paragraph import Paragraph

    style = Paragraph(paragraph, document).style
    return (style.name or "").lower() if style is not None else ""


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
    text, notes = plain.joined("\n".join(line for page in pages for line in page))
    addresses = (match["address"] for line in removed if (match := _PRINTED.fullmatch(line)))
    url = offer.url or next(filter(None, addresses), None)
    draft = plain.article(_paragraphed(text), url=url, notes=notes + properties)
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
    """Cut away first and last lines that most pages share, figures apart, page numbers, and what browsers print."""
    pages = [[line.strip() for line in page if line.strip()] for page in pages]
    edges = Counter(line for page in pages for line in {*map(_figureless, page[:EDGE] + page[-EDGE:])})
    full = sum(bool(page) for page in pages)

    def runs(line: str) -> bool:
        shared = edges[_figureless(line)] >= max(2, RUNNING_SHARE * full) or _PAGE_NUMBER.fullmatch(line) is not None
        return full > 1 and shared or _PRINTED.fullmatch(line) is not None

    removed = []
    for page in pages:
        for at in (0, -1):
            for _ in range(EDGE):
                if page and runs(page[at]):
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
