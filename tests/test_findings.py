"""The report on what would bear on measures: written in three formats, and read back from each."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

import docx
import msgspec
import pytest
from click.testing import CliRunner
from docx.text.hyperlink import Hyperlink
from lxml import html
from markdown_it import MarkdownIt
from tests.analyses import CODES, Made, arms, denial
from tests.test_evidence import withdrawn
from tests.test_obligations import VETO, charge, read

from menurut.cli import cli
from menurut.export.findings import FORMATS, renderer
from menurut.export.findings.document import (
    Document,
    Entry,
    Heading,
    Paragraph,
    Sentence,
    refs_words,
    runs,
)
from menurut.export.findings.docx import METHOD, QUOTED, REFERENCE
from menurut.export.findings.reporting import report
from menurut.ledger.adding import add
from menurut.ledger.grades import grade
from menurut.ledger.queries.provenance import words_at
from menurut.ledger.store import Ledger

HOSTILE = (
    "<script>alert(1)</script>",
    "[x](javascript:alert(1)) ![y](//evil.example/y.png)",
    "</p></main><iframe srcdoc='x'>",
    "*a* _b_ `c` ~~d~~ | # e \\ &lt;b&gt; <!-- f -->",
    "\x00\x1b[31m\x0b\ufffe\u202etxt",
    "1. x\n- y\n> z\n# h\n=====\n```\ncode",
)
ANNEX = "Annex: sources"


def refs_of(words: str) -> tuple[int, ...]:
    """The numbers that stand behind a sentence, read back."""
    found: list[int] = []
    for part in words.split(","):
        first, dash, last = part.strip().partition("–")
        found += range(int(first), int(last if dash else first) + 1)
    return tuple(found)


class Back(NamedTuple):
    """What is read back from a file: sentences with their sources, those of the method, the
    numbers of the annex with the words quoted there."""

    sentences: list[Sentence]
    method: list[str]
    entries: dict[int, str]


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger with a contested deed, a charge, a vote, and a report that was withdrawn."""
    path = tmp_path_factory.mktemp("findings") / "ledger.db"
    told = "Washington criticised that Russia gave missile technology to North Korea."
    accused = charge(told, ("Russia", "North Korea"))
    accused.id = "c1"
    with Ledger(str(path)) as ledger:
        for made in (
            arms("r1", "2024-06-17", "Washington", {"24 weapons": (24.0, "weapons")}),
            arms("r2", "2024-06-18", "Kyiv", {"50 weapons": (50.0, "weapons")}),
            arms("r3", "2024-06-18", "Togo"),
            denial("r4", "2024-06-18"),
            accused,
        ):
            add(ledger, *made.pair())
        add(ledger, *withdrawn(arms("r3", "2024-06-18", "Togo")))
        add(ledger, *read("v1", VETO, "2024-03-29"))
        with ledger.write("grade") as draft:
            grade(draft, "USA", "B", "often right")
    return path


def document(path: Path, **asked: Any) -> Document:
    with Ledger(str(path)) as ledger, ledger.read() as snapshot:
        return report(snapshot, **asked)


def bad_document(folder: Path, bad: str) -> Document:
    """A report on a ledger in which every field says hostile words."""
    path = folder / "ledger.db"
    CODES[bad] = "UKR GOV"
    try:
        made = Made("r1 " + bad, "2024-06-17", publisher=bad, byline=bad)
        made.say(
            f"{bad} said North Korea supplied {bad} weapons to Russia.",
            "AID",
            "supplied",
            ("North Korea",),
            ("Russia",),
            by=bad,
            figures={f"{bad} weapons": (5.0, "w")},
        )
        told, analysis = made.pair()
    finally:
        del CODES[bad]
    told = msgspec.structs.replace(told, title=bad, url=f"javascript:{bad}")
    with Ledger(str(path)) as ledger:
        add(ledger, told, analysis)
        with ledger.write("grade", author=bad) as draft:
            grade(draft, "UKR", "D", bad)
    return document(path)


def sentences(found: Document) -> list[Sentence]:
    paragraphs = [b for b in found.blocks if isinstance(b, Paragraph) and b.role != "method"]
    return [sentence for paragraph in paragraphs for sentence in paragraph.sentences]


def method(found: Document) -> list[str]:
    paragraphs = [b for b in found.blocks if isinstance(b, Paragraph) and b.role == "method"]
    return [sentence.text for paragraph in paragraphs for sentence in paragraph.sentences]


