"""Adding to a story: what becomes of each file, and that it happens wholly or not at all."""

import csv
import json
import os
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import load_story
from analysis.errors import InputError
from analysis.files import guarded, unguarded
from analysis.ingest import formats, journal, ledger
from analysis.ingest.add import add
from analysis.ingest.add.holding import _with_outlets
from analysis.ingest.draft import Draft, Offer
from analysis.ingest.ledger import COLUMNS, read_ledger
from analysis.ingest.new import new_story
from analysis.story import PENDING
from refused import refused

NEWS = "The city closed the old bridge on Monday after engineers had found cracks in one of its pillars."
OTHER = "A ferry will carry passengers across the river until the summer, the mayor said in a statement."
GERMAN = "Die Stadt sperrte am Montag die alte Brücke, nachdem Ingenieure Risse in einem Pfeiler gefunden hatten."
WINDOWS = pytest.mark.skipif(os.name != "posix", reason="needs fork and SIGKILL")


@pytest.fixture
def story(tmp_path):
    return new_story(str(tmp_path / "bridge"))


@pytest.fixture
def texts(tmp_path):
    folder = tmp_path / "texts"
    folder.mkdir()
    return folder


@pytest.fixture
def drafts(monkeypatch, tmp_path):
    """Let the readers find these drafts in a file, whose path is returned."""
    def found(*given: Draft, name: str = "export.csv") -> str:
        monkeypatch.setattr(formats, "read", lambda offer, columns=None: list(given))
        (tmp_path / name).write_text(name)
        return str(tmp_path / name)

    return found


