"""The machine against what was coded by reading: the score is printed, and a drop fails."""

import pytest

from analysis.measures import reliability
from analysis.story import load_gold

# Measured on FLOORDATE with the story's codebook and en_core_web_sm 3.8.0, rounded down by a hundredth.
FLOORS = {
}
# What the project set itself: presence of facts, and their status in all cells.
PRESENCE_F1, STATUS_ACCURACY = 0.95, 0.90


@pytest.fixture(scope="module")
def gold(story):
    return load_gold(story)


@pytest.fixture(scope="module")
def summary(tables, gold):
    return reliability.summary(tables, gold)


def test_every_cell_is_coded_by_reading(tables, gold):
    cell = ["article_id", "fact_id"]
    assert not gold["coverage"].duplicated(cell).any()
    assert set(gold["coverage"][cell].itertuples(index=False, name=None)) == set(tables.coverage[cell].itertuples(index=False, name=None))


def test_the_score_does_not_drop(summary, capsys):
    with capsys.disabled():
        print(f"\n{summary.round(3).to_string()}\n")
    assert set(summary.index) == {what for what, _ in FLOORS}
    scores = {(what, measure): float(summary.loc[what, measure]) for what, measure in FLOORS}
    assert {key: score for key, score in scores.items() if score < FLOORS[key]} == {}


def test_facts_reach_their_targets(tables, gold, summary):
    assert summary.loc["facts (status)", "f1"] >= PRESENCE_F1
    assert summary.loc["facts (status)", "also_right"] >= STATUS_ACCURACY, reliability.differences(tables.coverage, gold["coverage"])


def test_speakers_of_attributed_facts(tables, gold):
    [scored] = reliability.of_coverage(tables.coverage, gold["coverage"]).to_dict("records")
    assert scored["speaker"] >= SPEAKER_FLOOR
