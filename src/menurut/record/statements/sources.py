"""Whose words they are: from the reader's ranges for a source to the phrases that name it."""

from __future__ import annotations

from collections.abc import Sequence

from menurut.reader.document import Document, Range
from menurut.record.statements.contents import EDGE
from menurut.record.statements.reporting import Cue
from menurut.tables import language_table, word_list

_NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})
_BESIDE = frozenset({"acl", "advcl"})
_NEAR = 12


def sources_of(
    document: Document, found: Sequence[Range], cue: Range, row: Cue | None
) -> tuple[Range, ...]:
    """The source of a cue in full: relative words replaced by what they stand for, those who are
    coordinated taken in; nobody where the cue is a passive that names no source.

    ``found``: what the reader sees; ``row``: the cue's row, if it has one.
    """
    parts = tuple(found) or _before_relative(document, cue)
    if row is not None and row.form == "obl":
        parts = tuple(_named_under(document, part, cue) for part in parts)
    parts = tuple(part for part in parts if not _is_spoken_of(document, part, cue, row))
    return tuple(_antecedent(document, part, cue) for part in parts)


def whole(document: Document, part: Range) -> Range:
    """A part of a source without the marks at its edges and with all that is joined to it."""
    return _with_others(document, _bare(document, part))


def speaker_of(document: Document, part: Range, cue: Range) -> Range:
    """Whom a part of a source means: the noun before a relative pronoun, else those words."""
    for row in language_table(document.language, "relative_pronouns"):
        if _is_one_of(document, part, frozenset({row["word"]})):
            noun = _before_clause(document, part, cue)
            thing = row["of"] == "people" and _is_in_name_of_thing(document, noun[0])
            return (_name_before(document, part[0]) or noun) if thing else noun
    return part


def _is_in_name_of_thing(document: Document, word: int) -> bool:
    return any(n.label != "PER" and n.start <= word < n.end for n in document.names)


def _is_one_of(document: Document, part: Range, words: frozenset[str]) -> bool:
    return part[1] - part[0] == 1 and document.lower[part[0]] in words


def _is_spoken_of(document: Document, part: Range, cue: Range, row: Cue | None) -> bool:
    """Whether the subject of a passive is taken for the one who says it: ``those accused of``."""
    if part[0] >= cue[0]:
        return False
    if row is not None and row.pos == "V" and row.form == "none":
        return True
    if row is None or row.form != "subj":
        return False
    verbs = [w for w in range(*cue) if document.upos[w] == "VERB"]
    return any(_is_passive(document, v) and _concerns(document, part, v) for v in verbs[-1:])


def _is_passive(document: Document, verb: int) -> bool:
    below = document.children[verb]
    if any(document.deprels[c] == "aux:pass" for c in below):
        return True
    participle = "VerbForm=Part" in document.feats[verb]
    return document.deprels[verb] == "acl" and participle


def _concerns(document: Document, part: Range, verb: int) -> bool:
    """Whether a part holds the subject of a verb, or the noun that the verb describes."""
    head = document.heads[verb]
    own = any(
        document.deprels[c] == "nsubj:pass" and part[0] <= c < part[1]
        for c in document.children[verb]
    )
    if own or document.deprels[verb] != "acl" or head < 0:
        return own
    phrase = document.subtree(head)
    return phrase[0] <= part[0] and part[1] <= verb


def _named_under(document: Document, part: Range, cue: Range) -> Range:
    """What stands under ``according to`` itself, where a source is seen in its relative clause.

    ``According to Reuters, which cited an official``: Reuters says so, and the official too.
    """
    head = document.heads[cue[1] - 1]
    if document.deprels[cue[1] - 1] != "case" or head < cue[1] or part[0] <= head:
        return part
    clause = document.heads[part[0]]
    while clause not in (head, -1) and not document.deprels[clause].startswith("acl"):
        clause = document.heads[clause]
    below = clause >= 0 and document.heads[clause] == head and clause != head
    return (cue[1], head + 1) if below else part


def _bare(document: Document, part: Range) -> Range:
    """A source without the punctuation at its edges, and without a preposition behind it."""
    start, end = part
    while end - start > 1 and (
        document.forms[end - 1] in EDGE or document.deprels[end - 1] == "case"
    ):
        end -= 1
    while end - start > 1 and document.forms[start] in EDGE:
        start += 1
    return start, end


def _before_relative(document: Document, cue: Range) -> tuple[Range, ...]:
    """The relative word that is the subject of a cue, where the reader sees no source."""
    relatives = word_list(document.language, "relatives")
    relatives |= word_list(document.language, "relative_pronouns")
    subjects = (
        child
        for verb in range(*cue)
        if document.relations[verb] in _BESIDE
        for child in document.children[verb]
        if child < verb and document.relations[child] == "nsubj"
    )
    found = next((w for w in subjects if document.lower[w] in relatives), None)
    return () if found is None else ((found, found + 1),)


def _antecedent(document: Document, part: Range, cue: Range) -> Range:
    """A source, or the noun before the relative clause that a relative word as source opens."""
    relatives = word_list(document.language, "relatives")
    return _before_clause(document, part, cue) if _is_one_of(document, part, relatives) else part


def _before_clause(document: Document, part: Range, cue: Range) -> Range:
    """The noun before the relative clause that a word opens; the word itself where none is seen."""
    start = part[0]
    clause = cue[1] - 1
    while clause >= 0 and not document.deprels[clause].startswith("acl"):
        clause = document.heads[clause]
    noun = document.heads[clause] if clause >= 0 else -1
    if 0 <= noun < start and document.upos[noun] in _NOMINAL:
        return noun, noun + 1
    return _name_before(document, start) or part


def _name_before(document: Document, relative: int) -> Range | None:
    """The person named last before a relative word whose clause hangs from nothing near it."""
    first = document.sentences[document.sentence_of[relative]][0]
    near = (
        (name.start, name.end)
        for name in reversed(document.names)
        if name.label == "PER" and max(first, relative - _NEAR) <= name.start < relative
    )
    return next(near, None)


def _with_others(document: Document, part: Range) -> Range:
    """A source with those who are coordinated with it and stand right behind it."""
    start, end = part
    for word in range(start, end):
        for other in document.children[word]:
            if document.deprels[other] != "conj" or document.upos[other] not in _NOMINAL:
                continue
            words = document.subtree(other)
            if words[0] == end:
                end = words[-1] + 1
    return start, end
