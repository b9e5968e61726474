"""Documents made by hand: from CoNLL-U, or from a short table of words."""

from __future__ import annotations

from menurut.reader.document import Document, NameRange, StatementRanges


def from_conllu(
    block: str,
    language: str,
    names: tuple[NameRange, ...] = (),
    statements: tuple[StatementRanges, ...] = (),
) -> Document:
    """Build a document from CoNLL-U sentences (tabs or runs of blanks between the columns).

    Words are joined by one space, but not before a word whose predecessor has SpaceAfter=No;
    sentences are joined by one space. Multiword-token lines are passed over: give the host
    SpaceAfter=No. Only ID FORM LEMMA UPOS XPOS FEATS HEAD DEPREL are needed.
    """
    text = ""
    starts: list[int] = []
    ends: list[int] = []
    upos: list[str] = []
    feats: list[str] = []
    heads: list[int] = []
    deprels: list[str] = []
    sentences: list[tuple[int, int]] = []
    first = 0
    space = False

    def close() -> None:
        nonlocal first
        if len(starts) > first:
            sentences.append((first, len(starts)))
            first = len(starts)

    for raw in block.splitlines():
        line = raw.strip()
        if not line:
            close()
            continue
        if line.startswith("#"):
            continue
        cells = line.split("\t") if "\t" in line else line.split()
        if not cells[0].isdigit():
            continue
        text += " " if space else ""
        starts.append(len(text))
        text += cells[1]
        ends.append(len(text))
        upos.append(cells[3])
        feats.append("" if cells[5] == "_" else cells[5])
        heads.append(first + int(cells[6]) - 1 if int(cells[6]) else -1)
        deprels.append(cells[7])
        space = "SpaceAfter=No" not in cells[-1]
    close()
    return Document(
        text=text,
        language=language,
        starts=tuple(starts),
        ends=tuple(ends),
        upos=tuple(upos),
        feats=tuple(feats),
        heads=tuple(heads),
        deprels=tuple(deprels),
        sentences=tuple(sentences),
        kinds=("body",) * len(sentences),
        paragraphs=((0, len(starts)),) if starts else (),
        names=names,
        statements=statements,
    )
