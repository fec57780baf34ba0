"""Facts that nobody put in the codebook: what is proposed of small stories, and how much of the coded story is found."""

import random
import shutil
from collections import defaultdict
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import analyse, load_story, tables
from analysis.articles import Article
from analysis.codebook import load_codebook
from analysis.measures import proposals as measures
from analysis.measures.proposals import choosing, groups
from analysis.story import load_gold

NEEDED = ("sentences", "mentions", "times", "quotations", "deeds", "codings", "articles")


def propose(found, **instead) -> pd.DataFrame:
    return measures.proposals(**{name: getattr(found, name) for name in NEEDED} | instead)


def story_of(texts: dict[str, str]) -> list[Article]:
    """One article an outlet; an id may tell its outlet before a dash, and a copy altered by a machine after one."""
    day = date(2021, 10, 18)
    return [Article(article_id=name, text=text, outlet=name.partition("-")[0], outlet_basis="stated", published_earliest=day,
                    published_latest=day, published_basis="stated",
                    condition="machine-altered" if name.endswith("-spun") else "complete") for name, text in texts.items()]


# Other sentences for each story, so that words can be rare: nothing of them is told twice.
OTHERS = ["A market opens on the square every spring. Nobody knows the painter of this portrait.",
          "Snow fell in the hills overnight. The library bought new shelves for its atlas.",
          "Choirs from abroad sang until midnight. An owl nests above the school gate."]

SHARED = [
    ({"a": "The council closed the old ferry across the river.", "b": "Across the river, the old ferry was closed by the council.",
      "c": "Trains are late."}, {"ferry": "ab"}),
    # one sentence may tell two facts, of which others tell one each
    ({"a": "The council closed the old ferry across the river, and engineers found rust in the harbour crane.",
      "b": "The council closed the old ferry across the river.", "c": "Engineers found rust in the harbour crane."},
     {"ferry": "ab", "crane": "ac"}),
    # a number by its value, with a word besides
    ({"a": "Eight divers searched the quay.", "b": "At the quay a team of 8 was looking for the boy.", "c": "Two dogs ran off."},
     {"quay": "ab"}),
    # a day by its date
    ({"a": "The tunnel opens on 6 November.", "b": "From November 6 lorries may use the tunnel.", "c": "It was wet."}, {"tunnel": "ab"}),
    # who is said to say it is no fact
    ({"a": "“Sailors deserve better wages,” Ms Ruiz said.", "b": "“Our lighthouse leaks,” Ms Ruiz said.", "c": "It was wet."}, {}),
    # twice in one outlet
    ({"a-1": "The council closed the old ferry across the river.", "a-2": "The council closed the old ferry across the river.",
      "c": "It was wet."}, {}),
    # an altered copy finds its place where its words allow
    ({"a": "The council closed the old ferry across the river.", "b": "The old ferry across the river was closed by the council.",
      "c-spun": "Council has shuttered aged ferry across the river."}, {"ferry": "abc"}),
    ({"a": "Trains are late.", "b": "Boats wait.", "c": ""}, {}),
]


@pytest.mark.parametrize(("texts", "expected"), SHARED)
def test_what_several_outlets_tell_is_proposed(texts, expected):
    found = analyse(story_of({name: f"{text} {other}" for (name, text), other in zip(texts.items(), OTHERS)}))
    proposed = propose(found)
    several = proposed[proposed["outlets"].gt(1)]
    got = [("".join(sorted(basis["article_id"].str[0])), " ".join(basis["sentence"])) for _, basis in several.groupby("fact_id")]
    assert sorted(articles for articles, _ in got) == sorted(expected.values())
    for word, articles in expected.items():
        assert any(there == articles and word in sentences for there, sentences in got)
    assert list(proposed.loc[proposed["altered"], "article_id"].unique()) in ([], ["c-spun"])


TOLD = {
    "echo": "The council closed the old ferry across the river on October 6. Twelve boats sank in the northern harbour, Ms Ruiz "
            "said. “We mourn our cousins and their children,” said Mr Adebayo.",
    "news": "On October 6, the council closed the old ferry across the river. In the northern harbour 14 boats sank. It rained.",
    "post": "The Belmont Trust paid 300 crowns for a painting. Nothing else happened. Dogs bark.",
}


@pytest.fixture(scope="module")
def told():
    found = analyse(story_of(TOLD))
    return found, propose(found)


def test_numbers_that_differ_stand_apart(told):
    _, proposed = told
    boats = proposed[proposed["sentence"].str.contains("boats")]
    assert dict(zip(boats["article_id"], boats["apart"])) == {"echo": "Twelve", "news": "14"}
    assert set(proposed.loc[proposed["sentence"].str.contains("ferry"), "apart"]) == {""}


