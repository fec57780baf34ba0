"""The codebook: what loads, and what is refused with file, line and remedy."""

import json
import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.codebook import SLOTS, Change, Codebook, Part, Spun, load_codebook, schema
from analysis.errors import InputError
from refused import refused

ROOT = Path(__file__).parent.parent

GOOD = """\
terms:
  shut: [close, suspend]
actors:
- actor_id: nato
  name: NATO
  kind: body
  pronoun: it
  aliases: [NATO, the alliance]
  definition: A military alliance.
  coding_rule: Any mention of it.
events:
- event_id: closing
  name: Office closed
  earliest: 2021-10-06
  latest: 2021-10-07
  definition: The office is closed.
  coding_rule: The closing itself.
  wordings:
  - did: <shut>
    when: 2021-10-06
facts:
- fact_id: F01
  statement: NATO closes its office.
  kind: action
  importance: vital
  definition: The office is closed.
  coding_rule: NATO must be the one who closes it.
  wordings:
  - who: <nato>
    did: [<shut>, {spun: fold}]
    optional: {where: Moscow}
    not: [deny]
    within: 2
- fact_id: F02
  statement: The office is open.
  kind: denial
  importance: okay
  disputes: F01
  definition: Somebody says that it is open.
  coding_rule: Only a denial counts.
  wordings: [never closed]
frames:
- frame_id: regret
  name: Regret
  definition: The step is regretted.
  coding_rule: The word must be there.
  devices:
  - deeply regret
"""


def write(folder: Path, **files: str) -> Path:
    folder.mkdir(exist_ok=True)
    for name, content in files.items():
        (folder / f"{name}.yaml").write_text(content, encoding="utf-8")
    return folder


def changed(old: str, new: str) -> str:
    """Return the good codebook with one thing spoilt."""
    assert GOOD.count(old) == 1, f"{old!r} must stand once in the good codebook"
    return GOOD.replace(old, new)


def line_of(text: str, words: str) -> int:
    return text[: text.index(words)].count("\n") + 1


def refusal(folder: Path) -> InputError:
    return refused(load_codebook, folder)