def content(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


# From files to articles


def test_a_file_becomes_an_article_that_loads(story, texts):
    (texts / "Old Bridge_1.txt").write_text(f"Old bridge shut\n\n{NEWS}\n", encoding="utf-8")
    [entry] = add(story, [str(texts)]).entries
    assert (entry.source, entry.part, entry.decision, entry.article_id) == ("texts/Old Bridge_1.txt", "1", "kept", "old-bridge-1")
    assert (entry.format, entry.encoding, entry.language, entry.words) == ("plain text", "utf-8", "en", "18")
    assert len(entry.sha256) == 64
    [article] = load_story(story).articles
    assert (article.article_id, article.title, article.text) == ("old-bridge-1", "Old bridge shut", f"Old bridge shut\n\n{NEWS}\n")
    assert article.layout == {1: "headline"}
    assert (article.outlet_basis, article.published_basis) == ("unknown", "unknown"), "what nobody states is unknown"
    assert read_ledger(story) == [entry]


def test_byline_and_date_at_the_head_are_furniture(story, texts):
    (texts / "a.txt").write_text(f"Old bridge shut\n\nBy Ada Lopez\n18 October 2021\n\n{NEWS}\n")
    (texts / "b.txt").write_text(f"By Ada Lopez\n\n{OTHER}\n")
    add(story, [str(texts)])
    first, second = load_story(story).articles
    assert first.layout == {1: "headline", 3: "byline", 4: "dateline"} and second.layout == {1: "byline"}
    assert str(first.published_earliest) == "2021-10-18"


def test_what_a_reader_found_stands_in_the_story(story, drafts):
    file = drafts(Draft(NEWS, title="Shut:\n the bridge", outlet="The Herald", outlet_found="column 'source'", author="Ada Lopez",
                        url="https://herald.example/1", published="2021-10-18T23:30+02:00", published_found="column 'date'",
                        encoding="utf-16", removed="Subscribe now", notes=("column guessed",)))
    [entry] = add(story, [file]).entries
    assert entry.article_id == "the-herald-2021-10-18-shut-the-bridge" or entry.article_id == "export"
    assert (entry.outlet, entry.outlet_found, entry.published, entry.published_zone) == (
        "The Herald", "column 'source'", "2021-10-18T23:30+02:00", "+02:00")
    assert (entry.encoding, entry.removed_characters) == ("utf-16", "13") and "column guessed" in entry.notes and "Ada Lopez" in entry.notes
    [article] = load_story(story).articles
    assert (article.title, article.outlet, article.outlet_basis) == ("Shut: the bridge", "The Herald", "stated")
    assert str(article.published_earliest) == str(article.published_latest) == "2021-10-18" and article.published_basis == "stated"
    assert (story / "removed" / f"{article.article_id}.txt").read_text() == "Subscribe now"
    assert tomllib.loads((story / "story.toml").read_text())["outlets"] == {"The Herald": ""}


@pytest.mark.parametrize(("published", "days", "zone", "note"), [
    ("2021-10-18", ("2021-10-18", "2021-10-18"), "none", ""),
    ("2021-10-18T09:30:00Z", ("2021-10-18", "2021-10-18"), "+00:00", ""),
    ("2021-10-18T09:30:00", ("2021-10-18", "2021-10-18"), "none", ""),
    ("2021-10-18/2021-10-24", ("2021-10-18", "2021-10-24"), "none", ""),
    ("2021-10-24/2021-10-18", ("", ""), "", "not understood"),
    ("yesterday", ("", ""), "", "not understood"),
    (None, ("", ""), "", ""),
])
def test_a_date_keeps_its_zone_or_says_that_it_has_none(story, drafts, published, days, zone, note):
    [entry] = add(story, [drafts(Draft(NEWS, published=published))]).entries
    [row] = rows(story / "articles.csv")
    assert (row["published_earliest"], row["published_latest"]) == days
    assert entry.published_zone == zone and note in entry.notes


@pytest.mark.parametrize(("names", "ids"), [
    (["a.txt", "A.md", "b/a.txt"], ["a", "a-2", "a-3"]),
    (["con.txt", "été.txt", "中文.txt", "--.txt"], ["text-con", "ete", "article", "article-2"]),
    (["x" * 200 + ".txt"], ["x" * 60]),
])
def test_ids_are_readable_different_and_safe_as_names_of_files(story, texts, names, ids):
    for number, name in enumerate(names):
        (texts / name).parent.mkdir(exist_ok=True)
        (texts / name).write_text(f"{NEWS} {number}", encoding="utf-8")
    for name in names:
        add(story, [str(texts / name)])
    assert [article.article_id for article in load_story(story).articles] == ids


def test_a_list_beside_the_texts_says_what_they_do_not(story, texts, tmp_path):
    (texts / "list.csv").write_text("article_id,outlet,title,published,url\nshut,Herald,Bridge shut,2021-10-18T09:30:00,https://herald.example/1\n"
                                    "ferry,Post,Ferry,,\nnowhere,Times,Gone,,\n")
    (texts / "sub").mkdir()
    (texts / "sub" / "shut.txt").write_text(NEWS)
    (texts / "a-ferry.txt").write_text(OTHER)
    (tmp_path / "ferry.txt").write_text(f"{OTHER} It sails.")
    entries = add(story, [str(texts), str(tmp_path / "ferry.txt")]).entries
    assert "a list without texts" in entries[0].why
    assert [(entry.article_id, entry.outlet, entry.outlet_found) for entry in entries[1:]] == [
        ("a-ferry", "", ""), ("shut", "Herald", "list.csv, column 'outlet'"), ("ferry", "", "")], "it speaks of its own folder"
    by_id = {article.article_id: article for article in load_story(story).articles}
    assert (by_id["shut"].title, by_id["shut"].url, str(by_id["shut"].published_earliest)) == ("Bridge shut", "https://herald.example/1", "2021-10-18")
    before = content(story)
    add(story, [str(texts)])
    assert content(story) == before


def test_a_list_written_later_fills_what_is_empty(story, texts):
    (texts / "shut.txt").write_text(NEWS)
    (texts / "ferry.txt").write_text(OTHER)
    add(story, [str(texts)])
    file = story / "articles.csv"
    file.write_text(file.read_text().replace("ferry,,unknown", "ferry,Mine,stated"))
    (story / "story.toml").write_text((story / "story.toml").read_text() + 'Mine = ""\n')
    (texts / "list.csv").write_text("file,outlet,published\nshut.txt,=Herald,2021-10-18T09:30Z\nferry.txt,Post,2021-10-19\n")
    listed, *_ = add(story, [str(texts)]).entries
    assert "a list without texts" in listed.why
    assert {a.article_id: (a.outlet, str(a.published_earliest)) for a in load_story(story).articles} == {
        "shut": ("=Herald", "2021-10-18"), "ferry": ("Mine", "2021-10-19")}, "what a person wrote stays"
    assert {e.article_id: (e.outlet_found, e.published_zone) for e in read_ledger(story) if e.article_id} == {
        "shut": ("list.csv, column 'outlet'", "+00:00"), "ferry": ("", "none")}
    before = content(story)
    add(story, [str(texts)])
    assert content(story) == before


def test_an_article_that_a_person_took_out_stays_out(story, texts, drafts):
    for name, text in (("a", NEWS), ("b", OTHER), ("c", NEWS)):
        (texts / f"{name}.txt").write_text(text)
    add(story, [str(texts)])

    def take_out(name: str):
        for table in ("articles.csv", "layout.csv"):
            if (file := story / table).exists():
                file.write_text("".join(line for line in file.read_text().splitlines(True) if not line.startswith(f"{name},")))
        (story / "texts" / f"{name}.txt").unlink()

    take_out("a")
    (texts / "d.txt").write_text(f"{NEWS} {OTHER}")
    entries = {entry.source: entry for entry in add(story, [str(texts)]).entries}
    assert [article.article_id for article in load_story(story).articles] == ["b", "d"]
    assert "taken out" in entries["texts/a.txt"].why and entries["texts/c.txt"].decision == "duplicate"
    before = content(story)
    add(story, [str(texts)])
    assert content(story) == before
    file = drafts(Draft(f"{NEWS} One."), Draft(""), Draft(f"{NEWS} Two."))
    add(story, [file])
    take_out("export-1")
    assert ["taken out" in entry.why for entry in add(story, [file]).entries] == [True, False, False]
    assert [article.article_id for article in load_story(story).articles] == ["b", "d", "export-3"]


def test_a_table_that_names_no_file_beside_it_is_no_list(story, texts):
    (texts / "cloud.csv").write_text("id,media_name,publish_date,title,url\n7,Herald,2021-10-18,Bridge shut,https://herald.example/1\n")
    entry, *_ = add(story, [str(texts)]).entries
    assert "addresses and titles without texts" in entry.why and "names none that is beside it" in entry.notes
    before = content(story)
    add(story, [str(texts)])
    assert content(story) == before


def test_articles_of_one_file_are_named_by_outlet_day_and_title(story, drafts):
    add(story, [drafts(Draft(NEWS, title="The bridge is shut and will stay so", outlet="Herald", published="2021-10-18"), Draft(OTHER),
                       Draft(NEWS + OTHER, title="Ferry"))])
    assert [article.article_id for article in load_story(story).articles] == [
        "herald-2021-10-18-the-bridge-is-shut-and", "export-2", "ferry"]


def test_what_cannot_be_an_article_is_dropped_and_told_why(story, texts):
    for name, data in {"empty.txt": b"", "german.txt": GERMAN.encode(), "long.txt": NEWS.encode() * 11_000, "bytes.txt": b"\xff\xfe\x00\xd8\xff" * 9,
                       "good.txt": NEWS.encode()}.items():
        (texts / name).write_bytes(data)
    found = {entry.source.partition("/")[2]: entry for entry in add(story, [str(texts)]).entries}
    assert {name: entry.decision for name, entry in found.items()} == {
        "bytes.txt": "dropped", "empty.txt": "dropped", "german.txt": "dropped", "good.txt": "kept", "long.txt": "dropped"}
    assert all(entry.why for entry in found.values() if entry.decision == "dropped")
    assert "another language ('de')" in found["german.txt"].why and found["german.txt"].language == "de"
    assert [article.article_id for article in load_story(story).articles] == ["good"]


# Duplicates


def test_the_same_text_is_merged_and_told(story, texts):
    (texts / "a.txt").write_text(NEWS)
    (texts / "b.txt").write_text(NEWS.replace(" ", "\n  "))
    first, second = add(story, [str(texts)]).entries
    assert (first.decision, second.decision, second.of, second.similarity) == ("kept", "duplicate", "a", "1.00")
    assert len(load_story(story).articles) == 1


def test_the_same_text_in_two_outlets_is_two_tellings(story, drafts):
    file = drafts(Draft(NEWS, outlet="Herald"), Draft(NEWS, outlet="Post"), Draft(NEWS, outlet="Herald"), Draft(NEWS))
    assert [entry.decision for entry in add(story, [file]).entries] == ["kept", "kept", "duplicate", "duplicate"]


def test_the_same_file_without_its_list_or_with_its_outlet_renamed_is_no_other_article(story, texts):
    (texts / "list.csv").write_text("file,outlet,title\nshut.txt,herald.example,Bridge shut\n")
    (texts / "shut.txt").write_text(NEWS)
    add(story, [str(texts)])
    for name in ("articles.csv", "story.toml"):
        (story / name).write_text((story / name).read_text().replace("herald.example", "The Herald"))
    with zipfile.ZipFile(texts.parent / "texts.zip", "w") as archive:
        for file in texts.iterdir():
            archive.write(file, f"texts/{file.name}")
    for source in (texts / "shut.txt", texts.parent / "texts.zip"):
        assert add(story, [str(source)]).entries[-1].of == "shut"
    assert len(load_story(story).articles) == 1


def test_the_same_words_under_another_title_are_another_telling(story, drafts):
    entries = add(story, [drafts(*(Draft(NEWS, title=title, outlet="Herald") for title in ("Bridge shut", "Bridge  shut", "City shuts bridge", None)))]).entries
    assert [entry.decision for entry in entries] == ["kept", "duplicate", "kept", "duplicate"]
    assert entries[2].of == entries[0].article_id, "it is told whose copy it is"


def test_what_is_nearly_the_same_is_kept_and_named(story, texts):
    wire = " ".join(f"In town number {number} the council voted on Monday for {number + 3} new trams." for number in range(12))
    (texts / "wire.txt").write_text(wire)
    add(story, [str(texts)])
    (texts / "herald.txt").write_text(wire[:-60] + " (Agencies)")
    (texts / "other.txt").write_text(NEWS)
    entries = {entry.article_id: entry for entry in add(story, [str(texts)]).entries}
    assert {entry.decision for entry in entries.values()} == {"kept"}
    assert (entries["herald"].of, entries["wire"].of, entries["other"].of) == ("wire", "", "")
    assert 0.7 < float(entries["herald"].similarity) < 1
    assert {entry.article_id: entry.of for entry in read_ledger(story)} == {"wire": "", "herald": "wire", "other": ""}


# Again


def test_adding_the_same_again_changes_nothing(story, texts):
    (texts / "a.txt").write_text(NEWS)
    (texts / "b.txt").write_text(NEWS)
    (texts / "german.txt").write_text(GERMAN)
    (texts / ".hidden").write_text("x")
    first = add(story, [str(texts)])
    before = content(story)
    again = add(story, [str(texts)])
    assert (first.known, again.known) == (0, 4) and again.entries == first.entries
    assert content(story) == before


def test_a_file_that_was_dropped_is_read_again(story, drafts):
    file = drafts()
    assert "no article" in add(story, [file]).entries[0].why
    drafts(Draft(NEWS))
    assert [entry.decision for entry in add(story, [file]).entries] == ["kept"]
    assert len(read_ledger(story)) == 1


def test_two_of_one_name_are_two_rows_and_a_fault_is_forgotten_once_it_is_mended(story, monkeypatch):
    broken, whole = Offer("a.txt", problem="it is damaged"), Offer("a.txt", f"Shut\n\n{NEWS}".encode())
    for given, told in [([broken], ["dropped"]), ([broken, whole], ["dropped", "kept"]), ([broken, whole], ["dropped", "kept"]), ([whole], ["kept"])]:
        monkeypatch.setattr("analysis.ingest.add.offers", lambda *_, given=given, **__: iter(given))
        assert [entry.decision for entry in add(story, ["a.txt"]).entries] == told == [entry.decision for entry in read_ledger(story)]


def test_a_file_with_good_and_bad_articles_stays_as_it_was_read(story, drafts):
    file = drafts(Draft(NEWS), Draft(""), Draft(NEWS), Draft(OTHER))
    assert [entry.decision for entry in add(story, [file]).entries] == ["kept", "dropped", "duplicate", "kept"]
    before = content(story)
    add(story, [file])
    assert content(story) == before


def test_a_dry_run_shows_and_writes_nothing(story, texts):
    (texts / "a.txt").write_text(NEWS)
    before = content(story)
    assert [entry.decision for entry in add(story, [str(texts)], dry_run=True).entries] == ["kept"]
    assert {name: data for name, data in content(story).items() if name != journal.LOCK} == before


def test_columns_reach_the_reader(story, drafts, monkeypatch):
    file, seen = drafts(), []
    monkeypatch.setattr(formats, "read", lambda offer, columns=None: seen.append(columns) or [])
    add(story, [file], columns={"text": "Body"})
    assert seen == [{"text": "Body"}]


# What people wrote stays


def test_rows_are_put_below_what_a_person_wrote(story, drafts):
    (story / "texts" / "mine.txt").write_text("Mine.\n")
    mine = "\ufefftitle,article_id,outlet,outlet_basis,outlet_evidence,published_earliest,published_latest,published_basis,published_evidence,url,condition\r\n" \
           "Mine,mine,,unknown,,,,unknown,,,unknown"
    (story / "articles.csv").write_bytes(mine.encode())
    add(story, [drafts(Draft(NEWS, title="Shut"))])
    assert (story / "articles.csv").read_bytes().startswith(mine.encode() + b"\n")
    assert [(article.article_id, article.title) for article in load_story(story).articles] == [("mine", "Mine"), ("export", "Shut")]


@pytest.mark.parametrize("toml", [
    "title = 'x'\n", "title = 'x'\n[outlets]\n", "title = 'x'\n[outlets]  # mine\n\"A\" = 'a'  # first\n\n# the end", "[outlets]\nA = 'a'\n[more]\nx = 1",
    "title = '''\n[outlets]\n'''\n", "outlets = {A = 'a'}\n", "outlets.A = 'a'\n",
])
def test_outlets_are_written_into_story_toml_or_it_is_said_that_they_cannot_be(toml):
    names = ["A", 'The "Post"\\', "été\x7f"]
    before = tomllib.loads(toml)
    try:
        after = _with_outlets(toml, names)
    except InputError as error:
        assert "outlets" in str(error) and toml.startswith(("outlets", "title = '''"))
        return
    assert tomllib.loads(after) == {**before, "outlets": {**dict.fromkeys(names, ""), **before.get("outlets", {})}}
    assert [line for line in toml.split("\n") if line and line not in after] == []
    assert _with_outlets(after, names) == after


@settings(max_examples=50)
@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20))
def test_any_outlet_can_be_written(name):
    assert tomllib.loads(_with_outlets("title = 'x'\n", [name]))["outlets"] == {name: ""}


