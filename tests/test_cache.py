"""What is kept of earlier runs: it changes nothing but the time, whatever happens to it."""

import json
import os
import signal
import subprocess
import sys
import time
from datetime import date

import pytest
from pandas.testing import assert_frame_equal

from analysis import pipeline
from analysis.articles import Article
from analysis.codebook import Codebook, Wording
from analysis.pipeline import cache as kept
from analysis.pipeline import parse, reading


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An empty cache of the test's own."""
    monkeypatch.setenv(kept.FOLDER_VARIABLE, str(tmp_path / "cache"))
    return tmp_path / "cache"


def without(articles: list[Article], codebook: Codebook | None) -> dict:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(kept.FOLDER_VARIABLE, "")
        return pipeline.run(articles, codebook)


def assert_same(found: dict, expected: dict) -> None:
    assert found.keys() == expected.keys()
    for name, table in found.items():
        assert_frame_equal(table, expected[name])


def first(items: list, **changes) -> list:
    return [items[0].model_copy(update=changes), *items[1:]]


def other_wording(articles: list[Article], book: Codebook) -> tuple:
    wordings = [*book.facts[0].wordings, Wording(did=["say"])]
    return articles, book.model_copy(update={"facts": first(book.facts, wordings=wordings)})


def other_term(articles: list[Article], book: Codebook) -> tuple:
    return articles, book.model_copy(update={"terms": {name: [*words, "say"] for name, words in book.terms.items()}})


def without_the_denial(articles: list[Article], book: Codebook) -> tuple:
    """The facts that deny others are gone, so that nothing is disputed by them any more."""
    return articles, book.model_copy(update={"facts": [fact for fact in book.facts if not fact.disputes]})


def other_actor(articles: list[Article], book: Codebook) -> tuple:
    return articles, book.model_copy(update={"actors": first(book.actors, aliases=["the alliance"])})


def other_layout(articles: list[Article], book: Codebook) -> tuple:
    return first(articles, layout={1: "headline", 2: "caption", 3: "caption"}), book


def other_day(articles: list[Article], book: Codebook) -> tuple:
    day = date(2022, 2, 2)
    return first(articles, published_earliest=day, published_latest=day, published_basis="stated"), book


def other_outlet(articles: list[Article], book: Codebook) -> tuple:
    return first(articles, outlet="TASS", outlet_basis="stated"), book


def other_text(articles: list[Article], book: Codebook) -> tuple:
    return first(articles, text=articles[1].text, layout={}, outlet_evidence=None, published_evidence=None), book


def other_id(articles: list[Article], book: Codebook) -> tuple:
    return first(articles, article_id="another"), book


def no_codebook(articles: list[Article], book: Codebook) -> tuple:
    return articles, None


def unheard_of(articles: list[Article], book: Codebook) -> tuple:
    """Words that no article has, for a fact, in a term and for an actor."""
    new = [Wording(did=["rollerskate"]), Wording(who=["<nato>"], did=["say grace"])]
    facts = first(book.facts, wordings=[*book.facts[0].wordings, *new])
    actors = first(book.actors, aliases=[*book.actors[0].aliases, "The Rollerskate Alliance"])
    terms = {name: [*words, "in rollerskates"] for name, words in book.terms.items()}
    return articles, book.model_copy(update={"facts": facts, "actors": actors, "terms": terms})


EDITS = (other_wording, other_term, without_the_denial, other_actor, other_layout, other_day, other_outlet, other_text, other_id,
         no_codebook)


def test_the_first_run_and_the_next_find_the_same(story, folder):
    expected = without(story.articles, story.codebook)
    for _ in range(2):
        assert_same(pipeline.run(story.articles, story.codebook), expected)


@pytest.mark.parametrize("edit", EDITS)
def test_after_an_edit_nothing_is_out_of_date(story, edit):
    pipeline.run(story.articles, story.codebook)
    expected = without(*edit(story.articles, story.codebook))
    assert_same(pipeline.run(*edit(story.articles, story.codebook)), expected)
    assert not all(table.equals(pipeline.run(story.articles, story.codebook)[name]) for name, table in expected.items()), "no edit"


def test_the_components_of_a_pipeline_find_the_same(story, tables):
    docs = pipeline.annotate(story.articles, pipeline.build(story.codebook))
    found = [pipeline.rows_of(doc) for doc in docs]
    for name in found[0]:
        table = pipeline.tables.frame(name, [row for rows in found for row in rows[name]])
        assert_frame_equal(table, getattr(tables, name))


