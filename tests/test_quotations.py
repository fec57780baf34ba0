"""Quotations: what is quoted, by which cue, from whom."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

import analysis.annotators.layout
from analysis.annotators.quotations import Quotations
from analysis.annotators.quotations.lexicon import reporting_verbs
from analysis.annotators.quotations.marks import stretches
from analysis.articles import Article
from analysis.tables import QUOTATION_KINDS, SPEAKER_BASES

STANCES = {"neutral", "assertive", "doubting", "denying", "conceding", "threatening"}
ACTORS = [
    {"actor_id": "berg", "name": "Anna Berg", "kind": "person", "pronoun": "she"},
    {"actor_id": "ruiz", "name": "Carlos Ruiz", "kind": "person", "pronoun": "he"},
    {"actor_id": "chile", "name": "Chile", "kind": "country", "pronoun": "it"},
    {"actor_id": "union", "name": "Dockers' Union", "kind": "body", "pronoun": "it"},
]
ALIASES = {
    "berg": ("Anna Berg", "Berg"), "ruiz": ("Carlos Ruiz", "Ruiz"), "chile": ("Chilean", "Chile", "Santiago"),
    "union": ("Dockers' Union",),
}
DESCRIPTIONS = {"ruiz": ("The minister", "the minister"), "union": ("The union", "the union")}


@dataclass(frozen=True)
class Mention:
    start: int
    end: int
    actor_id: str
    basis: str


@pytest.fixture(scope="module")
def model(nlp):
    return nlp


def mentions(text: str) -> list[Mention]:
    found = []
    for basis, names in (("named", ALIASES), ("description", DESCRIPTIONS)):
        for actor_id, wordings in names.items():
            for wording in wordings:
                start = text.find(wording)
                while start >= 0:
                    found.append(Mention(start, start + len(wording), actor_id, basis))
                    start = text.find(wording, start + 1)
    return found


def annotate(model, text: str, actors: bool = True) -> Doc:
    doc = model(text)
    doc._.actors = mentions(text) if actors else []
    return Quotations(ACTORS if actors else [])(doc)


def named_source(doc: Doc, quotation) -> str | None:
    return None if quotation.source_start is None else doc.text[quotation.source_start : quotation.source_end]


def contents(doc: Doc) -> list[tuple[str, str]]:
    return [(q.kind, doc.text[q.start : q.end]) for q in doc._.quotations]


@pytest.mark.parametrize(("text", "expected"), [
    ("“We regret this,” she said.", ["We regret this,"]),
    ('"We regret this," she said. "All of it."', ["We regret this,", "All of it."]),
    ("''We regret this,'' she said.", ["We regret this,"]),
    ("``We regret this,'' she said.", ["We regret this,"]),
    ("« We regret this », she said.", ["We regret this"]),
    ("'We don't regret this,' she said.", ["We don't regret this,"]),
    ("‘We don’t regret this,’ she said.", ["We don’t regret this,"]),
    ("“He called it ‘a farce’ twice,” she said.", ["He called it ‘a farce’ twice,"]),
    ("The dogs' owners said the ships' crews' food was bad.", []),
    ("In the '90s it wasn't the officers' fault.", []),
    ("“We regret this and it never closes", ["We regret this and it never closes"]),
    ("“We regret this,“ she said.", ["We regret this,"]),
    ('A 6" nail.', []),
    ("“”", []),
])
def test_stretches_in_quotation_marks(text, expected):
    assert [text[s.inner_start : s.inner_end] for s in stretches(text)] == expected


@pytest.mark.parametrize(("text", "expected"), [
    # direct
    ("“We will rebuild the bridge,” Berg said.", [("direct", "We will rebuild the bridge,")]),
    ("“We will rebuild the bridge,” said Anna Berg.", [("direct", "We will rebuild the bridge,")]),
    ("Berg said: “We will rebuild the bridge.”", [("direct", "We will rebuild the bridge.")]),
    ("Berg told reporters in Lima that “we will rebuild the bridge.”", [("direct", "we will rebuild the bridge.")]),
    ("“Shall we rebuild it?” Berg asked.", [("direct", "Shall we rebuild it?")]),
    ("“We will rebuild the bridge.” Berg said.", [("direct", "We will rebuild the bridge.")]),
    ("“We will rebuild the bridge,” the mayor shot back.", [("direct", "We will rebuild the bridge,")]),
    ("It rained all night. Berg was calm: “We will rebuild it.”", [("direct", "We will rebuild it.")]),
    # mixed
    ("Berg said the bridge was “a danger to everyone”.", [("mixed", "the bridge was “a danger to everyone”")]),
    ("Berg claimed that the report was “full of holes.”", [("mixed", "the report was “full of holes.”")]),
    ("Berg said the port was “too old” and that the union would build a new one.",
     [("mixed", "the port was “too old” and that the union would build a new one")]),
    ("Berg wants the whole town “to come together again.”", [("mixed", "the whole town “to come together again.”")]),
    ("Anna Berg: The bridge ‘will be rebuilt’ by May", [("mixed", "The bridge ‘will be rebuilt’ by May")]),
    # indirect
    ("Anna Berg: The bridge will be rebuilt by May", [("indirect", "The bridge will be rebuilt by May")]),
    ("Berg said that the bridge would be rebuilt.", [("indirect", "the bridge would be rebuilt")]),
    ("The union said in a statement it learned of the leak on July 29.", [("indirect", "it learned of the leak on July 29")]),
    ("The union complained in a statement it released on Monday.", []),
    ("The union has been silent since its announcement last month that thieves had found a flaw in its locks.",
     [("indirect", "thieves had found a flaw in its locks")]),
    ("The bridge would be rebuilt, Berg said.", [("indirect", "The bridge would be rebuilt")]),
    ("According to Berg, the bridge is safe.", [("indirect", "the bridge is safe")]),
    ("The bridge is safe, according to Berg.", [("indirect", "The bridge is safe")]),
    ("The bridge is safe, according to a study by the union.\n\nBerg left.", [("indirect", "The bridge is safe")]),
    ("Berg said closing the bridge would be wrong.", [("indirect", "closing the bridge would be wrong")]),
    ("Berg urged Ruiz to wait.", [("indirect", "Ruiz to wait")]),
    ("Berg told Ruiz to wait.", [("indirect", "to wait")]),
    ("Chile and Peru blamed each other for the delay.", [("indirect", "the delay")]),
    ("Chile accused Peru of violating the border.", [("indirect", "Peru of violating the border")]),
    ("Chile dismissed the claims as baseless.", [("indirect", "the claims as baseless")]),
    ("Berg called the plan a disaster.", [("indirect", "the plan a disaster")]),
    ("Berg voiced concerns over the price of bread.", [("indirect", "the price of bread")]),
    ("Berg left the hall, saying the talks had failed.", [("indirect", "the talks had failed")]),
    ("The bridge will close, the union said, thereby ending a long quarrel.", [("indirect", "The bridge will close")]),
    # several reports in one sentence
    ("Berg said the bridge was safe, insisting that the repairs had been made.",
     [("indirect", "the bridge was safe"), ("indirect", "the repairs had been made")]),
    ("Berg said the bridge was safe and warned that traffic would grow.",
     [("indirect", "the bridge was safe"), ("indirect", "traffic would grow")]),
    ("Berg charged that the union “had lied to us,” adding that “nobody will forget.”",
     [("mixed", "the union “had lied to us,”"), ("direct", "nobody will forget.")]),
    # what the outlet adds is not reported
    ("Berg said that the bridge would be rebuilt, a plan that few engineers support.",
     [("indirect", "the bridge would be rebuilt")]),
    ("Berg said she would meet Ruiz, who arrived on Sunday.", [("indirect", "she would meet Ruiz")]),
    ("Berg criticised the plan in an interview on Monday.", [("indirect", "the plan")]),
    # calls, commands and bare passives report nothing
    ("Berg called Ruiz on Sunday.", []),
    ("Call it luck.", []),
    ("No more meetings have been called since.", []),
    # neither scare quotes nor titles nor names
    ("The “buried” treasure was found on Sunday.", []),
    ("She appeared on “Good Morning Europe” on Sunday.", []),
    ("All told, the bridge cost nine million.", []),
    ("A group called Open Harbour met on Sunday.", []),
])
def test_content_and_kind(model, text, expected):
    assert contents(annotate(model, text)) == expected


@pytest.mark.parametrize(("text", "source", "speaker"), [
    ("Berg met critics saying that the road was closed.", "critics", None),
    ("Berg met engineers who said that the road was closed.", "engineers who", None),
    ("As Carlos Ruiz put it, “we will all pay twice for this road.”", "Carlos Ruiz", "Carlos Ruiz"),
    # of several the first is the speaker
    ("Chile and Peru blamed each other for the delay.", "Chile and Peru", "Chile"),
    ("“We are ready,” said Berg and Ruiz.", "Berg and Ruiz", "Anna Berg"),
    ("“We are ready,” said director and spokeswoman Anna Berg.", "director and spokeswoman Anna Berg", "Anna Berg"),
])
def test_source(model, text, source, speaker):
    doc = annotate(model, text)
    assert [(q.speaker, named_source(doc, q)) for q in doc._.quotations] == [(speaker, source)]


def test_parts_of_a_split_quotation_share_their_id(model):
    for second in (". “It is our duty.”", ". “Never.”", ", “and we will do it well.”"):
        doc = annotate(model, f"“We will rebuild it,” Berg said{second} The vote is on Sunday.")
        assert contents(doc) == [("direct", "We will rebuild it,"), ("direct", second.split("“")[1][:-1])]
        assert len({q.quotation_id for q in doc._.quotations}) == 1


def test_indirect_content_is_split_by_its_cue(model):
    doc = annotate(model, "The bridge, Berg argued, is safe.")
    assert contents(doc) == [("indirect", "The bridge"), ("indirect", "is safe")]
    assert len({q.quotation_id for q in doc._.quotations}) == 1


def test_every_paragraph_of_a_long_quotation_opens_with_a_mark(model):
    doc = annotate(model, "“We will rebuild the bridge,” Berg said. “We start on Monday.\n\n“And we will do it well.”")
    assert [q.speaker for q in doc._.quotations] == ["Anna Berg"] * 3
    assert len({q.quotation_id for q in doc._.quotations}) == 1


def test_cue_and_source_are_the_words_in_the_text(model):
    doc = annotate(model, "Chilean minister Carlos Ruiz pointed out that the road was closed.")
    quotation = doc._.quotations[0]
    assert doc.text[quotation.cue_start : quotation.cue_end] == "pointed out"
    assert doc.text[quotation.source_start : quotation.source_end] == "Chilean minister Carlos Ruiz"


@pytest.mark.parametrize(("text", "speaker", "basis"), [
    ("Chilean minister Carlos Ruiz said the road was closed.", "Carlos Ruiz", "named"),
    ("Ruiz spoke on Monday. He said the road was closed.", "Carlos Ruiz", "pronoun"),
    ("Berg met Ruiz on Monday. She said the road was closed.", "Anna Berg", "pronoun"),
    ("Ruiz met Berg on Monday. The minister said the road was closed.", "Carlos Ruiz", "description"),
    ("Chile said the road was closed.", "Chile", "named"),
    ("The road was closed by Chile, noted Ruiz, adding that it was late.", "Carlos Ruiz", "named"),
    ("Ruiz was angry.\n\n“The road is closed and it will stay so.”", "Carlos Ruiz", "continued"),
    ("Ruiz said the road was bad.\n\n“We closed it at once and for good.”", "Carlos Ruiz", "continued"),
    ("Ruiz, who arrived on Sunday, said the road was closed.", "Carlos Ruiz", "named"),
    ("Mary Jones said the road was closed.", "Mary Jones", "named"),
    ("The union issued a statement saying the road was closed.", "Dockers' Union", "description"),
    ("Ruiz, the minister, who arrived on Sunday, last week said the road was closed.", "Carlos Ruiz", "named"),
    ("“The road is closed,” Ruiz shot back.", "Carlos Ruiz", "named"),
    ("Asked whether the road was closed, Ruiz shrugged.", None, "unknown"),
    ("A passer-by said the road was closed.", None, "unknown"),
    ("He said the road was closed.", None, "unknown"),
])
def test_speaker(model, text, speaker, basis):
    last = annotate(model, text)._.quotations[-1]
    assert (last.speaker, last.speaker_basis) == (speaker, basis)


def test_a_surname_is_the_full_name_said_earlier(model):
    doc = annotate(model, "Mary Jones arrived on Monday. Mrs Jones said that the road was closed.", actors=False)
    assert [q.speaker for q in doc._.quotations] == ["Mary Jones"]


def test_without_a_parse_direct_speech_is_found():
    doc = Quotations([])(spacy.blank("en")("“We will rebuild the bridge,” she said. It was “old”."))
    assert contents(doc) == [("direct", "We will rebuild the bridge,")]


def test_furniture_is_not_read(model):
    doc = model.make_doc("“Read our very best stories here.”\n\nBerg said the road was closed.")
    doc._.article = Article(article_id="a", text=doc.text, layout={1: "navigation"})
    assert contents(Quotations([])(model(doc))) == [("indirect", "the road was closed")]


def test_reporting_verbs_are_complete():
    path = Path(analysis.annotators.layout.__file__).parent / "reporting_verbs.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["verb"] for row in rows] == sorted(reporting_verbs())
    assert {row["stance"] for row in rows} == STANCES
    assert all(all(row.values()) for row in rows)


FRAGMENTS = st.lists(st.sampled_from([
    "“", "”", '"', "'", "’", "‘", "''", "«", "»", " ", "\n", "\n\n", ",", ".", "?", ":", "—", "he", "said", "that", "who",
    "according", "to", "saying", "accused", "of", "Berg", "“a b c d e.”", "NATO", "claim", "and", "added", "it", "\u2028", "😀",
]), max_size=60).map(" ".join)


@settings(max_examples=60, deadline=None)
@given(text=st.one_of(st.text(max_size=200), FRAGMENTS))
def test_any_text_gives_records_that_slice(model, text):
    doc = annotate(model, text)
    seen = set()
    for q in doc._.quotations:
        assert 0 <= q.start < q.end <= len(text) and text[q.start : q.end].strip() == text[q.start : q.end]
        assert q.kind in QUOTATION_KINDS and q.label == q.kind and q.speaker_basis in SPEAKER_BASES
        assert (q.speaker is None) == (q.speaker_basis == "unknown")
        for start, end in ((q.cue_start, q.cue_end), (q.source_start, q.source_end)):
            assert (start is None) == (end is None) and (start is None or 0 <= start < end <= len(text))
        assert (q.start, q.end) not in seen
        seen.add((q.start, q.end))
