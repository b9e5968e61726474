"""Statements that are events themselves: accusing, denying, demanding, promising, worrying."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from typing import cast

from menurut.contract import EventType, Statement
from menurut.reader.document import Document
from menurut.record.events.arguments import Predicate
from menurut.record.events.judgements import Judgement
from menurut.record.events.rules import ADDRESSED, OBLIGED, OF_CUE, OF_TELLER, OTHERS
from menurut.record.events.signs import intends, obliges
from menurut.record.events.status import status_of
from menurut.record.events.syntax import NOMINAL, coordinated
from menurut.record.events.tellings import (
    Actors,
    Role,
    Telling,
    countries,
    plover,
    resolve_all,
)
from menurut.record.events.voices import Voices, words_of
from menurut.tables import Row

_MAX_NAMED = 4


def speech_acts(
    document: Document,
    actors: Actors,
    statements: Sequence[Statement],
    told: Sequence[Telling],
) -> Iterator[Telling]:
    """An event for each statement of a kind that is an act by itself.

    None for one that ``told`` holds already, for a second content of a cue that is told, and none
    for an act that is not done (``did not deny``).
    """
    acts = plover("statement")
    skip = {t.act_of for t in told}
    at = {(t.word, t.type) for t in told}
    for statement in statements:
        row = acts.get(statement.kind)
        cue = words_of(document, statement.cue)
        if row is None or row["alone"] != "yes" or not cue or statement.id in skip:
            continue
        speakers = statement.source.actors
        against = addressed(document, actors, statement)
        if not countries(actors, speakers) or (row["recipient"] == "yes" and not against):
            continue
        word = _head(document, cue)
        judgement = status_of(document, word)
        if (word, row["of"]) in at or judgement.status == "denied":
            continue
        yield Telling(
            word=word,
            words=tuple(cue),
            type=cast(EventType, row["of"]),
            mode=row["mode"] or None,
            contexts=(),
            actors=speakers,
            recipients=against,
            judgement=judgement,
            origin=f"world/plover.tsv: statement {statement.kind}",
            headline=document.kinds[document.sentence_of[word]] == "headline",
            act_of=statement.id,
            doers=Role((), speakers, OF_CUE),
            receivers=Role((), against, ADDRESSED),
        )


def requests(
    document: Document, actors: Actors, statements: Sequence[Statement]
) -> Iterator[Telling]:
    """A request for each statement that another party must do something (``Iran must pay``)."""
    for statement in statements:
        if not countries(actors, statement.source.actors):
            continue
        for word in _roots(document, words_of(document, statement.content)):
            modal = obliges(document, word)
            subjects = Predicate(document, word).surface_subjects()
            asked = resolve_all(document, actors, subjects)
            own = {actors.code(i) for i in statement.source.actors}
            asked = tuple(i for i in asked if actors.code(i) not in own)
            if modal is None or not countries(actors, asked):
                continue
            yield Telling(
                word=word,
                words=(modal, word),
                type="REQUEST",
                mode=None,
                contexts=(),
                actors=statement.source.actors,
                recipients=asked,
                judgement=Judgement("actual"),
                origin=f"languages/{document.language}/status.tsv: obliges {document.lower[modal]}",
                act_of=statement.id,
                doers=Role((), statement.source.actors, OF_TELLER),
                receivers=Role(tuple(subjects), asked, OBLIGED),
            )


def perform(
    document: Document,
    voices: Voices,
    actors: Actors,
    telling: Telling,
    told_already: Container[str | None],
) -> None:
    """Make a telling the act of the statement that it stands in, where its doer speaks.

    ``Russia said it condemned the raid`` condemns it; what its doer says is to come may be a
    threat or a promise (``announced`` and ``promised`` in ``world/plover.tsv``). A statement of
    ``told_already`` is an act by its own verb: what Russia agreed to do is another event.
    """
    told = voices.telling(telling.word, telling.act_of)
    if told is None or told.id in told_already or telling.nominal:
        return
    if not voices.is_own(told, telling.actors):
        return
    rules = plover("type")[telling.type]
    if telling.judgement.status == "actual" and rules["speech"] == "yes":
        telling.act_of = told.id
    elif telling.judgement.status in ("planned", "possible") and not _is_intent(document, told):
        becomes, _, mode = _announced(rules, told.kind).partition(":")
        if becomes:
            _turn_into(actors, telling, told, cast(EventType, becomes), mode or None)


def _is_intent(document: Document, told: Statement) -> bool:
    """Whether a statement's cue tells what somebody means to do, not what he says: ``plans to``."""
    return any(intends(document, word) for word in words_of(document, told.cue))


