"""HTML: pages saved from a browser or fetched. Nothing of a page is executed; what is cut away is kept for inspection.

The text is found by trafilatura (Barbaresi 2021, ACL demo). The date of publication is read only where a page states
it, in order of trust: JSON-LD, meta tags, <time>, the address, a line at the head. The guess of trafilatura's own
(htmldate) may come from anywhere in the page, and a date in a headline or a footer is none of publication.
"""

from __future__ import annotations

import email
import email.policy
import json
import re
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

import trafilatura
from lxml import etree, html
from trafilatura.settings import Document

from ...articles import count_words
from ...errors import InputError
from ..condition import asks_to_pay, paywall
from ..dates import Reading, date_line, read_date
from ..draft import Draft, Offer
from .plain import charset
from .text import decode, safe_address

META_SAMPLE = 4_096  # bytes within which a page names its charset; HTML asks for 1,024, browsers look further
DEEPEST = 200  # nested elements; libxml2 stops at 256, and Python's stack is spared
MOST_ELEMENTS = 30_000  # a page of news has some thousands; trafilatura takes quadratic time, seconds for so many
HEAD_LINES = 6  # of the visible lines beside the title, where date and byline stand
MOST_JSON = 1_000_000  # characters of JSON-LD in one page
_INVISIBLE = {"script", "style", "noscript", "template", "head", "iframe", "object", "svg", "math", "select",
              "textarea"}
_INLINE = {"a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins", "kbd",
           "mark", "q", "s",
           "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr"}
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]{0,300}\?>")
_DOCTYPE = re.compile(r"<!DOCTYPE[^\[>]{0,1000}\[.{0,100000}?\]\s*>", re.IGNORECASE | re.DOTALL)
_DATA = re.compile(r"data:[\w/+.;=-]{0,100},[A-Za-z0-9+/=%]{200,}")
# An element of a thousand attributes, their values taken away: libxml2 compares each with each.
_VALUE = re.compile(r"=\s*(?:\"[^\"<>]*\"|'[^'<>]*')")
_ATTRIBUTES = re.compile(r"<[a-z](?:[^<>\s/]*[\s/]+){1000}", re.IGNORECASE)
# A part of an address that is wholly a day: "1984-06-04-remembered" is a headline.
_ADDRESS_DAY = re.compile(r"/((?:19|20)\d\d)([/-])([01]?\d|[a-z]{3})\2([0-3]?\d)(?=/|$)", re.IGNORECASE)
# Meta tags that state when an article was published; "modified" and "updated" state something else.
DATE_METAS = ("article:published_time", "og:article:published_time", "og:published_time", "datepublished",
              "article:published",
              "parsely-pub-date", "sailthru.date", "dc.date.issued", "dcterms.issued", "dcterms.created",
              "dc.date.created",
              "citation_publication_date", "publication_date", "publish-date", "publish_date", "published-date",
              "pubdate",
              "article_date_original", "cxenseparse:recs:publishtime", "dc.date", "dcterms.date", "date")
OUTLET_METAS = ("og:site_name", "application-name", "citation_journal_title", "dc.publisher")
ARTICLE_TYPES = ("article", "newsarticle", "reportagenewsarticle", "analysisnewsarticle", "opinionnewsarticle",
                 "blogposting",
                 "backgroundnewsarticle", "reviewnewsarticle", "liveblogposting", "satiricalarticle", "webpage")


def read(offer: Offer) -> list[Draft]:
    """Read a page's article.

    Raises
    ------
    InputError : the page has no text, or is no page.

    Examples
    --------
    >>> page = (b"<html><head><title>May 2020 budget</title><meta property='article:published_time' "
    ...         b"content='2021-10-18T14:05:00Z'></head><body><article><h1>May 2020 budget</h1><p>"
    ...         + b"The city pays. " * 20 + b"</p></article></body></html>")
    >>> [draft] = read(Offer("a.html", page))
    >>> draft.title, draft.published, draft.published_found
    ('May 2020 budget', '2021-10-18T14:05:00+00:00', 'meta article:published_time')
    """
    text, encoding, notes = decoded(offer)
    return [_article(text, offer.url, encoding, notes)]


