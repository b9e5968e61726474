"""Finds the places where a text is visibly broken, by its surface alone.

What only a reader of the original could see (a word translated wrongly) is not looked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from menurut.contract import Block, Damage, Span
from menurut.reports.paragraphs import CLOSERS, ends_sentence
from menurut.tables import language_table, languages

_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_STOP = re.compile(r"[.!?][\"”’)]?\s")
_LOWER_START = re.compile(r"(?<=[^\W\d_]{4})\.[ \t]+(?=[^\W\d_]{2})")
_SENTENCE_REST = re.compile(r"[^.!?…]*[.!?…]*")
_BROKEN_CHARACTERS = re.compile(
    r"\ufffd+"
    r"|(?:Ã[\u0080-\u00bf\u0152-\u0161\u2018-\u203a\u20ac\u2122ƒˆ˜]|â€[\u0080-\u009f\u0152-\u0161\u2018-\u203a\u2122˜¦]?|Â[\u00a0-\u00bf])+"
    r"|&(?:nbsp|amp|quot|lt|gt|[lr][sd]quo|[mn]dash|hellip|#\d{2,5}|#x[0-9a-fA-F]{2,5});"
)
_CUT_OFF = re.compile(r"(?:\.{3,}|…|\[(?:\.{3,}|…|\+\d+ chars)\])$")
_LONGEST_PHRASE = 8
_LONGEST_TAIL = 8
_SHORTEST_LAST = 8
_PROSE = frozenset(("body", "caption"))
_READ = frozenset(("body", "caption", "headline", "subhead"))


def find_damage(text: str, blocks: Sequence[Block], language: str) -> tuple[Damage, ...]:
    """The broken places of a text, in order; ``what`` says in plain words what is wrong."""
    found: list[Damage] = []
    body = [block.span for block in blocks if block.kind == "body"]
    for block in blocks:
        if block.kind in _READ:
            found += _characters(text, block.span)
        if block.kind in _PROSE:
            found += _doubled(text, block.span, language)
            found += _cut_loose(text, block.span)
    found += _quotation_marks(text, body)
    found += _end(text, body)
    return tuple(sorted(found, key=lambda damage: damage.span))


def _characters(text: str, span: Span) -> Iterator[Damage]:
    for match in _BROKEN_CHARACTERS.finditer(text, *span):
        yield Damage(match.span(), "characters from a wrong encoding, or lost")


@cache
def _words_of(kind: str, language: str) -> frozenset[str]:
    """The words of a kind in a language's ``damage.tsv``; none without that table."""
    primary = language.split("-")[0].lower()
    rows = language_table(primary, "damage") if primary in languages() else ()
    return frozenset(row["form"] for row in rows if row["kind"] == kind)


def _doubled(text: str, span: Span, language: str) -> Iterator[Damage]:
    """A phrase said twice with nothing, or a comma alone, between."""
    words = list(_WORD.finditer(text, *span))
    forms = [word[0].lower() for word in words]
    slips, chains = _words_of("doubled", language), _words_of("chain", language)
    recurring = _recurring(forms)
    number = 0
    while number < len(forms):
        for size in _repeats(forms, number) if number in recurring else ():
            twice = words[number : number + 2 * size]
            slip = _is_slip(text, twice, slips) if size == 1 else _is_phrase(text, twice, chains)
            if slip:
                yield Damage((twice[0].start(), twice[-1].end()), "the same words twice")
                number += 2 * size - 1
                break
        number += 1


def _recurring(forms: list[str]) -> frozenset[int]:
    """The places of words that stand again no more than a phrase later."""
    last: dict[str, int] = {}
    found = set()
    for number, form in enumerate(forms):
        if number - last.get(form, -_LONGEST_PHRASE - 1) <= _LONGEST_PHRASE:
            found.add(last[form])
        last[form] = number
    return frozenset(found)


