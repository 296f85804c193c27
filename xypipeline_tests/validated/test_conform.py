import random
from dataclasses import replace
from datetime import date, datetime

import polars as pl
import pytest

from xypipeline.standard.catalogue import current_catalogue
from xypipeline.standard.schemas import validated_columns
from xypipeline.validated.conform import Validated, validate_texts
from xypipeline.validated.findings import FINDING_TYPES
from xypipeline_tests.validated.rows import HOSPITAL, TRANSFER, UPLOAD_DATE, raw_rows, table_named

PATIENT = {
    "patient_id": "P0001",
    "patient_name": "张三丰",
    "sex_code": "1",
    "birth_date": "1990-03-07",
    "id_type_code": "01",
    "id_no": "411502199003077619",
    "create_time": "2023-04-09 10:00:00",
    "modify_flag": "1",
    "collect_time": "2023-04-10 01:00:00",
    "update_time": "2023-04-10 01:30:00",
}
HOSPITAL_ITSELF = {
    "org_name": "信阳市中心医院",
    "credit_code": "91110000600037341L",
    "org_type_code": "A100",
    "org_level_code": "3",
    "org_grade_code": "1",
    "region_code": "411502",
    "org_address": "四一路1号",
    "bed_count": "1500",
    "business_scope": "has_outpatient|has_inpatient",
    "record_status": "0",
    "modify_flag": "1",
    "collect_time": "2023-04-10 01:00:00",
    "update_time": "2023-04-10 01:30:00",
}
NEWBORN = {"id_no": None, "newborn_flag": "1"}
GOOD_ROWS = {"transfer_record": TRANSFER, "patient_info": PATIENT, "org_info": HOSPITAL_ITSELF}


def _judge(table_code: str, *changes: dict) -> Validated:
    good = GOOD_ROWS[table_code]
    rows = raw_rows(table_code, *(good | change for change in changes))
    return validate_texts(rows, table_named(table_code), current_catalogue())


def _briefly(judged: Validated) -> list[str]:
    return [" ".join(row) for row in judged.findings.select("rule_id", "column_name", "severity").iter_rows()]


@pytest.mark.parametrize("table_code", GOOD_ROWS)
def test_a_good_row_breaks_no_rule(table_code: str):
    judged = _judge(table_code, {})
    assert _briefly(judged) == []
    assert judged.accepted["is_qualified"].to_list() == [True]


