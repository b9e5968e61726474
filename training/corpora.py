"""Reads the corpora that the reader learns from; each function takes the path of its file(s).

Where they come from and under which licences is told in ``docs/model-card.md``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any, TypeVar

from menurut.contract import Span
from menurut.reader.labels import DEPRELS, EVENTS, FEATS, UPOS, deprel, feats
from menurut.reader.words import split_words, word_rules
from training.examples import QUOTES, UNKNOWN, UNKNOWN_HEAD, Deed, Part, Words, allowed
from training.markup import read_events, read_markup

T = TypeVar("T")

HELD_OUT = 8
LEARNT = {"id_csui-train": 0.9, "id_gsd-dev": 0.67}
"""Treebanks of which we learn from the first part and measure on the rest."""
_SENTENCE_LIMIT = 160
# UD 2.1 had no aux and no acl:relcl, flat held what is nmod today, and marks hung elsewhere.
_CHANGED_RELATIONS = frozenset({"acl", "advmod", "appos", "dep", "det", "flat", "nmod", "nummod"})


def treebank(path: Path) -> Iterator[Words]:
    """The sentences of a CoNLL-U file; the first of a paragraph starts with a break."""
    fresh = True
    for block in path.read_text("utf-8").split("\n\n"):
        if not block.strip():
            continue
        lines = block.split("\n")
        fresh = fresh or any(line.startswith(("# newpar", "# newdoc")) for line in lines)
        words = _sentence([line.split("\t") for line in lines if line and line[0].isdigit()])
        if words and len(words) <= _SENTENCE_LIMIT:
            words.breaks[0] = fresh
            yield words
        fresh = False


def conllu(words: Words) -> str:
    """A sentence whose labels are all known as CoNLL-U, which ``treebank`` reads back."""
    lines = []
    for n, form in enumerate(words.forms):
        glued = n + 1 < len(words) and not words.spaces[n + 1]
        columns = (
            str(n + 1),
            form,
            "_",
            UPOS[words.upos[n]],
            "_",
            FEATS[words.feats[n]] or "_",
            str(words.heads[n] + 1),
            DEPRELS[words.deprels[n]],
            "_",
            "SpaceAfter=No" if glued else "_",
        )
        lines.append("\t".join(columns))
    return "\n".join([*(["# newpar"] if words.breaks[0] else []), *lines])


def learnt(path: Path) -> list[Words]:
    """The sentences of a treebank that the reader learns from."""
    sentences = list(treebank(path))
    return sentences[: round(LEARNT.get(path.stem, 1.0) * len(sentences))]


def measured(path: Path) -> list[Words]:
    """The sentences of a treebank that the reader does not learn from, if it learns from others."""
    sentences = list(treebank(path))
    return sentences[round(LEARNT.get(path.stem, 0.0) * len(sentences)) :]


def _sentence(rows: list[list[str]]) -> Words:
    words = [row for row in rows if row[0].isdigit()]
    out = Words([row[1] for row in words], _blanks(rows), [False] * len(words))
    out.upos = [UPOS.index(row[3]) if row[3] in UPOS else UNKNOWN for row in words]
    labels = [feats(row[5]) for row in words]
    out.feats = [FEATS.index(label) if label in FEATS else UNKNOWN for label in labels]
    out.heads = [int(row[6]) - 1 for row in words]
    out.deprels = [DEPRELS.index(deprel(row[7])) for row in words]
    out.ends = [0] * (len(words) - 1) + [1] if words else []
    return out


def _blanks(rows: list[list[str]]) -> list[bool]:
    """Before which words a blank stands; inside a multiword token none does."""
    inner: set[int] = set()
    closing: dict[int, bool] = {}
    for row in rows:
        if "-" in row[0]:
            start, end = map(int, row[0].split("-"))
            inner |= set(range(start, end + 1))
            closing[end] = "SpaceAfter=No" not in row[9]
    spaces, space = [], True
    for row in rows:
        if row[0].isdigit():
            spaces.append(space)
            number = int(row[0])
            space = closing.get(number, number not in inner and "SpaceAfter=No" not in row[9])
    return spaces


def old_treebank(path: Path, language: str = "id") -> Iterator[Words]:
    """A treebank of UD 2.1: enclitics are cut as today, labels that have changed are unknown."""
    rules = word_rules(language)
    for words in treebank(path):
        out = Words([], [], [])
        number: list[int] = []
        for at, form in enumerate(words.forms):
            cuts = rules.cuts(form) if len(form) > 4 else [0]
            number.append(len(out.forms))
            bounds = [*cuts, len(form)]
            for part, (start, end) in enumerate(pairwise(bounds)):
                out.forms.append(form[start:end])
                out.spaces.append(words.spaces[at] if part == 0 else False)
                out.breaks.append(words.breaks[at] if part == 0 else False)
        host = {first: at for at, first in enumerate(number)}
        for new in range(len(out.forms)):
            old = host.get(new)
            if old is None:
                _add_enclitic(out, new)
                continue
            head = words.heads[old]
            relation = DEPRELS[words.deprels[old]]
            tag = UPOS[words.upos[old]]
            if relation == "punct":
                out.heads.append(UNKNOWN_HEAD)
            else:
                out.heads.append(number[head] if head >= 0 else -1)
            out.deprels.append(UNKNOWN if relation in _CHANGED_RELATIONS else words.deprels[old])
            out.upos.append(UNKNOWN if tag in ("ADV", "AUX", "ADJ") else words.upos[old])
        out.ends = [0] * (len(out.forms) - 1) + [1]
        out.feats = [UNKNOWN] * len(out.forms)
        yield out


def _add_enclitic(out: Words, new: int) -> None:
    possessive = out.upos[new - 1] != UPOS.index("VERB")
    out.heads.append(new - 1)
    out.deprels.append(DEPRELS.index("nmod:poss" if possessive else "obj"))
    out.upos.append(UPOS.index("PRON"))


def attributions(
    path: Path, language: str = "en", silver: Silver | None = None
) -> Iterator[list[Words]]:
    """PolNeAR's format, JSON Lines: one list of paragraphs an article."""
    for row in _json_lines(path):
        yield attributed_paragraphs(row["text"], row["attributions"], language, silver)


