"""Tables and texts as HTML: whatever an article holds is shown, and nothing of it is obeyed."""

from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import analyse, load_story, show
from analysis.articles import Article
from analysis.codebook import Codebook
from analysis.story import About, Story

TAGS = {"h1", "p", "table", "thead", "tbody", "tr", "th", "td", "a", "b", "i", "small", "br", "span", "div", "mark",
        "details", "summary"}
ATTRIBUTES = {"class", "id", "title", "style", "href", "open"}
SCRIPT, IMAGE = "<script>document.title='pwned'</script>", '<img src=x onerror="alert(1)">'
HOSTILE = [SCRIPT, IMAGE, "Fish & chips &lt; &amp; &#60;", "\"double\" and 'single'", "javascript:alert(1)",
           "</td></tr></table></details>",
           "<!-- never closed", "<![CDATA[x]]>", "<?php x ?>", '" onmouseover="alert(1)', "<svg/onload=alert(1)>",
           "{0} {} %s"]
INVISIBLE = {"\u202e": "[U+202E]", "\u2066": "[U+2066]", "\x00": "[U+0000]", "\x1b": "[U+001B]"}


class Page(HTMLParser):
    """What a browser would see: tags, attributes, ids, links and text; anything but tags and text is refused."""

    def __init__(self, html: str):
        super().__init__()
        self.tags, self.attributes, self.ids, self.links, self.text, self.open = set(), set(), [], [], "", []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        self.tags.add(tag)
        self.attributes |= set(values)
        self.ids += [values["id"]] if "id" in values else []
        self.links += [values["href"]] if "href" in values else []
        self.open += [] if tag == "br" else [tag]

    def handle_endtag(self, tag):
        assert self.open.pop() == tag, f"</{tag}> closes another tag"

    def handle_data(self, data):
        self.text += data

    def refuse(self, data):
        raise AssertionError(f"not a tag: {data}")

    handle_comment = handle_decl = handle_pi = unknown_decl = refuse


def assert_harmless(piece: show.Html) -> Page:
    page = Page(piece._repr_html_())
    assert page.tags <= TAGS
    assert page.attributes <= ATTRIBUTES
    assert all(link.startswith("#") for link in page.links)
    assert page.open == [], "every tag is closed"
    assert not set(INVISIBLE) & set(piece._repr_html_())
    return page


def codebook() -> Codebook:
    rule = {"definition": f"Defined by {SCRIPT}", "coding_rule": f"Ruled by {IMAGE}"}
    return Codebook.model_validate({
        "actors": [{"actor_id": "lopez", "name": f"Lopez {IMAGE}", "kind": "person", "pronoun": "she",
                    "aliases": ["Lopez"], **rule}],
        "facts": [{"fact_id": "F1", "statement": f"The bridge is shut. {SCRIPT}", "kind": "action",
                   "importance": "vital",
                   "wordings": [{"did": "close", "what": "bridge"}], **rule},
                  {"fact_id": "F2", "statement": "A ferry sails & sinks.", "kind": "action", "importance": "okay",
                   "wordings": ["ferry"], **rule}],
        "frames": [{"frame_id": "blame", "name": f"Blame {SCRIPT}", "devices": ["regret"], **rule}],
    })


TEXT = "\n\n".join(["Navigation " + SCRIPT, "Lopez said she closed the bridge & " + IMAGE + ".",
                    "“We regret it, " + SCRIPT + "” Lopez said.",
                    *HOSTILE, *(f"It rains{c} here." for c in INVISIBLE)])
DAY = {"published_earliest": date(2021, 10, 18), "published_latest": date(2021, 10, 18), "published_basis": "stated"}
ARTICLES = [
    Article(article_id='x"><script>1</script>', text=TEXT, outlet=f"Daily {SCRIPT}", outlet_basis="stated",
            title=IMAGE, layout={1: "navigation"}, **DAY),
    Article(article_id="b", text="A ferry sails.", condition="excerpt"),
    Article(article_id="é", text="They closed the bridge."), Article(article_id="ü", text="They closed the bridge."),
    Article(article_id="only furniture", text=SCRIPT, layout={1: "byline"}),
]


@pytest.fixture(scope="module")
def hostile():
    return analyse(ARTICLES, codebook())


@pytest.mark.parametrize("words", HOSTILE)
def test_a_table_shows_hostile_words_as_they_are(words):
    found = show.table(pd.DataFrame({words: [words, words], "n": [1, 2]}))
    page = assert_harmless(found)
    assert page.text == "".join([words.replace("_", " "), "n", words, "1", words, "2"])
    assert words in repr(found), "and as plain text"


