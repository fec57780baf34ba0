"""Every table of Tellings: its columns, types, units, allowed values and keys.

This is the one place that names a column. `data/README.md` prints these definitions for people,
and a test holds the two together. All tables are standoff: `article_id, start, end, text`, where
`start` and `end` count Python characters and `text` is exactly what they cut out of the article.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
import pandera.pandas as pa
from pandera.engines.pandas_engine import DateTime

STATUSES = ("stated", "attributed", "disputed", "absent")
BASES = ("stated", "inferred", "unknown")
SPEAKER_BASES = ("named", "pronoun", "description", "continued", "unknown")
CONDITIONS = ("complete", "excerpt", "machine-altered", "unknown")
SECTIONS = ("headline", "lede", "body")
TIME_TYPES = ("DATE", "TIME", "DURATION", "SET")
QUOTATION_KINDS = ("direct", "indirect", "mixed")
STANCES = ("neutral", "assertive", "doubting", "denying", "conceding", "threatening")
RELATIONS = ("told", "statement", "interview", "report", "credit")
ADDRESSEES = ("medium", "unnamed press", "audience")
DAY = "datetime64[ms]"  # reaches from the year 1 to 9999 and survives Parquet; nanoseconds would end in 2262
CODE_KINDS = ("fact", "frame", "event")
COMPLETENESS = ("full", "partial")


def _column(dtype: str, description: str, *checks: pa.Check, optional: bool = False) -> pa.Column:
    """Define a column; its pandas type is kept as written, for pandera calls some types by another name."""
    known = DateTime(unit="ms") if dtype == DAY else dtype
    return pa.Column(known, list(checks), nullable=optional, description=description, metadata={"dtype": dtype})


def _text(description: str, *, one_of: tuple = (), optional: bool = False) -> pa.Column:
    return _column("str", description, *([pa.Check.isin(one_of)] if one_of else []), optional=optional)


def _words(description: str, *, optional: bool = True) -> pa.Column:
    """Define a column that holds words of an article, which are its publisher's; offsets say where they stand."""
    column = _text(description, optional=optional)
    column.metadata["words"] = True
    return column


def _number(description: str) -> pa.Column:
    return _column("int64", description, pa.Check.ge(0))


def _offset(description: str) -> pa.Column:
    """An offset that may be unknown; pandas' nullable integer, so that it stays whole."""
    return _column("Int64", description, pa.Check.ge(0), optional=True)


def _day(description: str) -> pa.Column:
    return _column(DAY, description, optional=True)


_PASSAGE = {
    "article_id": _text("the article the passage is in"),
    "start": _number("first character of the passage, counted from 0"),
    "end": _number("character after the last one of the passage"),
    "text": _words("the passage: exactly `article[start:end]`", optional=False),
}


def _table(description: str, columns: dict, *, key: list[str], passage: bool = True) -> pa.DataFrameSchema:
    return pa.DataFrameSchema(
        {**(_PASSAGE if passage else {}), **columns},
        strict=True, ordered=True, unique=key, description=description,
    )


