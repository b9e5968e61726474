"""How phrases for actors are built in a language: ``data/languages/<bcp47>/actors.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from functools import cache
from typing import Any

from menurut.tables import data_file


@dataclass(frozen=True, slots=True)
class Grammar:
    """The side of bare modifiers, and the small words that build a phrase or end it."""

    modifiers: str = "left"
    home: str = ""
    affiliation: frozenset[str] = frozenset()
    completing: frozenset[str] = frozenset()
    counterpart: frozenset[str] = frozenset()
    genitives: frozenset[str] = frozenset()
    place_cases: frozenset[str] = frozenset()
    path_cases: frozenset[str] = frozenset()
    path_nouns: frozenset[str] = frozenset()
    directions: frozenset[str] = frozenset()
    place_nouns: frozenset[str] = frozenset()
    accredited: frozenset[str] = frozenset()
    travellers: frozenset[str] = frozenset()
    foreign: frozenset[str] = frozenset()
    local: frozenset[str] = frozenset()
    leaning: frozenset[str] = frozenset()
    definite: frozenset[str] = frozenset()
    indefinite: frozenset[str] = frozenset()
    articles: frozenset[str] = frozenset()
    state_nouns: frozenset[str] = frozenset()
    quantifiers: frozenset[str] = frozenset()
    plurals: frozenset[str] = frozenset()
    deputies: frozenset[str] = frozenset()
    former: frozenset[str] = frozenset()
    honorifics: frozenset[str] = frozenset()
    calling: frozenset[str] = frozenset()
    definite_hosts: frozenset[str] = frozenset()
    particles: frozenset[str] = frozenset()
    stops: frozenset[str] = frozenset()
    conjunctions: frozenset[str] = frozenset()


@cache
def grammar(language: str) -> Grammar:
    """The grammar of a language; an empty one where it has no table."""
    file = data_file(f"languages/{language}/actors.toml")
    if not file.is_file():
        return Grammar()
    values = tomllib.loads(file.read_text("utf-8"))
    known = {f.name for f in fields(Grammar)}
    if unknown := values.keys() - known:
        raise ValueError(f"languages/{language}/actors.toml: unknown keys {sorted(unknown)}")
    cells: dict[str, Any] = {
        k: frozenset(v) if isinstance(v, list) else v for k, v in values.items()
    }
    return Grammar(**cells)
