"""What wordings need not say: direction, nouns of deeds, pronouns, negation, denials, hedges; and values by their sense."""

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from analysis.annotators.actors import ActorFinder
from analysis.annotators.codes import CodeFinder
from analysis.annotators.codes.words import Words
from analysis.annotators.quotations import Quotations
from analysis.annotators.roles import RoleFinder
from analysis.annotators.times import times
from analysis.articles import Article
from analysis.codebook import Actor

ENTRY = {"definition": "Something.", "coding_rule": "Code it."}
ACTORS = [
    Actor(actor_id="chile", name="Chile", kind="country", camp="Chile", pronoun="it", aliases=["Chile"], metonyms=["Santiago"], **ENTRY),
    Actor(actor_id="peru", name="Peru", kind="country", camp="Peru", pronoun="it", aliases=["Peru"], metonyms=["Lima"], **ENTRY),
    Actor(actor_id="acme", name="Acme", kind="body", camp="Acme", pronoun="it", aliases=["Acme", "Acme Corp"],
          descriptions=["the company"], **ENTRY),
    Actor(actor_id="berg", name="Anna Berg", kind="person", camp="Acme", pronoun="she", aliases=["Anna Berg", "Berg"],
          descriptions=["the director"], **ENTRY),
    Actor(actor_id="ruiz", name="Luis Ruiz", kind="person", camp="Peru", pronoun="he", aliases=["Luis Ruiz", "Ruiz"], **ENTRY),
]
CONFIG = [actor.as_config() for actor in ACTORS]


def fact(fact_id: str, *wordings) -> dict:
    return {"fact_id": fact_id, "statement": "It is so.", "kind": "action", "importance": "vital", "wordings": list(wordings), **ENTRY}


def codes(nlp, text: str, *facts: dict) -> list:
    doc = nlp.make_doc(text)
    if text.strip():
        doc._.article = Article(article_id="a", text=text, published_earliest="2021-10-18", published_latest="2021-10-18",
                                published_basis="stated")
    book = {"actors": [actor.model_dump() for actor in ACTORS], "facts": list(facts)}
    for component in (nlp, ActorFinder(nlp, "actors", CONFIG), times, Quotations(CONFIG), RoleFinder(nlp, "roles"),
                      CodeFinder(nlp, "codes", book)):
        doc = component(doc)
    return doc._.codes


def filled(text: str, code) -> dict[str, str]:
    return {element.slot: text[element.start : element.end] for element in code.elements}


def found(nlp, text: str, *wordings) -> list[dict[str, str]]:
    return [filled(text, code) for code in codes(nlp, text, fact("F", *wordings))]


# Direction

EXPELLED = {"who": "<chile>", "did": "expel", "whom": "<peru>"}


@pytest.mark.parametrize("text", [
    "Chile expelled Peru's envoys.",
    "Peru's envoys were expelled by Chile.",
    "The expulsion of Peru's envoys by Chile surprised many.",
    "Chile's expulsion of Peru's envoys surprised many.",
    "Chile decided to expel Peru's envoys.",
    # who it is done to is not told: nothing contradicts
    "After a row with Peru, Chile expelled eight diplomats.",
])
def test_direction_the_parse_agrees(nlp, text):
    [slots] = found(nlp, text, EXPELLED)
    assert (slots["who"], slots["whom"]) == ("Chile", "Peru")


@pytest.mark.parametrize("text", [
    "Peru expelled Chile's staff.",
    "Chile's staff were expelled by Peru.",
    "Peru's expulsion of Chile's staff came late.",
    "Peru, which had warned Chile, expelled its staff.",
    "Chile said Peru had expelled its staff.",
    "Chile was expelled from Peru.",
])
def test_direction_the_parse_contradicts(nlp, text):
    assert found(nlp, text, EXPELLED) == []


@pytest.mark.parametrize(("text", "did", "expected"), [
    ("Chile said that Acme expelled Peru's envoys.", "expel", "Acme"),
    ("Chile, Acme's friend, was expelled by Peru.", "be expelled", "Chile"),
])
def test_the_place_that_the_parse_confirms_is_preferred(nlp, text, did, expected):
    [slots] = found(nlp, text, {"who": ["<chile>", "<acme>"], "did": did})
    assert slots["who"] == expected