def test_a_table_that_is_changed_meanwhile_is_not_overwritten(story, texts):
    (texts / "a.txt").write_text(NEWS)

    def change(name: str) -> None:
        (story / "articles.csv").write_text("mine")

    error = refused(lambda folder: add(folder, [str(texts)], progress=change), story)
    assert "was changed" in error.problem and (story / "articles.csv").read_text() == "mine"
    assert sorted(content(story / "texts")) == []


@given(st.text(max_size=5) | st.text("'=+-@\t\r ab", max_size=5))
def test_a_guarded_cell_is_no_formula_and_comes_back(cell):
    assert unguarded(guarded(cell)) == cell
    assert not guarded(cell).startswith(("=", "+", "-", "@", "\t", "\r"))


def test_cells_that_a_spreadsheet_would_run_are_guarded_in_every_table(story, drafts):
    add(story, [drafts(Draft(NEWS, title="=HYPERLINK('x')", outlet="@SUM(1)", author="-1", url="+1"))])
    assert [article.title for article in load_story(story).articles] == ["=HYPERLINK('x')"]
    for name in ("articles.csv", "layout.csv", "ledger.csv"):
        cells = [cell for row in rows(story / name) for cell in row.values()]
        assert not any(cell.startswith(("=", "+", "-", "@")) for cell in cells), name
    assert read_ledger(story)[0].outlet == "@SUM(1)"


