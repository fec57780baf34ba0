"""Sources → articles of a story folder, with a row in the ledger for each: what `tellings add` does."""

from __future__ import annotations

import csv
import hashlib
import io
import re
import tomllib
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from ..articles import Article, count_words, read_days
from ..copies import near_copies
from ..errors import InputError
from ..files import BYTE_ORDER_MARK, read_rows, read_text, rows_as_csv, unguarded
from ..story import ARTICLE_COLUMNS, LAYOUT_COLUMNS, read_about
from . import formats, journal
from .condition import condition
from .draft import Draft, Offer
from .formats.plain import furniture
from .language import language
from .ledger import DROPPED, DUPLICATE, FILE, KEPT, Entry, as_csv, read_ledger
from .lists import TAKEN, UNUSED, completed, read_list
from .sources import INSIDE, offers
from .spun import spun

# Probability that a text is in the story's language, below which it is refused. Of English sentences full of German
# names it is 1e-5 and more, of a single German sentence 1e-6 and less; in between a text is kept, and the ledger tells.
FOREIGN = 1e-5
LONGEST_ID = 60  # characters: it is the name of a file, and stands in every row of every table
TITLE_IN_ID = 5  # words of the title, where a file holds several articles
RESERVED = re.compile(r"con|prn|aux|nul|com\d|lpt\d")  # names that Windows keeps for devices
LONGEST_OUTLET = 100  # characters
TAKEN_OUT = ("it was taken out of articles.csv by hand, and stays out; to have it again, "
             "take the rows of its file out of ledger.csv first")
OUTLETS = re.compile(r"^[ \t]*\[outlets\][ \t]*(?:#.*)?$", re.MULTILINE)
SECTION = re.compile(r"^[ \t]*\[", re.MULTILINE)


@dataclass(frozen=True)
class Added:
    """What became of what was offered: the ledger's rows, and how many files were in the story already."""

    entries: list[Entry]
    known: int


@dataclass
class _Story:
    """What a story folder holds while articles are added to it."""

    folder: Path
    language: str  # that its model reads
    tables: dict[str, bytes | None]  # the files that people write too, as they were read
    ledger: dict[tuple[str, str], list[Entry]]  # source, checksum of its bytes → its rows, in the order of adding
    ids: set[str] = field(default_factory=set)
    bodies: dict[str, str] = field(default_factory=dict)
    rows: dict[str, dict[str, str]] = field(default_factory=dict)  # of articles.csv, by article
    filled: dict[str, dict[str, str]] = field(default_factory=dict)  # cells there that were empty, and are no longer
    # Of the articles, as they were found and as a person wrote them since; empty where unknown.
    outlets: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    published: dict[str, str] = field(default_factory=dict)
    by_text: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))  # checksum → article → title
    names: dict[str, int] = field(default_factory=lambda: defaultdict(int))  # how often an id was wanted
    # Of each list its folder, what it says of files, and its place in the ledger.
    lists: list[tuple[str, dict[str, Draft], tuple[str, str]]] = field(default_factory=list)
    articles: list[list[str]] = field(default_factory=list)  # new rows of articles.csv
    layout: list[list[str]] = field(default_factory=list)


def add(folder: Path, sources: Iterable[str], *, columns: Mapping[str, str] | None = None, allow_local: bool = False,
        dry_run: bool = False, progress: Callable[[str], None] = lambda name: None) -> Added:
    """Add articles to a story, all of them or, where it is interrupted, none until the next call.

    Parameters
    ----------
    folder : the story's folder.
    sources : files, folders and URLs; none, to finish what was interrupted.
    columns : of tables: what an article has (text, title, outlet, published, url) → the column that holds it.
    allow_local : whether URLs may lead to this computer and its network.
    dry_run : whether to tell only what would be added.
    progress : called with the name of each file that is read.

    Raises
    ------
    InputError : a source is not there, another process is adding, or a file of the story has a fault.
    """
    with journal.staging(folder) as staged:
        story = _open(folder)
        before, known = as_csv(_rows(story)), set(story.ledger)
        offered: dict[tuple[str, str], None] = {}  # in their order, each once
        for offer in offers(sources, story=folder, allow_local=allow_local):
            progress(offer.name)
            offered[_take(offer, story, staged, columns)] = None
        for name, _ in offered:
            if (name, "") not in offered:  # it could not be read when it was offered before
                story.ledger.pop((name, ""), None)
        if story.articles:
            _name_copies(story)
        if as_csv(_rows(story)) != before and not dry_run:
            _stage(story, staged)
            journal.commit(folder)
        return Added([entry for key in offered for entry in story.ledger[key]], sum(key in known for key in offered))


