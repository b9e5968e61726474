"""Resolves the actors of a report: phrases, people, codes, then pronouns and short forms."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from menurut.contract import Actor
from menurut.reader.document import Document
from menurut.record.actors.anaphora import resolve_anaphora
from menurut.record.actors.coding import Coder
from menurut.record.actors.entities import Entities
from menurut.record.actors.entity import Entity
from menurut.record.actors.grammar import Grammar, grammar
from menurut.record.actors.knowledge import Knowledge
from menurut.record.actors.lexicon import lexicon
from menurut.record.actors.model import Actors, Ids, Span
from menurut.record.actors.people import group_people
from menurut.record.actors.phrases import find_phrases
from menurut.record.actors.scene import Scene, Tied


def resolve_actors(
    document: Document, knowledge: Knowledge | None = None, at: datetime | None = None
) -> Actors:
    """The actors of a report, all mentions of one together, with codes from the tables.

    ``knowledge``: what earlier reports have taught; ``at``: when this one was published.
    """
    rules = grammar(document.language)
    phrases = find_phrases(document)
    people = group_people(document, phrases)
    coder = Coder(document, phrases, people, rules, knowledge, at)
    entities = Entities(document, coder, people, rules, lexicon(document.language))
    entities.tie(phrases)
    scene = Scene(document, phrases, entities, rules)
    resolve_anaphora(scene)
    actors, ids = _number(document, entities)
    known = {tied: _ids(tied, ids) for tied in set(scene.at.values())}
    words = {
        word: known[tied]
        for word, tied in scene.at.items()
        if known[tied] and not _only_leans(document, word, rules)
    }
    return Actors(document, actors, words, _outermost(scene, ids), rules.conjunctions)


def _only_leans(document: Document, word: int, rules: Grammar) -> bool:
    """Whether a word only says whose side somebody is on: ``the pro-Iranian group``."""
    hyphened = word > 1 and document.forms[word - 1] == "-"
    return hyphened and document.lower[word - 2] in rules.leaning


def _number(document: Document, entities: Entities) -> tuple[tuple[Actor, ...], dict[Entity, str]]:
    """The actors in the order of their first mention; those seen only in titles are left out."""
    kept = [e for e in entities.all.values() if e.mentions or (e.needed and e.inner)]
    kept.sort(key=lambda e: min(e.mentions or e.inner))
    actors = tuple(entity.actor(document, n) for n, entity in enumerate(kept, 1))
    return actors, {entity: actor.id for entity, actor in zip(kept, actors, strict=True)}


def _ids(tied: Tied, ids: dict[Entity, str]) -> Ids:
    return tuple(dict.fromkeys(ids[e] for e in tied if e in ids))


def _outermost(scene: Scene, ids: dict[Entity, str]) -> tuple[Span, ...]:
    """The phrases that lie in no other, in text order, with the pronouns that own them."""
    tied = [
        (p.start, p.end, scene.entities.of_phrase[p])
        for p in scene.phrases
        if p.parent is None and p in scene.entities.of_phrase
    ]
    owned = _owners(scene, tied)
    tied = [(owned.get(start, start), end, found) for start, end, found in tied]
    kept: list[Span] = []
    for start, end, found in sorted([*tied, *scene.found], key=lambda t: (t[0], -t[1])):
        if not kept or start >= kept[-1].end:
            kept.append(Span(start, end, _ids(found, ids)))
    return tuple(kept)


def _owners(scene: Scene, tied: Iterable[tuple[int, int, Tied]]) -> dict[int, int]:
    """Where phrases start that a pronoun before them owns (``her coach, Ana Lima``)."""
    starts = {w: start for start, end, _ in tied for w in range(start, end)}
    heads = scene.document.heads
    found = ((starts.get(heads[at]), at) for at, end, _ in scene.found if end == at + 1)
    return {start: at for start, at in found if start is not None and at < start}
