"""Who does what to whom: agents, verbs and patients by the parse."""


import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import pipeline
from analysis.articles import Article
from analysis.codebook import Actor, Codebook
from effort import calls

ENTRY = {"definition": "A country.", "coding_rule": "Code the name."}
BOOK = Codebook(actors=[
    *(Actor(actor_id=name[:2].lower(), name=name, kind="country", pronoun="it", aliases=[name], **ENTRY)
      for name in ("Chile", "Peru", "Bolivia")),
    Actor(actor_id="ru", name="Ana Ruiz", kind="person", pronoun="she", aliases=["Ana Ruiz", "Ruiz"],
          descriptions=["the minister"], **ENTRY),
])


@pytest.fixture(scope="module")
def model():
    return pipeline.build(BOOK)


def deeds(model, text: str) -> list[str]:
    """Write each deed as `agent verb patient`, an actor by its id, others by their words, `-` for nobody."""
    doc = next(pipeline.annotate([Article(article_id="a", text=text)], model))

    def name(party) -> str:
        return party.actor_id or ("-" if party.start is None else text[party.start : party.end])

    found = []
    for deed in doc._.deeds:
        modal = "" if deed.modal_start is None else text[deed.modal_start : deed.modal_end].lower() + " "
        found.append(f"{name(deed.agent)} {modal}{'not ' * deed.negated}{deed.verb} {name(deed.patient)}")
    return found


@pytest.mark.parametrize(("sentence", "expected"), [
    # active and passive
    ("Chile expelled Peru.", ["ch expel pe"]),
    ("Peru was expelled by Chile.", ["ch expel pe"]),
    ("Peru was expelled on Monday.", ["- expel pe"]),
    ("Chile closed its embassy.", ["ch close embassy"]),
    ("The court fined Peru.", ["court fine pe"]),
    ("Chile hated Peru and stopped visiting Bolivia.", ["ch hate pe", "ch visit bo"]),
    ("Chile retaliated against Peru.", ["ch retaliate pe"]),
    ("The embassy was closed.", []),
    # a state is no deed, nor is what only leads to one, nor what is in the quotations
    ("Chile is a member and has a coast.", []),
    ("Chile decided to leave.", ["ch to leave -"]),
    ("Ruiz said that it was late.", []),
    ("Ruiz told Chile that it was late.", []),
    # coordinated names and verbs
    ("Chile and Peru attacked Bolivia.", ["ch attack bo", "pe attack bo"]),
    ("Chile attacked Peru and Bolivia.", ["ch attack pe", "ch attack bo"]),
    ("Chile attacked Peru and the port.", ["ch attack pe"]),
    ("Chile closed the port and the road.", ["ch close port"]),
    ("Chile blocked and attacked Peru.", ["ch block pe", "ch attack pe"]),
    ("Chile blocked Peru and attacked Bolivia.", ["ch block pe", "ch attack bo"]),
    ("Peru was blocked and attacked by Chile.", ["- block pe", "ch attack pe"]),
    # relative clauses and participles
    ("Bolivia thanked Chile, which had attacked Peru.", ["bo thank ch", "ch attack pe"]),
    ("It was a step taken by Chile.", ["ch take step"]),
    ("Chile left, blaming Peru.", ["ch leave -", "ch blame pe"]),
    # the subject of an infinitive
    ("Chile ordered Peru to close the port.", ["ch order pe", "pe to close port"]),
    ("Chile has ordered Peru to close the port and recalled its envoys.",
     ["ch order pe", "pe to close port", "ch recall envoys"]),
    ("Chile's decision to expel Peru was late.", ["ch to expel pe"]),
    ("The decision by Chile to expel Peru was late.", ["ch to expel pe"]),
    ("Bolivia accused Chile of attacking Peru.", ["bo accuse ch", "ch attack pe"]),
    # nouns for deeds
    ("Chile's expulsion of Peru was late.", ["ch expel pe"]),
    ("The expulsion of Peru by Chile was late.", ["ch expel pe"]),
    ("The annexation of Peru was late.", ["- annex pe"]),
    ("Chile's invasion and annexation of Peru was late.", ["ch invade pe", "ch annex pe"]),
    ("The attack on Peru was late.", ["- attack pe"]),
    ("The arrival of Chile was late.", []),
    ("Chile's expulsion was late.", []),  # who expelled whom stays open
    # a body acts through its people
    ("Chile expelled officials from Bolivia and members of Peru's parliament.", ["ch expel bo"]),
    ("Peru officials blocked the port.", ["pe block port"]),
    # descriptions stand for actors, pronouns do not
    ("Ruiz came. The minister closed the port.", ["ru come -", "ru close port"]),
    ("Chile protested. It expelled Peru.", ["ch protest -", "It expel pe"]),
    # negation and modality
    ("Chile did not attack Peru.", ["ch not attack pe"]),
    ("Chile never attacked Peru.", ["ch not attack pe"]),
    ("Chile did not block or attack Peru.", ["ch not block pe", "ch not attack pe"]),
    ("Chile may attack Peru.", ["ch may attack pe"]),
    ("Chile would not attack Peru.", ["ch would not attack pe"]),
    ("If Chile attacks Peru, nobody wins.", ["ch if attack pe"]),
    ("Chile will block and attack Peru.", ["ch will block pe", "ch will attack pe"]),
    ("The planned annexation of Peru was late.", ["- planned annex pe"]),
    ("There was no expulsion of Peru.", ["- not expel pe"]),
])
def test_deeds(model, sentence, expected):
    assert deeds(model, sentence) == expected


