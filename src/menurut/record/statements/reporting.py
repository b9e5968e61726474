"""Cues of reporting: what kind of statement they make, by ``languages/<l>/reporting.tsv``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple, cast

from menurut.contract import StatementKind
from menurut.record.lemmas import candidates
from menurut.tables import language_table, word_list

_BEFORE = 2  # how many words before a hint a negation turns it off


@dataclass(frozen=True, slots=True)
class Cue:
    """A row of the table. ``form``: how the source stands to it (subj, obl, poss, after, none)."""

    words: tuple[str, ...]
    pos: str
    kind: StatementKind
    form: str
    basis: str


@cache
def _cues(language: str) -> dict[str, tuple[Cue, ...]]:
    """The rows by their first word, longer phrases first."""
    found: dict[str, list[Cue]] = {}
    for row in language_table(language, "reporting"):
        words = tuple(row["cue"].lower().split())
        kind = cast(StatementKind, row["kind"])
        cue = Cue(
            words,
            row["pos"],
            kind,
            row["form"],
            f"languages/{language}/reporting.tsv: {row['cue']}",
        )
        found.setdefault(words[0], []).append(cue)
    return {word: tuple(sorted(rows, key=lambda c: -len(c.words))) for word, rows in found.items()}


def find_cue(forms: Sequence[str], language: str) -> Cue | None:
    """The longest row that stands in a cue's lower-cased words; of equals the first."""
    return _find_cue(tuple(forms), language)


@lru_cache(maxsize=65_536)
def _find_cue(forms: tuple[str, ...], language: str) -> Cue | None:
    cues = _cues(language)
    best: Cue | None = None
    lemmas = [{form, *candidates(form, language)} for form in forms]
    for at, here in enumerate(lemmas):
        for lemma in sorted(here):
            for cue in cues.get(lemma, ()):
                if (best is None or len(cue.words) > len(best.words)) and _fits(cue, lemmas[at:]):
                    best = cue
    return best


def _fits(cue: Cue, lemmas: Sequence[set[str]]) -> bool:
    """Whether the row's words stand in this order, others between them allowed."""
    at = 0
    for word in cue.words:
        while at < len(lemmas) and word not in lemmas[at]:
            at += 1
        if at == len(lemmas):
            return False
        at += 1
    return True


def phrase_length(forms: Sequence[str], language: str) -> int:
    """How many of the words, from the first on, a row of several words takes; 0 if none fits.

    ``menyatakan kekhawatiran`` takes two words where only the verb was seen.
    """
    lemmas = [{form, *candidates(form, language)} for form in forms]
    rows = (cue for lemma in lemmas[0] for cue in _cues(language).get(lemma, ()))
    fitting = (
        len(cue.words)
        for cue in rows
        if 1 < len(cue.words) <= len(lemmas)
        and all(word in seen for word, seen in zip(cue.words, lemmas, strict=False))
    )
    return max(fitting, default=0)


class Hint(NamedTuple):
    """A row of ``kind_hints.tsv``. ``padded``: its phrase in small letters between blanks."""

    padded: str
    kind: StatementKind
    basis: str


@cache
def _hints(language: str) -> tuple[Hint, ...]:
    rows = (
        Hint(
            f" {row['phrase'].lower()} ",
            cast(StatementKind, row["kind"]),
            f"languages/{language}/kind_hints.tsv: {row['phrase']}",
        )
        for row in language_table(language, "kind_hints")
    )
    return tuple(sorted(rows, key=lambda row: -len(row.padded)))


def find_hint(words: Sequence[str], language: str) -> Hint | None:
    """The row that gives a kind to a neutral cue by the content's words; the longest wins.

    A phrase that a negation stands before counts for nothing (``tidak usah khawatir``).
    """
    text = f" {' '.join(words)} "
    return next((h for h in _hints(language) if _says(h.padded, text, language)), None)


def _says(padded: str, text: str, language: str) -> bool:
    negations = word_list(language, "negations")
    at = text.find(padded)
    while at >= 0:
        before = text[:at].split()[-_BEFORE:]
        if negations.isdisjoint(before):
            return True
        at = text.find(padded, at + 1)
    return False
