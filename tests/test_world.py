"""The tables of the world and of its names must agree with each other."""

from __future__ import annotations

import re
from importlib import import_module
from types import ModuleType

import pytest

from menurut.tables import data_file, languages, table
from menurut.world import bodies, countries, groups, leaders, name_words, seats, sectors, settings

LANGUAGES = sorted(
    name for name in languages() if data_file(f"languages/{name}/countries.tsv").is_file()
)
NO_COUNTRY = {"IGO", "NGO", "IMG", "ISM", "MNC", "GRP"}


def is_code(code: str) -> bool:
    kind, colon, name = code.partition(":")
    if colon:
        return kind in NO_COUNTRY and bool(re.fullmatch(r"[A-Z0-9-]+|\{\}-[A-Z]+", name))
    country, _, sector = code.partition(" ")
    return country in countries() and sector in sectors()


def cells(row: dict[str, str], *columns: str) -> list[str]:
    return [form for column in columns for form in row[column].split("|") if form]


def test_there_is_a_country_for_every_seat_at_the_table() -> None:
    assert len(countries()) >= 195
    assert all(re.fullmatch("[A-Z]{3}", code) for code in countries())
    assert len({c.alpha2 for c in countries().values()}) == len(countries())


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_names_every_country(language: str) -> None:
    rows = table(f"languages/{language}/countries.tsv")
    assert {row["code"] for row in rows} == set(countries())
    assert all(row["names"] for row in rows)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_form_means_two_countries(language: str) -> None:
    found: dict[str, str] = {}
    for row in table(f"languages/{language}/countries.tsv"):
        for form in cells(row, "names", "adjectives", "capitals"):
            assert found.setdefault(form, row["code"]) == row["code"], form


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("name", "known"), [("seat", seats()), ("body", bodies()), ("group", groups())]
)
def test_a_language_names_only_what_the_world_has(
    language: str, name: str, known: dict[str, object]
) -> None:
    plural = {"seat": "seats", "body": "bodies", "group": "groups"}[name]
    rows = table(f"languages/{language}/{plural}.tsv")
    assert {row[name] for row in rows} <= set(known)
    assert all(row["forms"] for row in rows)


def test_everything_in_the_world_has_a_name_in_some_language() -> None:
    named = {row["body"] for name in LANGUAGES for row in table(f"languages/{name}/bodies.tsv")}
    assert set(bodies()) - named == set()


@pytest.mark.parametrize(
    "code",
    sorted(
        {body.code for body in bodies().values()}
        | set(seats().values())
        | set(groups().values())
        | {leader.code for leader in leaders().values()}
    ),
)
def test_codes_are_a_country_and_a_sector_or_a_kind_and_a_name(code: str) -> None:
    assert is_code(code)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["titles", "institutions", "people"])
def test_nouns_carry_known_sectors(language: str, name: str) -> None:
    for row in table(f"languages/{language}/{name}.tsv"):
        kind, _, group = row["sector"].partition(":")
        assert kind in {"", "=", *sectors()}, row["forms"]
        assert not group or group in groups()


def test_every_sector_says_where_its_people_come_from() -> None:
    assert set(settings().values()) == {"", "place", "report"}
    assert settings().keys() == sectors().keys()


def test_leaders_have_a_year_and_can_be_found_by_any_spelling_of_their_name() -> None:
    assert all(re.fullmatch(r"\d{4}", leader.since) for leader in leaders().values())
    assert leaders()[name_words("Kim Jong-un")].code == "PRK GOV"
    assert leaders()[name_words("KIM JONG UN")].code == "PRK GOV"
    assert leaders()[name_words("Erdoğan")].code == "TUR GOV"


def test_name_words_drop_case_accents_and_hyphens() -> None:
    assert name_words("Kim Hong-kyun") == ("kim", "hong", "kyun")
    assert name_words("Nicolás MADURO") == ("nicolas", "maduro")
    assert name_words("George W. Bush") == ("george", "w", "bush")


@pytest.fixture(scope="module")
def country_names() -> ModuleType:
    """The tool that compares the tables with CLDR, by Babel."""
    pytest.importorskip("babel")
    return import_module("tools.country_names")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_knows_the_names_that_cldr_gives_the_countries(
    language: str, country_names: ModuleType
) -> None:
    assert country_names.lacking(language) == {}


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Hong Kong SAR China", "Hong Kong"),
        ("Myanmar (Burma)", "Myanmar"),
        ("Congo - Kinshasa", "Congo-Kinshasa"),
    ],
)
def test_names_of_cldr_are_those_that_a_report_writes(
    name: str, written: str, country_names: ModuleType
) -> None:
    assert country_names.plain(name) == written