TABLES: dict[str, pa.DataFrameSchema] = {
    "articles": _table(
        "One row is an article.",
        {
            "article_id": _text("name of the article, unique in the story; text: `000` is not 0"),
            "outlet": _text("who publishes; empty where unknown", optional=True),
            "outlet_basis": _text("how the outlet is known", one_of=BASES),
            "outlet_evidence": _words("the words of the article that support an inferred outlet"),
            "title": _text("the headline; empty where the text has none", optional=True),
            "published_earliest": _day("first day on which the article can have been published"),
            "published_latest": _day("last day on which it can have been published"),
            "published_basis": _text("how the day is known", one_of=BASES),
            "published_evidence": _words("the words that support an inferred day"),
            "url": _text("where the text was found; empty where unknown", optional=True),
            "condition": _text("state of the text", one_of=CONDITIONS),
            "words": _number("words of running news: runs of letters and digits, furniture left out"),
            "sha256": _text("checksum of the text's UTF-8 bytes"),
            "account": _text("the article whose account it tells: its own id, or that of the fullest article of which "
                             "it is a near-identical copy"),
            "account_similarity": _column("float64", "share of its sequences of five words that stand in that article, "
                                                     "0 to 1", pa.Check.in_range(0, 1)),
        },
        key=["article_id"], passage=False,
    ),
    "sentences": _table(
        "One row is a sentence of running news; furniture has no rows.",
        {
            "position": _number("order in the article, from 0"),
            "paragraph": _number("paragraph the sentence is in, from 0"),
            "section": _text("headline (with its deck), lede (first paragraph) or body", one_of=SECTIONS),
        },
        key=["article_id", "position"],
    ),
    "mentions": _table(
        "One row is a mention of an actor by one of its aliases.",
        {"actor_id": _text("the actor, an id of the codebook")},
        key=["article_id", "start", "end", "actor_id"],
    ),
    "times": _table(
        "One row is a temporal expression, normalised as in TIMEX3.",
        {
            "type": _text("TIMEX3 type", one_of=TIME_TYPES),
            "value": _text("TIMEX3 value: 2021-10-18, 2021-W41, P18M, PAST_REF …"),
            "earliest": _day("first day it can mean; empty for durations and vague references"),
            "latest": _day("last day it can mean"),
            "anchor": _text("day or interval (ISO 8601) that a relative expression was resolved against: publication, "
                            "or a date told before", optional=True),
            "governor": _words("the verb the expression hangs on"),
            "governor_start": _offset("first character of that verb"),
            "governor_end": _offset("character after that verb"),
            "reach": _text("JSON list of the words that the date is said of: start, end, basis (its own `clause`, "
                           "`coordination` with that, or `possible`), clause_start, clause_end"),
        },
        key=["article_id", "start", "end"],
    ),
    "quotations": _table(
        "One row is the content of a quotation, or one part of a split one (same `quotation_id`).",
        {
            "quotation_id": _text("joins the parts of one quotation: «A,» he said. «B»"),
            "kind": _text("direct (in quotation marks), indirect, or mixed (indirect with quoted words)",
                          one_of=QUOTATION_KINDS),
            "cue": _words("the words that report: said, told, according to"),
            "cue_start": _offset("first character of the cue"),
            "cue_end": _offset("character after the cue"),
            "stance": _text("what the reporting verb makes of the words; empty where the cue is no such verb",
                            one_of=STANCES, optional=True),
            "source": _words("the words in the text that name who is quoted"),
            "source_start": _offset("first character of the source"),
            "source_end": _offset("character after the source"),
            "speaker": _text("the actor that the source resolves to; else the name given; empty where unknown",
                             optional=True),
            "speaker_basis": _text("how the speaker is known", one_of=SPEAKER_BASES),
        },
        key=["article_id", "start", "end"],
    ),
    "relays": _table(
        "One row is a place where the text says through whom words came: told to a medium, or passed on by one.",
        {
            "relation": _text('told ("told TASS"), statement ("in a statement to"), interview ("in an interview with", '
                              '"speaking to", "said on"), report ("Reuters reported", "according to"), or credit '
                              '("With reporting by", a dateline; these may stand in furniture)', one_of=RELATIONS),
            "source": _words("the words in the text that name who says it"),
            "source_start": _offset("first character of the source"),
            "source_end": _offset("character after the source"),
            "speaker": _text("whom the source resolves to, as in `quotations`; empty where the text does not tell",
                             optional=True),
            "medium": _words("the words that name whom it was told to, or who passes it on", optional=False),
            "medium_start": _number("first character of the medium"),
            "medium_end": _number("character after the medium"),
            "medium_kind": _text('a medium by its name, press without a name ("reporters"), or an audience that is '
                                 "none", one_of=ADDRESSEES),
            "medium_name": _text("the one name of a medium: the codebook's, else the lexicon's, else as written",
                                 optional=True),
            "own": _column("bool", "the medium is the article's own outlet"),
            "quotation_id": _text("the quotation of the article that it belongs to", optional=True),
        },
        key=["article_id", "start", "end", "medium_start"],
    ),
    "deeds": _table(
        "One row is a deed, as its verb or a noun tells it, of one agent to one patient; one of them at least is an "
        "actor.",
        {
            "verb": _text("lemma of the verb, also for a noun: expel for expelled and expulsion"),
            "agent_id": _text("the actor who does it, or whose people do; an id of the codebook", optional=True),
            "agent": _words("the words that name who does it, an actor or not; empty where the sentence does not tell"),
            "agent_start": _offset("first character of the agent"),
            "agent_end": _offset("character after the agent"),
            "patient_id": _text("the actor it is done to, or to whose people; an id of the codebook", optional=True),
            "patient": _words("the words that name to whom or what it is done, an actor or not"),
            "patient_start": _offset("first character of the patient"),
            "patient_end": _offset("character after the patient"),
            "negated": _column("bool", "the words say that it is not done"),
            "modal": _words("the word that keeps it from being told as done: may, would, if, to, planned"),
            "modal_start": _offset("first character of that word"),
            "modal_end": _offset("character after that word"),
            "quoted": _column("bool", "it stands in a quotation, direct or indirect"),
            "quotation_id": _text("that quotation of the article, which knows the speaker", optional=True),
        },
        key=["article_id", "start", "end", "agent_start", "patient_start"],
    ),
    "codings": _table(
        "One row is a code (fact, frame or event of the codebook) on a passage, by a coder.",
        {
            "code_id": _text("fact_id, frame_id or event_id of the codebook"),
            "kind": _text("what the code is", one_of=CODE_KINDS),
            "wording": _offset("which of the entry's wordings it is, counted from 1; empty where a person found the "
                               "passage"),
            "coder": _text("`machine`, or a person's id"),
            "status": _text("in the outlet's own voice (stated), in somebody's mouth (attributed), or contested "
                            "by the article itself (disputed)", one_of=STATUSES[:3]),
            "speaker": _text("who says it where it is attributed, or denies it where it is disputed; empty where "
                             "unknown or stated", optional=True),
            "hedge": _text("the word that makes it no more than likely: may, reportedly, appears", optional=True),
            "hedge_start": _offset("first character of that word"),
            "hedge_end": _offset("character after that word"),
            "elements": _text("JSON list of the slots found: slot, alternative (of the codebook), start, end, spun, "
                              "and how an actor is known (basis: named, description, pronoun)"),
            "completeness": _text("full: every slot was found; partial: an optional one was not; empty where a person "
                                  "coded it", one_of=COMPLETENESS, optional=True),
        },
        key=["article_id", "code_id", "coder", "start", "end"],
    ),
    "cells": _table(
        "One row is a cell of the matrix article × fact as one coder has it: the machine every cell, people those they "
        "coded.",
        {
            "article_id": _text("the article"),
            "fact_id": _text("the fact"),
            "coder": _text("`machine`, or a person's id"),
            "status": _text("how the article has the fact", one_of=STATUSES),
            "speaker": _text("as in `coverage`", optional=True),
            "start": _offset("first character of the evidence; empty where absent"),
            "end": _offset("character after the evidence"),
            "text": _words("the evidence; empty where absent"),
            "note": _text("what a person noted", optional=True),
            "decided": _text("when a person decided: ISO 8601 with the zone", optional=True),
        },
        key=["article_id", "fact_id", "coder"], passage=False,
    ),
    "coverage": _table(
        "One row is a cell of the matrix article × fact.",
        {
            "article_id": _text("the article"),
            "fact_id": _text("the fact"),
            "status": _text("how the article has the fact; absent: no passage was found", one_of=STATUSES),
            "speaker": _text("who says it where it is only attributed, or denies it where it is disputed; empty where "
                             "unknown or stated", optional=True),
            "coder": _text("whose decision the cell shows: a person's wins over the machine's; of several people's the "
                           "most frequent status, of equally frequent ones that of the first coder by name"),
            "contested": _column("bool", "people coded the cell and differ on its status"),
            "completeness": _text("full or partial; empty where absent, and where a person coded it",
                                  one_of=COMPLETENESS, optional=True),
            "spun": _column("bool", "found only through wordings marked `spun` in the codebook"),
            "start": _offset("first character of the evidence; empty where absent"),
            "end": _offset("character after the evidence"),
            "text": _words("the evidence: the sentence that shows the fact; empty where absent"),
            "nearest": _words("where absent: the article's most similar sentence"),
            "nearest_start": _offset("first character of the nearest sentence"),
            "nearest_end": _offset("character after the nearest sentence"),
            "similarity": _column("float64", "share of the fact's words, weighed by their rarity, that the nearest "
                                             "sentence has, 0 to 1", pa.Check.in_range(0, 1), optional=True),
        },
        key=["article_id", "fact_id"], passage=False,
    ),
}

