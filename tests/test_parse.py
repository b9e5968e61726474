"""``menurut parse``: texts and treebanks in, CoNLL-U out."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from menurut import reports
from menurut.cli import cli
from menurut.desk import parsing
from menurut.interface import LOCALES
from menurut.reader.conllu import Sentence, read_conllu
from menurut.reader.model import shipped_model
from menurut.reader.parse import Words, parse_sentences

TREEBANK = """\
# newdoc id = kabar
# sent_id = kabar-7
# note = dua kata
1-2\tKatanya\t_\t_\t_\t_\t_\t_\t_\t_
1\tKata\tkata\t_\tNSD\t_\t_\t_\t_\tGloss=word|Name=B-ORG
2\tnya\tdia\t_\tPS3\t_\t_\t_\t_\t_
2.1\tada\tada\tVERB\t_\t_\t_\t_\t0:root\t_
3\tMarty\tMarty\t_\tX--\tFoo=Bar\t9\tdep\t9:dep\t_
4\tNatalegawa\tNatalegawa\t_\tX--\t_\t_\t_\t_\t_
5\tpergi\tpergi\t_\tVSA\t_\t_\t_\t_\tSpaceAfter=No
6\t.\t.\t_\tZ--\t_\t_\t_\t_\t_

"""


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MENURUT_LANG", "en")


def run(*arguments: str | Path, stdin: str = "") -> Result:
    return CliRunner().invoke(cli, ["parse", *map(str, arguments)], input=stdin)


def words(sentence: Sentence) -> list[tuple[str, ...]]:
    return [row for row in sentence.rows if row[0].isdigit()]


def surface(sentence: Sentence) -> str:
    """The tokens with their blanks, by the rules of the format."""
    text, inside = "", 0
    for row in sentence.rows:
        if "-" in row[0]:
            inside = int(row[0].partition("-")[2])
        elif int(row[0]) <= inside:
            continue
        text += row[1] + ("" if "SpaceAfter=No" in row[9].split("|") else " ")
    return text.strip()


def assert_tree(sentence: Sentence) -> None:
    heads = {row[0]: row[6] for row in words(sentence)}
    assert [row[0] for row in words(sentence) if row[7] == "root"] == [
        word for word, head in heads.items() if head == "0"
    ]
    assert list(heads.values()).count("0") == 1
    for word in heads:
        path = [word]
        while path[-1] != "0":
            path.append(heads[path[-1]])
            assert len(path) <= len(heads) + 1, "a cycle"


def comment(sentence: Sentence, name: str) -> list[str]:
    start = f"# {name} = "
    return [line.removeprefix(start) for line in sentence.comments if line.startswith(start)]


def test_the_sample_reports_are_well_formed_and_whole() -> None:
    result = run("--sample")
    assert result.exit_code == 0
    sentences = read_conllu(result.stdout_bytes)
    for sentence in sentences:
        assert_tree(sentence)
        assert comment(sentence, "text") == [surface(sentence)]
        assert len(comment(sentence, "sent_id")) == 1
        tags = ["O", *(re.search(r"Name=([\w-]+)|$", row[9])[1] or "O" for row in words(sentence))]
        for before, tag in pairwise(tags):
            assert not tag.startswith("I-") or before[1:] == tag[1:]
    ids = [comment(sentence, "sent_id")[0] for sentence in sentences]
    assert len(set(ids)) == len(ids)
    samples = reports.samples()
    documents = [name for sentence in sentences for name in comment(sentence, "newdoc id")]
    assert documents == [report.id for report in samples]
    for report in samples:
        text = " ".join(report.text.split())
        own = [s for s, id in zip(sentences, ids, strict=True) if id.startswith(report.id)]
        for sentence in own:
            assert surface(sentence) in text
        assert sum("# newpar" in s.comments for s in own) > 5


def test_standard_input_is_text(tmp_path: Path) -> None:
    text = "Kapal itu tiba di Jakarta kemarin, katanya. Mereka menunggu keputusan pemerintah."
    result = run("--language", "id", stdin=text)
    first, *_ = read_conllu(result.stdout_bytes)
    assert comment(first, "newdoc id") == ["stdin"]
    assert comment(first, "sent_id") == ["stdin-1"]
    assert [row[:2] for row in first.rows if "-" in row[0]] == [("8-9", "katanya")]
    path = tmp_path / "kapal.txt"
    path.write_text(text, "utf-8")
    assert run(path, "--language", "id").stdout == result.stdout.replace("stdin", "kapal.txt")


def test_documents_of_one_name_are_told_apart(tmp_path: Path) -> None:
    paths = []
    for folder in "abc":
        (tmp_path / folder).mkdir()
        paths.append(tmp_path / folder / "two words.txt")
        paths[-1].write_text("The minister said on Monday that the talks had failed.", "utf-8")
    sentences = read_conllu(run(*paths, "--language", "en").stdout_bytes)
    names = [name for sentence in sentences for name in comment(sentence, "newdoc id")]
    assert names == ["two_words.txt", "two_words.txt.2", "two_words.txt.3"]


def test_a_web_page_is_read_without_its_markup(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    said = (
        "The minister of defence said on Monday that the talks with the rebels had failed again.",
        "A spokesman for the rebels denied that and called for another round of talks in May.",
        "Both armies have fought over the harbour and the railway since the end of last year.",
    )
    body = "".join(f"<p>{text}</p>" for text in said)
    path.write_text(f"<html><body><article>{body}</article></body></html>", "utf-8")
    texts = [text for s in read_conllu(run(path).stdout_bytes) for text in comment(s, "text")]
    assert texts == list(said)


def test_a_treebank_keeps_its_own_and_gets_what_the_reader_sees(tmp_path: Path) -> None:
    path = tmp_path / "kabar.conllu"
    path.write_text(TREEBANK, "utf-8")
    result = run(path)
    assert (result.exit_code, result.stderr) == (0, "")
    [before], [after] = read_conllu(TREEBANK.encode()), read_conllu(result.stdout_bytes)
    assert after.comments == before.comments
    others = [row for row in before.rows if not row[0].isdigit()]
    assert [row for row in after.rows if not row[0].isdigit()] == others
    for old, new in zip(words(before), words(after), strict=True):
        assert (new[:3], new[4], new[8]) == (old[:3], old[4], "_")
        assert new[3] != "_"
        assert "Name=B-ORG" not in new[9]
    assert words(after)[0][9].startswith("Gloss=word")
    assert "SpaceAfter=No" in words(after)[4][9]
    assert_tree(after)
    [seen] = parse_sentences(shipped_model(), [before.words])
    assert [row[3] for row in words(after)] == list(seen.upos)
    assert [int(row[6]) - 1 for row in words(after)] == list(seen.heads)
    assert [row[7] for row in words(after)] == list(seen.deprels)
    path.write_bytes(result.stdout_bytes)
    assert run(path).stdout == result.stdout


def test_a_malformed_treebank_is_named_with_its_line_and_the_others_are_parsed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad, good = tmp_path / "bad.conllu", tmp_path / "good.conllu"
    bad.write_text(TREEBANK.replace("\n5\t", "\n7\t"), "utf-8")
    good.write_text(TREEBANK, "utf-8")
    missing = tmp_path / "missing.conllu"
    result = run(bad, missing, good)
    assert result.exit_code == 1
    reason = "the words are not numbered 1, 2, 3 and so on"
    assert result.stderr == (
        f"menurut: {bad}: line 10: {reason}\nmenurut: {missing}: there is no such file\n"
    )
    assert result.stdout == run(good).stdout
    monkeypatch.setenv("MENURUT_LANG", "id")
    said = f"menurut: {bad}: baris 10: kata tidak bernomor 1, 2, 3, dan seterusnya\n"
    assert run(bad).stderr == said


def test_a_text_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    path = tmp_path / "blank.txt"
    path.write_text("  \n", "utf-8")
    result = run(path)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == f"menurut: {path}: the file holds nothing but blanks\n"


def test_all_that_the_format_can_be_refused_for_is_in_the_catalogues() -> None:
    source = (LOCALES.parent / "reader" / "conllu.py").read_text("utf-8")
    said = re.findall(r'raise ConlluError\([^"]*"(.+)"\)', source)
    assert sorted(said) == sorted(parsing.REASONS)


def test_a_sentence_too_long_for_a_window_is_one_tree() -> None:
    forms = ("Jakarta", *("kata",) * 900, "x" * 5000, ".")
    given = Words(forms, (True,) * len(forms))
    [parsed] = parse_sentences(shipped_model(), [given])
    assert len(parsed.heads) == len(parsed.upos) == len(parsed.deprels) == len(forms)
    assert parsed.heads.count(-1) == parsed.deprels.count("root") == 1
    root = parsed.heads.index(-1)
    for word in range(len(forms)):
        steps = 0
        while word != root:
            word, steps = parsed.heads[word], steps + 1
            assert steps <= len(forms)


def test_long_and_short_sentences_keep_their_order() -> None:
    short = Words(("Mereka", "pergi", "."), (True, True, False))
    long = Words(("kata",) * 500, (True,) * 500)
    found = parse_sentences(shipped_model(), [short, long, short])
    assert [len(parsed.heads) for parsed in found] == [3, 500, 3]
    [alone] = parse_sentences(shipped_model(), [short])
    assert found[0] == found[2] == alone


class Terminal(io.TextIOWrapper):
    def isatty(self) -> bool:
        return True


def test_nothing_that_a_terminal_obeys_reaches_one(monkeypatch: pytest.MonkeyPatch) -> None:
    text = TREEBANK.replace("Gloss=word", "Gloss=\x1b[31mword")
    [sentence] = read_conllu(text.encode())
    for kind, reaches in ((io.TextIOWrapper, True), (Terminal, False)):
        held = io.BytesIO()
        monkeypatch.setattr(sys, "stdout", kind(held))
        parsing.conllu()(sentence)
        assert (b"\x1b" in held.getvalue()) is reaches
        assert held.getvalue().count(b"\n") == text.count("\n")


def test_help_of_parse_imports_nothing_heavy() -> None:
    code = (
        "import sys\nfrom menurut.cli import main\n"
        "sys.argv = ['menurut', 'parse', '--help']\nmain()\nprint(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "[FILE]..." in done.stdout or "[BERKAS]..." in done.stdout
    assert not {"numpy", "onnxruntime", "menurut.pipeline"} & set(done.stderr.split())
