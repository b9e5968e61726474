"""Reads stories whose attributions are marked inline, as in `{s1:Miller} {c1:mengatakan} {t1:...}`.

`s` marks a source, `c` a cue, `t` a content. The number ties the parts of one attribution together
and starts anew in each story. Tags nest, but do not cross. A line `---` parts two stories, and
every other line that is not blank is a paragraph.
"""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from menurut.reader.labels import EVENTS

Span = list[int]
Attribution = dict[str, list[Span]]

SEPARATOR = "---"
FIELDS = {"s": "source", "c": "cue", "t": "content"}

_TAG = re.compile(r"\{([sct][1-9][0-9]*):")
_EVENT_TAG = re.compile(r"\{(e[1-9][0-9]*\.[A-Z]+|[ar][1-9][0-9]*):")
_BRACES = re.compile(r"[{}]")


class MarkupError(ValueError):
    """Markup that cannot be read. The message begins with the path and the line number."""


@dataclass(frozen=True)
class Story:
    """A text without tags, paragraphs joined by a newline, and its attributions in reading order.

    An attribution has the keys source, cue and content. Each holds [start, end] offsets into the
    text, in order; source and cue may be empty.
    """

    text: str
    attributions: list[Attribution]


@dataclass
class _Draft:
    """A story while its lines are read."""

    first_line: int
    text: str = ""
    marks: dict[int, Attribution] = field(default_factory=dict)

    def add(self, paragraph: str) -> None:
        """Appends a marked paragraph. Raises ValueError on tags that do not close or open well."""
        start = len(self.text) + 1 if self.text else 0
        clean, tags = _untagged(paragraph, _TAG)
        for name, span in tags:
            marks = self.marks.setdefault(int(name[1:]), {field: [] for field in FIELDS.values()})
            marks[FIELDS[name[0]]].append([at + start for at in span])
        self.text = f"{self.text}\n{clean}" if self.text else clean

    def finish(self) -> Story:
        """Raises ValueError if an attribution has no content or a cue in pieces."""
        for number, marks in self.marks.items():
            if not marks["content"]:
                raise ValueError(f"attribution {number} has no content")
            if len(marks["cue"]) > 1:
                raise ValueError(f"attribution {number} has a cue in pieces")
            for spans in marks.values():
                spans.sort()
        return Story(self.text, sorted(self.marks.values(), key=_first_offset))


def _untagged(line: str, opening: re.Pattern[str]) -> tuple[str, list[tuple[str, Span]]]:
    """A line without its tags, and the tags: what stands before the colon, and the span.

    Raises ValueError on tags that do not close or open well.
    """
    clean, at = "", 0
    opened: list[tuple[str, int]] = []
    found: list[tuple[str, Span]] = []
    for brace in _BRACES.finditer(line):
        clean += line[at : brace.start()]
        at = brace.end()
        if brace.group() == "}":
            if not opened:
                raise ValueError(f"brace closes no tag: {line[:at][-20:]!r}")
            name, start = opened.pop()
            found.append((name, _trimmed(clean, name, start)))
            continue
        tag = opening.match(line, brace.start())
        if not tag:
            raise ValueError(f"brace opens no tag: {line[brace.start() :][:20]!r}")
        opened.append((tag[1], len(clean)))
        at = tag.end()
    if opened:
        raise ValueError(f"tag {opened[-1][0]} is not closed")
    return clean + line[at:], found


def _trimmed(clean: str, name: str, start: int) -> Span:
    start += len(clean[start:]) - len(clean[start:].lstrip())
    end = len(clean.rstrip())
    if start >= end:
        raise ValueError(f"tag {name} is empty")
    return [start, end]


def read_markup(path: Path) -> list[Story]:
    """Returns the stories of a marked file. Raises MarkupError on bad markup."""
    return [_read_story(path, lines) for lines in _stories(path)]


def _stories(path: Path) -> Iterator[list[tuple[int, str]]]:
    story: list[tuple[int, str]] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if line.strip() != SEPARATOR:
            if line.strip():
                story.append((number, line.strip()))
        elif story:
            yield story
            story = []
        else:
            raise MarkupError(f"{path}:{number}: story has no paragraph")
    if story:
        yield story


def _read_story(path: Path, lines: list[tuple[int, str]]) -> Story:
    draft = _Draft(first_line=lines[0][0])
    for number, line in lines:
        try:
            draft.add(line)
        except ValueError as error:
            raise MarkupError(f"{path}:{number}: {error}") from error
    try:
        return draft.finish()
    except ValueError as error:
        raise MarkupError(f"{path}:{draft.first_line}: {error}") from error


def _first_offset(marks: Attribution) -> Span:
    return min(span for spans in marks.values() for span in spans)


@dataclass
class MarkedEvent:
    """An event of a text: its type, and the spans of its trigger, actors and recipients."""

    type: str = ""
    trigger: list[Span] = field(default_factory=list)
    actors: list[Span] = field(default_factory=list)
    recipients: list[Span] = field(default_factory=list)


def read_events(path: Path) -> list[tuple[str, list[MarkedEvent]]]:
    """The texts of a file with marked events, one a line: `{a1:Rusia} {e1.ASSAULT:menyerang}`.

    `e` marks a trigger, `a` an actor, `r` a recipient. Raises MarkupError on bad markup.
    """
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if line.strip():
            try:
                found.append(_marked_events(line.strip()))
            except ValueError as error:
                raise MarkupError(f"{path}:{number}: {error}") from error
    return found


def _marked_events(line: str) -> tuple[str, list[MarkedEvent]]:
    text, tags = _untagged(line, _EVENT_TAG)
    events: dict[str, MarkedEvent] = {}
    for name, span in tags:
        number, _, type_ = name[1:].partition(".")
        event = events.setdefault(number, MarkedEvent())
        event.type = type_ or event.type
        {"e": event.trigger, "a": event.actors, "r": event.recipients}[name[0]].append(span)
    for number, event in events.items():
        if event.type not in EVENTS:
            raise ValueError(f"event {number} has no trigger, or none of a known type")
    return text, [events[number] for number in sorted(events, key=int)]


def main() -> None:
    """Checks the files named on the command line and prints how much they hold."""
    for name in sys.argv[1:]:
        try:
            if Path(name).name.startswith("events"):
                _count_events(Path(name))
                continue
            stories = read_markup(Path(name))
        except MarkupError as error:
            sys.exit(str(error))
        words = sum(len(story.text.split()) for story in stories)
        attributions = sum(len(story.attributions) for story in stories)
        print(f"{name}: {len(stories)} stories, {words} words, {attributions} attributions")


def _count_events(path: Path) -> None:
    texts = read_events(path)
    events = sum(len(marked) for _, marked in texts)
    without = sum(not marked for _, marked in texts)
    print(f"{path}: {len(texts)} texts, {without} without an event, {events} events")


if __name__ == "__main__":
    main()
