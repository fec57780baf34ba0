"""Pictures in general, and which article has which fact: what is drawn is what the tables hold, in marks and in words."""

import base64
import subprocess
import sys
from html.parser import HTMLParser
from itertools import combinations
from xml.etree import ElementTree

import matplotlib
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.backends.backend_agg import FigureCanvasAgg

from analysis import figures
from analysis.figures.words import LONGEST_NAME, clean, measure, plain, shorten, state_of_texts, wrap
from analysis.measures import chronology, coverage, framing, labels, voices

HOSTILE = ["<script>alert(1)</script>", "$x$ and $\\frac", "\u202eThe Daily\nNews\0", "جريدة الشرق الأوسط", "習近平日報",
           "x" * 400, "The Very Long and Venerable Morning Intelligencer of Northern Cumberland and of Westmorland",
           None, "TASS", "TASS", "--> ]]> &amp;", "' onerror='alert(1)"]
STATEMENTS = {"F1": "The bridge is open.", "F2": "It cost 3 million.", "F3": "A minister cut the ribbon.",
              "F4": "It rained."}
FACTS = pd.DataFrame({"fact_id": list(STATEMENTS), "statement": list(STATEMENTS.values()),
                      "importance": ["vital", "okay", "vital", "okay"]})
NAMES = ("TASS", "The Echo", "Daily News")


def articles(*outlets: str | None, condition: str = "complete") -> pd.DataFrame:
    ids = pd.Series([f"{i:03}" for i in range(len(outlets))], dtype="string")
    return pd.DataFrame({"article_id": ids, "outlet": pd.Series(outlets, dtype="string"), "condition": condition})


def cells(*statuses: str, **of_cell: dict) -> pd.DataFrame:
    """Build coverage: for each article a letter a fact, s(tated), a(ttributed), d(isputed) or .; capitals are partial."""
    meaning = {"s": "stated", "a": "attributed", "d": "disputed", ".": "absent"}
    rows = [{"article_id": f"{i:03}", "fact_id": fact_id, "status": meaning[letter.lower()], "coder": "machine",
             "spun": False, "completeness": None if letter == "." else "partial" if letter.isupper() else "full",
             **of_cell.get(f"{fact_id}_{i}", {})}
            for i, letters in enumerate(statuses) for fact_id, letter in zip(STATEMENTS, letters)]
    return pd.DataFrame(rows)


MATRIX = cells("ssa.", "s.A.", "sd..", F1_1={"coder": "ann"}, F4_0={"coder": "ann"}, F2_2={"spun": True})


def marks(axes) -> dict[str, list[tuple[float, float]]]:
    return {found.get_label(): [tuple(place) for place in found.get_offsets().tolist()] for found in axes.collections}


def words_of(picture) -> list[str]:
    return [text.get_text() for axes in picture.figure.axes for text in axes.texts]


def assert_readable(picture):
    """No text lies upon another, none is cut by the sheet's edge."""
    renderer = FigureCanvasAgg(picture.figure).get_renderer()
    sheet = picture.figure.bbox
    boxes = [(text.get_text(), text.get_window_extent(renderer)) for axes in picture.figure.axes
             for text in [*axes.texts, *axes.get_xticklabels(), *axes.get_yticklabels()] if text.get_text()]
    for words, box in boxes:
        assert sheet.x0 <= box.x0 and box.x1 <= sheet.x1 and sheet.y0 <= box.y0 and box.y1 <= sheet.y1, words
    for (one, box), (other, second) in combinations(boxes, 2):
        apart = box.x1 <= second.x0 + 1 or second.x1 <= box.x0 + 1 or box.y1 <= second.y0 + 1 or second.y1 <= box.y0 + 1
        assert apart, (one, other)


@pytest.fixture(scope="module")
def pictures(tables):
    return all_six(tables)


