"""The lemmas that a form may have, by the rewrite rules of ``languages/<l>/inflection.tsv``.

There is no lemmatiser: the rules lead from a form to possible lemmas, and a lemma counts only where
a table of predicates or of reporting words has it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from itertools import chain, product
from typing import Literal, NamedTuple

from menurut.tables import table

Pos = Literal["V", "N"]

_BOTH: tuple[Pos, ...] = ("V", "N")
_ANY = "*"
"""The part of speech of rules for what may hang from any word."""
_WHOLE = "="
"""The suffix of a rule that is one whole form."""
_CACHED_FORMS = 65_536


class Analysis(NamedTuple):
    """A possible lemma of a form. ``voice``: what the form says of it (``passive``...)."""

    lemma: str
    voice: str


class Rule(NamedTuple):
    """A row of ``inflection.tsv``: prefix + stem + suffix becomes to_prefix + stem + to_suffix."""

    pos: str
    prefix: str
    suffix: str
    to_prefix: str
    to_suffix: str
    voice: str

    def apply(self, form: str) -> str | None:
        """The form rewritten, or None where the rule does not fit."""
        if self.suffix == _WHOLE:
            return self.to_prefix if form == self.prefix else None
        stem = len(form) - len(self.prefix) - len(self.suffix)
        if stem < 2 or not form.startswith(self.prefix) or not form.endswith(self.suffix):
            return None
        return self.to_prefix + form[len(self.prefix) : len(self.prefix) + stem] + self.to_suffix


class Rules:
    """The rules of one part of speech, so kept that only those are tried which may fit a form:
    by the whole form, or by the first letter of the prefix and the last of the suffix."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._whole: dict[str, list[Rule]] = defaultdict(list)
        self._affixes: dict[tuple[str, str], list[Rule]] = defaultdict(list)
        for rule in rules:
            if rule.suffix == _WHOLE:
                self._whole[rule.prefix].append(rule)
            else:
                self._affixes[rule.prefix[:1], rule.suffix[-1:]].append(rule)

    def rewritten(self, form: str) -> Iterator[Analysis]:
        """What the rules make of a form, in no order; it may say a lemma twice."""
        first, last = form[:1], form[-1:]
        tried = [self._whole.get(form, ())]
        tried += [self._affixes.get(ends, ()) for ends in product(("", first), ("", last))]
        for rule in chain.from_iterable(tried):
            if lemma := rule.apply(form):
                yield Analysis(lemma, rule.voice)


def candidates(form: str, language: str) -> frozenset[str]:
    """The lemmas that a form may have, as a verb or a noun, itself among them."""
    return lemmas(form.lower(), language)


@lru_cache(_CACHED_FORMS)
def lemmas(form: str, language: str) -> frozenset[str]:
    """``candidates`` of a form that is lower-cased already."""
    return frozenset(a.lemma for pos in _BOTH for a in analyses(form, language, pos))


@lru_cache(_CACHED_FORMS)
def analyses(form: str, language: str, pos: Pos) -> frozenset[Analysis]:
    """The lemmas that a lower-cased form may have as one part of speech, with its voice."""
    found = set()
    rules = _rules_for(language, pos)
    for base in _bases(form, language):
        found.add(Analysis(base, ""))
        found.update(rules.rewritten(base))
    return frozenset(found)


def _bases(form: str, language: str) -> set[str]:
    """The form, and the form without its clitics and its reduplication."""
    bases = {form, *(found.lemma for found in _rules_for(language, _ANY).rewritten(form))}
    for base in tuple(bases):
        first, hyphen, second = base.partition("-")
        if hyphen and first and first.endswith(second):
            bases.add(first)
        elif hyphen and second.startswith(first):
            bases.add(second)
    return bases


@cache
def _rules(language: str) -> tuple[Rule, ...]:
    return tuple(
        Rule(r["pos"], r["prefix"], r["suffix"], r["to_prefix"], r["to_suffix"], r["voice"])
        for r in table(f"languages/{language}/inflection.tsv")
    )


@cache
def _rules_for(language: str, pos: str) -> Rules:
    return Rules(rule for rule in _rules(language) if rule.pos == pos)


@cache
def markers(language: str, voice: Literal["agent", "part", "object"]) -> frozenset[str]:
    """The prepositions of a passive's agent (``by``), of a part's whole (``of``), or of what the
    object does (``accused him of lying``)."""
    return frozenset(rule.to_prefix for rule in _rules(language) if rule.voice == voice)