# What is replaced, by what, words on the line that the message must name, words that the message must hold.
BAD = {
    # keys
    "section misspelt": ("frames:", "framse:", "framse:", ["framse", "write 'frames'"]),
    "actor key misspelt": ("  aliases:", "  alises:", "alises:", ["nato", "alises", "write 'aliases'"]),
    "event key misspelt": ("  latest:", "  lastest:", "lastest:", ["closing", "lastest", "write 'latest'"]),
    "fact key misspelt": ("importance: vital", "importence: vital", "importence", ["F01", "importence", "write 'importance'"]),
    "frame key misspelt": ("  devices:", "  devises:", "devises:", ["regret", "devises", "write 'devices'"]),
    "slot misspelt": ("  - who: <nato>", "  - hwo: <nato>", "hwo:", ["F01", "hwo", "write 'who'"]),
    "wording key misspelt": ("    within: 2", "    witin: 2", "witin", ["F01", "witin", "write 'within'"]),
    "slot misspelt in optional": ("{where: Moscow}", "{were: Moscow}", "{were: Moscow}", ["F01", "were", "write 'where'"]),
    "`not` is no slot of optional": ("{where: Moscow}", "{not: Moscow}", "{not: Moscow}", ["F01", "'not'"]),
    "spun misspelt": ("{spun: fold}", "{spum: fold}", "{spum: fold}", ["F01", "spum", "write 'spun'"]),
    "the program's own word for `not`": ("    not: [deny]", "    forbidden: [deny]", "forbidden", ["F01", "forbidden"]),
    "unlike any key": ("    within: 2", "    qqqq: 2", "qqqq", ["F01", "qqqq", "use one of", "who", "optional"]),
    # missing
    "no id": ("- fact_id: F01\n  statement", "- statement", "- statement: NATO closes", ["fact_id", "add 'fact_id'"]),
    "no definition": ("  definition: A military alliance.\n", "", "actor_id: nato", ["nato", "add 'definition'"]),
    "no coding rule": ("  coding_rule: The word must be there.\n", "", "frame_id: regret", ["regret", "add 'coding_rule'"]),
    "no date": ("  earliest: 2021-10-06\n", "", "event_id: closing", ["closing", "add 'earliest'"]),
    "no wordings": ("  wordings: [never closed]\n", "", "fact_id: F02", ["F02", "add 'wordings'"]),
    "empty wordings": ("[never closed]", "[]", "wordings: []", ["F02", "wordings", "add 'wordings'"]),
    "wordings with nothing after the colon": ("wordings: [never closed]", "wordings:", "wordings:\nframes", ["F02", "wordings"]),
    "empty devices": ("  devices:\n  - deeply regret", "  devices: []", "devices: []", ["regret", "devices", "add 'devices'"]),
    "empty aliases": ("[NATO, the alliance]", "[]", "aliases: []", ["nato", "aliases", "add 'aliases'"]),
    "empty definition": ("A military alliance.", "''", "definition: ''", ["nato", "definition"]),
    "wording of optional slots only": ("[never closed]", "[{optional: {what: never}}]", "  wordings: [", ["F02", "no slot", "who, did"]),
    "wording without anything": ("[never closed]", "[{}]", "  wordings: [", ["F02", "no slot"]),
    # values
    "kind of actor unknown": ("kind: body", "kind: boddy", "boddy", ["nato", "'kind'", "boddy", "'body'"]),
    "importance unknown": ("importance: okay", "importance: high", "high", ["F02", "'importance'", "high", "'vital'"]),
    "pronoun unknown": ("pronoun: it", "pronoun: xe", "xe", ["nato", "'pronoun'", "xe"]),
    "number for a name": ("name: NATO", "name: 7", "name: 7", ["nato", "'name'", "7", "quotes"]),
    "list for a name": ("name: NATO", "name: [NATO]", "name: [NATO]", ["nato", "'name'"]),
    "text for wordings": ("[never closed]", "never closed", "never closed", ["F02", "'wordings'", "never closed"]),
    "nothing after a slot's colon": ("where: Moscow", "where: ", "{where: }", ["F01", "nothing stands after 'where:'"]),
    "nothing after a part of speech": ("{spun: fold}", "{verb: }", "{verb: }", ["F01", "after 'verb:'"]),
    "part of speech misspelt": ("{spun: fold}", "{vreb: fold}", "{vreb: fold}", ["F01", "vreb", "write 'verb'"]),
    "part of speech that there is not": ("{spun: fold}", "{preposition: fold}", "{preposition: fold}", ["F01", "preposition", "noun"]),
    "change without its end": ("{spun: fold}", "{from: 20}", "{from: 20}", ["F01", "add 'to'"]),
    "change in words": ("{spun: fold}", "{from: 20, to: ten}", "{from: 20, to: ten}", ["F01", "'to'", "ten"]),
    "change misspelt": ("{spun: fold}", "{form: 20, to: 10}", "{form: 20", ["F01", "form", "write 'from'"]),
    "reference without its first bracket": ("who: <nato>", "who: nato>", "who: nato>", ["F01", "nato>", "stand alone"]),
    "gap at the edge": ("did: <shut>", "did: revoke …", "did: revoke", ["closing", "revoke …", "between words"]),
    "second wording at fault": ("[never closed]", "\n  - never closed\n  - {did: open, who: <natto>}", "<natto>",
                                ["F02", "<natto>", "write 'nato'"]),
    "empty alternative": ("not: [deny]", "not: [deny, '']", "not:", ["F01", "'not'"]),
    "blank alternative": ("not: [deny]", "not: [deny, ' ']", "not:", ["F01", "'not'"]),
    "empty list of alternatives": ("not: [deny]", "not: []", "not: []", ["F01", "'not'"]),
    "nothing spun": ("{spun: fold}", "{spun: ''}", "{spun: ''}", ["F01"]),
    "empty list of spun words": ("{spun: fold}", "{spun: []}", "{spun: []}", ["F01"]),
    "empty term": ("shut: [close, suspend]", "shut: []", "shut: []", ["shut"]),
    "null alternative": ("[close, suspend]", "[close, ~]", "shut:", ["shut"]),
    "null alias": ("[NATO, the alliance]", "[NATO, ~]", "aliases:", ["nato", "'aliases'"]),
    "null wording": ("[never closed]", "[never closed, ~]", "wordings: [never", ["F02", "'wordings'"]),
    "null entry": ("frames:\n", "frames:\n-\n", "-\n- frame_id", ["frames"]),
    "within zero": ("within: 2", "within: 0", "within: 0", ["F01", "'within'", "0"]),
    "within negative": ("within: 2", "within: -1", "within: -1", ["F01", "'within'", "-1"]),
    "within the whole article": ("within: 2", "within: 99", "within: 99", ["F01", "'within'", "99"]),
    "within a word": ("within: 2", "within: two", "within: two", ["F01", "'within'", "two"]),
    "id with a space": ("fact_id: F02", "fact_id: F 02", "F 02", ["F 02", "'fact_id'"]),
    "date that does not exist": ("latest: 2021-10-07", "latest: 2021-02-30", "2021-02-30", ["2021-02-30"]),
    "date written as a word": ("latest: 2021-10-07", "latest: October", "latest: October", ["closing", "'latest'", "October"]),
    "date in a wording that does not exist": ("when: 2021-10-06", "when: 2021-13-06", "2021-13-06", ["2021-13-06"]),
    "month that does not exist": ("when: 2021-10-06", "when: 2021-13", "2021-13", ["closing", "2021-13", "write a day as"]),
    "month of one digit": ("when: 2021-10-06", "when: 2021-7", "2021-7", ["closing", "2021-7", "two digits"]),
    "interval that ends before it begins": ("when: 2021-10-06", "when: 2021-10/2021-05", "2021-10/2021-05", ["closing", "before"]),
    "year that is none": ("when: 2021-10-06", "when: '0021'", "0021", ["closing", "0021", "year"]),
    "quoted day that does not exist": ("not: [deny]", "not: ['2021-02-30']", "2021-02-30", ["F01", "2021-02-30"]),
    "section that is no list": ("frames:\n- frame_id", "frames:\n  frame_id", "frames:", ["frames", "list"]),
    # references
    "unknown reference": ("who: <nato>", "who: <nat0>", "who: <nat0>", ["F01", "<nat0>", "write 'nato'"]),
    "unknown reference in optional": ("where: Moscow", "where: <mosc>", "where: <mosc>", ["F01", "<mosc>", "nato", "shut"]),
    "unknown reference in `not`": ("not: [deny]", "not: [<dnay>]", "not: [<dnay>]", ["F01", "<dnay>"]),
    "unknown reference in a frame": ("  - deeply regret", "  - who: <ntao>", "who: <ntao>", ["regret", "<ntao>", "write 'nato'"]),
    "unknown reference in an event": ("- did: <shut>", "- did: <shout>", "did: <shout>", ["closing", "<shout>", "write 'shut'"]),
    "unknown reference in a term": ("[close, suspend]", "[close, <halt>]", "shut:", ["shut", "<halt>"]),
    "unknown reference among spun words": ("{spun: fold}", "{spun: <fold>}", "spun: <fold>", ["F01", "<fold>"]),
    "reference inside a phrase": ("who: <nato>", "who: the <nato> chief", "who: the <nato> chief", ["F01", "the <nato> chief", "stand alone"]),
    "reference left open": ("who: <nato>", "who: <nato", "who: <nato\n", ["F01", "<nato", "stand alone"]),
    "reference in a plain wording": ("[never closed]", "[<nato> never closed]", "  wordings: [", ["F02", "stand alone"]),
    "term that refers to itself": ("[close, suspend]", "[close, <shut>]", "shut:", ["shut", "refers to itself"]),
    "terms in a circle": ("[close, suspend]", "[<a>]\n  a: [<b>]\n  b: [<shut>]", "shut:", ["refers to itself", "circle"]),
    "a target that is no actor": ("  name: Regret", "  name: Regret\n  target: natto", "target: natto", ["regret", "natto", "write 'nato'"]),
    "disputes nothing": ("disputes: F01", "disputes: F91", "disputes: F91", ["F02", "F91", "write 'F01'"]),
    "disputes an event": ("disputes: F01", "disputes: closing", "disputes: closing", ["F02", "closing", "no fact"]),
    "disputes itself": ("disputes: F01", "disputes: F02", "disputes: F02", ["F02", "itself"]),
    "event that ends before it begins": ("2021-10-07", "2021-10-05", "earliest: 2021-10-06", ["closing", "2021-10-06", "2021-10-05", "swap"]),
    # doubled
    "key twice": ("name: NATO", "name: NATO\n  name: Nato", "name: Nato", ["'name'", "twice"]),
    "section twice": ("frames:", "facts:\nframes:", "facts:\nframes:", ["'facts'", "twice"]),
    "slot twice": ("    within: 2", "    who: Moscow", "who: Moscow", ["'who'", "twice"]),
    "term twice": ("shut: [close, suspend]", "shut: close\n  shut: suspend", "shut: suspend", ["'shut'", "twice"]),
    "fact id twice": ("fact_id: F02", "fact_id: F01", "fact_id: F01\n  statement: The office", ["F01", "twice"]),
    "id of a fact and a frame": ("frame_id: regret", "frame_id: F02", "frame_id: F02", ["F02", "twice"]),
    "name of a term and an actor": ("  shut: [close, suspend]", "  nato: close", "actor_id: nato", ["nato", "twice"]),
    # YAML
    "bracket left open": ("[NATO, the alliance]", "[NATO, the alliance", None, ["not YAML", "brackets"]),
    "quote left open": ("name: NATO", "name: 'NATO", None, ["not YAML", "quotes"]),
    "tab for indentation": ("  kind: body", "\tkind: body", "\tkind", ["not YAML", "indentation"]),
    "anchor that nobody set": ("name: NATO", "name: *nato", "*nato", ["not YAML", "alias"]),
    "Python in YAML": ("name: NATO", "name: !!python/name:os.system", "!!python", ["not YAML", "tag"]),
    "two documents": ("events:", "---\nevents:", "---", ["not YAML"]),
    "control character": ("name: NATO", "name: NA\x07TO", "\x07", ["not YAML"]),
}


