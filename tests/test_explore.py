"""The chooser: what is chosen is shown, and nothing of an article is obeyed."""

import pytest

from analysis import analyse, explore
from analysis.articles import Article
from analysis.codebook import Codebook

SCRIPT = "<script>alert(1)</script>"


@pytest.fixture
def choosers(tables):
    """The explorer's outlet, fact and frame, and the HTML below them."""
    return explore.explorer(tables).children


def shown(html) -> int:
    """Return the number of rows shown, which the first line must tell too."""
    rows = html.value.partition("<tbody>")[2].count("<tr>")
    assert f"<p>{rows} passages</p>" in html.value
    return rows


def test_passages_are_facts_and_frames_with_their_sentences(story, tables):
    found = explore.passages(tables)
    assert list(found.columns) == ["article_id", "outlet", "code_id", "status", "voice", "text", "sentence"]
    assert len(found) == tables.codings["kind"].isin(["fact", "frame"]).sum()
    assert not set(found["code_id"]) & set(tables.events["event_id"])
    assert all(row.text[:10] in row.sentence for row in found.itertuples())


def test_passages_have_a_voice(tables):
    found = explore.passages(tables)
    assert found.loc[found["status"].eq("stated"), "voice"].eq("own voice").all()
    assert {"Oana Lungescu", "Sergey Lavrov"} <= set(found.loc[found["status"].ne("stated"), "voice"])


@pytest.mark.parametrize(("choice", "column", "values"), [
    ({"article_id": "002"}, "article_id", {"002"}),
    ({"code_id": "F08"}, "code_id", {"F08"}),
    ({"code_id": "regret"}, "code_id", {"regret"}),
    ({"article_id": "003", "code_id": "regret"}, "article_id", {"003"}),
    ({"article_id": "000", "code_id": "regret"}, "article_id", set()),
    ({"code_id": "F99"}, "code_id", set()),
])
def test_passages_are_chosen_by_article_and_code(tables, choice, column, values):
    found = explore.passages(tables, **choice)
    assert set(found[column]) == values
    everything = explore.passages(tables)
    expected = everything[everything["article_id"].eq(choice.get("article_id", everything["article_id"]))
                          & everything["code_id"].eq(choice.get("code_id", everything["code_id"]))]
    assert found.values.tolist() == expected.values.tolist()


def test_at_first_everything_is_shown(tables, choosers):
    assert shown(choosers[-1]) == len(explore.passages(tables))


@pytest.mark.parametrize(("position", "value", "choice"), [
    (0, "002", {"article_id": "002"}), (1, "F08", {"code_id": "F08"}), (2, "regret", {"code_id": "regret"}),
], ids=["outlet", "fact", "frame"])
def test_choosing_changes_what_is_shown(tables, choosers, position, value, choice):
    before = choosers[-1].value
    nothing = choosers[position].value
    choosers[position].value = value
    assert shown(choosers[-1]) == len(explore.passages(tables, **choice)) > 0
    choosers[position].value = nothing
    assert choosers[-1].value == before


def test_outlet_and_fact_choose_together(tables, choosers):
    outlet, fact, _, html = choosers
    outlet.value, fact.value = "003", "F08"
    assert shown(html) == len(explore.passages(tables, article_id="003", code_id="F08")) > 0


def test_of_fact_and_frame_the_one_chosen_last_counts(tables, choosers):
    outlet, fact, frame, html = choosers
    nothing = fact.value
    outlet.value, fact.value = "003", "F08"
    frame.value = "regret"
    assert (outlet.value, fact.value, frame.value) == ("003", nothing, "regret")
    assert shown(html) == len(explore.passages(tables, article_id="003", code_id="regret"))
    fact.value = "F01"
    assert (fact.value, frame.value) == ("F01", nothing)
    assert shown(html) == len(explore.passages(tables, article_id="003", code_id="F01"))


def test_a_choice_without_passages_says_so(choosers):
    outlet, _, frame, html = choosers
    outlet.value, frame.value = "000", "regret"
    assert "<p>0 passages</p>" in html.value and "Nothing was found." in html.value


def test_choices_are_named_as_in_the_tables(tables, choosers):
    outlet, fact, frame, _ = choosers
    assert [value for _, value in outlet.options][1:] == list(tables.articles["article_id"])
    assert [label for label, _ in outlet.options][1:] == [
        "unnamed outlet (000)", "Financial Times", "TASS", "unnamed outlet (003)", "Associated Press, spun copy"]
    assert [value for _, value in fact.options][1:] == list(tables.facts["fact_id"])
    assert [label for label, _ in frame.options][1:] == list(tables.frames["name"])


def test_article_and_outlet_are_escaped():
    book = Codebook.model_validate({"facts": [{
        "fact_id": "F1", "statement": SCRIPT, "kind": "action", "importance": "vital", "definition": "d",
        "coding_rule": "r",
        "wordings": ["bridge"]}]})
    article = Article(article_id="a", text=f"The bridge {SCRIPT} is shut.", outlet=SCRIPT, outlet_basis="stated")
    html = explore.explorer(analyse([article], book)).children[-1].value
    assert "<script" not in html and html.count("&lt;script&gt;alert(1)&lt;/script&gt;") == 2
