import io
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest

from xypipeline.audit import reading
from xypipeline.audit.audit import audit_document
from xypipeline.audit.document import Line
from xypipeline.audit.reading import read_document, read_document_bytes
from xypipeline.audit.table import read_table
from xypipeline.errors import AuditError
from xypipeline_tests.audit.city import BULLETIN, FIGURES, ROWS
from xypipeline_tests.audit.documents import pdf_of, word_of

TEXT = "标题\n\n甲医院\t30\t\n第二梯队有甲医院、\n乙医院。\n"


@pytest.fixture(scope="module")
def fonts() -> str:
    import pylopdf_fonts_zh_cn

    return str(Path(pylopdf_fonts_zh_cn.__file__).parent)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_a_text_is_read_with_its_line_numbers_whatever_its_encoding(encoding: str, line_end: str) -> None:
    document = read_document_bytes("通报.txt", TEXT.replace("\n", line_end).encode(encoding))

    assert document.lines == (
        Line("第1行", "标题"),
        Line("第3行", "甲医院\t30\t", ("甲医院", "30", "")),
        # A line that ends in the middle of a list goes on in the next one.
        Line("第4行", "第二梯队有甲医院、乙医院。"),
    )


def test_markdown_is_read_without_its_markup() -> None:
    text = "# 标题\n\n**甲医院**、\\[乙\\]\n\n---\n\n| 序号 | 医院\\|名称 |\n| ---: | --- |\n| 1 |  |\n"

    assert read_document_bytes("通报.md", text.encode()).lines == (
        Line("第1行", "标题"),
        Line("第3行", "甲医院、[乙]"),
        Line("第7行", "| 序号 | 医院\\|名称 |", ("序号", "医院|名称")),
        Line("第9行", "| 1 |  |", ("1", "")),
    )


def test_a_word_file_gives_the_same_audit_as_the_text() -> None:
    document = read_document_bytes("通报.docx", word_of(BULLETIN))

    assert audit_document(document, FIGURES).contradictions == ()
    assert [row.figures.hospital for row in read_table(document.lines).rows] == [row.hospital for row in ROWS]
    assert [line.where for line in document.lines if "第三梯队" in line.text] == ["第12段"]
    assert [line.where for line in document.lines if "乙县中医院" in (line.cells or ())] == ["表格第7行"]


def test_a_pdf_gives_the_same_audit_as_the_text(fonts: str) -> None:
    document = read_document_bytes("通报.pdf", pdf_of(BULLETIN, fonts))
    table = read_table(document.lines)

    assert audit_document(document, FIGURES).contradictions == ()
    # Compared without tier, score and rank, which the table does not show.
    assert [(row.figures.hospital, row.figures.last_upload_date) for row in table.rows] == [
        (row.hospital, row.last_upload_date) for row in ROWS
    ]
    assert len({title.where for title in table.titles}) > 2, "the header is repeated on a later page"
    assert any("第三梯队" in line.text and line.text.endswith("。") for line in document.lines)


@pytest.mark.parametrize("suffix", ["docx", "pdf"])
def test_an_altered_number_is_found_in_every_kind_of_file(suffix: str, fonts: str) -> None:
    altered = BULLETIN.replace("\t7131933\t", "\t7131938\t")
    content = word_of(altered) if suffix == "docx" else pdf_of(altered, fonts)

    (found,) = audit_document(read_document_bytes(f"通报.{suffix}", content), FIGURES).contradictions

    assert (found.subject, found.stated, found.found) == (
        "甲市中心医院 已上传数据量",
        "7131938 条",
        "7131933 条（本系统）",
    )


@pytest.mark.parametrize("suffix", ["txt", "md", "docx", "pdf"])
@pytest.mark.parametrize("content", [b"", b"\0\1\2\0", b"\xff\xfe\x00", b"\x80\x81\xff\xff"])
def test_what_is_no_bulletin_is_refused_with_its_name(suffix: str, content: bytes) -> None:
    with pytest.raises(AuditError, match=rf"^通报\.{suffix}: "):
        read_document_bytes(f"通报.{suffix}", content)


def test_a_damaged_word_file_is_refused() -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")

    with pytest.raises(AuditError, match=r"^通报\.docx: it is a damaged Word file"):
        read_document_bytes("通报.docx", content.getvalue())


@pytest.mark.parametrize("position", range(0, 4000, 400))
def test_a_pdf_with_flaws_is_read_or_refused(position: int, fonts: str) -> None:
    content = bytearray(pdf_of("第一梯队无。\n1\t甲医院\n", fonts))
    content[position : position + 60] = b"<<0/>>" * 10

    with suppress(AuditError):
        read_document_bytes("通报.pdf", bytes(content))


def test_a_file_of_another_kind_is_answered_with_the_known_ones() -> None:
    with pytest.raises(AuditError, match=r"^通报\.doc: give a bulletin as \.txt, \.md, \.docx, \.pdf"):
        read_document_bytes("通报.doc", b"text")


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(AuditError, match=r"none\.txt cannot be read: No such file"):
        read_document(tmp_path / "none.txt")


@pytest.mark.parametrize(
    ("limit", "message"),
    [("MAX_BYTES", "larger than"), ("MAX_CHARACTERS", "more than 10 characters")],
)
def test_a_file_beyond_the_limits_is_refused(
    limit: str, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, limit, 10)
    path = tmp_path / "long.txt"
    path.write_text(BULLETIN, encoding="utf-8")

    with pytest.raises(AuditError, match=message):
        read_document(path)


def test_a_number_beyond_reason_is_refused() -> None:
    with pytest.raises(AuditError, match="第2行: a number of more than 30 digits"):
        read_document_bytes("通报.txt", ("全市\n" + "4" * 5000 + "家").encode())
