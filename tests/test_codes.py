"""Facts, frames and events by their wordings, and in whose voice they stand."""

from datetime import date

import pytest
import spacy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.annotators import layout  # noqa: F401 (registers the component)
from analysis.annotators.actors import ActorFinder
from analysis.annotators.codes import GAP_WORDS, CodeFinder
from analysis.annotators.quotations import Quotations
from analysis.annotators.times import times
from analysis.articles import Article
from analysis.codebook import Actor

ENTRY = {"definition": "Something.", "coding_rule": "Code it."}
PEOPLE = [actor.as_config() for actor in (
    Actor(actor_id="council", name="City Council", kind="body", pronoun="it", aliases=["City Council", "the council"],
          **ENTRY),
    Actor(actor_id="lopez", name="Ada Lopez", kind="person", pronoun="she", aliases=["Ada Lopez", "Lopez"],
          descriptions=["the mayor"], **ENTRY),
)]
TERMS = {"shut": ["close", "<end>"], "end": ["shut down", {"spun": "adjacent"}]}
MONDAY = {"published_earliest": date(2021, 10, 18), "published_latest": date(2021, 10, 18), "published_basis": "stated"}


def fact(fact_id: str, *wordings, **more) -> dict:
    return {"fact_id": fact_id, "statement": "It is so.", "kind": "action", "importance": "vital",
            "wordings": list(wordings),
            **more, **ENTRY}


def codes(nlp, text: str, *facts: dict, **sections) -> list:
    """Read a text published on Monday, 18 October 2021, with a codebook of these facts."""
    doc = nlp.make_doc(text)
    if text.strip():
        doc._.article = Article(article_id="a", text=text, **MONDAY)
    for component in (nlp, ActorFinder(nlp, "actors", PEOPLE), times, Quotations(PEOPLE),
                      CodeFinder(nlp, "codes", {"terms": TERMS, "facts": list(facts), **sections})):
        doc = component(doc)
    return doc._.codes


def passages(nlp, text: str, *wordings) -> list[str]:
    return [text[code.start : code.end] for code in codes(nlp, text, fact("F", *wordings))]


def filled(text: str, code) -> dict[str, str]:
    return {element.slot: text[element.start : element.end] for element in code.elements}


@pytest.fixture(scope="module")
def blank():
    model = spacy.blank("en")
    model.add_pipe("tellings_layout")
    return model


@pytest.mark.parametrize(("wording", "text", "expected"), [
    # words in any inflection
    ({"did": "close"}, "The city closed the bridge.", ["closed"]),
    ({"did": "close"}, "It closes, and is closing, in the city.", ["closes", "closing"]),
    ({"did": "close"}, "They disclosed it.", []),
    ({"what": "mission"}, "Two missions left.", ["missions"]),
    # phrases
    ({"what": "port office"}, "All port offices are open.", ["port offices"]),
    ({"what": "port office"}, "The office of the port is open.", []),
    ({"what": "city's bridge"}, "The city’s bridge fell.", ["city’s bridge"]),
    ("no way back", "There is no way back now.", ["no way back"]),
    ("no way back", "There is no  way\tback now.", ["no  way\tback"]),
])
def test_words_and_phrases(nlp, wording, text, expected):
    assert passages(nlp, text, wording) == expected


@pytest.mark.parametrize(("wording", "text", "expected"), [
    ({"did": "close"}, "The bridge is closed.", ["closed"]),
    ({"did": "close"}, "The closed bridge fell.", ["closed"]),
    ({"what": "mission"}, "Chile Recalls Two Missions", ["Missions"]),
    ({"did": "suspend"}, "CHILE SUSPENDS TALKS", ["SUSPENDS"]),
])
def test_an_inflection_counts_whatever_the_tagger_takes_it_for(nlp, wording, text, expected):
    assert passages(nlp, text, wording) == expected


@pytest.mark.parametrize(("words", "found"), [(0, True), (1, True), (GAP_WORDS, True), (GAP_WORDS + 1, False)])
@pytest.mark.parametrize("gap", ["…", "..."])
def test_a_gap_takes_up_to_six_words(blank, gap, words, found):
    text = f"They revoke {'old ' * words}papers."
    assert passages(blank, text, {"did": f"revoke {gap} papers"}) == [text[5:-1]] * found


