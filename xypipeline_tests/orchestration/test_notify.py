"""Failed checks of a real run, on a real Dagster instance, told to a real HTTP server."""

import csv
import json
import shutil
from collections.abc import Iterator

import dagster as dg
import duckdb
import pytest

from xypipeline.errors import NoticeError
from xypipeline.orchestration.home import prepare_home
from xypipeline.orchestration.intake import arrivals, raw_tables, validated_tables
from xypipeline.orchestration.notify import notices
from xypipeline.orchestration.progress import SilentProgress
from xypipeline.orchestration.resources import Platform
from xypipeline.settings import load_settings
from xypipeline.standard.catalogue import current_catalogue
from xypipeline_tests.notices.robot import Robot, running_robot
from xypipeline_tests.validated.rows import TRANSFER as GOOD_TRANSFER

pytestmark = pytest.mark.xdist_group("notify")

DAY = "2023-04-10"
HOSPITAL = "411500001"
TABLES = ("patient_info", "transfer_record")
AUDIT = {"modify_flag": "1", "collect_time": f"{DAY} 01:00:00", "update_time": f"{DAY} 02:00:00"}
PATIENT = AUDIT | {
    "org_code": HOSPITAL,
    "create_time": f"{DAY} 00:30:00",
    "patient_id": "PT20230405001",
    "patient_name": "欧阳震华",
    "sex_code": "Q",
    "birth_date": "1961-13-45",
    "id_type_code": "01",
    "id_no": "413001196107230998",
    "phone": "1383761#5512",
    "address": "信阳市浉河区东方红大道七十七号",
}
TRANSFER = AUDIT | {
    "org_code": HOSPITAL,
    "record_id": "TR99887766",
    "visit_id": "VS55443322",
    "patient_id": "PT20230405001",
    "doctor_name": "诸葛长青",
    "diag_name": "原发性高血压",
    "transfer_type_code": "Q",
    "transfer_time": f"{DAY} 00:10:00",
}
PERSONAL = [
    PATIENT[name] for name in ("patient_id", "patient_name", "birth_date", "id_no", "phone", "address")
]
PERSONAL += [TRANSFER[name] for name in ("record_id", "visit_id", "doctor_name", "diag_name")]


@pytest.fixture(scope="module")
def instance(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dg.DagsterInstance]:
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("XY_DATA_DIR", str(tmp_path_factory.mktemp("notify")))
        environment.delenv("XY_LANDING_DIR", raising=False)
        environment.setenv("DAGSTER_HOME", "")
        prepare_home(load_settings())
        with dg.DagsterInstance.get() as instance:
            yield instance


@pytest.fixture
def robot(monkeypatch: pytest.MonkeyPatch) -> Iterator[Robot]:
    monkeypatch.delenv("XY_WEBHOOK_SECRET", raising=False)
    monkeypatch.delenv("XY_WEBHOOK_KIND", raising=False)
    monkeypatch.setenv("XY_UI_URL", "http://city.example")
    with running_robot() as robot:
        monkeypatch.setenv("XY_WEBHOOK_URL", robot.url)
        yield robot


