"""Our own actor sets: short reports with all their actors, each with code, role and mentions.

``evaluation/data/actors.<language>.txt``; the head of the English file tells the format. Reports of
even number may be tuned on, those of odd number only measured; so ``python -m evaluation.actors
FILE`` prints what is wrong in the former. A mention is found where one of ours shares half of the
words of both; of several wordings of one mention any will do. A mention that starts within a word
(an enclitic) is passed over.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from evaluation.halves import HALVES, analysed, half_of, language_of, told_parts
from evaluation.scores import Score, jaccard, pair, words
from menurut.contract import Actor, Analysis, Span
from menurut.reader.model import Model, shipped_model

_NONE = "-"
_LIKE = 0.5
_NUDGE = 0.001


class ActorSetError(ValueError):
    """A line of an actor set that cannot be read; says where."""


@dataclass(frozen=True, slots=True)
class GoldActor:
    """An actor as the set has it. ``loose``: mentions that count neither way, as it itself may."""

    codes: frozenset[str | None]
    roles: tuple[Span, ...]
    mentions: tuple[Span, ...]
    loose: tuple[Span, ...]
    optional: bool


@dataclass(frozen=True, slots=True)
class Block:
    text: str
    actors: tuple[GoldActor, ...]


# --- reading the set -------------------------------------------------------------------------


def read_actors(path: Path) -> list[Block]:
    """The reports of a file. Raises ``ActorSetError``."""
    blocks = []
    for start, text, rows in told_parts(path):
        try:
            blocks.append(Block(text, tuple(_actor(text, row) for row in rows)))
        except ValueError as error:
            raise ActorSetError(f"{path}: report from line {start}: {error}") from error
    return blocks


def _actor(text: str, row: str) -> GoldActor:
    cells = [cell.strip() for cell in row.split("|")]
    if len(cells) != 3 or not all(cells):
        raise ValueError(f"expected code | role | mentions: {row.strip()}")
    codes, roles, mentions = cells
    optional = codes.endswith("?")
    named = [cell.strip() for cell in mentions.split(";")]
    firm = [cell for cell in named if not cell.startswith("(")]
    loose = [cell[1:-1] for cell in named if cell.startswith("(")]
    if not firm and not optional:
        raise ValueError(f"no mention that counts: {row.strip()}")
    return GoldActor(
        frozenset(None if code == _NONE else code for code in codes.rstrip("?").split("/")),
        tuple(span for cell in roles.split(";") if cell != _NONE for span in _role(text, cell)),
        tuple(_span(text, cell) for cell in firm),
        tuple(_span(text, cell) for cell in loose),
        optional,
    )


def _role(text: str, cell: str) -> Iterator[Span]:
    """Where the words of a role stand; in two pieces where the name parts them."""
    cell = cell.strip()
    if cell in text:
        yield _span(text, cell)
        return
    parts = cell.split(" ")
    for cut in range(1, len(parts)):
        first, second = " ".join(parts[:cut]), " ".join(parts[cut:])
        if first in text and second in text[text.index(first) :]:
            start = text.index(second, text.index(first))
            yield _span(text, first)
            yield start, start + len(second)
            return
    raise ValueError(f"the role {cell!r} does not stand in the text")


def _span(text: str, cell: str) -> Span:
    """The occurrence of some words that a cell means, the first unless it has a number."""
    found, _, which = (part.strip() for part in cell.partition("#"))
    spans = [m.span() for m in re.finditer(rf"(?<!\w){re.escape(found)}(?!\w)", text)]
    spans = spans or [m.span() for m in re.finditer(re.escape(found), text)]
    number = int(which or 1)
    if len(spans) < number:
        raise ValueError(f"{found!r} stands {len(spans)} times in the text, expected {number}")
    return spans[number - 1]


# --- judging an analysis ---------------------------------------------------------------------


@dataclass(slots=True)
class Verdict:
    """How a report was read: the counts of each measure, and what is wrong, a line each."""

    counts: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)


class Judge:
    """Compares one report's actors with the set's."""

    def __init__(self, block: Block, analysis: Analysis) -> None:
        self.block = block
        self.text = block.text
        self.ours = {actor.id: actor for actor in analysis.actors}
        mentions = [
            (actor.id, span)
            for actor in analysis.actors
            for span in actor.mentions
            if not (span[0] and self.text[span[0] - 1].isalnum())
        ]
        gold = [(n, span) for n, actor in enumerate(block.actors) for span in self._all(actor)]
        self.found = mentions
        self.tied: dict[tuple[int, Span], list[str]] = {}
        self.matched: set[tuple[str, Span]] = set()
        self._pair(gold)

    @staticmethod
    def _all(actor: GoldActor) -> tuple[Span, ...]:
        return (*actor.mentions, *actor.loose)

    def _pair(self, gold: list[tuple[int, Span]]) -> None:
        """Ties mentions; of a phrase that stands for several actors, each goes to its own."""
        loose = {(n, s) for n, a in enumerate(self.block.actors) for s in a.loose}

        def likeness(a: tuple[int, Span], b: tuple[str, Span]) -> float:
            like = jaccard(words(self.text, [a[1]]), words(self.text, [b[1]]))
            coded = self.ours[b[0]].code in self.block.actors[a[0]].codes
            return like + _NUDGE * (coded - (a in loose)) if like >= _LIKE else 0.0

        for one, other in pair(gold, self.found, likeness):
            self.tied.setdefault(one, []).append(other[0])
            self.matched.add(other)

    def judge(self) -> Verdict:
        verdict = Verdict()
        for number, actor in enumerate(self.block.actors):
            if not actor.optional:
                self._mentions(verdict, number, actor)
                self._actor(verdict, number, actor)
        for mention in self.found:
            firm = mention in self.matched or self._is_loose(mention[1])
            if not firm:
                verdict.counts["found"] += 1
                one = self.ours[mention[0]]
                verdict.faults.append(f"none there: {self._text(mention[1])} {one.code}")
        return verdict

    def _is_loose(self, span: Span) -> bool:
        """Whether a mention of ours shares words with one that counts neither way."""
        loose = [
            s for a in self.block.actors for s in (a.loose if not a.optional else self._all(a))
        ]
        return any(_overlap(span, other) for other in loose)

    def _mentions(self, verdict: Verdict, number: int, actor: GoldActor) -> None:
        done: list[Span] = []
        for span in actor.mentions:
            if any(_overlap(span, other) for other in done):
                continue
            done.append(span)
            wordings = [other for other in self._all(actor) if _overlap(span, other)]
            hit = any((number, other) in self.tied for other in wordings)
            verdict.counts.update(mentions=int(hit), found=int(hit), gold=1)
            if not hit:
                verdict.faults.append(f"missed: {self._text(span)}")

    def _actor(self, verdict: Verdict, number: int, actor: GoldActor) -> None:
        bearers = [i for span in self._all(actor) for i in self.tied.get((number, span), ())]
        best = Counter(bearers).most_common(1)
        ours = self.ours[best[0][0]] if best else None
        name = self._text(actor.mentions[0])
        right = ours is not None and ours.code in actor.codes
        whole = ours is not None and self._is_one(number, actor, ours.id)
        verdict.counts.update(actors=1, code=int(right), one=int(whole))
        if ours is not None and not right:
            wanted = "/".join(str(code) for code in actor.codes)
            verdict.faults.append(f"code of {name}: {ours.code}, not {wanted} ({ours.basis})")
        if ours is not None and not whole:
            verdict.faults.append(f"not one: {name}: {ours.name}")
        if actor.roles:
            said = ours is not None and self._says(actor, ours)
            verdict.counts.update(roles=1, role=int(said))
            if ours is not None and not said:
                verdict.faults.append(f"role of {name}: {ours.role}")

    def _is_one(self, number: int, actor: GoldActor, ours: str) -> bool:
        """Whether an actor of ours has every mention found of one, and none of another's."""
        own = [self.tied.get((number, span), []) for span in actor.mentions]
        others = (
            self.tied.get((n, span), ())
            for n, other in enumerate(self.block.actors)
            if n != number
            for span in other.mentions
            if span not in self._all(actor)
        )
        return all(ours in ids for ids in own if ids) and not any(ours in ids for ids in others)

    def _says(self, actor: GoldActor, ours: Actor) -> bool:
        likeness = jaccard(words(self.text, actor.roles), words(self.text, ours.role_spans))
        return likeness >= _LIKE or any(
            jaccard(words(self.text, [span]), words(self.text, ours.role_spans)) >= _LIKE
            for span in actor.roles
        )

    def _text(self, span: Span) -> str:
        return self.text[slice(*span)]


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


# --- scores ----------------------------------------------------------------------------------


def verdicts(model: Model, path: Path, half: str) -> Iterator[tuple[Block, Verdict]]:
    """Each report of half a set with how it was read."""
    blocks = half_of(read_actors(path), half)
    for block, analysis in analysed(model, blocks, language_of(path)):
        yield block, Judge(block, analysis).judge()


def actor_scores(model: Model, path: Path, half: str) -> dict[str, Score]:
    """Of a half: mentions, and of the actors how many have their code, role, and are one."""
    counts: Counter[str] = Counter()
    for _, verdict in verdicts(model, path, half):
        counts += verdict.counts
    actors, roles = counts["actors"], counts["roles"]
    return {
        "mentions": Score(counts["mentions"], counts["found"], counts["gold"]),
        "code": Score(counts["code"], actors, actors),
        "one": Score(counts["one"], actors, actors),
        "role": Score(counts["role"], roles, roles),
    }


def main() -> None:
    """Prints what is wrong in the tuned half of a set."""
    for block, verdict in verdicts(shipped_model(), Path(sys.argv[1]), HALVES[0]):
        if verdict.faults:
            print(block.text, *(f"    {fault}" for fault in verdict.faults), "", sep="\n")


if __name__ == "__main__":
    main()
