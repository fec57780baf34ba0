"""The story folder: what loads, and what is refused with file, line and remedy."""

import hashlib
import shutil
from datetime import date
from pathlib import Path

import pytest

from analysis.errors import InputError
from analysis.story import ARTICLE_COLUMNS, GOLD_COLUMNS, load_gold, load_story
from refused import refused

STORY = Path(__file__).parent.parent / "data" / "russia-nato-2021"


@pytest.fixture
def folder(tmp_path):
    """A copy of the first story that a test may spoil."""
    return Path(shutil.copytree(STORY, tmp_path / "copy"))


def replace(file: Path, old: str, new: str) -> None:
    text = file.read_bytes().decode("utf-8")
    assert old in text, f"{old!r} must stand in {file.name}"
    file.write_bytes(text.replace(old, new, 1).encode("utf-8"))


def refusal(folder: Path, load=load_story) -> InputError:
    return refused(load, folder)


# The file spoilt, what is replaced, by what, the line that the message must name, words that it must hold.
BAD_ROWS = {
    "column missing": ("articles.csv", ",url,", ",", 1, ["'url'", "missing", "add it"]),
    "column misspelt": ("articles.csv", ",condition", ",condtion", 1, ["condtion", "write 'condition'"]),
    "column nobody knows": ("articles.csv", ",condition\n", ",condition,stars\n", 1, ["stars", "use one of"]),
    "column twice": ("articles.csv", ",url,", ",title,", 1, ["'title'", "twice"]),
    "separated by semicolons": ("articles.csv", "article_id,outlet,", "article_id;outlet;", 1, ["article_id;outlet;"]),
    "id twice": ("articles.csv", "\n001,", "\n000,", 3, ["article_id '000'", "twice", "line 2"]),
    "id empty": ("articles.csv", "\n001,", "\n,", 3, ["article_id"]),
    "outlet not in story.toml": ("articles.csv", ",TASS,", ",TAS,", 4, ["'TAS'", "story.toml", "write 'TASS'", "[outlets]"]),
    "outlet without basis": ("articles.csv", "TASS,stated", "TASS,", 4, ["outlet", "outlet_basis", "'unknown'"]),
    "outlet of unknown basis": ("articles.csv", "TASS,stated", "TASS,unknown", 4, ["outlet", "outlet_basis", "contradict"]),
    "basis without outlet": ("articles.csv", "000,,unknown", "000,,stated", 2, ["outlet", "outlet_basis", "contradict"]),
    "basis misspelt": ("articles.csv", "TASS,stated", "TASS,states", 4, ["outlet_basis", "'stated'", "'inferred'"]),
    "outlet inferred from nothing": ("articles.csv", "inferred,said in a statement to the Financial Times", "inferred,", 3,
                                     ["outlet_basis", "outlet_evidence", "empty"]),
    "evidence for the outlet that is not in the text": ("articles.csv", "to the Financial Times", "to The Financial Times", 3,
                                                        ["outlet_evidence", "said in a statement to The Financial Times"]),
    "day inferred from nothing": ("articles.csv", "inferred,said at a briefing on Monday", "inferred,", 3,
                                  ["published_basis", "published_evidence", "empty"]),
    "evidence for the day that is not in the text": ("articles.csv", "said at a briefing on Monday", "said at a briefing on Tuesday", 3,
                                                     ["published_evidence", "said at a briefing on Tuesday"]),
    "day without basis": ("articles.csv", "2021-10-18,2021-10-18,stated,,,complete", "2021-10-18,2021-10-18,,,,complete", 4,
                          ["published", "contradict"]),
    "basis without day": ("articles.csv", "2021-10-18,2021-10-18,stated,,,complete", ",,stated,,,complete", 4,
                          ["published", "contradict"]),
    "published too late for its own latest": ("articles.csv", "2021-10-18,2021-10-24,inferred,said at", "2021-10-25,2021-10-24,inferred,said at",
                                              3, ["published_earliest", "later", "published_latest"]),
    "day that does not exist": ("articles.csv", "2021-10-18,2021-10-24", "2021-10-18,2021-10-32", 3, ["published_latest"]),
    "day that is a word": ("articles.csv", "2021-10-18,2021-10-24", "Monday,2021-10-24", 3, ["published_earliest"]),
    "day that is a number": ("articles.csv", "2021-10-18,2021-10-24", "20211018,2021-10-24", 3, ["published_earliest"]),
    "day as seconds since 1970": ("articles.csv", "2021-10-18,2021-10-24", "1634515200,2021-10-24", 3, ["published_earliest"]),
    "day in English order": ("articles.csv", "2021-10-18,2021-10-24", "18/10/2021,2021-10-24", 3, ["published_earliest"]),
    "condition unknown": ("articles.csv", "machine-altered", "spun", 6, ["condition", "'machine-altered'"]),
    "row too short": ("articles.csv", ",stated,,,complete", ",stated,complete", 4, ["9 cells", "11"]),
    "row too long": ("articles.csv", ",stated,,,complete", ",stated,,,,,complete", 4, ["13 cells", "11"]),
    "quote left open": ("articles.csv", ',"Russia Suspends Its Mission At NATO, Shuts Alliance\'s Office",',
                        ',"Russia Suspends Its Mission At NATO,', None, ["not CSV", "quotation marks"]),
    "quote in the midst": ("articles.csv", 'Alliance\'s Office"', 'Alliance\'s" Office"', 6, ["not CSV", "quotation marks"]),
    "no text for a row": ("articles.csv", "\n001,", "\n0001,", None, ["missing", "row"]),
    "layout of another line": ("layout.csv", "001,12,credit", "001,11,credit", 2, ["line 11", "001", "Credit: Source link", "count"]),
    "layout misquoted": ("layout.csv", "Credit: Source link", "Credit: source link", 2, ["line 12", "Credit: source link"]),
    "layout line zero": ("layout.csv", "001,12,credit", "001,0,credit", 2, ["line 0", "count lines from 1"]),
    "layout line negative": ("layout.csv", "001,12,credit", "001,-1,credit", 2, ["line -1"]),
    "layout line a word": ("layout.csv", "001,12,credit", "001,last,credit", 2, ["line last"]),
    "layout line not in ASCII": ("layout.csv", "001,12,credit", "001,²,credit", 2, ["line ²"]),
    "layout line beyond the end": ("layout.csv", "001,12,credit", "001,9999,credit", 2, ["line 9999"]),
    "layout part misspelt": ("layout.csv", ",navigation,All", ",navigaton,All", 3, ["navigaton", "write 'navigation'"]),
    "layout column missing": ("layout.csv", "line,part", "part", 1, ["'line'", "missing"]),
    "layout row short": ("layout.csv", "001,12,credit,Credit: Source link", "001,12,credit", 2, ["3 cells", "4"]),
    "layout of an article that is not there": ("layout.csv", "001,12,credit", "01,12,credit", 2, ["'01'", "articles.csv", "write '001'"]),
    "layout of one line twice": ("layout.csv", "003,1,kicker,Russia NATO", "003,1,kicker,Russia NATO\n003,1,byline,Russia NATO", 7, ["twice"]),
}


