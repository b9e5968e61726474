"""What an incident is called in a report: its id, what was done, who, when.

Event types are the record's words for what was done; a panel of experts speaks of what went from
whom to whom. So a dealing is called by its goods, and a refusal at a vote a veto.
"""

from __future__ import annotations

from collections.abc import Iterator

from menurut.desk import ledger_words
from menurut.desk.disarm import disarm
from menurut.desk.phrases import label
from menurut.interface import gettext as _
from menurut.interface import language
from menurut.obligations.evidence import Case
from menurut.obligations.goods import title_of
from menurut.obligations.matching import Aspect, Match


def called(case: Case) -> str:
    """An incident in a sentence."""
    incident = case.incident
    when = ledger_words.when_words(incident.begins, incident.ends)
    sides = " → ".join(ledger_words.parties_words(side) for side in _sides(case) if side)
    told = ", ".join(filter(None, (sides, when)))
    kind = _kind(case)
    return disarm(f"{incident.id} ({kind}: {told})" if told else f"{incident.id} ({kind})")


def _kind(case: Case) -> str:
    if any(told.vote.vetoed_by for told in case.votes):
        return _("veto")
    goods = [] if case.charge else list(dict.fromkeys(_goods(case)))
    if goods:
        return _("transfer of {goods}").format(goods=", ".join(goods))
    kind = label(ledger_words.TYPES, case.incident.type)
    return kind[:1].lower() + kind[1:]


def _goods(case: Case) -> Iterator[str]:
    """What the goods of its dealings are called."""
    for match in _dealings(case):
        yield from (title_of(name, language()) for name in _values(match, "goods"))


def _sides(case: Case) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """From whom to whom: where it is a dealing, as its measure has it."""
    for match in () if case.charge else _dealings(case):
        givers, takers = _values(match, "actor"), _values(match, "recipient")
        if givers and takers and not any(c.matter == "direction" for c in match.conditions):
            return givers, takers
    return case.incident.actors, case.incident.recipients


def _dealings(case: Case) -> Iterator[Match]:
    return (match for match in case.matches if match.direct)


def _values(match: Match, aspect: Aspect) -> tuple[str, ...]:
    return tuple(reason.value for reason in match.reasons if reason.aspect == aspect)