def test_members_of_one_camp_do_not_contradict_each_other(nlp):
    text = "Anna Berg dismissed eight people at Acme."
    assert found(nlp, text, {"who": "<acme>", "did": "dismiss"}) == [{"who": "Acme", "did": "dismissed"}]


# Nouns of deeds, parts of speech, spellings


@pytest.mark.parametrize(("did", "text", "expected"), [
    ("suspend", "The suspension came.", "suspension"),
    ("announce", "Two announcements came.", "announcements"),
    ("close", "The closure and the closing of it.", "closure"),
    ("close the office", "The closure of the office came.", "closure of the office"),
    ("revoke … licence", "The revocation of their old licence.", "revocation of their old licence"),
    ("shut down", "The shutdown came.", "shutdown"),
    ("re-enter", "Its reentry came.", "reentry"),
    ("reenter", "It re-entered.", "re-entered"),
    ("apologise", "It apologized.", "apologized"),
    ({"verb": "close"}, "They closed it.", "closed"),
    ({"verb": "close"}, "The closure came.", None),
    ({"verb": "close"}, "It was a close vote.", None),
    ({"noun": "lead"}, "They took the lead.", "lead"),
    ({"noun": "lead"}, "They lead the race.", None),
    ({"adjective": "open"}, "An open door.", "open"),
    ({"adjective": "open"}, "They open doors.", None),
    ("UN envoy", "U.N. envoys came.", "U.N. envoys"),
    ("U.N. envoy", "UN envoys came.", "UN envoys"),
    ("US envoy", "U.S. envoys came.", "U.S. envoys"),
    ("U.S. envoy", "US envoys came.", "US envoys"),
    ("US", "They told us nothing.", None),
    ("class action", "A class-action suit came.", "class-action"),
    ("class-action", "A class action came.", "class action"),
    ("suspension", "They suspended it.", None),
    ("state", "A statement came.", None),
])
def test_words_and_what_they_may_be(nlp, did, text, expected):
    assert [slots["did"] for slots in found(nlp, text, {"did": did})][:1] == ([expected] if expected else [])


def test_no_word_stands_for_everything(nlp):
    words = Words(nlp)
    add = nlp.vocab.strings.add
    assert words.forms(add("bridge"), add("bridge")).plain == frozenset({add("bridge")})


# Values


@pytest.mark.parametrize("text", [
    "It cut its staff from 20 to 10.", "Its staff was cut from twenty to ten.", "It cut its staff to 10 from 20.",
    "The staff it cut is 10, down from 20.", "It halved its staff.", "The halving of its staff came.", "It cut its staff by half.",
    "It cut its staff in half.", "It cut its staff by 50 percent.", "It cut its staff by about 50%.", "It cut its staff by 50 per cent.",
    "It cut its staff from a maximum of 20 people to just 10.",
])
def test_changes_go_by_value(nlp, text):
    assert len(found(nlp, text, {"did": ["cut", "halve"], "what": "staff", "how": {"from": 20, "to": 10}})) == 1


@pytest.mark.parametrize("text", [
    "It cut its staff from 30 to 20.", "It cut its staff from 10 to 20.", "It cut its staff to 10.", "It doubled the staff it cut.",
    "It cut its staff by 40 percent.", "It cut its staff by more than half.",
])
def test_other_changes_are_others(nlp, text):
    assert found(nlp, text, {"did": ["cut", "halve"], "what": "staff", "how": {"from": 20, "to": 10}}) == []


@pytest.mark.parametrize(("change", "text"), [
    ((10, 20), "It doubled."), ((10, 30), "It trebled."), ((10, 30), "It tripled."), ((30, 20), "It fell by a third."),
    ((2000000, 3000000), "It rose from 2 to 3 million."), ((2000000, 3000000), "It rose from 2m to 3m."), ((1.5, 2.5), "It rose from 1.5 to 2.5."),
])
def test_changes_of_other_sizes(nlp, change, text):
    assert len(found(nlp, text, {"how": dict(zip(("from", "to"), change))})) == 1


