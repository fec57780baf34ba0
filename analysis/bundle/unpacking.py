"""Bundle, and the texts that somebody supplies → story folder."""

from __future__ import annotations

import shutil
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

from pydantic import ValidationError

from ..codings import COLUMNS
from ..errors import InputError
from ..files import read_rows, read_text, unguarded
from ..story import ARTICLE_COLUMNS, GOLD_COLUMNS, LAYOUT_COLUMNS, load_gold, load_story
from ..tables import TABLES
from .form import (
    ARTICLES, EVIDENCE, GOLD_WORDS, LARGEST, LAYOUT, MANIFEST, MEMBER, PLACES, Manifest, Shape, plain, sha256, sketched,
)
from .packing import as_it_is, safe, written

MOST_BYTES = 2**30  # of all files unpacked
MOST_MEMBERS = 100_000
MOST_PACKED = 200  # times smaller than unpacked: tables shrink to a thirtieth, a bomb of zeros to a thousandth
ENCRYPTED, METHODS = 1, (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
UNSUSPECTED = 2**20  # bytes of a file for which it does not matter how well it is packed
LARGEST_TEXT = 16 * 2**20  # bytes: an article has at most a million characters
ALIKE = 0.1  # resemblance from which a supplied file is taken to be meant for an article
ANEW = "ask whoever made the bundle for another one"
HOW = {"identical": "the very text", "restored": "the same words; their line breaks or end restored",
       "titled": "the same words; the title put above them",
       "differs": "another text, left out", "missing": "no text for it, left out"}
FOUND = ("identical", "restored", "titled")


@dataclass(frozen=True, slots=True)
class Match:
    """What became of an article of the bundle: how its text was found (`HOW`), in which file, how like that is."""

    article_id: str
    how: str
    file: str | None = None
    similarity: float | None = None
    more_characters: int | None = None


def unbundle(file: Path, out: Path, texts: Path | None = None) -> tuple[list[Match], bool]:
    """Make a story folder of a bundle and the texts that belong to it.

    Texts are known by their checksums, whatever their files are called. The words that the bundle had only as offsets
    are cut out of them again: evidence, layout, gold, and the passages of the results. Articles whose text is not found
    are left out, with all that was coded in them; supply their texts, and unpack again.

    Parameters
    ----------
    file : the bundle.
    out : the folder to make; it must be empty or not be there.
    texts : a folder of `.txt` files, searched with its folders; not needed where the bundle has its texts.

    Returns
    -------
    A `Match` for every article, and whether a story was made: not where no text was found, and then nothing is written.

    Raises
    ------
    InputError : this is no bundle, or one that would harm; nothing is written.
    """
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise InputError("there is something here already", "name a new folder for --out", file=out)
    near = next(place for place in out.absolute().parents if place.exists())
    with TemporaryDirectory(dir=near, prefix=f".{out.name}.") as drafts:
        packed, story = Path(drafts, "packed"), Path(drafts, "story")
        _extract(file, packed)
        manifest = _told_of(file, packed, lambda: _manifest(packed))
        matches = _match(manifest.articles, packed / "texts" if manifest.texts else texts, story / "texts",
                         _told_of(file, packed, lambda: _titles(packed)))
        there = {match.article_id for match in matches if match.how in FOUND}
        if not there:
            return matches, False
        _told_of(file, packed, lambda: _build(packed, story, there))
        _told_of(file, story, lambda: load_gold(load_story(story)))
        out.parent.mkdir(parents=True, exist_ok=True)
        if out.exists():
            out.rmdir()  # it is empty; Windows renames nothing onto a folder
        story.replace(out)
    return matches, True


def _told_of(bundle: Path, folder: Path, do: Callable):
    """Do something with unpacked files; a fault in one of them is told as a fault of the bundle."""
    try:
        return do()
    except InputError as error:
        place = Path(error.file or folder)
        inside = place.relative_to(folder).as_posix() if place.is_relative_to(folder) else place.name
        raise InputError(error.problem, ANEW, file=f"{bundle}: {inside}", line=error.line) from error


def _extract(file: Path, folder: Path) -> None:
    """Unpack a bundle's members, after a look at all of them: no name leads elsewhere, and they are not too much."""
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
            problem = _suspicion(entries)
            if problem:
                raise InputError(problem, ANEW, file=file)
            for entry in entries:
                target = folder / entry.filename
                target.parent.mkdir(parents=True, exist_ok=True)
                with archive.open(entry) as source, target.open("xb") as copy:
                    shutil.copyfileobj(source, copy)  # reads no more than the size that was looked at
    except FileNotFoundError as error:
        raise InputError("there is no such file", "check the name", file=file) from error
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, UnicodeError, ValueError) as error:
        raise InputError(f"this is no bundle, or a damaged one: {error}", "give a file that `tellings bundle` wrote",
                         file=file) from error


