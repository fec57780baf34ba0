"""The different words for the same fact and the same actor, and the words that an outlet prefers."""

import json

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import show, tables
from analysis.errors import InputError
from analysis.measures import wording


def coding(article_id: str, fact_id: str, start: int, *elements: tuple[str, str, str, bool], status: str = "stated",
           speaker: str | None = None,
           kind: str = "fact") -> dict:
    """A coding whose text is its elements' words, parted by blanks; an element is (slot, wording, words, spun)."""
    text, found = "", []
    for slot, alternative, words, spun in elements:
        text += " " * bool(text)
        found.append({"slot": slot, "alternative": alternative, "start": start + len(text),
                      "end": start + len(text) + len(words), "spun": spun})
        text += words
    return {"article_id": article_id, "start": start, "end": start + len(text), "text": text, "code_id": fact_id,
            "kind": kind,
            "coder": "machine", "status": status, "speaker": speaker, "elements": json.dumps(found),
            "completeness": "full"}


CODINGS = tables.frame("codings", [
    coding("a", "F1", 100, ("who", "<council>", "The council", False), ("did", "close", "closed", False)),
    coding("a", "F1", 200, ("did", "close", "closing", False), status="attributed", speaker="Lopez"),
    coding("a", "F1", 300, ("did", "close", "closed", False), status="attributed"),
    coding("b", "F1", 50, ("did", "shut", "shut", False)),
    coding("b", "F1", 80, ("did", "adjacent", "adjacent", True)),
    coding("b", "F2", 10, ("did", "sail", "sails", False)),
    coding("c", "F3", 10, ("what", "ferry", "ferry", False)),
    coding("a", "calm", 10, ("did", "close", "closed", False), kind="frame"),
])


def test_words_used_are_cut_out_of_the_passage():
    found = wording.words_used(CODINGS)
    assert found[["article_id", "fact_id", "slot", "wording", "words", "spun", "start", "end"]].values.tolist() == [
        ["a", "F1", "who", "<council>", "The council", False, 100, 111],
        ["a", "F1", "did", "close", "closed", False, 112, 118],
        ["a", "F1", "did", "close", "closing", False, 200, 207], ["a", "F1", "did", "close", "closed", False, 300, 306],
        ["b", "F1", "did", "shut", "shut", False, 50, 54], ["b", "F1", "did", "adjacent", "adjacent", True, 80, 88],
        ["b", "F2", "did", "sail", "sails", False, 10, 15], ["c", "F3", "what", "ferry", "ferry", False, 10, 15]]
    assert list(found["status"])[:4] == ["stated", "stated", "attributed", "attributed"]
    assert found["speaker"][2] == "Lopez"


def test_contrast_sets_the_articles_side_by_side():
    assert wording.contrast(CODINGS, "F1").values.tolist() == [
        ["a", "close", "closed | closing", 3, "outlet, Lopez, unnamed"],
        ["b", "adjacent", "adjacent", 1, "outlet"], ["b", "shut", "shut", 1, "outlet"]]
    assert wording.contrast(CODINGS, "F1", slot="who").values.tolist() == [["a", "<council>", "The council", 1,
                                                                            "outlet"]]


def test_varied_ranks_facts_by_their_wordings():
    found = wording.varied(CODINGS)
    assert found.index.name == "fact_id"
    assert found.to_dict("index") == {"F1": {"articles": 2, "different": 3, "wordings": "close | shut | adjacent"},
                                      "F2": {"articles": 1, "different": 1, "wordings": "sail"}}
    assert list(found.index) == ["F1", "F2"]


def test_a_single_article():
    found = wording.varied(CODINGS[CODINGS["article_id"].eq("a")])
    assert found.to_dict("index") == {"F1": {"articles": 1, "different": 1, "wordings": "close"}}