@pytest.mark.parametrize(("name", "old", "new", "line", "words"), BAD_ROWS.values(), ids=BAD_ROWS)
def test_bad_row_is_told_with_line_and_remedy(folder, name, old, new, line, words):
    replace(folder / name, old, new)
    error = refusal(folder)
    if line is not None:
        assert (error.file, error.line) == (folder / name, line)
        assert str(error).startswith(f"{folder / name}, line {line}: ")
    for word in words:
        assert word in str(error)


BAD_ABOUT = {
    "key misspelt": ("title =", "titel =", ["titel", "write 'title'"]),
    "day misspelt": ("earliest =", "earlest =", ["earlest", "write 'earliest'"]),
    "key that nobody knows": ("title =", 'zzz = 1\ntitle =', ["zzz", "use one of"]),
    "key missing": ('title = "Russia suspends its mission to NATO"', "", ["title", "add it"]),
    "no TOML": ("title = ", "title ", ["not TOML", "line 1"]),
    "day that does not exist": ("2021-11-01", "2021-11-31", ["not TOML", "line"]),
    "day that is a word": ("2021-11-01", '"November"', ["latest"]),
    "outlets that are a list": ("[outlets]", "outlets = []\n[other]", ["outlets"]),
    "outlet that is a number": ('"Russia\'s state news agency"', "7", ["outlets.TASS"]),
    "last day before the first": ("2021-11-01", "2021-10-01", ["earliest", "latest"]),
}