def _repeats(forms: list[str], number: int) -> Iterator[int]:
    """Over how many words a phrase from here on is said twice in a row, the longest first."""
    for size in range(min(_LONGEST_PHRASE, (len(forms) - number) // 2), 0, -1):
        middle = number + size
        if forms[middle] == forms[number] and forms[number:middle] == forms[middle : middle + size]:
            yield size


def _is_slip(text: str, twice: list[re.Match[str]], slips: frozenset[str]) -> bool:
    """Whether one word said twice is a slip: a little word, in small letters, nothing between."""
    first, second = twice
    between = text[first.end() : second.start()]
    return not between.strip() and first[0].lower() in slips and second[0].islower()


def _is_phrase(text: str, twice: list[re.Match[str]], chains: frozenset[str]) -> bool:
    """Whether a phrase said twice is damage, and not meant: figures, a chant (``no, no``), a
    chain (``more and more and more``), a short phrase set off by a comma."""
    size = len(twice) // 2
    phrase = [word[0].lower() for word in twice[:size]]
    between = text[twice[size - 1].end() : twice[size].start()].strip()
    if between not in ("", ",") or (between and size < 3) or len(set(phrase)) == 1:
        return False
    if size == 2 and not chains.isdisjoint(phrase):
        return False
    inside = text[twice[0].start() : twice[-1].end()]
    return not any(c.isdigit() for c in inside) and _STOP.search(inside) is None


def _cut_loose(text: str, span: Span) -> Iterator[Damage]:
    """What follows a full stop in small letters, as the tail of a sentence that lost its head."""
    for match in _LOWER_START.finditer(text, *span):
        rest = _SENTENCE_REST.match(text, match.end(), span[1])
        if rest is None or not _is_tail(text, match.start(), rest):
            continue
        end = match.end() + len(rest[0].rstrip())
        few = len(rest[0].split()) <= _LONGEST_TAIL
        what = "a sentence's tail cut loose" if few else "a sentence that begins in small letters"
        yield Damage((match.end(), end), what)


def _is_tail(text: str, stop: int, rest: re.Match[str]) -> bool:
    first = _WORD.match(rest[0])
    before = re.search(r"[^\W\d_]+$", text[max(0, stop - 40) : stop])
    return (
        first is not None
        and first[0].islower()
        and before is not None
        and before[0].islower()
        and len(rest[0].split()) > 1
    )


def _quotation_marks(text: str, paragraphs: list[Span]) -> Iterator[Damage]:
    """Marks that no partner answers. A quotation may run over several paragraphs, each of which
    opens it again."""
    for span, after in pairwise([*paragraphs, (len(text), len(text))]):
        opened, stray = _unanswered(text, span)
        for position in stray:
            yield Damage(
                (position, position + 1), "a closing quotation mark without an opening one"
            )
        goes_on = text[after[0] : after[0] + 1] in ('"', "“", "„", "«") and after[0] < after[1]
        for position in opened[: -1 if goes_on else None]:
            before_words = text[position + 1 : position + 2].isalnum()
            what = "a quotation mark never closed" if before_words else "a stray quotation mark"
            yield Damage((position, position + 1), what)


def _unanswered(text: str, span: Span) -> tuple[list[int], list[int]]:
    """Where quotation marks of a paragraph are opened for good, and closed without reason."""
    opened: list[int] = []
    stray: list[int] = []
    low = text.find("„", *span) >= 0
    for match in re.finditer(r'["“”„]', text[slice(*span)]):
        position = span[0] + match.start()
        if _is_inch(text, position, bool(opened)):
            continue
        if _opens(text, position, bool(opened), low):
            opened.append(position)
        elif opened:
            opened.pop()
        else:
            stray.append(position)
    return opened, stray


def _is_inch(text: str, position: int, quoted: bool) -> bool:
    """A straight mark after a figure: inches, or seconds of arc."""
    return text[position] == '"' and not quoted and text[position - 1 : position].isdigit()


def _opens(text: str, position: int, quoted: bool, low: bool) -> bool:
    mark = text[position]
    if mark == '"':
        return not quoted
    return mark == "„" or (mark == "“" and not (low and quoted))


def _end(text: str, paragraphs: list[Span]) -> Iterator[Damage]:
    """The last paragraph, where it breaks off."""
    if not paragraphs:
        return
    start, end = paragraphs[-1]
    last = text[start:end].rstrip(CLOSERS)
    if match := _CUT_OFF.search(text[start:end]):
        yield Damage((start + match.start(), start + match.end()), "the text is cut off")
        return
    others = [text[s:e] for s, e in paragraphs[:-1]]
    finished = sum(ends_sentence(paragraph) for paragraph in others)
    words = list(_WORD.finditer(last))
    if (
        len(others) >= 2
        and finished > 0.8 * len(others)
        and len(words) >= _SHORTEST_LAST
        and last[-1:].isalnum()
    ):
        yield Damage((start + words[-1].start(), end), "the text is cut off")