def _suspicion(entries: list[zipfile.ZipInfo]) -> str | None:
    """Say what speaks against unpacking these."""
    names = [entry.filename for entry in entries]
    strange = next((name for name in names if not MEMBER.fullmatch(name)), None)
    if strange is not None:
        return f"{strange!r:.80} is no file of a bundle"
    if len({name.casefold() for name in names}) < len(names) or len(names) > MOST_MEMBERS:
        return "a file stands twice in it, or there are too many"
    if any(entry.flag_bits & ENCRYPTED or entry.compress_type not in METHODS for entry in entries):
        return "it is encrypted, or packed in a way that bundles are not"
    if any(entry.file_size > max(UNSUSPECTED, MOST_PACKED * entry.compress_size) for entry in entries):
        return "it unpacks to far more than it seems"
    if any(entry.file_size > LARGEST for entry in entries) or sum(entry.file_size for entry in entries) > MOST_BYTES:
        return f"it unpacks to more than {MOST_BYTES >> 20} MB, or a file of it to more than {LARGEST >> 20}"
    return None if MANIFEST in names else f"there is no {MANIFEST} in it"


def _manifest(folder: Path) -> Manifest:
    try:
        return Manifest.model_validate_json(read_text(folder / MANIFEST))
    except ValidationError as failure:
        error = failure.errors()[0]
        place = ".".join(map(str, error["loc"]))
        raise InputError(f"'{place}': {error['msg']}", ANEW, file=folder / MANIFEST) from failure


def _titles(packed: Path) -> dict[str, str]:
    """Return the articles' titles, which `tellings add` may have put above texts that came without."""
    rows = read_rows(packed / "articles.csv", ARTICLES, others=True)
    return {row["article_id"]: unguarded(row["title"]) for _, row in rows}


def _match(shapes: list[Shape], folder: Path | None, target: Path, titles: dict[str, str]) -> list[Match]:
    """Find each article's text among the files of a folder, and write those found, each in its own form, to another."""
    target.mkdir(parents=True)
    exact, same = {}, {}
    supplied = _supplied(folder) if folder else []
    for file in supplied:  # one text at a time: a class may have a hundred, an archive a hundred thousand
        text = _text(file)
        exact.setdefault(sha256(text), file)
        same.setdefault(sha256(plain(text)), file)
    matches, used = {}, set()
    for shape in shapes:
        file, how = exact.get(shape.sha256), "identical"
        if file is None:
            file, how = same.get(shape.plain_sha256), "restored"
        text = shape.restored(_text(file)) if file else None
        if text is not None:
            (target / f"{shape.article_id}.txt").write_bytes(text.encode("utf-8"))
            matches[shape.article_id] = Match(shape.article_id, how, file.relative_to(folder).as_posix())
            used.add(file)
    others = {file.relative_to(folder).as_posix(): (sketched(text), len(text))
              for file in supplied if file not in used for text in [_text(file)]}
    for shape in shapes:
        if shape.article_id in matches:
            continue
        match = matches[shape.article_id] = _nearest(shape, others)
        title = titles.get(shape.article_id)
        if title and match.file and (text := shape.restored(f"{title}\n\n{plain(_text(folder / match.file)).strip()}")):
            (target / f"{shape.article_id}.txt").write_bytes(text.encode("utf-8"))
            matches[shape.article_id] = Match(shape.article_id, "titled", match.file)
    return [matches[shape.article_id] for shape in shapes]


def _supplied(folder: Path) -> list[Path]:
    """List the text files of a folder; what is no file, too large, or a link to elsewhere is passed over."""
    if not folder.is_dir():
        raise InputError("there is no such folder", "name the folder that holds the articles' texts", file=folder)
    return sorted(file for file in folder.rglob("*.txt")
                  if file.is_file() and not file.is_symlink() and file.stat().st_size <= LARGEST_TEXT)


