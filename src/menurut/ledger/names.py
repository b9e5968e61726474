"""Which party a person means by a name: ``Korea Utara``, ``Moscow``, ``PBB``, in any language."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from menurut.ledger.parties import folded, key_of
from menurut.tables import language_table, languages
from menurut.world import bodies, countries


@cache
def _codes() -> dict[str, str]:
    found: dict[str, str] = {}
    for form, code in _forms():
        found.setdefault(folded(form), code)
    return found


def _forms() -> Iterator[tuple[str, str]]:
    for country in countries().values():
        yield country.name, country.code
    for body in bodies().values():
        yield body.name, body.code
    for language in sorted(languages()):
        for row in language_table(language, "countries"):
            for column in ("names", "capitals"):
                yield from ((form, row["code"]) for form in row[column].split("|") if form)
        for row in language_table(language, "bodies"):
            code = bodies()[row["body"]].code
            yield from ((form, code) for form in row["forms"].split("|") if form)


@cache
def _names() -> dict[str, str]:
    """What languages call the bodies of the world, to the name that the world's table has."""
    found: dict[str, str] = {}
    for language in sorted(languages()):
        for row in language_table(language, "bodies"):
            for form in row["forms"].split("|"):
                found.setdefault(folded(form), bodies()[row["body"]].name)
    return found


def is_code(words: str) -> bool:
    """Whether words are an actor's code: a country's, or that of a body of the world."""
    head, colon, _ = words.partition(" ")[0].partition(":")
    return head.isupper() and (head in countries() or bool(colon))


def code_of(words: str) -> str | None:
    """The code that a person means, by code or by name; None for other names."""
    return words if is_code(words) else _codes().get(folded(words))


def party_key(words: str) -> str:
    """The key of the party that a person means; that of the bare name where no table has it.

    A party's key means that party.
    """
    if words.startswith("~") or ("/" in words and is_code(words)):
        return words
    return key_of(code_of(words), _names().get(folded(words), words))
