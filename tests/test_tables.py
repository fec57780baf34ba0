"""The tables: types, allowed values, keys, and how they are written."""

from pathlib import Path

import pandas as pd
import pytest
from pandera.errors import SchemaError

from analysis.tables import TABLES, Tables, describe, frame

ROOT = Path(__file__).parent.parent

PASSAGE = {"article_id": "000", "start": 0, "end": 4, "text": "NATO"}
CODING = {**PASSAGE, "code_id": "F01", "kind": "fact", "coder": "machine", "status": "stated", "elements": "[]", "completeness": "full"}
CELL = {"article_id": "000", "fact_id": "F01", "status": "absent", "coder": "machine", "contested": False, "spun": False}
ROWS = {
    "articles": {"article_id": "000", "outlet_basis": "unknown", "published_basis": "unknown", "condition": "complete", "words": 3, "sha256": "0",
                 "account": "000", "account_similarity": 1.0},
    "sentences": {**PASSAGE, "position": 0, "paragraph": 0, "section": "lede"},
    "mentions": {**PASSAGE, "actor_id": "nato"},
    "times": {**PASSAGE, "type": "DATE", "value": "2021-10-18", "reach": "[]"},
    "quotations": {**PASSAGE, "quotation_id": "q1", "kind": "direct", "speaker_basis": "unknown"},
    "relays": {**PASSAGE, "relation": "told", "medium": "NATO", "medium_start": 0, "medium_end": 4, "medium_kind": "audience",
               "own": False},
    "deeds": {**PASSAGE, "verb": "expel", "agent_id": "nato", "agent": "NATO", "agent_start": 0, "agent_end": 4, "negated": False,
              "quoted": False},
    "codings": CODING,
    "cells": {"article_id": "000", "fact_id": "F01", "coder": "ann", "status": "absent"},
    "coverage": CELL,
    "actors": {"actor_id": "nato", "name": "NATO", "kind": "body", "definition": "It.", "coding_rule": "Any."},
    "events": {"event_id": "e", "name": "E", "definition": "It.", "coding_rule": "Any."},
    "facts": {"fact_id": "F01", "statement": "It is.", "kind": "action", "importance": "vital", "definition": "It.", "coding_rule": "Any."},
    "frames": {"frame_id": "f", "name": "F", "definition": "It.", "coding_rule": "Any."},
}


def types(name: str) -> dict[str, str]:
    return {column: definition.metadata["dtype"] for column, definition in TABLES[name].columns.items()}


def test_an_analysis_has_the_thirteen_tables():
    assert list(TABLES) == list(ROWS) == list(Tables.__dataclass_fields__)


@pytest.mark.parametrize("name", TABLES)
def test_frame_has_the_columns_and_types_of_its_table(name):
    built = frame(name, [ROWS[name]])
    assert built.dtypes.astype(str).to_dict() == types(name)
    assert list(built.columns) == list(TABLES[name].columns)


def test_types_are_those_that_offsets_days_and_texts_need():
    assert types("times") == {
        "article_id": "str", "start": "int64", "end": "int64", "text": "str", "type": "str", "value": "str",
        "earliest": "datetime64[ms]", "latest": "datetime64[ms]", "anchor": "str", "governor": "str",
        "governor_start": "Int64", "governor_end": "Int64", "reach": "str"}
    assert types("coverage")["spun"] == "bool" and types("coverage")["similarity"] == "float64"


def test_frame_keeps_ids_as_text_and_offsets_whole_where_some_are_missing():
    rows = [{**CELL, "article_id": name, "start": start, "end": end} for name, start, end in (("000", 3, 9), ("001", None, None))]
    built = frame("coverage", rows)
    assert list(built["article_id"]) == ["000", "001"]
    assert built["start"].dtype == "Int64" and built["start"].tolist() == [3, pd.NA]


def test_frame_numbers_its_rows_anew():
    rows = pd.DataFrame([ROWS["facts"], {**ROWS["facts"], "fact_id": "F02"}], index=[7, 7])
    assert list(frame("facts", rows).index) == [0, 1]


BAD_VALUES = [
    ("codings", "status", "claimed"), ("codings", "status", "absent"), ("codings", "kind", "actor"), ("codings", "completeness", "half"),
    ("coverage", "status", "Stated"), ("coverage", "similarity", 1.5), ("coverage", "similarity", -0.1), ("coverage", "start", -1),
    ("articles", "outlet_basis", "guessed"), ("articles", "condition", "spun"), ("articles", "words", -1),
    ("sentences", "section", "body text"), ("sentences", "start", -1), ("times", "type", "EVENT"), ("times", "governor_start", -2),
    ("quotations", "kind", "reported"), ("quotations", "speaker_basis", "guessed"), ("relays", "relation", "heard"),
    ("relays", "medium_kind", "paper"), ("facts", "importance", "high"),
]