def test_only_what_an_edit_touches_is_done_again(story, folder, monkeypatch):
    steps = []
    for module, name in ((reading, "annotate"), (reading, "_components"), (reading, "_finder")):
        act = getattr(module, name)
        monkeypatch.setattr(module, name, lambda *given, act=act, name=name: steps.append((name, given)) or act(*given))

    def done(edit=None) -> set[str]:
        steps.clear()
        pipeline.run(*(edit(story.articles, story.codebook) if edit else (story.articles, story.codebook)))
        return {name for name, _ in steps}

    assert done() == {"annotate", "_components", "_finder"}
    assert done() == set()
    assert done(other_wording) == {"_finder"}
    assert {tuple(fact["fact_id"] for fact in json.loads(config)["codebook"]["facts"]) for _, (config, _) in steps} == {("F01",)}
    assert done(other_actor) == {"_components", "_finder"}
    assert done(without_the_denial) == set()  # what is left was found before the other edits
    assert done(unheard_of) == set()  # no article has the words
    assert done(other_layout) == {"annotate", "_components", "_finder"}


def test_each_entry_is_found_as_if_it_were_alone(story, tables):
    """The codings are kept entry by entry: but for disputes, none may depend on another."""
    book, codings = story.codebook, tables.codings
    for section, name in (("facts", "fact_id"), ("frames", "frame_id"), ("events", "event_id")):
        for entry in getattr(book, section)[:4]:
            alone = Codebook(terms=book.terms, actors=book.actors, **{section: [entry]})
            found = without(story.articles, alone)["codings"].drop(columns="status")
            expected = codings[codings["code_id"].eq(getattr(entry, name))].drop(columns="status")
            assert_frame_equal(found, expected.reset_index(drop=True))


def test_changed_code_reads_again_what_it_may_read_otherwise(story, folder, monkeypatch):
    expected = pipeline.run(story.articles[:1], story.codebook)
    done = []
    for name in ("_components", "_finder"):
        monkeypatch.setattr(reading, name, lambda *config, act=getattr(reading, name), name=name: done.append(name) or act(*config))
    monkeypatch.setattr(reading, "annotate", lambda *_: pytest.fail("layout and parse do not depend on what was edited"))
    monkeypatch.setattr(reading, "sources", lambda names: b"edited")
    assert_same(pipeline.run(story.articles[:1], story.codebook), expected)
    assert done == ["_components", "_finder"]


def test_the_digest_of_sources_sees_every_byte(tmp_path, monkeypatch):
    monkeypatch.setattr(parse, "PACKAGE", tmp_path)
    (tmp_path / "room").mkdir()
    digests = []
    for name, content in (("face.py", "1"), ("face.py", "2"), ("room/words.csv", "2"), ("room/note.txt", "3"), ("elsewhere.py", "4")):
        (tmp_path / name).write_text(content)
        digests.append(parse.sources.__wrapped__(("face.py", "room")))
    assert len(set(digests)) == 3 and digests[2] == digests[3] == digests[4]


# Faults of the file


@pytest.fixture
def bridges() -> tuple[list[Article], Codebook]:
    """Articles that are read quickly, and a codebook for them."""
    texts = [f"Chile closed {number} bridges on Monday. “They are old,” Anna Berg told Reuters." for number in range(40)]
    actor = {"actor_id": "chile", "name": "Chile", "kind": "country", "pronoun": "it", "aliases": ["Chile"]}
    fact = {"fact_id": "F1", "statement": "It closed bridges.", "kind": "action", "importance": "vital",
            "wordings": [{"who": "<chile>", "did": "close"}]}
    prose = {"definition": "It did.", "coding_rule": "It must."}
    book = Codebook.model_validate({"actors": [actor | prose], "facts": [fact | prose]})
    return [Article(article_id=str(number), text=text) for number, text in enumerate(texts)], book


def cut(file):
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def overwrite(file):
    file.write_bytes(b"no database " * 1000)


def spoil(file):
    """Change a byte of every page but the first: the file is a database still."""
    content = bytearray(file.read_bytes())
    content[4096 + 2000 :: 4096] = bytes(byte ^ 255 for byte in content[4096 + 2000 :: 4096])
    file.write_bytes(content)


def empty(file):
    file.write_bytes(b"")


@pytest.mark.parametrize("harm", [cut, overwrite, spoil, empty])
def test_a_broken_file_changes_nothing(bridges, folder, harm):
    expected = without(*bridges)
    assert_same(pipeline.run(*bridges), expected)
    harm(folder / kept.FILE)
    for _ in range(2):
        assert_same(pipeline.run(*bridges), expected)
    if harm is not spoil:  # SQLite notices a spoilt page when it comes to it; a spoilt value is noticed by its checksum
        with kept.Cache(folder) as cache:
            assert cache.connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_value_under_another_key_is_not_taken(tmp_path):
    with kept.Cache(tmp_path) as cache:
        cache.put({b"a": b"one", b"b": b"two"})
        cache.connection.execute("UPDATE kept SET value = (SELECT value FROM kept WHERE key = ?) WHERE key = ?", [b"a", b"b"])
        cache.connection.execute("INSERT INTO kept VALUES (?, 'a text', 0)", [b"c"])
        assert cache.get([b"a", b"b", b"c"]) == {b"a": b"one"}


