"""What shows that a name is a place: the words around it, by the language's ``places.tsv``.

A preposition of place before it, a verb of motion that takes it as its object, a word for a sort of
place beside it, another place that it is joined to, or a dateline.
"""

from __future__ import annotations

from dataclasses import dataclass

from menurut.reader.document import Range
from menurut.record.places.gazetteer import Location
from menurut.record.places.goals import is_destination, is_recipient
from menurut.record.places.kinds import ADMINISTERED, NATURAL, NATURE, TOWNS
from menurut.record.places.sentences import LONGEST_PHRASE, Sentence

_LONGEST_FACILITY = 5
_MOST_FILLERS = 3
_DATELINE_WORDS = 12
_DASHES = frozenset({"-", "–", "—", "--", ":"})
_MODIFIERS = frozenset({"ADJ", "ADV", "DET", "NUM", "PROPN"})
_STOPS = frozenset({",", ".", ";", ")"})


@dataclass(frozen=True, slots=True)
class Setting:
    """What shows that a name is a place: the table's use, its words, the word where they begin,
    and where the span of the place may start."""

    use: str
    words: str
    at: int
    start: int


def find_setting(
    sentence: Sentence, name: Range, location: Location | None, opens: bool, last: Range | None
) -> Setting | None:
    """What shows that the name is a place, or None where nothing does.

    ``opens``: a paragraph begins with it. ``last``: the words of the place found before it in the
    sentence.
    """
    before = setting_before(sentence, name[0])
    if before and _holds(sentence, before, name, location):
        return before
    if opens and _is_dateline(sentence, name):
        return Setting("dateline", "", name[0], name[0])
    if location and _is_joined(sentence, name, last):
        return Setting("and", "", name[0], name[0])
    if sentence.sort_behind(name[1]) or _names_its_sort(sentence, name, location):
        return Setting("class_after", "", name[0], name[0])
    if location and location.kind in NATURE:
        return Setting(location.kind, "", name[0], name[0])
    if location and _is_sided(sentence, name):
        return Setting("direction", "", name[0], name[0])
    if location and location.kind != "country" and _is_befallen(sentence, name):
        return Setting("befallen", "", name[0], name[0])
    town = location is not None and location.kind in TOWNS
    facility = _facility(sentence, name[0]) if town else None
    return facility or _by_tree(sentence, name, location)


def setting_before(sentence: Sentence, word: int) -> Setting | None:
    """The words before a name that make it a place; sorts of place and fillers between."""
    start, fillers, part = word, 0, False
    at = word
    while True:
        size, use = sentence.phrase_before(at)
        if use == "class":
            at -= size
            start = at if not fillers and not part else start
        elif use == "part":
            at -= size
            part = True
        elif use == "filler":
            at -= size
            fillers += 1
            if fillers > _MOST_FILLERS:
                break
        elif size:
            phrase = " ".join(sentence.document.lower[at - size : at])
            use = "in" if use == "on" and (part or start < word) else use
            return Setting(use, phrase, at - size, start)
        else:
            break
    if start < word and sentence.of_office(at):
        return None
    if start < word or part:
        return Setting("class" if start < word else "part", "", at, start)
    return None


def _holds(sentence: Sentence, setting: Setting, name: Range, location: Location | None) -> bool:
    """Whether a setting makes a place of this name."""
    kind = location.kind if location else None
    state = kind in ("country", "capital")
    match setting.use:
        case "people":
            return kind != "country" and (location is not None or setting.start < name[0])
        case "strike":
            return kind != "country"
        case "on":
            return kind in NATURAL
        case "after":
            return name[1] >= sentence.end or sentence.document.lower[name[1]] in _STOPS
        case "to" | "goal" if sentence.possesses(name[1]):
            return False
        case "to" if state:
            return not is_recipient(sentence, setting.at)
        case "goal":
            return not state or is_destination(sentence, setting.at)
        case _:
            return True


