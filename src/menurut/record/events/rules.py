"""What the rules of the event coder are called where an event is explained, or one is missing."""

from __future__ import annotations

from typing import NamedTuple

OF_CUE = "the source of the statement whose words of saying it is"
OF_TELLER = "the source of the statement that tells it"
ADDRESSED = "whom the statement speaks of"
OF_MODEL = "the reader model ties it to the words of the event"
OF_GOVERNOR = "the subject of the verb that governs the noun"
BELOW = "the nearest party that hangs from the predicate"
OF_ASKER = "who asks for it"
OWN_SOIL = "the country of its own whose place is ruled"
PEOPLE = "people of the land where it is done, or of the state that does it"
IN_CLAUSE = "who does the same in a clause beside it"
OBLIGED = "the subject of the duty"
OTHERS = "those who take part and are not of the speaker's country"
UNDER_VERB = "named in the clause under the verb"
ANSWERED = "the source of the statement that is answered"
MUTUAL = "they do it to each other"

DENIED = "it denies what it tells of"
ANSWERS = "it answers the statement that tells this"
OTHER_ACCOUNT = "it denies another account of the same act"
SAYS_NOT = "it tells that the same has not come about"

ASKED = "it is asked in a question"
DATED = "its time lies after the day of the report"
LONG_AGO = "its time ended more than sixty days before the report"
TOLD_AS_PAST = "a word tells it as history"

NO_COMPANION = "a word is missing that the row asks for"
NO_OBJECT = "the object is none that the row asks for"
BARRED = "the object is one that the row rules out"
NO_RECIPIENT = "no actor stands where the row wants the recipient"
NO_WORDS = "no words stand where the row wants the recipient"
APOLITICAL = "the one who acts does no politics"
NOBODY = "nobody with a code is known to have done it, or to have suffered it"
IN_NAME = "the word is part of a name"
MODIFIES = "the word only says more of the noun beside it"
COVERED = "another event takes it in"
NOT_ALONE = "a bare noun like this tells of an event that is told elsewhere"


class Lack(NamedTuple):
    """Why a row of the predicate table gave no event. ``what``: the words that it asked for."""

    why: str
    what: tuple[str, ...] = ()
