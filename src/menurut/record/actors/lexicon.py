"""The names and nouns that stand for actors, looked up word by word, the longest form first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from menurut.reader.document import Document
from menurut.reader.words import split_words
from menurut.tables import Row, language_table
from menurut.world import bodies, groups, leaders, seats


@dataclass(frozen=True, slots=True)
class Entry:
    """What a form stands for.

    ``sort``: country, capital, seat, body, group, title, institution, people, national, joint,
    leader, or nothing (a name that only looks like an actor's). ``key``: country code, table key
    or first form of the row. ``code``: the code it carries, for head nouns the sector alone.
    ``named``: a noun for bodies that go by a name of their own (``the airline Vela``).
    ``rivals``: other bodies of the same name (``the Labour Party``).
    """

    sort: str
    key: str
    code: str = ""
    basis: str = ""
    family: str = ""
    plural: bool = False
    adjective: bool = False
    office: bool = False
    government: bool = False
    country: str = ""
    count: int = 0
    named: bool = False
    rivals: tuple[Entry, ...] = ()

    @property
    def is_project(self) -> bool:
        """Whether it is a noun for what bodies do rather than are (``programme``)."""
        return self.sort == "institution" and not self.code and not self.family


@dataclass(frozen=True, slots=True)
class Item:
    """A form found in a document: words ``[start, end)``."""

    start: int
    end: int
    entry: Entry


_Form = tuple[tuple[str, ...], bool, Entry]


class Lexicon:
    """The forms of one language, by their first word."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._forms: dict[str, list[_Form]] = {}
        self.names: dict[str, str] = {}
        for form, entry in _entries(language, self.names):
            self._add(form, entry)
        for forms in self._forms.values():
            forms.sort(key=lambda f: (-len(f[0]), not f[1]))

    def _add(self, form: str, entry: Entry) -> None:
        within = f"{form} x"
        spans = list(split_words(within, 0, len(within), self.language))[:-1]
        words = tuple(within[s:e] for s, e in spans)
        cased = form != form.lower()
        known = self._forms.setdefault(words[0].lower(), [])
        for at, (same, _, first) in enumerate(known):
            if same == words and first.sort == entry.sort == "body":
                known[at] = (words, cased, replace(first, rivals=(*first.rivals, entry)))
                return
        known.append((words, cased, entry))

    def starts(self, word: str) -> bool:
        """Whether a form may start with a word in small letters; quick, to spare a look-up."""
        return word in self._forms or "-" in word

    def at(self, document: Document, word: int, end: int) -> Item | None:
        """The longest form that starts at a word and ends before ``end``."""
        first = document.lower[word]
        forms = self._forms.get(first)
        if forms is None:
            return self._single(first, word) if "-" in first and is_doubled(first) else None
        for words, cased, entry in forms:
            stop = word + len(words)
            if stop > end:
                continue
            if cased:
                found = all(map(_same_case, words, document.forms[word:stop]))
            else:
                found = words == document.lower[word:stop]
            if found:
                return Item(word, stop, entry)
        return None

    def _single(self, doubled: str, word: int) -> Item | None:
        """The noun that is doubled for its plural (``pejabat-pejabat``)."""
        for words, cased, entry in self._forms.get(doubled.partition("-")[0], ()):
            if len(words) == 1 and not cased:
                return Item(word, word + 1, entry)
        return None


def is_doubled(word: str) -> bool:
    """Whether a word is said twice, the Indonesian plural."""
    first, hyphen, second = word.partition("-")
    return bool(hyphen) and bool(first) and first == second


def _same_case(form: str, word: str) -> bool:
    """Whether a word is the form; capitals stand for small letters in a name of some length.

    A word in small letters may open a sentence (``negara-negara Eropa``).
    """
    if form == word or (form.islower() and form == word.lower()):
        return True
    return word.isupper() and len(word) > 2 and form.lower() == word.lower()


def _cells(row: Row, column: str) -> list[str]:
    return [cell for cell in row.get(column, "").split("|") if cell]


def _entries(language: str, names: dict[str, str]) -> Iterator[tuple[str, Entry]]:
    for row in language_table(language, "not_actors"):
        for form in _cells(row, "forms"):
            yield form, Entry("nothing", form)
    yield from _countries(language, names)
    yield from _named(language, "seat", "seats", seats())
    yield from _named(language, "body", "bodies", {k: b.code for k, b in bodies().items()})
    yield from _named(language, "group", "groups", groups())
    for row in language_table(language, "joint"):
        yield row["form"], Entry("joint", row["of"], count=int(row["count"]))
    for name in ("titles", "institutions", "people"):
        yield from _heads(language, name)
    for leader in leaders().values():
        for form in filter(None, (leader.name, leader.alone)):
            yield form, Entry("leader", leader.name, leader.code, f"world/leaders.tsv: {form}")


def _countries(language: str, names: dict[str, str]) -> Iterator[tuple[str, Entry]]:
    for row in language_table(language, "countries"):
        key = row["code"]
        code, basis = f"{key} GOV", f"world/countries.tsv: {key}"
        names[key] = _cells(row, "names")[0]
        for form in _cells(row, "names"):
            yield form, Entry("country", key, code, basis)
        adjectives = _cells(row, "adjectives")
        for form in adjectives:
            yield form, Entry("country", key, code, basis, adjective=True)
        for form in _cells(row, "people"):
            if form not in adjectives:
                yield form, Entry("national", key, f"{key} CVL", basis, plural=form.endswith("s"))
        for form in _cells(row, "capitals"):
            if form not in _cells(row, "names"):
                yield form, Entry("capital", key, code, f"world/countries.tsv: {form}")


def _named(
    language: str, sort: str, name: str, codes: dict[str, str]
) -> Iterator[tuple[str, Entry]]:
    known = bodies()
    for row in language_table(language, name):
        key = row[sort]
        family = known[key].family if sort == "body" else ""
        entry = Entry(sort, key, codes[key], f"world/{name}.tsv: {key}", family)
        for form in _cells(row, "forms"):
            yield form, entry


def _heads(language: str, name: str) -> Iterator[tuple[str, Entry]]:
    sort = {"titles": "title", "institutions": "institution", "people": "people"}[name]
    for row in language_table(language, name):
        single = _cells(row, "forms")
        for form in (*single, *_cells(row, "plural")):
            yield (
                form,
                Entry(
                    sort,
                    single[0],
                    row["sector"],
                    f"languages/{language}/{name}.tsv: {single[0]}",
                    row.get("family", ""),
                    plural=form not in single,
                    office=row.get("office") == "yes",
                    country=row.get("country", ""),
                    government=row.get("government") == "yes",
                    named=row.get("named") == "yes",
                ),
            )


@cache
def lexicon(language: str) -> Lexicon:
    """The lexicon of a language, built once; empty where it has no tables."""
    return Lexicon(language)
