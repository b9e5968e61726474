"""A telling: one place where a report tells of a happening."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple, Protocol

from menurut.contract import Actor, EventType, Spans, Statement
from menurut.reader.document import Document
from menurut.record.events.circumstances import When
from menurut.record.events.judgements import Judgement
from menurut.record.events.syntax import coordinated, relation
from menurut.record.lemmas import markers
from menurut.tables import Row, table


class Actors(Protocol):
    """The actors of a report, as ``menurut.record.actors`` finds them."""

    @property
    def all(self) -> tuple[Actor, ...]: ...

    def of_word(self, word: int) -> tuple[str, ...]:
        """The ids of the actors that a word stands for."""
        ...

    def code(self, actor: str) -> str | None: ...

    def country(self, code: str) -> tuple[str, ...]:
        """The state of a country, where the report names it."""
        ...


class Role(NamedTuple):
    """The actors of a role, the words that name them, and the slot or rule that found them."""

    words: tuple[int, ...] = ()
    ids: tuple[str, ...] = ()
    rule: str = ""


UNFILLED = Role()


@dataclass(slots=True)
class Telling:
    """One telling. ``words``: its trigger, ``act_of``: the statement that is itself this act.

    ``frame``: found by the predicate table, not for its statement alone; ``line``: of its row
    there. ``doers``, ``receivers``:
    how ``actors`` and ``recipients`` were found.
    """

    word: int
    words: tuple[int, ...]
    type: EventType
    mode: str | None
    contexts: tuple[str, ...]
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    judgement: Judgement
    origin: str
    line: int = 0
    frame: bool = False
    nominal: bool = False
    headline: bool = False
    told_by: Statement | None = None
    act_of: str | None = None
    time: When | None = None
    place: str | None = None
    quantities: tuple[str, ...] = ()
    doers: Role = UNFILLED
    receivers: Role = UNFILLED


@cache
def plover(kind: str) -> dict[str, Row]:
    """The rows of PLOVER's table of one kind (``type``, ``mode``, ``context``...), by name."""
    return {row["name"]: row for row in table("world/plover.tsv") if row["kind"] == kind}


def resolve(document: Document, actors: Actors, word: int) -> tuple[str, ...]:
    """The actors that a noun stands for, found in its apposition or modifiers if not by itself.

    ``the minister, Sergei Lavrov`` is Lavrov, ``Israeli helicopters`` is Israel, ``his French
    counterpart`` is France, ``two of the rebels`` is the rebels.
    """
    own = actors.of_word(word)
    if any(map(actors.code, own)):
        return own
    wholes = markers(document.language, "part")
    for relations in (("appos", "flat"), ("nmod", "compound", "amod")):
        children = [c for c in document.children[word] if relation(document, c) in relations]
        bare = [c for c in children if _is_bare(document, c, wholes)]
        named = [c for c in bare if document.upos[c] != "PRON"]
        for group in (named, bare):
            found = _merged(actors.of_word(word) for word in coordinated(document, group))
            if any(map(actors.code, found)):
                return found
    parts = [c for c in document.children[word] if _is_part(document, word, c, wholes)]
    return own or _merged(resolve(document, actors, part) for part in parts)


def _is_bare(document: Document, word: int, wholes: frozenset[str]) -> bool:
    """Whether a modifier may name its noun's owner: a name or demonym under no preposition."""
    if document.upos[word] == "ADJ" and document.forms[word].islower():
        return False
    return all(
        document.lower[c] in wholes
        for c in document.children[word]
        if relation(document, c) == "case" and document.upos[c] == "ADP"
    )


def _is_part(document: Document, number: int, word: int, wholes: frozenset[str]) -> bool:
    """Whether a noun is what another one is a part or number of: ``thousands of men``."""
    if relation(document, word) != "nmod":
        return False
    marked = any(document.lower[c] in wholes for c in document.children[word])
    return marked or document.upos[number] == "NUM"


def resolve_all(document: Document, actors: Actors, words: Iterable[int]) -> tuple[str, ...]:
    """The actors of several nouns, each once, in order."""
    return _merged(resolve(document, actors, word) for word in words)


def _merged(groups: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(actor for group in groups for actor in group))


def countries(actors: Actors, ids: Iterable[str]) -> frozenset[str]:
    """The countries, or bodies of no country, of the coded actors among these."""
    return frozenset(code.partition(" ")[0] for i in ids if (code := actors.code(i)))


def spans_of(document: Document, words: Iterable[int]) -> Spans:
    """The character spans of words, neighbours joined."""
    spans: list[tuple[int, int]] = []
    last = -2
    for word in sorted(set(words)):
        start, end = document.starts[word], document.ends[word]
        if word == last + 1:
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
        last = word
    return tuple(spans)