@pytest.mark.parametrize(("old", "new", "words"), BAD_ABOUT.values(), ids=BAD_ABOUT)
def test_bad_story_toml_is_told_with_remedy(folder, old, new, words):
    replace(folder / "story.toml", old, new)
    error = refusal(folder)
    assert error.file == folder / "story.toml"
    for word in words:
        assert word in str(error)


def test_text_that_is_not_utf8_is_told_with_its_line(folder):
    text = folder / "texts" / "003.txt"
    data = text.read_bytes()
    at = data.index(b"\n", data.index(b"\n") + 1) + 1  # the third line
    text.write_bytes(data[:at] + "é".encode("latin-1") + data[at:])
    error = refusal(folder)
    assert (error.file, error.line) == (text, 3)
    assert "0xe9" in error.problem and "UTF-8" in error.remedy


def test_table_that_is_not_utf8_is_told_with_its_line(folder):
    table = folder / "articles.csv"
    table.write_bytes(table.read_bytes().replace("Russia’s".encode(), "Russia’s".encode("cp1252")))
    error = refusal(folder)
    assert (error.file, error.line) == (table, 4)
    assert "UTF-8" in error.problem


@pytest.mark.parametrize("content", ["", " ", "\n\n", "\u00a0\t\r\n"])
def test_empty_text_is_refused(folder, content):
    text = folder / "texts" / "002.txt"
    text.write_text(content, encoding="utf-8")
    (folder / "layout.csv").unlink()
    replace(folder / "articles.csv", "TASS,stated,,NATO regrets Russia’s decision to suspend diplomatic missions but is ready for dialogue", "TASS,stated,,")
    error = refusal(folder)
    assert error.file == text and "empty" in error.problem


def test_missing_text_is_named(folder):
    (folder / "texts" / "001.txt").unlink()
    error = refusal(folder)
    assert error.file == folder / "texts" / "001.txt"
    assert "missing" in error.problem and "row" in error.remedy


def test_text_without_row_is_named(folder):
    (folder / "texts" / "005.txt").write_text("A sixth telling.", encoding="utf-8")
    error = refusal(folder)
    assert error.file == folder / "articles.csv"
    assert "005.txt" in error.problem and "add a row for '005'" in error.remedy


def test_missing_table_is_named(folder):
    (folder / "articles.csv").unlink()
    error = refusal(folder)
    assert error.file == folder / "articles.csv" and "missing" in error.problem


@pytest.mark.parametrize(("kept", "words"), [(1, "no articles"), (0, "'article_id' is missing")])
def test_story_without_articles_is_refused(folder, kept, words):
    table = folder / "articles.csv"
    table.write_text("".join(table.read_text(encoding="utf-8").splitlines(keepends=True)[:kept]), encoding="utf-8")
    error = refusal(folder)
    assert error.file == table and words in str(error)


def test_folder_without_story_toml_is_no_story(folder):
    (folder / "story.toml").unlink()
    error = refusal(folder)
    assert str(folder) in str(error) and "story.toml" in str(error)


def test_bad_codebook_is_told_with_its_line(folder):
    replace(folder / "codebook" / "facts.yaml", "- fact_id: F02", "- fact_ic: F02")
    error = refusal(folder)
    assert error.file == folder / "codebook" / "facts.yaml" and error.line is not None


def test_name_of_a_story_is_corrected():
    error = refusal("russia-nato-2012")
    assert "there is no story 'russia-nato-2012'" in str(error) and "write 'russia-nato-2021'" in str(error)


# What is loaded


def test_story_is_found_by_name_by_folder_and_by_environment(folder, monkeypatch):
    assert load_story("russia-nato-2021").folder == STORY.resolve()
    assert load_story(folder).name == "copy"
    monkeypatch.delenv("TELLINGS_STORY", raising=False)
    assert load_story().folder == STORY.resolve()
    monkeypatch.setenv("TELLINGS_STORY", str(folder))
    assert load_story().folder == folder
    assert load_story("russia-nato-2021").folder == STORY.resolve()