@settings(max_examples=40, deadline=None)
@given(st.lists(st.builds(Draft, text=st.text(max_size=40), title=st.none() | st.text(max_size=9), outlet=st.none() | st.text(max_size=9),
                          url=st.none() | st.text(max_size=9), published=st.none() | st.text(max_size=9), removed=st.text(max_size=9)), max_size=4))
def test_any_draft_leaves_a_story_that_loads(tmp_path_factory, given_drafts):
    folder = tmp_path_factory.mktemp("any")
    story, file = new_story(str(folder / "s")), folder / "a.csv"
    file.write_text("x")
    real, formats.read = formats.read, lambda offer, columns=None: given_drafts
    try:
        entries = add(story, [str(file)]).entries
        before = content(story)
        add(story, [str(file)])
    finally:
        formats.read = real
    assert content(story) == before
    kept = [entry.article_id for entry in entries if entry.decision == "kept"]
    if kept:
        assert [article.article_id for article in load_story(story).articles] == kept


# Interrupted


KILLED_AT = """
import json, os, signal, sys
from pathlib import Path
from analysis import load_story
from analysis.errors import InputError
from analysis.ingest.add import add
from analysis.ingest.language import language
language("The city closed the old bridge on Monday, and the mayor welcomed it.")  # loads its model
STEPS = ("open", "os.mkdir", "os.rename", "os.remove", "os.rmdir", "shutil.rmtree")
story, texts = Path(sys.argv[1]), sys.argv[2]

def run(step):
    child = os.fork()
    if child == 0:
        count = 0
        def hook(event, arguments):
            nonlocal count
            if event in STEPS and any(str(story) in str(argument) for argument in arguments):
                count += 1
                if count == step:
                    os.kill(os.getpid(), signal.SIGKILL)
        sys.addaudithook(hook)
        add(story, [texts])
        os._exit(0)
    return os.waitpid(child, 0)[1]

def content():
    return {str(path.relative_to(story)): path.read_bytes().hex() for path in sorted(story.rglob("*")) if path.is_file()}

empty, told, results, status = content(), {}, [], None
while status != 0:  # until there are no more steps to be killed before
    for path in sorted(story.rglob("*"), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()
    for name, data in empty.items():
        (story / name).parent.mkdir(parents=True, exist_ok=True)
        (story / name).write_bytes(bytes.fromhex(data))
    status = run(len(results) + 1)
    try:
        load_story(story)
        state = "accepted"
    except InputError as error:
        state = error.problem
    told[state] = told.get(state, 0) + 1
    assert run(0) == 0
    load_story(story)
    results.append(content())
assert all(result == results[-1] for result in results), "a second run completes it"
print(json.dumps([len(results), told, sorted(results[-1])]))
"""