def test_a_date_in_a_term_for_when_is_checked(tmp_path):
    text = changed("when: 2021-10-06", "when: <shut>").replace("[close, suspend]", "[close, 2021-13]")
    error = refusal(write(tmp_path, book=text))
    assert error.line == line_of(text, "2021-13") and "'shut' has '2021-13', which is no date" in str(error)


@pytest.mark.parametrize(("old", "new", "at", "words"), BAD.values(), ids=BAD)
def test_bad_codebook_is_told_once_with_line_and_remedy(tmp_path, old, new, at, words):
    text = changed(old, new)
    error = refusal(write(tmp_path, book=text))
    assert error.file == tmp_path / "book.yaml"
    assert error.line is not None
    if at is not None:
        assert error.line == line_of(text, at)
    assert str(error).startswith(f"{tmp_path / 'book.yaml'}, line {error.line}: ")
    for word in words:
        assert word in str(error)


@pytest.mark.parametrize("content", ["- nato\n- russia\n", "nato", "7", "2021-10-18", "[]"])
def test_file_without_sections_is_refused(tmp_path, content):
    error = refusal(write(tmp_path, book=content))
    assert (error.file, error.line) == (tmp_path / "book.yaml", 1)
    assert "no sections" in str(error) and "terms, actors, events, facts, frames" in str(error)