def test_a_gap_does_not_reach_into_the_next_sentence(nlp):
    assert passages(nlp, "They will revoke it. The papers are old.", {"did": "revoke … papers"}) == []


@pytest.mark.parametrize(("number", "text", "expected"), [
    (8, "It sent 8 ships.", ["8"]),
    (8, "Eight ships left.", ["Eight"]),
    (8, "It sent 18 ships and 80 boats.", []),
    (1000, "It sent 1,000 ships.", ["1,000"]),
    (30, "It sent thirty ships.", ["thirty"]),
    (0, "It sent zero ships.", ["zero"]),
    # part of a number is another number
    (20, "It sent twenty-one ships.", []),
    (8, "It sent 8 million letters.", []),
    (8, "It sent eight hundred letters.", []),
    (8, "It grew by 8.5 percent.", []),
])
def test_numbers_go_by_value(blank, number, text, expected):
    assert passages(blank, text, {"how": number}) == expected


@pytest.mark.parametrize(("text", "expected"), [
    ("It closed on October 6.", ["October 6"]),
    ("It closed on 6 Oct 2021.", ["6 Oct 2021"]),
    ("It closed on 2021-10-06.", ["2021-10-06"]),
    ("It closed on October 6, 2020.", []),
    ("It closed earlier this month.", []),
    ("It closed on October 7.", []),
])
def test_dates_go_by_value(nlp, text, expected):
    assert passages(nlp, text, {"when": "2021-10-06"}) == expected
    assert passages(nlp, text, {"when": date(2021, 10, 6).isoformat()}) == expected


@pytest.mark.parametrize(("when", "text", "expected"), [
    ("2021-10", "It closed on October 6.", ["October 6"]),
    ("2021-10", "It closed in October 2021.", ["October 2021"]),
    ("2021-10", "It closed in 2021.", []),
    ("2021-10", "It closed on September 6.", []),
    (2021, "It closed in March.", ["March"]),
    (2021, "It closed in 2021.", ["2021"]),
    ("2021", "It closed in 2021.", ["2021"]),
    (2013, "It closed in 2021.", []),
    ("2021-09/2021-10", "It closed on 6 September.", ["6 September"]),
    ("2021-09/2021-10", "It closed in August.", []),
    (["March", 2013], "It closed in March.", ["March"]),
    ("<spring>", "It closed in March.", ["March"]),
    (20, "It closed after 20 years.", ["20"]),
])
def test_months_years_and_intervals_hold_what_lies_within(nlp, when, text, expected):
    [*found] = codes(nlp, text, fact("F", {"when": when}), terms={"spring": ["2021-03", "2021-04"]})
    assert [text[code.start : code.end] for code in found] == expected


@pytest.mark.parametrize(("text", "expected"), [
    ("Lopez left.", ["Lopez"]),
    ("Ada Lopez came. The mayor left.", ["Ada Lopez", "The mayor"]),
    ("The mayor left.", []),
    ("The council left.", []),
])
def test_actors_go_by_reference(blank, text, expected):
    assert passages(blank, text, {"who": "<lopez>"}) == expected


@pytest.mark.parametrize(("text", "expected"), [
    ("They close it.", [("close", False)]),
    ("They shut down all of it.", [("shut down", False)]),
    ("They adjacent it.", [("adjacent", True)]),
])
def test_terms_may_refer_to_terms_and_tell_what_is_spun(blank, text, expected):
    found = codes(blank, text, fact("F", {"did": "<shut>"}))
    assert [(e.alternative, e.spun) for code in found for e in code.elements] == expected


def test_words_that_are_not_spun_are_preferred(blank):
    text = "They adjacent close bridge."
    [code] = codes(blank, text, fact("F", {"did": {"spun": "adjacent"}, "what": "bridge"},
                                     {"did": "close", "what": "bridge"}))
    assert filled(text, code) == {"did": "close", "what": "bridge"}
    assert not any(element.spun for element in code.elements)


CLOSING = {"who": "<council>", "did": "close", "what": "bridge"}


