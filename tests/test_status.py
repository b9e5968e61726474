"""Status: the examples of the tables, and the ways in which words combine."""

from __future__ import annotations

import re

import pytest

from documents import from_conllu
from menurut.contract import Source, Statement, StatementKind, Status
from menurut.record.events.judgements import Judgement
from menurut.record.events.signs import Sign
from menurut.record.events.status import status_of
from menurut.record.lemmas import candidates
from menurut.tables import Row, data_file, languages, table
from trees import tree

LANGUAGES = sorted(n for n in languages() if data_file(f"languages/{n}/status.tsv").is_file())
STATUSES = {"actual", "planned", "possible", "denied"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_rows_name_a_status_and_their_example_holds_one_of_their_words(language: str) -> None:
    for row in table(f"languages/{language}/status.tsv"):
        assert row["status"] in STATUSES
        if row["yes"]:
            assert _words(row) & _lemmas(row["yes"], language), row


def _words(row: Row) -> set[str]:
    return set(re.split("[ _]", row["words"]))


def _lemmas(sentence: str, language: str) -> set[str]:
    forms = re.findall(r"[\w’'-]+", sentence.lower())
    return {lemma for form in forms for lemma in candidates(form, language)} | set(forms)


def judge(language: str, line: str, form: str, own: bool = False) -> Status:
    document = tree(language, line)
    return status_of(document, document.forms.index(form), own=own).status


@pytest.mark.parametrize(
    ("line", "status"),
    [
        ("Russia PROPN 2 nsubj|attacked VERB 0 root", "actual"),
        ("Russia PROPN 3 nsubj|will AUX 3 aux|attacked VERB 0 root", "planned"),
        ("Russia PROPN 3 nsubj|may AUX 3 aux|attacked VERB 0 root", "possible"),
        ("Russia PROPN 4 nsubj|has AUX 4 aux|not PART 4 advmod|attacked VERB 0 root", "denied"),
        ("Russia PROPN 4 nsubj|will AUX 4 aux|not PART 4 advmod|attacked VERB 0 root", "denied"),
        (
            "Russia PROPN 2 nsubj|plans VERB 0 root|to PART 4 mark|attacked VERB 2 xcomp",
            "planned",
        ),
        (
            "Russia PROPN 2 nsubj|refused VERB 0 root|to PART 4 mark|attacked VERB 2 xcomp",
            "denied",
        ),
        (
            "Russia PROPN 2 nsubj|began VERB 0 root|to PART 4 mark|attacked VERB 2 xcomp",
            "actual",
        ),
        (
            "If SCONJ 3 mark|Russia PROPN 3 nsubj|attacked VERB 4 advcl|leave VERB 0 root",
            "possible",
        ),
        ("Has AUX 3 aux|Russia PROPN 3 nsubj|attacked VERB 0 root|? PUNCT 3 punct", "possible"),
        (
            "Russia PROPN 3 nsubj|will AUX 3 aux|come VERB 0 root|and CCONJ 5 cc|"
            "attacked VERB 3 conj",
            "planned",
        ),
        (
            "Troops NOUN 5 nsubj:pass|are AUX 5 aux|to PART 5 mark|be AUX 5 aux:pass|"
            "attacked VERB 0 root",
            "planned",
        ),
        (
            "Guards NOUN 2 nsubj|blocked VERB 0 root|, PUNCT 4 punct|attacked VERB 2 advcl",
            "actual",
        ),
        (
            "France PROPN 2 nsubj|ruled VERB 0 root|out ADP 2 compound:prt|attacked VERB 2 xcomp",
            "denied",
        ),
    ],
)
def test_english_words_set_the_status_of_a_verb(line: str, status: Status) -> None:
    assert judge("en", line, "attacked") == status


@pytest.mark.parametrize(
    ("line", "status"),
    [
        ("the DET 3 det|planned VERB 3 amod|attack NOUN 0 root", "planned"),
        ("no DET 2 det|attack NOUN 0 root", "denied"),
        ("They PRON 2 nsubj|cancelled VERB 0 root|the DET 4 det|attack NOUN 2 obj", "denied"),
        ("The DET 2 det|attack NOUN 4 nsubj|will AUX 4 aux|start VERB 0 root", "planned"),
        ("The DET 2 det|attack NOUN 4 nsubj:pass|was AUX 4 aux|cancelled VERB 0 root", "denied"),
    ],
)
def test_english_words_set_the_status_of_a_noun(line: str, status: Status) -> None:
    assert judge("en", line, "attack") == status


@pytest.mark.parametrize(
    ("line", "status"),
    [
        ("Rusia PROPN 3 nsubj|telah AUX 3 aux|menyerang VERB 0 root", "actual"),
        ("Rusia PROPN 3 nsubj|akan AUX 3 aux|menyerang VERB 0 root", "planned"),
        ("Rusia PROPN 3 nsubj|mungkin ADV 3 advmod|menyerang VERB 0 root", "possible"),
        ("Rusia PROPN 3 nsubj|tidak PART 3 advmod|menyerang VERB 0 root", "denied"),
        ("Rusia PROPN 2 nsubj|gagal VERB 0 root|menyerang VERB 2 xcomp", "denied"),
        ("Rusia PROPN 2 nsubj|berencana VERB 0 root|menyerang VERB 2 xcomp", "planned"),
    ],
)
def test_indonesian_words_set_the_status(line: str, status: Status) -> None:
    assert judge("id", line, "menyerang") == status


def test_would_announces_only_in_the_doers_own_words() -> None:
    line = "Russia PROPN 3 nsubj|would AUX 3 aux|attack VERB 0 root"
    assert judge("en", line, "attack") == "possible"
    assert judge("en", line, "attack", own=True) == "planned"


def test_what_was_announced_as_done_is_actual() -> None:
    rows = [
        "1\tFrance\t_\tPROPN\t_\t_\t2\tnsubj",
        "2\tannounced\t_\tVERB\t_\t_\t0\troot",
        "3\tRussia\t_\tPROPN\t_\t_\t4\tnsubj",
        "4\tattacked\t_\tVERB\t_\tTense=Past|VerbForm=Fin\t2\tccomp",
    ]
    assert status_of(from_conllu("\n".join(rows), "en"), 3).status == "actual"


def test_a_denied_statement_denies_and_a_demand_makes_possible() -> None:
    document = tree("en", "Russia PROPN 2 nsubj|attacked VERB 0 root")
    told = {kind: told_as(kind) for kind in ("deny", "demand", "say")}
    assert status_of(document, 1, told=told["deny"]).status == "denied"
    assert status_of(document, 1, told=told["demand"]).status == "possible"
    assert status_of(document, 1, told=told["say"]).status == "actual"


def told_as(kind: StatementKind) -> Statement:
    return Statement(
        id="s1", source=Source(), cue=(), content=((0, 15),), kind=kind, quote="indirect"
    )


def test_a_demand_takes_for_granted_what_stands_in_an_aside() -> None:
    document = tree(
        "en",
        "It PRON 2 nsubj|demanded VERB 0 root|help NOUN 2 obj|after ADP 5 case|attack NOUN 3 nmod",
    )
    assert status_of(document, 4, told=told_as("demand")).status == "actual"


def test_a_doubt_denied_asserts() -> None:
    doubt = Sign("possible", 0, "doubt", "doubter doubt")
    judged = Judgement("actual").under(doubt)
    assert judged.status == "possible"
    assert judged.under(Sign("denied", 1, "no")).status == "actual"


def test_the_words_that_set_a_status_are_named() -> None:
    document = tree("en", "Russia PROPN 3 nsubj|will AUX 3 aux|attack VERB 0 root")
    assert status_of(document, 2) == Judgement("planned", (Sign("planned", 1, "will", "aux will"),))


def test_twice_denied_is_possible() -> None:
    assert Judgement("denied").under(Sign("denied", 0, "not")).status == "possible"


def test_what_an_object_is_kept_from_is_as_the_verb_has_it() -> None:
    line = (
        "Police NOUN 2 nsubj|stopped VERB 0 root|crowds NOUN 2 obj"
        "|{} SCONJ 5 mark|marching VERB 3 acl"
    )
    assert judge("en", line.format("from"), "marching") == "denied"
    assert judge("en", line.format("while"), "marching") == "actual"


def test_an_open_question_stays_open_whatever_is_said_of_the_asking() -> None:
    line = (
        "Chad PROPN 4 nsubj|has AUX 4 aux|not PART 4 advmod|decided VERB 0 root"
        "|{} SCONJ 7 mark|to PART 7 mark|attacked VERB 4 {}"
    )
    assert judge("en", line.format("whether", "ccomp"), "attacked") == "possible"
    assert judge("en", line.format("that", "xcomp"), "attacked") == "denied"
