"""Mail, PDF, DOCX, tables and WARC: what a file holds, and what is wrong with it."""

from __future__ import annotations

import gzip
import io
import json
import os
import tracemalloc
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from menurut.contract import Edition, Failure, Report
from menurut.reports import Given, read_source
from menurut.reports.columns import FIELDS, map_columns
from menurut.tables import language_table, languages

SENTENCES = "Pemerintah kedua negara sepakat membuka jalur kereta itu lagi pada bulan Juni. "
PARAGRAPH = (
    "<p>Kementerian itu menambahkan bahwa tarif angkutan belum diputuskan, dan bahwa kedua pihak "
    "akan bertemu lagi pada bulan {} untuk membahasnya lebih lanjut bersama para menteri.</p>"
)
ARTICLE = "".join(PARAGRAPH.format(month) for month in ("Juni", "Juli", "Agustus"))
PAGE = (
    f"<html><head><title>Jalur Dibuka</title></head><body><h1>Jalur Dibuka</h1><article>{ARTICLE}"
)
MAIL = b"""From: Kantor Contoh <pers@kantor.example>
To: redaksi@kabar.example
Subject: =?utf-8?q?Pelabuhan_dibuka_=E2=80=93_resmi?=
Date: Wed, 19 Jun 2024 08:12:00 +0700
Message-ID: <1@kantor.example>
Supersedes: <0@kantor.example>
MIME-Version: 1.0
Content-Type: text/plain; charset=iso-8859-1
Content-Transfer-Encoding: 8bit

Pelabuhan itu dibuka di caf\xe9.

Kapal masuk.
"""


def read(path: Path, **given: Any) -> list[Report | Failure]:
    return list(read_source(path, Given(**given)))


def written(tmp_path: Path, name: str, held: bytes) -> Path:
    path = tmp_path / name
    path.write_bytes(held)
    return path


def pdf(*pages: str) -> bytes:
    """A PDF of a line of Helvetica a line of text."""
    streams = []
    for page in pages:
        lines = "".join(f"({line}) Tj T*\n" for line in page.split("\n"))
        streams.append(f"BT /F1 12 Tf 14 TL 72 720 Td\n{lines}ET".encode())
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>".encode(),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    for n, stream in enumerate(streams):
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents {5 + 2 * n} 0 R"
            "/Resources<</Font<</F1 3 0 R>>>>>>".encode()
        )
        objects.append(f"<</Length {len(stream)}>>stream\n".encode() + stream + b"\nendstream")
    out, offsets = b"%PDF-1.4\n", []
    for number, held in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n".encode() + held + b"\nendobj\n"
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    head = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    end = f"trailer<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{len(out)}\n%%EOF"
    return out + (head + end).encode()


