"""A report in Markdown: a sentence a line, its sources in brackets behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from menurut.desk.disarm import disarm, harmless
from menurut.export.findings.document import Document, Entry, Heading, Paragraph, refs_words

_MARKS = re.compile(r"([\\`*_{}\[\]#|~!])")
_AT_START = re.compile(r"^(\s*)(?:([-+=])|(\d+)([.)]))")


def render(document: Document) -> bytes:
    return ("\n\n".join(_blocks(document)) + "\n").encode()


def _blocks(document: Document) -> Iterator[str]:
    yield f"# {_escaped(document.title)}"
    yield "\n".join(f"- **{_escaped(n)}:** {_escaped(v)}" for n, v in document.facts)
    for block in document.blocks:
        if isinstance(block, Heading):
            yield f"{'#' * (block.level + 1)} {_escaped(block.text)}"
        else:
            yield _paragraph(block)
    yield f"## {_escaped(document.annex)}"
    for entry in document.entries:
        yield from _entry(entry)


def _paragraph(paragraph: Paragraph) -> str:
    if paragraph.role == "method":
        return "\n".join(f"*{_escaped(sentence.text)}*" for sentence in paragraph.sentences)
    lines = [f"{_escaped(s.text)} [{refs_words(s.refs)}]" for s in paragraph.sentences]
    if paragraph.role == "item":
        return "- " + "\n  ".join(lines)
    return "\n".join(lines)


def _entry(entry: Entry) -> Iterator[str]:
    yield f"### [{entry.number}] {_escaped(entry.title)}"
    if entry.words is not None:
        lines = harmless(entry.words).splitlines()
        yield "\n".join(f"> {_started(_escaped(line))}".rstrip() for line in lines)
    facts = [f"- {_escaped(name)}: {_escaped(value)}" for name, value in entry.facts]
    if entry.url:
        facts.append(f"- {_escaped(entry.url)}")
    yield "\n".join(facts)


def _escaped(text: str) -> str:
    """A text on one line in which nothing is Markdown, or HTML."""
    return _MARKS.sub(r"\\\1", escape(disarm(text), quote=False))


def _started(line: str) -> str:
    """A line whose start is no list, rule or heading."""
    return _AT_START.sub(lambda m: f"{m[1]}\\{m[2]}" if m[2] else f"{m[1]}{m[3]}\\{m[4]}", line)
