"""The command line: what goes in, what comes out, and the exit status."""

from __future__ import annotations

import json
import os
import pty
import re
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner, Result

import menurut
from menurut.cli import FORMATS as FORMAT_NAMES
from menurut.cli import cli, main
from menurut.contract import Analysis, Failure, Report
from menurut.reports import FORMATS

PATIENCE = 600
"""Seconds after which a process hangs."""
PROGRAM = "import sys; from menurut.cli import main; sys.exit(main())"


def fake_read(reports: Iterable[Report | Failure], **_: object) -> Iterator[Analysis | Failure]:
    """Stands for the reader: a report that says ``broken`` cannot be read."""
    for report in reports:
        if isinstance(report, Failure):
            yield report
        elif "broken" in report.text:
            yield Failure(report.id, "no words in it")
        else:
            yield Analysis(
                id=report.id,
                language=report.language or "en",
                published_at=report.published_at,
                title=report.text.split("\n")[0],
            )


@pytest.fixture(autouse=True)
def _environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(vars(menurut), "read_reports", fake_read)
    monkeypatch.setenv("MENURUT_LANG", "en")


def run(*arguments: str | Path, stdin: str | bytes = "") -> Result:
    return CliRunner().invoke(cli, [str(a) for a in arguments], input=stdin)