def test_a_quotation_has_its_deeds(model):
    text = "“Chile attacked Peru,” Ruiz said. Ruiz said that Peru had blocked Chile. Bolivia thanked Peru."
    doc = next(pipeline.annotate([Article(article_id="a", text=text)], model))
    rows = pipeline.rows_of(doc)
    speakers = {row["quotation_id"]: row["speaker"] for row in rows["quotations"]}
    assert [(row["verb"], row["quoted"], speakers.get(row["quotation_id"])) for row in rows["deeds"]] == [
        ("attack", True, "Ana Ruiz"), ("block", True, "Ana Ruiz"), ("thank", False, None)]


def test_furniture_has_no_deeds(model):
    article = Article(article_id="a", text="Chile attacked Peru.\nPeru left.", layout={1: "caption"})
    assert [deed.verb for deed in next(pipeline.annotate([article], model))._.deeds] == ["leave"]


WORDS = st.lists(st.sampled_from(
    "Chile Peru Bolivia Ruiz attacked blocked was been expulsion of by and or to not may if who which 's , . “ ” said that decided "
    "officials from its closing close against \n\n \x00 😀".split(" ")), max_size=40).map(" ".join)


@settings(max_examples=80, deadline=None)
@given(text=st.one_of(st.text(max_size=60), WORDS).filter(str.strip))
def test_any_text_gives_deeds_of_actors(model, text):
    doc = next(pipeline.annotate([Article(article_id="a", text=text)], model))
    mentions = {(m.start, m.end, m.actor_id) for m in doc._.actors}
    for row in pipeline.rows_of(doc)["deeds"]:
        parties = [(row[f"{role}_start"], row[f"{role}_end"], row[f"{role}_id"]) for role in ("agent", "patient")]
        assert any(who for _, _, who in parties)
        assert {party for party in parties if party[2]} <= mentions
        assert row["quoted"] == (row["quotation_id"] is not None)


@pytest.mark.parametrize("pattern", ["Chile and ", "Chile attacked and ", "Chile attacked Peru and ", "to attack Chile ",
                                     "Chile, which attacked Peru, "])
def test_work_is_linear(model, pattern):
    """Work for a text four times as long is far below the sixteen times of a quadratic reading."""
    finder = model.get_pipe("tellings_roles")
    docs = pipeline.annotate([Article(article_id="a", text=pattern * times + "Peru.") for times in (500, 2000)], model)
    few, many = (calls(lambda doc=doc: finder(doc)) for doc in docs)
    assert many < 6 * few