@pytest.mark.parametrize(("text", "expected"), [
    ("The council closed the bridge.", ["The council closed the bridge"]),
    ("The bridge was closed by the council.", ["bridge was closed by the council"]),
    ("The council left. It closed the bridge.", []),
    ("The council closed the road.", []),
    ("Closed by the council: the bridge. Open: the road.", ["Closed by the council: the bridge"]),
])
def test_every_slot_must_be_filled_in_one_sentence_in_any_order(nlp, text, expected):
    assert passages(nlp, text, CLOSING) == expected


@pytest.mark.parametrize(("text", "expected"), [
    ("Lopez saw the bridge. The council closed it.", ["bridge. The council closed"]),
    ("The council closed it. Lopez saw the bridge.", ["closed it. Lopez saw the bridge"]),
    ("The council closed the bridge.", ["closed the bridge"]),
    ("The bridge is old. It is green. The council closed it.", []),
])
def test_slots_may_spread_over_neighbouring_sentences(nlp, text, expected):
    assert passages(nlp, text, {"what": "bridge", "did": "close", "within": 2}) == expected


@pytest.mark.parametrize(("text", "expected"), [
    ("The bridge closed.", []),
    ("A bridge by a bridge closed.", ["bridge by a bridge"]),
])
def test_the_same_word_cannot_fill_two_slots(nlp, text, expected):
    assert passages(nlp, text, {"who": "bridge", "what": "bridge"}) == expected


def test_the_nearest_words_fill_the_slots(nlp):
    text = "The bridge is old, and they closed the road and the bridge."
    [code] = codes(nlp, text, fact("F", {"did": "close", "what": "bridge"}))
    assert text[code.start : code.end] == "closed the road and the bridge"


@pytest.mark.parametrize(("text", "completeness", "slots"), [
    ("The council closed the bridge at once.", "full", {"did": "closed", "what": "bridge", "how": "at once"}),
    ("The council closed the bridge.", "partial", {"did": "closed", "what": "bridge"}),
    ("The council closed the bridge. At once it left.", "partial", {"did": "closed", "what": "bridge"}),
])
def test_optional_slots_make_a_match_full(nlp, text, completeness, slots):
    [code] = codes(nlp, text, fact("F", {"did": "close", "what": "bridge", "optional": {"how": "at once"}}))
    assert (code.completeness, filled(text, code)) == (completeness, slots)


@pytest.mark.parametrize(("text", "expected"), [
    ("The bridge closed.", ["bridge closed"]),
    ("The bridge was never closed.", []),
    ("It was never old. The bridge closed.", ["bridge closed"]),
])
def test_forbidden_words_prevent_a_match_in_their_sentence(nlp, text, expected):
    assert passages(nlp, text, {"did": "close", "what": "bridge", "not": "never"}) == expected


def test_any_of_several_wordings_will_do_and_overlapping_ones_count_once(nlp):
    either = ({"did": "close", "what": "bridge"}, {"did": "shut down", "what": "bridge"}, {"what": "bridge"})
    assert passages(nlp, "They closed the bridge.", *either) == ["closed the bridge"]
    text = "They shut down the bridge. It is a bridge of iron."
    assert passages(nlp, text, *either) == ["shut down the bridge", "bridge"]


def test_facts_frames_and_events_are_told_apart(nlp):
    day = {"earliest": "2021-10-06", "latest": "2021-10-06"}
    found = codes(nlp, "They closed the bridge.", fact("F", {"did": "close"}),
                  frames=[{"frame_id": "blame", "name": "Blame", "devices": [{"what": "bridge"}], **ENTRY}],
                  events=[{"event_id": "closing", "name": "Closing", "wordings": [{"did": "close"}], **day, **ENTRY}])
    assert {(code.kind, code.code_id) for code in found} == {("fact", "F"), ("event", "closing"), ("frame", "blame")}


def test_furniture_is_not_coded(nlp):
    text = "They closed the bridge\nIt is old."
    doc = nlp.make_doc(text)
    doc._.article = Article(article_id="a", text=text, layout={1: "caption"})
    assert CodeFinder(nlp, "codes", {"facts": [fact("F", {"did": "close"})]})(nlp(doc))._.codes == []