def objects(result: Result) -> list[dict[str, object]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.fixture
def report_file(tmp_path: Path) -> Path:
    path = tmp_path / "harbour.txt"
    path.write_text("Harbour talks stall\n\nThe union said so.\n", "utf-8")
    return path


def line(id: str, text: str = "Some words.", **more: str) -> str:
    return json.dumps({"id": id, "text": text, **more})


def test_a_file_is_shown_as_a_page(report_file: Path) -> None:
    result = run("read", report_file)
    assert result.exit_code == 0
    assert "Harbour talks stall" in result.stdout
    assert "WHO SAYS WHAT" in result.stdout
    assert result.stderr == ""


def test_several_files_are_shown_in_the_order_given(tmp_path: Path) -> None:
    names = [tmp_path / f"{name}.txt" for name in ("b", "c", "a")]
    for path in names:
        path.write_text(f"Headline {path.stem}\n\nText.\n", "utf-8")
    assert re.findall(r"^Headline (\w)$", run("read", *names).stdout, re.M) == ["b", "c", "a"]


def test_a_bad_file_is_named_and_the_others_are_read(report_file: Path, tmp_path: Path) -> None:
    missing = tmp_path / "missing.txt"
    result = run("read", missing, report_file)
    assert result.exit_code == 1
    assert result.stderr == f"menurut: {missing}: there is no such file\n"
    assert "Harbour talks stall" in result.stdout


def test_a_report_that_the_reader_refuses_is_named(tmp_path: Path) -> None:
    path = tmp_path / "odd.txt"
    path.write_text("broken", "utf-8")
    result = run("read", path)
    assert result.exit_code == 1
    assert result.stderr == f"menurut: {path}: no words in it\n"


@pytest.mark.parametrize(
    ("name", "held", "reason"),
    [
        ("empty.txt", b"", "berkas ini kosong"),
        ("empty.html", b"", "berkas ini kosong"),
        ("blank.txt", b"  \n", "berkas ini hanya berisi spasi"),
        ("binary.txt", b"\x01\x02\x03 words", "berkas ini biner: penuh karakter kendali"),
    ],
)
def test_what_is_wrong_with_a_file_is_said_in_the_interface_language(
    name: str, held: bytes, reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MENURUT_LANG", "id")
    path = tmp_path / name
    path.write_bytes(held)
    assert run("read", path).stderr == f"menurut: {path}: {reason}\n"


def test_a_directory_without_reports_is_named(tmp_path: Path) -> None:
    result = run("read", tmp_path)
    assert result.exit_code == 1
    assert result.stderr == f"menurut: {tmp_path}: there are no reports in this directory\n"


def test_a_directory_is_read_whole(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text("Second\n\nText.\n", "utf-8")
    (tmp_path / "a.txt").write_text("First\n\nText.\n", "utf-8")
    found = objects(run("read", "--jsonl", tmp_path))
    assert [entry["title"] for entry in found] == ["First", "Second"]


def test_the_format_and_the_columns_can_be_named() -> None:
    table = "kepala;naskah\nFirst;Some words.\n"
    found = objects(
        run("read", "--jsonl", "--format", "csv", "--columns", "text=naskah", "-", stdin=table)
    )
    assert [entry["id"] for entry in found] == ["-#1"]
    assert run("read", "--columns", "texte=naskah", "-", stdin=table).exit_code == 2
    assert run("read", "--format", "papyrus", "-", stdin=table).exit_code == 2


def test_the_help_names_every_format() -> None:
    assert list(FORMAT_NAMES) == list(FORMATS)


def test_escape_sequences_in_a_name_do_not_reach_the_terminal(tmp_path: Path) -> None:
    result = run("read", tmp_path / "a\x1b[31mb.txt")
    assert "\x1b" not in result.stderr
    assert "ab.txt" in result.stderr


def test_standard_input_is_plain_text(report_file: Path) -> None:
    text = report_file.read_text("utf-8")
    assert "Harbour talks stall" in run("read", "-", stdin=text).stdout
    assert "Harbour talks stall" in run("read", stdin=text).stdout


def test_standard_input_without_text_fails() -> None:
    result = run("read", stdin="")
    assert result.exit_code == 1
    assert result.stderr.startswith("menurut: -: ")


@pytest.mark.parametrize("arguments", [["-"], []])
def test_json_lines_keep_their_order_and_bad_lines_their_place(arguments: list[str]) -> None:
    stdin = "\n".join([line("a"), '{"id": "b"}', "no json", line("c", "broken"), line("d")])
    result = run("read", "--jsonl", *arguments, stdin=stdin)
    found = objects(result)
    assert [entry["id"] for entry in found] == ["a", "b", None, "c", "d"]
    assert ["error" in entry for entry in found] == [False, True, True, True, False]
    assert result.exit_code == 1
    assert result.stderr == "menurut: 3 reports could not be read\n"


def test_good_json_lines_leave_standard_error_empty() -> None:
    result = run("read", "--jsonl", stdin=line("a") + "\n" + line("b") + "\n")
    assert (result.exit_code, result.stderr) == (0, "")


@pytest.mark.parametrize("name", ["in.jsonl", "in.ndjson", "in.dat"])
def test_a_named_file_of_json_lines_is_read_line_by_line(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text(line("a") + "\n" + line("b") + "\n", "utf-8")
    assert [entry["id"] for entry in objects(run("read", "--jsonl", path))] == ["a", "b"]


def test_json_lines_are_shown_as_pages_without_the_flag(tmp_path: Path) -> None:
    path = tmp_path / "in.jsonl"
    path.write_text(line("a", "First") + "\nno json\n" + line("b", "Second") + "\n", "utf-8")
    result = run("read", path)
    assert re.findall(r"^(First|Second)$", result.stdout, re.M) == ["First", "Second"]
    assert result.stderr.startswith(f"menurut: {path}: ")
    assert result.exit_code == 1


def test_files_of_text_give_json_lines(report_file: Path, tmp_path: Path) -> None:
    missing = tmp_path / "missing.html"
    result = run("read", "--jsonl", report_file, missing, report_file)
    assert [entry["id"] for entry in objects(result)] == [
        "harbour.txt",
        "missing.html",
        "harbour.txt",
    ]
    assert f"menurut: {missing}: there is no such file\n" in result.stderr
    assert result.exit_code == 1


def test_a_missing_file_of_json_lines_is_named(tmp_path: Path) -> None:
    missing = tmp_path / "missing.jsonl"
    result = run("read", "--jsonl", missing)
    assert f"menurut: {missing}: there is no such file\n" in result.stderr
    assert objects(result) == [{"id": "missing.jsonl", "error": "there is no such file"}]


def test_language_and_time_are_given_to_reports_that_have_none(report_file: Path) -> None:
    options = ["--language", "id", "--published", "2024-06-19"]
    [given] = objects(run("read", "--jsonl", report_file, *options))
    assert (given["language"], given["published_at"]) == ("id", "2024-06-19")
    stdin = line("a") + "\n" + line("b", language="en", published_at="2001-01-01")
    own = objects(run("read", "--jsonl", *options, stdin=stdin))
    assert [(o["language"], o["published_at"]) for o in own] == [
        ("id", "2024-06-19"),
        ("en", "2001-01-01"),
    ]


def test_the_samples_ship_with_the_package() -> None:
    found = objects(run("read", "--sample", "--jsonl"))
    assert len(found) >= 2
    assert not any("error" in entry for entry in found)


def test_a_sample_is_read_by_its_name() -> None:
    [found] = objects(run("read", "--sample", "--jsonl", "panel-sanksi.id.txt"))
    assert found["id"] == "panel-sanksi.id.txt"
    unknown = run("read", "--sample", "panel-sanksi.txt")
    assert unknown.exit_code == 2
    assert "panel-sanksi.id.txt" in unknown.output


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no full device")
def test_a_full_disk_is_told_in_one_line() -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        ended = subprocess.run(
            [sys.executable, "-c", PROGRAM, "schema"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "MENURUT_LANG": "en"},
            check=False,
        )
    assert ended.returncode == 1
    assert ended.stderr == "menurut: what was found cannot be written: No space left on device\n"


def test_analyses_follow_the_printed_schema() -> None:
    schema = json.loads(run("schema").stdout)
    analysis = {**schema, "$ref": "#/$defs/Analysis"}
    jsonschema.Draft202012Validator.check_schema(analysis)
    [found] = objects(run("read", "--jsonl", stdin=line("a")))
    jsonschema.validate(found, analysis)
    failure = {**schema, "$ref": "#/$defs/Failure"}
    [failed] = objects(run("read", "--jsonl", stdin="{}"))
    jsonschema.validate(failed, failure)


def test_width_and_colour_are_obeyed(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_text("word " * 60, "utf-8")
    shown = run("read", path, "--width", "50").stdout
    assert max(map(len, shown.splitlines())) == 50
    assert "\x1b[1m" in run("read", path, "--color", "always").stdout
    assert "\x1b" not in run("read", path).stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ["read", "--language", "xx"],
        ["read", "--published", "soon"],
        ["read", "--width", "3"],
        ["read", "--colour", "never"],
        ["raed"],
        ["schema", "extra"],
    ],
)
def test_wrong_usage_exits_with_2(
    arguments: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["menurut", *arguments])
    assert main() == 2
    assert "Error: " in capsys.readouterr().err


def test_a_failed_report_gives_exit_status_1(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["menurut", "read", "/nowhere.txt"])
    assert main() == 1
    assert capsys.readouterr().err == "menurut: /nowhere.txt: there is no such file\n"


def test_ctrl_c_exits_with_130_and_says_nothing(
    report_file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(_reports: object, **_: object) -> Iterator[Analysis]:
        raise KeyboardInterrupt
        yield

    monkeypatch.setitem(vars(menurut), "read_reports", interrupted)
    monkeypatch.setattr(sys, "argv", ["menurut", "read", str(report_file)])
    assert main() == 130
    assert "Traceback" not in capsys.readouterr().err


def program(
    arguments: Sequence[str | Path], **environment: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", PROGRAM, *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
        env={**os.environ, **environment},
    )


def test_help_speaks_the_interface_language() -> None:
    english = program(["read", "--help"], MENURUT_LANG="en").stdout
    assert "Usage: menurut read [OPTIONS] [FILE]..." in english
    indonesian = program(["read", "--help"], MENURUT_LANG="id").stdout
    assert "Pemakaian: menurut read [OPSI] [BERKAS]..." in indonesian
    assert "Tampilkan bantuan ini, lalu selesai." in indonesian
    assert not set(english.split()) & {"Baca", "Opsi:"}
    assert not set(indonesian.split()) & {"Read", "Options:", "Show", "Error:"}


def test_errors_of_usage_speak_the_interface_language() -> None:
    assert "Kesalahan: Perintah 'raed'" in program(["raed"], MENURUT_LANG="id").stderr


def test_the_version_is_the_one_of_the_package() -> None:
    assert program(["--version"]).stdout == f"menurut {menurut.__version__}\n"


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys\nfrom menurut.cli import main\n"
        "sys.argv = ['menurut', '--help']\nmain()\nprint(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={**os.environ}
    )
    heavy = {"numpy", "onnxruntime", "tokenizers", "trafilatura", "rich", "py3langid", "lxml"}
    assert "Usage:" in done.stdout
    assert not heavy & set(done.stderr.split())


@pytest.mark.parametrize("flags", [[], ["--jsonl"]])
def test_a_closed_pipe_is_quiet(flags: list[str], tmp_path: Path) -> None:
    code = (
        "import menurut\nfrom menurut.contract import Analysis\n"
        "menurut.read_reports = lambda rs, jobs: (Analysis(id=r.id, language='en') for r in rs)\n"
        + PROGRAM
    )
    path = tmp_path / "in.jsonl"
    path.write_text("\n".join(line(f"r{n}") for n in range(1000)), "utf-8")
    command = [sys.executable, "-c", code, "read", *flags, str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        process.stdout.read(1)
        process.stdout.close()
        assert process.stderr
        assert process.stderr.read() == b""
        assert process.wait(PATIENCE) != 0


def test_no_file_at_a_terminal_shows_the_help() -> None:
    leader, follower = pty.openpty()
    try:
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM, "read"],
            stdin=follower,
            capture_output=True,
            text=True,
            check=True,
            timeout=PATIENCE,
        )
    finally:
        os.close(leader)
        os.close(follower)
    assert "Usage: menurut read" in done.stdout


def test_a_real_interrupt_leaves_no_traceback() -> None:
    code = (
        "import os, signal, sys, menurut\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"  # a shell's job has it off
        "def read(reports, jobs):\n"
        "    os.kill(os.getpid(), signal.SIGINT)\n"
        "    yield from ()\n"
        "menurut.read_reports = read\n" + PROGRAM
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "read", "-"],
        input="Words.",
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 128 + signal.SIGINT
    assert "Traceback" not in done.stderr
