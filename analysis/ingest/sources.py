"""Files, folders and archives → offers: a name and bytes, or why there are none.

A source may be hostile. Nothing is written here; names are only shown, never opened; what is read is counted while it
is read, whatever its header promises; and one thing is held in memory at a time.
"""

from __future__ import annotations

import gzip
import os
import re
import stat
import sys
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import BinaryIO
from urllib.parse import urlsplit
from urllib.request import url2pathname

from ..errors import InputError
from ..files import printable
from .draft import Offer

INSIDE = " › "  # between an archive and what is in it
MEGABYTE = 2**20
MOST_BYTES = 50 * MEGABYTE  # of one file: the text of a thousand books
MOST_UNPACKED = 2**30  # of one archive in all
DEEPEST = 100  # folders in folders; nobody's files lie deeper, and Python's stack is spared
MOST_RATIO = 200  # unpacked over packed: text packs to a fifth, a table of repetitions to a fiftieth
MOST_MEMBERS = 100_000
MOST_DIRECTORY = 16 * MEGABYTE  # a ZIP's list of contents, which is read whole: a hundred bytes for each member
MOST_HEADERS = MEGABYTE  # of one record of a web archive
NO_RATIO_BELOW = MEGABYTE  # what is small may be all blanks
TOO_BIG = f"it is larger than {MOST_BYTES // MEGABYTE} MB"
DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)
# A ZIP that holds one of these is a document: DOCX, XLSX, ODT, EPUB, Pages.
OFFICE = {"[Content_Types].xml", "mimetype", "Index/Document.iwa"}
TABLES = (".csv", ".tsv", ".xlsx")
# Names of files that a system or a program keeps for itself.
HIDDEN = re.compile(r"\.(?!\.?(?:\\|$))|~\$|(?:__MACOSX|Thumbs\.db|desktop\.ini)$", re.IGNORECASE)
# Beside a page it saves, a browser puts a folder of its pictures, scripts and advertisements, in its own language.
PARTS = re.compile(r"(.+)[-_](?:files|Dateien|fichiers|archivos|ficheiros|bestanden|file|filer|pliki|soubory)")
PAGES = (".htm", ".html", ".xhtml")
STORY = "story.toml"
OF_STORY = ("articles.csv", "texts")  # of another story its texts are taken, and what it says of them
ANOTHER_STORY = "this is a story of Tellings: its texts are taken, and what its articles.csv says of them"
BUNDLE = "bundle.json"
URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:")  # two letters at least: C: is a drive
PAGE_TYPES = ("text/", "application/xhtml", "application/pdf", "application/json")
UNPACKED = ("", "identity", "gzip", "x-gzip", "deflate")  # what warcio unpacks; Brotli ('br') it leaves as it is
NO_PAGES = ("text/css", "text/javascript")
END_OF_ZIP, FIXED_END, LONGEST_COMMENT = b"PK\x05\x06", 22, 2**16
LOCATOR_OF_ZIP64, LOCATOR = b"PK\x06\x07", 20


def offers(sources: Iterable[str], *, story: Path, allow_local: bool = False) -> Iterator[Offer]:
    """Yield what each source offers, in the order given; a folder's files in the order of their names, tables first.

    Parameters
    ----------
    sources : files, folders and URLs.
    story : the story's folder, which is passed over.
    allow_local : whether URLs may lead to this computer and its neighbours, and file:// to its files.

    Raises
    ------
    InputError : a file or folder is not there; told before anything is read.
    """
    from .web import fetch

    sources = list(sources)
    for source in sources:
        if not URL.match(source) and not os.path.lexists(source):
            raise InputError("there is no such file or folder", "check the name", file=printable(source))
    for source in sources:
        if not URL.match(source):
            yield from _at(Path(source), story)
        elif source.lower().startswith("file:") and allow_local:
            yield from _at(Path(url2pathname(urlsplit(source).path)), story)
        else:
            yield fetch(source, allow_local=allow_local)


def _at(path: Path, story: Path) -> Iterator[Offer]:
    """Yield from what a person named; a link is followed, for they named it."""
    name = path.resolve().name if path.name in ("", "..") else path.name
    if path.is_dir():
        yield from _folder(path, name, path.resolve(), story.resolve())
    else:
        yield from _file(path.resolve(), name)


