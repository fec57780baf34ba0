"""What data/README.md teaches about wordings is so: each example is run against its sentences."""

import re
from pathlib import Path

import pytest
import yaml

from analysis.articles import Article
from analysis.codebook import SLOTS, Codebook, load_codebook
from analysis.pipeline import annotate, build

ROOT = Path(__file__).parent.parent
README = (ROOT / "data" / "README.md").read_text(encoding="utf-8")
SECTION = README[README.index("### Wordings") : README.index("## codings/CODER.csv")]
[BOOK] = re.findall(r"```yaml\n(.*?)```", SECTION, re.DOTALL)
DAY = {"published_earliest": "2021-10-18", "published_latest": "2021-10-18", "published_basis": "stated"}


def rows(header: str) -> list[list[str]]:
    """Return the cells of all the section's tables with this last part of a header."""
    tables = re.findall(rf"^\|[^\n]*{re.escape(header)}\n\|[-|]+\n(.*?)\n\n", SECTION, re.MULTILINE | re.DOTALL)
    return [[cell.strip() for cell in row.strip("|").split("|")] for table in tables for row in table.splitlines()]


def sentences(cell: str) -> list[str]:
    return re.findall(r"\*(.+?)\*", cell)


EXAMPLES = [(write.strip("`"), sentences(finds), sentences(refuses)) for _, write, finds, refuses in rows("write | finds | not |")]


@pytest.fixture(scope="module")
def pipeline():
    """Return a function that reads texts with the section's codebook and one wording in place of its facts."""
    content = yaml.safe_load(BOOK)
    nlp = build(Codebook.model_validate(content))

    def read(wording: dict, *texts: str) -> list:
        fact = {**content["facts"][0], "wordings": [wording]}
        book = Codebook.model_validate({**content, "facts": [fact]})
        nlp.remove_pipe("tellings_codes")
        nlp.add_pipe("tellings_codes", config={"codebook": book.model_dump(mode="json", by_alias=True, exclude_none=True)})
        return [doc._.codes for doc in annotate([Article(article_id="a", text=text, **DAY) for text in texts], nlp)]

    return read


def test_codebook_to_copy_loads(tmp_path):
    (tmp_path / "port.yaml").write_text(BOOK, encoding="utf-8")
    assert [fact.fact_id for fact in load_codebook(tmp_path).facts] == ["F01", "F02"]


@pytest.mark.parametrize(("written", "finds", "refuses"), EXAMPLES, ids=[written for written, _, _ in EXAMPLES])
def test_example_finds_what_it_says(pipeline, written, finds, refuses):
    assert finds and refuses
    wording = yaml.safe_load(written)
    found = pipeline(wording, *finds, *refuses)
    assert [text for text, codes in zip(finds + refuses, found) if codes] == finds


def test_every_slot_and_key_has_an_example():
    told = {key for written, _, _ in EXAMPLES for key in yaml.safe_load(written)}
    assert told == {*SLOTS, "optional", "not", "within"}


VOICES = rows("status | speaker | hedge |")


@pytest.mark.parametrize(("text", "status", "speaker", "hedge"), VOICES, ids=[text for text, *_ in VOICES])
def test_status_is_as_told(pipeline, text, status, speaker, hedge):
    [written] = re.findall(r"For the wording `(.+?)`", SECTION)
    [sentence] = sentences(text)
    [codes] = pipeline(yaml.safe_load(written), sentence)
    cut = {None: ""} | {code.hedge_start: sentence[code.hedge_start : code.hedge_end] for code in codes if code.hedge_start is not None}
    found = [(code.status, code.speaker or "", cut[code.hedge_start]) for code in codes]
    assert found == ([(status, speaker, hedge)] if status else [])
