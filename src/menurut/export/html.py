"""A dossier of incidents as one page of HTML, without scripts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from menurut.desk import ledger_words as words
from menurut.desk.disarm import disarm
from menurut.desk.phrases import label
from menurut.interface import gettext as _
from menurut.interface import language
from menurut.ledger.queries import Account, Shown

_HEAD = (
    '<!doctype html>\n<html lang="{language}">\n<head><meta charset="utf-8">'
    "<title>menurut</title>\n<style>body{{font:1rem/1.5 serif;max-width:44rem;margin:2rem auto}}"
    "small{{color:#555}}</style></head>\n<body>\n"
)


def export(found: Iterable[Shown]) -> bytes:
    body = "\n".join(line for shown in found for line in _section(shown))
    return f"{_HEAD.format(language=language())}{body}\n</body>\n</html>\n".encode()


def _section(shown: Shown) -> Iterator[str]:
    incident = shown.incident
    sides = [words.parties_words(incident.actors), words.parties_words(incident.recipients)]
    parties = _safe(" → ".join(filter(None, sides)))
    yield f"<section>\n<h1>{incident.id}: {incident.type}, {parties}</h1>"
    known = (
        words.standing_words(incident.status, incident.outcome, incident.sources),
        words.when_words(incident.begins, incident.ends),
        incident.place or "",
        words.counted_sources(incident.sources),
        words.counted_reports(incident.reports),
    )
    yield f"<p>{_safe(' · '.join(filter(None, known)))}</p>"
    if incident.unheard:
        unheard = _("not heard: {names}").format(names=words.parties_words(incident.unheard))
        yield f"<p><strong>{_safe(unheard)}</strong></p>"
    for stance in ("affirms", "denies", "doubts"):
        held = [account for account in shown.accounts if account.stance == stance]
        if held:
            yield f"<h2>{_safe(label(words.STANCES, stance).capitalize())}</h2>\n<ul>"
            yield from map(_item, held)
            yield "</ul>"
    yield "</section>"


def _item(account: Account) -> str:
    who = words.speaker_words(account)
    figures = ", ".join(figure.words for figure in account.figures)
    copy = _("copy of {report}").format(report=account.origin) if account.origin else ""
    carried = (account.publisher or "", account.report, account.published_at or "", copy)
    return (
        f"<li><strong>{_safe(who)}</strong>{f' ({_safe(figures)})' if figures else ''}: "
        f'<q lang="{_safe(account.language)}">{_safe(account.words)}</q> '
        f"<small>{_safe(', '.join(filter(None, carried)))}</small></li>"
    )


def _safe(text: str) -> str:
    return escape(disarm(text))