def test_bytes_that_are_not_utf8_are_refused_with_their_line(tmp_path):
    file = tmp_path / "actors.yaml"
    file.write_bytes("terms:\n  office: [bureau, café]\n".encode("latin-1"))
    error = refusal(tmp_path)
    assert (error.file, error.line) == (file, 2)
    assert "UTF-8" in error.problem and "UTF-8" in error.remedy


def test_list_that_holds_itself_is_refused(tmp_path):
    error = refusal(write(tmp_path, book="terms:\n  a: &a [*a]\n"))
    assert error.file == tmp_path / "book.yaml"


def test_nesting_too_deep_to_read_is_refused(tmp_path):
    error = refusal(write(tmp_path, book="terms: " + "[" * 1000 + "]" * 1000))
    assert error.file == tmp_path / "book.yaml"


def test_id_in_two_files_is_refused_naming_both(tmp_path):
    write(tmp_path, a=GOOD, b=GOOD[GOOD.index("frames:"):])
    error = refusal(tmp_path)
    assert (error.file, error.line) == (tmp_path / "b.yaml", 2)
    assert f"{tmp_path / 'a.yaml'}, line {line_of(GOOD, 'frame_id: regret')}" in error.problem
    assert "id of its own" in error.remedy


def test_term_in_two_files_is_refused(tmp_path):
    error = refusal(write(tmp_path, a=GOOD, b="terms:\n  halt: stop\n  shut: close\n"))
    assert (error.file.name, error.line) == ("b.yaml", 3)


def test_good_codebook_loads(tmp_path):
    book = load_codebook(write(tmp_path, book=GOOD))
    assert book.terms == {"shut": ["close", "suspend"]}
    assert [actor.actor_id for actor in book.actors] == ["nato"]
    assert [(event.earliest, event.latest) for event in book.events] == [(date(2021, 10, 6), date(2021, 10, 7))]
    assert [(fact.fact_id, fact.importance, fact.disputes) for fact in book.facts] == [("F01", "vital", None), ("F02", "okay", "F01")]
    first = book.facts[0].wordings[0]
    assert first.filled() == {"who": ["<nato>"], "did": ["<shut>", Spun(spun=["fold"])]}
    assert (first.optional.filled(), first.forbidden, first.within) == ({"where": ["Moscow"]}, ["deny"], 2)
    assert book.facts[1].wordings[0].filled() == {"what": ["never closed"]}
    assert book.facts[1].wordings[0].within == 1
    assert list(book.codes())[-1][:2] == ("event", "closing")


