"""CoNLL-U, the treebanks' format: read, filled in with what the reader sees, and written.

https://universaldependencies.org/format.html. What is read and not filled in is written byte for
byte, but for what the format forbids: a byte order mark, CR before LF, and between sentences and at
the end more or less than one blank line.
"""

from __future__ import annotations

import codecs
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import groupby

from menurut.reader.document import Document, NameRange
from menurut.reader.parse import Parsed, Words
from menurut.reader.words import split_words

ID, FORM, LEMMA, UPOS, XPOS, FEATS, HEAD, DEPREL, DEPS, MISC = range(10)
NOTHING = "_"

Row = tuple[str, ...]
"""The ten columns of a line: a word, a multiword token or an empty node."""

_WORD = re.compile(r"[1-9][0-9]{0,8}")
_TOKEN = re.compile(r"([1-9][0-9]{0,8})-([1-9][0-9]{0,8})")
_EMPTY = re.compile(r"(0|[1-9][0-9]{0,8})\.([1-9][0-9]{0,8})")
_GLUED = "SpaceAfter=No"
_NAME = "Name="
_PLAIN = "und"  # a language without tables: its words are cut at blanks and marks only


class ConlluError(ValueError):
    """Malformed CoNLL-U: ``reason``, found at ``line`` (the first is 1)."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(f"line {line}: {reason}")
        self.line = line
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as its lines: the comments (each with its ``#``), then the rows."""

    comments: tuple[str, ...]
    rows: tuple[Row, ...]

    def __str__(self) -> str:
        lines = [*self.comments, *("\t".join(row) for row in self.rows)]
        return "\n".join(lines) + "\n\n"

    @property
    def words(self) -> Words:
        """The syntactic words, as the parser takes them."""
        forms, spaces = [], []
        space = True
        token_end, token_space = 0, True
        for row in self.rows:
            if token := _TOKEN.fullmatch(row[ID]):
                token_end, token_space = int(token[2]), not _glued(row)
            elif _WORD.fullmatch(row[ID]):
                forms.append(row[FORM])
                spaces.append(space)
                inside, closes = len(forms) < token_end, len(forms) == token_end
                space = token_space if closes else not inside and not _glued(row)
        return Words(tuple(forms), tuple(spaces))


@dataclass(slots=True)
class _Draft:
    """A sentence being read, and the numbers that its next line must follow."""

    comments: list[str] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    word: int = 0
    empty: int = 0
    token_end: int = 0

    def add(self, line: str, number: int) -> None:
        row = tuple(line.split("\t"))
        if len(row) != MISC + 1:
            raise ConlluError(number, "a line of a sentence has ten columns, with tabs between")
        if not all(row):
            raise ConlluError(number, "a column is empty; what is not known is written _")
        self._count(row[ID], number)
        self.rows.append(row)

    def _count(self, name: str, number: int) -> None:
        if _WORD.fullmatch(name):
            if int(name) != self.word + 1:
                raise ConlluError(number, "the words are not numbered 1, 2, 3 and so on")
            self.word, self.empty = self.word + 1, 0
        elif token := _TOKEN.fullmatch(name):
            start, end = int(token[1]), int(token[2])
            if start != self.word + 1 or start <= self.token_end or end <= start:
                raise ConlluError(number, "a multiword token does not stand before its words")
            self.token_end = end
        elif empty := _EMPTY.fullmatch(name):
            if (int(empty[1]), int(empty[2])) != (self.word, self.empty + 1):
                raise ConlluError(number, "an empty node's number does not follow")
            self.empty += 1
        else:
            raise ConlluError(number, "the first column is no number of a word")

    def close(self, number: int) -> Sentence:
        if not self.word:
            raise ConlluError(number, "a sentence has no words")
        if self.token_end > self.word:
            raise ConlluError(number, "a multiword token reaches past its sentence")
        return Sentence(tuple(self.comments), tuple(self.rows))


def read_conllu(data: bytes) -> list[Sentence]:
    """The sentences of a file. Raises ``ConlluError`` where it is malformed or has none.

    Looks at the shape (columns, numbers, order), not at what the columns say: files with words
    alone are read too.
    """
    sentences = []
    draft = _Draft()
    lines = _text(data).split("\n")
    for number, raw in enumerate([*lines, ""], 1):
        line = raw.removesuffix("\r")
        if line.startswith("#"):
            if draft.rows:
                raise ConlluError(number, "a comment stands inside a sentence")
            draft.comments.append(line)
        elif line:
            draft.add(line, number)
        elif draft.rows or draft.comments:
            sentences.append(draft.close(number - 1))
            draft = _Draft()
    if not sentences:
        raise ConlluError(1, "there is no sentence")
    return sentences


def _text(data: bytes) -> str:
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ConlluError(line, "this is not UTF-8") from None


