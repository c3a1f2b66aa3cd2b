"""The brief as a document of a word processor (DOCX).

The only door to python-docx, which is an extra of its own and imported only here.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from triplehelix.desk.brief import Brief, Section, Source
from triplehelix.desk.brief_page import choose
from triplehelix.desk.texts import tell
from triplehelix.pages.texts import Text
from triplehelix.spreadsheets.workbook import fix_times, printable

if TYPE_CHECKING:
    from docx.document import Document

FONT = "Malgun Gothic"
"""A typeface that word processors on Korean office computers have."""
_EPOCH = datetime(1980, 1, 1)
_LINES = 170
"""The width between the margins, in millimetres."""


def encode_document(brief: Brief, language: str) -> bytes:
    """Return the document of a brief in a language; the same brief gives the same bytes.

    Raises:
        ModuleNotFoundError: python-docx is not installed; it comes with the extra ``docx``.
    """
    from docx import Document as new_document

    document = new_document()
    writer = _Writer(document, language)
    writer.set_up(brief)
    writer.write_head(brief)
    for section in brief.sections:
        writer.write_section(section)
    writer.write_sources(brief.sources)
    made = io.BytesIO()
    document.save(made)
    return fix_times(made)


class _Writer:
    """Writes the parts of a document."""

    def __init__(self, document: Document, language: str) -> None:
        self.document, self.language = document, language

    def _choose(self, text: Text) -> str:
        return printable(choose(text, self.language))

    def set_up(self, brief: Brief) -> None:
        """Set the paper, the typeface and what the document says of itself."""
        from docx.oxml.ns import qn
        from docx.shared import Mm, Pt

        (section,) = self.document.sections
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin = section.right_margin = Mm(20)
        section.top_margin = section.bottom_margin = Mm(15)
        for name, size in (("Normal", 9), ("Heading 1", 15), ("Heading 2", 11)):
            style: Any = self.document.styles[name]
            style.font.name, style.font.size = FONT, Pt(size)
            fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
            for key in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
                fonts.attrib.pop(qn(key), None)
            fonts.set(qn("w:eastAsia"), FONT)
            style.paragraph_format.space_before = Pt(8 if name == "Heading 2" else 0)
            style.paragraph_format.space_after = Pt(2)
        properties = self.document.core_properties
        properties.title, properties.author = self._choose(brief.title), "Triple Helix"
        properties.comments, properties.language = "", self.language
        properties.created = properties.modified = _EPOCH

    def write_head(self, brief: Brief) -> None:
        """Write the title, and what is known of the partner."""
        self.document.add_heading(self._choose(brief.title), 1)
        self.document.add_paragraph(self._choose(brief.about))
        self._table([], brief.facts, (20, 80), grid=False)

    def write_section(self, section: Section) -> None:
        """Write a table, or sentences, under their heading."""
        self.document.add_heading(self._choose(section.heading), 2)
        if not section.rows:
            self.document.add_paragraph(self._choose(section.empty))
        elif section.columns:
            self._table(section.columns, section.rows, section.wide)
        else:
            for (sentence,) in section.rows:
                self.document.add_paragraph(self._choose(sentence), "List Bullet")
        if section.left:
            self.document.add_paragraph(tell("brief_left", self.language, count=section.left))

    def write_sources(self, sources: Sequence[Source]) -> None:
        """Write where everything stands, small, and what a blank means."""
        if sources:
            self.document.add_heading(tell("brief_sources", self.language), 2)
        for source in sources:
            self._small(self._cite(source))
        self._small(tell("brief_footer", self.language))

    def _cite(self, source: Source) -> str:
        told = f"{source.number}. {self._choose(source.document)}"
        if source.lines:
            told += ", " + tell("brief_lines", self.language, lines=source.lines)
        return printable(f"{told}: “{source.quote}”" if source.quote else told)

    def _small(self, text: str) -> None:
        from docx.shared import Pt

        paragraph = self.document.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(0)
        paragraph.add_run(text).font.size = Pt(7.5)

    def _table(
        self,
        columns: Sequence[Text],
        rows: Sequence[Sequence[Text]],
        wide: Sequence[int],
        *,
        grid: bool = True,
    ) -> None:
        from docx.shared import Mm

        every = [*([columns] if columns else []), *rows]
        table = self.document.add_table(len(every), len(wide))
        table.autofit = False
        if grid:
            table.style = self.document.styles["Table Grid"]
        # Word reads the widths of cells, LibreOffice those of columns.
        widths = [Mm(_LINES * share / 100) for share in wide]
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width
        for number, (line, texts) in enumerate(zip(table.rows, every, strict=True)):
            is_heading = bool(columns) and number == 0
            if is_heading:
                _repeat(line)
            for place, (cell, text) in enumerate(zip(line.cells, texts, strict=True)):
                cell.width = widths[place]
                (paragraph,) = cell.paragraphs
                paragraph.paragraph_format.space_after = 0
                run = paragraph.add_run(self._choose(text))
                run.bold = is_heading or place == 0


def _repeat(line: Any) -> None:
    """Let a row of headings stand again on each page that its table goes on."""
    from docx.oxml import OxmlElement

    line._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