@pytest.mark.parametrize(("how", "text", "expected"), [
    (143000000, "It lost 143 million names.", "143 million"),
    (143000000, "It lost 143m names.", "143m"),
    ("143 million", "It lost 143,000,000 names.", "143,000,000"),
    (1400000000, "It cost $1.4bn.", "1.4bn"),
    (2500000, "It cost 2.5 million.", "2.5 million"),
    (500000, "It cost half a million.", "half a million"),
    (1.4, "It rose 1.4 points.", "1.4"),
    ("eight members", "It sent 8 members.", "8 members"),
    ("8 members", "It sent eight members.", "eight members"),
    (143000000, "It lost 143million names.", "143million"),
    (15000000, "It cost £15million.", "15million"),
    (3500000, "It was a $3.5-million loss.", "3.5-million"),
    ("8.5 tonne", "The 8.5-tonne lab fell.", "8.5-tonne"),
    ("8.5 tonne", "It weighed 8.5 tonnes.", "8.5 tonnes"),
    (5, "It is 5ft long.", "5"),
    ("5 ft", "It is 5ft long.", "5ft"),
    (145, "Some 145 people left.", "145"),
    (145, "It cost 145.5.", None),
    ("1 in 10,000", "The chance is one in 10,000.", "one in 10,000"),
    ("1 in 10,000", "The chance is 1 in 10000.", "1 in 10000"),
    ("1 in 10,000", "The chance is 1 in 1,000.", None),
    ("15 percent", "It rose by 15 per cent.", "15 per cent"),
    ("15%", "It rose by fifteen percent.", "fifteen percent"),
    ("15 per cent", "It rose by 15%.", "15%"),
    ("15 percent", "It rose by 15pc.", "15pc"),
    (15, "It rose by 15pc.", "15pc"),
    (143, "It lost 143 million names.", None),
    (1, "It rose 1.4 points.", None),
])
def test_numbers_go_by_value(nlp, how, text, expected):
    assert found(nlp, text, {"how": how}) == ([{"how": expected}] if expected else [])


# Pronouns

CLOSED = {"who": "<acme>", "did": "close", "what": "plant"}


@pytest.mark.parametrize(("text", "who", "basis"), [
    ("Acme met the press. It closed the plant.", "It", "pronoun"),
    ("Acme lost money. They closed the plant.", "They", "pronoun"),
    ("“We closed the plant,” Anna Berg said.", "We", "pronoun"),
    ("Acme was sorry. The company closed the plant.", "The company", "description"),
    ("Acme said it would close the plant.", "it", "pronoun"),
    ("Acme, after its closure of the plant, was sorry.", "Acme", "named"),
    ("It is clear that Acme closed the plant.", "Acme", "named"),
])
def test_what_stands_for_an_actor(nlp, text, who, basis):
    [code] = codes(nlp, text, fact("F", CLOSED))
    assert [(text[e.start : e.end], e.basis) for e in code.elements if e.slot == "who"] == [(who, basis)]
    assert {e.basis for e in code.elements if e.slot != "who"} == {None}


@pytest.mark.parametrize("text", [
    "The report was late. It closed the plant.",
    "Acme is old. The mayor is not. It closed the plant.",
    "Acme met Peru. It closed the plant.",
    "“We closed the plant,” Luis Ruiz said.",
    "The company closed the plant. Acme was sorry.",
])
def test_whoever_a_pronoun_may_be_is_not_guessed(nlp, text):
    assert found(nlp, text, CLOSED) == []


@pytest.mark.parametrize(("text", "expected"), [
    ("Anna Berg was tired. She resigned.", ["She"]),
    ("“I resigned,” Berg said.", ["I"]),
    ("Berg met Maria Lopez. She resigned.", []),
    ("Anna Berg and her sister came. She resigned.", []),
    ("Luis Ruiz was tired. She resigned.", []),
])
def test_pronouns_of_people(nlp, text, expected):
    assert [slots["who"] for slots in found(nlp, text, {"who": "<berg>", "did": "resign"})] == expected


def test_neighbouring_sentences_know_direction_pronouns_and_negation(nlp):
    wording = {"who": "<acme>", "did": "close", "where": "Ghent", "within": 2}
    assert found(nlp, "Acme came to see Ghent. It closed the plant.", wording) == [{"who": "It", "did": "closed", "where": "Ghent"}]
    assert found(nlp, "Acme came to see Ghent. It never closed the plant.", wording) == []
    assert found(nlp, "Acme came to see Ghent. Chile closed Peru's plant.", wording) == []


# Negation, denials, hedges

SHUT = {"did": "close", "what": "plant"}


