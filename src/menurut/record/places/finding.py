"""Where things happen: the place mentions of a document, each with what the gazetteer knows of it.

A name (``toponyms``) is a place where its setting says so (``settings``). Which words say so is the
table ``places.tsv`` of the language.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from menurut.contract import Place, Span
from menurut.reader.document import Document
from menurut.record.places.gazetteer import Location, candidates, countries_named, likeliest
from menurut.record.places.mentions import Mention, shown, whole_mention
from menurut.record.places.sentences import Sentence
from menurut.record.places.settings import find_setting
from menurut.record.places.toponyms import LONGEST_NAME, Toponyms

_WORD = re.compile(r"\w[\w.'’-]*")


def locate(name: str, language: str, context: Collection[str] = ()) -> Location | None:
    """The place that a name most likely means, or None where the gazetteer has none.

    ``context``: the countries (ISO 3166 alpha-3) that the report speaks of.
    """
    return likeliest(candidates(name, language), context)


def find_places(
    document: Document, skip: Collection[int] = (), datelines: Collection[Span] = ()
) -> tuple[Place, ...]:
    """The places of a document in text order, with ids ``p1``, ``p2`` and on.

    ``skip``: words known to be governments that act. ``datelines``: spans of the text that are
    datelines and were not read as sentences. A name that the gazetteer does not hold keeps its
    words and nothing else.
    """
    context = countries_named(document.forms, document.language)
    found = [
        (document.span(*m.range), m.shown(document), m.location, m.basis)
        for m in _mentions(document, Toponyms(document, context), frozenset(skip))
    ]
    for span in datelines:
        if start := _dateline_name(document.text, span, document.language):
            form = document.text[slice(*start)]
            place = locate(form, document.language, context)
            found.append((start, shown(form, place), place, "dateline"))
    found.sort(key=lambda entry: entry[0])
    return tuple(
        _place(f"p{number}", span, name, location, basis)
        for number, (span, name, location, basis) in enumerate(found, 1)
    )


def _place(id: str, span: Span, name: str, location: Location | None, basis: str) -> Place:
    if location is None:
        return Place(id=id, span=span, name=name, basis=f"not in the gazetteer; {basis}")
    return Place(
        id=id,
        span=span,
        name=name,
        country=location.country,
        latitude=location.latitude,
        longitude=location.longitude,
        geonames=location.geonames,
        kind=location.kind,
        basis=f"{location.basis}; {basis}",
    )


def _dateline_name(text: str, span: Span, language: str) -> Span | None:
    """The place at the head of a dateline: the longest name known, else all before a sign."""
    words = list(_WORD.finditer(text, *span))[:LONGEST_NAME]
    if not words:
        return None
    start = words[0].start()
    for last in reversed(words):
        if candidates(text[start : last.end()], language):
            return start, last.end()
    run = [w for w in words if text[start : w.end()].replace(" ", "").isalpha()]
    return (start, run[-1].end()) if run else None


def _mentions(document: Document, toponyms: Toponyms, skip: frozenset[int]) -> Iterator[Mention]:
    """The mentions of places, each sentence gone through from left to right."""
    if not any(toponyms.uses.values()):
        return
    openings = {start for start, _ in document.paragraphs}
    for (start, end), kind in zip(document.sentences, document.kinds, strict=True):
        heading = kind == "headline"
        sentence = Sentence(document, toponyms.uses, start, end, heading, start in openings)
        last: Mention | None = None
        word = start
        while word < end:
            mention, word = _at(sentence, toponyms, word, last, skip)
            if mention:
                last = mention
                yield mention


def _at(
    sentence: Sentence, toponyms: Toponyms, word: int, last: Mention | None, skip: frozenset[int]
) -> tuple[Mention | None, int]:
    """The place whose name starts at a word, if one does, and the word to go on from."""
    if not (sentence.document.forms[word][:1].isupper() or word in toponyms.marked):
        return None, word + 1
    name, location = toponyms.at(sentence, word)
    if name is None:
        return None, word + 1
    opens = sentence.opens and word == sentence.start
    setting = find_setting(sentence, name, location, opens, last.range if last else None)
    if setting is None or skip.intersection(range(*name)):
        return None, name[1] if location else word + 1
    mention = whole_mention(sentence, toponyms, name, location, setting, skip)
    return mention, mention.range[1]