_ENTRY = {
    "definition": _text("what it is"),
    "coding_rule": _text("how a coder decides"),
}

TABLES |= {
    "actors": _table(
        "One row is an actor of the codebook.",
        {"actor_id": _text("id"), "name": _text("the one name used in tables and figures"),
         "kind": _text("person, body, country, medium or thing"),
         "camp": _text("group of actors", optional=True), **_ENTRY},
        key=["actor_id"], passage=False,
    ),
    "events": _table(
        "One row is an event of the codebook.",
        {"event_id": _text("id"), "name": _text("name"), "earliest": _day("first day it can have happened on"),
         "latest": _day("last day it can have happened on"), **_ENTRY},
        key=["event_id"], passage=False,
    ),
    "facts": _table(
        "One row is a fact of the codebook.",
        {"fact_id": _text("id"), "statement": _text("the fact, as one atomic statement"),
         "kind": _text("sort of fact, a word of the codebook's own"),
         "importance": _text("vital: a telling without it is incomplete; okay: worth having", one_of=("vital", "okay")),
         **_ENTRY},
        key=["fact_id"], passage=False,
    ),
    "frames": _table(
        "One row is a frame of the codebook.",
        {"frame_id": _text("id"), "name": _text("name"),
         "target": _text("the actor whom the frame puts in this light", optional=True), **_ENTRY},
        key=["frame_id"], passage=False,
    ),
}