VOICES = [
    # the outlet's own
    ("The council closed the bridge.", "stated", None),
    ("The council closed the bridge, and Lopez said she was glad.", "stated", None),
    # somebody's
    ("The council closed the bridge, Lopez said.", "attributed", "Ada Lopez"),
    ("Ada Lopez said that the council had closed the bridge.", "attributed", "Ada Lopez"),
    ("“We have closed the bridge,” Ada Lopez said on Monday.", "attributed", "Ada Lopez"),
    ("According to Ada Lopez, the council closed the bridge.", "attributed", "Ada Lopez"),
    ("A passer-by said that the council closed the bridge.", "attributed", None),
    # who announces an act does it; who announces that it is so, says so
    ("The council announced the closing of the bridge.", "stated", None),
    ("The council announced that it would close the bridge.", "attributed", "City Council"),
    ("The council ordered the closing of the bridge.", "stated", None),
]


@pytest.mark.parametrize(("text", "status", "speaker"), VOICES)
def test_voice(nlp, text, status, speaker):
    [code] = codes(nlp, text, fact("F", {"did": ["close", "closing"], "what": "bridge"}))
    assert (code.status, code.speaker) == (status, speaker)


@pytest.mark.parametrize(("text", "status", "speaker"), [
    ("The council rejects the charge.", "stated", None),
    ("The council dismissed the charges as baseless.", "stated", None),
    ("Ada Lopez said that the council rejects the charge.", "attributed", "Ada Lopez"),
])
def test_the_voice_is_that_of_whoever_tells_the_deed(nlp, text, status, speaker):
    [code] = codes(nlp, text, fact("F", {"who": "<council>", "did": ["reject", "dismiss"], "what": "charge"}))
    assert (code.status, code.speaker) == (status, speaker)


THEFT = fact("theft", {"who": "<council>", "did": "steal"})
DENIAL = fact("denial", {"did": "deny", "what": "theft"}, disputes="theft")


@pytest.mark.parametrize(("text", "expected"), [
    ("The council stole it.", {"theft": "stated"}),
    ("The council stole it.\n\nLopez left. She denied the theft.", {"theft": "disputed", "denial": "stated"}),
    ("Lopez denied the theft.", {"denial": "stated"}),
])
def test_a_fact_that_the_article_has_somebody_deny_is_disputed(nlp, text, expected):
    assert {code.code_id: code.status for code in codes(nlp, text, THEFT, DENIAL)} == expected


def test_a_disputed_fact_keeps_who_says_it(nlp):
    found = codes(nlp, "Ada Lopez said that the council stole it. The council denied the theft.", THEFT, DENIAL)
    assert [(code.status, code.speaker) for code in found if code.code_id == "theft"] == [
        ("disputed", "Ada Lopez"), ("disputed", "City Council")]  # who denies the theft tells of it too


WORDS = st.lists(st.sampled_from([
    "the council", "Ada Lopez", "the mayor", "closed", "close", "bridge", "eight", "8", "October 6", "said", "that",
    "denied", "theft",
    "never", "at once", "“", "”", ",", ".", "\n\n", "\n", "\x00", "😀", "\u202e",
]), max_size=60).map(" ".join)
EVERYTHING = [
    fact("F1", {**CLOSING, "optional": {"how": ["at once", 8]}, "not": "never"},
         {"did": "close … bridge", "within": 2}),
    fact("F2", {"when": "2021-10-06"}, {"how": 8, "who": "<lopez>", "within": 5}), DENIAL, THEFT,
    fact("F3", {"did": "<shut>"}),
]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.one_of(WORDS, st.text(max_size=60)))
def test_any_text_gives_codes_whose_elements_fill_them(nlp, text):
    for code in codes(nlp, text, *EVERYTHING):
        assert code.start == min(e.start for e in code.elements) and code.end == max(e.end for e in code.elements)
        assert 0 <= code.start < code.end <= len(text)
        assert all(e.start < e.end for e in code.elements)
        slots = [e.slot for e in code.elements]
        assert len(slots) == len(set(slots))
        assert code.status != "stated" or code.speaker is None