def _is_joined(sentence: Sentence, name: Range, last: Range | None) -> bool:
    """Whether the name is joined to the place just before it."""
    if last is None or sentence.is_subject(name) or sentence.possesses(name[1]):
        return False
    between = [w for w in sentence.document.lower[last[1] : name[0]] if w != ","]
    comma = len(between) < name[0] - last[1]
    if not between and not comma:
        return False
    return all(word in sentence.uses["and"] for word in between) and len(between) <= 1


def _names_its_sort(sentence: Sentence, name: Range, location: Location | None) -> bool:
    """Whether the name tells its sort itself (Kherson province)."""
    if location is None or location.kind not in ADMINISTERED or sentence.of_office(name[0]):
        return False
    lower, uses = sentence.document.lower, sentence.uses
    return lower[name[0]] in uses["class"] or lower[name[1] - 1] in uses["class_after"]


def _is_sided(sentence: Sentence, name: Range) -> bool:
    """Whether a side of the compass is named of the place (southern Lebanon)."""
    before, lower = name[0] - 1, sentence.document.lower
    if before >= sentence.start and lower[before] in sentence.uses["direction_before"]:
        return True
    return name[1] < sentence.end and lower[name[1]] in sentence.uses["side"]


def _is_befallen(sentence: Sentence, name: Range) -> bool:
    """Whether the name is the subject of what befalls places (Medan diguyur hujan)."""
    for size in range(LONGEST_PHRASE, 0, -1):
        if name[1] + size <= sentence.end:
            phrase = " ".join(sentence.document.lower[name[1] : name[1] + size])
            if phrase in sentence.uses["befallen"]:
                return True
    return False


def _facility(sentence: Sentence, word: int) -> Setting | None:
    """An institution in a place's setting whose name ends with the name of its town."""
    at = word
    while at > sentence.start and word - at < _LONGEST_FACILITY:
        for size in range(min(LONGEST_PHRASE, at - sentence.start), 0, -1):
            if " ".join(sentence.document.lower[at - size : at]) in sentence.uses["facility"]:
                before = setting_before(sentence, at - size)
                inside = before is not None and before.use in ("in", "to", "goal")
                return Setting("facility", "", word, word) if inside else None
        if not sentence.document.forms[at - 1][:1].isupper():
            return None
        at -= 1
    return None


def _by_tree(sentence: Sentence, name: Range, location: Location | None) -> Setting | None:
    """A preposition that the tree hangs on the name though other words stand between."""
    document = sentence.document
    for word in range(*name):
        for child in document.children[word]:
            if document.deprels[child] == "case" and _only_modified(sentence, child, name[0]):
                phrase = document.lower[child]
                for use in ("in", "to", "goal"):
                    setting = Setting(use, phrase, child, name[0])
                    if phrase in sentence.uses[use]:
                        return setting if _holds(sentence, setting, name, location) else None
    return None


def _only_modified(sentence: Sentence, preposition: int, start: int) -> bool:
    """Whether nothing but modifiers stands between a preposition and the name."""
    between = sentence.document.upos[preposition + 1 : start]
    return preposition < start and _MODIFIERS.issuperset(between)


def _is_dateline(sentence: Sentence, name: Range) -> bool:
    """Whether the name opens a paragraph as MOSCOW (Reuters) - does."""
    document = sentence.document
    for word in range(name[1], min(name[1] + _DATELINE_WORDS, sentence.end)):
        form = document.forms[word]
        if form in _DASHES:
            return not _is_hyphen(sentence, word)
        glued = document.starts[word] == document.ends[word - 1]
        if form[0].islower() and not glued:
            return False
    return False


def _is_hyphen(sentence: Sentence, dash: int) -> bool:
    """Whether a dash is glued to the words on both sides, as in a compound."""
    starts, ends = sentence.document.starts, sentence.document.ends
    before = dash > 0 and starts[dash] == ends[dash - 1]
    return before and dash + 1 < sentence.end and starts[dash + 1] == ends[dash]
