"""Statements in the making: from the reader's ranges to whole sources, cues and contents."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

from menurut.contract import Span, Spans
from menurut.reader.document import Document, Range, StatementRanges
from menurut.record.statements.contents import EDGE, VERBAL, merge, outside, shared, trim
from menurut.record.statements.quotes import quotations
from menurut.record.statements.reporting import find_cue, phrase_length
from menurut.record.statements.sources import sources_of, whole
from menurut.record.statements.unsaid import is_unsaid

POINTS_BACK = "an answer whose object points back to what was said"
_ALIKE = 0.8
_LONGEST_CUE = 5
_LONGEST_NAME = 6
_ANSWERS = frozenset({"confirm", "deny"})
_SAID = frozenset({"accuse", "say"})
_POINTING = 2
_GOES_ON = frozenset({"advcl", "conj", "xcomp"})
_ENCLITIC = frozenset({"PRON", "DET"})
_SUBJECTS = frozenset({"nsubj", "nsubj:pass", "csubj"})
_UNCUT = frozenset({"flat", "fixed", "compound"})
_QUOTE_WORDS = 4  # a shorter quotation is a quoted word, no statement by itself


@dataclass(frozen=True, slots=True)
class Draft:
    """A statement in the making; ``content`` in characters, the rest in words."""

    source: tuple[Range, ...]
    cue: tuple[Range, ...]
    content: Spans
    paragraph: int
    carried: int | None = None  # index of the draft whose speaker goes on
    rule: str = ""  # by which it was found, where not by the reader


def find_drafts(document: Document) -> list[Draft]:
    """The drafts of a document, paragraph by paragraph."""
    drafts: list[Draft] = []
    named = {w: (n.start, n.end) for n in document.names for w in range(n.start, n.end)}
    statements = sorted(document.statements, key=lambda found: found.cue[0][0])
    for number, (start, end) in enumerate(document.paragraphs):
        quoted = quotations(document.text, *document.span(start, end))
        low, high = (bisect_left(statements, at, key=_cue_start) for at in (start, end))
        before = len(drafts)
        drafts += _paragraph_drafts(document, number, statements[low:high], named, quoted)
        drafts += _missed_answers(document, number, drafts[before:])
        _with_loose_quotations(document, number, quoted, drafts, before)
    return drafts


def _cue_start(found: StatementRanges) -> int:
    return found.cue[0][0]


def _paragraph_drafts(
    document: Document,
    number: int,
    statements: Sequence[StatementRanges],
    names: dict[int, Range],
    quoted: Sequence[Span],
) -> list[Draft]:
    start, end = document.paragraphs[number]
    wholes = _wholes(document, start, end, names)
    drafts = []
    for found in statements:
        cue = _grown_cue(document, found.cue[0], found.content, end)
        taken = {w for part in (*found.source, cue) for w in range(*part)}
        ranges = [_uncut(part, wholes) for part in _with_subject(document, found.content, taken)]
        content = trim(document, document.spans(tuple(outside(ranges, [cue]))))
        row = find_cue(cue_forms(document, [cue]), document.language)
        if not content or is_unsaid(document, cue, content, known=row is not None):
            continue
        meant = sources_of(document, found.source, found.cue[0], row)
        parts = outside([_uncut(part, wholes) for part in meant], [cue])
        source = tuple(whole(document, part) for part in parts)
        drafts.append(Draft(source, (cue,), content, number))
    drafts = [replace(d, content=_with_quotations(document, d, quoted)) for d in drafts]
    return [
        d for n, d in enumerate(drafts) if not _outdone(document, d, drafts[:n] + drafts[n + 1 :])
    ]


def _missed_answers(document: Document, number: int, drafts: Sequence[Draft]) -> list[Draft]:
    """The answers of a paragraph that the reader missed: ``both have denied it``.

    A verb of denying or confirming whose object only points back to what was said: a pronoun, or a
    noun of saying that tells no more (``the allegation``).
    """
    taken = {w for draft in drafts for part in draft.cue for w in range(*part)}
    found = []
    for word in range(*document.paragraphs[number]):
        if word in taken or document.upos[word] != "VERB" or _is_negated(document, word):
            continue
        back = _pointing_back(document, word) if _answers(document, word) else None
        if back is None:
            continue
        if (subject := _subject(document, word)) is not None:
            who = document.subtree(subject)
            source = (who[0], who[-1] + 1)
            content = (document.span(*back),)
            found.append(Draft((source,), ((word, word + 1),), content, number, rule=POINTS_BACK))
    return found


def _pointing_back(document: Document, verb: int) -> Range | None:
    """The words of an object that only points back to what was said, if a verb has such a one."""
    objects = [c for c in document.children[verb] if document.relations[c] == "obj"]
    if len(objects) != 1:
        return None
    words = document.subtree(objects[0])
    bare = all(document.upos[w] in ("DET", "PRON") for w in words if w != objects[0])
    if words[0] < verb or len(words) > _POINTING or not bare:
        return None
    if document.upos[objects[0]] == "PRON":
        return (words[0], words[-1] + 1) if words == [verb + 1] else None
    cue = find_cue([document.lower[objects[0]]], document.language)
    said = len(words) > 1 and cue is not None and cue.pos == "N" and cue.kind in _SAID
    return (words[0], words[-1] + 1) if said else None


def _subject(document: Document, verb: int) -> int | None:
    """The subject before a verb: its own, or that of the clause that it goes on."""
    for word in (verb, document.heads[verb]):
        subjects = (c for c in document.children[word] if document.relations[c] == "nsubj")
        if (found := next(subjects, verb)) < verb:
            return found
        if document.relations[verb] not in _GOES_ON:
            return None
    return None


def _answers(document: Document, verb: int) -> bool:
    cue = find_cue([document.lower[verb]], document.language)
    return cue is not None and cue.kind in _ANSWERS


def _is_negated(document: Document, word: int) -> bool:
    return any("Polarity=Neg" in document.feats[c] for c in document.children[word])


def _outdone(document: Document, draft: Draft, others: Sequence[Draft]) -> bool:
    """Whether another statement claims the same by a cue of which this one's is a part (``repeated
    the accusation``), or by a known cue where no table knows this one's."""
    known = _known(document, draft.cue)
    return any(
        _alike(draft.content, other.content)
        and (_part_of(draft, other) or (not known and _known(document, other.cue)))
        for other in others
    )