def test_story_is_found_in_the_data_folder_where_one_works(folder, monkeypatch):
    home = folder.parent / "home"
    shutil.copytree(folder, home / "data" / "mine")
    monkeypatch.chdir(home)
    assert load_story("mine").folder == home / "data" / "mine"


SHA256 = {
    "000": "736eb7c310b4073b164d2d87074f1691cc9f884d162d3ecc56d23856882a53f5",
    "001": "c94c7646f713145ce92aee3373258bca21855e8812acaeca6fe2f90a5da265da",
    "002": "6cc988a891eaccf0503dd58c41c6892feabdc17ee5b2b917f2ef0efaaeb568b7",
    "003": "ee6757b7fc60cd31ddcb248ac1fdb9cc6fa2bd0d20a06e5e7d1a8f6de1caf834",
    "004": "29c56378fdb61cd899a76d51d577c04f3123e5b72bb2b509556555e35f5d2099",
}


def test_the_five_texts_are_byte_for_byte_what_they_were(story):
    files = {file.stem: hashlib.sha256(file.read_bytes()).hexdigest() for file in (STORY / "texts").iterdir()}
    assert files == SHA256
    assert {article.article_id: article.sha256 for article in story.articles} == SHA256


def test_what_is_known_of_the_five_articles(story):
    known = [(a.article_id, a.outlet, a.outlet_basis, a.published_earliest, a.published_latest, a.published_basis, a.condition)
             for a in story.articles]
    day = date(2021, 10, 18)
    assert known == [
        ("000", None, "unknown", day, date(2021, 10, 31), "inferred", "excerpt"),
        ("001", "Financial Times", "inferred", day, date(2021, 10, 24), "inferred", "excerpt"),
        ("002", "TASS", "stated", day, day, "stated", "complete"),
        ("003", None, "unknown", day, date(2021, 10, 24), "inferred", "complete"),
        ("004", "Associated Press", "inferred", day, day, "stated", "machine-altered"),
    ]


def test_layout_names_lines_of_the_texts(story):
    lines = story.articles[1].text.split("\n")
    assert {lines[number - 1]: part for number, part in story.articles[1].layout.items()} == {"Credit: Source link": "credit"}
    assert story.articles[0].layout == {}


def test_titles_stand_in_their_texts(story):
    for article in story.articles:
        assert article.title is None or article.title in article.text


def test_line_breaks_stay_as_they_are(folder):
    text = folder / "texts" / "000.txt"
    text.write_bytes(text.read_bytes().replace(b"\n", b"\r\n") + b"\r\n\x0c \r lone\r\n")
    loaded = load_story(folder).articles[0].text
    assert loaded.encode("utf-8") == text.read_bytes()


def test_layout_may_name_lines_that_end_in_carriage_returns(folder):
    text = folder / "texts" / "001.txt"
    text.write_bytes(text.read_bytes().replace(b"\n", b"\r\n"))
    assert load_story(folder).articles[1].layout == {12: "credit"}


def test_tables_that_a_spreadsheet_saved_load_alike(folder):
    before = load_story(folder).articles
    for name in ("articles.csv", "layout.csv"):
        data = (folder / name).read_bytes()
        (folder / name).write_bytes(b"\xef\xbb\xbf" + data.replace(b"\n", b"\r\n"))
    assert load_story(folder).articles == before


def test_order_of_columns_and_blank_lines_mean_nothing(folder):
    before = load_story(folder).articles[0]
    (folder / "articles.csv").write_text(
        "condition,article_id," + ",".join(c for c in ARTICLE_COLUMNS if c not in ("condition", "article_id")) + "\n\n"
        'excerpt,000,,unknown,,,2021-10-18,2021-10-31,inferred,"On 18 October, Moscow announced that starting next month '
        'its permanent mission in NATO will be suspended.",\n\n', encoding="utf-8")
    for name in ("001", "002", "003", "004"):
        (folder / "texts" / f"{name}.txt").unlink()
    (folder / "layout.csv").unlink()
    assert load_story(folder).articles == [before]


