"""Who is behind a statement whose source is a pronoun, a short name, a class word, or nothing.

``evaluation/data/speakers.<language>.txt``: stories parted by ``---``; a story is its text, then a
line a statement, ``> words of the source [#n] | words of the content | full name of the speaker``.
The head of the English file tells the format. Stories of even number may be tuned on, those of odd
number only measured; so ``python -m evaluation.speakers FILE`` prints what is missed of the former.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from evaluation.halves import HALVES, analysed, half_of, language_of, told_parts
from evaluation.scores import Score
from menurut.contract import Actor, Analysis, Span, Statement
from menurut.reader.model import Model, shipped_model
from menurut.record.statements.contents import shared

_NONE = "-"
_BODY = "(body)"
_WORD = re.compile(r"\w+(?:['’]\w+)*")
_ARTICLES = frozenset({"a", "an", "the", "para", "sang", "sebuah", "seorang"})


class SpeakerSetError(ValueError):
    """A line of a speaker set that cannot be read; says where."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name by which a report knows a speaker. ``body``: it is no single person's."""

    words: tuple[str, ...]
    body: bool

    def is_held(self, mention: tuple[str, ...], kind: str) -> bool:
        """Whether a mention of an actor of some kind names this speaker.

        A person's mention may hold the name of the body that the person serves.
        """
        if self.words == (mention[1:] if mention[:1] and mention[0] in _ARTICLES else mention):
            return True
        size = len(self.words)
        held = any(mention[at : at + size] == self.words for at in range(len(mention) - size + 1))
        return held and not (self.body and kind == "person")


Speaker = frozenset[Name]  # any one of the names will do


@dataclass(frozen=True, slots=True)
class Line:
    """A statement as the set has it. ``source``: none where no words name the speaker."""

    source: Span | None
    content: Span
    speakers: tuple[Speaker, ...]


@dataclass(frozen=True, slots=True)
class Story:
    text: str
    lines: tuple[Line, ...]

    @property
    def speakers(self) -> frozenset[Speaker]:
        return frozenset(speaker for line in self.lines for speaker in line.speakers)


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a line was read: the statement that stands for it, its actors, whether they are right."""

    line: Line
    statement: Statement | None
    actors: tuple[Actor, ...]
    named: bool


# --- reading the set -------------------------------------------------------------------------


def read_stories(path: Path) -> list[Story]:
    """The stories of a file. Raises ``SpeakerSetError``."""
    stories = []
    for start, text, rows in told_parts(path):
        try:
            stories.append(_story(text, rows))
        except ValueError as error:
            raise SpeakerSetError(f"{path}: story from line {start}: {error}") from error
    return stories


def _story(text: str, rows: Sequence[str]) -> Story:
    lines = tuple(_line(text, row) for row in rows)
    if not lines:
        raise ValueError("no line tells of a statement")
    return Story(text, lines)


def _line(text: str, row: str) -> Line:
    cells = [cell.strip() for cell in row.split("|")]
    if len(cells) != 3 or not all(cells):
        raise ValueError(f"expected source | content | speaker: {row.strip()}")
    source, words, speakers = cells
    contents = _occurrences(text, words)
    if len(contents) != 1:
        raise ValueError(f"{words!r} stands {len(contents)} times in the text, expected once")
    found = None if source == _NONE else _source(text, source, contents[0])
    return Line(found, contents[0], tuple(_speaker(text, cell) for cell in speakers.split(";")))


def _occurrences(text: str, words: str) -> list[Span]:
    """Where some words stand, as whole words and in the same case."""
    return [m.span() for m in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text)]


def _source(text: str, cell: str, content: Span) -> Span:
    """The occurrence that the cell numbers, else the one nearest the content and outside it."""
    words, _, which = (part.strip() for part in cell.partition("#"))
    spans = _occurrences(text, words)
    if len(spans) < int(which or 1):
        raise ValueError(f"{words!r} stands {len(spans)} times in the text: {cell}")
    if which:
        return spans[int(which) - 1]
    gaps = {span: max(content[0] - span[1], span[0] - content[1]) for span in spans}
    return min(spans, key=lambda span: (gaps[span] < 0, gaps[span]))


def _speaker(text: str, cell: str) -> Speaker:
    return frozenset(_name(text, name.strip()) for name in cell.split("/"))


def _name(text: str, cell: str) -> Name:
    name = cell.removesuffix(_BODY).strip()
    if not name or name.casefold() not in text.casefold():
        raise ValueError(f"the speaker {name!r} does not stand in the text")
    return Name(_words(name), cell.endswith(_BODY))


def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(text.casefold()))


# --- judging an analysis ---------------------------------------------------------------------


def judge(story: Story, analysis: Analysis) -> Iterator[Verdict]:
    """How each line of a story was read."""
    actors = {actor.id: actor for actor in analysis.actors}
    for line in story.lines:
        statement = _statement(line, analysis.statements)
        meant = tuple(actors[a] for a in statement.source.actors) if statement else ()
        yield Verdict(line, statement, meant, _is_right(story, line, meant))


def _statement(line: Line, statements: Iterable[Statement]) -> Statement | None:
    """The statement with the line's source that holds most of its content's words; the shortest."""
    source = line.source
    fitting = [
        s
        for s in statements
        if shared([line.content], s.content) and (not source or shared([source], s.source.spans))
    ]
    return max(
        fitting,
        key=lambda s: (shared([line.content], s.content), -sum(e - b for b, e in s.content)),
        default=None,
    )


def _is_right(story: Story, line: Line, actors: Sequence[Actor]) -> bool:
    """Whether the actors are the line's speakers, all of them and nobody else."""
    borne = [_borne(story, actor) for actor in actors]
    every_speaker = all(any(names & speaker for names in borne) for speaker in line.speakers)
    return every_speaker and all(names & frozenset().union(*line.speakers) for names in borne)


