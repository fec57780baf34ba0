"""The chooser and the walk of a coder: what is chosen is shown or saved, and nothing of an article is obeyed."""

import pytest

import analysis.story
from analysis import analyse, explore, load_story
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
    assert f"<p>{rows} passage{'' if rows == 1 else 's'}</p>" in html.value
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


# Coding by hand


@pytest.fixture
def coder(bridge):
    """A walk of the small story: what is shown, the inputs, the buttons by name, what is said, and what is saved."""
    story = load_story(bridge)
    tables = analyse(story)

    def begin(**more):
        shown, passage, speaker, note, row, said = explore.coder(story, tables, coder="ann", **more).children
        return shown, passage, speaker, note, {button.description: button for button in row.children}, said

    def saved() -> list:
        return [(one.cell, one.status, one.speaker, one.note) for one in load_story(bridge).codings]

    return begin, saved


def test_a_coder_decides_cell_by_cell_and_goes_on_later(coder):
    begin, saved = coder
    shown, passage, speaker, note, buttons, said = begin()
    assert list(buttons) == ["stated", "attributed", "disputed", "absent", "skip", "back"]
    for words in ("cell 1 of 4, 4 left", "The bridge closed.", "It is shut.", "Or closed.", "The city closed the bridge."):
        assert words in shown.value
    buttons["stated"].click()
    assert "Choose the passage" in said.value and saved() == []
    passage.value, note.value = 1, "sure"
    buttons["stated"].click()
    assert saved() == [(("a", "F1"), "stated", None, "sure")]
    assert (said.value, note.value, passage.value) == ("", "", "") and "The ferry is old." in shown.value
    assert "Ruiz" in speaker.options
    passage.value, speaker.value = 4, "Ruiz"
    buttons["attributed"].click()
    assert saved()[1:] == [(("a", "F2"), "attributed", "Ruiz", None)] and speaker.value == ""
    buttons["back"].click()
    assert "You decided: attributed" in shown.value
    buttons["absent"].click()
    assert saved()[1:] == [(("a", "F2"), "absent", None, None)]
    shown, *_, buttons, _ = begin()
    assert "cell 3 of 4, 2 left" in shown.value
    buttons["skip"].click()
    buttons["absent"].click()
    assert "This is the end; 1 of 4 cells are left." in shown.value
    assert [name for name, button in buttons.items() if not button.disabled] == ["back"]
    buttons["back"].click()
    assert "You decided: absent" in shown.value and not buttons["stated"].disabled


def test_a_coder_is_blind_unless_asked(coder):
    begin, _ = coder
    assert "The machine" not in begin()[0].value
    assert "The machine: stated" in begin(show_machine=True)[0].value


def test_what_a_coder_reads_is_escaped(coder):
    begin, _ = coder
    html = begin()[0].value
    assert "<script" not in html and "&lt;script&gt;1&lt;/script&gt;" in html and "\x1b" not in html


def test_the_chooser_changes_the_story_that_is_loaded_everywhere(bridge, monkeypatch, tmp_path):
    monkeypatch.setattr(analysis.story, "CHOSEN", tmp_path / ".chosen")
    monkeypatch.setenv("TELLINGS_STORY", str(bridge))
    story, said = explore.chooser().children
    assert story.label == "bridge" and "russia-nato-2021" in [label for label, _ in story.options]
    story.value = dict(story.options)["russia-nato-2021"]
    assert load_story().name == "russia-nato-2021" and "russia-nato-2021" in said.value
    story.value = bridge
    assert load_story().name == "bridge" and [file.name for file in tmp_path.glob(".chosen*")] == [".chosen"]
    (tmp_path / ".chosen").write_text(str(tmp_path / "gone"))
    assert load_story().name == "russia-nato-2021"