def all_six(tables) -> dict[str, figures.Picture]:
    told = chronology.mentions_of_events(tables.codings, tables.events, tables.sentences)
    links = chronology.datings(tables.codings, tables.times, tables.events, tables.sentences)
    of = tables.articles
    return {
        "coverage_matrix": figures.coverage_matrix(tables.coverage, tables.facts, of),
        "vital_recall": figures.vital_recall(coverage.recall(tables.coverage, tables.facts), of),
        "timeline": figures.timeline(chronology.timeline(told, links, tables.events), links, of),
        "telling_order": figures.telling_order(chronology.telling_order(told), of),
        "framing": figures.framing(framing.by_voice(tables.codings, tables.frames), tables.frames, of),
        "share_of_voice": figures.share_of_voice(voices.shares(tables.quotations, of), of),
    }


class Tags(HTMLParser):
    """Collects tags with their attributes, and the text between them."""

    def __init__(self, html: str):
        super().__init__()
        self.tags, self.words = [], []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))

    def handle_data(self, data):
        self.words.append(data)


# --- every picture


def test_every_picture_has_its_words(pictures, tables):
    for name, picture in pictures.items():
        assert picture.title and picture.caption and len(picture.alt) > 200, name
        for label in labels(tables.articles):
            assert label in picture.alt, (name, label)


def test_a_caption_says_what_is_wrong_with_the_texts(pictures, tables):
    assert state_of_texts(tables.articles)
    for name, picture in pictures.items():
        assert picture.caption.endswith(state_of_texts(tables.articles)), name


def test_every_picture_can_be_read(pictures):
    for picture in pictures.values():
        assert_readable(picture)
        for text in (text for axes in picture.figure.axes for text in axes.texts if text.get_text()):
            assert text.get_fontsize() >= 8, text


def test_numbers_of_things_are_whole(pictures):
    for name, picture in pictures.items():
        assert not [words for words in words_of(picture) if ".0 of" in words], name
        assert ".0 of" not in picture.alt, name


def test_an_article_without_a_day_of_publication_is_drawn(tables):
    undated = tables.articles.assign(published_earliest=pd.NaT, published_latest=pd.NaT)
    told = chronology.mentions_of_events(tables.codings, tables.events, tables.sentences)
    links = chronology.datings(tables.codings, tables.times, tables.events, tables.sentences)
    assert figures.timeline(chronology.timeline(told, links, tables.events), links, undated).alt


def test_the_same_tables_give_the_same_bytes(pictures, tables):
    again = all_six(tables)
    for name, picture in pictures.items():
        assert picture.svg() == again[name].svg() == again[name].svg(), name
        assert b"<dc:date>" not in picture.svg(), name


def test_html_is_a_figure_with_image_and_caption(pictures):
    for picture in pictures.values():
        page = Tags(picture._repr_mimebundle_()["text/html"])
        assert [tag for tag, _ in page.tags] == ["figure", "img", "figcaption"]
        image = page.tags[1][1]
        assert image["alt"] == f"{picture.title}. {picture.alt}"
        assert page.words == [picture.caption]
        kind, data = image["src"].split(",")
        assert kind == "data:image/svg+xml;base64"
        assert ElementTree.fromstring(base64.b64decode(data)).tag.endswith("svg")


def test_plain_text_is_title_caption_and_alternative(pictures):
    picture = pictures["vital_recall"]
    assert picture._repr_mimebundle_()["text/plain"] == f"{picture.title}\n\n{picture.caption}\n\n{picture.alt}"


def test_the_main_axes_are_of_the_figure(pictures):
    assert all(picture.axes in picture.figure.axes for picture in pictures.values())


def test_settings_neither_come_in_nor_stay():
    table, calm = cells("ssa."), figures.coverage_matrix(cells("ssa."), FACTS, articles("$x$ a_b"))
    with matplotlib.rc_context({"font.size": 30, "axes.grid": True, "text.parse_math": True, "svg.hashsalt": "other"}):
        before = dict(matplotlib.rcParams)
        loud = figures.coverage_matrix(table, FACTS, articles("$x$ a_b"))
        assert loud.svg() == calm.svg()
        assert dict(matplotlib.rcParams) == before


def test_pyplot_and_the_model_stay_out():
    code = "import sys, analysis.figures; print([m for m in ('matplotlib.pyplot', 'spacy', 'IPython') if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"


# --- text that fits


