"""Measures, matches and votes in words for a person, in the interface language."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from menurut.desk.disarm import disarm
from menurut.desk.ledger_words import parties_words, party_words
from menurut.desk.phrases import OUTCOMES, label, time_words
from menurut.interface import gettext as _
from menurut.interface import language, ngettext
from menurut.interface import mark as N_  # noqa: N812 (the usual gettext name)
from menurut.ledger.votes import Polled, TakenVote
from menurut.obligations.goods import title_of
from menurut.obligations.matching import Condition, Reason
from menurut.obligations.regimes import MEMBERS, Checked, Instrument, Stretch


def binds_words(binds: tuple[str, ...]) -> str:
    """Whom a measure binds."""
    return ", ".join(_("all UN members") if key == MEMBERS else party_words(key) for key in binds)


def provision_words(instrument: Instrument, paragraphs: str) -> str:
    """An instrument with the numbers of its paragraphs or articles."""
    if instrument.unit == "article":
        name, unit = instrument.title.in_language(language()), _("article {numbers}")
    else:
        name, unit = instrument.name, _("paragraph {numbers}")
    return f"{name} · {unit.format(numbers=paragraphs)}"


def force_words(force: tuple[Stretch, ...]) -> str:
    """On which days a measure holds."""
    return "; ".join(map(_stretch, force))


def _stretch(stretch: Stretch) -> str:
    since = time_words(stretch.since.isoformat())
    if stretch.until is None:
        return _("since {day}").format(day=since)
    until = time_words(stretch.until.isoformat())
    return _("from {first} to {last}").format(first=since, last=until)


CONFIRMED = {
    "paragraph": N_("the number"),
    "duty": N_("what it asks"),
    "dates": N_("the dates"),
}


def confirmed_words(checked: Checked) -> str:
    """What of a measure a public text confirms."""
    return ", ".join(label(CONFIRMED, aspect) for aspect in checked.confirms)


def checked_text(text: Checked) -> str:
    """A public text with its address, and what it confirms."""
    return f"{text.title} ({confirmed_words(text)}), {text.url}"


def checked_words(texts: tuple[Checked, ...]) -> str:
    """The public texts that a measure was read against, on one line."""
    if not texts:
        return _("read against no public text")
    held = "; ".join(f"{one.title} ({confirmed_words(one)})" for one in texts)
    return _("read against: {texts}").format(texts=held)


def reason_words(reason: Reason) -> str:
    """What of a deed bears on a measure."""
    return _REASONS[reason.aspect](reason)


def _goods(reason: Reason) -> str:
    title = title_of(reason.value, language())
    same = reason.words is not None and reason.words.lower() == title.lower()
    return f"{title} (“{disarm(reason.words)}”)" if reason.words and not same else title


def _date(reason: Reason) -> str:
    days = time_words(reason.value)
    return _("undated, told {days}").format(days=days) if reason.words else days


_REASONS: dict[str, Callable[[Reason], str]] = {
    "type": lambda r: r.value,
    "charge": lambda _r: _("told only as a charge"),
    "actor": lambda r: _("by {party}").format(party=party_words(r.value)),
    "recipient": lambda r: _("to {party}").format(party=party_words(r.value)),
    "goods": _goods,
    "origin": lambda r: _("made in {party}").format(party=party_words(r.value)),
    "place": lambda r: _("in {party}").format(party=party_words(r.value)),
    "date": _date,
}


def condition_words(condition: Condition) -> str:
    """What a telling leaves open."""
    if condition.text is not None:
        return condition.text.in_language(language())
    return _CONDITIONS[condition.matter](condition.value or "")


_CONDITIONS: dict[str, Callable[[str], str]] = {
    "goods": lambda v: _("if what is meant is {goods}").format(goods=title_of(v, language())),
    "direction": lambda v: _("if it goes to {party}").format(party=party_words(v)),
    "after": lambda v: _("if it was done on or after {day}").format(day=time_words(v)),
    "before": lambda v: _("if it was done by {day}").format(day=time_words(v)),
    "about": lambda v: _("if it is about {party}").format(party=party_words(v)),
}


def vote_words(vote: TakenVote) -> str:
    """A vote on one line: how many on each side and who, what came of it."""
    sides = (
        side
        for words, polled in (
            (_("for"), vote.ayes),
            (_("against"), vote.noes),
            (_("abstaining"), vote.abstentions),
        )
        for side in _side(words, polled)
    )
    parts = [
        party_words(vote.body) if vote.body else "",
        ", ".join(sides),
        _outcome(vote),
        time_words(vote.time) if vote.time else "",
    ]
    return " · ".join(filter(None, parts))


def _outcome(vote: TakenVote) -> str:
    if vote.vetoed_by:
        return _("vetoed by {parties}").format(parties=parties_words(vote.vetoed_by))
    return label(OUTCOMES, vote.outcome) if vote.outcome else ""


def _side(words: str, polled: Polled) -> Iterator[str]:
    if polled.count is None and not polled.parties:
        return
    count = "" if polled.count is None else f"{polled.count} "
    named = parties_words(polled.parties)
    if polled.count is None:
        yield f"{named} {words}"
    else:
        yield f"{count}{words}" + (f" ({named})" if named else "")


def counted_matches(number: int) -> str:
    """How many incidents would bear on a measure."""
    words = ngettext("{n} incident would bear on it", "{n} incidents would bear on it", number)
    return words.format(n=number)
