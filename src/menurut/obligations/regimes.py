"""Regimes as data: instruments, their measures, and which deeds would bear on them.

One TOML file a regime under ``data/world/regimes``. A paragraph is paraphrased, never quoted;
``examples`` beside each measure are deeds that must and must not bear on it, and run as tests.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from typing import Literal

import msgspec

from menurut.obligations.goods import wider
from menurut.tables import data_file
from menurut.world import bodies, countries

FOLDER = "world/regimes"
Flow = Literal["out", "in"]
Relation = Literal["bears", "occasion"]
Confirmed = Literal["paragraph", "duty", "dates"]
MEMBERS, TARGET, PERMANENT = "members", "target", "permanent"
SIDES = frozenset({MEMBERS, TARGET, PERMANENT})
_PERMANENT = frozenset({"CHN", "FRA", "GBR", "RUS", "USA"})
DEALINGS = ("AID", "COOPERATE", "AGREE")


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A text of ours in the languages of the interface."""

    en: str
    id: str

    def in_language(self, language: str) -> str:
        """The text in a language, in English where it is not written in it."""
        return str(getattr(self, language, self.en))


class Stretch(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Days on which something is in force, both counted in; open where one is left out."""

    since: date
    until: date | None = None

    @property
    def first(self) -> int:
        return self.since.toordinal()

    @property
    def last(self) -> int:
        return (self.until or date.max).toordinal()


class Way(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A kind of deed that would bear on a measure; all that is given must hold.

    ``events``: PLOVER types, or ``TYPE/mode``. ``flow``: goods go out of the target or into it.
    ``actor``, ``recipient``: ``target``, ``members`` (other states), ``permanent`` (members of the
    Council), or a party's key. ``goods``: one of these, or what may be one of them; ``without``:
    goods that other measures are about; ``also``: all of these are spoken of. ``about``: the words
    are about the target. ``origin``: the goods were made in the target, whoever handles them.
    ``force``: days other than the measure's own. ``only``: what no report can settle by its type,
    parties and goods, and is left open. ``through``: what bears on a decision of the Council that
    binds all members, as a dealing with one. ``relation``: ``occasion`` where the deed is what the
    measure answers.
    """

    events: tuple[str, ...] = DEALINGS
    flow: Flow | None = None
    actor: str | None = None
    recipient: str | None = None
    goods: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    about: bool = False
    origin: bool = False
    force: tuple[Stretch, ...] = ()
    only: Words | None = None
    through: bool = False
    relation: Relation = "bears"

    @property
    def of_target(self) -> bool:
        """Whether only a deed fits in which the target takes part, or made the goods."""
        return bool(self.flow) or self.origin or TARGET in (self.actor, self.recipient)


class Told(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A deed of an example: what a report tells, on which day it was done.

    ``on`` left out: a day on which the measure is in force. ``charge``: it is told only as what
    somebody accuses the actors of.
    """

    en: str | None = None
    id: str | None = None
    event: str = "AID"
    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    on: date | None = None
    charge: bool = False

    @property
    def words(self) -> tuple[tuple[str, str], ...]:
        """The sentences, each with its language."""
        return tuple((code, text) for code, text in (("en", self.en), ("id", self.id)) if text)


class Examples(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Deeds that bear on a measure, and deeds that do not."""

    yes: tuple[Told, ...]
    no: tuple[Told, ...]


class Instrument(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A resolution or a treaty. ``by``: the body that made it; ``url``: where its text is.
    ``unit``: what its provisions are called."""

    id: str
    name: str
    adopted: date
    by: str
    url: str
    title: Words
    unit: Literal["paragraph", "article"] = "paragraph"


class Source(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A public text that measures were read against, and where it stands."""

    id: str
    title: str
    url: str


class Check(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a public text says as the measure has it. ``source``: the text's id.

    ``confirms``: the number of the paragraph, what it asks of whom, since or until when.
    """

    source: str
    confirms: tuple[Confirmed, ...]


class Checked(msgspec.Struct, frozen=True, kw_only=True):
    """A public text, and what of a measure it confirms."""

    title: str
    url: str
    confirms: tuple[Confirmed, ...]


class Measure(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What an instrument decides in some paragraphs: who must do or not do what.

    ``binds``: parties' keys, or ``members``: all members of the UN. ``force``: the stretches in
    which it holds; left out, since its instrument was adopted. ``see``: measures that it widens,
    narrows or takes the place of. ``checked``: the public texts that it was read against; what none
    of them confirms is of our own knowledge.
    """

    id: str
    instrument: str
    paragraphs: str
    checked: tuple[Check, ...] = ()
    title: Words
    duty: Words
    bears: tuple[Way, ...]
    examples: Examples
    binds: tuple[str, ...] = (MEMBERS,)
    force: tuple[Stretch, ...] = ()
    exceptions: Words | None = None
    note: Words | None = None
    see: tuple[str, ...] = ()


class Regime(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A regime. ``target``: the state that it is about, if any. ``checked``: the day up to which
    its dates were looked up. ``sources``: the public texts that its measures were read against."""

    id: str
    title: Words
    target: str | None = None
    checked: date
    sources: tuple[Source, ...] = ()
    instruments: tuple[Instrument, ...]
    measures: tuple[Measure, ...]

    def instrument_of(self, measure: Measure) -> Instrument:
        return next(i for i in self.instruments if i.id == measure.instrument)

    def texts_of(self, measure: Measure) -> tuple[Checked, ...]:
        """The public texts that a measure was read against."""
        held = {source.id: source for source in self.sources}
        pairs = [(held[check.source], check.confirms) for check in measure.checked]
        return tuple(Checked(title=s.title, url=s.url, confirms=c) for s, c in pairs)

    def force_of(self, measure: Measure) -> tuple[Stretch, ...]:
        """The stretches in which a measure holds."""
        return measure.force or (Stretch(self.instrument_of(measure).adopted),)


@cache
def regimes() -> tuple[Regime, ...]:
    """All regimes, by their file's name.

    Raises ``ValueError`` naming the file and what is wrong in it.
    """
    files = sorted(f.name for f in data_file(FOLDER).iterdir() if f.name.endswith(".toml"))
    return tuple(read(data_file(f"{FOLDER}/{name}").read_text("utf-8"), name) for name in files)


@cache
def event_types() -> frozenset[str]:
    """The PLOVER types of which any measure speaks."""
    ways = (way for regime in regimes() for measure in regime.measures for way in measure.bears)
    return frozenset(event.partition("/")[0] for way in ways for event in way.events)


@cache
def targets() -> frozenset[str]:
    """The states that regimes are about."""
    return frozenset(regime.target for regime in regimes() if regime.target)


@cache
def about_types() -> frozenset[str]:
    """The PLOVER types of deeds that may bear on a measure by what their words are about."""
    ways = (way for regime in regimes() for measure in regime.measures for way in measure.bears)
    return frozenset(event.partition("/")[0] for way in ways if way.about for event in way.events)


@cache
def free_types() -> frozenset[str]:
    """The PLOVER types of deeds that may bear on a measure though no target takes part in them."""
    ways = (way for regime in regimes() for measure in regime.measures for way in measure.bears)
    free = [way for way in ways if not way.of_target and not way.through]
    return frozenset(event.partition("/")[0] for way in free for event in way.events)


def read(text: str, name: str) -> Regime:
    """A regime from the text of its file. Raises ``ValueError`` naming the file."""
    try:
        regime = msgspec.convert(tomllib.loads(text), Regime)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise ValueError(f"{name}: {error}") from error
    for fault in faults(regime):
        raise ValueError(f"{name}: {fault}")
    return regime


def faults(regime: Regime) -> Iterator[str]:
    """What is wrong in a regime: ids given twice, names that nothing bears, dates out of order."""
    for sort, ids in (
        ("instrument", [i.id for i in regime.instruments]),
        ("measure", [m.id for m in regime.measures]),
        ("source", [source.id for source in regime.sources]),
    ):
        yield from (f"{sort} {id!r} is there twice" for id in sorted(_doubled(ids)))
    known = {i.id: i for i in regime.instruments}
    measures = {m.id for m in regime.measures}
    yield from _unsourced(regime)
    if regime.target is not None and regime.target not in countries():
        yield f"target {regime.target!r} is no country's code"
    for measure in regime.measures:
        of = known.get(measure.instrument)
        if of is None:
            yield f"{measure.id}: no instrument {measure.instrument!r}"
            continue
        yield from (f"{measure.id}: no measure {s!r}" for s in measure.see if s not in measures)
        yield from (f"{measure.id}: {fault}" for fault in _faults(measure, of))


def _unsourced(regime: Regime) -> Iterator[str]:
    """Checks against a source that is not listed, or that confirm nothing; sources of no check."""
    known = {source.id for source in regime.sources}
    checks = [(measure.id, check) for measure in regime.measures for check in measure.checked]
    for id, check in checks:
        if check.source not in known:
            yield f"{id}: no source {check.source!r}"
        if not check.confirms:
            yield f"{id}: the source {check.source!r} confirms nothing"
    unused = known - {check.source for _id, check in checks}
    yield from (f"nothing was checked against the source {id!r}" for id in sorted(unused))


def _faults(measure: Measure, of: Instrument) -> Iterator[str]:
    """What is wrong in a measure."""
    parties = [*measure.binds, of.by]
    for way in measure.bears:
        parties += [side for side in (way.actor, way.recipient) if side]
        strange = [g for g in (*way.goods, *way.without, *way.also) if g not in wider()]
        yield from (f"no goods {name!r}" for name in strange)
        yield from _disorder(way.force)
    for told in (*measure.examples.yes, *measure.examples.no):
        parties += [*told.actors, *told.recipients]
        if not told.words:
            yield "an example has no words"
    yield from (f"no party {p!r}" for p in parties if not _party(p))
    yield from _disorder(measure.force)
    early = [s for s in measure.force if s.since < of.adopted]
    yield from (f"in force {s.since}, before it was adopted" for s in early)


def _disorder(stretches: Iterable[Stretch]) -> Iterator[str]:
    """Stretches that end before they begin, or begin before the one in front has ended."""
    end = 0
    for stretch in stretches:
        if stretch.last < stretch.first or stretch.first <= end:
            yield f"the stretch from {stretch.since} is out of order"
        end = stretch.last


def _party(key: str) -> bool:
    return key in SIDES or key in countries() or key in {b.code for b in bodies().values()}


def _doubled(ids: list[str]) -> set[str]:
    return {id for id in ids if ids.count(id) > 1}


def is_side(key: str, side: str, target: str | None) -> bool:
    """Whether a party's key is of a side of a way. A firm or a person counts as its state."""
    state = state_of(key)
    if side == TARGET:
        return target is not None and state == target
    if side == MEMBERS:
        return state in countries() and state != target
    if side == PERMANENT:
        return state in _PERMANENT
    return key == side or state == side


def state_of(key: str) -> str:
    """The country of a party's key (``PRK BUS/...``: ``PRK``); other keys as they are."""
    head = key.partition("/")[0].partition(" ")[0]
    return head if head in countries() else key
