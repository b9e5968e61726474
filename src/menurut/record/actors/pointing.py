"""Resolves phrases that point back: ``kedua negara``, ``the country``."""

from __future__ import annotations

from menurut.reader.document import Range
from menurut.record.actors.entity import Entity
from menurut.record.actors.phrase import PLACES, Phrase
from menurut.record.actors.scene import Scene, Tied

_NEAR = 2
_BACK = 5
_MAX_WIDTH = 5
_MAX_CLIMB = 12


def resolve_joint(scene: Scene, phrase: Phrase) -> None:
    """Ties ``both countries`` to those named together last, else to the last two."""
    count, of = phrase.entry.count, phrase.entry.key
    tied = _located(scene, phrase) or (
        _rulers(scene, phrase.start, count) if of == "ruler" else _named(scene, phrase, of, count)
    )
    for entity in tied:
        entity.needed = True
    scene.keep(phrase.start, phrase.end, tied)


def _named(scene: Scene, phrase: Phrase, of: str, count: int) -> Tied:
    sorts = {"state", "person", "body"} if of == "any" else {of}
    found = _pair(scene, phrase.start, sorts, count)
    return found or _last_few(scene, phrase.start, sorts, count)


def _rulers(scene: Scene, word: int, count: int) -> Tied:
    """``the two leaders``: those who govern and were named together, however far back."""
    seen = [s for s in scene.between(0, word) if len(s.tied) == 1 and _rules(s.tied[0])]
    for left, right in zip(reversed(seen[:-1]), reversed(seen[1:]), strict=True):
        tied = (*left.tied, *right.tied)
        if len(set(tied)) == count and _joined(scene, left.end, right.word):
            return tied
    latest = list(dict.fromkeys(s.tied[0] for s in reversed(seen)))
    return tuple(reversed(latest[:count])) if len(latest) >= count else ()


def _rules(entity: Entity) -> bool:
    return entity.sort == "person" and (entity.coding.code or "").endswith(" GOV")


def _joined(scene: Scene, start: int, end: int) -> bool:
    between = scene.document.lower[start:end]
    return len(between) == 1 and between[0] in scene.rules.conjunctions


def _located(scene: Scene, phrase: Phrase) -> Tied:
    """``both sides in Sudan``: those of a country."""
    at = phrase.end
    if at >= len(scene.document) or scene.document.lower[at] not in scene.rules.place_cases:
        return ()
    found = (p for p in scene.phrases if p.start == at + 1 and p.sort in PLACES)
    return tuple(scene.entities.state(p.entry.key) for p in found)


def _pair(scene: Scene, word: int, sorts: set[str], count: int) -> Tied:
    """The latest actors named together (``Rusia dan Korea Utara``) near a word."""
    named = scene.between(scene.sentence_start(word, _NEAR), word)
    near = [s for s in named if len(s.tied) == 1 and s.tied[0].sort in sorts]
    for left, right in zip(reversed(near[:-1]), reversed(near[1:]), strict=True):
        tied = (*left.tied, *right.tied)
        if len(set(tied)) == count and _joined(scene, left.end, right.word):
            return tied
    return ()


def _last_few(scene: Scene, word: int, sorts: set[str], count: int) -> Tied:
    found: list[Entity] = []
    for seen in reversed(scene.between(scene.sentence_start(word, _BACK), word)):
        found += [e for e in seen.tied if e.sort in sorts and e not in found]
        if len(found) >= count:
            return tuple(reversed(found[:count]))
    return ()


def resolve_definite_state(scene: Scene, word: int) -> None:
    """Ties ``negara tersebut`` to the state named last that does not stand beside it."""
    extent = _extent(scene, word)
    if extent is None or any(w in scene.at for w in range(*extent)):
        return
    barred = _beside(scene, word)
    for seen in reversed(scene.between(scene.sentence_start(word, _BACK), word)):
        for entity in reversed(seen.tied):
            if entity.sort == "state" and entity not in barred:
                entity.needed = True
                scene.keep(*extent, (entity,))
                if (phrase := scene.completed(*extent)) is not None:
                    scene.give_owner(phrase, entity, extent)
                return


def _extent(scene: Scene, word: int) -> Range | None:
    """The words from a noun for a country to the determiner that points back."""
    document, rules = scene.document, scene.rules
    first, last = document.sentences[document.sentence_of[word]]
    step = 1 if rules.modifiers == "right" else -1
    at = word + step
    while first <= at < last and abs(at - word) <= _MAX_WIDTH:
        if document.lower[at] in rules.definite:
            return (word, at + 1) if step > 0 else (at + 1, word + 1)
        if document.lower[at] in rules.stops or document.upos[at] in ("PUNCT", "ADP", "CCONJ"):
            return None
        at += step
    return None


def _beside(scene: Scene, word: int) -> set[Entity]:
    """The actors that a noun cannot mean: subjects and objects above it, its neighbours."""
    document = scene.document
    barred: set[Entity] = set()
    if word > 1 and document.upos[word - 1] == "ADP":
        barred |= set(scene.at.get(word - 2, ()))
    below, head = word, document.heads[word]
    for level in range(_MAX_CLIMB):
        if head < 0:
            break
        clausal = document.deprels[below] in ("xcomp", "ccomp")
        for child in document.children[head]:
            deprel = document.deprels[child]
            core = deprel.startswith("nsubj") or (clausal and deprel == "obj")
            if child != below and (core or (level == 0 and deprel.startswith("nmod"))):
                tied = scene.at.get(child, ())
                barred |= set(tied if len(tied) == 1 else ())
        below, head = head, document.heads[head]
    return barred
