"""Each file of an edition and each figure in the warehouse, altered one at a time: verify names it."""

import io
import os
import shutil
from datetime import date
from pathlib import Path

import openpyxl
import polars as pl
import pytest

from xypipeline.errors import PublicationError
from xypipeline.landing.lateness import find_late_days, list_day, remember_days
from xypipeline.publication.editions.evidence import KEYS, LEDGER, STANDING, TABLE_STANDING, read_frozen
from xypipeline.verification.verify import verify_quarter
from xypipeline_tests.publication.editions.small_quarter import QUARTER, SmallQuarter, tree
from xypipeline_tests.verification.test_verify import problems

TABLES = {STANDING: "standing", TABLE_STANDING: "table_standing", LEDGER: "ledger"}
FIRST_DAY = date(2023, 4, 3)


def flipped(content: bytes) -> bytes:
    """One bit of one byte, in the middle."""
    middle = len(content) // 2
    return content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]


@pytest.mark.slow
@pytest.mark.parametrize("folder", ["editions/1", "."], ids=["the edition", "what is in force"])
def test_one_bit_in_any_file_is_found(published: SmallQuarter, folder: str) -> None:
    place = published.folder / folder
    edition = published.folder / "editions" / "1"
    names = [path.relative_to(edition) for path in sorted(edition.rglob("*")) if path.is_file()]
    assert len(names) > 10
    missed = []
    for name in names:
        path = place / name
        before = path.read_bytes()
        path.chmod(0o644)
        path.write_bytes(flipped(before))
        if not any(problem.startswith(f"{name.as_posix()}：") for problem in problems(published)):
            missed.append(name)
        path.write_bytes(before)

    assert missed == []
    assert problems(published) == []


def test_a_document_exchanged_for_a_sound_one_is_found(published: SmallQuarter) -> None:
    path = published.folder / "attachment.xlsx"
    book = openpyxl.load_workbook(path)
    book.worksheets[0]["A1"] = "附件二"
    content = io.BytesIO()
    book.save(content)
    path.chmod(0o644)
    path.write_bytes(content.getvalue())

    assert [problem.partition("（")[0] for problem in problems(published)] == ["attachment.xlsx：内容已变"]


def frozen(published: SmallQuarter, name: str) -> pl.DataFrame:
    return read_frozen((published.folder / name).read_bytes())


@pytest.mark.slow
@pytest.mark.parametrize("name", TABLES)
def test_any_figure_that_is_altered_in_the_warehouse_is_named(published: SmallQuarter, name: str) -> None:
    with published.warehouse() as connection:
        kinds = dict(
            connection.sql(
                "select column_name, data_type from information_schema.columns "
                f"where table_schema = 'scores' and table_name = '{TABLES[name]}'"
            ).fetchall()
        )
    altered = [column for column in frozen(published, name).columns if column not in (*KEYS[name], "period")]
    assert len(altered) >= len(kinds) - len(KEYS[name]) - 1 > 3
    unseen = []
    for column in altered:
        before = published.settings.warehouse_path.read_bytes()
        with published.warehouse() as connection:
            connection.execute(
                f"update scores.{TABLES[name]} set {column} = {another(kinds[column], column)}"
            )
        if not any(f" {column}：冻结 " in problem for problem in problems(published)):
            unseen.append(column)
        published.settings.warehouse_path.write_bytes(before)

    assert unseen == []


def another(kind: str, column: str) -> str:
    """An expression for another value of a column."""
    if kind == "BOOLEAN":
        return f"not coalesce({column}, false)"
    if kind == "DATE":
        return f"coalesce({column}, date '2023-05-01') - 1"
    return f"'改' || coalesce({column}, '')" if kind == "VARCHAR" else f"coalesce({column}, 0) + 1"


def an_upload(quarter: SmallQuarter, org_code: str = "B2") -> Path:
    return next(quarter.settings.landing_dir.glob(f"{FIRST_DAY}/{org_code}/*"))


def alter_unseen(path: Path) -> None:
    """Another content of the same length, with the time of change put back."""
    times = path.stat()
    path.write_bytes(flipped(path.read_bytes()))
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))


def test_an_upload_altered_without_a_trace_is_found_with_the_figures_that_rest_on_it(
    published: SmallQuarter,
) -> None:
    alter_unseen(an_upload(published))

    assert problems(published) == [
        "2023-04-03/B2/outpatient_charge.1.csv：公布后有变更，"
        "涉及乙医院的上传表数量、已上传数据量、中断天数、得分和名次"
        "（该院 2023-04-03 冻结时有效 100 行，新增记录 100 条）"
    ]


def test_uploads_are_verified_before_anything_is_published(quarter: SmallQuarter) -> None:
    (sound,) = verify_quarter(quarter.settings, QUARTER, with_landing=True)
    alter_unseen(an_upload(quarter))
    an_upload(quarter, "A1").unlink()
    (altered,) = verify_quarter(quarter.settings, QUARTER, with_landing=True)

    assert (sound.is_verified, sound.extent) == (True, "4 个文件")
    assert altered.problems == [
        "2023-04-03/A1/outpatient_charge.1.csv：接收后不见了",
        "2023-04-03/B2/outpatient_charge.1.csv：接收后内容已变",
    ]


def test_of_a_quarter_without_uploads_nothing_can_be_verified(quarter: SmallQuarter) -> None:
    shutil.rmtree(quarter.settings.landing_dir)
    quarter.settings.landing_dir.mkdir()
    quarter.run()

    with pytest.raises(PublicationError, match="No file of 2023Q2 was taken in"):
        list(verify_quarter(quarter.settings, QUARTER, with_landing=True))


def test_the_next_intake_puts_an_altered_upload_on_record(quarter: SmallQuarter) -> None:
    path = an_upload(quarter)
    alter_unseen(path)
    quarter.run()
    path.unlink()
    quarter.run()
    quarter.run()

    with quarter.warehouse() as connection:
        changes = connection.sql(
            "select path, org_code, table_code, kind, sha256_before <> coalesce(sha256_now, '') "
            "from landing.change"
        ).fetchall()
    name = "2023-04-03/B2/outpatient_charge.1.csv"
    assert changes == [
        (name, "B2", "outpatient_charge", "changed", True),
        (name, "B2", "outpatient_charge", "gone", True),
    ]


def test_the_sensor_s_look_sees_an_altered_upload(quarter: SmallQuarter, tmp_path: Path) -> None:
    landing_dir = quarter.settings.landing_dir
    remember_days(tmp_path / "marks", {FIRST_DAY: list_day(landing_dir, FIRST_DAY)})
    path = an_upload(quarter)
    path.write_bytes(flipped(path.read_bytes()))
    os.utime(path, (0, 0))

    (late,) = find_late_days(landing_dir, tmp_path / "marks", now=1e9)

    assert late.files == ("2023-04-03/B2/outpatient_charge.1.csv",)


def test_verifying_changes_nothing(quarter: SmallQuarter) -> None:
    before = tree(quarter.data_dir)

    list(verify_quarter(quarter.settings, QUARTER, with_landing=True))

    assert tree(quarter.data_dir) == before
