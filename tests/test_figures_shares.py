"""Whose voice: what is drawn is what the tables hold, and every word on the sheet can be read."""

from itertools import combinations

import pandas as pd
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex

from analysis import figures
from analysis.figures.voices import OTHERS
from analysis.measures import framing, voices

HOSTILE = ["<script>alert(1)</script>", "$x$ and $y^", "\u202eThe Daily\nNews\0", "جريدة الشرق الأوسط", "x" * 400,
           "The Very Long and Venerable Morning Intelligencer of Northern Cumberland and of Westmorland"]
FRAMES = pd.DataFrame({"frame_id": ["a", "b", "c"], "name": ["Blame", "Regret", "Routine"]})


def articles(*outlets: str, words: int = 100) -> pd.DataFrame:
    return pd.DataFrame({"article_id": [f"{i:03}" for i in range(len(outlets))], "outlet": list(outlets), "condition": "complete",
                         "words": words})


def by_voice(counts: dict[tuple[str, str], tuple[int, int]]) -> pd.DataFrame:
    index = pd.MultiIndex.from_tuples(list(counts), names=["frame_id", "article_id"])
    return pd.DataFrame(list(counts.values()), index=index, columns=["own", "quoted"])


def shares(*rows: tuple[str, str, int, int]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=["article_id", "speaker", "words", "direct_words"])


def panel(picture, article_id):
    return next(axes for axes in picture.figure.axes if axes.get_label() == article_id)


def bars(axes) -> list[tuple[str, float]]:
    return [(bar.get_label(), round(bar[0].get_width(), 6)) for bar in axes.containers]


def words_of(picture) -> list[str]:
    return [text.get_text() for axes in picture.figure.axes for text in axes.texts]


def assert_readable(picture):
    """No text lies upon another, none is cut by the sheet's edge."""
    renderer = FigureCanvasAgg(picture.figure).get_renderer()
    sheet = picture.figure.bbox
    boxes = [(text.get_text(), text.get_window_extent(renderer)) for axes in picture.figure.axes for text in axes.texts
             if text.get_text()]
    for words, box in boxes:
        assert sheet.x0 <= box.x0 and box.x1 <= sheet.x1 and sheet.y0 <= box.y0 and box.y1 <= sheet.y1, words
    for (one, box), (other, second) in combinations(boxes, 2):
        apart = box.x1 <= second.x0 + 1 or second.x1 <= box.x0 + 1 or box.y1 <= second.y0 + 1 or second.y1 <= box.y0 + 1
        assert apart, (one, other)


COUNTS = {("a", "000"): (1, 2), ("b", "000"): (0, 4), ("c", "000"): (0, 0), ("a", "001"): (0, 0), ("b", "001"): (3, 0),
          ("c", "001"): (0, 0)}


def test_own_voice_is_left_and_quoted_voices_right():
    picture = figures.framing(by_voice(COUNTS), FRAMES, articles("TASS", "The Echo"))
    # Regret has more devices, so it is drawn above Blame.
    assert bars(panel(picture, "000")) == [("own", -1), ("quoted", 4), ("quoted", 2)]
    assert bars(panel(picture, "001")) == [("own", -3)]
    tops = {label: bar[0].get_y() for label, bar in zip("abc", panel(picture, "000").containers)}
    assert tops["b"] < tops["c"] == tops["a"]
    assert picture.axes is panel(picture, "000")


def test_each_bar_has_its_number_and_each_article_its_sums():
    picture = figures.framing(by_voice(COUNTS), FRAMES, articles("TASS", "The Echo"))
    assert [text.get_text() for text in panel(picture, "000").texts] == ["own", "1", "1", "quoted", "6", "4", "2"]
    assert [text.get_text() for text in panel(picture, "001").texts] == ["own", "3", "3", "quoted", "0"]


def test_voices_differ_by_filling_as_well_as_by_colour():
    picture = figures.framing(by_voice(COUNTS), FRAMES, articles("TASS", "The Echo"))
    own, quoted = (bar[0] for bar in panel(picture, "000").containers[:2])
    assert own.get_hatch() is None and quoted.get_hatch()
    assert to_hex(own.get_edgecolor()) != to_hex(quoted.get_edgecolor())


def test_frames_without_device_are_named_in_one_line():
    picture = figures.framing(by_voice(COUNTS), FRAMES, articles("TASS", "The Echo"))
    assert "No device found: Routine." in words_of(picture)
    assert "Routine" not in words_of(picture)
    assert picture.alt.endswith("No device found: Routine.")


def test_framing_is_told_in_words():
    alt = figures.framing(by_voice(COUNTS), FRAMES, articles("TASS", "The Echo")).alt
    assert "TASS: 1 own, 6 quoted. The Echo: 3 own, 0 quoted." in alt
    assert "Regret: 3 own, 4 quoted (TASS 0 own, 4 quoted; The Echo 3 own, 0 quoted)." in alt