@pytest.mark.parametrize("text", [
    "Acme did not close the plant.", "Acme didn't close the plant.", "Acme never closed the plant.", "Acme failed to close the plant.",
    "Acme refused to close the plant.", "Acme has yet to close the plant.", "Acme left without closing the plant.",
    "Nobody closed the plant.", "No one closed the plant.", "No official closed the plant.", "There was no closure of the plant.",
    "Acme did not announce the closure of the plant.", "The closure of the plant did not happen.", "Acme avoided the closure of the plant.",
    "Acme was kept from closing the plant.", "Acme decided not to close the plant.", "Acme did not agree to close the plant.",
    "Acme cannot close the plant.", "Acme is unable to close the plant.", "Rather than closing the plant, Acme sold it.",
    "Acme sold it instead of closing the plant.", "Neither Acme nor Peru closed the plant.", "Acme did not close the plant or sell it.",
    "Not one official closed the plant.",
])
def test_what_the_outlet_says_is_not_done_is_not_found(nlp, text):
    assert found(nlp, text, SHUT) == []


@pytest.mark.parametrize("text", [
    "Acme not only closed the plant but sold it.", "Acme did not close the plant until Friday.",
    "The closure of the plant did not affect Peru.", "Acme closed the plant, not the office.",
    "Acme closed the plant and did not say why.", "Acme, which does not pay taxes, closed the plant.",
    "Acme did not wait and closed the plant.", "Acme did not discuss the closure of the plant.",
])
def test_another_negation_denies_nothing(nlp, text):
    assert len(found(nlp, text, SHUT)) == 1


STATE = {"what": ["out of control", "flaw", "dangerous", "danger", "arson", "spy"]}


@pytest.mark.parametrize("text", [
    "The dam is not out of control.", "The dam isn't out of control.", "The dam isn’t out of control.", "The dam was never out of control.",
    "The dam never went out of control.", "The dam is hardly out of control.", "The dam is neither cracked nor out of control.",
    "Neither the dam nor the bridge was out of control.", "It did not leak, nor was it out of control.", "Nothing is out of control.",
    "The dam is far from out of control.", "The dam is far from dangerous.", "The dam is anything but dangerous.",
    "There is no flaw in the dam.", "There is no evidence that the dam was out of control.", "No sign of a flaw was found.",
    "There is nothing to suggest the dam is out of control.", "There is no reason to believe that the dam is out of control.",
    "It is not true that the dam is out of control.", "It is false that the dam is out of control.", "It does not pose any danger.",
    "The villagers aren’t in danger.", "It was not a case of arson.", "They are not spies but diplomats.",
    "The audit showed no flaw.", "Acme did not find a flaw.",
])
def test_what_is_told_not_to_be_so_is_not_found(nlp, text):
    assert found(nlp, text, STATE) == []


@pytest.mark.parametrize("text", [
    "The dam is not only out of control but leaking.", "The dam is not just out of control.", "The dam is no longer out of control.",
    "The dam is not out of control anymore.", "Whether or not the dam is out of control, people left.",
    "The dam, which was not inspected, is out of control.", "The flaw was not a secret.", "Acme did not name the owner of the flaw.",
    "Acme did not find the flaw.",
    "They are not diplomats but spies.", "There is no doubt that the dam is out of control.", "They were not there after the arson.",
])
def test_what_a_negation_takes_for_granted_is_found(nlp, text):
    assert len(found(nlp, text, STATE)) == 1


@pytest.mark.parametrize(("wording", "text"), [
    ({"did": "close", "what": "plant"}, "Acme closed no plant."),
    ({"did": "lose", "what": "job"}, "They lost money but no jobs."),
    ({"did": "sack", "why": "theft"}, "Acme sacked them for fraud, not for theft."),
    ({"who": "<peru>", "did": "close"}, "Acme, not Peru, closed the plant."),
    ({"who": "<acme>", "did": "close"}, "Acme closed no plant."),
])
def test_a_negation_of_one_slot_denies_the_whole(nlp, wording, text):
    assert found(nlp, text, wording) == []


