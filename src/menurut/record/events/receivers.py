"""To whom it was done: the recipients of a predicate."""

from __future__ import annotations

from menurut.contract import Statement
from menurut.reader.document import Document
from menurut.record.events.arguments import Predicate, voice_of
from menurut.record.events.frames import Frame
from menurut.record.events.heads import Heads
from menurut.record.events.lands import Lands
from menurut.record.events.parties import Ids, Parties
from menurut.record.events.rules import ADDRESSED, BELOW, OF_ASKER, OWN_SOIL, PEOPLE
from menurut.record.events.speech_acts import addressed
from menurut.record.events.tellings import Role, countries, plover, resolve_all
from menurut.record.events.voices import Voices, words_of

_OF_FOREIGNERS = frozenset({"expel", "deport"})


class Receivers:
    """Finds the recipients of the predicates of a document."""

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
        bearers: list[Predicate],
        doers: Role,
        act: Statement | None,
    ) -> Role:
        """Who stands in the recipient's places, else whom the act of speech speaks of."""
        named = self.parties.fill(bearers, frame.recipient)
        receivers = self._other(named, doers)
        if not receivers.ids and "within" in plover("type")[frame.type]["reach"]:
            receivers = named._replace(ids=tuple(i for i in named.ids if i not in doers.ids))
        if not receivers.ids and "asker" in plover("type")[frame.type]["reach"]:
            receivers = self._other(self._asker(predicate), doers)
        if receivers.ids or act is None or not (frame.required and _is_of(act, frame)):
            return receivers
        if self._undergoes(predicate, act):
            return receivers
        return self._other(Role((), addressed(self.document, self.actors, act), ADDRESSED), doers)

    def _reached(self, predicate: Predicate, frame: Frame, doers: Role, receivers: Role) -> Role:
        """The recipients, or whom the act reaches where its places name nobody with a code."""
        rules = plover("type")[frame.type]
        if not frame.recipient or countries(self.actors, receivers.ids):
            return receivers
        direct = receivers.ids and "." not in receivers.rule
        if "below" in rules["reach"] and not (direct and rules["speech"] == "yes"):
            below = self._below(predicate, frame, doers)
            receivers = Role((), below, BELOW) if below else receivers
        if "within" in rules["reach"] and len(frame.words) > 1 and not receivers.ids:
            return Role((), self.parties.on_own_soil(predicate.word, doers.ids), OWN_SOIL)
        return receivers

    def beyond(
        self,
        predicate: Predicate,
        frame: Frame,
        bearers: list[Predicate],
        doers: Role,
        receivers: Role,
    ) -> Role:
        """The recipients; where they name nobody with a code, whom else the act reaches: the
        nearest party that hangs from it, people of the actor's own country (``reach`` in
        ``plover.tsv``)."""
        reached = self._reached(predicate, frame, doers, receivers)
        if countries(self.actors, reached.ids):
            return reached
        return self._own_people(frame, bearers, doers, reached)

    def _own_people(
        self, frame: Frame, bearers: list[Predicate], doers: Role, receivers: Role
    ) -> Role:
        """The recipients, or people of the state that acts; who is expelled is of another."""
        if "people" not in plover("type")[frame.type]["reach"] or frame.mode in _OF_FOREIGNERS:
            return receivers
        people = self.parties.own_people(bearers, frame.recipient, doers.ids)
        return Role(receivers.words, people, PEOPLE) if people else receivers

    def _asker(self, predicate: Predicate) -> Role:
        """Who asks for an act, for whom it then is: ``Chad asked Mali to send doctors``."""
        document, word = self.document, predicate.word
        verb = document.heads[word]
        if verb >= 0 and document.deprels[word] == "acl" and document.upos[verb] == "PROPN":
            verb = document.heads[verb]
        if verb < 0 or document.upos[verb] != "VERB" or "REQUEST" not in self.heads.types(verb):
            return Role()
        agents = Predicate(document, verb, voice_of(document, verb)).agents()
        return Role(tuple(agents), resolve_all(document, self.actors, agents), OF_ASKER)

    def _undergoes(self, predicate: Predicate, act: Statement) -> bool:
        """Whether an act of speech is done to somebody unknown: ``a man accused of``."""
        content = set(words_of(self.document, act.content))
        patients = predicate.patients() if predicate.passive else []
        return any(w < predicate.word and w not in content for w in patients)

    def _other(self, receivers: Role, doers: Role) -> Role:
        """The role without those who are its doers."""
        return receivers._replace(ids=self.parties.others(receivers.ids, doers.ids))

    def _below(self, predicate: Predicate, frame: Frame, doers: Role) -> Ids:
        """The nearest party that hangs from a predicate, but not who reports an act of speech."""
        rules = plover("type")[frame.type]
        if not doers.ids and not (predicate.verbal and rules["alone"] == "yes"):
            return ()
        told = self.voices.telling(predicate.word) if rules["speech"] == "yes" else None
        speakers = told.source.actors if told else ()
        below = self.parties.mentioned(predicate.word, doers.ids)
        if not below and "rulers" in rules["reach"]:
            below = self.parties.rulers(predicate.word, doers.ids)
        return tuple(i for i in below if i not in speakers)


def _is_of(act: Statement, frame: Frame) -> bool:
    """Whether a frame names the act that a statement is, against somebody."""
    row = plover("statement").get(act.kind)
    return row is not None and row["of"] == frame.type and row["recipient"] == "yes"
