"""The small city's bulletin as Word and as PDF, made without the product."""

import io

import docx
import typst

PDF_HEAD = """
#set page(width: 210mm, height: 95mm, margin: 15mm, numbering: "- 1 -")
#set text(font: "Noto Serif SC", size: 9pt)
"""
PDF_TABLE = """
#table(columns: 9, align: center, inset: 3pt,
  table.header(
    table.cell(rowspan: 2)[序号], table.cell(rowspan: 2)[地区], table.cell(rowspan: 2)[医院名称],
    table.cell(colspan: 2)[数据完整性], table.cell(rowspan: 2)[已上传数据量],
    table.cell(colspan: 2)[1-3月数据连续性情况（天）], table.cell(rowspan: 2)[备注],
    [上传表数量（共51张表）], [数据完整率(%)], [上传中断天数], [最近上传日期]),
  CELLS)
"""


def word_of(bulletin: str) -> bytes:
    """Paragraphs, then one table with merged header cells, then what follows it."""
    before, rows, after = split(bulletin)
    document = docx.Document()
    for text in before:
        document.add_paragraph(text)
    table = document.add_table(rows=0, cols=9)
    for cells in rows:
        for cell, text in zip(table.add_row().cells, cells, strict=True):
            cell.text = text
    for column in (0, 1, 2, 5, 8):
        table.cell(0, column).merge(table.cell(1, column))
    for column in (3, 6):
        table.cell(0, column).merge(table.cell(0, column + 1))
    for text in after:
        document.add_paragraph(text)
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def pdf_of(bulletin: str, fonts: str) -> bytes:
    """Small pages: paragraphs and the table are broken over several of them, the header repeated."""
    before, rows, after = split(bulletin)
    cells = ", ".join(f"[{cell}]" for row in rows[2:] for cell in row)
    body = "\n\n".join([*before, PDF_TABLE.replace("CELLS", cells), *after])
    return typst.compile((PDF_HEAD + body).encode(), font_paths=[fonts], ignore_system_fonts=True)


def split(bulletin: str) -> tuple[list[str], list[list[str]], list[str]]:
    """Paragraphs before the table, its rows with one header, paragraphs after it."""
    lines = [line for line in bulletin.split("\n") if line.strip()]
    places = [place for place, line in enumerate(lines) if "\t" in line]
    rows = [lines[place].split("\t") for place in places]
    rows = [row for place, row in enumerate(rows) if place < 2 or row[0].isdecimal()]
    return lines[: places[0]], rows, lines[places[-1] + 1 :]
