"""Which way goods go and where they were made, by the words of a telling.

The record names the parties of a deed. Who gets the goods of a purchase, and what was *made in*
a country, only the words say (``languages/<l>/dealings.tsv``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from menurut.obligations.goods import Found, goods_in, made_somewhere
from menurut.obligations.phrases import Phrase, Token, all_places, phrase, phrases, tokens
from menurut.reports.prints import words
from menurut.tables import language_table

_LAND, _ADJECTIVE, _GOODS = "{land}", "{adjective}", "{goods}"


class Land(NamedTuple):
    """A country in a text, as a range of its words. ``adjective``: an adjective names it."""

    code: str
    at: range
    adjective: bool


class Made(NamedTuple):
    """That goods were made in a country; ``goods``: which, None where the words do not tie it."""

    land: str
    goods: str | None


class Wording(NamedTuple):
    """What the words of a telling say: countries that goods go to, or come from, and whether the
    doer gets them; ``made``: where which goods were made."""

    to: frozenset[str]
    source: frozenset[str]
    acquires: bool
    made: frozenset[Made]


@cache
def _names(language: str) -> dict[str, tuple[tuple[tuple[str, ...], str, bool], ...]]:
    """The forms of the countries by their first word, the longest first."""
    forms: dict[str, list[tuple[tuple[str, ...], str, bool]]] = {}
    for row in language_table(language, "countries"):
        for column in ("names", "capitals", "adjectives"):
            for form in filter(None, row[column].split("|")):
                parts = tuple(words(form))
                forms.setdefault(parts[0], []).append((parts, row["code"], column == "adjectives"))
    return {first: tuple(sorted(all_, key=lambda f: -len(f[0]))) for first, all_ in forms.items()}


def lands_in(text: str, language: str) -> list[Land]:
    """The countries that a text names, also by their capitals or an adjective."""
    said = [token.word for token in tokens(text, language)]
    names, found, at = _names(language), list[Land](), 0
    while at < len(said):
        for parts, code, adjective in names.get(said[at], ()):
            if tuple(said[at : at + len(parts)]) == parts:
                found.append(Land(code, range(at, at + len(parts)), adjective))
                at += len(parts) - 1
                break
        at += 1
    return found


def wording(text: str, language: str) -> Wording:
    """What a text says of the way that goods take."""
    said, lands = tokens(text, language), lands_in(text, language)
    rows = language_table(language, "dealings")
    origins = [row["form"] for row in rows if row["kind"] == "origin"]
    goods = [found for found in goods_in(text, language) if found.name in made_somewhere()]
    return Wording(
        to=_behind(lands, said, _forms(language, "to")),
        source=_behind(lands, said, _forms(language, "from")),
        acquires=bool(all_places(_forms(language, "acquire"), said)),
        made=frozenset(c for f in origins for c in _made(f, language, said, lands, goods)),
    )


@cache
def _forms(language: str, kind: str) -> tuple[Phrase, ...]:
    rows = [row for row in language_table(language, "dealings") if row["kind"] == kind]
    exact = "" if kind == "acquire" else "="
    return tuple(p for row in rows for p in phrases(exact + row["form"], language))


def _behind(
    lands: Sequence[Land], said: Sequence[Token], forms: Sequence[Phrase]
) -> frozenset[str]:
    """The countries, named by no adjective, that stand right behind one of some words."""
    ends = {place.stop for place in all_places(forms, said)}
    return frozenset(land.code for land in lands if not land.adjective and land.at.start in ends)


def _made(
    form: str, language: str, said: Sequence[Token], lands: Sequence[Land], goods: Sequence[Found]
) -> Iterator[Made]:
    """What a form of origin says was made where; its parts stand next to one another."""
    parts = form.split()
    for land in lands:
        named = _ADJECTIVE if land.adjective else _LAND
        if named not in parts:
            continue
        at = parts.index(named)
        start = _ending(parts[:at], language, said, goods, land.at.start)
        stop = _beginning(parts[at + 1 :], language, said, goods, land.at.stop)
        if start is None or stop is None:
            continue
        if _GOODS not in parts:
            yield Made(land.code, None)
        for found in goods:
            if _GOODS in parts and start <= found.at.start and found.at.stop <= stop:
                yield Made(land.code, found.name)


def _ending(
    parts: Sequence[str], language: str, said: Sequence[Token], goods: Sequence[Found], end: int
) -> int | None:
    """Where the parts of a form begin that stand right in front of a word."""
    for part in reversed(parts):
        starts = [p.start for p in _part(part, language, said, goods) if p.stop == end]
        if not starts:
            return None
        end = min(starts)
    return end


def _beginning(
    parts: Sequence[str], language: str, said: Sequence[Token], goods: Sequence[Found], start: int
) -> int | None:
    """Where the parts of a form end that stand right behind a word."""
    for part in parts:
        stops = [p.stop for p in _part(part, language, said, goods) if p.start == start]
        if not stops:
            return None
        start = max(stops)
    return start


def _part(part: str, language: str, said: Sequence[Token], goods: Sequence[Found]) -> list[range]:
    if part == _GOODS:
        return [found.at for found in goods]
    return all_places([phrase(f"={part}", language)], said)
