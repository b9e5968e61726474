"""How a language tells of votes: ``languages/<l>/votes.toml``."""

from __future__ import annotations

import tomllib
from functools import cache
from typing import Literal

import msgspec

from menurut.tables import data_file, languages

Side = Literal["ayes", "noes", "abstentions", "veto"]


class Cues(msgspec.Struct, frozen=True):
    """The phrases that name a side. ``counted``: those of them that do so behind a number alone;
    ``owned``: those whose owner stands right behind them (*veto Rusia*)."""

    counted: frozenset[str]
    owned: frozenset[str]
    ayes: tuple[str, ...]
    noes: tuple[str, ...]
    abstentions: tuple[str, ...]
    veto: tuple[str, ...]


class Sure(msgspec.Struct, frozen=True, rename={"unless": "not"}):
    """Phrases that make a sentence one about a vote, and phrases that only look so."""

    words: tuple[str, ...]
    unless: tuple[str, ...]


class Outcomes(msgspec.Struct, frozen=True):
    """Phrases that say what came of it."""

    adopted: tuple[str, ...]
    rejected: tuple[str, ...]


class Passive(msgspec.Struct, frozen=True):
    """Words behind a cue that lead to who did it."""

    by: frozenset[str]


class Example(msgspec.Struct, frozen=True):
    """A text and the votes that must be found in it."""

    text: str
    votes: tuple[str, ...]


class Grammar(msgspec.Struct, frozen=True):
    """All that is known of one language's votes. ``out_of``: words between how many and of how
    many; ``unanimous``: phrases for nobody against; ``elsewhere``: words of votes in bodies of no
    states."""

    fillers: frozenset[str]
    together: frozenset[str]
    apart: frozenset[str]
    open_bracket: frozenset[str]
    close_bracket: frozenset[str]
    unreal: frozenset[str]
    negated: frozenset[str]
    out_of: frozenset[str]
    unanimous: tuple[str, ...]
    elsewhere: tuple[str, ...]
    draft: tuple[str, ...]
    renewal: frozenset[str]
    tally: tuple[str, ...]
    cues: Cues
    sure: Sure
    outcome: Outcomes
    passive: Passive
    example: tuple[Example, ...]


@cache
def grammar(language: str) -> Grammar | None:
    """The grammar of a language (a BCP 47 tag; its first part counts); None: it has none."""
    folder = language.lower().split("-")[0]
    name = f"languages/{folder}/votes.toml"
    if folder not in languages() or not data_file(name).is_file():
        return None
    return msgspec.convert(tomllib.loads(data_file(name).read_text("utf-8")), Grammar)
