"""What misleads a reader of the five articles, machine or not: each trap by name.

The texts are in data/russia-nato-2021; the tests hold what the tables must say of them.
"""

import pandas as pd
import pytest

from analysis.measures import chronology, framing


@pytest.fixture(scope="module")
def links(tables):
    return chronology.datings(tables.codings, tables.times, tables.events, tables.sentences)


@pytest.fixture(scope="module")
def devices(tables):
    return framing.devices(tables.codings, tables.frames)


def sentences_with(tables, code_id: str) -> set[tuple[str, int]]:
    """Return (article, position) of every sentence in which a passage of a code lies."""
    coded = tables.codings[tables.codings["code_id"].eq(code_id)]
    pairs = coded.merge(tables.sentences, on="article_id", suffixes=("", "_sentence"))
    inside = (pairs["start"] < pairs["end_sentence"]) & (pairs["end"] > pairs["start_sentence"])
    return set(pairs.loc[inside, ["article_id", "position"]].itertuples(index=False, name=None))


def test_accreditation_is_revoked_on_both_sides(tables):
    """Russia takes it from NATO's staff (F04), NATO took it from eight Russians (F08): never both in one sentence."""
    of_nato, of_russians = sentences_with(tables, "F04"), sentences_with(tables, "F08")
    assert not of_nato & of_russians
    assert {article_id for article_id, _ in of_nato} == {"000", "001", "003"}
    assert {article_id for article_id, _ in of_russians} == {"000", "001", "002", "003", "004"}


@pytest.mark.parametrize(("article_id", "fact_id", "words"), [
    ("000", "F04", "their employees’ accreditation being revoked"),
    ("000", "F08", "NATO revoking the accreditation of eight"),
    ("001", "F04", "accreditations of Nato staff in Moscow would also be withdrawn"),
    ("001", "F08", "expelled eight members"),
    ("002", "F08", "revoked the accreditation of eight diplomats"),
    ("003", "F04", "NATO’s office in Moscow will be stripped of their accreditation"),
    ("003", "F08", "NATO expelled eight Russian staff"),
    ("004", "F08", "NATO withdrew the accreditation of 8 Russian officials"),
])
def test_each_accreditation_is_shown_by_its_own_sentence(tables, article_id, fact_id, words):
    evidence = tables.coverage.set_index(["article_id", "fact_id"])["text"]
    assert words in evidence[article_id, fact_id]


def test_aggressive_is_said_of_either_side_and_by_neither_outlet(devices):
    """"Aggressive" is Lungescu's word for Russia and Moscow's for NATO; no outlet calls anybody so."""
    said = devices[devices["text"].str.contains("aggressive")]
    assert said[["article_id", "frame_id", "voice"]].values.tolist() == [
        ["001", "russian-aggression", "Oana Lungescu"], ["002", "russian-aggression", "Oana Lungescu"],
        ["003", "nato-aggression", "Sergey Lavrov"], ["003", "russian-aggression", "Oana Lungescu"],
        ["004", "nato-aggression", "Russian Foreign Ministry"]]
    assert said["quoted"].all()


@pytest.mark.parametrize(("article_id", "words"), [
    ("000", "Speaking about NATO: I have already told you"),
    ("000", "Yes, our position stems from the fact"),
    ("003", "The ‘Russian threat’ is inflated"),
])
def test_a_quotation_without_a_cue_has_the_speaker_who_went_before(tables, article_id, words):
    own = tables.quotations[tables.quotations["article_id"].eq(article_id)]
    [row] = own[own["text"].str.contains(words, regex=False)].to_dict("records")
    assert (row["kind"], row["speaker"], row["speaker_basis"]) == ("direct", "Sergey Lavrov", "continued")
    assert pd.isna(row["cue"])


def test_the_same_inflated_threat_has_another_speaker_in_another_telling(devices):
    inflated = devices[devices["frame_id"].eq("threat-inflated")]
    assert inflated[["article_id", "voice"]].values.tolist() == [
        ["003", "Sergey Lavrov"], ["004", "Russian Foreign Ministry"]]


def test_the_expulsion_is_dated_by_four_articles_in_three_ways(links):
    dated = links[links["event_id"].eq("expulsion")]
    assert dated[["article_id", "time", "agrees"]].values.tolist() == [
        ["001", "earlier this month", True], ["002", "October 6", True],
        ["003", "last week", False], ["003", "last week", False], ["004", "Earlier this month", True]]


def test_last_week_is_the_only_disagreement_of_the_story(links):
    """003 was published in the week of 18 October: its "last week", in two sentences, cannot be the 6th."""
    found = chronology.disagreements(links)
    assert found[["article_id", "event_id", "time", "other_article", "other_time"]].values.tolist() == [
        ["003", "expulsion", "last week", "002", "October 6"]] * 2
    assert found["sentence"].str.contains("expelled eight Russian staff|expelling eight Russian diplomats").all()
    assert found["sentence"].nunique() == 2
    assert (found["earliest"] > pd.Timestamp("2021-10-06")).all()


def test_a_counter_in_the_navigation_is_no_time(tables):
    own = tables.times[tables.times["article_id"].eq("004")]
    assert not own["text"].str.contains("1 year|207").any()


def test_no_furniture_gives_a_time(story, tables):
    for article in story.articles:
        own = tables.times[tables.times["article_id"].eq(article.article_id)]
        lines = {article.text.count("\n", 0, start) + 1 for start in own["start"]}
        parts = {article.layout.get(line) for line in lines}
        assert parts <= {None, "headline", "deck"}


def test_2014_dates_crimea_and_nothing_else(links):
    """In 001 "2014" stands in a sentence on relations, meddling and Navalny; it is the year of Crimea."""
    dated = links[links["article_id"].eq("001") & links["time"].eq("2014")]
    assert list(dated["event_id"]) == ["crimea"]


def test_who_wrote_000_and_003_is_not_guessed(tables):
    unknown = tables.articles[tables.articles["outlet_basis"].eq("unknown")]
    assert list(unknown["article_id"]) == ["000", "003"]
    assert unknown["outlet"].isna().all()


def test_the_spun_copy_is_marked(tables):
    """004 is a machine's rewording: what only its odd words show is marked, and no complete text needs such words."""
    assert tables.articles.set_index("article_id").loc["004", "condition"] == "machine-altered"
    assert set(tables.coverage.loc[tables.coverage["spun"], "article_id"]) == {"004"}


def test_moscow_where_it_is_a_place_is_no_actor(story, tables):
    texts = {article.article_id: article.text for article in story.articles}
    moscow = tables.mentions[tables.mentions["text"].eq("Moscow")]
    before = [texts[row.article_id][:row.start].split()[-1] for row in moscow.itertuples() if row.start]
    assert len(before) and not {"in", "at", "from"} & set(before)
