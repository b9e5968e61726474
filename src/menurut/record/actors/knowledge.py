"""What reports teach of people: who holds which office, so that a later bare name is known.

A fact is what one report says, with when and by whom; facts that disagree stay side by side. The
newest counts that was told before the report at hand, and the others are named with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from menurut.contract import Actor, Analysis, Fact, Span, Spans
from menurut.world import name_words

Words = tuple[str, ...]
_MIN_LENGTH = 3
_MAX_OTHERS = 3
_DAY = 10
_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Recollection:
    """What is known of a name. ``code`` is None where several people bear it."""

    name: str
    role: str | None
    code: str | None
    basis: str


class Knowledge:
    """Facts about people, looked up by name."""

    def __init__(self, facts: Iterable[Fact] = ()) -> None:
        self._people: dict[Words, list[Fact]] = {}
        self._bearers: dict[str, dict[Words, None]] = {}
        self._seen: set[tuple[str, ...]] = set()
        for fact in facts:
            self.add(fact)

    def __len__(self) -> int:
        return len(self._seen)

    def add(self, fact: Fact) -> bool:
        """Takes a fact in; False where the same report has told it already."""
        words = name_words(fact.person)
        key = (*words, fact.role.casefold(), fact.code, fact.report, fact.at or "")
        if not words or key in self._seen:
            return False
        self._seen.add(key)
        self._people.setdefault(words, []).append(fact)
        for word in (words[0], words[-1]):
            self._bearers.setdefault(word, {})[words] = None
        return True

    def recall(self, words: Words, at: datetime | None = None) -> Recollection | None:
        """What is known of the person of a name (see ``name_words``), as of a time.

        A short name may be the first or the last word of a known one.
        """
        people = self.people(words)
        if not people:
            return None
        if len(people) > 1:
            return Recollection(" ".join(words), None, None, _several(people))
        facts = sorted(people[0], key=lambda fact: _age(fact, at))
        newest = facts[0]
        others = [f"also {_told(fact)}" for fact in _differing(facts)[:_MAX_OTHERS]]
        basis = "; ".join([f"known: {newest.person}, {_told(newest)}", *others])
        return Recollection(newest.person, newest.role, newest.code, basis)

    def people(self, words: Words) -> list[list[Fact]]:
        """The facts of each person who may bear a name; of all people without one."""
        if not words:
            names = list(self._people)
        elif words in self._people:
            names = [words]
        elif len(words) > 1:
            near = {**self._bearers.get(words[0], {}), **self._bearers.get(words[-1], {})}
            names = [known for known in near if is_same(known, words)]
        else:
            names = list(self._bearers.get(words[0], {})) if len(words[0]) >= _MIN_LENGTH else []
        found: list[tuple[Words, list[Fact]]] = []
        for name in sorted(names, key=len, reverse=True):
            same = next((facts for known, facts in found if is_same(known, name)), None)
            if same is None:
                found.append((name, list(self._people[name])))
            else:
                same += self._people[name]
        return [facts for _, facts in found]


def is_same(one: Words, other: Words) -> bool:
    """Whether two full names are one person's: one lies in the other, first or last word alike."""
    short, long = sorted((one, other), key=len)
    ends = short[-1] == long[-1] or short[0] == long[0]
    return len(short) > 1 and ends and set(short) <= set(long)


def moment(at: str | None) -> datetime:
    """A time of the contract for comparing; the beginning of time where there is none."""
    found = datetime.fromisoformat(at) if at else _NEVER
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _age(fact: Fact, at: datetime | None) -> tuple[bool, float]:
    """Sorts facts told before a time first, and of these the newest; of later ones the oldest."""
    told = moment(fact.at)
    later = at is not None and told > (at if at.tzinfo else at.replace(tzinfo=UTC))
    age = (told - _NEVER).total_seconds()
    return later, age if later else -age


def _differing(facts: list[Fact]) -> list[Fact]:
    """The facts that tell of other offices than the first, each office once."""
    found: dict[tuple[str, str], Fact] = {}
    for fact in facts:
        found.setdefault((fact.role.casefold(), fact.code), fact)
    return list(found.values())[1:]


def _told(fact: Fact) -> str:
    where = ", ".join(part for part in ((fact.at or "")[:_DAY], f"report {fact.report}") if part)
    told_by = f", told by {' and '.join(fact.told_by)}" if fact.told_by else ""
    return f"{fact.role} = {fact.code} ({where}{told_by})"


def _several(people: list[list[Fact]]) -> str:
    names = [max(facts, key=lambda fact: moment(fact.at)) for facts in people]
    shown = "; ".join(f"{fact.person} = {fact.code}" for fact in names[:_MAX_OTHERS])
    return f"known: {len(people)} people of this name: {shown}"


# --- what a report teaches -------------------------------------------------------------------


def taught(analysis: Analysis) -> Iterator[Fact]:
    """What a report teaches: each office that it gives a person of a known code."""
    for actor in analysis.actors:
        name = _named(actor)
        if actor.kind != "person" or actor.code is None or actor.role is None or name is None:
            continue
        if not actor.role_spans or _overlaps(name, actor.role_spans):
            continue
        yield Fact(
            person=actor.name,
            role=actor.role,
            code=actor.code,
            at=analysis.published_at,
            told_by=_tellers(analysis, actor),
            report=analysis.id,
            language=analysis.language,
            spans=(*actor.role_spans, name),
            basis=actor.basis,
        )


def _named(actor: Actor) -> Span | None:
    """The first mention by the full name: as long as the name, give or take its blanks."""
    near = [m for m in actor.mentions if m[1] - m[0] >= len(actor.name)]
    return min(near, default=None)


def _overlaps(span: Span, others: Spans) -> bool:
    return any(start < span[1] and span[0] < end for start, end in others)


def _tellers(analysis: Analysis, actor: Actor) -> tuple[str, ...]:
    """Who calls somebody so: the source of the innermost statement that holds the words."""
    first = actor.role_spans[0]
    holding = [s for s in analysis.statements if _overlaps(first, s.content)]
    if not holding:
        return ()
    inner = min(holding, key=lambda s: sum(end - start for start, end in s.content))
    names = {a.id: a.name for a in analysis.actors}
    return tuple(names[a] for a in inner.source.actors if a in names)