def back(format: str, written: bytes) -> Back:
    return {"markdown": from_markdown, "html": from_html, "docx": from_word}[format](written)


def from_markdown(written: bytes) -> Back:
    tokens = MarkdownIt("commonmark").parse(written.decode())
    assert not [t for t in tokens if t.type in ("html_block", "code_block", "fence", "hr")]
    found, annex, number, before = Back([], [], {}), False, 0, ""
    for place, token in enumerate(tokens):
        before = token.type if token.type != "inline" else before
        for child in token.children or ():
            assert child.type in {
                "text",
                "softbreak",
                "em_open",
                "em_close",
                "strong_open",
                "strong_close",
                "text_special",
            }, child.type
        if token.type != "inline":
            continue
        lines = "".join("\n" if c.type == "softbreak" else c.content for c in token.children or ())
        if before == "heading_open":
            annex = annex or lines == ANNEX
            if annex and lines.startswith("["):
                number = int(lines[1:].partition("]")[0])
                found.entries[number] = ""
        elif annex:
            if token.level >= 2 and tokens[place - 2].type == "blockquote_open":
                found.entries[number] = lines
        elif any(c.type == "em_open" for c in token.children or ()):
            found.method.extend(lines.split("\n"))
        elif not any(c.type == "strong_open" for c in token.children or ()):
            found.sentences.extend(map(told_line, lines.split("\n")))
    return found


def told_line(line: str) -> Sentence:
    text, _bracket, refs = line.rpartition(" [")
    assert refs.endswith("]"), line
    return Sentence(text, refs_of(refs[:-1]))


def from_html(written: bytes) -> Back:
    page = html.fromstring(written.decode())
    assert not page.xpath("//script|//img|//iframe|//object|//link|//form|//svg|//*[@style]")
    assert not [n for e in page.iter() for n in e.attrib if n.startswith("on")]
    hrefs = page.xpath("//a/@href")
    assert all(href.startswith(("#source-", "https://")) for href in hrefs)
    ids = set(page.xpath("//@id"))
    assert {href[1:] for href in hrefs if href.startswith("#")} <= ids
    told = []
    for span in page.xpath("//span[@class='sentence']"):
        refs = span.getnext()
        assert refs.get("class") == "refs"
        told.append(Sentence(span.text_content(), refs_of(refs.text_content().strip("[]"))))
    for place in page.xpath("//main/p[not(@class)]|//main/ul/li"):
        loose = [place.text or "", *(child.tail or "" for child in place)]
        assert not "".join(loose).strip()
    quoted = {
        int(li.get("value")): "".join(b.text_content() for b in li.xpath("blockquote"))
        for li in page.xpath("//ol[@class='annex']/li")
    }
    plain = [p.text_content() for p in page.xpath("//p[@class='method']")]
    return Back(told, plain, quoted)


def from_word(written: bytes) -> Back:
    word = docx.Document(BytesIO(written))
    found, annex, number = Back([], [], {}), False, 0
    for paragraph in word.paragraphs:
        style = str(paragraph.style.name) if paragraph.style else ""
        if style.startswith("Heading"):
            annex = annex or paragraph.text == ANNEX
            if annex and paragraph.text.startswith("["):
                number = int(paragraph.text[1:].partition("]")[0])
                found.entries[number] = ""
        elif style == METHOD:
            found.method.append(paragraph.text)
        elif style == QUOTED:
            found.entries[number] = paragraph.text
        elif not annex and style in ("List Bullet", "Normal"):
            found.sentences.extend(told_runs(paragraph))
    return found


def told_runs(paragraph: Any) -> Iterator[Sentence]:
    """The sentences of a paragraph: words, then their sources in a style of their own."""
    text, refs = "", ""
    for piece in paragraph.iter_inner_content():
        linked = isinstance(piece, Hyperlink)
        if linked:
            assert piece.fragment.startswith("source_")
        if linked or piece.style.name == REFERENCE:
            refs += piece.text
        else:
            if refs:
                yield Sentence(text, refs_of(refs.strip(" []")))
                text, refs = "", ""
            text += piece.text
    assert refs, text
    yield Sentence(text, refs_of(refs.strip(" []")))


def sorted_refs(told: list[Sentence]) -> list[Sentence]:
    return [Sentence(s.text, tuple(sorted(set(s.refs)))) for s in told]