@pytest.mark.parametrize(("character", "shown"), INVISIBLE.items())
def test_a_table_shows_what_would_turn_or_cut_the_text(character, shown):
    page = assert_harmless(show.table(pd.DataFrame({"text": [f"a{character}b"]})))
    assert page.text == f"texta{shown}b"


@pytest.mark.parametrize(("value", "shown"), [
    (None, ""), (float("nan"), ""), (pd.NA, ""), (pd.NaT, ""), (True, "yes"), (False, "no"), (0.5, "0.50"), (7, "7"),
    (pd.Timestamp("2021-10-18"), "2021-10-18"), ("a_b", "a_b"), ("", ""),
])
def test_values_are_written_for_people(value, shown):
    assert Page(show.table(pd.DataFrame({"x": pd.Series([value], dtype=object)}))._repr_html_()).text == f"x{shown}"


def test_a_table_shows_the_columns_asked_for_under_their_headings():
    frame = pd.DataFrame({"a": [1], "b_c": [2], "d": [3]})
    assert Page(show.table(frame, columns=["b_c", "a"])._repr_html_()).text == "b ca21"
    assert Page(show.table(frame, columns={"d": "Days & nights"})._repr_html_()).text == "Days & nights3"
    assert Page(show.table(frame.set_index("b_c"))._repr_html_()).text == "b cad213", "a named index is shown"


def test_a_table_without_rows_says_so():
    found = show.table(pd.DataFrame({"a": []}), empty=f"None {SCRIPT}")
    assert assert_harmless(found).text == repr(found) == f"None {SCRIPT}"


@settings(max_examples=100, deadline=None)
@given(st.text())
def test_any_text_is_harmless_in_a_table(words):
    page = assert_harmless(show.table(pd.DataFrame({"text": [words]})))
    assert page.tags == {"div", "table", "thead", "tbody", "tr", "th", "td"}


def test_evidence_is_harmless_and_whole(hostile):
    found = show.evidence(hostile)
    page = assert_harmless(found)
    for words in (f"The bridge is shut. {SCRIPT}", f"Defined by {SCRIPT}", f"Ruled by {IMAGE}", f"by Lopez {IMAGE}",
                  f"Daily {SCRIPT}",
                  "A ferry sails & sinks.", f"she closed the bridge & {IMAGE}."):
        assert words in page.text
    assert "no passage found" in page.text and "(an excerpt: it may stand in the rest of the article)" in page.text
    assert repr(found).splitlines()[0].startswith("F1 ") and SCRIPT in repr(found)


def test_reading_is_harmless_and_whole(hostile):
    found = show.reading(ARTICLES, hostile)
    page = assert_harmless(found)
    for words in [f"Daily {SCRIPT}", "Navigation " + SCRIPT, *HOSTILE]:
        assert words in page.text
    for shown in INVISIBLE.values():
        assert f"It rains{shown} here." in page.text
    assert repr(found) == "5 articles"


def test_a_heading_is_harmless():
    about = About(title=SCRIPT, summary=f"{IMAGE} \u202e & more", earliest=date(2021, 10, 18),
                  latest=date(2021, 10, 18))
    found = show.heading(Story("s", Path(), about, ARTICLES, codebook()))
    text = assert_harmless(found).text
    for words in (SCRIPT, f"{IMAGE} [U+202E] & more", "18 October 2021"):
        assert words in text
    assert repr(found).startswith(SCRIPT)


def test_every_link_of_the_evidence_leads_into_the_texts_and_back(hostile):
    evidence, reading = (Page(piece._repr_html_()) for piece in (show.evidence(hostile),
                                                                 show.reading(ARTICLES, hostile)))
    assert len(evidence.links) == 2 * 4, "each fact has a passage or a nearest one in each article that has sentences"
    assert {link[1:] for link in evidence.links} <= set(reading.ids)
    assert reading.links and {link[1:] for link in reading.links} <= set(evidence.ids)
    ids = evidence.ids + reading.ids
    assert len(ids) == len(set(ids)), "an id that stands twice leads to the wrong place"


def test_a_link_leads_to_the_sentence_it_shows(story, tables):
    reading = show.reading(story.articles, tables)._repr_html_()
    for cell in tables.coverage.dropna(subset=["start"]).itertuples():
        sentence = reading.partition(f'id="{show.anchor(cell.article_id, cell.start)}">')[2]
        assert Page(sentence.partition("</span>")[0]).text.startswith(cell.text)