def _folder(folder: Path, name: str, root: Path, story: Path) -> Iterator[Offer]:
    if folder.resolve() == story or name.count("/") > DEEPEST:
        yield Offer(printable(name), problem="this is the story itself" if folder.resolve() == story
                    else f"it lies more than {DEEPEST} folders deep")
        return
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: (not _may_be_list(entry.name), entry.name))
    except OSError as error:
        yield Offer(printable(name), problem=_cannot(error))
        return
    if any(entry.name == STORY for entry in entries):
        yield Offer(printable(f"{name}/{STORY}"), problem=ANOTHER_STORY)
        entries = [entry for entry in entries if entry.name in OF_STORY]
    pages = _pages(entry.name for entry in entries)
    for entry in entries:
        path, shown = Path(entry.path), f"{name}/{entry.name}"
        if HIDDEN.match(entry.name):
            yield Offer(printable(shown), problem="it is hidden")
        elif entry.is_dir(follow_symlinks=False):
            yield from [_parts(shown)] if _page_of(entry.name, pages) else _folder(path, shown, root, story)
        elif entry.is_symlink() and (problem := _bad_link(path, root)):
            yield Offer(printable(shown), problem=problem)
        else:
            yield from _file(path.resolve() if entry.is_symlink() else path, shown)


def _may_be_list(name: str) -> bool:
    """Tell whether a file may be a list of the others, which is read before them."""
    return name.lower().endswith(TABLES)


def _pages(names: Iterable[str]) -> set[str]:
    """Return the names of pages among names of files, without their suffixes."""
    return {name.rpartition(".")[0] for name in names if name.lower().endswith(PAGES)}


def _page_of(folder: str, pages: set[str]) -> bool:
    """Tell whether a folder holds the parts of a page beside it."""
    match = PARTS.fullmatch(folder)
    return match is not None and match[1] in pages


def _parts(folder: str) -> Offer:
    return Offer(printable(folder), problem="it holds the pictures and scripts of a saved page, which is beside it")


def _bad_link(path: Path, root: Path) -> str | None:
    try:
        target = path.resolve(strict=True)
    except (OSError, RuntimeError):  # RuntimeError: a loop of links
        return "it is a link that leads nowhere"
    if not target.is_relative_to(root):
        return "it is a link out of the folder"
    return "it is a link to a folder" if target.is_dir() else None


def _cannot(error: OSError) -> str:
    return f"it cannot be read: {error.strerror or type(error).__name__}"


