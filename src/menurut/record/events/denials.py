"""Which statements deny a happening."""

from __future__ import annotations

from collections.abc import Sequence

from menurut.contract import Statement
from menurut.reader.document import Document
from menurut.record.events.happenings import Happening
from menurut.record.events.rules import ANSWERED
from menurut.record.events.tellings import Actors, Role, countries
from menurut.record.events.voices import words_of

_REFERRING = 4
_SENTENCES_BACK = 4


def deny(
    document: Document,
    actors: Actors,
    statements: Sequence[Statement],
    happenings: Sequence[Happening],
) -> list[Happening]:
    """The happenings, each with the statements that deny it.

    A denial denies what is told in its content; where the content only points back (``it``,
    ``the allegation``), what the statement that it answers tells; and every other account of the
    same act of the deniers. What a denial tells of and another source affirms is one happening.
    """
    for denial in statements:
        if denial.kind != "deny":
            continue
        answered = _answered(document, actors, denial, statements, happenings)
        denied = [
            h
            for h in happenings
            if denial.id in h.according_to or (answered and answered.id in h.according_to)
        ]
        for happening in (*denied, *_other_accounts(actors, denied, denial, happenings)):
            if denial.id not in happening.denied_by and happening.main.act_of is None:
                happening.denied_by.append(denial.id)
        if answered:
            _address(actors, denial, answered, happenings)
    return [h for h in happenings if not _is_answered(actors, h, happenings)]


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
    if denied.main.judgement.status != "denied" or not denied.denied_by:
        return False
    act = _act(actors, denied)
    for happening in happenings:
        if happening.main.judgement.status != "denied" and _act(actors, happening) == act:
            happening.denied_by.extend(d for d in denied.denied_by if d not in happening.denied_by)
            happening.tellings.extend(denied.tellings)
            return True
    return False


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
    """The nearest earlier statement by another source that speaks of the deniers."""
    content = words_of(document, denial.content)
    if any(denial.id in h.according_to for h in happenings):
        return None
    if len(content) > _REFERRING and any(document.upos[w] == "VERB" for w in content):
        return None
    cue = words_of(document, denial.cue) or content
    if not cue:
        return None
    deniers = countries(actors, denial.source.actors)
    earlier = [s for s in statements if s is not denial and _before(document, s, cue[0])]
    for statement in sorted(earlier, key=lambda s: -s.cue[0][0] if s.cue else 0):
        if countries(actors, statement.source.actors) & deniers:
            continue
        if any(statement.id in h.according_to and _party(actors, h, deniers) for h in happenings):
            return statement
    return None


def _before(document: Document, statement: Statement, word: int) -> bool:
    """Whether a statement stands before a word, a few sentences back at most."""
    words = words_of(document, statement.content)
    if not words or words[0] >= word:
        return False
    return document.sentence_of[word] - document.sentence_of[words[0]] <= _SENTENCES_BACK


def _party(actors: Actors, happening: Happening, deniers: frozenset[str]) -> bool:
    main = happening.main
    return bool(deniers & (countries(actors, main.actors) | countries(actors, main.recipients)))