def test_articles_whose_ids_look_alike_have_places_of_their_own():
    ids = ["a b", "a_b", "a.b", "a/b", "é", "ü", "тасс", "тест", "a", "a-1"]
    assert len({show.anchor(article_id, 0) for article_id in ids}) == len(ids)


@pytest.mark.parametrize("words", HOSTILE)
def test_versions_show_hostile_words_as_they_are(words):
    rows = [("a", "fullest", f"It said {words} and no more"), ("b", "reworded", f"She said {words} and left")]
    found = pd.DataFrame([{"utterance": "u1", "article_id": article_id, "quotation_id": "q1", "start": 3, "end": 9, "text": text,
                           "kind": "direct", "speaker": words, "relation": relation, "shared": 0.5}
                          for article_id, relation, text in rows])
    page = Page(str(show.versions(found, pd.DataFrame({"article_id": ["a", "b"], "outlet": [words, None],
                                                   "condition": ["complete", "complete"]})).html))
    assert page.tags <= TAGS and page.attributes <= ATTRIBUTES
    for _, _, text in rows:
        assert "".join(text.split()) in "".join(page.text.replace("[…]", "").split())


def test_passages_of_a_table_link_into_the_texts(hostile):
    codings = hostile.codings[hostile.codings["kind"].eq("frame")]
    page = assert_harmless(show.table(codings, hostile.articles, columns=["outlet", "text"], links={"text": "start"}))
    assert f"Daily {SCRIPT}" in page.text
    assert page.links and {link[1:] for link in page.links} <= set(Page(show.reading(ARTICLES,
                                                                                     hostile)._repr_html_()).ids)


def test_the_second_article_of_a_row_is_named_and_linked_too():
    known = pd.DataFrame({"article_id": ["a", "b"], "outlet": ["Post", "Times"], "condition": ["complete"] * 2})
    row = {"article_id": "a", "sentence": "It met in May.", "start": 7,
           "other_article": "b", "other_sentence": "It met in June.", "other_start": 9}
    rows = pd.DataFrame([row, row | {"other_article": None, "other_sentence": None, "other_start": None}])
    page = Page(show.table(rows, known, columns=["outlet", "sentence", "other_article", "other_sentence"],
                           links={"sentence": "start", "other_sentence": "other_start"})._repr_html_())
    assert page.links == ["#a-7", "#b-9", "#a-7"], "where there is no second one, nothing is linked"
    assert "Times" in page.text


@pytest.mark.parametrize("words", HOSTILE)
def test_proposals_show_hostile_words_as_they_are(words):
    sentence = f"It said {words} and no more"
    found = pd.DataFrame([{"fact_id": "f", "statement": words, "kind": "claim", "importance": "vital", "reason": words, "outlets": 2,
                           "article_id": article_id, "start": 8, "end": 8 + len(words), "text": words, "apart": words,
                           "sentence": sentence, "sentence_start": 0, "sentence_end": len(sentence)} for article_id in "ab"])
    page = Page(str(show.proposals(found, pd.DataFrame({"article_id": list("abc"), "outlet": [words, None, words + "!"],
                                                        "condition": ["complete", "machine-altered", "complete"]})).html))
    assert page.tags <= TAGS and page.attributes <= ATTRIBUTES
    assert page.text.count(sentence) == 2 and f"No passage found in: {words}!." in page.text
    assert page.links == ["#a-0", "#b-0"]


@pytest.mark.parametrize(("condition", "similarity", "expected"), [
    ("complete", 0.5, "no passage found; the nearest has 50% of the fact’s words: It rains."),
    ("complete", 0.1, "no passage found, and nothing similar; the nearest has 10% of the fact’s words: It rains."),
    ("excerpt", 0.5, "It rains. (an excerpt: it may stand in the rest of the article)"),
    ("machine-altered", 0.5, "(a machine altered this text: the words of the fact may be gone, so this says less)"),
])
def test_an_absent_cell_says_what_its_silence_is_worth(hostile, condition, similarity, expected):
    absent = {"status": "absent", "speaker": None, "nearest": "It rains.", "nearest_start": 0, "similarity": similarity}
    changed = replace(hostile, coverage=hostile.coverage.assign(**absent), articles=hostile.articles.assign(condition=condition))
    assert expected in Page(show.evidence(changed)._repr_html_()).text


def test_evidence_without_facts_says_what_to_do(bridge):
    (bridge / "codebook" / "facts.yaml").write_text("# none yet")
    shown = show.evidence(analyse(load_story(bridge)))
    assert "codebook/facts.yaml" in str(shown) and "codebook/facts.yaml" in shown._repr_html_()
