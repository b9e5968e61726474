"""Measures as data: their form, and the deeds beside each that must and must not bear on it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

import pytest
from tools.measure_tables import MARK, confirmed, with_checks

from menurut.ledger.intervals import Interval
from menurut.ledger.queries import Incident
from menurut.obligations.deeds import Deed, Saying, made_of
from menurut.obligations.matching import Match, matches, through
from menurut.obligations.regimes import Measure, Regime, Stretch, Told, read, regimes, state_of

Case = tuple[Regime, Measure, Told]


def deed(told: Told, day: date, saying: Saying) -> Deed:
    """The deed of an example, as if it were an incident of a ledger."""
    type, _slash, mode = told.event.partition("/")
    accused = told.actors if told.charge else told.recipients
    incident = Incident(
        id="i1",
        type="ACCUSE" if told.charge else type,
        mode=mode or None,
        status="single-source",
        outcome=None,
        actors=("KOR",) if told.charge else told.actors,
        recipients=accused,
        begins=None,
        ends=None,
        last_told=None,
        place=None,
        country=None,
        sources=1,
        reports=1,
        unheard=(),
        series=None,
        about=None,
        words=saying.words,
    )
    when = Interval(day.toordinal(), day.toordinal())
    return made_of(incident, [saying], (when, False), told.charge)


def found(regime: Regime, measure: Measure, told: Told, day: date, saying: Saying) -> list[Match]:
    """What a measure has for a deed of a day."""
    one = deed(told, day, saying)
    own = [m for r in regimes() for m in matches(r, one)]
    own += through(regime, regimes(), own)
    return [m for m in own if m.regime == regime.id and m.measure == measure.id]


def cases(side: str) -> Iterator[Case]:
    for regime in regimes():
        for measure in regime.measures:
            for told in getattr(measure.examples, side):
                yield regime, measure, told


def names(case: object) -> str | None:
    return getattr(case, "id", None) if isinstance(case, (Regime, Measure)) else None


def sayings(told: Told) -> list[Saying]:
    return [Saying(text, language) for language, text in told.words]


def day_of(regime: Regime, measure: Measure, told: Told) -> date:
    return told.on or regime.force_of(measure)[-1].since


@pytest.mark.parametrize(("regime", "measure", "told"), cases("yes"), ids=names)
def test_what_must_bear_on_a_measure_does(regime: Regime, measure: Measure, told: Told) -> None:
    for saying in sayings(told):
        assert found(regime, measure, told, day_of(regime, measure, told), saying), saying


@pytest.mark.parametrize(("regime", "measure", "told"), cases("no"), ids=names)
def test_what_must_not_bear_on_a_measure_does_not(
    regime: Regime, measure: Measure, told: Told
) -> None:
    for saying in sayings(told):
        assert not found(regime, measure, told, day_of(regime, measure, told), saying), saying


@pytest.mark.parametrize(
    ("regime", "measure", "told"),
    [case for case in cases("yes") if case[1].id not in ("1718", "charter.25")],
    ids=names,
)
def test_a_measure_holds_on_its_days_alone(regime: Regime, measure: Measure, told: Told) -> None:
    for saying in sayings(told):
        for stretch in regime.force_of(measure):
            assert found(regime, measure, told, stretch.since, saying)
            assert not found(regime, measure, told, before(stretch), saying)
            if stretch.until is not None:
                assert found(regime, measure, told, stretch.until, saying)
                after = stretch.until + timedelta(days=1)
                assert not found(regime, measure, told, after, saying)


def before(stretch: Stretch) -> date:
    return stretch.since - timedelta(days=1)


def test_every_measure_has_examples_of_both_kinds_and_words_in_both_languages() -> None:
    for regime in regimes():
        for measure in regime.measures:
            assert measure.examples.yes, measure.id
            assert measure.examples.no, measure.id
            for text in (measure.title, measure.duty, measure.exceptions, measure.note):
                assert text is None or (text.en.strip() and text.id.strip()), measure.id


def test_the_dprk_regime_has_the_resolutions_from_1695_to_2397_and_the_panel() -> None:
    [dprk] = [r for r in regimes() if r.id == "dprk"]
    held = {m.instrument for m in dprk.measures}
    sanctions = {"1695", "1718", "1874", "2087", "2094", "2270", "2321", "2356"}
    assert sanctions | {"2371", "2375", "2397", "2680"} <= held
    assert held == {i.id for i in dprk.instruments}
    mandates = [m for m in dprk.measures if m.see == ("1874.26",)]
    ends = [dprk.force_of(m)[0] for m in mandates]
    assert ends[-1].until == date(2024, 4, 30)
    assert all(b.since <= (a.until or date.max) for a, b in pairwise(ends))


PLAIN = """
id = "x"
title = { en = "X", id = "X" }
target = "PRK"
checked = 2025-01-01
[[instruments]]
id = "1"
name = "One"
adopted = 2020-01-01
by = "IGO:UNSC"
url = "https://example.org"
title = { en = "One", id = "Satu" }
[[measures]]
id = "1.1"
instrument = "1"
paragraphs = "1"
title = { en = "T", id = "J" }
duty = { en = "D", id = "K" }
bears = [{ flow = "in", goods = ["coal"] }]
examples = { yes = [{ en = "y", actors = ["RUS"] }], no = [] }
"""


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('"coal"', '"cole"', "no goods 'cole'"),
        ('instrument = "1"', 'instrument = "2"', "no instrument '2'"),
        ('target = "PRK"', 'target = "XXX"', "'XXX' is no country's code"),
        ('["RUS"]', '["RVS"]', "no party 'RVS'"),
        ('id = "1.1"', 'id = "1.1"\nforce = [{ since = 2019-01-01 }]', "before it was adopted"),
        (
            'id = "1.1"',
            'id = "1.1"\nforce = [{ since = 2021-01-01, until = 2020-01-01 }]',
            "out of order",
        ),
        ('id = "1.1"', 'id = "1.1"\nsee = ["9"]', "no measure '9'"),
        (
            'id = "1.1"',
            'id = "1.1"\nchecked = [{ source = "s", confirms = ["duty"] }]',
            "1.1: no source 's'",
        ),
        (
            'id = "1.1"',
            'id = "1.1"\nchecked = [{ source = "t", confirms = ["hearsay"] }]',
            "hearsay",
        ),
        (
            'target = "PRK"',
            'target = "PRK"\nsources = [{ id = "s", title = "S", url = "https://s.org" }]',
            "nothing was checked against the source 's'",
        ),
        ('flow = "in"', 'flow = "sideways"', "sideways"),
        ('en = "D", id = "K"', 'en = "D"', "id"),
        ("checked = 2025-01-01", "checked = soon", "x.toml"),
    ],
)
def test_a_fault_in_a_regime_is_named(old: str, new: str, fault: str) -> None:
    assert read(PLAIN, "x.toml").id == "x"
    with pytest.raises(ValueError, match=r"^x\.toml: ") as raised:
        read(PLAIN.replace(old, new, 1), "x.toml")
    assert fault in str(raised.value)


def test_a_check_that_confirms_nothing_is_named() -> None:
    sourced = PLAIN.replace(
        'target = "PRK"',
        'target = "PRK"\nsources = [{ id = "s", title = "S", url = "https://s.org" }]',
    )
    empty = 'id = "1.1"\nchecked = [{ source = "s", confirms = [] }]'
    assert read(sourced.replace('id = "1.1"', empty.replace("[]", '["dates"]')), "x.toml").sources
    with pytest.raises(ValueError, match="the source 's' confirms nothing"):
        read(sourced.replace('id = "1.1"', empty), "x.toml")


def test_what_was_checked_is_counted_from_the_regimes() -> None:
    table = with_checks(f"before\n{MARK}\nafter").splitlines()
    assert (table[0], table[-1]) == ("before", "after")
    rows = {line.split("|")[1].strip(): line.split("|")[2:-1] for line in table if "|" in line}
    for regime in regimes():
        counts = [int(cell) for cell in rows[regime.title.en]]
        assert counts[0] == len(regime.measures)
        assert counts[-1] == sum(not confirmed(measure) for measure in regime.measures)
        assert counts[0] - counts[-1] >= max(counts[1:-1])
    assert int(rows["all"][0]) == sum(len(r.measures) for r in regimes())


def test_sources_are_public_addresses() -> None:
    for regime in regimes():
        for source in regime.sources:
            assert source.url.startswith(("https://", "http://")), source.id
            assert source.title.strip(), source.id


def test_a_second_of_a_name_is_named() -> None:
    measure = PLAIN[PLAIN.index("[[measures]]") :]
    with pytest.raises(ValueError, match=r"measure '1\.1' is there twice"):
        read(PLAIN + measure, "x.toml")


def test_firms_and_people_count_as_their_state() -> None:
    assert state_of("PRK BUS/korea mining") == "PRK"
    assert state_of("IGO:UNSC") == "IGO:UNSC"
    assert state_of("~somebody") == "~somebody"
