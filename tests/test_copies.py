"""Near-identical articles: which are found, which are not, and of what they are copies."""

import random
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import copies
from analysis.copies import Copy, near_copies, shingles

# Prose without a repeated sequence of five words: each sentence has a number of its own in every second word.
STORY = " ".join(f"On day{n} the mayor{n} told council{n} that bridge{n} would not{n} open before{n} spring{n}." for n in range(30))
OTHER = " ".join(f"In week{n} a judge{n} asked harbour{n} why ferry{n} had never{n} sailed under{n} flag{n}." for n in range(30))
SPUN = {"mayor": "burgomaster", "told": "informed", "council": "chamber", "bridge": "span", "open": "unlock", "spring": "springtime"}


def groups(texts: dict[str, str], **options) -> dict[str, str]:
    return {copy.article_id: copy.of for copy in near_copies(texts, **options)}


def edited(text: str, every: int) -> str:
    return " ".join(f"x{word}" if place % every == every - 1 else word for place, word in enumerate(text.split()))


def spun(text: str) -> str:
    for word, other in SPUN.items():
        text = text.replace(word, other)
    return text


HALF = STORY[: len(STORY) // 2]
WORDS = STORY.split()

GROUPS = {
    "the same text": ({"a": STORY, "b": STORY}, {"b": "a"}),
    "other case, quotation marks, line breaks": ({"a": STORY, "b": STORY.upper().replace(". ", ".”\r\n\r\n“")}, {"b": "a"}),
    "a headline and furniture": ({"a": STORY, "b": f"Mayor: no bridge yet\n\n{HALF}\n\nSign up for our newsletter. Share this."}, {"b": "a"}),
    "cut at the end": ({"a": HALF, "b": STORY}, {"a": "b"}),
    "cut at the front": ({"a": STORY[len(HALF):], "b": STORY}, {"a": "b"}),
    "cut to a tenth": ({"a": STORY[: len(STORY) // 10], "b": STORY}, {"a": "b"}),
    "every second sentence": ({"a": ". ".join(STORY.split(". ")[::2]), "b": STORY}, {"a": "b"}),
    "every twentieth word edited": ({"a": STORY, "b": edited(STORY, 20)}, {"b": "a"}),
    "every fifth word edited": ({"a": STORY, "b": edited(STORY, 5)}, {}),
    "spun by a machine": ({"a": STORY, "b": spun(STORY)}, {}),
    "the same words in another order": ({"a": STORY, "b": " ".join(sorted(WORDS))}, {}),
    "another story that quotes a third of it": ({"a": STORY, "b": OTHER[: len(OTHER) * 2 // 3] + STORY[: len(STORY) // 3]}, {}),
    "two stories": ({"a": STORY, "b": OTHER, "c": OTHER, "d": STORY}, {"c": "b", "d": "a"}),
    "a story that prints two": ({"a": STORY, "b": OTHER, "c": STORY + OTHER}, {"a": "c", "b": "c"}),
    "slogans": ({"a": STORY + " Read more here.", "b": "Read more here."}, {}),
    "the same slogans": ({"a": "Read more here.", "b": "Read more here!", "c": "Read more"}, {"b": "a"}),
    "no words": ({"a": "", "b": "", "c": "…"}, {}),
    "one article": ({"a": STORY}, {}),
    "none": ({}, {}),
}


@pytest.mark.parametrize(("texts", "expected"), GROUPS.values(), ids=GROUPS)
def test_groups(texts, expected):
    assert groups(texts) == expected


def test_account_is_the_fullest_then_the_first_published_then_the_first_id():
    assert groups({"a": HALF, "b": STORY}, published={"a": date(2021, 1, 1)}) == {"a": "b"}
    assert groups({"a": STORY, "b": STORY, "c": STORY}, published={"b": date(2021, 1, 2), "c": date(2021, 1, 1)}) == {"a": "c", "b": "c"}
    assert groups({"b": STORY, "a": STORY}) == {"b": "a"}


def test_similarity_is_the_share_of_the_copy_that_its_account_has():
    assert near_copies({"a": STORY, "b": STORY}) == [Copy("b", "a", 1.0)]
    [copy] = near_copies({"a": STORY, "b": edited(HALF, 30)})
    own, whole = (set(shingles(text).tolist()) for text in (edited(HALF, 30), STORY))
    assert copy == Copy("b", "a", len(own & whole) / len(own)) and 0.8 < copy.similarity < 0.9


def test_small_changes_do_not_chain():
    """Each text is like the one before; the last is not like the first, and so not its copy."""
    chain = {f"{step}": " ".join([*(f"new{n}" for n in range(60 * step)), *WORDS[60 * step :]]) for step in range(5)}
    found = near_copies(chain)
    assert found and all(copy.of not in {other.article_id for other in found} for copy in found)
    for copy in found:
        assert abs(int(copy.of) - int(copy.article_id)) == 1


def test_of_several_accounts_the_likest_counts():
    nearer = STORY + " " + " ".join(f"more{n}" for n in range(30))
    further = edited(STORY, 9) + " " + OTHER
    assert groups({"a": STORY, "b": nearer, "c": further}) == {"a": "b"}


def test_a_crowd_with_the_same_furniture_hides_no_copy(monkeypatch):
    monkeypatch.setattr(copies, "CROWD", 5)
    furniture = " ".join(f"subscribe{n}" for n in range(40))
    texts = {f"{n:02}": " ".join(f"{word}{n}" for word in WORDS[:150]) + f" {furniture}" for n in range(30)}
    assert groups(texts) == {}
    assert groups({**texts, "copy": texts["07"][:-20]}) == {"copy": "07"}


@st.composite
def corpora(draw) -> dict[str, str]:
    """Texts cut from a few stories, edited here and there, that may be copies of each other in many ways."""
    texts = {}
    for name in draw(st.lists(st.text("abcdef", min_size=1, max_size=3), unique=True, max_size=8)):
        words = draw(st.sampled_from((STORY, OTHER))).split()
        start, length = draw(st.integers(0, 200)), draw(st.integers(0, 300))
        chance = random.Random(draw(st.integers(0, 3)))
        texts[name] = " ".join(word if chance.random() > 0.03 else "other" for word in words[start : start + length])
    return texts


@given(corpora(), st.randoms(use_true_random=False))
def test_groups_do_not_depend_on_the_order_and_have_no_chains(texts, chance):
    found = near_copies(texts)
    shuffled = list(texts.items())
    chance.shuffle(shuffled)
    assert near_copies(dict(shuffled)) == found == sorted(found, key=lambda copy: copy.article_id)
    told = {copy.article_id for copy in found}
    assert len(told) == len(found) and not told & {copy.of for copy in found}
    for copy in found:
        own, account = (set(shingles(texts[name]).tolist()) for name in (copy.article_id, copy.of))
        assert copy.similarity == len(own & account) / len(own) >= copies.COPY and len(own) <= len(account)


@given(st.text(st.characters(), max_size=200))
def test_any_text_is_its_own_copy(text):
    """Also one with lone surrogates, NUL bytes or no letters at all."""
    assert groups({"a": text, "b": text}) == ({"b": "a"} if any(character.isalnum() for character in text.casefold()) else {})


@given(st.lists(st.text("abcdé1", min_size=1, max_size=4), max_size=40))
def test_shingles_are_the_sequences_of_five_words(words):
    length = min(copies.SHINGLE, len(words))
    sequences = {tuple(words[place : place + length]) for place in range(len(words) - length + 1)} if words else set()
    found = shingles(" – ".join(words))
    assert len(found) == len(sequences) and np.array_equal(found, np.unique(found))


def test_hashes_are_the_same_on_every_machine():
    """A bundle carries sketches, and another machine compares them."""
    found = shingles("The council voted for nine new trams.")
    assert found.tolist() == [124952694697719628, 698850967888503861, 5609836165297290354]
    assert copies.sketch(found)[:3].tolist() == [1644178478, 973979197, 414902805]
