"""Finds who is credited: the agency of a dateline or sign-off, the photographer of a caption."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from menurut.contract import Span
from menurut.reports.furniture import forms, is_names
from menurut.reports.paragraphs import BLANKS
from menurut.tables import Row, languages, table, word_list

_LONGEST = 90
_LONGEST_OUTLET = 4
_BRACKETED = re.compile(r"[(\[]([^()\[\]]{2,90})[)\]]\.?$")
_BOUNDARY = re.compile(r"(?:(?<![A-Z])[.!?][\"”’]?\s+|\s+[–—|-]{1,2}\s+)")
_PARTS = re.compile(r"\s*[/,|]\s*|\s+(?:via|for)\s+", re.IGNORECASE)
_SITE = re.compile(r"[\w-]{3,}(?:\.[a-z]{2,})+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Credit:
    """A credit at the end of a paragraph. ``of_photo``: certainly a picture's, not the story's."""

    span: Span
    of_photo: bool


@cache
def agencies() -> dict[str, Row]:
    """The agencies and outlets by their lower-cased forms."""
    found: dict[str, Row] = {}
    for row in table("world/agencies.tsv"):
        for form in (row["name"], *row["forms"].split("|")):
            if form:
                found.setdefault(form.lower(), row)
    return found


def agency_named(words: str) -> Row | None:
    """The row of an agency or outlet, where the words are nothing but its name."""
    return agencies().get(words.strip(BLANKS + "()[]/.,").lower())


def is_outlet(words: str) -> bool:
    """Whether words name an agency or outlet: one of the table, or a web site (``kompas.id``)."""
    return agency_named(words) is not None or _SITE.fullmatch(words.strip(BLANKS)) is not None


def sounds_like_outlet(words: str) -> bool:
    """Whether a name in no table has a word of outlets in it (``Radar Selatan``), or opens with
    the name of an outlet that the table has (``CNN Nusantara``)."""
    tokens = words.strip(BLANKS + "()[]/.,").lower().split()
    if not 2 <= len(tokens) <= _LONGEST_OUTLET:
        return False
    known = agencies().get(tokens[0])
    return known is not None or not _outlet_words().isdisjoint(tokens)


@cache
def _outlet_words() -> frozenset[str]:
    """Words in the names of outlets, of all languages together."""
    return frozenset().union(*(word_list(language, "outlets") for language in languages()))


def wire(words: str) -> str | None:
    """The first news agency among the parts of a credit (``KCNA via REUTERS``: KCNA)."""
    for part in _PARTS.split(words):
        row = agency_named(part)
        if row is not None and row["kind"] == "agency":
            return row["name"]
    return None


@cache
def _label() -> re.Pattern[str]:
    def alternatives(match: str) -> str:
        return "|".join(re.escape(form) for form in forms("credit", match)) or r"(?!)"

    return re.compile(
        rf"(?:(?:{alternatives('label')})\s*:|(?:{alternatives('start')})(?!\w))", re.IGNORECASE
    )


@cache
def _unparted() -> re.Pattern[str]:
    """A credit that nothing parts from the words before it, but that is plain by its shape."""
    agency = "|".join(re.escape(form) for form in sorted(agencies(), key=len, reverse=True))
    label = "|".join(re.escape(form) for form in forms("credit", "label")) or r"(?!)"
    return re.compile(
        rf"(?<=\s)(?:(?i:{agency})/[A-Z][^.!?]{{2,60}}"
        rf"|(?i:{agency})\s+(?:via|/)\s+(?i:{agency})"
        rf"|(?i:{label}):\s?[^.!?:]{{2,60}})$"
    )


def starts_with_label(words: str) -> bool:
    """Whether words open with a label of pictures: ``Foto:``, ``Photo by``."""
    return _label().match(words) is not None


def _judge(words: str) -> bool | None:
    """True: a picture's credit; False: an agency alone, may be the story's; None: no credit."""
    if starts_with_label(words):
        return True
    if (row := agency_named(words)) is not None:
        return row["kind"] == "photo"
    parts = [part for part in _PARTS.split(words) if part]
    rows = [agency_named(part) for part in parts]
    if len(parts) < 2 or not any(rows):
        return None
    if any(row is None for row in rows):
        named = all(row or is_names(part) for part, row in zip(parts, rows, strict=True))
        return True if named else None
    return " via " in words.lower() or any(row["kind"] == "photo" for row in rows if row)


def find_credit(paragraph: str) -> Credit | None:
    """The credit that ends a paragraph, without its brackets."""
    if match := _BRACKETED.search(paragraph):
        of_photo = _judge(match[1])
        return None if of_photo is None else Credit(match.span(1), of_photo)
    if paragraph.endswith((".", "!", "?")) and not paragraph.lower().endswith(".com"):
        return None
    end = len(paragraph)
    floor = max(0, end - _LONGEST)
    starts = [match.end() for match in _BOUNDARY.finditer(paragraph, floor)]
    for start in [*([0] if floor == 0 else []), *starts]:
        of_photo = _judge(paragraph[start:])
        if of_photo is not None:
            return Credit((start, end), of_photo)
    if match := _unparted().search(paragraph, floor):
        return Credit(match.span(), True)
    return None
