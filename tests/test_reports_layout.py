"""Furniture apart from body: the tables' examples, whole reports, and texts of any kind."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from menurut.contract import Report
from menurut.reports import Layout, lay_out
from menurut.reports.furniture import furniture_rows
from menurut.reports.paragraphs import BLANKS, RULES
from menurut.tables import language_table, table

LEDE = "Kedua negara sepakat membuka lagi jalur kereta barang di perbatasan itu, kata menteri."
NEXT = "Jalur itu ditutup empat tahun lalu setelah baku tembak di dekat stasiun, menurut polisi."


def laid(text: str, **fields: str) -> list[tuple[str, str]]:
    layout = lay_out(Report(id="r", text=text, **fields))
    return [(block.kind, text[slice(*block.span)]) for block in layout.blocks]


def layout_of(text: str, **fields: str) -> Layout:
    return lay_out(Report(id="r", text=text, **fields))


@pytest.mark.parametrize(
    "row", furniture_rows(), ids=lambda row: f"{row['kind']}-{row['match']}-{row['form']}"
)
def test_every_form_of_the_tables_is_furniture_in_its_example(row: dict[str, str]) -> None:
    blocks = laid(f"Jalur Kereta Dibuka Lagi\n{row['example']}\n\nHANOI - {LEDE}\n\n{NEXT}")
    assert row["kind"] in [kind for kind, _ in blocks]
    assert [words for kind, words in blocks if kind == "body"] == [LEDE, NEXT]


@pytest.mark.parametrize("row", table("world/agencies.tsv"), ids=lambda row: row["name"])
def test_every_agency_is_known_in_its_example(row: dict[str, str]) -> None:
    layout = layout_of(f"Jalur Kereta Dibuka Lagi\n\n{row['example']}\n\n{LEDE}\n\n{NEXT}")
    named = {"agency": layout.agency, "outlet": layout.publisher, "photo": layout.credit}
    if row["kind"] == "photo":
        assert "caption" in [block.kind for block in layout.blocks]
        assert named["photo"] is not None
    else:
        assert named[row["kind"]] == row["name"]
        assert layout.place is not None


@pytest.mark.parametrize("language", ["en", "id"])
def test_an_outlet_in_no_table_is_known_by_a_word_of_its_name(language: str) -> None:
    for row in language_table(language, "outlets"):
        layout = layout_of(f"Jalur Kereta Dibuka Lagi\n\n{row['example']} {NEXT}\n\n{NEXT}")
        assert layout.place == "JAKARTA", row
        assert layout.publisher is not None, row
        assert row["word"] in layout.publisher.lower(), row


@pytest.mark.parametrize(
    ("line", "place", "published"),
    [
        ("KYIV, Oct 14 (Continental Lines) - ", "KYIV", None),
        ("LONDON, 6 June 2025 (Market Lines) — ", "LONDON", "2025-06-06"),
        ("SEOUL, March 27 (Far Peninsula) -- ", "SEOUL", None),
        ("Masohi (KABAR) - ", "Masohi", None),
        ("Bekasi, 9 Juli 2025. ", "Bekasi", "2025-07-09"),
        ("Washington, CNN Nusantara -- ", "Washington", None),
        ("TEMPO KITA, Batam - ", "Batam", None),
    ],
)
def test_datelines_of_outlets_that_no_table_has(
    line: str, place: str, published: str | None
) -> None:
    layout = layout_of(f"Jalur Kereta Dibuka Lagi\n\n{line}{LEDE}\n\n{NEXT}")
    assert (layout.place, layout.published_at) == (place, published)


def test_titles_under_a_mark_that_leads_elsewhere_are_no_story() -> None:
    blocks = laid(
        f"Jalur Kereta Dibuka Lagi\n\nHANOI - {LEDE}\n\nBaca juga:\nSejarah Jalur Kereta\n"
        f"Pria Dihukum karena Mencuri Rel\n\n{NEXT}\n\n(abc/def)\n\nRelated articles:\nMan jailed"
    )
    assert [words for kind, words in blocks if kind == "body"] == [LEDE, NEXT]
    assert ("credit", "abc/def") in blocks


def test_a_page_copied_from_an_outlet_is_taken_apart() -> None:
    title = "Dua Negara Sepakat Buka Jalur Kereta, Tetangga Keberatan"
    text = (
        f"• News\n\n{title}\n\nSari Wulandari | Rabu, 19/06/2024 01:01 WIB\n"
        f"{title} Kereta barang menunggu di stasiun perbatasan, 13 Mei 2024. KCNA via REUTERS\n\n"
        f"HANOI - {LEDE}\n\n{NEXT}\n\nTETANGGA KEBERATAN\n{NEXT}"
    )
    assert laid(text) == [
        ("section", "News"),
        ("headline", title),
        ("byline", "Sari Wulandari"),
        ("published", "Rabu, 19/06/2024 01:01 WIB"),
        ("headline", title),
        ("caption", "Kereta barang menunggu di stasiun perbatasan, 13 Mei 2024."),
        ("credit", "KCNA via REUTERS"),
        ("dateline", "HANOI"),
        ("body", LEDE),
        ("body", NEXT),
        ("subhead", "TETANGGA KEBERATAN"),
        ("body", NEXT),
    ]
    layout = layout_of(text)
    assert layout.headline == title
    assert layout.byline == "Sari Wulandari"
    assert layout.published_at == "2024-06-19T01:01:00+07:00"
    assert layout.place == "HANOI"
    assert layout.credit == "KCNA via REUTERS"
    assert layout.agency is None, "the picture's agency is not the story's"


@pytest.mark.parametrize(
    ("opening", "place", "agency"),
    [
        ("MOSKOW - ", "MOSKOW", None),
        ("JAKARTA, KOMPAS.com – ", "JAKARTA", None),
        ("WASHINGTON (AP) — ", "WASHINGTON", "Associated Press"),
        ("SEOUL, June 18 (Reuters) - ", "SEOUL", "Reuters"),
        ("MOSCOW/SEOUL, June 18 (Reuters) - ", "MOSCOW/SEOUL", "Reuters"),
        ("Jakarta (ANTARA) - ", "Jakarta", "ANTARA"),
        ("TEMPO.CO, Jakarta - ", "Jakarta", None),
        ("BEIRUT, Lebanon (AP) — ", "BEIRUT, Lebanon", "Associated Press"),
        ("MOSCOW, June 18. /TASS/. ", None, None),
        ("FAIRVIEW, W.Va. - ", "FAIRVIEW, W.Va.", None),
        ("Jakarta - ", "Jakarta", None),
    ],
)
def test_datelines_in_the_manner_of_many_outlets(
    opening: str, place: str | None, agency: str | None
) -> None:
    layout = layout_of(f"{opening}{LEDE}\n\n{NEXT}")
    assert (layout.place, layout.agency) == (place, agency)
    if place is not None:
        assert layout.blocks[-2].span[0] == len(opening)


@pytest.mark.parametrize(
    "lede",
    [
        "Ukraine - a country at war - asked for more shells on Monday, officials said.",
        "Vladimir Putin – Presiden Rusia – akan berkunjung pada Selasa, kata Kremlin.",
        "Non-aligned states met on Tuesday to talk about the embargo, officials said.",
        "Pihaknya mengatakan - Senin lalu - bahwa jalur itu masih ditutup untuk umum.",
    ],
)
def test_a_dash_in_a_sentence_is_no_dateline(lede: str) -> None:
    assert laid(f"{lede}\n\n{NEXT}") == [("body", lede), ("body", NEXT)]


def test_plain_paragraphs_are_body_alone() -> None:
    assert laid(f"{LEDE}\n{NEXT}\n{LEDE}") == [("body", LEDE), ("body", NEXT), ("body", LEDE)]


def test_a_long_first_line_is_no_headline() -> None:
    line = " ".join(["Kereta"] + ["barang"] * 29)
    assert laid(f"{line}\n\n{NEXT}")[0] == ("body", line)


def test_a_single_line_is_body() -> None:
    assert laid("Jalur kereta dibuka lagi") == [("body", "Jalur kereta dibuka lagi")]


def test_the_title_of_the_report_makes_a_sentence_a_headline() -> None:
    assert laid(f"Jalur dibuka.\n\n{NEXT}", title="Jalur dibuka.")[0][0] == "headline"
    assert laid(f"Jalur dibuka.\n\n{NEXT}")[0][0] == "body"


def test_a_title_that_is_not_in_the_text_is_the_headline_all_the_same() -> None:
    layout = layout_of(f"{LEDE}\n\n{NEXT}", title="Jalur Kereta Dibuka Lagi")
    assert layout.headline == "Jalur Kereta Dibuka Lagi"
    assert {block.kind for block in layout.blocks} == {"body"}


def test_what_the_report_says_goes_before_what_is_found() -> None:
    layout = layout_of(
        f"Jalur Kereta Dibuka\n\nOleh Sari Wulandari\n19 Juni 2024\n\n{LEDE}",
        byline="Bima",
        published_at="2024-06-20",
        publisher="Kabar",
    )
    assert (layout.byline, layout.published_at, layout.publisher) == ("Bima", "2024-06-20", "Kabar")


def test_hard_wrapped_lines_are_one_paragraph() -> None:
    text = (
        "Kedua negara sepakat membuka lagi jalur kereta barang di\n"
        "perbatasan itu setelah perundingan selama dua hari, kata\n"
        "menteri perhubungan pada Rabu. Tarif belum diputuskan.\n"
        "\n"
        "Jalur itu ditutup empat tahun lalu setelah baku tembak di\n"
        "dekat stasiun, menurut polisi.\n"
    )
    first, second = text.strip().split("\n\n")
    assert laid(text) == [("body", first), ("body", second)]


def test_a_wire_story_set_to_a_width_is_taken_apart() -> None:
    text = (
        "Two states to hold talks on energy as pressure on both of\n"
        "them grows from abroad\n\n"
        "By Jane Brown and Peter Smith\n"
        "June 18, 2024 5:03 PM EDT\n\n"
        "HANOI, June 18 (Reuters) - The two states will hold talks\n"
        "this week on energy and trade, officials in both countries\n"
        "said, as they look for new markets.\n\n"
        "(Reporting by Jane Brown; Editing by Peter Smith)\n"
    )
    assert [kind for kind, _ in laid(text)] == [
        *("headline", "byline", "published", "dateline", "published", "credit", "body", "byline"),
    ]
    layout = layout_of(text)
    assert layout.byline == "Jane Brown and Peter Smith"
    assert layout.agency == "Reuters"
    assert layout.published_at == "2024-06-18T17:03:00-04:00"


def test_short_paragraphs_on_lines_of_their_own_stay_apart() -> None:
    text = "Mereka tiba.\nMereka pergi.\nKami tidak tahu mengapa.\nItu saja."
    assert [words for _, words in laid(text)] == text.split("\n")


def test_a_read_also_line_within_the_body_is_no_body() -> None:
    link = "Baca juga: Tiga Negara Desak Perundingan Dibuka Lagi"
    assert laid(f"{LEDE}\n{link}\n{NEXT}")[1] == ("section", link)


def test_a_sentence_that_names_an_agency_is_no_credit() -> None:
    said = "Jalur itu akan dibuka bulan depan, kata menteri kepada Reuters."
    assert laid(f"{LEDE}\n{said}") == [("body", LEDE), ("body", said)]


def test_a_sign_off_names_the_agency_of_the_story() -> None:
    text = f"{LEDE}\n\n{NEXT} (Antara)"
    assert laid(text)[-2:] == [("body", NEXT), ("credit", "Antara")]
    assert layout_of(text).agency == "ANTARA"


def test_a_short_line_in_a_list_is_no_subhead() -> None:
    text = f"{LEDE}\n\nKereta barang\n\nKereta penumpang\n\n{NEXT}"
    kinds = [kind for kind, _ in laid(text)]
    assert kinds == ["body"] * 4


furniture_line = st.sampled_from([row["example"] for row in furniture_rows()])
dateline = st.sampled_from([row["example"] for row in table("world/agencies.tsv")])
prose = st.sampled_from(
    [LEDE, NEXT, "PUTIN DAN KIM", "- - -", "•", "Jalur Dibuka", "\u200b", "(", ")."]
)
parts = st.lists(st.one_of(furniture_line, dateline, prose, st.text(max_size=120)), max_size=12)
parting = st.sampled_from(["\n", "\n\n", " ", "\r\n", "\u2028"])
anything = st.builds(lambda mark, parts: mark.join(parts), parting, parts)


@given(anything, st.one_of(st.none(), furniture_line, prose))
def test_blocks_never_overlap_and_nothing_but_separators_is_lost(
    text: str, title: str | None
) -> None:
    blocks = lay_out(Report(id="r", text=text, title=title)).blocks
    end = 0
    between = []
    for block in blocks:
        start, stop = block.span
        assert end <= start < stop <= len(text)
        assert text[start:stop].strip(BLANKS) == text[start:stop]
        between.append(text[end:start])
        end = stop
    between.append(text[end:])
    assert not "".join(between).strip(BLANKS + RULES + ",;:.()[]·")
