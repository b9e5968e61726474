"""The Indonesian predicate table: columns well-formed, PLOVER's own names, rows borne out."""

from __future__ import annotations

import re
from itertools import product
from typing import get_args

from menurut.contract import EventType, Status
from menurut.record.events.frames import classes, frames
from menurut.record.lemmas import candidates
from menurut.tables import Row, table

LANGUAGE = "id"
COLUMNS = [
    "predicate",
    "pos",
    "type",
    "mode",
    "contexts",
    "actor",
    "recipient",
    "object",
    "status",
    "yes",
    "no",
]
ROWS = table(f"languages/{LANGUAGE}/predicates.tsv")
FEWEST = {"CONSULT": 40, "RETREAT": 30, "COERCE": 50, "ASSAULT": 80}
FEWEST_OF_ANY = 15
_SLOT = r"(?:subj|obj|iobj|poss|ccomp|comp|(?:obl|nmod):\w+)"
_PATH = rf"{_SLOT}(?:\.{_SLOT})?"
_PLACES = re.compile(rf"{_PATH}(?:[+&]{_PATH})*\*?(?:\|{_PATH}(?:[+&]{_PATH})*\*?)*")
_WORD = re.compile(r"\w+(?:-\w+)*")


def label(row: Row) -> str:
    return f"{row['predicate']} {row['type']} {row['object']}".strip()


def plover_names(kind: str) -> set[str]:
    return {row["name"] for row in table("world/plover.tsv") if row["kind"] == kind}


def modes() -> set[tuple[str, str]]:
    rows = [row for row in table("world/plover.tsv") if row["kind"] == "mode"]
    return {(row["name"], of) for row in rows for of in row["of"].split()}


def has_any(sentence: str, lemmas: frozenset[str]) -> bool:
    return any(lemmas & candidates(word, LANGUAGE) for word in _WORD.findall(sentence))


def alternatives(row: Row) -> list[list[str]]:
    """The predicate's words, each with those that may stand in its place."""
    return [cell.split(",") for cell in row["predicate"].split()]


def tells(row: Row, sentence: str) -> bool:
    """Whether some alternative of the row has all its words in the sentence."""
    return all(has_any(sentence, frozenset(cell)) for cell in alternatives(row))


def objects(row: Row, prefix: str) -> frozenset[str]:
    """The words of the object column with a prefix: none, ``-``, ``by:`` or ``-by:``."""
    parts = [re.fullmatch(r"(-?(?:by:)?)(.*)", cell) for cell in row["object"].split()]
    cells = [part[2] for part in parts if part and part[1] == prefix]
    return frozenset(w for c in cells for w in classes(LANGUAGE).get(c, (c,)))


def fits(row: Row, sentence: str) -> bool:
    """Whether a sentence has the predicate, an object that it asks for and none that it bars."""
    asked = [words for prefix in ("", "by:") if (words := objects(row, prefix))]
    barred = objects(row, "-") | objects(row, "-by:")
    return (
        tells(row, sentence)
        and all(has_any(sentence, words) for words in asked)
        and not (barred and has_any(sentence, barred))
    )


def names_somebody(sentence: str) -> bool:
    """Whether a word after the first is capitalised, as the name of a country or a person is."""
    return any(word[0].isupper() for word in _WORD.findall(sentence)[1:])


def test_the_table_has_the_columns_that_the_engine_reads() -> None:
    assert all(list(row) == COLUMNS for row in ROWS)


def test_part_of_speech_and_status_are_known() -> None:
    assert {row["pos"] for row in ROWS} == {"V", "N"}
    assert {row["status"] for row in ROWS} <= {"", *get_args(Status)}


def test_actor_and_recipient_name_places_that_the_engine_can_fill() -> None:
    cells = [(row, cell) for row in ROWS for cell in (row["actor"], row["recipient"])]
    bad = [
        (label(row), cell)
        for row, cell in cells
        if cell != "-" and not _PLACES.fullmatch(cell.lstrip("!?"))
    ]
    assert not bad
    assert not [label(row) for row in ROWS if row["actor"].startswith("?")]


def test_a_noun_has_no_subject() -> None:
    assert not [label(row) for row in ROWS if row["pos"] == "N" and "subj" in row["actor"]]


def test_types_modes_and_contexts_are_plover_s() -> None:
    known, contexts = modes(), plover_names("context")
    assert {row["type"] for row in ROWS} == set(get_args(EventType))
    assert not [
        label(row) for row in ROWS if row["mode"] and (row["mode"], row["type"]) not in known
    ]
    assert not [label(row) for row in ROWS if not set(row["contexts"].split()) <= contexts]


def test_classes_that_rows_name_exist() -> None:
    cells = (cell for row in ROWS for cell in row["object"].split() if "@" in cell)
    named = {cell[cell.index("@") :] for cell in cells}
    assert named <= set(classes(LANGUAGE))


def test_every_row_has_an_example_that_fits_it() -> None:
    assert not [(label(row), row["yes"]) for row in ROWS if not fits(row, row["yes"])]


def test_no_two_rows_have_the_same_example() -> None:
    examples = [row["yes"] for row in ROWS]
    assert not {e for e in examples if examples.count(e) > 1}


def test_counter_examples_come_near() -> None:
    """They have the predicate's first word in some form."""
    shown = [row for row in ROWS if row["no"]]
    assert not [
        (label(row), row["no"])
        for row in shown
        if not has_any(row["no"], frozenset(alternatives(row)[0]))
    ]


def test_counter_examples_lack_a_word_of_the_frame_or_name_nobody() -> None:
    assert not [
        (label(row), row["no"])
        for row in ROWS
        if row["no"] and fits(row, row["no"]) and names_somebody(row["no"])
    ]


def test_no_frame_stands_twice() -> None:
    keys = [
        (" ".join(words), row["pos"], row["object"])
        for row in ROWS
        for words in product(*alternatives(row))
    ]
    assert not {key for key in keys if keys.count(key) > 1}


def test_every_type_is_well_covered() -> None:
    rows_of = {kind: sum(row["type"] == kind for row in ROWS) for kind in get_args(EventType)}
    assert all(n >= FEWEST.get(kind, FEWEST_OF_ANY) for kind, n in rows_of.items()), rows_of
    assert len(frames(LANGUAGE)) >= len(ROWS) >= 450


def test_classes_are_borne_out_by_their_examples() -> None:
    for row in table(f"languages/{LANGUAGE}/classes.tsv"):
        members = row["words"].split()
        assert has_any(row["examples"], frozenset(members)), row["class"]
        assert len(set(members)) == len(members), row["class"]
