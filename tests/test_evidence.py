"""What stands behind incidents under measures, and what it lacks by the rules for panels."""

from __future__ import annotations

import msgspec
import pytest
from tests.analyses import Made, arms, denial
from tests.test_obligations import charge

from menurut.contract import Analysis, Edition, Report
from menurut.ledger.adding import add
from menurut.ledger.grades import grade
from menurut.ledger.queries import show
from menurut.ledger.store import Ledger
from menurut.obligations import board
from menurut.obligations.evidence import Case, cases, is_witness
from menurut.obligations.gaps import Gap, gaps, rules
from menurut.tables import language_table

WEAPONS = {"50 weapons": (50.0, "weapons")}
PADDING = " ".join(
    f"Sentence {n} of the wire goes on about harbours and trains." for n in range(12)
)
SIDES = ("North Korea",), ("Russia",)


def made(ledger: Ledger, as_of: str | None = None) -> list[Case]:
    with ledger.read(as_of) as snapshot:
        return cases(snapshot, board(snapshot))


def one(ledger: Ledger, *reports: Made, as_of: str | None = None) -> Case:
    for report in reports:
        add(ledger, *report.pair())
    [case] = made(ledger, as_of)
    return case


def lacking(case: Case) -> dict[str, list[Gap]]:
    found: dict[str, list[Gap]] = {}
    for gap in gaps(case):
        found.setdefault(gap.kind, []).append(gap)
    return found


def withdrawn(made: Made) -> tuple[Report, Analysis]:
    said = Edition(status="canceled")
    report, analysis = made.pair()
    return msgspec.structs.replace(report, edition=said), msgspec.structs.replace(
        analysis, edition=said
    )


def test_one_source_that_is_no_party_is_second_hand_and_alone(ledger: Ledger) -> None:
    case = one(ledger, arms("r1", "2024-06-17", "Washington", WEAPONS))
    assert case.independent == 1
    assert [piece.hand for piece in case.pieces] == ["other"]
    assert {"single-source", "second-hand", "ungraded"} <= lacking(case).keys()


def test_a_second_source_closes_one_gap_and_a_party_the_other(ledger: Ledger) -> None:
    case = one(ledger, arms("r1", "2024-06-17", "Washington"), arms("r2", "2024-06-18", "Kyiv"))
    assert case.independent == 2
    assert "single-source" not in lacking(case)
    assert "second-hand" in lacking(case)
    case = one(ledger, arms("r3", "2024-06-18", "Russia"))
    assert "second-hand" not in lacking(case)
    assert [p.hand for p in case.pieces if p.first_hand] == ["party"]


def test_a_copy_is_no_second_source(ledger: Ledger) -> None:
    def wire(id: str) -> Made:
        return arms(id, "2024-06-17", "Washington", WEAPONS).say(PADDING)

    case = one(ledger, wire("r1"), wire("r2"))
    assert [piece.account.origin for piece in case.pieces] == [None, "r1"]
    assert case.independent == 1


def test_quotations_are_exact_where_the_offsets_point(ledger: Ledger) -> None:
    report = arms("r1", "2024-06-17", "Washington", WEAPONS)
    case = one(ledger, report)
    for piece in case.pieces:
        assert piece.account.quotation.exact == report.text[slice(*piece.account.span)]


def test_whoever_is_named_and_bound_is_to_be_heard(ledger: Ledger) -> None:
    case = one(ledger, arms("r1", "2024-06-17", "Washington"))
    assert {r.party: (r.charged_on, r.heard) for r in case.replies} == {
        "PRK": ("2024-06-17", ()),
        "RUS": ("2024-06-17", ()),
    }
    assert [gap.parties for gap in lacking(case)["unheard"]] == [("PRK",), ("RUS",)]
    case = one(ledger, denial("r2", "2024-06-18"))
    assert [gap.parties for gap in lacking(case)["unheard"]] == [("PRK",)]
    assert all(reply.heard for reply in case.replies if reply.party == "RUS")


def test_nobody_is_to_answer_what_only_they_say(ledger: Ledger) -> None:
    case = one(ledger, arms("r1", "2024-06-17", "Russia"))
    assert [reply.party for reply in case.replies] == ["PRK"]


def test_a_challenge_waits_for_a_person_to_weigh_it(ledger: Ledger) -> None:
    case = one(ledger, arms("r1", "2024-06-17", "Washington"), denial("r2", "2024-06-18"))
    [challenge] = case.challenging()
    assert [gap.accounts for gap in lacking(case)["unassessed"]] == [(challenge.account.id,)]
    with ledger.write("grade") as draft:
        grade(draft, f"account:{challenge.account.id}", "4", "no evidence given")
    assert "unassessed" not in lacking(made(ledger)[0])


def test_grades_close_gaps_and_bad_ones_open_another(ledger: Ledger) -> None:
    case = one(ledger, arms("r1", "2024-06-17", "Washington"))
    assert "weak" not in lacking(case)
    with ledger.write("grade") as draft:
        grade(draft, "USA", "E")
    graded = lacking(made(ledger)[0])
    assert "ungraded" not in graded
    assert "weak" in graded


