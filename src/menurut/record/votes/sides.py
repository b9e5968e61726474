"""The sides of a vote in one sentence: cues, the numbers and the parties beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import cast

from menurut.contract import Actor
from menurut.reader.document import Document, Range
from menurut.record.quantities.numbers import parse_number
from menurut.record.votes.grammar import Grammar, Side

_SIDES: tuple[Side, ...] = ("ayes", "noes", "abstentions", "veto")
_NONE = frozenset({"none", "zero", "nol", "nihil"})
_LONGEST_NUMBER = 4
_LARGEST = 193
_WHOLE = 6


@dataclass(frozen=True, slots=True)
class Cue:
    """A phrase that names a side, as a range of words; ``count`` and ``actors`` beside it."""

    side: Side
    start: int
    end: int
    count: int | None = None
    actors: tuple[str, ...] = ()


@dataclass(slots=True)
class Draft:
    """A vote under construction: what sentences next to one another say of it."""

    words: Range
    cues: list[Cue] = field(default_factory=list)

    def counts(self, side: Side) -> int | None:
        return next((c.count for c in self.cues if c.side == side and c.count is not None), None)

    def actors(self, side: Side) -> tuple[str, ...]:
        return tuple(dict.fromkeys(a for c in self.cues if c.side == side for a in c.actors))

    def agrees(self, other: Draft) -> bool:
        """Whether another sentence may speak of the same vote: no side twice with other numbers."""
        return not any(
            self.counts(side) is not None
            and other.counts(side) is not None
            and self.counts(side) != other.counts(side)
            for side in _SIDES
        ) and not (self.actors("veto") and other.actors("veto"))


class Sentence:
    """One sentence of a document, with its cues."""

    def __init__(
        self, document: Document, words: Range, actors: Sequence[Actor], grammar: Grammar
    ) -> None:
        self.document, self.words, self.grammar = document, words, grammar
        self.who = _mentions(document, words, actors)
        self.lower = document.lower

    def draft(self) -> Draft | None:
        """What the sentence says of a vote, or None where it speaks of none."""
        tallied = self.tallied() + self.agreed()
        cues = tallied + [c for c in self.cues() if not any(_touch(c, t) for t in tallied)]
        told = [cue for cue in cues if cue.count is not None or cue.actors]
        return Draft(self.words, told) if told and self.is_sure() else None

    def is_sure(self) -> bool:
        hidden = self.hidden()
        return any(hidden.isdisjoint(range(s, e)) for s, e in self.places(self.grammar.sure.words))

    def hidden(self) -> set[int]:
        """The words that say something else, unless they are part of a phrase that is sure."""
        sure = self.places(self.grammar.sure.words)
        return {
            word
            for s, e in self.places(self.grammar.sure.unless)
            if not any(b <= s and e <= f and (s, e) != (b, f) for b, f in sure)
            for word in range(s, e)
        }

    def agreed(self) -> list[Cue]:
        """That nobody was against and nobody abstained, where it is said."""
        found = [place for place in self.places(self.grammar.unanimous) if self.is_real(place[0])]
        none: tuple[Side, ...] = ("noes", "abstentions")
        return [Cue(side, *found[0], count=0) for side in none] if found else []

    def places(self, forms: Sequence[str]) -> list[Range]:
        """Where phrases stand in the sentence, the longest where several begin."""
        first, last = self.words
        found: list[Range] = []
        for form in sorted(forms, key=lambda f: -len(f.split())):
            parts = form.split()
            for start in range(first, last - len(parts) + 1):
                here = (start, start + len(parts))
                same = list(self.lower[here[0] : here[1]]) == parts
                if same and not any(s < here[1] and here[0] < e for s, e in found):
                    found.append(here)
        return sorted(found)

    def cues(self) -> list[Cue]:
        """The cues in text order, each with what stands beside it."""
        hidden = self.hidden()
        forms = {f: side for side in _SIDES for f in getattr(self.grammar.cues, side)}
        bare = [
            Cue(forms[" ".join(self.lower[s:e])], s, e)
            for s, e in self.places(list(forms))
            if hidden.isdisjoint(range(s, e)) and self.is_real(s)
        ]
        ends = [self.words[0], *(cue.end for cue in bare)]
        whole = [self.filled(cue, ends[n]) for n, cue in enumerate(bare)]
        return [c for c in whole if c.count is not None or not self.is_weak(c)]

    def is_weak(self, cue: Cue) -> bool:
        """Whether a cue's words name a side behind a number alone."""
        return " ".join(self.lower[slice(*self.cue_words(cue))]) in self.grammar.cues.counted

    def cue_words(self, cue: Cue) -> Range:
        """The words of a cue without the number in front of it."""
        forms = getattr(self.grammar.cues, cue.side)
        return max((p for p in self.places(forms) if p[1] == cue.end), default=(cue.start, cue.end))

    def is_real(self, word: int) -> bool:
        """Whether nothing in its clause in front of a cue says that it is only threatened."""
        unreal = self.grammar.unreal | self.grammar.negated
        for before in range(word - 1, max(self.words[0], word - 5) - 1, -1):
            if self.lower[before] in self.grammar.apart or self.lower[before] == ",":
                return True
            if self.lower[before] in unreal:
                return False
        return True

    def filled(self, cue: Cue, since: int) -> Cue:
        """A cue with the number in front of it and who is named in front of it or behind."""
        count, at = self.number_before(cue.start, since)
        named = self.in_brackets(cue.end)
        owned = self.lower[cue.end - 1] in self.grammar.cues.owned
        if not named and (owned or self.is_passive(cue)):
            named = self.listed_from(cue.end)
        if not named and count is None:
            named = self.listed_to(cue.start, since)
        return Cue(cue.side, min(at, cue.start), cue.end, count, named)

    def number_before(self, end: int, since: int) -> tuple[int | None, int]:
        """The number that ends in front of a word, fillers passed over, and where it starts."""
        last = end
        while last > since and self.lower[last - 1] in self.grammar.fillers:
            last -= 1
        if last > since and self.lower[last - 1] in _NONE:
            return 0, last - 1
        for length in range(min(_LONGEST_NUMBER, last - since), 0, -1):
            start = last - length
            read = parse_number(self.document.forms[start:last], self.document.language)
            if read is not None and read[1] == length and read[0] == int(read[0]):
                return self.part_of(start, since) or (int(read[0]), start)
        return None, end

    def part_of(self, end: int, since: int) -> tuple[int, int] | None:
        """The number in front of *of the Council's 15*, and where it starts."""
        first = max(since, end - _WHOLE)
        joints = [w for w in range(first, end) if self.lower[w] in self.grammar.out_of]
        if not joints:
            return None
        count, start = self.number_before(joints[0], since)
        return None if count is None else (count, start)

    def in_brackets(self, start: int) -> tuple[str, ...]:
        """Who is named in brackets right behind a word."""
        if start >= self.words[1] or self.lower[start] not in self.grammar.open_bracket:
            return ()
        close = next(
            (w for w in range(start, self.words[1]) if self.lower[w] in self.grammar.close_bracket),
            self.words[1],
        )
        return tuple(dict.fromkeys(self.who[w] for w in range(start, close) if w in self.who))

    def is_passive(self, cue: Cue) -> bool:
        behind = self.lower[cue.end : cue.end + 1]
        return self.lower[cue.end - 1] in self.grammar.passive.by or bool(
            behind and behind[0] in self.grammar.passive.by
        )

    def listed_from(self, start: int) -> tuple[str, ...]:
        """The parties of a list that begins behind a word."""
        found: list[str] = []
        for word in range(start, self.words[1]):
            if word in self.who:
                found.append(self.who[word])
            elif self.lower[word] not in self.grammar.together | self.grammar.passive.by:
                break
        return tuple(dict.fromkeys(found))

    def listed_to(self, end: int, since: int) -> tuple[str, ...]:
        """The parties of the last list in front of a word, in its own clause."""
        parts = [w for w in range(since, end) if self.lower[w] in self.grammar.apart]
        first = parts[-1] + 1 if parts else since
        states = [w for w in range(first, end) if w in self.who]
        if not states:
            return ()
        found, word = [self.who[states[-1]]], states[-1] - 1
        while word >= first and (word in self.who or self.lower[word] in self.grammar.together):
            if word in self.who:
                found.append(self.who[word])
            word -= 1
        return tuple(dict.fromkeys(reversed(found)))

    def tallied(self) -> list[Cue]:
        """The numbers of a tally (``voted 143 to 5``), as cues of their sides."""
        start, end = self.document.span(*self.words)
        text = self.document.text[start:end].lower()
        return [
            cue
            for form in self.grammar.tally
            for found in _tally(form).finditer(text)
            for cue in self._counted(found, start)
        ][:3]

    def _counted(self, found: re.Match[str], offset: int) -> Iterator[Cue]:
        first, last = self.document.words_in((found.start() + offset, found.end() + offset))
        counts = {side: int(number) for side, number in found.groupdict().items()}
        for side, count in counts.items() if max(counts.values()) <= _LARGEST else ():
            yield Cue(cast(Side, side), first, last, count)


def _tally(form: str) -> re.Pattern[str]:
    named = re.sub(r"\\{(\w+)\\}", r"(?P<\1>\\d+)", re.escape(form))
    return re.compile(rf"\b{named}\b")


def _touch(one: Cue, other: Cue) -> bool:
    return one.start < other.end and other.start < one.end


def _mentions(document: Document, words: Range, actors: Sequence[Actor]) -> dict[int, str]:
    """The states that words name; a person or a body casts no vote of its own."""
    found: dict[int, str] = {}
    for actor in actors:
        if actor.code is None or ":" in actor.code or actor.kind == "person":
            continue
        for mention in actor.mentions:
            for word in range(*document.words_in(mention)):
                if words[0] <= word < words[1]:
                    found[word] = actor.id
    return found
