"""What an annotated Doc gives to each table."""

from __future__ import annotations

import json
from collections.abc import Iterator

from spacy.tokens import Doc, Span

from ..annotators import news
from ..annotators.quotations.lexicon import stance
from ..annotators.reach import Reach
from ..articles import Article, count_words

_json = json.JSONEncoder(ensure_ascii=False).encode  # json.dumps would make an encoder for every row


def rows_of(doc: Doc) -> dict[str, list[dict]]:
    """Return the rows that a Doc gives to each table."""
    return {**reading_rows(doc), "codings": coding_rows(doc._.article, doc._.codes)}


def reading_rows(doc: Doc) -> dict[str, list[dict]]:
    """Return the rows of a Doc that need no codebook but its actors: all tables but the codings."""
    article, sentences = doc._.article, list(news(doc))
    return {
        "articles": [_article_row(article, sentences)],
        "sentences": list(_sentence_rows(doc, sentences)),
        "mentions": [_row(article, m, actor_id=m.actor_id) for m in doc._.actors],
        "times": list(_time_rows(doc)),
        "quotations": [_quotation_row(doc, article, q) for q in doc._.quotations],
        "relays": [_relay_row(article, r) for r in doc._.relays],
        "deeds": [_deed_row(article, d) for d in doc._.deeds],
    }


def coding_rows(article: Article, codes: list) -> list[dict]:
    """Return the rows of the table codings for the codes found in an article."""
    return [_coding_row(article, code) for code in codes]


def _row(article: Article, record, **columns) -> dict:
    return {"article_id": article.article_id, "start": record.start, "end": record.end,
            "text": article.text[record.start : record.end], **columns}


def _part(article: Article, record, name: str) -> dict:
    """Return the columns `name`, `name_start`, `name_end` of a record's part, empty where it has none."""
    return _words(article, name, getattr(record, f"{name}_start"), getattr(record, f"{name}_end"))


def _words(article: Article, name: str, start: int | None, end: int | None) -> dict:
    words = None if start is None else article.text[start:end]
    return {name: words, f"{name}_start": start, f"{name}_end": end}


def _article_row(article: Article, sentences: list[Span]) -> dict:
    words = sum(count_words(article.text[s.start_char : s.end_char]) for s in sentences)
    return {**article.model_dump(exclude={"text", "layout"}), "words": words, "sha256": article.sha256,
            "account": article.article_id, "account_similarity": 1.0}  # until articles are compared with each other


def _sentence_rows(doc: Doc, sentences: list[Span]) -> Iterator[dict]:
    article = doc._.article
    paragraphs = [p for p in doc._.paragraphs if p.section is not None]
    number = 0
    for position, sentence in enumerate(sentences):
        while sentence.start >= paragraphs[number].end:
            number += 1
        start, end = sentence.start_char, sentence.end_char
        yield {"article_id": article.article_id, "start": start, "end": end, "text": article.text[start:end],
               "position": position, "paragraph": number, "section": paragraphs[number].section}


def _time_rows(doc: Doc) -> Iterator[dict]:
    article = doc._.article
    verbs = {time.governor_start for time in doc._.times if time.earliest is not None}
    reach = Reach(doc)
    for time in doc._.times:
        words = [] if time.earliest is None else reach.of(time.start, time.end, verbs)
        yield _row(article, time, type=time.type, value=time.value, earliest=time.earliest, latest=time.latest,
                   anchor=time.anchor, **_part(article, time, "governor"),
                   reach=_json([word._asdict() for word in words]))


def _quotation_row(doc: Doc, article: Article, quotation) -> dict:
    cue = None
    if quotation.cue_start is not None:
        cue = doc.char_span(quotation.cue_start, quotation.cue_end, alignment_mode="expand")
    return _row(article, quotation, quotation_id=quotation.quotation_id, kind=quotation.kind,
                **_part(article, quotation, "cue"), stance=stance(cue) if cue else None,
                **_part(article, quotation, "source"), speaker=quotation.speaker, speaker_basis=quotation.speaker_basis)


def _relay_row(article: Article, relay) -> dict:
    return _row(article, relay, relation=relay.relation, **_part(article, relay, "source"), speaker=relay.speaker,
                **_part(article, relay, "medium"), medium_kind=relay.kind, medium_name=relay.name, own=relay.own,
                quotation_id=relay.quotation_id)


def _deed_row(article: Article, deed) -> dict:
    parties = {}
    for role in ("agent", "patient"):
        party = getattr(deed, role)
        parties |= {f"{role}_id": party.actor_id, **_words(article, role, party.start, party.end)}
    return _row(article, deed, verb=deed.verb, **parties, negated=deed.negated, **_part(article, deed, "modal"),
                quoted=deed.quotation_id is not None, quotation_id=deed.quotation_id)


def _coding_row(article: Article, code) -> dict:
    elements = _json([element._asdict() for element in code.elements])
    return _row(article, code, code_id=code.code_id, kind=code.kind, wording=code.wording, coder="machine",
                status=code.status, speaker=code.speaker, **_words(article, "hedge", code.hedge_start, code.hedge_end),
                elements=elements, completeness=code.completeness)