@pytest.mark.parametrize(("wording", "text", "expected"), [
    ({"did": "not received", "what": "notice"}, "It has not received a notice.", True),
    ({"did": "not … pay"}, "It never paid.", True),
    ({"did": "not … pay"}, "It cannot pay.", True),
    ({"did": "receive", "what": "notice"}, "It has not received a notice.", False),
    ({"did": "receive", "what": "notice", "how": "never"}, "It never received a notice.", True),
    ("no conditions", "There are no conditions for talks.", True),
    ("conditions", "There are no conditions for talks.", False),
    ("spy", "They were not spies.", False),
])
def test_negation_of_the_wording_itself_does_not_count(nlp, wording, text, expected):
    assert bool(codes(nlp, text, fact("F", wording))) == expected


@pytest.mark.parametrize(("text", "speaker"), [
    ("“We did not close the plant,” Anna Berg said.", "Anna Berg"),
    ("Luis Ruiz said that Acme did not close the plant.", "Luis Ruiz"),
    ("Acme denied that it had closed the plant.", "Acme"),
    ("Acme denied closing the plant.", "Acme"),
    ("Peru denies the closure of the plant.", "Peru"),
    ("Peru rejected claims that Acme closed the plant.", "Peru"),
    ("Peru dismissed the allegation that Acme had closed the plant.", "Peru"),
    ("Claims that Acme closed the plant were rejected by Peru.", "Peru"),
    ("Peru called the claim that Acme closed the plant baseless.", "Peru"),
    ("Luis Ruiz said claims that Acme closed the plant are false.", "Luis Ruiz"),
    ("Acme rejected accusations of closing the plant.", "Acme"),
])
def test_what_somebody_denies_is_disputed(nlp, text, speaker):
    [code] = codes(nlp, text, fact("F", SHUT))
    assert (code.status, code.speaker) == ("disputed", speaker)


@pytest.mark.parametrize(("text", "speaker"), [
    ("“The dam is not out of control,” Anna Berg said.", "Anna Berg"),
    ("The dam isn’t out of control, Anna Berg said.", "Anna Berg"),
    ("Anna Berg said there was no sign of a flaw.", "Anna Berg"),
    ("Anna Berg said that Peru's engineers had found no sign of a flaw.", "Anna Berg"),
    ("Acme found no evidence that the dam was out of control.", "Acme"),
    ("Acme has ruled out that the dam is out of control.", "Acme"),
    ("Acme ruled out a flaw.", "Acme"),
    ("Acme excluded the possibility of a flaw.", "Acme"),
    ("Anna Berg does not believe the dam is out of control.", "Anna Berg"),
])
def test_who_finds_no_sign_of_a_state_disputes_it(nlp, text, speaker):
    [code] = codes(nlp, text, fact("F", STATE))
    assert (code.status, code.speaker) == ("disputed", speaker)


@pytest.mark.parametrize("text", [
    "Peru rejected the closure of the plant.", "Peru did not deny that Acme closed the plant.",
    "Acme protested that it had closed the plant.",
])
def test_what_is_only_opposed_is_not_denied(nlp, text):
    [code] = codes(nlp, text, fact("F", SHUT))
    assert code.status == "attributed"


SOLD = fact("sold", {"did": "sell", "what": "plant"})


@pytest.mark.parametrize(("later", "status"), [
    ("Acme denied it.", "disputed"),
    ("Acme rejected the accusation.", "disputed"),
    ("Acme denied any wrongdoing.", "disputed"),
    ("Anna Berg called the charges baseless.", "disputed"),
    ("It was old. It was big. “The allegation is false,” Anna Berg said.", "disputed"),
    # somebody denies his own words, or does not deny, or something else, or too late
    ("Ruiz denied it.", "attributed"),
    ("Peru did not deny it.", "attributed"),
    ("Acme rejected the claim that it sells cars.", "attributed"),
    ("Acme rejected the offer.", "attributed"),
    ("It rained. It was cold. It was dark. Acme denied it.", "attributed"),
])
def test_a_later_denial_disputes_what_somebody_else_said(nlp, later, status):
    [code] = codes(nlp, f"Luis Ruiz said that Acme closed the plant. {later}", fact("F", SHUT))
    assert (code.status, code.speaker) == (status, "Luis Ruiz")


def test_a_later_denial_is_of_the_nearest_fact(nlp):
    text = "Luis Ruiz said that Acme sold the plant. Ruiz also said Acme closed the plant. Acme dismissed the claims."
    assert [(code.code_id, code.status) for code in codes(nlp, text, fact("F", SHUT), SOLD)] == [("sold", "attributed"), ("F", "disputed")]