def deliver_files(**rows: list[dict[str, str]]) -> None:
    folder = load_settings().landing_dir / DAY / HOSPITAL
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for code, table_rows in rows.items():
        names = [field.code for field in current_catalogue().tables[code].fields]
        with (folder / f"{code}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, names)
            writer.writeheader()
            writer.writerows(table_rows)


def take_in(instance: dg.DagsterInstance) -> dg.ExecuteInProcessResult:
    keys = [dg.AssetKey(["landing", "arrival"])]
    keys += [dg.AssetKey([stage, code]) for stage in ("raw", "validated") for code in TABLES]
    return dg.materialize(
        [arrivals, raw_tables, validated_tables],
        selection=keys,
        instance=instance,
        partition_key=DAY,
        resources={"platform": Platform(), "progress": SilentProgress()},
        run_config={"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}},
        raise_on_error=False,
    )


def evaluate(instance: dg.DagsterInstance, cursor: str | None) -> dg.SensorResult:
    with dg.build_sensor_context(instance=instance, cursor=cursor) as context:
        return notices(context)


def test_each_cause_is_told_once_and_never_a_patient(instance: dg.DagsterInstance, robot: Robot) -> None:
    begun = evaluate(instance, None)
    deliver_files(patient_info=[PATIENT], transfer_record=[TRANSFER])
    assert take_in(instance).success

    first = evaluate(instance, begun.cursor)
    told = {body["cause"]: body for body in robot.bodies}
    second = evaluate(instance, first.cursor)

    assert len(robot.bodies) == len(told) > 3
    assert second.cursor == first.cursor
    assert told["G06"] == {
        "cause": "G06",
        "title": "检查未通过：G06 值域合规",
        "text": f"上传日：{DAY}\n"
        "合计：2 处（错误 2），2 张表，1 家医院\n"
        "- 信阳市中心医院：2 处（患者基本信息 1，转科记录 1）",
        "link": "http://city.example/assets/validated/patient_info?view=checks&checkDetail=pandera",
    }
    assert nothing_personal(robot.bodies)


def nothing_personal(bodies: list[dict]) -> bool:
    payload = json.dumps(bodies, ensure_ascii=False)
    with duckdb.connect(str(load_settings().warehouse_path), read_only=True) as connection:
        query = "select distinct value_masked from validated.finding where length(value_masked) > 1"
        masked = [value for (value,) in connection.sql(query).fetchall()]
    assert len(masked) > 1
    return not [text for text in [*PERSONAL, *masked] if text in payload]


def test_good_rows_are_no_news(instance: dg.DagsterInstance, robot: Robot) -> None:
    begun = evaluate(instance, None)
    deliver_files(transfer_record=[GOOD_TRANSFER | {"org_code": HOSPITAL}])
    assert take_in(instance).success

    result = evaluate(instance, begun.cursor)

    assert (robot.bodies, result.cursor == begun.cursor) == ([], False)


def test_a_failed_run_is_told_without_the_texts_of_errors(instance: dg.DagsterInstance, robot: Robot) -> None:
    begun = evaluate(instance, None)
    deliver_files(patient_info=[PATIENT])
    with duckdb.connect(str(load_settings().warehouse_path)) as connection:
        connection.execute(
            "create schema if not exists stored;"
            "create or replace table stored.patient_info (upload_date integer)"
        )
    run = take_in(instance)
    with duckdb.connect(str(load_settings().warehouse_path)) as connection:
        connection.execute(
            "drop table stored.patient_info; drop view raw.patient_info; drop view validated.patient_info"
        )

    evaluate(instance, begun.cursor)

    assert robot.bodies == [
        {
            "cause": "run",
            "title": "运行失败：__ephemeral_asset_job__",
            "text": f"分区：{DAY}\n- 步骤 raw：患者基本信息\n修复后请在界面中重新执行。",
            "link": f"http://city.example/runs/{run.run_id}",
        }
    ]


def test_what_did_not_arrive_is_told_the_next_time_and_nothing_twice(
    instance: dg.DagsterInstance, robot: Robot
) -> None:
    begun = evaluate(instance, None)
    deliver_files(patient_info=[PATIENT])
    take_in(instance)

    robot.answers = [(404, b"")]
    with pytest.raises(NoticeError):
        evaluate(instance, begun.cursor)
    robot.answers = [(200, b""), (200, b""), (404, b"")]
    robot.requests.clear()
    part = evaluate(instance, begun.cursor)
    arrived = [body["cause"] for body in robot.bodies[:2]]
    robot.requests.clear()
    rest = evaluate(instance, part.cursor)

    causes = [*arrived, *(body["cause"] for body in robot.bodies)]
    assert len(causes) == len(set(causes)) > 2
    assert evaluate(instance, rest.cursor).cursor == rest.cursor


def test_without_a_webhook_nothing_is_kept_for_later(
    instance: dg.DagsterInstance, robot: Robot, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = evaluate(instance, None)
    deliver_files(patient_info=[PATIENT])
    take_in(instance)

    monkeypatch.delenv("XY_WEBHOOK_URL")
    unset = evaluate(instance, begun.cursor)
    monkeypatch.setenv("XY_WEBHOOK_URL", robot.url)
    evaluate(instance, unset.cursor)

    assert unset.skip_reason.skip_message == "没有设置 XY_WEBHOOK_URL"
    assert robot.bodies == []
