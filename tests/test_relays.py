"""Relays: to whom words were told, and through which medium they came."""

from __future__ import annotations

import csv
from itertools import combinations
from pathlib import Path

import pandas as pd
import pytest
import spacy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from matplotlib.backends.backend_agg import FigureCanvasAgg
from spacy.tokens import Doc

import analysis.annotators
from analysis import figures, tables
from analysis.annotators.quotations import Quotations
from analysis.annotators.relays import Relays
from analysis.annotators.relays.media import Media, lexicon
from analysis.articles import Article
from analysis.measures import relays
from analysis.tables import ADDRESSEES, RELATIONS
from effort import calls

ACTORS = [
    {"actor_id": "berg", "name": "Anna Berg", "kind": "person", "pronoun": "she", "aliases": ["Berg"]},
    {"actor_id": "wire", "name": "Harbour Wire", "kind": "medium", "pronoun": "it", "aliases": ["Harbour Wire", "HW"]},
    {"actor_id": "ft", "name": "the FT (London)", "kind": "medium", "pronoun": "it", "aliases": ["Financial Times"]},
]


def annotate(nlp, text: str, *, outlet: str | None = None, layout: dict | None = None, actors: list = ACTORS) -> Doc:
    article = Article(article_id="a", text=text, outlet=outlet, outlet_basis="stated" if outlet else "unknown",
                      layout=layout or {})
    doc = nlp.make_doc(text)
    doc._.article = article
    return Relays(nlp, "relays", actors)(Quotations(actors)(nlp(doc)))


def found(doc: Doc) -> list[tuple]:
    """Return for each relay: its words, relation, medium's words, kind and name."""
    text = doc.text
    return [(text[r.start : r.end], r.relation, text[r.medium_start : r.medium_end], r.kind, r.name)
            for r in doc._.relays]


def medium(words: str, relation: str, medium: str, name: str | None = None) -> tuple:
    return words, relation, medium, "medium", name or medium


@pytest.mark.parametrize(("text", "expected"), [
    # told
    ("The bridge is safe, Anna Berg told Reuters.", [medium("told Reuters", "told", "Reuters")]),
    ("“It is safe,” Berg told the AP on Monday.", [medium("told the AP", "told", "AP", "Associated Press")]),
    ("“It is safe,” Berg told the Kent Messenger.", [medium("told the Kent Messenger", "told", "Kent Messenger")]),
    ("Berg told the newspaper Le Monde that it was safe.", [medium("told the newspaper Le Monde", "told",
                                                                   "newspaper Le Monde", "Le Monde")]),
    ("Berg told the BBC’s Mary Jones that the bridge was safe.", [medium("told the BBC", "told", "BBC")]),
    ("Berg told a reporter from Kyodo News that it was safe.", [medium("told a reporter from Kyodo News", "told",
                                                                       "Kyodo News")]),
    ("Berg told reporters in Lima that it was safe.", [("told reporters", "told", "reporters", "unnamed press", None)]),
    ("Berg told a news conference that it was safe.", [("told a news conference", "told", "a news conference",
                                                        "unnamed press", None)]),
    ("Berg told the lawmakers that it was safe.", [("told the lawmakers", "told", "the lawmakers", "audience", None)]),
    ("Berg told Congress that it was safe.", [("told Congress", "told", "Congress", "audience", None)]),
    # statement
    ("“We regret it,” Berg said in a statement to the Financial Times.",
     [medium("in a statement to the Financial Times", "statement", "Financial Times", "the FT (London)")]),
    ("The bridge is safe, Berg said in an email sent to CNN.", [medium("in an email sent to CNN", "statement", "CNN")]),
    ("Berg said in a letter to the council that it was safe.",
     [("in a letter to the council", "statement", "the council", "audience", None)]),
    # interview
    ("Berg said in an interview with Sky News that it was safe.", [medium("in an interview with Sky News", "interview",
                                                                          "Sky News")]),
    ("In a CNBC interview, Berg said that it was safe.", [medium("In a CNBC interview", "interview", "CNBC")]),
    ("Speaking to Al Jazeera on Monday, Berg said it was safe.", [medium("Speaking to Al Jazeera", "interview",
                                                                         "Al Jazeera")]),
    ("Berg said on NPR that the bridge was safe.", [medium("on NPR", "interview", "NPR", "National Public Radio")]),
    # report
    ("Reuters reported that the bridge was safe.", [medium("Reuters reported", "report", "Reuters")]),
    ("The bridge is safe, according to Le Figaro.", [medium("according to Le Figaro", "report", "Le Figaro")]),
    ("The leak was first reported by the Boston Globe.", [medium("reported by the Boston Globe", "report",
                                                                 "Boston Globe")]),
    ("The mayor resigned, the city said, citing Xinhua.", [medium("citing Xinhua", "report", "Xinhua")]),
    ("TASS said that the bridge was closed.", [medium("TASS said", "report", "TASS")]),
    # no relays
    ("Berg told him that it was safe. Nobody had told them.", []),
    ("Berg did not tell Reuters, and never told CNN.", []),
    ("Berg told the story of the bridge.", []),
    ("CNN said it would hire Berg.", []),
    ("The bridge is popular, according to a CNN poll.", []),
    ("According to Berg, the bridge is safe.", []),
    ("Berg spoke to the crowd.", []),
    ("Berg sat on Time magazine.", []),
    ("Berg put a note to CNN on the table.", []),
    ("“I told CNN about it,” Berg wrote.", []),
])
def test_frames(nlp, text, expected):
    assert found(annotate(nlp, text)) == expected