def _file(path: Path, name: str) -> Iterator[Offer]:
    """Yield what a file holds; what is no plain file, a device or a pipe, is not opened."""
    shown = printable(name)
    try:
        if not stat.S_ISREG(os.lstat(path).st_mode):
            yield Offer(shown, problem="it is no plain file (a pipe, a socket or a device)")
            return
        # Between that look and the opening it may have become a pipe or a link: neither is waited for nor followed.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0)
                             | getattr(os, "O_BINARY", 0))
    except (OSError, ValueError) as error:
        yield Offer(shown, problem=_cannot(error) if isinstance(error, OSError) else "its name cannot be opened")
        return
    with open(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            yield Offer(shown, problem="it is no plain file (a pipe, a socket or a device)")
            return
        yield from _contents(file, shown)


def _contents(file: BinaryIO, name: str) -> Iterator[Offer]:
    start = file.read(8)
    if start.startswith(b"PK\x03\x04") or start.startswith(END_OF_ZIP):
        yield from _zip(file, name)
    elif start.startswith(b"WARC/") or re.search(r"\.warc(\.gz)?$", name, re.IGNORECASE):
        file.seek(0)
        yield from _warc(file, name)
    else:
        yield _whole(file, name)


def _whole(file: BinaryIO, name: str) -> Offer:
    if os.fstat(file.fileno()).st_size > MOST_BYTES:
        return Offer(name, problem=TOO_BIG)
    file.seek(0)
    try:
        data = file.read(MOST_BYTES + 1)
    except OSError as error:
        return Offer(name, problem=_cannot(error))
    return Offer(name, problem=TOO_BIG) if len(data) > MOST_BYTES else Offer(name, data)


# ZIP


def _zip(file: BinaryIO, name: str) -> Iterator[Offer]:
    if problem := _bad_directory(file):
        yield Offer(name, problem=problem)
        return
    try:
        archive = zipfile.ZipFile(file)
    except DAMAGED as error:
        yield Offer(name, problem=f"the ZIP is damaged: {error}")
        return
    members = archive.infolist()
    if OFFICE & {member.filename for member in members}:
        yield _whole(file, name)
        return
    names = {member.filename for member in members}
    places = sorted((member.header_offset, member.header_offset + member.compress_size) for member in members)
    if any(end > start for (_, end), (start, _) in pairwise(places)):  # a bomb: the same bytes are many files
        yield Offer(name, problem="the ZIP is damaged: files in it overlap")
        return
    if BUNDLE in names:
        yield Offer(name, problem="this is a bundle of a story; `tellings unbundle` makes a story of it")
        return
    left = MOST_UNPACKED
    stories = [file.removesuffix(STORY) for file in names if file.rpartition("/")[2] == STORY]
    yield from (Offer(printable(f"{name}{INSIDE}{story}{STORY}"), problem=ANOTHER_STORY) for story in sorted(stories))
    members = [member for member in members
               if all(member.filename.removeprefix(story).split("/")[0] in OF_STORY for story in stories
                      if member.filename.startswith(story))]
    pages = _pages(member.filename for member in members)
    parts = {folder for member in members for folder in _above(member.filename) if _page_of(folder, pages)}
    yield from (_parts(f"{name}{INSIDE}{folder}") for folder in sorted(parts))
    for member in sorted(members, key=lambda member: not _may_be_list(member.filename)):
        if member.is_dir() or parts.intersection(_above(member.filename)):
            continue
        offer = _member(archive, member, printable(f"{name}{INSIDE}{member.filename}"), left)
        left -= len(offer.data or b"")
        yield offer


def _above(name: str) -> Iterator[str]:
    """Yield the folders that a name in a ZIP is in, outermost first.

    Examples
    --------
    >>> list(_above("a/b_files/c.js"))
    ['a', 'a/b_files']
    """
    return (name[:match.start()] for match in re.finditer("/", name))


def _bad_directory(file: BinaryIO) -> str | None:
    """Look how long a ZIP says that its list of contents is: zipfile reads it whole, whatever its length."""
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - FIXED_END - LONGEST_COMMENT - LOCATOR))
    tail = file.read()
    at = tail.rfind(END_OF_ZIP)
    if at < 0 or len(tail) < at + FIXED_END:
        return "the ZIP is damaged: its end is missing"
    count = int.from_bytes(tail[at + 10 : at + 12], "little")
    length = int.from_bytes(tail[at + 12 : at + 16], "little")
    if count > MOST_MEMBERS or length > MOST_DIRECTORY or tail[max(0, at - LOCATOR) : at].startswith(LOCATOR_OF_ZIP64):
        return "the ZIP holds too many files, or was packed as one of more than 4 GB; unpack it and add the folder"
    return None


def _member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, shown: str, left: int) -> Offer:
    if any(map(HIDDEN.match, member.filename.split("/"))):
        return Offer(shown, problem="it is hidden")
    if stat.S_IFMT(member.external_attr >> 16) not in (0, stat.S_IFREG):  # 0: packed on Windows
        return Offer(shown, problem="it is no plain file (a link, a pipe or a device)")
    if member.flag_bits & 1:
        return Offer(shown, problem="it is encrypted; unpack it with its password and add the folder")
    if member.file_size > MOST_BYTES:
        return Offer(shown, problem=TOO_BIG)
    if member.file_size > max(NO_RATIO_BELOW, MOST_RATIO * member.compress_size):
        return Offer(shown, problem=f"it unpacks to more than {MOST_RATIO} times its size, as no text does")
    if member.file_size > left:
        return Offer(shown, problem=f"the archive unpacks to more than {MOST_UNPACKED // MEGABYTE} MB")
    try:
        with archive.open(member) as unpacked:
            data = _bounded(unpacked, min(left, MOST_BYTES))
    except DAMAGED as error:
        return Offer(shown, problem=f"it is damaged: {error}")
    if data is None:
        return Offer(shown, problem=TOO_BIG)
    if data.startswith(b"PK\x03\x04") and _is_archive(data):
        return Offer(shown, problem="it is an archive in an archive; unpack it and add what is in it")
    return Offer(shown, data)