def _text(file: Path) -> str:
    return file.read_bytes().decode("utf-8", "replace")  # with other bytes in it, it is another text


def _nearest(shape: Shape, supplied: dict[str, tuple[str, int]]) -> Match:
    """Name the file (sketch and length) that is meant for an article, by its name or likeness, but has another text."""
    likeness = {name: shape.likeness(sketch) for name, (sketch, _) in supplied.items()}
    named = next((name for name in supplied if Path(name).stem == shape.article_id), None)
    nearest = named or max(likeness, key=likeness.__getitem__, default=None)
    if nearest is None or not named and likeness[nearest] < ALIKE:
        return Match(shape.article_id, "missing")
    return Match(shape.article_id, "differs", nearest, likeness[nearest], supplied[nearest][1] - shape.characters)


def _build(packed: Path, story: Path, there: set[str]) -> None:
    """Write a story of the articles whose texts are there, every word that was taken out back in its place."""
    for name in ("codebook", "codings", "gold", "results"):
        (story / name).mkdir()
    for file in (packed / "story.toml", packed / "ledger.csv", *packed.glob("codebook/*"), *packed.glob("removed/*")):
        if file.exists():
            target = story / file.relative_to(packed)
            target.parent.mkdir(exist_ok=True)
            shutil.copyfile(file, target)

    @lru_cache(maxsize=8)  # rows of an article stand together
    def text_of(article_id: str) -> str:
        return _text(story / "texts" / f"{article_id}.txt")

    for name, needed, columns, words in _restorable(packed):
        by_hand = name.startswith(("gold/", "codings/"))
        read = as_it_is if by_hand else unguarded
        rows = (_with_words({column: read(cell) for column, cell in row.items()}, words, text_of(row["article_id"]),
                            packed / name, line)
                for line, row in read_rows(packed / name, needed, others=True) if row["article_id"] in there)
        (story / name).write_bytes(written(columns, rows, guard=as_it_is if by_hand else safe))


def _restorable(packed: Path) -> Iterator[tuple[str, list[str], list[str], tuple[str, ...]]]:
    """Yield the tables of a bundle: name, columns it must have, columns to write, and which of these hold words."""
    yield "articles.csv", ARTICLES, ARTICLE_COLUMNS, EVIDENCE
    yield "layout.csv", LAYOUT, LAYOUT_COLUMNS, ("text",)
    for file in packed.glob("codings/*"):
        yield f"codings/{file.name}", COLUMNS, COLUMNS, ()
    for name, columns in GOLD_COLUMNS.items():
        if (packed / "gold" / f"{name}.csv").exists():
            yield f"gold/{name}.csv", ["article_id"], columns, ("text", *GOLD_WORDS)
    for name, schema in TABLES.items():
        if (packed / "results" / f"{name}.csv").exists():
            words = tuple(column for column, kind in schema.columns.items() if kind.metadata.get("words"))
            yield f"results/{name}.csv", ["article_id"], list(schema.columns), words


def _with_words(row: dict, words: tuple[str, ...], text: str, file: Path, line: int) -> dict:
    """Cut the words that a row has only as offsets, or as the number of a line, out of the article's text."""
    cut = {}
    for name in words:
        if file.name == "layout.csv":
            lines = text.split("\n")
            number = _whole(row["line"])
            if not 1 <= number <= len(lines):
                raise InputError(f"there is no line {row['line']!r:.40} in the text", ANEW, file=file, line=line)
            cut[name] = lines[number - 1].rstrip("\r")
            continue
        start, end = (row.get(place if name == "text" else f"{name}_{place}") for place in PLACES)
        if start and end:
            if not 0 <= _whole(start) <= _whole(end) <= len(text):
                raise InputError(f"there is no passage from {start:.40} to {end:.40} in the text", ANEW,
                                 file=file, line=line)
            cut[name] = text[_whole(start) : _whole(end)]
    return {**row, **cut}


def _whole(cell: str) -> int:
    """Read a whole number; what is none, or no place in a text, is -1."""
    return int(cell) if cell.isdecimal() and len(cell) < 10 else -1