@WINDOWS
def test_killed_before_any_step_it_leaves_what_check_accepts_or_explains_and_a_second_run_completes_it(story, texts):
    for number in range(3):
        (texts / f"{number}.txt").write_text(f"Report {number}\n\n{NEWS} {number}\n")
    done = subprocess.run([sys.executable, "-c", KILLED_AT, str(story), str(texts)], capture_output=True, text=True, timeout=300,
                          cwd=Path(__file__).parent.parent)
    assert done.returncode == 0, done.stderr
    steps, told, left = json.loads(done.stdout)
    assert steps > 30
    assert set(told) == {"accepted", "there are no articles yet", "articles are being added to this story, or their adding was interrupted"}
    assert [name for name in left if name.startswith("texts")] == [f"texts/{number}.txt" for number in range(3)]


def test_what_was_decided_is_finished_without_its_sources(story, texts, monkeypatch):
    (texts / "a.txt").write_text(NEWS)

    def dead(folder):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(journal, "_put_in_place", dead)
        add(story, [str(texts)])
    assert "tellings add" in refused(load_story, story).remedy
    assert (story / PENDING).is_dir()
    add(story, [])
    assert [article.article_id for article in load_story(story).articles] == ["a"]


@WINDOWS
@pytest.mark.parametrize("name", ["texts", "removed", journal.LOCK, journal.STAGED])
def test_nothing_is_written_through_a_link_out_of_the_story(story, texts, tmp_path, name):
    (texts / "a.txt").write_text(NEWS)
    (tmp_path / "elsewhere").mkdir()
    if name == "texts":
        (story / name).rmdir()
    (story / name).symlink_to(tmp_path / "elsewhere")
    assert "link" in refused(lambda source: add(story, [source]), str(texts)).problem
    assert not any((tmp_path / "elsewhere").iterdir())


