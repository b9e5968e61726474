"""Of what kind a statement is: by its cue's row, by the words of its content, and by ``not``."""

from __future__ import annotations

import re
from collections.abc import Sequence

from menurut.contract import Span, StatementKind
from menurut.reader.document import Document
from menurut.record.statements.contents import outside
from menurut.record.statements.drafts import Draft, cue_forms
from menurut.record.statements.reporting import Cue, find_cue, find_hint
from menurut.tables import word_list

_WORD = re.compile(r"[\w'’-]+")
_ASKING = "ask"
NEGATED = "negated: the cue tells no more than that somebody speaks"
REQUEST = "asked to do something"


def kind_of(document: Document, draft: Draft, foreign: Sequence[Span]) -> tuple[StatementKind, str]:
    """By the cue's row; a neutral cue is turned by the content's words, less ``foreign`` ones.

    A negated cue (``could not confirm``) says none of what it would say otherwise. With the kind
    the basis: the rows that gave it, or how there is none.
    """
    cue = find_cue(cue_forms(document, draft.cue), document.language)
    basis = cue.basis if cue else "reader model" if draft.cue else "quotation carried on"
    basis = f"{basis}; {draft.rule}" if draft.rule else basis
    kind: StatementKind = cue.kind if cue else "say"
    if _is_negated(document, draft, cue):
        return "say", f"{basis}; {NEGATED}"
    if kind == _ASKING and _is_request(document, draft):
        return "demand", f"{basis}; {REQUEST}"
    if kind != "say":
        return kind, basis
    text = _main_words(document, outside(draft.content, foreign))
    hint = find_hint(_WORD.findall(text.lower()), document.language)
    return (hint.kind, f"{basis}; {hint.basis}") if hint else (kind, basis)


def _main_words(document: Document, content: Sequence[Span]) -> str:
    """The words of a content without its relative clauses and its clauses of reason, time and the
    like, which tell of something else."""
    spans = [document.words_in(span) for span in content]
    inside = {w for s, e in spans for w in range(s, e)}
    aside = {
        below
        for word in inside
        if _is_aside(document, word) and document.heads[word] in inside
        for below in document.subtree(word)
    }
    kept = [w for w in sorted(inside) if w not in aside]
    return " ".join(document.text[slice(*document.span(w, w + 1))] for w in kept)


def _is_aside(document: Document, word: int) -> bool:
    """Whether a word heads a clause beside the main one, whatever the tree calls it."""
    relation, below = document.deprels[word], document.children[word]
    if relation == "acl:relcl":
        return True
    if relation == "advcl" and any(document.deprels[c] == "mark" for c in below):
        return True
    relatives = word_list(document.language, "relatives") | word_list(
        document.language, "relative_pronouns"
    )
    return relation.startswith(("acl", "advcl")) and any(
        document.lower[c] in relatives and document.deprels[c].startswith("nsubj") for c in below
    )


def _is_request(document: Document, draft: Draft) -> bool:
    """Whether what is asked is that somebody do something: ``asked the court to annul it``."""
    verbs = {w for s, e in draft.cue for w in range(s, e)}
    return any(
        "VerbForm=Inf" in document.feats[w] and not verbs.isdisjoint(_above(document, w))
        for span in draft.content
        for w in range(*document.words_in(span))
    )


def _above(document: Document, word: int) -> set[int]:
    """The word that another hangs from, and the one above that."""
    head = document.heads[word]
    return {head, document.heads[head]} if head >= 0 else {head}


def _is_negated(document: Document, draft: Draft, cue: Cue | None) -> bool:
    """Whether a word of negation stands in the cue, with its verb, or opens the source."""
    words = word_list(document.language, "negations")
    own = frozenset(cue.words) if cue else frozenset()
    beside = {w for s, e in draft.cue for w in range(s, e)}
    beside |= {c for w in beside for c in document.children[w] if c < w}
    beside |= {s for s, _ in draft.source}
    return any(document.lower[w] in words and document.lower[w] not in own for w in beside)
