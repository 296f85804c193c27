"""A Word file whose bytes depend on its content only, and whose fonts have substitutes by name."""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx.document import Document
from markupsafe import escape

# The earliest time that a zip can hold.
_EPOCH = (1980, 1, 1, 0, 0, 0)
_FONT_TABLE = "word/fontTable.xml"
_TEXT, _PROPERTIES = "word/document.xml", "docProps/core.xml"
# Of the library's blank document: a picture of itself, which file managers would show, and its own styles
# once more as Word 2010 kept them, which are not ours.
_DROPPED = (
    "http://schemas.openxmlformats.org/package/2006/relationships/metadata/thumbnail",
    "http://schemas.microsoft.com/office/2007/relationships/stylesWithEffects",
)
_TITLE_PLACE = "{title}"
_BODY_START = b"<w:body>"
_NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


@dataclass(frozen=True)
class Blank:
    """A Word file without text, to be filled many times: all that its copies share is made once."""

    parts: Mapping[str, bytes]

    def filled(self, body: str, title: str) -> bytes:
        """A file with this text.

        Args:
            body: paragraphs and tables in WordprocessingML, escaped.
            title: of the file's properties.
        """
        text = self.parts[_TEXT].replace(_BODY_START, _BODY_START + body.encode(), 1)
        properties = self.parts[_PROPERTIES].replace(_TITLE_PLACE.encode(), str(escape(title)).encode())
        return _zip({**self.parts, _TEXT: text, _PROPERTIES: properties})


def blank_of(document: Document, *, author: str, day: date, fonts: Mapping[str, str]) -> Blank:
    """A document with styles and page set up as what is to be filled; the rest as for `seal`."""
    return Blank(_parts(document, _TITLE_PLACE, author, day) | {_FONT_TABLE: _font_table_xml(fonts)})


def seal(document: Document, *, title: str, author: str, day: date, fonts: Mapping[str, str]) -> bytes:
    """The document as a file, with its properties set and nothing in it of the time of writing.

    Args:
        document: complete.
        title: of the file's properties.
        author: of the file's properties.
        day: stands in for the time of writing.
        fonts: by name, the fonts that take its place where it is not installed, with commas between.
    """
    return _zip(_parts(document, title, author, day) | {_FONT_TABLE: _font_table_xml(fonts)})


def _parts(document: Document, title: str, author: str, day: date) -> dict[str, bytes]:
    properties = document.core_properties
    properties.title, properties.author, properties.last_modified_by = title, author, author
    properties.comments = ""
    properties.language = "zh-CN"
    properties.created = properties.modified = datetime.combine(day, time())
    relationships = (document.part.package.rels, document.part.rels)
    for found in relationships:
        for name in [name for name, one in found.items() if one.reltype in _DROPPED]:
            del found[name]
    written = io.BytesIO()
    document.save(written)
    with ZipFile(written) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _font_table_xml(fonts: Mapping[str, str]) -> bytes:
    entries = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{substitutes}"/><w:charset w:val="86"/></w:font>'
        for name, substitutes in fonts.items()
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><w:fonts xmlns:w="{_NAMESPACE}">{entries}</w:fonts>'.encode()
    )


def _zip(parts: Mapping[str, bytes]) -> bytes:
    sealed = io.BytesIO()
    with ZipFile(sealed, "w") as archive:
        for name, content in parts.items():
            archive.writestr(ZipInfo(name, _EPOCH), content, ZIP_DEFLATED)
    return sealed.getvalue()
