"""How far coders agree, against answers known from elsewhere, and how the machine is scored against people."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.measures import agreement
from analysis.tables import STATUSES

LETTERS = dict(zip("sadx", STATUSES))


def cells(**coders: str) -> pd.DataFrame:
    """Return cells: each coder's statuses by first letter (x absent), a cell a letter; `.` where it is not coded."""
    return pd.DataFrame([("a", f"F{i:02}", coder, LETTERS[letter]) for coder, letters in coders.items()
                         for i, letter in enumerate(letters) if letter != "."],
                        columns=["article_id", "fact_id", "coder", "status"])


def values(found: pd.DataFrame) -> dict:
    return {(row.coders, row.measure): (row.cells, round(row.value, 3)) for row in found.itertuples()}


def test_alpha_of_krippendorffs_own_example():
    """Four observers, twelve units, missing values: nominal alpha is 0.743 (Krippendorff 2011, section C)."""
    codes = np.array([[1, 2, 3, 3, 2, 1, 4, 1, 2, 0, 0, 0], [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, 0, 3],
                      [0, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, 0], [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, 0]]).T - 1
    assert round(agreement.alpha(codes), 3) == 0.743


def test_alpha_of_two_coders_by_hand():
    """Krippendorff 2011, section A: ten units, two values, alpha 0.095."""
    first, second = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]
    assert round(agreement.alpha(np.array([first, second]).T), 3) == 0.095


@given(st.lists(st.lists(st.integers(-1, 3), min_size=3, max_size=3), min_size=1, max_size=30), st.data())
def test_the_alphas_of_many_samples_are_those_of_each(codes, data):
    codes = np.array(codes)
    draw = data.draw(st.lists(st.integers(0, len(codes) - 1), min_size=len(codes), max_size=len(codes)))
    times = np.vstack([np.ones(len(codes)), np.bincount(draw, minlength=len(codes))])
    each = [agreement.alpha(codes), agreement.alpha(codes[draw])]
    assert agreement.alphas(codes, times) == pytest.approx(each, nan_ok=True)


@pytest.mark.parametrize(("first", "second", "percent", "kappa"), [
    # Both say stated of half the cells: they agree on 6 of 8, by chance on half.
    ("ssssxxxx", "sssxsxxx", 0.75, 0.5),
    # They agree on 0.9, but so they would by chance: 0.9 of the one's cells are absent, and all of the other's.
    ("xxxxxxxxxs", "xxxxxxxxxx", 0.9, 0.0),
    # Three values: agree on 4 of 6; chance 1/3: (2/3 - 1/3) / (2/3).
    ("ssaadd", "ssadda", 4 / 6, 0.5),
    ("sa", "as", 0, -1),
    ("sx", "sx", 1, 1),
])
def test_percent_and_kappa_by_hand(first, second, percent, kappa):
    found = values(agreement.agreement(cells(ann=first, bob=second)))
    assert found["ann, bob", "percent"] == (len(first), round(percent, 3))
    assert found["ann, bob", "kappa"] == (len(first), round(kappa, 3))


@pytest.mark.parametrize("status", "sadx")
def test_where_nothing_varies_chance_cannot_be_told(status):
    found = agreement.agreement(cells(ann=status * 12, bob=status * 12)).set_index("measure")
    assert found.loc["percent", ["value", "low", "high"]].tolist() == [1, 1, 1]
    assert found.loc[["kappa", "alpha"], ["value", "low", "high"]].isna().all(axis=None)


def test_only_cells_in_common_count():
    found = agreement.agreement(cells(ann="ssx....", bob="..xsa..", cid=".....da"))
    assert values(found)["ann, bob", "percent"] == (1, 1)
    assert set(found["coders"]) == {"ann, bob", "all 3: ann, bob, cid"}
    assert (found["cells"] == 1).all()


@pytest.mark.parametrize("coders", [{}, {"ann": "sax"}, {"ann": "s.", "bob": ".s"}])
def test_without_two_coders_of_a_cell_there_is_no_agreement(coders):
    found = agreement.agreement(cells(**coders))
    assert found.empty and list(found.columns) == agreement.COLUMNS


def test_intervals_hold_the_value_and_shrink_with_more_cells():
    few, many = (agreement.agreement(cells(ann="sssxxxaadx" * n, bob="ssxxxxaasx" * n)) for n in (2, 8))
    for found in (few, many):
        assert (found["low"].le(found["value"]) & found["value"].le(found["high"])).all()
        assert (found["low"] < found["high"]).all()
    assert ((many["high"] - many["low"]) < (few["high"] - few["low"])).all()
    assert agreement.agreement(cells(ann="sx", bob="ss"))[["low", "high"]].isna().all(axis=None), "too few cells"


