"""Gathers the tellings of a document: by the predicate table, by statements that are acts, and by
what the reader has learned."""

from __future__ import annotations

from collections.abc import Sequence

from menurut.contract import Statement
from menurut.reader.document import Document
from menurut.record.events.background import is_ahead
from menurut.record.events.circumstances import Circumstances
from menurut.record.events.coding import Coder
from menurut.record.events.covering import independent
from menurut.record.events.lands import Lands
from menurut.record.events.learned import learned
from menurut.record.events.signs import status_of_form
from menurut.record.events.speech_acts import address, perform, requests, speech_acts
from menurut.record.events.status import to_come
from menurut.record.events.tellings import Telling
from menurut.record.events.voices import Voices


def gather_tellings(
    document: Document,
    actors: Lands,
    statements: Sequence[Statement],
    circumstances: Circumstances,
) -> list[Telling]:
    """All tellings in text order, bare nominals that name nobody (``the visit``) among them."""
    voices = Voices(document, actors, statements)
    coder = Coder(document, actors, voices, circumstances)
    tellings = list(coder.of_frames())
    asked = list(requests(document, actors, statements))
    found = independent(document, actors, tellings, asked)
    told = {t.act_of for t in found}
    for telling in found:
        perform(document, voices, actors, telling, told)
    acts = list(speech_acts(document, actors, statements, found))
    found = independent(document, actors, found, acts)
    found = independent(document, actors, list(learned(document, coder, found)), found)
    found = [t for t in found if t.frame or not coder.fields.bar_telling(t, statements)]
    address(document, actors, statements, found)
    for telling in found:
        telling.time = telling.time or circumstances.time(telling.word, telling.nominal)
        telling.told_by = voices.telling(telling.word, telling.act_of)
        if telling.act_of is None and _is_ahead(document, telling, circumstances):
            telling.judgement = to_come(document, telling.word, telling.judgement)
    return sorted(found, key=lambda t: t.word)


def _is_ahead(document: Document, telling: Telling, circumstances: Circumstances) -> bool:
    """Whether a telling is dated after the report, in words that look ahead (``next week``): a bare
    ``September 11`` may be of any year."""
    when = telling.time
    if when is None or not is_ahead(when.value, circumstances.published):
        return False
    words = circumstances.words_of(when)
    return any(status_of_form(document.lower[w], "time", document.language) for w in words)
