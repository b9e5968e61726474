"""What outlets put around a report: section marks, links, bylines, captions' labels.

The forms are the ``furniture.tsv`` tables of all languages together, for an outlet's page is
often in more than one language.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache

from menurut.reports.paragraphs import BLANKS, RULES
from menurut.tables import Row, language_table, languages

_ENDS = BLANKS + RULES + ".:!"
_LONGEST_LINK = 30
_LONGEST_TITLE = 8
_MOST_NAMES = 12
_BULLET = re.compile(r"[•▪■●►▶▸»]\s*")
_CRUMBS = re.compile(r"\s+[>›»/]\s+")
_TOKEN = re.compile(r"[^\s,&+]+")
_INITIALS = re.compile(r"[(\[][a-z]{2,5}(?:\s?[/,]\s?[a-z]{2,5}){0,3}[)\]]")


def furniture_rows() -> list[Row]:
    """The rows of the furniture tables of all languages."""
    return [
        row for language in sorted(languages()) for row in language_table(language, "furniture")
    ]


@cache
def _forms() -> dict[tuple[str, str], tuple[str, ...]]:
    """The lower-cased forms, the longest first, by kind and match."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in furniture_rows():
        found[row["kind"], row["match"]].add(row["form"].lower())
    return {key: tuple(sorted(forms, key=len, reverse=True)) for key, forms in found.items()}


def forms(kind: str, match: str) -> tuple[str, ...]:
    """The forms of a kind that match in one way, lower-cased, the longest first."""
    return _forms().get((kind, match), ())


@cache
def opening(kind: str, match: str, after: str) -> re.Pattern[str]:
    """A pattern for a form of the kind, and what must follow it."""
    any_form = "|".join(re.escape(form) for form in forms(kind, match)) or r"(?!)"
    return re.compile(rf"(?:{any_form}){after}", re.IGNORECASE)


def labelled(kind: str, line: str) -> int | None:
    """Where the words after an opening label (``Foto:``) begin, or None."""
    match = opening(kind, "label", r"\s*:\s*").match(line)
    return match.end() if match else None


def is_section(line: str) -> bool:
    """A section word alone, a bulleted word or two, or a trail of them (``Home > World``)."""
    marked = _BULLET.match(line)
    bare = line.strip(_ENDS)
    if marked and len(bare.split()) <= 3 and not line.endswith("."):
        return True
    parts = _CRUMBS.split(bare)
    known = [part.strip(_ENDS).lower() in _wholes() for part in parts]
    return all(known) or (len(parts) > 2 and known[0])


@cache
def _wholes() -> frozenset[str]:
    return frozenset(forms("section", "whole"))


def is_link(line: str) -> bool:
    """A line that leads elsewhere: read-also links, adverts, pleas to subscribe, rights."""
    if len(line.split()) > _LONGEST_LINK:
        return False
    if line.lower().startswith(forms("section", "start")):
        return True
    after = labelled("section", line)
    return after is not None and not (line.endswith(".") and len(line.split()) > _LONGEST_TITLE)


def heads_a_list(line: str) -> bool:
    """Whether a line is a mark with nothing behind it, under which links stand (``Read also:``)."""
    bare = line.strip(_ENDS).lower()
    return bare in forms("section", "list")


def is_initials(line: str) -> bool:
    """Whether a line is nothing but initials of those who wrote and edited: ``(dwl/hwb)``."""
    return _INITIALS.fullmatch(line.strip(BLANKS)) is not None


def is_names(words: str) -> bool:
    """Whether words can be nothing but names: capitals and the little words between names."""
    tokens = _TOKEN.findall(words)
    if not tokens or len(tokens) > _MOST_NAMES or words.rstrip().endswith((".", "?", "!", ":")):
        return False
    little = forms("byline", "word")
    if tokens[0].lower() in little or any(c.isdigit() for c in words):
        return False
    return all(token[0].isupper() or token.lower() in little for token in tokens)


def byline_names(part: str) -> str | None:
    """The names after a byline cue (``Oleh X``, ``Editor: X``), or None where no cue opens it."""
    if match := opening("byline", "label", r"\s*:\s*").match(part):
        names = part[match.end() :]
        return names if 0 < len(names.split()) <= _MOST_NAMES else None
    if match := opening("byline", "name", r"(?:\s*:\s*|\s+)").match(part):
        names = part[match.end() :]
        return names if is_names(names) else None
    return None
