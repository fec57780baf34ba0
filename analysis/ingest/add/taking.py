"""One offer → articles of the story and rows of its ledger."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from ...articles import Article, count_words, read_days
from ...errors import InputError
from .. import formats
from ..condition import condition
from ..draft import Draft, Offer
from ..formats.plain import furniture
from ..language import language
from ..ledger import DROPPED, DUPLICATE, KEPT, Entry
from ..lists import TAKEN, UNUSED, completed, read_list
from ..spun import spun
from .holding import TAKEN_OUT, Held, fingerprint, know
from .naming import identify, place_of

# Probability that a text is in the story's language, below which it is refused. Of English sentences full of German
# names it is 1e-5 and more, of a single German sentence 1e-6 and less; in between a text is kept, and the ledger tells.
FOREIGN = 1e-5
LONGEST_OUTLET = 100  # characters


def take(offer: Offer, story: Held, staged: Path, columns: Mapping[str, str] | None) -> tuple[str, str]:
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
        story.lists.append((place_of(offer)[0], said, key))
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


def _fetched_before(offer: Offer, entries: list[Entry], story: Held) -> tuple[str, str] | None:
    """Return the earlier place of a page whose article is the same: around it a page changes with each visit."""
    again = {entry.of for entry in entries if entry.decision == DUPLICATE}
    if len(again) != len(entries):
        return None
    return next((key for key, rows in story.ledger.items()
                 if key[0] == offer.name and again == {row.article_id for row in rows}), None)


def _is_settled(entries: list[Entry]) -> bool:
    """Tell whether all that a file holds is in the story or was taken out; what was dropped may be read now."""
    return bool(entries) and all(entry.decision != DROPPED or entry.why == TAKEN_OUT for entry in entries)


def _fill(story: Held, key: tuple[str, str], said: Draft | None) -> None:
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


def _said(offer: Offer, story: Held) -> Draft | None:
    """Return what a list in the same folder, or above it, says of a file, and note that the list is one."""
    folder, own = place_of(offer)
    for place, said, key in story.lists:
        if folder.startswith(place) and (found := said.get(own.lower()) or said.get(own.rpartition(".")[0].lower())):
            story.ledger[key] = [replace(entry, why=TAKEN, notes="") for entry in story.ledger[key]]
            return found
    return None


def _format(offer: Offer) -> str:
    suffix = re.search(r"\.(\w{1,8}(?:\.gz)?)$", offer.name) if not offer.url else None
    return suffix[1].lower() if suffix else (offer.content_type or "").partition(";")[0].strip()


def _take_draft(draft: Draft, about: Entry, offer: Offer, alone: bool, story: Held, staged: Path) -> Entry:
    before = story.ledger.get((about.source, about.sha256), ())
    if out := next((entry for entry in before if (entry.part, entry.why) == (about.part, TAKEN_OUT)), None):
        return out
    if draft.problem:
        return replace(about, format=draft.format or about.format, why=draft.problem)
    body, title = _whole(draft.text).strip(), _line(draft.title)
    about, probability = _described(draft, body, about, story.language)
    if not body:
        return replace(about, why="there is no text in it")
    if probability < FOREIGN:
        return replace(about, notes="", why=(
            f"the text is in another language ('{about.language}') than the story's model reads ('{story.language}'): "
            "name a spaCy model for it in the story.toml of a story of its own"))
    if same := _same(title, body, about.outlet, story):
        return _known_again(same, about, before)
    text = f"{title}\n\n{body}\n" if title else f"{body}\n"
    try:
        Article(article_id="x", text=text)
    except ValueError as error:
        return replace(about, why=error.errors()[0]["msg"].removeprefix("Value error, "))
    article_id = identify(offer, about, title, alone, story)
    _keep(draft, article_id, title, body, about, offer, story)
    _write(staged / "texts" / f"{article_id}.txt", text)
    if draft.removed:
        _write(staged / "removed" / f"{article_id}.txt", _whole(draft.removed))
    return replace(about, decision=KEPT, article_id=article_id)


def _described(draft: Draft, body: str, about: Entry, story_language: str) -> tuple[Entry, float]:
    """Return a row of the ledger with all that is known of a draft, and the probability of the story's language."""
    code, probability = language(body, story_language)
    days, zone, doubt = _published(draft.published)
    state, reason = condition(draft)
    notes = [*draft.notes, *doubt]
    if state == "excerpt" and reason not in notes:
        notes.append(reason)
    if code not in (None, story_language):
        notes.append(f"perhaps in another language ('{code}')")
    if draft.author:
        notes.append(f"author: {draft.author}")
    return replace(
        about, encoding=draft.encoding or "", language=code or "", words=str(count_words(body)),
        outlet=_line(draft.outlet)[:LONGEST_OUTLET].strip(), outlet_found=_line(draft.outlet_found),
        published=_line(draft.published) if days[0] else "", published_found=_line(draft.published_found),
        published_zone=zone, notes=_line("; ".join(notes)), condition=state,
        removed_characters=str(len(draft.removed)), format=draft.format or about.format,
        suspected=_line(", ".join(spun(draft.text)))), probability


def _keep(draft: Draft, article_id: str, title: str, body: str, about: Entry, offer: Offer, story: Held) -> None:
    """Give the story a new article, with the lines of it that are no running news."""
    days, _, _ = _published(draft.published)
    know(story, article_id, title, body, about.outlet, days[0])
    story.articles.append([article_id, about.outlet, "stated" if about.outlet else "unknown", "", title, *days,
                           "stated" if days[0] else "unknown", "", _line(draft.url or offer.url), about.condition])
    lines, above = body.split("\n"), 2 * bool(title)  # the title, and the empty line below it
    story.layout += [[article_id, "1", "headline", title]] * bool(title)
    story.layout += [[article_id, str(number + above), part, lines[number - 1]] for number, part, _ in furniture(body)]


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


def _same(title: str, body: str, outlet: str, story: Held) -> str | None:
    """Return the article with the same words, which may stand once without a title, or with an outlet not known.

    The same words under another title or in another outlet are a telling of their own.
    """
    return next((known for known, its_title in story.by_text.get(fingerprint(body), {}).items()
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