def test_no_codings():
    for none in (CODINGS[:0], CODINGS[CODINGS["kind"].eq("frame")]):
        assert wording.words_used(none).empty and "spun" in wording.words_used(none)
        assert list(wording.contrast(none, "F1").columns) == ["article_id", "wording", "words", "times", "voices"]
        assert list(wording.varied(none).columns) == ["articles", "different", "wordings"]
        assert isinstance(wording.contrast(none, "F1"), pd.DataFrame) and wording.contrast(none, "F1").empty


def test_a_fact_or_slot_that_nobody_has():
    assert wording.contrast(CODINGS, "F9").empty
    assert wording.contrast(CODINGS, "F3").empty
    assert wording.varied(CODINGS, slot="why").empty


# Running words, labels, keyness and concordance


def sentence(article_id: str, position: int, start: int, text: str) -> dict:
    return {"article_id": article_id, "start": start, "end": start + len(text), "text": text, "position": position,
            "paragraph": 0, "section": "body"}


def quotation(article_id: str, start: int, end: int, kind: str) -> dict:
    return {"article_id": article_id, "start": start, "end": end, "text": "x" * (end - start), "quotation_id": f"q{start}",
            "kind": kind, "speaker_basis": "unknown"}


def articles(**conditions: str) -> pd.DataFrame:
    """Articles of the outlets whose names begin their ids: a1 and a2 are of A."""
    return tables.frame("articles", [
        {"article_id": article_id, "outlet": article_id[0].upper(), "outlet_basis": "stated", "published_basis": "unknown",
         "condition": condition, "words": 9, "sha256": "0", "account": article_id, "account_similarity": 1.0}
        for article_id, condition in conditions.items()])


TEXT = "Lopez said the council's ships, “old ships”, sail. The council sells Ship 8!"
SENTENCES = tables.frame("sentences", [sentence("a", 0, 0, TEXT[:50]), sentence("a", 1, 51, TEXT[51:])])
QUOTATIONS = tables.frame("quotations", [quotation("a", 11, 49, "indirect"), quotation("a", 33, 42, "direct")])
WORDS = wording.running_words(SENTENCES, QUOTATIONS)


def test_running_words_have_their_voice_and_slice():
    assert WORDS["word"].tolist() == "lopez said the council s ships old ships sail the council sells ship 8".split()
    assert [TEXT[start:end].lower() for start, end in zip(WORDS["start"], WORDS["end"])] == WORDS["word"].tolist()
    assert WORDS["voice"].tolist() == ["own"] * 2 + ["indirect"] * 4 + ["quoted"] * 2 + ["indirect"] + ["own"] * 5
    assert WORDS["sentence"].tolist() == [0] * 9 + [1] * 5


def test_labels_tell_by_which_words_an_actor_is_named():
    mentions = tables.frame("mentions", [
        {"article_id": article_id, "start": start, "end": start + len(text), "text": text, "actor_id": "council"}
        for article_id, start, text in (("a", 11, "the council"), ("a", 33, "Harbour Council"), ("a", 51, "The council"), ("b", 0, "Council"))])
    actors = tables.frame("actors", [{"actor_id": "council", "name": "Council", "kind": "body", "definition": "It.", "coding_rule": "Any."}])
    found = wording.labels_of(mentions, actors, QUOTATIONS)
    assert found[["article_id", "name", "label", "times", "own", "indirect", "quoted", "start"]].values.tolist() == [
        ["a", "Council", "the council", 2, 1, 1, 0, 11], ["a", "Council", "Harbour Council", 1, 0, 0, 1, 33],
        ["b", "Council", "Council", 1, 1, 0, 0, 0]]
    assert wording.labels_across(found).values.tolist() == [
        ["Council", "a", "the council (2), Harbour Council (1)"], ["Council", "b", "Council (1)"]]
    assert wording.labels_across(found[found["article_id"].eq("a")]).empty
    assert wording.labels_of(mentions[:0], actors, QUOTATIONS).empty


