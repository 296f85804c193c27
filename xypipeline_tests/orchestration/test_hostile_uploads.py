"""Names, headings and values that a hospital chose to do harm: through a real run, to what people see."""

import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import dagster as dg
import openpyxl
import pytest

from xypipeline.harmless import begins_formula, is_visible
from xypipeline.landing.refusals import INVISIBLE_NAME, LOOSE, UNKNOWN_TABLE
from xypipeline.orchestration.checks import EXAMPLES_LABEL
from xypipeline.orchestration.intake import arrivals, raw_tables, validated_tables
from xypipeline.orchestration.progress import SilentProgress
from xypipeline.orchestration.resources import Platform
from xypipeline.periods import Period
from xypipeline.quarantine.export import export_rows, writer_for
from xypipeline.quarantine.reading import Scope, open_quarantine, read_findings
from xypipeline.settings import Settings
from xypipeline.standard.catalogue import current_catalogue

INVISIBLE_MEMBER = "压缩包内的文件名含有控制字符或不可见字符（原处以 � 显示）：请改名后重新压缩"
DAY, HOSPITAL, TABLE = "2023-04-10", "411500001", "staff"
NAMES = {
    "=cmd|' calc'!A0.csv": UNKNOWN_TABLE,
    "+1.csv": UNKNOWN_TABLE,
    "@SUM(1).csv": UNKNOWN_TABLE,
    "<img src=x onerror=alert(1)>.csv": UNKNOWN_TABLE,
    "{{7*7}}{% raw %}.csv": UNKNOWN_TABLE,
    "[点](javascript:alert(1))|`码`.csv": UNKNOWN_TABLE,
    "staff.\u202egpj.csv": INVISIBLE_NAME,
    "staff.\x1b[31m.csv": INVISIBLE_NAME,
    "staff.\n2023-04-10.csv": INVISIBLE_NAME,
}
VALUES = (
    "=cmd|'/c calc'!A0",
    "-1+1",
    "\t=1+1",
    "<script>alert(1)</script>",
    "{{7*7}}",
    "[点](javascript:alert(1))",
    "\u202e倒写\x1b[31m",
)


@pytest.fixture
def instance(settings: Settings) -> Iterator[dg.DagsterInstance]:
    folder = settings.landing_dir / DAY / HOSPITAL
    folder.mkdir(parents=True)
    for name in NAMES:
        (folder / name).write_text("a,b\n1,2\n", encoding="utf-8")
    with zipfile.ZipFile(folder / "月报.zip", "w") as archive:
        archive.writestr("staff.\u202egpj.csv", "a\n1\n")
    lines = [
        f'{HOSPITAL},S{number},"{value}","{value}",{DAY} 08:00:00' for number, value in enumerate(VALUES)
    ]
    # No event date, so that the row is kept out; the organisation declared is another, or none at all.
    lines += [f'"{value}",X{number},1,1,{DAY} 08:00:00' for number, value in enumerate(VALUES)]
    heading = 'org_code,staff_id,sex_code,"<b>=1+1\u202e</b>",update_time\n'
    (folder / "staff.csv").write_text(heading + "\n".join(lines) + "\n", encoding="utf-8")
    (settings.landing_dir / "=loose\u202e.csv").touch()
    with dg.instance_for_test() as instance:
        yield instance


def take_in(instance: dg.DagsterInstance) -> dg.ExecuteInProcessResult:
    keys = [dg.AssetKey(["landing", "arrival"]), *(dg.AssetKey([one, TABLE]) for one in ("raw", "validated"))]
    return dg.materialize(
        [arrivals, raw_tables, validated_tables],
        selection=keys,
        instance=instance,
        partition_key=DAY,
        resources={"platform": Platform(), "progress": SilentProgress()},
        run_config={"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}},
    )


def test_nothing_of_it_reaches_people_as_more_than_text(
    instance: dg.DagsterInstance, settings: Settings, tmp_path: Path
) -> None:
    (evaluation,) = take_in(instance).get_asset_check_evaluations()

    examples = [record.data for record in evaluation.metadata[EXAMPLES_LABEL].records]
    shown = [str(cell) for row in examples for cell in row.values()]
    assert len(examples) > 3
    assert [text for text in shown if not is_visible(text)] == []
    assert {type(value) for value in evaluation.metadata.values()} <= {
        dg.TextMetadataValue,
        dg.IntMetadataValue,
        dg.FloatMetadataValue,
        dg.TableMetadataValue,
    }
    exported(settings, tmp_path)
    assert_refused(settings)


def assert_refused(settings: Settings) -> None:
    with open_quarantine(settings.warehouse_path) as connection:
        arrived = dict(connection.sql("select path, reason from landing.arrival").fetchall())
    folder = f"{DAY}/{HOSPITAL}"
    assert [path for path in arrived if not is_visible(path)] == []
    assert {path: reason for path, reason in arrived.items() if reason} == {
        **{f"{folder}/{shown(name)}": reason for name, reason in NAMES.items()},
        f"{folder}/月报.zip/staff.�gpj.csv": INVISIBLE_MEMBER,
        "=loose�.csv": LOOSE,
    }


def shown(name: str) -> str:
    return name.translate({0x202E: "�", 0x1B: "�", 0x0A: "�"})


def exported(settings: Settings, tmp_path: Path) -> None:
    scope = Scope(Period(date(2023, 4, 10), date(2023, 4, 10)))
    with open_quarantine(settings.warehouse_path) as connection:
        findings = read_findings(connection, scope)
    rows = export_rows(findings, current_catalogue(), {HOSPITAL: "医院"})
    assert len(rows) >= len(VALUES)
    assert [cell for row in rows for cell in row if isinstance(cell, str) and not is_visible(cell)] == []
    text = writer_for(tmp_path / "out.csv")(rows, scope.period.last).decode("utf-8-sig")
    path = tmp_path / "out.xlsx"
    path.write_bytes(writer_for(path)(rows, scope.period.last))
    cells = [cell for row in openpyxl.load_workbook(path).active.iter_rows() for cell in row]

    assert [line for line in text.split(",") if begins_formula(line)] == []
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    assert not any(cell.hyperlink for cell in cells)
