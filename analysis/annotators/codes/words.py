"""What a word of a text may stand for: itself, its dictionary forms, the verb whose deed it names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from spacy.language import Language

from ..deed_nouns import deed_nouns

# Prefixes that one house writes with a hyphen and another without.
PREFIX = re.compile(r"(anti|co|counter|cyber|de|e|inter|mid|multi|non|over|post|pre|re|semi|sub|under)(-?)(?=[a-z]{3})",
                    re.IGNORECASE)
_SPELLINGS = (("ise", "ize"), ("isation", "ization"), ("yse", "yze"), ("our", "or"), ("tre", "ter"), ("ence", "ense"))
_INITIALS = re.compile(r"(?:[A-Z]\.){2,}")
_SHORTEST = 6  # of words with two spellings: not "four", "prise"


class Forms(NamedTuple):
    """The ids of a word's forms, and the verbs (of one word or more) whose deeds it names."""

    plain: frozenset[int]
    deeds: tuple[tuple[int, ...], ...]

    @property
    def firsts(self) -> frozenset[int]:
        """Return the first words of all that the word may stand for."""
        return self.plain.union(deed[0] for deed in self.deeds)


class _Tables(NamedTuple):
    """What spaCy's lemmatizer knows of verbs, or of nouns: dictionary forms, exceptions, replacements of endings."""

    index: frozenset[str]
    exceptions: dict[str, list[str]]
    rules: list[list[str]]


class Words:
    """Looks up the forms of words, each once.

    A word counts whatever the tagger took it for: it errs where wordings matter, in headlines ("SUSPENDS TALKS") and in
    participles ("the closed office").
    """

    def __init__(self, nlp: Language):
        self.strings = nlp.vocab.strings
        self.tables = _tables(nlp)
        self.known: dict[tuple[int, int], Forms] = {}

    def forms(self, norm: int, lemma: int) -> Forms:
        """Return the forms of a word, by the ids of its norm and of the lemma that the model gave it."""
        if (norm, lemma) not in self.known:
            word, tagged = self.strings[norm], self.strings[lemma].lower()
            nouns = {word, tagged}
            bases = {word, tagged}
            if (word, tagged) != ("us", "we") and (initials := undotted(word.upper())):
                bases.add(initials)
            if word == "never":
                bases.add("not")
            if self.tables:
                nouns |= _bases(word, self.tables["noun"])
                bases |= nouns | _bases(word, self.tables["verb"])
                if bases == {word, tagged} and (prefix := PREFIX.match(word)):  # reentered, which no table has
                    bases |= {prefix[0] + base for base in _bases(word[prefix.end() :], self.tables["verb"])}
                bases |= {other for base in bases for other in _other_spellings(base)}
            lexicon = deed_nouns()
            deeds = (lexicon[noun].verb.split() for noun in sorted(nouns) if noun in lexicon)
            self.known[norm, lemma] = Forms(frozenset(self._ids(bases)),
                                            tuple(tuple(self._ids(deed)) for deed in deeds))
        return self.known[norm, lemma]

    def _ids(self, words: Iterable[str]) -> Iterator[int]:
        return (self.strings.add(word) for word in words if word)


@lru_cache(maxsize=1)  # codebooks come and go, the model stays
def words_of(nlp: Language) -> Words:
    """Return the words that a model knows."""
    return Words(nlp)


def _tables(nlp: Language) -> dict[str, _Tables]:
    """Return the tables of an English model; those of other languages are other ones, and most have none."""
    if nlp.lang != "en" or not nlp.has_pipe("lemmatizer"):
        return {}
    lookups = nlp.get_pipe("lemmatizer").lookups
    index, exceptions, rules = (lookups.get_table(f"lemma_{name}") for name in ("index", "exc", "rules"))
    return {sort: _Tables(frozenset(index[sort]), exceptions[sort], rules[sort]) for sort in ("verb", "noun")}


def _bases(word: str, tables: _Tables) -> set[str]:
    """Return the dictionary forms of a word as a verb or as a noun."""
    found = set(tables.exceptions.get(word, ()))
    found.update(base for old, new in tables.rules
                 if word.endswith(old) and (base := word[: len(word) - len(old)] + new) in tables.index)
    return found


def _other_spellings(base: str) -> Iterator[str]:
    """Yield the American spelling of a British word, or the other way round; what is no word stands in no codebook."""
    if len(base) >= _SHORTEST:
        for pair in _SPELLINGS:
            for old, new in (pair, pair[::-1]):
                if base.endswith(old):
                    yield base.removesuffix(old) + new


def undotted(word: str) -> str | None:
    """Return how initials are looked up, with dots or without; the country is kept apart from the pronoun.

    Examples
    --------
    >>> undotted("U.N."), undotted("US"), undotted("U.S."), undotted("UN"), undotted("a.m.")
    ('un', 'u.s.', 'u.s.', None, None)
    """
    if word in ("US", "U.S."):
        return "u.s."
    return word.replace(".", "").lower() if _INITIALS.fullmatch(word) else None
