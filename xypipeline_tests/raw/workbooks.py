import io
import struct
import zipfile

import xlsxwriter

SHEET, TEXTS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_HEADER = '<row r="1"><c r="A1" t="inlineStr"><is><t>org_code</t></is></c></row>'


def sheet_of(rows: str, header: str = _HEADER, before: str = "") -> bytes:
    """The XML of a sheet with the column org_code, and further rows as they are given."""
    data = f"<sheetData>{header}{rows}</sheetData>"
    return f'<?xml version="1.0"?>{before}<worksheet {_MAIN}>{data}</worksheet>'.encode()


def texts_of(*texts: str) -> bytes:
    """The XML of the texts that cells share by number."""
    items = "".join(f"<si><t>{text}</t></si>" for text in texts)
    return f'<?xml version="1.0"?><sst {_MAIN}>{items}</sst>'.encode()


def workbook_with(parts: dict[str, bytes], *, stated_sizes: dict[str, int] | None = None) -> bytes:
    """A sound workbook in which parts were replaced or added, and which may lie about the sizes of some."""
    original = io.BytesIO()
    with xlsxwriter.Workbook(original) as book:
        book.add_worksheet().write_row(0, 0, ["org_code"])
    content = io.BytesIO()
    with zipfile.ZipFile(original) as source, zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as target:
        for name in dict.fromkeys([*source.namelist(), *parts]):
            target.writestr(name, parts[name] if name in parts else source.read(name))
    return _lying(content.getvalue(), stated_sizes or {})


def _lying(content: bytes, stated_sizes: dict[str, int]) -> bytes:
    lying = bytearray(content)
    for name, size in stated_sizes.items():
        entry = lying.rindex(name.encode()) - 46
        lying[entry + 24 : entry + 28] = struct.pack("<I", size)
    return bytes(lying)
