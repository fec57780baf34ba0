"""Bundles: no words of an article leave with one, all come back with the texts, and no bundle harms who unpacks it."""

import csv
import io
import json
import re
import shutil
import zipfile
from dataclasses import fields, replace
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import analyse, load_story
from analysis.articles import Article
from analysis.bundle import Match, bundle, packing, unbundle, unpacking
from analysis.bundle.form import Shape, plain, sketched
from analysis.errors import InputError
from analysis.files import guarded
from analysis.ingest.new import new_story
from analysis.story import load_gold
from conftest import BRIDGE



@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The folder of the small story, with evidence, a coder and gold that hold words of its texts; and its tables."""
    folder = tmp_path_factory.mktemp("made") / "bridge"
    for name, content in BRIDGE.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content.encode("utf-8"))
    articles = folder / "articles.csv"
    rows = articles.read_text(encoding="utf-8").replace(
        "a,,unknown,,,,,unknown,,,complete", "a,Echo,inferred,The city closed the bridge.,A bridge,2021-10-18,2021-10-18,"
        "inferred,Trains are late. Ms Ruiz said,https://example.org/a,complete")
    articles.write_text(rows, encoding="utf-8")
    (folder / "codings").mkdir()
    (folder / "codings" / "ann.csv").write_text(
        "article_id,fact_id,status,speaker,start,end,note,decided\na,F1,stated,,14,20,sure,2026-03-01T14:05:00+01:00\n"
        "b,F1,absent,,,,,2026-03-01T14:06:00+01:00\n", encoding="utf-8")
    (folder / "gold").mkdir()
    start = (folder / "texts" / "a.txt").read_text(encoding="utf-8").index("the ferry is old")
    (folder / "gold" / "quotations.csv").write_text(
        "article_id,quotation_id,start,end,text,kind,cue,source,speaker,note\n"
        f"a,q1,{start},{start + 16},the ferry is old,indirect,late. Ms Ruiz said that,Ms Ruiz,Ruiz,\n"
        f"a,q2,{start},{start + 16},the ferry is old,indirect,so she said,,Ruiz,not her words\n", encoding="utf-8")
    return folder, analyse(load_story(folder))


@pytest.fixture
def told(made, tmp_path):
    """A copy of that story, and its tables."""
    folder, tables = made
    return load_story(shutil.copytree(folder, tmp_path / "bridge")), tables


@pytest.fixture
def story_with(tmp_path):
    """Make a story of one article, its title above its text, as `tellings add` does."""
    def make(title: str, text: str):
        folder = new_story(str(tmp_path / "one"))
        with (folder / "articles.csv").open("a") as file:
            file.write(f"a,,unknown,,{guarded(title)},,,unknown,,,unknown\n")
        (folder / "texts" / "a.txt").write_text(f"{title}\n\n{text}")
        return load_story(folder)

    return make


@pytest.fixture
def packed(told, tmp_path):
    return bundle(*told, tmp_path / "bridge.zip", texts=False)


def members(file: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def listing(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


# What is in it


def sequences(text: str, length: int = 5) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.casefold())
    return {tuple(words[place : place + length]) for place in range(len(words) - length + 1)}


def written_by_no_person(name: str, content: bytes) -> str:
    """Return a file of a bundle without what people wrote: codebook, summary, notes, titles, addresses."""
    if name.startswith(("codebook/", "codings/")) or name == "story.toml":
        return ""
    if not name.endswith(".csv"):
        return content.decode("utf-8")
    rows = csv.DictReader(io.StringIO(content.decode("utf-8")))
    return "\n".join(" ".join(value for key, value in row.items() if key not in ("title", "note", "url")) for row in rows)


@pytest.mark.parametrize("which", ["small", "first"])
def test_no_five_words_of_a_text_leave_without_texts(which, told, story, tables, tmp_path):
    given, made = told if which == "small" else (story, tables)
    texts = set().union(*(sequences(article.text) for article in given.articles))
    for without in (True, False):
        found = {name for name, content in members(bundle(given, made, tmp_path / "b.zip", texts=not without)).items()
                 if texts & sequences(written_by_no_person(name, content))}
        assert found == (set() if without else {f"texts/{article.article_id}.txt" for article in given.articles
                                                if sequences(article.text)})


@pytest.mark.parametrize(("speaker", "stays"), [("Ada Ruiz", True), ("the man who steers the old ferry", False)])
def test_names_go_and_long_descriptions_stay_at_home(told, tmp_path, speaker, stays):
    story, tables = told
    named = replace(tables, quotations=tables.quotations.assign(speaker=speaker))
    results = members(bundle(story, named, tmp_path / "b.zip", texts=False))["results/quotations.csv"]
    assert (speaker.encode() in results) == stays


def test_bundle_holds_what_people_wrote_and_where_words_stand(told, packed):
    content = members(packed)
    assert [name for name in content if "/" not in name] == ["articles.csv", "bundle.json", "layout.csv", "story.toml"]
    assert content["codings/ann.csv"] == (told[0].folder / "codings" / "ann.csv").read_bytes()
    row = next(csv.DictReader(io.StringIO(content["articles.csv"].decode())))
    text = told[0].articles[0].text
    assert text[int(row["outlet_evidence_start"]) : int(row["outlet_evidence_end"])] == "The city closed the bridge."
    assert (row["title"], row["url"], row["sha256"]) == ("A bridge", "https://example.org/a", told[0].articles[0].sha256)
    assert int(row["words"]) == told[1].articles.loc[0, "words"]
    assert content["layout.csv"] == b"article_id,line,part\na,1,byline\nc,1,caption\n"


def test_the_same_story_gives_the_same_bytes(told, packed, tmp_path):
    for file in told[0].folder.rglob("*.txt"):
        file.touch()
    assert bundle(*told, tmp_path / "again.zip", texts=False).read_bytes() == packed.read_bytes()


def test_bundle_that_fails_leaves_the_older_one(told, packed, tmp_path):
    before = packed.read_bytes()
    (told[0].folder / "codebook" / "my ~ facts.yaml").write_text("terms: {}\n")
    with pytest.raises(InputError, match="cannot be packed"):
        bundle(*told, packed, texts=False)
    assert packed.read_bytes() == before and [name for name in listing(tmp_path) if ".zip" in name] == ["bridge.zip"]


# There and back

FORMS = {
    "as it is": lambda text: text.encode(),
    "Windows line breaks": lambda text: text.replace("\n", "\r\n").encode(),
    "byte order mark": lambda text: b"\xef\xbb\xbf" + text.encode(),
    "no line break at the end": lambda text: text.rstrip().encode(),
    "more of them": lambda text: f"{text}\n \n".encode(),
}


def same_tables(one, other):
    for field in fields(one):
        pd.testing.assert_frame_equal(getattr(one, field.name), getattr(other, field.name))


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_with_the_texts_all_comes_back(told, packed, tmp_path, form):
    story, tables = told
    for number, article in enumerate(story.articles):
        (tmp_path / "theirs" / "deep").mkdir(parents=True, exist_ok=True)
        (tmp_path / "theirs" / "deep" / f"{number}.txt").write_bytes(form(article.text))
    matches, made = unbundle(packed, tmp_path / "new", tmp_path / "theirs")
    how = "identical" if form is FORMS["as it is"] else "restored"
    assert made and matches == [Match(article.article_id, how, f"deep/{number}.txt") for number, article in enumerate(story.articles)]
    again = load_story(tmp_path / "new")
    assert (again.articles, again.codings, again.codebook, again.about) == (story.articles, story.codings, story.codebook, story.about)
    for name, gold in load_gold(story).items():
        pd.testing.assert_frame_equal(load_gold(again)[name], gold)
    same_tables(analyse(again), tables)
    for field in fields(tables):
        results = tmp_path / "new" / "results" / f"{field.name}.csv"
        if results.exists():
            assert results.read_text() == getattr(tables, field.name).to_csv(index=False, lineterminator="\n"), field.name


def test_with_its_texts_a_bundle_needs_nothing(told, tmp_path):
    story, tables = told
    (story.folder / "ledger.csv").write_text("source\nx\n")
    (story.folder / "removed").mkdir()
    (story.folder / "removed" / "a.txt").write_text("Subscribe!")
    (tmp_path / "secret.txt").write_text("secret")
    (story.folder / "removed" / "secret.txt").symlink_to(tmp_path / "secret.txt")
    matches, made = unbundle(bundle(story, tables, tmp_path / "b.zip", texts=True), tmp_path / "deep" / "new")
    assert made and {match.how for match in matches} == {"identical"}
    assert set(listing(story.folder)) - set(listing(tmp_path / "deep" / "new")) == {"removed/secret.txt"}
    same_tables(analyse(load_story(tmp_path / "deep" / "new")), tables)


def test_what_does_not_match_is_left_out_and_told(told, packed, tmp_path):
    story, _ = told
    theirs = tmp_path / "theirs"
    shutil.copytree(story.folder / "texts", theirs)
    (theirs / "a.txt").write_text(story.articles[0].text.replace("Boats wait", "Boats do not wait"), encoding="utf-8")
    (theirs / "c.txt").unlink()
    (theirs / "link.txt").symlink_to(story.folder / "texts" / "c.txt")
    matches, made = unbundle(packed, tmp_path / "new", theirs)
    assert made and [(match.article_id, match.how, match.more_characters) for match in matches] == [
        ("a", "differs", 7), ("b", "identical", None), ("c", "missing", None)]
    assert 0.5 < matches[0].similarity < 1
    again = load_story(tmp_path / "new")
    assert [article.article_id for article in again.articles] == ["b"]
    assert [decision.article_id for decision in again.codings] == ["b"]
    assert len(pd.read_csv(tmp_path / "new" / "results" / "sentences.csv")) == 2


def test_a_text_that_came_without_its_title_is_known(tmp_path, story_with):
    story = story_with("Bridge shut", "The city closed the old bridge.\n")
    (tmp_path / "theirs").mkdir()
    (tmp_path / "theirs" / "raw.txt").write_text("The city closed the old bridge.\r\n")
    packed = bundle(story, analyse(story), tmp_path / "b.zip", texts=False)
    matches, made = unbundle(packed, tmp_path / "new", tmp_path / "theirs")
    assert made and matches == [Match("a", "titled", "raw.txt")]
    assert load_story(tmp_path / "new").articles == story.articles


def test_no_cell_of_a_bundle_is_a_formula(tmp_path, story_with):
    story = story_with("=1+1", "=WEBSERVICE(1) said the mayor. “@SUM(1) is -3,” he said.\n")
    packed = bundle(story, analyse(story), tmp_path / "b.zip", texts=True)
    assert unbundle(packed, tmp_path / "new") == ([Match("a", "identical", "a.txt")], True)
    assert load_story(tmp_path / "new").articles == story.articles
    tables = [content for name, content in members(packed).items() if name.endswith(".csv")]
    tables += [file.read_bytes() for file in (tmp_path / "new").rglob("*.csv")]
    cells = [cell for table in tables for row in csv.reader(io.StringIO(table.decode("utf-8"), newline="")) for cell in row]
    assert "'=1+1" in cells and not [cell for cell in cells if re.match("[=+@]|-[^0-9]", cell)]


def test_a_text_under_another_name_is_known_by_its_likeness():
    shape = Shape.of(Article(article_id="a", text=" ".join(f"word{n}" for n in range(200))))
    assert shape.likeness(sketched(" ".join(f"word{n}" for n in range(190)))) > 0.8
    assert shape.likeness(sketched("Nothing of it stands here at all.")) == 0
    assert shape.model_copy(update={"sketch": "no sketch"}).likeness(sketched("One.")) == 0


breaks = st.sampled_from(["\n", "\r\n", "\r"])


texts = st.lists(st.one_of(breaks, st.sampled_from("ab \t\ufeff\x1c"), st.characters(codec="utf-8")), max_size=40).map("".join)


@given(texts, breaks, st.booleans(), st.text(" \n\r\t", max_size=3))
def test_any_text_is_restored_from_any_form_of_it(text, line_break, mark, end):
    if not text.strip():
        return
    shape = Shape.of(Article(article_id="a", text=text))
    other = "\ufeff" * mark + plain(text).replace("\n", line_break) + end
    assert Shape.model_validate_json(shape.model_dump_json()) == shape
    assert shape.restored(other) == text
    assert shape.restored(other + "x") is None


# What would harm


def forged(packed: Path, changes: dict[str, bytes | str | None], path: Path) -> Path:
    content = members(packed)
    for name, change in changes.items():
        content[name] = change.encode() if isinstance(change, str) else change
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in content.items():
            if data is not None:
                archive.writestr(name, data)
    return path


def rewritten(**shape):
    def change(content: bytes) -> str:
        manifest = json.loads(content)
        manifest["articles"][0] |= shape
        return json.dumps(manifest)

    return change


HOSTILE = {
    "a way out": ({"../evil.txt": "x"}, "no file of a bundle"),
    "a way out of texts": ({"texts/../../evil.txt": "x"}, "no file of a bundle"),
    "an absolute path": ({"/tmp/evil.txt": "x"}, "no file of a bundle"),
    "a drive": ({"C:\\evil.txt": "x"}, "no file of a bundle"),
    "a backslash": ({"texts\\..\\evil.txt": "x"}, "no file of a bundle"),
    "a line break": ({"texts/a\nb.txt": "x"}, "no file of a bundle"),
    "a hidden file": ({"codebook/.a.yaml": "x"}, "no file of a bundle"),
    "a nested archive": ({"texts/a.zip": "PK"}, "no file of a bundle"),
    "a program": ({"evil.py": "x"}, "no file of a bundle"),
    "a file twice": ({"BUNDLE.json": "x"}, "no file of a bundle"),
    "a name twice, but for case": ({"texts/A.txt": "x", "texts/a.txt": "x"}, "stands twice"),
    "a bomb": ({"texts/a.txt": b"\0" * 50_000_000}, "far more than it seems"),
    "no manifest": ({"bundle.json": None}, "no bundle.json"),
    "a manifest that is none": ({"bundle.json": "[" * 100_000}, "bundle.json"),
    "a later form": ({"bundle.json": '{"form": 2, "story": "x", "texts": false, "articles": []}'}, "'form'"),
    "an article that leads elsewhere": ({"bundle.json": rewritten(article_id="../../evil")}, "cannot name a file"),
    "line breaks without end": ({"bundle.json": rewritten(breaks=[[10**18, "\n"], [-(10**18), "\n"]])}, "greater than 0"),
    "an offset behind the end": ({"articles.csv": lambda content: content.replace(b"a,Echo,inferred,14", b"a,Echo,inferred,99999")},
                                 "articles.csv, line 2: there is no passage"),
    "an offset that is none": ({"results/sentences.csv": "article_id,start,end\na," + "9" * 5000 + ",x\n"}, "there is no passage"),
    "a line that is not there": ({"layout.csv": "article_id,line,part\na,999999999999,byline\n"}, "there is no line"),
    "no codebook": ({"codebook/facts.yaml": None}, "no codebook"),
    "no articles": ({"articles.csv": None}, "articles.csv"),
    "YAML that refers to itself": ({"codebook/facts.yaml": "facts: &a [*a]"}, "codebook"),
}


@pytest.mark.parametrize(("changes", "words"), HOSTILE.values(), ids=HOSTILE)
def test_bundle_that_would_harm_is_refused_with_one_message(told, packed, run, tmp_path, changes, words):
    content = members(packed)
    changes = {name: change(content[name]) if callable(change) else change for name, change in changes.items()}
    file = forged(packed, changes, tmp_path / "bad.zip")
    before = listing(tmp_path)
    status, out, err = run("unbundle", file, "--out", "deep/new", "--texts", told[0].folder / "texts")
    assert (status, out) == (2, "") and words in err
    assert err.count("tellings: ") == err.count("To mend it: ") == 1 and "Traceback" not in err
    assert listing(tmp_path) == before


def test_bundle_of_too_much_is_neither_made_nor_opened(told, packed, tmp_path, monkeypatch):
    monkeypatch.setattr(unpacking, "LARGEST", 100)
    with pytest.raises(InputError, match="a file of it to more than"):
        unbundle(packed, tmp_path / "new", told[0].folder / "texts")
    monkeypatch.setattr(packing, "LARGEST", 100)
    with pytest.raises(InputError, match="fewer articles"):
        bundle(*told, tmp_path / "large.zip", texts=False)
    assert not (tmp_path / "new").exists() and not (tmp_path / "large.zip").exists()


def test_file_that_is_no_archive_is_refused(packed, run, tmp_path):
    whole = packed.read_bytes()
    damaged = bytearray(whole)
    damaged[60] ^= 0xFF
    for content in (b"", b"PK", whole[: len(whole) // 2], whole[:-30], bytes(damaged), b"MZ" + whole[:1000]):
        (tmp_path / "bad.zip").write_bytes(content)
        before = listing(tmp_path)
        status, out, err = run("unbundle", "bad.zip", "--out", "new", "--texts", "bridge/texts")
        assert (status, out) == (2, "") and err.count("To mend it: ") == 1, content[:20]
        assert listing(tmp_path) == before


def test_forged_shape_puts_no_word_into_a_text():
    shape = Shape.of(Article(article_id="a", text="One."))
    forgery = Shape.of(Article(article_id="a", text="One. And more."))
    assert forgery.model_copy(update={"end": " And more.", "plain_sha256": shape.plain_sha256}).restored("One.") is None


# The commands


def test_commands_pack_and_unpack(told, run, tmp_path):
    story, tables = told
    status, out, _ = run("bundle", story.folder, "--without-texts")
    assert status == 0 and "bridge-without-texts.zip" in out and "It has no article's text" in out
    status, out, err = run("unbundle", "bridge-without-texts.zip", "--out", "new")
    assert status == 2 and "no text for it" in out and "--texts" in err and not Path("new").exists()
    shutil.copytree(story.folder / "texts", "theirs")
    Path("theirs/c.txt").unlink()
    status, out, _ = run("unbundle", "bridge-without-texts.zip", "--out", "new", "--texts", "theirs")
    assert status == 0 and "with 2 of 3 articles" in out and "with their texts, unbundle again" in out
    status, out, err = run("unbundle", "bridge-without-texts.zip", "--out", "new", "--texts", "theirs")
    assert (status, out) == (2, "") and "something here already" in err
    status, out, _ = run("bundle", story.folder, "--out", "with.zip")
    assert status == 0 and "It holds the articles' texts" in out
    status, out, _ = run("unbundle", "with.zip", "--out", "whole")
    assert status == 0 and "with 3 of 3 articles" in out
    same_tables(analyse(load_story("whole")), tables)


@pytest.mark.parametrize(("arguments", "words"), [
    (["unbundle", "nowhere.zip", "--out", "new"], "no such file"),
    (["unbundle", "bridge.zip", "--out", "new", "--texts", "nowhere"], "no such folder"),
    (["unbundle", "bridge.zip", "--out", "bridge.zip", "--texts", "bridge/texts"], "something here already"),
    (["bundle", "nowhere"], "no story 'nowhere'"),
])
def test_commands_say_what_is_missing(packed, run, tmp_path, arguments, words):
    before = listing(tmp_path)
    status, out, err = run(*arguments)
    assert (status, out) == (2, "") and words in err and err.count("To mend it: ") == 1
    assert listing(tmp_path) == before