def spoken(**texts: str) -> pd.DataFrame:
    rows = [{"article_id": article_id, "word": word, "voice": "own"} for article_id, text in texts.items() for word in text.split()]
    return pd.DataFrame(rows, columns=["article_id", "word", "voice"])


def test_keyness_by_hand():
    """Three spies and a mast against one and three: the prior gives each word 250 of its 500.

    log-odds = ln(253 / 251) - ln(251 / 253) = 0.0158731; error = sqrt(1 / 253 + 1 / 251) = 0.0890878.
    """
    found = wording.keyness(spoken(a="spy spy spy mast", b="spy mast mast mast"), articles(a="complete", b="complete"))
    row = found.set_index(["outlet", "word"]).loc[("A", "spy")]
    assert row[["count", "others", "rate", "rate_others"]].tolist() == [3, 1, 750, 250]
    assert row[["log_odds", "z", "low", "high"]].tolist() == pytest.approx([0.0158731, 0.1781736, -0.1587358, 0.190482], abs=1e-6)


def test_keyness_of_three_outlets_is_each_against_the_rest():
    texts = {"a": "spy " * 3 + "mast", "b": "spy mast mast", "c": "mast sail"}
    found = wording.keyness(spoken(**texts), articles(a="complete", b="complete", c="complete")).set_index(["outlet", "word"])
    assert len(found) == 9
    assert found.loc[("A", "spy"), ["count", "others"]].tolist() == [3, 1]
    assert found.loc[("C", "sail"), ["count", "others"]].tolist() == [1, 0]
    assert found.loc["A"].index[0] == "spy" and found.loc["C"].index[0] == "sail"


@pytest.mark.parametrize(("texts", "word", "warning"), [
    ({"a1": "spy " * 9 + "mast " * 9, "a2": "spy", "b1": "spy mast"}, "spy", "few"),  # B is too short for a rate
    ({"a1": "spy " * 20 + "mast " * 20, "b1": "spy " * 5 + "mast " * 20}, "spy", "one article"),
    ({"a1": "spy " * 20 + "mast " * 10, "a2": "spy mast", "b1": "spy " * 5 + "mast " * 20}, "spy", ""),
])
def test_keyness_warns_where_there_is_too_little(texts, word, warning):
    found = wording.keyness(spoken(**texts), articles(**dict.fromkeys(texts, "complete"))).set_index(["outlet", "word"])
    assert found.loc[("A", word), "warning"] == warning


def test_keyness_leaves_out_what_is_not_the_outlets():
    words = pd.concat([spoken(a="the spy s mast", b="the mast mast", c="ngo ngo"),
                       spoken(a="shut", b="shut").assign(voice="quoted")], ignore_index=True)
    about = articles(a="complete", b="excerpt", c="machine-altered")
    assert set(wording.keyness(words, about)["word"]) == {"spy", "mast"}
    assert set(wording.keyness(words, about, grammar=True)["word"]) == {"spy", "mast", "the", "s"}
    assert set(wording.keyness(words, about, altered=True)["outlet"]) == {"A", "B", "C"}
    assert set(wording.keyness(words, about, voices=["quoted"], altered=True)["word"]) == set()  # one word has no odds
    assert set(wording.keyness(words, about, voices=wording.VOICES)["word"]) == {"spy", "mast", "shut"}


@pytest.mark.parametrize("words", [spoken(), spoken(a="spy mast"), spoken(a="spy", b="spy")])
def test_keyness_of_nothing_to_compare(words):
    found = wording.keyness(words, articles(a="complete", b="complete"))
    assert found.empty and list(found.columns)[:2] == ["outlet", "word"]


TWO = st.tuples(*[st.lists(st.sampled_from(["spy", "mast", "sail", "port"]), min_size=1, max_size=30).map(" ".join)] * 3)