@pytest.mark.parametrize(("text", "status", "hedge"), [
    ("Acme may close the plant.", "stated", "may"),
    ("Acme might have closed the plant.", "stated", "might"),
    ("Acme apparently closed the plant.", "stated", "apparently"),
    ("Acme appears to have closed the plant.", "stated", "appears"),
    ("It appears that Acme closed the plant.", "stated", "appears"),
    ("Acme is believed to have closed the plant.", "stated", "believed"),
    ("It is believed that Acme closed the plant.", "stated", "believed"),
    ("Acme is likely to close the plant.", "stated", "likely"),
    ("Acme is suspected of closing the plant.", "stated", "suspected"),
    ("The suspected closure of the plant hurt.", "stated", "suspected"),
    # somebody says so, and not who
    ("Acme reportedly closed the plant.", "attributed", "reportedly"),
    ("The plant was allegedly closed by Acme.", "attributed", "allegedly"),
    ("Acme is said to have closed the plant.", "attributed", "said"),
    ("Acme, accused of closing the plant, fell.", "attributed", "accused"),
    # neither
    ("Acme will close the plant.", "stated", None),
    ("Acme is expected to close the plant.", "stated", None),
    ("If Acme closes the plant, it falls.", "stated", None),
])
def test_hedges(nlp, text, status, hedge):
    [code] = codes(nlp, text, fact("F", SHUT))
    cut = None if code.hedge_start is None else text[code.hedge_start : code.hedge_end]
    assert (code.status, code.speaker, cut) == (status, None, hedge)


def test_an_attributed_fact_may_be_hedged_too(nlp):
    [code] = codes(nlp, "Luis Ruiz said Acme may have closed the plant.", fact("F", SHUT))
    assert (code.status, code.speaker, code.hedge_start is None) == ("attributed", "Luis Ruiz", False)


@pytest.mark.parametrize(("text", "status"), [
    ("“I apologise to the workers,” Anna Berg said.", "stated"),
    ("“We are sorry for the delay,” Anna Berg said.", "stated"),
    ("“We are announcing new rules,” Anna Berg said.", "stated"),
    ("“I do urge the workers to leave,” Anna Berg said.", "stated"),
    # told, not done by saying it
    ("“I apologised to the workers,” Anna Berg said.", "attributed"),
    ("“I will apologise to the workers,” Anna Berg said.", "attributed"),
    ("“They apologise to the workers,” Anna Berg said.", "attributed"),
    ("Anna Berg said that she was sorry.", "attributed"),
    ("“I close the plant every night,” Anna Berg said.", "attributed"),
    ("“I do not apologise to the workers,” Anna Berg said.", "disputed"),
])
def test_deeds_done_by_saying_them(nlp, text, status):
    [code] = codes(nlp, text, fact("F", {"did": ["apologise", "sorry", "announce", "urge", "close"]}))
    assert code.status == status


def test_the_wording_that_matched_is_numbered(nlp):
    wordings = ({"did": "sell", "what": "plant"}, SHUT)
    assert [code.wording for code in codes(nlp, "They closed the plant. They sold the plant.", fact("F", *wordings))] == [2, 1]


WORDS = st.lists(st.sampled_from([
    "Chile", "Peru", "Acme", "Anna Berg", "the company", "it", "they", "we", "she", "its", "expelled", "closed", "closure", "of", "the plant",
    "by", "not", "never", "no", "without", "denied", "rejected", "the claim", "that", "said", "may", "is", "believed to", "accused of",
    "from 20 to 10", "half", "until", "which", "“", "”", ",", ".", "\n\n", "\x00", "😀", "instead of", "-",
]), max_size=60).map(" ".join)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.one_of(WORDS, st.text(max_size=60)))
@example(text="¶20")  # a number that the codebook names, within the last word
def test_any_text_gives_passages_that_cut_out_words(nlp, text):
    for code in codes(nlp, text, fact("F", EXPELLED, CLOSED), fact("G", SHUT, {"what": "plant", "how": {"from": 20, "to": 10}})):
        assert 0 <= code.start < code.end <= len(text)
        assert (code.hedge_start is None) == (code.hedge_end is None)
        assert code.hedge_start is None or 0 <= code.hedge_start < code.hedge_end <= len(text)
        assert all(0 <= e.start < e.end <= len(text) for e in code.elements)
