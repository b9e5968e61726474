"""Which tellings are part of another: ``launched an attack``, ``protested to demand``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from menurut.reader.document import Document
from menurut.record.events.rules import UNDER_VERB
from menurut.record.events.syntax import relation
from menurut.record.events.tellings import Actors, Telling, countries, plover

_COVERED = frozenset({"obj", "obl", "nmod", "xcomp", "ccomp", "advcl", "acl", "conj", "nsubj"})
_CLAUSES = frozenset({"advcl", "xcomp"})
_MAX_CLIMB = 4


def independent(
    document: Document,
    actors: Actors,
    tellings: Sequence[Telling],
    acts: Sequence[Telling],
) -> list[Telling]:
    """The tellings that no verb above them covers, then the acts of speech."""
    verbs = {t.word: t for t in (*tellings, *acts) if not t.nominal}
    cover = _Cover(document, actors, verbs)
    return [t for t in tellings if not cover.holds(t)] + list(acts)


class _Cover:
    def __init__(self, document: Document, actors: Actors, verbs: Mapping[int, Telling]) -> None:
        self._document = document
        self._actors = actors
        self._verbs = verbs

    def holds(self, telling: Telling) -> bool:
        """Whether another telling at the same word or above it tells this already."""
        if telling.act_of is not None:
            return False
        same = self._verbs.get(telling.word)
        if same is not None and same is not telling and not _asks_for(same, telling):
            return True
        word = telling.word
        for depth in range(_MAX_CLIMB):
            head = self._document.heads[word]
            if head < 0 or relation(self._document, word) not in _COVERED:
                return False
            verb = self._verbs.get(head)
            if verb is not None and verb is not telling and self._covers(verb, telling, depth):
                return True
            word = head
        return False

    def _covers(self, verb: Telling, telling: Telling, depth: int) -> bool:
        """Whether a verb's event holds what hangs from it: what is protested, the act itself.

        What is asked for, agreed to or refused is an event of its own, and not yet done.
        """
        covers = plover("type")[verb.type]["covers"].split()
        if depth == 0 and telling.type in covers and verb.frame:
            return True
        if verb.type != telling.type:
            return False
        return (telling.nominal and depth == 0) or self._same_parties(verb, telling, depth)

    def _same_parties(self, verb: Telling, telling: Telling, depth: int) -> bool:
        """Whether a clause under a verb tells more of the same: ``shelled it, killing ten men``.

        What it says of the recipients is the verb's, where the verb names none.
        """
        if not self._goes_on(telling.word, depth):
            return False
        actors, recipients = self._sides(telling)
        verb_actors, verb_recipients = self._sides(verb)
        if not actors or not actors <= verb_actors | verb_recipients:
            return False
        if verb_recipients or recipients <= verb_actors:
            return recipients <= verb_actors | verb_recipients
        verb.recipients = telling.recipients
        verb.receivers = telling.receivers._replace(rule=UNDER_VERB)
        return True

    def _goes_on(self, word: int, depth: int) -> bool:
        """Whether a word is a clause under the verb, or is coordinated with one."""
        above = self._document.heads[word]
        clause = word if depth == 0 else above
        coordinated = depth == 0 or relation(self._document, word) == "conj"
        return coordinated and depth < 2 and relation(self._document, clause) in _CLAUSES

    def _sides(self, telling: Telling) -> tuple[frozenset[str], frozenset[str]]:
        return (
            countries(self._actors, telling.actors),
            countries(self._actors, telling.recipients),
        )


def _asks_for(request: Telling, telling: Telling) -> bool:
    """Whether a duty laid on somebody (``must free them``) is told beside what it asks for."""
    return request.type == "REQUEST" and not request.frame and telling.type != "REQUEST"
