"""The values of the ledger in words for a person, in the interface language."""

from __future__ import annotations

import re
from functools import cache

from menurut.desk.phrases import label, number_words, time_words
from menurut.interface import gettext as _
from menurut.interface import language, ngettext
from menurut.interface import mark as N_  # noqa: N812 (the usual gettext name)
from menurut.ledger.errors import LedgerError
from menurut.ledger.queries import Account
from menurut.tables import language_table
from menurut.world import bodies, countries, groups

STANDINGS = {
    "contested": N_("contested"),
    "acknowledged": N_("acknowledged"),
    "corroborated": N_("corroborated"),
    "single-source": N_("single source"),
    "planned": N_("planned"),
}
OUTCOMES = {
    "pending": N_("not due yet"),
    "due": N_("came due; not told since"),
    "happened": N_("announced, and happened"),
    "fell-through": N_("announced, and fell through"),
}
TYPES = {
    "AGREE": N_("Agreement"),
    "CONSULT": N_("Meeting"),
    "SUPPORT": N_("Support"),
    "CONCEDE": N_("Concession"),
    "COOPERATE": N_("Cooperation"),
    "AID": N_("Aid"),
    "RETREAT": N_("Retreat"),
    "REQUEST": N_("Request"),
    "ACCUSE": N_("Accusation"),
    "REJECT": N_("Refusal"),
    "THREATEN": N_("Threat"),
    "PROTEST": N_("Protest"),
    "SANCTION": N_("Sanction"),
    "MOBILIZE": N_("Mobilization"),
    "COERCE": N_("Coercion"),
    "ASSAULT": N_("Assault"),
}
"""PLOVER's types of events."""
STANCES = {"affirms": N_("affirms"), "denies": N_("denies"), "doubts": N_("leaves open")}
CHANGES = {
    "added": N_("added"),
    "unchanged": N_("unchanged"),
    "reread": N_("read anew"),
    "corrected": N_("corrected"),
    "withdrawn": N_("withdrawn by its sender"),
    "superseded": N_("passed over: a later edition is held"),
}
VERDICTS = {
    "same": N_("belongs there"),
    "different": N_("does not belong there"),
    "wrong-actor": N_("other parties"),
    "wrong-status": N_("another status"),
    "not-event": N_("no event"),
}
KINDS = {
    "add": N_("a report was added"),
    "reread": N_("a report was read anew"),
    "correct": N_("a report was corrected"),
    "withdraw": N_("a report was withdrawn"),
    "merge": N_("merged"),
    "split": N_("split"),
    "judge": N_("judged"),
    "replay": N_("a judgement was replayed"),
    "retract": N_("a judgement was taken back"),
}
REASONS = {
    "first": N_("first telling"),
    "judged_same": N_("a person judged it"),
    "same_type": N_("the same kind of event"),
    "kindred_type": N_("a kindred event"),
    "told_as_either": N_("told as either kind of event"),
    "same_mode": N_("done the same way"),
    "other_mode": N_("done another way"),
    "visit_or_talks": N_("a visit, and talks"),
    "same_actors": N_("the same actors"),
    "shared_actors": N_("some of the same actors"),
    "kin_actors": N_("people of the same country as actors"),
    "no_actors": N_("no actor named"),
    "other_actors": N_("other actors"),
    "same_recipients": N_("the same recipients"),
    "shared_recipients": N_("some of the same recipients"),
    "kin_recipients": N_("people of the same country as recipients"),
    "no_recipients": N_("no recipient named"),
    "other_recipients": N_("other recipients"),
    "same_person": N_("the same person"),
    "other_persons": N_("other persons"),
    "same_day": N_("the same day"),
    "same_stretch": N_("the same stretch of time"),
    "wide_stretch": N_("a part of a long stretch of time"),
    "one_of_many": N_("one of many in a long stretch of time"),
    "put_off": N_("announced for an earlier day"),
    "next_day": N_("a day apart"),
    "same_trip": N_("days of one visit"),
    "other_time": N_("another time"),
    "told_together": N_("told at the same time"),
    "told_soon": N_("told soon after"),
    "told_late": N_("told long after"),
    "told_too_late": N_("told too long after"),
    "told_before": N_("told as done before that day"),
    "same_place": N_("the same place"),
    "same_country": N_("the same country"),
    "other_place": N_("another place"),
    "other_country": N_("another country"),
    "same_matter": N_("the same matter"),
    "other_matter": N_("another matter"),
    "same_figure": N_("the same figure"),
    "same_words": N_("the same words"),
    "other_words": N_("other words"),
    "denial": N_("a denial of what was claimed"),
    "same_report": N_("told apart in one report"),
    "same_sentence": N_("told in one sentence"),
    "same_origin": N_("copies of one story tell it"),
    "speaks_of_parties": N_("a statement about its parties"),
    "counts_the_same": N_("counts the same thing"),
}
ERRORS = (
    N_("these are all accounts of the incident: nothing would be left in it"),
    N_("these only speak of the incident: they make none of their own"),
    N_("to merge, name two or more incidents"),
    N_("there is no such judgement, or it was taken back already"),
    N_("this ledger was made by a newer menurut"),
    N_("for PostgreSQL install menurut[postgresql]"),
    N_("for Parquet install menurut[parquet]"),
    N_("for Word documents install menurut[docx]"),
)
"""What the ledger most often says, for the catalogues."""


