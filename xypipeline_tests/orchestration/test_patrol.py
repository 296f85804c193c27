import os
from datetime import date
from pathlib import Path

import dagster as dg
import pytest
from dagster._core.storage.tags import ASSET_PARTITION_RANGE_END_TAG, ASSET_PARTITION_RANGE_START_TAG

from xypipeline.definitions import defs
from xypipeline.notices.notice import Notice
from xypipeline.orchestration.jobs import INTAKE_JOB
from xypipeline.orchestration.patrol import PATROL, patrol, patrol_notices
from xypipeline.orchestration.resources import Platform
from xypipeline.standard.catalogue import current_catalogue
from xypipeline.validated.store import create_tables
from xypipeline.warehouse import open_warehouse

HOSPITAL = "411500001"
NAME = "信阳市中心医院"


@pytest.fixture
def data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """One hospital uploads on April 1, 2 and 5, each day the patients."""
    monkeypatch.setenv("XY_DATA_DIR", str(tmp_path))
    with open_warehouse(tmp_path / "warehouse.duckdb") as connection:
        create_tables(connection, current_catalogue())
        for day in (1, 2, 5):
            connection.execute(
                "insert into validated.tally values (?, ?, ?, 'patient_info', 1, 1, 0)",
                [str(day), date(2023, 4, day), HOSPITAL],
            )
    return tmp_path


@pytest.fixture
def instance() -> dg.DagsterInstance:
    with dg.DagsterInstance.ephemeral() as ephemeral:
        yield ephemeral


def materialize(instance: dg.DagsterInstance, first: int, last: int) -> list[dg.AssetMaterialization]:
    return run_patrol(instance, first, last).asset_materializations_for_node("patrol")


def run_patrol(instance: dg.DagsterInstance, first: int, last: int) -> dg.ExecuteInProcessResult:
    job = dg.Definitions(
        assets=[patrol],
        jobs=[dg.define_asset_job("patrol_only", selection=dg.AssetSelection.assets(patrol))],
        resources={"platform": Platform()},
        executor=dg.in_process_executor,
    ).resolve_job_def("patrol_only")
    days = [date(2023, 4, day).isoformat() for day in (first, last)]
    tags = dict(zip((ASSET_PARTITION_RANGE_START_TAG, ASSET_PARTITION_RANGE_END_TAG), days, strict=True))
    chosen = {"partition_key": days[0]} if first == last else {"tags": tags}
    return job.execute_in_process(instance=instance, **chosen)


def test_a_day_ends_with_its_page_and_message(data_dir: Path, instance: dg.DagsterInstance) -> None:
    materialize(instance, 1, 2)
    (event,) = materialize(instance, 3, 3)
    message = (data_dir / "publication" / "patrol" / "2023-04-03.md").read_text(encoding="utf-8")
    assert f"医院中断，今日新增 1 家：{NAME}" in message
    title, *lines = message.splitlines()
    assert {key: value.value for key, value in event.metadata.items()} == {
        "folder": os.fspath(data_dir / "publication" / "patrol"),
        "uploaded": 0,
        "silent": 1,
        "silent_tables": 0,
        "days_changed": 1,
        "page": os.fspath(data_dir / "publication" / "patrol" / "2023-04-03.html"),
        "title": title.strip("*"),
        "message": "\n".join(lines),
    }


def test_a_range_is_one_run_with_a_page_for_each_day(data_dir: Path, instance: dg.DagsterInstance) -> None:
    events = materialize(instance, 1, 5)
    assert [event.partition for event in events] == [f"2023-04-0{day}" for day in range(1, 6)]
    assert {key for event in events for key in event.metadata} == {"folder", "days_changed"}
    pages = {path.stem for path in (data_dir / "publication" / "patrol").glob("*.html")}
    assert pages == {event.partition for event in events}


def test_a_late_day_mends_the_pages_after_it(data_dir: Path, instance: dg.DagsterInstance) -> None:
    folder = data_dir / "publication" / "patrol"
    materialize(instance, 1, 5)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert f"恢复上传 1 家：{NAME}（中断 2 天）" in before["2023-04-05.md"].decode()
    with open_warehouse(data_dir / "warehouse.duckdb") as connection:
        connection.execute(
            "insert into validated.tally values ('late', date '2023-04-04', ?, 'patient_info', 1, 1, 0)",
            [HOSPITAL],
        )
    materialize(instance, 4, 4)
    after = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert {name for name in after if after[name] != before[name]} == {
        f"2023-04-0{day}.{kind}" for day in (4, 5) for kind in ("html", "md")
    }
    assert f"恢复上传 1 家：{NAME}（中断 1 天）" in after["2023-04-04.md"].decode()
    assert "恢复" not in after["2023-04-05.md"].decode()


@pytest.mark.usefixtures("data_dir")
def test_only_the_newest_days_run_is_told(instance: dg.DagsterInstance) -> None:
    runs = [run_patrol(instance, first, last).dagster_run for first, last in ((1, 2), (3, 3), (2, 2))]
    assert [patrol_notices(instance, run, "http://ui") for run in runs] == [
        [],
        [
            Notice(
                cause="patrol",
                title="每日巡查 2023-04-03（周一）",
                lines=(
                    "- 应上传 32 家：已上传 0 家，中断 1 家，从未上传 31 家",
                    f"- 医院中断，今日新增 1 家：{NAME}",
                ),
                link="http://ui/assets/publication/patrol",
            )
        ],
        [],
    ]


def test_the_patrol_is_part_of_each_days_intake_and_waits_for_all_tables() -> None:
    graph = defs.resolve_asset_graph()
    assert PATROL in defs.resolve_job_def(INTAKE_JOB).asset_layer.selected_asset_keys
    assert graph.get(PATROL).parent_keys == {
        dg.AssetKey(["validated", code]) for code in current_catalogue().tables
    }
    assert graph.get(PATROL).backfill_policy == dg.BackfillPolicy.single_run()
