"""The goods, services and conduct that a text speaks of (``languages/<l>/goods.tsv``)."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache
from typing import NamedTuple

from menurut.obligations.phrases import Finder, Phrase, phrases, tokens
from menurut.tables import language_table, table


class Good(NamedTuple):
    """A row of a language's table. ``unless``: phrases in which its words mean something else."""

    name: str
    title: str
    words: tuple[Phrase, ...]
    unless: tuple[Phrase, ...]


class Found(NamedTuple):
    """What a text speaks of: where, as a range of its words, and in which words."""

    name: str
    at: range
    words: str


@cache
def goods_of(language: str) -> tuple[Good, ...]:
    """The rows of a language; none where it has no such table."""
    return tuple(
        Good(
            row["goods"],
            row["title"],
            phrases(row["words"], language),
            phrases(row["not"], language),
        )
        for row in language_table(language, "goods")
    )


@lru_cache(2048)
def goods_in(text: str, language: str) -> tuple[Found, ...]:
    """All that a text speaks of; of *iron ore* the iron, not the ore."""
    said = tokens(text, language)
    words, unless = _finders(language)
    covered = {(name, word) for name, place in unless.find(said) for word in place}
    found = [
        Found(name, place, " ".join(said[word].word for word in place))
        for name, place in words.find(said)
        if not any((name, word) in covered for word in place)
    ]
    return tuple(one for one in found if not any(_narrows(other, one) for other in found))


@cache
def _finders(language: str) -> tuple[Finder[str], Finder[str]]:
    """Finds the words of all goods, and the phrases in which they mean something else."""
    goods = goods_of(language)
    return (
        Finder((good.name, one) for good in goods for one in good.words),
        Finder((good.name, one) for good in goods for one in good.unless),
    )


def _narrows(one: Found, other: Found) -> bool:
    """Whether one stretch names a kind of what another stretch in it names."""
    inside = one.at.start <= other.at.start and other.at.stop <= one.at.stop
    return inside and one.name != other.name and other.name in wider()[one.name]


@cache
def wider() -> dict[str, frozenset[str]]:
    """For each of the goods those that it is a kind of, itself among them."""
    parents = {row["goods"]: _parted(row["within"]) for row in table("world/goods.tsv")}

    def above(name: str) -> frozenset[str]:
        return frozenset({name}).union(*(above(parent) for parent in parents[name]))

    return {name: above(name) for name in parents}


@cache
def made_somewhere() -> frozenset[str]:
    """The goods that have an origin: not people, nor what is done."""
    return frozenset(row["goods"] for row in table("world/goods.tsv") if row["made"])


@cache
def carriers() -> frozenset[str]:
    """The goods that others travel on."""
    return frozenset(row["goods"] for row in table("world/goods.tsv") if row["carries"])


def is_kind_of(name: str, wanted: Iterable[str]) -> bool:
    """Whether goods are of one of the kinds wanted."""
    return not wider()[name].isdisjoint(wanted)


def may_be(name: str, wanted: Iterable[str]) -> bool:
    """Whether goods that are told of in general may be of one of the kinds wanted."""
    return any(name in wider()[one] for one in wanted)


def title_of(name: str, language: str) -> str:
    """What goods are called in a language; their name in the tables where it has no word."""
    return next((g.title for g in goods_of(language) if g.name == name), name)


def _parted(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split("|") if part)
