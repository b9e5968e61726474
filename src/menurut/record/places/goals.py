"""Whether a preposition of goal leads to a place, or to somebody who is given something.

*He flew to Egypt* and *troops were sent to Egypt* lead there; *arms were sent to Egypt* have a
recipient.
"""

from __future__ import annotations

from menurut.record.places.sentences import Sentence

_MAX_CLIMB = 5


def is_recipient(sentence: Sentence, preposition: int) -> bool:
    """Whether the goal is a recipient: something is sent there that is no traveller."""
    lower, uses = sentence.document.lower, sentence.uses
    governors = _governors(sentence, preposition)
    if any(lower[w] in uses["supply"] for w in governors):
        return True
    given = [w for w in governors if lower[w] in uses["transfer"]]
    return bool(given) and not _travels(sentence, min(given), preposition)


def is_destination(sentence: Sentence, preposition: int) -> bool:
    """Whether a journey, or somebody who travels, leads to the goal."""
    lower = sentence.document.lower
    governors = _governors(sentence, preposition)
    if any(lower[w] in sentence.uses["journey"] for w in governors):
        return not is_recipient(sentence, preposition)
    return _travels(sentence, min(governors, default=preposition), preposition)


def _travels(sentence: Sentence, start: int, end: int) -> bool:
    between = sentence.document.lower[min(start, end) : end]
    return not sentence.uses["traveller"].isdisjoint(between)


def _governors(sentence: Sentence, preposition: int) -> list[int]:
    """The words that a prepositional phrase may hang from, up to the verb.

    Those of the tree and the few before the preposition: attachment is where trees err most.
    """
    document = sentence.document
    found = []
    word = document.heads[preposition]
    for _ in range(_MAX_CLIMB):
        if word < 0:
            break
        if sentence.start <= word < preposition:
            found.append(word)
            if document.upos[word] == "VERB":
                break
        word = document.heads[word]
    for word in range(preposition - 1, max(preposition - 1 - _MAX_CLIMB, sentence.start - 1), -1):
        if document.upos[word] == "PUNCT":
            break
        found.append(word)
        if document.upos[word] == "VERB":
            break
    return found
