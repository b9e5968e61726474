"""Who did it: the actors of a predicate."""

from __future__ import annotations

from menurut.contract import Statement
from menurut.reader.document import Document
from menurut.record.events.arguments import Predicate, voice_of
from menurut.record.events.frames import Frame
from menurut.record.events.heads import Heads
from menurut.record.events.lands import Lands
from menurut.record.events.parties import Ids, Parties
from menurut.record.events.rules import IN_CLAUSE, OF_CUE, OF_GOVERNOR, OF_TELLER
from menurut.record.events.signs import governs, own_act
from menurut.record.events.syntax import climb, has_subject, relation
from menurut.record.events.tellings import Role, countries, plover, resolve_all
from menurut.record.events.voices import Voices

_OWN_ACTS = frozenset({"planned", "denied", "actual"})


class Doers:
    """Finds the actors of the predicates of a document."""

    def __init__(
        self, document: Document, actors: Lands, voices: Voices, parties: Parties, heads: Heads
    ) -> None:
        self.document = document
        self.actors = actors
        self.voices = voices
        self.parties = parties
        self.heads = heads

    def in_place(
        self,
        predicate: Predicate,
        frame: Frame,
        words: tuple[int, ...],
        bearers: list[Predicate],
        act: Statement | None,
    ) -> Role:
        """Who stands in the actor's places, else whose words they are.

        The source of a statement is the actor of its cue where the tree does not say otherwise,
        and of a frame without a place for its actor (``Chad broke the treaty``, says Mali).
        """
        doers = (
            self.parties.fill(bearers, frame.actor) if frame.actor else self._speaker(act, words)
        )
        speakers = act.source.actors if act else ()
        own = predicate.has_subject() or frame.pos == "N"
        if not speakers or (doers.ids and own):
            return doers
        undergone = predicate.passive and self._is_done_to(predicate, speakers)
        return doers if undergone else Role(doers.words, speakers, OF_CUE)

    def beyond(self, predicate: Predicate, frame: Frame, doers: Role) -> Role:
        """The doers, or whom the words around a predicate show to have done it."""
        speech = plover("type")[frame.type]["speech"] == "yes"
        if not doers.words and frame.pos == "N" and frame.actor and not speech:
            doers = self._governing(predicate.word, mutual=not frame.recipient)
        if doers == Role() and predicate.verbal and predicate.passive:
            doers = self._in_clause(predicate, frame)
        return doers

    def _speaker(self, act: Statement | None, words: tuple[int, ...]) -> Role:
        """The source of a statement, where what is told of another is itself a charge."""
        told = act or self.voices.telling(words[0])
        return Role((), told.source.actors, OF_TELLER) if told else Role()

    def _is_done_to(self, predicate: Predicate, speakers: Ids) -> bool:
        """Whether those taken for the speakers undergo a passive: ``Chad is accused of``."""
        undergo = resolve_all(self.document, self.actors, predicate.patients())
        return not set(speakers).isdisjoint(undergo)

    def _in_clause(self, predicate: Predicate, frame: Frame) -> Role:
        """Who does the same in an adverbial clause: ``were killed when troops opened fire``."""
        document = self.document
        agents = [
            agent
            for agent in predicate.clause_agents()
            if frame.type in self.heads.types(document.heads[agent])
            and not Predicate(document, document.heads[agent]).passive
        ]
        return Role(tuple(agents), resolve_all(document, self.actors, agents), IN_CLAUSE)

    def _governing(self, noun: int, mutual: bool) -> Role:
        """The subject of the verb whose object an event noun is, as its doer: ``planned a strike``.

        Not of a verb that leaves open whose act it is (``demanded a retreat``). A mutual act is
        that of two subjects wherever it stands in their clause (``agreed after days of talks``).
        """
        document = self.document
        chain = list(climb(document, noun))
        if not chain:
            return Role()
        verb = chain[-1][0]
        own = governs(document, verb) in _OWN_ACTS or own_act(document, verb)
        direct = self._is_object(noun, verb) and own
        if not (direct or mutual) or not (
            document.upos[verb] == "VERB" or has_subject(document, verb)
        ):
            return Role()
        agents = Predicate(document, verb, voice_of(document, verb)).fill("subj")
        role = Role(tuple(agents), resolve_all(document, self.actors, agents), OF_GOVERNOR)
        several = len(countries(self.actors, role.ids)) > 1
        return role if direct or several else Role()

    def _is_object(self, noun: int, verb: int) -> bool:
        """Whether a noun is the object of a verb, or what its object plans or asks for
        (``membatalkan rencana kunjungan``)."""
        document = self.document
        while noun != verb:
            head = document.heads[noun]
            deprel = relation(document, noun)
            meant = deprel == "nmod" and head != verb and governs(document, head) is not None
            if deprel not in ("obj", "conj") and not meant:
                return False
            noun = head
        return True
