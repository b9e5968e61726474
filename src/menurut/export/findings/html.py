"""A report as one page of HTML, without scripts, fit to be printed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from importlib.resources import files
from itertools import groupby

from menurut.desk.disarm import disarm, harmless
from menurut.export.findings.document import (
    Document,
    Entry,
    Heading,
    Paragraph,
    Sentence,
    runs,
)

_WEB = ("http://", "https://")


def render(document: Document) -> bytes:
    return ("\n".join(_lines(document)) + "\n").encode()


def _lines(document: Document) -> Iterator[str]:
    style = files(__package__).joinpath("report.css").read_text("utf-8")
    yield f'<!doctype html>\n<html lang="{escape(document.language)}">\n<head>'
    yield '<meta charset="utf-8">\n<meta name="viewport" content="width=device-width">'
    yield f"<title>{_safe(document.title)}</title>\n<style>\n{style}</style>\n</head>"
    yield "<body>\n<main>"
    yield f"<h1>{_safe(document.title)}</h1>"
    yield _facts(document.facts)
    for item, together in groupby(document.blocks, lambda b: getattr(b, "role", "") == "item"):
        blocks = list(together)
        if item:
            yield "<ul>"
        yield from map(_block, blocks)
        if item:
            yield "</ul>"
    yield f'<h2>{_safe(document.annex)}</h2>\n<ol class="annex">'
    yield from map(_entry, document.entries)
    yield "</ol>\n</main>\n</body>\n</html>"


def _block(block: Heading | Paragraph) -> str:
    if isinstance(block, Heading):
        return f"<h{block.level + 1}>{_safe(block.text)}</h{block.level + 1}>"
    told = " ".join(map(_sentence, block.sentences))
    if block.role == "item":
        return f"<li>{told}</li>"
    return f'<p class="method">{told}</p>' if block.role == "method" else f"<p>{told}</p>"


def _sentence(sentence: Sentence) -> str:
    if not sentence.refs:
        return _safe(sentence.text)
    return (
        f'<span class="sentence">{_safe(sentence.text)}</span> '
        f'<span class="refs">[{_refs(sentence.refs)}]</span>'
    )


def _refs(refs: Sequence[int]) -> str:
    """Numbers as links; of a run its first and its last."""
    shown = []
    for first, last in runs(refs):
        dash = ", " if last == first + 1 else "–"
        shown.append(_link(first) if first == last else f"{_link(first)}{dash}{_link(last)}")
    return ", ".join(shown)


def _link(number: int) -> str:
    return f'<a href="#source-{number}">{number}</a>'


def _entry(entry: Entry) -> str:
    parts = [f'<li id="source-{entry.number}" value="{entry.number}"><h3>{_safe(entry.title)}</h3>']
    if entry.words is not None:
        words = escape(harmless(entry.words))
        parts.append(f'<blockquote lang="{escape(entry.language)}">{words}</blockquote>')
    parts.append(_facts(entry.facts))
    if entry.url and entry.url.lower().startswith(_WEB):
        address = escape(disarm(entry.url))
        parts.append(f'<p class="url"><a href="{address}" rel="noreferrer">{address}</a></p>')
    elif entry.url:
        parts.append(f'<p class="url">{_safe(entry.url)}</p>')
    return "\n".join([*parts, "</li>"])


def _facts(facts: Sequence[tuple[str, str]]) -> str:
    rows = "".join(f"<div><dt>{_safe(n)}</dt><dd>{_safe(v)}</dd></div>" for n, v in facts)
    return f"<dl>{rows}</dl>"


def _safe(text: str) -> str:
    return escape(disarm(text))
