"""Codes the tellings that rows of the predicate table give at the words of a document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from menurut.contract import Statement, Status
from menurut.reader.document import Document
from menurut.record.events.arguments import Predicate
from menurut.record.events.circumstances import Circumstances, When
from menurut.record.events.doers import Doers
from menurut.record.events.fields import Fields
from menurut.record.events.frames import Frame
from menurut.record.events.heads import Heads
from menurut.record.events.judgements import Judgement
from menurut.record.events.lands import Lands
from menurut.record.events.matching import Surroundings, content_words
from menurut.record.events.parties import Ids, Parties
from menurut.record.events.receivers import Receivers
from menurut.record.events.rules import (
    APOLITICAL,
    COVERED,
    NO_RECIPIENT,
    NO_WORDS,
    NOBODY,
    NOT_ALONE,
    Lack,
)
from menurut.record.events.signs import governs
from menurut.record.events.status import status_of
from menurut.record.events.tellings import Role, Telling, plover
from menurut.record.events.voices import Voices


class Coder:
    """Tries the rows of the predicate table at the words of a document."""

    def __init__(
        self,
        document: Document,
        actors: Lands,
        voices: Voices,
        circumstances: Circumstances,
    ) -> None:
        self.document = document
        self.voices = voices
        self.circumstances = circumstances
        self.heads = Heads(document)
        self.parties = Parties(document, actors, circumstances)
        self.fields = Fields(document)
        self._doers = Doers(document, actors, voices, self.parties, self.heads)
        self._receivers = Receivers(document, actors, voices, self.parties, self.heads)

    def of_frames(self) -> Iterator[Telling]:
        """A telling for each word that a frame fits; nouns that a frame takes in give no other,
        but what is refused or called off is told of too, as not done (``cancelled the visit``)."""
        used: set[int] = set()
        for word in self.heads.words():
            telling = None if word in used else self._at(word)
            if telling is None:
                continue
            if telling.type != "REJECT" or governs(self.document, word) != "denied":
                used.update(w for w in telling.words if self.document.upos[w] != "VERB")
            yield telling

    def _at(self, word: int) -> Telling | None:
        """The telling of the most specific frame that fits a word."""
        for _frame, _around, found in self._tried(word):
            if isinstance(found, Telling):
                return found
        return None

    def lacks(self, word: int) -> Iterator[tuple[Frame | None, Lack]]:
        """Why a word tells of no event, for each row of the table that it may be."""
        if bar := self.heads.bars(word):
            yield None, bar
            return
        for frame, around, found in self._tried(word):
            if isinstance(found, Telling):
                yield frame, Lack(COVERED if found.actors or found.recipients else NOT_ALONE)
                return
            yield frame, found or around.lack(frame)

    def _tried(self, word: int) -> Iterator[tuple[Frame, Surroundings, Telling | Lack | None]]:
        """Each row that a word may be, and what it gives; None where other words are wanted."""
        in_voice: dict[str, Surroundings] = {}
        for frame, voice in self.heads.matches(word):
            if voice not in in_voice:
                predicate = Predicate(self.document, word, voice)
                in_voice[voice] = Surroundings(predicate, self.circumstances.is_time)
            around = in_voice[voice]
            words = around.words_of(frame)
            found = self._code(around.predicate, frame, words) if words else None
            yield frame, around, found

    def _code(self, predicate: Predicate, frame: Frame, words: tuple[int, ...]) -> Telling | Lack:
        """The telling of a frame at a word, or what is not known of its parties."""
        document, word = self.document, predicate.word
        nominal = frame.pos == "N"
        act = self.voices.cued_by(words)
        found = self._who(predicate, frame, words, act)
        if isinstance(found, Lack):
            return found
        doers, receivers = found
        if lack := self._unfit(frame, word, doers, receivers):
            return lack
        speech = plover("type")[frame.type]["speech"] == "yes"
        return Telling(
            word=word,
            words=content_words(document, words),
            type=frame.type,
            mode=frame.mode,
            contexts=frame.contexts,
            actors=doers.ids,
            recipients=receivers.ids,
            judgement=self.judge(
                word,
                receivers.ids if frame.received else doers.ids,
                act,
                frame.status or "actual",
                said=nominal and speech,
                speech=speech,
            ),
            origin=frame.origin,
            line=frame.line,
            frame=True,
            nominal=nominal,
            headline=document.kinds[document.sentence_of[word]] == "headline",
            act_of=act.id if act and not nominal else None,
            time=self._time(word, words, nominal),
            place=self.circumstances.place(word, nominal, doers.words),
            quantities=self.circumstances.quantities((word, *predicate.patients(), *doers.words)),
            doers=doers,
            receivers=receivers,
        )

    def _unfit(self, frame: Frame, word: int, doers: Role, receivers: Role) -> Lack | None:
        """Why what a frame tells of is no event between these parties, if it is none."""
        if not receivers.ids and self.fields.is_nature(receivers.words):
            return Lack(APOLITICAL)
        chance = plover("type")[frame.type]["chance"] == "yes"
        if chance and not doers.ids and self.fields.is_mishap(word):
            return Lack(APOLITICAL)
        if not (frame.pos == "N" or self.parties.stands(frame, doers.ids, receivers.ids)):
            return Lack(NOBODY)
        return None

    def _time(self, word: int, words: Sequence[int], nominal: bool) -> When | None:
        """The time of a predicate, else of another verb of its frame (``stopped sending``)."""
        verbs = (w for w in words if w != word and self.document.upos[w] == "VERB")
        found = (self.circumstances.time(w, nominal=False) for w in verbs)
        return self.circumstances.time(word, nominal) or next(filter(None, found), None)

    def _who(
        self, predicate: Predicate, frame: Frame, words: tuple[int, ...], act: Statement | None
    ) -> tuple[Role, Role] | Lack:
        """Actors and recipients, or what the frame asks for and misses."""
        bearers = [predicate, *(Predicate(self.document, w) for w in self._bearing(words))]
        doers = self._doers.in_place(predicate, frame, words, bearers, act)
        if frame.authored and not doers.ids:
            return Lack(NOBODY)
        doers = self._doers.beyond(predicate, frame, doers)
        receivers = self._receivers.in_place(predicate, frame, bearers, doers, act)
        if frame.required and not receivers.ids:
            return Lack(NO_RECIPIENT)
        if self._is_apolitical(predicate):
            return Lack(APOLITICAL)
        if frame.expressed and not self.parties.expressed(bearers, frame.recipient):
            return Lack(NO_WORDS)
        return doers, self._receivers.beyond(predicate, frame, bearers, doers, receivers)

    def _is_apolitical(self, predicate: Predicate) -> bool:
        """Whether the one who acts does no politics, or the sentence is of another field."""
        agents = self._causes(predicate) if predicate.verbal else predicate.fill("own")
        return self.fields.bar(predicate.word, agents)

    def _causes(self, predicate: Predicate) -> list[int]:
        """Who does it; where a passive names nobody, what its adverbial clauses tell of.

        ``were killed when a train caught fire``.
        """
        agents = predicate.agents()
        return agents if agents or not predicate.passive else predicate.clause_agents()

    def _bearing(self, words: tuple[int, ...]) -> list[int]:
        """The other words of a frame, and the nouns that they hang from (``call by telephone``)."""
        found = []
        for word in words[1:]:
            head = self.document.heads[word]
            found.append(word)
            if head not in words and head >= 0 and self.document.upos[head] == "NOUN":
                found.append(head)
        return found

    def judge(
        self,
        word: int,
        subjects: Ids,
        act: Statement | None,
        default: Status = "actual",
        *,
        said: bool = False,
        speech: bool = False,
    ) -> Judgement:
        """The status of what a word tells of. ``subjects``: whose doing it is; ``act``: the
        statement that it is itself; ``default``: what the predicate implies; ``said``: the word is
        a noun of speech; ``speech``: it tells of an act of speech."""
        told = self.voices.telling(word, act.id if act else None)
        return status_of(
            self.document,
            word,
            default=default,
            told=told,
            said=said,
            speech=speech,
            own=self.voices.is_own(told, subjects),
            is_event=self.heads.is_event,
        )