def docx(body: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(
            "word/document.xml",
            '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
            'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
            f"<w:body>{body}</w:body></w:document>",
        )
    return out.getvalue()


def record(url: str, payload: bytes, head: str = "Content-Type: text/html", **more: str) -> bytes:
    """A WARC record of an HTTP response."""
    status = more.get("status", "200 OK")
    block = f"HTTP/1.1 {status}\r\n{head}\r\n\r\n".encode() + payload
    return (
        f"WARC/1.0\r\nWARC-Type: {more.get('type', 'response')}\r\nWARC-Target-URI: {url}\r\n"
        f"WARC-Record-ID: <urn:uuid:{url[-1]}>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n"
    ).encode() + (block + b"\r\n\r\n")


def test_a_message_gives_its_words_and_its_headers(tmp_path: Path) -> None:
    [found] = read(written(tmp_path, "a.eml", MAIL))
    assert found == Report(
        id="1@kantor.example",
        text="Pelabuhan dibuka – resmi\n\nPelabuhan itu dibuka di café.\nKapal masuk.",
        title="Pelabuhan dibuka – resmi",
        published_at="2024-06-19T08:12:00+07:00",
        publisher="Kantor Contoh",
        edition=Edition(replaces="0@kantor.example"),
    )


def test_a_message_is_known_by_its_headers_and_lies_about_its_character_set(tmp_path: Path) -> None:
    [found] = read(written(tmp_path, "pesan", MAIL.replace(b"iso-8859-1", b"no-such-set")))
    assert "café" in found.text  # type: ignore[union-attr]


def test_attached_files_are_read_and_their_names_lead_nowhere(tmp_path: Path) -> None:
    from email.message import EmailMessage

    message = EmailMessage()
    message["Subject"] = "Siaran pers"
    message["Message-ID"] = "<2@kantor.example>"
    message.set_content("Terlampir.")
    message.add_attachment(pdf("Pelabuhan dibuka."), "application", "pdf", filename="../../r.pdf")
    message.add_attachment(b"\x89PNG", "image", "png", filename="foto.png")
    body, attached = read(written(tmp_path, "a.eml", bytes(message)))
    assert (body.id, attached.id) == ("2@kantor.example", "a.eml/r.pdf")


def test_the_signature_of_a_message_is_no_part_of_the_report(tmp_path: Path) -> None:
    mail = b"From: desk@kantor.example\nSubject: Kapal\n\nKapal -- dua.\n-- \nRina, redaksi\n"
    [found] = read(written(tmp_path, "s.eml", mail))
    assert found.text == "Kapal\n\nKapal -- dua."


def test_a_mailbox_is_read_message_by_message(tmp_path: Path) -> None:
    first = b"From a@b Wed Jun 19 08:12:00 2024\n" + MAIL + b"\n>From the start.\n\n"
    broken = b"From a@b Wed Jun 19 08:13:00 2024\nSubject:\n\n\n"
    found = read(written(tmp_path, "kotak.mbox", first + broken + first))
    assert [type(item) for item in found] == [Report, Failure, Report]
    assert found[0].text.endswith("\nFrom the start.")  # type: ignore[union-attr]
    assert found[1].id == "kotak.mbox#2"


def test_a_pdf_gives_its_pages_with_broken_words_joined(tmp_path: Path) -> None:
    held = pdf("Pelabuhan itu dibuka kem-\nbali oleh anak-\nanak nelayan.", "Kapal masuk.")
    [found] = read(written(tmp_path, "a.pdf", held))
    assert isinstance(found, Report)
    assert "kembali oleh anak-anak nelayan." in found.text
    assert found.text.endswith("Kapal masuk.")


@pytest.mark.parametrize(
    ("held", "message"),
    [
        (pdf(""), "pictures alone"),
        (b"%PDF-1.4\nrubbish", "the PDF cannot be read"),
        (pdf("Kata.")[:200], "the PDF"),
    ],
)
def test_a_bad_pdf_is_named(held: bytes, message: str, tmp_path: Path) -> None:
    [failure] = read(written(tmp_path, "a.pdf", held))
    assert isinstance(failure, Failure)
    assert message in failure.error


def test_a_docx_gives_its_text_with_changes_taken(tmp_path: Path) -> None:
    body = """<w:p><w:r><w:t>Pelabuhan </w:t></w:r><w:ins><w:r><w:t>itu </w:t></w:r></w:ins>
<w:del><w:r><w:delText>ini </w:delText></w:r></w:del><w:r><w:t>dibuka.</w:t></w:r></w:p>
<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Kapal</w:t><w:tab/><w:t>masuk.</w:t></w:r></w:p></w:tc></w:tr>
</w:tbl><mc:AlternateContent><mc:Choice><w:p><w:r><w:t>Kotak.</w:t></w:r></w:p></mc:Choice>
<mc:Fallback><w:p><w:r><w:t>Kotak.</w:t></w:r></w:p></mc:Fallback></mc:AlternateContent>"""
    [found] = read(written(tmp_path, "a.docx", docx(body)))
    assert found == Report(id="a.docx", text="Pelabuhan itu dibuka.\nKapal masuk.\nKotak.")


def test_a_docx_bomb_is_not_unpacked(tmp_path: Path) -> None:
    [failure] = read(written(tmp_path, "a.docx", docx("<w:p>" + " " * 30_000_000 + "</w:p>")))
    assert isinstance(failure, Failure)
    assert "too large" in failure.error


def test_columns_are_known_by_name_in_either_language(tmp_path: Path) -> None:
    table = "Judul;Isi;Tanggal;Sumber\nJalan Dibuka;Jalan itu dibuka.;19 Juni 2024;Kabar\n"
    [found] = read(written(tmp_path, "a.csv", table.encode()))
    assert found == Report(
        id="a.csv#1",
        text="Jalan itu dibuka.",
        title="Jalan Dibuka",
        published_at="2024-06-19",
        publisher="Kabar",
    )


def test_the_text_of_a_table_stays_as_it_is(tmp_path: Path) -> None:
    [found] = read(written(tmp_path, "a.csv", b'text,title\n"  Satu.\n\n Dua.",Judul\n'))
    assert found == Report(id="a.csv#1", text="  Satu.\n\n Dua.", title="Judul")


def test_columns_can_be_named_and_wrong_ones_are_told(tmp_path: Path) -> None:
    path = written(tmp_path, "a.tsv", b"x\ty\nSatu.\tEXA\n")
    [found] = read(path, columns={"text": "x", "agency": "y"})
    assert found == Report(id="a.tsv#1", text="Satu.", edition=Edition(agency="EXA"))
    [failure] = read(path)
    assert failure == Failure("a.tsv", "no column is known to hold the text; the columns are: x, y")
    [failure] = read(path, columns={"text": "z"})
    assert isinstance(failure, Failure)
    assert "no column 'z'" in failure.error


def test_a_bad_row_fails_alone(tmp_path: Path) -> None:
    rows = [b"id,text,date", b"a,Satu.,2024-06-19", b"b,,", b"c,Tiga.,kapan", b"d,Em,pat,lima"]
    rows += [b"e,di caf\xe9 \x96 \x93lima\x94,", b'f,"Baris\nlagi.",', b"g,Tujuh"]
    found = read(written(tmp_path, "a.csv", b"\n".join(rows)))
    assert [item.id for item in found] == ["a", "b", "c", "a.csv#4", "e", "f", "g"]
    kinds = [Report, Failure, Failure, Failure, Report, Report, Report]
    assert [type(item) for item in found] == kinds
    assert found[4].text == "di café – “lima”"  # type: ignore[union-attr]
    assert found[5].text == "Baris\nlagi."  # type: ignore[union-attr]
    assert "row 3: published_at is no date" in found[2].error  # type: ignore[union-attr]


def test_a_cell_that_never_ends_is_bounded(tmp_path: Path) -> None:
    held = b'id,text\na,Satu.\nb,"' + b"kata\n" * 5_000_000
    found = read(written(tmp_path, "a.csv", held))
    assert isinstance(found[0], Report)
    assert "after row 1" in found[-1].error  # type: ignore[union-attr]


@pytest.mark.parametrize("language", sorted(languages()))
def test_the_tables_of_column_names_hold_fields_and_true_examples(language: str) -> None:
    for row in language_table(language, "columns"):
        assert row["field"] in FIELDS
        mapped = map_columns([row["example"], "text"], Given()).of_field
        assert row["example"] in (
            mapped[row["field"]],
            *([] if row["field"] != "text" else [row["example"]]),
        )


def test_parquet_rows_are_read_some_at_a_time(tmp_path: Path) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    import datetime

    rows = 100
    when = datetime.datetime(2024, 6, 19, tzinfo=datetime.UTC)
    table = pyarrow.table(
        {
            "text": [f"Kalimat {n}." if n != 50 else None for n in range(rows)],
            "id": list(range(rows)),
            "published": [when] * rows,
            "unused": [b"x" * 1000] * rows,
        }
    )
    path = tmp_path / "a.parquet"
    parquet.write_table(table, path)
    found = read(path)
    assert len(found) == rows
    assert found[0] == Report(id="0", text="Kalimat 0.", published_at="2024-06-19T00:00:00+00:00")
    assert isinstance(found[50], Failure)
    [failure] = read(written(tmp_path, "b.parquet", path.read_bytes()[:-200]))
    assert isinstance(failure, Failure)


def test_a_missing_library_is_named_with_its_extra(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "pyarrow", None)
    [failure] = read(written(tmp_path, "a.parquet", b"PAR1"))
    assert failure == Failure("a.parquet", "this format needs more: pip install 'menurut[parquet]'")


@pytest.mark.parametrize("packed", [False, True])
def test_a_warc_gives_pages_and_passes_over_the_rest(packed: bool, tmp_path: Path) -> None:
    zipped = gzip.compress(PAGE.encode())
    chunks = f"{len(zipped):x}\r\n".encode() + zipped + b"\r\n0\r\n\r\n"
    html = "Content-Type: text/html"
    records = [
        record("http://a.example/1", PAGE.encode()),
        record("http://a.example/2", b"GET", type="request"),
        record("http://a.example/3", b"\x89PNG", "Content-Type: image/png"),
        record("http://a.example/4", PAGE.encode(), status="404 Not Found"),
        record("http://a.example/5", zipped, f"{html}\r\nContent-Encoding: gzip"),
        record(
            "http://a.example/6",
            chunks,
            f"{html}\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip",
        ),
        record(
            "http://a.example/7",
            PAGE.replace("Juni", "Ağustos").encode("cp1254"),
            "Content-Type: text/html; charset=windows-1254",
        ),
        record("http://a.example/8", pdf("Kapal masuk."), "Content-Type: application/pdf"),
    ]
    held = b"".join(gzip.compress(r) if packed else r for r in records)
    found = read(written(tmp_path, "a.warc.gz" if packed else "a.warc", held), published_at="2024")
    assert [item.id for item in found] == [f"urn:uuid:{n}" for n in (1, 5, 6, 7, 8)]
    assert all(isinstance(item, Report) for item in found)
    assert found[0].url == "http://a.example/1"  # type: ignore[union-attr]
    assert found[2].text == found[0].text  # type: ignore[union-attr]
    assert "Ağustos" in found[3].text  # type: ignore[union-attr]


def test_a_broken_record_fails_alone(tmp_path: Path) -> None:
    good = record("http://a.example/1", PAGE.encode())
    bomb = gzip.compress(bytes(50_000_000))
    head = "Content-Type: text/html\r\nContent-Encoding: gzip"
    held = [
        good,
        b"rubbish\r\nmore rubbish\r\n",
        good,
        b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: many\r\n\r\n",
        record("http://a.example/2", b"no gzip", head),
        record("http://a.example/3", bomb, head),
        record("http://a.example/4", b"<html></html>"),
        good[:-100],
    ]
    found = read(written(tmp_path, "a.warc", b"".join(held)))
    assert [type(item) for item in found] == [
        Report,
        Failure,
        Report,
        Failure,
        Failure,
        Failure,
        Failure,
        Failure,
    ]
    errors = [item.error for item in found if isinstance(item, Failure)]
    for error, words in zip(
        errors,
        (
            "begin with WARC/",
            "its length",
            "packed content",
            "more than 20 MB",
            "no article",
            "cut",
        ),
        strict=True,
    ):
        assert words in error
    assert "http://a.example/4" in errors[4]


def archives(tmp_path: Path, count: int) -> Iterator[Path]:
    """The same stream of pages and reports in every streaming format, ``count`` members long."""
    line = json.dumps({"id": "x", "text": SENTENCES * 20}).encode() + b"\n"
    with gzip.open(tmp_path / f"{count}.jsonl.gz", "wb", compresslevel=1) as out:
        for _ in range(count):
            out.write(line)
    yield Path(out.name)
    with gzip.open(tmp_path / f"{count}.warc.gz", "wb", compresslevel=1) as out:
        for n in range(count):
            out.write(record(f"http://a.example/{n}", b"x" * 2_000, "Content-Type: image/png"))
    yield Path(out.name)
    path = tmp_path / f"{count}.csv"
    path.write_bytes(b"id,text\n" + (b"x," + SENTENCES.encode() * 20 + b"\n") * count)
    yield path
    path = tmp_path / f"{count}.mbox"
    path.write_bytes((b"From a@b Wed Jun 19 08:12:00 2024\n" + MAIL + b"\n") * count)
    yield path


def peak(items: Iterable[object]) -> int:
    tracemalloc.start()
    for _ in items:
        pass
    size = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return size


def test_memory_stays_flat_however_long_the_stream(tmp_path: Path) -> None:
    for short, long in zip(archives(tmp_path, 50), archives(tmp_path, 1_000), strict=True):
        list(read_source(short))  # whatever is imported and remembered once
        assert peak(read_source(long)) < peak(read_source(short)) + 1_000_000, long.name


def test_the_first_report_comes_before_the_rest_is_read(tmp_path: Path) -> None:
    """What stands further on is taken away meanwhile, and is not found."""
    path = tmp_path / "a.jsonl.gz"
    line = json.dumps({"id": "x", "text": SENTENCES * 20}).encode() + b"\n"
    path.write_bytes(gzip.compress(line * 200) * 200)
    items = read_source(path)
    assert isinstance(next(items), Report)
    os.truncate(path, 0)
    assert 0 < sum(isinstance(item, Report) for item in items) < 20_000
