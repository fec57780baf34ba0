"""Who does what to whom, counted and set side by side."""

import pandas as pd
import pytest

from analysis import tables
from analysis.measures import deeds

ENTRY = {"kind": "country", "definition": "It.", "coding_rule": "Any."}
ACTORS = tables.frame("actors", [{"actor_id": name[:2].lower(), "name": name, **ENTRY} for name in ("Chile", "Peru")])
ARTICLES = tables.frame("articles", [
    {"article_id": article_id, "outlet": outlet, "outlet_basis": "stated", "published_basis": "unknown", "condition": "complete",
     "words": 9, "sha256": "0", "account": article_id, "account_similarity": 1.0}
    for article_id, outlet in (("a", "The Echo"), ("b", "Daily Sun"))])
SENTENCES = tables.frame("sentences", [
    {"article_id": article_id, "start": 100 * i, "end": 100 * i + 90, "text": f"{article_id}{i}", "position": i, "paragraph": 0,
     "section": "body"} for article_id in "ab" for i in range(3)])
QUOTATIONS = tables.frame("quotations", [
    {"article_id": "a", "start": 100, "end": 190, "text": "a1", "quotation_id": "q1", "kind": "direct", "speaker": "Ana Ruiz",
     "speaker_basis": "named"}])


def deed(article_id: str, start: int, agent: str | None, verb: str, patient: str | None, **columns) -> dict:
    known = {"Chile": "ch", "Peru": "pe"}
    return {"article_id": article_id, "start": start, "end": start + len(verb), "text": verb, "verb": verb,
            "agent": agent, "agent_id": known.get(agent), "agent_start": start if agent else None,
            "agent_end": start + 1 if agent else None, "patient": patient, "patient_id": known.get(patient),
            "patient_start": start if patient else None, "patient_end": start + 1 if patient else None,
            "negated": False, "quoted": False, **columns}


DEEDS = tables.frame("deeds", [
    deed("a", 10, "Chile", "block", "Peru"),
    deed("a", 30, "Chile", "block", "Peru"),
    deed("a", 110, "Chile", "attack", "Peru", modal="May", modal_start=108, modal_end=111, negated=True, quoted=True, quotation_id="q1"),
    deed("a", 210, None, "expel", "Peru"),
    deed("b", 10, "Peru", "leave", None, quoted=True),
    deed("b", 120, "Chile", "close", "the port"),
    deed("b", 220, "Chile", "expel", "Peru"),
])
TOLD = deeds.told(DEEDS, ACTORS, QUOTATIONS, SENTENCES)


def test_told_names_the_parties_the_voice_and_the_sentence():
    assert TOLD[["agent", "deed", "patient", "voice", "sentence"]].values.tolist() == [
        ["Chile", "block", "Peru", "outlet", "a0"], ["Chile", "block", "Peru", "outlet", "a0"],
        ["Chile", "may not attack", "Peru", "Ana Ruiz", "a1"], ["nobody named", "expel", "Peru", "outlet", "a2"],
        ["Peru", "leave", "nothing named", "unknown speaker", "b0"], ["Chile", "close", "the port", "outlet", "b1"],
        ["Chile", "expel", "Peru", "outlet", "b2"]]


def test_counts_add_up_what_is_told_alike():
    found = deeds.counts(TOLD)
    assert found.loc[0, ["article_id", "agent", "verb", "patient", "times", "own", "sentence"]].tolist() == [
        "a", "Chile", "block", "Peru", 2, 2, "a0"]
    assert found["times"].sum() == len(TOLD) and len(found) == len(TOLD) - 1
    assert found.set_index("verb").loc["attack", ["own", "deeds"]].tolist() == [0, "may not attack"]


def test_roles_tell_who_acts_and_who_is_acted_upon():
    assert deeds.roles(TOLD).values.tolist() == [
        ["a", "Chile", 3, 0, 0], ["a", "Peru", 0, 4, 1], ["b", "Chile", 2, 0, 0], ["b", "Peru", 1, 1, 0]]


def test_between_sets_the_articles_side_by_side():
    found = deeds.between(TOLD, ARTICLES)
    assert list(found.columns) == ["agent", "patient", "The Echo", "Daily Sun"]
    assert found.values.tolist() == [["Chile", "Peru", "block (2), may not attack", "expel"]]


@pytest.mark.parametrize("measure", [deeds.counts, deeds.roles, lambda told: deeds.between(told, ARTICLES)])
def test_nothing_told(measure):
    told = deeds.told(DEEDS[:0], ACTORS, QUOTATIONS, SENTENCES)
    assert measure(told).empty and list(measure(told).columns) == list(measure(TOLD).columns)


def test_order_of_articles_does_not_matter():
    turned = deeds.told(DEEDS[::-1].reset_index(drop=True), ACTORS, QUOTATIONS, SENTENCES[::-1])
    keys = ["article_id", "actor"]
    pd.testing.assert_frame_equal(deeds.roles(turned).sort_values(keys, ignore_index=True),
                                  deeds.roles(TOLD).sort_values(keys, ignore_index=True))


def test_the_story_told_by_the_texts(tables):
    """What was read in the texts: rows that must be there, and who must not be the agent."""
    told = deeds.told(tables.deeds, tables.actors, tables.quotations, tables.sentences)
    found = set(told[["article_id", "agent_id", "verb", "patient_id"]].astype("object").fillna("").itertuples(index=False, name=None))
    assert {("001", "nato", "expel", "russian-mission"), ("001", "russia", "recall", ""), ("001", "russia", "order", "nato"),
            ("002", "russia", "suspend", "information-office"), ("002", "", "reduce", "russian-mission"),
            ("003", "russia", "accuse", "nato"), ("004", "nato", "expel", ""), ("001", "russia", "annex", "")} <= found
    assert ("001", "nato", "recall", "") not in found
