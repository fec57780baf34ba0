"""Who is quoted: the content, cue, source and speaker of every quotation, direct or indirect.

marks          stretches in quotation marks
page           those stretches with their tokens and paragraphs
clauses        reports in the grammar: "said that", "according to", "his claim that"
verbs          what a reporting verb reports
afterthoughts  what the outlet adds to it
sources        subjects and other words that name who says it
joining        which cue and source a quoted stretch belongs to
headlines      a name and a colon for a cue
beside         the cue next to a stretch, where the grammar does not join them
continuing     stretches without a cue
speakers       the actor a source resolves to
lexicon        the words that report speech
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc

from .. import news, write
from .clauses import Report, possible_cues, reports
from .joining import join
from .page import Found, Page
from .sources import source_range
from .speakers import Resolved, Speakers


@dataclass(frozen=True, slots=True)
class Quotation:
    """One quotation's content, or one part of it: parts of a split one share their `quotation_id`.

    `start` and `end` leave out the outer quotation marks of direct speech and the "that" of indirect speech.
    Of several who say it together ("Chile and Peru blamed each other") the source holds all and `speaker` is the first
    one named, so that no word is counted twice in shares of voice.
    """

    start: int
    end: int
    quotation_id: str
    kind: str
    cue_start: int | None
    cue_end: int | None
    source_start: int | None
    source_end: int | None
    speaker: str | None
    speaker_basis: str

    @property
    def label(self) -> str:
        return self.kind


class Quotations:
    """The component: writes the records as `doc._.quotations`; without a parse, only what stands in marks."""

    def __init__(self, actors: list[dict]):
        self.actors = actors

    def __call__(self, doc: Doc) -> Doc:
        page = Page(doc)
        found_reports: list[Report] = []
        if doc.has_annotation("DEP"):
            cues = possible_cues(doc)
            for sentence in news(doc) if doc._.paragraphs else doc.sents:
                own = cues[bisect_left(cues, sentence.start) : bisect_left(cues, sentence.end)]
                found_reports += reports(sentence, own, page.quoted)
        found = join(page, found_reports)
        speakers = Speakers(doc, self.actors, page.quoted)
        return write(doc, "quotations", _records(page, found, speakers))


def _records(page: Page, found: list[Found], speakers: Speakers) -> list[Quotation]:
    records: dict[tuple[int, int], Quotation] = {}
    found.sort(key=lambda f: f.parts[0])
    names: dict[int, str] = {}
    for f in found:
        names.setdefault(id(f.first), f"q{len(names) + 1}")
        said, head, basis = _origin(f)
        cue = page.chars(said.cue) if said and basis != "continued" else (None, None)
        words = said.source if said else source_range(head)
        source = page.chars(words) if words else (None, None)
        resolved = speakers.resolve(head)
        if basis == "continued" and resolved.speaker is not None:
            resolved = Resolved(resolved.speaker, "continued")
        name = resolved.speaker.name if resolved.speaker else None
        for start, end in (page.stripped(*part) for part in f.parts):
            if start < end:
                records.setdefault((start, end), Quotation(
                    start, end, names[id(f.first)], f.kind, *cue, *source, name,
                    resolved.basis if name else "unknown"))
    return sorted(records.values(), key=lambda q: (q.start, q.end))


def _origin(f: Found):
    """The report behind a quotation, its source's head word, and `continued` where it is not its own."""
    basis = None
    f = f.first
    while f.report is None:
        if not isinstance(f.continues, Found):
            return None, f.continues, "continued"
        basis = "continued"
        f = f.continues.first
    return f.report, f.report.head, basis


@Language.factory("tellings_quotations", default_config={"actors": []})
def make_quotations(nlp: Language, name: str, actors: list[dict]) -> Quotations:
    """Make the component that writes `doc._.quotations`.

    Parameters
    ----------
    actors : the codebook's, as dicts with actor_id, name, kind (person, body, country …) and pronoun.

    Examples
    --------
    >>> from analysis.pipeline import load_model
    >>> nlp = load_model()
    >>> quotations = nlp.add_pipe("tellings_quotations")
    >>> doc = nlp("The mayor was calm. “We will rebuild,” Anna Berg said.")
    >>> [(doc.text[q.start:q.end], q.kind, q.speaker) for q in doc._.quotations]
    [('We will rebuild,', 'direct', 'Anna Berg')]
    """
    return Quotations(actors)