def test_line_of_an_error_counts_lines_inside_quoted_cells(folder):
    table = folder / "articles.csv"
    replace(table, '"Russia Suspends Its Mission At NATO, Shuts', '"Russia Suspends\u2028Its Mission\x0cAt NATO,\u0085Shuts')
    replace(table, "machine-altered", "spun")
    assert refusal(folder).line == 6  # U+2028 and its like are no line breaks of a file


def test_odd_separators_stay_inside_a_cell(folder):
    replace(folder / "articles.csv", "missions but is ready", "missions\u2028but is\u0085ready")
    assert load_story(folder).articles[2].title == (
        "NATO regrets Russia’s decision to suspend diplomatic missions\u2028but is\u0085ready for dialogue")


def test_a_story_needs_no_layout(folder):
    (folder / "layout.csv").unlink()
    assert all(article.layout == {} for article in load_story(folder).articles)


# What was coded by reading


def test_gold_loads_with_its_columns_and_slices(story):
    gold = load_gold(story)
    texts = {article.article_id: article.text for article in story.articles}
    assert list(gold) == list(GOLD_COLUMNS)
    for name, frame in gold.items():
        assert list(frame.columns) == GOLD_COLUMNS[name]
        assert len(frame) > 0
        for row in frame.dropna(subset=["text"]).itertuples():
            assert texts[row.article_id][row.start:row.end] == row.text


def test_gold_codes_every_fact_of_every_article_once(story):
    coverage = load_gold(story)["coverage"]
    wanted = {(a.article_id, f.fact_id) for a in story.articles for f in story.codebook.facts}
    coded = list(zip(coverage["article_id"], coverage["fact_id"]))
    assert len(coded) == len(set(coded)) and set(coded) == wanted
    assert set(coverage["status"]) <= {"stated", "attributed", "disputed", "absent"}
    assert set(load_gold(story)["frames"]["frame_id"]) <= {frame.frame_id for frame in story.codebook.frames}


def test_story_without_gold_has_none(folder):
    shutil.rmtree(folder / "gold")
    gold = load_gold(load_story(folder))
    assert {name: len(table) for name, table in gold.items()} == {"coverage": 0, "times": 0, "quotations": 0, "frames": 0}
    assert "fact_id" in gold["coverage"].columns


GOOD_TIME = "000,3,13,18 October,DATE,2021-10-18,2021-10-18,2021-10-18"


@pytest.mark.parametrize(("row", "words"), [
    ("000,4,13,18 October,DATE,2021-10-18,2021-10-18,2021-10-18", ["do not cut this text out"]),
    ("000,3,13,18 october,DATE,2021-10-18,2021-10-18,2021-10-18", ["do not cut this text out"]),
    ("000,,,18 October,DATE,2021-10-18,2021-10-18,2021-10-18", ["do not cut this text out"]),
    ("000,-3,13,18 October,DATE,2021-10-18,2021-10-18,2021-10-18", ["do not cut this text out"]),
    ("000,three,13,18 October,DATE,2021-10-18,2021-10-18,2021-10-18", ["do not cut this text out"]),
    ("000,²,13,18 October,DATE,2021-10-18,2021-10-18,2021-10-18", ["do not cut this text out"]),
    ("00,3,13,18 October,DATE,2021-10-18,2021-10-18,2021-10-18", ["there is no article '00'", "write '00"]),
    ("000,3,13,18 October,DATE", ["5 cells", "8"]),
])
def test_gold_row_that_does_not_fit_is_told_with_its_line(folder, row, words):
    text = (folder / "texts" / "000.txt").read_bytes().decode("utf-8")
    start = text.index("18 October")
    shifted = GOOD_TIME.replace(",3,13,", f",{start},{start + 10},")
    row = row.replace(",3,13,", f",{start},{start + 10},").replace(",4,13,", f",{start + 1},{start + 10},")
    file = folder / "gold" / "times.csv"
    file.write_text(f"{','.join(GOLD_COLUMNS['times'])}\n{shifted}\n{row}\n", encoding="utf-8")
    error = refusal(load_story(folder), load_gold)
    assert (error.file, error.line) == (file, 3)
    for word in words:
        assert word in str(error)


def test_gold_of_other_columns_is_refused(folder):
    replace(folder / "gold" / "times.csv", "article_id,start", "article_id,begin")
    error = refusal(load_story(folder), load_gold)
    assert error.line == 1 and "'begin'" in error.problem