def test_what_one_outlet_alone_has_comes_after_what_several_have(told):
    _, proposed = told
    assert proposed["outlets"].is_monotonic_decreasing
    alone = proposed[proposed["outlets"].eq(1)]
    assert list(alone["sentence"]) == ["The Belmont Trust paid 300 crowns for a painting.", "“We mourn our cousins and their children,” said Mr Adebayo."]
    assert set(alone["importance"]) == {"okay"}


def test_no_passage_found_is_never_called_missing(told):
    found, proposed = told
    without = measures.not_found(proposed, found.articles)
    several = proposed.loc[proposed["outlets"].gt(1), "fact_id"].unique()
    assert set(without[several]) == {"post"} and set(without.drop(several)) == {""}
    written = measures.as_yaml(proposed, found.articles)
    assert "# No passage found in: post\n" in written and "missing" not in written
    assert "# Numbers and days apart: echo: Twelve; news: 14\n" in written


def test_what_the_codebook_tells_is_not_proposed(told, tmp_path):
    found, proposed = told
    (tmp_path / "facts.yaml").write_text(measures.as_yaml(proposed, found.articles), encoding="utf-8")
    book = load_codebook(tmp_path)
    coded = analyse(story_of(TOLD), book).codings
    for row in proposed.itertuples():  # a proposal finds its passages again
        assert (coded["code_id"].eq(row.fact_id) & coded["article_id"].eq(row.article_id)).any(), row.sentence
    ferry = proposed.loc[proposed["sentence"].str.contains("ferry"), "fact_id"].unique()
    again = propose(found, codings=coded[coded["code_id"].isin(ferry)])
    assert not again.loc[again["outlets"].gt(1), "sentence"].str.contains("ferry").any()
    assert again["sentence"].str.contains("boats").any()


def test_every_passage_is_cut_out_of_its_article(told, story):
    _, proposed = told
    of_story = propose(analyse(story))
    texts = {one.article_id: one.text for one in [*story_of(TOLD), *story.articles]}
    for row in pd.concat([proposed, of_story]).itertuples():
        assert texts[row.article_id][row.start : row.end] == row.text
        assert row.sentence_start <= row.start < row.end <= row.sentence_end


def test_nothing_depends_on_the_order_of_the_articles(told):
    found, proposed = told
    turned = {name: getattr(found, name)[::-1].reset_index(drop=True) for name in NEEDED}
    again = measures.proposals(**turned)
    ours, theirs = ({tuple(sorted(zip(basis["article_id"], basis["start"], basis["end"]))) for _, basis in frame.groupby("fact_id")}
                    for frame in (proposed, again))
    assert ours == theirs


def test_proposals_pasted_into_a_story_pass_its_check(tables, tmp_path):
    proposed = propose(tables, codings=tables.codings[tables.codings["kind"].ne("fact")])
    story = shutil.copytree(Path(__file__).parent.parent / "data" / "russia-nato-2021", tmp_path / "story")
    before = load_story(story).codebook.facts
    facts = story / "codebook" / "facts.yaml"
    written = measures.as_yaml(proposed, tables.articles)
    facts.write_text(facts.read_text(encoding="utf-8") + "\n" + written.removeprefix("facts:\n"), encoding="utf-8")
    assert len(load_story(story).codebook.facts) == len(before) + proposed["fact_id"].nunique()


WORDS = st.text(alphabet=st.characters(codec="utf-8"), max_size=40) | st.sampled_from(
    ["The council closed 8 ferries.", "8 ferries were closed by the council, it said.", "no", "2021-10-06: on", "x" * 300])


@given(texts=st.lists(WORDS, max_size=6), actor=st.from_regex(r"[a-z0-9_-]+", fullmatch=True),
       value=st.sampled_from(["2021-10-06", "2021", "PAST_REF", ""]), spot=st.integers(0, 400), length=st.integers(0, 60),
       outlet=st.text(min_size=1, max_size=9))