def decoded(offer: Offer) -> tuple[str, str, tuple[str, ...]]:
    """Decode a page, by the charset that the server or the page itself names where it has one."""
    meta = _CHARSET.search(offer.data[:META_SAMPLE])
    return decode(offer.data, charset(offer.content_type) or (meta[1].decode("ascii", "ignore") if meta else None))


def read_mhtml(offer: Offer) -> list[Draft]:
    """Read a page that a browser saved as one file (MHTML): its first part in HTML.

    Raises
    ------
    InputError : there is no part in HTML.
    """
    try:
        message = email.message_from_bytes(offer.data, policy=email.policy.compat32)
    except (RecursionError, ValueError, LookupError) as error:
        raise InputError("this file of a saved page is damaged", "save the page anew as HTML") from error
    for part in message.walk():
        if part.get_content_type() == "text/html":
            data = part.get_payload(decode=True) or b""
            url = offer.url or message.get("Snapshot-Content-Location")
            return read(Offer(offer.name, data, url=str(url) if url else None, content_type=part.get("Content-Type")))
    raise InputError("this file of a saved page has no part in HTML", "save the page anew as HTML")


def tree_of(text: str) -> html.HtmlElement:
    """Parse HTML into a tree: no entities of its own, no network, no more depth than a page has.

    Raises
    ------
    InputError : there is nothing to parse.
    """
    text = _DATA.sub("data:,", _DOCTYPE.sub("", _DECLARATION.sub("", text.replace("\x00", "")), count=1))
    if _ATTRIBUTES.search(_VALUE.sub("= ", text)):
        raise InputError("the page has an element of more than a thousand attributes",
                         "copy the article's text into a .txt file")
    parser = html.HTMLParser(remove_comments=True, remove_pis=True, no_network=True, huge_tree=False)
    try:
        tree = html.document_fromstring(text, parser=parser)
    except (etree.ParserError, etree.ParseError, ValueError, AssertionError) as error:
        raise InputError("this is no HTML page", "save the page anew from the browser") from error
    elements, depth = _size(tree)
    if depth > DEEPEST or elements > MOST_ELEMENTS:
        raise InputError(f"the page has {elements:,} elements, nested {depth} deep; a page of news has some thousands",
                         "copy the article's text into a .txt file")
    return tree


def lines_of(tree: etree._Element) -> Iterator[str]:
    """Yield the visible lines of a page, in order, each of a block's own words."""
    words: list[str] = []
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        tag = element.tag
        if event == "start" and tag in _INVISIBLE:
            continue
        inside = event == "start"
        if tag not in _INLINE and words:
            yield from _line(words)
            words = []
        if inside and element.text and not _hidden(element):
            words.append(element.text)
        if event == "end" and element.tail and not _hidden(element.getparent()):
            words.append(element.tail)
    yield from _line(words)


def _article(text: str, url: str | None, encoding: str | None, notes: tuple[str, ...]) -> Draft:
    tree = tree_of(text)
    lines = list(lines_of(tree))
    metas = _metas(tree)
    canonical = _attribute(tree, "//link[@rel='canonical']/@href")
    url = next(filter(None, map(safe_address, (url, metas.get("og:url"), canonical))), None)
    document = _extracted(tree)
    title = document.title or None
    said = _of_this_article(_linked_data(tree), title)
    body = _without_wall(_without_title(document.text, title))
    date, found = _published(tree, said, metas, url, lines, title)
    outlet, outlet_found = _outlet(said, metas)
    closed = any(str(part.get("isAccessibleForFree")).lower() == "false" for part in said)
    wall = paywall("\n".join(lines), count_words(body), closed)
    return Draft(text=body, title=title, outlet=outlet, outlet_found=outlet_found, author=document.author or None,
                 url=url,
                 published=date.value if date else None, published_found=found, encoding=encoding,
                 removed="\n".join(_cut_away(lines, body, title)), stub=wall is not None,
                 notes=(*notes, *filter(None, (date.note if date else None, wall))))