@pytest.mark.parametrize("format", FORMATS)
def test_every_sentence_is_read_back_with_its_sources(format: str, path: Path) -> None:
    found = document(path)
    read_back = back(format, renderer(format)(found))
    assert read_back.sentences == sorted_refs(sentences(found))
    assert read_back.method == method(found)
    assert read_back.entries.keys() == {entry.number for entry in found.entries}
    for sentence in read_back.sentences:
        assert sentence.refs
        assert set(sentence.refs) <= read_back.entries.keys()


def test_every_entry_is_asked_for_and_they_are_numbered_as_they_are_met(path: Path) -> None:
    found = document(path)
    met = dict.fromkeys(number for sentence in sentences(found) for number in sentence.refs)
    assert list(met) == [entry.number for entry in found.entries]
    assert list(met) == list(range(1, len(met) + 1))


def test_sentences_without_sources_are_the_same_whatever_the_ledger_holds(
    path: Path, tmp_path: Path
) -> None:
    with Ledger(str(tmp_path / "other.db")) as ledger:
        add(ledger, *arms("r1", "2024-01-01", "Kyiv").pair())
    assert method(document(path)) == method(document(tmp_path / "other.db"))
    assert not [s for s in sentences(document(path)) if not s.refs]


def test_the_words_of_the_annex_are_those_of_the_reports(path: Path) -> None:
    found = document(path)
    checked = 0
    with Ledger(str(path)) as ledger, ledger.read() as snapshot:
        for entry in found.entries:
            facts = dict(entry.facts)
            if entry.words is None:
                continue
            start, end = map(int, facts["Characters"].split("–"))
            place = (facts["Report"], (start, end))
            assert words_at(snapshot, [place])[place] == entry.words
            checked += 1
    assert checked >= 4


def test_the_parts_stand_in_the_order_of_panels(path: Path) -> None:
    found = document(path)
    parts = [b.text for b in found.blocks if isinstance(b, Heading) and b.level == 1]
    assert parts == [
        "Summary",
        "Method",
        "Findings by measure",
        "Evidence",
        "Responses and challenges",
        "Votes",
        "Gaps in the evidence",
    ]


def test_the_report_says_what_there_is(path: Path) -> None:
    text = "\n".join(sentence.text for sentence in sentences(document(path)))
    assert "2 independent sources affirm it, in 2 reports." in text
    assert "Russia (Moscow; a party to it) denies it" in text
    assert "North Korea, named since 17 June 2024, has not been heard." in text
    assert "The sender withdrew r3" in text
    assert "Graded: United States: B, by menurut (often right)." in text
    assert "13 for, Russia against, China abstaining" in text.replace(" (China)", "")
    assert "which lapses" in text
    assert "would bear on it if what is charged is so" in text
    assert "violat" not in text


def test_a_report_on_one_measure_holds_that_alone(path: Path) -> None:
    found = document(path, measure="1874.9")
    headings = [b.text for b in found.blocks if isinstance(b, Heading) and b.level == 3]
    assert [text.partition(":")[0] for text in headings] == ["1874.9"]


@pytest.mark.parametrize("format", FORMATS)
def test_a_report_that_finds_nothing_says_so(format: str, tmp_path: Path) -> None:
    Ledger(str(tmp_path / "empty.db")).close()
    found = document(tmp_path / "empty.db")
    read_back = back(format, renderer(format)(found))
    assert "Nothing in the ledger would bear on these measures." in read_back.method
    assert (read_back.sentences, read_back.entries) == ([], {})


@pytest.mark.parametrize("bad", HOSTILE)
@pytest.mark.parametrize("format", FORMATS)
def test_hostile_words_stay_words(format: str, bad: str, tmp_path: Path) -> None:
    found = bad_document(tmp_path, bad)
    written = renderer(format)(found)
    read_back = back(format, written)
    assert len(read_back.sentences) == len(sentences(found))
    assert [s.refs for s in read_back.sentences] == [s.refs for s in sorted_refs(sentences(found))]
    assert read_back.entries.keys() == {entry.number for entry in found.entries}
    if format != "docx":
        assert not {"\x00", "\x1b", "\u202e"} & set(written.decode())
    if "\x00" not in bad and format != "markdown":
        assert any(bad in words for words in read_back.entries.values())


@pytest.mark.parametrize(
    ("numbers", "words"),
    [((3,), "3"), ((3, 4), "3, 4"), ((5, 1, 2, 3), "1–3, 5"), ((1, 3, 5), "1, 3, 5")],
)
def test_numbers_are_written_as_runs_and_read_back(numbers: tuple[int, ...], words: str) -> None:
    assert refs_words(numbers) == words
    assert refs_of(words) == tuple(sorted(numbers))
    assert sum(last - first + 1 for first, last in runs(numbers)) == len(numbers)