def test_two_processes_do_not_add_at_once(story, texts):
    (texts / "a.txt").write_text(NEWS)
    with journal.staging(story):
        code = "import sys; from pathlib import Path; from analysis.ingest.add import add; add(Path(sys.argv[1]), [sys.argv[2]])"
        other = subprocess.run([sys.executable, "-c", code, str(story), str(texts)], capture_output=True, text=True,
                               cwd=Path(__file__).parent.parent)
    assert "by another process" in other.stderr and not (story / "ledger.csv").exists()
    assert len(add(story, [str(texts)]).entries) == 1, "who is done holds it no longer"


# How it is described


def test_the_ledger_reads_what_it_writes_and_refuses_another_shape(story):
    entry = ledger.Entry("a\u202e,\"b\n", decision="dropped", why="=1+1")
    (story / "ledger.csv").write_text(ledger.as_csv([entry]), encoding="utf-8", newline="")
    assert read_ledger(story) == [entry]
    (story / "ledger.csv").write_text("source\nx\n")
    assert "missing" in refused(read_ledger, story).problem


def test_readme_of_the_data_describes_every_column_of_the_ledger():
    readme = (Path(__file__).parent.parent / "data" / "README.md").read_text(encoding="utf-8")
    assert ledger.describe() in readme
    assert len(COLUMNS) == len(set(COLUMNS)) == 21