@pytest.mark.parametrize(("name", "column", "value"), BAD_VALUES)
def test_frame_refuses_a_value_that_its_table_does_not_know(name, column, value):
    with pytest.raises(SchemaError, match=column):
        frame(name, [{**ROWS[name], column: value}])


@pytest.mark.parametrize("name", TABLES)
def test_frame_refuses_a_key_that_stands_twice(name):
    with pytest.raises(SchemaError, match="not unique"):
        frame(name, [ROWS[name], dict(ROWS[name])])


REQUIRED = [(name, column) for name, schema in TABLES.items() for column, definition in schema.columns.items() if not definition.nullable]


@pytest.mark.parametrize(("name", "column"), REQUIRED)
def test_frame_refuses_rows_without_a_column_that_must_be_there(name, column):
    row = {key: value for key, value in ROWS[name].items() if key != column}
    with pytest.raises((SchemaError, ValueError)):  # pandas' own error where a missing number has no type to stand in
        frame(name, [row])


@pytest.mark.parametrize(("name", "column"), REQUIRED)
def test_frame_refuses_a_missing_value_where_there_must_be_one(name, column):
    with pytest.raises((SchemaError, ValueError, TypeError)):
        frame(name, [{**ROWS[name], column: None}])


@pytest.mark.parametrize("name", TABLES)
def test_empty_table_keeps_its_types_and_survives_parquet(name, tmp_path):
    empty = frame(name, [])
    assert len(empty) == 0 and empty.dtypes.astype(str).to_dict() == types(name)
    empty.to_parquet(tmp_path / "empty.parquet", index=False)
    pd.testing.assert_frame_equal(pd.read_parquet(tmp_path / "empty.parquet"), empty)


@pytest.mark.parametrize("name", TABLES)
def test_table_survives_parquet(name, tmp_path, tables):
    table = getattr(tables, name)
    table.to_parquet(tmp_path / "table.parquet", index=False)
    pd.testing.assert_frame_equal(pd.read_parquet(tmp_path / "table.parquet"), table)


# What an analysis gives


@pytest.mark.parametrize("name", ["sentences", "mentions", "times", "quotations", "relays", "deeds", "codings", "coverage"])
def test_every_passage_is_cut_out_of_its_article(name, story, tables):
    texts = {article.article_id: article.text for article in story.articles}
    for row in getattr(tables, name).dropna(subset=["text"]).itertuples():
        assert texts[row.article_id][row.start:row.end] == row.text


@pytest.mark.parametrize(("name", "part"), [
    ("times", "governor"), ("quotations", "cue"), ("quotations", "source"), ("relays", "source"), ("relays", "medium"), ("deeds", "agent"),
    ("deeds", "patient"), ("deeds", "modal"), ("coverage", "nearest"),
])
def test_every_part_is_cut_out_of_its_article(name, part, story, tables):
    texts = {article.article_id: article.text for article in story.articles}
    there = getattr(tables, name).dropna(subset=[part])
    assert len(there)
    for row in there.itertuples():
        assert texts[row.article_id][getattr(row, f"{part}_start"):getattr(row, f"{part}_end")] == getattr(row, part)


# How it is written


def test_write_makes_its_folder_and_leaves_whole_files_only(tables, tmp_path):
    tables.write(tmp_path / "a" / "b")
    assert sorted(path.name for path in (tmp_path / "a" / "b").iterdir()) == sorted(f"{name}.parquet" for name in TABLES)


def test_write_that_fails_leaves_older_tables_whole_and_no_drafts(tables, tmp_path, monkeypatch):
    tables.write(tmp_path)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    written = pd.DataFrame.to_parquet

    def full_disk(self, path, **options):
        if "times" in str(path):
            Path(path).write_bytes(b"PAR1 half a ta")
            raise OSError("no space left on device")
        return written(self, path, **options)

    monkeypatch.setattr(pd.DataFrame, "to_parquet", full_disk)
    with pytest.raises(OSError, match="no space left"):
        tables.write(tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


# How it is described


def test_description_names_every_column_with_its_type_values_and_key():
    described = describe()
    for name, schema in TABLES.items():
        section = described.split(f"### {name}\n")[1].split("###")[0]
        assert schema.description in section
        for column, definition in schema.columns.items():
            [row] = [line for line in section.splitlines() if line.startswith(f"| `{column}` |")]
            assert definition.description in row
            assert ("may be empty" in row.split("|")[2]) == definition.nullable
    assert "`stated`, `attributed`, `disputed`, `absent`" in described
    assert "Key: `article_id`, `fact_id`." in described


def test_readme_of_the_data_has_the_description_word_for_word():
    assert describe() in (ROOT / "data" / "README.md").read_text(encoding="utf-8")
