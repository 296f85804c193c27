"""A Word file whose bytes depend on its content only, and whose fonts have substitutes by name."""

import io
from collections.abc import Mapping
from datetime import date, datetime, time
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx.document import Document

# The earliest time that a zip can hold.
_EPOCH = (1980, 1, 1, 0, 0, 0)
_FONT_TABLE = "word/fontTable.xml"
_THUMBNAIL = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/thumbnail"
_NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def seal(document: Document, *, title: str, author: str, day: date, fonts: Mapping[str, str]) -> bytes:
    """The document as a file, with its properties set and nothing in it of the time of writing.

    Args:
        document: complete.
        title: of the file's properties.
        author: of the file's properties.
        day: stands in for the time of writing.
        fonts: by name, the fonts that take its place where it is not installed, with commas between.
    """
    properties = document.core_properties
    properties.title, properties.author, properties.last_modified_by = title, author, author
    properties.comments = ""
    properties.language = "zh-CN"
    properties.created = properties.modified = datetime.combine(day, time())
    _drop_thumbnail(document)
    written = io.BytesIO()
    document.save(written)
    return _rezip(written, {_FONT_TABLE: _font_table_xml(fonts)})


def _drop_thumbnail(document: Document) -> None:
    # The library's blank document brings a picture of itself, which file managers would show.
    relationships = document.part.package.rels
    for name in [name for name, one in relationships.items() if one.reltype == _THUMBNAIL]:
        del relationships[name]


def _font_table_xml(fonts: Mapping[str, str]) -> bytes:
    entries = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{substitutes}"/><w:charset w:val="86"/></w:font>'
        for name, substitutes in fonts.items()
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><w:fonts xmlns:w="{_NAMESPACE}">{entries}</w:fonts>'.encode()
    )


def _rezip(written: io.BytesIO, replaced: Mapping[str, bytes]) -> bytes:
    sealed = io.BytesIO()
    with ZipFile(written) as source, ZipFile(sealed, "w") as target:
        for name in source.namelist():
            target.writestr(ZipInfo(name, _EPOCH), replaced.get(name) or source.read(name), ZIP_DEFLATED)
    return sealed.getvalue()
