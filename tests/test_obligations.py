"""The board of measures: deeds of a ledger's incidents, charges, votes, the command."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.analyses import Made, arms, denial, visit

import menurut
from menurut.cli import cli
from menurut.contract import Analysis, Report
from menurut.ledger.adding import add
from menurut.ledger.errors import LedgerError
from menurut.ledger.passing import whole_incidents
from menurut.ledger.store import Ledger
from menurut.obligations import Board, board
from menurut.obligations.regimes import state_of
from menurut.reports import dossier

VETO = (
    "Russia on Thursday vetoed a Security Council resolution that would have renewed the panel of "
    "experts on North Korea. China abstained and the other 13 members voted in favour.\n"
)
MALI = (
    "Russia on Thursday vetoed a resolution that would have renewed the panel of experts on Mali.\n"
)

WEAPONS = {"50 weapons": (50.0, "weapons")}


def listed(made: Board) -> dict[str, set[str]]:
    """The types of the incidents under each measure on which anything bears."""
    return {
        one.measure.id: {made.incidents[m.incident].type for m in one.matches}
        for one in made.listed
        if one.matches
    }


def board_of(folder: Path, *reports: tuple[Report, Analysis], regime: str | None = None) -> Board:
    with Ledger(str(folder / "ledger.db")) as ledger:
        for report, analysis in reports:
            add(ledger, report, analysis)
        with ledger.read() as snapshot:
            return board(snapshot, regime)


def read(id: str, text: str, day: str, language: str = "en") -> tuple[Report, Analysis]:
    report = Report(id=id, text=text, language=language, published_at=day)
    return report, menurut.read(text, id=id, language=language, published_at=day)


def conditions(made: Board, measure: str) -> list[str]:
    [one] = [one for one in made.listed if one.measure.id == measure]
    return [c.matter for m in one.matches for c in m.conditions]


def test_arms_from_north_korea_bear_on_the_bans_and_on_the_charter(tmp_path: Path) -> None:
    made = board_of(tmp_path, arms("r1", "2024-06-17", "Washington", WEAPONS).pair())
    found = listed(made)
    assert {"1718.8b", "1874.9", "charter.25"} <= found.keys()
    assert "1718.8a-i" not in found
    assert not conditions(made, "1874.9")
    assert conditions(made, "2270.6") == ["goods"]


def test_a_visit_bears_on_nothing(tmp_path: Path) -> None:
    assert not listed(board_of(tmp_path, visit("r1", "2024-06-18").pair()))


def test_a_deed_before_the_measures_bears_on_none(tmp_path: Path) -> None:
    assert not listed(board_of(tmp_path, arms("r1", "2006-07-01", "Washington").pair()))


def test_what_is_only_denied_would_bear_as_well(tmp_path: Path) -> None:
    assert "1874.9" in listed(board_of(tmp_path, denial("r1", "2024-06-18").pair()))


def charge(words: str, recipients: tuple[str, ...]) -> Made:
    return Made("r1", "2024-06-18").say(
        words, "ACCUSE", "criticised", ("Washington",), recipients, mode="disapprove"
    )


def test_a_charge_whose_deed_is_no_incident_is_held_against_the_measures(tmp_path: Path) -> None:
    words = "Washington criticised the military cooperation between Russia and North Korea."
    made = board_of(tmp_path, charge(words, ("Russia", "North Korea")).pair())
    assert listed(made)["1874.9"] == {"ACCUSE"}
    assert "direction" in conditions(made, "1874.9")


def test_the_words_of_a_charge_say_which_way_goods_went(tmp_path: Path) -> None:
    words = "Washington criticised that Russia gave missile technology to North Korea."
    made = board_of(tmp_path, charge(words, ("Russia", "North Korea")).pair())
    assert "1718.8a-ii" in listed(made)
    assert "1718.8b" not in listed(made)
    assert not conditions(made, "1718.8a-ii")


def test_a_charge_that_names_nobody_goes_on_with_the_one_before(tmp_path: Path) -> None:
    first = "Washington criticised what Russia gave to North Korea."
    one = charge(first, ("Russia", "North Korea")).say(
        "It also criticised that energy was in it.", "ACCUSE", "criticised", ("Washington",)
    )
    found = listed(board_of(tmp_path, one.pair()))
    assert {"2397.4", "2397.5"} <= found.keys()


def test_a_charge_about_an_incident_is_not_listed_beside_it(tmp_path: Path) -> None:
    told = arms("r1", "2024-06-17", "Washington")
    told.statements.clear()
    accused = Made("r2", "2024-06-18").say(
        "Washington accused North Korea of supplying missiles to Russia.",
        "AID",
        "supplying",
        ("North Korea",),
        ("Russia",),
        by="Washington",
        kind="accuse",
    )
    found = listed(board_of(tmp_path, accused.pair()))
    assert found["1874.9"] == {"AID"}


def test_a_veto_of_the_panel_bears_on_its_mandate_and_has_its_vote(tmp_path: Path) -> None:
    made = board_of(tmp_path, read("r1", VETO, "2024-03-29"))
    assert {"charter.27-3", "1874.26", "2680.1"} == listed(made).keys()
    [one] = [one for one in made.listed if one.measure.id == "2680.1"]
    [vote] = one.matches[0].votes
    assert (vote.body, vote.vetoed_by, vote.ayes.count) == ("IGO:UNSC", ("RUS",), 13)
    assert vote.abstentions.parties == ("CHN",)
    assert vote.renews == "panel of experts on North Korea"


def test_a_veto_of_another_panel_is_a_veto_alone(tmp_path: Path) -> None:
    assert listed(board_of(tmp_path, read("r1", MALI, "2024-03-29"))).keys() == {"charter.27-3"}


def test_a_veto_after_the_mandate_bears_on_it_no_more(tmp_path: Path) -> None:
    made = board_of(tmp_path, read("r1", VETO, "2024-05-10"))
    assert listed(made).keys() == {"charter.27-3"}


def test_what_a_resolution_answers_is_not_held_against_it(tmp_path: Path) -> None:
    text = "North Korea carried out its first nuclear test in 2006.\n"
    made = board_of(tmp_path, read("r1", text, "2007-06-19"), regime="dprk")
    [one] = [one for one in made.listed if one.measure.id == "1718"]
    assert [m.relation for m in one.matches] == ["occasion"]
    assert "1718.2" not in listed(made)


def test_the_second_regime_has_its_gap(tmp_path: Path) -> None:
    text = "Iran delivered drones to Russia on {day}, Washington said.\n"
    for day, held in (
        ("1 August 2015", {"1747.5"}),
        ("1 August 2022", {"2231.B4"}),
        ("1 November 2025", {"1747.5"}),
    ):
        folder = tmp_path / day.replace(" ", "")
        folder.mkdir()
        told = read("r1", text.format(day=day), "2025-12-01")
        found = board_of(folder, told, regime="iran")
        assert listed(found).keys() == held, day


def test_a_pass_over_the_ledger_goes_in_batches(tmp_path: Path) -> None:
    with Ledger(str(tmp_path / "ledger.db")) as ledger:
        for made in (arms("r1", "2024-06-17", "Washington"), visit("r2", "2024-06-18")):
            add(ledger, *made.pair())
        with ledger.read() as snapshot:
            batches = list(whole_incidents(snapshot, batch=1))
    assert [[i.id for i, _accounts in pairs] for pairs in batches] == [["i1"], ["i2"]]
    assert all(accounts for pairs in batches for _incident, accounts in pairs)


def test_a_regime_or_measure_that_is_none_is_named(tmp_path: Path) -> None:
    with Ledger(str(tmp_path / "ledger.db")) as ledger, ledger.read() as snapshot:
        with pytest.raises(LedgerError, match="no regime 'mars'"):
            board(snapshot, "mars")
        with pytest.raises(LedgerError, match=r"no measure '1\.1'"):
            board(snapshot, "dprk", "1.1")


def test_the_board_of_the_sample_dossier(tmp_path: Path) -> None:
    analyses = menurut.read_reports(dossier())
    pairs = [(r, a) for r, a in zip(dossier(), analyses, strict=True) if isinstance(a, Analysis)]
    assert listed(board_of(tmp_path, *pairs)) == {
        "charter.25": {"AID"},
        "charter.27-3": {"REJECT"},
        "1695.4": {"AID", "ASSAULT"},
        "1718.8b": {"AID", "ASSAULT"},
        "1874.9": {"AID", "ASSAULT"},
        "1874.26": {"REJECT"},
        "2270.6": {"AID"},
        "2270.8": {"AID"},
        "2680.1": {"REJECT"},
    }


@pytest.fixture
def where(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "ledger.db"
    monkeypatch.setenv("MENURUT_LEDGER", str(path))
    monkeypatch.setenv("MENURUT_LANG", "en")
    with Ledger(str(path)) as ledger:
        add(ledger, *arms("r1", "2024-06-17", "Washington", WEAPONS).pair())
        add(ledger, *read("r2", VETO, "2024-03-29"))
    return path


def run(*arguments: str, status: int = 0) -> Result:
    result = CliRunner().invoke(cli, ["obligations", *arguments])
    assert result.exit_code == status, result.output
    return result


@pytest.mark.usefixtures("where")
def test_the_page_says_why_and_only_if_what() -> None:
    shown = " ".join(run("--width", "100").output.split())
    for words in (
        "1874.9 All arms out of North Korea",
        "UNSCR 1874 (2009) · paragraph 9 · since 12 June 2009",
        "binds North Korea, all UN members",
        "because: AID, by North Korea, to Russia, arms (“weapons”), undated, told 17 June",
        "only if what is meant is small arms",
        "vote: UN Security Council · 13 for, Russia against, China abstaining · vetoed",
        "would have renewed “panel of experts on North Korea”",
        "article 27(3)",
        "on which nothing bears (--all)",
    ):
        assert words in shown
    assert "violat" not in shown.lower()


@pytest.mark.usefixtures("where")
def test_the_page_in_indonesian(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MENURUT_LANG", "id")
    shown = " ".join(run("--regime", "dprk", "--width", "100").output.split())
    for words in ("Semua senjata keluar dari Korea Utara", "semua anggota PBB", "senjata"):
        assert words in shown


@pytest.mark.usefixtures("where")
def test_json_lines_have_measures_with_their_matches() -> None:
    rows = [json.loads(line) for line in run("--jsonl").stdout.splitlines()]
    by_id = {row["measure"]["id"]: row for row in rows}
    assert by_id["1874.9"]["matches"][0]["incident"] == "i1"
    assert by_id["2680.1"]["matches"][0]["votes"][0]["outcome"] == "vetoed"
    assert len(run("--jsonl", "--all").stdout.splitlines()) > len(rows)


@pytest.mark.usefixtures("where")
def test_one_measure_is_shown_though_nothing_bears_on_it() -> None:
    assert "0 incidents would bear on it" in run("--measure", "2397.5").output


@pytest.mark.usefixtures("where")
def test_the_board_as_of_a_day_before_the_ledger() -> None:
    assert not run("--as-of", "2000-01-01", "--jsonl").stdout


@pytest.mark.usefixtures("where")
def test_a_strange_regime_is_an_error() -> None:
    assert "mars" in run("--regime", "mars", status=1).output


def test_a_veto_that_names_no_country_is_about_those_that_its_report_names(tmp_path: Path) -> None:
    text = (
        "North Korea sent missiles to Russia in January, Washington said.\n\n"
        "Russia on Thursday vetoed the renewal of the panel of experts.\n"
    )
    found = listed(board_of(tmp_path, read("r1", text, "2024-03-29")))
    assert "2680.1" in found
    assert "1973.24" not in found


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("id", "Sebuah rudal balistik yang ditembakkan dari Rusia di Ukraina dibuat di Pyongyang."),
        ("en", "A missile fired from Russia at Ukraine in January was made in North Korea."),
    ],
)
def test_where_a_missile_was_fired_from_is_whose_it_is(
    tmp_path: Path, language: str, text: str
) -> None:
    found = listed(board_of(tmp_path, read("r1", f"{text}\n", "2024-02-01", language)))
    assert found["1718.8b"] == {"ASSAULT"}
    assert found["1874.9"] == {"ASSAULT"}


@pytest.mark.parametrize(
    ("language", "text", "held", "missing"),
    [
        ("en", "China shipped coal to North Korea.", set(), {"2371.8"}),
        ("id", "China mengekspor batu bara ke Korea Utara.", set(), {"2371.8"}),
        ("id", "China membeli batu bara dari Korea Utara.", {"2371.8"}, set()),
        ("en", "North Korea sold crab to China.", {"2371.9"}, {"2397.6"}),
        ("en", "North Korea sent 500 workers to Russia.", {"2397.8"}, set()),
        ("id", "Korea Utara mengirim 500 pekerja ke Rusia.", {"2397.8"}, set()),
        ("id", "Indonesia mengirim 500 pekerja ke Jepang.", set(), {"2397.8"}),
        ("en", "Russian tankers delivered diesel to North Korea.", {"2397.5"}, {"2397.14"}),
        ("en", "Russia supplied diesel to North Korea.", {"2397.5"}, {"2270.31", "2397.4"}),
        ("en", "North Korea sent 10,000 soldiers to Russia.", {"1718.8c"}, {"1874.9"}),
        ("en", "Russia sent rice and wheat to North Korea.", set(), {"2397.7", "2270.8"}),
        ("en", "Turkey shipped drones to Libya.", {"1970.9"}, {"1874.9", "1747.5"}),
    ],
)
def test_the_goods_and_their_way_say_which_measure(
    tmp_path: Path, language: str, text: str, held: set[str], missing: set[str]
) -> None:
    found = listed(board_of(tmp_path, read("r1", f"{text}\n", "2024-02-01", language))).keys()
    assert held <= found
    assert not missing & found


def test_the_ship_that_a_charge_is_about_is_not_what_was_supplied(tmp_path: Path) -> None:
    text = "Jepang menuduh sebuah kapal tanker Korea Utara menerima solar di laut.\n"
    found = listed(board_of(tmp_path, read("r1", text, "2019-03-12", "id")))
    assert "2397.5" in found
    assert "2397.6" not in found


def test_all_who_get_the_goods_are_reasons(tmp_path: Path) -> None:
    text = "North Korea sent workers to China and Laos.\n"
    made = board_of(tmp_path, read("r1", text, "2024-02-01"))
    [one] = [one for one in made.listed if one.measure.id == "2397.8"]
    takers = {r.value for r in one.matches[0].reasons if r.aspect == "recipient"}
    assert {state_of(taker) for taker in takers} == {"CHN", "LAO"}


@pytest.mark.parametrize(
    ("text", "launch", "far"),
    [
        ("North Korea test-fired two short-range ballistic missiles.", True, False),
        ("North Korea fired an intercontinental ballistic missile into the sea.", True, True),
        ("North Korea launched a military spy satellite.", True, True),
        ("North Korea fires several cruise missiles off its west coast.", False, False),
    ],
)
def test_what_was_fired_says_which_launch_it_was(
    tmp_path: Path, text: str, launch: bool, far: bool
) -> None:
    found = listed(board_of(tmp_path, read("r1", f"{text}\n", "2024-02-01"))).keys()
    assert ("1718.2" in found) is launch
    assert ("2397.28" in found) is far