@pytest.mark.parametrize(("text", "expected"), [
    ("It rained.\n\nWith reporting by Reuters, HW and the Associated Press", [
        medium("With reporting by Reuters, HW and the Associated Press", "credit", name, known)
        for name, known in (("Reuters", "Reuters"), ("HW", "Harbour Wire"), ("Associated Press", "Associated Press"))]),
    ("It rained. (Additional reporting by AFP)", [medium("Additional reporting by AFP", "credit", "AFP",
                                                         "Agence France-Presse")]),
    ("PARIS, May 2 (Reuters) - It rained.", [medium("(Reuters)", "credit", "Reuters")]),
    ("OSLO, May 2. /TASS/. It rained.", [medium("/TASS/", "credit", "TASS")]),
    ("By The Associated Press\n\nIt rained.", [medium("By The Associated Press", "credit", "The Associated Press",
                                                      "Associated Press")]),
    ("By\xa0Associated Press\n\nIt rained.", [medium("By\xa0Associated Press", "credit", "Associated Press")]),
    ("It rained.\n\nSource: Xinhua", [medium("Source: Xinhua", "credit", "Xinhua")]),
    ("It rained.\n\nReuters", [medium("Reuters", "credit", "Reuters")]),
    ("It rained.\n\nReuters contributed to this report.", [medium("Reuters contributed to this report", "credit",
                                                                  "Reuters")]),
    ("It rained.\n\nThe Guardian\n\nSource: link\n\nReporting by Mary Jones", []),
    ("The agency (Reuters) closed. The bridge (AP photo) - it rained.", []),
])
def test_credits(nlp, text, expected):
    assert found(annotate(nlp, text)) == expected


def test_credits_are_read_in_furniture_and_sentences_are_not(nlp):
    text = "Berg told CNN that it rained.\n\nIt rained.\n\nWith reporting by AP"
    doc = annotate(nlp, text, layout={1: "caption", 5: "credit"})
    assert [relay[0] for relay in found(doc)] == ["With reporting by AP"]


@pytest.mark.parametrize(("text", "source", "speaker"), [
    ("“It is safe,” the engineer Mary Jones told CNN.", "the engineer Mary Jones", "Mary Jones"),
    ("Mary Jones arrived. “It is safe,” she told CNN.", "she", "Mary Jones"),
    ("“It is safe,” an engineer told CNN.", "an engineer", None),
    ("Le Monde quoted Mary Jones as saying that it was safe.", "Mary Jones", "Mary Jones"),
    ("Le Monde reported that the bridge was safe.", None, None),
])
def test_who_says_it(nlp, text, source, speaker):
    [relay] = annotate(nlp, text)._.relays
    assert (text[relay.source_start : relay.source_end] if relay.source_start is not None else None) == source
    assert relay.speaker == speaker


def test_a_relay_knows_its_quotation(nlp):
    doc = annotate(nlp, "Ann Jones arrived. “It is safe,” she told CNN. “We tested it.” It rained.")
    assert {relay.quotation_id for relay in doc._.relays} == {q.quotation_id for q in doc._.quotations} != set()


@pytest.mark.parametrize(("outlet", "own"), [
    ("Washington Post", True), ("The Washington Post", True), ("washingtonpost.com", True), ("New York Post", False),
    (None, False)])
def test_an_outlet_knows_itself(nlp, outlet, own):
    [relay] = annotate(nlp, "“It is safe,” Berg told The Washington Post.", outlet=outlet)._.relays
    assert relay.own is own


@pytest.mark.parametrize(("outlet", "name"), [("Washington Post", "Washington Post"), ("TASS", "Post"), (None, "Post")])
def test_which_post_the_post_is_only_the_outlet_can_tell(nlp, outlet, name):
    [relay] = annotate(nlp, "“It is safe,” Berg told The Post.", outlet=outlet)._.relays
    assert (relay.name, relay.own) == (name, name == outlet)