def fill(sentence: Sentence, parsed: Parsed) -> Sentence:
    """The sentence with the reader's tags, tree and names on its words, and no DEPS.

    All else stays as it is: comments, multiword tokens, empty nodes, the other columns.
    """
    names = _name_tags(parsed.names)
    rows = []
    at = 0
    for row in sentence.rows:
        if not _WORD.fullmatch(row[ID]):
            rows.append(row)
            continue
        filled = list(row)
        filled[UPOS] = parsed.upos[at]
        filled[FEATS] = parsed.feats[at] or NOTHING
        filled[HEAD] = str(parsed.heads[at] + 1)
        filled[DEPREL] = parsed.deprels[at]
        filled[DEPS] = NOTHING
        filled[MISC] = _named(row[MISC], names.get(at))
        rows.append(tuple(filled))
        at += 1
    return replace(sentence, rows=tuple(rows))


def document_sentences(document: Document, name: str) -> Iterator[Sentence]:
    """A read document as sentences; ``name``: its id, which begins each sentence's id."""
    fresh = {start for start, _ in document.paragraphs}
    tokens = _tokens(document)
    found = zip(document.sentences, _parses(document), strict=True)
    for number, ((start, end), parsed) in enumerate(found, 1):
        rows = tuple(_rows(document, start, end, tokens))
        comments = [f"# newdoc id = {name}"] if number == 1 else []
        comments += ["# newpar"] if start in fresh else []
        comments += [f"# sent_id = {name}-{number}", f"# text = {_surface(rows)}"]
        yield fill(Sentence(tuple(comments), rows), parsed)


def _parses(document: Document) -> Iterator[Parsed]:
    """What the document says of each sentence, with the words numbered from 0."""
    names = _names_by_sentence(document)
    for number, (start, end) in enumerate(document.sentences):
        yield Parsed(
            document.upos[start:end],
            document.feats[start:end],
            tuple(max(head - start, -1) for head in document.heads[start:end]),
            document.deprels[start:end],
            tuple(names[number]),
        )


def _names_by_sentence(document: Document) -> defaultdict[int, list[NameRange]]:
    """Each sentence's names; one that runs over a sentence's end is cut there."""
    found: defaultdict[int, list[NameRange]] = defaultdict(list)
    for name in document.names:
        last = document.sentence_of[name.end - 1]
        for number in range(document.sentence_of[name.start], last + 1):
            start, end = document.sentences[number]
            low, high = max(name.start, start), min(name.end, end)
            found[number].append(replace(name, start=low - start, end=high - start))
    return found


def _tokens(document: Document) -> dict[int, int]:
    """Where an enclitic was cut from its host: the first word of both, and the end of their range.

    Words out of one run of letters are one token, but for those that a hyphen parts.
    """
    found = {}
    for paragraph in document.paragraphs:
        for span in split_words(document.text, *document.span(*paragraph), _PLAIN):
            first, end = document.words_in(span)
            if end - first < 2:
                continue
            parts = groupby(
                range(first, end), lambda n: (document.forms[n] == "-", document.sentence_of[n])
            )
            for _, part in parts:
                words = list(part)
                if len(words) > 1:
                    found[words[0]] = words[-1] + 1
    return found


def _rows(document: Document, start: int, end: int, tokens: dict[int, int]) -> Iterator[Row]:
    """The words of a sentence and its multiword tokens, with nothing said of them yet."""
    token_end = start
    for word in range(start, end):
        if word in tokens:
            token_end = tokens[word]
            low, high = document.span(word, token_end)
            numbers = f"{word - start + 1}-{token_end - start}"
            yield _row(numbers, document.text[low:high], _space_after(document, token_end - 1))
        misc = NOTHING if word < token_end else _space_after(document, word)
        yield _row(str(word - start + 1), document.forms[word], misc)


def _row(name: str, form: str, misc: str) -> Row:
    return (name, form, *[NOTHING] * (MISC - LEMMA), misc)


def _space_after(document: Document, word: int) -> str:
    """MISC for a word, or for the token that it closes."""
    glued = document.ends[word : word + 1] == document.starts[word + 1 : word + 2]
    return _GLUED if glued else NOTHING


def _surface(rows: Iterable[Row]) -> str:
    """The text of a sentence, from its tokens."""
    text = ""
    token_end = 0
    for row in rows:
        if token := _TOKEN.fullmatch(row[ID]):
            token_end = int(token[2])
        elif int(row[ID]) <= token_end:
            continue
        text += row[FORM] if _glued(row) else f"{row[FORM]} "
    return text.rstrip(" ")


def _glued(row: Row) -> bool:
    return _GLUED in row[MISC].split("|")


def _name_tags(names: Iterable[NameRange]) -> dict[int, str]:
    return {
        word: f"{'I' if word > name.start else 'B'}-{name.label}"
        for name in names
        for word in range(name.start, name.end)
    }


def _named(misc: str, tag: str | None) -> str:
    """MISC with this name and no other."""
    kept = [part for part in misc.split("|") if part != NOTHING and not part.startswith(_NAME)]
    return "|".join([*kept, f"{_NAME}{tag}"] if tag else kept) or NOTHING
