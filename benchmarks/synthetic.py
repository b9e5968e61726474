"""Ledgers of synthetic reports, for scale: records made directly, not read.

Time goes on as reports come in, some hundreds a day. Each tells of a few happenings: most of them
are told by several outlets within days, some for weeks; every fifth report is a copy of another.
Who acts is drawn by a power law, as in the news: the few great powers are in most of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from random import Random

import msgspec

from menurut.contract import (
    Actor,
    Analysis,
    Event,
    Place,
    Quantity,
    Report,
    Source,
    Statement,
    Status,
)
from menurut.world import countries

A_DAY = 700
_START = datetime(2015, 1, 1, tzinfo=UTC)
_TYPES = ("CONSULT", "AID", "ASSAULT", "ACCUSE", "SANCTION", "COOPERATE", "REQUEST", "MOBILIZE")
_OUTLETS = tuple(f"Outlet {n}" for n in range(400))
_AGENCIES = ("Reuters", "AFP", "Xinhua", "ANTARA", "TASS")
_MATTERS = ("weapons", "grain", "sanctions", "border", "oil", "prisoners", "ceasefire", "drones")
_LETTERS = ("ba", "de", "ki", "lo", "mu", "na", "pe", "ri", "so", "tu", "va", "ze")
_TOWNS = 6
_FAME = [1 / (rank + 2) for rank in range(_TOWNS)]
_SANCTIONED = 2
_OPEN = 2_000
"""Happenings that are still told of: the newest."""


@dataclass(frozen=True)
class Happening:
    """What happens in the synthetic world."""

    type: str
    actor: str
    recipient: str
    matter: str
    number: int
    day: str
    place: str
    words: str


class World:
    """A stream of synthetic reports with their analyses; the same for the same seed."""

    def __init__(self, seed: int = 7) -> None:
        self.random = Random(seed)
        names = [(c.code, c.name) for c in countries().values()]
        self.random.shuffle(names)
        self._put_forward(names)
        self.names = dict(names)
        self.codes = [code for code, _ in names]
        self.weights = [1 / (rank + 2) for rank in range(len(names))]
        self.vocabulary = [
            "".join(self.random.choices(_LETTERS, k=self.random.choice((2, 3, 4))))
            for _ in range(20_000)
        ]
        self.towns = {
            code: ["".join(self.random.choices(_LETTERS, k=3)).title() for _ in range(_TOWNS)]
            for code in self.codes
        }
        self.common = [1 / (rank + 5) for rank in range(len(self.vocabulary))]
        self.open: list[Happening] = []
        self.last: tuple[Report, Analysis] | None = None
        self.start = _START

    @staticmethod
    def _put_forward(names: list[tuple[str, str]]) -> None:
        """Let a state that is under sanctions be in much of the news, so that measures are met."""
        at = next(n for n, (code, _name) in enumerate(names) if code == "PRK")
        names[_SANCTIONED], names[at] = names[at], names[_SANCTIONED]

    def go_on(self, days: int) -> None:
        """Let days pass, and what is told of with them."""
        later = timedelta(days=days)
        self.start += later
        self.open = [
            replace(h, day=(date.fromisoformat(h.day) + later).isoformat()) for h in self.open
        ]

    def reports(self, first: int, count: int) -> Iterator[tuple[Report, Analysis]]:
        """``count`` reports from number ``first`` on."""
        for number in range(first, first + count):
            yield self._report(number)

    def _report(self, number: int) -> tuple[Report, Analysis]:
        when = self.start + timedelta(minutes=number * 24 * 60 / A_DAY)
        if self.last is not None and self.random.random() < 0.2:
            return self._copy(number, when)
        told = [self._happening(when) for _ in range(self.random.choice((2, 3, 3, 4, 5)))]
        self.last = _Writer(self, f"r{number}", when).write(told)
        return self.last

    def _copy(self, number: int, when: datetime) -> tuple[Report, Analysis]:
        assert self.last is not None
        report, analysis = self.last
        new = {"id": f"r{number}", "published_at": when.isoformat()}
        outlet = self.random.choice(_OUTLETS)
        return (
            msgspec.structs.replace(report, publisher=outlet, **new),
            msgspec.structs.replace(analysis, publisher=outlet, **new),
        )

    def _happening(self, when: datetime) -> Happening:
        if self.open and self.random.random() < 0.7:
            back = int(self.random.expovariate(1 / 150)) + 1
            return self.open[-min(back, len(self.open))]
        actor, recipient = self.random.choices(self.codes, self.weights, k=2)
        words = " ".join(self.random.choices(self.vocabulary, self.common, k=8))
        happening = Happening(
            self.random.choice(_TYPES),
            actor,
            recipient,
            self.random.choice(_MATTERS),
            self.random.randrange(3, 5000),
            when.date().isoformat(),
            self.random.choices(self.towns[recipient], _FAME)[0],
            words,
        )
        self.open = [*self.open[-_OPEN:], happening]
        return happening

    def filler(self) -> str:
        return " ".join(self.random.choices(self.vocabulary, self.common, k=40)) + "."


class _Writer:
    """Writes one report and its analysis side by side."""

    def __init__(self, world: World, id: str, when: datetime) -> None:
        self.world, self.id, self.when = world, id, when
        self.random = world.random
        self.text = ""
        self.sentences: list[tuple[int, int]] = []
        self.mentions: dict[str, list[tuple[int, int]]] = {}
        self.ids: dict[str, str] = {}
        self.quantities: list[Quantity] = []
        self.places: list[Place] = []
        self.statements: list[Statement] = []
        self.events: list[Event] = []

    def write(self, told: list[Happening]) -> tuple[Report, Analysis]:
        for happening in told:
            self._tell(happening)
        self._say(self.world.filler())
        stamp = self.when.isoformat()
        publisher = self.random.choice(_OUTLETS)
        byline = self.random.choice(_AGENCIES) if self.random.random() < 0.5 else None
        report = Report(
            id=self.id,
            text=self.text,
            language="en",
            published_at=stamp,
            publisher=publisher,
            byline=byline,
        )
        analysis = Analysis(
            id=self.id,
            language="en",
            published_at=stamp,
            publisher=publisher,
            byline=byline,
            sentences=tuple(self.sentences),
            actors=tuple(
                Actor(
                    id=self.ids[code],
                    name=self.world.names[code],
                    code=f"{code} GOV",
                    kind="government",
                    mentions=tuple(spans),
                )
                for code, spans in self.mentions.items()
            ),
            quantities=tuple(self.quantities),
            places=tuple(self.places),
            statements=tuple(self.statements),
            events=tuple(self.events),
        )
        return report, analysis

    def _say(self, words: str) -> int:
        """Append a sentence; where it begins."""
        start = len(self.text)
        self.text += words + " "
        self.sentences.append((start, start + len(words)))
        return start

    def _mention(self, code: str, at: int) -> str:
        name = self.world.names[code]
        self.mentions.setdefault(code, []).append((at, at + len(name)))
        return self.ids.setdefault(code, f"a{len(self.ids) + 1}")

    def _tell(self, happening: Happening) -> None:
        names, verb = self.world.names, happening.type.lower()
        teller = self.random.choice((happening.actor, happening.recipient, None, None))
        head = f"{names[teller]} said " if teller else ""
        body = (
            f"{names[happening.actor]} {verb} {names[happening.recipient]} "
            f"near {happening.place} over {happening.number} {happening.matter} {happening.words}."
        )
        start = self._say(head + body)
        at = start + len(head)
        actor = self._mention(happening.actor, at)
        trigger = at + len(names[happening.actor]) + 1
        recipient = self._mention(happening.recipient, trigger + len(verb) + 1)
        figure = self.text.index(str(happening.number), trigger)
        q = f"q{len(self.quantities) + 1}"
        digits = len(str(happening.number))
        self.quantities.append(
            Quantity(
                id=q,
                span=(figure, figure + digits),
                low=happening.number,
                high=happening.number,
                of=happening.matter,
            )
        )
        town = self.text.index(happening.place, trigger)
        p = f"p{len(self.places) + 1}"
        span = (town, town + len(happening.place))
        self.places.append(
            Place(id=p, span=span, name=happening.place, country=happening.recipient)
        )
        according: tuple[str, ...] = ()
        if teller:
            s = f"s{len(self.statements) + 1}"
            source = Source(((start, start + len(names[teller])),), (self._mention(teller, start),))
            cue = start + len(names[teller]) + 1
            self.statements.append(
                Statement(
                    id=s,
                    source=source,
                    cue=((cue, cue + 4),),
                    content=((at, at + len(body)),),
                    kind="say",
                    quote="indirect",
                )
            )
            according = (s,)
        self.events.append(
            Event(
                id=f"e{len(self.events) + 1}",
                type=happening.type,  # type: ignore[arg-type]
                trigger=((trigger, trigger + len(verb)),),
                actors=(actor,),
                recipients=(recipient,),
                time=happening.day if self.random.random() < 0.6 else None,
                quantities=(q,),
                place=p,
                status=self._status(happening, teller),
                according_to=according,
            )
        )

    def _status(self, happening: Happening, teller: str | None) -> Status:
        drawn = self.random.random()
        if teller == happening.actor and drawn < 0.3:
            return "denied"
        return "planned" if drawn > 0.95 else "actual"