def _borne(story: Story, actor: Actor) -> frozenset[Name]:
    """The names of the story's speakers that an actor bears. Who bears those of two is nobody."""
    texts = (story.text[start:end] for start, end in actor.mentions)
    mentions = {_words(text) for text in (actor.name, *texts)}
    found = frozenset(
        name
        for name in frozenset().union(*story.speakers)
        if any(name.is_held(mention, actor.kind) for mention in mentions)
    )
    alike = all(_are_one(story, a, b) for a, b in combinations(found, 2))
    return found if alike else frozenset()


def _are_one(story: Story, a: Name, b: Name) -> bool:
    """Whether two names may be one speaker's: a part of the other, or given side by side."""
    if a.is_held(b.words, "") or b.is_held(a.words, ""):
        return True
    return any({a, b} <= speaker for speaker in story.speakers)


# --- scores ----------------------------------------------------------------------------------


def verdicts(model: Model, path: Path, half: str) -> Iterator[tuple[Story, list[Verdict]]]:
    """Each story of half a set with how its lines were read."""
    stories = half_of(read_stories(path), half)
    for story, analysis in analysed(model, stories, language_of(path)):
        yield story, list(judge(story, analysis))


def speaker_scores(model: Model, path: Path) -> dict[str, Score]:
    """Of each half: ``found``, a statement stands for a line; ``named``, its speaker is right."""
    found = {}
    for half in HALVES:
        judged = [verdict for _, lines in verdicts(model, path, half) for verdict in lines]
        size, read = len(judged), sum(verdict.statement is not None for verdict in judged)
        found[f"{half} found"] = Score(read, size, size)
        found[f"{half} named"] = Score(sum(verdict.named for verdict in judged), size, size)
    return found


def main() -> None:
    """Prints the lines of the tuned half that are missed, with what was read instead."""
    for story, judged in verdicts(shipped_model(), Path(sys.argv[1]), HALVES[0]):
        for verdict in judged:
            if not verdict.named:
                print(_missed(story, verdict))


def _missed(story: Story, verdict: Verdict) -> str:
    line = verdict.line
    source = story.text[slice(*line.source)] if line.source else _NONE
    meant = "; ".join(" ".join(min(s, key=lambda n: n.words).words) for s in line.speakers)
    read = "; ".join(actor.name for actor in verdict.actors) or "nobody"
    if verdict.statement is None:
        read = "no such statement"
    return f"{source} | {story.text[slice(*line.content)]} | {meant} | read: {read}"


if __name__ == "__main__":
    main()