def _rows(story: _Story) -> list[Entry]:
    return [entry for entries in story.ledger.values() for entry in entries]


# What the story holds already


def _open(folder: Path) -> _Story:
    names = ("articles.csv", "layout.csv", FILE, "story.toml")
    tables = {name: (folder / name).read_bytes() if (folder / name).exists() else None for name in names}
    ledger = defaultdict(list)
    for entry in read_ledger(folder):
        ledger[entry.source, entry.sha256].append(entry)
    story = _Story(folder, read_about(folder / "story.toml").language, tables, dict(ledger))
    layout = defaultdict(dict)
    for _, row in read_rows(folder / "layout.csv", LAYOUT_COLUMNS) if tables["layout.csv"] else ():
        layout[row["article_id"]][row["line"]] = row["part"]
    articles = read_rows(folder / "articles.csv", ARTICLE_COLUMNS, key="article_id") if tables["articles.csv"] else ()
    for _, row in articles:
        article_id, text = row["article_id"], read_text(folder / "texts" / f"{row['article_id']}.txt")
        lines = [(layout[article_id].get(str(number)), line) for number, line in enumerate(text.split("\n"), 1)]
        title = " ".join(line for part, line in lines if part == "headline")
        body = " ".join(line for part, line in lines if part != "headline")
        _know(story, article_id, title, body, unguarded(row["outlet"]), row["published_earliest"])
        story.bodies[article_id] = "\n".join(line for part, line in lines if not part)
        story.rows[article_id] = row
    for entries in story.ledger.values():
        entries[:] = [_as_left(entry, story) for entry in entries]
    story.ids |= {file.stem.lower() for file in (folder / "texts").glob("*.txt")}
    return story


def _as_left(entry: Entry, story: _Story) -> Entry:
    """Return a row of the ledger as a person left its article, who may have taken it out, or named its outlet anew."""
    if entry.decision != KEPT:
        return entry
    if entry.article_id not in story.bodies:
        return replace(entry, decision=DROPPED, article_id="", of="", similarity="", why=TAKEN_OUT)
    story.outlets[entry.article_id] |= {entry.outlet} - {""}
    return entry


def _know(story: _Story, article_id: str, title: str, body: str, outlet: str, published: str) -> None:
    story.ids.add(article_id.lower())
    story.bodies[article_id], story.published[article_id] = body, published
    story.outlets[article_id].add(outlet)
    story.by_text[_fingerprint(body)][article_id] = " ".join(title.split())


def _fingerprint(text: str) -> str:
    """Return a checksum that is the same for texts that differ by white space alone."""
    return hashlib.sha256(" ".join(text.split()).encode("utf-8", "surrogatepass")).hexdigest()


# One offer


def _take(offer: Offer, story: _Story, staged: Path, columns: Mapping[str, str] | None) -> tuple[str, str]:
    """Read an offer and note what becomes of it; return its place in the ledger."""
    key = offer.name, "" if offer.data is None else hashlib.sha256(offer.data).hexdigest()
    if _is_settled(story.ledger.get(key, [])):
        _fill(story, key, _said(offer, story))
        return key
    about = Entry(offer.name, decision=DROPPED, sha256=key[1], format=_format(offer))
    if offer.data is None:
        story.ledger[key] = [replace(about, why=offer.problem or "it could not be read")]
        return key
    try:
        drafts = formats.read(offer, columns=columns)
    except InputError as error:
        said = read_list(offer)
        story.lists.append((_place(offer)[0], said, key))
        if not said or [entry.why for entry in story.ledger.get(key, ())] != [TAKEN]:
            notes = f"{error.remedy}; {UNUSED}" if said else error.remedy
            story.ledger[key] = [replace(about, why=error.problem, notes=notes)]
        return key
    if len(drafts) == 1 and (said := _said(offer, story)):
        drafts = [completed(drafts[0], said)]
    entries = [_take_draft(draft, replace(about, part=str(number)), offer, len(drafts) == 1, story, staged)
               for number, draft in enumerate(drafts, 1)]
    if offer.url and (older := _fetched_before(offer, entries, story)):
        return older
    story.ledger[key] = entries or [replace(about, why="there is no article in it")]
    return key


