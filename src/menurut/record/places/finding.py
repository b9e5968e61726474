"""Where things happen: the place mentions of a document, each with what the gazetteer knows of it.

A name is a place where its setting says so: a preposition of place before it, a verb of motion
that takes it as its object, a word for a sort of place beside it, another place that it is joined
to, or a dateline. Which words say so is the table ``places.tsv`` of the language.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from menurut.contract import Place, Span
from menurut.reader.document import Document, NameRange, Range
from menurut.record.places.gazetteer import Location, candidates, countries_named, fold, likeliest
from menurut.tables import language_table

_LONGEST_NAME = 5
_LONGEST_PHRASE = 3
_ABBREVIATION = 3
_MOST_FILLERS = 3
_MAX_CLIMB = 5
_DATELINE_WORDS = 12
_LEAST_UNMARKED_TOWN = 30_000
"""A town that the model has not marked as a place must have so many people."""

_TOWNS = ("town", "capital", "city")
_MODIFIERS = frozenset({"ADJ", "ADV", "DET", "NUM", "PROPN"})
_LEAST_FAR_TOWN = 100_000
_LEAST_FAR_PROVINCE = 1_000_000
"""In a country that the report does not name, a smaller one is taken for a namesake."""

_NATURAL = frozenset(
    [
        "bay",
        "canal",
        "channel",
        "desert",
        "gulf",
        "island",
        "islands",
        "lake",
        "mountain",
        "mountains",
        "ocean",
        "peninsula",
        "reef",
        "river",
        "sea",
        "strait",
    ]
)
_SHORES = _NATURAL - {"island", "islands", "peninsula"}
"""They act for nobody: their names are places in any setting."""

_ADMINISTERED = frozenset({"province", "regency", "state"})
_SUBJECTS = ("nsubj", "csubj")
_USES = ("class", "part", "in", "on", "to", "goal", "after", "visit", "people", "befall", "strike")
"""The uses of words before a name, in the order in which they are tried."""

_SURE = ("class", "people")
"""Before a name of one word these outweigh the model's belief that it is a person's."""

_DASHES = frozenset({"-", "–", "—", "--", ":"})
_WORD = re.compile(r"\w[\w.'’-]*")


@dataclass(frozen=True, slots=True)
class _Setting:
    """What shows that a name is a place: the table's row, its words, where the span may start."""

    use: str
    words: str
    at: int
    start: int


@dataclass(frozen=True, slots=True)
class _Found:
    """A place found: its words, those of the name alone, and where it lies (None: not known)."""

    range: Range
    name: Range
    location: Location | None
    basis: str


@cache
def _words(language: str) -> dict[str, frozenset[str]]:
    """The words of each use in the language's table."""
    found: dict[str, frozenset[str]] = defaultdict(frozenset)
    for row in language_table(language, "places"):
        found[row["use"]] |= frozenset(row["words"].split("|"))
    return found


def locate(name: str, language: str, context: Collection[str] = ()) -> Location | None:
    """The place that a name most likely means, or None where the gazetteer has none.

    ``context``: the countries (ISO 3166 alpha-3) that the report speaks of.
    """
    return likeliest(candidates(name, language), context)


def find_places(
    document: Document, skip: Collection[int] = (), datelines: Collection[Span] = ()
) -> tuple[Place, ...]:
    """The places of a document in text order, with ids ``p1``, ``p2`` and on.

    ``skip``: words known to be governments that act. ``datelines``: spans of the text that are
    datelines and were not read as sentences. A name that the gazetteer does not hold keeps its
    words and nothing else.
    """
    context = countries_named(document.forms, document.language)
    finder = _Finder(document, frozenset(skip), context)
    found = [(document.span(*f.range), finder.name(f), f.location, f.basis) for f in finder.find()]
    for span in datelines:
        if start := _dateline_name(document.text, span, document.language):
            place = locate(document.text[slice(*start)], document.language, context)
            found.append((start, _shown(document.text[slice(*start)], place), place, "dateline"))
    found.sort(key=lambda entry: entry[0])
    return tuple(
        Place(
            id=f"p{number}",
            span=span,
            name=name,
            country=location.country if location else None,
            latitude=location.latitude if location else None,
            longitude=location.longitude if location else None,
            geonames=location.geonames if location else None,
            kind=location.kind if location else None,
            basis=f"{location.basis if location else 'not in the gazetteer'}; {basis}",
        )
        for number, (span, name, location, basis) in enumerate(found, 1)
    )