@given(st.text(max_size=80), st.floats(0.3, 4))
def test_shortened_text_fits(text, inches):
    cut = shorten(text, inches)
    assert measure(cut) <= inches
    assert cut == plain(text) or cut.endswith("…")


@settings(deadline=None)
@given(st.text(max_size=120), st.floats(0.5, 4), st.integers(1, 4))
def test_wrapped_text_fits(text, inches, lines):
    rows = wrap(text, inches, lines=lines).split("\n")
    assert len(rows) <= lines
    assert all(measure(row) <= inches for row in rows)
    assert " ".join(rows) == plain(text) or any(row.endswith("…") for row in rows)


def test_long_text_costs_no_more_than_its_room():
    assert shorten("word " * 1_000_000, 2).endswith("…")


@given(st.text())
def test_clean_text_is_one_line_of_xml(text):
    assert clean(text) == clean(clean(text))
    assert not set(clean(text)) & set("\n\r\t\0\x1b\u202e\u2028")
    ElementTree.fromstring(f"<p>{''.join(c for c in clean(text) if c not in '<&')}</p>")


@pytest.mark.parametrize("conditions, told", [
    (["complete", "complete"], ""),
    (["excerpt", "complete"], " Only an excerpt is at hand of TASS."),
    (["excerpt", "excerpt"], " Only an excerpt is at hand of TASS and The Echo."),
    (["unknown", "machine-altered"], " A machine altered the words of The Echo, spun copy. "
                                     "It is not known whether the text is complete of TASS."),
])
def test_state_of_texts(conditions, told):
    assert state_of_texts(articles("TASS", "The Echo").assign(condition=conditions)) == told


# --- the matrix


def test_each_cell_is_one_mark_of_its_status():
    drawn = marks(figures.coverage_matrix(MATRIX, FACTS, articles(*NAMES)).axes)
    assert {name: len(places) for name, places in drawn.items()} == {
        "stated": 4, "attributed": 1, "attributed (partial)": 1, "disputed": 1, "absent": 5, "coded by a person": 2}
    assert [x for x, _ in drawn["stated"]] == [0, 0, 1, 2]
    assert [x for x, _ in drawn["disputed"]] == [2]


def test_marks_of_the_story_are_the_tables_counts(pictures, tables):
    drawn = marks(pictures["coverage_matrix"].axes)
    for status, number in tables.coverage["status"].value_counts().items():
        assert sum(len(places) for name, places in drawn.items() if name.split(" (")[0] == status) == number
    spun = tables.coverage["spun"] & tables.coverage["status"].ne("absent")
    assert sum(text.get_gid() == "spun" for text in pictures["coverage_matrix"].axes.texts) == spun.sum()


def test_vital_facts_come_first_each_in_its_row():
    picture = figures.coverage_matrix(MATRIX, FACTS, articles(*NAMES))
    words = {text.get_text(): text.get_position()[1] for text in picture.axes.texts}
    order = ["Vital: a telling without it is incomplete", "The bridge is open.", "A minister cut the ribbon.",
             "Okay: worth having", "It cost 3 million.", "It rained."]
    assert sorted(order, key=words.get) == order
    drawn = marks(picture.axes)
    assert {y for _, y in drawn["disputed"]} == {words["It cost 3 million."]}
    assert {y for _, y in drawn["attributed"]} == {words["A minister cut the ribbon."]}


def test_heads_carry_facts_and_vital_facts():
    axes = figures.coverage_matrix(MATRIX, FACTS, articles(*NAMES)).axes
    head = {text.get_text(): text.get_position()[1] for text in axes.texts if text.get_text().endswith(("of 4", "of 2"))}
    counts = {words: [text.get_text() for text in axes.texts if text.get_position()[1] == y and text.get_text() != words]
              for words, y in head.items()}
    assert counts == {"facts found, of 4": ["3", "2", "2"], "vital found, of 2": ["2", "2", "1"]}