@pytest.mark.parametrize(
    ("table_code", "change", "findings"),
    [
        # G01
        ("transfer_record", {"doctor_name": " "}, ["G01 doctor_name error"]),
        ("transfer_record", {"sign_time": "无"}, ["G01 sign_time error"]),
        ("transfer_record", {"record_id": "-"}, ["G01 record_id fatal"]),
        ("transfer_record", {"transfer_time": None}, ["G01 transfer_time fatal"]),
        ("transfer_record", {"declared_org_code": None}, ["G01 org_code fatal"]),
        ("transfer_record", {"admission_condition": None}, []),
        # G02
        ("patient_info", NEWBORN | {"birth_date": "1900-01-01"}, ["G02 birth_date warn"]),
        ("patient_info", {"patient_name": "测试患者"}, ["G02 patient_name warn"]),
        ("patient_info", {"patient_name": "未知"}, ["G02 patient_name warn"]),
        ("patient_info", {"id_no": "0000000", "id_type_code": "99"}, ["G02 id_no warn"]),
        # G03
        ("transfer_record", {"sign_time": "2023/04/09"}, ["G03 sign_time error"]),
        ("transfer_record", {"transfer_time": "2023-04-31 10:00:00"}, ["G03 transfer_time fatal"]),
        ("transfer_record", {"record_id": "长" * 65}, ["G03 record_id error"]),
        ("transfer_record", {"doctor_name": "长" * 51}, ["G03 doctor_name error"]),
        ("transfer_record", {"doctor_name": "长" * 50}, []),
        ("org_info", {"bed_count": "123456"}, ["G03 bed_count error"]),
        # G04
        ("org_info", {"bed_count": "20001"}, ["G04 bed_count error"]),
        ("org_info", {"bed_count": "20000"}, []),
        ("org_info", {"bed_count": "-1"}, ["G04 bed_count error", "R01-03 bed_count warn"]),
        ("patient_info", NEWBORN | {"birth_date": "1899-12-31"}, ["G04 birth_date error"]),
        # G05, G06
        ("transfer_record", {"diag_code": "高血压"}, ["G05 diag_code error"]),
        ("transfer_record", {"modify_flag": "9"}, ["G06 modify_flag error"]),
        ("org_info", {"org_type_code": "100A"}, ["G06 org_type_code error"]),
        ("org_info", {"business_scope": "has_outpatient|has_magic"}, ["G06 business_scope error"]),
        ("org_info", {"business_scope": "has_outpatient,has_magic"}, ["G05 business_scope error"]),
        # G08
        ("transfer_record", {"declared_org_code": "411500002"}, ["G08 org_code fatal"]),
        # G11: the upload day ends at midnight, and ten minutes are granted.
        ("transfer_record", {"collect_time": "2023-04-10 01:30:00"}, []),
        ("transfer_record", {"collect_time": "2023-04-10 01:30:01"}, ["G11 collect_time error"]),
        ("transfer_record", {"update_time": "2023-04-11 00:10:00"}, []),
        ("transfer_record", {"update_time": "2023-04-11 00:10:01"}, ["G11 update_time error"]),
        (
            "transfer_record",
            {"collect_time": "2023-04-12 00:00:00", "update_time": "2023-04-12 00:00:00"},
            ["G11 collect_time error"],
        ),
        # G12
        ("transfer_record", {"transfer_time": "2023-04-10 01:00:00", "sign_time": "2023-04-10 01:00:00"}, []),
        ("transfer_record", {"transfer_time": "2023-04-10 01:00:01"}, ["G12 transfer_time error"]),
        # G13
        ("transfer_record", {"transfer_time": "2000-01-01 00:00:00"}, []),
        ("transfer_record", {"transfer_time": "1999-12-31 23:59:59"}, ["G13 transfer_time warn"]),
        ("org_info", {"update_time": "1999-12-31 23:59:59", "collect_time": "1999-12-31 00:00:00"}, []),
        # A rule of the table's own
        ("transfer_record", {"to_dept_code": "D01"}, ["R28-01 to_dept_code error"]),
        # A fatal row's other breaches are not judged.
        ("transfer_record", {"visit_id": None, "modify_flag": "9", "record_id": ""}, ["G01 record_id fatal"]),
        (
            "transfer_record",
            {"declared_org_code": "411500002", "record_id": None, "transfer_time": "?"},
            ["G08 org_code fatal", "G01 record_id fatal", "G03 transfer_time fatal"],
        ),
    ],
)  # fmt: skip
def test_a_breach_is_found_once_with_its_severity(table_code: str, change: dict, findings: list[str]):
    judged = _judge(table_code, change)
    assert _briefly(judged) == findings
    severities = {finding.split()[-1] for finding in findings}
    assert judged.accepted["is_qualified"].to_list() == (
        [] if "fatal" in severities else ["error" not in severities]
    )


LATER = {"update_time": "2023-04-10 01:30:01"}
UNDATED = {"update_time": None}


@pytest.mark.parametrize(
    ("changes", "repeated_lines"),
    [
        pytest.param([{}, {}, {}], [3, 4], id="every repetition of the first"),
        pytest.param([{}, LATER], [], id="a newer version is none"),
        pytest.param([{}, {"upload_date": date(2023, 4, 11)}], [], id="sent again on another day"),
        pytest.param(
            [{}, {"org_code": "411500002", "declared_org_code": "411500002"}], [], id="another hospital's"
        ),
        pytest.param([{}, {"record_id": " TR0001 "}], [3], id="space around the key is none of it"),
        pytest.param([UNDATED, UNDATED], [], id="unknown versions are not compared"),
        pytest.param([{"transfer_time": None}, {}], [], id="a fatal row is no first"),
        pytest.param([{"path": "b.csv"}, {"path": "a.csv"}], [2], id="in the order of path"),
    ],
)
def test_repeated_keys(changes: list[dict], repeated_lines: list[int]):
    findings = _judge("transfer_record", *changes).findings.filter(rule_id="G07")
    assert findings["line"].to_list() == repeated_lines
    assert set(findings["column_name"]) <= {"record_id"}


