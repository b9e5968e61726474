"""Files to reports: encodings, formats, and bad input told in plain words."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from menurut.contract import Failure, Report
from menurut.reports import (
    Given,
    ReportError,
    detect_language,
    find_damage,
    lay_out,
    read_bytes,
    read_source,
    samples,
)
from menurut.reports.decode import LARGEST

FILES = Path(__file__).parent / "files"
TEXT = "Jalur “Kereta” Dibuka – café\n\nKedua negara sepakat."


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (TEXT.encode(), TEXT),
        (TEXT.encode("utf-8-sig"), TEXT),
        (b"\xff\xfe" + TEXT.encode("utf-16-le"), TEXT),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), TEXT),
        ((TEXT * 3).encode("cp1252"), TEXT * 3),
    ],
)
def test_the_encoding_is_found_out(data: bytes, text: str) -> None:
    assert read_bytes(data, "a.txt") == Report(id="a.txt", text=text)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("empty.txt", "the file is empty"),
        ("blank.txt", "nothing but blanks"),
        ("binary.txt", "the file is binary"),
        ("cyrillic-1251.txt", "not UTF-8 (byte 0)"),
        ("cut-utf16.txt", "begins like UTF-16 but is broken"),
        ("not-really.txt", "the PDF cannot be read"),
        ("menu.html", "the page holds no article"),
        ("no-such-file.txt", "there is no such file"),
    ],
)
def test_bad_files_give_a_failure_that_says_what_and_where(name: str, message: str) -> None:
    [failure] = read_source(FILES / name)
    assert isinstance(failure, Failure)
    assert failure.id == name
    assert message in failure.error


def test_a_name_that_no_file_can_have_is_a_failure() -> None:
    [failure] = read_source("a\0b")
    assert isinstance(failure, Failure)


def test_a_file_that_may_not_be_that_large_is_not_held(tmp_path: Path) -> None:
    path = tmp_path / "large.html"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    [failure] = read_source(path)
    assert failure == Failure("large.html", "the file is too large: the most is 20 MB")


def test_the_limit_holds_for_bytes_too() -> None:
    with pytest.raises(ReportError, match="too large"):
        read_bytes(b"a" * (LARGEST + 1), "a.txt")


def test_what_is_given_is_kept_and_checked(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Jalur kereta dibuka.")
    [report] = read_source(path, Given(language="id", published_at="2024-06-19"))
    assert report == Report(
        id="a.txt", text="Jalur kereta dibuka.", language="id", published_at="2024-06-19"
    )
    with pytest.raises(ReportError, match="ISO 8601"):
        read_bytes(b"Jalur kereta dibuka.", "a.txt", published_at="kemarin")


def test_html_is_known_by_its_content_whatever_its_name() -> None:
    page = (FILES / "berita.html").read_bytes()
    assert read_bytes(page, "page.txt", suffix=".txt").byline == "Sari Wulandari"


@given(st.binary(max_size=2000), st.sampled_from([".txt", ".html"]))
def test_any_bytes_give_a_report_or_a_report_error(data: bytes, suffix: str) -> None:
    with suppress(ReportError):
        report = read_bytes(data, "x", suffix=suffix)
        assert report.text.strip()
        lay_out(report)


def test_the_samples_are_undamaged_and_have_all_their_furniture() -> None:
    reports = samples()
    assert len(reports) >= 2
    for report in reports:
        language = report.id.split(".")[-2]
        layout = lay_out(report)
        kinds = {block.kind for block in layout.blocks}
        assert detect_language(report.text) == language
        assert {"headline", "byline", "published", "caption", "credit", "dateline"} <= kinds
        assert {"subhead", "body"} <= kinds
        assert layout.published_at is not None
        assert find_damage(report.text, layout.blocks, language) == ()