def _fetched_before(offer: Offer, entries: list[Entry], story: _Story) -> tuple[str, str] | None:
    """Return the earlier place of a page whose article is the same: around it a page changes with each visit."""
    again = {entry.of for entry in entries if entry.decision == DUPLICATE}
    if len(again) != len(entries):
        return None
    return next((key for key, rows in story.ledger.items()
                 if key[0] == offer.name and again == {row.article_id for row in rows}), None)


def _is_settled(entries: list[Entry]) -> bool:
    """Tell whether all that a file holds is in the story or was taken out; what was dropped may be read now."""
    return bool(entries) and all(entry.decision != DROPPED or entry.why == TAKEN_OUT for entry in entries)


def _fill(story: _Story, key: tuple[str, str], said: Draft | None) -> None:
    """Fill what is empty of an article that the story has by what a list says, which may have been written since."""
    entry, *others = story.ledger[key]
    if not said or others or entry.article_id not in story.rows:
        return
    row, ((earliest, latest), zone, _) = story.rows[entry.article_id], _published(said.published)
    new: dict[str, str] = {}
    if said.outlet and not row["outlet"]:
        new |= {"outlet": _line(said.outlet)[:LONGEST_OUTLET].strip(), "outlet_basis": "stated"}
        entry = replace(entry, outlet=new["outlet"], outlet_found=_line(said.outlet_found))
    if earliest and not row["published_earliest"] and not row["published_latest"]:
        new |= {"published_earliest": earliest, "published_latest": latest, "published_basis": "stated"}
        entry = replace(entry, published=_line(said.published), published_found=_line(said.published_found),
                        published_zone=zone)
    new |= {name: value for name in ("title", "url") if not row[name] and (value := _line(getattr(said, name)))}
    if new:
        story.filled[entry.article_id] = new
        story.published[entry.article_id] = new.get("published_earliest", row["published_earliest"])
        story.ledger[key] = [entry]


def _place(offer: Offer) -> tuple[str, str]:
    """Split the name of an offer into the folder or archive it is in, and its own."""
    own = re.split(f"/|{INSIDE}", offer.name)[-1]
    return offer.name.removesuffix(own), own


def _said(offer: Offer, story: _Story) -> Draft | None:
    """Return what a list in the same folder, or above it, says of a file, and note that the list is one."""
    folder, own = _place(offer)
    for place, said, key in story.lists:
        if folder.startswith(place) and (found := said.get(own.lower()) or said.get(own.rpartition(".")[0].lower())):
            story.ledger[key] = [replace(entry, why=TAKEN, notes="") for entry in story.ledger[key]]
            return found
    return None


def _format(offer: Offer) -> str:
    suffix = re.search(r"\.(\w{1,8}(?:\.gz)?)$", offer.name) if not offer.url else None
    return suffix[1].lower() if suffix else (offer.content_type or "").partition(";")[0].strip()


