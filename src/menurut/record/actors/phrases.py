"""Builds the phrases that stand for actors: a noun, whom it serves, and the name it goes with.

Works on the words in their order, with tags only as a help, so that a wrong tree does not lose an
actor. A phrase inside another (the country in a title) keeps its own place and is marked so.
"""

from __future__ import annotations

from menurut.reader.document import Document
from menurut.record.actors.asides import find_asides
from menurut.record.actors.besides import tie_asides
from menurut.record.actors.board import Board
from menurut.record.actors.grammar import grammar
from menurut.record.actors.lexicon import Item, lexicon
from menurut.record.actors.modifiers import Modifiers
from menurut.record.actors.naming import Naming
from menurut.record.actors.phrase import HEADS, Phrase
from menurut.record.actors.scene import head_of
from menurut.record.actors.sentence import Sentence, name_words, names_by_sentence
from menurut.record.actors.setting import named_countries
from menurut.record.actors.towns import Towns
from menurut.record.actors.whereabouts import mark_places

_ARGUMENT = ("nsubj", "obj", "iobj", "root", "obl", "appos", "parataxis", "dep")


def find_phrases(document: Document) -> list[Phrase]:
    """All phrases of a document in text order, the ones inside others too."""
    rules, words = grammar(document.language), lexicon(document.language)
    names, known = names_by_sentence(document), name_words(document)
    towns = Towns(document)
    asides = find_asides(document, rules, words, towns)
    found: list[Phrase] = []
    for number, (first, last) in enumerate(document.sentences):
        labels, kind = names.get(number, []), document.kinds[number]
        sentence = Sentence(document, first, last, rules, words, labels, known, towns, asides, kind)
        found += _build(sentence)
    _choose_rivals(found)
    return found


def _choose_rivals(phrases: list[Phrase]) -> None:
    """Of bodies that share a name, each phrase means the one of the country named most."""
    shared = [p for p in phrases if p.entry.rivals]
    if not shared:
        return
    count = named_countries(p for p in phrases if not p.entry.rivals)
    for phrase in shared:
        entries = (phrase.entry, *phrase.entry.rivals)
        best = max(entries, key=lambda entry: count[entry.code[:3]])
        phrase.item = Item(phrase.item.start, phrase.item.end, best)


def _build(sentence: Sentence) -> list[Phrase]:
    """The phrases of a sentence: modifiers first, then links, then names after commas."""
    board = Board(sentence)
    modifiers, naming = Modifiers(board), Naming(board)
    for phrase in board.phrases:
        if phrase.sort == "body":
            modifiers.locate(phrase)
    heads = [p for p in board.phrases if p.sort in HEADS]
    backwards = sentence.rules.modifiers == "right"
    for phrase in reversed(heads) if backwards else heads:
        modifiers.take(phrase)
        naming.name_after(phrase)
    for phrase in reversed(heads):
        naming.link(phrase)
        naming.name_after(phrase)
        naming.name_after_comma(phrase)
    for phrase in list(board.phrases):
        if phrase.sort == "person":
            naming.after_name(phrase)
    tie_asides(board)
    mark_places(sentence, board.phrases)
    standing = [p for p in board.phrases if _stands(sentence.document, p)]
    return sorted(standing, key=lambda p: p.start)


def _stands(document: Document, phrase: Phrase) -> bool:
    """Whether a phrase stands for somebody: a bare noun must be an argument, no modifier."""
    if phrase.sort == "nothing":
        return False
    if phrase.sort not in HEADS or phrase.parent or phrase.owners or phrase.name or phrase.also:
        return True
    if phrase.sort == "institution" and phrase.entry.named and phrase.extra:
        return True
    if phrase.sort == "institution" and not phrase.entry.code and not phrase.definite:
        return False
    head = head_of(document, phrase.start, phrase.end)
    if document.deprels[head].startswith(_ARGUMENT):
        return True
    if document.deprels[head] == "conj" and (phrase.definite or phrase.sort != "institution"):
        return True
    return any(document.deprels[c] == "case" for c in document.children[head])