def nowhere(tmp_path) -> str:
    (tmp_path / "file").write_text("no folder")
    return str(tmp_path / "file" / "cache")


def read_only(tmp_path) -> str:
    with kept.Cache(tmp_path / "cache"):
        pass
    (tmp_path / "cache" / kept.FILE).chmod(0o400)
    (tmp_path / "cache").chmod(0o500)
    return str(tmp_path / "cache")


def a_folder_for_a_file(tmp_path) -> str:
    (tmp_path / "cache" / kept.FILE).mkdir(parents=True)
    return str(tmp_path / "cache")


@pytest.mark.parametrize("place", [nowhere, read_only, a_folder_for_a_file])
def test_what_cannot_be_written_is_done_without(bridges, tmp_path, monkeypatch, place):
    monkeypatch.setenv(kept.FOLDER_VARIABLE, place(tmp_path))
    for _ in range(2):
        assert_same(pipeline.run(*bridges), without(*bridges))


def test_a_writer_that_does_not_finish_is_not_waited_for_long(bridges, folder, monkeypatch):
    monkeypatch.setattr(kept, "WAIT", 0.1)
    with kept.Cache(folder) as cache:
        cache.connection.execute("BEGIN IMMEDIATE")
        assert_same(pipeline.run(*bridges), without(*bridges))


def test_a_full_cache_lets_go_of_what_was_not_used_for_longest(tmp_path, monkeypatch):
    monkeypatch.setattr(kept, "MOST_BYTES", 500_000)
    with kept.Cache(tmp_path) as cache:
        for number in range(100):
            monkeypatch.setattr(kept.time, "time", lambda: number * kept.DAY)
            cache.put({b"%d" % number: os.urandom(20_000)})
            cache.get([b"0"])  # used every day
            assert cache._bytes() <= 2 * 500_000
        left = [number for number in range(100) if cache.get([b"%d" % number])]
    assert left[0] == 0 and left[1:] == list(range(left[1], 100)) and 10 < len(left) < 40


@pytest.mark.parametrize(("value", "expected"), [("", None), ("/there", "/there")])
def test_the_environment_names_the_folder(monkeypatch, value, expected):
    monkeypatch.setenv(kept.FOLDER_VARIABLE, value)
    assert kept.cache_folder() == (expected and kept.Path(expected))


def test_by_default_it_is_the_users_cache_folder(monkeypatch):
    monkeypatch.delenv(kept.FOLDER_VARIABLE)
    assert kept.cache_folder().name.lower() in ("tellings", "cache")  # on Windows it is tellings\Cache


# Other processes

# The module alone, without spaCy, so that it soon writes.
WRITE = """
import runpy, sys
from pathlib import Path
Cache = runpy.run_path(sys.argv[2])["Cache"]
number = 0
while True:
    with Cache(Path(sys.argv[1])) as cache:
        for _ in range(20):
            number += 1
            cache.put({b"%d of %d" % (key, number % 50): b"%d" % key * 5000 for key in range(20)})
            print(number, flush=True)
"""
ANALYSE = """
from analysis import analyse, load_story
story = load_story("russia-nato-2021")
for _ in range(3):
    analyse(story)
"""


def test_processes_killed_while_they_write_harm_nothing(tmp_path):
    for wait in range(12):
        writers = [subprocess.Popen([sys.executable, "-c", WRITE, str(tmp_path), kept.__file__], stdout=subprocess.PIPE) for _ in range(2)]
        for writer in writers:
            assert writer.stdout.readline(), "it writes"
        time.sleep(wait / 100)
        for writer in writers:
            writer.send_signal(signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
            writer.communicate()
        with kept.Cache(tmp_path) as cache:
            assert cache.connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            for number in range(50):
                keys = [b"%d of %d" % (key, number) for key in range(20)]
                found = cache.get(keys)
                assert found in ({}, {key: b"%d" % place * 5000 for place, key in enumerate(keys)}), "all of them or none"


def test_two_processes_and_one_killed_leave_the_tables_right(story, tables, folder):
    start = [subprocess.Popen([sys.executable, "-W", "error", "-c", ANALYSE], stderr=subprocess.PIPE) for _ in range(3)]
    file = folder / kept.FILE
    while not file.exists() and start[0].poll() is None:
        time.sleep(0.01)
    start[0].kill()
    messages = [process.communicate()[1] for process in start]
    assert [process.returncode for process in start[1:]] == [0, 0], messages
    for name, table in pipeline.run(story.articles, story.codebook).items():
        assert_frame_equal(table, getattr(tables, name))