def test_statuses_differ_by_shape_and_partial_ones_are_hollow():
    drawn = {found.get_label(): found
             for found in figures.coverage_matrix(MATRIX, FACTS, articles(*NAMES)).axes.collections}
    shapes = {name: drawn[name].get_paths()[0].vertices.tobytes() for name in ("stated", "attributed", "disputed")}
    assert len(set(shapes.values())) == 3
    assert len({tuple(drawn[name].get_facecolor()[0]) for name in shapes}) == 3
    full, partial = drawn["attributed"], drawn["attributed (partial)"]
    assert partial.get_paths()[0].vertices.tobytes() == shapes["attributed"]
    assert tuple(partial.get_facecolor()[0]) == (1, 1, 1, 1) != tuple(full.get_facecolor()[0])


@pytest.mark.parametrize("table, rare", [
    (cells("ssa."), set()),
    (cells("Ssa."), {"partial"}),
    (cells("ssa.", F1_0={"spun": True}), {"≈ found by altered words"}),
    (cells("ssa.", F1_0={"coder": "ann"}), {"coded by a person"}),
])
def test_the_key_explains_rare_signs_only_where_they_occur(table, rare):
    words = set(words_of(figures.coverage_matrix(table, FACTS, articles("TASS"))))
    assert {"stated by the outlet", "attributed to somebody", "disputed by the article", "not found"} < words
    assert words & {"partial", "≈ found by altered words", "coded by a person"} == rare


@pytest.mark.parametrize("statuses, title", [
    (["ss.."], "TASS has 2 of 4 facts"),
    (["ss..", "s..."], "1 of 4 facts is in both articles, 1 in one alone"),
    (["s...", ".s..", "..s."], "None of 4 facts is in all 3 articles, 3 in one alone"),
    (["ssaa", "sass", "sdds"], "4 of 4 facts are in all 3 articles, none in one alone"),
])
def test_matrix_title(statuses, title):
    assert figures.coverage_matrix(cells(*statuses), FACTS, articles(*NAMES[: len(statuses)])).title == title


def test_the_matrix_is_told_in_words():
    alt = figures.coverage_matrix(MATRIX, FACTS, articles(*NAMES)).alt
    assert "TASS: 3 facts, 2 of 2 vital; 2 stated, 1 attributed, 0 disputed, 1 absent; 0 partial, 0 found by altered" in alt
    assert "Daily News: 2 facts, 1 of 2 vital; 1 stated, 0 attributed, 1 disputed, 2 absent; 0 partial, 1 found by" in alt
    assert "In all 3 articles: The bridge is open. In none: It rained. In one alone: no fact. 2 cells coded by ann." in alt
    alt = figures.coverage_matrix(cells("s...", "s.a."), FACTS, articles("TASS", "The Echo")).alt
    assert "In both articles: The bridge is open. In none: It cost 3 million; It rained." in alt
    assert alt.endswith("In one alone: A minister cut the ribbon (The Echo).")


def test_a_fact_may_be_named_as_a_heading_is():
    odd = FACTS.assign(fact_id=["vital", "okay", "facts", "found"])
    table = MATRIX.assign(fact_id=MATRIX["fact_id"].map(dict(zip(FACTS["fact_id"], odd["fact_id"]))))
    same = figures.coverage_matrix(MATRIX, FACTS, articles(*NAMES))
    assert marks(figures.coverage_matrix(table, odd, articles(*NAMES)).axes) == marks(same.axes)


@pytest.mark.parametrize("number", [1, 2, 6, 12, 30])
def test_hostile_names_are_only_words(number):
    outlets = (HOSTILE * 3)[:number]
    table, of = cells(*["sAd."] * number), articles(*outlets)
    facts = FACTS.assign(statement=[HOSTILE[0], HOSTILE[1], HOSTILE[6] * 5, "y" * 4000])
    for picture in (figures.coverage_matrix(table, facts, of), figures.vital_recall(coverage.recall(table, facts), of)):
        assert_readable(picture)
        page = Tags(picture.html())
        assert [tag for tag, _ in page.tags] == ["figure", "img", "figcaption"]
        assert set(page.tags[1][1]) == {"src", "alt", "style"}
        assert "<script>" not in picture.html() and "<script>" in picture.alt
        assert ElementTree.fromstring(picture.svg()).tag.endswith("svg")
        for label in labels(of):
            assert clean(label) in picture.alt
        assert len(picture.title) < 60 + 6 * (LONGEST_NAME + 20)