def test_a_source_that_is_on_the_web_is_linked_and_no_other(path: Path) -> None:
    found = document(path)
    entry = Entry(1, "x", "words", "en", (), "javascript:alert(1)")
    page = renderer("html")(found._replace(entries=(entry,), blocks=()))
    assert not html.fromstring(page.decode()).xpath("//a")


def test_the_report_speaks_indonesian(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MENURUT_LANG", "id")
    found = document(path)
    assert found.language == "id"
    text = "\n".join([*(s.text for s in sentences(found)), *method(found)])
    assert "2 sumber independen" in text
    assert "would bear" not in text
    assert "would close" not in text


def run(path: Path, *arguments: str) -> Any:
    ledger = {"MENURUT_LEDGER": str(path), "MENURUT_LANG": "en"}
    return CliRunner().invoke(cli, ["obligations", *arguments], env=ledger)


@pytest.mark.parametrize("format", FORMATS)
def test_the_command_writes_a_file_or_a_stream(format: str, path: Path, tmp_path: Path) -> None:
    out = tmp_path / "report"
    done = run(path, "report", "--format", format, "-o", str(out))
    assert (done.exit_code, done.output) == (0, "")
    piped = run(path, "report", "--format", format)
    if format != "docx":
        assert piped.stdout_bytes == out.read_bytes()
    assert back(format, out.read_bytes()).sentences


def test_the_command_names_what_is_wrong(path: Path, tmp_path: Path) -> None:
    assert "no regime 'mars'" in run(path, "report", "--regime", "mars").output
    done = run(path, "--regime", "dprk", "report")
    assert (done.exit_code, "--regime belongs behind report" in done.output) == (2, True)
    missing = str(tmp_path / "none" / "x.md")
    assert run(path, "report", "-o", missing).exit_code == 1


def test_gaps_are_listed_for_a_person_and_for_a_program(path: Path) -> None:
    told = run(path, "--gaps", "--width", "200")
    assert told.exit_code == 0
    assert "Nobody has judged how reliable these sources are" in told.output
    assert "to close it:" in told.output
    lines = [
        msgspec.json.decode(line) for line in run(path, "--gaps", "--jsonl").output.splitlines()
    ]
    kinds = {gap["kind"] for line in lines for gap in line["gaps"]}
    assert {"unheard", "ungraded", "withdrawn", "charge"} <= kinds


def test_names_of_a_list_stand_with_what_was_decided(tmp_path: Path) -> None:
    pytest.importorskip("rigour", reason="screening is not installed")
    with Ledger(str(tmp_path / "ledger.db")) as ledger:
        made = arms("r1", "2024-06-17", "Washington").say("Sergei Lavrov and Kim Jong Un knew.")
        add(ledger, *made.pair())
    entries = [
        {"id": f"L-{n}", "schema": "Person", "properties": {"name": [name]}, "datasets": ["mine"]}
        for n, name in enumerate(("Sergei Lavrov", "Kim Jong Un"))
    ]
    listed, decided = tmp_path / "list.json", tmp_path / "decisions.jsonl"
    listed.write_bytes(b"\n".join(map(msgspec.json.encode, entries)))
    from menurut.screening.decisions import decide

    decide(decided, "Sergei Lavrov", "L-0", "different", "A. Wirawan", "another man")
    done = run(tmp_path / "ledger.db", "report", "--list", str(listed), "--decisions", str(decided))
    assert done.exit_code == 0, done.output
    told = [s.text for s in back("markdown", done.stdout_bytes).sentences if "may be" in s.text]
    assert any("Kim Jong Un" in text and "not judged" in text for text in told)
    assert any("Lavrov" in t and "somebody else (another man)" in t for t in told)


def test_an_incident_is_called_by_what_went_from_whom_to_whom(path: Path) -> None:
    told = " ".join(sentence.text for sentence in sentences(document(path)))
    assert "(transfer of" in told
    assert ": North Korea → Russia" in told
    assert "(veto: Russia" in told
    assert "(aid:" not in told


def test_the_annex_says_what_a_measure_was_read_against(path: Path) -> None:
    read = [
        fact
        for entry in document(path).entries
        for fact in entry.facts
        if fact[0] == "Read against"
    ]
    assert read
    assert all("https://" in text or "http://" in text for _name, text in read)
