"""The ledger for a person at a terminal. What comes from reports is disarmed before it is shown."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from menurut.contract import Quantity
from menurut.desk import ledger_words as words
from menurut.desk.disarm import disarm
from menurut.desk.phrases import label, moment_words, quantity_words, time_words
from menurut.desk.terminal import Color, open_console, print_page
from menurut.interface import gettext as _
from menurut.interface import mark as N_  # noqa: N812 (the usual gettext name)
from menurut.ledger.queries import Account, Comparison, Dossier, Hit, Incident, Shown, Stats
from menurut.ledger.tellings import Said

_STYLES = {
    "contested": "red",
    "acknowledged": "green",
    "corroborated": "green",
    "single-source": "yellow",
    "planned": "blue",
    "affirms": "green",
    "denies": "red",
    "doubts": "yellow",
}
_SIGNS = {
    "contested": "✗",
    "acknowledged": "●",
    "corroborated": "◉",
    "single-source": "○",
    "planned": "◔",
    "affirms": "+",
    "denies": "✗",
    "doubts": "?",
}
_LEAD = 6  # columns before the text of an incident or an account, for its number
_PLAIN = str.maketrans("✗●◉○◔→·“”", 'x*@o+>-""')


class Page:
    """A page on standard output."""

    def __init__(self, color: Color = "auto", width: int | None = None) -> None:
        self.console: Console = open_console(sys.stdout, color, width)
        self.plain = not self.console.encoding.lower().startswith("utf")

    def put(self, text: Text | str = "", indent: int = 0, lead: str = "") -> None:
        """A line or several; ``lead`` stands before the first, the others hang under the text."""
        line = Text(text) if isinstance(text, str) else text
        if not line.plain:
            self.console.print()
            return
        if self.plain:
            line.plain = line.plain.translate(_PLAIN)
        body = _hanging(Text(f"{lead:<{_LEAD}}", style="dim"), line) if lead else line
        print_page(self.console, Padding(body, (0, 0, 0, indent), expand=False))

    def heading(self, text: str) -> None:
        self.put()
        self.put(Text(text.upper(), style="bold"))

    def note(self, text: str) -> None:
        """A remark on the page itself, under it."""
        self.put()
        self.put(Text(text, style="dim"))

    def incidents(self, found: Sequence[Incident], empty: str) -> None:
        """A list of incidents."""
        if not found:
            self.put(Text(empty, style="dim"))
        for incident in found:
            self.incident(incident)

    def incident(self, incident: Incident, indent: int = 0) -> None:
        sign = _SIGNS.get(incident.status, " ")
        style = _STYLES.get(incident.status, "")
        head = Text(f"{sign} ", style=style)
        head.append(
            words.standing_words(incident.status, incident.outcome, incident.sources), style=style
        )
        head.append(f"  {_kind(incident)}  ", style="bold").append(_sides(incident))
        self.put(head, indent, lead=incident.id)
        facts = (
            words.when_words(incident.begins, incident.ends),
            disarm(incident.place or ""),
            words.counted_sources(incident.sources),
            words.counted_reports(incident.reports),
            _("part of {id}").format(id=incident.series) if incident.series else "",
            _("about {id}").format(id=incident.about) if incident.about else "",
        )
        self.put(Text(" · ".join(filter(None, facts)), style="dim"), indent + _LEAD)
        self.put(disarm(incident.words), indent + _LEAD)
        if incident.unheard:
            unheard = _("not heard: {names}").format(names=words.parties_words(incident.unheard))
            self.put(Text(unheard, style="yellow"), indent + _LEAD)

    def shown(self, shown: Shown) -> None:
        """An incident whole, its accounts side by side by where they stand."""
        self.incident(shown.incident)
        for stance in ("affirms", "denies", "doubts"):
            held = [a for a in shown.accounts if a.stance == stance]
            if held:
                self.heading(label(words.STANCES, stance))
                self.accounts(held)
        figures = [(f, a) for a in shown.accounts for f in a.figures if a.stance == "affirms"]
        if figures:
            self.heading(_("Figures, and who gives them"))
            for figure, who in _merged(figures):
                self.put(Text(f"{disarm(figure)}: ", style="bold").append(who), 2)
        if shown.parts:
            self.heading(_("Single events in it"))
            for part in shown.parts:
                self.incident(part, 2)
        self.heading(_("History"))
        for version in shown.versions:
            facts = (
                moment_words(version.at[:19] + "+00:00"),
                label(words.KINDS, version.kind),
                disarm(version.author),
                words.standing_words(version.status, None),
                disarm(version.reason or ""),
            )
            self.put(Text(" · ".join(filter(None, facts)), style="dim"), 2)

    def accounts(self, found: Iterable[Account]) -> None:
        for account in found:
            self.account(account)

    def account(self, account: Account, indent: int = 2) -> None:
        head = Text(f"{_SIGNS[account.stance]} ", style=_STYLES[account.stance])
        head.append(_source(account), style="bold")
        figures = ", ".join(disarm(f.words) for f in account.figures)
        if figures:
            head.append(f" · {figures}")
        grades = "".join(f" [{g.reliability or ''}{g.credibility or ''}]" for g in account.grades)
        self.put(head.append(grades, style="magenta"), indent, lead=str(account.id))
        self.put(f"“{disarm(account.words)}”", indent + _LEAD)
        facts = (
            _("said {day}").format(day=time_words(account.said_on)) if account.said_on else "",
            disarm(account.publisher or ""),
            disarm(account.agency or ""),
            disarm(account.report),
            _("copy of {report}").format(report=disarm(account.origin)) if account.origin else "",
            words.reasons_words(account.reasons),
        )
        self.put(Text(" · ".join(filter(None, facts)), style="dim"), indent + _LEAD)

    def dossier(self, dossier: Dossier) -> None:
        """What is kept of one party."""
        self.put(Text(words.party_words(dossier.party), style="bold"))
        for title, held in (
            (_("Did"), dossier.did),
            (_("Met with"), dossier.met_with),
            (_("Is accused of"), dossier.accused_of),
        ):
            if held:
                self.heading(title)
                self.incidents(held, "")
        for title, accounts in ((_("Said"), dossier.said), (_("Denied"), dossier.denied)):
            if accounts:
                self.heading(title)
                self.accounts(accounts)

    def hits(self, found: Sequence[Hit]) -> None:
        if not found:
            self.put(Text(_("Nothing found."), style="dim"))
        for hit in found:
            self.put(Text(disarm(hit.title or hit.report), style="bold"))
            when = moment_words(hit.published_at) if hit.published_at else ""
            facts = (disarm(hit.report), disarm(hit.publisher or ""), when, " ".join(hit.incidents))
            self.put(Text(" · ".join(filter(None, facts)), style="dim"), 2)
            self.put(disarm(hit.words), 2)

    def comparison(self, found: Comparison) -> None:
        """Two reports: where they differ, what each has alone."""
        if found.same_origin:
            self.put(Text(_("The two are copies of one story."), style="yellow"))
        self.heading(_("Both tell of"))
        for pair in found.shared:
            differs = ", ".join(label(_DIFFERENCES, d) for d in pair.differs)
            note = _("they differ in: {what}").format(what=differs) if differs else _("they agree")
            self.put(Text(f"{pair.incident}  ", style="dim").append(note))
            for account in (*pair.first, *pair.second):
                self.account(account)
        alone = _("Only in {report}")
        for report, accounts in (
            (found.first, found.only_first),
            (found.second, found.only_second),
        ):
            if accounts:
                self.heading(alone.format(report=disarm(report)))
                self.accounts(accounts)

    def stats(self, found: Stats) -> None:
        rows = (
            (_("reports"), found.reports),
            (_("of them, not copies"), found.origins),
            (_("incidents"), found.incidents),
            (_("accounts"), found.accounts),
            (_("doubtful links"), found.doubtful),
            (_("revisions"), found.revisions),
            *((label(words.STANDINGS, status), n) for status, n in found.statuses.items()),
        )
        for name, number in rows:
            self.put(f"{number:>8}  {name}")


_DIFFERENCES = {"figures": N_("figures"), "stances": N_("stances"), "status": N_("status")}


def _hanging(lead: Text, body: Text) -> Table:
    grid = Table.grid(padding=0)
    grid.add_column(width=max(_LEAD, lead.cell_len), overflow="fold")
    grid.add_column(overflow="fold")
    grid.add_row(lead, body)
    return grid


def _kind(incident: Incident) -> str:
    return f"{incident.type}/{incident.mode}" if incident.mode else incident.type


def _sides(incident: Incident) -> str:
    actors = words.parties_words(incident.actors) or _("nobody named")
    recipients = words.parties_words(incident.recipients)
    return f"{actors} → {recipients}" if recipients else actors


def _source(account: Account) -> str:
    name = words.speaker_words(account)
    return disarm(f"{name} [{account.code}]" if account.code else name)


def _merged(figures: Iterable[tuple[Said, Account]]) -> Iterator[tuple[str, str]]:
    """Each figure once, with all who give it; figures are never added up or averaged."""
    found: dict[tuple[float | None, float | None], list[tuple[str, str]]] = {}
    for said, account in figures:
        held = found.setdefault((said.low, said.high), [])
        held.append((_figure(said), _source(account)))
    for told in found.values():
        yield told[0][0], ", ".join(dict.fromkeys(source for _words, source in told))


def _figure(said: Said) -> str:
    quantity = Quantity(
        id="q",
        span=(0, 0),
        low=said.low,
        high=said.high,
        approximate=said.approximate,
        of=said.of,
    )
    return f"“{said.words}” ({quantity_words(quantity)})"