@cache
def _countries(code: str) -> dict[str, str]:
    rows = language_table(code, "countries")
    return {row["code"]: row["names"].split("|")[0] for row in rows if row["names"]}


@cache
def _groups(language: str) -> dict[str, str]:
    """What loose groups of states are called in a language, by code."""
    codes = groups()
    return {
        codes[row["group"]]: row["forms"].partition("|")[0]
        for row in language_table(language, "groups")
        if row["group"] in codes
    }


@cache
def _bodies(language: str) -> dict[str, str]:
    """What bodies are called in a language, by code: as the world does where its press does so."""
    forms = {row["body"]: row["forms"].split("|") for row in language_table(language, "bodies")}
    return {
        body.code: body.name
        if body.name in forms.get(body.key, [body.name])
        else forms[body.key][0]
        for body in reversed(bodies().values())
    }


@cache
def _exonyms(language: str) -> dict[str, str]:
    """What places are called in a language, by the name that the ledger has, where it differs.

    In the language that the world's own tables are written in, all lands have the same name there;
    its other names of places stand beside those of the gazetteer, not in their stead.
    """
    called = _countries(language)
    lands = {land.name: called[code] for code, land in countries().items() if code in called}
    if all(name == told for name, told in lands.items()):
        return {}
    towns = {row["of"]: row["name"] for row in reversed(language_table(language, "exonyms"))}
    return towns | lands


def place_words(place: str) -> str:
    """What a place is called in the interface's language."""
    return _exonyms(language()).get(place, place)


_POSSESSIVE = re.compile(r"(?<=\w) s\b")
_VOWEL = re.compile(r"[aeiouy]")
_ABBREVIATION = 4
_TITLES = frozenset({"mr", "mrs", "ms", "dr", "st", "jr", "sr"})
_SMALL = frozenset(
    {"and", "at", "for", "from", "in", "of", "on", "the", "to", "who", "with"}
    | {"dan", "dari", "di", "ke", "oleh", "pada", "untuk", "yang"}
)
"""Small words inside names, in both languages of names that the ledger holds together."""


def party_words(key: str) -> str:
    """The name of a party by its key: ``PRK`` is North Korea; ``~`` and codes are taken off."""
    if key.startswith("~"):
        return _as_name(key[1:])
    code, _slash, name = key.partition("/")
    if name:
        return f"{_as_name(name)} [{code}]"
    if key in countries():
        return _countries(language()).get(key) or countries()[key].name
    return _bodies(language()).get(key) or _groups(language()).get(key, key)


def _as_name(folded: str) -> str:
    """A folded name with the capitals and the apostrophes that it is likely to have had."""
    words = _POSSESSIVE.sub("’s", folded).split()
    return " ".join(w if n and w in _SMALL else _capital(w) for n, w in enumerate(words))


def _capital(word: str) -> str:
    abbreviated = 1 < len(word) <= _ABBREVIATION and not _VOWEL.search(word) and word.isalpha()
    return word.upper() if abbreviated and word not in _TITLES else word[:1].upper() + word[1:]


def parties_words(keys: tuple[str, ...]) -> str:
    """The names of parties, parted by commas."""
    return ", ".join(map(party_words, keys))


def when_words(begins: str | None, ends: str | None) -> str:
    """The days of an incident: a day, a month, a year, or from one day to another."""
    if begins is None or ends is None:
        return ""
    if begins == ends:
        return time_words(begins)
    for length in (4, 7):
        if begins[:length] == ends[:length] and _whole(begins, ends, length):
            return time_words(begins[:length])
    return time_words(f"{begins}/{ends}")


def _whole(begins: str, ends: str, length: int) -> bool:
    """Whether two days are the first and the last of a year (4) or a month (7)."""
    if length == 4:
        return begins.endswith("-01-01") and ends.endswith("-12-31")
    return begins.endswith("-01") and ends[-2:] in ("28", "29", "30", "31")


def reasons_words(reasons: tuple[str, ...]) -> str:
    """Why a link was made, in words."""
    return ", ".join(label(REASONS, reason) for reason in reasons)


def counted_sources(number: int) -> str:
    """How many independent sources affirm it."""
    if number == 0:
        return _("no source that affirms it")
    words = ngettext("{n} independent source", "{n} independent sources", number)
    return words.format(n=number)


def error_words(error: LedgerError) -> str:
    """What the ledger complains of."""
    words = _(error.message)
    return words.format(**error.values) if error.values else words


def counted_incidents(number: int) -> str:
    return ngettext("{n} incident", "{n} incidents", number).format(n=number_words(number))


def counted_reports(number: int) -> str:
    return ngettext("{n} report", "{n} reports", number).format(n=number)


def standing_words(status: str, outcome: str | None, sources: int | None = None) -> str:
    """Where an incident stands, and what became of what was announced.

    ``sources``: how many affirm it, where that is known; one that only demands or threatens with
    something does not.
    """
    left_open = status == "single-source" and sources == 0
    words = _("left open") if left_open else label(STANDINGS, status)
    return f"{words} ({label(OUTCOMES, outcome)})" if outcome else words


def speaker_words(account: Account) -> str:
    """Who speaks: a source by its name, one that the report does not name, or the report itself."""
    if account.name is None:
        name = account.agency or account.publisher or account.report
        return _("{name} (own voice)").format(name=name)
    return account.name or _("a source without a name")
