"""Which statements deny a happening."""

from __future__ import annotations

from collections.abc import Sequence

from menurut.contract import Statement
from menurut.reader.document import Document
from menurut.record.events.happenings import Happening, times_agree
from menurut.record.events.rules import ANSWERED, ANSWERS, DENIED, OTHER_ACCOUNT, SAYS_NOT
from menurut.record.events.tellings import Actors, Role, countries
from menurut.record.events.voices import words_of

_REFERRING = 4
_SENTENCES_BACK = 4
_SENTENCES_AHEAD = 1


def deny(
    document: Document,
    actors: Actors,
    statements: Sequence[Statement],
    happenings: Sequence[Happening],
) -> list[Happening]:
    """The happenings, each with the statements that deny it and why.

    A denial denies what is told in its content, in a headline too; where the content only points
    (``it``, ``the allegation``), what the statement that it answers tells; and every other
    account of the same act of the deniers. Whoever tells himself that it is not so denies it as
    well. What a denial tells of and another source affirms is one happening.
    """
    for denial in statements:
        if denial.kind == "deny":
            _deny(document, actors, denial, statements, happenings)
    return [h for h in happenings if not _is_answered(actors, h, happenings)]


def _deny(
    document: Document,
    actors: Actors,
    denial: Statement,
    statements: Sequence[Statement],
    happenings: Sequence[Happening],
) -> None:
    told = [h for h in happenings if _tells(denial, h)]
    answered = None if told else _answered(document, actors, denial, statements, happenings)
    replied = [h for h in happenings if answered and answered.id in h.according_to]
    others = _other_accounts(actors, told + replied, denial, happenings)
    for found, ground in ((told, DENIED), (replied, ANSWERS), (others, OTHER_ACCOUNT)):
        for happening in found:
            if happening.main.act_of is None:
                happening.denied_by.setdefault(denial.id, ground)
    if answered:
        _address(actors, denial, answered, happenings)


def _tells(denial: Statement, happening: Happening) -> bool:
    """Whether some telling of a happening lies in a denial; a bare ``allegation`` tells nothing."""
    return any(
        t.told_by is not None and t.told_by.id == denial.id
        for t in happening.tellings
        if not t.nominal or t.actors or t.recipients
    )


def _address(
    actors: Actors, denial: Statement, answered: Statement, happenings: Sequence[Happening]
) -> None:
    """Give the denying the source that it answers for its recipient, where it has none."""
    own = countries(actors, denial.source.actors)
    for happening in happenings:
        main = happening.main
        if main.act_of == denial.id and not main.recipients:
            main.recipients = tuple(
                i for i in answered.source.actors if not countries(actors, (i,)) & own
            )
            main.receivers = Role((), main.recipients, ANSWERED)


def _is_answered(actors: Actors, denied: Happening, happenings: Sequence[Happening]) -> bool:
    """Whether a denied happening is one that another source affirms; that one takes it in."""
    deniers = denied.denied_by or dict.fromkeys(denied.according_to, SAYS_NOT)
    if denied.main.judgement.status != "denied" or not deniers:
        return False
    for happening in happenings:
        if _affirms(actors, happening, denied):
            happening.denied_by = {**deniers, **happening.denied_by}
            happening.tellings.extend(denied.tellings)
            return True
    return False


def _affirms(actors: Actors, happening: Happening, denied: Happening) -> bool:
    """Whether another source tells of a denied act as done or to come."""
    return (
        happening.main.judgement.status != "denied"
        and not set(happening.according_to) & set(denied.according_to)
        and _act(actors, happening) == _act(actors, denied)
        and times_agree(happening.main.time, denied.main.time)
    )


def _other_accounts(
    actors: Actors, denied: list[Happening], denial: Statement, happenings: Sequence[Happening]
) -> list[Happening]:
    """What others tell of the same act, where the deniers are a party to it."""
    acts = {_act(actors, h) for h in denied}
    own = countries(actors, denial.source.actors)
    return [
        h
        for h in happenings
        if h.according_to
        and _act(actors, h) in acts
        and own & (_act(actors, h)[1] | _act(actors, h)[2])
    ]


def _act(actors: Actors, happening: Happening) -> tuple[str, frozenset[str], frozenset[str]]:
    main = happening.main
    return main.type, countries(actors, main.actors), countries(actors, main.recipients)


def _answered(
    document: Document,
    actors: Actors,
    denial: Statement,
    statements: Sequence[Statement],
    happenings: Sequence[Happening],
) -> Statement | None:
    """The nearest statement by another source that speaks of the deniers, an earlier one first."""
    content = words_of(document, denial.content)
    if len(content) > _REFERRING and any(document.upos[w] == "VERB" for w in content):
        return None
    cue = words_of(document, denial.cue) or content
    if not cue:
        return None
    deniers = countries(actors, denial.source.actors)
    near = [
        (away, s)
        for s in statements
        if s is not denial and (away := _sentences_away(document, s, cue[0])) is not None
    ]
    for _, statement in sorted(near, key=lambda pair: (pair[0] < 0, abs(pair[0]))):
        if countries(actors, statement.source.actors) & deniers:
            continue
        if any(statement.id in h.according_to and _party(actors, h, deniers) for h in happenings):
            return statement
    return None


def _sentences_away(document: Document, statement: Statement, word: int) -> int | None:
    """How many sentences a statement stands before a word (behind it: under zero); None if more
    than a few, or in the same sentence behind it."""
    words = words_of(document, statement.content)
    if not words:
        return None
    away = document.sentence_of[word] - document.sentence_of[words[0]]
    behind = words[0] >= word
    if away > _SENTENCES_BACK or -away > _SENTENCES_AHEAD or (behind and not away):
        return None
    return away


def _party(actors: Actors, happening: Happening, deniers: frozenset[str]) -> bool:
    main = happening.main
    return bool(deniers & (countries(actors, main.actors) | countries(actors, main.recipients)))