def test_sections_may_stand_in_files_of_their_own(tmp_path):
    at = GOOD.index("events:")
    apart = load_codebook(write(tmp_path / "apart", z_actors=GOOD[:at], a_rest=GOOD[at:]))
    together = load_codebook(write(tmp_path / "together", book=GOOD))
    assert apart.model_dump() == together.model_dump()


@pytest.mark.parametrize("content", ["", "# only a comment\n", "facts: []\n", "terms: {}\n"])
def test_empty_file_is_an_empty_codebook(tmp_path, content):
    assert load_codebook(write(tmp_path, book=content)).model_dump() == Codebook().model_dump()


@pytest.mark.parametrize(("written", "read"), [
    ("[on, no, yes, off]", ["on", "no", "yes", "off"]),
    ("20:30", ["20:30"]),
    ("[on, no, 20:30]", ["on", "no", "20:30"]),
    ("[8, 30]", [8, 30]),
    ("'8'", ["8"]),
    ("[True, y, N]", ["True", "y", "N"]),
    ("2021-10-06", ["2021-10-06"]),
    ("[2021-10-06, Wednesday]", ["2021-10-06", "Wednesday"]),
    ("expel", ["expel"]),
    ("revoke … accreditation", ["revoke … accreditation"]),
    ("{spun: [quality officers, a]}", [Spun(spun=["quality officers", "a"])]),
    ("[007, 010, 08]", ["007", "010", "08"]),
    ("1_000", ["1_000"]),
    ("[1.5, 2.50]", [1.5, 2.5]),
    ("[1e3, .5, 1.5.2, .nan]", ["1e3", ".5", "1.5.2", ".nan"]),
    ("{verb: close}", [Part(verb=["close"])]),
    ("{noun: [lead, close], adjective: open}", [Part(noun=["lead", "close"], adjective=["open"])]),
    ("[{from: 20, to: 10}]", [Change.model_validate({"from": 20, "to": 10})]),
    ("0x1F", ["0x1F"]),
])
def test_alternatives_are_read_as_written(tmp_path, written, read):
    book = load_codebook(write(tmp_path, book=f"terms:\n  words: {written}\n"))
    assert book.terms["words"] == read
    assert [type(item) for item in book.terms["words"]] == [type(item) for item in read]


@pytest.mark.parametrize("slot", SLOTS)
def test_every_slot_may_stand_alone_and_be_optional(tmp_path, slot):
    book = load_codebook(write(tmp_path, book=changed("wordings: [never closed]", f"wordings: [{{{slot}: a, optional: {{{slot}: b}}}}]")))
    wording = book.facts[1].wordings[0]
    assert (wording.filled(), wording.optional.filled()) == ({slot: ["a"]}, {slot: ["b"]})


def test_key_that_yaml_reads_as_a_truth_value_is_a_word(tmp_path):
    assert load_codebook(write(tmp_path, book="terms:\n  on: [upon]\n  no: [none]\n")).terms == {"on": ["upon"], "no": ["none"]}


def test_a_codebook_survives_the_way_to_a_worker(tmp_path):
    book = load_codebook(write(tmp_path, book=GOOD))
    again = Codebook.model_validate_json(book.model_dump_json(by_alias=True, exclude_none=True))
    assert again.model_dump() == book.model_dump()


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80))
def test_any_text_loads_or_is_refused(tmp_path_factory, content):
    file = tmp_path_factory.mktemp("any") / "book.yaml"
    file.write_bytes(content.encode("utf-8", "surrogatepass"))
    try:
        load_codebook(file.parent)
    except InputError as error:
        assert error.file == file


@settings(max_examples=60, deadline=None)
@given(at=st.integers(0, len(GOOD) - 1), put=st.sampled_from(["", ":", "-", "'", "[", "{", "\n", "  ", "\t", "&a ", "*a", "!", "~", "<", "#", "%"]))
def test_any_slip_of_the_pen_loads_or_is_refused(tmp_path_factory, at, put):
    folder = write(tmp_path_factory.mktemp("slip"), book=GOOD[:at] + put + GOOD[at + 1:])
    try:
        load_codebook(folder)
    except InputError as error:
        assert error.file == folder / "book.yaml" and error.line is not None