def stories(root: Path, own: Path) -> Iterator[tuple[str, str]]:
    """The texts that statements are learnt from, and their languages."""
    for row in _json_lines(root / "attribution" / "polnear-train.jsonl"):
        yield row["text"], "en"
    for path in sorted(own.glob("attribution*.txt")):
        for story in kept(read_markup(path)):
            yield story.text, path.name.split(".")[1]


Silver = dict[str, dict[str, Any]]
"""What ``training.silver`` says of paragraphs, by their texts."""


def read_silver(path: Path) -> Silver:
    return {row["text"].strip(): row for row in _json_lines(path)}


def marked_up(path: Path, language: str, silver: Silver | None = None) -> Iterator[list[Words]]:
    """Our own stories with inline markup, those that are learnt."""
    for story in kept(read_markup(path)):
        yield attributed_paragraphs(story.text, story.attributions, language, silver)


def attributed_paragraphs(
    text: str,
    rows: Iterable[dict[str, list[list[int]]]],
    language: str,
    silver: Silver | None = None,
) -> list[Words]:
    """Paragraphs with cues and parts; an attribution belongs to its cue's paragraph.

    What of it lies in another paragraph is left out.
    """
    rows = list(rows)
    out = []
    for words, spans in _paragraphs(text, language):
        words.cues = [0] * len(words)
        for row in rows:
            _add_part(words, spans, row)
        if silver is not None:
            words.events = _silver_events(text, spans, silver)
        out.append(words)
    return out


def _silver_events(text: str, spans: list[Span], silver: Silver) -> list[int]:
    """The labels of a paragraph's words; unknown where silver says nothing of them."""
    low = spans[0][0]
    labels = [UNKNOWN] * len(spans)
    row = silver.get(text[low : spans[-1][1]])
    if row is None:
        return labels
    within = [(start - low, end - low) for start, end in spans]
    for word in _covered(within, row["plain"]):
        labels[word] = EVENTS.index(None)
    for type_, start, end in row["triggers"]:
        for word in _covered(within, [[start, end]])[:1]:
            labels[word] = EVENTS.index(type_)
    return labels