def test_dollars_are_dollars():
    for statement in ("It cost $3 and $5.", "$x^2$", "a_{b"):
        picture = figures.coverage_matrix(cells("s..."), FACTS.assign(statement=statement), articles(statement))
        assert statement in words_of(picture)
        assert not any(text.get_parse_math() for axes in picture.figure.axes for text in axes.texts)
        picture.figure.savefig("/dev/null", format="png")  # outside of our style, too


# --- vital recall


RECALL = pd.DataFrame({"vital": [1, 3, 2], "okay": [2, 0, 1], "vital_recall": [0.25, 0.75, 0.5], "okay_recall": [1, 0, 0.5]},
                      index=["000", "001", "002"])


def test_bars_are_shares_and_the_fullest_article_stands_first():
    axes = figures.vital_recall(RECALL, articles(*NAMES)).axes
    drawn = [(bar.get_label(), bar[0].get_width()) for bar in axes.containers if bar.get_label() in ("vital", "okay")]
    assert drawn == [("vital", 0.75), ("okay", 0), ("vital", 0.5), ("okay", 0.5), ("vital", 0.25), ("okay", 1)]
    assert [text.get_text() for text in axes.texts] == [
        "3 of 4 vital", "0 of 2 okay", "2 of 4 vital", "1 of 2 okay", "1 of 4 vital", "2 of 2 okay"]
    assert [label.get_text() for label in axes.get_yticklabels()] == ["The Echo", "Daily News", "TASS"]


def test_vital_and_okay_differ_by_filling():
    axes = figures.vital_recall(RECALL, articles(*NAMES)).axes
    hatched = {bar.get_label(): bool(bar[0].get_hatch()) for bar in axes.containers}
    assert (hatched["vital"], hatched["okay"]) == (False, True)


def test_recall_is_told_in_words():
    alt = figures.vital_recall(RECALL, articles(*NAMES)).alt
    assert alt == ("Facts found, by article. The Echo: 3 of 4 vital (75 %), 0 of 2 okay (0 %). "
                   "Daily News: 2 of 4 vital (50 %), 1 of 2 okay (50 %). TASS: 1 of 4 vital (25 %), 2 of 2 okay (100 %).")


@pytest.mark.parametrize("statuses, title", [
    (["s.a."], "TASS has 2 of 2 vital facts"),
    (["s.a.", "s.s."], "Both articles have 2 of 2 vital facts"),
    (["s.a.", "s...", "...."], "Most vital facts: TASS, 2 of 2; fewest: Daily News, 0"),
    (["s.a.", "s.s.", "s..."], "Most vital facts: TASS and The Echo, 2 of 2; fewest: Daily News, 1"),
    (["....", ".s.."], "No vital fact was found"),
    (["s.s."] + ["...."] * 4, "Most vital facts: TASS, 2 of 2; fewest: 4 articles, 0"),
])
def test_recall_title(statuses, title):
    of = articles(*(NAMES + ("Fourth", "Fifth"))[: len(statuses)])
    assert figures.vital_recall(coverage.recall(cells(*statuses), FACTS), of).title == title


def test_a_codebook_may_have_only_okay_facts():
    okay = FACTS[FACTS["importance"].eq("okay")]
    table = cells("ss..")[lambda d: d["fact_id"].isin(okay["fact_id"])]
    picture = figures.vital_recall(coverage.recall(table, okay), articles("TASS"))
    assert picture.title == "TASS has 1 of 2 okay facts"
    assert [text.get_text() for text in picture.axes.texts] == ["1 of 2 okay"]
    assert_readable(picture)


def test_empty_tables_say_so():
    one, none = articles("TASS"), articles()
    for table, facts, of in ((cells(".")[:0], FACTS, one), (MATRIX, FACTS[:0], one), (MATRIX, FACTS, none)):
        picture = figures.coverage_matrix(table, facts, of)
        assert (picture.title, picture.alt) == ("No coverage to show", "There is no article, or no fact to look for.")
        assert "There is no article, or no fact to look for." in words_of(picture)
    for table, of in ((RECALL[:0], one), (RECALL, none)):
        assert figures.vital_recall(table, of).title == "No facts to count"