# The published schema


def test_published_schema_is_the_one_in_force():
    assert (ROOT / "data" / "codebook.schema.json").read_text(encoding="utf-8") == schema()


def test_schema_knows_every_section_and_forbids_others():
    published = json.loads(schema())
    assert set(published["properties"]) == {"terms", "actors", "events", "facts", "frames"}
    assert published["additionalProperties"] is False
    assert set(published["$defs"]["Wording"]["properties"]) == {*SLOTS, "optional", "not", "within"}


def test_codebook_files_name_the_schema_for_editors():
    for file in ROOT.glob("data/*/codebook/*.yaml"):
        named = re.match(r"# yaml-language-server: \$schema=(\S+)", file.read_text(encoding="utf-8"))
        assert named and (file.parent / named[1]).resolve() == ROOT / "data" / "codebook.schema.json", file


# The codebook of the first story

FACT_IDS = [
    "F01", "F02", "F03", "F04", "F05", "F06", "F07", "F08", "F09", "F10", "F11", "F12", "F13", "F14", "F15", "F16",
    "F17", "F18", "F19", "F20", "F21", "F22", "F23", "F24", "F25", "F26", "F27", "F28", "F29", "F30", "F31", "F32",
]
VITAL = {"F01", "F02", "F03", "F04", "F05", "F06", "F07", "F08", "F10", "F11", "F14", "F15", "F16", "F19"}
FACT_KINDS = {
    "action": {"F01", "F02", "F03", "F04", "F08"}, "date": {"F05", "F09", "F13"}, "date+source": {"F06"}, "cause": {"F07"},
    "number": {"F10"}, "allegation": {"F11"}, "denial": {"F12"}, "claim": {"F14", "F18", "F20", "F30", "F31", "F32"},
    "arrangement": {"F15"}, "reaction": {"F16", "F17", "F19", "F28", "F29"},
    "context": {"F21", "F22", "F23", "F24", "F25", "F26", "F27"},
}
FRAME_IDS = [
    "russian-aggression", "threat-inflated", "nato-aggression", "nato-at-fault", "russia-at-fault", "mutual-blame",
    "retaliation", "espionage", "espionage-denied", "channels-cut", "dialogue-open", "dialogue-futile", "regret",
    "cold-war-low", "containment", "routine",
]


@pytest.fixture(scope="module")
def book():
    return load_codebook(ROOT / "data" / "russia-nato-2021" / "codebook")


def test_facts_are_the_agreed_ones(book):
    assert [fact.fact_id for fact in book.facts] == FACT_IDS
    assert {fact.fact_id for fact in book.facts if fact.importance == "vital"} == VITAL
    assert {kind: {fact.fact_id for fact in book.facts if fact.kind == kind} for kind in FACT_KINDS} == FACT_KINDS
    assert len({fact.statement for fact in book.facts}) == 32
    for fact in book.facts:
        assert fact.statement[0].isupper() and fact.statement.endswith("."), fact.fact_id


def test_frames_are_the_agreed_ones(book):
    assert [frame.frame_id for frame in book.frames] == FRAME_IDS


def test_events_are_many_and_possible(book):
    assert len(book.events) >= 24
    for event in book.events:
        assert event.earliest <= event.latest, event.event_id


def test_actors_are_many_and_their_names_are_their_aliases(book):
    assert len(book.actors) >= 20
    assert len({actor.name for actor in book.actors}) == len(book.actors)


def test_no_name_means_two_actors(book):
    owners: dict[str, set[str]] = {}
    for actor in book.actors:
        for alias in actor.as_config()["aliases"]:
            owners.setdefault(alias, set()).add(actor.actor_id)
    assert {alias: ids for alias, ids in owners.items() if len(ids) > 1} == {}


@pytest.mark.parametrize("section", ["actors", "events", "facts", "frames"])
def test_every_entry_has_a_definition_and_a_rule(book, section):
    for entry in getattr(book, section):
        assert entry.definition.strip().endswith("."), entry
        assert entry.coding_rule.strip().endswith("."), entry
        assert entry.definition != entry.coding_rule


def test_every_term_and_actor_serves(book):
    text = "\n".join(file.read_text(encoding="utf-8") for file in (ROOT / "data/russia-nato-2021/codebook").glob("*.yaml"))
    assert [name for name in book.terms if f"<{name}>" not in text] == []