@pytest.mark.parametrize("own, quoted, title", [
    (1, 3, "Most framing is done in quoted voices: 3 of 4 devices"),
    (0, 3, "All framing is done in quoted voices: 3 of 3 devices"),
    (1, 0, "All framing is done in the outlet's own voice: 1 of 1 device"),
    (5, 3, "Most framing is done in the outlet's own voice: 5 of 8 devices"),
    (2, 2, "Framing is half in own, half in quoted voices: 2 of 4 devices each"),
])
def test_framing_title(own, quoted, title):
    assert figures.framing(by_voice({("a", "000"): (own, quoted)}), FRAMES, articles("TASS")).title == title


@pytest.mark.parametrize("number, columns", [(1, [1]), (6, [6]), (7, [4, 3]), (12, [6, 6]), (13, [5, 5, 3])])
def test_many_articles_go_into_bands_of_one_scale(number, columns):
    table = articles(*(f"Outlet {i}" for i in range(number)))
    picture = figures.framing(by_voice({("a", i): (2, 5) for i in table["article_id"]}), FRAMES, table)
    panels = [panel(picture, i) for i in table["article_id"]]
    tops = pd.Series([round(axes.get_position().y1, 6) for axes in panels]).groupby(lambda i: i)
    assert list(pd.concat([top for _, top in tops]).value_counts(sort=False)) == columns
    assert len({axes.get_xlim() for axes in panels}) == 1
    assert_readable(picture)


def test_bars_and_their_numbers_stay_in_their_column():
    table = articles(*"ABCDEF")
    picture = figures.framing(by_voice({("a", i): (1200, 3) for i in table["article_id"]}), FRAMES, table)
    assert_readable(picture)
    assert all(panel(picture, i).get_xlim()[0] < -1200 for i in table["article_id"])


SPOKEN = shares(("000", "Ann Lee", 30, 10), ("000", "Bo Ray", 20, 20), ("001", "Bo Ray", 25, 0))


def test_bars_are_all_words_of_an_article():
    picture = figures.share_of_voice(SPOKEN, articles("TASS", "The Echo"))
    assert bars(picture.axes) == [
        ("own voice", 0.5), ("Ann Lee", 0.1), ("Ann Lee (indirect)", 0.2), ("Bo Ray", 0.2),
        ("own voice", 0.75), ("Bo Ray (indirect)", 0.25)]
    assert {"Ann Lee\n30 %", "Bo Ray\n20 %", "Bo Ray\n25 %", "own voice\n75 %"} <= set(words_of(picture))


def test_a_speaker_has_one_colour_and_indirect_words_are_hatched():
    axes = figures.share_of_voice(SPOKEN, articles("TASS", "The Echo")).axes
    looks = {bar.get_label(): (to_hex(bar[0].get_edgecolor()), bool(bar[0].get_hatch())) for bar in axes.containers}
    assert looks["Bo Ray"][0] == looks["Bo Ray (indirect)"][0] != looks["Ann Lee"][0]
    assert {name: hatched for name, (_, hatched) in looks.items()} == {
        "own voice": False, "Ann Lee": False, "Ann Lee (indirect)": True, "Bo Ray": False, "Bo Ray (indirect)": True}


def test_small_speakers_are_put_together_and_told_by_name():
    table = shares(("000", "Ann Lee", 30, 0), ("000", "Bo Ray", 2, 0), ("000", "Cy Poe", 1, 1))
    picture = figures.share_of_voice(table, articles("TASS"))
    assert bars(picture.axes) == [("own voice", 0.67), ("Ann Lee (indirect)", 0.3), ("2 others", 0.01),
                                  ("2 others (indirect)", 0.02)]
    assert "Bo Ray 2 % (2 words, 0 in quotation marks), Cy Poe 1 % (1 word, 1 in quotation marks)" in picture.alt


def test_one_small_speaker_keeps_the_name():
    picture = figures.share_of_voice(shares(("000", "Ann Lee", 30, 0), ("000", "Bo Ray", 2, 0)), articles("TASS"))
    assert "Bo Ray\n2 %" in words_of(picture)


def test_the_less_quoted_are_grey():
    table = shares(*((f"{i // 5:03}", f"Speaker {i}", 20 - i, 0) for i in range(10)))
    axes = figures.share_of_voice(table, articles("TASS", "The Echo")).axes
    colour = {bar.get_label(): to_hex(bar[0].get_edgecolor()) for bar in axes.containers}
    shown = [colour[f"Speaker {i} (indirect)"] for i in range(10)]
    assert len(set(shown[:6])) == 6 and set(shown[6:]) == {OTHERS}


