from datetime import date
from pathlib import Path

import polars as pl
import pytest

from xypipeline.simulator.faults import faults_of
from xypipeline.standard.catalogue import current_catalogue
from xypipeline.standard.model import Table
from xypipeline_tests.simulator.conftest import HOSPITALS, Simulated
from xypipeline_tests.simulator.uploads import record_keys, tables_of, upload_days

CATALOGUE = current_catalogue()
TABLES = list(CATALOGUE.tables.values())


def test_there_is_a_fault_for_every_rule_that_is_judged_within_a_table() -> None:
    judged = {rule.id for rule in CATALOGUE.rules.values() if rule.kind in ("row", "cross_field")}
    broken = {
        breach.rule_id
        for table in TABLES
        for fault in faults_of(table, CATALOGUE)
        for breach in fault.breaches
    }

    assert broken == judged | {"G08", "I01"}


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.code)
def test_faults_change_fields_of_their_table_and_never_the_record(table: Table) -> None:
    codes = {field.code for field in table.fields}
    for fault in faults_of(table, CATALOGUE):
        assert codes.issuperset(fault.changes)
        if fault.outcome == "older_version":
            assert set(table.primary_key).isdisjoint(fault.changes)
            assert not [breach for breach in fault.breaches if breach.severity == "fatal"]


def test_faults_add_no_day_no_table_and_no_record(plain: Path, faulty: Simulated) -> None:
    landing, expected = faulty
    fatal = expected.filter(pl.col("severity") == "fatal").height

    assert fatal > 0
    for org_code in HOSPITALS:
        assert upload_days(landing, org_code) == upload_days(plain, org_code)
        assert tables_of(landing, org_code) == tables_of(plain, org_code)
        for code in tables_of(plain, org_code) - {"org_info"}:
            key = CATALOGUE.tables[code].primary_key
            good = record_keys(plain, org_code, code, key)
            others = record_keys(landing, org_code, code, key) - good
            # Only rows without key or of another hospital have other keys, and they are not accepted.
            assert all(values[0] != org_code or {"", "-", "2023年4月"} & set(values) for values in others)


def test_a_finding_lies_at_the_line_of_its_row(faulty: Simulated) -> None:
    landing, expected = faulty
    foreign = expected.filter(pl.col("rule_id") == "G08")

    assert foreign.height >= len(HOSPITALS)
    for path, line in foreign.select("path", "line").iter_rows():
        row = (landing / path).read_text(encoding="utf-8").splitlines()[line - 1]
        assert row.split(",")[0] == "411500001"


def test_expected_findings_say_where_and_what(faulty: Simulated) -> None:
    _, expected = faulty
    ragged = expected.filter(pl.col("rule_id") == "I01")

    assert ragged["column_name"].to_list() == [None] * ragged.height
    assert set(ragged["severity"]) == {"fatal"}
    assert expected["upload_date"].is_between(date(2023, 4, 1), date(2023, 6, 30)).all()