@dataclass(frozen=True)
class Tables:
    """The tables of one analysis, each a DataFrame as `TABLES` defines it."""

    articles: pd.DataFrame
    sentences: pd.DataFrame
    mentions: pd.DataFrame
    times: pd.DataFrame
    quotations: pd.DataFrame
    relays: pd.DataFrame
    deeds: pd.DataFrame
    codings: pd.DataFrame
    cells: pd.DataFrame
    coverage: pd.DataFrame
    actors: pd.DataFrame
    events: pd.DataFrame
    facts: pd.DataFrame
    frames: pd.DataFrame

    def sizes(self) -> dict[str, int]:
        """Count the rows of each table."""
        return {field.name: len(getattr(self, field.name)) for field in fields(self)}

    def write(self, folder: Path) -> None:
        """Write each table as `folder/NAME.parquet`, all of them or none: drafts first, then renamed."""
        folder.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}.") as drafts:
            names = [f"{field.name}.parquet" for field in fields(self)]
            for field, name in zip(fields(self), names):
                getattr(self, field.name).to_parquet(Path(drafts, name), index=False)
            folder.mkdir(exist_ok=True)
            for name in names:
                Path(drafts, name).replace(folder / name)


def frame(name: str, rows: list[dict] | pd.DataFrame) -> pd.DataFrame:
    """Build a table from rows, typed and checked.

    Parameters
    ----------
    name : a key of `TABLES`.
    rows : dicts, or a frame, with the table's columns; columns that may be empty may be left out.

    Returns
    -------
    DataFrame with exactly the columns of `TABLES[name]`, in that order.

    Raises
    ------
    pandera.errors.SchemaError : a value, a column or a key does not fit. That is a fault of the
        program, not of its input: readers check their input before they come here.

    Examples
    --------
    >>> frame("mentions", [{"article_id": "000", "start": 0, "end": 4, "text": "NATO", "actor_id": "nato"}])
      article_id  start  end  text actor_id
    0        000      0    4  NATO     nato
    """
    schema = TABLES[name]
    types = {column: definition.metadata["dtype"] for column, definition in schema.columns.items()}
    built = pd.DataFrame(rows, columns=list(types))
    # astype would take a missing yes/no for a yes: left as it is, the schema refuses it.
    types = {column: dtype for column, dtype in types.items() if dtype != "bool" or built[column].notna().all()}
    types = {column: dtype for column, dtype in types.items() if built[column].dtype != dtype}
    built = built.astype(types).reset_index(drop=True)
    return built if _fits(built, schema) else schema.validate(built)


_HOLDS = {
    "isin": lambda cells, allowed_values: cells.isin(allowed_values),
    "greater_than_or_equal_to": lambda cells, min_value: cells.ge(min_value),
    "in_range": lambda cells, min_value, max_value, **_: cells.between(min_value, max_value),
}


def _fits(built: pd.DataFrame, schema: pa.DataFrameSchema) -> bool:
    """Tell whether a table keeps to its definition; pandera takes ten times as long, but tells what does not."""
    for name, definition in schema.columns.items():
        cells = built[name]
        has_gaps = cells.hasnans
        if cells.dtype != definition.metadata["dtype"] or (has_gaps and not definition.nullable):
            return False
        there = cells.dropna() if has_gaps and definition.checks else cells
        if not all(_HOLDS[check.name](there, **check.statistics).all() for check in definition.checks):
            return False
    return not built.duplicated(schema.unique).any()


def describe() -> str:
    """Return the column tables of `data/README.md`, which a test holds to these definitions."""
    parts = []
    for name, schema in TABLES.items():
        rows = [f"| `{column}` | {_type(definition)} | {definition.description}{_allowed(definition)} |"
                for column, definition in schema.columns.items()]
        key = ", ".join(f"`{column}`" for column in schema.unique)
        parts.append("\n".join([f"### {name}", "", f"{schema.description} Key: {key}.", "",
                                "| column | type | meaning |", "|---|---|---|", *rows, ""]))
    return "\n".join(parts)


def _type(definition: pa.Column) -> str:
    names = {"str": "text", "int64": "whole number", "Int64": "whole number", DAY: "day", "bool": "yes/no",
             "float64": "number"}
    return names[definition.metadata["dtype"]] + (", may be empty" if definition.nullable else "")


def _allowed(definition: pa.Column) -> str:
    for check in definition.checks:
        if check.name == "isin":
            return ": " + ", ".join(f"`{value}`" for value in check.statistics["allowed_values"])
    return ""


if __name__ == "__main__":
    print(describe())
