"""Broken places are found, and whole ones left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from menurut.contract import Block, Report
from menurut.reports import find_damage, lay_out
from menurut.tables import table

ROWS = [
    (language, row)
    for language in ("en", "id")
    for row in table(f"languages/{language}/damage.tsv")
]


def damage(text: str, language: str = "id") -> list[tuple[str, str]]:
    """The broken words and what is wrong, for a text whose every line is body."""
    blocks, start = [], 0
    for line in text.split("\n"):
        if line:
            blocks.append(Block("body", (start, start + len(line))))
        start += len(line) + 1
    return [(text[slice(*d.span)], d.what) for d in find_damage(text, blocks, language)]


@pytest.mark.parametrize(("language", "row"), ROWS)
def test_every_word_of_the_tables_is_seen_or_let_pass(language: str, row: dict[str, str]) -> None:
    word = row["form"]
    slip = [(f"{word} {word}", "the same words twice")]
    assert damage(row["example"], language) == (slip if row["kind"] == "doubled" else [])


@pytest.mark.parametrize(
    ("text", "broken", "what"),
    [
        (
            "Mereka bekerja sama di bidang ilmu hayati, di bidang ilmu hayati dan pangan.",
            "di bidang ilmu hayati, di bidang ilmu hayati",
            "the same words twice",
        ),
        (
            "Panel itu menyusun laporan tentang produksi senjata. atas bahan peledak.",
            "atas bahan peledak.",
            "a sentence's tail cut loose",
        ),
        (
            'Kami mencari jalan," kata menteri itu di Hanoi. "Kami menunggu," katanya.',
            '"',
            "a stray quotation mark",
        ),
        (
            "Kami mencari jalan keluar,” kata menteri itu.",
            "”",
            "a closing quotation mark without an opening one",
        ),
        (
            "Dia menyebutnya “langkah maju dan akan datang lagi.\nMenteri lain menolak.",
            "“",
            "a quotation mark never closed",
        ),
        (
            "Menteri itu berkata â€œtidakâ€\x9d kepada mereka.",
            "â€œ",
            "characters from a wrong encoding, or lost",
        ),
        (
            "Perdana Menteri\ufffd menolak usul itu.",
            "\ufffd",
            "characters from a wrong encoding, or lost",
        ),
        (
            "Impor &amp; ekspor naik tahun ini.",
            "&amp;",
            "characters from a wrong encoding, or lost",
        ),
        (
            "Menteri itu menolak.\nDia pergi.\nKedua negara membuka jalur kereta barang di perba",
            "perba",
            "the text is cut off",
        ),
        (
            "Menteri itu menolak.\nDia pergi ke Hanoi untuk [+2310 chars]",
            "[+2310 chars]",
            "the text is cut off",
        ),
    ],
)
def test_broken_places_are_told_in_plain_words(text: str, broken: str, what: str) -> None:
    assert (broken, what) in damage(text)


@pytest.mark.parametrize(
    "text",
    [
        "Negara-negara itu sama sama menolak usul tersebut pada Rabu.",
        "“Kami menunggu.\n“Kami akan menunggu lagi,” katanya.",
        '"Kami menunggu.\n"Kami akan menunggu lagi," katanya.',
        'Dia mengatakan "ya" lalu "tidak" kepada mereka.',
        "The board was 6'2\" long, the crew said.",
        "They shouted no, no, no to us, and no no no again.",
        "We said we would, we would not yield, he told the crew.",
        "Suku bunga naik 10 10 poin menurut tabel.",
        "Kantor di Jl. merdeka itu ditutup, kata PT. kereta barang.",
        "The firm eBay Inc. said so. iPhone sales fell. al-Shabab denied it.",
        "„Wir warten“, sagte er.",
        "Judul tanpa titik\nDia pergi.\nMereka datang.",
        "",
    ],
)
def test_whole_text_gives_no_alarm(text: str) -> None:
    assert damage(text, "en") == []
    assert damage(text, "id") == []


def test_furniture_is_not_looked_at_for_doubled_words() -> None:
    text = "Kereta untuk untuk Siapa\n\nKedua negara sepakat membuka jalur."
    assert find_damage(text, lay_out(Report(id="r", text=text)).blocks, "id") == ()


def test_a_language_without_a_table_is_still_looked_through() -> None:
    assert damage("Le port de de Brest\ufffd.", "fr") == [
        ("\ufffd", "characters from a wrong encoding, or lost")
    ]


@given(st.text(alphabet="ab .,\"“”„'\n\ufffdÃâ€", max_size=200))
def test_damage_lies_in_the_text_and_in_order(text: str) -> None:
    blocks = lay_out(Report(id="r", text=text)).blocks
    spans = [d.span for d in find_damage(text, blocks, "id")]
    assert spans == sorted(spans)
    assert all(0 <= start < end <= len(text) for start, end in spans)