@settings(deadline=None, max_examples=50)
def test_any_tables_give_a_codebook_that_loads(tmp_path_factory, texts, actor, value, spot, length, outlet):
    """Passages may lie anywhere, also across sentences, as may those of a person's own annotator."""
    def passage(article_id: str, **more) -> dict:
        return {"article_id": article_id, "start": spot, "end": spot + length, "text": "x" * length} | more

    rows = [{"article_id": str(i % 3), "start": 100 * i, "end": 100 * i + len(text), "text": text, "position": i, "paragraph": i,
             "section": ("headline", "lede", "body")[i % 3]} for i, text in enumerate(texts)]
    about = [{"article_id": str(i), "outlet": outlet * i or None, "outlet_basis": "unknown", "published_basis": "unknown",
              "condition": ("complete", "excerpt", "machine-altered")[i], "words": 1, "sha256": "0",
              "account": str(i), "account_similarity": 1.0} for i in range(3)]
    given_tables = {
        "sentences": rows, "articles": about, "mentions": [passage("0", actor_id=actor), passage("1", actor_id=actor)],
        "times": [passage("1", type="DATE", value=value, reach="[]")],
        "quotations": [passage("0", quotation_id="q", kind="direct", speaker_basis="unknown", cue="x", cue_start=spot, cue_end=spot + 2)],
        "deeds": [passage("1", verb="x", agent_id=actor, negated=False, quoted=False)],
        "codings": [passage("1", code_id="F1", kind="fact", coder="machine", status="stated", completeness="full",
                            elements=f'[{{"start": {spot}, "end": {spot + length}, "slot": "who"}}]')]}
    found = {name: tables.frame(name, own) for name, own in given_tables.items()}
    proposed = measures.proposals(**found)
    folder = tmp_path_factory.mktemp("codebook")
    (folder / "facts.yaml").write_text(measures.as_yaml(proposed, found["articles"]), encoding="utf-8")
    (folder / "actors.yaml").write_text(
        f'actors:\n- {{actor_id: "{actor}", name: N, kind: person, pronoun: she, aliases: N, definition: d, coding_rule: r}}\n',
        encoding="utf-8")
    assert len(load_codebook(folder).facts) == proposed["fact_id"].nunique()


def test_nothing_is_proposed_where_there_is_nothing(told):
    found, proposed = told
    empty = propose(found, **{name: getattr(found, name)[:0] for name in NEEDED})
    assert empty.empty and list(empty.columns) == list(proposed.columns)
    assert measures.as_yaml(empty, found.articles) == "facts: []\n"
    assert measures.not_found(empty, found.articles).empty


# --- against the facts that were coded by reading

FIRST = 20  # proposals that a person reads
HALVES = 10  # seeds by which half of the facts are taken out of the codebook
VITAL_TARGET, OUTLETS_TARGET = 0.70, 11  # what the project set itself
# Near the thresholds much the same holds: measured 0.71 to 0.89, and 10 to 11.
VITAL_NEARBY, OUTLETS_NEARBY = 0.65, 9
NEARBY = [(groups, "ALIKE", 0.35), (groups, "ALIKE", 0.45), (groups, "BELONGS", 0.6), (groups, "HAS_SHARED", 0.55),
          (groups, "HAS_SHARED", 0.65), (groups, "NEIGHBOURS", 40), (choosing, "NEW", 0.45), (choosing, "NEW", 0.55),
          (choosing, "IN_LEDE", 0.25), (choosing, "IN_LEDE", 1.0)]