def marked_events(path: Path, language: str) -> list[Words]:
    """Our own texts with their events marked, as `training.markup` reads them."""
    found = []
    for text, events in read_events(path):
        for words, spans in _paragraphs(text, language):
            words.events = [EVENTS.index(None)] * len(words)
            for event in events:
                trigger = _covered(spans, event.trigger)
                for word in trigger:
                    words.events[word] = EVENTS.index(event.type)
                actors = frozenset(_covered(spans, event.actors))
                recipients = frozenset(_covered(spans, event.recipients))
                words.deeds.append(Deed(trigger[0], actors, recipients))
            found.append(words)
    return found


def _paragraphs(text: str, language: str) -> Iterator[tuple[Words, list[Span]]]:
    for found in re.finditer(r"[^\n]+", text):
        spans = list(split_words(text, found.start(), found.end(), language))
        if spans:
            forms = [text[s:e] for s, e in spans]
            spaces = [n == 0 or spans[n - 1][1] < s for n, (s, _) in enumerate(spans)]
            yield Words(forms, spaces, [n == 0 for n in range(len(spans))]), spans


def _add_part(words: Words, spans: list[Span], row: dict[str, list[list[int]]]) -> None:
    cue = _covered(spans, row["cue"])
    content = _covered(spans, row["content"])
    if not content or (row["cue"] and not cue):
        return
    for n, word in enumerate(cue):
        words.cues[word] = 1 if n == 0 else 2
    source = frozenset(_covered(spans, row["source"]))
    words.parts.append(Part(cue[0] if cue else None, source, frozenset(content)))


def _covered(spans: list[Span], stretches: list[list[int]]) -> list[int]:
    return [n for n, (s, e) in enumerate(spans) if any(s < b and a < e for a, b in stretches)]


def names_column(path: Path, labels: dict[str, str], others: tuple[str, ...]) -> Iterator[Words]:
    """A file of ``word<TAB>tag`` lines (or UNER's, ``number word tag``), sentences by blank lines.

    ``labels``: the corpus's label to ours; ``others``: ours that the corpus does not mark, which
    its ``O`` may therefore hide.
    """
    outside = allowed("O", *(f"{part}-{label}" for label in others for part in "BI"))
    for filled, group in groupby(path.read_text("utf-8").splitlines(), key=lambda line: bool(line)):
        rows = [line.split("\t") for line in group if filled and not line.startswith("#")]
        if not rows:
            continue
        if len(rows[0]) > 2:
            rows = [row[1:3] for row in rows]
        forms = [row[0] for row in rows]
        words = Words(forms, _spaces(forms), [n == 0 for n in range(len(forms))])
        for _, tag in rows:
            part, _, label = tag.partition("-")
            ours = labels.get(label)
            words.names.append(outside if ours is None else allowed(f"{part}-{ours}"))
        yield words


def _spaces(forms: list[str]) -> list[bool]:
    """Where blanks stood before the words, guessed from the punctuation."""
    spaces, inside, glue = [], False, True
    for form in forms:
        if form in QUOTES:
            inside = not inside
            spaces.append(inside)
            glue = inside
        elif form in ".,;:!?)]%":
            spaces.append(False)
            glue = False
        else:
            spaces.append(not glue)
            glue = form in "([$"
    return spaces


_MARKED_NAME = re.compile(r"\[(PER|ORG|LOC|NAT|MISC) ([^\]]+)\]")


def marked_names(path: Path, language: str) -> list[Words]:
    """Our own sentences, one a line, with their names marked as in ``[PER Siti Aminah]``."""
    found = []
    for line in path.read_text("utf-8").splitlines():
        text, entities, at = "", [], 0
        for mark in _MARKED_NAME.finditer(line):
            text += line[at : mark.start()]
            entities.append((len(text), len(text) + len(mark[2]), mark[1]))
            text += mark[2]
            at = mark.end()
        text += line[at:]
        for words, spans in _paragraphs(text, language):
            words.names = [allowed("O")] * len(words)
            for start, end, label in entities:
                for n, word in enumerate(_covered(spans, [[start, end]])):
                    words.names[word] = allowed(f"{'BI'[n > 0]}-{label}")
            found.append(words)
    return found


