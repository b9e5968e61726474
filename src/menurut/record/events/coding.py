"""Codes the tellings that rows of the predicate table give at the words of a document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from menurut.contract import Statement, Status
from menurut.reader.document import Document
from menurut.record.events.arguments import Predicate, voice_of
from menurut.record.events.circumstances import Circumstances, When
from menurut.record.events.fields import Fields
from menurut.record.events.frames import Frame, Match, matches
from menurut.record.events.judgements import Judgement
from menurut.record.events.lands import Lands
from menurut.record.events.matching import Surroundings, content_words
from menurut.record.events.parties import Ids, Parties
from menurut.record.events.rules import (
    ADDRESSED,
    APOLITICAL,
    BELOW,
    COVERED,
    IN_CLAUSE,
    IN_NAME,
    MODIFIES,
    NO_RECIPIENT,
    NO_WORDS,
    NOBODY,
    NOT_ALONE,
    OF_ASKER,
    OF_CUE,
    OF_GOVERNOR,
    OF_TELLER,
    OWN_SOIL,
    PEOPLE,
    Lack,
)
from menurut.record.events.signs import governs, own_act
from menurut.record.events.speech_acts import addressed
from menurut.record.events.status import status_of
from menurut.record.events.syntax import (
    NOMINAL,
    climb,
    has_subject,
    preposition,
    relation,
)
from menurut.record.events.tellings import Role, Telling, countries, plover, resolve_all
from menurut.record.events.voices import Voices, words_of

_READ = frozenset({"body", "headline", "caption"})
_MODIFIERS = frozenset({"compound", "flat", "amod"})
_OWN_ACTS = frozenset({"planned", "denied", "actual"})
_OF_FOREIGNERS = frozenset({"expel", "deport"})
_ARGUMENTS = frozenset({"obl", "obj", "nsubj", "nmod"})


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
        self.actors = actors
        self.circumstances = circumstances
        self.parties = Parties(document, actors, circumstances)
        self.fields = Fields(document)
        self._matched: dict[int, tuple[Match, ...]] = {}
        self._in_names = {
            w for n in document.names if n.label != "NAT" for w in range(n.start, n.end)
        }

    def of_frames(self) -> Iterator[Telling]:
        """A telling for each word that a frame fits; nouns that a frame takes in give no other."""
        used: set[int] = set()
        for word in self._words():
            telling = None if word in used else self._at(word)
            if telling is not None:
                used.update(w for w in telling.words if self.document.upos[w] != "VERB")
                yield telling

    def _words(self) -> Iterator[int]:
        """The words that may head a predicate, verbs before the nouns that they take in."""
        document = self.document
        for (start, end), kind in zip(document.sentences, document.kinds, strict=True):
            if kind in _READ:
                words = [w for w in range(start, end) if self._may_head(w)]
                yield from sorted(words, key=lambda w: document.upos[w] in NOMINAL)

    def types(self, word: int) -> frozenset[str]:
        """The types of the rows that the table has for a word, whether they fit or not."""
        return frozenset(frame.type for frame, _ in self._matches(word))

    def _may_head(self, word: int) -> bool:
        return bool(self._matches(word)) and self._bars(word) is None

    def _bars(self, word: int) -> Lack | None:
        """Why a word heads no predicate, whatever the table has of it."""
        if word in self._in_names:
            return Lack(IN_NAME)
        return Lack(MODIFIES) if self._only_modifies(word) else None

    def _matches(self, word: int) -> tuple[Match, ...]:
        """The frames of a word. A noun that opens a sentence may be taken for a name."""
        if word in self._matched:
            return self._matched[word]
        document = self.document
        form, upos = document.lower[word], document.upos[word]
        found = matches(form, upos, document.language)
        opens = document.sentences[document.sentence_of[word]][0] == word
        if upos == "PROPN" and opens:
            found += matches(form, "NOUN", document.language)
        self._matched[word] = found
        return found

    def _only_modifies(self, word: int) -> bool:
        """Whether a word without arguments modifies a noun: ``talks venue``, ``convicted man``."""
        document = self.document
        if self._names_talks(word):
            return True
        if relation(document, word) not in _MODIFIERS:
            return False
        return not any(relation(document, c) in _ARGUMENTS for c in document.children[word])

    def _names_talks(self, word: int) -> bool:
        """Whether a bare noun only says what talks are about: ``perundingan perdagangan``."""
        document = self.document
        head = document.heads[word]
        bare = document.deprels[word] in ("nmod", "compound") and not preposition(document, word)
        if head < 0 or not bare or document.upos[head] != "NOUN":
            return False
        return document.upos[word] == "NOUN" and self.types(head) == {"CONSULT"}

    def _is_event(self, word: int) -> bool:
        """Whether a word by itself may tell of an event."""
        return any(len(match.frame.words) == 1 for match in self._matches(word))

    def _at(self, word: int) -> Telling | None:
        """The telling of the most specific frame that fits a word."""
        for _frame, _around, found in self._tried(word):
            if isinstance(found, Telling):
                return found
        return None

    def lacks(self, word: int) -> Iterator[tuple[Frame | None, Lack]]:
        """Why a word tells of no event, for each row of the table that it may be."""
        if bar := self._bars(word):
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
        for frame, voice in self._matches(word):
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
        recipients = receivers.ids
        if not recipients and self.fields.is_nature(receivers.words):
            return Lack(APOLITICAL)
        chance = plover("type")[frame.type]["chance"] == "yes"
        speech = plover("type")[frame.type]["speech"] == "yes"
        if chance and not doers.ids and self.fields.is_mishap(word):
            return Lack(APOLITICAL)
        if not (nominal or self.parties.stands(frame, doers.ids, recipients)):
            return Lack(NOBODY)
        return Telling(
            word=word,
            words=content_words(document, words),
            type=frame.type,
            mode=frame.mode,
            contexts=frame.contexts,
            actors=doers.ids,
            recipients=recipients,
            judgement=self.judge(
                word,
                recipients if frame.received else doers.ids,
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

    def _time(self, word: int, words: Sequence[int], nominal: bool) -> When | None:
        """The time of a predicate, else of another verb of its frame (``stopped sending``)."""
        verbs = (w for w in words if w != word and self.document.upos[w] == "VERB")
        found = (self.circumstances.time(w, nominal=False) for w in verbs)
        return self.circumstances.time(word, nominal) or next(filter(None, found), None)

    def _who(
        self, predicate: Predicate, frame: Frame, words: tuple[int, ...], act: Statement | None
    ) -> tuple[Role, Role] | Lack:
        """Actors and recipients, or what the frame asks for and misses.

        Where its own places name nobody else, an act may reach those of the actor's own country or
        the nearest party that hangs from it (``reach`` in ``plover.tsv``).

        The source of a statement is the actor of its cue where the tree does not say otherwise,
        and of a frame without a place for its actor (``Chad broke the treaty``, says Mali).
        """
        bearers = [predicate, *(Predicate(self.document, w) for w in self._bearing(words))]
        doers = (
            self.parties.fill(bearers, frame.actor) if frame.actor else self._speaker(act, words)
        )
        speakers = act.source.actors if act else ()
        own = predicate.has_subject() or frame.pos == "N"
        if speakers and not (doers.ids and own):
            undergone = predicate.passive and self._is_done_to(predicate, speakers)
            doers = doers if undergone else Role(doers.words, speakers, OF_CUE)
        speech = plover("type")[frame.type]["speech"] == "yes"
        if frame.authored and not doers.ids:
            return Lack(NOBODY)
        if not doers.words and frame.pos == "N" and frame.actor and not speech:
            doers = self._governing(predicate.word, mutual=not frame.recipient)
        if doers == Role() and predicate.verbal and predicate.passive:
            doers = self._in_clause(predicate, frame)
        receivers = self._receivers(predicate, frame, bearers, doers, act)
        if frame.required and not receivers.ids:
            return Lack(NO_RECIPIENT)
        if self._is_apolitical(predicate):
            return Lack(APOLITICAL)
        if frame.expressed and not self.parties.expressed(bearers, frame.recipient):
            return Lack(NO_WORDS)
        receivers = self._reached(predicate, frame, doers, receivers)
        return doers, receivers if countries(self.actors, receivers.ids) else self._own_people(
            frame, bearers, doers, receivers
        )

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
        if verb < 0 or document.upos[verb] != "VERB" or "REQUEST" not in self.types(verb):
            return Role()
        agents = Predicate(document, verb, voice_of(document, verb)).agents()
        return Role(tuple(agents), resolve_all(document, self.actors, agents), OF_ASKER)

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
            if frame.type in self.types(document.heads[agent])
            and not Predicate(document, document.heads[agent]).passive
        ]
        return Role(tuple(agents), resolve_all(document, self.actors, agents), IN_CLAUSE)

    def _receivers(
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

    def _speaker(self, act: Statement | None, words: tuple[int, ...]) -> Role:
        """The source of a statement, where what is told of another is itself a charge."""
        told = act or self.voices.telling(words[0])
        return Role((), told.source.actors, OF_TELLER) if told else Role()

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
            is_event=self._is_event,
        )


def _is_of(act: Statement, frame: Frame) -> bool:
    """Whether a frame names the act that a statement is, against somebody."""
    row = plover("statement").get(act.kind)
    return row is not None and row["of"] == frame.type and row["recipient"] == "yes"
