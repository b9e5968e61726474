"""The rules of a language, read from ``languages/<language>/times.toml`` and compiled once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from menurut.record.times.patterns import BLANK, FIGURES, Pattern, Vocabulary, compile_pattern
from menurut.tables import data_file, languages


@dataclass(frozen=True, slots=True)
class Rule:
    """How one kind of expression is worded and how it is read.

    ``read`` names a reader of ``readings.READERS``, or ``nothing``: the words are no time, and
    keep other rules off. ``fields``: what the reader is told beside the words. ``examples``:
    sentences with the expressions in square brackets, and what they must give.
    """

    name: str
    basis: str
    read: str
    patterns: tuple[Pattern, ...]
    fields: Mapping[str, Any]
    examples: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Tense:
    """What tells past from future: -1 or 1 by word; verbs (``verb`` matches them) are past where
    no such word stands before them, save after a word of ``purpose`` (*to meet*)."""

    words: Mapping[str, int]
    verb: re.Pattern[str]
    no_verbs: frozenset[str]
    purpose: frozenset[str]

    def is_verb(self, word: str) -> bool:
        return word not in self.no_verbs and self.verb.fullmatch(word) is not None


@dataclass(frozen=True, slots=True)
class Grammar:
    """All that is known of one language's time expressions."""

    language: str
    reference: str
    rules: tuple[Rule, ...]
    index: Mapping[str, tuple[tuple[Rule, Pattern], ...]]
    modifiers: Mapping[str, str]
    modifier: re.Pattern[str]
    joins: re.Pattern[str]
    list_words: re.Pattern[str]
    ranges: re.Pattern[str]
    since: re.Pattern[str]
    since_then: re.Pattern[str]
    until: re.Pattern[str]
    tense: Tense
    classes: Mapping[str, Vocabulary] = field(repr=False)


@cache
def grammar(language: str) -> Grammar | None:
    """The grammar of a language (a BCP 47 tag; its first part counts); None: no rules for it."""
    folder = language.lower().split("-")[0]
    name = f"languages/{folder}/times.toml"
    if folder not in languages() or not data_file(name).is_file():
        return None
    data = tomllib.loads(data_file(name).read_text("utf-8"))
    classes = _classes(data)
    rules = tuple(_rule(row, name, classes) for row in data["rule"])
    modifiers = {w: mod for mod, words in data["modifier"].items() for w in words}
    return Grammar(
        language=folder,
        reference=data["reference"],
        rules=rules,
        index=_index(rules),
        modifiers=modifiers,
        modifier=re.compile(rf"\b({_choice(modifiers)})(?:{BLANK}|-)\Z", re.IGNORECASE),
        joins=_between(data["between"]["joins"]),
        list_words=_between(data["between"]["lists"]),
        ranges=re.compile(
            rf"{BLANK}?[-–]{BLANK}?|{BLANK}(?:{_choice(data['bounds']['to'])}){BLANK}",
            re.IGNORECASE,
        ),
        since=_before(data["bounds"]["since"]),
        since_then=re.compile(rf"(?:{_choice(data['bounds']['since'])})\b", re.IGNORECASE),
        until=_before(data["bounds"]["until"]),
        tense=_tense(data["tense"]),
        classes=classes,
    )


@cache
def all_grammars() -> tuple[Grammar, ...]:
    """The grammars of all languages that have rules."""
    return tuple(g for language in sorted(languages()) if (g := grammar(language)))


def _tense(row: Mapping[str, Any]) -> Tense:
    return Tense(
        words=dict.fromkeys(row["future"], 1) | dict.fromkeys(row["past"], -1),
        verb=re.compile(row["verb"]),
        no_verbs=frozenset(row["no_verbs"]),
        purpose=frozenset(row["purpose"]),
    )


def _classes(data: Mapping[str, Any]) -> dict[str, Vocabulary]:
    """The vocabulary classes. ``like``: start from the words of those classes;
    ``numerals = true``: the language's number words count as members."""
    found: dict[str, Vocabulary] = {}
    for name, row in data["class"].items():
        words = {w: m for base in row.get("like", ()) for w, m in found[base].words.items()}
        found[name] = Vocabulary(
            words=words | row.get("words", {}),
            figures=row.get("figures", ""),
            low=row.get("low", 0),
            high=row.get("high", 10**9),
            numerals=data["numerals"] if row.get("numerals") else {},
            decimal=data["decimal"],
        )
    return found


def _rule(row: Mapping[str, Any], file: str, classes: Mapping[str, Vocabulary]) -> Rule:
    return Rule(
        name=row["name"],
        basis=f"{file}: {row['name']}",
        read=row["read"],
        patterns=tuple(compile_pattern(pattern, classes) for pattern in row["patterns"]),
        fields=row.get("with", {}),
        examples=row.get("examples", {}),
    )


def _index(rules: Iterable[Rule]) -> dict[str, tuple[tuple[Rule, Pattern], ...]]:
    """The rules and patterns by the first word that they may begin with."""
    index: dict[str, list[tuple[Rule, Pattern]]] = {FIGURES: []}
    for rule in rules:
        for pattern in rule.patterns:
            for first in pattern.firsts:
                index.setdefault(first, []).append((rule, pattern))
    return {first: tuple(rows) for first, rows in index.items()}


def _choice(words: Iterable[str]) -> str:
    longest_first = sorted(words, key=len, reverse=True)
    return "|".join(BLANK.join(map(re.escape, w.split())) for w in longest_first)


def _before(words: Iterable[str]) -> re.Pattern[str]:
    """One of some words, at the end of what stands before an expression."""
    return re.compile(rf"\b(?:{_choice(words)}){BLANK}\Z", re.IGNORECASE)


def _between(words: Iterable[str]) -> re.Pattern[str]:
    """What may stand between two expressions: one of some words, or a comma, or blanks."""
    return re.compile(rf"{BLANK}|,{BLANK}|,?{BLANK}(?:{_choice(words)}){BLANK}", re.IGNORECASE)
