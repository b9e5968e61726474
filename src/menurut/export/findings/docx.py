"""A report as a Word document: headings to navigate by, sources as links into the annex."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from menurut.desk.disarm import disarm, harmless
from menurut.export.findings.document import Document, Entry, Heading, Paragraph, run_words, runs
from menurut.ledger.errors import LedgerError

try:
    import docx
except ImportError as error:
    raise LedgerError("for Word documents install menurut[docx]") from error
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

if TYPE_CHECKING:
    from docx.document import Document as Word

REFERENCE, METHOD, QUOTED, FACT = "Reference", "Method", "Quoted words", "Fact"
_TITLE = "Title"
_ROLES = {"item": "List Bullet", "method": METHOD, "body": "Normal"}
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_GREY = RGBColor(0x55, 0x55, 0x55)
_FONT = "Georgia"


def render(document: Document) -> bytes:
    word = _prepared(document)
    writer = _Writer(word)
    writer.paragraph(_TITLE, document.title)
    for name, value in document.facts:
        writer.fact(name, value)
    for block in document.blocks:
        if isinstance(block, Heading):
            writer.paragraph(f"Heading {block.level}", block.text)
        else:
            writer.sentences(block)
    writer.paragraph("Heading 1", document.annex)
    for entry in document.entries:
        writer.entry(entry)
    out = BytesIO()
    word.save(out)
    return out.getvalue()


class _Writer:
    """Adds to a document. The library looks a style up by going through all of them, a millisecond
    each time; here they are looked up once."""

    def __init__(self, word: Word) -> None:
        self.word = word
        self.styles = {str(style.name): style.style_id for style in word.styles}

    def paragraph(self, style: str, text: str = "") -> Any:
        made: Any = self.word.add_paragraph(_safe(text))
        made._p.style = self.styles[style]
        return made

    def run(self, paragraph: Any, text: str, style: str | None = None) -> Any:
        made = paragraph.add_run(text)
        if style is not None:
            made._r.style = self.styles[style]
        return made

    def fact(self, name: str, value: str) -> Any:
        return self.paragraph(FACT, f"{name}: {value}")

    def sentences(self, paragraph: Paragraph) -> None:
        made = self.paragraph(_ROLES[paragraph.role])
        for sentence in paragraph.sentences:
            self.run(made, _safe(sentence.text))
            if sentence.refs:
                self.refs(made, sentence.refs)

    def refs(self, paragraph: Any, refs: Sequence[int]) -> None:
        """The numbers behind a sentence, each run a link to its first entry."""
        self.run(paragraph, " [", REFERENCE)
        for place, (first, last) in enumerate(runs(refs)):
            if place:
                self.run(paragraph, ", ", REFERENCE)
            link = OxmlElement("w:hyperlink")
            link.set(qn("w:anchor"), f"source_{first}")
            link.append(self.run(paragraph, run_words(first, last), REFERENCE)._r)
            paragraph._p.append(link)
        self.run(paragraph, "] ", REFERENCE)

    def entry(self, entry: Entry) -> None:
        _bookmark(self.paragraph("Heading 3", f"[{entry.number}] {entry.title}"), entry.number)
        if entry.words is not None:
            made = self.paragraph(QUOTED)
            run = self.run(made, _NO_XML.sub("", harmless(entry.words)))
            _language(run._r.get_or_add_rPr(), entry.language)
            made.paragraph_format.keep_with_next = True
        facts = [self.fact(name, value) for name, value in entry.facts]
        if entry.url:
            facts.append(self.paragraph(FACT, entry.url))
        for made in facts[:-1]:
            made.paragraph_format.keep_with_next = True


def _prepared(document: Document) -> Word:
    """A document with its page, its styles and what is said of it."""
    word = docx.Document()
    section = word.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(25)
    section.top_margin = section.bottom_margin = Mm(22)
    about = word.core_properties
    about.title, about.author, about.language = document.title, "menurut", document.language
    about.comments = ""
    about.created = about.modified = datetime.now(UTC).replace(tzinfo=None, microsecond=0)
    _styles(word, document.language)
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _page_number(foot)
    return word


def _styles(word: Word, language: str) -> None:
    normal: Any = word.styles["Normal"]
    _set_font(normal, _FONT, Pt(10.5))
    normal.paragraph_format.space_after = Pt(6)
    _language(normal.element.get_or_add_rPr(), language)
    for level, size in ((0, 20), (1, 15), (2, 12.5), (3, 11)):
        style: Any = word.styles[f"Heading {level}" if level else _TITLE]
        _set_font(style, _FONT, Pt(size))
        style.font.color.rgb = RGBColor(0, 0, 0)
        style.font.bold = True
        style.paragraph_format.keep_with_next = True
    reference: Any = word.styles.add_style(REFERENCE, WD_STYLE_TYPE.CHARACTER)
    reference.font.size, reference.font.color.rgb = Pt(8.5), _GREY
    for name in (METHOD, QUOTED, FACT):
        style = word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = normal
    word.styles[METHOD].font.italic = True
    word.styles[QUOTED].paragraph_format.left_indent = Mm(8)
    fact: Any = word.styles[FACT]
    fact.font.size, fact.font.color.rgb = Pt(9), _GREY
    fact.paragraph_format.space_after = Pt(0)
    fact.paragraph_format.left_indent = Mm(8)


def _set_font(style: Any, name: str, size: Any) -> None:
    """A font for all scripts; headings of the template name a theme's font besides."""
    style.font.name, style.font.size = name, size
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for kind in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{kind}"), None)


def _language(properties: Any, language: str) -> None:
    mark = OxmlElement("w:lang")
    mark.set(qn("w:val"), language)
    properties.append(mark)


def _page_number(paragraph: Any) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    field.append(OxmlElement("w:r"))
    paragraph._p.append(field)


def _bookmark(paragraph: Any, number: int) -> None:
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for mark in (start, end):
        mark.set(qn("w:id"), str(number))
    start.set(qn("w:name"), f"source_{number}")
    paragraph._p.insert(1, start)
    paragraph._p.append(end)


def _safe(text: str) -> str:
    return _NO_XML.sub("", disarm(text))