def _extracted(tree: html.HtmlElement) -> Document:
    document = trafilatura.bare_extraction(
        tree, with_metadata=True, include_comments=False, include_tables=False, include_formatting=False,
        date_extraction_params={"extensive_search": False, "original_date": True})
    if document is None or not (document.text or "").strip():
        raise InputError("no article's text is found in the page",
                         "open the page, copy the article's text into a .txt file, and add that")
    return document


def _size(tree: etree._Element) -> tuple[int, int]:
    """Return how many elements a tree has, and how deep the deepest is."""
    elements = deepest = depth = 0
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        elements += event == "start"
        deepest = max(deepest, depth)
    return elements, deepest


def _hidden(element: etree._Element | None) -> bool:
    while element is not None:
        if element.tag in _INVISIBLE:
            return True
        element = element.getparent()
    return False


def _line(words: list[str]) -> Iterator[str]:
    line = " ".join("".join(words).split())
    if line:
        yield line


def _without_title(text: str, title: str | None) -> str:
    """Take the title away where the text begins with it once more."""
    first, _, rest = text.partition("\n")
    return rest.strip("\n") if title and rest.strip() and _key(first) == _key(title) else text


def _without_wall(text: str) -> str:
    """Put paragraphs apart, and take away the last lines, which ask to pay."""
    lines = text.split("\n")
    while len(lines) > 1 and asks_to_pay(lines[-1]):
        lines.pop()
    return "\n\n".join(filter(str.strip, lines))


def _key(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))


def _cut_away(lines: list[str], body: str, title: str | None) -> Iterator[str]:
    """Yield the visible lines whose words, five at a time, do not stand in the text kept."""
    kept: dict[int, set[tuple[str, ...]]] = {}
    words = _key(f"{title or ''}\n{body}").split()
    for line in lines:
        own = _key(line).split()
        size = min(5, len(own))
        if not size:
            continue
        if size not in kept:
            kept[size] = {tuple(words[at:at + size]) for at in range(len(words) - size + 1)}
        runs = [tuple(own[at:at + size]) for at in range(len(own) - size + 1)]
        if 2 * sum(run in kept[size] for run in runs) < len(runs):
            yield line


def _attribute(tree: etree._Element, path: str) -> str | None:
    found = tree.xpath(path)
    return str(found[0]) if found else None


def _metas(tree: etree._Element) -> dict[str, str]:
    """Return what meta tags say, by their property, name or itemprop in small letters; the first of each counts."""
    said: dict[str, str] = {}
    for meta in tree.iter("meta"):
        for attribute in ("property", "name", "itemprop"):
            name = (meta.get(attribute) or "").strip().lower()
            if name and (meta.get("content") or "").strip():
                said.setdefault(name, meta.get("content").strip())
    return said


def _linked_data(tree: etree._Element) -> list[dict]:
    """Return the articles that JSON-LD describes; what is no JSON is passed over."""
    found: list[dict] = []
    room = MOST_JSON
    for script in tree.iter("script"):
        content = script.text or ""
        room -= len(content)
        if (script.get("type") or "").lower() != "application/ld+json" or room < 0:
            continue
        try:
            said = json.loads(content)
        except (ValueError, RecursionError):
            continue
        found += [part for part in _nodes(said) if any(kind in ARTICLE_TYPES for kind in _types(part))]
    return found


def _nodes(said: object) -> Iterator[dict]:
    queue = [said]
    while queue:
        part = queue.pop(0)
        if isinstance(part, list):
            queue += part
        elif isinstance(part, dict):
            yield part
            queue += [part[name] for name in ("@graph", "mainEntity") if name in part]


