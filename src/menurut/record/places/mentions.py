"""The whole mention of a place: its name with its sort, its side of the compass, its country."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from menurut.reader.document import Document, Range
from menurut.record.places.gazetteer import Location, candidates, likeliest
from menurut.record.places.kinds import TOWNS
from menurut.record.places.sentences import LONGEST_PHRASE, Sentence
from menurut.record.places.settings import Setting
from menurut.record.places.toponyms import ABBREVIATION, Toponyms


@dataclass(frozen=True, slots=True)
class Mention:
    """A place found: its words, those of the name alone, and where it lies (None: not known)."""

    range: Range
    name: Range
    location: Location | None
    basis: str

    def shown(self, document: Document) -> str:
        """The name to show."""
        start, end = document.span(*self.name)
        if not self.location and document.forms[self.range[0]][:1].isupper():
            start = document.starts[self.range[0]]
        return shown(document.text[start:end], self.location)


def shown(form: str, location: Location | None) -> str:
    """The name to show: the table's own, or the text's without shouting."""
    if location and location.name:
        return location.name
    return form.title() if form.isupper() and len(form) > ABBREVIATION else form


def whole_mention(
    sentence: Sentence,
    toponyms: Toponyms,
    name: Range,
    location: Location | None,
    setting: Setting,
    skip: Collection[int],
) -> Mention:
    """The mention of a place that its setting shows. ``skip``: words that are no places."""
    start, end = setting.start, name[1]
    lower, uses = sentence.document.lower, sentence.uses
    if start > sentence.start and lower[start - 1] in uses["direction_before"]:
        start -= 1
    while end < sentence.end and lower[end] in uses["direction_after"]:
        end += 1
    end += sentence.sort_behind(end)
    marked = toponyms.inside.get(name[0])
    if marked and marked.label == "LOC":
        end = max(end, marked.end)
    if holder := _holder(sentence, toponyms, name, end, skip):
        within = _within(toponyms, name, location, holder[1])
        end, location = (holder[0], within) if within else (end, location)
    basis = " ".join(filter(None, (setting.use, setting.words)))
    return Mention((start, end), name, location, basis)


def _holder(
    sentence: Sentence, toponyms: Toponyms, name: Range, end: int, skip: Collection[int]
) -> tuple[int, Location] | None:
    """The country, state or province named behind a comma, and where its name ends."""
    if end + 1 >= sentence.end or sentence.document.forms[end] != ",":
        return None
    for last in range(min(end + 1 + LONGEST_PHRASE, sentence.end), end + 1, -1):
        place = _holding(toponyms, name, end + 1, last)
        if place and place.country and place.kind not in TOWNS:
            acts = sentence.is_subject((end + 1, last)) or any(w in skip for w in range(end, last))
            return None if acts or sentence.possesses(last) else (last, place)
    return None


def _holding(toponyms: Toponyms, name: Range, start: int, end: int) -> Location | None:
    """What some words mean behind a name and a comma: a place that holds one of that name."""
    place = toponyms.look_up(start, end)
    if place is None or place.kind in TOWNS:
        return place
    form = toponyms.form(start, end)
    known = toponyms.look_up(*name)
    named = candidates(form, toponyms.document.language)
    holding = (p for p in named if _within(toponyms, name, known, p))
    return likeliest(holding, toponyms.beside(form)) or place


def _within(
    toponyms: Toponyms, name: Range, location: Location | None, holder: Location
) -> Location | None:
    """The bearer of the name that lies in the named country or state, if there is one."""
    if location is None:
        return Location("", holder.country, basis=f"named with {holder.country}")
    bearers = candidates(toponyms.form(*name), toponyms.document.language)
    return likeliest(
        place
        for place in bearers
        if place.country == holder.country
        and place.kind != "country"
        and holder.state in ("", place.state)
    )
