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

Span = list[int]
Attribution = dict[str, list[Span]]

SEPARATOR = "---"
FIELDS = {"s": "source", "c": "cue", "t": "content"}

_OPENING = re.compile(r"\{([sct])([1-9][0-9]*):")
_PIECE = re.compile(r"\{[sct][1-9][0-9]*:|[{}]")


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
        clean = f"{self.text}\n" if self.text else ""
        opened: list[tuple[str, int, int]] = []
        position = 0
        for piece in _PIECE.finditer(paragraph):
            clean += paragraph[position : piece.start()]
            position = piece.end()
            if piece.group() == "{":
                raise ValueError(f"brace opens no tag: {paragraph[piece.start() :][:20]!r}")
            if piece.group() == "}":
                if not opened:
                    raise ValueError(f"brace closes no tag: {paragraph[:position][-20:]!r}")
                self._close(clean, *opened.pop())
            else:
                opened.append(_tag(piece.group(), len(clean)))
        if opened:
            letter, number, _ = opened[-1]
            raise ValueError(f"tag {letter}{number} is not closed")
        self.text = clean + paragraph[position:]

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

    def _close(self, clean: str, letter: str, number: int, start: int) -> None:
        start += len(clean[start:]) - len(clean[start:].lstrip())
        end = len(clean.rstrip())
        if start >= end:
            raise ValueError(f"tag {letter}{number} is empty")
        marks = self.marks.setdefault(number, {name: [] for name in FIELDS.values()})
        marks[FIELDS[letter]].append([start, end])


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


def _tag(opening: str, start: int) -> tuple[str, int, int]:
    match = _OPENING.fullmatch(opening)
    assert match is not None
    return match[1], int(match[2]), start


def _first_offset(marks: Attribution) -> Span:
    return min(span for spans in marks.values() for span in spans)


def main() -> None:
    """Checks the files named on the command line and prints how much they hold."""
    for name in sys.argv[1:]:
        try:
            stories = read_markup(Path(name))
        except MarkupError as error:
            sys.exit(str(error))
        words = sum(len(story.text.split()) for story in stories)
        attributions = sum(len(story.attributions) for story in stories)
        print(f"{name}: {len(stories)} stories, {words} words, {attributions} attributions")


if __name__ == "__main__":
    main()