def _part_of(draft: Draft, other: Draft) -> bool:
    """Whether a draft has no speaker, and no word of saying that another has not as well."""
    if draft.source or draft.cue == other.cue:
        return False
    return all(any(s <= start and end <= e for s, e in other.cue) for start, end in draft.cue)


def _known(document: Document, cue: Sequence[Range]) -> bool:
    return find_cue(cue_forms(document, cue), document.language) is not None


def cue_forms(document: Document, ranges: Sequence[Range]) -> list[str]:
    return [document.lower[w] for s, e in ranges for w in range(s, e)]


def _alike(a: Spans, b: Spans) -> bool:
    """Whether two contents are all but the same."""
    return shared(a, b) > _ALIKE * max(sum(e - s for s, e in a), sum(e - s for s, e in b))


def _wholes(document: Document, start: int, end: int, named: dict[int, Range]) -> dict[int, Range]:
    """For the words of names and fixed phrases of a paragraph, the range that must not be cut."""
    found = {word: named[word] for word in range(start, end) if word in named}
    for word in range(start, end):
        if document.deprels[word] in _UNCUT and 0 < word - document.heads[word] <= _LONGEST_NAME:
            low, high = found.get(document.heads[word], (document.heads[word], word))
            joined = (min(low, document.heads[word]), max(high, word + 1))
            found.update(dict.fromkeys(range(*joined), joined))
    return found


def _uncut(part: Range, wholes: dict[int, Range]) -> Range:
    """The range, grown over the names at its edges."""
    first = wholes.get(part[0], part)
    last = wholes.get(part[1] - 1, part)
    return min(part[0], first[0]), max(part[1], last[1])


def _grown_cue(document: Document, cue: Range, content: Sequence[Range], end: int) -> Range:
    """The cue, with the noun that its verb needs to say what it says, and that noun's enclitic."""
    cue = _with_verb(document, cue, content)
    following = document.lower[cue[0] : min(cue[0] + _LONGEST_CUE, end)]
    grown = cue[0] + phrase_length(following, document.language)
    if grown <= cue[1]:
        return cue
    touches = grown < end and document.starts[grown] == document.ends[grown - 1]
    return cue[0], grown + (touches and document.upos[grown] in _ENCLITIC)