def test_without_a_parse_credits_are_found():
    doc = Relays(spacy.blank("en"), "relays", [])(spacy.blank("en")("(AP) — Berg told Reuters."))
    assert [r.name for r in doc._.relays] == ["Associated Press"]


def test_the_lexicon_is_complete_and_names_each_medium_once():
    path = Path(analysis.annotators.__file__).parent / "media.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["name"].casefold() for row in rows] == sorted(row["name"].casefold() for row in rows)
    assert {row["kind"] for row in rows} == {"agency", "broadcaster", "paper", "magazine", "site"}
    forms = [form for row in lexicon() for form in {row["name"], *filter(None, row["aliases"].split("|"))}]
    assert len(forms) == len(set(forms))
    media = Media([])
    for row in lexicon():
        for form in (row["name"], *filter(None, row["aliases"].split("|"))):
            assert media.at(form, 0)[2].name == row["name"], form


FRAGMENTS = st.lists(st.sampled_from([
    "Berg", "told", "said", "on", "CNN", "the Post", "The", "Reuters", "(Reuters) -", "/TASS/.", "With reporting by",
    "and", ",", ".", "“", "”", '"', "in an interview with", "in a statement to", "according to", "citing", "quoted",
    "of", "a reporter from", "newspaper", "\n", "\n\n", "\xa0", "to", "Kent Messenger", "KHOU", "By", "Source:", "/",
    "Monday", "'s", "😀", "\u2028"]), max_size=50).map(" ".join)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.one_of(st.text(max_size=200), FRAGMENTS).filter(str.strip))
def test_any_text_gives_records_that_slice(nlp, text):
    doc = annotate(nlp, text)
    keys = [(r.start, r.end, r.medium_start) for r in doc._.relays]
    assert keys == sorted(set(keys))
    for r in doc._.relays:
        assert 0 <= r.start <= r.medium_start < r.medium_end <= r.end <= len(text)
        assert r.relation in RELATIONS and r.kind in ADDRESSEES and r.label == r.relation
        assert (r.kind == "medium") == (r.name is not None)
        words = text[r.medium_start : r.medium_end]
        assert words.strip() == words
        assert (r.source_start is None) == (r.source_end is None)
        assert r.source_start is None or 0 <= r.source_start < r.source_end <= len(text)


@pytest.mark.parametrize("line", ["With reporting by Reuters, AP, ", "PARIS (Reuters) - ", "By The AP\n", "(\n",
                                  "The Kent and Essex of the Times ", "A B C D E F of and "])
def test_credits_take_work_in_proportion(line):
    relays_of, nlp = Relays(spacy.blank("en"), "relays", []), spacy.blank("en")
    docs = [nlp.make_doc(line * times) for times in (300, 3000)]
    few, many = (calls(lambda doc=doc: relays_of(doc)) for doc in docs)
    assert many < 12 * few


# --- the measure and its figure

SENTENCE = "Ann Berg told AP and CNN."
SENTENCES = tables.frame("sentences", [
    {"article_id": i, "start": 0, "end": len(SENTENCE), "text": SENTENCE, "position": 0, "paragraph": 0,
     "section": "lede"} for i in ("000", "001")])


def row(article_id: str, start: int, name: str | None, *, speaker: str | None = None, relation: str = "told",
        kind: str = "medium", own: bool = False, **columns) -> dict:
    words = name or "the reporters"
    return {"article_id": article_id, "start": start, "end": start + 5, "text": "words", "relation": relation,
            "speaker": speaker, "medium": words, "medium_start": start, "medium_end": start + 2, "medium_kind": kind,
            "medium_name": name, "own": own, **columns}


def chains(*rows: dict) -> pd.DataFrame:
    return relays.chains(tables.frame("relays", list(rows)), SENTENCES)


def articles(*outlets: str | None) -> pd.DataFrame:
    return pd.DataFrame({"article_id": [f"{i:03}" for i in range(len(outlets))],
                         "outlet": pd.Series(outlets, dtype="str"), "condition": "complete"})


TOLD = chains(row("000", 0, "AP", speaker="Ann Berg"), row("000", 10, "AP", speaker="Ann Berg", relation="interview"),
              row("000", 90, "Reuters", relation="credit"), row("001", 3, "The Echo", speaker="Ann Berg", own=True),
              row("001", 9, None, source="a clerk", source_start=1, source_end=4, kind="unnamed press"),
              row("001", 12, None, speaker="Bo Ray", kind="audience"),
              row("001", 15, "The Echo", relation="credit", own=True))