def _of_this_article(said: list[dict], title: str | None) -> list[dict]:
    """Keep of several articles in JSON-LD the one with the page's headline: the others are those it links to."""
    articles = [part for part in said if not _is_page(part)]
    named = [part for part in articles if title and _key(str(part.get("headline"))) == _key(title)]
    return [*(named or (articles if len(articles) == 1 else [])), *filter(_is_page, said)]


def _is_page(part: dict) -> bool:
    """Tell whether JSON-LD describes the page around an article, which may be older or younger."""
    return "webpage" in _types(part)


def _types(part: dict) -> list[str]:
    kinds = part.get("@type")
    return [str(kind).lower() for kind in (kinds if isinstance(kinds, list) else [kinds])]


def _published(tree: etree._Element, said: list[dict], metas: dict[str, str], url: str | None, lines: list[str],
               title: str | None) -> tuple[Reading | None, str | None]:
    """Return the first date that the page states as that of publication, and where."""
    for value, found in _stated(tree, said, metas):
        reading = read_date(value)
        if reading:
            return reading, found
    match = _ADDRESS_DAY.search(urlsplit(url).path) if url else None
    reading = read_date(f"{match[1]}-{match[3]}-{match[4]}") if match else None
    if reading:
        return reading, f"in the address, '{match[0]}'"
    return _in_text(lines, title)


def _stated(tree: etree._Element, said: list[dict], metas: dict[str, str]) -> Iterator[tuple[str, str]]:
    linked = [(part["datePublished"], _is_page(part)) for part in said if isinstance(part.get("datePublished"), str)]
    yield from ((day, "JSON-LD datePublished") for day, of_page in linked if not of_page)
    yield from ((metas[name], f"meta {name}") for name in DATE_METAS if name in metas)
    yield from ((day, "JSON-LD datePublished of the page") for day, of_page in linked if of_page)
    for path, found in (("//*[@itemprop='datePublished']", "itemprop datePublished"),
                        ("//time[@pubdate]", "<time pubdate>"),
                        ("(//article | //main)[.//h1]//time[@datetime]", "<time>")):
        for element in _published_times(tree.xpath(path)):
            yield element.get("datetime") or element.get("content") or element.text_content(), found


def _published_times(elements: Iterable[etree._Element]) -> Iterator[etree._Element]:
    """Pass over times of updates, and of comments and teasers for other articles, which stand in parts of their own."""
    for element in elements:
        names = [str(part.get(name)) for part in (element, *element.iterancestors())
                 for name in ("class", "id", "itemprop")]
        if not re.search(r"updat|modif|comment|related|teaser|sidebar|aside|footer", " ".join(names), re.IGNORECASE) \
                and not any(part.tag in ("aside", "footer", "nav") for part in element.iterancestors()):
            yield element


def _in_text(lines: list[str], title: str | None) -> tuple[Reading | None, str | None]:
    """Read a date that is a line of its own just under the title; the title itself is none."""
    at = next((number for number, line in enumerate(lines) if title and _key(line) == _key(title)), None)
    if at is None:
        return None, None
    for number, line in enumerate(lines[at + 1:at + 1 + HEAD_LINES], at + 2):
        reading = date_line(line)
        if reading:
            return reading, f"in the page, line {number}, '{line[:60]}'"
    return None, None


def _outlet(said: list[dict], metas: dict[str, str]) -> tuple[str | None, str | None]:
    for part in said:
        publisher = part.get("publisher")
        for one in publisher if isinstance(publisher, list) else [publisher]:
            name = one.get("name") if isinstance(one, dict) else None
            if isinstance(name, str) and name.strip():
                return name.strip(), "JSON-LD publisher"
    for name in OUTLET_METAS:
        if name in metas:
            return metas[name], f"meta {name}"
    return None, None
