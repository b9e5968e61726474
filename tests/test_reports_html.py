"""Saved pages: the article and its metadata, adverts and scripts out, hostile pages bounded."""

from __future__ import annotations

import time
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from menurut.reports import ReportError, lay_out, read_html

PAGE = (Path(__file__).parent / "files" / "berita.html").read_text("utf-8")
PARAGRAPH = (
    "<p>Kementerian itu menambahkan bahwa tarif angkutan belum diputuskan, dan bahwa kedua pihak "
    "akan bertemu lagi pada bulan {} untuk membahasnya lebih lanjut bersama para menteri.</p>"
)
ARTICLE = "".join(PARAGRAPH.format(month) for month in ("Juni", "Juli", "Agustus"))


def test_a_page_gives_its_article_and_what_it_says_of_it() -> None:
    report = read_html(PAGE.encode(), id="p")
    assert report.title == "Dua Negara Sepakat Membuka Lagi Jalur Kereta"
    assert report.text.startswith(report.title + "\n\nHANOI - Pemerintah kedua negara sepakat")
    assert report.published_at == "2024-06-19T08:12:00+07:00"
    assert report.byline == "Sari Wulandari"
    assert report.publisher == "Kabar Contoh"
    assert report.url == "https://kabar.example/2024/06/19/jalur-kereta"
    assert lay_out(report).headline == report.title


@pytest.mark.parametrize(
    "unwanted", ["JANGAN DIBACA", "ADVERTISEMENT", "Baca juga", "Hak cipta", "{"]
)
def test_scripts_adverts_and_links_are_left_out(unwanted: str) -> None:
    assert unwanted in PAGE
    assert unwanted not in read_html(PAGE.encode(), id="p").text


@pytest.mark.parametrize(
    ("head", "stamp"),
    [
        (
            '<meta property="article:published_time" content="2024-06-19T08:12+07:00">',
            "2024-06-19T08:12+07:00",
        ),
        ('<meta name="pubdate" content="Rabu, 19/06/2024 08:12 WIB">', "2024-06-19T08:12:00+07:00"),
        (
            '<script type="application/ld+json">[{"datePublished": "2024-06-19T08:12Z"}]</script>',
            "2024-06-19T08:12Z",
        ),
        (
            '<script type="application/ld+json">{broken</script>'
            '<meta name="date" content="2024-06-19">',
            "2024-06-19",
        ),
    ],
)
def test_the_stamp_comes_from_the_metadata(head: str, stamp: str) -> None:
    page = f"<html><head>{head}</head><body><article>{ARTICLE}</article></body></html>"
    assert read_html(page.encode(), id="p").published_at == stamp


def test_what_is_given_goes_before_what_the_page_says() -> None:
    report = read_html(PAGE.encode(), id="p", url="https://a.example/", published_at="2024-06-20")
    assert (report.url, report.published_at) == ("https://a.example/", "2024-06-20")


def test_the_declared_character_set_is_used() -> None:
    cyrillic = "<p>" + "Правительство заявило, что переговоры начнутся завтра утром. " * 6 + "</p>"
    page = f'<html><head><meta charset="windows-1251"></head><body><article>{cyrillic}{cyrillic}'
    assert "Правительство заявило" in read_html(page.encode("cp1251"), id="p").text


def test_a_declared_codec_that_is_no_character_set_is_not_used() -> None:
    page = f'<html><head><meta charset="punycode"></head><body><article>{ARTICLE}\xe9'
    assert "tarif angkutan" in read_html(page.encode("latin-1"), id="p").text


@pytest.mark.parametrize(
    ("page", "message"),
    [
        ("<html><body>" + "<div>" * 100_000 + "x", "nested more than"),
        ("<html><body>" + "<p>a" * 50_000, "more than 30000 elements"),
        ("<html><body><p " + " ".join(f"a{n}" for n in range(100_000)) + ">", "attributes"),
        ("<html><body><script>" + "a<b " * 500_000, "no article"),
        ("<html></html>", "no article"),
        ("<!-- -->", "no article|cannot be parsed"),
    ],
)
def test_hostile_and_hollow_pages_are_refused_soon(page: str, message: str) -> None:
    before = time.process_time()
    with pytest.raises(ReportError, match=message):
        read_html(page.encode(), id="p")
    assert time.process_time() - before < 10


def test_no_file_is_read_for_an_entity(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("SANDI RAHASIA")
    page = (
        f'<!DOCTYPE html [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
        f"<html><body><article><p>&x;</p>{ARTICLE}</article></body></html>"
    )
    assert "SANDI" not in read_html(page.encode(), id="p").text


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.sampled_from(
                ["<p>", "</p>", "<div", ">", "<!--", "<article>", '"', "&#0;", "<table>", ARTICLE]
            ),
            st.text(max_size=20),
        ),
        max_size=30,
    )
)
def test_any_markup_gives_a_report_or_a_report_error(parts: list[str]) -> None:
    data = "".join(parts).encode("utf-8", "ignore")
    with suppress(ReportError):
        assert read_html(data, id="p").text.strip()