def test_an_article_that_quotes_nobody_is_all_own_voice():
    picture = figures.share_of_voice(SPOKEN[SPOKEN["article_id"].eq("000")], articles("TASS", "The Echo"))
    assert bars(picture.axes)[-1] == ("own voice", 1)
    assert "The Echo, 100 words: own voice 100 %." in picture.alt


def test_an_article_may_be_all_quotation():
    picture = figures.share_of_voice(shares(("000", "Ann Lee", 60, 60), ("000", "Bo Ray", 60, 0)), articles("TASS"))
    assert bars(picture.axes) == [("Ann Lee", 0.5), ("Bo Ray (indirect)", 0.5)]  # 120 words of 100: counted otherwise
    assert "own voice\n0 %" in words_of(picture)
    assert_readable(picture)


@pytest.mark.parametrize("rows, outlets, title", [
    ([("000", "Ann Lee", 30, 0)], 1, "Ann Lee is heard most: 30 of 100 words"),
    ([("000", "Ann Lee", 30, 0), ("001", "Bo Ray", 20, 0), ("001", "Ann Lee", 1, 0)], 2,
     "Ann Lee is heard most: in 2 of 2 articles, 31 words"),
    ([("000", "Ann Lee", 30, 0), ("001", "Bo Ray", 30, 0)], 2, "Ann Lee and Bo Ray are heard most: 30 words each"),
    ([("000", f"S{i}", 5, 0) for i in range(4)], 1, "4 speakers are heard most: 5 words each"),
    ([("000", voices.UNKNOWN, 50, 0), ("000", "Ann Lee", 3, 0)], 1, "Ann Lee is heard most: 3 of 100 words"),
    ([("000", voices.UNKNOWN, 50, 0)], 1, "Nobody who is quoted is known by name"),
])
def test_voice_title(rows, outlets, title):
    assert figures.share_of_voice(shares(*rows), articles(*"AB"[:outlets])).title == title


@pytest.mark.parametrize("number", [1, 6, 12])
def test_hostile_names_are_only_words(number):
    table = articles(*(HOSTILE * 2)[:number])
    spoken = shares(*((i, name, 15 - place, 5) for i in table["article_id"] for place, name in enumerate(HOSTILE)))
    frames = pd.DataFrame({"frame_id": HOSTILE, "name": HOSTILE})
    counts = by_voice({(frame, i): (1, 2) for frame in HOSTILE for i in table["article_id"]})
    for picture in (figures.framing(counts, frames, table), figures.share_of_voice(spoken, table)):
        assert_readable(picture)
        assert "<script>" not in picture.html() and "<script>" in picture.alt
        assert "\u202e" not in picture.alt + picture.title


def test_crowded_ends_keep_their_labels_apart():
    table = shares(*(("000", f"Speaker Number {i}", 9, 0) for i in range(11)))
    picture = figures.share_of_voice(table, articles("TASS", words=2000))
    assert "11 others\n5 %" in words_of(picture)
    loud = shares(("000", "loud " * 80, 1500, 20), *(("000", f"Speaker {i} {'of them ' * 9}", 80, 20) for i in range(5)))
    assert_readable(figures.share_of_voice(loud, articles("TASS", words=2000)))
    few = shares(*(("000", f"Speaker Number {i}", 80, 20) for i in range(6)))
    assert_readable(figures.share_of_voice(few, articles("TASS", words=2000)))


def test_empty_tables_say_so():
    none, nobody = by_voice(COUNTS).iloc[:0], SPOKEN.iloc[:0]
    one = articles("TASS")
    for table, frames, of in ((none, FRAMES, one), (by_voice(COUNTS), FRAMES, one.iloc[:0]), (none, FRAMES.iloc[:0], one),
                              (by_voice({("a", "000"): (0, 0)}), FRAMES, one)):
        assert figures.framing(table, frames, of).title == "No framing to show"
    for table, of in ((nobody, one), (SPOKEN, one.iloc[:0])):
        assert figures.share_of_voice(table, of).title == "No quoted voice to show"


def test_the_story_is_drawn_whole(tables):
    counts = framing.by_voice(tables.codings, tables.frames)
    picture = figures.framing(counts, tables.frames, tables.articles)
    assert_readable(picture)
    drawn = sum(abs(width) for i in tables.articles["article_id"] for _, width in bars(panel(picture, i)))
    assert drawn == counts.to_numpy().sum()
    picture = figures.share_of_voice(voices.shares(tables.quotations, tables.articles), tables.articles)
    assert_readable(picture)
    assert sum(width for _, width in bars(picture.axes)) == pytest.approx(len(tables.articles), abs=1e-4)


def test_the_same_tables_give_the_same_bytes():
    one, two = (figures.share_of_voice(SPOKEN, articles("TASS", "The Echo")).svg() for _ in range(2))
    assert one == two