def kept(own: Sequence[T]) -> list[T]:
    """What of our own is learnt: all but every eighth."""
    return [item for number, item in enumerate(own) if number % HELD_OUT]


def unlearnt(own: Sequence[T]) -> Sequence[T]:
    """What of our own is kept for measuring."""
    return own[::HELD_OUT]


_RE3D = {"Person": "PER", "Organisation": "ORG", "Location": "LOC", "Nationality": "NAT"}
_RE3D_LONGEST = 4  # longer ones are phrases, not names
Entity = tuple[int, int, str]


def re3d(folder: Path) -> Iterator[Words]:
    """re3d's paragraphs. Where annotators gave one stretch two types, either is allowed."""
    for documents in sorted(folder.glob("*/documents.json")):
        entities: dict[str, list[Entity]] = {}
        for row in _json_lines(documents.with_name("entities.json")):
            if row["type"] in _RE3D:
                entry = (int(row["begin"]), int(row["end"]), _RE3D[str(row["type"])])
                entities.setdefault(str(row["documentId"]), []).append(entry)
        for row in _json_lines(documents):
            yield from _re3d_paragraphs(str(row["text"]), entities.get(str(row["_id"]), []))


def _re3d_paragraphs(text: str, entities: list[Entity]) -> Iterator[Words]:
    outside = allowed("O", "B-MISC", "I-MISC")
    for words, spans in _paragraphs(text, "en"):
        words.names = [outside] * len(words)
        for start, end, label in entities:
            covered = _covered(spans, [[start, end]])
            proper = len(covered) <= _RE3D_LONGEST and all(
                words.forms[word][0].isupper() for word in covered
            )
            for n, word in enumerate(covered):
                bits = allowed(f"{'BI'[n > 0]}-{label}") if proper else 0
                known = words.names[word]
                words.names[word] = bits if known == outside or not bits else known | bits
        yield words


_GUM = {"person": "PER", "organization": "ORG", "place": "LOC"}


def gum_names(path: Path) -> Iterator[Words]:
    """GUM's named entities: the proper nouns of its persons, organisations and places.

    Proper nouns in entities of other types are unknown; other words are no names of these types.
    """
    outside = allowed("O", "B-MISC", "I-MISC", "B-NAT", "I-NAT")
    for block in path.read_text("utf-8").split("\n\n"):
        rows = [line.split("\t") for line in block.split("\n") if line and line[0].isdigit()]
        rows = [row for row in rows if row[0].isdigit() or "-" in row[0]]
        if not rows:
            continue
        words = _sentence(rows)
        plain = Words(words.forms, words.spaces, [n == 0 for n in range(len(words))])
        cells = [row[9] for row in rows if row[0].isdigit()]
        proper = [tag == UPOS.index("PROPN") for tag in words.upos]
        plain.names = [0 if is_proper else outside for is_proper in proper]
        for start, end, kind in _gum_entities(cells):
            run = [n for n in range(start, end) if proper[n]]
            if kind not in _GUM or not run or plain.names[run[0]]:
                continue
            for n, word in enumerate(run):
                if n and word != run[n - 1] + 1:
                    break
                plain.names[word] = allowed(f"{'BI'[n > 0]}-{_GUM[kind]}")
        yield plain


def _gum_entities(cells: list[str]) -> list[Entity]:
    """Entities of one sentence as word ranges, the outermost first."""
    open_: list[tuple[str, int, str]] = []
    found = []
    for at, cell in enumerate(cells):
        value = next((p[7:] for p in cell.split("|") if p.startswith("Entity=")), "")
        for mark in re.finditer(r"\(([^-()]+)-([a-z]+)[^()]*|([^()]*)\)", value):
            if mark.group(1):
                open_.append((mark.group(1), at, mark.group(2)))
            elif open_:
                wanted = mark.group(3)
                index = max(
                    (n for n, entry in enumerate(open_) if entry[0] == wanted),
                    default=len(open_) - 1,
                )
                _, start, kind = open_.pop(index)
                found.append((start, at + 1, kind))
    return sorted(found, key=lambda e: (e[0], -e[1]))


def _json_lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
