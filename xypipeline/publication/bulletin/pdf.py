"""bulletin.pdf and attachment.pdf, set by typst with the office's or the product's fonts and no others."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, date, datetime, time
from pathlib import Path

import pylopdf_fonts_zh_cn
import typst

from xypipeline.errors import PublicationError
from xypipeline.publication.bulletin.blocks import Block
from xypipeline.publication.bulletin.form_table import DISTRICT_COLUMN, FormTable

_FORMS = Path(__file__).parent
# What an official document is set in, under the names that font files carry; the last always is at hand.
_SERIF, _SANS = "Noto Serif SC", "Noto Sans SC"
_FONTS: Mapping[str, tuple[str, ...]] = {
    "title": ("方正小标宋简体", "FZXiaoBiaoSong-B05S", "方正小标宋_GBK", "FZXiaoBiaoSong-B05", _SERIF, _SANS),
    "body": ("仿宋_GB2312", "FangSong_GB2312", "仿宋", "FangSong", _SERIF, _SANS),
    "heading": ("黑体", "SimHei", _SANS, _SERIF),
    "subheading": ("楷体_GB2312", "KaiTi_GB2312", "楷体", "KaiTi", _SERIF, _SANS),
}


class Typesetter:
    """Sets documents with one set of fonts; the machine's own fonts are never used."""

    def __init__(self, fonts_dir: Path | None) -> None:
        folders = [pylopdf_fonts_zh_cn.serif_path().parent]
        if fonts_dir:
            folders.append(fonts_dir)
        self._fonts = typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(one) for one in folders]
        )
        present = {family.casefold() for family in self._fonts.families()}
        self._families = {
            role: [name for name in names if name.casefold() in present] for role, names in _FONTS.items()
        }

    def set_form(self, form: str, as_of: date, content: Mapping[str, object]) -> bytes:
        """The PDF of one form; every text reaches it as data, never as markup.

        Args:
            form: the name of a `.typ` file beside this module.
            as_of: the date in the file's properties.
            content: what the form reads, as JSON.

        Raises:
            PublicationError: the form cannot be set, such as with a character that no font has.
        """
        inputs = {**content, "fonts": self._families, "as_of": [as_of.year, as_of.month, as_of.day]}
        compiler = typst.Compiler(_FORMS / form, root=_FORMS, font_paths=self._fonts)
        try:
            return compiler.compile(
                format="pdf",
                sys_inputs={"content": json.dumps(inputs, ensure_ascii=False)},
                pdf_standards="a-2b",
                timestamp=datetime.combine(as_of, time(), UTC),
            )
        except typst.TypstError as error:
            hints = " ".join((error.message, *error.hints))
            raise PublicationError(
                f"{form.removesuffix('.typ')}.pdf cannot be set: {hints} "
                "If a character is in no font, put a font that has it into the office's folder fonts/."
            ) from error


def bulletin_content(blocks: Sequence[Block], table: FormTable, *, has_red_head: bool) -> dict[str, object]:
    """What `bulletin.typ` reads."""
    return {
        "blocks": [asdict(block) for block in blocks],
        "table": table_content(table),
        "red_head": has_red_head,
    }


def table_content(table: FormTable) -> dict[str, object]:
    """A table as `form.typ` reads it."""
    return {
        "columns": [
            {"title": one.title, "group": one.group, "width": one.width, "is_text": one.is_text}
            for one in table.columns
        ],
        "header_spans": list(table.header_spans()),
        "rows": table.rows,
        "district_column": DISTRICT_COLUMN,
        "district_spans": list(table.district_spans()),
    }
