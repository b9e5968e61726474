"""Alerts in words for a person, in the interface language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from menurut.desk import ledger_words as words
from menurut.desk.phrases import label, time_words
from menurut.interface import gettext as _
from menurut.interface import mark as N_  # noqa: N812 (the usual gettext name)

if TYPE_CHECKING:
    from menurut.watching.alerts import Message

KINDS = {
    "incident": N_("a new incident"),
    "account": N_("a new account"),
    "denial": N_("a new denial"),
    "figure": N_("another figure"),
    "status": N_("it stands differently"),
    "due": N_("announced, due, and not reported"),
}


def message_words(message: Message) -> list[str]:
    """An alert in lines: what happened, who to whom, and the words with who says so."""
    sides = (words.parties_words(message.actors), words.parties_words(message.recipients))
    known = (
        message.incident,
        message.type,
        " → ".join(filter(None, sides)),
        time_words(message.begins) if message.begins else "",
        label(words.STANDINGS, message.status),
    )
    lines = [f"{message.alert}: {label(KINDS, message.kind)}", " · ".join(filter(None, known))]
    if message.before:
        before = label(words.STANDINGS, message.before)
        lines.append(_("before: {what}").format(what=before))
    who = message.source or ""
    if message.stance:
        who = f"{who} {label(words.STANCES, message.stance)}".strip()
    carried = ", ".join(filter(None, (message.publisher, message.report)))
    lines.append(f"{who}: “{message.words}”" if who else f"“{message.words}”")
    return [*lines, f"({carried})"] if carried else lines