def _announced(rules: Row, kind: str) -> str:
    """What an act of a type is in a statement of a kind by its doer; empty: only planned."""
    act = plover("statement").get(kind)
    if act is None or act["of"] == "THREATEN":
        return rules["announced"]
    return (rules["announced"] or rules["promised"]) if act["of"] == "AGREE" else ""


def _turn_into(
    actors: Actors, telling: Telling, told: Statement, becomes: EventType, mode: str | None
) -> None:
    own = countries(actors, told.source.actors)
    others = tuple(i for i in telling.actors if not countries(actors, (i,)) & own)
    telling.type, telling.mode, telling.act_of = becomes, mode, told.id
    telling.judgement = Judgement("actual", telling.judgement.basis)
    telling.actors = tuple(i for i in telling.actors if i not in others)
    telling.recipients += others
    telling.doers = telling.doers._replace(ids=telling.actors)
    if others:
        telling.receivers = Role(telling.receivers.words, telling.recipients, OTHERS)


def address(
    document: Document,
    actors: Actors,
    statements: Sequence[Statement],
    tellings: Sequence[Telling],
) -> None:
    """Give acts that name no recipient those whom their statement speaks of."""
    by_id = {s.id: s for s in statements}
    for telling in tellings:
        act = by_id.get(telling.act_of or "")
        row = plover("statement").get(act.kind) if act else None
        if act is None or row is None or telling.recipients or row["of"] != telling.type:
            continue
        if row["recipient"] == "yes":
            codes = {actors.code(i) for i in telling.actors}
            named = addressed(document, actors, act, tellings)
            telling.recipients = tuple(i for i in named if actors.code(i) not in codes)
            telling.receivers = Role((), telling.recipients, ADDRESSED)


def addressed(
    document: Document, actors: Actors, statement: Statement, tellings: Sequence[Telling] = ()
) -> tuple[str, ...]:
    """Whom a statement speaks of: the subject of its main clause, else the parties to what it
    tells, else those that it names."""
    content = words_of(document, statement.content)
    for root in _roots(document, content):
        subjects = Predicate(document, root).surface_subjects()
        found = _others(actors, statement, resolve_all(document, actors, subjects))
        if found:
            return found
    if statement.kind == "demand":
        return ()
    inside = set(content)
    parties = dict.fromkeys(
        i
        for t in tellings
        if t.word in inside and t.act_of != statement.id
        for i in t.actors + t.recipients
    )
    nouns = (w for w in content if document.upos[w] in NOMINAL)
    return (
        _others(actors, statement, tuple(parties))
        or _others(actors, statement, resolve_all(document, actors, coordinated(document, nouns)))
    )[:_MAX_NAMED]


def _others(actors: Actors, statement: Statement, ids: tuple[str, ...]) -> tuple[str, ...]:
    """Those that are coded and not of the speaker's own country."""
    own = countries(actors, statement.source.actors)
    return tuple(i for i in ids if countries(actors, (i,)) - own)


def _roots(document: Document, words: list[int]) -> list[int]:
    """The words whose heads lie outside."""
    inside = set(words)
    return [w for w in words if document.heads[w] not in inside]


def _head(document: Document, words: list[int]) -> int:
    """The topmost of some words."""
    return next(iter(_roots(document, words)), words[0])