def test_the_interval_of_percent_is_the_binomials():
    """80 of 100 agree: the bootstrap's interval is near 0.8 ± 1.96 · √(0.8 · 0.2 / 100)."""
    found = agreement.agreement(cells(ann="s" * 100, bob="s" * 80 + "x" * 20)).set_index("measure").loc["percent"]
    assert (found["low"], found["high"]) == pytest.approx((0.72, 0.88), abs=0.015)


CODES = st.lists(st.tuples(*[st.sampled_from("sadx.")] * 3), min_size=1, max_size=25)


@settings(max_examples=25, deadline=None)
@given(CODES, st.permutations(["ann", "bob", "cid"]), st.permutations("sadx"), st.randoms())
def test_names_of_coders_and_statuses_and_the_order_of_cells_change_nothing(codes, names, statuses, random):
    plain = dict(zip(["ann", "bob", "cid"], map("".join, zip(*codes))))
    renamed = {name: plain[old].translate(str.maketrans("sadx", "".join(statuses))) for name, old in zip(names, plain)}
    back = dict(zip(names, plain))
    other = cells(**renamed)
    other = agreement.agreement(other.iloc[random.sample(range(len(other)), len(other))])

    def by_pair(found: pd.DataFrame, name) -> dict:
        return {(frozenset(map(name, row.coders.rpartition(": ")[2].split(", "))), row.measure): (row.cells, row.value, row.low, row.high)
                for row in found.itertuples()}

    expected, got = by_pair(agreement.agreement(cells(**plain)), str), by_pair(other, back.get)
    assert expected.keys() == got.keys()
    for key, row in expected.items():
        assert got[key] == pytest.approx(row, nan_ok=True), key


# The machine against people

ARTICLES = pd.DataFrame({"article_id": ["a", "b"], "outlet": ["Post", "Times"], "condition": ["complete"] * 2})


def two_articles(**coders: str) -> pd.DataFrame:
    found = cells(**coders)
    late = found["fact_id"].ge("F02")
    return found.assign(article_id=late.map({False: "a", True: "b"}), fact_id=found["fact_id"].replace({"F02": "F00", "F03": "F01"}))


def test_the_machine_is_scored_by_status_outlet_and_fact():
    both = two_articles(machine="ssxa", ann="saas")
    found = agreement.of_machine(both, both[both["coder"].eq("ann")], ARTICLES)
    rows = {(row.by, row.of): (row.cells, row.found, row.coded, row.precision, row.recall, row.right_status)
            for row in found.fillna({"right_status": -1}).itertuples()}
    assert rows == {
        ("all", "all"): (4, 3, 4, 1, 0.75, 0.25),
        ("status", "stated"): (4, 2, 2, 0.5, 0.5, -1), ("status", "attributed"): (4, 1, 2, 0, 0, -1),
        ("status", "disputed"): (4, 0, 0, 1, 1, -1), ("status", "absent"): (4, 1, 0, 0, 1, -1),
        ("outlet", "Post"): (2, 2, 2, 1, 1, 0.5), ("outlet", "Times"): (2, 1, 2, 1, 0.5, 0),
        ("fact", "F00"): (2, 1, 2, 1, 0.5, 0.5), ("fact", "F01"): (2, 2, 2, 1, 1, 0),
    }
    assert list(found.columns) == agreement.SCORES


def test_only_cells_that_people_coded_are_scored():
    both = two_articles(machine="ssxa", ann="s...")
    found = agreement.of_machine(both, agreement.by_people(both), ARTICLES)
    assert found["cells"].eq(1).all() and set(found["of"]) >= {"Post", "F00"} and "Times" not in set(found["of"])
    nobody = agreement.of_machine(both, both[:0], ARTICLES)
    assert nobody.empty and list(nobody.columns) == agreement.SCORES


def test_gold_is_a_coder(tables):
    gold = tables.coverage.assign(status="absent")
    found = agreement.agreement(agreement.with_gold(tables, gold))
    assert set(found["coders"]) == {"gold, machine"}
    assert values(found)["gold, machine", "percent"] == (160, tables.coverage["status"].eq("absent").mean().round(3))
    assert agreement.agreement(agreement.with_gold(tables, gold[:0])).empty
