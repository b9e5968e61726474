"""The words that say what a person is: titles, else where somebody works."""

from __future__ import annotations

from collections.abc import Iterator

from menurut.reader.document import Document, Range
from menurut.record.actors.entity import text_of
from menurut.record.actors.grammar import Grammar
from menurut.record.actors.people import Person
from menurut.record.actors.phrase import Phrase


def role_of(document: Document, rules: Grammar, person: Person) -> str | None:
    """The words of the title with an owner, else of the first, else of a place of work."""
    titles = person.titles()
    best = next((t for t in titles if t.owners), titles[0] if titles else None)
    ranges = _role_words(document, rules, best) if best else next(_works(document, person), ())
    return " ".join(text_of(document, *r) for r in ranges) or None


def role_ranges(document: Document, rules: Grammar, person: Person) -> list[Range]:
    """All words that say what a person is: of every title, else of every place of work."""
    titled = [_role_words(document, rules, title) for title in person.titles()]
    return [r for ranges in (titled or _works(document, person)) for r in ranges]


def _works(document: Document, person: Person) -> Iterator[tuple[Range, ...]]:
    """The words behind a name that tell where somebody works."""
    for phrase in person.phrases:
        if phrase.owners:
            start = phrase.item.end
            while document.forms[start] in ",(":
                start += 1
            yield ((start, phrase.end),)


def _role_words(document: Document, rules: Grammar, title: Phrase) -> tuple[Range, ...]:
    """The words of a title without the name: before it, and what belongs to it behind."""
    name = title.name
    if name is None or not title.start <= name.item.start < title.end:
        return ((title.start, max([title.end, *(o.end for o in title.owners)])),)
    end = name.item.start
    while end > title.start and document.lower[end - 1] in rules.honorifics:
        end -= 1
    end = _before_bracket(document, title.start, end)
    while end > title.start and document.upos[end - 1] == "PUNCT":
        end -= 1
    found = ((title.start, end),) if end > title.start else ()
    behind = max((o.end for o in title.owners if o.start > name.item.end), default=0)
    return (*found, (name.item.end, behind)) if behind else found


def _before_bracket(document: Document, start: int, end: int) -> int:
    """The end of a title without the abbreviation in brackets that it ends with."""
    forms = document.forms
    while end > start and document.upos[end - 1] == "PUNCT" and forms[end - 1] != ")":
        end -= 1
    if end > start and forms[end - 1] == ")":
        return next((w for w in range(end - 1, start, -1) if forms[w] == "("), end)
    return end
