"""A dossier of incidents in Markdown, fit to hand to an editor: every account with its words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from menurut.desk import ledger_words as words
from menurut.desk.disarm import disarm
from menurut.desk.phrases import label
from menurut.interface import gettext as _
from menurut.ledger.queries import Account, Incident, Shown

_MARKS = re.compile(r"([\\`*_{}\[\]<>#|~])")


def export(found: Iterable[Shown]) -> bytes:
    return ("\n\n".join(block for shown in found for block in _blocks(shown)) + "\n").encode()


def _blocks(shown: Shown) -> Iterator[str]:
    incident = shown.incident
    yield f"# {incident.id}: {title(incident)}"
    standing = words.standing_words(incident.status, incident.outcome, incident.sources)
    yield f"*{standing}* — {facts(incident)}"
    if incident.unheard:
        yield _("not heard: {names}").format(names=words.parties_words(incident.unheard))
    for stance in ("affirms", "denies", "doubts"):
        held = [account for account in shown.accounts if account.stance == stance]
        if held:
            yield f"## {label(words.STANCES, stance).capitalize()}"
            yield "\n".join(map(_account, held))


def title(incident: Incident) -> str:
    """What an incident is, in a line."""
    sides = [words.parties_words(incident.actors), words.parties_words(incident.recipients)]
    kind = f"{incident.type}/{incident.mode}" if incident.mode else incident.type
    return _escaped(f"{kind}, {' → '.join(filter(None, sides))}")


def facts(incident: Incident) -> str:
    """When, where, and on how many sources it stands."""
    known = (
        words.when_words(incident.begins, incident.ends),
        incident.place or "",
        words.counted_sources(incident.sources),
        words.counted_reports(incident.reports),
    )
    return _escaped(" · ".join(filter(None, known)))


def _account(account: Account) -> str:
    who = words.speaker_words(account)
    figures = ", ".join(figure.words for figure in account.figures)
    copy = _("copy of {report}").format(report=account.origin) if account.origin else ""
    carried = (account.publisher or "", account.report, account.published_at or "", copy)
    head = f"**{_escaped(who)}**" + (f" ({_escaped(figures)})" if figures else "")
    return f"- {head}: “{_escaped(account.words)}” — {_escaped(', '.join(filter(None, carried)))}"


def _escaped(text: str) -> str:
    return _MARKS.sub(r"\\\1", disarm(text))