def test_chains_put_together_what_says_the_same():
    assert TOLD[["article_id", "speaker", "medium", "relations", "places", "start"]].fillna("").values.tolist() == [
        ["000", "Ann Berg", "AP", "told, interview", 2, 0], ["000", "", "Reuters", "credit", 1, 90],
        ["001", "Ann Berg", "The Echo", "told", 1, 3], ["001", "a clerk", "reporters", "told", 1, 9],
        ["001", "Bo Ray", "reporters", "told", 1, 12], ["001", "", "The Echo", "credit", 1, 15]]
    assert TOLD["sentence"].tolist() == [SENTENCE, "words", *[SENTENCE] * 4]


def test_chains_of_no_relays():
    assert chains().empty and list(chains().columns) == list(TOLD.columns)


def lines(picture: figures.Picture) -> dict[str, str]:
    return {line.get_label(): line.get_gid() for line in picture.axes.lines if line.get_gid()}


def assert_readable(picture: figures.Picture) -> None:
    """No text lies upon another, none is cut by the sheet's edge."""
    renderer, sheet = FigureCanvasAgg(picture.figure).get_renderer(), picture.figure.bbox
    texts = [text for axes in picture.figure.axes for text in axes.texts]
    boxes = [text.get_window_extent(renderer) for text in texts]
    for text, box in zip(texts, boxes):
        assert sheet.x0 <= box.x0 and box.x1 <= sheet.x1 and sheet.y0 <= box.y0 and box.y1 <= sheet.y1, text
        assert text.get_fontsize() >= 8
    for one, other in combinations(boxes, 2):
        assert one.x1 <= other.x0 + 1 or other.x1 <= one.x0 + 1 or one.y1 <= other.y0 + 1 or other.y1 <= one.y0 + 1


def test_each_chain_is_a_line():
    picture = figures.chains(TOLD, articles("TASS", "The Echo"))
    assert lines(picture) == {
        "Ann Berg → AP → TASS": "medium", "Reuters → TASS": "medium", "Ann Berg → The Echo → The Echo": "own",
        "a clerk → reporters → The Echo": "unnamed press"}
    assert picture.title.startswith("1 of 2 articles says that words came through another medium, 1 that")
    assert "1 place where an audience is told" in picture.caption
    assert "TASS: Ann Berg → AP (“words”); nobody named → Reuters (“words”)." in picture.alt
    assert_readable(picture)


def test_a_line_leaves_a_medium_where_it_came():
    picture = figures.chains(chains(*(row(f"00{i % 2}", i, "AP", speaker=f"Speaker {i}") for i in range(5))),
                             articles("TASS", "The Echo"))
    heights = []
    for line in (line for line in picture.axes.lines if line.get_gid()):
        ys = line.get_ydata()
        assert ys[23] == pytest.approx(ys[25])
        heights.append(round(float(ys[23]), 6))
    assert len(set(heights)) == 5


@pytest.mark.parametrize(("rows", "title"), [
    ([row("000", 0, "AP")],
     "1 of 2 articles says that words came through another medium, none that the outlet itself was told"),
    ([row("000", 0, "AP"), row("001", 0, "AP")],
     "2 of 2 articles say that words came through another medium, none that the outlet itself was told"),
    ([row("000", 0, "TASS", own=True, speaker="Bo")],
     "None of 2 articles says that words came through another medium, 1 that the outlet itself was told"),
    ([row("000", 0, "TASS", own=True)], "No chain to show"),
    ([row("000", 0, None, kind="audience", speaker="Bo")], "No chain to show"),
    ([], "No chain to show"),
])
def test_title(rows, title):
    assert figures.chains(chains(*rows), articles("TASS", "The Echo")).title == title


HOSTILE = ["<script>alert(1)</script>", "$x$ and $y^", "\u202eThe Daily\nNews\0", "جريدة الشرق الأوسط", "x" * 400,
           "The Very Long and Venerable Morning Intelligencer of Northern Cumberland and of Westmorland"]


def test_hostile_names_are_only_words():
    found = chains(*(row(f"{i:03}", i, name, speaker=name) for i, name in enumerate(HOSTILE)))
    picture = figures.chains(found, articles(*HOSTILE))
    assert_readable(picture)
    assert "<script>" not in picture.html() and "<script>" in picture.alt
    assert "\u202e" not in picture.alt + picture.title


def test_too_many_chains_are_told_of():
    picture = figures.chains(chains(*(row("000", i, f"Paper {i}") for i in range(60))), articles("TASS"))
    assert len(lines(picture)) == 40 and "Not drawn for want of room: 20 chains." in picture.caption
    assert "Paper 59" in picture.alt


def test_the_story_is_drawn_whole(tables):
    of_story = relays.chains(tables.relays, tables.sentences)
    picture = figures.chains(of_story, tables.articles)
    assert {"Oana Lungescu → TASS → TASS", "Oana Lungescu → Financial Times → Financial Times"} <= set(lines(picture))
    assert_readable(picture)
    assert picture.svg() == figures.chains(of_story, tables.articles).svg()
