"""How the event is framed, and in whose voice."""

import pandas as pd
import pytest

from analysis import tables
from analysis.measures import framing

FRAMES = tables.frame("frames", [{"frame_id": frame_id, "name": frame_id.title(), "definition": "d", "coding_rule": "r"}
                                 for frame_id in ("threat", "blame", "calm")])
ARTICLES = tables.frame("articles", [
    {"article_id": article_id, "outlet_basis": "unknown", "published_basis": "unknown", "condition": "complete",
     "words": words, "sha256": "0", "account": article_id, "account_similarity": 1.0}
    for article_id, words in (("a", 500), ("b", 2000), ("c", 100))])


def coding(article_id: str, frame_id: str, start: int, status: str = "stated", speaker: str | None = None,
           kind: str = "frame") -> dict:
    return {"article_id": article_id, "start": start, "end": start + 4, "text": "word", "code_id": frame_id,
            "kind": kind, "coder": "machine",
            "status": status, "speaker": speaker, "elements": "[]", "completeness": "full"}


CODINGS = tables.frame("codings", [
    coding("b", "threat", 30), coding("a", "blame", 50, "attributed", "Lopez"), coding("a", "threat", 10),
    coding("a", "threat", 20),
    coding("a", "threat", 70, "disputed"), coding("a", "threat", 90, "attributed"), coding("b", "F1", 0, kind="fact"),
])


def test_devices_are_listed_in_order_with_their_voice():
    found = framing.devices(CODINGS, FRAMES)
    assert found[["article_id", "frame_id", "name", "voice", "quoted", "start"]].values.tolist() == [
        ["a", "threat", "Threat", "own voice", False, 10], ["a", "threat", "Threat", "own voice", False, 20],
        ["a", "blame", "Blame", "Lopez", True, 50], ["a", "threat", "Threat", "unnamed speaker", True, 70],
        ["a", "threat", "Threat", "unnamed speaker", True, 90], ["b", "threat", "Threat", "own voice", False, 30]]


def test_devices_are_counted_by_frame_article_and_voice():
    found = framing.by_voice(CODINGS, FRAMES)
    assert found.index.names == ["frame_id", "article_id"]
    assert found.apply(tuple, axis=1).to_dict() == {
        ("threat", "a"): (2, 2), ("threat", "b"): (1, 0), ("blame", "a"): (0, 1), ("blame", "b"): (0, 0),
        ("calm", "a"): (0, 0), ("calm", "b"): (0, 0)}


def test_rates_are_devices_a_thousand_words():
    found = framing.rates(CODINGS, FRAMES, ARTICLES)
    assert found.to_dict("index") == {"a": {"own": 2, "quoted": 3, "words": 500, "per_1000": 10.0},
                                      "b": {"own": 1, "quoted": 0, "words": 2000, "per_1000": 0.5},
                                      "c": {"own": 0, "quoted": 0, "words": 100, "per_1000": 0.0}}


def test_a_single_article():
    found = framing.rates(CODINGS[CODINGS["article_id"].eq("a")], FRAMES, ARTICLES[:1])
    assert found.to_dict("index") == {"a": {"own": 2, "quoted": 3, "words": 500, "per_1000": 10.0}}


@pytest.mark.parametrize("codings", [CODINGS[:0], CODINGS[CODINGS["kind"].eq("fact")]],
                         ids=["no codings", "no devices"])
def test_no_devices(codings):
    assert framing.devices(codings, FRAMES).empty
    assert (framing.by_voice(codings, FRAMES) == 0).all(axis=None)
    assert framing.rates(codings, FRAMES, ARTICLES)[["own", "quoted", "per_1000"]].eq(0).all(axis=None)


def test_no_frames():
    assert framing.devices(CODINGS, FRAMES[:0]).empty
    assert framing.by_voice(CODINGS, FRAMES[:0]).empty
    assert framing.rates(CODINGS, FRAMES[:0], ARTICLES)["per_1000"].eq(0).all()


def test_an_article_without_words_has_no_rate():
    found = framing.rates(CODINGS[:0], FRAMES, ARTICLES.assign(words=0))
    assert pd.isna(found["per_1000"]).all()


def test_who_frames_whom_goes_by_camp_and_target():
    actors = tables.frame("actors", [
        {"actor_id": actor_id, "name": name, "kind": "person", "camp": camp, "definition": "d", "coding_rule": "r"}
        for actor_id, name, camp in (("lopez", "Lopez", "city"), ("port", "the port", None))])
    frames = FRAMES.assign(target=FRAMES["frame_id"].map({"threat": "port", "blame": "lopez"}))
    found = framing.of_whom(CODINGS, frames, actors)
    assert found.values.tolist() == [
        ["own voice", "the port", "Threat", 3, 2], ["unnamed speaker", "the port", "Threat", 2, 1],
        ["city", "Lopez", "Blame", 1, 1]]
    assert framing.of_whom(CODINGS, FRAMES, actors).empty, "no frame has a target"