def test_an_accepted_row_is_typed_and_a_finding_masked():
    judged = _judge(
        "patient_info", {"id_no": "411502199003077618", "birth_date": "7.3.1990", "phone": " 13812345678 "}
    )
    accepted = judged.accepted.row(0, named=True)
    assert (
        accepted.items()
        >= {
            "upload_date": UPLOAD_DATE,
            "org_code": HOSPITAL,
            "line": 2,
            "is_qualified": False,
            "birth_date": None,
            "phone": "13812345678",
            "create_time": datetime(2023, 4, 9, 10),
        }.items()
    )
    assert judged.findings.select("line", "column_name", "rule_id", "severity", "value_masked").rows() == [
        (2, "birth_date", "G03", "error", "7.3.1990"),
        (2, "id_no", "R06-01", "error", "411*************18"),
    ]


def test_findings_and_rows_come_in_order_whatever_the_order_of_rows():
    rows = raw_rows(
        "transfer_record",
        *(TRANSFER | {"record_id": key, "modify_flag": "9", "doctor_name": None} for key in "012301230"),
        *(TRANSFER | {"org_code": org} for org in ("411500003", "411500001", "411500002")),
        *(TRANSFER | {"upload_date": date(2023, 4, day)} for day in (12, 11)),
    )  # fmt: skip
    table, catalogue = table_named("transfer_record"), current_catalogue()
    shuffled = rows[random.Random(4).sample(range(rows.height), rows.height)]
    first, second = (validate_texts(frame, table, catalogue) for frame in (rows, shuffled))
    assert first.findings.equals(second.findings)
    assert first.accepted.equals(second.accepted)
    order = ["upload_date", "org_code", "path", "line", "column_name", "rule_id"]
    assert first.findings.equals(first.findings.sort(order))


def test_a_row_is_judged_alike_whatever_else_is_in_the_call():
    table, catalogue = table_named("transfer_record"), current_catalogue()
    days = [
        raw_rows(table.code, TRANSFER, TRANSFER | {"upload_date": day})
        for day in (UPLOAD_DATE, date(2023, 4, 11))
    ]
    together = validate_texts(pl.concat(days), table, catalogue).findings
    apart = [
        validate_texts(pl.concat(days).filter(upload_date=day), table, catalogue).findings
        for day in (UPLOAD_DATE, date(2023, 4, 11))
    ]
    assert together.equals(pl.concat(apart))


@pytest.mark.parametrize("table_code", current_catalogue().tables)
def test_an_empty_row_of_any_table_lacks_its_key_and_date(table_code: str):
    table = table_named(table_code)
    judged = validate_texts(raw_rows(table_code, {"declared_org_code": None}), table, current_catalogue())
    found = set(judged.findings.select("rule_id", "column_name", "severity").rows())
    assert found == {("G01", column, "fatal") for column in {*table.primary_key, table.event_date}}
    assert judged.accepted.is_empty()
    assert judged.accepted.columns == list(validated_columns(table))


@pytest.mark.parametrize("table_code", current_catalogue().tables)
def test_no_rows_of_any_table_give_nothing(table_code: str):
    table = table_named(table_code)
    judged = validate_texts(raw_rows(table_code), table, current_catalogue())
    assert judged.accepted.columns == list(validated_columns(table))
    assert judged.accepted.is_empty()
    assert judged.findings.schema == FINDING_TYPES
    assert judged.findings.is_empty()


def test_what_is_fatal_is_said_by_the_rule_table():
    catalogue = current_catalogue()
    rules = {**catalogue.rules, "G06": replace(catalogue.rules["G06"], fatal_on=frozenset({"row"}))}
    rows = raw_rows("transfer_record", TRANSFER | {"modify_flag": "9", "doctor_name": None})
    judged = validate_texts(rows, table_named("transfer_record"), replace(catalogue, rules=rules))
    assert _briefly(judged) == ["G06 modify_flag fatal"]