def _take_draft(draft: Draft, about: Entry, offer: Offer, alone: bool, story: _Story, staged: Path) -> Entry:
    before = story.ledger.get((about.source, about.sha256), ())
    if out := next((entry for entry in before if (entry.part, entry.why) == (about.part, TAKEN_OUT)), None):
        return out
    if draft.problem:
        return replace(about, format=draft.format or about.format, why=draft.problem)
    body, title = _whole(draft.text).strip(), _line(draft.title)
    code, probability = language(body, story.language)
    days, zone, doubt = _published(draft.published)
    outlet = _line(draft.outlet)[:LONGEST_OUTLET].strip()
    state, reason = condition(draft)
    notes = [*draft.notes, *doubt]
    if state == "excerpt" and reason not in notes:
        notes.append(reason)
    if code not in (None, story.language):
        notes.append(f"perhaps in another language ('{code}')")
    if draft.author:
        notes.append(f"author: {draft.author}")
    about = replace(
        about, encoding=draft.encoding or "", language=code or "", words=str(count_words(body)), outlet=outlet,
        outlet_found=_line(draft.outlet_found), published=_line(draft.published) if days else "",
        published_found=_line(draft.published_found), published_zone=zone, notes=_line("; ".join(notes)),
        condition=state, removed_characters=str(len(draft.removed)), format=draft.format or about.format,
        suspected=_line(", ".join(spun(draft.text))))
    if not body:
        return replace(about, why="there is no text in it")
    if probability < FOREIGN:
        return replace(about, notes="", why=(
            f"the text is in another language ('{code}') than the story's model reads ('{story.language}'): "
            "name a spaCy model for it in the story.toml of a story of its own"))
    text = f"{title}\n\n{body}\n" if title else f"{body}\n"
    if same := _same(title, body, outlet, story):
        return _known_again(same, about, before)
    try:
        Article(article_id="x", text=text)
    except ValueError as error:
        return replace(about, why=error.errors()[0]["msg"].removeprefix("Value error, "))
    article_id = _identify(offer, about, title, alone, story)
    _know(story, article_id, title, body, outlet, days[0])
    story.articles.append([article_id, outlet, "stated" if outlet else "unknown", "", title, *days,
                           "stated" if days[0] else "unknown", "", _line(draft.url or offer.url), about.condition])
    lines = text.split("\n")
    parts = {1: "headline"} if title else {}
    parts |= {number + 2 * bool(title): part for number, part, _ in furniture(body)}
    story.layout += [[article_id, str(number), part, lines[number - 1]] for number, part in parts.items()]
    _write(staged / "texts" / f"{article_id}.txt", text)
    if draft.removed:
        _write(staged / "removed" / f"{article_id}.txt", _whole(draft.removed))
    return replace(about, decision=KEPT, article_id=article_id)


def _whole(text: str) -> str:
    """Return a text whose every character can be written as UTF-8, with line breaks as the story's texts have them."""
    return text.replace("\r\n", "\n").replace("\r", "\n").encode("utf-8", "replace").decode("utf-8")


def _line(text: str | None) -> str:
    return " ".join(_whole(text or "").split())


def _published(text: str | None) -> tuple[tuple[str, str], str, list[str]]:
    """Return first and last day, the zone of a moment, and what is doubtful."""
    if not text:
        return ("", ""), "", []
    try:
        earliest, latest = read_days(text)
    except ValueError:
        return ("", ""), "", [f"the date {text!r:.60} is not understood"]
    zone = re.search(r"T.*(Z|[+-]\d\d:?\d\d)$", text)
    return (str(earliest), str(latest)), zone[1].replace("Z", "+00:00") if zone else "none", []


def _same(title: str, body: str, outlet: str, story: _Story) -> str | None:
    """Return the article with the same words, which may stand once without a title, or with an outlet not known.

    The same words under another title or in another outlet are a telling of their own.
    """
    return next((known for known, its_title in story.by_text.get(_fingerprint(body), {}).items()
                 if title in (its_title, "") or not its_title
                 if not outlet or story.outlets[known] & {"", outlet}), None)


def _known_again(same: str, about: Entry, before: Iterable[Entry]) -> Entry:
    """Note a text that the story has: the same article where it came from the same place, else a duplicate of it."""
    for entry in before:
        if entry.part == about.part and same in (entry.article_id, entry.of):
            return entry
    return replace(about, decision=DUPLICATE, of=same, similarity="1.00", why=f"the text is that of {same}")


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, encoding="utf-8", newline="")


# Names


def _identify(offer: Offer, about: Entry, title: str, alone: bool, story: _Story) -> str:
    """Name an article: by its file, or by outlet, day and title where the file holds several or is a page."""
    own = _place(offer)[1]
    stem = _slug(own.rpartition(".")[0] or own)
    words = _slug(title).split("-")[:TITLE_IN_ID]
    told = "-".join(filter(None, (_slug(about.outlet), _slug(about.published[:10]), *words)))
    page = alone and offer.url is not None
    base = stem if alone and not page else told if title else "-".join(filter(None, (stem, about.part)))
    base = (base or stem or "article")[:LONGEST_ID].strip("-") or "article"
    base = f"text-{base}" if RESERVED.fullmatch(base) else base
    while True:
        story.names[base] += 1
        name = base if story.names[base] == 1 else f"{base}-{story.names[base]}"
        if name not in story.ids:
            return name


def _slug(text: str) -> str:
    """Return letters and digits of ASCII, joined by hyphens.

    Examples
    --------
    >>> _slug("Le Monde (Paris), 18 août"), _slug("Straßburg")
    ('le-monde-paris-18-aout', 'strassburg')
    """
    plain = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
    return "-".join(re.findall(r"[a-z0-9]+", plain))