def _with_verb(document: Document, cue: Range, content: Sequence[Range]) -> Range:
    """A cue that says nothing (``has repeatedly``) with the verb of saying near it.

    That is the verb that its last word serves, or the one that the content depends on.
    """
    if _known(document, [cue]):
        return cue
    start, end = content[0]
    tops = (document.heads[w] for w in range(start, end))
    governors = [head for head in tops if not start <= head < end]
    for verb in (document.heads[cue[1] - 1], *governors):
        near = cue[1] <= verb < cue[1] + _LONGEST_CUE
        if near and document.upos[verb] == "VERB" and _known(document, [(verb, verb + 1)]):
            return cue[0], verb + 1
    return cue


def _with_subject(document: Document, content: Sequence[Range], taken: set[int]) -> list[Range]:
    """The content with the subject of its first clause, where that stands right before it."""
    start, end = content[0]
    heads = [w for w in range(start, end) if not start <= document.heads[w] < end]
    for subject in (c for head in heads for c in document.children[head]):
        if subject < start and document.deprels[subject] in _SUBJECTS:
            words = document.subtree(subject)
            gap = range(words[-1] + 1, start)
            apart = any(document.forms[w] not in EDGE for w in gap)
            if words[-1] < start and not apart and not taken & set(range(words[0], start)):
                return [(words[0], end), *content[1:]]
    return list(content)


def _with_quotations(document: Document, draft: Draft, quoted: Sequence[Span]) -> Spans:
    """The content, grown over each quotation that it holds the better half of.

    A quotation that has the cue in it is somebody else's.
    """
    spans = list(draft.content)
    for mark in quoted:
        own_cue = any(mark[0] <= document.starts[s] < mark[1] for s, _ in draft.cue)
        if not own_cue and 2 * shared(spans, [mark]) >= mark[1] - mark[0]:
            spans = merge([*spans, mark])
    return trim(document, tuple(spans)) or draft.content


def _with_loose_quotations(
    document: Document, number: int, quoted: Sequence[Span], drafts: list[Draft], before: int
) -> None:
    """Give quotations that no statement holds to the one who is speaking.

    In a paragraph that quotes already, it is more of the statement before it, or of the first.
    In a paragraph with none, it is a statement of its own, by the last speaker of the paragraph
    before, with no words that name him. ``before``: index of the paragraph's first draft.
    """
    for mark in quoted:
        loose = _words(document, mark) >= _QUOTE_WORDS and not _covered(mark, drafts[before:])
        content = trim(document, (mark,)) if loose and _sentence_like(document, mark) else ()
        if not content:
            continue
        holder = _holder(document, quoted, drafts, before, mark)
        if holder is not None:
            held = drafts[holder]
            drafts[holder] = replace(held, content=tuple(merge([*held.content, *content])))
        elif len(drafts) == before and drafts and drafts[-1].paragraph == number - 1:
            drafts.append(Draft((), (), content, number, len(drafts) - 1))


def _holder(
    document: Document, quoted: Sequence[Span], drafts: Sequence[Draft], before: int, mark: Span
) -> int | None:
    """The statement that quotes already: the last before the mark, or the paragraph's first."""
    quoting = [
        n for n in range(before, len(drafts)) if any(_covered(q, drafts[n : n + 1]) for q in quoted)
    ]
    earlier = [n for n in quoting if first_offset(document, drafts[n]) < mark[0]]
    return max(earlier, default=min(quoting, default=None))


def _sentence_like(document: Document, mark: Span) -> bool:
    """Whether a quotation holds a clause: a verb, or the head of a sentence."""
    start, end = document.words_in(mark)
    return any(
        document.upos[w] in VERBAL or document.deprels[w] == "root" for w in range(start, end)
    )


def _words(document: Document, span: Span) -> int:
    start, end = document.words_in(span)
    return end - start


def _covered(mark: Span, drafts: Sequence[Draft]) -> bool:
    return any(s < mark[1] and mark[0] < e for draft in drafts for s, e in draft.content)


def first_offset(document: Document, draft: Draft) -> int:
    starts = [document.starts[s] for s, _ in (*draft.source, *draft.cue)]
    return min([*starts, draft.content[0][0]])