class Scorer:
    """Which proposals are which facts of the gold.

    A proposal counts for a fact if more than half of its passages are evidence of it, and it has evidence of two articles
    where the fact is in two. Read strictly, a passage is evidence if it overlaps that which the reader marked in the same
    article, and each proposal counts for one fact at most (as many facts as possible are matched). Read loosely, it is
    enough to stand in the same sentence, and a proposal may count for several facts.
    """

    def __init__(self, tables, gold: pd.DataFrame):
        self.tables = tables
        self.evidence = defaultdict(lambda: defaultdict(list))
        for cell in gold[gold["status"].ne("absent")].itertuples():
            self.evidence[cell.fact_id][cell.article_id].append((int(cell.start), int(cell.end)))
        self.shared = [fact_id for fact_id, there in self.evidence.items() if len(there) > 1]
        facts = tables.facts
        self.vital = list(facts.loc[facts["importance"].eq("vital"), "fact_id"])

    def proposed(self, codings: pd.DataFrame) -> list[pd.DataFrame]:
        proposed = propose(self.tables, codings=codings)
        return [basis for _, basis in proposed[proposed["outlets"].gt(1)].groupby("fact_id", sort=False)]

    def found(self, proposed: list[pd.DataFrame], facts: list[str], *, strict: bool, same_outlets: bool = False) -> set[str]:
        fitting = {fact_id: [number for number, basis in enumerate(proposed)
                             if self._counts(basis, fact_id, strict)
                             and not (same_outlets and set(basis["article_id"]) != set(self.evidence[fact_id]))]
                   for fact_id in facts}
        return _matched(fitting) if strict else {fact_id for fact_id in facts if fitting[fact_id]}

    def _counts(self, basis: pd.DataFrame, fact_id: str, strict: bool) -> bool:
        there = self.evidence[fact_id]
        first, last = ("start", "end") if strict else ("sentence_start", "sentence_end")
        right = [row.article_id for row in basis.itertuples()
                 if any(getattr(row, first) < end and start < getattr(row, last) for start, end in there.get(row.article_id, ()))]
        return 2 * len(right) > len(basis) and len(set(right)) >= min(2, len(there))

    def halves(self, strict: bool) -> list[float]:
        """Return for each half the share of the removed vital facts that are among the first proposals.

        The codings of a removed fact are left out, as they would be without it: no fact's coding hangs on another's but
        for its status.
        """
        shares = []
        facts = list(self.tables.facts["fact_id"])
        for seed in range(HALVES):
            removed = set(random.Random(seed).sample(facts, len(facts) // 2))
            codings = self.tables.codings
            proposed = self.proposed(codings[codings["kind"].eq("fact") & ~codings["code_id"].isin(removed)])
            vital = [fact_id for fact_id in self.vital if fact_id in removed]
            shares.append(len(self.found(proposed[:FIRST], vital, strict=strict)) / len(vital))
        return shares


def _matched(fitting: dict[str, list[int]]) -> set[str]:
    """Match as many facts as possible to a proposal of their own (augmenting paths; Kuhn 1955)."""
    owner: dict[int, str] = {}

    def place(fact_id: str, tried: set[int]) -> bool:
        for number in fitting[fact_id]:
            if number not in tried:
                tried.add(number)
                if number not in owner or place(owner[number], tried):
                    owner[number] = fact_id
                    return True
        return False

    return {fact_id for fact_id in fitting if place(fact_id, set())}


@pytest.fixture(scope="module")
def scorer(tables, story):
    return Scorer(tables, load_gold(story)["coverage"])


def test_facts_taken_out_of_the_codebook_are_proposed(scorer, record_property):
    strict, loose = ([*map(float, scorer.halves(strict))] for strict in (True, False))
    score = pd.DataFrame({"strict": strict, "loose": loose}).agg(["mean", "min", "max"]).round(3)
    record_property("score", f"vital facts of the half taken out, among the first {FIRST} proposals ({HALVES} halves)\n{score}")
    assert score.loc["mean", "strict"] >= VITAL_TARGET


def test_shared_facts_are_proposed_with_exactly_their_outlets(scorer, record_property):
    proposed = scorer.proposed(scorer.tables.codings[:0])
    strict, loose = (len(scorer.found(proposed, scorer.shared, strict=how, same_outlets=True)) for how in (True, False))
    record_property("score", f"shared facts with exactly the right outlets, of {len(scorer.shared)}, without a codebook: "
                             f"{strict} strict, {loose} loose, in {len(proposed)} proposals")
    assert strict >= OUTLETS_TARGET


@pytest.mark.parametrize(("module", "name", "value"), NEARBY)
def test_thresholds_nearby_give_much_the_same(scorer, record_property, monkeypatch, module, name, value):
    assert getattr(module, name) != value
    monkeypatch.setattr(module, name, value)
    shares = scorer.halves(strict=True)
    proposed = scorer.proposed(scorer.tables.codings[:0])
    right = len(scorer.found(proposed, scorer.shared, strict=True, same_outlets=True))
    mean = sum(shares) / len(shares)
    record_property("score", f"{name} = {value}: vital facts {mean:.2f} ({min(shares):.2f} to {max(shares):.2f}), outlets {right}")
    assert mean >= VITAL_NEARBY and right >= OUTLETS_NEARBY


def test_a_sentence_of_thousands_of_clauses_is_read():
    """Clauses, mentions and days by the thousand in one sentence: each is looked at once, or with its neighbours."""
    words = "The mayor closed 8 ferries on Monday, "
    text = words * 3000
    here = [len(words) * i for i in range(3000)]
    found = {
        "sentences": [{"article_id": name, "start": 0, "end": len(text), "text": text, "position": 0, "paragraph": 0, "section": "body"}
                      for name in "ab"],
        "mentions": [{"article_id": "a", "start": at, "end": at + 9, "text": "The mayor", "actor_id": "mayor"} for at in here],
        "times": [{"article_id": "a", "start": at + 30, "end": at + 36, "text": "Monday", "type": "DATE", "value": "2021-10-18",
                   "reach": "[]"} for at in here],
        "articles": [{"article_id": name, "outlet_basis": "unknown", "published_basis": "unknown", "condition": "complete",
                      "words": 1, "sha256": "0", "account": name, "account_similarity": 1.0} for name in "ab"],
        "quotations": [], "deeds": [], "codings": []}
    proposed = measures.proposals(**{name: tables.frame(name, rows) for name, rows in found.items()})
    assert set(proposed["article_id"]) == {"a", "b"}