# Into the story


def _name_copies(story: _Story) -> None:
    """Note of every article in the ledger whose account it copies; nothing is dropped for it."""
    days = {name: read_days(day)[0] for name, day in story.published.items() if day}
    copies = {copy.article_id: copy for copy in near_copies(story.bodies, published=days)}
    for entries in story.ledger.values():
        for place, entry in enumerate(entries):
            if entry.decision == KEPT:
                copy = copies.get(entry.article_id)
                of, similarity = (copy.of, f"{copy.similarity:.2f}") if copy else ("", "")
                entries[place] = replace(entry, of=of, similarity=similarity)


def _stage(story: _Story, staged: Path) -> None:
    """Stage the tables; rows are put below what people wrote, which stays as it is."""
    for name, columns, rows in (("articles.csv", ARTICLE_COLUMNS, story.articles),
                                ("layout.csv", LAYOUT_COLUMNS, story.layout)):
        before = story.tables[name]
        after = _filled(before, story.filled) if name == "articles.csv" and story.filled else before
        if rows or after != before:
            journal.replace(staged, name, before, _appended(after, columns, rows))
    found = {row[1] for row in story.articles} | {row.get("outlet", "") for row in story.filled.values()}
    new = sorted(found - {""})
    before = story.tables["story.toml"]
    if (after := _with_outlets(before.decode("utf-8"), new).encode("utf-8")) != before:
        journal.replace(staged, "story.toml", before, after)
    journal.replace(staged, FILE, story.tables[FILE], as_csv(_rows(story)).encode("utf-8"))


def _appended(before: bytes | None, columns: list[str], rows: list[list[str]]) -> bytes:
    if not before:
        return rows_as_csv([columns, *rows]).encode("utf-8")
    header = next(csv.reader(io.StringIO(before.decode("utf-8").removeprefix(BYTE_ORDER_MARK), newline="")))
    places = [columns.index(name) for name in header]  # a person may have put the columns in another order
    gap = b"" if before.endswith(b"\n") else b"\n"
    return before + gap + rows_as_csv([row[place] for place in places] for row in rows).encode("utf-8")


def _filled(before: bytes, filled: Mapping[str, Mapping[str, str]]) -> bytes:
    """Return a table of articles with cells filled."""
    header, *rows = csv.reader(io.StringIO(before.decode("utf-8").removeprefix(BYTE_ORDER_MARK), newline=""))
    rows = [dict(zip(header, map(unguarded, row))) for row in rows if row]
    rows = [{**row, **filled.get(row["article_id"], {})} for row in rows]
    return rows_as_csv([header, *(row.values() for row in rows)]).encode("utf-8")


def _with_outlets(toml: str, names: list[str]) -> str:
    """Write outlets that are new into the section [outlets], at its end, and leave all else as it is.

    Raises
    ------
    InputError : the section is written in another way, which only a person can add to.
    """
    before = tomllib.loads(toml)
    new = [name for name in names if name not in before.get("outlets", {})]
    if not new:
        return toml
    lines = "".join(f'{_quoted(name)} = ""  # say what a reader should know of it\n' for name in new)
    section = OUTLETS.search(toml)
    following = SECTION.search(toml, section.end()) if section else None
    at = following.start() if following else len(toml)
    head = toml[:at].rstrip() + "\n"
    after = (head if section else f"{head}\n[outlets]\n") + lines + ("\n" + toml[at:] if following else "")
    wanted = {**before, "outlets": {**before.get("outlets", {}), **dict.fromkeys(new, "")}}
    try:
        if tomllib.loads(after) == wanted:
            return after
    except tomllib.TOMLDecodeError:
        pass  # told like any other way of writing that is not understood
    raise InputError(f"the outlets {', '.join(new)} cannot be written into it",
                     "give it a section [outlets] with one line for each outlet", file="story.toml")


def _quoted(text: str) -> str:
    """Write a string as TOML does.

    Examples
    --------
    >>> print(_quoted("a\\nb"))
    "a\\u000Ab"
    """
    escaped = re.sub(r'["\\]', lambda c: f"\\{c[0]}", text)
    return '"' + re.sub(r"[\x00-\x1f\x7f]", lambda c: f"\\u{ord(c[0]):04X}", escaped) + '"'
