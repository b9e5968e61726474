"""What reports teach of people, and how a later bare name is resolved by it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from menurut.cli import cli
from menurut.contract import Actor, Analysis, Fact, Failure, Report, Source, Statement
from menurut.desk.notebook import append, read_facts, shown
from menurut.engines.local import BATCH_REPORTS, read_reports
from menurut.record.actors.knowledge import Knowledge, taught
from menurut.world import name_words


def fact(person: str, role: str, code: str, at: str | None, report: str = "r", **more: str) -> Fact:
    tellers = (more["by"],) if "by" in more else ()
    return Fact(
        person=person, role=role, code=code, at=at, report=report, language="en", told_by=tellers
    )


def recall(facts: Sequence[Fact], name: str, at: str | None = None) -> tuple[str | None, str]:
    when = datetime.fromisoformat(at).replace(tzinfo=UTC) if at else None
    found = Knowledge(facts).recall(name_words(name), when)
    assert found is not None
    return found.code, found.basis


ENVOY = fact("Dana Hill", "deputy foreign minister", "NZL GOV", "2024-06-10", "r1")
BANKER = fact("Dana Hill", "chief executive", "NZL BUS", "2025-02-01", "r2")


# --- recalling -----------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["Hill", "Dana", "Dana Hill", "Dana M. Hill", "DÁNA HILL"])
def test_full_and_short_names_are_recalled(name: str) -> None:
    assert recall([ENVOY], name)[0] == "NZL GOV"


@pytest.mark.parametrize("name", ["Hillman", "Rosa Hill", "M.", "Il"])
def test_other_names_are_not(name: str) -> None:
    assert Knowledge([ENVOY]).recall(name_words(name)) is None


def test_newest_fact_counts_and_the_others_are_named() -> None:
    code, basis = recall([BANKER, ENVOY], "Hill")
    assert code == "NZL BUS"
    assert basis == (
        "known: Dana Hill, chief executive = NZL BUS (2025-02-01, report r2); "
        "also deputy foreign minister = NZL GOV (2024-06-10, report r1)"
    )


def test_what_was_told_before_the_report_goes_before_what_was_told_after() -> None:
    assert recall([BANKER, ENVOY], "Hill", "2024-12-01")[0] == "NZL GOV"
    assert recall([BANKER, ENVOY], "Hill", "2025-12-01")[0] == "NZL BUS"
    assert recall([BANKER, ENVOY], "Hill", "2020-01-01")[0] == "NZL GOV"


def test_facts_without_a_date_are_the_oldest() -> None:
    undated = fact("Dana Hill", "mayor", "NZL GOV", None)
    assert recall([undated, BANKER], "Hill")[0] == "NZL BUS"


def test_of_two_people_of_one_name_nobody_is_guessed() -> None:
    other = fact("Rosa Hill", "judge", "CAN JUD", "2024-01-01")
    code, basis = recall([ENVOY, other], "Hill")
    assert code is None
    assert basis == "known: 2 people of this name: Dana Hill = NZL GOV; Rosa Hill = CAN JUD"
    assert recall([ENVOY, other], "Rosa Hill")[0] == "CAN JUD"


def test_longer_and_shorter_full_names_are_one_person() -> None:
    longer = fact("Dana Mary Hill", "ambassador", "NZL GOV", "2025-06-01")
    assert recall([ENVOY, longer], "Hill")[1].startswith("known: Dana Mary Hill, ambassador")


def test_teller_is_named() -> None:
    told = fact("Dana Hill", "spy", "NZL SPY", "2024-01-01", by="Ivo Paz")
    assert "told by Ivo Paz" in recall([told], "Hill")[1]


def test_same_telling_counts_once() -> None:
    known = Knowledge()
    assert [known.add(ENVOY), known.add(ENVOY), known.add(BANKER)] == [True, False, True]
    assert len(known) == 2


FACTS = st.lists(
    st.builds(
        fact,
        st.sampled_from(["Dana Hill", "Dana Mary Hill", "Rosa Hill", "Kim Jong Un"]),
        st.sampled_from(["minister", "judge"]),
        st.sampled_from(["NZL GOV", "CAN JUD"]),
        st.sampled_from([None, "2024-01-01", "2024-06-19T01:01:00+07:00", "2025-01-01"]),
        st.sampled_from(["r1", "r2"]),
    ),
    max_size=8,
)


@given(FACTS, st.sampled_from(["Hill", "Kim", "Dana Hill", "Hill Dana", "Mary"]))
def test_what_is_recalled_was_told(facts: list[Fact], name: str) -> None:
    found = Knowledge(facts).recall(name_words(name), datetime(2024, 7, 1, tzinfo=UTC))
    if found is not None and found.code is not None:
        assert found.code in {f.code for f in facts if f.person == found.name}


# --- learning ------------------------------------------------------------------------------


def analysis(*actors: Actor, statements: tuple[Statement, ...] = ()) -> Analysis:
    return Analysis(
        id="r", language="en", published_at="2024-06-19", actors=actors, statements=statements
    )


def person(**fields: object) -> Actor:
    known = {
        "id": "a1",
        "name": "Dana Hill",
        "code": "NZL GOV",
        "kind": "person",
        "role": "minister",
        "role_spans": ((10, 18),),
        "mentions": ((19, 28), (40, 44)),
    }
    return Actor(**{**known, **fields})  # type: ignore[arg-type]


def test_title_beside_a_name_is_taught_with_its_words() -> None:
    (told,) = taught(analysis(person()))
    assert (told.person, told.role, told.code, told.at) == (
        "Dana Hill",
        "minister",
        "NZL GOV",
        "2024-06-19",
    )
    assert told.spans == ((10, 18), (19, 28))
    assert told.told_by == ()


@pytest.mark.parametrize(
    "fields",
    [
        {"code": None},
        {"role": None},
        {"kind": "group"},
        {"role_spans": ()},
        {"mentions": ((40, 44),)},
        {"role_spans": ((19, 28),), "mentions": ((19, 28),)},
    ],
    ids=["no code", "no role", "no person", "no words", "no full name", "no name but a title"],
)
def test_nothing_else_is_taught(fields: dict[str, object]) -> None:
    assert list(taught(analysis(person(**fields)))) == []


def test_source_of_the_innermost_statement_tells() -> None:
    def statement(name: str, source: str, content: tuple[int, int]) -> Statement:
        return Statement(
            id=name,
            source=Source(actors=(source,)),
            cue=(),
            content=(content,),
            kind="say",
            quote="indirect",
        )

    others = [
        Actor(id=i, name=n, kind="person", mentions=()) for i, n in (("a2", "Ivo"), ("a3", "Ana"))
    ]
    (told,) = taught(
        analysis(
            person(),
            *others,
            statements=(statement("s1", "a2", (0, 60)), statement("s2", "a3", (5, 50))),
        )
    )
    assert told.told_by == ("Ana",)


# --- in a stream ---------------------------------------------------------------------------

TAUGHT = (
    "New Zealand's Deputy Foreign Minister Dana Hill said on Monday that the talks would go on."
)
BARE = "Hill said on Friday that the accord was near."


def stream(*texts: str) -> list[Report]:
    return [
        Report(id=f"r{n}", text=text, language="en", published_at=f"2024-06-{n + 1:02}")
        for n, text in enumerate(texts)
    ]


def hill(found: Analysis | Failure) -> Actor:
    assert isinstance(found, Analysis)
    (actor,) = (a for a in found.actors if "Hill" in a.name)
    return actor


def test_bare_name_is_resolved_by_an_earlier_report() -> None:
    first, second = read_reports(stream(TAUGHT, BARE), knowledge=Knowledge(), learning=True)
    assert hill(first).code == "NZL GOV"
    known = hill(second)
    assert (known.name, known.code, known.role) == (
        "Dana Hill",
        "NZL GOV",
        "New Zealand's Deputy Foreign Minister",
    )
    assert known.role_spans == ()
    assert known.basis is not None
    assert known.basis.startswith("known: Dana Hill")


def test_without_learning_a_bare_name_stays_bare() -> None:
    _, second = read_reports(stream(TAUGHT, BARE), knowledge=Knowledge())
    assert (hill(second).name, hill(second).code) == ("Hill", None)


def test_what_the_report_itself_says_goes_before() -> None:
    known = Knowledge([fact("Dana Hill", "judge", "CAN JUD", "2024-01-01")])
    (found,) = read_reports(stream(TAUGHT), knowledge=known)
    assert hill(found).code == "NZL GOV"


def test_title_that_does_not_fit_keeps_a_bare_name_from_the_known_one() -> None:
    known = Knowledge([fact("Dana Hill", "judge", "CAN JUD", "2024-01-01")])
    (found,) = read_reports(stream("Professor Hill said the sea was rising."), knowledge=known)
    assert hill(found).code != "CAN JUD"


def test_order_in_the_stream_counts_and_batches_do_not() -> None:
    filler = "The bridge was closed on Tuesday because of the wind."
    for gap in (0, BATCH_REPORTS - 2, 3 * BATCH_REPORTS):
        reports = stream(BARE, TAUGHT, *[filler] * min(gap, 25), BARE)
        found = list(read_reports(reports, knowledge=Knowledge(), learning=True))
        assert hill(found[0]).code is None
        assert hill(found[-1]).code == "NZL GOV"


# --- in files ------------------------------------------------------------------------------


def menurut(*arguments: str | Path, stdin: str = "") -> Result:
    return CliRunner().invoke(cli, [str(a) for a in arguments], input=stdin)


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MENURUT_LANG", "en")


def lines(*texts: str) -> str:
    return "".join(
        json.dumps({"id": r.id, "text": r.text, "language": "en", "published_at": r.published_at})
        + "\n"
        for r in stream(*texts)
    )


def names(result: Result) -> list[list[str | None]]:
    return [
        [a.get("code") for a in json.loads(line)["actors"] if "Hill" in a["name"]]
        for line in result.stdout.splitlines()
    ]


def test_learning_writes_a_file_that_later_readings_know(tmp_path: Path) -> None:
    book = tmp_path / "people.jsonl"
    first = menurut("read", "--jsonl", "--learn", book, stdin=lines(TAUGHT, BARE))
    assert (first.exit_code, names(first)) == (0, [["NZL GOV"], [None]])
    second = menurut("read", "--jsonl", "--know", book, stdin=lines(BARE))
    assert names(second) == [["NZL GOV"]]
    both = menurut("read", "--jsonl", "--know", book, "--learn", book, stdin=lines(TAUGHT, BARE))
    assert names(both) == [["NZL GOV"], ["NZL GOV"]]
    assert len(book.read_text("utf-8").splitlines()) == 1


def test_bad_lines_are_named_and_the_rest_is_known(tmp_path: Path) -> None:
    book = tmp_path / "people.jsonl"
    append(book, [ENVOY])
    bad = [
        '{"person": 1}',
        "no",
        '{"person":" ","role":"r","code":"NZL","report":"r","language":"en"}',
    ]
    wrong = '{"person":"A B","role":"r","code":"\\u001b[31m","report":"r","language":"en"}'
    with book.open("a", encoding="utf-8") as stream_:
        stream_.write("\n".join([*bad, wrong]))
    result = menurut("read", "--jsonl", "--know", book, stdin=lines(BARE))
    assert result.exit_code == 1
    assert names(result) == [["NZL GOV"]]
    complaints = result.stderr.splitlines()
    assert [c.split(": ")[2] for c in complaints] == ["line 2", "line 3", "line 4", "line 5"]
    assert "\x1b" not in result.stderr


def test_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    result = menurut("read", "--jsonl", "--know", tmp_path / "none", stdin=lines(BARE))
    assert result.exit_code == 1
    assert "there is no such file" in result.stderr
    assert menurut("know", tmp_path / "none").exit_code == 1


def test_file_that_cannot_be_written_ends_the_run_before_it_starts(tmp_path: Path) -> None:
    result = menurut("read", "--jsonl", "--learn", tmp_path / "no" / "where", stdin=lines(BARE))
    assert result.exit_code != 0
    assert result.stdout == ""


def test_line_that_was_cut_off_is_ended_before_more_is_added(tmp_path: Path) -> None:
    book = tmp_path / "people.jsonl"
    book.write_text('{"person": "Da', "utf-8")
    append(book, [ENVOY])
    with book.open("rb") as stream_:
        assert [isinstance(item, Fact) for item in read_facts(stream_)] == [False, True]


def test_what_is_known_is_shown_office_by_office(tmp_path: Path) -> None:
    later = fact(
        "Dana Hill", "deputy foreign minister", "NZL GOV", "2024-08-01", "r9", by="Ivo Paz"
    )
    assert list(shown([BANKER, ENVOY, later], "hill")) == [
        "Dana Hill",
        "  chief executive [NZL BUS] · 2025-02-01 · told by the report itself (r2)",
        "  deputy foreign minister [NZL GOV] · 2024-06-10 – 2024-08-01 · "
        "told by Ivo Paz, the report itself (r1, r9)",
    ]
    assert list(shown([BANKER], "nobody")) == []
    book = tmp_path / "people.jsonl"
    append(book, [fact("Eve\x1b[2J Roe", "judge", "CAN JUD", None)])
    result = menurut("know", book)
    assert result.stdout.splitlines()[0] == "Eve Roe"
    assert "undated" in result.stdout
