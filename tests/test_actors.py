"""Mentions of actors: by name, by description, by the place that stands for them."""

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.annotators import actors, layout  # noqa: F401 (they register the components)
from analysis.articles import Article
from analysis.codebook import Actor

ENTRY = {"definition": "Somebody.", "coding_rule": "Code the name."}
BOOK = [
    Actor(actor_id="ruiz", name="Carlos Ruiz", kind="person", pronoun="he",
          descriptions=["the minister", "Chile's top diplomat"],
          aliases=["Ruiz", "Carlos Ruiz", "Foreign Minister Carlos Ruiz", {"spun": "Overseas Curate Ruiz"}], **ENTRY),
    Actor(actor_id="chile", name="Chile", kind="country", pronoun="it", aliases="Chile", metonyms="Santiago", **ENTRY),
    Actor(actor_id="ministry", name="Foreign Ministry of Chile", kind="body", pronoun="it",
          aliases=["Chile's foreign ministry", "Foreign Ministry"], **ENTRY),
    Actor(actor_id="us", name="United States", kind="country", pronoun="it", aliases=["US", "United States"], **ENTRY),
    Actor(actor_id="league", name="Harbour League", kind="body", pronoun="it", aliases=["Harbour League"],
          descriptions=["the league", {"spun": "the confederation"}], **ENTRY),
]


@pytest.fixture(scope="module")
def finder():
    model = spacy.blank("en")
    model.add_pipe("tellings_layout")
    model.add_pipe("tellings_actors", config={"actors": [actor.as_config() for actor in BOOK]})
    return model


def mentions(finder, text: str, special: dict[int, str] | None = None) -> list[tuple[str, str, str]]:
    doc = finder.make_doc(text)
    doc._.article = Article(article_id="a", text=text, layout=special or {})
    return [(text[m.start : m.end], m.actor_id, m.basis) for m in finder(doc)._.actors]


@pytest.mark.parametrize(("text", "expected"), [
    # the longest alias wins
    ("Foreign Minister Carlos Ruiz left.", [("Foreign Minister Carlos Ruiz", "ruiz", "named")]),
    ("Chile's foreign ministry knew.", [("Chile's foreign ministry", "ministry", "named")]),
    ("Ruiz and Carlos Ruiz are one.", [("Ruiz", "ruiz", "named"), ("Carlos Ruiz", "ruiz", "named")]),
    # apostrophes and capitals may differ
    ("Chile’s foreign ministry knew.", [("Chile’s foreign ministry", "ministry", "named")]),
    ("CHILE’S ports closed.", [("CHILE", "chile", "named")]),
    # and so may the white space between the words of a name
    ("Chile's  foreign\tministry knew.", [("Chile's  foreign\tministry", "ministry", "named")]),
    # whole words only
    ("The Chilean port and Ruizville closed.", []),
    # a place is no actor where it is a place
    ("Santiago rejects it.", [("Santiago", "chile", "named")]),
    ("It shut its office in Santiago.", []),
    ("Near Santiago, at Santiago, from Santiago: nothing.", []),
    ("In Santiago it was known that Santiago rejects it.", [("Santiago", "chile", "named")]),
    ("He lives in Chile.", [("Chile", "chile", "named")]),
    # a description counts once a name has been given
    ("The minister left.", []),
    ("Ruiz came. The minister left.", [("Ruiz", "ruiz", "named"), ("The minister", "ruiz", "description")]),
    ("The minister came. Ruiz left.", [("Ruiz", "ruiz", "named")]),
    ("Ruiz came.\n\nChile’s top diplomat left.", [("Ruiz", "ruiz", "named"),
                                                  ("Chile’s top diplomat", "ruiz", "description")]),
    ("The league met Ruiz.", [("Ruiz", "ruiz", "named")]),
    # words of a spun text
    ("Overseas Curate Ruiz left.", [("Overseas Curate Ruiz", "ruiz", "named")]),
    ("The Harbour League met and the confederation voted.",
     [("Harbour League", "league", "named"), ("the confederation", "league", "description")]),
    # an abbreviation is not the word it looks like
    ("The US left.", [("US", "us", "named")]),
    ("He told us all.", []),
    ("Nobody came.", []),
])
def test_mentions(finder, text, expected):
    assert mentions(finder, text) == expected


def test_a_name_in_furniture_is_no_mention_and_names_nobody(finder):
    text = "By Carlos Ruiz\nThe minister left. Chile knew."
    assert mentions(finder, text, {1: "byline"}) == [("Chile", "chile", "named")]


def test_mentions_stand_on_the_doc_as_spans_too(finder):
    doc = finder("Ruiz left Chile.")
    assert [(span.text, span.label_) for span in doc.spans["actors"]] == [("Ruiz", "ruiz"), ("Chile", "chile")]


def test_without_a_codebook_there_are_no_mentions():
    model = spacy.blank("en")
    model.add_pipe("tellings_layout")
    model.add_pipe("tellings_actors")
    assert model("Ruiz left Chile.")._.actors == []


WORDS = st.lists(st.sampled_from(["Ruiz", "Chile", "’s", "'s", "foreign", "ministry", "the", "minister", "in",
                                  "Santiago", "US",
                                  "\n\n", ".", "“", "\x00", "😀"]), max_size=30).map(" ".join)


@settings(max_examples=100, deadline=None)
@given(text=st.one_of(st.text(max_size=60), WORDS))
def test_any_text_gives_mentions_that_do_not_overlap(finder, text):
    found = finder(text)._.actors
    names = {phrase.lower() for actor in BOOK for how in actor.as_config().values() if isinstance(how, list)
             for phrase in how}
    assert all(text[m.start : m.end].lower().replace("’", "'") in names for m in found)
    assert all(before.end <= after.start for before, after in zip(found, found[1:]))


@pytest.mark.parametrize(("text", "last"), [
    ("Acme fell. Bolt rose. The company left.", "bolt"),
    ("Bolt rose. Acme fell. The company left.", "acme"),
    ("Bolt rose. The company left.", "bolt"),
])
def test_a_shared_description_means_whoever_was_named_last(text, last):
    model = spacy.blank("en")
    model.add_pipe("tellings_layout")
    firms = [Actor(actor_id=name.lower(), name=name, kind="body", pronoun="it", aliases=[name], descriptions=["the company"], **ENTRY)
             for name in ("Acme", "Bolt")]
    model.add_pipe("tellings_actors", config={"actors": [actor.as_config() for actor in firms]})
    assert mentions(model, text)[-1] == ("The company", last, "description")
