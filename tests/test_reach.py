"""Which words of a sentence a date is said of."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.annotators.reach import Reach

DATE = re.compile(r"\[(.*?)\]")


def reached(nlp, marked: str) -> dict[str, str]:
    """Return word → basis for the first date in brackets; the others are dates, too."""
    text = DATE.sub(r"\1", marked)
    places = [(match.start() - 2 * number, match.end() - 2 * number - 2) for number, match in enumerate(DATE.finditer(marked))]
    doc = nlp(text)
    verbs = {next(token.idx for token in doc.char_span(*place).root.ancestors if token.pos_ in ("VERB", "AUX"))
             for place in places}
    return {text[word.start : word.end]: word.basis for word in Reach(doc).of(*places[0], verbs)}


@pytest.mark.parametrize(("sentence", "expected"), [
    ("The mayor opened the bridge on [Monday].", {"opened": "clause"}),
    ("The mayor opened the bridge on [Monday] and closed the ferry.", {"opened": "clause", "closed": "coordination"}),
    ("The mayor opened the bridge and closed the ferry on [Monday].", {"opened": "coordination", "closed": "clause"}),
    ("On [Monday] the mayor opened the bridge and the council closed the ferry.",
     {"opened": "clause", "closed": "coordination"}),
    ("The mayor opened the bridge on [Monday], and the council closed the ferry.", {"opened": "clause"}),
    ("The mayor opened the bridge on [Monday] and closed the ferry on [Tuesday].", {"opened": "clause"}),
    ("The mayor opened the bridge on [Monday] and will close the ferry.", {"opened": "clause"}),
    ("The mayor opened the bridge on [Monday], saying it was late.", {"opened": "clause"}),
    ("The council held a vote on [Monday].", {"held": "clause", "vote": "clause"}),
    ("The vote took place on [Monday].", {"took": "clause", "vote": "clause"}),
    ("The council announced the closing of the ferry on [Monday].", {"announced": "clause", "closing": "possible"}),
    ("The council announced on [Monday] that it was closing the ferry.", {"announced": "clause", "closing": "clause"}),
    ("The council announced on [Monday] that it had closed the ferry.", {"announced": "clause"}),
    ("The council announced on [Monday] that it would close the ferry.", {"announced": "clause"}),
    ("The council said on [Monday] that it was closing the ferry.", {"said": "clause"}),
    ("The ferry will be closed starting on [Monday].", {"closed": "clause"}),
    ("The closing of the ferry on [Monday] was late.", {"closing": "clause", "ferry": "clause", "was": "clause"}),
    ("The council reacted after the closing of the ferry on [Monday].", {"closing": "possible"}),
    ("The council reacted after [Monday].", {}),
    ("The ferry did not close on [Monday].", {}),
    ("The ferry might close on [Monday].", {}),
])
def test_what_a_date_is_said_of(nlp, sentence, expected):
    assert reached(nlp, sentence) == expected


@pytest.mark.parametrize(("text", "clauses"), [
    ("After the mayor resigned, the council closed the ferry on Monday and sold it.",
     ["the council closed the ferry on Monday", "sold it"]),
    ("The mayor said on Monday that the ferry was closed.", ["The mayor said on Monday that the ferry was closed"]),
])
def test_a_clause_ends_where_another_begins(nlp, text, clauses):
    start = text.index("Monday")
    assert [text[word.clause_start : word.clause_end] for word in Reach(nlp(text)).of(start, start + 6)] == clauses


def test_without_a_parse_nothing_is_reached():
    import spacy

    assert Reach(spacy.blank("en")("It rained on Monday.")).of(13, 19) == []


@given(before=st.text(max_size=60), after=st.text(max_size=60))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_gives_words_within_their_clauses(nlp, before, after):
    text = f"{before} on Monday and {after}"
    start = len(before) + 4
    for word in Reach(nlp(text)).of(start, start + 6):
        assert 0 <= word.clause_start <= word.start < word.end <= word.clause_end <= len(text)
        assert word.basis in ("clause", "coordination", "possible")