def _is_archive(data: bytes) -> bool:
    """Tell a ZIP from a document in a ZIP by its first names, without unpacking anything."""
    return not any(name.encode() in data[: 2**16] or name.encode() in data[-(2**16) :] for name in OFFICE)


def _bounded(stream, most: int) -> bytes | None:
    """Read a stream to its end, or nothing where that lies too far."""
    pieces, length = [], 0
    while piece := stream.read(2**16):
        length += len(piece)
        if length > most:
            return None
        pieces.append(piece)
    return b"".join(pieces)


# WARC


def _warc(file: BinaryIO, name: str) -> Iterator[Offer]:
    """Yield the pages of a web archive, one record in memory at a time; the other records are counted."""
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    others: Counter[str] = Counter()
    told: list[str] = []
    left = MOST_UNPACKED
    zipped = file.read(2) == b"\x1f\x8b"
    file.seek(0)
    # Unpacked here and not by warcio, which takes damage for the end.
    stream = _Watched(gzip.GzipFile(fileobj=file) if zipped else file)
    records = ArchiveIterator(stream)
    try:
        while record := _next_record(records, stream):
            kind = _page_type(record)
            if kind is None:
                others[_other(record)] += 1
            else:
                url = (record.rec_headers.get_header("WARC-Target-URI") or "").strip("<>")
                shown = printable(f"{name}{INSIDE}{url}")
                data = _bounded(record.content_stream(), min(left, MOST_BYTES))
                left -= len(data or b"")
                too_much = f"the archive unpacks to more than {MOST_UNPACKED // MEGABYTE} MB"
                problem = TOO_BIG if left > MOST_BYTES else too_much
                packed = record.http_headers and record.http_headers.get_header("Content-Encoding")
                if (packed or "").lower() not in UNPACKED:
                    data, problem = None, f"it is packed as '{printable(packed)[:20]}', which is not read"
            while record.raw_stream.read(2**16):  # what is left of it
                pass
            if getattr(record.raw_stream, "limit", 0):
                raise OSError("a record is cut short")
            if kind is not None:
                yield Offer(shown, data, None if data is not None else problem, url or None, kind)
        if stream.end != b"\r\n\r\n":
            raise OSError("it ends in the midst of a record")
    except (ArchiveLoadFailed, UnicodeDecodeError, *DAMAGED) as error:
        told.append(f"the web archive is damaged: {printable(str(error))[:200]}")
    if others:
        counted = ", ".join(f"{number} {kind}" for kind, number in sorted(others.items()))
        told.append(f"records that hold no page: {counted}")
    if told:
        yield Offer(name, problem="; ".join(told))


class _Watched:
    """A stream that gives only so much: warcio looks for the end of a line however far it is."""

    def __init__(self, stream: BinaryIO):
        self.stream, self.left, self.end = stream, 0, b""

    def read(self, size: int) -> bytes:
        try:
            data = self.stream.read1(size)  # not beyond what is whole, where damage follows
        except EOFError as error:  # which warcio takes for the end
            raise OSError("it ends in the midst") from error
        self.left -= len(data)
        self.end = (self.end + data[-4:])[-4:]
        if self.left < 0:
            raise ValueError("its headers are too long")
        return data

    def tell(self) -> int:
        return self.stream.tell()


def _next_record(records, stream: _Watched):
    stream.left = MOST_HEADERS
    record = next(records, None)
    stream.left = sys.maxsize
    return record


def _page_type(record) -> str | None:
    """Return the type of a record that holds a page, nothing for others."""
    if record.rec_type == "resource":
        kind = record.rec_headers.get_header("Content-Type") or ""
    elif record.rec_type == "response" and record.http_headers and record.http_headers.get_statuscode() == "200":
        kind = record.http_headers.get_header("Content-Type") or ""
    else:
        return None
    is_page = kind.lower().startswith(PAGE_TYPES) and not kind.lower().startswith(NO_PAGES)
    return kind if is_page else None


def _other(record) -> str:
    if record.rec_type == "response" and record.http_headers:
        kind = (record.http_headers.get_header("Content-Type") or "of no type").partition(";")[0].strip()
        return printable(f"{kind} ({record.http_headers.get_statuscode()})")
    return printable(str(record.rec_type))