@settings(max_examples=60, deadline=None)
@given(texts=TWO)
def test_keyness_of_two_outlets_is_the_same_seen_from_the_other_side(texts):
    about = articles(a1="complete", a2="complete", b="complete")
    words = spoken(**dict(zip(("a1", "a2", "b"), texts)))
    found = wording.keyness(words, about).set_index(["outlet", "word"])
    if len(found):
        pd.testing.assert_series_equal(found.loc["A", "z"].sort_index(), -found.loc["B", "z"].sort_index(), rtol=1e-9, atol=1e-9)
        assert (found["low"] < found["high"]).all()
    turned = wording.keyness(words[::-1], about[::-1]).set_index(["outlet", "word"])
    pd.testing.assert_frame_equal(turned, found)


@pytest.mark.parametrize(("term", "inflected", "expected"), [
    ("ships", False, ["ships", "ships"]),
    ("ship", False, ["Ship"]),
    ("ship", True, ["ships", "ships", "Ship"]),
    ("saile", True, ["sail"]),  # an e at the end comes and goes: close, closing
    ("S*l*s", False, ["sells"]),
    ("s*", False, ["said", "s", "ships", "ships", "sail", "sells", "Ship"]),
    ("the council's", False, ["the council's"]),
    ("old * sail", False, ["old ships”, sail"]),
    ("council sells * 8", False, ["council sells Ship 8"]),
    ("sail the", False, []),  # a sentence ends between them
    ("8", False, ["8"]), ("[a-z]", False, []), ("submarine", True, []),
])
def test_concordance_finds_words_and_phrases(term, inflected, expected):
    found = wording.concordance(WORDS, SENTENCES, term, inflected=inflected)
    assert found["text"].tolist() == expected
    assert [TEXT[start:end] for start, end in zip(found["start"], found["end"])] == expected
    for place in found.itertuples():
        assert place.left + place.text + place.right in (TEXT[:50], TEXT[51:])


def test_concordance_cuts_at_whole_words_and_says_so():
    found = wording.concordance(WORDS, SENTENCES, "ships", width=12)
    assert found[["left", "right", "voice"]].values.tolist() == [
        ["…council's ", ", “old…", "indirect"], ["…ships, “old ", "”, sail.", "quoted"]]


def test_concordance_of_no_word_is_refused():
    with pytest.raises(InputError, match="has no word"):
        wording.concordance(WORDS, SENTENCES, "?!")


def test_concordance_is_shown_escaped():
    words = tables.frame("sentences", [sentence("a", 0, 0, "<b>ships</b> & sails")])
    found = wording.concordance(wording.running_words(words, QUOTATIONS[:0]), words, "ships")
    html = show.concordance(found, articles(a="complete"))._repr_html_()
    assert "&lt;b&gt;" in html and "<b>ships" not in html.replace('<b><a href="#a-0">ships', "") and "&amp; sails" in html
    assert "Nothing was found" in repr(show.concordance(found[:0], articles(a="complete")))


@settings(max_examples=60, deadline=None)
@given(text=st.text(min_size=1, max_size=60), term=st.text(max_size=12))
def test_any_text_and_any_term(text, term):
    sentences = tables.frame("sentences", [sentence("a", 0, 7, text)])
    words = wording.running_words(sentences, QUOTATIONS)
    assert [text[start - 7 : end - 7].lower() for start, end in zip(words["start"], words["end"])] == words["word"].tolist()
    try:
        found = wording.concordance(words, sentences, term, inflected=True)
    except InputError:
        return
    for place in found.itertuples():
        assert text[place.start - 7 : place.end - 7] == place.text


def test_a_thousand_articles(tables):
    copies = {name: pd.concat([getattr(tables, name).assign(article_id=getattr(tables, name)["article_id"] + f"-{i}")
                               for i in range(200)], ignore_index=True) for name in ("sentences", "quotations", "articles")}
    words = wording.running_words(copies["sentences"], copies["quotations"])
    compared = wording.keyness(words, copies["articles"])
    found = wording.concordance(words, copies["sentences"], "suspen*")
    assert len(words) > 400_000 and len(compared) and len(found) >= 200
