"""spaCy's parse of an article, as it is kept, and a digest of all that it depends on."""

from __future__ import annotations

import gc
import json
from dataclasses import astuple
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

import numpy as np
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from ..annotators.layout import Paragraph
from ..articles import Article
from .model import installed_model, load_model

PACKAGE = Path(__file__).parent.parent
SOURCES = ("annotators/__init__.py", "annotators/layout.py", "pipeline/model.py", "pipeline/parse.py")
LIBRARIES = ("spacy", "thinc", "numpy")  # of which another version may parse differently
UNKEPT = ["tensor", "user_data", "spans"]  # of a Doc: written anew, or read by nobody


@cache
def parser(model: str | None = None) -> Language:
    """Return the model that parses articles, loaded once a process."""
    nlp = load_model(model)
    nlp.add_pipe("tellings_layout", first=True)
    gc.collect()
    gc.freeze()  # the model's hundred thousand objects stay for good: to look for garbage among them takes 0.1 s a time
    return nlp


def written(doc: Doc) -> bytes:
    """Write a parsed Doc and its paragraphs: a line of JSON, then the array of its tokens' attributes.

    `Doc.to_bytes` has the same content; reading it takes twice as long.
    """
    parts = doc.to_dict(exclude=UNKEPT)
    array = parts.pop("array_body")
    parts["paragraphs"] = [astuple(paragraph) for paragraph in doc._.paragraphs]
    return json.dumps(parts).encode() + b"\n" + array.T.tobytes()  # column by column it is compressed better


def read(kept: bytes, article: Article, nlp: Language) -> Doc:
    """Read what `written` wrote."""
    line, _, array = kept.partition(b"\n")
    parts = json.loads(line)
    columns = np.frombuffer(array, dtype="uint64").reshape(len(parts["array_head"]), -1)
    doc = Doc(nlp.vocab).from_dict({**parts, "array_body": np.ascontiguousarray(columns.T)})
    doc._.article = article
    doc._.paragraphs = [Paragraph(*paragraph) for paragraph in parts["paragraphs"]]
    return doc


@cache
def conditions(model: str | None = None) -> bytes:
    """Return a digest of all that parsing depends on but the text."""
    libraries = {name: version(name) for name in LIBRARIES}
    package = installed_model(model)
    folder = Path(package) if Path(package).is_dir() else spacy.util.get_package_path(package)
    return digest(sources(SOURCES), libraries, spacy.util.get_model_meta(folder))


@cache
def sources(names: tuple[str, ...]) -> bytes:
    """Return a digest of the files of analysis/ that are named, or lie in a folder that is."""
    named = (file for name in names for file in [PACKAGE / name, *(PACKAGE / name).rglob("*")])
    files = sorted(file for file in named if file.suffix in (".py", ".csv"))
    return digest({file.relative_to(PACKAGE).as_posix(): sha256(file.read_bytes()).hexdigest() for file in files})


def digest(*parts) -> bytes:
    """Return a checksum of strings, bytes and what JSON can hold."""
    text = json.dumps(parts, default=lambda part: part.hex() if isinstance(part, bytes) else str(part))
    return sha256(text.encode()).digest()