def _dateline_name(text: str, span: Span, language: str) -> Span | None:
    """The place at the head of a dateline: the longest name known, else all before a sign."""
    words = list(_WORD.finditer(text, *span))[:_LONGEST_NAME]
    if not words:
        return None
    start = words[0].start()
    for last in reversed(words):
        if candidates(text[start : last.end()], language):
            return start, last.end()
    run = [w for w in words if text[start : w.end()].replace(" ", "").isalpha()]
    return (start, run[-1].end()) if run else None


def _shown(form: str, location: Location | None) -> str:
    """The name to show: the table's own, or the text's without shouting."""
    if location and location.name:
        return location.name
    return form.title() if form.isupper() and len(form) > _ABBREVIATION else form


class _Finder:
    """Goes through a document once, from left to right."""

    def __init__(
        self, document: Document, skip: frozenset[int], context: Mapping[str, Collection[str]]
    ) -> None:
        self.document = document
        self.skip = skip
        self.context = context
        self.words = _words(document.language)
        self.never = self.words["never"]
        self._behind = (
            self.words["class_after"] | self.words["direction_after"] | self.words["facility"]
        )
        self.marked: dict[int, NameRange] = {}
        self.inside: dict[int, NameRange] = {}
        self.surnames: set[str] = set()
        for name in document.names:
            if name.label == "LOC":
                self.marked[name.start] = name
            if name.label == "PER" and name.end - name.start > 1:
                self.surnames.add(document.forms[name.end - 1])
            for word in range(name.start, name.end):
                self.inside[word] = name
        self.last: _Found | None = None

    def find(self) -> Iterator[_Found]:
        if not any(self.words.values()):
            return
        openings = {start for start, _ in self.document.paragraphs}
        for sentence, (start, end) in enumerate(self.document.sentences):
            self.last = None
            self.first, self.end = start, end
            self.heading = self.document.kinds[sentence] == "headline"
            word = start
            while word < end:
                found, word = self._at(word, start in openings and word == start)
                if found:
                    self.last = found
                    yield found

    def name(self, found: _Found) -> str:
        start, end = self.document.span(*found.name)
        if not found.location and self.document.forms[found.range[0]][:1].isupper():
            start = self.document.starts[found.range[0]]
        return _shown(self.document.text[start:end], found.location)

    def _at(self, word: int, opens: bool) -> tuple[_Found | None, int]:
        """The place whose name starts at a word, if one does, and the word to go on from."""
        if not (self.document.forms[word][:1].isupper() or word in self.marked):
            return None, word + 1
        name, location = self._name(word)
        if name is None:
            return None, word + 1
        setting = self._setting(name, location, opens)
        if setting is None or self.skip.intersection(range(*name)):
            return None, name[1] if location else word + 1
        found = self._whole(name, location, setting)
        return found, found.range[1]

    # The name

    def _name(self, word: int) -> tuple[Range | None, Location | None]:
        """The name that starts at a word: the longest that the gazetteer has, or the model's."""
        marked = self.marked.get(word)
        inner = self._past_class(word, marked.end if marked else self.end)
        limit = min(inner + _LONGEST_NAME, self.end)
        for start in dict.fromkeys((word, inner) if marked else (word,)):
            for end in range(limit, inner, -1):
                location = self._look_up(start, end)
                if location and self._trusted((start, end), location):
                    return (start, end), location
        if marked and self.document.forms[inner][:1].isupper():
            return (inner, marked.end), None
        return self._sorted_name(word) if inner == word else None, None

    def _sorted_name(self, word: int) -> Range | None:
        """A proper noun that only the word for its sort before it shows to be a place."""
        if self._phrase(word)[1] != "class":
            return None
        end = word
        while end < self.end and self.document.upos[end] == "PROPN" and end not in self.inside:
            end += 1
        return (word, end) if end > word and self.document.lower[word] not in self.never else None

    def _past_class(self, word: int, end: int) -> int:
        """The first word of a name behind the words that say what sort of place it is."""
        ahead = self.words["class"]
        lower = self.document.lower
        while word < end - 1:
            for size in range(_LONGEST_PHRASE, 0, -1):
                if word + size < end and " ".join(lower[word : word + size]) in ahead:
                    word += size
                    break
            else:
                break
        return word

    def _look_up(self, start: int, end: int) -> Location | None:
        if not self._ends_a_name(start, end - 1):
            return None
        form = self.document.text[self.document.starts[start] : self.document.ends[end - 1]]
        found = candidates(form, self.document.language)
        if not found or (len(fold(form)) <= _ABBREVIATION and not form.isupper()):
            return None
        place = likeliest(found, self._beside(form))
        return None if place is None or self._far_namesake(place) else place

    def _ends_a_name(self, start: int, word: int) -> bool:
        """Whether a name may end with a word: a small letter starts a sort, or no name."""
        form = self.document.forms[word]
        if start == word or form[:1].isupper() or form[:1].isdigit():
            return form[:1].isalnum()
        return word in self.inside or self.document.lower[word] in self.words["class_after"]

    def _beside(self, form: str) -> Collection[str]:
        """The countries that the report names, less one that only this name names.

        Georgia is a state where nothing but the United States is named beside it.
        """
        others = [code for code, names in self.context.items() if set(names) != {form}]
        return others if len(others) == 1 else self.context

    def _far_namesake(self, place: Location) -> bool:
        """Whether the place is a small town in a country that the report says nothing of."""
        least = {"town": _LEAST_FAR_TOWN, "province": _LEAST_FAR_PROVINCE}.get(place.kind, 0)
        small = place.population < least
        return small and bool(self.context) and place.country not in self.context

    def _trusted(self, name: Range, location: Location) -> bool:
        """Whether the words are that place's name and no part or namesake of another's."""
        inside = self.inside.get(name[0])
        if location.kind in _TOWNS and self.document.forms[name[0]] in self.surnames:
            return name[1] - name[0] > 1
        if inside is None:
            return self._unmarked(name, location)
        if inside.label == "LOC":
            if inside.end > name[1]:
                return self._stands_for_whole(name, location)
            return self.heading or not self._goes_on(name)
        whole = name[0] <= inside.start and inside.end <= name[1]
        if inside.label == "PER":
            before = self._before(name[0])
            sure = name[1] - name[0] > 1 or (before is not None and before.use in _SURE)
            return whole and sure and before is not None
        return whole or (inside.end == name[1] and location.kind in _TOWNS)

    def _stands_for_whole(self, name: Range, location: Location) -> bool:
        """Whether the place that a longer name begins with is likely the one that holds it."""
        form = self.document.text[self.document.starts[name[0]] : self.document.ends[name[1] - 1]]
        if form.lower() in self.never:
            return False
        small = location.kind in ("town", *_ADMINISTERED)
        return not (small and self.context) or location.country in self.context

    def _unmarked(self, name: Range, location: Location) -> bool:
        start, end = name
        form = self.document.text[self.document.starts[start] : self.document.ends[end - 1]]
        if form.lower() in self.never or not form[:1].isupper():
            return False
        small = location.kind == "town" and location.population < _LEAST_UNMARKED_TOWN
        if small and not (end - start > 1 and location.country in self.context):
            return False
        return self.heading or not self._goes_on(name)

    def _goes_on(self, name: Range) -> bool:
        """Whether the name is but a part of a longer one (Jakarta Convention Centre)."""
        end = name[1]
        if end >= self.end or not self.document.forms[end][:1].isupper():
            return False
        if self.document.lower[end] in self._behind or self.document.upos[end] != "PROPN":
            return False
        heads, deprels = self.document.heads, self.document.deprels
        flat = deprels[end].startswith(("flat", "compound")) and name[0] <= heads[end] < end
        modifies = deprels[end - 1].startswith("compound") and heads[end - 1] >= end
        return flat or modifies

    # The setting

    def _setting(self, name: Range, location: Location | None, opens: bool) -> _Setting | None:
        """What shows that the name is a place, or None where nothing does."""
        before = self._before(name[0])
        if before and self._holds(before, name, location):
            return before
        if opens and self._dateline(name):
            return _Setting("dateline", "", name[0], name[0])
        if location and self._joined(name):
            return _Setting("and", "", name[0], name[0])
        if self._sort_behind(name[1]) or self._sort_within(name, location):
            return _Setting("class_after", "", name[0], name[0])
        if location and location.kind in _SHORES:
            return _Setting(location.kind, "", name[0], name[0])
        if location and self._sided(name):
            return _Setting("direction", "", name[0], name[0])
        if location and location.kind != "country" and self._befallen(name):
            return _Setting("befallen", "", name[0], name[0])
        town = location is not None and location.kind in _TOWNS
        facility = self._facility(name[0]) if town else None
        return facility or self._by_tree(name, location)

    def _before(self, word: int) -> _Setting | None:
        """The words before a name that make it a place; sorts of place and fillers between."""
        start, fillers, part = word, 0, False
        at = word
        while True:
            size, use = self._phrase(at)
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
                phrase = " ".join(self.document.lower[at - size : at])
                use = "in" if use == "on" and (part or start < word) else use
                return _Setting(use, phrase, at - size, start)
            else:
                break
        if start < word and self._held(at):
            return None
        if start < word or part:
            return _Setting("class" if start < word else "part", "", at, start)
        return None

    def _phrase(self, end: int) -> tuple[int, str]:
        """The longest phrase of the table that ends before a word: its length and its use."""
        for size in range(min(_LONGEST_PHRASE, end - self.first), 0, -1):
            phrase = " ".join(self.document.lower[end - size : end])
            for use in _USES:
                if phrase in self.words[use]:
                    return size, use
            if phrase in self.words["filler"]:
                return size, "filler"
        return 0, ""

    def _holds(self, setting: _Setting, name: Range, location: Location | None) -> bool:
        """Whether a setting makes a place of this name."""
        state = location is not None and location.kind in ("country", "capital")
        if setting.use == "people":
            known = location is not None or setting.start < name[0]
            return known and (location is None or location.kind != "country")
        if setting.use == "strike":
            return location is None or location.kind != "country"
        if setting.use == "on":
            return location is not None and location.kind in _NATURAL
        if setting.use == "after":
            return name[1] >= self.end or self.document.lower[name[1]] in {",", ".", ";", ")"}
        if setting.use in ("to", "goal") and self._possesses(name[1]):
            return False
        if setting.use == "to" and state:
            return not self._received(setting)
        if setting.use == "goal":
            return not state or self._journeys(setting)
        return True

    def _possesses(self, end: int) -> bool:
        """Whether the preposition speaks of what the name has (to Lebanon's army)."""
        return end < self.end and self.document.lower[end] in self.words["possessive"]

    def _received(self, setting: _Setting) -> bool:
        """Whether the goal is a recipient: something is sent there that is no traveller."""
        lower = self.document.lower
        governors = self._governors(setting)
        if any(lower[w] in self.words["supply"] for w in governors):
            return True
        given = [w for w in governors if lower[w] in self.words["transfer"]]
        return bool(given) and not self._travels(min(given), setting.at)

    def _journeys(self, setting: _Setting) -> bool:
        """Whether a journey, or somebody who travels, leads to the goal."""
        governors = self._governors(setting)
        if any(self.document.lower[w] in self.words["journey"] for w in governors):
            return not self._received(setting)
        return self._travels(min(governors, default=setting.at), setting.at)

    def _travels(self, start: int, end: int) -> bool:
        between = self.document.lower[min(start, end) : end]
        return not self.words["traveller"].isdisjoint(between)

    def _governors(self, setting: _Setting) -> list[int]:
        """The words that a prepositional phrase may hang from, up to the verb.

        Those of the tree and the few before the preposition: attachment is where trees err most.
        """
        found = []
        word = self.document.heads[setting.at]
        for _ in range(_MAX_CLIMB):
            if word < 0:
                break
            if self.first <= word < setting.at:
                found.append(word)
                if self.document.upos[word] == "VERB":
                    break
            word = self.document.heads[word]
        for word in range(setting.at - 1, max(setting.at - 1 - _MAX_CLIMB, self.first - 1), -1):
            if self.document.upos[word] == "PUNCT":
                break
            found.append(word)
            if self.document.upos[word] == "VERB":
                break
        return found

    def _subject(self, name: Range) -> bool:
        return any(self.document.deprels[w].startswith(_SUBJECTS) for w in range(*name))

    def _joined(self, name: Range) -> bool:
        """Whether the name is joined to the place just before it."""
        if self.last is None or self._subject(name) or self._possesses(name[1]):
            return False
        between = [w for w in self.document.lower[self.last.range[1] : name[0]] if w != ","]
        comma = len(between) < name[0] - self.last.range[1]
        if not between and not comma:
            return False
        return all(word in self.words["and"] for word in between) and len(between) <= 1

    def _sort_behind(self, end: int) -> int:
        """How many words behind a name say its sort, and are not another's (city of Kherson)."""
        for size in (2, 1):
            phrase = " ".join(self.document.lower[end : min(end + size, self.end)])
            if phrase in self.words["class"]:
                return 0
            if phrase in self.words["class_after"]:
                return size
        return 0

    def _sort_within(self, name: Range, location: Location | None) -> bool:
        """Whether the name tells its sort itself (Kherson province)."""
        if location is None or location.kind not in _ADMINISTERED or self._held(name[0]):
            return False
        ends = self.document.lower[name[0]], self.document.lower[name[1] - 1]
        return ends[0] in self.words["class"] or ends[1] in self.words["class_after"]

    def _held(self, word: int) -> bool:
        """Whether the word before makes an office of the place (the government of a province)."""
        return word > self.first and self.document.lower[word - 1] in self.words["office"]

    def _sided(self, name: Range) -> bool:
        """Whether a side of the compass is named of the place (southern Lebanon)."""
        before, lower = name[0] - 1, self.document.lower
        if before >= self.first and lower[before] in self.words["direction_before"]:
            return True
        return name[1] < self.end and lower[name[1]] in self.words["side"]

    def _befallen(self, name: Range) -> bool:
        """Whether the name is the subject of what befalls places (Medan diguyur hujan)."""
        for size in range(_LONGEST_PHRASE, 0, -1):
            if name[1] + size <= self.end:
                phrase = " ".join(self.document.lower[name[1] : name[1] + size])
                if phrase in self.words["befallen"]:
                    return True
        return False

    def _facility(self, word: int) -> _Setting | None:
        """An institution in a place's setting whose name ends with the name of its town."""
        at = word
        while at > self.first and word - at < _LONGEST_NAME:
            for size in range(min(_LONGEST_PHRASE, at - self.first), 0, -1):
                if " ".join(self.document.lower[at - size : at]) in self.words["facility"]:
                    before = self._before(at - size)
                    inside = before is not None and before.use in ("in", "to", "goal")
                    return _Setting("facility", "", word, word) if inside else None
            if not self.document.forms[at - 1][:1].isupper():
                return None
            at -= 1
        return None

    def _by_tree(self, name: Range, location: Location | None) -> _Setting | None:
        """A preposition that the tree hangs on the name though other words stand between."""
        for word in range(*name):
            for child in self.document.children[word]:
                if self.document.deprels[child] == "case" and self._modified(child, name[0]):
                    phrase = self.document.lower[child]
                    for use in ("in", "to", "goal"):
                        setting = _Setting(use, phrase, child, name[0])
                        if phrase in self.words[use]:
                            return setting if self._holds(setting, name, location) else None
        return None

    def _modified(self, preposition: int, start: int) -> bool:
        """Whether nothing but modifiers stands between a preposition and the name."""
        between = self.document.upos[preposition + 1 : start]
        return preposition < start and _MODIFIERS.issuperset(between)

    def _dateline(self, name: Range) -> bool:
        """Whether the name opens a paragraph as MOSCOW (Reuters) - does."""
        limit = min(name[1] + _DATELINE_WORDS, self.end)
        for word in range(name[1], limit):
            form = self.document.forms[word]
            if form in _DASHES:
                return not self._joins(word)
            glued = self.document.starts[word] == self.document.ends[word - 1]
            if form[0].islower() and not glued:
                return False
        return False

    def _joins(self, dash: int) -> bool:
        """Whether a dash is glued to the words on both sides, as in a compound."""
        starts, ends = self.document.starts, self.document.ends
        before = dash > 0 and starts[dash] == ends[dash - 1]
        return before and dash + 1 < self.end and starts[dash + 1] == ends[dash]

    # The whole mention

    def _whole(self, name: Range, location: Location | None, setting: _Setting) -> _Found:
        """The mention with its sort of place, its side of the compass and its country."""
        start, end = setting.start, name[1]
        lower = self.document.lower
        if start > self.first and lower[start - 1] in self.words["direction_before"]:
            start -= 1
        while end < self.end and lower[end] in self.words["direction_after"]:
            end += 1
        end += self._sort_behind(end)
        marked = self.inside.get(name[0])
        if marked and marked.label == "LOC":
            end = max(end, marked.end)
        if holder := self._holder(name, end):
            within = self._within(name, location, holder[1])
            end, location = (holder[0], within) if within else (end, location)
        basis = " ".join(filter(None, (setting.use, setting.words)))
        return _Found((start, end), name, location, basis)

    def _holder(self, name: Range, end: int) -> tuple[int, Location] | None:
        """The country, state or province named behind a comma, and where its name ends."""
        if end + 1 >= self.end or self.document.forms[end] != ",":
            return None
        for last in range(min(end + 1 + _LONGEST_PHRASE, self.end), end + 1, -1):
            place = self._holding(name, end + 1, last)
            if place and place.country and place.kind not in _TOWNS:
                free = self._subject((end + 1, last)) or self.skip.intersection(range(end, last))
                return None if free or self._possesses(last) else (last, place)
        return None

    def _holding(self, name: Range, start: int, end: int) -> Location | None:
        """What some words mean behind a name and a comma: a place that holds one of that name."""
        place = self._look_up(start, end)
        if place is None or place.kind in _TOWNS:
            return place
        first, last = self.document.span(start, end)
        named = candidates(self.document.text[first:last], self.document.language)
        known = self._look_up(*name)
        holding = (p for p in named if self._within(name, known, p))
        return likeliest(holding, self._beside(self.document.text[first:last])) or place

    def _within(self, name: Range, location: Location | None, holder: Location) -> Location | None:
        """The bearer of the name that lies in the named country or state, if there is one."""
        if location is None:
            return Location("", holder.country, basis=f"named with {holder.country}")
        start, end = self.document.span(*name)
        bearers = candidates(self.document.text[start:end], self.document.language)
        return likeliest(
            place
            for place in bearers
            if place.country == holder.country
            and place.kind != "country"
            and holder.state in ("", place.state)
        )