def test_what_is_passed_on_is_no_first_hand_word(ledger: Ledger) -> None:
    report = Made("r1", "2024-06-17").say(
        "Kyiv said that Moscow said that North Korea supplied weapons to Russia.",
        "AID",
        "supplied",
        *SIDES,
        by="Moscow",
    )
    made_report, analysis = report.pair()
    [inner] = analysis.statements
    outer = msgspec.structs.replace(
        inner, id="s9", source=msgspec.structs.replace(inner.source, actors=("a9",))
    )
    kyiv = next(actor for actor in analysis.actors if actor.name == "Kyiv")
    outer = msgspec.structs.replace(
        outer, source=msgspec.structs.replace(outer.source, actors=(kyiv.id,))
    )
    nested = msgspec.structs.replace(
        analysis, statements=(msgspec.structs.replace(inner, within="s9"), outer)
    )
    add(ledger, made_report, nested)
    [case] = made(ledger)
    [piece] = [p for p in case.pieces if p.account.source == "RUS"]
    assert (piece.hand, piece.passed_on_by, piece.first_hand) == ("party", ("Kyiv",), False)
    assert {"passed-on", "second-hand"} <= lacking(case).keys()


def test_an_outlet_that_names_no_source_is_said_so(ledger: Ledger) -> None:
    report = Made("r1", "2024-06-17", publisher="Courier").say(
        "North Korea supplied weapons to Russia.", "AID", "supplied", *SIDES
    )
    case = one(ledger, report)
    assert [piece.hand for piece in case.pieces] == ["outlet"]
    assert "outlet" in lacking(case)


def test_what_no_telling_dates_or_decides_is_a_gap(ledger: Ledger) -> None:
    case = one(ledger, arms("r1", "2024-06-17", "Washington", WEAPONS))
    assert "undated" in lacking(case)
    [open_] = lacking(case)["open"]
    assert ("goods", ("2270.6",)) in {(o.condition.matter, o.measures) for o in open_.conditions}
    dated = Made("r2", "2024-06-18").say(
        "Kyiv said North Korea supplied weapons to Russia.",
        "AID",
        "supplied",
        *SIDES,
        by="Kyiv",
        time="2024-06-02",
    )
    assert "undated" not in lacking(one(ledger, dated))


def test_figures_that_differ_are_named(ledger: Ledger) -> None:
    case = one(
        ledger,
        arms("r1", "2024-06-17", "Washington", {"24 weapons": (24.0, "weapons")}),
        arms("r2", "2024-06-18", "Kyiv", WEAPONS),
    )
    assert [gap.figures for gap in lacking(case)["figures"]] == [("24 weapons", "50 weapons")]


def test_a_report_that_its_sender_withdraws_leaves_a_trace_and_no_account(ledger: Ledger) -> None:
    first, second = arms("r1", "2024-06-17", "Washington"), arms("r2", "2024-06-18", "Kyiv")
    assert "withdrawn" not in lacking(one(ledger, first, second))
    add(ledger, *withdrawn(second))
    [case] = made(ledger)
    assert case.independent == 1
    assert {piece.account.report for piece in case.pieces} == {"r1"}
    assert [(lost.report, lost.change) for lost in case.lost] == [("r2", "withdraw")]
    assert [gap.reports for gap in lacking(case)["withdrawn"]] == [("r2",)]


def test_a_corrected_report_is_named_and_its_new_words_count(ledger: Ledger) -> None:
    add(ledger, *arms("r1", "2024-06-17", "Washington").pair())
    case = one(ledger, arms("r1", "2024-06-17", "Washington", WEAPONS))
    assert [(lost.report, lost.change) for lost in case.lost] == [("r1", "correct")]
    assert "50 weapons" in case.pieces[0].account.quotation.exact
    assert "corrected" in lacking(case)


def test_of_a_charge_the_accusers_are_counted(ledger: Ledger) -> None:
    words = "Washington criticised that Russia gave missile technology to North Korea."
    case = one(ledger, charge(words, ("Russia", "North Korea")))
    assert case.charge
    assert case.independent == 1
    assert all(piece.speakers == ("USA",) for piece in case.affirming())
    [gap] = lacking(case)["charge"]
    assert set(gap.parties) == {"PRK", "RUS"}


def test_a_charge_that_goes_on_in_another_sentence_has_both(ledger: Ledger) -> None:
    first = "Washington criticised Russia and North Korea."
    made_charge = charge(first, ("Russia", "North Korea")).say(
        "It criticised the sale of missile technology.",
        "ACCUSE",
        "criticised",
        ("Washington",),
        mode="disapprove",
    )
    case = one(ledger, made_charge)
    words = [piece.account.words for piece in case.pieces]
    assert words == [first, "It criticised the sale of missile technology."]
    assert all(gap.accounts for gap in gaps(case))


@pytest.mark.parametrize("language", ["en", "id"])
def test_the_words_for_witnesses_tell_them_from_others(language: str) -> None:
    for row in language_table(language, "witnesses"):
        assert is_witness(row["yes"], language), row
        assert not is_witness(row["no"], language), row


def test_every_gap_has_its_rule_and_its_words_in_both_languages() -> None:
    held = rules()
    for name, kind in held.gaps.items():
        assert kind.rule in held.rules, name
        for text in (kind.en, kind.id, kind.closes.en, kind.closes.id):
            assert text.endswith("."), name
        english = kind.en.split("{")[1:]
        indonesian = kind.id.split("{")[1:]
        assert {p.split("}")[0] for p in english} == {p.split("}")[0] for p in indonesian}, name


def test_the_ledger_as_it_was_known_has_the_evidence_of_then(ledger: Ledger) -> None:
    case = one(ledger, arms("r1", "2024-06-17", "Washington"))
    with ledger.read() as snapshot:
        then = show(snapshot, case.incident.id).versions[-1].at
    add(ledger, *denial("r2", "2024-06-18").pair())
    add(ledger, *withdrawn(denial("r2", "2024-06-18")))
    assert made(ledger)[0].lost
    [before] = made(ledger, then)
    assert (before.lost, before.challenging()) == ((), [])
