"""Analyses made by hand, for tests of the ledger that need no model."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from menurut.contract import (
    Actor,
    Analysis,
    Event,
    Name,
    Quantity,
    Report,
    Source,
    Span,
    Statement,
)

CODES = {
    "Russia": "RUS GOV",
    "Rusia": "RUS GOV",
    "Moscow": "RUS GOV",
    "North Korea": "PRK GOV",
    "Korea Utara": "PRK GOV",
    "Kim Jong Un": "PRK GOV",
    "Washington": "USA GOV",
    "Kyiv": "UKR GOV",
    "Togo": "TGO GOV",
    "Vladimir Putin": "RUS GOV",
    "Sergei Lavrov": "RUS GOV",
    "UN monitors": "IGO:UN",
}
PERSONS = {"Vladimir Putin", "Sergei Lavrov", "Kim Jong Un"}


class Made:
    """A report under construction: sentences are said one after another."""

    def __init__(
        self,
        id: str,
        date: str | None = "2024-06-18",
        language: str = "en",
        publisher: str | None = None,
        byline: str | None = None,
    ) -> None:
        self.id, self.date, self.language = id, date, language
        self.publisher, self.byline = publisher, byline
        self.text = ""
        self.sentences: list[Span] = []
        self.actors: dict[str, str] = {}
        self.quantities: list[Quantity] = []
        self.statements: list[Statement] = []
        self.events: list[Event] = []

    def say(
        self,
        sentence: str,
        type: str | None = None,
        trigger: str = "",
        actors: Sequence[str] = (),
        recipients: Sequence[str] = (),
        *,
        by: str | None = None,
        denied_by: str | None = None,
        figures: dict[str, tuple[float, str]] | None = None,
        kind: str = "say",
        **event: Any,
    ) -> Made:
        """Add a sentence, and the event that it tells, as somebody (``by``) says or denies."""
        start = len(self.text)
        self.text += sentence + "\n"
        here = (start, start + len(sentence))
        self.sentences.append(here)
        said = [self._statement(by, kind, here)] if by else []
        denials = [self._statement(denied_by, "deny", here)] if denied_by else []
        counted = [self._quantity(w, n, of, start) for w, (n, of) in (figures or {}).items()]
        if type is not None:
            at = self.text.index(trigger, start)
            self.events.append(
                Event(
                    id=f"e{len(self.events) + 1}",
                    type=type,  # type: ignore[arg-type]
                    trigger=((at, at + len(trigger)),),
                    actors=tuple(map(self._actor, actors)),
                    recipients=tuple(map(self._actor, recipients)),
                    quantities=tuple(counted),
                    according_to=tuple(said),
                    denied_by=tuple(denials),
                    **{"status": "actual", **event},
                )
            )
        return self

    def _actor(self, name: str) -> str:
        return self.actors.setdefault(name, f"a{len(self.actors) + 1}")

    def _statement(self, who: str, kind: str, content: Span) -> str:
        id = f"s{len(self.statements) + 1}"
        source = Source((content,), (self._actor(who),))
        self.statements.append(
            Statement(
                id=id,
                source=source,
                cue=((content[1], content[1]),),
                content=(content,),
                kind=kind,  # type: ignore[arg-type]
                quote="indirect",
            )
        )
        return id

    def _quantity(self, words: str, number: float, of: str, start: int) -> str:
        at = self.text.index(words, start)
        id = f"q{len(self.quantities) + 1}"
        span = (at, at + len(words))
        self.quantities.append(Quantity(id=id, span=span, low=number, high=number, of=of))
        return id

    def pair(self) -> tuple[Report, Analysis]:
        """The report and its analysis."""
        named = {n: [m.span() for m in re.finditer(re.escape(n), self.text)] for n in CODES}
        spans = {name: tuple(found) for name, found in named.items() if found}
        for name in spans:
            self._actor(name)
        about = {"id": self.id, "language": self.language, "published_at": self.date}
        report = Report(text=self.text, publisher=self.publisher, byline=self.byline, **about)
        analysis = Analysis(
            **about,
            publisher=self.publisher,
            byline=self.byline,
            sentences=tuple(self.sentences),
            names=tuple(Name(s, "PER") for n in PERSONS & spans.keys() for s in spans[n]),
            actors=tuple(
                Actor(
                    id=id,
                    name=name,
                    code=CODES.get(name),
                    kind="person" if name in PERSONS else "government",
                    mentions=spans.get(name, ()),
                )
                for name, id in self.actors.items()
            ),
            quantities=tuple(self.quantities),
            statements=tuple(self.statements),
            events=tuple(self.events),
        )
        return report, analysis


def arms(
    id: str, date: str | None, by: str, figures: dict[str, tuple[float, str]] | None = None
) -> Made:
    """A report in which somebody says that North Korea armed Russia."""
    count = next(iter(figures)) if figures else "many missiles"
    sentence = f"{by} said North Korea supplied {count} to Russia."
    sides = ("North Korea",), ("Russia",)
    return Made(id, date).say(sentence, "AID", "supplied", *sides, by=by, figures=figures)


def denial(id: str, date: str, by: str = "Moscow") -> Made:
    """A report in which the arming of Russia is denied."""
    sentence = f"{by} denied that North Korea supplied missiles to Russia."
    sides = ("North Korea",), ("Russia",)
    return Made(id, date).say(
        sentence, "AID", "supplied", *sides, by=by, kind="deny", status="denied"
    )


def visit(id: str, date: str, guest: str = "Vladimir Putin", **event: Any) -> Made:
    """A report in which somebody visits North Korea."""
    sentence = f"{guest} visited North Korea."
    return Made(id, date).say(
        sentence, "CONSULT", "visited", (guest,), ("North Korea",), mode="visit", **event
    )
